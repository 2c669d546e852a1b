// The attribute slots of types and modules, which native code compares against to look up without raising.
#pragma once

#include "runtime/core/native.hpp"

namespace cede {

Owned type_getattribute(VM& vm, Ref self, Ref name);
Status type_setattr(VM& vm, Ref self, Ref name, Ref value);
Owned module_getattribute(VM& vm, Ref self, Ref name);
// Unbound if absent.
Owned type_find_attribute(VM& vm, Type& type, Str& name);
Owned module_find_attribute(VM& vm, Module& module, Str& name);

}  // namespace cede
