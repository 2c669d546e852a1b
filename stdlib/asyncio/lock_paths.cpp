// Fast paths of Lock, Event, Semaphore and BoundedSemaphore (locks.py, whose code tells what happens here).
#include "runtime/core/native.hpp"
#include "runtime/async/held_locks.hpp"
#include "stdlib/asyncio/primitive.hpp"

namespace cede::stdlib {

// ---- Lock

namespace {

enum LockField : std::size_t { LockWaiters, LockLocked, LockLoop };

bool is_cancelled(VM& vm, Ref waiter, bool& known) {
  known = known && is_plain_future(vm, waiter);
  return known && cast<FutureObject>(waiter).state == FutureState::Cancelled;
}

// Nobody waits but those who have been cancelled. `known` is unset if that cannot be told.
bool nobody_waits(VM& vm, const Fields& fields, std::size_t field, bool& known) {
  if (fields[field].is_none()) return true;
  const Deque* waiters = fields.deque(vm, field);
  known = known && waiters;
  for (std::size_t i = 0; known && i < waiters->size(); ++i)
    if (!is_cancelled(vm, (*waiters)[i], known)) return false;
  return known;
}

}  // namespace

extern const WaitPlace lock_place{Primitive::Lock, LockWaiters, LockLoop};

InPlace take_lock(VM& vm, Ref self) {
  Fields fields;
  if (!fields.find(vm, Primitive::Lock, self) || !fields[LockLocked].is_bool()) return InPlace::Declined;
  bool known = true;
  if (fields[LockLocked].is_true() || !nobody_waits(vm, fields, LockWaiters, known)) return InPlace::Declined;
  fields.set(LockLocked, Value(True));
  return InPlace::Done;
}

bool is_locked(VM& vm, Ref lock) {
  Fields fields;
  return fields.find(vm, Primitive::Lock, lock) && fields[LockLocked].is_true();
}

InPlace lock_woken(VM& vm, PrimitiveWait& wait, Ref result, Bits& value) {
  Fields fields;
  if (!fields.find(vm, Primitive::Lock, wait.self) || !fields[LockLocked].is_bool()) return InPlace::Declined;
  if (!take_first_waiter(fields.deque(vm, LockWaiters), wait.future)) return InPlace::Declined;
  fields.set(LockLocked, Value(True));
  value = result.bits;
  return InPlace::Done;
}

namespace {

InPlace acquire_resume(VM& vm, PrimitiveWait& wait, Bits& value) {
  const InPlace woken = lock_woken(vm, wait, True, value);
  if (woken == InPlace::Done) note_acquired(vm, wait.self, Shares::One);
  return woken;
}
InPlace enter_resume(VM& vm, PrimitiveWait& wait, Bits& value) { return lock_woken(vm, wait, None, value); }

}  // namespace

Owned acquire_coroutine_of(VM& vm, Primitive which, PrimitiveWait& wait) {
  Function& acquire = cast<Function>(primitive_class(vm, which).functions[FirstWaits]);
  return coroutine_at_await(vm, acquire, 0, {{"self", wait.self}, {"fut", wait.future}}, wait.future);
}

namespace {

// __aenter__(), suspended in acquire().
Owned enter_coroutine_of(VM& vm, Primitive which, PrimitiveWait& wait) {
  CEDE_TRY(Value acquire, acquire_coroutine_of(vm, which, wait));
  return coroutine_at_await(vm, cast<Function>(wait.function), 0, {{"self", wait.self}}, acquire);
}
template<Primitive which>
Owned acquire_coroutine(VM& vm, PrimitiveWait& wait) { return acquire_coroutine_of(vm, which, wait); }
template<Primitive which>
Owned enter_coroutine(VM& vm, PrimitiveWait& wait) { return enter_coroutine_of(vm, which, wait); }

template<Primitive which>
void enter_frames(VM& vm, const PrimitiveWait& wait, std::vector<StandIn>& found) {
  found.push_back({wait.function, wait.self});
  found.push_back({primitive_class(vm, which).functions[FirstWaits], wait.self});
}

constexpr WaitKind lock_acquire_kind{acquire_resume, acquire_coroutine<Primitive::Lock>};
constexpr WaitKind lock_enter_kind{enter_resume, enter_coroutine<Primitive::Lock>, enter_frames<Primitive::Lock>};

// What release() has to wake: Unbound if nobody. Declined: it cannot be told, or woken natively.
InPlace first_to_wake(VM& vm, Ref lock, Fields& fields, Value& first) {
  if (!fields.find(vm, Primitive::Lock, lock) || !fields[LockLocked].is_true()) return InPlace::Declined;
  const Deque* waiters = fields.deque(vm, LockWaiters);
  if (!waiters && !fields[LockWaiters].is_none()) return InPlace::Declined;
  if (!waiters || waiters->size() == 0) return InPlace::Done;
  first = Value((*waiters)[0]);
  return can_wake(vm, first) ? InPlace::Done : InPlace::Declined;
}

}  // namespace

bool can_release_lock(VM& vm, Ref lock) {
  Fields fields;
  Value first;
  return first_to_wake(vm, lock, fields, first) == InPlace::Done;
}

InPlace release_lock(VM& vm, Ref self) {
  Fields fields;
  Value first;
  if (first_to_wake(vm, self, fields, first) == InPlace::Declined) return InPlace::Declined;
  fields.set(LockLocked, Value(False));
  (void)note_released(vm, self);
  if (!first.is_unbound() && is_pending(first) &&
      future_finish(vm, cast<FutureObject>(first), Value(True)).is_raised())
    return InPlace::Failed;
  return InPlace::Done;
}

namespace {

Owned quick_release_lock(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  if (count != 1 || function.version != 0) return Owned();
  return quick_result(release_lock(vm, Ref(arguments[0])));
}

InPlace lock_acquire(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits& awaited, Bits& value) {
  if (!may_begin(vm, function, count, 1)) return InPlace::Declined;
  const Ref self(arguments[0]);
  value = True.bits;
  if (take_lock(vm, self) == InPlace::Done) {
    note_acquired(vm, self, Shares::One);
    return InPlace::Done;
  }
  return begin_wait(vm, lock_acquire_kind, function, lock_place, self, awaited, value);
}

// ---- Semaphore

enum SemaphoreField : std::size_t { SemaphoreWaiters, SemaphoreValue, SemaphoreBoundOrLoop, BoundedLoop };

// A Semaphore or BoundedSemaphore.
struct SemaphoreView {
  Primitive which;
  Fields fields;
  bool find(VM& vm, Ref self) {
    which = primitive_of(vm, self);
    if (which != Primitive::Semaphore && which != Primitive::BoundedSemaphore) return false;
    return fields.find(vm, which, self) && fields[SemaphoreValue].is_small() && fields[SemaphoreValue].small() >= 0;
  }
  WaitPlace place() const {
    return {which, SemaphoreWaiters, which == Primitive::Semaphore ? SemaphoreBoundOrLoop : BoundedLoop};
  }
  std::int64_t value() const { return fields[SemaphoreValue].small(); }
  void set_value(std::int64_t value) const { fields.set(SemaphoreValue, Value::small(value)); }
};

// Hands one share to the first that is not done; gives whether there was one.
Result<bool> hand_over(VM& vm, const SemaphoreView& semaphore) {
  Deque* waiters = semaphore.fields.deque(vm, SemaphoreWaiters);
  for (std::size_t i = 0; waiters && i < waiters->size(); ++i) {
    Value waiter((*waiters)[i]);
    if (!is_pending(waiter)) continue;
    semaphore.set_value(semaphore.value() - 1);
    CEDE_CHECK(future_finish(vm, cast<FutureObject>(waiter), Value(True)));
    return true;
  }
  return false;
}

bool can_hand_over(VM& vm, const SemaphoreView& semaphore) {
  if (semaphore.fields[SemaphoreWaiters].is_none()) return true;
  const Deque* waiters = semaphore.fields.deque(vm, SemaphoreWaiters);
  if (!waiters) return false;
  for (std::size_t i = 0; i < waiters->size(); ++i) {
    if (!can_wake(vm, (*waiters)[i])) return false;
    if (is_pending((*waiters)[i])) break;
  }
  return true;
}

InPlace take_semaphore(VM& vm, Ref self) {
  SemaphoreView semaphore;
  bool known = true;
  if (!semaphore.find(vm, self) || semaphore.value() == 0 || !nobody_waits(vm, semaphore.fields, SemaphoreWaiters, known))
    return InPlace::Declined;
  semaphore.set_value(semaphore.value() - 1);
  return InPlace::Done;
}

InPlace semaphore_woken(VM& vm, PrimitiveWait& wait, Ref result, Bits& value) {
  SemaphoreView semaphore;
  if (!semaphore.find(vm, wait.self) || !can_hand_over(vm, semaphore)) return InPlace::Declined;
  if (semaphore.value() > 0) return InPlace::Declined;   // several are woken: the script's code does that
  if (!take_first_waiter(semaphore.fields.deque(vm, SemaphoreWaiters), wait.future)) return InPlace::Declined;
  value = result.bits;
  return InPlace::Done;
}
InPlace semaphore_resume(VM& vm, PrimitiveWait& wait, Bits& value) {
  const InPlace woken = semaphore_woken(vm, wait, True, value);
  if (woken == InPlace::Done) note_acquired(vm, wait.self, Shares::Several);
  return woken;
}
InPlace semaphore_enter_resume(VM& vm, PrimitiveWait& wait, Bits& value) { return semaphore_woken(vm, wait, None, value); }
constexpr WaitKind semaphore_kind{semaphore_resume, acquire_coroutine<Primitive::Semaphore>};
constexpr WaitKind semaphore_enter_kind{semaphore_enter_resume, enter_coroutine<Primitive::Semaphore>,
                                         enter_frames<Primitive::Semaphore>};

InPlace semaphore_acquire(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits& awaited, Bits& value) {
  if (!may_begin(vm, function, count, 1)) return InPlace::Declined;
  const Ref self(arguments[0]);
  value = True.bits;
  if (take_semaphore(vm, self) == InPlace::Done) {
    note_acquired(vm, self, Shares::Several);
    return InPlace::Done;
  }
  SemaphoreView semaphore;
  if (!semaphore.find(vm, self)) return InPlace::Declined;
  return begin_wait(vm, semaphore_kind, function, semaphore.place(), self, awaited, value);
}

InPlace release_semaphore(VM& vm, Ref self) {
  SemaphoreView semaphore;
  if (!semaphore.find(vm, self) || !can_hand_over(vm, semaphore) || !Ref::fits_small(semaphore.value() + 1))
    return InPlace::Declined;
  if (semaphore.which == Primitive::BoundedSemaphore) {
    const Ref bound = semaphore.fields[SemaphoreBoundOrLoop];
    if (!bound.is_small() || semaphore.value() >= bound.small()) return InPlace::Declined;
  }
  semaphore.set_value(semaphore.value() + 1);
  return hand_over(vm, semaphore).is_raised() ? InPlace::Failed : InPlace::Done;
}
Owned quick_release_semaphore(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  if (count != 1 || function.version != 0) return Owned();
  switch (release_semaphore(vm, Ref(arguments[0]))) {
    case InPlace::Done: note_semaphore_released(vm, Ref(arguments[0])); return Owned(None.bits);
    case InPlace::Failed: return raised;
    default: return Owned();
  }
}
// BoundedSemaphore.release calls Semaphore.release on its own instances, without looking at the bound again.
Owned quick_release_unbounded(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  Fields fields;
  if (count != 1 || !fields.find(vm, Primitive::Semaphore, Ref(arguments[0]))) return Owned();
  return quick_release_semaphore(vm, function, arguments, count);
}

// ---- `async with` on any of them

InPlace enter(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits& awaited, Bits& value) {
  if (!may_begin(vm, function, count, 1)) return InPlace::Declined;
  const Ref self(arguments[0]);
  value = None.bits;
  switch (primitive_of(vm, self)) {
    case Primitive::Lock:
      if (take_lock(vm, self) == InPlace::Done) return InPlace::Done;
      return begin_wait(vm, lock_enter_kind, function, lock_place, self, awaited, value);
    case Primitive::Semaphore:
    case Primitive::BoundedSemaphore: {
      if (take_semaphore(vm, self) == InPlace::Done) return InPlace::Done;
      SemaphoreView semaphore;
      if (!semaphore.find(vm, self)) return InPlace::Declined;
      return begin_wait(vm, semaphore_enter_kind, function, semaphore.place(), self, awaited, value);
    }
    case Primitive::Condition: return enter_condition(vm, function, self, awaited, value);
    default: return InPlace::Declined;
  }
}

InPlace leave(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits&, Bits& value) {
  if (!may_begin(vm, function, count, 4)) return InPlace::Declined;
  const Ref self(arguments[0]);
  value = None.bits;
  switch (primitive_of(vm, self)) {
    case Primitive::Lock: return release_lock(vm, self);
    case Primitive::Semaphore:
    case Primitive::BoundedSemaphore:
      (void)note_released(vm, self);   // of one that was entered by the script's code
      return release_semaphore(vm, self);
    case Primitive::Condition: return leave_condition(vm, self);
    default: return InPlace::Declined;
  }
}

// ---- Event

enum EventField : std::size_t { EventWaiters, EventValue, EventLoop };
constexpr WaitPlace event_place{Primitive::Event, EventWaiters, EventLoop};

InPlace event_resume(VM& vm, PrimitiveWait& wait, Bits& value) {
  Fields fields;
  if (!fields.find(vm, Primitive::Event, wait.self) || !take_first_waiter(fields.deque(vm, EventWaiters), wait.future))
    return InPlace::Declined;
  value = True.bits;
  return InPlace::Done;
}
constexpr WaitKind event_kind{event_resume, acquire_coroutine<Primitive::Event>};

InPlace event_wait(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits& awaited, Bits& value) {
  Fields fields;
  if (!may_begin(vm, function, count, 1) || !fields.find(vm, Primitive::Event, Ref(arguments[0]))) return InPlace::Declined;
  if (!fields[EventValue].is_bool()) return InPlace::Declined;
  value = True.bits;
  if (fields[EventValue].is_true()) return InPlace::Done;
  return begin_wait(vm, event_kind, function, event_place, Ref(arguments[0]), awaited, value);
}

Owned quick_event_set(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  if (count != 1 || function.version != 0) return Owned();
  CEDE_TRY(const bool done, event_set_natively(vm, Ref(arguments[0])));
  return done ? Owned(None.bits) : Owned();
}

}  // namespace

Result<bool> event_set_natively(VM& vm, Ref event) {
  Fields fields;
  if (!fields.find(vm, Primitive::Event, event) || !fields[EventValue].is_bool()) return false;
  if (fields[EventValue].is_true()) return true;
  Deque* waiters = fields.deque(vm, EventWaiters);
  if (!waiters) return false;
  for (std::size_t i = 0; i < waiters->size(); ++i)
    if (!can_wake(vm, (*waiters)[i])) return false;
  fields.set(EventValue, Value(True));
  const Value held{Ref(*waiters)};
  for (std::size_t i = 0; i < waiters->size(); ++i) {
    Value waiter((*waiters)[i]);
    if (is_pending(waiter)) CEDE_CHECK(future_finish(vm, cast<FutureObject>(waiter), Value(True)));
  }
  return true;
}

bool event_clear_natively(VM& vm, Ref event) {
  Fields fields;
  if (!fields.find(vm, Primitive::Event, event)) return false;
  fields.set(EventValue, Value(False));
  return true;
}

Status accelerate_locks(VM& vm, Ref lock, Ref event, Ref condition, Ref semaphore, Ref bounded_semaphore) {
  CEDE_CHECK(declare_primitive(vm, Primitive::Lock, lock, {"_waiters", "_locked", "_loop"}));
  CEDE_CHECK(declare_primitive(vm, Primitive::Event, event, {"_waiters", "_value", "_loop"}));
  CEDE_CHECK(declare_primitive(vm, Primitive::Semaphore, semaphore, {"_waiters", "_value", "_loop"}));
  CEDE_CHECK(declare_primitive(vm, Primitive::BoundedSemaphore, bounded_semaphore,
                               {"_waiters", "_value", "_bound_value", "_loop"}));
  CEDE_CHECK(keep_method(vm, Primitive::Lock, FirstWaits, "acquire"));
  CEDE_CHECK(keep_method(vm, Primitive::Lock, LockRelease, "release"));
  CEDE_CHECK(keep_method(vm, Primitive::Lock, LockIsLocked, "locked"));
  CEDE_CHECK(keep_method(vm, Primitive::Event, FirstWaits, "wait"));
  CEDE_CHECK(keep_method(vm, Primitive::Semaphore, FirstWaits, "acquire"));
  CEDE_CHECK(set_in_place(vm, lock, "acquire", lock_acquire));
  CEDE_CHECK(set_quick(vm, lock, "release", quick_release_lock));
  CEDE_CHECK(set_in_place(vm, lock, "__aenter__", enter));   // shared by all that have it
  CEDE_CHECK(set_in_place(vm, lock, "__aexit__", leave));
  CEDE_CHECK(set_in_place(vm, semaphore, "acquire", semaphore_acquire));
  CEDE_CHECK(set_quick(vm, semaphore, "release", quick_release_unbounded));
  CEDE_CHECK(set_quick(vm, bounded_semaphore, "release", quick_release_semaphore));
  CEDE_CHECK(set_in_place(vm, event, "wait", event_wait));
  CEDE_CHECK(set_quick(vm, event, "set", quick_event_set));
  return accelerate_condition(vm, condition);
}

}  // namespace cede::stdlib
