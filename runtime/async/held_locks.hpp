// Which tasks have taken a lock by acquire(). (What `async with` blocks hold is read from their frames.) For
// the await graph; nothing here raises, or runs script code.
#pragma once

#include "runtime/async/loop.hpp"

namespace cede {

// The lock has been taken, by the task that runs in this thread's loop. Not noted if memory is short.
void note_acquired(VM& vm, Ref lock);
// It has been given back.
inline void note_released(VM& vm, Ref lock) {
  const LoopObject* loop = as_loop(vm.thread->running_loop);
  const TaskObject* task = loop ? as<TaskObject>(loop->current_task) : nullptr;
  if (!task || !task->extra || task->extra->acquired.empty()) return;
  auto& acquired = task->extra->acquired;
  for (std::size_t i = acquired.size(); i-- > 0;)
    if (acquired[i].lock == lock.object()) {
      acquired[i] = acquired[acquired.size() - 1];
      acquired.set_size(acquired.size() - 1);
      return;
    }
}

}  // namespace cede
