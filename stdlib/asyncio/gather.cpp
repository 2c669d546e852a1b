// Fast paths of create_task and gather, and the loop over gather's children.
#include "runtime/async/loop.hpp"
#include "runtime/async/task.hpp"
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/cell.hpp"
#include "runtime/types/context.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/code.hpp"
#include "stdlib/asyncio/accelerate.hpp"
#include "stdlib/asyncio/primitive.hpp"

namespace cede::stdlib {

namespace {

LoopObject* pristine_loop(VM& vm, Ref loop) {
  LoopObject* native = as_loop(loop);
  return native && loop_is_pristine(vm, *native) && !native->closed ? native : nullptr;
}

Owned quick_create_task(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  if (count != 1 || function.version != 0 || !is_exact(Ref(arguments[0]), TypeId::Coroutine)) return Owned();
  const Value loop = vm.thread->running_loop;
  if (!pristine_loop(vm, loop)) return Owned();
  return task_new(vm, Ref(arguments[0]), loop, None, None);
}

// The cells of gather's done callback, in the order of its free variables.
enum DoneCallbackCell : std::size_t { Children, Expected, Finished_, Outer, ReturnExceptions, cell_count };
constexpr std::string_view cell_names[cell_count] = {"children", "expected", "finished", "outer",
                                                     "return_exceptions"};

enum GatheringField : std::size_t { GatheredChildren, CancelRequested };

// The last child has ended: outer.set_result(results). Unbound: not done.
Owned finish_outer(VM& vm, Ref outer, Ref children) {
  Fields fields;
  if (!fields.find(vm, Primitive::GatheringFuture, outer) || !fields[CancelRequested].is_false() ||
      !is_exact(children, TypeId::List) || !as_loop(cast<FutureObject>(outer).loop) ||
      !loop_is_pristine(vm, *as_loop(cast<FutureObject>(outer).loop)))
    return Owned();
  const List& list = cast<List>(children);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!is_plain_future(vm, list[i])) return Owned();
    const auto& child = cast<FutureObject>(list[i]);
    if (child.state != FutureState::Finished || child.has_exception) return Owned();
  }
  const Value held(outer);
  CEDE_TRY(Value results, gather_results(vm, children));
  CEDE_CHECK(future_finish(vm, cast<FutureObject>(outer), std::move(results)));
  return Owned(None.bits);
}

Owned quick_done_callback(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  if (count != 1 || !function.closure || function.closure->size != cell_count) return Owned();
  const FutureObject* future = as<FutureObject>(Ref(arguments[0]));
  if (!future || future->state != FutureState::Finished || future->has_exception ||
      future->type->has(TypeFlag::Heap))
    return Owned();
  const auto cell = [&](DoneCallbackCell which) -> Cell& { return cast<Cell>((*function.closure)[which]); };
  const FutureObject* outer = as<FutureObject>(cell(Outer).content);
  const Ref finished = cell(Finished_).content, expected = cell(Expected).content;
  if (!outer || outer->state != FutureState::Pending || !finished.is_small() || !expected.is_small())
    return Owned();
  if (finished.small() + 1 >= expected.small()) {
    const Owned done = finish_outer(vm, cell(Outer).content, cell(Children).content);
    if (done.ref().is_unbound() || done.is_raised()) return done;
  }
  cell(Finished_).content = Value::small(finished.small() + 1);
  return Owned(None.bits);
}

Code* nested_code(VM& vm, Code& code, std::string_view name) {
  if (code.prepare(vm).is_raised()) return nullptr;
  for (std::uint32_t i = 0; i < code.constant_count; ++i)
    if (const Ref constant(code.constants[i]);
        is_exact(constant, TypeId::Code) && cast<Code>(constant).unit->name == name)
      return &cast<Code>(constant);
  (void)vm.raise(TypeId::SystemError, "no code '{}' in '{}'", name, code.unit->name);
  return nullptr;
}

}  // namespace

Status accelerate_create_task(VM& vm, Ref function) {
  return cast<Function>(function).code->set_quick(vm, quick_create_task);
}

