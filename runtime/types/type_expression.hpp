// What generic aliases and unions share: texts of type expressions, and type variables in them.
#pragma once

#include "runtime/core/native.hpp"

namespace cede {

// "int", "collections.deque", "...", "list[int]": as it stands inside an alias or union.
Status append_type_repr(VM& vm, std::string& text, Ref item);
// The arguments with each parameter replaced by the item that stands for it; a tuple. TypeError if `self` has
// no parameters or the numbers differ.
Owned substitute_parameters(VM& vm, Ref self, Tuple& args, Tuple& parameters, Ref item);

}  // namespace cede
