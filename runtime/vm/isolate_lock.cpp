// The isolate lock. It exists from the moment a second thread is started; until then releasing it costs a test.
// A thread that waits for `switch_interval` asks the holder for its turn; the holder then waits until somebody else
// has taken the lock, so that no thread starves.
#include "runtime/vm/isolate_lock.hpp"

#include <chrono>
#include <thread>

namespace cede {

namespace {

void give_away(VM& vm, IsolateLock& lock) {
  {
    std::lock_guard guard(lock.mutex);
    vm.thread = nullptr;
    lock.held = false;
  }
  lock.free.notify_one();
}

void take(VM& vm, IsolateLock& lock, std::unique_lock<std::mutex>& guard, ThreadState* thread) {
  ++lock.waiting;
  while (lock.held || lock.closed) {
    if (lock.closed) {
      lock.free.wait(guard);   // the isolate may be gone for good: nothing of it is touched
      continue;
    }
    const auto interval = std::chrono::nanoseconds(lock.switch_interval);
    const std::uint64_t turns = lock.turns;
    const bool expired = lock.free.wait_for(guard, interval) == std::cv_status::timeout;
    if (expired && lock.held && lock.turns == turns && !lock.closed) vm.request(Interrupt::ThreadSwitch);
  }
  --lock.waiting;
  lock.held = true;
  ++lock.turns;
  vm.thread = thread;
  if (thread->is_main && lock.signals_deferred) {
    lock.signals_deferred = false;
    vm.request(Interrupt::Signal);
  }
  lock.taken.notify_all();
}

}  // namespace

ThreadState* release_isolate(VM& vm) {
  ThreadState* thread = vm.thread;
  IsolateLock* lock = vm.isolate_lock.get();
  if (!lock || lock->closed) return thread;
  give_away(vm, *lock);
  return thread;
}

void acquire_isolate(VM& vm, ThreadState* thread) {
  IsolateLock* lock = vm.isolate_lock.get();
  if (!lock) return;
  std::unique_lock guard(lock->mutex);
  // The thread that has closed the lock keeps it.
  if (vm.thread == thread) return;
  take(vm, *lock, guard, thread);
}

void switch_threads(VM& vm) {
  IsolateLock* lock = vm.isolate_lock.get();
  if (!lock || lock->closed) return;
  std::unique_lock guard(lock->mutex);
  if (!lock->waiting) return;
  ThreadState* thread = vm.thread;
  vm.thread = nullptr;
  lock->held = false;
  const std::uint64_t turns = lock->turns;
  lock->free.notify_one();
  lock->taken.wait(guard, [&] { return lock->turns != turns || !lock->waiting; });
  take(vm, *lock, guard, thread);
}

void begin_threads(VM& vm) {
  if (vm.isolate_lock) return;
  vm.isolate_lock = std::make_shared<IsolateLock>();
  vm.isolate_lock->held = true;
}

bool close_isolate(VM& vm) {
  IsolateLock* lock = vm.isolate_lock.get();
  if (!lock) return false;
  {
    std::lock_guard guard(lock->mutex);
    lock->closed = true;
  }
  lock->free.notify_all();
  return vm.main_thread().next != nullptr || !vm.thread->is_main;
}

void end_threads(VM& vm) {
  IsolateLock* lock = vm.isolate_lock.get();
  if (!lock) return;
  ThreadState* thread = vm.thread;
  vm.stopped = true;
  vm.request(Interrupt::Kill);
  {
    std::lock_guard guard(lock->mutex);
    lock->closed = false;
  }
  while (vm.main_thread().next) {
    release_isolate(vm);
    lock->free.notify_all();
    std::this_thread::sleep_for(std::chrono::microseconds(100));
    acquire_isolate(vm, thread);
  }
}

void defer_signals(VM& vm) {
  IsolateLock* lock = vm.isolate_lock.get();
  if (!lock) return;
  std::lock_guard guard(lock->mutex);
  lock->signals_deferred = true;
}

}  // namespace cede
