// The math module: functions of reals from the C library with Python's errors, and the table of the module.
#include <cmath>
#include <limits>
#include <numbers>

#include "runtime/core/special_method.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "stdlib/math/math.hpp"

namespace cede::stdlib {

RaisedMark raise_domain(VM& vm) { return vm.raise_text(TypeId::ValueError, "math domain error"); }
RaisedMark raise_range(VM& vm) { return vm.raise_text(TypeId::OverflowError, "math range error"); }

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// ---- functions of the C library

enum class Overflow : std::uint8_t { Range, Domain };  // what an infinite result of a finite argument is

template<double (*Function)(double), Overflow overflow = Overflow::Domain>
Result<double> real_function(VM& vm, double x) {
  const double r = Function(x);
  if (std::isnan(r) && !std::isnan(x)) return raise_domain(vm);
  if (std::isinf(r) && std::isfinite(x))
    return overflow == Overflow::Range ? raise_range(vm) : raise_domain(vm);
  return r;
}

template<double (*Function)(double, double)> Result<double> real_function_of_two(VM& vm, double x, double y) {
  const double r = Function(x, y);
  if (std::isnan(r) && !std::isnan(x) && !std::isnan(y)) return raise_domain(vm);
  if (std::isinf(r) && std::isfinite(x) && std::isfinite(y)) return raise_range(vm);
  return r;
}

double math_fabs(VM&, double x) { return std::fabs(x); }
double math_copysign(VM&, double x, double y) { return std::copysign(x, y); }
double math_degrees(VM&, double x) { return x * (180.0 / std::numbers::pi); }
double math_radians(VM&, double x) { return x * (std::numbers::pi / 180.0); }
bool math_isfinite(VM&, double x) { return std::isfinite(x); }
bool math_isinf(VM&, double x) { return std::isinf(x); }
bool math_isnan(VM&, double x) { return std::isnan(x); }

Result<double> math_fmod(VM& vm, double x, double y) {
  if (std::isinf(y) && std::isfinite(x)) return x;
  const double r = std::fmod(x, y);
  if (std::isnan(r) && !std::isnan(x) && !std::isnan(y)) return raise_domain(vm);
  return r;
}

double power_of_infinite(double x, double y) {
  if (std::isnan(x)) return y == 0.0 ? 1.0 : x;
  if (std::isnan(y)) return x == 1.0 ? 1.0 : y;
  if (std::isinf(x)) {
    const bool odd = std::isfinite(y) && std::fmod(std::fabs(y), 2.0) == 1.0;
    if (y > 0.0) return odd ? x : infinity;
    if (y == 0.0) return 1.0;
    return odd ? std::copysign(0.0, x) : 0.0;
  }
  const double magnitude = std::fabs(x);
  if (magnitude == 1.0) return 1.0;
  return (y > 0.0) == (magnitude > 1.0) ? infinity : 0.0;
}

Result<double> math_pow(VM& vm, double x, double y) {
  if (!std::isfinite(x) || !std::isfinite(y)) return power_of_infinite(x, y);
  const double r = std::pow(x, y);
  if (std::isnan(r)) return raise_domain(vm);
  if (std::isinf(r)) return x == 0.0 ? raise_domain(vm) : raise_range(vm);
  return r;
}

Result<double> math_fma(VM& vm, double x, double y, double z) {
  const double r = std::fma(x, y, z);
  if (std::isfinite(r)) return r;
  if (std::isnan(r)) {
    if (!std::isnan(x) && !std::isnan(y) && !std::isnan(z))
      return vm.raise_text(TypeId::ValueError, "invalid operation in fma");
  } else if (std::isfinite(x) && std::isfinite(y) && std::isfinite(z)) {
    return vm.raise_text(TypeId::OverflowError, "overflow in fma");
  }
  return r;
}

// ---- logarithms, of ints of any size

template<double (*Function)(double)> Result<double> logarithm(VM& vm, double x) {
  if (std::isnan(x)) return x;
  if (x <= 0.0) return raise_domain(vm);
  return Function(x);
}

template<double (*Function)(double)> Result<double> logarithm_of(VM& vm, Ref object) {
  if (!is_int(object)) {
    CEDE_TRY(const double x, to_double(vm, object));
    return logarithm<Function>(vm, x);
  }
  if (int_sign(object) <= 0) return raise_domain(vm);
  std::int64_t exponent;
  const double mantissa = int_frexp(object, exponent);
  if (exponent <= 1024) return Function(std::ldexp(mantissa, static_cast<int>(exponent)));
  return Function(mantissa) + Function(2.0) * static_cast<double>(exponent);
}

Result<double> math_log(VM& vm, Ref x, Ref base) {
  CEDE_TRY(const double number, logarithm_of<std::log>(vm, x));
  if (base.is_unbound()) return number;
  CEDE_TRY(const double divisor, logarithm_of<std::log>(vm, base));
  if (divisor == 0.0) return vm.raise_text(TypeId::ZeroDivisionError, "float division by zero");
  return number / divisor;
}

// ---- integers near reals

Owned math_ceil(VM& vm, Ref x) {
  if (!is_exact_float(x)) {
    CEDE_TRY(Value result, call_special_method(vm, x, *vm.names.__ceil__));
    if (!result.is_unbound()) return result;
  }
  CEDE_TRY(const double d, to_double(vm, x));
  return int_from_double(vm, std::ceil(d));
}

Owned math_floor(VM& vm, Ref x) {
  if (!is_exact_float(x)) {
    CEDE_TRY(Value result, call_special_method(vm, x, *vm.names.__floor__));
    if (!result.is_unbound()) return result;
  }
  CEDE_TRY(const double d, to_double(vm, x));
  return int_from_double(vm, std::floor(d));
}

Owned math_trunc(VM& vm, Ref x) {
  if (is_exact_float(x)) return int_from_double(vm, float_value(x));
  CEDE_TRY(Value result, call_special_method(vm, x, *vm.names.__trunc__));
  if (!result.is_unbound()) return result;
  return vm.raise(TypeId::TypeError, "type {} doesn't define __trunc__ method", display_name(type_of(vm, x)));
}

// ---- parts and neighbours of doubles

Owned pair_of(VM& vm, double a, Ref b) {
  CEDE_TRY(const Value first, float_from(vm, a));
  return tuple_of(vm, {first, b});
}

Owned math_frexp(VM& vm, double x) {
  int exponent = 0;
  const double mantissa = std::isfinite(x) ? std::frexp(x, &exponent) : x;
  return pair_of(vm, mantissa, Ref::small(exponent));
}

Owned math_modf(VM& vm, double x) {
  double whole = x, part = x;
  if (std::isinf(x))
    part = std::copysign(0.0, x);
  else if (!std::isnan(x))
    part = std::modf(x, &whole);
  CEDE_TRY(const Value second, float_from(vm, whole));
  return pair_of(vm, part, second);
}

Result<double> math_ldexp(VM& vm, double x, Ref exponent) {
  if (!is_int(exponent))
    return vm.raise_text(TypeId::TypeError, "Expected an int as second argument to ldexp.");
  if (x == 0.0 || !std::isfinite(x)) return x;
  const std::int64_t n = int_clamped(exponent);
  if (n < std::numeric_limits<int>::min()) return std::copysign(0.0, x);
  if (n > std::numeric_limits<int>::max()) return raise_range(vm);
  const double r = std::ldexp(x, static_cast<int>(n));
  if (std::isinf(r)) return raise_range(vm);
  return r;
}

double math_ulp(VM&, double x) {
  if (std::isnan(x)) return x;
  x = std::fabs(x);
  if (std::isinf(x)) return x;
  const double above = std::nextafter(x, infinity);
  return std::isinf(above) ? x - std::nextafter(x, -infinity) : above - x;
}

// Doubles as integers in their order: neighbours differ by one.
std::int64_t ordinal(double d) {
  const auto bits = std::bit_cast<std::int64_t>(d);
  return bits < 0 ? std::numeric_limits<std::int64_t>::min() - bits : bits;
}
double from_ordinal(std::int64_t n) {
  return std::bit_cast<double>(n < 0 ? std::numeric_limits<std::int64_t>::min() - n : n);
}

Result<double> math_nextafter(VM& vm, double x, double y, Ref steps_object) {
  if (steps_object.is_none()) return std::nextafter(x, y);
  CEDE_TRY(const Value steps, index(vm, steps_object));
  if (int_sign(steps) < 0) return vm.raise_text(TypeId::ValueError, "steps must be a non-negative integer");
  if (int_is_zero(steps)) return x;
  if (std::isnan(x)) return x;
  if (std::isnan(y)) return y;
  if (x == y) return y;
  const auto count = int_to_uint64(steps);
  const std::int64_t from = ordinal(x), to = ordinal(y);
  const std::uint64_t distance = from < to
                                     ? static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from)
                                     : static_cast<std::uint64_t>(from) - static_cast<std::uint64_t>(to);
  if (!count || *count >= distance) return y;
  const auto moved = static_cast<std::uint64_t>(from) + (from < to ? *count : 0 - *count);
  const double r = from_ordinal(static_cast<std::int64_t>(moved));
  return r == 0.0 ? std::copysign(0.0, x) : r;
}

