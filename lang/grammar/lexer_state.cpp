// The lexer's scanners for lines, brackets, names and strings. F-strings are in lexer_fstring.cpp, errors in
// lexer_errors.cpp.
#include "lang/grammar/lexer_state.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "lang/symbol_hash.hpp"
#include "lang/unicode_identifiers.hpp"

namespace cede::lang::lexer {

namespace {

constexpr std::array<bool, 256> name_bytes = [] {
  std::array<bool, 256> table{};
  for (int c = 0; c < 256; ++c) {
    table[c] =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 128;
  }
  return table;
}();

bool is_name_byte(char c) { return name_bytes[static_cast<unsigned char>(c)]; }

char closing_of(char opening) { return opening == '(' ? ')' : opening == '[' ? ']' : '}'; }

}  // namespace

State::State(const SourceFile& source, Arena& arena, SymbolTable& symbols, Mode mode)
    : source_(source), arena_(arena), symbols_(symbols), mode_(mode), warnings_(arena) {
  const std::string_view text = source.text();
  begin_ = text.data();
  end_ = begin_ + text.size();
  if (mode == Mode::Exec && !text.empty() && text.back() != '\n') ++end_;
  buffer_start_ = begin_;
  // Ordinary code has a token for 7 bytes, dense code one for 4.
  const std::size_t estimate = text.size() / 5 + 16;
  tokens_ = next_ = arena.allocate_array<Token>(estimate);
  limit_ = tokens_ + estimate;
  indents_[0] = {0, 0};
}

void State::push(Kind kind, const char* start, const char* end, unsigned flags, Symbol symbol) {
  if (next_ == limit_) [[unlikely]]
    grow_tokens();
  *next_++ = {offset(start),
              offset(end),
              symbol,
              kind,
              static_cast<std::uint8_t>(flags | pending_flags_),
              static_cast<std::uint16_t>(level_)};
  pending_flags_ = 0;
}

void State::grow_tokens() {
  const std::size_t count = static_cast<std::size_t>(next_ - tokens_), capacity = count * 2;
  Token* tokens = arena_.allocate_array<Token>(capacity);
  std::memcpy(static_cast<void*>(tokens), tokens_, count * sizeof(Token));
  tokens_ = tokens;
  next_ = tokens + count;
  limit_ = tokens + capacity;
}

void State::warn(const char* at, std::string_view message) {
  warnings_.add({WarningCategory::SyntaxWarning, line_of(at), offset(at), offset(at), message});
}

// ---- lines

const char* State::indentation(const char* at) {
  std::uint32_t column = 0, alternative = 0, continued = 0;
  buffer_start_ = at;
  for (;; ++at) {
    if (*at == ' ') {
      ++column, ++alternative;
    } else if (*at == '\t') {
      column = (column / 8 + 1) * 8, ++alternative;
    } else if (*at == '\f') {
      column = alternative = 0;
    } else if (*at == '\\') {
      // Backslashes do not split an indentation: the blanks before the first one count.
      if (continued == 0) continued = column;
      at = continuation(at) - 1;
    } else {
      break;
    }
  }
  at_line_start_ = false;
  if (at < end_ && (*at == '\n' || *at == '#')) return at;
  if (continued != 0) column = alternative = continued;
  indent_to(column, alternative, at);
  pending_flags_ = Token::LineStart;
  return at;
}

void State::indent_to(std::uint32_t column, std::uint32_t alternative, const char* at) {
  constexpr const char* inconsistent = "inconsistent use of tabs and spaces in indentation";
  if (column > indents_[indent_].column) {
    if (indent_ + 1 >= maximum_indents)
      fail_indent(ErrorType::IndentationError, at, "too many levels of indentation");
    if (alternative <= indents_[indent_].alternative_column)
      fail_indent(ErrorType::TabError, at, inconsistent);
    indents_[++indent_] = {column, alternative};
    push(Kind::Indent, at, at);
    return;
  }
  std::uint32_t outer = indent_;
  while (outer > 0 && column < indents_[outer].column) --outer;
  if (column != indents_[outer].column)
    fail_indent(ErrorType::IndentationError, at, "unindent does not match any outer indentation level");
  if (alternative != indents_[outer].alternative_column) fail_indent(ErrorType::TabError, at, inconsistent);
  for (; indent_ > outer; --indent_) push(Kind::Dedent, at, at);
}

const char* State::continuation(const char* at) {
  if (at + 1 >= end_) fail_continuation(at + 1);
  if (at[1] != '\n') fail_continuation(at + 2);
  if (at + 2 >= end_) fail_end_in_continuation(at + 2);
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\f'; };
  if (std::all_of(buffer_start_, at, is_blank)) buffer_start_ = at + 2;
  return at + 2;
}

void State::newline(const char* at) {
  push(Kind::Newline, comment_ ? comment_ : at, at + 1,
       offset(at) == source_.text().size() ? Token::Implied : 0);
  at_line_start_ = true;
  comment_ = nullptr;
}

void State::finish(bool do_not_imply_dedent) {
  const char* const end = begin_ + source_.text().size();
  if (level_ > 0) fail_unclosed_bracket();
  if (at_line_start_) indent_to(0, 0, end);
  if (mode_ == Mode::Single && next_ != tokens_) {
    push(Kind::Newline, end, end, Token::Implied);
    if (!do_not_imply_dedent) {
      const bool in_block = indent_ > 0;
      for (; indent_ > 0; --indent_) push(Kind::Dedent, end, end);
      if (in_block) push(Kind::Newline, end, end, Token::Implied);
    }
  }
}

TokenList State::take() {
  const char* const end = begin_ + source_.text().size();
  pending_flags_ = 0;
  push(Kind::End, end, end);
  TokenList list;
  const std::size_t count = static_cast<std::size_t>(next_ - tokens_);
  push(Kind::End, end, end);
  push(Kind::End, end, end);
  list.tokens = {tokens_, count};
  list.warnings = warnings_.sorted();
  list.open_bracket = level_ > 0 ? brackets_[level_ - 1].opening : '\0';
  list.open_bracket_offset = level_ > 0 ? offset(brackets_[level_ - 1].at) : 0;
  return list;
}

// ---- brackets

void State::open_bracket(Kind kind, const char* at) {
  if (level_ >= maximum_brackets) fail(at + 1, "too many nested parentheses");
  brackets_[level_++] = {*at, at};
  if (FString* f = fstring()) ++f->brackets;
  push(kind, at, at + 1);
}

void State::close_bracket(Kind kind, const char* at) {
  const char c = *at;
  FString* const f = fstring();
  if (f && f->brackets == 0 && c == '}') fail_bracket(at + 1, "f-string: single '}' is not allowed");
  if (level_ == 0) fail_bracket(at + 1, std::string("unmatched '") + c + "'");

  const Bracket& bracket = brackets_[--level_];
  if (closing_of(bracket.opening) != c) {
    if (f && bracket.opening == '{' && f->brackets - 1 == f->field)
      fail_bracket(at + 1, std::string("f-string: unmatched '") + c + "'");
    std::string message = std::string("closing parenthesis '") + c +
                          "' does not match opening parenthesis '" + bracket.opening + "'";
    if (line_of(bracket.at) != line_of(at)) message += " on line " + std::to_string(line_of(bracket.at));
    fail_bracket(at + 1, std::move(message));
  }
  if (f && f->brackets == 0) fail_bracket(at + 1, std::string("f-string: unmatched '") + c + "'");
  push(kind, at, at + 1);
  if (f) {
    --f->brackets;
    if (c == '}' && f->brackets == f->field) {
      --f->field;
      f->in_format_spec = false;
      in_text_ = true;
    }
  }
}

const char* State::colon(const char* at) {
  FString* const f = fstring();
  if (f && f->field >= 0 && f->brackets - 1 == f->field) {
    push(Kind::Colon, at, at + 1);
    f->in_format_spec = true;
    in_text_ = true;
    return at + 1;
  }
  if (at[1] == '=') return push(Kind::ColonEqual, at, at + 2), at + 2;
  return push(Kind::Colon, at, at + 1), at + 1;
}

// ---- names

const char* State::word(const char* at) {
  const char* const start = at;
  unsigned char seen = 0;
  do seen |= static_cast<unsigned char>(*at++);
  while (is_name_byte(*at));
  const std::size_t size = static_cast<std::size_t>(at - start);
  if ((*at == '"' || *at == '\'') && size <= 2) {
    if (const char* after = prefixed_string(start, at)) return after;
  }
  if (seen & 0x80) return non_ascii_name(start, at);
  const Symbol symbol = symbols_.intern_hashed({start, size}, hash_padded_name(start, size));
  push(is_keyword(symbol) ? static_cast<Kind>(symbol) : Kind::Name, start, at, 0, symbol);
  return at;
}

const char* State::non_ascii_name(const char* start, const char* end) {
  const std::string_view name(start, static_cast<std::size_t>(end - start));
  if (!find_utf8_fault(name).reason.empty()) fail_undecodable(start, end);
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t before = i;
    const std::uint32_t c = next_code_point(name, i);
    if (!(before == 0 ? is_identifier_start(c) : is_identifier_part(c)))
      fail_unknown_character(start + before);
  }
  // A keyword in disguise (fullwidth letters) is an ordinary name.
  push(Kind::Name, start, end, Token::NonAscii, symbols_.intern(normalize_name(name, arena_)));
  return end;
}

