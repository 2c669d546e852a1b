// The await graph as text and as JSON, and SIGQUIT. See task_dump.hpp.
#include "runtime/async/task_dump.hpp"

#include <fcntl.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <unordered_map>

#include <fmt/format.h>

#include "runtime/async/async_state.hpp"
#include "runtime/async/json_writer.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/host/host.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/interrupts.hpp"

namespace cede {

namespace {

// Names come from scripts: one line each.
std::string on_one_line(std::string_view text) {
  std::string shown;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F)
      shown += fmt::format("\\x{:02x}", byte);
    else
      shown += c;
  }
  return shown;
}

// How a method of the library that waits is written in a program.
std::string_view shown_operation(std::string_view operation) {
  if (operation == "__aenter__") return "async with";
  if (operation == "__aexit__") return "end of async with";
  if (operation == "_wait_for_one") return "next";
  return operation;
}

std::string seconds(double s) { return fmt::format("{:.3f} s", s < 0 ? 0 : s); }

class TextWriter {
 public:
  explicit TextWriter(const AwaitGraph& graph) : graph_(graph) {
    std::unordered_map<std::string_view, std::size_t> counts, numbers;
    for (const TaskNode& task : graph.tasks) ++counts[task.name];
    for (const TaskNode& task : graph.tasks) {
      labels_.push_back(on_one_line(task.name));
      // Tasks of the same name are told apart by a number.
      if (counts[task.name] > 1) labels_.back() += fmt::format("#{}", ++numbers[task.name]);
    }
  }

  std::string run() {
    for (std::size_t i = 0; i < graph_.loops.size(); ++i) write_loop(i);
    for (std::size_t i = 0; i < graph_.cycles.size(); ++i) write_cycle(i);
    return std::move(text_);
  }

 private:
  static constexpr std::size_t most_shown = 20;

  void line(std::string_view text) {
    text_ += text;
    text_ += '\n';
  }

  void write_loop(std::size_t at) {
    const LoopNode& loop = graph_.loops[at];
    std::size_t count = 0;
    for (const TaskNode& task : graph_.tasks) count += task.loop == at;
    std::string where = !loop.running         ? "not running"
                        : loop.on_main_thread ? "running on the main thread"
                                              : fmt::format("running on thread {}", loop.thread);
    std::string watched;
    for (const int fd : loop.descriptors)
      watched += fmt::format("{}{}", watched.empty() ? "; watches descriptor " : ", ", fd);
    line(fmt::format("Loop {} ({}), {}: {} task{}, {} ready, {} timer{}{}", at + 1, loop.type, where, count,
                     count == 1 ? "" : "s", loop.ready, loop.timers, loop.timers == 1 ? "" : "s", watched));
    for (std::size_t i = 0; i < graph_.tasks.size(); ++i)
      if (graph_.tasks[i].loop == at) write_task(i);
  }

  void write_task(std::size_t at) {
    const TaskNode& task = graph_.tasks[at];
    line("");
    line(labels_[at] + (task.cycle ? fmt::format("  [cycle {}]", task.cycle) : ""));
    for (const AwaitFrame& frame : task.frames)
      line(fmt::format("    {}:{} {}{}{}", frame.file, frame.line, frame.function,
                       frame.text.empty() ? "" : ": ", frame.text));
    line("  " + state_of(task));
    for (const std::size_t primitive : task.holds) line("  holds " + primitive_name(primitive));
    if (!task.needed_by.empty()) line("  needed by " + tasks(task.needed_by));
  }

  std::string state_of(const TaskNode& task) const {
    std::string limit;
    if (task.due && task.due_cancels) limit = fmt::format("; is cancelled in {}", seconds(*task.due));
    switch (task.state) {
      case TaskState::Running: return "is running" + limit;
      case TaskState::Ready: return (task.started ? "is ready to go on" : "is ready to start") + limit;
      case TaskState::Waiting: break;
    }
    if (task.due && !task.due_cancels && task.waits_for != WaitsFor::Timer)
      limit = fmt::format(", at most {}", seconds(*task.due));
    return "waits for " + awaited(task) + limit;
  }

