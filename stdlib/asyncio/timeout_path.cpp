// Fast paths of Timeout (timeouts.py): entering a block, and leaving it in time.
#include "runtime/core/native.hpp"
#include "runtime/types/bound_method.hpp"
#include "stdlib/asyncio/primitive.hpp"

namespace cede::stdlib {

namespace {

enum TimeoutField : std::size_t { State, Handler, TimedTask, When, Cancelling };
// What the class keeps: a method, and the names of states, which are interned strings.
enum Kept : std::size_t { OnTimeout, Created, Active, Finished_ };

Ref kept(VM& vm, Kept which) { return primitive_class(vm, Primitive::Timeout).functions[which]; }

// reschedule(): the handle that calls _on_timeout at `when`. Unbound: not done.
Owned schedule(VM& vm, LoopObject& loop, Ref self, Ref when) {
  double deadline;
  if (when.is_immediate_double())
    deadline = when.immediate_double();
  else if (when.is_small())
    deadline = static_cast<double>(when.small());
  else
    return Owned();
  CEDE_TRY(const double now, loop_time(vm, loop));
  CEDE_TRY(Value callback, bound_method_new(vm, kept(vm, OnTimeout), self));
  if (deadline <= now) {
    CEDE_TRY(Value handle, handle_new(vm, loop, callback, vm.empty_tuple, None));
    CEDE_CHECK(loop_push_ready(vm, loop, ReadyEntry(ReadyKind::Handle, Owned::share(handle))));
    return handle.take();
  }
  CEDE_TRY(Value handle, timer_handle_new(vm, loop, when, deadline, callback, vm.empty_tuple, None));
  CEDE_CHECK(loop_push_timer(vm, loop, cast<TimerHandleObject>(handle)));
  return handle.take();
}

InPlace enter(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits&, Bits& value) {
  Fields fields;
  const Ref self(arguments[0]);
  if (!may_begin(vm, function, count, 1) || !fields.find(vm, Primitive::Timeout, self)) return InPlace::Declined;
  LoopObject* loop = usual_running_loop(vm);
  if (!loop || fields.has(Cancelling) || fields[State] != kept(vm, Created) || !fields[Handler].is_none())
    return InPlace::Declined;
  const Value task = current_task_of(vm, Ref(*loop));
  if (task.is_raised()) return InPlace::Failed;
  if (!is_plain_future(vm, task)) return InPlace::Declined;
  Value handler(None);
  if (!fields[When].is_none()) {
    handler = schedule(vm, *loop, self, fields[When]);
    if (handler.is_raised()) return InPlace::Failed;
    if (handler.is_unbound()) return InPlace::Declined;
  }
  const FutureExtra* extra = cast<FutureObject>(task).extra;
  Str& name = *primitive_class(vm, Primitive::Timeout).names[Cancelling];
  if (attributes_set(vm, self.object(), *attributes_of(self.object()), name, Ref::small(extra ? extra->cancel_requests : 0))
          .is_raised() ||
      !fields.find(vm, Primitive::Timeout, self))
    return InPlace::Failed;
  fields.set(State, Value(kept(vm, Active)));
  fields.set(TimedTask, task);
  fields.set(Handler, std::move(handler));
  value = Owned::share(self).bits;
  return InPlace::Done;
}

// __aexit__(None, None, None) before the deadline.
InPlace leave(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits&, Bits& value) {
  Fields fields;
  if (!may_begin(vm, function, count, 4) || !fields.find(vm, Primitive::Timeout, Ref(arguments[0]))) return InPlace::Declined;
  if (!Ref(arguments[1]).is_none() || fields[State] != kept(vm, Active)) return InPlace::Declined;
  const Value handler(fields[Handler]);
  if (!handler.is_none()) {
    // The loop need not be the running one here, but must not be one that script code would be asked about.
    if (!is<HandleObject>(handler) || !as_loop(cast<HandleObject>(handler).loop) ||
        cast<LoopObject>(cast<HandleObject>(handler).loop).debug)
      return InPlace::Declined;
    if (handle_cancel(vm, cast<HandleObject>(handler)).is_raised()) return InPlace::Failed;
    fields.set(Handler, Value(None));
  }
  fields.set(State, Value(kept(vm, Finished_)));
  value = None.bits;
  return InPlace::Done;
}

}  // namespace

Status accelerate_timeout(VM& vm, Ref timeout) {
  CEDE_CHECK(declare_primitive(vm, Primitive::Timeout, timeout, {"_state", "_timeout_handler", "_task", "_when", "_cancelling"}));
  CEDE_CHECK(keep_method(vm, Primitive::Timeout, OnTimeout, "_on_timeout"));
  auto& functions = primitive_class(vm, Primitive::Timeout).functions;
  functions[Created] = Value(Ref(vm.intern("created")));
  functions[Active] = Value(Ref(vm.intern("active")));
  functions[Finished_] = Value(Ref(vm.intern("finished")));
  CEDE_CHECK(set_in_place(vm, timeout, "__aenter__", enter));
  return set_in_place(vm, timeout, "__aexit__", leave);
}

}  // namespace cede::stdlib
