// Steps of tasks, their registries and their cancellation. The Python type is in task_type.cpp.
#include "runtime/async/task.hpp"

#include "runtime/async/loop.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/context.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/vm/generator.hpp"

namespace cede {

constexpr Layout task_layout = layout_for<TaskObject>(&future_layout);

// ---- registries

void register_task(VM& vm, TaskObject& task) {
  if (task.registered) return;
  AsyncState& state = async_state(vm);
  if (!state.native_tasks.push(vm.heap, &task)) return;
  task.registry_index = static_cast<std::uint32_t>(state.native_tasks.size() - 1);
  task.registered = true;
}

void unregister_task(VM& vm, TaskObject& task) {
  if (!task.registered) return;
  auto& tasks = async_state(vm).native_tasks;
  TaskObject* last = tasks[tasks.size() - 1];
  tasks[task.registry_index] = last;
  last->registry_index = task.registry_index;
  tasks.set_size(tasks.size() - 1);
  task.registered = false;
}

namespace {

// The current tasks of loops that are no native ones.
Owned other_loops(VM& vm) {
  Value& tasks = async_state(vm).current_tasks;
  if (tasks.is_unbound()) {
    CEDE_TRY(tasks, dict_new(vm));
  }
  return Owned::share(tasks);
}

}  // namespace

Owned current_task_of(VM& vm, Ref loop) {
  if (const LoopObject* native = as_loop(loop))
    return native->current_task.is_unbound() ? Owned(None.bits) : Owned::share(native->current_task);
  CEDE_TRY(Value tasks, other_loops(vm));
  Value found = dict_get(vm, cast<Dict>(tasks), loop);
  return found.is_unbound() ? Owned(None.bits) : found.take();
}

Owned swap_current_task(VM& vm, Ref loop, Ref task) {
  CEDE_TRY(Value previous, current_task_of(vm, loop));
  if (LoopObject* native = as_loop(loop)) {
    native->current_task = task.is_none() ? Value() : Value(task);
    return previous.take();
  }
  CEDE_TRY(Value tasks, other_loops(vm));
  if (!task.is_none()) {
    CEDE_CHECK(dict_set(vm, cast<Dict>(tasks), loop, task));
  } else if (!previous.is_none()) {
    if (dict_remove(vm, cast<Dict>(tasks), loop).is_raised()) return raised;
  }
  return previous.take();
}

Status enter_task(VM& vm, Ref loop, Ref task) {
  if (LoopObject* native = as_loop(loop); native && native->current_task.is_unbound()) [[likely]] {
    native->current_task = Value(task);
    return Ok;
  }
  CEDE_TRY(Value current, current_task_of(vm, loop));
  if (!current.is_none())
    return vm.raise(TypeId::RuntimeError, "Cannot enter into task {} while another task {} is being executed.",
                    repr_text(vm, task), repr_text(vm, current));
  CEDE_TRY(Value previous, swap_current_task(vm, loop, task));
  return Ok;
}

Status leave_task(VM& vm, Ref loop, Ref task) {
  if (LoopObject* native = as_loop(loop); native && native->current_task.ref() == task) [[likely]] {
    native->current_task.reset();
    return Ok;
  }
  CEDE_TRY(Value current, current_task_of(vm, loop));
  if (current.ref() != task)
    return vm.raise(TypeId::RuntimeError, "Leaving task {} does not match the current task {}.", repr_text(vm, task),
                    repr_text(vm, current));
  CEDE_TRY(Value previous, swap_current_task(vm, loop, None));
  return Ok;
}

Owned task_name(VM& vm, TaskObject& task) {
  if (task.name.ref().is_small()) {
    CEDE_TRY(task.name, str_from_ascii(vm, fmt::format("Task-{}", task.name.ref().small())));
  }
  return Owned::share(task.name);
}

Owned task_context(VM& vm, TaskObject& task) {
  if (LazyContext* running = vm.thread->lazy_context; task.lazy_context && running && running->owner == &task) {
    Context* context = lazy_context_object(vm, *running);
    return context ? Owned::share(Ref(*context)) : Owned(raised);
  }
  if (task.lazy_context) {
    CEDE_TRY(Value made, context_new(vm));
    cast<Context>(made).variables = std::move(task.context_of_task);
    task.context_of_task = std::move(made);
    task.lazy_context = false;
  }
  return Owned::share(task.context_of_task);
}

// ---- scheduling of steps

namespace {

// loop.call_soon(step, context=task's): with an exception to throw, or Unbound.
Status schedule_step(VM& vm, TaskObject& task, Ref exception) {
  LoopObject* loop = as_loop(task.loop);
  if (loop && loop_is_pristine(vm, *loop)) {
    CEDE_CHECK(loop_check_closed(vm, *loop));
    const ReadyEntry entry(ReadyKind::Step, Owned::share(Ref(task)), Owned::share(exception).bits);
    return loop->data->push(vm.heap, entry) ? Ok : Status(vm.raise_memory_error());
  }
  CEDE_TRY(Value function, task_step_function(vm, task, exception));
  CEDE_TRY(Value context, task_context(vm, task));
  return loop_call_soon(vm, task.loop, function, Unbound, context);
}

Status schedule_error(VM& vm, TaskObject& task, std::string_view text) {
  CEDE_TRY(Value error, exception_new(vm, TypeId::RuntimeError, text));
  return schedule_step(vm, task, error);
}

bool is_coroutine(Ref value) { return is_exact(value, TypeId::Coroutine); }

Status check_coroutine(VM& vm, TaskObject& task, Ref coroutine) {
  if (is_coroutine(coroutine)) return Ok;
  CEDE_TRY(Value function, async_attribute(vm, "asyncio.coroutines", "iscoroutine"));
  CEDE_TRY(Value answer, call(vm, function, coroutine));
  CEDE_TRY(const bool yes, is_truthy(vm, answer));
  if (yes) return Ok;
  task.log_destroy_pending = false;
  return vm.raise(TypeId::TypeError, "a coroutine was expected, got {}", repr_text(vm, coroutine));
}

// The first step at once, inside create_task.
Status start_eagerly(VM& vm, TaskObject& task) {
  Value held{Ref(task)};
  CEDE_TRY(Value previous, swap_current_task(vm, task.loop, Ref(task)));
  register_task(vm, task);
  CEDE_TRY(Value context_held, task_context(vm, task));
  Context& context = cast<Context>(context_held);
  Status status = context_enter(vm, context);
  if (!status.is_raised()) {
    status = task_run(vm, task, Unbound);
    context_exit(vm, context);
  }
  Value pending = vm.take_error();
  Value swapped = swap_current_task(vm, task.loop, previous);
  if (task.state != FutureState::Pending) {
    unregister_task(vm, task);
    task.coroutine = Value(None);
  }
  if (status.is_raised()) {
    vm.set_error(std::move(pending));
    return raised;
  }
  return swapped.is_raised() ? Status(raised) : Ok;
}

}  // namespace

Status task_initialise(VM& vm, TaskObject& task, Ref coroutine, Ref loop, Ref name, Ref context, bool eager_start) {
  task.is_task = true;
  CEDE_CHECK(future_initialise(vm, task, loop));
  task.log_destroy_pending = true;
  CEDE_CHECK(check_coroutine(vm, task, coroutine));
  task.lazy_context = context.is_none() || context.is_unbound();
  task.context_of_task = Value(task.lazy_context ? current_context_variables(vm) : context);
  task.must_cancel = false;
  task.waiting_for.reset();
  task.coroutine = Value(coroutine);
  if (name.is_none() || name.is_unbound()) {
    task.name = Value::small(static_cast<std::int64_t>(++async_state(vm).next_task_number));
  } else if (is_exact(name, TypeId::Str)) {
    task.name = Value(name);
  } else {
    CEDE_TRY(task.name, str(vm, name));
  }
  if (eager_start) {
    CEDE_TRY(Value answer, call_method(vm, task.loop, vm.intern("is_running")));
    CEDE_TRY(const bool running, is_truthy(vm, answer));
    if (running) return start_eagerly(vm, task);
  }
  CEDE_CHECK(schedule_step(vm, task, Unbound));
  register_task(vm, task);
  return Ok;
}

Owned task_new(VM& vm, Ref coroutine, Ref loop, Ref name, Ref context) {
  Object* object = allocate_instance(vm, *async_state(vm).task_class, sizeof(TaskObject));
  if (!object) return raised;
  Value made = Value::adopt(construct_task(object));
  CEDE_CHECK(task_initialise(vm, cast<TaskObject>(made), coroutine, loop, name, context, false));
  return made.take();
}

// ---- a step

namespace {

// Cancels what a task waits for, if that is no task itself.
Result<bool> cancel_awaited(VM& vm, Ref waiting, Ref message) {
  if (is_plain_future(vm, waiting)) return future_cancel(vm, cast<FutureObject>(waiting), message);
  CEDE_TRY(Value method, get_attribute(vm, waiting, "cancel"));
  CEDE_TRY(Value names, tuple_of(vm, {Ref(*vm.names.msg)}));
  const Bits words[1] = {message.is_unbound() ? None.bits : message.bits};
  CEDE_TRY(Value answer, call(vm, method, Arguments{words, 0, &cast<Tuple>(names)}));
  return is_truthy(vm, answer);
}

}  // namespace

namespace {

// What the coroutine yielded: decides when the next step comes.
Status handle_yielded(VM& vm, TaskObject& task, Value yielded);

Status wait_on_native(VM& vm, TaskObject& task, FutureObject& future) {
  if (future.loop.ref() != task.loop.ref())
    return schedule_error(vm, task, fmt::format("Task {} got Future {} attached to a different loop", repr_text(vm, Ref(task)),
                                                repr_text(vm, Ref(future))));
  if (!future.blocking)
    return schedule_error(vm, task, fmt::format("yield was used instead of yield from in task {} with {}",
                                                repr_text(vm, Ref(task)), repr_text(vm, Ref(future))));
  future.blocking = false;
  CEDE_CHECK(future_add_waiter(vm, future, task));
  task.waiting_for = Value(Ref(future));
  if (!task.must_cancel) return Ok;
  Value message = task.extra ? task.extra->cancel_message : Value();
  CEDE_TRY(const bool accepted, future.is_task ? task_cancel(vm, static_cast<TaskObject&>(future), message)
                                               : cancel_awaited(vm, Ref(future), message));
  if (accepted) task.must_cancel = false;
  return Ok;
}

// A future-like object of a script: a subclass, or anything with `_asyncio_future_blocking`.
Status wait_on_foreign(VM& vm, TaskObject& task, Ref yielded, Ref blocking) {
  CEDE_TRY(Value get_loop, find_attribute(vm, yielded, "get_loop"));
  Value loop;
  if (!get_loop.is_unbound()) {
    CEDE_TRY(loop, call(vm, get_loop));
  } else {
    CEDE_TRY(loop, get_attribute(vm, yielded, "_loop"));
  }
  if (loop.ref() != task.loop.ref())
    return schedule_error(vm, task, fmt::format("Task {} got Future {} attached to a different loop", repr_text(vm, Ref(task)),
                                                repr_text(vm, yielded)));
  CEDE_TRY(const bool is_blocking, is_truthy(vm, blocking));
  if (!is_blocking)
    return schedule_error(vm, task, fmt::format("yield was used instead of yield from in task {} with {}",
                                                repr_text(vm, Ref(task)), repr_text(vm, yielded)));
  CEDE_CHECK(set_attribute(vm, yielded, *vm.names._asyncio_future_blocking, False));
  CEDE_TRY(Value wakeup, task_wakeup_function(vm, task));
  CEDE_TRY(Value add, get_attribute(vm, yielded, *vm.names.add_done_callback));
  CEDE_TRY(Value names, tuple_of(vm, {Ref(*vm.names.context)}));
  CEDE_TRY(Value context, task_context(vm, task));
  const Bits words[2] = {wakeup.bits(), context.bits()};
  CEDE_TRY(Value added, call(vm, add, Arguments{words, 1, &cast<Tuple>(names)}));
  task.waiting_for = Value(yielded);
  if (!task.must_cancel) return Ok;
  CEDE_TRY(Value cancel, get_attribute(vm, yielded, "cancel"));
  CEDE_TRY(Value message_name, tuple_of(vm, {Ref(*vm.names.msg)}));
  const Bits message[1] = {task.extra && !task.extra->cancel_message.is_unbound() ? task.extra->cancel_message.bits() : None.bits};
  CEDE_TRY(Value answer, call(vm, cancel, Arguments{message, 0, &cast<Tuple>(message_name)}));
  CEDE_TRY(const bool accepted, is_truthy(vm, answer));
  if (accepted) task.must_cancel = false;
  return Ok;
}

Status handle_yielded(VM& vm, TaskObject& task, Value yielded) {
  if (yielded.object() == &task && yielded.is_object())
    return schedule_error(vm, task, fmt::format("Task cannot await on itself: {}", repr_text(vm, Ref(task))));
  if (is_waited_natively(vm, yielded)) return wait_on_native(vm, task, cast<FutureObject>(yielded));
  if (yielded.is_none()) return schedule_step(vm, task, Unbound);
  if (yielded.is_object()) {
    CEDE_TRY(Value blocking, find_attribute(vm, yielded, *vm.names._asyncio_future_blocking));
    if (!blocking.is_unbound() && !blocking.is_none()) return wait_on_foreign(vm, task, yielded, blocking);
  }
  if (is_exact(yielded, TypeId::Generator))
    return schedule_error(vm, task, fmt::format("yield was used instead of yield from for generator in task {} with {}",
                                                repr_text(vm, Ref(task)), repr_text(vm, yielded)));
  return schedule_error(vm, task, fmt::format("Task got bad yield: {}", repr_text(vm, yielded)));
}

// Resumes any coroutine-like object.
Resumed resume(VM& vm, Ref coroutine, Ref exception) {
  const bool throws = !exception.is_unbound() && !exception.is_none();
  if (is_coroutine(coroutine)) {
    Generator& generator = cast<Generator>(coroutine);
    return throws ? generator_throw(vm, generator, Value(exception)) : generator_resume(vm, generator, None);
  }
  Value result = throws ? Value(call_method(vm, coroutine, *vm.names.throw_, exception))
                        : Value(call_method(vm, coroutine, *vm.names.send, None));
  if (!result.is_raised()) return {Resumption::Yielded, std::move(result)};
  if (!vm.error_is(TypeId::StopIteration)) return {Resumption::Raised, Value()};
  Value value = take_stop_iteration_value(vm);
  if (value.is_raised()) return {Resumption::Raised, Value()};
  return {Resumption::Returned, std::move(value)};
}

// The coroutine ended with an exception, which is current.
Status end_with_error(VM& vm, TaskObject& task) {
  Type* cancelled = cancelled_error(vm);
  if (!cancelled) return raised;
  Value error = vm.take_error();
  if (is_subtype(*error.object()->type, *cancelled)) {
    FutureExtra* extra = future_extra(vm, task);
    if (!extra) return raised;
    extra->cancelled_exception = std::move(error);
    task.log_traceback = false;
    if (task.state != FutureState::Pending) return Ok;
    return future_end_cancelled(vm, task, Unbound);
  }
  const bool leaves = is_subtype(*error.object()->type, vm.type(TypeId::KeyboardInterrupt)) ||
                      is_subtype(*error.object()->type, vm.type(TypeId::SystemExit));
  CEDE_CHECK(future_set_exception(vm, task, error));
  if (!leaves) return Ok;
  vm.set_error(std::move(error));
  return raised;
}

}  // namespace

Status task_run(VM& vm, TaskObject& task, Ref exception_given) {
  if (task.state != FutureState::Pending)
    return raise_invalid_state(vm, fmt::format("_step(): already done: {} {}", repr_text(vm, Ref(task)),
                                               exception_given.is_unbound() ? "" : repr_text(vm, exception_given)));
  Value exception(exception_given);
  if (task.must_cancel) {
    Type* cancelled = cancelled_error(vm);
    if (!cancelled) return raised;
    if (!exception.is_object() || !is_subtype(*exception.object()->type, *cancelled)) {
      exception = future_make_cancelled_error(vm, task);
      if (exception.is_raised()) exception = vm.take_error();
    }
    task.must_cancel = false;
  }
  task.waiting_for.reset();
  if (task.coroutine.is_unbound() || task.coroutine.is_none())
    return vm.raise(TypeId::RuntimeError, "uninitialized Task object");
  Value coroutine = task.coroutine;
  Resumed resumed = resume(vm, coroutine, exception);
  Status status = Ok;
  switch (resumed.kind) {
    case Resumption::Yielded: return handle_yielded(vm, task, std::move(resumed.value));
    case Resumption::Returned:
      if (task.must_cancel) {  // cancelled right before the coroutine ended
        task.must_cancel = false;
        Value message = task.extra ? task.extra->cancel_message : Value();
        status = future_cancel(vm, task, message).is_raised() ? Status(raised) : Ok;
      } else {
        status = future_set_result(vm, task, resumed.value);
      }
      break;
    case Resumption::Raised: status = end_with_error(vm, task); break;
  }
  if (task.state != FutureState::Pending) unregister_task(vm, task);
  return status;
}

Status task_step(VM& vm, TaskObject& task, Ref exception) {
  Value held{Ref(task)};
  CEDE_CHECK(enter_task(vm, task.loop, Ref(task)));
  const Status status = task_run(vm, task, exception);
  if (!status.is_raised()) return leave_task(vm, task.loop, Ref(task));
  Value error = vm.take_error();
  (void)leave_task(vm, task.loop, Ref(task));
  vm.set_error(std::move(error));
  return raised;
}

bool task_takes_memory_error(VM& vm, TaskObject& task, Ref woken_by) {
  if (!vm.error_is(TypeId::MemoryError) || task.state != FutureState::Pending) return false;
  const Ref waiting = task.waiting_for;
  if (waiting.is_object() && waiting != woken_by) return false;  // somebody will wake it
  task.waiting_for.reset();
  const Value error = vm.take_error();
  if (!schedule_step(vm, task, error).is_raised()) return true;
  vm.set_error(error);
  return false;
}

Status task_wakeup(VM& vm, TaskObject& task, Ref future) {
  Value result = is_waited_natively(vm, future) ? Value(future_result(vm, cast<FutureObject>(future)))
                                             : Value(call_method(vm, future, vm.intern("result")));
  if (!result.is_raised()) return task_step(vm, task, Unbound);
  Value error = vm.take_error();
  return task_step(vm, task, error);
}

// Tasks that wait for tasks are asked one after the other, however long their chain; the last that is not done notes the
// request if nobody further inwards takes it.
Result<bool> task_cancel(VM& vm, TaskObject& outermost, Ref message) {
  Value current{Ref(outermost)}, last, seen;
  for (std::size_t steps = 0, limit = 1024;; ++steps) {
    auto& task = cast<TaskObject>(current);
    task.log_traceback = false;
    if (task.state != FutureState::Pending) break;
    FutureExtra* extra = future_extra(vm, task);
    if (!extra) return raised;
    ++extra->cancel_requests;
    last = current;
    const Value waiting = task.waiting_for;
    if (waiting.is_unbound()) break;
    if (!is_plain_future(vm, waiting) || !cast<FutureObject>(waiting).is_task) {
      CEDE_TRY(const bool accepted, cancel_awaited(vm, waiting, message));
      if (accepted) return true;
      break;
    }
    current = waiting;
    if (current.bits() == seen.bits()) return vm.raise_recursion_error();  // they wait for each other
    if (steps == limit) {
      seen = current;
      limit *= 2;
      CEDE_CHECK(vm.check_interrupts());
    }
  }
  if (last.is_unbound()) return false;
  auto& task = cast<TaskObject>(last);
  task.must_cancel = true;
  if (!message.is_unbound() && task.extra) task.extra->cancel_message = Value(message);
  return true;
}

}  // namespace cede