  std::string awaited(const TaskNode& task) const {
    const std::string by =
        task.operation.empty() ? "" : fmt::format(" ({})", shown_operation(task.operation));
    switch (task.waits_for) {
      case WaitsFor::Task: return tasks(task.needs) + by;
      case WaitsFor::Tasks:
        return tasks(task.needs) + (by.empty() && task.awaited_type == "_GatheringFuture" ? " (gather)" : by);
      case WaitsFor::Primitive: return awaited_primitive(task) + held_by(task);
      case WaitsFor::Timer: return fmt::format("a timer{}, {} left", by, seconds(*task.due));
      case WaitsFor::Descriptor:
        return fmt::format("descriptor {} to become {}", task.descriptor,
                           task.writing ? "writable" : "readable");
      case WaitsFor::Executor: return "a call in another thread" + by;
      default:
        return fmt::format("{} at {}{}", task.awaited_type, static_cast<const void*>(task.awaited), by);
    }
  }
  std::string awaited_primitive(const TaskNode& task) const {
    const PrimitiveNode& primitive = graph_.primitives[*task.primitive];
    std::string text = primitive_name(*task.primitive);
    if (task.part_of) text += " of " + primitive_name(*task.part_of);
    text += fmt::format(" ({})", shown_operation(task.operation));
    if (!primitive.state.empty()) text += ", " + primitive.state;
    return text;
  }
  std::string held_by(const TaskNode& task) const {
    const PrimitiveNode& primitive = graph_.primitives[*task.primitive];
    const bool is_held = primitive.has_holders && task.operation != "wait" && task.operation != "wait_for";
    if (task.needs.empty()) return is_held ? ", not known who holds it" : "";
    return (primitive.has_holders ? ", held by " : ", needs ") + tasks(task.needs);
  }

  std::string primitive_name(std::size_t at) const {
    const PrimitiveNode& primitive = graph_.primitives[at];
    return fmt::format("{} at {}", on_one_line(primitive.type), static_cast<const void*>(primitive.object));
  }
  std::string tasks(const std::vector<std::size_t>& which) const {
    std::string text;
    for (std::size_t i = 0; i < which.size() && i < most_shown; ++i) {
      if (i) text += ", ";
      text += labels_[which[i]];
    }
    if (which.size() > most_shown) text += fmt::format(" and {} more", which.size() - most_shown);
    return text;
  }

  void write_cycle(std::size_t at) {
    if (at == 0) line("");
    std::string text = fmt::format("Cycle {}: ", at + 1);
    for (const std::size_t member : graph_.cycles[at]) {
      const TaskNode& task = graph_.tasks[member];
      text += labels_[member] + " -> ";
      if (task.primitive && graph_.primitives[*task.primitive].has_holders)
        text += primitive_name(*task.primitive) + " -> ";
    }
    line(text + labels_[graph_.cycles[at].front()]);
  }

  const AwaitGraph& graph_;
  std::vector<std::string> labels_;
  std::string text_;
};

// ---- JSON

constexpr std::string_view state_names[] = {"running", "ready", "waiting"};
constexpr std::string_view wait_names[] = {"nothing", "task",       "tasks",    "primitive",
                                           "timer",   "descriptor", "executor", "future"};

void write_indexes(JsonWriter& json, std::string_view name, const std::vector<std::size_t>& indexes) {
  json.key(name);
  json.begin_array();
  for (const std::size_t index : indexes) json.value(index);
  json.end_array();
}
std::string address(const Object* object) { return fmt::format("{}", static_cast<const void*>(object)); }

void write_wait(JsonWriter& json, const TaskNode& task) {
  json.key("waits_for");
  if (task.state != TaskState::Waiting) return json.null();
  json.begin_object();
  json.member("kind", wait_names[static_cast<std::size_t>(task.waits_for)]);
  if (!task.operation.empty()) json.member("operation", task.operation);
  json.member("type", task.awaited_type);
  json.member("future", address(task.awaited));
  if (task.primitive) json.member("primitive", *task.primitive);
  if (task.part_of) json.member("part_of", *task.part_of);
  if (task.descriptor >= 0) {
    json.member("descriptor", task.descriptor);
    json.member("writing", task.writing);
  }
  write_indexes(json, "tasks", task.needs);
  json.end_object();
}

void write_task(JsonWriter& json, const TaskNode& task) {
  json.begin_object();
  json.member("name", task.name);
  json.member("task", address(task.task));
  json.member("loop", task.loop);
  json.member("state", state_names[static_cast<std::size_t>(task.state)]);
  json.member("started", task.started);
  json.key("frames");
  json.begin_array();
  for (const AwaitFrame& frame : task.frames) {
    json.begin_object();
    json.member("file", frame.file);
    json.member("line", frame.line);
    json.member("function", frame.function);
    if (!frame.text.empty()) json.member("text", frame.text);
    json.end_object();
  }
  json.end_array();
  write_wait(json, task);
  json.key("due");
  if (task.due)
    json.value(*task.due);
  else
    json.null();
  json.member("due_cancels", task.due_cancels);
  write_indexes(json, "holds", task.holds);
  write_indexes(json, "needed_by", task.needed_by);
  json.key("cycle");
  if (task.cycle)
    json.value(task.cycle - 1);
  else
    json.null();
  json.end_object();
}

