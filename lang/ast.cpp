// Names of the syntax tree's enumerators, as Python's `ast` module spells them.
#include "lang/ast.hpp"

namespace cede::lang::ast {

std::string_view name_of(Kind kind) {
  static constexpr std::string_view names[] = {
#define X(name) #name,
      CEDE_NODE_KINDS(X)
#undef X
  };
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace cede::lang::ast
