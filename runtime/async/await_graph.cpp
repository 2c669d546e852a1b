// Reading of the await graph: tasks, what they wait for, who can end that wait. See await_graph.hpp.
#include "runtime/async/await_graph.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "runtime/async/await_frames.hpp"
#include "runtime/async/await_links.hpp"
#include "runtime/async/held_locks.hpp"
#include "runtime/async/loop.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/set.hpp"
#include "runtime/vm/source_lines.hpp"

namespace cede {

namespace {

struct LibraryClass {
  std::string_view module, name;
  bool held;  // by the tasks inside its `async with` blocks
};
constexpr LibraryClass library_classes[] = {
    {"asyncio.locks", "Lock", true},
    {"asyncio.locks", "Semaphore", true},
    {"asyncio.locks", "Condition", true},
    {"asyncio.locks", "Event", false},
    {"asyncio.locks", "Barrier", false},
    {"asyncio.queues", "Queue", false},
    {"asyncio.taskgroups", "TaskGroup", false},
    {"asyncio.streams", "StreamReader", false},
    {"asyncio.tasks", "_AsCompletedIterator", false},
};

class Reader {
 public:
  explicit Reader(VM& vm) : vm_(vm), links_(vm) {}

  AwaitGraph run() {
    add_running_loops();
    for (TaskObject* task : async_state(vm_).native_tasks) add_task(*task);
    sort_tasks();
    for (TaskNode& node : graph_.tasks) links_.add(task_of(node));
    for (std::size_t i = 0; i < graph_.loops.size(); ++i)
      if (const LoopObject* loop = as<LoopObject>(object_ref(graph_.loops[i].loop))) links_.add_loop(*loop);
    for (std::size_t i = 0; i < graph_.tasks.size(); ++i) read_task(i);
    for (std::size_t i = 0; i < graph_.tasks.size(); ++i) {
      find_needs(i);
      std::sort(graph_.tasks[i].needs.begin(), graph_.tasks[i].needs.end());
    }
    for (std::size_t i = 0; i < graph_.tasks.size(); ++i)
      for (const std::size_t needed : graph_.tasks[i].needs) graph_.tasks[needed].needed_by.push_back(i);
    find_cycles();
    return std::move(graph_);
  }

 private:
  static Ref object_ref(const Object* object) { return Ref(*object); }
  static TaskObject& task_of(const TaskNode& node) { return cast<TaskObject>(Ref(*node.task)); }

  // ---- loops and tasks

  void add_running_loops() {
    for (ThreadState* thread = &vm_.main_thread(); thread; thread = thread->next)
      if (thread->running_loop.is_object()) loop_index(thread->running_loop);
  }
  std::size_t loop_index(Ref loop) {
    for (std::size_t i = 0; i < graph_.loops.size(); ++i)
      if (graph_.loops[i].loop == loop.object()) return i;
    LoopNode node;
    node.loop = loop.object();
    node.type = std::string(short_name(*loop.object()->type));
    if (const LoopObject* native = as_loop(loop)) {
      node.running = native->running;
      node.thread = native->running ? native->thread_id : 0;
      node.on_main_thread = native->running && native->thread_id == vm_.main_thread().id;
      node.ready = native->data->count;
      node.timers = native->data->timers.size();
      for (std::size_t fd = 0; fd < native->data->watched.size(); ++fd)
        if (!native->data->watched[fd].reader.is_unbound() || !native->data->watched[fd].writer.is_unbound())
          node.descriptors.push_back(static_cast<int>(fd));
    }
    graph_.loops.push_back(std::move(node));
    return graph_.loops.size() - 1;
  }

  void add_task(TaskObject& task) {
    if (!task.loop.is_object()) return;
    TaskNode node;
    node.task = &task;
    node.loop = loop_index(task.loop);
    node.name = task.name.ref().is_small() ? "Task-" + std::to_string(task.name.ref().small())
                : is<Str>(task.name)       ? std::string(cast<Str>(task.name).view())
                                           : "?";
    graph_.tasks.push_back(std::move(node));
  }

