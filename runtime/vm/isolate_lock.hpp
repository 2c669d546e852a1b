// The isolate lock: script code of an isolate runs on one thread at a time. It is released around blocking calls.
#pragma once

#include <condition_variable>
#include <mutex>
#include <vector>

#include "runtime/core/vm.hpp"

namespace cede {

struct IsolateLock {
  std::mutex mutex;
  std::condition_variable free;       // the lock was given away
  std::condition_variable taken;      // somebody else has taken it
  bool held = false;
  bool closed = false;                // the isolate ends: whoever wants the lock waits for `end_threads`
  bool signals_deferred = false;      // for the main thread, when it gets the lock
  unsigned waiting = 0;
  std::uint64_t turns = 0;            // how often the lock was taken
  std::int64_t switch_interval = 5'000'000;  // nanoseconds before a waiting thread asks for the lock
  std::size_t stack_size = 0;         // of threads to be started; 0: the system's own choice
  // Modules whose bodies run, by the thread that runs them, and threads that wait for one: guarded by the isolate lock.
  struct Import { const Object* module; const ThreadState* thread; };
  std::vector<Import> imports, import_waits;
  std::condition_variable import_over;
  std::uint64_t imports_over = 0;     // guarded by `mutex`
};

// Gives the lock away and back. `vm.thread` is null in between. No effect while the isolate has one thread.
ThreadState* release_isolate(VM& vm);
void acquire_isolate(VM& vm, ThreadState* thread);
// Lets another waiting thread have its turn (Interrupt::ThreadSwitch).
void switch_threads(VM& vm);
// From now on there may be several threads. The caller holds the lock.
void begin_threads(VM& vm);
// The calling thread keeps the lock for good; every other one that wants it waits. True: there are others.
bool close_isolate(VM& vm);
// The isolate's other threads end, running no script code any more, and have ended when this returns; one that is inside
// a call of the host ends after that. The caller is the main thread and holds the lock, which it may have closed.
void end_threads(VM& vm);
// A signal came while another thread than the main one runs: the main one handles it when it has the lock.
void defer_signals(VM& vm);

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
