// Slow paths of raise, except, with and match statements.
#include "runtime/core/native.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/bound_method.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/vm/slow_paths.hpp"

namespace cede {

Status enter_handler_slow(const Frame& f) {
  Value& handled = f.vm.thread->handled->exception;
  Bits previous = handled.take().bits;
  if (previous == Unbound.bits) previous = None.bits;
  handled = Value(f.ref(f.b));
  f.store(previous);
  return Ok;
}

namespace {

// What may stand after `except`: an exception class or a tuple of them.
Status check_exception_types(VM& vm, Ref types, bool groups_too) {
  const auto check = [&](Ref type) -> Status {
    if (!is_exception_class(type))
      return vm.raise(TypeId::TypeError, "catching classes that do not inherit from BaseException is not allowed");
    if (groups_too && is_subtype(cast<Type>(type), vm.type(TypeId::BaseExceptionGroup)))
      return vm.raise(TypeId::TypeError, "catching ExceptionGroup with except* is not allowed. Use except instead.");
    return Ok;
  };
  if (!is<Tuple>(types)) return check(types);
  for (Bits word : cast<Tuple>(types)) CEDE_CHECK(check(Ref(word)));
  return Ok;
}

}  // namespace

int match_exception_slow(const Frame& f) {
  VM& vm = f.vm;
  Value types(f.ref(f.c));
  f.consume_flagged_c();
  const Ref exception = f.ref(f.b);
  // The usual case: a builtin or script class, no tuple.
  if (is_exception_class(types)) return !is_subtype(*exception.object()->type, cast<Type>(types));
  if (check_exception_types(vm, types, false).is_raised()) return -1;
  const Result<bool> matches = exception_matches(vm, exception, types);
  return matches.is_raised() ? -1 : !*matches;
}

Status match_exception_group_slow(const Frame& f) {
  VM& vm = f.vm;
  Value exception = Value::adopt(f.ref(f.b)), types(f.ref(f.c));
  f.consume_flagged_c();
  CEDE_CHECK(check_exception_types(vm, types, true));
  Value match(None), rest(None);
  if (!exception.is_none()) CEDE_CHECK(exception_group_match(vm, exception, types, match, rest));
  f.r[f.a] = match.take().bits;
  f.r[f.a + 1] = rest.take().bits;
  return Ok;
}

Status combine_exception_group_slow(const Frame& f) {
  Value original(f.ref(f.b)), list(f.ref(f.c));
  f.consume_flagged_b();
  f.consume_flagged_c();
  return f.finish(exception_group_reraise(f.vm, original, list));
}

namespace {

// The instance to raise for `raise x`: x, or x() for a class.
Owned make_exception(VM& vm, Ref raised_value) {
  if (is_exception(raised_value)) return Owned::share(raised_value);
  if (!is_exception_class(raised_value)) return vm.raise(TypeId::TypeError, "exceptions must derive from BaseException");
  CEDE_TRY(Value made, call(vm, raised_value));
  if (!is_exception(made))
    return vm.raise(TypeId::TypeError, "calling {} should have returned an instance of BaseException, not {}",
                    repr_text(vm, raised_value), repr_text(vm, Ref(type_of(vm, made))));
  return made.take();
}

Owned make_cause(VM& vm, Ref cause) {
  if (cause.is_none() || is_exception(cause)) return Owned::share(cause);
  if (!is_exception_class(cause)) return vm.raise(TypeId::TypeError, "exception causes must derive from BaseException");
  CEDE_TRY(Value made, call(vm, cause));
  if (!is_exception(made))
    return vm.raise(TypeId::TypeError, "calling {} should have returned an instance of BaseException, not {}",
                    repr_text(vm, cause), repr_text(vm, Ref(type_of(vm, made))));
  return made.take();
}

bool given(std::int32_t reg) { return reg != -1 && reg != lang::no_register; }

}  // namespace

// sys.exception() of the thread: the innermost that is being handled. Borrowed; None if there is none.
Ref handled_exception(ThreadState& thread) {
  for (HandledException* level = thread.handled; level; level = level->previous)
    if (!level->exception.is_unbound() && !level->exception.is_none()) return level->exception;
  return None;
}

namespace {

Status raise_given(const Frame& f) {
  VM& vm = f.vm;
  Value value(f.ref(f.a));
  f.consume_flagged_a();
  Value cause = given(f.b) ? Value(f.ref(f.b)) : Value();
  if (given(f.b)) f.consume_flagged_b();
  CEDE_TRY(Value exception, make_exception(vm, value));
  if (!cause.is_unbound()) {
    CEDE_TRY(Value made, make_cause(vm, cause));
    auto& object = cast<BaseException>(exception);
    object.cause = std::move(made);
    object.suppress_context = true;
  }
  return vm.raise_value(std::move(exception));
}

}  // namespace

bool raise_slow(const Frame& f) {
  if (given(f.a)) {
    (void)raise_given(f).is_raised();
    return false;
  }
  const Ref current = handled_exception(*f.vm.thread);
  if (current.is_none()) {
    (void)f.vm.raise(TypeId::RuntimeError, "No active exception to reraise");
    return false;
  }
  f.vm.set_error(Value(current));
  return true;
}

namespace {

// The TypeError of `with` for an object that lacks a method of context managers.
RaisedMark refuse_manager(VM& vm, Ref manager, bool is_async, bool is_exit) {
  std::string text = fmt::format("'{}' object does not support the {}context manager protocol", type_name(manager, vm),
                                 is_async ? "asynchronous " : "");
  if (is_exit) text += is_async ? " (missed __aexit__ method)" : " (missed __exit__ method)";
  return vm.raise_text(TypeId::TypeError, text);
}

// Begins `await function(arguments)` without a coroutine, if that can be. Failed: raised.
void begin_awaited(const Frame& f, Function& function, std::initializer_list<Ref> arguments, const lang::Instruction* after,
                   AwaitedCall& made) {
  if (function.code->in_place) {
    const auto count = static_cast<std::uint32_t>(arguments.size());
    made.begun = function.code->in_place(f.vm, function, &arguments.begin()->bits, count, made.awaited, made.value);
  }
  if (made.begun == InPlace::Declined) made.pushed = push_awaited_apart(f.vm, f.activation, function, arguments, after);
}

// with_enter. `after`: see with_enter_await_slow; null: the method is called as usual.
Status enter_context(const Frame& f, const lang::Instruction* after, AwaitedCall& made) {
  VM& vm = f.vm;
  const bool is_async = (f.small >> lang::small_shift) & 1;
  Value manager(f.ref(f.b));
  f.consume_flagged_b();
  SpecialMethod enter;
  CEDE_CHECK(find_special_method(vm, manager, is_async ? *vm.names.__aenter__ : *vm.names.__enter__, enter));
  if (enter.callable.is_unbound()) return refuse_manager(vm, manager, is_async, false);
  CEDE_TRY(Value exit, find_special(vm, manager, is_async ? *vm.names.__aexit__ : *vm.names.__exit__));
  if (exit.is_unbound()) return refuse_manager(vm, manager, is_async, true);
  if (after && enter.needs_self && is_exact(enter.callable, TypeId::Function))
    begin_awaited(f, cast<Function>(enter.callable), {manager}, after, made);
  if (made.begun == InPlace::Failed) return raised;
  const bool begun = made.pushed || made.begun != InPlace::Declined;
  Value result;
  if (!begun) {
    result = enter.needs_self ? call(vm, enter.callable, manager) : call(vm, enter.callable);
    if (result.is_raised()) return raised;
  }
  f.r[f.c] = exit.take().bits;
  return begun ? Status(Ok) : f.finish(result.take());
}

}  // namespace

Status with_enter_slow(const Frame& f) {
  AwaitedCall never;
  return enter_context(f, nullptr, never);
}

Status with_enter_await_slow(const Frame& f, const lang::Instruction* after, AwaitedCall& made) {
  return enter_context(f, after, made);
}

Status with_exit_slow(const Frame& f) {
  Value exit(f.ref(f.b));
  f.consume_flagged_b();
  const Bits none[3] = {None.bits, None.bits, None.bits};
  return f.finish(call(f.vm, exit, Arguments{none, 3, nullptr}));
}

Status with_exit_await_slow(const Frame& f, const lang::Instruction* after, AwaitedCall& made) {
  const Value exit(f.ref(f.b));
  if (is_exact(exit, TypeId::BoundMethod)) {
    const BoundMethod& method = cast<BoundMethod>(exit);
    if (is_exact(method.function, TypeId::Function))
      begin_awaited(f, cast<Function>(method.function), {method.self, None, None, None}, after, made);
  }
  if (!made.pushed && made.begun == InPlace::Declined) return with_exit_slow(f);
  f.consume_flagged_b();
  return made.begun == InPlace::Failed ? Status(raised) : Ok;
}

Status with_exit_exception_slow(const Frame& f) {
  Value exception(f.ref(f.c));
  Value traceback(cast<BaseException>(exception).traceback);
  if (traceback.is_unbound()) traceback = Value(None);
  const Bits arguments[3] = {Ref(*exception.object()->type).bits, exception.bits(), traceback.bits()};
  return f.finish(call(f.vm, f.ref(f.b), Arguments{arguments, 3, nullptr}));
}

// ---- match

Status match_sequence_slow(const Frame& f) {
  f.store(Ref::boolean(type_of(f.vm, f.ref(f.b)).has(TypeFlag::SequencePattern)).bits);
  return Ok;
}

Status match_mapping_slow(const Frame& f) {
  f.store(Ref::boolean(type_of(f.vm, f.ref(f.b)).has(TypeFlag::MappingPattern)).bits);
  return Ok;
}

Status match_keys_slow(const Frame& f) {
  VM& vm = f.vm;
  const Ref subject = f.ref(f.b);
  Tuple& keys = cast<Tuple>(f.ref(f.c));
  if (keys.size == 0) {
    f.store(Value(vm.empty_tuple).take().bits);
    return Ok;
  }
  CEDE_TRY(Value get, get_attribute(vm, subject, *vm.names.get));
  CEDE_TRY(Value absent, call(vm, Ref(vm.type(TypeId::Object))));
  CEDE_TRY(Value values, tuple_uninitialised(vm, keys.size));
  for (std::size_t i = 0; i < keys.size; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      CEDE_TRY(const bool same, is_equal(vm, keys[j], keys[i]));
      if (same)
        return vm.raise(TypeId::ValueError, "mapping pattern checks duplicate key ({})", repr_text(vm, keys[i]));
    }
    CEDE_TRY(Value value, call(vm, get, keys[i], absent));
    if (value.object() == absent.object() && value.is_object()) {
      f.store(None.bits);
      return Ok;
    }
    cast<Tuple>(values).items[i] = value.take().bits;
  }
  return f.finish(values.take());
}

