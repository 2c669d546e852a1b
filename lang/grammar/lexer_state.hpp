// What the lexer keeps while it reads: the tokens made so far, open brackets, indentation, the f-strings it
// is in. The grammar in lexer.cpp calls the scanners below at the places where their tokens may stand; each
// takes the position of its first character and returns the position behind its last. Errors leave by the
// exception LexicalError, which `lex` catches.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lang/grammar/lexer.hpp"
#include "lang/literals.hpp"

namespace cede::lang::lexer {

// CPython's limits
inline constexpr std::uint32_t maximum_brackets = 200;
inline constexpr std::uint32_t maximum_indents = 100;
inline constexpr std::uint32_t maximum_fstrings = 150;
inline constexpr int maximum_nested_fields = 3;

// An f-string whose end has not been reached.
struct FString {
  const char* start;  // of its prefix
  char quote;
  std::uint8_t quote_size;
  std::uint8_t flags;   // Token::Raw, Token::Triple
  bool in_format_spec;  // set at the colon, cleared at the end of any field, as in CPython
  int brackets;         // open in it, those of fields included
  int field;  // nesting of the field that we are in: -1 = none, 0 = a field, 1 = in its format spec ...
};

class State {
 public:
  State(const SourceFile& source, Arena& arena, SymbolTable& symbols, Mode mode);

  // Scanners. `at` of `number_end` is behind the number.
  const char* indentation(const char* at);
  const char* word(const char* at);  // name, keyword, or literal with a prefix
  const char* plain_string(const char* at) { return string(at, at, 0); }
  const char* fstring_text(const char* at);
  const char* continuation(const char* at);
  void number_end(const char* at, std::string_view literal);

  void push(Kind kind, const char* start, const char* end, unsigned flags = 0,
            Symbol symbol = Symbol::Absent);
  void open_bracket(Kind kind, const char* at);
  void close_bracket(Kind kind, const char* at);
  const char* colon(const char* at);  // `:` or `:=`
  void newline(const char* at);
  void blank_line(const char* end) { at_line_start_ = end[-1] == '\n'; }
  void joined_line(const char* start) {
    if (start < end_) buffer_start_ = start;
    comment_ = nullptr;
  }
  void comment(const char* at) { comment_ = at; }
  void finish(bool do_not_imply_dedent);
  void push_error(const char* at) { push(Kind::Error, at, at); }
  TokenList take();

  // Errors, worded and placed as CPython's tokenizer does. `cursor`: behind the last character it has read.
  [[noreturn]] void fail(const char* cursor, std::string message, bool at_end = false) const;
  [[noreturn]] void fail_bracket(const char* cursor, std::string message) const;
  [[noreturn]] void fail_unknown_character(const char* at) const;
  [[noreturn]] void fail_leading_zeros(const char* start, const char* zeros_end) const;

  const char* begin() const { return begin_; }
  const char* end() const { return end_; }
  bool in_brackets() const { return level_ > 0; }
  bool in_fstring_text() const { return in_text_; }

 private:
  struct Bracket {
    char opening;
    const char* at;
  };
  struct Indent {
    std::uint32_t column, alternative_column;  // with tabs to multiples of 8, and as 1
  };

  const char* string(const char* start, const char* quote, unsigned flags);
  const char* fstring_start(const char* start, const char* quote, unsigned flags);
  const char* prefixed_string(const char* start, const char* quote);
  const char* non_ascii_name(const char* start, const char* end);
  const char* open_field(const char* at);
  const char* fstring_middle(const char* start, const char* end, const char* next, unsigned flags);
  void indent_to(std::uint32_t column, std::uint32_t alternative, const char* at);
  void grow_tokens();
  void warn(const char* at, std::string_view message);

  [[noreturn]] void fail_string(const char* start, char quote, int quote_size, const char* at,
                                bool escaped) const;
  [[noreturn]] void fail_indent(ErrorType type, const char* at, std::string message) const;
  [[noreturn]] void fail_continuation(const char* cursor) const;
  [[noreturn]] void fail_end_in_continuation(const char* cursor) const;
  [[noreturn]] void fail_unclosed_bracket() const;
  [[noreturn]] void fail_undecodable(const char* start, const char* end) const;
  std::string buffered_text(const char* start, const char* within) const;
  std::uint32_t offset(const char* at) const { return static_cast<std::uint32_t>(at - begin_); }
  std::uint32_t line_of(const char* at) const { return source_.line_at(offset(at)); }
  std::uint32_t last_line() const;
  FString* fstring() { return fstring_count_ ? &fstrings_[fstring_count_ - 1] : nullptr; }

  const SourceFile& source_;
  Arena& arena_;
  SymbolTable& symbols_;
  const char *begin_, *end_;  // with the implied last "\n" in mode Exec
  const char*
      buffer_start_;  // where CPython's buffer begins: this line, or the first of those joined by backslashes
  const char* comment_ = nullptr;  // at the end of this line
  Mode mode_;

  Token *tokens_, *next_, *limit_;
  WarningList warnings_;
  std::uint32_t level_ = 0;
  std::uint32_t indent_ = 0;
  std::uint32_t fstring_count_ = 0;
  std::uint8_t pending_flags_ = 0;
  bool in_text_ = false;
  bool at_line_start_ = true;
  Bracket brackets_[maximum_brackets];
  Indent indents_[maximum_indents];
  FString fstrings_[maximum_fstrings];
};

}  // namespace cede::lang::lexer
