// `method`: a function bound to its first argument. Methods of NativeFunction kind are
// builtin_function_or_method objects.
#pragma once

#include "runtime/core/vm.hpp"

namespace cede {

extern const Layout bound_method_layout;
struct BoundMethod : Object {
  static const Layout* layout() { return &bound_method_layout; }
  static constexpr const char* type_name = "method";
  static constexpr std::uint32_t plain_words = 2;
  Value function;
  Value self;
  template<class F> static void fields(BoundMethod& m, F&& field) {
    field(m.function);
    field(m.self);
  }
};

Owned bound_method_new(VM& vm, Ref function, Ref self);  // runs no script code

}  // namespace cede
