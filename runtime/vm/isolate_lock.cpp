// The isolate lock. It exists from the moment a second thread is started; until then releasing it costs a test.
#include "runtime/vm/isolate_lock.hpp"

#include <chrono>

namespace cede {

ThreadState* release_isolate(VM& vm) {
  ThreadState* thread = vm.thread;
  IsolateLock* lock = vm.isolate_lock.get();
  if (!lock) return thread;
  vm.thread = nullptr;
  {
    std::lock_guard guard(lock->mutex);
    lock->held = false;
  }
  lock->free.notify_one();
  return thread;
}

void acquire_isolate(VM& vm, ThreadState* thread) {
  IsolateLock* lock = vm.isolate_lock.get();
  if (!lock) return;
  std::unique_lock guard(lock->mutex);
  ++lock->waiting;
  while (lock->held) {
    const auto interval = std::chrono::nanoseconds(lock->switch_interval);
    if (lock->free.wait_for(guard, interval) == std::cv_status::timeout && lock->held) vm.request(Interrupt::ThreadSwitch);
  }
  --lock->waiting;
  lock->held = true;
  vm.thread = thread;
}

void switch_threads(VM& vm) {
  IsolateLock* lock = vm.isolate_lock.get();
  if (!lock) return;
  ThreadState* thread = vm.thread;
  vm.thread = nullptr;
  {
    std::unique_lock guard(lock->mutex);
    lock->held = false;
    if (lock->waiting) {
      lock->free.notify_one();
      // The one that was woken takes it; only then do we queue up again.
      lock->free.wait_for(guard, std::chrono::milliseconds(1), [&] { return lock->held || !lock->waiting; });
    }
  }
  acquire_isolate(vm, thread);
}

}  // namespace cede
