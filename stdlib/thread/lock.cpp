// _thread.lock and _thread.RLock. Their state changes only under the isolate lock; a thread that must wait blocks on the
// state's word and tries again when it is woken.
#include <fmt/format.h>

#include "runtime/host/host.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/wait.hpp"
#include "stdlib/thread/thread.hpp"
#include "stdlib/time/time.hpp"

namespace cede::stdlib {

namespace {

struct Lock : Object {
  [[maybe_unused]] static const Layout* layout();
  std::atomic<std::uint32_t> locked;
  std::uint32_t waiting;
};
constinit const Layout lock_layout = layout_for<Lock>();
const Layout* Lock::layout() { return &lock_layout; }

struct RLock : Object {
  [[maybe_unused]] static const Layout* layout();
  std::atomic<std::uint32_t> locked;
  std::uint32_t waiting;
  std::uint64_t owner;      // thread ident; 0: free
  std::uint64_t count;
};
constinit const Layout rlock_layout = layout_for<RLock>();
const Layout* RLock::layout() { return &rlock_layout; }

// Takes the word of a lock; false when the time is over.
template<class L>
Result<bool> take(VM& vm, L& lock, std::int64_t nanoseconds) {
  if (lock.locked.load() == 0) {
    lock.locked = 1;
    return true;
  }
  if (nanoseconds == 0) return false;
  const Value held{Ref(lock)};
  const std::int64_t deadline = deadline_after(vm, nanoseconds);
  for (;;) {
    ++lock.waiting;
    const Waited waited = wait_on(vm, lock.locked, 1, deadline);
    --lock.waiting;
    if (waited == Waited::Interrupted) CEDE_CHECK(vm.check_interrupts());
    if (lock.locked.load() == 0) {
      lock.locked = 1;
      return true;
    }
    if (waited == Waited::TimedOut) return false;
  }
}
template<class L>
void give(VM& vm, L& lock) {
  lock.locked = 0;
  if (lock.waiting) wake_one(vm, lock.locked);
}

// ---- lock

Owned lock_construct(VM& vm, Type& type, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "lock"));
  CEDE_CHECK(check_argument_count(vm, arguments, "lock", 0, 0));
  Lock* made = make_object<Lock>(vm, type, 0);
  if (!made) return raised;
  return Value::adopt(made);
}
Result<bool> lock_acquire(VM& vm, Lock& self, bool blocking, Ref timeout) {
  CEDE_TRY(const std::int64_t nanoseconds, lock_timeout(vm, blocking, timeout));
  return take(vm, self, nanoseconds);
}
Status lock_release(VM& vm, Lock& self) {
  if (!self.locked.load()) return vm.raise(TypeId::RuntimeError, "release unlocked lock");
  give(vm, self);
  return Ok;
}
bool lock_locked(VM&, Lock& self) { return self.locked.load() != 0; }
Result<bool> lock_enter(VM& vm, Lock& self) { return take(vm, self, -1); }
Status lock_exit(VM& vm, Lock& self, Rest) { return lock_release(vm, self); }
Status lock_reinit(VM&, Lock& self) {
  self.locked = 0;
  return Ok;
}
Owned lock_repr(VM& vm, Ref self) {
  const Lock& lock = cast<Lock>(self);
  return str_from_external(vm, fmt::format("<{} {} object at {}>", lock.locked.load() ? "locked" : "unlocked",
                                           full_name(vm, type_of(vm, self)), static_cast<const void*>(&lock)));
}

constexpr Slots lock_slots = inherit(object_slots, [](Slots& s) {
  s.repr = lock_repr;
  s.construct = lock_construct;
});
constexpr Method lock_methods[] = {
    method<"acquire_lock($self, blocking=True, timeout=-1)", lock_acquire>,
    method<"acquire($self, blocking=True, timeout=-1)", lock_acquire>,
    method<"release_lock($self)", lock_release>,
    method<"release($self)", lock_release>,
    method<"locked_lock($self)", lock_locked>,
    method<"locked($self)", lock_locked>,
    method<"__enter__($self)", lock_enter>,
    method<"__exit__($self, *args)", lock_exit>,
    method<"_at_fork_reinit($self)", lock_reinit>,
};

// ---- RLock

Owned rlock_construct(VM& vm, Type& type, const Arguments&) {
  RLock* made = make_instance<RLock>(vm, type);
  if (!made) return raised;
  return Value::adopt(made);
}
bool is_owner(VM& vm, const RLock& self) { return self.owner == vm.thread->id && self.count > 0; }

Result<bool> rlock_take(VM& vm, RLock& self, std::int64_t nanoseconds) {
  if (is_owner(vm, self)) {
    ++self.count;
    return true;
  }
  CEDE_TRY(const bool taken, take(vm, self, nanoseconds));
  if (taken) {
    self.owner = vm.thread->id;
    self.count = 1;
  }
  return taken;
}
void rlock_give(VM& vm, RLock& self) {
  self.owner = self.count = 0;
  give(vm, self);
}