// ---- strings

// Null if `start`..`quote` is no string prefix.
const char* State::prefixed_string(const char* start, const char* quote) {
  unsigned flags = 0;
  bool formatted = false;
  for (const char* at = start; at < quote; ++at) {
    const char c = static_cast<char>(*at | 0x20);
    if (c == 'r' && !(flags & (Token::Raw | Token::Unicode)))
      flags |= Token::Raw;
    else if (c == 'b' && !(flags & (Token::Bytes | Token::Unicode)) && !formatted)
      flags |= Token::Bytes;
    else if (c == 'f' && !(flags & (Token::Bytes | Token::Unicode)) && !formatted)
      formatted = true;
    else if (c == 'u' && flags == 0 && !formatted)
      flags |= Token::Unicode;
    else
      return nullptr;
  }
  return formatted ? fstring_start(start, quote, flags) : string(start, quote, flags);
}

const char* State::string(const char* start, const char* quote_at, unsigned flags) {
  const char quote = *quote_at;
  const char* at = quote_at + 1;
  if (at[0] == quote && at[1] != quote) {
    push(Kind::String, start, at + 1, flags | Token::Plain);
    return at + 1;
  }
  const bool triple = at[0] == quote;
  if (triple) {
    flags |= Token::Triple;
    at += 2;
  }
  unsigned char seen = 0;
  bool plain = true, escaped_quote = false;
  for (;; ++at) {
    const char c = *at;
    if (c == quote) {
      if (!triple || (at[1] == quote && at[2] == quote)) break;
    } else if (c == '\\') {
      plain = false;
      ++at;
      seen |= static_cast<unsigned char>(*at);
      if (*at == quote) escaped_quote = true;
      if (at >= end_) fail_string(start, quote, triple ? 3 : 1, at, escaped_quote);
    } else if ((c == '\n' && !triple) || at >= end_) {
      fail_string(start, quote, triple ? 3 : 1, at, escaped_quote);
    }
    seen |= static_cast<unsigned char>(c);
  }
  at += triple ? 3 : 1;
  push(Kind::String, start, at, flags | (plain ? Token::Plain : 0) | (seen & 0x80 ? Token::NonAscii : 0));
  return at;
}

}  // namespace cede::lang::lexer
