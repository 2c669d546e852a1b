// Script threads: their start, life and end, and the handles by which others wait for them.
#include <pthread.h>
#include <unistd.h>

#include <algorithm>

#include <fmt/format.h>

#include "runtime/async/deadlock.hpp"
#include "runtime/host/host.hpp"
#include "runtime/vm/native_stack.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/activation.hpp"
#include "runtime/vm/isolate_lock.hpp"
#include "runtime/vm/wait.hpp"
#include "stdlib/thread/thread.hpp"
#include "stdlib/time/time.hpp"

namespace cede::stdlib {

constinit const Layout thread_handle_layout = layout_for<ThreadHandle>();

namespace {

// ---- the thread itself

void unlink_thread(VM& vm, ThreadState& thread) {
  ThreadState* before = &vm.main_thread();
  while (before->next != &thread) before = before->next;
  before->next = thread.next;
}

void report_failure(VM& vm, Ref function) {
  if (vm.stopped || vm.error_is(TypeId::SystemExit)) return vm.clear_error();
  Value error = vm.take_error();
  const std::string shown = repr_text(vm, function);
  vm.set_error(std::move(error));
  vm.report_unraisable(None, "Exception ignored in thread started by " + shown);
}

void run_script_thread(VM& vm, ScriptThread& thread) {
  const Value function = std::move(thread.function), arguments = std::move(thread.arguments),
              keywords = std::move(thread.keywords);
  if (vm.check_interrupts().is_raised()) return vm.clear_error();
  const Value result = call_with(vm, function, arguments, keywords);
  if (result.is_raised()) report_failure(vm, function);
}

// Lets go of everything that the thread owns. Finalisers run on it, while there is still a thread to run on.
void end_script_thread(VM& vm, ScriptThread& thread) {
  thread_locals_clear(vm, thread);
  for (Value* value : {&thread.exception, &thread.context, &thread.running_loop, &thread.asyncgen_firstiter,
                       &thread.asyncgen_finalizer, &thread.trace_function, &thread.stop_value,
                       &thread.base_handled.exception})
    value->reset();
  vm.drain_pending();
  thread_locals_clear(vm, thread);
  free_register_stack(vm, thread);
}

void* thread_main(void* pointer) {
  auto* thread = static_cast<ScriptThread*>(pointer);
  VM& vm = thread->vm;
  // Outlives the isolate, which may end as soon as this thread has given the lock away for the last time.
  const std::shared_ptr<IsolateLock> lock = vm.isolate_lock;
  thread->stack_limit = native_stack_limit();
  thread->id = static_cast<std::uint64_t>(pthread_self());
  thread->native_id = static_cast<std::uint64_t>(gettid());
  acquire_isolate(vm, thread);
  run_script_thread(vm, *thread);
  end_script_thread(vm, *thread);
  unlink_thread(vm, *thread);
  {
    const Value handle = std::move(thread->handle);
    thread_set_done(vm, cast<ThreadHandle>(handle));
  }
  threads_changed(vm);
  vm.host.thread_ends();
  release_isolate(vm);
  delete thread;
  return nullptr;
}

bool create_thread(ScriptThread& thread, std::size_t stack_size, pthread_t& id) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  if (stack_size) pthread_attr_setstacksize(&attributes, std::max(stack_size, smallest_native_stack));
  const int error = pthread_create(&id, &attributes, thread_main, &thread);
  pthread_attr_destroy(&attributes);
  return error == 0;
}

// ---- handles

Owned handle_construct(VM& vm, Type& type, const Arguments&) {
  ThreadHandle* made = make_object<ThreadHandle>(vm, type, 0);
  if (!made) return raised;
  return Value::adopt(made);
}
Owned handle_repr(VM& vm, Ref self) {
  return str_from_external(vm, fmt::format("<{} object: ident={}>", display_name(type_of(vm, self)), cast<ThreadHandle>(self).ident));
}
Value handle_ident(VM& vm, ThreadHandle& self) { return int_from(vm, static_cast<std::int64_t>(self.ident)); }
bool handle_is_done(VM&, ThreadHandle& self) { return self.state == ThreadHandle::State::Done; }
Status check_started(VM& vm, const ThreadHandle& self) {
  if (self.state != ThreadHandle::State::NotStarted) return Ok;
  return vm.raise(TypeId::RuntimeError, "thread not started");
}
Status handle_set_done(VM& vm, ThreadHandle& self) {
  CEDE_CHECK(check_started(vm, self));
  thread_set_done(vm, self);
  return Ok;
}
Status handle_join(VM& vm, ThreadHandle& self, Ref timeout) {
  std::int64_t nanoseconds = -1;
  if (!timeout.is_none()) {
    CEDE_TRY(nanoseconds, nanoseconds_of(vm, timeout));
  }
  return thread_join(vm, self, deadline_after(vm, nanoseconds));
}

constexpr Slots handle_slots = inherit(object_slots, [](Slots& s) {
  s.repr = handle_repr;
  s.construct = handle_construct;
});
constexpr Method handle_methods[] = {
    method<"join($self, timeout=None, /)", handle_join>,
    method<"_set_done($self, /)", handle_set_done>,
    method<"is_done($self, /)", handle_is_done>,
};
constexpr Property handle_properties[] = {property<"ident", handle_ident>};

}  // namespace