Result<bool> rlock_acquire(VM& vm, RLock& self, bool blocking, Ref timeout) {
  CEDE_TRY(const std::int64_t nanoseconds, lock_timeout(vm, blocking, timeout));
  return rlock_take(vm, self, nanoseconds);
}
Status rlock_release(VM& vm, RLock& self) {
  if (!is_owner(vm, self)) return vm.raise(TypeId::RuntimeError, "cannot release un-acquired lock");
  if (--self.count == 0) rlock_give(vm, self);
  return Ok;
}
Result<bool> rlock_enter(VM& vm, RLock& self) { return rlock_take(vm, self, -1); }
Status rlock_exit(VM& vm, RLock& self, Rest) { return rlock_release(vm, self); }
bool rlock_is_owned(VM& vm, RLock& self) { return is_owner(vm, self); }
std::int64_t rlock_recursion_count(VM& vm, RLock& self) {
  return is_owner(vm, self) ? static_cast<std::int64_t>(self.count) : 0;
}
Owned rlock_release_save(VM& vm, RLock& self) {
  if (self.count == 0) return vm.raise(TypeId::RuntimeError, "cannot release un-acquired lock");
  CEDE_TRY(const Value owner, int_from(vm, static_cast<std::int64_t>(self.owner)));
  CEDE_TRY(Value saved, tuple_of(vm, {Ref::small(static_cast<std::int64_t>(self.count)), owner}));
  rlock_give(vm, self);
  return saved.take();
}
Status rlock_acquire_restore(VM& vm, RLock& self, Ref saved) {
  if (!is<Tuple>(saved) || cast<Tuple>(saved).size != 2)
    return vm.raise(TypeId::TypeError, "_acquire_restore() argument 1 must be 2-item sequence, not {}", type_name(saved, vm));
  CEDE_TRY(const std::int64_t count, index_int64(vm, cast<Tuple>(saved)[0]));
  CEDE_TRY(const std::int64_t owner, index_int64(vm, cast<Tuple>(saved)[1]));
  // Whatever comes, the caller goes on owning the lock: errors of signal handlers wait until it is taken.
  Value error;
  for (;;) {
    auto taken = take(vm, self, -1);
    if (!taken.is_raised()) break;
    if (vm.stopped) return raised;
    error = vm.take_error();
  }
  self.count = static_cast<std::uint64_t>(count);
  self.owner = static_cast<std::uint64_t>(owner);
  if (error.is_unbound()) return Ok;
  vm.set_error(std::move(error));
  return raised;
}
Status rlock_reinit(VM&, RLock& self) {
  self.owner = self.count = 0;
  self.locked = 0;
  return Ok;
}
Owned rlock_repr(VM& vm, Ref self) {
  const RLock& lock = cast<RLock>(self);
  return str_from_external(vm, fmt::format("<{} {} object owner={} count={} at {}>", lock.count ? "locked" : "unlocked",
                                           display_name(type_of(vm, self)), lock.owner, lock.count,
                                           static_cast<const void*>(&lock)));
}

constexpr Slots rlock_slots = inherit(object_slots, [](Slots& s) {
  s.repr = rlock_repr;
  s.construct = rlock_construct;
});
constexpr Method rlock_methods[] = {
    method<"acquire($self, blocking=True, timeout=-1)", rlock_acquire>,
    method<"release($self)", rlock_release>,
    method<"_is_owned($self)", rlock_is_owned>,
    method<"_recursion_count($self)", rlock_recursion_count>,
    method<"_acquire_restore($self, state, /)", rlock_acquire_restore>,
    method<"_release_save($self)", rlock_release_save>,
    method<"__enter__($self)", rlock_enter>,
    method<"__exit__($self, *args)", rlock_exit>,
    method<"_at_fork_reinit($self)", rlock_reinit>,
};

}  // namespace

std::int64_t deadline_after(VM& vm, std::int64_t nanoseconds) {
  std::int64_t deadline;
  if (nanoseconds < 0 || __builtin_add_overflow(vm.host.monotonic_time(), nanoseconds, &deadline)) return -1;
  return deadline;
}

Result<std::int64_t> lock_timeout(VM& vm, bool blocking, Ref timeout) {
  std::int64_t nanoseconds = -1;
  const bool given = !timeout.is_unbound() && !(timeout.is_small() && timeout.small() == -1);
  if (given) {
    CEDE_TRY(nanoseconds, nanoseconds_of(vm, timeout));
    if (nanoseconds == -1'000'000'000) nanoseconds = -1;  // -1.0
    else if (!blocking) return vm.raise(TypeId::ValueError, "can't specify a timeout for a non-blocking call");
    else if (nanoseconds < 0) return vm.raise(TypeId::ValueError, "timeout value must be a non-negative number");
  }
  return blocking ? nanoseconds : 0;
}

const NativeType lock_type{
    .name = "_thread.lock",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &lock_layout,
    .slots = &lock_slots,
    .flags = TypeFlag::Instantiable | TypeFlag::HasWeakReferences | TypeFlag::NoCycles,
    .methods = lock_methods,
    .doc = "A lock object is a synchronization primitive.  To create a lock,\n"
           "call threading.Lock().  Methods are:\n\n"
           "acquire() -- lock the lock, possibly blocking until it can be obtained\n"
           "release() -- unlock of the lock\n"
           "locked() -- test whether the lock is currently locked\n\n"
           "A lock is not owned by the thread that locked it; another thread may\n"
           "unlock it.  A thread attempting to lock a lock that it has already locked\n"
           "will block until another thread unlocks it.  Deadlocks may ensue.",
    .signature = "()",
};

const NativeType rlock_type{
    .name = "_thread.RLock",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &rlock_layout,
    .slots = &rlock_slots,
    .flags = TypeFlag::Instantiable | TypeFlag::BaseType | TypeFlag::HasWeakReferences,
    .methods = rlock_methods,
};

}  // namespace cede::stdlib