  // "Task-2" before "Task-10".
  static bool name_before(std::string_view a, std::string_view b) {
    const auto number_at = [](std::string_view s) {
      std::size_t at = s.size();
      while (at > 0 && s[at - 1] >= '0' && s[at - 1] <= '9') --at;
      return at;
    };
    const std::size_t at_a = number_at(a), at_b = number_at(b);
    if (a.substr(0, at_a) != b.substr(0, at_b)) return a < b;
    const std::string_view x = a.substr(at_a), y = b.substr(at_b);
    return x.size() != y.size() ? x.size() < y.size() : x < y;
  }
  void sort_tasks() {
    std::stable_sort(graph_.tasks.begin(), graph_.tasks.end(), [](const TaskNode& a, const TaskNode& b) {
      return a.loop != b.loop ? a.loop < b.loop : name_before(a.name, b.name);
    });
    for (std::size_t i = 0; i < graph_.tasks.size(); ++i) index_[graph_.tasks[i].task] = i;
  }

  // ---- one task

  void read_task(std::size_t at) {
    TaskNode& node = graph_.tasks[at];
    TaskObject& task = task_of(node);
    const bool running = is_task_running(task);
    node.state = running                        ? TaskState::Running
                 : task.waiting_for.is_object() ? TaskState::Waiting
                                                : TaskState::Ready;
    if (const FutureObject* future = as<FutureObject>(task.waiting_for);
        future && future->state != FutureState::Pending)
      node.state = running ? TaskState::Running : TaskState::Ready;
    const std::vector<FrameView> frames = frames_of_task(vm_, task);
    node.started = frames.empty() || frames.front().started;
    for (const FrameView& frame : frames) node.frames.push_back(describe(frame));
    find_operation(node, frames);
    find_held(at, frames);
    find_acquired(at, frames);
    find_timer(node, task);
    if (node.state != TaskState::Waiting) return;
    node.awaited = task.waiting_for.object();
    node.awaited_type = std::string(short_name(*node.awaited->type));
  }

  AwaitFrame describe(const FrameView& view) {
    AwaitFrame frame;
    const Code& code = *view.function->code;
    frame.file = std::string(cast<Str>(code.filename).view());
    frame.function = std::string(code.unit->qualified_name);
    frame.line = view.line();
    frame.of_library = view.of_library();
    if (frame.of_library) return frame;
    const auto [found, added] = lines_.try_emplace({&code, frame.line});
    if (added) {
      std::string line = source_line(vm_, &code, frame.file, frame.line);
      found->second = line.substr(std::min(line.find_first_not_of(" \t\f"), line.size()));
    }
    frame.text = found->second;
    return frame;
  }

  // The kind of lock or queue that an object is; null: none.
  const LibraryClass* library_class(Ref object) {
    if (!object.is_object()) return nullptr;
    const Type& type = *object.object()->type;
    const auto [found, added] = classes_.try_emplace(&type, nullptr);
    if (added)
      for (const LibraryClass& known : library_classes)
        if (is_library_class(vm_, type, known.module, known.name)) found->second = &known;
    return found->second;
  }
  std::size_t primitive_index(Ref object, const LibraryClass& kind) {
    const auto [found, added] = primitive_index_.try_emplace(object.object(), graph_.primitives.size());
    if (added) {
      PrimitiveNode node;
      node.object = object.object();
      node.type = std::string(short_name(*object.object()->type));
      node.has_holders = kind.held;
      node.state = state_of(object, kind.name);
      graph_.primitives.push_back(std::move(node));
      primitive_kinds_.push_back(&kind);
    }
    return found->second;
  }
  std::string state_of(Ref object, std::string_view kind) {
    const auto number = [&](std::string_view name) {
      const Ref value = own_attribute(vm_, object, name);
      return value.is_small() ? value.small() : -1;
    };
    if (kind == "Semaphore") return "value " + std::to_string(number("_value"));
    if (kind == "Barrier")
      return std::to_string(number("_count")) + " of " + std::to_string(number("_parties")) + " have come";
    if (kind == "Queue") return number("_maxsize") > 0 ? "maxsize " + std::to_string(number("_maxsize")) : "";
    return "";
  }