namespace {

// An attribute for a class pattern; Unbound if there is none.
Owned pattern_attribute(VM& vm, Ref subject, Ref class_, Str& name, Value& seen) {
  CEDE_TRY(const bool repeated, contains(vm, seen, Ref(name)));
  if (repeated)
    return vm.raise(TypeId::TypeError, "{}() got multiple sub-patterns for attribute '{}'",
                    short_name(cast<Type>(class_)), name.view());
  CEDE_TRY(Value grown, tuple_uninitialised(vm, cast<Tuple>(seen).size + 1));
  for (std::size_t i = 0; i < cast<Tuple>(seen).size; ++i)
    cast<Tuple>(grown).items[i] = Owned::share(cast<Tuple>(seen)[i]).bits;
  cast<Tuple>(grown).items[cast<Tuple>(seen).size] = Owned::share(Ref(name)).bits;
  seen = std::move(grown);
  return find_attribute(vm, subject, name);
}

// The attributes of a class pattern in order, or None where one is absent.
Owned match_attributes(VM& vm, Ref subject, Ref class_, const Tuple& names, std::uint32_t positional) {
  Type& type = cast<Type>(class_);
  CEDE_TRY(Value values, tuple_uninitialised(vm, positional + names.size));
  Value seen = vm.empty_tuple;
  std::size_t at = 0;
  if (positional) {
    CEDE_TRY(Value match_args, find_attribute(vm, class_, *vm.names.__match_args__));
    const bool self = match_args.is_unbound() && type.has(TypeFlag::MatchSelf);
    if (match_args.is_unbound()) match_args = vm.empty_tuple;
    if (!is_exact(match_args, TypeId::Tuple))
      return vm.raise(TypeId::TypeError, "{}.__match_args__ must be a tuple (got {})", short_name(type),
                      type_name(match_args, vm));
    const std::uint64_t allowed = self ? 1 : cast<Tuple>(match_args).size;
    if (allowed < positional)
      return vm.raise(TypeId::TypeError, "{}() accepts {} positional sub-pattern{} ({} given)", short_name(type), allowed,
                      allowed == 1 ? "" : "s", positional);
    if (self) {
      cast<Tuple>(values).items[at++] = Owned::share(subject).bits;
    } else {
      for (std::uint32_t i = 0; i < positional; ++i) {
        const Ref name = cast<Tuple>(match_args)[i];
        if (!is_exact(name, TypeId::Str))
          return vm.raise(TypeId::TypeError, "__match_args__ elements must be strings (got {})", type_name(name, vm));
        const InternedName interned(vm, cast<Str>(name));
        if (interned.failed()) return raised;
        CEDE_TRY(Value found, pattern_attribute(vm, subject, class_, *interned, seen));
        if (found.is_unbound()) return Owned(None.bits);
        cast<Tuple>(values).items[at++] = found.take().bits;
      }
    }
  }
  for (Bits word : names) {
    CEDE_TRY(Value found, pattern_attribute(vm, subject, class_, cast<Str>(Ref(word)), seen));
    if (found.is_unbound()) return Owned(None.bits);
    cast<Tuple>(values).items[at++] = found.take().bits;
  }
  return values.take();
}

}  // namespace

Status match_class_slow(const Frame& f, std::uint32_t positional) {
  VM& vm = f.vm;
  Value class_ = Value::adopt(f.ref(f.c)), names = Value::adopt(f.ref(f.c + 1));
  Value subject(f.ref(f.b));
  if (!is<Type>(class_))
    return vm.raise(TypeId::TypeError, "called match pattern must be a class");
  CEDE_TRY(const bool instance, is_instance(vm, subject, class_));
  if (!instance) {
    f.store(None.bits);
    return Ok;
  }
  return f.finish(match_attributes(vm, subject, class_, cast<Tuple>(names), positional));
}

}  // namespace cede
