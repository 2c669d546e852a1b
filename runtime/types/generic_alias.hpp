// types.GenericAlias: list[int].
#pragma once

#include "runtime/core/native.hpp"

namespace cede {

extern const Layout generic_alias_layout;
struct GenericAlias : Object {
  static const Layout* layout() { return &generic_alias_layout; }
  static constexpr const char* type_name = "types.GenericAlias";
  Value origin, args, parameters;  // parameters: Tuple, Unbound until asked for
  bool starred;
  template<class F> static void fields(GenericAlias& a, F&& field) {
    field(a.origin);
    field(a.args);
    field(a.parameters);
  }
};
Owned generic_alias_new(VM& vm, Ref origin, Ref args);    // args: a Tuple or a single item
Owned class_getitem_alias(VM& vm, Type& type, Ref item);  // the body of builtin __class_getitem__ methods
// The type variables in `args`, in order of first appearance.
Owned generic_parameters(VM& vm, Tuple& args);

// types.UnionType: int | str. NotImplemented if an operand cannot be part of a union.
extern const Layout union_layout;
struct UnionType : Object {
  static const Layout* layout() { return &union_layout; }
  static constexpr const char* type_name = "types.UnionType";
  Value args, parameters;
  template<class F> static void fields(UnionType& u, F&& field) {
    field(u.args);
    field(u.parameters);
  }
};
Owned union_or(VM& vm, Ref left, Ref right);

}  // namespace cede
