// The type `_asyncio.Future`, and FutureIter, what `await` and iteration of a future go through when a script asks for it.
#include "runtime/async/future.hpp"

#include "runtime/async/loop.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/vm/generator_support.hpp"

namespace cede {

Object* construct_future(Object* memory) {
  const Object header = *memory;
  auto* future = ::new (static_cast<void*>(memory)) FutureObject();
  static_cast<Object&>(*future) = header;
  return future;
}

Owned current_event_loop(VM& vm) {
  if (!vm.thread->running_loop.is_unbound()) return Owned::share(vm.thread->running_loop);
  CEDE_TRY(Value get_policy, async_attribute(vm, "asyncio.events", "get_event_loop_policy"));
  CEDE_TRY(Value policy, call(vm, get_policy));
  return call_method(vm, policy, vm.intern("get_event_loop"));
}

// ---- awaiting

namespace {

// The iterator of `future.__await__()`.
struct FutureIter : Object {
  static const Layout* layout();
  static constexpr std::uint32_t plain_words = 1;
  Value future;   // Unbound once finished
  template<class F> static void fields(FutureIter& self, F&& field) { field(self.future); }
};
constexpr Layout future_iter_layout = layout_for<FutureIter>();
[[maybe_unused]] const Layout* FutureIter::layout() { return &future_iter_layout; }
extern const NativeType future_iter_type;

Owned future_iter_new(VM& vm, Ref future) {
  CEDE_CHECK(check_initialised(vm, cast<FutureObject>(future)));
  auto* made = make_object<FutureIter>(vm, vm.native_type(future_iter_type));
  if (!made) return raised;
  made->future = Value(future);
  return Value::adopt(made).take();
}

// A step of the iterator: yields the pending future once, then gives its result.
Owned iter_step(VM& vm, FutureIter& self) {
  if (self.future.is_unbound()) return Owned(Finished.bits);
  auto& future = cast<FutureObject>(self.future);
  if (future.state == FutureState::Pending) {
    if (future.blocking) return vm.raise(TypeId::RuntimeError, "await wasn't used with future");
    future.blocking = true;
    return Owned::share(self.future);
  }
  Value held = std::move(self.future);
  self.future = Value();
  CEDE_TRY(Value result, future_result(vm, future));
  vm.thread->stop_value = std::move(result);
  return Owned(Finished.bits);
}
Owned iter_next(VM& vm, Ref self) { return iter_step(vm, cast<FutureIter>(self)); }
Owned iter_send(VM& vm, FutureIter& self, Ref) {
  vm.thread->stop_value.reset();
  const Owned step = iter_step(vm, self);
  if (!step.is_finished()) return step;
  const Value value = std::exchange(vm.thread->stop_value, Value());
  return vm.raise_stop_iteration(value);
}
Owned iter_self(VM&, Ref self) { return Owned::share(self); }
Owned iter_throw(VM& vm, FutureIter& self, Ref type, Ref value, Ref traceback) {
  const bool several = !value.is_unbound() || !traceback.is_unbound();
  if (several)
    CEDE_CHECK(warn(vm, TypeId::DeprecationWarning,
                    "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead."));
  // The texts of these two are not those of a generator's throw().
  if (!traceback.is_unbound() && !traceback.is_none() && !is_exact(traceback, TypeId::Traceback))
    return vm.raise(TypeId::TypeError, "throw() third argument must be a traceback");
  if (!is_exception_class(type) && !is_exception(type))
    return vm.raise(TypeId::TypeError, "exceptions must be classes deriving BaseException or instances of such a class");
  CEDE_TRY(Value exception, thrown_exception(vm, type, value, traceback, false));
  self.future.reset();
  return vm.raise_value(std::move(exception));
}
Status iter_close(VM&, FutureIter& self) {
  self.future.reset();
  return Ok;
}
constexpr Method iter_methods[] = {
    method<"send(self, value, /)", iter_send>,
    method<"throw(self, type, val=<unrepresentable>, tb=<unrepresentable>, /)", iter_throw>,
    method<"close(self)", iter_close>,
};
constexpr Slots iter_slots = inherit(object_slots, [](Slots& s) {
  s.iter = iter_self;
  s.next = iter_next;
});
constexpr NativeType future_iter_type{.name = "_asyncio.FutureIter", .id = TypeId::Dynamic, .base = nullptr,
                                      .layout = &future_iter_layout, .slots = &iter_slots,
                                      .flags = std::uint32_t(TypeFlag::HasWeakReferences), .methods = iter_methods};

}  // namespace

// `await future` by the interpreter: the future itself is the iterator. A task that takes what was yielded unsets
// `blocking`; after that another one may wait too.
Owned future_send(VM& vm, Ref self, Ref, Bits& result) {
  auto& future = cast<FutureObject>(self);
  if (future.state == FutureState::Pending) {
    CEDE_CHECK(check_initialised(vm, future));
    if (future.blocking) return vm.raise(TypeId::RuntimeError, "await wasn't used with future");
    future.blocking = true;
    return Owned::share(self);
  }
  const Owned given = future_result(vm, future);
  if (given.is_raised()) return raised;
  result = given.bits;
  return Owned(Finished.bits);
}
Owned future_show_awaited(VM& vm, Ref self) { return future_iter_new(vm, self); }

// ---- the type

namespace {

Owned future_allocate(VM& vm, Type& type, const Arguments&) {
  Object* object = allocate_instance(vm, type, sizeof(FutureObject));
  return object ? Value::adopt(construct_future(object)).take() : Owned(raised);
}
Status future_init_with(VM& vm, FutureObject& self, Ref loop) { return future_initialise(vm, self, loop); }
Status future_init(VM& vm, Ref self, const Arguments& arguments) {
  const Owned done = call_body<"Future(*, loop=None)", future_init_with>(vm, cast<FutureObject>(self), arguments);
  return done.is_raised() ? Status(raised) : Ok;
}

Owned future_repr(VM& vm, Ref self) {
  CEDE_TRY(Value function, async_attribute(vm, "asyncio.base_futures", "_future_repr"));
  return call(vm, function, self);
}

Owned get_result(VM& vm, FutureObject& self) { return future_result(vm, self); }
Owned get_exception(VM& vm, FutureObject& self) { return future_exception(vm, self); }
Status set_result(VM& vm, FutureObject& self, Ref result) { return future_set_result(vm, self, result); }
Status set_exception(VM& vm, FutureObject& self, Ref exception) { return future_set_exception(vm, self, exception); }
Status add_done_callback(VM& vm, FutureObject& self, Ref callback, Ref context) {
  return future_add_callback(vm, self, callback, context);
}
Result<std::int64_t> remove_done_callback(VM& vm, FutureObject& self, Ref callback) {
  return future_remove_callback(vm, self, callback);
}
Result<bool> cancel(VM& vm, FutureObject& self, Ref message) { return future_cancel(vm, self, message); }
bool cancelled(VM&, FutureObject& self) { return !self.loop.is_unbound() && self.state == FutureState::Cancelled; }
bool done(VM&, FutureObject& self) { return !self.loop.is_unbound() && self.state != FutureState::Pending; }
Owned get_loop(VM& vm, FutureObject& self) {
  CEDE_CHECK(check_initialised(vm, self));
  return Owned::share(self.loop);
}
Owned make_cancelled_error(VM& vm, FutureObject& self) { return future_make_cancelled_error(vm, self); }

Value field_or_none(const Value& value) { return value.is_unbound() ? Value(None) : value; }
bool get_blocking(VM&, FutureObject& self) { return self.blocking; }
Status set_blocking(VM& vm, FutureObject& self, Ref value) {
  CEDE_CHECK(check_initialised(vm, self));
  if (value.is_unbound()) return vm.raise(TypeId::AttributeError, "cannot delete attribute");
  CEDE_TRY(const bool blocking, is_truthy(vm, value));
  self.blocking = blocking;
  return Ok;
}
bool get_log_traceback(VM&, FutureObject& self) { return self.log_traceback; }
Status set_log_traceback(VM& vm, FutureObject& self, Ref value) {
  if (value.is_unbound()) return vm.raise(TypeId::AttributeError, "cannot delete attribute");
  CEDE_TRY(const bool on, is_truthy(vm, value));
  if (on) return vm.raise(TypeId::ValueError, "_log_traceback can only be set to False");
  self.log_traceback = false;
  return Ok;
}
Owned get_state(VM& vm, FutureObject& self) {
  const char* name = self.state == FutureState::Pending ? "PENDING" : self.state == FutureState::Cancelled ? "CANCELLED" : "FINISHED";
  return Owned::share(Ref(vm.intern(name)));
}
Value get_loop_field(VM&, FutureObject& self) { return field_or_none(self.loop); }
Value get_result_field(VM&, FutureObject& self) { return self.has_exception ? Value(None) : field_or_none(self.result); }
Value get_exception_field(VM&, FutureObject& self) { return self.has_exception ? self.result : Value(None); }
Owned get_callbacks(VM& vm, FutureObject& self) {
  CEDE_TRY(Value list, future_callback_list(vm, self));
  CEDE_TRY(const std::int64_t count, length(vm, list));
  return count ? list.take() : Owned(None.bits);
}
Value get_source_traceback(VM&, FutureObject& self) { return self.extra ? field_or_none(self.extra->source_traceback) : Value(None); }
Value get_cancel_message(VM&, FutureObject& self) { return self.extra ? field_or_none(self.extra->cancel_message) : Value(None); }
Status set_cancel_message(VM& vm, FutureObject& self, Ref value) {
  FutureExtra* extra = future_extra(vm, self);
  if (!extra) return raised;
  extra->cancel_message = Value(value);
  return Ok;
}

}  // namespace

// A future that dies with an exception that nobody has looked at.
void future_report_unretrieved(VM& vm, FutureObject& future, std::string_view class_name) {
  if (!future.log_traceback || !future.has_exception) return;
  future.log_traceback = false;
  Value pending = vm.take_error();
  const auto report = [&]() -> Status {
    CEDE_TRY(Value context, dict_new(vm));
    Dict& dict = cast<Dict>(context);
    CEDE_TRY(Value message, str_from_utf8(vm, fmt::format("{} exception was never retrieved", class_name)));
    CEDE_CHECK(dict_set_text(vm, dict, "message", message));
    CEDE_CHECK(dict_set_text(vm, dict, "exception", future.result));
    CEDE_CHECK(dict_set_text(vm, dict, "future", Ref(future)));
    if (future.extra && !future.extra->source_traceback.is_unbound())
      CEDE_CHECK(dict_set_text(vm, dict, "source_traceback", future.extra->source_traceback));
    CEDE_TRY(Value done, call_method(vm, future.loop, vm.intern("call_exception_handler"), context));
    return Ok;
  };
  if (report().is_raised()) vm.report_unraisable(Ref(future));
  vm.clear_error();
  if (!pending.is_unbound()) vm.set_error(std::move(pending));
}

namespace {

void future_finalize(VM& vm, Ref self) {
  auto& future = cast<FutureObject>(self);
  if (future.loop.is_unbound()) return;
  future_report_unretrieved(vm, future, cast<Str>(type_of(vm, self).name).view());
}

constexpr Method future_methods[] = {
    method<"result(self, /)", get_result>,
    method<"exception(self, /)", get_exception>,
    method<"set_result(self, result, /)", set_result>,
    method<"set_exception(self, exception, /)", set_exception>,
    method<"add_done_callback(self, fn, /, *, context=<unrepresentable>)", add_done_callback>,
    method<"remove_done_callback(self, fn, /)", remove_done_callback>,
    method<"cancel(self, /, msg=None)", cancel>,
    method<"cancelled(self, /)", cancelled>,
    method<"done(self, /)", done>,
    method<"get_loop(self, /)", get_loop>,
    method<"_make_cancelled_error(self, /)", make_cancelled_error>,
    method<"__class_getitem__(cls, item, /)", class_getitem_alias>,
};
constexpr Property future_properties[] = {
    property<"_state", get_state>,
    property<"_asyncio_future_blocking", get_blocking, set_blocking>,
    property<"_loop", get_loop_field>,
    property<"_callbacks", get_callbacks>,
    property<"_result", get_result_field>,
    property<"_exception", get_exception_field>,
    property<"_log_traceback", get_log_traceback, set_log_traceback>,
    property<"_source_traceback", get_source_traceback>,
    property<"_cancel_message", get_cancel_message, set_cancel_message>,
};
constexpr Slots future_slots = inherit(object_slots, [](Slots& s) {
  s.construct = future_allocate;
  s.init = future_init;
  s.repr = future_repr;
  s.iter = future_iter_new;
  s.await = future_iter_new;
  s.finalize = future_finalize;
});

}  // namespace

extern const NativeType future_type{
    .name = "_asyncio.Future", .id = TypeId::Dynamic, .base = nullptr, .layout = &future_layout, .slots = &future_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::HasAttributes | TypeFlag::HasWeakReferences | TypeFlag::HasFinalizer,
    .methods = future_methods, .properties = future_properties, .send = future_send, .show_awaited = future_show_awaited};

}  // namespace cede
