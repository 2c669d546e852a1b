// Slow paths that make functions and awaitables, and the rare intrinsics.
#include "runtime/core/native.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/vm/intrinsics.hpp"
#include "runtime/vm/slow_paths.hpp"

namespace cede {

Status make_function_slow(const Frame& f) {
  const unsigned parts = f.small >> lang::small_shift;
  std::int32_t at = f.c;
  Value defaults = parts & 1 ? Value::adopt(f.ref(at++)) : Value();
  Value keyword_defaults = parts & 2 ? Value::adopt(f.ref(at++)) : Value();
  Value annotations = parts & 4 ? Value::adopt(f.ref(at++)) : Value();
  Value closure = parts & 8 ? Value::adopt(f.ref(at++)) : Value();
  Value made = function_new(f.vm, cast<Code>(Ref(f.code().constants[f.b])), *f.function().globals);
  if (made.is_raised()) return raised;
  Function& function = cast<Function>(made);
  if (!defaults.is_unbound()) function.defaults = std::move(defaults);
  if (!keyword_defaults.is_unbound()) function.keyword_defaults = std::move(keyword_defaults);
  if (!annotations.is_unbound()) function.annotations = std::move(annotations);
  if (!closure.is_unbound()) function.closure = &cast<Tuple>(Ref(closure.take().bits));
  return f.finish(made.take());
}

namespace {

bool is_iterable_coroutine(Ref object) {
  return is_exact(object, TypeId::Generator) &&
         (cast<Generator>(object).activation.code->flags & lang::code_iterable_coroutine);
}

}  // namespace

Owned get_awaitable(VM& vm, Ref awaited) {
  if (is_exact(awaited, TypeId::Coroutine) || is_iterable_coroutine(awaited)) return Owned::share(awaited);
  Type& type = type_of(vm, awaited);
  if (type.native->show_awaited && !type.has(TypeFlag::Heap)) return Owned::share(awaited);  // its own iterator
  if (!type.slots->await)
    return vm.raise(TypeId::TypeError, "object {} can't be used in 'await' expression", type_name(awaited, vm));
  CEDE_TRY(Value iterator, type.slots->await(vm, awaited));
  if (is_exact(iterator, TypeId::Coroutine) || is_iterable_coroutine(iterator))
    return vm.raise(TypeId::TypeError, "__await__() returned a coroutine");
  if (!is_iterator(vm, iterator))
    return vm.raise(TypeId::TypeError, "__await__() returned non-iterator of type '{}'", type_name(iterator, vm));
  return iterator.take();
}

Status get_awaitable_slow(const Frame& f) {
  VM& vm = f.vm;
  Value awaited(f.ref(f.b));
  f.consume_flagged_b();
  const unsigned from = f.small >> lang::small_shift;
  Type& type = type_of(vm, awaited);
  if (from && !type.slots->await && !is_exact(awaited, TypeId::Coroutine) && !is_iterable_coroutine(awaited))
    return vm.raise(TypeId::TypeError, "'async with' received an object from {} that does not implement __await__: {}",
                    from == 1 ? "__aenter__" : "__aexit__", type_name(awaited, vm));
  Value iterator = get_awaitable(vm, awaited);
  if (iterator.is_raised()) return raised;
  if (is_exact(iterator, TypeId::Coroutine) && !generator_awaiting(cast<Generator>(iterator)).is_unbound())
    return vm.raise(TypeId::RuntimeError, "coroutine is being awaited already");
  return f.finish(iterator.take());
}

Status get_yield_from_slow(const Frame& f) {
  VM& vm = f.vm;
  Value iterable(f.ref(f.b));
  f.consume_flagged_b();
  const bool coroutine = is_exact(iterable, TypeId::Coroutine);
  if (coroutine) {
    if (!(f.code().flags & (lang::code_coroutine | lang::code_iterable_coroutine)))
      return vm.raise(TypeId::TypeError, "cannot 'yield from' a coroutine object in a non-coroutine generator");
    return f.finish(iterable.take());
  }
  if (is_exact(iterable, TypeId::Generator)) return f.finish(iterable.take());
  return f.finish(get_iterator(vm, iterable));
}

Status get_async_iterator_slow(const Frame& f) {
  VM& vm = f.vm;
  Value iterable(f.ref(f.b));
  f.consume_flagged_b();
  Type& type = type_of(vm, iterable);
  if (!type.slots->aiter)
    return vm.raise(TypeId::TypeError, "'async for' requires an object with __aiter__ method, got {}", type_name(iterable, vm));
  CEDE_TRY(Value iterator, type.slots->aiter(vm, iterable));
  if (!type_of(vm, iterator).slots->anext)
    return vm.raise(TypeId::TypeError,
                    "'async for' received an object from __aiter__ that does not implement __anext__: {}",
                    type_name(iterator, vm));
  return f.finish(iterator.take());
}

Status get_anext_slow(const Frame& f) {
  VM& vm = f.vm;
  const Ref iterator = f.ref(f.b);
  Type& type = type_of(vm, iterator);
  if (!type.slots->anext)
    return vm.raise(TypeId::TypeError, "'async for' requires an iterator with __anext__ method, got {}",
                    type_name(iterator, vm));
  CEDE_TRY(Value next_value, type.slots->anext(vm, iterator));
  if (is_exact(next_value, TypeId::AsyncGeneratorASend)) return f.finish(next_value.take());
  Value awaitable = get_awaitable(vm, next_value);
  if (awaitable.is_raised()) {
    Value cause = vm.take_error();
    (void)vm.raise(TypeId::TypeError, "'async for' received an invalid object from __anext__: {}", type_name(next_value, vm));
    Value error = vm.take_error();
    cast<BaseException>(error).cause = cause;
    cast<BaseException>(error).context = cause;
    cast<BaseException>(error).suppress_context = true;
    vm.set_error(std::move(error));
    return raised;
  }
  return f.finish(awaitable.take());
}

int end_async_for_slow(const Frame& f) {
  Value exception = f.small & lang::consume_a ? Value::adopt(f.ref(f.a)) : Value(f.ref(f.a));
  const Result<bool> stop = exception_matches(f.vm, exception, Ref(f.vm.type(TypeId::StopAsyncIteration)));
  if (!stop.is_raised() && *stop) return 1;
  f.vm.set_error(std::move(exception));
  return -1;
}

Resumption await_foreign(const Frame& f, Ref sent, bool first, Bits& value) {
  VM& vm = f.vm;
  Value iterator(f.ref(f.b));
  if (iterator.is_object() && has_layout(iterator.object(), &generator_layout) &&
      cast<Generator>(iterator).kind != GeneratorKind::AsyncGenerator) {
    Resumed resumed = generator_resume(vm, cast<Generator>(iterator), sent);
    value = resumed.value.take().bits;
    return resumed.kind;
  }
  Owned result;
  const auto send_slot = type_of(vm, iterator).native->send;
  if (send_slot) {
    result = send_slot(vm, iterator, first && type_of(vm, iterator).native->show_awaited ? Unbound : sent, value);
    if (result.is_finished()) return Resumption::Returned;
  } else if (sent.is_none() && type_of(vm, iterator).slots->next) {
    vm.thread->stop_value.reset();
    result = next(vm, iterator);
    if (result.is_finished()) {
      value = vm.thread->stop_value.is_unbound() ? None.bits : vm.thread->stop_value.take().bits;
      return Resumption::Returned;
    }
  } else {
    Value method = get_attribute(vm, iterator, *vm.names.send);
    result = method.is_raised() ? Owned(raised) : call(vm, method, sent);
  }
  if (!result.is_raised()) {
    value = result.bits;
    return Resumption::Yielded;
  }
  if (!vm.error_is(TypeId::StopIteration)) return Resumption::Raised;
  const Owned stopped = take_stop_iteration_value(vm);
  if (stopped.is_raised()) return Resumption::Raised;
  value = stopped.bits;
  return Resumption::Returned;
}

}  // namespace cede
