// F-strings (PEP 701). Literal text and the tokens of replacement fields alternate: `in_text_` says which
// comes next. The states and their changes are CPython's, whose treatment of braces in format specifications
// is peculiar: after a nested field the rest of the specification is read as if it were outside of one.
#include "lang/grammar/lexer_state.hpp"

namespace cede::lang::lexer {

const char* State::fstring_start(const char* start, const char* quote, unsigned flags) {
  const bool triple = quote[1] == *quote && quote[2] == *quote;
  const char* const after = quote + (triple ? 3 : 1);
  if (fstring_count_ + 1 >= maximum_fstrings) fail(after, "too many nested f-strings");
  if (triple) flags |= Token::Triple;
  push(Kind::FStringStart, start, after, flags);
  fstrings_[fstring_count_++] = {
      start, *quote, static_cast<std::uint8_t>(triple ? 3 : 1), static_cast<std::uint8_t>(flags), false,
      0,     -1};
  in_text_ = true;
  return after;
}

// Goes on with the tokens of the field at `at`.
const char* State::open_field(const char* at) {
  if (++fstring()->field >= maximum_nested_fields) fail(at, "f-string: expressions nested too deeply");
  in_text_ = false;
  return at;
}

const char* State::fstring_middle(const char* start, const char* end, const char* next, unsigned flags) {
  push(Kind::FStringMiddle, start, end, flags);
  return next;
}

const char* State::fstring_text(const char* at) {
  FString& f = *fstring();
  const char* const start = at;
  const auto ends_at = [&](const char* p) {
    return p[0] == f.quote && (f.quote_size == 1 || (p[1] == f.quote && p[2] == f.quote));
  };
  if (*at == '{' && at[1] != '{') return open_field(at);
  if (ends_at(at)) {
    push(Kind::FStringEnd, at, at + f.quote_size, f.flags);
    --fstring_count_;
    in_text_ = false;
    return at + f.quote_size;
  }

  const bool in_spec = f.in_format_spec && f.field >= 0;
  const bool raw = f.flags & Token::Raw;
  bool character_name = false;  // in \N{...}
  unsigned char seen = 0;
  unsigned flags = f.flags | Token::Plain;
  const auto all_flags = [&] { return flags | (seen & 0x80 ? Token::NonAscii : 0); };
  for (;;) {
    const char c = *at;
    seen |= static_cast<unsigned char>(c);
    if (at >= end_ || (c == '\n' && f.quote_size == 1)) {
      if (at >= end_ || !in_spec) {
        const char* const kind = f.quote_size == 3
                                     ? "unterminated triple-quoted f-string literal (detected at line "
                                     : "unterminated f-string literal (detected at line ";
        const std::uint32_t line = at >= end_ ? last_line() : line_of(at);
        fail(f.start + 1, kind + std::to_string(line) + ")", f.quote_size == 3);
      }
      in_text_ = false;
      f.in_format_spec = false;
      return fstring_middle(start, at, at, all_flags());
    }
    if (c == f.quote && ends_at(at)) return fstring_middle(start, at, at, all_flags());
    if (c == '{') {
      if (at[1] == '{' && !in_spec) return fstring_middle(start, at + 1, at + 2, all_flags());
      return fstring_middle(start, at, open_field(at), all_flags());
    }
    if (c == '}') {
      if (character_name) return fstring_middle(start, at + 1, at + 1, all_flags());
      if (at[1] == '}' && !in_spec && f.brackets == 0)
        return fstring_middle(start, at + 1, at + 2, all_flags());
      in_text_ = false;
      return fstring_middle(start, at, at, all_flags());
    }
    ++at;
    if (c != '\\') continue;
    flags &= ~static_cast<unsigned>(Token::Plain);
    if (*at == '{' || *at == '}') {
      if (!raw) warn(at, *at == '{' ? "invalid escape sequence '\\{'" : "invalid escape sequence '\\}'");
    } else if (!raw && at[0] == 'N' && at[1] == '{') {
      character_name = true;
      at += 2;
    } else if (at < end_) {
      seen |= static_cast<unsigned char>(*at++);
    }
  }
}

}  // namespace cede::lang::lexer
