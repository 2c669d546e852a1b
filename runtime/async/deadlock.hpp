// Deadlocks: a loop in run_until_complete() that waits, with unfinished tasks, when nothing can ever wake it.
// Found where the loop is about to wait without a limit, at no other time; a loop that might be woken just
// waits.
#pragma once

#include "runtime/async/async_state.hpp"
#include "runtime/async/loop.hpp"

namespace cede {

// What may still wake a loop that has nothing ready, no timer and no descriptor.
enum class Prospect : std::uint8_t {
  Open,     // a signal handler, whoever waits for run_forever(), ...: nothing is known
  Threads,  // only what other threads do; to be asked again when `threads_changed`
  None,     // nothing: it is deadlocked
};
// For the loop of the running thread. Runs no script code. Whatever else comes to be able to wake a loop from outside has to
// be asked here: a report must never be wrong.
Prospect prospect_of(VM& vm, const LoopObject& loop);

// Reports the deadlock: fills AsyncState::deadlock_report, writes AsyncState::dump_file if there is one,
// flushes sys.stdout and sys.stderr of the start, and stops the isolate for good, as a kill does: no script
// code runs any more, no `finally`, no exit function. Always raised.
RaisedMark report_deadlock(VM& vm);

// A thread has ended, or waits for something to do: a loop whose prospect was Threads looks again. The caller
// holds the isolate.
void threads_changed(VM& vm);

// While it lives, the thread waits without a limit for something to be put into a queue. A worker of a
// ThreadPoolExecutor that does so is idle, and wakes nobody.
class WaitForWork {
 public:
  // `is_empty(queue)`: still nothing has been put.
  WaitForWork(VM& vm, const Object* queue, bool (*is_empty)(const Object* queue));
  ~WaitForWork();
  WaitForWork(const WaitForWork&) = delete;

 private:
  friend Prospect prospect_of(VM& vm, const LoopObject& loop);
  bool is_idle_worker() const;

  VM& vm_;
  const ThreadState* thread_;
  const Object* queue_;
  bool (*is_empty_)(const Object* queue);
  WaitForWork* next_;  // of AsyncState::waits_for_work
};

}  // namespace cede