Result<bool> math_isclose(VM& vm, double a, double b, Optional<double> relative,
                          Optional<double> absolute_tolerance) {
  const double tolerance = relative.value_or(1e-09), absolute = absolute_tolerance.value_or(0.0);
  if (tolerance < 0.0 || absolute < 0.0)
    return vm.raise_text(TypeId::ValueError, "tolerances must be non-negative");
  if (a == b) return true;
  if (std::isinf(a) || std::isinf(b)) return false;
  const double difference = std::fabs(b - a);
  return difference <= std::fabs(tolerance * b) || difference <= std::fabs(tolerance * a) ||
         difference <= absolute;
}

constexpr Method functions[] = {
    method<"acos(x, /)", real_function<std::acos>>,
    method<"acosh(x, /)", real_function<std::acosh>>,
    method<"asin(x, /)", real_function<std::asin>>,
    method<"asinh(x, /)", real_function<std::asinh>>,
    method<"atan(x, /)", real_function<std::atan>>,
    method<"atan2(y, x, /)", real_function_of_two<std::atan2>>,
    method<"atanh(x, /)", real_function<std::atanh>>,
    method<"cbrt(x, /)", real_function<std::cbrt>>,
    method<"ceil(x, /)", math_ceil>,
    method<"copysign(x, y, /)", math_copysign>,
    method<"cos(x, /)", real_function<std::cos>>,
    method<"cosh(x, /)", real_function<std::cosh, Overflow::Range>>,
    method<"degrees(x, /)", math_degrees>,
    method<"dist(p, q, /)", math_dist>,
    method<"erf(x, /)", real_function<std::erf>>,
    method<"erfc(x, /)", real_function<std::erfc>>,
    method<"exp(x, /)", real_function<std::exp, Overflow::Range>>,
    method<"exp2(x, /)", real_function<std::exp2, Overflow::Range>>,
    method<"expm1(x, /)", real_function<std::expm1, Overflow::Range>>,
    method<"fabs(x, /)", math_fabs>,
    method<"factorial(n, /)", math_factorial>,
    method<"floor(x, /)", math_floor>,
    method<"fma(x, y, z, /)", math_fma>,
    method<"fmod(x, y, /)", math_fmod>,
    method<"frexp(x, /)", math_frexp>,
    method<"fsum(seq, /)", math_fsum>,
    method<"gamma(x, /)", math_gamma>,
    method<"gcd(*integers)", math_gcd>,
    method<"hypot(*coordinates)", math_hypot>,
    method<"isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", math_isclose>,
    method<"isfinite(x, /)", math_isfinite>,
    method<"isinf(x, /)", math_isinf>,
    method<"isnan(x, /)", math_isnan>,
    method<"isqrt(n, /)", math_isqrt>,
    method<"lcm(*integers)", math_lcm>,
    method<"ldexp(x, i, /)", math_ldexp>,
    method<"lgamma(x, /)", math_lgamma>,
    method<"log(x, base=<unrepresentable>, /)", math_log>,
    method<"log1p(x, /)", real_function<std::log1p>>,
    method<"log10(x, /)", logarithm_of<std::log10>>,
    method<"log2(x, /)", logarithm_of<std::log2>>,
    method<"modf(x, /)", math_modf>,
    method<"pow(x, y, /)", math_pow>,
    method<"radians(x, /)", math_radians>,
    method<"remainder(x, y, /)", real_function_of_two<std::remainder>>,
    method<"sin(x, /)", real_function<std::sin>>,
    method<"sinh(x, /)", real_function<std::sinh, Overflow::Range>>,
    method<"sqrt(x, /)", real_function<std::sqrt>>,
    method<"tan(x, /)", real_function<std::tan>>,
    method<"tanh(x, /)", real_function<std::tanh>>,
    method<"sumprod(p, q, /)", math_sumprod>,
    method<"trunc(x, /)", math_trunc>,
    method<"prod(iterable, /, *, start=1)", math_prod>,
    method<"perm(n, k=None, /)", math_perm>,
    method<"comb(n, k, /)", math_comb>,
    method<"nextafter(x, y, /, *, steps=None)", math_nextafter>,
    method<"ulp(x, /)", math_ulp>,
};

Status fill(VM& vm, Module& module) {
  const std::pair<const char*, double> constants[] = {{"pi", std::numbers::pi},
                                                      {"e", std::numbers::e},
                                                      {"tau", 2 * std::numbers::pi},
                                                      {"inf", infinity},
                                                      {"nan", std::numeric_limits<double>::quiet_NaN()}};
  for (const auto& [name, number] : constants) {
    CEDE_TRY(const Value value, float_from(vm, number));
    CEDE_CHECK(module_set(vm, module, name, value));
  }
  return Ok;
}

}  // namespace

extern const NativeModule math_module;
const NativeModule math_module{
    .name = "math",
    .functions = functions,
    .fill = fill,
    .doc = "The mathematical functions of the C standard, and exact ones of integers.",
};

}  // namespace cede::stdlib
