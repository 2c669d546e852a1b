// Which characters identifiers may have, by binary search in generated tables, and their normal form, by
// utf8proc.
#include "lang/unicode_identifiers.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <iterator>
#include <new>

namespace cede::lang {

namespace {

#include "lang/unicode_identifiers.inc"

constexpr std::uint32_t unprintable[][2] = {
#include "lang/unprintable.inc"
};

template<std::size_t n> bool contains(const std::uint32_t (&ranges)[n][2], std::uint32_t code_point) {
  std::size_t low = 0, high = n;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (code_point > ranges[middle][1])
      low = middle + 1;
    else
      high = middle;
  }
  return low < n && code_point >= ranges[low][0];
}

bool is_letter(std::uint32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

}  // namespace

bool is_identifier_start(std::uint32_t c) { return c < 0x80 ? is_letter(c) : contains(identifier_start, c); }

bool is_identifier_part(std::uint32_t c) {
  if (c < 0x80) return is_letter(c) || (c >= '0' && c <= '9');
  return contains(identifier_start, c) || contains(identifier_continue, c);
}

bool is_printable(std::uint32_t c) { return c < 0x80 ? c >= 0x20 && c != 0x7f : !contains(unprintable, c); }

std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) -> std::uint32_t { return static_cast<unsigned char>(text[i]); };
  const std::uint32_t lead = byte(at);
  if (lead < 0x80) return ++at, lead;
  const int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  std::uint32_t code_point = lead & (0x7f >> length);
  for (int i = 1; i < length; ++i) code_point = code_point << 6 | (byte(at + i) & 0x3f);
  at += length;
  return code_point;
}

std::string_view normalize_name(std::string_view name, Arena& arena) {
  utf8proc_uint8_t* normalized = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                   static_cast<utf8proc_ssize_t>(name.size()), &normalized, options);
  if (size < 0) throw std::bad_alloc();  // the text is well-formed: memory is all that can be missing
  const std::string_view text(reinterpret_cast<const char*>(normalized), static_cast<std::size_t>(size));
  std::string_view result = name;
  if (text != name) {
    try {
      result = arena.copy(text);
    } catch (...) {
      std::free(normalized);
      throw;
    }
  }
  std::free(normalized);
  return result;
}

}  // namespace cede::lang
