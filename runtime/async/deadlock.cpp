// Finding and reporting of deadlocks. See deadlock.hpp.
#include "runtime/async/deadlock.hpp"

#include <fmt/format.h>

#include <cstring>

#include "runtime/async/await_frames.hpp"
#include "runtime/async/task_dump.hpp"
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/list.hpp"

namespace cede {

namespace {

bool is_of(const Function& function, std::string_view file, std::string_view name) {
  return function.code->unit->name == name && cast<Str>(function.code->filename).view() == file;
}

// run_until_complete() of this loop is under way, and its future is not done. Who calls run_forever() wants a
// loop that waits.
bool runs_until_complete(VM& vm, const LoopObject& loop) {
  for (Activation* at = vm.thread->activation; at; at = at->caller) {
    if (!is_of(*at->function, "<frozen asyncio.base_events>", "run_until_complete")) continue;
    const FrameView frame{at->function, at, Unbound, true};
    if (local_of(frame, "self") != Ref(loop)) continue;
    const FutureObject* future = as<FutureObject>(local_of(frame, "future"));
    return future && future->state == FutureState::Pending;
  }
  return false;
}

bool has_unfinished_task(VM& vm, const LoopObject& loop) {
  for (const TaskObject* task : async_state(vm).native_tasks)
    if (task->loop.ref() == Ref(loop) && task->state == FutureState::Pending) return true;
  return false;
}

// A signal may do something: a script's handler, or an alarm that has been set, which ends the process.
// Ctrl-C is not counted as long as it does only what it always does, in Runner too.
bool signals_matter(VM& vm) {
  SignalSource* source = vm.host.signals;
  if (!source) return false;
  ::itimerval timer{};
  if (source->timer(ITIMER_REAL, timer) == 0 && (timer.it_value.tv_sec || timer.it_value.tv_usec))
    return true;
  if (!is<List>(vm.signal_handlers)) return false;
  const List& handlers = cast<List>(vm.signal_handlers);
  for (std::size_t i = 0; i < handlers.size(); ++i) {
    const Ref handler = handlers[i];
    if (handler == Ref(vm.plain_interrupt_handler) || !is_callable(vm, handler)) continue;
    if (is_exact(handler, TypeId::Function) &&
        is_of(cast<Function>(handler), "<frozen asyncio.runners>", "handler"))
      continue;
    return true;
  }
  return false;
}

// What the program has printed appears before the report. A script's own stream is left alone.
void flush_stream_of_start(VM& vm, std::string_view name) {
  const Value stream = dict_get_str(vm, cast<Dict>(cast<Module>(vm.sys_module).dictionary), vm.intern(name));
  if (stream.is_object() && stream.object()->flags & Lasting) {
    const Value closed = find_attribute(vm, stream, "closed");
    if (!closed.ref().is_true()) (void)Value(call_method(vm, stream, *vm.names.flush));
  }
  vm.clear_error();
}

}  // namespace

Prospect prospect_of(VM& vm, const LoopObject& loop) {
  const AsyncState& state = async_state(vm);
  constexpr auto urgent = std::uint32_t(Interrupt::Signal) | std::uint32_t(Interrupt::Kill);
  if (!state.report_deadlocks || !vm.thread->is_main || vm.stopped || vm.interrupts.load() & urgent)
    return Prospect::Open;
  const LoopData& data = *loop.data;
  if (data.count || !data.timers.empty() || data.watched_count || data.woken.load() || loop.stopping)
    return Prospect::Open;
  if (!has_unfinished_task(vm, loop) || !runs_until_complete(vm, loop) || signals_matter(vm))
    return Prospect::Open;
  for (const ThreadState* thread = vm.main_thread().next; thread; thread = thread->next) {
    const WaitForWork* wait = state.waits_for_work;
    while (wait && wait->thread_ != thread) wait = wait->next_;
    if (!wait || !wait->is_idle_worker()) return Prospect::Threads;
  }
  return Prospect::None;
}

RaisedMark report_deadlock(VM& vm) {
  AsyncState& state = async_state(vm);
  const AwaitGraph graph = read_await_graph(vm);
  const std::size_t count = graph.tasks.size();
  state.deadlock_report =
      fmt::format("cede: deadlock: {} task{}, and nothing can wake {}\n{}", count,
                  count == 1 ? " waits" : "s wait", count == 1 ? "it" : "them", await_graph_text(graph));
  if (!state.dump_file.empty())
    if (const int error = replace_file(vm, state.dump_file, await_graph_json(graph, "deadlock")))
      state.deadlock_report +=
          fmt::format("cede: cannot write the tasks to '{}': {}\n", state.dump_file, std::strerror(-error));
  flush_stream_of_start(vm, "__stdout__");
  flush_stream_of_start(vm, "__stderr__");
  vm.stopped = true;
  vm.request(Interrupt::Kill);
  return vm.raise_text(TypeId::SystemExit, "deadlock");
}

void threads_changed(VM& vm) {
  if (!vm.async || !vm.async->suspect) return;
  LoopData& data = *vm.async->suspect->data;
  data.look_again = true;
  data.poller->wake();
}

WaitForWork::WaitForWork(VM& vm, const Object* queue, bool (*is_empty)(const Object* queue))
    : vm_(vm), thread_(vm.thread), queue_(queue), is_empty_(is_empty), next_(async_state(vm).waits_for_work) {
  async_state(vm).waits_for_work = this;
  threads_changed(vm);
}

WaitForWork::~WaitForWork() {
  WaitForWork** at = &async_state(vm_).waits_for_work;
  while (*at != this) at = &(*at)->next_;
  *at = next_;
}

bool WaitForWork::is_idle_worker() const {
  const Activation* activation = thread_->activation;
  return activation && is_of(*activation->function, "<frozen concurrent.futures.thread>", "_next_item") &&
         is_empty_(queue_);
}

}  // namespace cede