  // Which function of the library the task waits in, and on which lock or queue: that of the outermost
  // method, so that a Barrier is named and not its Condition; but a lock that is waited for is always named
  // itself.
  void find_operation(TaskNode& node, const std::vector<FrameView>& frames) {
    if (node.state != TaskState::Waiting) return;
    const LibraryClass* inner_kind = nullptr;
    const LibraryClass* kind = nullptr;
    Ref inner = Unbound, outer = Unbound;
    for (std::size_t i = frames.size(); i-- > 0 && frames[i].of_library();) {
      const FrameView& frame = frames[i];
      const LibraryClass* found = library_class(frame.self);
      // What a method of the same object calls is its own affair; other functions (wait_for, sleep) name
      // themselves.
      if (!found && frame.self.is_unbound() && !kind) node.operation = std::string(frame.name());
      if (!found) continue;
      if (!inner_kind) {
        inner = frame.self;
        inner_kind = found;
      }
      outer = frame.self;
      kind = found;
      node.operation = std::string(frame.name());
    }
    if (!kind) return;
    const bool for_a_lock = inner_kind->name == "Lock" && inner != outer;
    node.primitive = for_a_lock ? primitive_index(inner, *inner_kind) : primitive_index(outer, *kind);
    if (for_a_lock) node.part_of = primitive_index(outer, *kind);
    if (for_a_lock && (kind->name != "Condition" || node.operation == "__aenter__"))
      node.operation = "acquire";
  }
  // A Condition that is waited on, or held, is held by way of its lock. Unbound: it is no Condition.
  Ref lock_of_condition(Ref object, const LibraryClass& kind) {
    return kind.name == "Condition" ? own_attribute(vm_, object, "_lock") : Ref(Unbound);
  }

  void find_held(std::size_t at, const std::vector<FrameView>& frames) {
    for (std::size_t i = 0; i < frames.size(); ++i) {
      const FrameView* inner = i + 1 < frames.size() ? &frames[i + 1] : nullptr;
      for (const Ref manager : entered_managers(frames[i], inner)) add_held(at, manager, frames);
    }
  }
  void add_held(std::size_t at, Ref manager, const std::vector<FrameView>& frames) {
    // @asynccontextmanager: the blocks that the generator behind it is inside of.
    if (manager.is_object() &&
        is_library_class(vm_, *manager.object()->type, "contextlib", "_AsyncGeneratorContextManager")) {
      const Ref generator = own_attribute(vm_, manager, "gen");
      if (const std::optional<FrameView> frame = frame_of_generator(generator))
        for (const Ref held : entered_managers(*frame, nullptr))
          if (library_class(held)) add_held(at, held, frames);
      return;
    }
    const LibraryClass* kind = library_class(manager);
    if (!kind || !kind->held || has_given_up(manager, frames)) return;
    hold(at, primitive_index(manager, *kind));
    const Ref lock = lock_of_condition(manager, *kind);
    if (const LibraryClass* lock_kind = library_class(lock)) hold(at, primitive_index(lock, *lock_kind));
  }
  // Condition.wait() lets go of the lock as long as it waits.
  static bool has_given_up(Ref condition, const std::vector<FrameView>& frames) {
    return std::any_of(frames.begin(), frames.end(), [&](const FrameView& frame) {
      return frame.self == condition && frame.of_library() && frame.name() == "wait";
    });
  }
  void hold(std::size_t at, std::size_t primitive) {
    auto& holds = graph_.tasks[at].holds;
    if (std::find(holds.begin(), holds.end(), primitive) != holds.end()) return;
    holds.push_back(primitive);
    graph_.primitives[primitive].holders.push_back(at);
  }

