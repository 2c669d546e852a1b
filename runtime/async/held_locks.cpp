// See held_locks.hpp.
#include "runtime/async/held_locks.hpp"

namespace cede {

namespace {

// Of one task; older ones are forgotten.
constexpr std::size_t most_noted = 64;
// Semaphores that count something. With more of them, none has holders.
constexpr std::size_t most_counting = 1024;

}  // namespace

void note_acquired(VM& vm, Ref lock, Shares shares) {
  const LoopObject* loop = as_loop(vm.thread->running_loop);
  TaskObject* task = loop ? as<TaskObject>(loop->current_task) : nullptr;
  if (!task) return;
  if (!task->extra) {
    void* block = vm.heap.allocate_raw(sizeof(FutureExtra));
    if (!block) return;
    task->extra = ::new (block) FutureExtra();
  }
  auto& acquired = task->extra->acquired;
  const AcquiredLock entry{lock.object(), ++async_state(vm).acquisitions};
  for (std::size_t i = acquired.size(); shares == Shares::One && i-- > 0;)
    if (acquired[i].lock == entry.lock) {
      acquired[i] = entry;
      return;
    }
  if (acquired.size() < most_noted) {
    (void)acquired.push(vm.heap, entry);
    return;
  }
  std::size_t oldest = 0;
  for (std::size_t i = 1; i < acquired.size(); ++i)
    if (acquired[i].number < acquired[oldest].number) oldest = i;
  acquired[oldest] = entry;
}

void note_semaphore_released(VM& vm, Ref semaphore) {
  if (note_released(vm, semaphore)) return;
  auto& counting = async_state(vm).counting_semaphores;
  if (counting.size() < most_counting) counting.insert(semaphore.object());
}

bool counts_something(VM& vm, const Object* semaphore) {
  const auto& counting = async_state(vm).counting_semaphores;
  return counting.size() >= most_counting || counting.contains(semaphore);
}

}  // namespace cede
