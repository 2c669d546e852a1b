// The module `select`: select() and poll objects (select.cpp), epoll objects (epoll.cpp).
#pragma once

#include "runtime/core/native.hpp"

namespace cede::stdlib {

// A descriptor, or what its fileno() gives. TypeError and ValueError otherwise.
Result<int> file_descriptor(VM& vm, Ref file);

extern const NativeType epoll_type;

}  // namespace cede::stdlib