  void find_timer(TaskNode& node, TaskObject& task) {
    if (const TimerHandleObject* timer = links_.timer_of(Ref(task))) {
      node.due = seconds_until(*timer);
      node.due_cancels = true;
    }
    if (const TimerHandleObject* timer = links_.timer_of(task.waiting_for)) {
      const double due = seconds_until(*timer);
      if (!node.due || due < *node.due) {
        node.due = due;
        node.due_cancels = false;
      }
    }
  }
  double seconds_until(const TimerHandleObject& timer) {
    return timer.time - static_cast<double>(vm_.host.monotonic_time()) * 1e-9;
  }

  // acquire() notes who has taken a lock; of a Lock the last one counts. Whoever waits on a condition of the
  // lock has let go of it.
  void find_acquired(std::size_t at, const std::vector<FrameView>& frames) {
    const FutureExtra* extra = task_of(graph_.tasks[at]).extra;
    if (!extra || extra->acquired.empty()) return;
    std::unordered_set<const Object*> given_up;
    for (const FrameView& frame : frames)
      if (const LibraryClass* kind = library_class(frame.self);
          kind && frame.of_library() && frame.name() == "wait")
        if (const Ref lock = lock_of_condition(frame.self, *kind); lock.is_object())
          given_up.insert(lock.object());
    for (const AcquiredLock& entry : extra->acquired) {
      if (given_up.contains(entry.lock)) continue;
      acquired_[entry.lock].push_back({entry.number, at});
    }
  }
  void hold_acquired(std::size_t primitive, const LibraryClass& kind) {
    const Object* lock = graph_.primitives[primitive].object;
    const auto found = acquired_.find(lock);
    if (found == acquired_.end()) return;
    if (kind.name == "Semaphore") {
      if (counts_something(vm_, lock)) return;
      for (const Acquired& entry : found->second) hold(entry.task, primitive);
    } else if (graph_.primitives[primitive].holders.empty() &&
               own_attribute(vm_, object_ref(lock), "_locked").is_true()) {
      const auto later = [](const Acquired& a, const Acquired& b) { return a.number < b.number; };
      hold(std::max_element(found->second.begin(), found->second.end(), later)->task, primitive);
    }
  }

  // ---- what it takes to go on

  void need(TaskNode& node, Ref task) {
    const auto found = task.is_object() ? index_.find(task.object()) : index_.end();
    if (found != index_.end() && needed_.insert(found->second).second) node.needs.push_back(found->second);
  }

  void find_needs(std::size_t at) {
    TaskNode& node = graph_.tasks[at];
    if (node.state != TaskState::Waiting) return;
    needed_.clear();
    TaskObject& task = task_of(node);
    if (index_.contains(node.awaited)) {
      node.waits_for = WaitsFor::Task;
      return need(node, task.waiting_for);
    }
    if (node.primitive) return find_needs_of_primitive(at);
    links_.each_waker(task.waiting_for, [&](Ref waker) { need(node, waker); });
    node.waits_for = WaitsFor::Future;
    if (!node.needs.empty()) {
      node.waits_for = WaitsFor::Tasks;
    } else if (const auto* watched = links_.descriptor_of(task.waiting_for)) {
      node.waits_for = WaitsFor::Descriptor;
      node.descriptor = watched->descriptor;
      node.writing = watched->writing;
    } else if (node.due && !node.due_cancels) {
      node.waits_for = WaitsFor::Timer;
    } else if (links_.of_executor(task.waiting_for)) {
      node.waits_for = WaitsFor::Executor;
    }
  }

  void find_needs_of_primitive(std::size_t at) {
    TaskNode& node = graph_.tasks[at];
    node.waits_for = WaitsFor::Primitive;
    PrimitiveNode& primitive = graph_.primitives[*node.primitive];
    const LibraryClass& kind = *primitive_kinds_[*node.primitive];
    const Ref object = object_ref(primitive.object);
    if (kind.name == "TaskGroup" || kind.name == "_AsCompletedIterator")
      links_.each_waker(object, [&](Ref waker) { need(node, waker); });
    const bool for_notification = kind.name == "Condition";
    if (!primitive.has_holders || for_notification) return;
    hold_acquired(*node.primitive, kind);
    for (const std::size_t holder : primitive.holders) need(node, object_ref(graph_.tasks[holder].task));
  }

