// What the fast paths of locks and queues share: finding attributes, waiters, and the stand-in for a suspended method.
#include "stdlib/asyncio/primitive.hpp"

#include "runtime/core/native.hpp"

namespace cede::stdlib {

Status declare_primitive(VM& vm, Primitive which, Ref type, std::initializer_list<std::string_view> attributes,
                         bool last_is_optional) {
  if (!is<Type>(type)) return vm.raise(TypeId::TypeError, "a class was expected");
  async_state(vm).deque_class = &vm.native_type(deque_type);
  PrimitiveClass& kept = primitive_class(vm, which);
  kept.type = Value(type);
  kept.version = cast<Type>(type).version;
  kept.field_count = 0;
  for (std::string_view name : attributes) kept.names[kept.field_count++] = &vm.intern(name);
  kept.last_is_optional = last_is_optional;
  return Ok;
}

Result<Function*> method_function(VM& vm, Ref type, std::string_view name) {
  const Ref found = type_lookup(vm, cast<Type>(type), vm.intern(name));
  if (!is_exact(found, TypeId::Function)) return vm.raise(TypeId::TypeError, "no method '{}'", name);
  return &cast<Function>(found);
}

Status keep_method(VM& vm, Primitive which, std::size_t number, std::string_view name) {
  PrimitiveClass& kept = primitive_class(vm, which);
  CEDE_TRY(Function * function, method_function(vm, kept.type, name));
  kept.functions[number] = Value(Ref(*function));
  return Ok;
}

Status set_in_place(VM& vm, Ref type, std::string_view name, InPlaceAwait in_place) {
  CEDE_TRY(Function * function, method_function(vm, type, name));
  function->code->in_place = in_place;
  return Ok;
}

Status set_quick(VM& vm, Ref type, std::string_view name, QuickCall quick) {
  CEDE_TRY(Function * function, method_function(vm, type, name));
  return function->code->set_quick(vm, quick);
}

const PrimitiveClass::Place* Fields::learn_shape(PrimitiveClass& known, const Shape& shape) {
  const std::uint32_t missing = known.field_count - shape.count;
  if (missing > std::uint32_t{known.last_is_optional}) return nullptr;
  PrimitiveClass::Place place{&shape, {}};
  for (std::uint32_t i = 0; i < known.field_count; ++i) {
    const std::uint32_t index = shape.index_of(*known.names[i]);
    const bool last = i + 1 == known.field_count;
    if (index == Shape::absent && !(last && missing)) return nullptr;
    place.index[i] = index == Shape::absent ? PrimitiveClass::absent : static_cast<std::uint8_t>(index);
  }
  return &(known.places[missing] = place);
}

LoopObject* usual_running_loop(VM& vm) {
  LoopObject* loop = as_loop(vm.thread->running_loop);
  return loop && loop_is_pristine(vm, *loop) && !loop->closed ? loop : nullptr;
}

namespace {

// A new future at the end of the deque. Unbound: cannot be done natively, nothing was done. Runs no script code.
Owned add_waiter(VM& vm, const WaitPlace& place, Ref self) {
  const auto [which, field, loop_field] = place;
  LoopObject* loop = usual_running_loop(vm);
  Fields fields;
  if (!loop || !fields.find(vm, which, self)) return Owned();
  const Ref bound = fields.has(loop_field) ? fields[loop_field] : Ref(None);
  if (!bound.is_none() && bound != Ref(*loop)) return Owned();
  if (!fields[field].is_none() && !fields.deque(vm, field)) return Owned();
  if (bound.is_none()) {
    Attributes& attributes = *attributes_of(self.object());
    CEDE_TRY([[maybe_unused]] const bool set,
             attributes_set(vm, self.object(), attributes, *primitive_class(vm, which).names[loop_field], Ref(*loop)));
    if (!fields.find(vm, which, self)) return Owned();
  }
  if (fields[field].is_none()) {
    auto* made = make_object<Deque>(vm, vm.native_type(deque_type));
    if (!made) return raised;
    fields.set(field, Value::adopt(made));
  }
  CEDE_TRY(Value future, future_new(vm, Ref(*loop)));
  CEDE_CHECK(deque_append(vm, *fields.deque(vm, field), future));
  return future.take();
}

}  // namespace

bool take_first_waiter(Deque* waiters, Ref waiter) {
  if (!waiters || waiters->size() == 0 || (*waiters)[0] != waiter) return false;
  const Value taken = deque_pop_left(*waiters);
  return true;
}

bool can_wake(VM& vm, Ref waiter) {
  if (!is_plain_future(vm, waiter)) return false;
  LoopObject* loop = as_loop(cast<FutureObject>(waiter).loop);
  return loop && loop_is_pristine(vm, *loop) && !loop->closed;
}

// ---- the stand-in

namespace {

constexpr Layout wait_layout = layout_for<PrimitiveWait>();

Status make_real(VM& vm, PrimitiveWait& wait) {
  if (!wait.real.is_unbound()) return Ok;
  CEDE_TRY(wait.real, wait.kind->coroutine(vm, wait));
  wait.flags |= Finalized;  // closing is the coroutine's affair from now on
  wait.future.reset();
  return Ok;
}

Owned wait_send(VM& vm, Ref self, Ref sent, Bits& result) {
  auto& wait = cast<PrimitiveWait>(self);
  if (wait.real.is_unbound()) {
    const auto& future = cast<FutureObject>(wait.future);
    if (future.state == FutureState::Finished && !future.has_exception) {
      Bits value = Unbound.bits;
      switch (wait.kind->resume(vm, wait, value)) {
        case InPlace::Done:
          wait.flags |= Finalized;
          result = value;
          return Owned(Finished.bits);
        case InPlace::Suspended: return Owned(value);
        case InPlace::Failed: return raised;
        case InPlace::Declined: break;
      }
    }
    CEDE_CHECK(make_real(vm, wait));
  }
  const Value held = wait.real;
  Resumed resumed = generator_resume(vm, cast<Generator>(held), sent.is_unbound() ? Ref(None) : sent);
  switch (resumed.kind) {
    case Resumption::Raised: return raised;
    case Resumption::Yielded: return resumed.value.take();
    case Resumption::Returned: break;
  }
  result = resumed.value.take().bits;
  return Owned(Finished.bits);
}

Owned wait_show(VM& vm, Ref self) {
  CEDE_CHECK(make_real(vm, cast<PrimitiveWait>(self)));
  return Owned::share(cast<PrimitiveWait>(self).real);
}

void wait_frames(VM& vm, Ref self, std::vector<StandIn>& found) {
  const auto& wait = cast<PrimitiveWait>(self);
  if (!wait.real.is_unbound())
    found.push_back({*cast<Generator>(wait.real).activation.function, wait.self});
  else if (wait.kind->frames)
    wait.kind->frames(vm, wait, found);
  else
    found.push_back({wait.function, wait.self});
}

// Dropped while it waits: the coroutine is closed, as it is when it dies.
void wait_finalize(VM& vm, Ref self) {
  auto& wait = cast<PrimitiveWait>(self);
  if (make_real(vm, wait).is_raised()) vm.report_unraisable(self);
  wait.real.reset();
}

constexpr Slots wait_slots = inherit(object_slots, [](Slots& s) { s.finalize = wait_finalize; });
constexpr NativeType wait_type{.name = "_asyncio.PrimitiveWait",
                               .id = TypeId::Dynamic,
                               .base = nullptr,
                               .layout = &wait_layout,
                               .slots = &wait_slots,
                               .flags = std::uint32_t(TypeFlag::HasFinalizer),
                               .send = wait_send,
                               .show_awaited = wait_show,
                               .stands_for_coroutine = true};

}  // namespace

const Layout* PrimitiveWait::layout() { return &wait_layout; }

namespace {

PrimitiveWait* new_wait(VM& vm) {
  Type*& type = async_state(vm).primitive_wait_class;
  if (!type) {
    type = &vm.native_type(wait_type);
    async_state(vm).stand_ins.push_back({&wait_type, wait_frames});
  }
  return make_object<PrimitiveWait>(vm, *type);
}

void fill_wait(PrimitiveWait& wait, const WaitKind& kind, Function& function, Ref self, Value future, Ref item, Bits& value) {
  wait.kind = &kind;
  wait.function = Value(Ref(function));
  wait.self = Value(self);
  wait.item = Value(item);
  cast<FutureObject>(future).blocking = true;
  value = Owned::share(future).bits;
  wait.future = std::move(future);
}

}  // namespace

InPlace begin_wait(VM& vm, const WaitKind& kind, Function& function, const WaitPlace& place, Ref self, Bits& awaited,
                   Bits& value, Ref item) {
  PrimitiveWait* wait = new_wait(vm);
  if (!wait) return InPlace::Failed;
  Value made = Value::adopt(wait);
  Value future = add_waiter(vm, place, self);
  if (!is_future(future)) {
    wait->flags |= Finalized;
    return future.is_raised() ? InPlace::Failed : InPlace::Declined;
  }
  fill_wait(*wait, kind, function, self, std::move(future), item, value);
  awaited = made.take().bits;
  return InPlace::Suspended;
}

InPlace begin_wait_on(VM& vm, const WaitKind& kind, Function& function, Ref self, Value future, Bits& awaited, Bits& value,
                      Ref item) {
  PrimitiveWait* wait = new_wait(vm);
  if (!wait) return InPlace::Failed;
  fill_wait(*wait, kind, function, self, std::move(future), item, value);
  awaited = Ref(*wait).bits;
  return InPlace::Suspended;
}

InPlace wait_again(VM& vm, PrimitiveWait& wait, const WaitPlace& place, Ref self, Bits& value) {
  Value future = add_waiter(vm, place, self);
  if (future.is_raised()) return InPlace::Failed;
  if (!is_future(future)) return InPlace::Declined;
  cast<FutureObject>(future).blocking = true;
  value = Owned::share(future).bits;
  wait.future = std::move(future);
  return InPlace::Suspended;
}

}  // namespace cede::stdlib
