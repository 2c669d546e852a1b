// The loop's core: scheduling, timers, polling and the iteration.
#include "runtime/async/loop.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>

#include "runtime/async/deadlock.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/context.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/isolate_lock.hpp"

namespace cede {

constexpr Layout loop_layout = layout_for<LoopObject>();

namespace {

constexpr std::size_t few_timers = 100;             // below, cancelled timers are not swept out
constexpr double longest_wait = 24 * 3600;          // seconds

TimerHandleObject& timer_at(const Buffer<Bits>& heap, std::size_t i) { return cast<TimerHandleObject>(Ref(heap[i])); }
bool before(const Buffer<Bits>& heap, Bits a, std::size_t b) {
  return cast<TimerHandleObject>(Ref(a)).time < timer_at(heap, b).time;
}

// heapq's two moves, so that timers that fall together run in its order.
void sift_down(Buffer<Bits>& heap, std::size_t start, std::size_t at) {
  const Bits item = heap[at];
  while (at > start) {
    const std::size_t parent = (at - 1) / 2;
    if (!before(heap, item, parent)) break;
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = item;
}
void sift_up(Buffer<Bits>& heap, std::size_t at) {
  const std::size_t end = heap.size(), start = at;
  const Bits item = heap[at];
  std::size_t child = 2 * at + 1;
  while (child < end) {
    const std::size_t right = child + 1;
    if (right < end && !before(heap, heap[child], right)) child = right;
    heap[at] = heap[child];
    at = child;
    child = 2 * at + 1;
  }
  heap[at] = item;
  sift_down(heap, start, at);
}

}  // namespace

bool LoopData::grow(Heap& heap) {
  const std::size_t old = ring.size(), size = old ? old * 2 : 16;
  if (!ring.reserve(heap, size)) return false;
  ring.set_size(size);
  // Growing happens when the ring is full: what had wrapped round to the front moves behind the old end.
  for (std::size_t i = 0; i < first && old; ++i) ring[old + i] = ring[i];
  return true;
}

void LoopData::shrink(Heap& heap) {
  if (ring.size() <= usual_ring || count > ring.size() / 8) return;
  Buffer<ReadyEntry> smaller;
  std::size_t size = usual_ring;
  while (size < count * 2) size *= 2;
  if (!smaller.reserve(heap, size)) return;
  smaller.set_size(size);
  for (std::size_t i = 0; i < count; ++i) smaller[i] = ring[(first + i) & (ring.size() - 1)];
  ring.free(heap);
  ring = smaller.take();
  first = 0;
}

void LoopObject::dispose(Heap& heap, LoopObject& self) {
  if (!self.data) return;
  // The words have been released already.
  for (LoopData::Watched& watched : self.data->watched) {
    (void)watched.reader.take();
    (void)watched.writer.take();
  }
  self.data->ring.free(heap);
  self.data->timers.free(heap);
  self.data->~LoopData();
  heap.free_raw(std::exchange(self.data, nullptr), sizeof(LoopData));
}

Status loop_open(VM& vm, LoopObject& loop) {
  void* block = vm.heap.allocate_raw(sizeof(LoopData));
  if (!block) return vm.raise_memory_error();
  loop.data = ::new (block) LoopData();
  return Ok;
}

void loop_clear(VM& vm, LoopObject& loop) {
  LoopData& data = *loop.data;
  while (data.count) LoopData::drop(data.pop());
  for (Bits word : data.timers) release(Ref(word));
  data.timers.set_size(0);
  data.watched.clear();
  data.watched_count = 0;
  data.poller.reset();
  vm.drain_pending();
}

Status loop_check_closed(VM& vm, const LoopObject& loop) {
  if (!loop.closed) [[likely]] return Ok;
  return vm.raise(TypeId::RuntimeError, "Event loop is closed");
}

bool loop_replaces(VM& vm, LoopObject& loop, Str& name) {
  if (type_lookup(vm, *loop.type, name) != type_lookup(vm, vm.native_type(loop_core_type), name)) return true;
  Attributes* attributes = attributes_of(&loop);
  if (!attributes) return false;
  if (attributes->shape) return attributes->shape->index_of(name) != Shape::absent;
  const Value found = attributes_get(vm, *attributes, name);  // dictionary mode
  return !found.is_unbound();
}

bool check_loop_is_pristine(VM& vm, LoopObject& loop) {
  LoopData& data = *loop.data;
  const Attributes* attributes = attributes_of(&loop);
  const Shape* shape = attributes ? attributes->shape : nullptr;
  static constexpr std::string_view names[] = {"call_soon", "call_later", "call_at", "create_future", "create_task", "time",
                                               "call_soon_threadsafe"};
  data.pristine = true;
  for (std::string_view name : names)
    if (loop_replaces(vm, loop, vm.intern(name))) data.pristine = false;
  data.checked_version = loop.type->version;
  data.checked_shape = shape;
  return data.pristine;
}

Status loop_push_ready(VM& vm, LoopObject& loop, ReadyEntry entry) {
  return loop.data->push(vm.heap, entry) ? Ok : Status(vm.raise_memory_error());
}

Status loop_call_soon(VM& vm, Ref loop, Ref callback, Ref argument, Ref context) {
  LoopObject* native = as_loop(loop);
  if (native && loop_is_pristine(vm, *native)) {
    CEDE_CHECK(loop_check_closed(vm, *native));
    Value arguments = argument.is_unbound() ? vm.empty_tuple : tuple_of(vm, {argument});
    if (arguments.is_raised()) return raised;
    CEDE_TRY(Value handle, handle_new(vm, *native, callback, std::move(arguments), context));
    return loop_push_ready(vm, *native, ReadyEntry(ReadyKind::Handle, handle.take()));
  }
  CEDE_TRY(Value method, get_attribute(vm, loop, "call_soon"));
  CEDE_TRY(Value names, tuple_of(vm, {Ref(*vm.names.context)}));
  const bool has_argument = !argument.is_unbound();
  Bits words[3] = {callback.bits, argument.bits, context.bits};
  if (!has_argument) words[1] = context.bits;
  CEDE_TRY(Value handle, call(vm, method, Arguments{words, has_argument ? 2u : 1u, &cast<Tuple>(names)}));
  return Ok;
}

// ---- timers

Status loop_push_timer(VM& vm, LoopObject& loop, TimerHandleObject& timer) {
  auto& heap = loop.data->timers;
  if (!heap.push(vm.heap, Owned::share(Ref(timer)).bits)) return vm.raise_memory_error();
  timer.scheduled = true;
  sift_down(heap, 0, heap.size() - 1);
  return Ok;
}

Value loop_pop_timer(LoopObject& loop) {
  auto& heap = loop.data->timers;
  const Bits last = heap[heap.size() - 1];
  heap.set_size(heap.size() - 1);
  if (heap.empty()) return Value::adopt(Ref(last));
  const Bits first = std::exchange(heap[0], last);
  sift_up(heap, 0);
  return Value::adopt(Ref(first));
}

namespace {

// Cancelled timers at the front go; when they are more than half of many, all of them.
void drop_cancelled_timers(LoopObject& loop) {
  LoopData& data = *loop.data;
  auto& heap = data.timers;
  if (heap.size() > few_timers && static_cast<double>(data.cancelled_timers) / static_cast<double>(heap.size()) > 0.5) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < heap.size(); ++i) {
      TimerHandleObject& timer = timer_at(heap, i);
      if (timer.cancelled) {
        timer.scheduled = false;
        release(Ref(timer));
      } else {
        heap[kept++] = heap[i];
      }
    }
    heap.set_size(kept);
    for (std::size_t i = kept / 2; i-- > 0;) sift_up(heap, i);
    data.cancelled_timers = 0;
    return;
  }
  while (!heap.empty() && timer_at(heap, 0).cancelled) {
    --data.cancelled_timers;
    Value timer = loop_pop_timer(loop);
    cast<TimerHandleObject>(timer).scheduled = false;
  }
}

Status move_due_timers(VM& vm, LoopObject& loop) {
  LoopData& data = *loop.data;
  // A script's clock is asked in every iteration.
  if (data.timers.empty() && loop_is_pristine(vm, loop)) return Ok;
  CEDE_TRY(const double now, loop_time(vm, loop));
  const double end = now + loop.clock_resolution;
  while (!data.timers.empty() && timer_at(data.timers, 0).time < end) {
    Value timer = loop_pop_timer(loop);
    cast<TimerHandleObject>(timer).scheduled = false;
    CEDE_CHECK(loop_push_ready(vm, loop, ReadyEntry(ReadyKind::Handle, timer.take())));
  }
  return Ok;
}

}  // namespace

