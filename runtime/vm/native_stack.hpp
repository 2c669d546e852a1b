// How much native stack script code may use on the calling thread.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cede {

// The lowest address of the calling thread's stack that script code may reach (ThreadState::stack_limit).
std::uintptr_t native_stack_limit();

// In bytes. A thread with less has no room for script code above what native code needs; a script that asks for less
// gets this much.
inline constexpr std::size_t smallest_native_stack = std::size_t{1} << 20;

}  // namespace cede
