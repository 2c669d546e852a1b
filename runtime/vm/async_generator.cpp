// Async generators: the object, and the awaitables of asend(), athrow() and aclose().
//
// The body of an async generator is resumed by these awaitables. What it yields itself ends the awaitable with
// StopIteration(value); what it awaits passes through to whoever drives it (Generator::yielded tells the two apart).
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/vm/frame.hpp"
#include "runtime/vm/generator.hpp"
#include "runtime/vm/generator_support.hpp"
#include "runtime/vm/interpreter.hpp"
#include "runtime/vm/intrinsics.hpp"

namespace cede {

namespace {

enum class AwaitableState : std::uint8_t { Initial, Iterating, Closed };

// async_generator_asend and async_generator_athrow (for athrow and aclose).
struct AsyncGeneratorAwaitable : Object {
  [[maybe_unused]] static const Layout* layout();
  static constexpr std::uint32_t plain_words = 3;
  Value generator;
  Value sent;                  // asend: the value for the first step
  Value thrown;                // athrow: tuple (type, value, traceback)
  AwaitableState state = AwaitableState::Initial;
  bool closes = false;         // aclose()
  template<class F> static void fields(AsyncGeneratorAwaitable& self, F&& field) {
    field(self.generator); field(self.sent); field(self.thrown);
  }
};
constexpr Layout awaitable_layout = layout_for<AsyncGeneratorAwaitable>();
const Layout* AsyncGeneratorAwaitable::layout() { return &awaitable_layout; }

Generator& generator_of(AsyncGeneratorAwaitable& self) { return cast<Generator>(self.generator); }

// sys.set_asyncgen_hooks: the first iteration tells the event loop.
Status run_first_iteration_hook(VM& vm, Generator& generator) {
  if (generator.hooks_done) return Ok;
  generator.hooks_done = true;
  ThreadState& thread = *vm.thread;
  if (!thread.asyncgen_finalizer.is_unbound()) CEDE_CHECK(generator_set_hook(vm, generator, thread.asyncgen_finalizer));
  if (thread.asyncgen_firstiter.is_unbound()) return Ok;
  Value hook = thread.asyncgen_firstiter;
  CEDE_TRY(Value result, call(vm, hook, Ref(generator)));
  return Ok;
}

Owned awaitable_new(VM& vm, TypeId type, Generator& generator, Ref sent, Ref thrown, bool closes) {
  CEDE_CHECK(run_first_iteration_hook(vm, generator));
  auto* made = make_object<AsyncGeneratorAwaitable>(vm, type);
  if (!made) return raised;
  made->generator = Value(Ref(generator));
  made->sent = Value(sent);
  made->thrown = Value(thrown);
  made->closes = closes;
  return Value::adopt(made).take();
}

// It is being awaited: its end has nothing to report.
void begin(AsyncGeneratorAwaitable& self) {
  self.state = AwaitableState::Iterating;
  self.flags |= Finalized;
}

// One step of asend(): what the generator yielded itself is the result, raised as StopIteration.
Owned unwrap(VM& vm, AsyncGeneratorAwaitable& self, Resumed resumed) {
  Generator& generator = generator_of(self);
  if (resumed.kind == Resumption::Yielded) {
    if (!generator.yielded) return resumed.value.take();
    generator.ag_running = false;
    self.state = AwaitableState::Closed;
    return vm.raise_stop_iteration(resumed.value);
  }
  generator.ag_running = false;
  self.state = AwaitableState::Closed;
  if (resumed.kind == Resumption::Returned) {
    generator.closed = true;
    return vm.raise_with(TypeId::StopAsyncIteration, Unbound);
  }
  if (vm.error_is(TypeId::StopAsyncIteration) || vm.error_is(TypeId::GeneratorExit)) generator.closed = true;
  return raised;
}

// ---- asend

Owned asend_step(VM& vm, AsyncGeneratorAwaitable& self, Ref value) {
  Generator& generator = generator_of(self);
  if (self.state == AwaitableState::Closed)
    return vm.raise(TypeId::RuntimeError, "cannot reuse already awaited __anext__()/asend()");
  Value sent(value);
  if (self.state == AwaitableState::Initial) {
    if (generator.ag_running) {
      self.state = AwaitableState::Closed;
      return vm.raise(TypeId::RuntimeError, "anext(): asynchronous generator is already running");
    }
    if (sent.is_none() && !self.sent.is_unbound()) sent = self.sent;
    begin(self);
  }
  generator.ag_running = true;
  Value held{Ref(self)};
  return unwrap(vm, self, generator_resume(vm, generator, sent));
}

Owned asend_throw(VM& vm, AsyncGeneratorAwaitable& self, Ref type, Ref value, Ref traceback) {
  Generator& generator = generator_of(self);
  if (self.state == AwaitableState::Closed)
    return vm.raise(TypeId::RuntimeError, "cannot reuse already awaited __anext__()/asend()");
  if (self.state == AwaitableState::Initial) {
    if (generator.ag_running) {
      self.state = AwaitableState::Closed;
      return vm.raise(TypeId::RuntimeError, "anext(): asynchronous generator is already running");
    }
    begin(self);
    generator.ag_running = true;
  }
  CEDE_TRY(Value exception, thrown_exception(vm, type, value, traceback, !value.is_unbound() || !traceback.is_unbound()));
  Value held{Ref(self)};
  return unwrap(vm, self, generator_throw(vm, generator, std::move(exception)));
}

// ---- athrow and aclose

Owned athrow_finish(VM& vm, AsyncGeneratorAwaitable& self, Resumed resumed, bool first) {
  Generator& generator = generator_of(self);
  if (resumed.kind == Resumption::Yielded) {
    if (!generator.yielded) return resumed.value.take();
    generator.ag_running = false;
    self.state = AwaitableState::Closed;
    if (self.closes) return vm.raise(TypeId::RuntimeError, "async generator ignored GeneratorExit");
    return vm.raise_stop_iteration(resumed.value);
  }
  (void)first;
  generator.ag_running = false;
  self.state = AwaitableState::Closed;
  if (resumed.kind == Resumption::Returned) {
    generator.closed = true;
    if (self.closes) return vm.raise_stop_iteration(None);
    return vm.raise_with(TypeId::StopAsyncIteration, Unbound);
  }
  if (vm.error_is(TypeId::StopAsyncIteration) || vm.error_is(TypeId::GeneratorExit)) {
    generator.closed = true;
    if (self.closes) {
      vm.clear_error();
      return vm.raise_stop_iteration(None);
    }
  }
  return raised;
}

Owned athrow_begin(VM& vm, AsyncGeneratorAwaitable& self) {
  Generator& generator = generator_of(self);
  Value exception;
  if (self.closes) {
    CEDE_TRY(exception, call(vm, Ref(vm.type(TypeId::GeneratorExit))));
  } else {
    const Tuple& words = cast<Tuple>(self.thrown);
    Value made = thrown_exception(vm, words[0], words[1], words[2], false);
    if (made.is_raised()) return raised;
    exception = std::move(made);
  }
  return athrow_finish(vm, self, generator_throw(vm, generator, std::move(exception)), true);
}

Owned athrow_step(VM& vm, AsyncGeneratorAwaitable& self, Ref value) {
  Generator& generator = generator_of(self);
  if (self.state == AwaitableState::Closed)
    return vm.raise(TypeId::RuntimeError, "cannot reuse already awaited aclose()/athrow()");
  Value held{Ref(self)};
  if (generator.state == GeneratorState::Finished) {
    self.state = AwaitableState::Closed;
    return vm.raise_stop_iteration(None);
  }
  if (self.state == AwaitableState::Initial) {
    if (generator.ag_running) {
      self.state = AwaitableState::Closed;
      return vm.raise(TypeId::RuntimeError, "{}(): asynchronous generator is already running",
                      self.closes ? "aclose" : "athrow");
    }
    if (generator.closed) {
      self.state = AwaitableState::Closed;
      return vm.raise_with(TypeId::StopAsyncIteration, Unbound);
    }
    if (!value.is_none()) return vm.raise(TypeId::RuntimeError, "can't send non-None value to a just-started coroutine");
    begin(self);
    generator.ag_running = true;
    if (self.closes) generator.closed = true;
    return athrow_begin(vm, self);
  }
  return athrow_finish(vm, self, generator_resume(vm, generator, value), false);
}

Owned athrow_throw(VM& vm, AsyncGeneratorAwaitable& self, Ref type, Ref value, Ref traceback) {
  Generator& generator = generator_of(self);
  if (self.state == AwaitableState::Closed)
    return vm.raise(TypeId::RuntimeError, "cannot reuse already awaited aclose()/athrow()");
  if (self.state == AwaitableState::Initial) {
    if (generator.ag_running) {
      self.state = AwaitableState::Closed;
      return vm.raise(TypeId::RuntimeError, "{}(): asynchronous generator is already running",
                      self.closes ? "aclose" : "athrow");
    }
    begin(self);
    generator.ag_running = true;
  }
  CEDE_TRY(Value exception, thrown_exception(vm, type, value, traceback, !value.is_unbound() || !traceback.is_unbound()));
  Value held{Ref(self)};
  return athrow_finish(vm, self, generator_throw(vm, generator, std::move(exception)), false);
}

// ---- the awaitables' methods

bool is_asend(Ref self) { return is_exact(self, TypeId::AsyncGeneratorASend); }

Owned awaitable_send(VM& vm, AsyncGeneratorAwaitable& self, Ref value) {
  return is_asend(Ref(self)) ? asend_step(vm, self, value) : athrow_step(vm, self, value);
}
Owned awaitable_throw(VM& vm, AsyncGeneratorAwaitable& self, Ref type, Ref value, Ref traceback) {
  return is_asend(Ref(self)) ? asend_throw(vm, self, type, value, traceback) : athrow_throw(vm, self, type, value, traceback);
}
Owned awaitable_close(VM& vm, AsyncGeneratorAwaitable& self) {
  if (self.state == AwaitableState::Closed) return Owned(None.bits);
  Value result = awaitable_throw(vm, self, Ref(vm.type(TypeId::GeneratorExit)), Unbound, Unbound);
  if (!result.is_raised()) return vm.raise(TypeId::RuntimeError, "coroutine ignored GeneratorExit");
  if (vm.error_is(TypeId::StopIteration) || vm.error_is(TypeId::StopAsyncIteration) || vm.error_is(TypeId::GeneratorExit)) {
    vm.clear_error();
    return Owned(None.bits);
  }
  return raised;
}
Owned awaitable_self(VM&, Ref self) { return Owned::share(self); }
Owned awaitable_next(VM& vm, Ref self) { return awaitable_send(vm, cast<AsyncGeneratorAwaitable>(self), None); }

// For `await`: a step whose result, if it is the generator's own yield, comes without a StopIteration object.
Owned asend_delegate(VM& vm, Ref self_ref, Ref value, Bits& result) {
  auto& self = cast<AsyncGeneratorAwaitable>(self_ref);
  Generator& generator = generator_of(self);
  if (self.state == AwaitableState::Closed || (self.state == AwaitableState::Initial && generator.ag_running))
    return asend_step(vm, self, value);
  Value sent(value);
  if (self.state == AwaitableState::Initial) {
    if (sent.is_none() && !self.sent.is_unbound()) sent = self.sent;
    begin(self);
  }
  generator.ag_running = true;
  Value held(self_ref);
  Resumed resumed = generator_resume(vm, generator, sent);
  if (resumed.kind == Resumption::Yielded && generator.yielded) {
    generator.ag_running = false;
    self.state = AwaitableState::Closed;
    result = resumed.value.take().bits;
    return Owned(Finished.bits);
  }
  return unwrap(vm, self, std::move(resumed));
}

// An awaitable that was never awaited: only aclose() and athrow() of a started generator are coroutines-like enough to warn.
void awaitable_finalize(VM& vm, Ref self) {
  auto& awaitable = cast<AsyncGeneratorAwaitable>(self);
  if (awaitable.state != AwaitableState::Initial) return;
  const Generator& generator = generator_of(awaitable);
  const char* name = is_asend(self) ? "asend" : awaitable.closes ? "aclose" : "athrow";
  Value pending = vm.take_error();
  if (warn(vm, TypeId::RuntimeWarning, fmt::format("coroutine method '{}' of '{}' was never awaited", name,
                                                   cast<Str>(generator_qualified_name(generator)).view())).is_raised())
    vm.report_unraisable(self);
  if (!pending.is_unbound()) vm.set_error(std::move(pending));
}

constexpr Method awaitable_methods[] = {
    method<"send(self, value, /)", awaitable_send>,
    method<"throw(self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)", awaitable_throw>,
    method<"close(self, /)", awaitable_close>,
};
constexpr Slots awaitable_slots = inherit(object_slots, [](Slots& s) {
  s.await = awaitable_self;
  s.iter = awaitable_self;
  s.next = awaitable_next;
  s.finalize = awaitable_finalize;
});

// ---- the generator

Owned generator_repr(VM& vm, Ref self) {
  return str_from_utf8(vm, fmt::format("<async_generator object {} at {:#x}>", cast<Str>(generator_qualified_name(cast<Generator>(self))).view(),
                                       reinterpret_cast<std::uintptr_t>(self.object()))).take();
}
Owned generator_anext(VM& vm, Ref self) {
  return awaitable_new(vm, TypeId::AsyncGeneratorASend, cast<Generator>(self), Unbound, Unbound, false);
}
Owned generator_asend(VM& vm, Generator& self, Ref value) {
  return awaitable_new(vm, TypeId::AsyncGeneratorASend, self, value, Unbound, false);
}
Owned generator_athrow(VM& vm, Generator& self, Ref type, Ref value, Ref traceback) {
  if (!value.is_unbound() || !traceback.is_unbound())
    CEDE_CHECK(warn(vm, TypeId::DeprecationWarning,
                    "the (type, exc, tb) signature of athrow() is deprecated, use the single-arg signature instead."));
  CEDE_TRY(Value words, tuple_of(vm, {type, value.is_unbound() ? None : value, traceback.is_unbound() ? None : traceback}));
  return awaitable_new(vm, TypeId::AsyncGeneratorAThrow, self, Unbound, words, false);
}
Owned generator_aclose(VM& vm, Generator& self) {
  return awaitable_new(vm, TypeId::AsyncGeneratorAThrow, self, Unbound, Unbound, true);
}

Value get_frame(VM& vm, Generator& self) {
  if (self.state == GeneratorState::Finished) return Value(None);
  FrameObject* frame = frame_of(vm, &self.activation);
  return frame ? Value(Ref(*frame)) : Value(raised);
}
bool get_running(VM&, Generator& self) { return self.ag_running; }
bool get_suspended(VM&, Generator& self) { return self.state == GeneratorState::Suspended && !generator_is_running(self); }
Value get_code(VM&, Generator& self) { return Value(Ref(*self.activation.code)); }
Value get_await(VM& vm, Generator& self) {
  CEDE_CHECK(make_awaited_real(vm, self));
  const Ref awaited = generator_awaiting(self);
  return awaited.is_unbound() ? Value(None) : Value(awaited);
}

constexpr Method generator_methods[] = {
    method<"asend(self, value, /)", generator_asend>,
    method<"athrow(self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)", generator_athrow>,
    method<"aclose(self, /)", generator_aclose>,
};
constexpr Property generator_properties[] = {
    property<"__name__", generator_get_name, generator_put_name>,
    property<"__qualname__", generator_get_qualname, generator_put_qualname>,
    property<"ag_await", get_await>,          property<"ag_running", get_running>,
    property<"ag_frame", get_frame>,          property<"ag_suspended", get_suspended>,
    property<"ag_code", get_code>,
};
constexpr Slots generator_slots = inherit(object_slots, [](Slots& s) {
  s.repr = generator_repr;
  s.aiter = awaitable_self;
  s.anext = generator_anext;
  s.finalize = generator_finalize;
});

}  // namespace

Owned async_generator_awaitable(VM& vm, Generator& generator, bool iterating) {
  CEDE_TRY(Value made, awaitable_new(vm, TypeId::AsyncGeneratorASend, generator, Unbound, Unbound, false));
  if (iterating) begin(cast<AsyncGeneratorAwaitable>(made));
  return made.take();
}

Generator* driven_generator(Ref awaited) {
  if (is_exact(awaited, TypeId::AnextAwaitable)) awaited = anext_awaitable_wrapped(awaited);
  if (is_exact(awaited, TypeId::CoroutineWrapper)) awaited = cast<CoroutineWrapper>(awaited).coroutine;
  if (is_exact(awaited, TypeId::AsyncGeneratorASend) || is_exact(awaited, TypeId::AsyncGeneratorAThrow))
    awaited = cast<AsyncGeneratorAwaitable>(awaited).generator;
  return as<Generator>(awaited);
}

bool finalize_by_hook(VM& vm, Generator& generator) {
  Value hook(generator_hook(generator));
  if (hook == None || generator.closed) return false;
  Value pending = vm.take_error();
  Value result = call(vm, hook, Ref(generator));
  if (result.is_raised()) vm.report_unraisable(Ref(generator));
  if (!pending.is_unbound()) vm.set_error(std::move(pending));
  return true;
}

extern const NativeType async_generator_type{
    .name = "async_generator", .id = TypeId::AsyncGenerator, .base = nullptr, .layout = &generator_layout,
    .slots = &generator_slots, .flags = TypeFlag::HasWeakReferences | TypeFlag::HasFinalizer,
    .methods = generator_methods, .properties = generator_properties};
extern const NativeType async_generator_asend_type{
    .name = "async_generator_asend", .id = TypeId::AsyncGeneratorASend, .base = nullptr, .layout = &awaitable_layout,
    .slots = &awaitable_slots, .flags = std::uint32_t(TypeFlag::HasFinalizer), .methods = awaitable_methods,
    .send = asend_delegate};
extern const NativeType async_generator_athrow_type{
    .name = "async_generator_athrow", .id = TypeId::AsyncGeneratorAThrow, .base = nullptr, .layout = &awaitable_layout,
    .slots = &awaitable_slots, .flags = std::uint32_t(TypeFlag::HasFinalizer), .methods = awaitable_methods};

}  // namespace cede
