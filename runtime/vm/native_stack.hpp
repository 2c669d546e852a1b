// How much native stack script code may use on the calling thread.
#pragma once

#include <cstdint>

namespace cede {

// The lowest address of the calling thread's stack that script code may reach (ThreadState::stack_limit).
std::uintptr_t native_stack_limit();

}  // namespace cede
