// The native module `_asyncio`: futures, tasks, the loop's core and the registries, for the script part of asyncio.
#include "runtime/async/held_locks.hpp"
#include "runtime/async/loop.hpp"
#include "runtime/async/task.hpp"
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/str.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/set.hpp"
#include "stdlib/asyncio/accelerate.hpp"
#include "stdlib/asyncio/primitive.hpp"
#include "stdlib/modules.hpp"

namespace cede::stdlib {

namespace {

Owned asyncio_running_loop_or_none(VM& vm) {
  return vm.thread->running_loop.is_unbound() ? Owned(None.bits) : Owned::share(vm.thread->running_loop);
}
Owned asyncio_get_running_loop(VM& vm) {
  if (vm.thread->running_loop.is_unbound()) return vm.raise(TypeId::RuntimeError, "no running event loop");
  return Owned::share(vm.thread->running_loop);
}
Status asyncio_set_running_loop(VM& vm, Ref loop) {
  vm.thread->running_loop = loop.is_none() ? Value() : Value(loop);
  return Ok;
}
Owned asyncio_get_event_loop(VM& vm) { return current_event_loop(vm); }

Owned asyncio_current_task(VM& vm, Ref loop) {
  Value of(loop);
  if (loop.is_none()) {
    CEDE_TRY(of, asyncio_get_running_loop(vm));
  }
  return current_task_of(vm, of);
}
Status asyncio_enter_task(VM& vm, Ref loop, Ref task) { return enter_task(vm, loop, task); }
Status asyncio_leave_task(VM& vm, Ref loop, Ref task) { return leave_task(vm, loop, task); }
Owned asyncio_swap_current_task(VM& vm, Ref loop, Ref task) { return swap_current_task(vm, loop, task); }

// Native tasks have a registry of their own; others are kept in a WeakSet (and a set while they start eagerly).
Owned foreign_tasks(VM& vm, bool eager) {
  AsyncState& state = async_state(vm);
  Value& set = eager ? state.eager_tasks : state.scheduled_tasks;
  if (set.is_unbound()) {
    if (eager) {
      CEDE_TRY(set, set_new(vm));
    } else {
      CEDE_TRY(Value weak_set, async_attribute(vm, "weakref", "WeakSet"));
      CEDE_TRY(set, call(vm, weak_set));
    }
  }
  return Owned::share(set);
}
Status change_registry(VM& vm, Ref task, bool eager, bool add) {
  if (is_task(task)) {
    if (add) register_task(vm, cast<TaskObject>(task));
    else unregister_task(vm, cast<TaskObject>(task));
    return Ok;
  }
  CEDE_TRY(Value set, foreign_tasks(vm, eager));
  CEDE_TRY(Value done, call_method(vm, set, vm.intern(add ? "add" : "discard"), task));
  return Ok;
}
Status asyncio_register_task(VM& vm, Ref task) { return change_registry(vm, task, false, true); }
Status asyncio_unregister_task(VM& vm, Ref task) { return change_registry(vm, task, false, false); }
Status asyncio_register_eager_task(VM& vm, Ref task) { return change_registry(vm, task, true, true); }
Status asyncio_unregister_eager_task(VM& vm, Ref task) { return change_registry(vm, task, true, false); }

// The unfinished tasks of a loop, as a set.
Owned asyncio_all_tasks(VM& vm, Ref loop) {
  Value of(loop);
  if (loop.is_none()) {
    CEDE_TRY(of, asyncio_get_running_loop(vm));
  }
  CEDE_TRY(Value found, list_new(vm));
  AsyncState& state = async_state(vm);
  for (TaskObject* task : state.native_tasks)
    if (task->state == FutureState::Pending && task->loop.ref() == of.ref())
      CEDE_CHECK(list_append(vm, cast<List>(found), Ref(*task)));
  CEDE_TRY(Value result, set_new(vm));
  for (std::size_t i = 0; i < cast<List>(found).size(); ++i) {
    Value task(cast<List>(found)[i]);
    CEDE_CHECK(set_add(vm, cast<Set>(result), task));
  }
  for (const bool eager : {false, true}) {
    const Value& others = eager ? state.eager_tasks : state.scheduled_tasks;
    if (others.is_unbound()) continue;
    CEDE_TRY(Value list, list_from(vm, others));
    for (std::size_t i = 0; i < cast<List>(list).size(); ++i) {
      Value task(cast<List>(list)[i]);
      CEDE_TRY(Value get_loop, find_attribute(vm, task, "get_loop"));
      CEDE_TRY(Value task_loop, get_loop.is_unbound() ? get_attribute(vm, task, "_loop") : call(vm, get_loop));
      if (task_loop.ref() != of.ref()) continue;
      CEDE_TRY(Value done, call_method(vm, task, vm.intern("done")));
      CEDE_TRY(const bool finished, is_truthy(vm, done));
      if (!finished) CEDE_CHECK(set_add(vm, cast<Set>(result), task));
    }
  }
  return result.take();
}

std::int64_t asyncio_get_ident(VM& vm) { return static_cast<std::int64_t>(vm.thread->id); }

// The value of an environment variable, or None.
Owned asyncio_environment(VM& vm, std::string_view name) {
  for (const std::string& entry : vm.host.environment())
    if (entry.size() > name.size() && entry[name.size()] == '=' && entry.starts_with(name))
      return str_from_external(vm, std::string_view(entry).substr(name.size() + 1));
  return Owned(None.bits);
}

// Keeps an object until the isolate ends; gives it back.
Owned asyncio_keep(VM& vm, Ref object) {
  Value& kept = async_state(vm).kept;
  if (kept.is_unbound()) {
    CEDE_TRY(kept, list_new(vm));
  }
  CEDE_CHECK(list_append(vm, cast<List>(kept), object));
  return Owned::share(object);
}

Owned asyncio_foreign_tasks(VM& vm) { return foreign_tasks(vm, false); }
Owned asyncio_foreign_eager_tasks(VM& vm) { return foreign_tasks(vm, true); }

// Called once by asyncio.tasks with functions and a class of its own.
Status asyncio_accelerate(VM& vm, Ref sleep, Ref wake_sleeper, Ref create_task, Ref gather, Ref gathering_future) {
  for (Ref function : {sleep, wake_sleeper, create_task, gather})
    if (!is_exact(function, TypeId::Function)) return vm.raise(TypeId::TypeError, "functions were expected");
  CEDE_CHECK(accelerate_sleep(vm, sleep, wake_sleeper));
  CEDE_CHECK(accelerate_create_task(vm, create_task));
  return accelerate_gather(vm, gather, gathering_future);
}
Owned asyncio_gather_children(VM& vm, Tuple& arguments, Ref callback, Ref ensure_future) {
  return gather_children(vm, Ref(arguments), callback, ensure_future);
}
Owned asyncio_gather_results(VM& vm, List& futures) { return gather_results(vm, Ref(futures)); }

Status asyncio_note_acquired(VM& vm, Ref lock, bool shares) {
  note_acquired(vm, lock, shares ? Shares::Several : Shares::One);
  return Ok;
}
Status asyncio_note_released(VM& vm, Ref lock, bool shares) {
  if (shares)
    note_semaphore_released(vm, lock);
  else
    (void)note_released(vm, lock);
  return Ok;
}

constexpr Method functions[] = {
    method<"_note_acquired(lock, shares=False, /)", asyncio_note_acquired>,
    method<"_note_released(lock, shares=False, /)", asyncio_note_released>,
    method<"_accelerate(sleep, wake_sleeper, create_task, gather, gathering_future, /)", asyncio_accelerate>,
    method<"_accelerate_locks(lock, event, condition, semaphore, bounded_semaphore, /)", accelerate_locks>,
    method<"_accelerate_queues(queue, lifo_queue, /)", accelerate_queues>,
    method<"_accelerate_task_group(task_group, /)", accelerate_task_group>,
    method<"_accelerate_timeout(timeout, /)", accelerate_timeout>,
    method<"_gather_children(arguments, callback, ensure_future, /)", asyncio_gather_children>,
    method<"_gather_results(futures, /)", asyncio_gather_results>,
    method<"_get_ident()", asyncio_get_ident>,
    method<"_environment(name)", asyncio_environment>,
    method<"_keep(object, /)", asyncio_keep>,
    method<"_foreign_tasks()", asyncio_foreign_tasks>,
    method<"_foreign_eager_tasks()", asyncio_foreign_eager_tasks>,
    method<"_get_running_loop()", asyncio_running_loop_or_none>,
    method<"_set_running_loop(loop, /)", asyncio_set_running_loop>,
    method<"get_running_loop()", asyncio_get_running_loop>,
    method<"get_event_loop()", asyncio_get_event_loop>,
    method<"current_task(loop=None)", asyncio_current_task>,
    method<"all_tasks(loop=None)", asyncio_all_tasks>,
    method<"_enter_task(loop, task)", asyncio_enter_task>,
    method<"_leave_task(loop, task)", asyncio_leave_task>,
    method<"_swap_current_task(loop, task)", asyncio_swap_current_task>,
    method<"_register_task(task)", asyncio_register_task>,
    method<"_unregister_task(task)", asyncio_unregister_task>,
    method<"_register_eager_task(task)", asyncio_register_eager_task>,
    method<"_unregister_eager_task(task)", asyncio_unregister_eager_task>,
};

Status fill(VM& vm, Module& module) {
  CEDE_CHECK(module_add_type(vm, module, future_type));
  CEDE_CHECK(module_add_type(vm, module, task_type));
  CEDE_CHECK(module_add_type(vm, module, loop_core_type));
  CEDE_CHECK(module_add_type(vm, module, handle_type));
  return module_add_type(vm, module, timer_handle_type);
}

}  // namespace

extern const NativeModule asyncio_native_module{.name = "_asyncio", .functions = functions, .fill = fill};

}  // namespace cede::stdlib