void write_loop(JsonWriter& json, const LoopNode& loop) {
  json.begin_object();
  json.member("type", loop.type);
  json.member("loop", address(loop.loop));
  json.member("running", loop.running);
  json.member("thread", loop.thread);
  json.member("ready", loop.ready);
  json.member("timers", loop.timers);
  json.key("descriptors");
  json.begin_array();
  for (const int descriptor : loop.descriptors) json.value(descriptor);
  json.end_array();
  json.end_object();
}

void write_primitive(JsonWriter& json, const PrimitiveNode& primitive) {
  json.begin_object();
  json.member("type", primitive.type);
  json.member("object", address(primitive.object));
  json.member("state", primitive.state);
  write_indexes(json, "holders", primitive.holders);
  json.end_object();
}

}  // namespace

std::string await_graph_text(const AwaitGraph& graph) { return TextWriter(graph).run(); }

std::string await_graph_json(const AwaitGraph& graph, std::string_view reason) {
  JsonWriter json;
  json.begin_object();
  json.member("reason", reason);
  json.key("loops");
  json.begin_array();
  for (const LoopNode& loop : graph.loops) write_loop(json, loop);
  json.end_array();
  json.key("tasks");
  json.begin_array();
  for (const TaskNode& task : graph.tasks) write_task(json, task);
  json.end_array();
  json.key("primitives");
  json.begin_array();
  for (const PrimitiveNode& primitive : graph.primitives) write_primitive(json, primitive);
  json.end_array();
  json.key("cycles");
  json.begin_array();
  for (const auto& cycle : graph.cycles) {
    json.begin_array();
    for (const std::size_t task : cycle) json.value(task);
    json.end_array();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

// ---- writing

namespace {

int write_all(VM& vm, int descriptor, std::string_view text) {
  while (!text.empty()) {
    const std::int64_t written = vm.host.write(descriptor, text.data(), text.size());
    if (written == -EINTR) continue;
    if (written < 0) return static_cast<int>(written);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

void write_to_stderr(VM& vm, std::string_view text) { (void)write_all(vm, 2, text); }

int replace_file(VM& vm, const std::string& path, std::string_view text) {
  const std::string fresh = fmt::format("{}.{}.new", path, vm.host.process_id());
  const int descriptor = vm.host.open(fresh, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (descriptor < 0) return descriptor;
  int error = write_all(vm, descriptor, text);
  if (const int closed = vm.host.close(descriptor); !error && closed < 0) error = closed;
  if (!error) error = vm.host.rename(fresh, path);
  if (error < 0) vm.host.remove_file(fresh);
  return error < 0 ? error : 0;
}

void dump_tasks(VM& vm) {
  const AwaitGraph graph = read_await_graph(vm);
  const std::string& path = async_state(vm).dump_file;
  if (path.empty()) {
    const std::size_t count = graph.tasks.size();
    write_to_stderr(vm, fmt::format("cede: {} unfinished task{}\n{}", count, count == 1 ? "" : "s",
                                    await_graph_text(graph)));
  } else if (const int error = replace_file(vm, path, await_graph_json(graph, "signal"))) {
    write_to_stderr(vm,
                    fmt::format("cede: cannot write the tasks to '{}': {}\n", path, std::strerror(-error)));
  }
}

namespace {

// A script's own handler, or its wish that the signal does what the system has for it.
bool script_handles(VM& vm, SignalSource& source, int signal) {
  if (source.action(signal) != SignalAction::Catch) return true;
  return is<List>(vm.signal_handlers) &&
         is_callable(vm, cast<List>(vm.signal_handlers)[static_cast<std::size_t>(signal)]);
}

// The isolate's VM::interrupt_handler: SIGQUIT is taken out first; all else is as usual.
Status run_interrupts_with_dump(VM& vm, std::uint32_t reasons) {
  constexpr std::uint64_t quit = std::uint64_t{1} << (SIGQUIT - 1);
  SignalSource* source = vm.host.signals;
  if (reasons & std::uint32_t(Interrupt::Signal) && !(reasons & std::uint32_t(Interrupt::Kill)) &&
      vm.thread->is_main && source) {
    const std::uint64_t waiting = source->take();
    const bool dumps = waiting & quit && !script_handles(vm, *source, SIGQUIT);
    if (dumps) dump_tasks(vm);
    // The others go on as if nothing had been taken.
    if (const std::uint64_t others = dumps ? waiting & ~quit : waiting) source->put_back(others);
  }
  return run_interrupts(vm, reasons);
}

}  // namespace

void dump_tasks_on_quit(VM& vm) {
  if (vm.host.signals->action(SIGQUIT) != SignalAction::Default) return;
  vm.host.signals->set_action(SIGQUIT, SignalAction::Catch);
  vm.interrupt_handler = run_interrupts_with_dump;
}

}  // namespace cede
