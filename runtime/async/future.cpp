// What futures do: results, callbacks, waking of tasks. The Python type is in future_type.cpp.
#include "runtime/async/future.hpp"

#include "runtime/async/loop.hpp"
#include "runtime/async/task.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/context.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/list.hpp"

namespace cede {

constexpr Layout future_layout = layout_for<FutureObject>();

void FutureObject::dispose(Heap& heap, FutureObject& self) {
  if (!self.extra) return;
  // The words have been released already: no destructor runs.
  self.extra->callbacks.free(heap);
  self.extra->acquired.free(heap);
  heap.free_raw(std::exchange(self.extra, nullptr), sizeof(FutureExtra));
}

bool is_plain_future(VM&, Ref value) {
  if (!value.is_object()) return false;
  const Type& type = *value.object()->type;
  return (type.native == &future_type || type.native == &task_type) && !type.has(TypeFlag::Heap);
}

bool is_waited_natively(VM& vm, Ref value) {
  if (is_plain_future(vm, value)) return true;
  const PrimitiveClass& gathering = async_state(vm).primitives[static_cast<std::size_t>(Primitive::GatheringFuture)];
  return value.is_object() && gathering.type.ref() == Ref(*value.object()->type) &&
         value.object()->type->version == gathering.version;
}

FutureExtra* future_extra(VM& vm, FutureObject& future) {
  if (!future.extra) {
    void* block = vm.heap.allocate_raw(sizeof(FutureExtra));
    if (!block) {
      (void)vm.raise_memory_error();
      return nullptr;
    }
    future.extra = ::new (block) FutureExtra();
  }
  return future.extra;
}

RaisedMark raise_invalid_state(VM& vm, std::string_view text) {
  Type* type = invalid_state_error(vm);
  if (!type) return raised;
  CEDE_TRY(Value message, str_from_utf8(vm, text));
  CEDE_TRY(Value exception, call(vm, Ref(*type), message));
  return vm.raise_value(std::move(exception));
}

Status check_initialised(VM& vm, const FutureObject& future) {
  if (!future.loop.is_unbound()) [[likely]] return Ok;
  return vm.raise(TypeId::RuntimeError, "Future object is not initialized.");
}

namespace {

// For those who read: the same text is another error.
Status check_readable(VM& vm, const FutureObject& future) {
  if (!future.loop.is_unbound()) [[likely]] return Ok;
  return raise_invalid_state(vm, "Future object is not initialized.");
}

}  // namespace

Status future_initialise(VM& vm, FutureObject& future, Ref loop) {
  // A second __init__ starts anew.
  if (future.log_traceback && future.has_exception) future.log_traceback = false;
  future.state = FutureState::Pending;
  future.blocking = future.log_traceback = future.has_exception = future.first_is_wakeup = false;
  future.log_destroy_pending = false;
  future.result.reset();
  future.callback.reset();
  future.context.reset();
  if (FutureExtra* extra = std::exchange(future.extra, nullptr)) {
    for (Bits word : extra->callbacks) release(Ref(word));
    extra->callbacks.free(vm.heap);
    extra->acquired.free(vm.heap);
    extra->~FutureExtra();
    vm.heap.free_raw(extra, sizeof(FutureExtra));
  }
  if (loop.is_none() || loop.is_unbound()) {
    CEDE_TRY(future.loop, current_event_loop(vm));
  } else {
    future.loop = Value(loop);
  }
  bool debug;
  if (LoopObject* native = as_loop(future.loop); native && loop_is_pristine(vm, *native)) {
    debug = native->debug;
  } else {
    CEDE_TRY(Value answer, call_method(vm, future.loop, vm.intern("get_debug")));
    CEDE_TRY(debug, is_truthy(vm, answer));
  }
  if (!debug) return Ok;
  CEDE_TRY(Value extract, async_attribute(vm, "asyncio.format_helpers", "extract_stack"));
  CEDE_TRY(Value frame, call(vm, extract));
  FutureExtra* extra = future_extra(vm, future);
  if (!extra) return raised;
  extra->source_traceback = std::move(frame);
  return Ok;
}

Owned future_new(VM& vm, Ref loop) {
  Type& type = *async_state(vm).future_class;
  Object* object = allocate_instance(vm, type, sizeof(FutureObject));
  if (!object) return raised;
  auto* future = static_cast<FutureObject*>(construct_future(object));
  Value made = Value::adopt(future);
  CEDE_CHECK(future_initialise(vm, *future, loop));
  return made.take();
}

// ---- callbacks

namespace {

// Hands one callback to the loop. `wakeup`: the callback is a native task that waits for the future.
Status schedule(VM& vm, FutureObject& future, Value callback, Value context, bool wakeup) {
  LoopObject* loop = as_loop(future.loop);
  if (loop && loop_is_pristine(vm, *loop)) {
    CEDE_CHECK(loop_check_closed(vm, *loop));
    const Owned self = Owned::share(Ref(future));
    const ReadyEntry entry = wakeup ? ReadyEntry(ReadyKind::Wakeup, callback.take(), self.bits)
                                    : ReadyEntry::done_callback(self, callback.take(), context.take());
    return loop->data->push(vm.heap, entry) ? Ok : Status(vm.raise_memory_error());
  }
  if (wakeup) {
    CEDE_TRY(context, task_context(vm, cast<TaskObject>(callback)));
    CEDE_TRY(callback, task_wakeup_function(vm, cast<TaskObject>(callback)));
  }
  return loop_call_soon(vm, future.loop, callback, Ref(future), context);
}

}  // namespace

Status future_schedule_callbacks(VM& vm, FutureObject& future) {
  Value held{Ref(future)};
  if (!future.callback.is_unbound()) {
    const bool wakeup = future.first_is_wakeup;
    future.first_is_wakeup = false;
    CEDE_CHECK(schedule(vm, future, std::move(future.callback), std::move(future.context), wakeup));
  }
  if (!future.extra || future.extra->callbacks.empty()) return Ok;
  // Taken out first: call_soon may be a script's.
  ValueArray callbacks;
  std::swap(callbacks, future.extra->callbacks);
  Status status = Ok;
  for (std::size_t i = 0; i < callbacks.size(); i += 2) {
    Value callback = Value::adopt(callbacks.ref(i)), context = Value::adopt(callbacks.ref(i + 1));
    const bool wakeup = context.is_unbound();
    if (!status.is_raised()) status = schedule(vm, future, std::move(callback), std::move(context), wakeup);
  }
  callbacks.free(vm.heap);
  return status;
}

namespace {

Status append_callback(VM& vm, FutureObject& future, Value callback, Value context, bool wakeup) {
  if (future.callback.is_unbound() && (!future.extra || future.extra->callbacks.empty())) {
    future.callback = std::move(callback);
    future.context = std::move(context);
    future.first_is_wakeup = wakeup;
    return Ok;
  }
  FutureExtra* extra = future_extra(vm, future);
  if (!extra) return raised;
  if (!extra->callbacks.grow_for(vm.heap, extra->callbacks.size() + 2)) return vm.raise_memory_error();
  (void)extra->callbacks.push_value(vm.heap, std::move(callback));
  (void)extra->callbacks.push_value(vm.heap, std::move(context));
  return Ok;
}

}  // namespace

Status future_add_callback(VM& vm, FutureObject& future, Ref callback, Ref context) {
  if (future.loop.is_unbound()) return vm.raise(TypeId::RuntimeError, "uninitialized Future object");
  Value in(context);
  if (context.is_none() || context.is_unbound()) {
    CEDE_TRY(in, copy_current_context(vm));
  }
  if (future.state != FutureState::Pending) return schedule(vm, future, Value(callback), std::move(in), false);
  return append_callback(vm, future, Value(callback), std::move(in), false);
}

Status future_add_waiter(VM& vm, FutureObject& future, TaskObject& task) {
  if (future.state != FutureState::Pending) return schedule(vm, future, Value(Ref(task)), Value(), true);
  return append_callback(vm, future, Value(Ref(task)), Value(), true);
}

// The callbacks as scripts see them, [(callback, context), ...]: wake-ups become the builtin method they stand for.
Owned future_callback_list(VM& vm, FutureObject& future) {
  CEDE_TRY(Value list, list_new(vm));
  const auto add = [&](Ref callback, Ref context, bool wakeup) -> Status {
    Value shown(callback), in(context);
    if (wakeup) {
      CEDE_TRY(in, task_context(vm, cast<TaskObject>(callback)));
      CEDE_TRY(shown, task_wakeup_function(vm, cast<TaskObject>(callback)));
    }
    CEDE_TRY(Value pair, tuple_of(vm, {shown, in}));
    return list_append(vm, cast<List>(list), pair);
  };
  if (!future.callback.is_unbound()) CEDE_CHECK(add(future.callback, future.context, future.first_is_wakeup));
  for (std::size_t i = 0; future.extra && i + 1 < future.extra->callbacks.size(); i += 2) {
    Value callback(future.extra->callbacks.ref(i)), context(future.extra->callbacks.ref(i + 1));
    CEDE_CHECK(add(callback, context, context.is_unbound()));
  }
  return list.take();
}

Result<std::int64_t> future_remove_callback(VM& vm, FutureObject& future, Ref callback) {
  CEDE_CHECK(check_initialised(vm, future));
  std::int64_t removed = 0;
  // __eq__ may change the callbacks: the first one is taken out while it is compared, the others one by one from a copy.
  const auto equal = [&](Ref kept, bool wakeup) -> Result<bool> {
    if (!wakeup) return is_equal(vm, kept, callback);
    CEDE_TRY(Value shown, task_wakeup_function(vm, cast<TaskObject>(kept)));
    return is_equal(vm, shown, callback);
  };
  if (!future.callback.is_unbound()) {
    Value first = future.callback;
    CEDE_TRY(const bool same, equal(first, future.first_is_wakeup));
    if (same) {
      future.callback.reset();
      future.context.reset();
      future.first_is_wakeup = false;
      ++removed;
    }
  }
  if (!future.extra || future.extra->callbacks.empty()) return removed;
  const std::int64_t first = removed;
  ValueArray kept;
  const auto count = static_cast<std::int64_t>(future.extra->callbacks.size() / 2);
  std::size_t i = 0;
  Status status = Ok;
  for (; future.extra && i + 1 < future.extra->callbacks.size(); i += 2) {
    Value entry(future.extra->callbacks.ref(i)), context(future.extra->callbacks.ref(i + 1));
    const Result<bool> same = equal(entry, context.is_unbound());
    if (same.is_raised()) {
      status = raised;
      break;
    }
    if (*same) {
      ++removed;
      continue;
    }
    if (!kept.grow_for(vm.heap, kept.size() + 2)) {
      status = vm.raise_memory_error();
      break;
    }
    (void)kept.push_value(vm.heap, std::move(entry));
    (void)kept.push_value(vm.heap, std::move(context));
  }
  // None is left when a comparison ended the future or removed them all: then all count as removed.
  if (status.is_raised() || !future.extra || future.extra->callbacks.empty()) {
    for (Bits word : kept) release(Ref(word));
    kept.free(vm.heap);
    if (status.is_raised()) return raised;
    return first + count;
  }
  // What the comparisons added meanwhile lies behind what was looked at.
  std::swap(kept, future.extra->callbacks);
  for (Bits word : kept) release(Ref(word));
  kept.free(vm.heap);
  return removed;
}

// ---- ending

namespace {

// There is nothing to report when it dies.
void needs_no_finalizer(FutureObject& future) {
  if (!future.type->has(TypeFlag::Heap)) future.flags |= Finalized;
}

}  // namespace

Status future_finish(VM& vm, FutureObject& future, Value result) {
  future.result = std::move(result);
  future.state = FutureState::Finished;
  if (future.is_task) unregister_task(vm, static_cast<TaskObject&>(future));
  needs_no_finalizer(future);
  return future_schedule_callbacks(vm, future);
}

Status future_fail(VM& vm, FutureObject& future, Value exception) {
  FutureExtra* extra = future_extra(vm, future);
  if (!extra) return raised;
  extra->exception_traceback = cast<BaseException>(exception).traceback;
  future.result = std::move(exception);
  future.has_exception = true;
  future.state = FutureState::Finished;
  CEDE_CHECK(future_schedule_callbacks(vm, future));
  future.log_traceback = true;
  return Ok;
}

Status future_end_cancelled(VM& vm, FutureObject& future, Ref message) {
  if (!message.is_none() && !message.is_unbound()) {
    FutureExtra* extra = future_extra(vm, future);
    if (!extra) return raised;
    extra->cancel_message = Value(message);
  } else if (future.extra) {
    future.extra->cancel_message.reset();  // that of the request has gone into the CancelledError
  }
  future.state = FutureState::Cancelled;
  return future_schedule_callbacks(vm, future);
}

Status future_set_result(VM& vm, FutureObject& future, Ref value) {
  CEDE_CHECK(check_initialised(vm, future));
  if (future.state != FutureState::Pending) return raise_invalid_state(vm, "invalid state");
  return future_finish(vm, future, Value(value));
}

Status future_set_exception(VM& vm, FutureObject& future, Ref given) {
  CEDE_CHECK(check_initialised(vm, future));
  if (future.state != FutureState::Pending) return raise_invalid_state(vm, "invalid state");
  Value exception(given);
  if (is_exception_class(given)) {
    CEDE_TRY(exception, call(vm, given));
    if (future.state != FutureState::Pending) return raise_invalid_state(vm, "invalid state");
  }
  if (!is_exception(exception)) return vm.raise(TypeId::TypeError, "invalid exception object");
  if (is_subtype(*exception.object()->type, vm.type(TypeId::StopIteration))) {
    CEDE_TRY(Value replacement, exception_new(vm, TypeId::RuntimeError,
                                              "StopIteration interacts badly with generators and cannot be raised into a Future"));
    auto& error = cast<BaseException>(replacement);
    error.cause = exception;
    error.context = exception;
    error.suppress_context = true;
    exception = std::move(replacement);
  }
  return future_fail(vm, future, std::move(exception));
}

Result<bool> future_cancel(VM& vm, FutureObject& future, Ref message) {
  CEDE_CHECK(check_initialised(vm, future));
  future.log_traceback = false;
  if (future.state != FutureState::Pending) return false;
  CEDE_CHECK(future_end_cancelled(vm, future, message));
  return true;
}

// ---- reading

Owned future_make_cancelled_error(VM& vm, FutureObject& future) {
  if (future.extra && !future.extra->cancelled_exception.is_unbound())
    return std::move(future.extra->cancelled_exception).take();
  Type* type = cancelled_error(vm);
  if (!type) return raised;
  if (future.extra && !future.extra->cancel_message.is_unbound() && !future.extra->cancel_message.is_none())
    return call(vm, Ref(*type), future.extra->cancel_message);
  return call(vm, Ref(*type));
}

namespace {

RaisedMark raise_cancelled(VM& vm, FutureObject& future) {
  CEDE_TRY(Value error, future_make_cancelled_error(vm, future));
  return vm.raise_value(std::move(error));
}

}  // namespace

Owned future_result(VM& vm, FutureObject& future) {
  CEDE_CHECK(check_readable(vm, future));
  if (future.state == FutureState::Cancelled) return raise_cancelled(vm, future);
  if (future.state == FutureState::Pending) return raise_invalid_state(vm, "Result is not set.");
  future.log_traceback = false;
  if (!future.has_exception) return Owned::share(future.result);
  Value exception = future.result;
  auto& error = cast<BaseException>(exception);
  error.traceback = future.extra && !future.extra->exception_traceback.is_unbound()
                        ? std::move(future.extra->exception_traceback) : Value();
  return vm.raise_value(std::move(exception));
}

Owned future_exception(VM& vm, FutureObject& future) {
  CEDE_CHECK(check_readable(vm, future));
  if (future.state == FutureState::Cancelled) return raise_cancelled(vm, future);
  if (future.state == FutureState::Pending) return raise_invalid_state(vm, "Exception is not set.");
  future.log_traceback = false;
  return future.has_exception ? Owned::share(future.result) : Owned(None.bits);
}

}  // namespace cede
