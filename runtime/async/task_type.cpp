// The type `_asyncio.Task`, and the callables that stand for its steps where a loop must be given one.
#include "runtime/async/loop.hpp"
#include "runtime/async/task.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/generic_alias.hpp"

namespace cede {

Owned future_send(VM& vm, Ref self, Ref value, Bits& result);       // future_type.cpp
Owned future_show_awaited(VM& vm, Ref self);

Object* construct_task(Object* memory) {
  const Object header = *memory;
  auto* task = ::new (static_cast<void*>(memory)) TaskObject();
  static_cast<Object&>(*task) = header;
  task->is_task = true;
  return task;
}

// ---- the callables

namespace {

Status wakeup_body(VM& vm, TaskObject& self, Ref future) { return task_wakeup(vm, self, future); }
constexpr Method wakeup_method = method<"task_wakeup(self, fut, /)", wakeup_body>;

// A step as an object: what loop.call_soon gets when the loop is a script's.
struct TaskStep : Object {
  static const Layout* layout();
  Value task, exception;
  template<class F> static void fields(TaskStep& self, F&& field) { field(self.task); field(self.exception); }
};
constexpr Layout step_layout = layout_for<TaskStep>();
[[maybe_unused]] const Layout* TaskStep::layout() { return &step_layout; }

Owned step_call(VM& vm, Ref self, const Arguments& arguments) {
  if (arguments.keywords)
    return vm.raise(TypeId::TypeError, "function takes no keyword arguments");
  if (arguments.positional) return vm.raise(TypeId::TypeError, "function takes no positional arguments");
  Value task = cast<TaskStep>(self).task, exception = cast<TaskStep>(self).exception;
  CEDE_CHECK(task_step(vm, cast<TaskObject>(task), exception));
  return Owned(None.bits);
}
Value step_self(VM&, TaskStep& self) { return self.task; }
constexpr Property step_properties[] = {property<"__self__", step_self>};
constexpr Slots step_slots = inherit(object_slots, [](Slots& s) { s.call = step_call; });
constexpr NativeType step_type{.name = "_asyncio.TaskStepMethWrapper", .id = TypeId::Dynamic, .base = nullptr,
                               .layout = &step_layout, .slots = &step_slots, .flags = 0, .properties = step_properties};

}  // namespace

Owned task_wakeup_function(VM& vm, TaskObject& task) { return native_function_new(vm, wakeup_method, Ref(task), Unbound); }

Owned task_step_function(VM& vm, TaskObject& task, Ref exception) {
  auto* step = make_object<TaskStep>(vm, vm.native_type(step_type));
  if (!step) return raised;
  step->task = Value(Ref(task));
  step->exception = Value(exception);
  return Value::adopt(step).take();
}

// ---- the type

namespace {

Owned task_allocate(VM& vm, Type& type, const Arguments&) {
  Object* object = allocate_instance(vm, type, sizeof(TaskObject));
  return object ? Value::adopt(construct_task(object)).take() : Owned(raised);
}
Status task_init_with(VM& vm, TaskObject& self, Ref coroutine, Ref loop, Ref name, Ref context, bool eager_start) {
  return task_initialise(vm, self, coroutine, loop, name, context, eager_start);
}
Status task_init(VM& vm, Ref self, const Arguments& arguments) {
  const Owned done = call_body<"Task(coro, *, loop=None, name=None, context=None, eager_start=False)", task_init_with>(
      vm, cast<TaskObject>(self), arguments);
  return done.is_raised() ? Status(raised) : Ok;
}
Owned task_repr(VM& vm, Ref self) {
  CEDE_TRY(Value function, async_attribute(vm, "asyncio.base_tasks", "_task_repr"));
  return call(vm, function, self);
}

Status refuse_result(VM& vm, TaskObject&, Ref) { return vm.raise(TypeId::RuntimeError, "Task does not support set_result operation"); }
Status refuse_exception(VM& vm, TaskObject&, Ref) {
  return vm.raise(TypeId::RuntimeError, "Task does not support set_exception operation");
}
Result<bool> cancel(VM& vm, TaskObject& self, Ref message) { return task_cancel(vm, self, message); }
std::int64_t cancelling(VM&, TaskObject& self) { return self.extra ? self.extra->cancel_requests : 0; }
std::int64_t uncancel(VM&, TaskObject& self) {
  FutureExtra* extra = self.extra;
  if (!extra || extra->cancel_requests == 0) return 0;
  if (--extra->cancel_requests == 0) self.must_cancel = false;
  return extra->cancel_requests;
}
Owned get_name(VM& vm, TaskObject& self) {
  if (self.coroutine.is_unbound()) return Owned(None.bits);
  return task_name(vm, self);
}
Status set_name(VM& vm, TaskObject& self, Ref name) {
  if (is_exact(name, TypeId::Str)) {
    self.name = Value(name);
    return Ok;
  }
  CEDE_TRY(self.name, str(vm, name));
  return Ok;
}
Value get_coro(VM&, TaskObject& self) { return self.coroutine.is_unbound() ? Value(None) : self.coroutine; }
Owned get_context(VM& vm, TaskObject& self) {
  if (self.coroutine.is_unbound()) return Owned(None.bits);
  return task_context(vm, self);
}
Owned get_stack(VM& vm, TaskObject& self, Ref limit) {
  CEDE_TRY(Value function, async_attribute(vm, "asyncio.base_tasks", "_task_get_stack"));
  return call(vm, function, Ref(self), limit);
}
Owned print_stack(VM& vm, TaskObject& self, Ref limit, Ref file) {
  CEDE_TRY(Value function, async_attribute(vm, "asyncio.base_tasks", "_task_print_stack"));
  return call(vm, function, Ref(self), limit, file);
}
bool get_must_cancel(VM&, TaskObject& self) { return self.must_cancel; }
Value get_waiter(VM&, TaskObject& self) { return self.waiting_for.is_unbound() ? Value(None) : self.waiting_for; }
bool get_log_destroy(VM&, TaskObject& self) { return self.log_destroy_pending; }
Status set_log_destroy(VM& vm, TaskObject& self, Ref value) {
  if (value.is_unbound()) return vm.raise(TypeId::AttributeError, "cannot delete attribute");
  CEDE_TRY(const bool log, is_truthy(vm, value));
  self.log_destroy_pending = log;
  return Ok;
}

Status report_destroyed(VM& vm, TaskObject& task) {
  CEDE_TRY(Value context, dict_new(vm));
  Dict& dict = cast<Dict>(context);
  CEDE_CHECK(dict_set_text(vm, dict, "task", Ref(task)));
  CEDE_TRY(Value message, str_from_ascii(vm, "Task was destroyed but it is pending!"));
  CEDE_CHECK(dict_set_text(vm, dict, "message", message));
  if (task.extra && !task.extra->source_traceback.is_unbound())
    CEDE_CHECK(dict_set_text(vm, dict, "source_traceback", task.extra->source_traceback));
  CEDE_TRY(Value done, call_method(vm, task.loop, vm.intern("call_exception_handler"), context));
  return Ok;
}

void task_finalize(VM& vm, Ref self) {
  TaskObject& task = cast<TaskObject>(self);
  unregister_task(vm, task);
  if (task.loop.is_unbound()) return;
  if (task.state == FutureState::Pending && task.log_destroy_pending) {
    Value pending = vm.take_error();
    if (report_destroyed(vm, task).is_raised()) vm.report_unraisable(self);
    vm.clear_error();
    if (!pending.is_unbound()) vm.set_error(std::move(pending));
  }
  future_report_unretrieved(vm, task, cast<Str>(type_of(vm, self).name).view());
}

constexpr Method task_methods[] = {
    method<"set_result(self, result, /)", refuse_result>,
    method<"set_exception(self, exception, /)", refuse_exception>,
    method<"cancel(self, /, msg=None)", cancel>,
    method<"cancelling(self, /)", cancelling>,
    method<"uncancel(self, /)", uncancel>,
    method<"get_stack(self, /, *, limit=None)", get_stack>,
    method<"print_stack(self, /, *, limit=None, file=None)", print_stack>,
    method<"get_name(self, /)", get_name>,
    method<"set_name(self, value, /)", set_name>,
    method<"get_coro(self, /)", get_coro>,
    method<"get_context(self, /)", get_context>,
    method<"__class_getitem__(cls, item, /)", class_getitem_alias>,
};
constexpr Property task_properties[] = {
    property<"_must_cancel", get_must_cancel>,
    property<"_coro", get_coro>,
    property<"_fut_waiter", get_waiter>,
    property<"_log_destroy_pending", get_log_destroy, set_log_destroy>,
};
constexpr Slots task_slots(const Slots& base) {
  return inherit(base, [](Slots& s) {
    s.construct = task_allocate;
    s.init = task_init;
    s.repr = task_repr;
    s.finalize = task_finalize;
  });
}

}  // namespace

// iter and await come from Future.
Owned future_iterate(VM& vm, Ref self) { return future_show_awaited(vm, self); }
constexpr Slots task_slot_table = task_slots(inherit(object_slots, [](Slots& s) {
  s.iter = future_iterate;
  s.await = future_iterate;
}));

extern const NativeType task_type{
    .name = "_asyncio.Task", .id = TypeId::Dynamic, .base = &future_type, .layout = &task_layout, .slots = &task_slot_table,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::HasAttributes | TypeFlag::HasWeakReferences | TypeFlag::HasFinalizer,
    .methods = task_methods, .properties = task_properties, .send = future_send, .show_awaited = future_show_awaited};

}  // namespace cede