namespace {

// ensure_future(argument, loop=loop), natively for plain futures and for coroutines on a pristine loop.
Owned child_of(VM& vm, Ref argument, Ref loop, Ref ensure_future) {
  if (is_plain_future(vm, argument) && (loop.is_none() || cast<FutureObject>(argument).loop.ref() == loop))
    return Owned::share(argument);
  if (is_exact(argument, TypeId::Coroutine)) {
    const Value on = loop.is_none() ? vm.thread->running_loop : Value(loop);
    if (pristine_loop(vm, on)) return task_new(vm, argument, on, None, None);
  }
  CEDE_TRY(Value names, tuple_of(vm, {Ref(*vm.names.loop)}));
  const Bits words[2] = {argument.bits, loop.bits};
  return call(vm, ensure_future, Arguments{words, 1, &cast<Tuple>(names)});
}

Result<bool> is_done(VM& vm, Ref future) {
  if (is_plain_future(vm, future)) return cast<FutureObject>(future).state != FutureState::Pending;
  CEDE_TRY(Value answer, call_method(vm, future, vm.intern("done")));
  return is_truthy(vm, answer);
}

Owned loop_of(VM& vm, Ref future) {
  if (const FutureObject* native = as<FutureObject>(future); native && is_plain_future(vm, future))
    return Owned::share(native->loop);
  CEDE_TRY(Value function, async_attribute(vm, "asyncio.futures", "_get_loop"));
  return call(vm, function, future);
}

// All arguments are native futures or coroutines, none of them twice: then nothing needs to be looked up.
class DistinctArguments {
 public:
  DistinctArguments(VM& vm, std::span<const Bits> arguments) : arguments_(arguments) {
    for (; marked_ < arguments.size(); ++marked_) {
      const Ref argument(arguments[marked_]);
      if (!is_plain_future(vm, argument) && !is_exact(argument, TypeId::Coroutine)) return;
      if (argument.object()->flags & mark) return;
      argument.object()->flags |= mark;
    }
    distinct_ = true;
  }
  ~DistinctArguments() {
    for (std::size_t i = 0; i < marked_; ++i) Ref(arguments_[i]).object()->flags &= ~mark;
  }
  DistinctArguments(const DistinctArguments&) = delete;
  bool distinct() const { return distinct_; }

 private:
  static constexpr std::uint32_t mark = KindFlag4;
  std::span<const Bits> arguments_;
  std::size_t marked_ = 0;
  bool distinct_ = false;
};

bool are_distinct(VM& vm, std::span<const Bits> arguments) { return DistinctArguments(vm, arguments).distinct(); }

}  // namespace

Owned gather_children(VM& vm, Ref arguments, Ref callback, Ref ensure_future) {
  Tuple& given = cast<Tuple>(arguments);
  CEDE_TRY(Value children, list_with_capacity(vm, given.size));
  CEDE_TRY(Value done, list_new(vm));
  const bool distinct = are_distinct(vm, {given.items, given.size});
  Value made;
  if (!distinct) {
    CEDE_TRY(made, dict_new(vm));
  }
  Value loop(None), context;
  for (std::size_t i = 0; i < given.size; ++i) {
    const Ref argument = given[i];
    Value future;
    if (!distinct) {
      CEDE_TRY(future, dict_get(vm, cast<Dict>(made), argument));
    }
    if (future.is_unbound()) {
      CEDE_TRY(future, child_of(vm, argument, loop, ensure_future));
      if (loop.is_none()) {
        CEDE_TRY(loop, loop_of(vm, future));
      }
      if (future.ref() != argument) {  // nobody else can look after it
        if (is_plain_future(vm, future))
          cast<FutureObject>(future).log_destroy_pending = false;
        else
          CEDE_CHECK(set_attribute(vm, future, vm.intern("_log_destroy_pending"), False));
      }
      if (!distinct) CEDE_CHECK(dict_set(vm, cast<Dict>(made), argument, future));
      CEDE_TRY(const bool finished, is_done(vm, future));
      if (finished) {
        CEDE_CHECK(list_append(vm, cast<List>(done), future));
      } else if (is_plain_future(vm, future)) {
        // The callback changes no context variable: one copy of the context serves all children.
        if (context.is_unbound()) {
          CEDE_TRY(context, copy_current_context(vm));
        }
        CEDE_CHECK(future_add_callback(vm, cast<FutureObject>(future), callback, context));
      } else {
        CEDE_TRY(Value added, call_method(vm, future, *vm.names.add_done_callback, callback));
      }
    }
    CEDE_CHECK(list_append(vm, cast<List>(children), future));
  }
  const std::size_t count = distinct ? given.size : dict_size(cast<Dict>(made));
  return tuple_of(vm, {children, Ref::small(static_cast<std::int64_t>(count)), done, loop}).take();
}

