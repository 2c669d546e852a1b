// The text of a syntax tree, byte for byte that of Python's `ast.dump(tree, include_attributes=True)`.
#pragma once

#include <string>

#include "lang/ast.hpp"

namespace cede::lang {

enum class DumpPositions : bool { No, Yes };

std::string dump(const ast::Module& module, DumpPositions positions = DumpPositions::Yes);

}  // namespace cede::lang
