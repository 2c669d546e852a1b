// float.hex and float.fromhex.
#include "runtime/types/float_hex.hpp"

#include <cmath>
#include <string>

#include "runtime/types/number_text.hpp"

namespace cede {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

RaisedMark invalid(VM& vm) {
  return vm.raise_text(TypeId::ValueError, "invalid hexadecimal floating-point string");
}
RaisedMark too_large(VM& vm) {
  return vm.raise_text(TypeId::OverflowError, "hexadecimal value too large to represent as a float");
}

struct HexNumber {
  std::string digits;      // of integer and fraction together, without leading zeros
  long long exponent = 0;  // of two, behind the last digit
  bool valid = false;
};

// Digits, point and exponent; stops where they end.
HexNumber read_hex(const char*& at, const char* last) {
  HexNumber number;
  std::size_t count = 0, fraction = 0;
  bool point = false;
  for (; at < last; ++at) {
    if (*at == '.' && !point) {
      point = true;
      continue;
    }
    if (hex_digit(*at) < 0) break;
    ++count;
    fraction += point;
    if (!number.digits.empty() || *at != '0') number.digits += *at;
  }
  if (count == 0) return number;
  number.exponent = -4 * static_cast<long long>(fraction);
  number.valid = true;
  if (at < last && (*at | 0x20) == 'p') {
    ++at;
    const bool negative = at < last && *at == '-';
    if (at < last && (*at == '+' || *at == '-')) ++at;
    if (at >= last || *at < '0' || *at > '9') {
      number.valid = false;
      return number;
    }
    long long exponent = 0;
    for (; at < last && *at >= '0' && *at <= '9'; ++at)
      if (exponent < (1LL << 55)) exponent = exponent * 10 + (*at - '0');
    number.exponent += negative ? -exponent : exponent;
  }
  return number;
}

// Rounded half to even; infinite if it is too large.
double value_of(const HexNumber& number) {
  if (number.digits.empty()) return 0.0;
  // 15 digits hold any double and its rounding bits; the rest only matters if it is not 0.
  constexpr std::size_t most = 15;
  const std::size_t used = std::min(number.digits.size(), most);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < used; ++i)
    bits = bits << 4 | static_cast<std::uint64_t>(hex_digit(number.digits[i]));
  const bool rest = number.digits.find_first_not_of('0', used) != std::string::npos;
  long long exponent = number.exponent + 4 * static_cast<long long>(number.digits.size() - used);
  const int length = 64 - __builtin_clzl(bits);
  const long long top = exponent + length;  // value is below 2^top
  if (top > 1024) return HUGE_VAL;
  if (top < -1075) return 0.0;
  // The last bit of the result stands at 2^lowest.
  const long long lowest = std::max<long long>(top - 53, -1074);
  const long long dropped = lowest - exponent;
  if (dropped > 0) {
    const auto shift = static_cast<unsigned>(dropped);
    const std::uint64_t unit = shift < 64 ? std::uint64_t{1} << shift : 0,
                        half = std::uint64_t{1} << (shift - 1);
    const std::uint64_t low = shift < 64 ? bits & (unit - 1) : bits;
    bits = shift < 64 ? bits >> shift : 0;
    if (low > half || (low == half && (rest || bits & 1))) ++bits;
    exponent = lowest;
  }
  return std::ldexp(static_cast<double>(bits), static_cast<int>(exponent));
}

}  // namespace

Result<double> float_from_hex(VM& vm, std::string_view given) {
  const std::string_view text = strip_ascii_spaces(given);
  const char *at = text.data(), *const last = at + text.size();
  const bool negative = at < last && *at == '-';
  if (at < last && (*at == '-' || *at == '+')) ++at;
  double result = 0;
  const char* word = at;
  if (at < last && ((*at | 0x20) == 'i' || (*at | 0x20) == 'n')) {
    word = parse_double(at, last, result);
    if (!word) return invalid(vm);
    at = word;
  } else {
    if (last - at >= 2 && at[0] == '0' && (at[1] | 0x20) == 'x') at += 2;
    const HexNumber number = read_hex(at, last);
    if (!number.valid) return invalid(vm);
    if (at != last) return invalid(vm);
    result = value_of(number);
    if (std::isinf(result)) return too_large(vm);
  }
  if (at != last) return invalid(vm);
  return negative ? -result : result;
}

std::string float_hex_text(double d) {
  if (!std::isfinite(d)) return float_repr(d);
  std::string text = std::signbit(d) ? "-0x" : "0x";
  if (d == 0.0) return text + "0.0p+0";
  int exponent;
  double mantissa = std::frexp(std::fabs(d), &exponent);
  const int shift = 1 - std::max(-1021 - exponent, 0);
  mantissa = std::ldexp(mantissa, shift);
  exponent -= shift;
  for (int i = 0; i < 14; ++i) {
    const int digit = static_cast<int>(mantissa);
    text += "0123456789abcdef"[digit];
    if (i == 0) text += '.';
    mantissa = (mantissa - digit) * 16.0;
  }
  text += exponent < 0 ? "p-" : "p+";
  return text += std::to_string(std::abs(exponent));
}

}  // namespace cede
