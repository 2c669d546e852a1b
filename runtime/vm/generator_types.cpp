// The types generator and coroutine: their methods, finalisers and reflection.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/vm/frame.hpp"
#include "runtime/vm/generator.hpp"
#include "runtime/vm/generator_support.hpp"
#include "runtime/vm/interpreter.hpp"
#include "runtime/vm/traceback.hpp"

namespace cede {

std::size_t Generator::variable_size(const Generator& self) {
  const std::size_t words = self.activation.code ? self.activation.code->frame_words : 0;
  return sizeof(Generator) + words * sizeof(Bits);
}

void Generator::abandon(Heap& heap) {
  detach_delegate();
  if (!activation.frame) return;
  frame_detach(heap.vm(), &activation);
  release(Ref(std::exchange(activation.frame, nullptr)));
}

// One that dies suspended (it refused to be closed).
constexpr Layout generator_layout = [] {
  Layout layout = layout_for<Generator>();
  layout.retire = [](Heap& heap, Object& object) {
    auto& generator = static_cast<Generator&>(object);
    if (!generator.frame_cleared) generator.abandon(heap);
  };
  return layout;
}();

void Generator::dispose(Heap&, Generator& self) {
  // Released as a field.
  self.activation.code = nullptr;
  self.activation.function = nullptr;
}

// ---- results as scripts see them

Owned give_resumed(VM& vm, Generator& generator, Resumed resumed) {
  switch (resumed.kind) {
    case Resumption::Yielded: return resumed.value.take();
    case Resumption::Raised: return raised;
    case Resumption::Returned: break;
  }
  if (generator.kind == GeneratorKind::AsyncGenerator) return vm.raise_with(TypeId::StopAsyncIteration, Unbound);
  return vm.raise_stop_iteration(resumed.value);
}

// The exception that throw(type_or_value, value, traceback) means: an instance, checked. Warns about the old form.
Owned thrown_exception(VM& vm, Ref type, Ref value, Ref traceback, bool several) {
  if (several)
    CEDE_CHECK(warn(vm, TypeId::DeprecationWarning,
                    "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead."));
  if (!traceback.is_unbound() && !traceback.is_none() && !is_exact(traceback, TypeId::Traceback))
    return vm.raise(TypeId::TypeError, "throw() third argument must be a traceback object");
  Value exception;
  if (is_exception_class(type)) {
    if (is_exception(value) && is_subtype(*value.object()->type, cast<Type>(type))) {
      exception = Value(value);
    } else if (value.is_unbound() || value.is_none()) {
      CEDE_TRY(exception, call(vm, type));
    } else if (is_exact(value, TypeId::Tuple)) {
      CEDE_TRY(exception, call_with(vm, type, value, Unbound));
    } else {
      CEDE_TRY(exception, call(vm, type, value));
    }
    if (!is_exception(exception))
      return vm.raise(TypeId::TypeError, "calling {} should have returned an instance of BaseException, not {}",
                      repr_text(vm, type), repr_text(vm, Ref(type_of(vm, exception))));
  } else if (is_exception(type)) {
    if (!value.is_unbound() && !value.is_none())
      return vm.raise(TypeId::TypeError, "instance exception may not have a separate value");
    exception = Value(type);
  } else {
    return vm.raise(TypeId::TypeError, "exceptions must be classes or instances deriving from BaseException, not {}",
                    type_name(type, vm));
  }
  if (is_exact(traceback, TypeId::Traceback)) cast<BaseException>(exception).traceback = Value(traceback);
  return exception.take();
}

// ---- names, for all three kinds

Value generator_get_name(VM&, Generator& self) { return Value(generator_name(self)); }
Status generator_put_name(VM& vm, Generator& self, Ref value) {
  if (!is<Str>(value)) return vm.raise(TypeId::TypeError, "__name__ must be set to a string object");
  return generator_set_names(vm, self, value, generator_qualified_name(self));
}
Value generator_get_qualname(VM&, Generator& self) { return Value(generator_qualified_name(self)); }
Status generator_put_qualname(VM& vm, Generator& self, Ref value) {
  if (!is<Str>(value)) return vm.raise(TypeId::TypeError, "__qualname__ must be set to a string object");
  return generator_set_names(vm, self, generator_name(self), value);
}

namespace {

Owned generator_repr(VM& vm, Ref self) {
  const Generator& g = cast<Generator>(self);
  const char* kind = g.kind == GeneratorKind::Generator ? "generator" : g.kind == GeneratorKind::Coroutine ? "coroutine" : "async_generator";
  return str_from_utf8(vm, fmt::format("<{} object {} at {:#x}>", kind, cast<Str>(generator_qualified_name(g)).view(),
                                       reinterpret_cast<std::uintptr_t>(&g))).take();
}

Owned generator_next(VM& vm, Ref self) {
  Generator& generator = cast<Generator>(self);
  Resumed resumed = generator_resume(vm, generator, None);
  if (resumed.kind == Resumption::Yielded) return resumed.value.take();
  if (resumed.kind == Resumption::Raised) return raised;
  vm.thread->stop_value = std::move(resumed.value);
  return Owned(Finished.bits);
}
Owned generator_iter(VM&, Ref self) { return Owned::share(self); }

Owned generator_send(VM& vm, Generator& self, Ref value) { return give_resumed(vm, self, generator_resume(vm, self, value)); }
Owned generator_throw_method(VM& vm, Generator& self, Ref type, Ref value, Ref traceback) {
  CEDE_TRY(Value exception, thrown_exception(vm, type, value, traceback, !value.is_unbound() || !traceback.is_unbound()));
  return give_resumed(vm, self, generator_throw(vm, self, std::move(exception)));
}
Owned generator_close_method(VM& vm, Generator& self) { return generator_close(vm, self); }

Value get_frame(VM& vm, Generator& self) {
  if (self.state == GeneratorState::Finished) return Value(None);
  FrameObject* frame = frame_of(vm, &self.activation);
  return frame ? Value(Ref(*frame)) : Value(raised);
}
bool get_running(VM&, Generator& self) { return generator_is_running(self); }
bool get_suspended(VM&, Generator& self) {
  return self.state == GeneratorState::Suspended && !generator_is_running(self);
}
Value get_code(VM&, Generator& self) { return Value(Ref(*self.activation.code)); }
Value get_awaiting(VM& vm, Generator& self) {
  CEDE_CHECK(make_awaited_real(vm, self));
  const Ref awaited = generator_awaiting(self);
  if (awaited.is_unbound()) return Value(None);
  if (const auto show = type_of(vm, awaited).native->show_awaited) return Value(show(vm, awaited));
  return Value(awaited);
}
Value get_origin(VM&, Generator& self) { return Value(generator_hook(self)); }

constexpr Method generator_methods[] = {
    method<"send(self, value, /)", generator_send>,
    method<"throw(self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)", generator_throw_method>,
    method<"close(self, /)", generator_close_method>,
};
constexpr Property generator_properties[] = {
    property<"__name__", generator_get_name, generator_put_name>,
    property<"__qualname__", generator_get_qualname, generator_put_qualname>,
    property<"gi_yieldfrom", get_awaiting>,
    property<"gi_running", get_running>,
    property<"gi_frame", get_frame>,
    property<"gi_suspended", get_suspended>,
    property<"gi_code", get_code>,
};
constexpr Slots generator_slots = inherit(object_slots, [](Slots& s) {
  s.repr = generator_repr;
  s.iter = generator_iter;
  s.next = generator_next;
  s.finalize = generator_finalize;
});

// ---- coroutines

Owned coroutine_await(VM& vm, Ref self) {
  CoroutineWrapper* wrapper = make_object<CoroutineWrapper>(vm, TypeId::CoroutineWrapper);
  if (!wrapper) return raised;
  wrapper->coroutine = Value(self);
  return Value::adopt(wrapper).take();
}

constexpr Property coroutine_properties[] = {
    property<"__name__", generator_get_name, generator_put_name>,
    property<"__qualname__", generator_get_qualname, generator_put_qualname>,
    property<"cr_await", get_awaiting>,
    property<"cr_running", get_running>,
    property<"cr_frame", get_frame>,
    property<"cr_suspended", get_suspended>,
    property<"cr_code", get_code>,
    property<"cr_origin", get_origin>,
};
constexpr Slots coroutine_slots = inherit(object_slots, [](Slots& s) {
  s.repr = generator_repr;
  s.await = coroutine_await;
  s.finalize = generator_finalize;
});

// coroutine.__await__(): an iterator over the coroutine.
Generator& wrapped(CoroutineWrapper& self) { return cast<Generator>(self.coroutine); }
Owned wrapper_next(VM& vm, Ref self) { return generator_next(vm, cast<CoroutineWrapper>(self).coroutine); }
Owned wrapper_send(VM& vm, CoroutineWrapper& self, Ref value) { return generator_send(vm, wrapped(self), value); }
Owned wrapper_throw(VM& vm, CoroutineWrapper& self, Ref type, Ref value, Ref traceback) {
  return generator_throw_method(vm, wrapped(self), type, value, traceback);
}
Owned wrapper_close(VM& vm, CoroutineWrapper& self) { return generator_close(vm, wrapped(self)); }
constexpr Method wrapper_methods[] = {
    method<"send(self, value, /)", wrapper_send>,
    method<"throw(self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)", wrapper_throw>,
    method<"close(self, /)", wrapper_close>,
};
constexpr Slots wrapper_slots = inherit(object_slots, [](Slots& s) {
  s.iter = generator_iter;
  s.next = wrapper_next;
});

}  // namespace

// A generator or coroutine that dies: unfinished ones are closed; a coroutine that never ran is reported.
void generator_finalize(VM& vm, Ref self) {
  Generator& generator = cast<Generator>(self);
  if (generator.state == GeneratorState::Finished) return;
  if (generator.kind == GeneratorKind::AsyncGenerator && finalize_by_hook(vm, generator)) return;
  if (generator.state == GeneratorState::Created) {
    if (generator.kind == GeneratorKind::Coroutine) warn_never_awaited(vm, generator);
    generator.state = GeneratorState::Finished;
    clear_suspended_frame(vm, generator);
    return;
  }
  Value result = generator_close(vm, generator);
  if (result.is_raised()) vm.report_unraisable(self);
}

constexpr Layout coroutine_wrapper_layout = layout_for<CoroutineWrapper>();
extern const NativeType generator_type{
    .name = "generator", .id = TypeId::Generator, .base = nullptr, .layout = &generator_layout, .slots = &generator_slots,
    .flags = TypeFlag::HasWeakReferences | TypeFlag::HasFinalizer, .methods = generator_methods,
    .properties = generator_properties};
extern const NativeType coroutine_type{
    .name = "coroutine", .id = TypeId::Coroutine, .base = nullptr, .layout = &generator_layout, .slots = &coroutine_slots,
    .flags = TypeFlag::HasWeakReferences | TypeFlag::HasFinalizer, .methods = generator_methods,
    .properties = coroutine_properties};
extern const NativeType coroutine_wrapper_type{
    .name = "coroutine_wrapper", .id = TypeId::CoroutineWrapper, .base = nullptr, .layout = &coroutine_wrapper_layout,
    .slots = &wrapper_slots, .flags = 0, .methods = wrapper_methods};

}  // namespace cede
