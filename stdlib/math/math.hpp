// The parts of the math module.
#pragma once

#include "runtime/core/native.hpp"

namespace cede::stdlib {

// "math domain error" (ValueError) and "math range error" (OverflowError).
RaisedMark raise_domain(VM& vm);
RaisedMark raise_range(VM& vm);

// The gamma function and the logarithm of its magnitude, by Lanczos' approximation as CPython computes it
// (not libm's).
Result<double> math_gamma(VM& vm, double x);
Result<double> math_lgamma(VM& vm, double x);

// Exact integer functions.
Owned math_factorial(VM& vm, Ref n);
Owned math_comb(VM& vm, Ref n, Ref k);
Owned math_perm(VM& vm, Ref n, Ref k);
Owned math_gcd(VM& vm, Rest integers);
Owned math_lcm(VM& vm, Rest integers);
Owned math_isqrt(VM& vm, Ref n);

// Sums and products of many numbers.
Result<double> math_fsum(VM& vm, Ref sequence);
Owned math_prod(VM& vm, Ref iterable, Ref start);
Owned math_sumprod(VM& vm, Ref p, Ref q);
Result<double> math_dist(VM& vm, Ref p, Ref q);
Result<double> math_hypot(VM& vm, Rest coordinates);

}  // namespace cede::stdlib
