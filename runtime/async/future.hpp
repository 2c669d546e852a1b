// Future: native, as asyncio.Future (the C one is CPython's reference). Awaiting a pending future parks the task in
// it: `waiter` is the task itself, woken by an entry of the loop's ready ring, with no callback object made.
#pragma once

#include "runtime/async/async_state.hpp"
#include "runtime/core/native.hpp"

namespace cede {

enum class FutureState : std::uint8_t { Pending, Cancelled, Finished };

// A lock that a task has taken by acquire(): see held_locks.hpp. Borrowed, and perhaps dead: only to be compared.
struct AcquiredLock {
  const Object* lock;
  std::uint64_t number;            // the later, the greater
};

// Rarely needed fields.
struct FutureExtra {
  ValueArray callbacks;            // pairs callback, context; after the first one
  Value cancel_message;            // of a cancellation that was asked for
  Value cancelled_exception;       // the CancelledError that ended a task, handed out once
  Value exception_traceback;
  Value source_traceback;          // debug mode
  std::int64_t cancel_requests = 0;
  Buffer<AcquiredLock> acquired;   // of tasks
};

extern const Layout future_layout;
struct FutureObject : Object {
  static const Layout* layout() { return &future_layout; }
  static constexpr const char* type_name = "_asyncio.Future";

  FutureState state;
  bool blocking : 1;               // _asyncio_future_blocking
  bool log_traceback : 1;
  bool is_task : 1;
  bool has_exception : 1;          // `result` is an exception
  bool first_is_wakeup : 1;        // `callback` is a native Task to be woken
  // Of tasks:
  bool log_destroy_pending : 1;
  bool must_cancel : 1;
  bool lazy_context : 1;           // context_of_task is the variables (Dict or Unbound) that its own Context will have
  bool registered : 1;             // in AsyncState::native_tasks
  std::uint32_t registry_index;    // in AsyncState::native_tasks, while registered
  Value loop;                      // Unbound: __init__ was not called
  Value result;                    // result, or exception; Unbound while pending
  Value callback, context;         // the first callback and its context; Unbound: none
  FutureExtra* extra;              // null until needed
  template<class F> static void fields(FutureObject& self, F&& field) {
    field(self.loop); field(self.callback); field(self.context);
    if (self.extra) {
      field(self.extra->callbacks);
      field(self.extra->cancel_message); field(self.extra->cancelled_exception);
      field(self.extra->exception_traceback); field(self.extra->source_traceback);
    }
    field(self.result);
  }
  static void dispose(Heap& heap, FutureObject& self);
};
extern const NativeType future_type;

inline bool is_future(Ref value) { return is<FutureObject>(value); }
// A native Future or Task of exact type: no script code can change how it behaves.
bool is_plain_future(VM& vm, Ref value);
// A task may wait for it natively: a plain one, or gather()'s own, which differs only in cancel().
bool is_waited_natively(VM& vm, Ref value);

// A pending future of exact type on `loop` (loop.create_future). Raises MemoryError.
Owned future_new(VM& vm, Ref loop);
FutureExtra* future_extra(VM& vm, FutureObject& future);     // null after raising

// set_result, set_exception, cancel with their checks; they schedule the callbacks. `value` of exception may be a class.
Status future_set_result(VM& vm, FutureObject& future, Ref value);
Status future_set_exception(VM& vm, FutureObject& future, Ref exception);
Result<bool> future_cancel(VM& vm, FutureObject& future, Ref message);
// The same for a future known to be pending.
Status future_finish(VM& vm, FutureObject& future, Value result);
Status future_fail(VM& vm, FutureObject& future, Value exception);
Status future_end_cancelled(VM& vm, FutureObject& future, Ref message);
// result(): the value, or the exception raised. Marks it as retrieved.
Owned future_result(VM& vm, FutureObject& future);
Owned future_exception(VM& vm, FutureObject& future);
// The CancelledError to raise for a cancelled future: the stored one the first time, else a new one.
Owned future_make_cancelled_error(VM& vm, FutureObject& future);

Status future_add_callback(VM& vm, FutureObject& future, Ref callback, Ref context);
Result<std::int64_t> future_remove_callback(VM& vm, FutureObject& future, Ref callback);
// Parks a native task. Schedules the wake-up at once if the future is done.
Status future_add_waiter(VM& vm, FutureObject& future, TaskObject& task);
Status future_schedule_callbacks(VM& vm, FutureObject& future);
Owned future_callback_list(VM& vm, FutureObject& future);    // as scripts see it: a list of pairs

// The loop that runs in this thread, else the policy's: asyncio.get_event_loop().
Owned current_event_loop(VM& vm);
// Turns the memory of a new instance (allocate_instance) into a FutureObject or TaskObject, all fields empty.
Object* construct_future(Object* memory);
Object* construct_task(Object* memory);
// The builtin method `task_wakeup` of a task, and the callable that stands for a step of it.
Owned task_wakeup_function(VM& vm, TaskObject& task);
Owned task_step_function(VM& vm, TaskObject& task, Ref exception);

// future._loop.call_soon(callback, argument, context=context), natively where the loop is pristine.
Status loop_call_soon(VM& vm, Ref loop, Ref callback, Ref argument, Ref context);
Status check_initialised(VM& vm, const FutureObject& future);
RaisedMark raise_invalid_state(VM& vm, std::string_view text);
Status future_initialise(VM& vm, FutureObject& future, Ref loop);
void future_report_unretrieved(VM& vm, FutureObject& future, std::string_view class_name);

}  // namespace cede
