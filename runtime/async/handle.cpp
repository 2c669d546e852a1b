// Handles: callbacks that wait in the loop, and their types `asyncio.events.Handle` and `TimerHandle`.
#include "runtime/async/loop.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/context.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/traceback.hpp"

namespace cede {

constexpr Layout handle_layout = layout_for<HandleObject>();
constexpr Layout timer_handle_layout = layout_for<TimerHandleObject>(&handle_layout);

Value take_callback_error(VM& vm) {
  Activation* activation = vm.thread->activation;
  if (BaseException* error = as<BaseException>(vm.thread->exception); error && error->traceback.is_unbound() && activation)
    if (FrameObject* frame = frame_of(vm, activation)) traceback_add(vm, activation, frame_instruction(*frame));
  return vm.take_error();
}

namespace {

Status fill(VM& vm, HandleObject& handle, Ref loop, Ref callback, Value arguments, Ref context, bool debug) {
  handle.loop = Value(loop);
  handle.callback = Value(callback);
  handle.arguments = std::move(arguments);
  if (context.is_none() || context.is_unbound()) {
    CEDE_TRY(handle.context, copy_current_context(vm));
  } else {
    handle.context = Value(context);
  }
  if (!debug) return Ok;
  CEDE_TRY(Value extract, async_attribute(vm, "asyncio.format_helpers", "extract_stack"));
  CEDE_TRY(handle.source_traceback, call(vm, extract));
  return Ok;
}

Result<bool> loop_debug(VM& vm, Ref loop) {
  if (LoopObject* native = as_loop(loop)) return native->debug;
  CEDE_TRY(Value answer, call_method(vm, loop, vm.intern("get_debug")));
  return is_truthy(vm, answer);
}

}  // namespace

Owned handle_new(VM& vm, LoopObject& loop, Ref callback, Value arguments, Ref context) {
  auto* handle = make_object<HandleObject>(vm, vm.native_type(handle_type));
  if (!handle) return raised;
  Value made = Value::adopt(handle);
  CEDE_CHECK(fill(vm, *handle, Ref(loop), callback, std::move(arguments), context, loop.debug));
  return made.take();
}

Owned timer_handle_new(VM& vm, LoopObject& loop, Ref when, double time, Ref callback, Value arguments, Ref context) {
  auto* handle = make_object<TimerHandleObject>(vm, vm.native_type(timer_handle_type));
  if (!handle) return raised;
  Value made = Value::adopt(handle);
  CEDE_CHECK(fill(vm, *handle, Ref(loop), callback, std::move(arguments), context, loop.debug));
  handle->when = Value(when);
  handle->time = time;
  return made.take();
}

Status handle_cancel(VM& vm, HandleObject& handle) {
  if (handle.cancelled) return Ok;
  if (is<TimerHandleObject>(Ref(handle))) {
    if (LoopObject* native = as_loop(handle.loop)) {
      if (static_cast<TimerHandleObject&>(handle).scheduled) ++native->data->cancelled_timers;
    } else if (!handle.loop.is_none()) {
      CEDE_TRY(Value told, call_method(vm, handle.loop, vm.intern("_timer_handle_cancelled"), Ref(handle)));
    }
  }
  handle.cancelled = true;
  CEDE_TRY(const bool debug, loop_debug(vm, handle.loop));
  if (debug) {
    // The representation keeps what the callback was.
    handle.cancelled = true;
    CEDE_TRY(handle.kept_repr, repr(vm, Ref(handle)));
  }
  handle.callback = Value(None);
  handle.arguments = Value(None);
  return Ok;
}

namespace {

Owned format_source(VM& vm, HandleObject& handle, bool debug) {
  CEDE_TRY(Value function, async_attribute(vm, "asyncio.format_helpers", "_format_callback_source"));
  const Bits words[3] = {handle.callback.bits(), handle.arguments.bits(), Ref::boolean(debug).bits};
  CEDE_TRY(Value names, tuple_of(vm, {Ref(vm.intern("debug"))}));
  return call(vm, function, Arguments{words, 2, &cast<Tuple>(names)});
}

// The parts of the representation, a list of str.
Owned handle_repr_info(VM& vm, HandleObject& self) {
  CEDE_TRY(Value info, list_new(vm));
  List& list = cast<List>(info);
  const auto add = [&](std::string_view text) -> Status {
    CEDE_TRY(Value part, str_from_utf8(vm, text));
    return list_append(vm, list, part);
  };
  CEDE_CHECK(add(cast<Str>(type_of(vm, Ref(self)).name).view()));
  if (self.cancelled) CEDE_CHECK(add("cancelled"));
  if (is<TimerHandleObject>(Ref(self))) {
    Value when = static_cast<TimerHandleObject&>(self).when;
    CEDE_TRY(Value text, str(vm, when));
    CEDE_CHECK(add(fmt::format("when={}", cast<Str>(text).view())));
  }
  if (!self.callback.is_none()) {
    CEDE_TRY(const bool debug, loop_debug(vm, self.loop));
    CEDE_TRY(Value source, format_source(vm, self, debug));
    CEDE_CHECK(list_append(vm, list, source));
  }
  if (!self.source_traceback.is_unbound() && !self.source_traceback.is_none()) {
    CEDE_TRY(Value frame, get_item(vm, self.source_traceback, Ref::small(-1)));
    CEDE_TRY(Value file, get_item(vm, frame, Ref::small(0)));
    CEDE_TRY(Value line, get_item(vm, frame, Ref::small(1)));
    CEDE_TRY(Value file_text, str(vm, file));
    CEDE_TRY(Value line_text, str(vm, line));
    CEDE_CHECK(add(fmt::format("created at {}:{}", cast<Str>(file_text).view(), cast<Str>(line_text).view())));
  }
  return info.take();
}

Status report(VM& vm, HandleObject& handle) {
  Value error = take_callback_error(vm);
  const Handling handling(vm, error);
  CEDE_TRY(const bool debug, loop_debug(vm, handle.loop));
  CEDE_TRY(Value source, format_source(vm, handle, debug));
  CEDE_TRY(Value message, str_from_utf8(vm, fmt::format("Exception in callback {}", cast<Str>(source).view())));
  CEDE_TRY(Value context, dict_new(vm));
  Dict& dict = cast<Dict>(context);
  CEDE_CHECK(dict_set_text(vm, dict, "message", message));
  CEDE_CHECK(dict_set_text(vm, dict, "exception", error));
  CEDE_CHECK(dict_set_text(vm, dict, "handle", Ref(handle)));
  if (!handle.source_traceback.is_unbound())
    CEDE_CHECK(dict_set_text(vm, dict, "source_traceback", handle.source_traceback));
  CEDE_TRY(Value result, call_method(vm, handle.loop, vm.intern("call_exception_handler"), context));
  return Ok;
}

}  // namespace

Status handle_run(VM& vm, HandleObject& handle) {
  Value held{Ref(handle)}, callback = handle.callback, arguments = handle.arguments, context = handle.context;
  Status entered = Ok;
  Value result;
  if (is<Context>(context)) {
    entered = context_enter(vm, cast<Context>(context));
    if (!entered.is_raised()) {
      const Tuple& words = cast<Tuple>(arguments);
      result = call(vm, callback, Arguments{words.items, static_cast<std::uint32_t>(words.size), nullptr});
      context_exit(vm, cast<Context>(context));
    }
  } else {  // any object with run()
    Value run = get_attribute(vm, context, "run");
    if (run.is_raised()) {
      entered = raised;
    } else {
      const Tuple& words = cast<Tuple>(arguments);
      CEDE_TRY(Value all, tuple_uninitialised(vm, words.size + 1));
      cast<Tuple>(all).items[0] = Owned::share(callback).bits;
      for (std::size_t i = 0; i < words.size; ++i) cast<Tuple>(all).items[i + 1] = Owned::share(words[i]).bits;
      result = call_with(vm, run, all, Unbound);
    }
  }
  if (!entered.is_raised() && !result.is_raised()) return Ok;
  if (vm.error_is(TypeId::SystemExit) || vm.error_is(TypeId::KeyboardInterrupt)) return raised;
  return report(vm, handle);
}

Owned handle_repr(VM& vm, Ref self) {
  auto& handle = cast<HandleObject>(self);
  if (!handle.kept_repr.is_unbound()) return Owned::share(handle.kept_repr);
  CEDE_TRY(Value info, call_method(vm, self, vm.intern("_repr_info")));
  CEDE_TRY(Value space, str_from_ascii(vm, " "));
  CEDE_TRY(Value joined, call_method(vm, space, vm.intern("join"), info));
  return str_from_utf8(vm, fmt::format("<{}>", cast<Str>(joined).view())).take();
}

// ---- the types

namespace {

Status handle_cancel_method(VM& vm, HandleObject& self) { return handle_cancel(vm, self); }
bool handle_cancelled(VM&, HandleObject& self) { return self.cancelled; }
Value handle_get_context(VM&, HandleObject& self) { return self.context; }
Status handle_run_method(VM& vm, HandleObject& self) { return handle_run(vm, self); }
Value handle_callback(VM&, HandleObject& self) { return self.callback; }
Value handle_args(VM&, HandleObject& self) { return self.arguments; }
Value handle_loop(VM&, HandleObject& self) { return self.loop; }
Value handle_source_traceback(VM&, HandleObject& self) {
  return self.source_traceback.is_unbound() ? Value(None) : self.source_traceback;
}
Value handle_kept_repr(VM&, HandleObject& self) { return self.kept_repr.is_unbound() ? Value(None) : self.kept_repr; }
Status handle_set_args(VM&, HandleObject& self, Ref value) { self.arguments = Value(value); return Ok; }
Status handle_set_callback(VM&, HandleObject& self, Ref value) { self.callback = Value(value); return Ok; }

Status initialise(VM& vm, HandleObject& handle, Ref callback, Ref arguments, Ref loop, Ref context) {
  CEDE_TRY(const bool debug, loop_debug(vm, loop));
  Value words;
  if (is<Tuple>(arguments)) {
    words = Value(arguments);
  } else {
    CEDE_TRY(words, tuple_from(vm, arguments));
  }
  return fill(vm, handle, loop, callback, std::move(words), context, debug);
}

Owned handle_make(VM& vm, Type& type, Ref callback, Ref arguments, Ref loop, Ref context) {
  Object* object = allocate_instance(vm, type, sizeof(HandleObject));
  if (!object) return raised;
  const Object header = *object;
  auto* handle = ::new (static_cast<void*>(object)) HandleObject();
  static_cast<Object&>(*handle) = header;
  Value made = Value::adopt(handle);
  CEDE_CHECK(initialise(vm, *handle, callback, arguments, loop, context));
  return made.take();
}
Owned handle_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"Handle(callback, args, loop, context=None)", handle_make>(vm, type, arguments);
}
Owned timer_make(VM& vm, Type& type, Ref when, Ref callback, Ref arguments, Ref loop, Ref context) {
  Object* object = allocate_instance(vm, type, sizeof(TimerHandleObject));
  if (!object) return raised;
  const Object header = *object;
  auto* handle = ::new (static_cast<void*>(object)) TimerHandleObject();
  static_cast<Object&>(*handle) = header;
  Value made = Value::adopt(handle);
  CEDE_CHECK(initialise(vm, *handle, callback, arguments, loop, context));
  handle->when = Value(when);
  if (!when.is_none()) {  // one that is made by hand may have none
    CEDE_TRY(handle->time, to_double(vm, when));
  }
  return made.take();
}
Owned timer_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"TimerHandle(when, callback, args, loop, context=None)", timer_make>(vm, type, arguments);
}
// Construction is all in __new__; __init__ takes what was given and does nothing.
Status accept_init(VM&, Ref, const Arguments&) { return Ok; }

