// Fast paths of Condition (locks.py), for conditions on a plain Lock.
#include "runtime/core/native.hpp"
#include "stdlib/asyncio/primitive.hpp"

namespace cede::stdlib {

namespace {

enum ConditionField : std::size_t { ConditionLock, IsLocked, Acquire, Release, ConditionWaiters, ConditionLoop };
constexpr WaitPlace condition_place{Primitive::Condition, ConditionWaiters, ConditionLoop};

bool is_method_of(VM& vm, Ref method, Ref lock, std::size_t which) {
  if (!is_exact(method, TypeId::BoundMethod)) return false;
  const BoundMethod& bound = cast<BoundMethod>(method);
  return bound.self.ref() == lock && bound.function.ref() == primitive_class(vm, Primitive::Lock).functions[which].ref();
}

// The condition's lock, borrowed; Unbound if anything about it is unusual.
Ref lock_of(VM& vm, Fields& fields, Ref condition) {
  if (!fields.find(vm, Primitive::Condition, condition)) return Unbound;
  const Ref lock = fields[ConditionLock];
  Fields of_lock;
  if (!of_lock.find(vm, Primitive::Lock, lock)) return Unbound;
  return is_method_of(vm, fields[IsLocked], lock, LockIsLocked) && is_method_of(vm, fields[Acquire], lock, FirstWaits) &&
                 is_method_of(vm, fields[Release], lock, LockRelease)
             ? lock
             : Ref(Unbound);
}

// ---- wait(), notified or waiting for the lock

// Suspended in acquire() of the lock, after having been notified.
Owned relocking_coroutine(VM& vm, PrimitiveWait& wait) {
  CEDE_TRY(Value acquire, acquire_coroutine_of(vm, Primitive::Lock, wait));
  return coroutine_at_await(vm, cast<Function>(wait.function), 1, {{"self", wait.item}, {"err", None}}, acquire);
}
// A method of the condition, in acquire() of its lock.
void locking_frames(VM& vm, const PrimitiveWait& wait, std::vector<StandIn>& found) {
  found.push_back({wait.function, wait.item});
  found.push_back({primitive_class(vm, Primitive::Lock).functions[FirstWaits], wait.self});
}
InPlace relocking_resume(VM& vm, PrimitiveWait& wait, Bits& value) { return lock_woken(vm, wait, True, value); }
constexpr WaitKind relocking_kind{relocking_resume, relocking_coroutine, locking_frames};

Owned waiting_coroutine(VM& vm, PrimitiveWait& wait) {
  return coroutine_at_await(vm, cast<Function>(wait.function), 0, {{"self", wait.self}, {"fut", wait.future}}, wait.future);
}
InPlace waiting_resume(VM& vm, PrimitiveWait& wait, Bits& value) {
  Fields fields;
  const Value lock(lock_of(vm, fields, wait.self));
  Deque* waiters = lock.is_unbound() ? nullptr : fields.deque(vm, ConditionWaiters);
  const Value notified = wait.future;
  if (!take_first_waiter(waiters, notified)) return InPlace::Declined;
  value = True.bits;
  if (take_lock(vm, lock) == InPlace::Done) return InPlace::Done;
  const InPlace waits = wait_again(vm, wait, lock_place, lock, value);
  if (waits == InPlace::Suspended) {
    wait.kind = &relocking_kind;
    wait.item = std::exchange(wait.self, lock);
  } else if (waits == InPlace::Declined) {
    if (deque_append_left(vm, *waiters, notified).is_raised()) return InPlace::Failed;
  }
  return waits;
}
constexpr WaitKind waiting_kind{waiting_resume, waiting_coroutine};

InPlace condition_wait(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits& awaited, Bits& value) {
  if (!may_begin(vm, function, count, 1)) return InPlace::Declined;
  const Ref self(arguments[0]);
  Fields fields;
  const Value lock(lock_of(vm, fields, self));
  if (lock.is_unbound() || !can_release_lock(vm, lock)) return InPlace::Declined;
  const InPlace begun = begin_wait(vm, waiting_kind, function, condition_place, self, awaited, value);
  if (begun != InPlace::Suspended || release_lock(vm, lock) == InPlace::Done) return begun;
  release(Ref(std::exchange(awaited, Unbound.bits)));
  release(Ref(std::exchange(value, Unbound.bits)));
  return InPlace::Failed;
}

// ---- notify

Owned notify(VM& vm, Ref self, std::int64_t wanted, bool all) {
  Fields fields;
  const Ref lock = lock_of(vm, fields, self);
  if (lock.is_unbound() || !is_locked(vm, lock)) return Owned();
  Deque* waiters = fields.deque(vm, ConditionWaiters);
  if (!waiters) return Owned();
  if (all) wanted = static_cast<std::int64_t>(waiters->size());
  std::int64_t left = wanted;
  for (std::size_t i = 0; i < waiters->size() && left > 0; ++i) {
    if (!can_wake(vm, (*waiters)[i])) return Owned();
    left -= is_pending((*waiters)[i]);
  }
  const Value held{Ref(*waiters)};
  for (std::size_t i = 0; i < waiters->size() && wanted > 0; ++i) {
    Value waiter((*waiters)[i]);
    if (!is_pending(waiter)) continue;
    --wanted;
    CEDE_CHECK(future_finish(vm, cast<FutureObject>(waiter), Value(False)));
  }
  return Owned(None.bits);
}

Owned quick_notify(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  if (count < 1 || count > 2 || function.version != 0 || (count == 2 && !Ref(arguments[1]).is_small())) return Owned();
  return notify(vm, Ref(arguments[0]), count == 2 ? Ref(arguments[1]).small() : 1, false);
}
Owned quick_notify_all(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  return count == 1 && function.version == 0 ? notify(vm, Ref(arguments[0]), 0, true) : Owned();
}

// ---- `async with condition`

Owned entering_coroutine(VM& vm, PrimitiveWait& wait) {
  CEDE_TRY(Value acquire, acquire_coroutine_of(vm, Primitive::Lock, wait));
  return coroutine_at_await(vm, cast<Function>(wait.function), 0, {{"self", wait.item}}, acquire);
}
InPlace entering_resume(VM& vm, PrimitiveWait& wait, Bits& value) { return lock_woken(vm, wait, None, value); }
constexpr WaitKind entering_kind{entering_resume, entering_coroutine, locking_frames};

}  // namespace

InPlace enter_condition(VM& vm, Function& enter, Ref condition, Bits& awaited, Bits& value) {
  Fields fields;
  const Value lock(lock_of(vm, fields, condition));
  if (lock.is_unbound()) return InPlace::Declined;
  if (take_lock(vm, lock) == InPlace::Done) return InPlace::Done;
  return begin_wait(vm, entering_kind, enter, lock_place, lock, awaited, value, condition);
}

InPlace leave_condition(VM& vm, Ref condition) {
  Fields fields;
  const Value lock(lock_of(vm, fields, condition));
  return lock.is_unbound() ? InPlace::Declined : release_lock(vm, lock);
}

Status accelerate_condition(VM& vm, Ref condition) {
  CEDE_CHECK(declare_primitive(vm, Primitive::Condition, condition,
                               {"_lock", "locked", "acquire", "release", "_waiters", "_loop"}));
  CEDE_CHECK(set_in_place(vm, condition, "wait", condition_wait));
  CEDE_CHECK(set_quick(vm, condition, "notify", quick_notify));
  return set_quick(vm, condition, "notify_all", quick_notify_all);
}

}  // namespace cede::stdlib
