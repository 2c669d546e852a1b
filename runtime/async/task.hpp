// Task: native. A step resumes the coroutine directly; no script frame and no handle stands between the loop's ready
// ring and the coroutine.
#pragma once

#include "runtime/async/future.hpp"

namespace cede {

extern const Layout task_layout;
struct TaskObject : FutureObject {
  static const Layout* layout() { return &task_layout; }
  static constexpr const char* type_name = "_asyncio.Task";

  Value coroutine;
  Value context_of_task;            // Context, or any object given as context=; see lazy_context
  Value waiting_for;                // the future it waits on, or Unbound
  Value name;                       // Str; a small integer N until "Task-N" is asked for
  template<class F> static void fields(TaskObject& self, F&& field) {
    field(self.context_of_task); field(self.name); field(self.coroutine); field(self.waiting_for);
  }
};
extern const NativeType task_type;

inline bool is_task(Ref value) { return is<TaskObject>(value); }

// Task(coro, loop=loop, name=name, context=context, eager_start=eager_start) on an allocated object. name None: Task-N;
// context None: a copy of the current one.
Status task_initialise(VM& vm, TaskObject& task, Ref coroutine, Ref loop, Ref name, Ref context, bool eager_start);
// A task of exact type, scheduled (loop.create_task without a factory).
Owned task_new(VM& vm, Ref coroutine, Ref loop, Ref name, Ref context);
// The body of a step, between enter_task and leave_task.
Status task_run(VM& vm, TaskObject& task, Ref exception);
// One step: resumes the coroutine with None, or with `exception` if it is none of Unbound and None. Only KeyboardInterrupt
// and SystemExit leave it as errors.
Status task_step(VM& vm, TaskObject& task, Ref exception);
// The future that the task waits on is done.
Status task_wakeup(VM& vm, TaskObject& task, Ref future);
// A step has failed with a MemoryError that the coroutine knows nothing of, which is current, and nobody is going to wake
// the task, woken by `woken_by` or Unbound: takes the error and schedules a step that throws it. False: it stays current.
bool task_takes_memory_error(VM& vm, TaskObject& task, Ref woken_by);
// asyncio's registries. `loop` may be any object.
Status enter_task(VM& vm, Ref loop, Ref task);     // RuntimeError if another task of the loop is running
Status leave_task(VM& vm, Ref loop, Ref task);
Owned swap_current_task(VM& vm, Ref loop, Ref task);  // task None: none; gives the previous one or None
Owned current_task_of(VM& vm, Ref loop);           // or None
Owned task_context(VM& vm, TaskObject& task);      // made into an object now, if it is none yet
void register_task(VM& vm, TaskObject& task);      // no effect if it is registered
void unregister_task(VM& vm, TaskObject& task);
Owned task_name(VM& vm, TaskObject& task);
Result<bool> task_cancel(VM& vm, TaskObject& task, Ref message);

}  // namespace cede