void thread_set_done(VM& vm, ThreadHandle& handle) {
  handle.state = ThreadHandle::State::Done;
  handle.done = 1;
  wake_all(vm, handle.done);
}

Status thread_start(VM& vm, Ref function, Ref arguments, Ref keywords, ThreadHandle& handle, bool daemon) {
  if (handle.state != ThreadHandle::State::NotStarted) return vm.raise(TypeId::RuntimeError, "thread already started");
  if (vm.modules_finalized)
    return vm.raise(TypeId::PythonFinalizationError, "can't create new thread at interpreter shutdown");
  begin_threads(vm);
  auto thread = std::make_unique<ScriptThread>(vm);
  thread->function = Value(function);
  thread->arguments = Value(arguments);
  thread->keywords = Value(keywords);
  thread->handle = Value(Ref(handle));
  thread->daemon = daemon;
  thread->next = vm.main_thread().next;
  vm.main_thread().next = thread.get();
  vm.host.thread_begins();
  // Until this thread gives the lock away, the new one does nothing to what they share.
  pthread_t id;
  if (!create_thread(*thread, vm.isolate_lock->stack_size, id)) {
    vm.host.thread_ends();
    unlink_thread(vm, *thread);
    return vm.raise(TypeId::RuntimeError, "can't start new thread");
  }
  handle.ident = static_cast<std::uint64_t>(id);
  handle.state = ThreadHandle::State::Running;
  (void)thread.release();
  return Ok;
}

Status thread_join(VM& vm, ThreadHandle& handle, std::int64_t deadline) {
  CEDE_CHECK(check_started(vm, handle));
  if (handle.state == ThreadHandle::State::Running && handle.ident == vm.thread->id)
    return vm.raise(TypeId::RuntimeError, "Cannot join current thread");
  const Value held{Ref(handle)};
  while (!handle.done.load()) {
    const Waited waited = wait_on(vm, handle.done, 0, deadline);
    if (waited == Waited::Interrupted) CEDE_CHECK(vm.check_interrupts());
    if (waited == Waited::TimedOut) return Ok;
  }
  return Ok;
}

Status threads_shutdown(VM& vm) {
  for (ThreadState* at = vm.main_thread().next; at;) {
    auto& thread = static_cast<ScriptThread&>(*at);
    if (thread.daemon || at == vm.thread) {
      at = at->next;
      continue;
    }
    const Value handle = thread.handle;
    CEDE_CHECK(thread_join(vm, cast<ThreadHandle>(handle), -1));
    at = vm.main_thread().next;
  }
  return Ok;
}

const NativeType thread_handle_type{
    .name = "_thread._ThreadHandle",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &thread_handle_layout,
    .slots = &handle_slots,
    .flags = TypeFlag::Instantiable | TypeFlag::NoCycles,
    .methods = handle_methods,
    .properties = handle_properties,
};

}  // namespace cede::stdlib
