// The errors and warnings that CPython's compiler proper reports, in the order in which it meets them:
// `return` outside functions, misplaced stars, unreachable patterns, "did you mean ==?" ... Runs after `fold`
// and `resolve`; a module that passes compiles.
#pragma once

#include "lang/ast.hpp"

namespace cede::lang {

struct CheckOptions {
  bool allow_top_level_await = false;  // as given to `resolve`
  bool assertions = true;              // false under -O: assert statements are not compiled
};

// Appends to the module's warnings, also those that precede an error. Throws SyntaxError or std::bad_alloc.
void check(ast::Module& module, const CheckOptions& options = {});

}  // namespace cede::lang