Value timer_when(VM&, TimerHandleObject& self) { return self.when; }
bool timer_scheduled(VM&, TimerHandleObject& self) { return self.scheduled; }
Status timer_set_scheduled(VM& vm, TimerHandleObject& self, Ref value) {
  CEDE_TRY(self.scheduled, is_truthy(vm, value));
  return Ok;
}
Result<std::int64_t> timer_hash(VM& vm, Ref self) {
  Value when = cast<TimerHandleObject>(self).when;
  return hash_value(vm, when);
}
Owned timer_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  if (!is<TimerHandleObject>(other)) return Owned(NotImplemented.bits);
  auto &a = cast<TimerHandleObject>(self), &b = cast<TimerHandleObject>(other);
  const auto equal = [&]() -> Result<bool> {
    CEDE_TRY(const bool when, is_equal(vm, a.when, b.when));
    if (!when) return false;
    CEDE_TRY(const bool callback, is_equal(vm, a.callback, b.callback));
    if (!callback) return false;
    CEDE_TRY(const bool arguments, is_equal(vm, a.arguments, b.arguments));
    return arguments && a.cancelled == b.cancelled;
  };
  switch (operation) {
    case CompareOperation::Equal:
    case CompareOperation::NotEqual: {
      CEDE_TRY(const bool same, equal());
      return Owned(Ref::boolean(same == (operation == CompareOperation::Equal)).bits);
    }
    case CompareOperation::Less:
    case CompareOperation::Greater: return compare(vm, a.when, b.when, operation);
    case CompareOperation::LessEqual:
    case CompareOperation::GreaterEqual: {
      CEDE_TRY(const bool strict, compare_bool(vm, a.when, b.when, operation == CompareOperation::LessEqual
                                                                       ? CompareOperation::Less : CompareOperation::Greater));
      if (strict) return Owned(True.bits);
      CEDE_TRY(const bool same, equal());
      return Owned(Ref::boolean(same).bits);
    }
  }
  return Owned(NotImplemented.bits);
}

