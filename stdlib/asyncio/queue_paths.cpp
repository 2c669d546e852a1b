// Fast paths of Queue and LifoQueue (queues.py).
#include "runtime/core/native.hpp"
#include "runtime/types/list.hpp"
#include "stdlib/asyncio/primitive.hpp"

namespace cede::stdlib {

namespace {

enum QueueField : std::size_t { MaxSize, Getters, Putters, UnfinishedTasks, FinishedEvent, Items, IsShutdown, QueueLoop };

// A Queue or LifoQueue that has not been shut down.
struct QueueView {
  Primitive which = Primitive::Queue;
  Fields fields;
  Deque* items = nullptr;   // of a Queue
  List* stack = nullptr;    // of a LifoQueue

  bool find(VM& vm, Ref self) {
    which = Primitive::Queue;
    if (fields.find(vm, which, self)) {
      items = fields.deque(vm, Items);
      if (!items) return false;
    } else {
      which = Primitive::LifoQueue;
      if (!fields.find(vm, which, self) || !is_exact(fields[Items], TypeId::List)) return false;
      stack = &cast<List>(fields[Items]);
    }
    return fields[MaxSize].is_small() && fields[UnfinishedTasks].is_small() && fields[IsShutdown].is_false() &&
           fields.deque(vm, Getters) && fields.deque(vm, Putters);
  }
  std::size_t size() const { return items ? items->size() : stack->size(); }
  bool full() const {
    const std::int64_t maximum = fields[MaxSize].small();
    return maximum > 0 && size() >= static_cast<std::size_t>(maximum);
  }
  Value take(VM& vm) const { return items ? deque_pop_left(*items) : Value(list_take_last(vm, *stack)); }
  Status add(VM& vm, Ref item) const { return items ? deque_append(vm, *items, Value(item)) : list_append(vm, *stack, item); }
  WaitPlace place(QueueField waiters) const { return {which, waiters, QueueLoop}; }
};

bool can_wake_next(VM& vm, const Deque& waiters) {
  for (std::size_t i = 0; i < waiters.size(); ++i) {
    if (!can_wake(vm, waiters[i])) return false;
    if (is_pending(waiters[i])) return true;
  }
  return true;
}

// Those that are done leave the deque, and so does the one that is woken.
Status wake_next(VM& vm, Deque& waiters) {
  while (waiters.size()) {
    const Value waiter = deque_pop_left(waiters);
    if (is_pending(waiter)) return future_finish(vm, cast<FutureObject>(waiter), Value(None));
  }
  return Ok;
}

// get_nowait() of a queue that is not empty. Unbound: not done.
Owned take_item(VM& vm, const QueueView& queue) {
  Deque& putters = *queue.fields.deque(vm, Putters);
  if (!can_wake_next(vm, putters)) return Owned();
  Value item = queue.take(vm);
  CEDE_CHECK(wake_next(vm, putters));
  return item.take();
}

// put_nowait() of a queue with room.
InPlace add_item(VM& vm, const QueueView& queue, Ref item) {
  Deque& getters = *queue.fields.deque(vm, Getters);
  const std::int64_t unfinished = queue.fields[UnfinishedTasks].small() + 1;
  if (!can_wake_next(vm, getters) || !Ref::fits_small(unfinished)) return InPlace::Declined;
  if (!event_clear_natively(vm, queue.fields[FinishedEvent])) return InPlace::Declined;
  if (queue.add(vm, item).is_raised()) return InPlace::Failed;
  queue.fields.set(UnfinishedTasks, Value::small(unfinished));
  return wake_next(vm, getters).is_raised() ? InPlace::Failed : InPlace::Done;
}

// ---- get

Owned getting_coroutine(VM& vm, PrimitiveWait& wait) {
  return coroutine_at_await(vm, cast<Function>(wait.function), 0, {{"self", wait.self}, {"getter", wait.future}}, wait.future);
}

// The result of get() if there is an item. Declined: there is none, or it is not known.
InPlace get_now(VM& vm, const QueueView& queue, Bits& value) {
  const Owned item = take_item(vm, queue);
  if (item.is_raised()) return InPlace::Failed;
  if (item.ref().is_unbound()) return InPlace::Declined;
  value = item.bits;
  return InPlace::Done;
}

InPlace getting_resume(VM& vm, PrimitiveWait& wait, Bits& value) {
  QueueView queue;
  if (!queue.find(vm, wait.self)) return InPlace::Declined;
  if (queue.size()) return get_now(vm, queue, value);
  return wait_again(vm, wait, queue.place(Getters), wait.self, value);   // somebody was faster
}
constexpr WaitKind getting_kind{getting_resume, getting_coroutine};

InPlace queue_get(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits& awaited, Bits& value) {
  QueueView queue;
  if (!may_begin(vm, function, count, 1) || !queue.find(vm, Ref(arguments[0]))) return InPlace::Declined;
  if (queue.size()) return get_now(vm, queue, value);
  return begin_wait(vm, getting_kind, function, queue.place(Getters), Ref(arguments[0]), awaited, value);
}

Owned quick_get_nowait(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  QueueView queue;
  if (count != 1 || function.version != 0 || !queue.find(vm, Ref(arguments[0])) || queue.size() == 0) return Owned();
  return take_item(vm, queue);
}

// ---- put

Owned putting_coroutine(VM& vm, PrimitiveWait& wait) {
  return coroutine_at_await(vm, cast<Function>(wait.function), 0,
                            {{"self", wait.self}, {"item", wait.item}, {"putter", wait.future}}, wait.future);
}
InPlace putting_resume(VM& vm, PrimitiveWait& wait, Bits& value) {
  QueueView queue;
  if (!queue.find(vm, wait.self)) return InPlace::Declined;
  if (queue.full()) return wait_again(vm, wait, queue.place(Putters), wait.self, value);
  value = None.bits;
  return add_item(vm, queue, wait.item);
}
constexpr WaitKind putting_kind{putting_resume, putting_coroutine};

InPlace queue_put(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits& awaited, Bits& value) {
  QueueView queue;
  if (!may_begin(vm, function, count, 2) || !queue.find(vm, Ref(arguments[0]))) return InPlace::Declined;
  value = None.bits;
  if (!queue.full()) return add_item(vm, queue, Ref(arguments[1]));
  return begin_wait(vm, putting_kind, function, queue.place(Putters), Ref(arguments[0]), awaited, value, Ref(arguments[1]));
}

Owned quick_put_nowait(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  QueueView queue;
  if (count != 2 || function.version != 0 || !queue.find(vm, Ref(arguments[0])) || queue.full()) return Owned();
  return quick_result(add_item(vm, queue, Ref(arguments[1])));
}

Owned quick_task_done(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  QueueView queue;
  if (count != 1 || function.version != 0 || !queue.find(vm, Ref(arguments[0]))) return Owned();
  const std::int64_t unfinished = queue.fields[UnfinishedTasks].small();
  if (unfinished <= 0) return Owned();
  if (unfinished == 1) {
    const Value event(queue.fields[FinishedEvent]);
    CEDE_TRY(const bool done, event_set_natively(vm, event));
    if (!done) return Owned();
  }
  queue.fields.set(UnfinishedTasks, Value::small(unfinished - 1));
  return Owned(None.bits);
}

}  // namespace

Status accelerate_queues(VM& vm, Ref queue, Ref lifo_queue) {
  for (const auto& [which, type] : {std::pair(Primitive::Queue, queue), std::pair(Primitive::LifoQueue, lifo_queue)})
    CEDE_CHECK(declare_primitive(vm, which, type,
                                 {"_maxsize", "_getters", "_putters", "_unfinished_tasks", "_finished", "_queue",
                                  "_is_shutdown", "_loop"}));
  CEDE_CHECK(set_in_place(vm, queue, "get", queue_get));
  CEDE_CHECK(set_in_place(vm, queue, "put", queue_put));
  CEDE_CHECK(set_quick(vm, queue, "get_nowait", quick_get_nowait));
  CEDE_CHECK(set_quick(vm, queue, "put_nowait", quick_put_nowait));
  return set_quick(vm, queue, "task_done", quick_task_done);
}

}  // namespace cede::stdlib
