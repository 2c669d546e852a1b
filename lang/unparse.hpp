// Expressions as text, as CPython stores annotations under `from __future__ import annotations`.
#pragma once

#include <string>

#include "lang/ast.hpp"

namespace cede::lang {

std::string unparse(const ast::Expression& node, const SymbolTable& symbols);

}  // namespace cede::lang