constexpr Method handle_methods[] = {
    method<"cancel(self)", handle_cancel_method>,
    method<"cancelled(self)", handle_cancelled>,
    method<"get_context(self)", handle_get_context>,
    method<"_run(self)", handle_run_method>,
    method<"_repr_info(self)", handle_repr_info>,
};
constexpr Property handle_properties[] = {
    property<"_callback", handle_callback, handle_set_callback>,
    property<"_args", handle_args, handle_set_args>,
    property<"_loop", handle_loop>,
    property<"_context", handle_get_context>,
    property<"_cancelled", handle_cancelled>,
    property<"_source_traceback", handle_source_traceback>,
    property<"_repr", handle_kept_repr>,
};
constexpr Slots handle_slots = inherit(object_slots, [](Slots& s) {
  s.construct = handle_construct;
  s.init = accept_init;
  s.repr = handle_repr;
});
constexpr Method timer_methods[] = {method<"when(self)", timer_when>};
constexpr Property timer_properties[] = {
    property<"_when", timer_when>,
    property<"_scheduled", timer_scheduled, timer_set_scheduled>,
};
constexpr Slots timer_slots = inherit(handle_slots, [](Slots& s) {
  s.construct = timer_construct;
  s.hash = timer_hash;
  s.compare = timer_compare;
});

}  // namespace

extern const NativeType handle_type{
    .name = "asyncio.events.Handle", .id = TypeId::Dynamic, .base = nullptr, .layout = &handle_layout, .slots = &handle_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::HasWeakReferences | TypeFlag::ScriptClass, .methods = handle_methods,
    .properties = handle_properties};
extern const NativeType timer_handle_type{
    .name = "asyncio.events.TimerHandle", .id = TypeId::Dynamic, .base = &handle_type, .layout = &timer_handle_layout,
    .slots = &timer_slots, .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::HasWeakReferences | TypeFlag::ScriptClass,
    .methods = timer_methods, .properties = timer_properties};

}  // namespace cede
