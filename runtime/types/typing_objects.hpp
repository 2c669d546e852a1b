// The objects of PEP 695: TypeVar, ParamSpec, TypeVarTuple, TypeAliasType and typing.Generic, as the compiler makes them.
#pragma once

#include "runtime/core/vm.hpp"

namespace cede {

// `bound` and `constraints`: functions that evaluate them when asked, or Unbound.
Owned typevar_new(VM& vm, Ref name, Ref bound, Ref constraints);
Owned paramspec_new(VM& vm, Ref name);
Owned typevartuple_new(VM& vm, Ref name);
Status type_param_set_default(VM& vm, Ref parameter, Ref function);
// Generic[parameters]: the base that a generic class gets.
Owned generic_base_subscript(VM& vm, Ref parameters);
// (name, type parameters or None, function that evaluates the value)
Owned type_alias_from_tuple(VM& vm, Ref parts);

}  // namespace cede
