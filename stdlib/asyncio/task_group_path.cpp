// Fast paths of TaskGroup (taskgroups.py): tasks that succeed, in a block that ends without an exception.
#include "runtime/core/native.hpp"
#include "runtime/types/bound_method.hpp"
#include "runtime/types/context.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/set.hpp"
#include "stdlib/asyncio/primitive.hpp"

namespace cede::stdlib {

namespace {

enum GroupField : std::size_t {
  Entered, Exiting, Aborting, GroupLoop, ParentTask, ParentCancelRequested, Tasks, Errors, BaseError, OnCompleted
};
constexpr std::size_t on_task_done = 0;   // among the class's kept methods

// A group whose attributes have the types that the Python code gives them, on a usual loop.
struct GroupView {
  Fields fields;
  bool find(VM& vm, Ref self) {
    return fields.find(vm, Primitive::TaskGroup, self) && is_exact(fields[Tasks], TypeId::Set) &&
           is_exact(fields[Errors], TypeId::List);
  }
  Set& tasks() const { return cast<Set>(fields[Tasks]); }
  bool has_failed() const {
    return !fields[BaseError].is_none() || !fields[ParentCancelRequested].is_false() || !fields[Aborting].is_false() ||
           cast<List>(fields[Errors]).size();
  }
  LoopObject* loop(VM& vm) const {
    LoopObject* loop = usual_running_loop(vm);
    return loop && fields[GroupLoop] == Ref(*loop) ? loop : nullptr;
  }
};

Owned quick_create_task(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  GroupView group;
  if (count != 2 || function.version != 0 || !group.find(vm, Ref(arguments[0]))) return Owned();
  const Ref coroutine(arguments[1]);
  LoopObject* loop = group.loop(vm);
  if (!loop || !is_exact(coroutine, TypeId::Coroutine) || !group.fields[Entered].is_true() ||
      !group.fields[Aborting].is_false() || (!group.fields[Exiting].is_false() && group.tasks().size() == 0))
    return Owned();
  // What may fail comes first: a task that the group knows of but is not told about would never let it end.
  CEDE_TRY(Value callback,
           bound_method_new(vm, primitive_class(vm, Primitive::TaskGroup).functions[on_task_done], Ref(arguments[0])));
  CEDE_TRY(Value context, copy_current_context(vm));
  CEDE_TRY(Value task, task_new(vm, coroutine, Ref(*loop), None, None));
  CEDE_CHECK(set_add(vm, group.tasks(), task));
  CEDE_CHECK(future_add_callback(vm, cast<FutureObject>(task), callback, context));
  return task.take();
}

// _on_task_done for a task that succeeded.
Owned quick_on_task_done(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  GroupView group;
  if (count != 2 || function.version != 0 || !group.find(vm, Ref(arguments[0]))) return Owned();
  const Ref task(arguments[1]);
  if (!is_plain_future(vm, task)) return Owned();
  const auto& done = cast<FutureObject>(task);
  if (done.state != FutureState::Finished || done.has_exception) return Owned();
  const Value completed(group.fields[OnCompleted]);
  if (!completed.is_none() && !can_wake(vm, completed)) return Owned();
  const Value tasks(group.fields[Tasks]);
  CEDE_TRY([[maybe_unused]] const bool was_there, set_remove(vm, cast<Set>(tasks), task));
  if (!completed.is_none() && cast<Set>(tasks).size() == 0 && is_pending(completed))
    CEDE_CHECK(future_finish(vm, cast<FutureObject>(completed), Value(True)));
  return Owned(None.bits);
}

InPlace enter(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits&, Bits& value) {
  GroupView group;
  if (!may_begin(vm, function, count, 1) || !group.find(vm, Ref(arguments[0]))) return InPlace::Declined;
  LoopObject* loop = usual_running_loop(vm);
  if (!loop || !group.fields[Entered].is_false()) return InPlace::Declined;
  if (!group.fields[GroupLoop].is_none() && group.fields[GroupLoop] != Ref(*loop)) return InPlace::Declined;
  const Value task = current_task_of(vm, Ref(*loop));
  if (task.is_raised()) return InPlace::Failed;
  if (task.is_none()) return InPlace::Declined;
  group.fields.set(GroupLoop, Value(Ref(*loop)));
  group.fields.set(ParentTask, task);
  group.fields.set(Entered, Value(True));
  value = Owned::share(Ref(arguments[0])).bits;
  return InPlace::Done;
}

Owned leaving_coroutine(VM& vm, PrimitiveWait& wait) {
  return coroutine_at_await(vm, cast<Function>(wait.function), 0,
                            {{"self", wait.self}, {"et", None}, {"exc", None}, {"tb", None}, {"is_cancelled", False},
                             {"cancellation", None}},
                            wait.future);
}

InPlace leaving_resume(VM& vm, PrimitiveWait& wait, Bits& value) {
  GroupView group;
  if (!group.find(vm, wait.self) || group.has_failed()) return InPlace::Declined;
  if (group.tasks().size() == 0) {
    group.fields.set(OnCompleted, Value(None));
    value = None.bits;
    return InPlace::Done;
  }
  LoopObject* loop = group.loop(vm);   // more tasks have come meanwhile
  if (!loop) return InPlace::Declined;
  Value future = future_new(vm, Ref(*loop));
  if (future.is_raised()) return InPlace::Failed;
  group.fields.set(OnCompleted, future);
  cast<FutureObject>(future).blocking = true;
  value = Owned::share(future).bits;
  wait.future = std::move(future);
  return InPlace::Suspended;
}
constexpr WaitKind leaving_kind{leaving_resume, leaving_coroutine};

// __aexit__(None, None, None).
InPlace leave(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits& awaited, Bits& value) {
  GroupView group;
  if (!may_begin(vm, function, count, 4) || !group.find(vm, Ref(arguments[0]))) return InPlace::Declined;
  for (std::uint32_t i = 1; i < count; ++i)
    if (!Ref(arguments[i]).is_none()) return InPlace::Declined;
  LoopObject* loop = group.loop(vm);
  if (!loop || group.has_failed() || !group.fields[OnCompleted].is_none()) return InPlace::Declined;
  value = None.bits;
  if (group.tasks().size()) {
    Value future = future_new(vm, Ref(*loop));
    if (future.is_raised()) return InPlace::Failed;
    const InPlace begun = begin_wait_on(vm, leaving_kind, function, Ref(arguments[0]), future, awaited, value);
    if (begun != InPlace::Suspended) return begun;
    group.fields.set(OnCompleted, std::move(future));
    group.fields.set(Exiting, Value(True));
    return begun;
  }
  group.fields.set(Exiting, Value(True));
  return InPlace::Done;
}

}  // namespace

Status accelerate_task_group(VM& vm, Ref task_group) {
  CEDE_CHECK(declare_primitive(vm, Primitive::TaskGroup, task_group,
                               {"_entered", "_exiting", "_aborting", "_loop", "_parent_task", "_parent_cancel_requested",
                                "_tasks", "_errors", "_base_error", "_on_completed_fut"},
                               false));
  CEDE_CHECK(keep_method(vm, Primitive::TaskGroup, on_task_done, "_on_task_done"));
  CEDE_CHECK(set_quick(vm, task_group, "create_task", quick_create_task));
  CEDE_CHECK(set_quick(vm, task_group, "_on_task_done", quick_on_task_done));
  CEDE_CHECK(set_in_place(vm, task_group, "__aenter__", enter));
  return set_in_place(vm, task_group, "__aexit__", leave);
}

}  // namespace cede::stdlib
