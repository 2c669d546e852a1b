// The type `_asyncio._LoopCore`: the native base of asyncio.BaseEventLoop.
#include <cmath>

#include "runtime/async/loop.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"

namespace cede {

namespace {

Owned core_make(VM& vm, Type& type) {
  Object* object = allocate_instance(vm, type, sizeof(LoopObject));
  if (!object) return raised;
  const Object header = *object;
  auto* loop = ::new (static_cast<void*>(object)) LoopObject();
  static_cast<Object&>(*loop) = header;
  loop->slow_callback_duration = 0.1;
  loop->clock_resolution = 1e-9;
  Value made = Value::adopt(loop);
  CEDE_CHECK(loop_open(vm, *loop));
  return made.take();
}
Owned core_construct(VM& vm, Type& type, const Arguments&) { return core_make(vm, type); }

// ---- call_soon, call_later, call_at

// The keyword argument `context` and nothing else.
Result<Ref> context_keyword(VM& vm, std::string_view name, const Arguments& arguments) {
  if (!arguments.keywords) return None;
  const Tuple& names = *arguments.keywords;
  for (std::size_t i = 0; i < names.size; ++i)
    if (cast<Str>(names[i]).view() != "context")
      return vm.raise(TypeId::TypeError, "BaseEventLoop.{}() got an unexpected keyword argument '{}'", name, cast<Str>(names[i]).view());
  return Ref(arguments.values[arguments.positional]);
}

Status check_debug(VM& vm, LoopObject& loop, Ref callback, std::string_view name, bool check_thread) {
  if (!loop.debug) return Ok;
  CEDE_TRY(Value check, async_attribute(vm, "asyncio.base_events", "_check_in_debug_mode"));
  CEDE_TRY(Value text, str_from_utf8(vm, name));
  const Bits words[4] = {Ref(loop).bits, callback.bits, text.bits(), Ref::boolean(check_thread).bits};
  CEDE_TRY(Value done, call(vm, check, Arguments{words, 4, nullptr}));
  return Ok;
}

RaisedMark missing(VM& vm, std::string_view name, std::string_view parameters, std::size_t count) {
  return vm.raise(TypeId::TypeError, "BaseEventLoop.{}() missing {} required positional argument{}: {}", name, count,
                  count == 1 ? "" : "s", parameters);
}

Owned call_soon_with(VM& vm, LoopObject& loop, const Arguments& arguments, std::string_view name, bool check_thread) {
  if (arguments.positional < 1) return missing(vm, name, "'callback'", 1);
  CEDE_TRY(const Ref context, context_keyword(vm, name, arguments));
  CEDE_CHECK(loop_check_closed(vm, loop));
  CEDE_CHECK(check_debug(vm, loop, arguments[0], name, check_thread));
  Value words = arguments.positional == 1 ? vm.empty_tuple : tuple_from_words(vm, arguments.values + 1, arguments.positional - 1);
  if (words.is_raised()) return raised;
  CEDE_TRY(Value handle, handle_new(vm, loop, arguments[0], std::move(words), context));
  CEDE_CHECK(loop_push_ready(vm, loop, ReadyEntry(ReadyKind::Handle, Owned::share(handle))));
  return handle.take();
}

Owned core_call_soon(VM& vm, Ref self, const Arguments& arguments) {
  return call_soon_with(vm, cast<LoopObject>(self), arguments, "call_soon", true);
}
Owned core_call_soon_threadsafe(VM& vm, Ref self, const Arguments& arguments) {
  auto& loop = cast<LoopObject>(self);
  CEDE_TRY(Value handle, call_soon_with(vm, loop, arguments, "call_soon_threadsafe", false));
  CEDE_TRY(Value woken, call_method(vm, self, vm.intern("_write_to_self")));
  return handle.take();
}

Owned schedule_at(VM& vm, LoopObject& loop, Ref when, double time, const Arguments& arguments, std::string_view name, Ref context) {
  CEDE_CHECK(loop_check_closed(vm, loop));
  CEDE_CHECK(check_debug(vm, loop, arguments[1], name, true));
  Value words = arguments.positional == 2 ? vm.empty_tuple : tuple_from_words(vm, arguments.values + 2, arguments.positional - 2);
  if (words.is_raised()) return raised;
  CEDE_TRY(Value timer, timer_handle_new(vm, loop, when, time, arguments[1], std::move(words), context));
  CEDE_CHECK(loop_push_timer(vm, loop, cast<TimerHandleObject>(timer)));
  return timer.take();
}

Owned core_call_at(VM& vm, Ref self, const Arguments& arguments) {
  auto& loop = cast<LoopObject>(self);
  if (arguments.positional < 1) return missing(vm, "call_at", "'when' and 'callback'", 2);
  if (arguments.positional < 2) return missing(vm, "call_at", "'callback'", 1);
  if (arguments[0].is_none()) return vm.raise(TypeId::TypeError, "when cannot be None");
  CEDE_TRY(const Ref context, context_keyword(vm, "call_at", arguments));
  CEDE_TRY(const double time, to_double(vm, arguments[0]));
  return schedule_at(vm, loop, arguments[0], time, arguments, "call_at", context);
}

Owned core_call_later(VM& vm, Ref self, const Arguments& arguments) {
  auto& loop = cast<LoopObject>(self);
  if (arguments.positional < 1) return missing(vm, "call_later", "'delay' and 'callback'", 2);
  if (arguments.positional < 2) return missing(vm, "call_later", "'callback'", 1);
  if (arguments[0].is_none()) return vm.raise(TypeId::TypeError, "delay must not be None");
  CEDE_TRY(const Ref context, context_keyword(vm, "call_later", arguments));
  if (loop_is_pristine(vm, loop) && (is_exact(arguments[0], TypeId::Float) || is_exact(arguments[0], TypeId::Int))) {
    CEDE_TRY(const double now, loop_time(vm, loop));
    CEDE_TRY(const double delay, to_double(vm, arguments[0]));
    CEDE_TRY(Value when, float_from(vm, now + delay));
    return schedule_at(vm, loop, when, now + delay, arguments, "call_later", context);
  }
  // A script's time and call_at are the ones that are called; numbers stay of the types that it uses.
  CEDE_TRY(Value now, call_method(vm, self, vm.intern("time")));
  CEDE_TRY(Value when, binary_operation(vm, now, arguments[0], BinaryOperation::Add));
  CEDE_TRY(Value method, get_attribute(vm, self, "call_at"));
  CEDE_TRY(Value words, tuple_uninitialised(vm, arguments.positional));
  cast<Tuple>(words).items[0] = when.take().bits;
  for (std::size_t i = 1; i < arguments.positional; ++i) cast<Tuple>(words).items[i] = Owned::share(arguments[i]).bits;
  CEDE_TRY(Value keywords, dict_new(vm));
  CEDE_CHECK(dict_set_str(vm, cast<Dict>(keywords), *vm.names.context, context));
  return call_with(vm, method, words, keywords);
}

Result<double> core_time(VM& vm, LoopObject&) { return static_cast<double>(vm.host.monotonic_time()) * 1e-9; }

Owned core_create_future(VM& vm, LoopObject& self) { return future_new(vm, Ref(self)); }

// create_task: name and context go to the factory only where there is one.
Owned core_create_task(VM& vm, LoopObject& self, Ref coroutine, Ref name, Ref context) {
  CEDE_CHECK(loop_check_closed(vm, self));
  if (self.task_factory.is_unbound()) return task_new(vm, coroutine, Ref(self), name, context);
  CEDE_TRY(Value with_factory, async_attribute(vm, "asyncio.base_events", "_create_task_with_factory"));
  const Bits words[4] = {Ref(self).bits, coroutine.bits, name.bits, context.bits};
  return call(vm, with_factory, Arguments{words, 4, nullptr});
}

// ---- running

Status core_run_once(VM& vm, LoopObject& self) { return loop_run_once(vm, self); }
Status core_run_until_stopped(VM& vm, LoopObject& self) {
  Str& name = vm.intern("_run_once");
  for (;;) {
    if (loop_replaces(vm, self, name)) {
      CEDE_TRY(Value done, call_method(vm, Ref(self), name));
    } else {
      CEDE_CHECK(loop_run_once(vm, self));
    }
    if (self.stopping) return Ok;
  }
}
Status core_stop(VM&, LoopObject& self) {
  self.stopping = true;
  return Ok;
}
bool core_is_running(VM&, LoopObject& self) { return self.running; }
bool core_is_closed(VM&, LoopObject& self) { return self.closed; }
Status core_check_closed(VM& vm, LoopObject& self) { return loop_check_closed(vm, self); }
bool core_get_debug(VM&, LoopObject& self) { return self.debug; }
Status core_clear(VM& vm, LoopObject& self) {
  loop_clear(vm, self);
  return Ok;
}
Status core_timer_cancelled(VM&, LoopObject& self, Ref) {
  ++self.data->cancelled_timers;
  return Ok;
}
Status core_wake(VM& vm, LoopObject& self) {
  if (self.selector.is_unbound()) {
    loop_wake(self);
    return Ok;
  }
  CEDE_TRY(Value woken, call_method(vm, Ref(self), vm.intern("_wake_selector")));
  return Ok;
}
Status core_add_ready(VM& vm, LoopObject& self, HandleObject& handle) {
  if (handle.cancelled) return Ok;
  return loop_push_ready(vm, self, ReadyEntry(ReadyKind::Handle, Owned::share(Ref(handle))));
}

// Watches a descriptor: `_watch(fd, writing, handle)`, handle None: no longer. Gives the previous handle or None.
Owned core_watch(VM& vm, LoopObject& self, std::int64_t descriptor, bool writing, Ref handle) {
  CEDE_CHECK(loop_check_closed(vm, self));
  if (descriptor > 1 << 20) return vm.raise(TypeId::ValueError, "Invalid file descriptor: {}", descriptor);
  Value slot = handle.is_none() ? Value() : Value(handle);
  CEDE_CHECK(writing ? loop_watch(vm, self, static_cast<int>(descriptor), nullptr, &slot)
                     : loop_watch(vm, self, static_cast<int>(descriptor), &slot, nullptr));
  return slot.is_unbound() ? Owned(None.bits) : slot.take();
}
Owned core_watched(VM&, LoopObject& self, std::int64_t descriptor, bool writing) {
  const auto at = static_cast<std::size_t>(descriptor);
  if (descriptor < 0 || at >= self.data->watched.size()) return Owned(None.bits);
  const Value& slot = writing ? self.data->watched[at].writer : self.data->watched[at].reader;
  return slot.is_unbound() ? Owned(None.bits) : Owned::share(slot);
}

// ---- fields

template<bool LoopObject::*Field>
bool get_flag(VM&, LoopObject& self) { return self.*Field; }
template<bool LoopObject::*Field>
Status set_flag(VM& vm, LoopObject& self, Ref value) {
  CEDE_TRY(self.*Field, is_truthy(vm, value));
  return Ok;
}
Value get_factory(VM&, LoopObject& self) { return self.task_factory.is_unbound() ? Value(None) : self.task_factory; }
Status set_factory(VM&, LoopObject& self, Ref value) {
  self.task_factory = value.is_none() ? Value() : Value(value);
  return Ok;
}
Value get_selector(VM&, LoopObject& self) { return self.selector.is_unbound() ? Value(None) : self.selector; }
Status set_selector(VM&, LoopObject& self, Ref value) {
  self.selector = value.is_none() ? Value() : Value(value);
  return Ok;
}
Value get_thread_id(VM& vm, LoopObject& self) {
  return self.running ? int_from(vm, static_cast<std::int64_t>(self.thread_id)) : Value(None);
}
Status set_thread_id(VM& vm, LoopObject& self, Ref value) {
  self.running = !value.is_none();
  if (self.running) {
    CEDE_TRY(const std::int64_t id, index_int64(vm, value));
    self.thread_id = static_cast<std::uint64_t>(id);
  }
  return Ok;
}
template<double LoopObject::*Field>
double get_seconds(VM&, LoopObject& self) { return self.*Field; }
template<double LoopObject::*Field>
Status set_seconds(VM& vm, LoopObject& self, Ref value) {
  CEDE_TRY(self.*Field, to_double(vm, value));
  return Ok;
}
// What programs that watch a loop read: the handles as a list, which is theirs to change.
Owned get_ready(VM& vm, LoopObject& self) { return loop_ready_handles(vm, self); }
Owned get_scheduled(VM& vm, LoopObject& self) {
  CEDE_TRY(Value list, list_new(vm));
  for (std::size_t i = 0; i < self.data->timers.size(); ++i) CEDE_CHECK(list_append(vm, cast<List>(list), Ref(self.data->timers[i])));
  return list.take();
}
std::int64_t get_cancelled_count(VM&, LoopObject& self) { return static_cast<std::int64_t>(self.data->cancelled_timers); }

constexpr Method core_methods[] = {
    raw_method<"call_soon(self, callback, *args, context=None)", core_call_soon>,
    raw_method<"call_soon_threadsafe(self, callback, *args, context=None)", core_call_soon_threadsafe>,
    raw_method<"call_later(self, delay, callback, *args, context=None)", core_call_later>,
    raw_method<"call_at(self, when, callback, *args, context=None)", core_call_at>,
    method<"time(self)", core_time>,
    method<"create_future(self)", core_create_future>,
    method<"create_task(self, coro, *, name=None, context=None)", core_create_task>,
    method<"stop(self)", core_stop>,
    method<"is_running(self)", core_is_running>,
    method<"is_closed(self)", core_is_closed>,
    method<"get_debug(self)", core_get_debug>,
    method<"_check_closed(self)", core_check_closed>,
    method<"_run_once(self)", core_run_once>,
    method<"_run_until_stopped(self)", core_run_until_stopped>,
    method<"_clear(self)", core_clear>,
    method<"_timer_handle_cancelled(self, handle)", core_timer_cancelled>,
    method<"_write_to_self(self)", core_wake>,
    method<"_add_callback(self, handle)", core_add_ready>,
    method<"_watch(self, fd, writing, handle)", core_watch>,
    method<"_watched(self, fd, writing)", core_watched>,
};
constexpr Property core_properties[] = {
    property<"_debug", get_flag<&LoopObject::debug>, set_flag<&LoopObject::debug>>,
    property<"_stopping", get_flag<&LoopObject::stopping>, set_flag<&LoopObject::stopping>>,
    property<"_closed", get_flag<&LoopObject::closed>, set_flag<&LoopObject::closed>>,
    property<"_task_factory", get_factory, set_factory>,
    property<"_selector", get_selector, set_selector>,
    property<"_thread_id", get_thread_id, set_thread_id>,
    property<"slow_callback_duration", get_seconds<&LoopObject::slow_callback_duration>,
             set_seconds<&LoopObject::slow_callback_duration>>,
    property<"_clock_resolution", get_seconds<&LoopObject::clock_resolution>, set_seconds<&LoopObject::clock_resolution>>,
    property<"_ready", get_ready>,
    property<"_scheduled", get_scheduled>,
    property<"_timer_cancelled_count", get_cancelled_count>,
};
constexpr Slots core_slots = inherit(object_slots, [](Slots& s) { s.construct = core_construct; });

}  // namespace

extern const NativeType loop_core_type{
    .name = "_asyncio._LoopCore", .id = TypeId::Dynamic, .base = nullptr, .layout = &loop_layout, .slots = &core_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::HasAttributes | TypeFlag::HasWeakReferences,
    .methods = core_methods, .properties = core_properties};

}  // namespace cede
