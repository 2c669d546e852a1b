// Source text -> tokens, as CPython's tokenizer and the token filter of its parser make them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "lang/arena.hpp"
#include "lang/diagnostics.hpp"
#include "lang/grammar/token.hpp"
#include "lang/parse.hpp"
#include "lang/source.hpp"
#include "lang/symbols.hpp"

namespace cede::lang {

// The error that stopped the lexer. The parser throws `error` if it reaches the Error token.
struct LexicalError {
  SyntaxError error;
  // CPython's tokenizer raises this one itself: it also replaces an error that the parser finds in earlier
  // tokens. If false (dedent, tab and line continuation errors, too many indents, unclosed brackets at the
  // end, anything inside an f-string), it counts only if the parser reaches it.
  bool at_once;
  bool at_end;  // it is about the end of the input: more lines could mend it
  // Brackets inside an f-string: as `at_once` if the parser is already in the same replacement field.
  bool at_once_in_field = false;
};

struct TokenList {
  // The last is End, or Error followed by End. Two more End tokens lie behind it, for lookahead.
  std::span<const Token> tokens;
  std::optional<LexicalError> error;
  ast::Sequence<Warning> warnings;  // in source order
  // The innermost bracket still open where lexing stopped, or 0, and its offset.
  char open_bracket;
  std::uint32_t open_bracket_offset;
};

// Lexes all of `source`. In mode Exec a missing last "\n" is implied; in mode Single a Newline, and the
// Dedents unless `do_not_imply_dedent`, are inserted before the End. Indent and Dedent are empty tokens at
// the first token of their line. Names are interned in `symbols`; tokens live in `arena`. Throws
// std::bad_alloc only.
TokenList lex(const SourceFile& source, Arena& arena, SymbolTable& symbols, const ParseOptions& options = {});

}  // namespace cede::lang
