// `float`. Doubles of everyday range are immediate values; the others (tiny, huge, infinite, NaN), and every
// instance of a script subclass, are Float objects.
#pragma once

#include <string>
#include <string_view>

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

class StringBuilder;

extern const Layout float_layout;
struct Float : Object {
  static const Layout* layout() { return &float_layout; }
  static constexpr const char* type_name = "float";
  double value;
};

inline bool is_float(Ref value) { return value.is_immediate_double() || is<Float>(value); }
inline bool is_exact_float(Ref value) {
  return value.is_immediate_double() || is_exact(value, TypeId::Float);
}
// `value` is a float.
inline double float_value(Ref value) {
  return value.is_immediate_double() ? value.immediate_double() : cast<Float>(value).value;
}

// Raise MemoryError; run no script code.
Value float_from(VM& vm, double d);
inline Owned float_owned(VM& vm, double d) {
  if (Ref::fits_immediate(d)) [[likely]]
    return Owned(Ref::immediate(d).bits);
  return Owned(float_from(vm, d));
}
// float(text): spaces, underscores, decimal digits of any script, inf and nan. Raises ValueError naming
// `object`.
Result<double> float_parse(VM& vm, std::string_view text, Ref object);

// ---- text
enum FloatTextFlag : unsigned { float_sign = 1, float_add_dot_zero = 2, float_alternate = 4 };
// The shortest text that reads back as the same number: 1.0, 1e+16, inf, nan.
std::string float_repr(double d, unsigned flags = float_add_dot_zero);
// As C's %e, %f, %g (type e, E, f, F, g, G) or 'r', exact at every precision; precision is at most 2^31 - 1.
// The sign of negative numbers is included. Grows with precision: callers check it against memory first.
std::string float_text(double d, char type, int precision, unsigned flags);
// The same into counted memory.
Status append_float_text(StringBuilder& out, double d, char type, int precision, unsigned flags);
// float.__format__.
Owned format_float(VM& vm, double d, std::string_view specification, Ref object);

// Parses the longest decimal number at the front of ASCII text, correctly rounded (as C's strtod without
// hexadecimal); null if there is none. Includes inf, infinity and nan in any case.
const char* parse_double(const char* first, const char* last, double& result);

// Python's rules for the operators on doubles: raise ZeroDivisionError, OverflowError.
Result<double> float_floor_divide(VM& vm, double a, double b);
Result<double> float_remainder(VM& vm, double a, double b);
Status float_divmod(VM& vm, double a, double b, double& quotient, double& remainder);
// The result may be complex (negative base, fractional exponent).
Owned float_power(VM& vm, double base, double exponent);
// round(d, digits).
Result<double> float_round(VM& vm, double d, std::int64_t digits);

}  // namespace cede
