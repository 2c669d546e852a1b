// The isolate lock: script code of an isolate runs on one thread at a time. It is released around blocking calls.
#pragma once

#include <condition_variable>
#include <mutex>

#include "runtime/core/vm.hpp"

namespace cede {

struct IsolateLock {
  std::mutex mutex;
  std::condition_variable free;
  bool held = false;
  unsigned waiting = 0;
  std::int64_t switch_interval = 5'000'000;  // nanoseconds before a waiting thread asks for the lock
};

// Gives the lock away and back. `vm.thread` is null in between. No effect while the isolate has one thread.
ThreadState* release_isolate(VM& vm);
void acquire_isolate(VM& vm, ThreadState* thread);
// Lets another waiting thread have its turn (Interrupt::ThreadSwitch).
void switch_threads(VM& vm);

// For the time of a blocking call: no Value may be touched, no script code run.
class Unlocked {
 public:
  explicit Unlocked(VM& vm) : vm_(vm), thread_(release_isolate(vm)) {}
  ~Unlocked() { acquire_isolate(vm_, thread_); }
  Unlocked(const Unlocked&) = delete;

 private:
  VM& vm_;
  ThreadState* thread_;
};

}  // namespace cede
