// Where errors point, and how they name what is there: CPython's conventions for the positions of its error
// messages and for the kinds of expressions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lang/ast.hpp"
#include "lang/diagnostics.hpp"
#include "lang/grammar/token_input.hpp"
#include "lang/source.hpp"

namespace cede::lang::grammar {

// What an error points at, in terms of the tokens that its rule matched and the values that it pushed.
enum class Where : std::uint8_t {
  LastFetched,     // the last token that the parser has looked at
  FirstToken,      // the first token of the match
  SecondToken,     // the one after it
  NameEqual,       // the first two
  LastToken,       // the last one
  NextToken,       // the one after
  Tokens,          // from the first token to the last
  FirstValue,      // the first expression
  LastValue,       // the last expression
  Values,          // from the first expression to the last
  ValueToToken,    // from the first expression to the last token
  TokenToValue,    // from the first token to the last expression
  FromFirstToken,  // from the first token to the last fetched
  FromLastToken,   // from the last token to the last fetched
  FromFirstValue,  // from the first expression to the last fetched
  FromLastValue,   // from the last expression to the last fetched
  LastValueEnd,    // from the last character of the last expression to no end
};

// The End, or the Newline that stands in for it in interactive input.
inline bool is_end_of_input(const Token& token) {
  return token.kind == Kind::End || (token.kind == Kind::Newline && token.start == token.end);
}

// Byte offsets; an end may be missing.
struct Location {
  enum class End : std::uint8_t {
    Known,
    Zero,      // column 0 of the start's line
    MinusOne,  // column -1 of the start's line
    Reached,   // `end`, as a distance: see `is_distance`
  };
  std::uint32_t start;
  std::uint32_t end;
  End end_kind = End::Known;
  // Indents, dedents and the end of the input have no column of their own; errors there say how far the
  // tokenizer has read in the line, which is one less than the column of the next character.
  bool is_distance = false;
  bool no_column = false;  // column 0
};

Location locate(Where where, const Cursor& begin, const TokenInput& in);
Location location_of_token(const Token& token);
Location location_of_last_fetched(const TokenInput& in);
// From `start` to where the tokenizer has read.
Location location_from(std::uint32_t start, const TokenInput& in);

// `message` with each "%s" replaced by what `where` points at: an expression by its kind, a token by its
// text.
std::string format_message(std::string_view message, Where where, const Cursor& begin, const TokenInput& in,
                           const SourceFile& source);

// "function call", "literal", "True" ...: what error messages call an expression.
std::string_view expression_name(const ast::Expression& expression);

// Makes `expression` an assignment target; false if it cannot be one. `starred` says whether `*x` may stand
// at the top.
enum class TargetKind : std::uint8_t { Star, Delete, For };
bool set_context(ast::Expression* expression, ast::ExprContext context);
inline bool is_single_target(const ast::Node& e) {
  return e.kind == ast::Kind::Name || e.kind == ast::Kind::Attribute || e.kind == ast::Kind::Subscript;
}
// The part of `expression` that prevents it from being a target, or null.
const ast::Expression* invalid_target(const ast::Expression* expression, TargetKind kind);

// `in` tells how far the tokenizer has read: the error's text is taken from its buffer, or from the lines
// before.
enum class LastLine : std::uint8_t {
  AsIs,
  LineEndAdded
};  // a missing "\n" is added to files, not to other input
[[noreturn]] void throw_syntax_error(ErrorType type, std::string message, Location at,
                                     const SourceFile& source, const TokenInput& in, LastLine last_line);

}  // namespace cede::lang::grammar
