// What runtime/async keeps per isolate: the registries of tasks, the classes and functions of the script part that
// native code calls, and the counter of task names.
#pragma once

#include <array>
#include <string>
#include <unordered_set>
#include <vector>

#include "runtime/async/await_graph.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

struct LoopObject;
struct TaskObject;
struct FutureObject;

// A class of asyncio's script part whose usual cases native code does (stdlib/asyncio/primitive.hpp): how its instances
// look as long as no script code has changed the class.
struct PrimitiveClass {
  static constexpr std::size_t most_fields = 10;
  static constexpr std::uint8_t absent = UINT8_MAX;

  Value type;                            // Unbound: not known yet
  std::uint32_t version = 0;             // of the type, when it was made
  std::uint32_t field_count = 0;
  bool last_is_optional = false;         // an instance may lack the last attribute
  std::array<Str*, most_fields> names{}; // of the attributes, interned
  struct Place {
    const Shape* shape = nullptr;
    std::array<std::uint8_t, most_fields> index{};
  };
  Place places[2];                       // of the attributes in instances with and without the last one
  std::array<Value, 4> functions;        // methods and other values that its fast paths need
};
enum class Primitive : std::uint8_t { Lock, Event, Condition, Semaphore, BoundedSemaphore, Queue, LifoQueue, TaskGroup, Timeout, GatheringFuture, count };

struct AsyncState {
  // Classes of asyncio's script part, set by `_asyncio._register` when asyncio.exceptions is imported.
  Value cancelled_error, invalid_state_error;
  Type *future_class = nullptr, *task_class = nullptr;  // of the native types
  Type *primitive_wait_class = nullptr, *deque_class = nullptr;   // set with the first of `primitives`
  Value sleeping_at_zero;                 // what tasks in `await asyncio.sleep(0)` wait for
  Value wake_sleeper;                     // the function that the timers of sleep() call
  Value scheduled_tasks, eager_tasks;     // WeakSet and set of tasks that are no native ones
  Value current_tasks;                    // Dict: loop -> task
  Value kept;                             // List of what lives as long as the isolate
  Buffer<TaskObject*> native_tasks;       // every live native task that is not done; borrowed, indexed by its `registry_index`
  std::uint64_t next_task_number = 0;
  std::vector<StandInKind> stand_ins;     // for the await graph (await_graph.hpp)
  // Notes of who holds what (held_locks.hpp).
  std::uint64_t acquisitions = 0;
  std::unordered_set<const Object*> counting_semaphores;   // borrowed, perhaps dead: only to be compared
  std::string dump_file;                  // --dump-tasks; empty: stderr
  std::array<PrimitiveClass, static_cast<std::size_t>(Primitive::count)> primitives;
  // Deadlocks (deadlock.hpp).
  bool report_deadlocks = true;
  std::string deadlock_report;            // not empty: the isolate was stopped for this
  LoopObject* suspect = nullptr;          // the main thread's, while it waits for what other threads may do
  class WaitForWork* waits_for_work = nullptr;
};

AsyncState& make_async_state(VM& vm);
// The isolate's, made now if it has none.
inline AsyncState& async_state(VM& vm) { return vm.async ? *vm.async : make_async_state(vm); }

// A name of one of asyncio's script modules: async_attribute(vm, "asyncio.base_futures", "_future_repr").
Owned async_attribute(VM& vm, std::string_view module, std::string_view name);
// The exception classes of asyncio.exceptions. Borrowed; null after raising.
Type* cancelled_error(VM& vm);
Type* invalid_state_error(VM& vm);

}  // namespace cede
