// Fast paths of asyncio's locks and queues. The classes are Python (locks.py, queues.py), and so is everything a script can
// see of them; native code takes over a method where it knows the instance's attributes and nobody has changed the class,
// and leaves it to the script's code in every other case.
//
// A method that has to wait is suspended without a coroutine: what its caller awaits is a PrimitiveWait, which goes on
// natively when the future it waits for is done. It turns into the very coroutine that the Python code would have made,
// suspended at its await, as soon as somebody looks at it, throws into it or drops it.
#pragma once

#include "runtime/async/await_graph.hpp"
#include "runtime/async/loop.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/shape.hpp"
#include "runtime/vm/code.hpp"
#include "runtime/vm/generator.hpp"
#include "stdlib/collections/deque.hpp"

namespace cede::stdlib {

// The attributes of an instance, by their number in its class's list.
class Fields {
 public:
  // False: `self` is no instance of exactly this class, the class has changed, or the attributes are others than usual.
  bool find(VM& vm, Primitive which, Ref self) {
    PrimitiveClass& known = async_state(vm).primitives[static_cast<std::size_t>(which)];
    if (!self.is_object() || known.type.ref() != Ref(*self.object()->type)) return false;
    return find_in(known, *self.object());
  }

  bool has(std::size_t field) const { return index_[field] != PrimitiveClass::absent; }
  Ref operator[](std::size_t field) const { return Ref(attributes_->at(index_[field])); }
  void set(std::size_t field, Value value) const {
    release(Ref(std::exchange(attributes_->at(index_[field]), value.take().bits)));
  }
  // A deque as the Python code makes them; null: something else.
  Deque* deque(VM& vm, std::size_t field) const {
    const Ref value = (*this)[field];
    if (!value.is_object() || value.object()->type != async_state(vm).deque_class) return nullptr;
    Deque& deque = cast<Deque>(value);
    return deque.maximum < 0 ? &deque : nullptr;
  }

