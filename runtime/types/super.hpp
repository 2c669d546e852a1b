// `super` objects, and the attribute lookup that the interpreter makes for `super().method()` without one.
#pragma once

#include "runtime/core/vm.hpp"

namespace cede {

// super(class_, self), with CPython's check ("super(type, obj): obj must be an instance or subtype of type").
Owned super_new(VM& vm, Ref class_, Ref self);
// super(class_, self).name for a call: `unbound` is set if `self` must be passed as the first argument.
Owned super_get_method(VM& vm, Ref class_, Ref self, Str& name, bool& unbound);

}  // namespace cede