Result<double> loop_time(VM& vm, LoopObject& loop) {
  if (loop_is_pristine(vm, loop)) return static_cast<double>(vm.host.monotonic_time()) * 1e-9;
  CEDE_TRY(Value now, call_method(vm, Ref(loop), vm.intern("time")));
  return to_double(vm, now);
}

// ---- polling

Status loop_watch(VM& vm, LoopObject& loop, int descriptor, Value* reader, Value* writer) {
  LoopData& data = *loop.data;
  if (!data.poller) data.poller = vm.host.new_poller();
  if (descriptor < 0) return vm.raise(TypeId::ValueError, "Invalid file descriptor: {}", descriptor);
  const auto at = static_cast<std::size_t>(descriptor);
  if (at >= data.watched.size()) data.watched.resize(at + 1);
  LoopData::Watched& watched = data.watched[at];
  const bool was = !watched.reader.is_unbound() || !watched.writer.is_unbound();
  const bool readable = reader ? !reader->is_unbound() : !watched.reader.is_unbound();
  const bool writable = writer ? !writer->is_unbound() : !watched.writer.is_unbound();
  const int error = data.poller->watch(descriptor, readable, writable);
  if (error < 0 && (readable || writable)) return vm.raise_os_error(-error);
  if (reader) std::swap(watched.reader, *reader);
  if (writer) std::swap(watched.writer, *writer);
  const bool is = readable || writable;
  data.watched_count += is;
  data.watched_count -= was;
  return Ok;
}

