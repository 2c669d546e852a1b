// Constant folding on the syntax tree, between `parse` and `resolve`, as far as CPython does it and it pays
// or shows:
//   * `-1`, `2 ** 10`, `"-" * 80`, `"a" + "b"`, `(1, 2)[0]`, `not x in y`, `__debug__`;
//   * `"%s: %r" % (a, b)` becomes an f-string;
//   * a list display that is only iterated over or searched becomes a tuple.
// What would raise, grow large or need more than 63 bits stays as written, and so do annotations. The tree is
// otherwise the one that was parsed, with the same positions.
#pragma once

#include "lang/ast.hpp"

namespace cede::lang {

struct FoldOptions {
  bool debug = true;  // the value of `__debug__`: false under -O
};

void fold(ast::Module& module, const FoldOptions& options = {});

// A Constant, or a tuple display of constants: one value for all time.
bool is_constant(const ast::Expression& node);

}  // namespace cede::lang
