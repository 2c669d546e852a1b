// The lexer's errors: CPython's words and positions. There are two families. Errors that its tokenizer raises
// itself point at the character just read, show the line without its "\n", and win over errors of the parser
// (unless they are inside an f-string). The others are only noted by the tokenizer and raised if the parser
// gets there; they show CPython's whole line buffer.
#include <fmt/format.h>

#include <algorithm>

#include "lang/grammar/lexer_state.hpp"
#include "lang/unicode_identifiers.hpp"

namespace cede::lang::lexer {

namespace {

// The number of code points in the first `size` bytes of `text`, of which the last may be cut.
int characters(std::string_view text, std::size_t size) {
  const std::string_view head = text.substr(0, size);
  return static_cast<int>(std::ranges::count_if(head, [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

std::uint32_t State::last_line() const {
  const std::uint32_t count = source_.line_count();
  return count > 1 && source_.text().ends_with('\n') ? count - 1 : count;
}

void State::fail(const char* cursor, std::string message, bool at_end) const {
  SyntaxError error =
      error_at(source_, ErrorType::SyntaxError, std::move(message), offset(cursor), offset(cursor));
  error.end_column = --error.column;
  throw LexicalError{std::move(error), fstring_count_ == 0, at_end};
}

void State::fail_bracket(const char* cursor, std::string message) const {
  try {
    fail(cursor, std::move(message));
  } catch (LexicalError& error) {
    error.at_once_in_field = true;
    throw;
  }
}

void State::fail_unknown_character(const char* at) const {
  std::size_t size = 0;
  const std::string_view rest(at, 4);
  const std::uint32_t c = next_code_point(rest, size);
  if (is_printable(c))
    fail(at + size, fmt::format("invalid character '{}' (U+{:04X})", rest.substr(0, size), c));
  fail(at + size, fmt::format("invalid non-printable character U+{:04X}", c));
}

void State::fail_leading_zeros(const char* start, const char* zeros_end) const {
  SyntaxError error = error_at(source_, ErrorType::SyntaxError,
                               "leading zeros in decimal integer literals are not permitted; "
                               "use an 0o prefix for octal integers",
                               offset(start), offset(start));
  // These columns are in bytes.
  const std::uint32_t line_start = source_.line_start(line_of(start));
  error.column = static_cast<int>(offset(start) + 1 - line_start);
  error.end_column = static_cast<int>(offset(zeros_end) + 1 - line_start);
  throw LexicalError{std::move(error), fstring_count_ == 0, false};
}

void State::number_end(const char* at, std::string_view literal) {
  const auto is_name_byte = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (!is_name_byte(*at)) return;
  // These keywords may follow a number without a blank: `1if x else 2`. CPython does not look behind the
  // short ones.
  for (const std::string_view keyword :
       std::initializer_list<std::string_view>{"and", "else", "for", "if", "in", "is", "or", "not"}) {
    if (!std::equal(keyword.begin(), keyword.end(), at)) continue;
    const char after = at[keyword.size()];
    if (keyword[0] != 'i' && (is_name_byte(after) || (after & 0x80))) continue;
    warn(at - 1, literal);
    return;
  }
  fail(at, std::string(literal));
}

void State::fail_string(const char* start, char quote, int quote_size, const char* at, bool escaped) const {
  if (fstring_count_ > 0) {
    const FString& f = fstrings_[fstring_count_ - 1];
    if (f.quote == quote && f.quote_size == quote_size) fail(start + 1, "f-string: expecting '}'");
  }
  const std::uint32_t line = at >= end_ ? last_line() : line_of(at);
  if (quote_size == 3)
    fail(start + 1, fmt::format("unterminated triple-quoted string literal (detected at line {})", line),
         true);
  fail(start + 1, fmt::format("unterminated string literal (detected at line {}){}", line,
                              escaped ? "; perhaps you escaped the end quote?" : ""));
}

// From `start` to the end of the line of `within`, its "\n" included.
std::string State::buffered_text(const char* start, const char* within) const {
  const char* const end = std::find(within, end_, '\n');
  return replace_invalid_utf8({start, static_cast<std::size_t>(end - start) + (end < end_)});
}

void State::fail_indent(ErrorType type, const char* at, std::string message) const {
  const std::uint32_t line = line_of(at);
  const char* const line_start = begin_ + source_.line_start(line);
  SyntaxError error(type, std::move(message));
  error.filename = source_.filename();
  error.line = error.end_line = static_cast<int>(line);
  error.text = buffered_text(line_start, at);
  const bool too_deep_or_tabs = type == ErrorType::TabError || error.message.starts_with("too many");
  error.column = too_deep_or_tabs ? 1 : characters(*error.text, error.text->size());
  error.end_column = too_deep_or_tabs ? 0 : -1;
  throw LexicalError{std::move(error), false, false};
}

void State::fail_continuation(const char* cursor) const {
  SyntaxError error(ErrorType::SyntaxError, "unexpected character after line continuation character");
  error.filename = source_.filename();
  error.line = error.end_line = static_cast<int>(line_of(cursor - 1));
  error.text = buffered_text(buffer_start_, cursor - 1);
  error.column = characters(*error.text, static_cast<std::size_t>(cursor - buffer_start_));
  throw LexicalError{std::move(error), false, false};
}

void State::fail_end_in_continuation(const char* cursor) const {
  if (level_ > 0) fail_unclosed_bracket();
  const char* const line_start = begin_ + source_.line_start(line_of(cursor - 1));
  SyntaxError error(ErrorType::SyntaxError, "unexpected EOF while parsing");
  error.filename = source_.filename();
  error.line = error.end_line = static_cast<int>(line_of(cursor - 1));
  error.text = buffered_text(buffer_start_, cursor - 1);
  error.column = characters(*error.text, static_cast<std::size_t>(cursor - line_start));
  error.end_column = -1;
  throw LexicalError{std::move(error), false, true};
}

void State::fail_unclosed_bracket() const {
  const Bracket& bracket = brackets_[level_ - 1];
  SyntaxError error =
      error_at(source_, ErrorType::SyntaxError, fmt::format("'{}' was never closed", bracket.opening),
               offset(bracket.at), offset(bracket.at));
  error.end_column = 0;
  if (line_of(bracket.at) >= last_line()) error.text = buffered_text(buffer_start_, bracket.at);
  throw LexicalError{std::move(error), false, true};
}

void State::fail_undecodable(const char* start, const char* end) const {
  const std::string_view name(start, static_cast<std::size_t>(end - start));
  SyntaxError error(ErrorType::SyntaxError,
                    "(unicode error) " + utf8_fault_message(name, find_utf8_fault(name)));
  error.filename = source_.filename();
  error.line = error.end_line = static_cast<int>(line_of(start));
  error.text = buffered_text(buffer_start_, end);
  const char* const line_start = begin_ + source_.line_start(line_of(start));
  error.column = characters(*error.text, static_cast<std::size_t>(end - line_start));
  error.end_column = -1;
  throw LexicalError{std::move(error), false, false};
}

}  // namespace cede::lang::lexer
