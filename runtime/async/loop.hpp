// The event loop's core: ready ring, timers, poller, one iteration as asyncio's `_run_once`. asyncio.BaseEventLoop and
// its subclasses are script classes on top of the type `_asyncio._LoopCore`.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "runtime/async/task.hpp"
#include "runtime/core/shape.hpp"
#include "runtime/host/host.hpp"

namespace cede {

// A handle as call_soon and call_later return it.
extern const Layout handle_layout;
struct HandleObject : Object {
  static const Layout* layout() { return &handle_layout; }
  static constexpr const char* type_name = "Handle";
  static constexpr std::uint32_t plain_words = 6;
  Value callback, arguments, context, loop;   // callback and arguments None after cancel
  Value source_traceback, kept_repr;          // debug mode; Unbound otherwise
  bool cancelled;
  template<class F> static void fields(HandleObject& self, F&& field) {
    field(self.callback); field(self.arguments); field(self.context); field(self.loop);
    field(self.source_traceback); field(self.kept_repr);
  }
};
extern const Layout timer_handle_layout;
struct TimerHandleObject : HandleObject {
  static const Layout* layout() { return &timer_handle_layout; }
  Value when;            // as it was given: a number
  double time;
  bool scheduled;        // lies in the loop's heap
  template<class F> static void fields(TimerHandleObject& self, F&& field) { field(self.when); }
};

// One entry of the ready ring. What is called, by kind:
enum class ReadyKind : std::uint8_t {
  Handle,     // the handle `subject`
  Step,       // a step of native task `subject` (b: the exception to throw, or Unbound)
  Wakeup,     // native task `subject`, whose future `b` is done
  Callback,   // b(subject) in context c: a done callback of future `subject`
};
class ReadyEntry {
 public:
  ReadyEntry() = default;
  // Take over the words.
  ReadyEntry(ReadyKind kind, Owned subject, Bits argument = Unbound.bits)
      : a(subject.bits), b(argument), c(Ref::small(static_cast<std::int64_t>(kind)).bits) {}
  static ReadyEntry done_callback(Owned future, Owned callback, Owned context) {
    ReadyEntry entry(ReadyKind::Callback, future, callback.bits);
    entry.c = context.bits;
    return entry;
  }
  // Only the context of a done callback is an object; other kinds keep their number in its place.
  ReadyKind kind() const { return Ref(c).is_small() ? static_cast<ReadyKind>(Ref(c).small()) : ReadyKind::Callback; }
  Ref subject() const { return Ref(a); }
  Bits a, b, c;   // owned; all Unbound when the collector has taken the loop apart
};

// What the loop keeps in C++ containers.
struct LoopData {
  Buffer<ReadyEntry> ring;                   // all of its capacity is used, a power of two
  std::size_t first = 0, count = 0;
  Buffer<Bits> timers;                       // TimerHandleObjects, owned: a binary heap as heapq keeps it
  std::size_t cancelled_timers = 0;
  std::unique_ptr<Poller> poller;
  std::atomic<bool> woken{false};
  bool look_again = false;                   // a wake-up is meant for the look for deadlocks (threads_changed)
  std::vector<PollEvent> events;
  struct Watched { Value reader, writer; };  // handles
  std::vector<Watched> watched;              // by descriptor
  std::size_t watched_count = 0;
  // The pristine guard: valid for this version of the type and shape of the instance.
  std::uint32_t checked_version = 0;
  const Shape* checked_shape = nullptr;
  bool pristine = false;

