// Source text -> syntax tree: the front door of the parser.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "lang/arena.hpp"
#include "lang/ast.hpp"
#include "lang/diagnostics.hpp"
#include "lang/source.hpp"

namespace cede::lang {

// compile()'s modes.
enum class Mode : std::uint8_t {
  Exec,    // a module
  Eval,    // one expression
  Single,  // one interactive statement
};

struct ParseOptions {
  Mode mode = Mode::Exec;
  // An error that more input could mend is thrown as IncompleteInputError (PyCF_ALLOW_INCOMPLETE_INPUT).
  bool allow_incomplete_input = false;
  // A block is not closed by the end of input: an interactive compound statement needs an empty line
  // (PyCF_DONT_IMPLY_DEDENT).
  bool do_not_imply_dedent = false;
  // `from __future__` features in force from outside (compile()'s flags, earlier REPL inputs).
  ast::FutureFeatures features = {};
  // sys.get_int_max_str_digits(): more decimal digits in a literal are a syntax error; 0 = no limit.
  std::uint32_t max_integer_digits = 4300;
  // Receives the warnings that were found before a SyntaxError was; their texts live in the arena. Null: they are lost.
  std::vector<Warning>* warnings_before_error = nullptr;
};

// Parses `source`. The tree, its names and its warnings live in `arena` and refer to the text of `source`.
// Throws SyntaxError or std::bad_alloc.
ast::Module& parse(const SourceFile& source, Arena& arena, const ParseOptions& options = {});

}  // namespace cede::lang
