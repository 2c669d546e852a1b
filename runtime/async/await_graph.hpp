// The await graph: who waits for what. Nothing of it is kept while a program runs; it is read from suspended
// frames, futures, their callbacks and timers when somebody asks (task_dump.hpp, deadlock.hpp). What is read
// is plain data: it holds no object alive, and reading runs no script code and changes nothing that a script
// could see.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/core/vm.hpp"

namespace cede {

struct AwaitFrame {
  std::string file, function;  // the function's qualified name
  std::uint32_t line = 0;      // 0: not known
  std::string text;  // the source line, stripped; empty if there is none, or the frame is the library's
  bool of_library = false;  // of a module that is compiled into the binary
};

// A lock, queue or the like, as far as it is of interest.
struct PrimitiveNode {
  const Object* object = nullptr;
  std::string type;                  // "Lock", "Queue"; a script's subclass under its own name
  std::string state;                 // "empty", "2 of 3 have come"; empty: nothing to say
  bool has_holders = false;          // it is of a kind that tasks hold
  std::vector<std::size_t> holders;  // tasks
};

enum class TaskState : std::uint8_t { Running, Ready, Waiting };
enum class WaitsFor : std::uint8_t { Nothing, Task, Tasks, Primitive, Timer, Descriptor, Executor, Future };

struct TaskNode {
  const Object* task = nullptr;
  std::string name;
  std::size_t loop = 0;  // in AwaitGraph::loops
  TaskState state = TaskState::Waiting;
  bool started = true;
  std::vector<AwaitFrame> frames;  // innermost last
  WaitsFor waits_for = WaitsFor::Nothing;
  const Object* awaited = nullptr;  // the future that its last await came to
  std::string awaited_type;         // of that future
  std::string operation;            // "acquire", "get", "gather", ...: the function of the library that waits
  std::optional<std::size_t> primitive;  // in AwaitGraph::primitives
  std::optional<std::size_t> part_of;    // Condition or Barrier whose lock `primitive` is
  // Tasks that must go on before this one can: the one that it awaits, those of a gather, the holders of its
  // lock.
  std::vector<std::size_t> needs, needed_by;
  std::vector<std::size_t> holds;  // primitives
  std::optional<double> due;       // in seconds from now, when a timer ends the wait or cancels the task
  bool due_cancels = false;        // asyncio.timeout(): the task is cancelled then
  int descriptor = -1;
  bool writing = false;
  std::size_t cycle = 0;  // from 1; 0: in none
};

struct LoopNode {
  const Object* loop = nullptr;
  std::string type;
  bool running = false, on_main_thread = false;
  std::uint64_t thread = 0;  // threading.get_ident() of the one that runs it
  std::size_t ready = 0, timers = 0;
  std::vector<int> descriptors;  // watched
};

struct AwaitGraph {
  std::vector<LoopNode> loops;
  std::vector<TaskNode> tasks;  // by loop and name
  std::vector<PrimitiveNode> primitives;
  // Of each group of tasks that need each other one ring: tasks, each needing the next. TaskNode::cycle is
  // set for all of the group.
  std::vector<std::vector<std::size_t>> cycles;
};

// All unfinished tasks of all loops. The caller holds the isolate.
AwaitGraph read_await_graph(VM& vm);

// Native objects that stand in an await for a coroutine of the library that need not exist (NativeType::
// stands_for_coroutine): the function whose coroutine that would be, and the object whose method it is, or
// Unbound. Borrowed.
struct StandIn {
  Ref function, self;
};
struct StandInKind {
  const NativeType* type;
  void (*read)(VM& vm, Ref awaited, std::vector<StandIn>& found);  // appends, the outermost first
};

}  // namespace cede
