// Python's rules for the operators on doubles, and rounding to decimals.
#include <cerrno>
#include <charconv>
#include <cmath>

#include "runtime/types/complex.hpp"
#include "runtime/types/float.hpp"

namespace cede {
namespace {

RaisedMark zero_division(VM& vm, const char* text) { return vm.raise_text(TypeId::ZeroDivisionError, text); }

// OverflowError(34, 'Numerical result out of range'), as from errno.
RaisedMark raise_range(VM& vm) {
  CEDE_TRY(const Value text, str_from_ascii(vm, "Numerical result out of range"));
  CEDE_TRY(Value error, call(vm, vm.type(TypeId::OverflowError), Ref::small(ERANGE), text));
  return vm.raise_value(std::move(error));
}

void divide_floor(double a, double b, double& quotient, double& remainder) {
  remainder = std::fmod(a, b);
  double div = (a - remainder) / b;
  if (remainder != 0.0) {
    if ((b < 0) != (remainder < 0)) {
      remainder += b;
      div -= 1.0;
    }
  } else {
    remainder = std::copysign(0.0, b);
  }
  if (div != 0.0) {
    quotient = std::floor(div);
    if (div - quotient > 0.5) quotient += 1.0;
  } else {
    quotient = std::copysign(0.0, a / b);
  }
}

bool is_odd_integer(double d) { return std::fmod(std::fabs(d), 2.0) == 1.0; }

// What IEEE's special values give, without calling pow; false: nothing special.
bool power_special(double base, double exponent, double& result) {
  if (exponent == 0 || base == 1.0) {
    result = 1.0;
    return true;
  }
  if (std::isnan(base) || std::isnan(exponent)) {
    result = std::isnan(base) ? base : exponent;
    return true;
  }
  if (std::isinf(exponent)) {
    const double magnitude = std::fabs(base);
    result = magnitude == 1.0 ? 1.0 : (exponent > 0) == (magnitude > 1.0) ? HUGE_VAL : 0.0;
    return true;
  }
  if (std::isinf(base)) {
    const bool odd = is_odd_integer(exponent);
    if (exponent > 0)
      result = odd ? base : HUGE_VAL;
    else
      result = odd ? std::copysign(0.0, base) : 0.0;
    return true;
  }
  return false;
}

}  // namespace

Result<double> float_floor_divide(VM& vm, double a, double b) {
  if (b == 0.0) return zero_division(vm, "float floor division by zero");
  double quotient, remainder;
  divide_floor(a, b, quotient, remainder);
  return quotient;
}

Result<double> float_remainder(VM& vm, double a, double b) {
  if (b == 0.0) return zero_division(vm, "float modulo by zero");
  const double rest = std::fmod(a, b);
  if (rest == 0.0) return std::copysign(0.0, b);
  return (b < 0) != (rest < 0) ? rest + b : rest;
}

Status float_divmod(VM& vm, double a, double b, double& quotient, double& remainder) {
  if (b == 0.0) return zero_division(vm, "float divmod()");
  divide_floor(a, b, quotient, remainder);
  return Ok;
}

Owned float_power(VM& vm, double base, double exponent) {
  double result;
  if (power_special(base, exponent, result)) return float_owned(vm, result);
  const bool odd = is_odd_integer(exponent);
  if (base == 0.0) {
    if (exponent < 0.0) return zero_division(vm, "0.0 cannot be raised to a negative power");
    return float_owned(vm, odd ? base : 0.0);
  }
  bool negate = false;
  if (base < 0.0) {
    if (exponent != std::floor(exponent)) return complex_power(vm, {base, 0.0}, {exponent, 0.0});
    base = -base;
    negate = odd;
  }
  result = base == 1.0 ? 1.0 : std::pow(base, exponent);
  if (std::isinf(result)) return raise_range(vm);
  return float_owned(vm, negate ? -result : result);
}

// ---- rounding

namespace {

double read_back(const char* first, const char* last) {
  double result = 0;
  return parse_double(first, last, result) ? result : 0.0;
}

double round_decimals(double d, int digits) {
  char text[700];
  const auto end = std::to_chars(text, text + sizeof text, d, std::chars_format::fixed, digits).ptr;
  return read_back(text, end);
}

// To a multiple of 10^places, from the exact decimal digits.
double round_integer(double d, int places) {
  char text[900];
  const double magnitude = std::fabs(d);
  const auto end = std::to_chars(text, text + sizeof text, magnitude, std::chars_format::scientific, 780).ptr;
  int exponent = 0;
  const char* const e = text + 782;  // behind "d." and 780 digits
  std::from_chars(e[1] == '+' ? e + 2 : e + 1, end, exponent);
  const int kept = exponent + 1 - places;  // digits that stay
  double result = 0.0;
  if (kept == 0) {
    bool above = text[0] > '5';
    if (text[0] == '5')
      for (const char* at = text + 2; at < e && !above; ++at) above = *at != '0';
    if (above)
      result = read_back(text, std::to_chars(std::copy_n("1e", 2, text), text + sizeof text, places).ptr);
  } else if (kept > 0) {
    const auto stop =
        std::to_chars(text, text + sizeof text, magnitude, std::chars_format::scientific, kept - 1).ptr;
    result = read_back(text, stop);
  }
  return std::copysign(result, d);
}

}  // namespace

Result<double> float_round(VM& vm, double d, std::int64_t digits) {
  if (d == 0.0 || !std::isfinite(d) || digits > 323) return d;
  if (digits < -308) return 0.0 * d;
  const double result =
      digits >= 0 ? round_decimals(d, static_cast<int>(digits)) : round_integer(d, static_cast<int>(-digits));
  if (std::isinf(result)) return vm.raise_text(TypeId::OverflowError, "rounded value too large to represent");
  return result;
}

}  // namespace cede