  // Takes over the entry's words, also when memory is short (then false).
  bool push(Heap& heap, ReadyEntry entry) {
    if (count == ring.size() && !grow(heap)) {
      drop(entry);
      return false;
    }
    ring[(first + count++) & (ring.size() - 1)] = entry;
    return true;
  }
  ReadyEntry pop() {
    const ReadyEntry entry = ring[first];
    first = (first + 1) & (ring.size() - 1);
    --count;
    return entry;
  }
  static void drop(const ReadyEntry& entry) {
    release(Ref(entry.a)); release(Ref(entry.b)); release(Ref(entry.c));
  }
  bool grow(Heap& heap);
  // Gives memory back after a crowd: `count` entries are left.
  void shrink(Heap& heap);
  static constexpr std::size_t usual_ring = 1024;
};

extern const Layout loop_layout;
struct LoopObject : Object {
  static const Layout* layout() { return &loop_layout; }
  static constexpr const char* type_name = "_asyncio._LoopCore";
  LoopData* data;
  bool running, stopping, closed, debug;
  std::uint64_t thread_id;
  Value selector;              // a selector given by a script, or Unbound
  Value task_factory;          // or Unbound
  Value current_task;          // task whose step runs, or Unbound
  double slow_callback_duration, clock_resolution;   // seconds
  template<class F> static void fields(LoopObject& self, F&& field) {
    field(self.selector); field(self.task_factory); field(self.current_task);
    if (!self.data) return;
    auto& ring = self.data->ring;
    for (std::size_t i = 0; i < self.data->count; ++i) field(&ring[(self.data->first + i) & (ring.size() - 1)].a, 3);
    field(self.data->timers.data(), self.data->timers.size());
    for (auto& watched : self.data->watched) { field(watched.reader); field(watched.writer); }
  }
  static void dispose(Heap& heap, LoopObject& self);
};
extern const NativeType loop_core_type;
extern const NativeType handle_type;
extern const NativeType timer_handle_type;

inline LoopObject* as_loop(Ref value) { return as<LoopObject>(value); }
// Whether a method is another one than the native loop's, on the class or on the instance.
bool loop_replaces(VM& vm, LoopObject& loop, Str& name);
// No script code has replaced call_soon, call_later, call_at, create_future, create_task or time, on the class or on
// the instance; debug mode is off and there is no task factory: native code may go past them.
bool check_loop_is_pristine(VM& vm, LoopObject& loop);
inline bool loop_is_pristine(VM& vm, LoopObject& loop) {
  if (loop.debug || !loop.task_factory.is_unbound()) return false;
  const LoopData& data = *loop.data;
  const Type& type = *loop.type;
  if (data.checked_version == type.version && data.checked_shape && type.attributes_offset > 0) [[likely]] {
    const auto& attributes = *reinterpret_cast<const Attributes*>(reinterpret_cast<const char*>(&loop) + type.attributes_offset);
    if (attributes.shape == data.checked_shape) [[likely]] return data.pristine;
  }
  return check_loop_is_pristine(vm, loop);
}
// loop.time(): by way of a script's replacement, if there is one.
Result<double> loop_time(VM& vm, LoopObject& loop);
Status loop_check_closed(VM& vm, const LoopObject& loop);
// The handles that stand for what is ready, a list.
Owned loop_ready_handles(VM& vm, LoopObject& loop);
Status loop_push_ready(VM& vm, LoopObject& loop, ReadyEntry entry);   // takes over the words
// Timers as heapq orders them. push takes a reference of its own; pop gives it up to the caller.
Status loop_push_timer(VM& vm, LoopObject& loop, TimerHandleObject& timer);
Value loop_pop_timer(LoopObject& loop);
// A Handle or TimerHandle of exact type; `arguments` a Tuple, context Unbound or None: a copy of the current one.
Owned handle_new(VM& vm, LoopObject& loop, Ref callback, Value arguments, Ref context);
Owned timer_handle_new(VM& vm, LoopObject& loop, Ref when, double time, Ref callback, Value arguments, Ref context);
Status handle_cancel(VM& vm, HandleObject& handle);
// Runs a handle's callback in its context. Errors go to the loop's exception handler, all but SystemExit and
// KeyboardInterrupt.
Status handle_run(VM& vm, HandleObject& handle);
Owned handle_repr(VM& vm, Ref handle);
// Takes the current error of a callback, to report it. An error of native code has passed no frame: it is shown as
// raised where the loop was run.
Value take_callback_error(VM& vm);
// While it lives, `exception` is being handled: what the exception handler raises gets it as context.
class Handling {
 public:
  Handling(VM& vm, Ref exception) : vm_(vm) {
    level_.exception = Value(exception);
    level_.previous = vm.thread->handled;
    vm.thread->handled = &level_;
  }
  ~Handling() { vm_.thread->handled = level_.previous; }
  Handling(const Handling&) = delete;
  Handling& operator=(const Handling&) = delete;

 private:
  VM& vm_;
  HandledException level_{};
};
// One iteration, as BaseEventLoop._run_once.
Status loop_run_once(VM& vm, LoopObject& loop);
Status loop_watch(VM& vm, LoopObject& loop, int descriptor, Value* reader, Value* writer);
void loop_wake(LoopObject& loop);   // from any thread
Status loop_open(VM& vm, LoopObject& loop);
void loop_clear(VM& vm, LoopObject& loop);   // close(): drops what is scheduled and the poller

}  // namespace cede