  // ---- cycles

  // Of each knot of tasks that need each other one ring is shown: the shortest way back to its first task.
  void find_cycles() {
    const std::vector<std::size_t> knots = knots_of_tasks();
    std::unordered_map<std::size_t, std::size_t> cycle_of_knot;
    for (std::size_t start = 0; start < graph_.tasks.size(); ++start) {
      if (cycle_of_knot.contains(knots[start])) continue;
      std::vector<std::size_t> ring = way_back(start, knots);
      if (ring.empty()) continue;
      graph_.cycles.push_back(std::move(ring));
      cycle_of_knot[knots[start]] = graph_.cycles.size();
    }
    for (std::size_t i = 0; i < graph_.tasks.size(); ++i)
      if (const auto found = cycle_of_knot.find(knots[i]); found != cycle_of_knot.end())
        graph_.tasks[i].cycle = found->second;
  }
  std::vector<std::size_t> way_back(std::size_t start, const std::vector<std::size_t>& knots) {
    std::unordered_map<std::size_t, std::size_t> reached_from;
    std::vector<std::size_t> queue{start};
    for (std::size_t i = 0; i < queue.size(); ++i)
      for (const std::size_t next : graph_.tasks[queue[i]].needs) {
        if (next == start) {
          std::vector<std::size_t> ring;
          for (std::size_t at = queue[i]; at != start; at = reached_from[at]) ring.push_back(at);
          ring.push_back(start);
          std::reverse(ring.begin(), ring.end());
          return ring;
        }
        if (knots[next] == knots[start] && reached_from.try_emplace(next, queue[i]).second)
          queue.push_back(next);
      }
    return {};
  }
  // Strongly connected components (Tarjan), without recursion: the number of each task's.
  std::vector<std::size_t> knots_of_tasks() {
    constexpr std::size_t none = SIZE_MAX;
    const std::size_t count = graph_.tasks.size();
    std::vector<std::size_t> order(count, none), low(count), knot(count, none), open;
    struct Visit {
      std::size_t task, next;
    };
    std::vector<Visit> path;
    std::size_t visited = 0, knots = 0;
    for (std::size_t start = 0; start < count; ++start) {
      if (order[start] != none) continue;
      path.push_back({start, 0});
      while (!path.empty()) {
        const std::size_t at = path.back().task;
        if (order[at] == none) {
          order[at] = low[at] = visited++;
          open.push_back(at);
        }
        if (path.back().next < graph_.tasks[at].needs.size()) {
          const std::size_t next = graph_.tasks[at].needs[path.back().next++];
          if (order[next] == none)
            path.push_back({next, 0});
          else if (knot[next] == none)
            low[at] = std::min(low[at], order[next]);
          continue;
        }
        path.pop_back();
        if (!path.empty()) low[path.back().task] = std::min(low[path.back().task], low[at]);
        if (low[at] != order[at]) continue;
        for (std::size_t member = none; member != at;) {
          member = open.back();
          open.pop_back();
          knot[member] = knots;
        }
        ++knots;
      }
    }
    return knot;
  }

  struct LineKeyHash {
    std::size_t operator()(const std::pair<const Code*, std::uint32_t>& key) const {
      return std::hash<const void*>()(key.first) * 31 + key.second;
    }
  };

  struct Acquired {
    std::uint64_t number;
    std::size_t task;
  };

  VM& vm_;
  AwaitGraph graph_;
  std::unordered_map<const Object*, std::vector<Acquired>> acquired_;
  AwaitLinks links_;
  std::unordered_map<const Object*, std::size_t> index_, primitive_index_;
  std::unordered_set<std::size_t> needed_;  // by the task that is being looked at
  std::vector<const LibraryClass*> primitive_kinds_;
  std::unordered_map<const Type*, const LibraryClass*> classes_;
  std::unordered_map<std::pair<const Code*, std::uint32_t>, std::string, LineKeyHash> lines_;
};

}  // namespace

AwaitGraph read_await_graph(VM& vm) { return Reader(vm).run(); }

}  // namespace cede
