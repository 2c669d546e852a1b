// What runtime/async keeps per isolate: the registries of tasks, the classes and functions of the script part that
// native code calls, and the counter of task names.
#pragma once

#include <string>
#include <vector>

#include "runtime/async/await_graph.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

struct LoopObject;
struct TaskObject;
struct FutureObject;

struct AsyncState {
  // Classes of asyncio's script part, set by `_asyncio._register` when asyncio.exceptions is imported.
  Value cancelled_error, invalid_state_error;
  Type *future_class = nullptr, *task_class = nullptr;  // of the native types
  Value sleeping_at_zero;                 // what tasks in `await asyncio.sleep(0)` wait for
  Value scheduled_tasks, eager_tasks;     // WeakSet and set of tasks that are no native ones
  Value current_tasks;                    // Dict: loop -> task
  Value kept;                             // List of what lives as long as the isolate
  Buffer<TaskObject*> native_tasks;       // every live native task that is not done; borrowed, indexed by its `registry_index`
  std::uint64_t next_task_number = 0;
  // What native forms of locks and queues tell the await graph (await_graph.hpp); empty, null: nothing.
  std::vector<StandInKind> stand_ins;
  LockHolder lock_holder = nullptr;
  std::string dump_file;                  // --dump-tasks; empty: stderr
};

AsyncState& async_state(VM& vm);   // the isolate's, made now if it has none

// A name of one of asyncio's script modules: async_attribute(vm, "asyncio.base_futures", "_future_repr").
Owned async_attribute(VM& vm, std::string_view module, std::string_view name);
// The exception classes of asyncio.exceptions. Borrowed; null after raising.
Type* cancelled_error(VM& vm);
Type* invalid_state_error(VM& vm);

}  // namespace cede
