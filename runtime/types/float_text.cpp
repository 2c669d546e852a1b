// Doubles as decimal text and back, locale-independent and exact: <charconv> makes the digits.
#include "runtime/types/float_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "runtime/types/str_builder.hpp"

namespace cede {
namespace {

// A double has at most 767 significant digits and 1074 decimals; what is asked beyond are zeros.
constexpr int most_digits = 780, most_decimals = 1080;
constexpr std::size_t buffer_size = 1600;

struct Scientific {
  std::string digits;  // without the point
  int exponent;        // of the first digit
};

Scientific split(const char* first, const char* last) {
  const char* const e = std::find(first, last, 'e');
  Scientific out{std::string(1, *first), 0};
  if (first + 1 < e) out.digits.append(first + 2, e);
  std::from_chars(e[1] == '+' ? e + 2 : e + 1, last, out.exponent);
  return out;
}

// The magnitude with `count` significant digits, or the fewest that read back the same if it is 0.
Scientific scientific(double magnitude, int count) {
  char text[buffer_size];
  const auto end =
      count ? std::to_chars(text, text + buffer_size, magnitude, std::chars_format::scientific, count - 1).ptr
            : std::to_chars(text, text + buffer_size, magnitude, std::chars_format::scientific).ptr;
  return split(text, end);
}

std::string exponent_text(int exponent) {
  std::string text = exponent < 0 ? "e-" : "e+";
  const int n = std::abs(exponent);
  if (n < 10) text += '0';
  return text += std::to_string(n);
}

// d.ddd with the exponent apart.
void lay_out_exponent(FloatText& out, const Scientific& number, bool point) {
  out.body = number.digits.substr(0, 1);
  if (number.digits.size() > 1 || point) out.body += '.';
  out.body.append(number.digits, 1);
  out.exponent = exponent_text(number.exponent);
}

// Digits with the point after exponent + 1 of them.
void lay_out_fixed(FloatText& out, const Scientific& number) {
  const int before = number.exponent + 1;
  const int size = static_cast<int>(number.digits.size());
  if (before <= 0) {
    out.body = "0." + std::string(static_cast<std::size_t>(-before), '0') + number.digits;
  } else if (size <= before) {
    out.body = number.digits + std::string(static_cast<std::size_t>(before - size), '0');
  } else {
    out.body = number.digits;
    out.body.insert(static_cast<std::size_t>(before), 1, '.');
  }
}

void strip_zeros(std::string& digits) {
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
}

void make_shortest(FloatText& out, double magnitude, unsigned flags) {
  Scientific number = scientific(magnitude, 0);
  strip_zeros(number.digits);
  if (number.exponent < -4 || number.exponent >= 16) {
    lay_out_exponent(out, number, flags & float_alternate);
    return;
  }
  lay_out_fixed(out, number);
  if (out.body.find('.') == out.body.npos) {
    if (flags & float_add_dot_zero)
      out.body += ".0";
    else if (flags & float_alternate)
      out.body += '.';
  }
}

void make_general(FloatText& out, double magnitude, int precision, unsigned flags) {
  const int wanted = std::max(precision, 1);
  Scientific number = scientific(magnitude, std::min(wanted, most_digits));
  const bool dot_zero = flags & float_add_dot_zero, alternate = flags & float_alternate;
  const bool use_exponent = number.exponent < -4 || number.exponent >= wanted - (dot_zero ? 1 : 0);
  if (alternate)
    out.zeros = static_cast<std::size_t>(wanted) - number.digits.size();
  else
    strip_zeros(number.digits);
  if (use_exponent) {
    lay_out_exponent(out, number, alternate);
    return;
  }
  lay_out_fixed(out, number);
  if (out.body.find('.') != out.body.npos) return;
  if (alternate)
    out.body += '.';
  else if (dot_zero)
    out.body += ".0";
}

void make_fixed(FloatText& out, double magnitude, int precision, unsigned flags) {
  char text[buffer_size];
  const int decimals = std::min(precision, most_decimals);
  const auto end = std::to_chars(text, text + buffer_size, magnitude, std::chars_format::fixed, decimals).ptr;
  out.body.assign(text, end);
  if (precision == 0 && flags & float_alternate) out.body += '.';
  out.zeros = static_cast<std::size_t>(precision - decimals);
}

void make_exponent(FloatText& out, double magnitude, int precision, unsigned flags) {
  const int decimals = std::min(precision, most_digits);
  lay_out_exponent(out, scientific(magnitude, decimals + 1), flags & float_alternate);
  out.zeros = static_cast<std::size_t>(precision - decimals);
}

}  // namespace

std::size_t FloatText::integer_digits() const {
  return static_cast<std::size_t>(
      std::find_if(body.begin(), body.end(), [](char c) { return c < '0' || c > '9'; }) - body.begin());
}

FloatText float_text_parts(double d, char type, int precision, unsigned flags) {
  FloatText out;
  const bool upper = type >= 'A' && type <= 'Z';
  if (std::isnan(d)) {
    out.finite = false;
    out.body = upper ? "NAN" : "nan";
    return out;
  }
  out.negative = std::signbit(d);
  const double magnitude = std::fabs(d);
  if (std::isinf(d)) {
    out.finite = false;
    out.body = upper ? "INF" : "inf";
    return out;
  }
  switch (type) {
    case 'e':
    case 'E': make_exponent(out, magnitude, precision, flags); break;
    case 'f':
    case 'F': make_fixed(out, magnitude, precision, flags); break;
    case 'g':
    case 'G': make_general(out, magnitude, precision, flags); break;
    default: make_shortest(out, magnitude, flags); break;
  }
  if (upper && !out.exponent.empty()) out.exponent[0] = 'E';
  return out;
}

std::string float_text(double d, char type, int precision, unsigned flags) {
  const FloatText parts = float_text_parts(d, type, precision, flags);
  std::string text = parts.negative ? "-" : flags & float_sign ? "+" : "";
  text += parts.body;
  text.append(parts.zeros, '0');
  return text += parts.exponent;
}

Status append_float_text(StringBuilder& out, double d, char type, int precision, unsigned flags) {
  const FloatText parts = float_text_parts(d, type, precision, flags);
  if (parts.negative || flags & float_sign) CEDE_CHECK(out.append(parts.negative ? '-' : '+'));
  CEDE_CHECK(out.append(parts.body));
  CEDE_CHECK(out.append_repeated(U'0', parts.zeros));
  return out.append(parts.exponent);
}

std::string float_repr(double d, unsigned flags) { return float_text(d, 'r', 0, flags); }

// ---- reading

namespace {

const char* skip_word(const char* first, const char* last, std::string_view word) {
  if (static_cast<std::size_t>(last - first) < word.size()) return nullptr;
  for (char c : word)
    if ((*first++ | 0x20) != c) return nullptr;
  return first;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Where a decimal number ends, or null.
const char* number_end(const char* at, const char* last) {
  const char* const start = at;
  while (at < last && is_digit(*at)) ++at;
  std::size_t digits = static_cast<std::size_t>(at - start);
  if (at < last && *at == '.') {
    const char* const point = at++;
    while (at < last && is_digit(*at)) ++at;
    digits += static_cast<std::size_t>(at - point - 1);
  }
  if (digits == 0) return nullptr;
  if (at < last && (*at | 0x20) == 'e') {
    const char* exponent = at + 1;
    if (exponent < last && (*exponent == '+' || *exponent == '-')) ++exponent;
    if (exponent < last && is_digit(*exponent)) {
      while (exponent < last && is_digit(*exponent)) ++exponent;
      at = exponent;
    }
  }
  return at;
}

// What lies outside the range of doubles: infinite or 0.
double out_of_range(const char* at, const char* last) {
  long long magnitude = 0;  // the power of ten of the first digit that is not 0
  bool seen_point = false, seen_digit = false;
  for (; at < last && (*at | 0x20) != 'e'; ++at) {
    if (*at == '.')
      seen_point = true;
    else if (!seen_point && (seen_digit || *at != '0')) {
      seen_digit = true;
      ++magnitude;
    } else if (seen_point && !seen_digit) {
      if (*at == '0')
        --magnitude;
      else
        seen_digit = true;
    }
  }
  if (at < last) {
    const bool negative = at[1] == '-';
    for (++at; at < last; ++at)
      if (is_digit(*at) && magnitude < (1LL << 60)) {
        long long exponent = 0;
        const auto result = std::from_chars(at, last, exponent);
        if (result.ec != std::errc()) exponent = 1LL << 61;
        magnitude += negative ? -exponent : exponent;
        break;
      }
  }
  return magnitude > 0 ? HUGE_VAL : 0.0;
}

}  // namespace

const char* parse_double(const char* first, const char* last, double& result) {
  const char* at = first;
  bool negative = false;
  if (at < last && (*at == '+' || *at == '-')) negative = *at++ == '-';
  const char* end;
  double magnitude;
  if ((end = skip_word(at, last, "infinity")) || (end = skip_word(at, last, "inf"))) {
    magnitude = HUGE_VAL;
  } else if ((end = skip_word(at, last, "nan"))) {
    magnitude = std::nan("");
  } else if ((end = number_end(at, last))) {
    magnitude = 0;
    const char* const stop = end[-1] == '.' && end - at > 1 ? end - 1 : end;
    if (std::from_chars(at, stop, magnitude).ec == std::errc::result_out_of_range)
      magnitude = out_of_range(at, end);
  } else {
    return nullptr;
  }
  result = negative ? -magnitude : magnitude;
  return end;
}

}  // namespace cede
