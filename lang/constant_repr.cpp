// repr() of str, bytes, int, float and complex constants.
#include "lang/constant_repr.hpp"

#include <charconv>
#include <cmath>
#include <iterator>
#include <vector>

namespace cede::lang {
namespace {

constexpr std::uint32_t unprintable[][2] = {
#include "lang/unprintable.inc"
};

bool is_printable(std::uint32_t c) {
  std::size_t low = 0, high = std::size(unprintable);
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (c > unprintable[middle][1])
      low = middle + 1;
    else
      high = middle;
  }
  return low == std::size(unprintable) || c < unprintable[low][0];
}

void write_hex(std::string& out, std::uint32_t value, int digits) {
  for (int i = digits - 1; i >= 0; --i) out += "0123456789abcdef"[(value >> (4 * i)) & 15];
}

char quote_for(std::string_view text) {
  return text.find('\'') != text.npos && text.find('"') == text.npos ? '"' : '\'';
}

// What str and bytes have in common; false if `c` is none of it.
bool write_simple_character(std::string& out, unsigned char c, char quote) {
  if (c == static_cast<unsigned char>(quote) || c == '\\')
    (out += '\\') += static_cast<char>(c);
  else if (c == '\n')
    out += "\\n";
  else if (c == '\r')
    out += "\\r";
  else if (c == '\t')
    out += "\\t";
  else if (c < 0x20 || c == 0x7f)
    write_hex(out += "\\x", c, 2);
  else if (c < 0x80)
    out += static_cast<char>(c);
  else
    return false;
  return true;
}

}  // namespace

void write_string_repr(std::string& out, std::string_view text) {
  const char quote = quote_for(text);
  out += quote;
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (write_simple_character(out, c, quote)) {
      ++i;
      continue;
    }
    const std::size_t length = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    std::uint32_t code = c & (0xff >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
      code = (code << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3f);
    if (is_printable(code))
      out += text.substr(i, length);
    else if (code < 0x100)
      write_hex(out += "\\x", code, 2);
    else if (code < 0x10000)
      write_hex(out += "\\u", code, 4);
    else
      write_hex(out += "\\U", code, 8);
    i += length;
  }
  out += quote;
}

namespace {

void write_bytes(std::string& out, std::string_view text) {
  const char quote = quote_for(text);
  (out += 'b') += quote;
  for (const char c : text)
    if (!write_simple_character(out, static_cast<unsigned char>(c), quote))
      write_hex(out += "\\x", static_cast<unsigned char>(c), 2);
  out += quote;
}

}  // namespace

// repr() of a float: the shortest digits that round-trip, with an exponent below 1e-4 and from 1e16.
void write_float_repr(std::string& out, double value, bool imaginary) {
  if (std::isinf(value)) {
    out += "inf";
    return;
  }
  char text[64];
  const double size = std::fabs(value);
  const bool scientific = size != 0 && (size < 1e-4 || size >= 1e16);
  const auto end = std::to_chars(text, text + sizeof text, value,
                                 scientific ? std::chars_format::scientific : std::chars_format::fixed)
                       .ptr;
  const std::string_view written(text, static_cast<std::size_t>(end - text));
  out += written;
  if (!scientific && !imaginary && written.find('.') == written.npos) out += ".0";
}

namespace {

// Decimal digits of a number given in hexadecimal.
std::string decimal_of_hexadecimal(std::string_view digits) {
  constexpr std::uint64_t chunk = 1'000'000'000;
  std::vector<std::uint64_t> parts{0};
  for (const char c : digits) {
    std::uint64_t carry = static_cast<std::uint64_t>(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    for (auto& part : parts) {
      part = part * 16 + carry;
      carry = part / chunk;
      part %= chunk;
    }
    if (carry) parts.push_back(carry);
  }
  std::string text = std::to_string(parts.back());
  for (std::size_t i = parts.size() - 1; i-- > 0;) {
    const std::string part = std::to_string(parts[i]);
    text += std::string(9 - part.size(), '0') + part;
  }
  return text;
}

}  // namespace

void write_repr(std::string& out, const ast::Constant& constant) {
  using ast::ConstantType;
  switch (constant.type) {
    case ConstantType::None: out += "None"; return;
    case ConstantType::True: out += "True"; return;
    case ConstantType::False: out += "False"; return;
    case ConstantType::Ellipsis: out += "Ellipsis"; return;
    case ConstantType::Int: out += std::to_string(constant.integer); return;
    case ConstantType::BigInt:
      out += constant.base == 16 ? decimal_of_hexadecimal(constant.text) : std::string(constant.text);
      return;
    case ConstantType::Float: return write_float_repr(out, constant.number, false);
    case ConstantType::Complex:
      write_float_repr(out, constant.number, true);
      out += 'j';
      return;
    case ConstantType::Str: return write_string_repr(out, constant.text);
    case ConstantType::Bytes: return write_bytes(out, constant.text);
  }
}

}  // namespace cede::lang
