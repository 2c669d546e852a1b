// repr of text and bytes: quotes and escapes.
#include "runtime/types/str.hpp"
#include "runtime/types/unicode_database.hpp"

namespace cede {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

char quote_for(std::string_view text) {
  const bool single = text.find('\'') != text.npos;
  return single && text.find('"') == text.npos ? '"' : '\'';
}

char* put_hex(char* out, char kind, std::uint32_t value, int digits) {
  *out++ = '\\';
  *out++ = kind;
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) *out++ = hex_digits[value >> shift & 15];
  return out;
}

// Writes at most 4 bytes; false: the character stands for itself.
bool put_ascii_escape(char*& out, unsigned char c, char quote) {
  char letter = 0;
  switch (c) {
    case '\\': letter = '\\'; break;
    case '\t': letter = 't'; break;
    case '\n': letter = 'n'; break;
    case '\r': letter = 'r'; break;
    default:
      if (c == static_cast<unsigned char>(quote)) letter = quote;
  }
  if (letter) {
    *out++ = '\\';
    *out++ = letter;
    return true;
  }
  if (c >= ' ' && c < 127) return false;
  out = put_hex(out, 'x', c, 2);
  return true;
}

char* put_unicode_escape(char* out, char32_t c) {
  if (c < 0x100) return put_hex(out, 'x', c, 2);
  if (c < 0x10000) return put_hex(out, 'u', c, 4);
  return put_hex(out, 'U', c, 8);
}

bool stays(unsigned char c, char quote) {
  return c >= ' ' && c < 127 && c != '\\' && c != static_cast<unsigned char>(quote);
}

}  // namespace

Status append_text_repr(StringBuilder& out, std::string_view text, Escapes escapes) {
  const char quote = quote_for(text);
  CEDE_CHECK(out.append(quote));
  const char *at = text.data(), *end = at + text.size();
  while (at < end) {
    const char* run = at;
    while (at < end && stays(static_cast<unsigned char>(*at), quote)) ++at;
    CEDE_CHECK(out.append({run, static_cast<std::size_t>(at - run)}));
    if (at == end) break;
    char* room = out.grow(10);
    if (!room) return raised;
    char* written = room;
    const char32_t c = utf8_take(at);
    if (c < 0x80)
      (void)put_ascii_escape(written, static_cast<unsigned char>(c), quote);
    else if (escapes == Escapes::Unprintable && unicode_is_printable(c))
      written = utf8_put(written, c);
    else
      written = put_unicode_escape(written, c);
    out.advance(static_cast<std::size_t>(written - room));
  }
  return out.append(quote);
}

Status append_bytes_repr(StringBuilder& out, std::string_view bytes) {
  const char quote = quote_for(bytes);
  CEDE_CHECK(out.append('b'));
  CEDE_CHECK(out.append(quote));
  for (char c : bytes) {
    char* room = out.grow(4);
    if (!room) return raised;
    char* written = room;
    if (!put_ascii_escape(written, static_cast<unsigned char>(c), quote)) *written++ = c;
    out.advance(static_cast<std::size_t>(written - room));
  }
  return out.append(quote);
}

}  // namespace cede
