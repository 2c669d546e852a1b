// types.SimpleNamespace: attributes only.
#pragma once

#include "runtime/core/native.hpp"

namespace cede {

extern const Layout simple_namespace_layout;
struct SimpleNamespace : Object {
  static const Layout* layout() { return &simple_namespace_layout; }
  static constexpr const char* type_name = "types.SimpleNamespace";
};
Owned simple_namespace_new(VM& vm);

}  // namespace cede