void loop_wake(LoopObject& loop) {
  LoopData& data = *loop.data;
  data.woken.store(true, std::memory_order_release);
  if (data.poller) data.poller->wake();
}

namespace {

// A handle of a ready descriptor goes to the ready ring, unless it was cancelled.
Status add_io_handle(VM& vm, LoopObject& loop, Value& slot) {
  if (slot.is_unbound()) return Ok;
  if (cast<HandleObject>(slot).cancelled) {
    slot.reset();
    return Ok;
  }
  return loop_push_ready(vm, loop, ReadyEntry(ReadyKind::Handle, Owned::share(slot)));
}

// Waits with nothing but wake-ups to wait for. As the poller's wait; raised: it would wait for ever.
Result<int> wait_for_wake(VM& vm, LoopObject& loop) {
  LoopData& data = *loop.data;
  LoopObject*& suspect = async_state(vm).suspect;
  for (;;) {
    const Prospect prospect = prospect_of(vm, loop);
    if (prospect == Prospect::None) return report_deadlock(vm);
    data.look_again = false;
    if (prospect == Prospect::Threads) suspect = &loop;
    int count;
    {
      Unlocked unlocked(vm);
      count = data.poller->wait(-1, data.events);
    }
    if (prospect == Prospect::Threads) suspect = nullptr;
    if (!data.look_again || count < 0 || !data.events.empty() || data.woken.load(std::memory_order_acquire)) return count;
  }
}

Status poll_native(VM& vm, LoopObject& loop, double timeout) {
  LoopData& data = *loop.data;
  // Nothing to learn: no descriptor is watched and nobody has woken the loop.
  if (timeout == 0 && data.watched_count == 0 && !data.woken.load(std::memory_order_acquire)) return Ok;
  if (!data.poller) data.poller = vm.host.new_poller();
  data.events.clear();
  // Whole milliseconds, rounded up, as CPython's selector waits: timers that fall within one run in the same iteration.
  const std::int64_t nanoseconds = timeout < 0 ? -1 : static_cast<std::int64_t>(std::ceil(timeout * 1e3)) * 1'000'000;
  int count;
  if (data.woken.exchange(false, std::memory_order_acq_rel)) {
    count = data.poller->wait(0, data.events);
  } else if (nanoseconds == 0) {
    count = data.poller->wait(0, data.events);
  } else if (nanoseconds < 0 && data.watched_count == 0) {
    CEDE_TRY(count, wait_for_wake(vm, loop));
  } else {
    Unlocked unlocked(vm);
    count = data.poller->wait(nanoseconds, data.events);
  }
  data.woken.store(false, std::memory_order_release);
  if (count == -EINTR) return vm.check_interrupts();
  if (count < 0) return vm.raise_os_error(-count);
  CEDE_CHECK(vm.check_interrupts());
  for (std::size_t i = 0; i < data.events.size(); ++i) {
    const PollEvent event = data.events[i];
    const auto at = static_cast<std::size_t>(event.descriptor);
    if (at >= data.watched.size()) continue;
    if (event.readable) CEDE_CHECK(add_io_handle(vm, loop, data.watched[at].reader));
    if (event.writable) CEDE_CHECK(add_io_handle(vm, loop, data.watched[at].writer));
  }
  return Ok;
}

// What a selector written in the language is given as timeout: a number of the types that the script's clock uses, or None.
Owned selector_timeout(VM& vm, LoopObject& loop) {
  LoopData& data = *loop.data;
  if (data.count || loop.stopping) return Owned(Ref::small(0).bits);
  if (data.timers.empty()) return Owned(None.bits);
  Value when = timer_at(data.timers, 0).when;
  CEDE_TRY(Value now, call_method(vm, Ref(loop), vm.intern("time")));
  CEDE_TRY(Value left, binary_operation(vm, when, now, BinaryOperation::Subtract));
  CEDE_TRY(const double seconds, to_double(vm, left));
  if (seconds < 0) return Owned(Ref::small(0).bits);
  if (seconds > longest_wait) return Owned(Ref::small(static_cast<std::int64_t>(longest_wait)).bits);
  return left.take();
}

// A selector written in the language: called once per iteration, whatever is ready.
Status poll_selector(VM& vm, LoopObject& loop) {
  Value selector = loop.selector;
  CEDE_TRY(Value wait, selector_timeout(vm, loop));
  CEDE_TRY(Value events, call_method(vm, selector, vm.intern("select"), wait));
  CEDE_TRY(Value done, call_method(vm, Ref(loop), vm.intern("_process_events"), events));
  return Ok;
}

// Seconds until something is due; 0: at once, < 0: for ever.
Result<double> wait_time(VM& vm, LoopObject& loop) {
  LoopData& data = *loop.data;
  if (data.count || loop.stopping) return 0.0;
  if (data.timers.empty()) return -1.0;
  const double when = timer_at(data.timers, 0).time;
  CEDE_TRY(const double now, loop_time(vm, loop));
  return std::clamp(when - now, 0.0, longest_wait);
}

// ---- running of entries

// The handle that an entry stands for, to be shown in a report.
Owned entry_handle(VM& vm, LoopObject& loop, const ReadyEntry& entry) {
  switch (entry.kind()) {
    case ReadyKind::Handle: return Owned::share(entry.subject());
    case ReadyKind::Step: {
      TaskObject& task = cast<TaskObject>(entry.subject());
      CEDE_TRY(Value function, task_step_function(vm, task, Ref(entry.b)));
      CEDE_TRY(Value context, task_context(vm, task));
      return handle_new(vm, loop, function, vm.empty_tuple, context);
    }
    case ReadyKind::Wakeup: {
      TaskObject& task = cast<TaskObject>(entry.subject());
      CEDE_TRY(Value function, task_wakeup_function(vm, task));
      CEDE_TRY(Value arguments, tuple_of(vm, {Ref(entry.b)}));
      CEDE_TRY(Value context, task_context(vm, task));
      return handle_new(vm, loop, function, std::move(arguments), context);
    }
    case ReadyKind::Callback: {
      CEDE_TRY(Value arguments, tuple_of(vm, {entry.subject()}));
      return handle_new(vm, loop, Ref(entry.b), std::move(arguments), Ref(entry.c));
    }
  }
  return Owned(None.bits);
}

// An error that left a callback: to the exception handler, as a handle would report it.
Status report_entry(VM& vm, LoopObject& loop, const ReadyEntry& entry) {
  if (vm.error_is(TypeId::SystemExit) || vm.error_is(TypeId::KeyboardInterrupt)) return raised;
  Value error = take_callback_error(vm);
  const Handling handling(vm, error);
  CEDE_TRY(Value handle, entry_handle(vm, loop, entry));
  CEDE_TRY(Value report, async_attribute(vm, "asyncio.base_events", "_report_callback_error"));
  CEDE_TRY(Value done, call(vm, report, Ref(loop), handle, error));
  return Ok;
}

// Runs `body` in a context object, which may be any with run() only for handles; native entries have real contexts.
template<class F>
Status in_context(VM& vm, Ref context_value, F&& body) {
  Value held(context_value);
  Context& context = cast<Context>(held);
  CEDE_CHECK(context_enter(vm, context));
  const Status status = body();
  context_exit(vm, context);
  return status;
}

// Runs a step of a task in its context, which is no object yet as long as nobody asks for it.
template<class F>
Status in_task_context(VM& vm, TaskObject& task, F&& body) {
  if (!task.lazy_context) return in_context(vm, task.context_of_task, std::forward<F>(body));
  LazyContext lazy{task.context_of_task, Value(), &task};
  Value outer_context = std::move(vm.thread->context);
  LazyContext* outer = std::exchange(vm.thread->lazy_context, &lazy);
  const Status status = body();
  vm.thread->lazy_context = outer;
  vm.thread->context = std::move(outer_context);
  if (!lazy.made.is_unbound()) {
    cast<Context>(lazy.made).entered = false;
    cast<Context>(lazy.made).previous.reset();
    task.context_of_task = std::move(lazy.made);
    task.lazy_context = false;
  }
  return status;
}

Status run_entry(VM& vm, LoopObject& loop, const ReadyEntry& entry) {
  switch (entry.kind()) {
    case ReadyKind::Handle: {
      auto& handle = cast<HandleObject>(entry.subject());
      if (handle.cancelled) return Ok;
      if (!loop.debug) return handle_run(vm, handle);
      CEDE_TRY(Value run, async_attribute(vm, "asyncio.base_events", "_run_handle_in_debug_mode"));
      CEDE_TRY(Value done, call(vm, run, Ref(loop), Ref(handle)));
      return Ok;
    }
    case ReadyKind::Step: {
      TaskObject& task = cast<TaskObject>(entry.subject());
      return in_task_context(vm, task, [&] { return task_step(vm, task, Ref(entry.b)); });
    }
    case ReadyKind::Wakeup: {
      TaskObject& task = cast<TaskObject>(entry.subject());
      return in_task_context(vm, task, [&] { return task_wakeup(vm, task, Ref(entry.b)); });
    }
    case ReadyKind::Callback:
      return in_context(vm, Ref(entry.c), [&]() -> Status {
        Value result = call(vm, Ref(entry.b), entry.subject());
        return result.is_raised() ? Status(raised) : Ok;
      });
  }
  return Ok;
}

// A step that failed for want of memory, before or after its coroutine ran: the task is told in a step of its own.
bool retry_step(VM& vm, const ReadyEntry& entry) {
  const bool wakeup = entry.kind() == ReadyKind::Wakeup;
  if (!wakeup && entry.kind() != ReadyKind::Step) return false;
  return task_takes_memory_error(vm, cast<TaskObject>(entry.subject()), wakeup ? Ref(entry.b) : Ref(Unbound));
}

}  // namespace

