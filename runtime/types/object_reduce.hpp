// Copying and pickling of any object (object_reduce.cpp), and the names that dir() shows.
#pragma once

#include "runtime/core/native.hpp"

namespace cede {

Owned object_reduce_ex(VM& vm, Ref self, std::int64_t protocol);
Owned object_reduce(VM& vm, Ref self);
Owned object_getstate(VM& vm, Ref self);
Status merge_class_names(VM& vm, Dict& names, Ref class_);

}  // namespace cede
