// `cell`: a variable shared by closures.
#pragma once

#include "runtime/core/vm.hpp"

namespace cede {

extern const Layout cell_layout;
struct Cell : Object {
  static const Layout* layout() { return &cell_layout; }
  static constexpr const char* type_name = "cell";
  static constexpr std::uint32_t plain_words = 1;
  Value content;  // Unbound: empty
  template<class F> static void fields(Cell& c, F&& field) { field(c.content); }
};

Owned cell_new(VM& vm, Ref content);  // runs no script code

}  // namespace cede