Owned gather_results(VM& vm, Ref futures) {
  List& list = cast<List>(futures);
  CEDE_TRY(Value outcome, async_attribute(vm, "asyncio.tasks", "_outcome"));
  CEDE_TRY(Value results, list_with_capacity(vm, list.size()));
  for (std::size_t i = 0; i < list.size(); ++i) {
    Value child(list[i]);
    const bool plain = is_plain_future(vm, child) &&
                       cast<FutureObject>(child).state == FutureState::Finished &&
                       !cast<FutureObject>(child).has_exception;
    CEDE_TRY(Value result, plain ? Owned::share(cast<FutureObject>(child).result) : call(vm, outcome, child));
    CEDE_CHECK(list_append(vm, cast<List>(results), result));
  }
  return results.take();
}

namespace {

Owned new_gathering_future(VM& vm, Ref children, Ref loop) {
  PrimitiveClass& known = primitive_class(vm, Primitive::GatheringFuture);
  Object* object = allocate_instance(vm, cast<Type>(known.type), sizeof(FutureObject));
  if (!object) return raised;
  Value made = Value::adopt(construct_future(object));
  CEDE_CHECK(future_initialise(vm, cast<FutureObject>(made), loop));
  Attributes& attributes = *attributes_of(object);
  CEDE_CHECK(attributes_set(vm, object, attributes, *known.names[GatheredChildren], children));
  CEDE_CHECK(attributes_set(vm, object, attributes, *known.names[CancelRequested], False));
  return made.take();
}

// gather(*coroutines_and_futures), all of them different, plain and of the running loop.
Owned quick_gather(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  PrimitiveClass& known = primitive_class(vm, Primitive::GatheringFuture);
  LoopObject* loop = usual_running_loop(vm);
  const std::span<const Bits> given(arguments, count);
  if (count == 0 || function.version != 0 || !loop || cast<Type>(known.type).version != known.version ||
      !are_distinct(vm, given))
    return Owned();
  for (const Bits word : given)
    if (is_future(Ref(word)) && cast<FutureObject>(Ref(word)).loop.ref() != Ref(*loop)) return Owned();
  CEDE_TRY(Value children, list_with_capacity(vm, count));
  CEDE_TRY(Value closure, tuple_uninitialised(vm, cell_count));
  const Ref contents[cell_count] = {children, Ref::small(count), Ref::small(0), None, False};
  for (std::size_t i = 0; i < cell_count; ++i) {
    CEDE_TRY(Value cell, cell_new(vm, contents[i]));
    cast<Tuple>(closure).items[i] = cell.take().bits;
  }
  CEDE_TRY(Value callback, function_new(vm, cast<Code>(known.functions[0]), *function.globals));
  cast<Function>(callback).closure = &cast<Tuple>(Ref(Owned::share(closure).bits));
  CEDE_TRY(Value context, copy_current_context(vm));
  bool any_done = false;
  for (const Bits word : given) {
    Value child{Ref(word)};
    if (!is_future(child)) {
      CEDE_TRY(child, task_new(vm, Ref(word), Ref(*loop), None, None));
      cast<FutureObject>(child).log_destroy_pending = false;   // nobody else can look after it
    }
    auto& future = cast<FutureObject>(child);
    if (future.state == FutureState::Pending)
      CEDE_CHECK(future_add_callback(vm, future, callback, context));
    else
      any_done = true;
    CEDE_CHECK(list_append(vm, cast<List>(children), child));
  }
  CEDE_TRY(Value outer, new_gathering_future(vm, children, Ref(*loop)));
  cast<Cell>(cast<Tuple>(closure)[Outer]).content = outer;
  for (std::size_t i = 0; any_done && i < count; ++i) {
    const Value child(cast<List>(children)[i]);
    if (is_pending(child)) continue;
    CEDE_TRY(Value told, call(vm, callback, child));
  }
  return outer.take();
}

}  // namespace

Status accelerate_gather(VM& vm, Ref function, Ref gathering_future) {
  Code* code = nested_code(vm, *cast<Function>(function).code, "_done_callback");
  if (!code) return raised;
  const auto& names = code->unit->free_names;
  if (names.size() != cell_count || !std::equal(names.begin(), names.end(), cell_names))
    return vm.raise(TypeId::SystemError,
                    "the done callback of gather has other variables than its fast path");
  CEDE_CHECK(declare_primitive(vm, Primitive::GatheringFuture, gathering_future, {"_children", "_cancel_requested"}, false));
  primitive_class(vm, Primitive::GatheringFuture).functions[0] = Value(Ref(*code));
  CEDE_CHECK(code->set_quick(vm, quick_done_callback));
  return cast<Function>(function).code->set_quick(vm, quick_gather);
}

}  // namespace cede::stdlib
