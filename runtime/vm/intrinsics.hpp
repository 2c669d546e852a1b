// Small operations that several files of the virtual machine share.
#pragma once

#include "runtime/vm/interpreter.hpp"

namespace cede {

// What `await x` iterates over: x itself if it is a coroutine, else x.__await__(), checked.
Owned get_awaitable(VM& vm, Ref awaited);
// sys.exception() of a thread: the innermost exception that is being handled. Borrowed; None if there is none.
Ref handled_exception(ThreadState& thread);

}  // namespace cede