Owned loop_ready_handles(VM& vm, LoopObject& loop) {
  CEDE_TRY(Value list, list_new(vm));
  LoopData& data = *loop.data;
  for (std::size_t i = 0; i < data.count; ++i) {
    const ReadyEntry entry = data.ring[(data.first + i) & (data.ring.size() - 1)];
    if (entry.subject().is_unbound()) continue;
    CEDE_TRY(Value handle, entry_handle(vm, loop, entry));
    CEDE_CHECK(list_append(vm, cast<List>(list), handle));
  }
  return list.take();
}

Status loop_run_once(VM& vm, LoopObject& loop) {
  Value held{Ref(loop)};
  LoopData& data = *loop.data;
  drop_cancelled_timers(loop);
  if (loop.selector.is_unbound()) {
    CEDE_TRY(const double timeout, wait_time(vm, loop));
    CEDE_CHECK(poll_native(vm, loop, timeout));
  } else {
    CEDE_CHECK(poll_selector(vm, loop));
  }
  CEDE_CHECK(move_due_timers(vm, loop));
  data.shrink(vm.heap);
  for (std::size_t left = data.count; left > 0 && data.count > 0; --left) {
    const ReadyEntry entry = data.pop();
    if (entry.subject().is_unbound()) continue;
    Status status = run_entry(vm, loop, entry);
    if (status.is_raised() && retry_step(vm, entry)) [[unlikely]]
      status = Ok;
    if (status.is_raised()) [[unlikely]]
      status = entry.kind() == ReadyKind::Handle ? Status(raised) : report_entry(vm, loop, entry);
    LoopData::drop(entry);
    vm.drain_pending();
    if (status.is_raised()) [[unlikely]] return raised;
    CEDE_CHECK(vm.check_interrupts());
  }
  return Ok;
}

}  // namespace cede
