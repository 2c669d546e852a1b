// The values of literals: numbers, strings and bytes from their tokens. Errors are returned as messages because their
// position is the parser's matter (CPython: the last token fetched, unless said otherwise).
#pragma once

#include <cstdint>
#include <string_view>

#include "lang/arena.hpp"
#include "lang/ast.hpp"
#include "lang/diagnostics.hpp"
#include "lang/grammar/token.hpp"
#include "lang/source.hpp"

namespace cede::lang {

// Warnings in the order in which they were found, each at most once per token and message.
class WarningList {
 public:
  explicit WarningList(Arena& arena) : arena_(&arena) {}

  void add(const Warning& warning);
  ast::Sequence<Warning> sorted() const;  // by offset
  bool empty() const { return count_ == 0; }

 private:
  Arena* arena_;
  Warning* items_ = nullptr;
  std::uint32_t count_ = 0, capacity_ = 0;
};

struct Decoded {
  std::string_view text;   // generalised UTF-8, or bytes; in the arena or in the source
  std::string_view error;  // not empty: the message of a SyntaxError
  // The error's position is the token itself rather than the last token fetched.
  bool error_at_token = false;
};

// The contents of a String token.
Decoded decode_string(const Token& token, const SourceFile& source, Arena& arena, WarningList& warnings);

// The text of an FStringMiddle token. A format specification counts as raw if its f-string is.
Decoded decode_fstring_middle(const Token& token, const SourceFile& source, Arena& arena, WarningList& warnings);

// Sets type, value and base of `constant` from a Number token. Returns the message of an error (too many digits: the
// error is at the token's line, without columns), or an empty text.
std::string_view decode_number(const Token& token, const SourceFile& source, Arena& arena,
                               std::uint32_t max_integer_digits, ast::Constant& constant);

}  // namespace cede::lang