 private:
  bool find_in(PrimitiveClass& known, Object& object) {
    const Type& type = *object.type;
    if (type.version != known.version || type.attributes_offset <= 0) return false;
    attributes_ = reinterpret_cast<Attributes*>(reinterpret_cast<char*>(&object) + type.attributes_offset);
    const Shape* shape = attributes_->shape;
    const PrimitiveClass::Place* place = &known.places[0];
    if (place->shape != shape) place = &known.places[1];
    if (place->shape != shape || !shape) {
      place = shape ? learn_shape(known, *shape) : nullptr;
      if (!place) return false;
    }
    index_ = place->index.data();
    return true;
  }
  // Where the attributes lie in instances of this shape; null if they are others than the class's own.
  static const PrimitiveClass::Place* learn_shape(PrimitiveClass& known, const Shape& shape);
  Attributes* attributes_ = nullptr;
  const std::uint8_t* index_ = nullptr;
};

inline PrimitiveClass& primitive_class(VM& vm, Primitive which) {
  return async_state(vm).primitives[static_cast<std::size_t>(which)];
}
// Which class `self` is exactly an instance of; Primitive::count: none.
inline Primitive primitive_of(VM& vm, Ref self) {
  const auto& known = async_state(vm).primitives;
  std::size_t i = 0;
  if (self.is_object())
    while (i < known.size() && known[i].type.ref() != Ref(*self.object()->type)) ++i;
  return self.is_object() ? static_cast<Primitive>(i) : Primitive::count;
}
// Declares `type` to be the class, its instances with these attributes; the last may be missing until
// it is needed.
Status declare_primitive(VM& vm, Primitive which, Ref type, std::initializer_list<std::string_view> attributes,
                         bool last_is_optional = true);
// The function that is the class's method. Raises TypeError if it is none.
Result<Function*> method_function(VM& vm, Ref type, std::string_view name);
// Keeps it among the class's functions.
Status keep_method(VM& vm, Primitive which, std::size_t number, std::string_view name);
enum KeptMethod : std::size_t { FirstWaits, LockRelease, LockIsLocked };   // FirstWaits: acquire, wait
Status set_in_place(VM& vm, Ref type, std::string_view name, InPlaceAwait in_place);
Status set_quick(VM& vm, Ref type, std::string_view name, QuickCall quick);

// What a QuickCall for a method that gives None comes to.
inline Owned quick_result(InPlace outcome) {
  if (outcome == InPlace::Failed) return raised;
  return outcome == InPlace::Done ? Owned(None.bits) : Owned();
}

// Whether a method may be begun natively: its function is as it was made, called with `expected` arguments.
inline bool may_begin(VM& vm, const Function& function, std::uint32_t count, std::uint32_t expected) {
  return count == expected && function.version == 0 && vm.thread->coroutine_origin_depth == 0;
}

// The running loop if native code may go past its methods, else null.
LoopObject* usual_running_loop(VM& vm);
// Takes `waiter` from the front of `waiters`. False: it is not there.
bool take_first_waiter(Deque* waiters, Ref waiter);
// future.set_result() on it would run no script code.
bool can_wake(VM& vm, Ref waiter);
inline bool is_pending(Ref waiter) { return cast<FutureObject>(waiter).state == FutureState::Pending; }

struct PrimitiveWait;
struct WaitKind {
  // The future is done without an error. Done: `value` is the method's result; Suspended: `value` is the next future to
  // yield, already in `future`; Declined: the coroutine has to go on.
  InPlace (*resume)(VM& vm, PrimitiveWait& wait, Bits& value);
  // The coroutine that stands where this stands. Owned.
  Owned (*coroutine)(VM& vm, PrimitiveWait& wait);
  // What the await graph shows of it, if that is not just the method and its object.
  void (*frames)(VM& vm, const PrimitiveWait& wait, std::vector<StandIn>& found) = nullptr;
};
struct PrimitiveWait : Object {
  [[maybe_unused]] static const Layout* layout();
  static constexpr const char* type_name = "_asyncio.PrimitiveWait";
  const WaitKind* kind;
  Value function;    // the method that was called
  Value self;        // the lock or queue; of sleep() the timer
  Value item;        // what put() was given; the condition whose lock `self` is; the delay of sleep()
  Value future;      // what it waits for
  Value real;        // the coroutine, once it has been made
  template<class F> static void fields(PrimitiveWait& wait, F&& field) {
    field(wait.function); field(wait.self); field(wait.item); field(wait.future); field(wait.real);
  }
};
// Where a method waits: an attribute that is a deque of futures (or None as long as there was none), and the attribute
// `_loop`, which is set by the first who waits.
struct WaitPlace {
  Primitive which;
  std::size_t waiters, loop;
};
// Suspends a method: adds a future to the waiters and fills `awaited` and `value` of an InPlaceAwait. Declined: it cannot be
// done natively, nothing was done. Runs no script code.
InPlace begin_wait(VM& vm, const WaitKind& kind, Function& function, const WaitPlace& place, Ref self, Bits& awaited,
                   Bits& value, Ref item = Unbound);
// The same for a future that nobody else need know of. Takes it over.
InPlace begin_wait_on(VM& vm, const WaitKind& kind, Function& function, Ref self, Value future, Bits& awaited, Bits& value,
                      Ref item = Unbound);
// From WaitKind::resume: waits once more.
InPlace wait_again(VM& vm, PrimitiveWait& wait, const WaitPlace& place, Ref self, Bits& value);

// ---- what the fast paths of one class do for another (lock_paths.cpp, condition_path.cpp, queue_paths.cpp)

extern const WaitPlace lock_place;
// Lock.acquire() where it need not wait. Declined: it has to, or it is not known; nothing was done.
InPlace take_lock(VM& vm, Ref lock);
// A waiter of a lock has been woken (WaitKind::resume, with the lock in `wait.self`): it holds the lock. `result` is given.
InPlace lock_woken(VM& vm, PrimitiveWait& wait, Ref result, Bits& value);
InPlace release_lock(VM& vm, Ref lock);
bool can_release_lock(VM& vm, Ref lock);
bool is_locked(VM& vm, Ref lock);
// acquire() of a Lock or Semaphore or Event.wait(), suspended at its await.
Owned acquire_coroutine_of(VM& vm, Primitive which, PrimitiveWait& wait);
InPlace enter_condition(VM& vm, Function& enter, Ref condition, Bits& awaited, Bits& value);
InPlace leave_condition(VM& vm, Ref condition);
// Event.set() and clear(); false: not done.
Result<bool> event_set_natively(VM& vm, Ref event);
bool event_clear_natively(VM& vm, Ref event);

// Set up the methods of the script classes; called once, by the modules.
Status accelerate_locks(VM& vm, Ref lock, Ref event, Ref condition, Ref semaphore, Ref bounded_semaphore);
Status accelerate_condition(VM& vm, Ref condition);
Status accelerate_queues(VM& vm, Ref queue, Ref lifo_queue);
Status accelerate_task_group(VM& vm, Ref task_group);
Status accelerate_timeout(VM& vm, Ref timeout);

}  // namespace cede::stdlib
