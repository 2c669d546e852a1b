// Which tasks have taken a lock or a share of a semaphore by acquire(). (What `async with` blocks hold is
// read from their frames.) For the await graph; nothing here raises, or runs script code.
#pragma once

#include "runtime/async/loop.hpp"

namespace cede {

enum class Shares : std::uint8_t { One, Several };
// The task that runs in this thread's loop has taken it. `shares` One: a Lock. Not noted if memory is short.
void note_acquired(VM& vm, Ref lock, Shares shares);
// It has given it back; false: there is no note of it.
inline bool note_released(VM& vm, Ref lock) {
  const LoopObject* loop = as_loop(vm.thread->running_loop);
  const TaskObject* task = loop ? as<TaskObject>(loop->current_task) : nullptr;
  if (!task || !task->extra || task->extra->acquired.empty()) return false;
  auto& acquired = task->extra->acquired;
  for (std::size_t i = acquired.size(); i-- > 0;)
    if (acquired[i].lock == lock.object()) {
      acquired[i] = acquired[acquired.size() - 1];
      acquired.set_size(acquired.size() - 1);
      return true;
    }
  return false;
}
// release() of a semaphore by hand. If by one that has not acquired it, it counts something, and its shares
// have no holders.
void note_semaphore_released(VM& vm, Ref semaphore);
bool counts_something(VM& vm, const Object* semaphore);

}  // namespace cede
