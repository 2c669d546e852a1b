// The module `_thread`: its functions, and the report of an exception that leaves a thread.
#include <fmt/format.h>
#include <pthread.h>

#include <csignal>

#include "runtime/host/host.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/interrupts.hpp"
#include "runtime/vm/isolate_lock.hpp"
#include "runtime/vm/traceback.hpp"
#include "stdlib/thread/thread.hpp"

namespace cede::stdlib {

namespace {

constexpr double longest_timeout = 9223372036.0;  // seconds, as an int64 of nanoseconds

// ---- starting

Owned new_handle(VM& vm) { return call(vm, vm.native_type(thread_handle_type)); }

Owned thread_start_new_thread(VM& vm, Ref, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "_thread.start_new_thread"));
  CEDE_CHECK(check_argument_count(vm, arguments, "start_new_thread", 2, 3));
  if (!is_callable(vm, arguments[0])) return vm.raise(TypeId::TypeError, "first arg must be callable");
  if (!is<Tuple>(arguments[1])) return vm.raise(TypeId::TypeError, "2nd arg must be a tuple");
  const Ref keywords = arguments.positional > 2 ? arguments[2] : Unbound;
  if (!keywords.is_unbound() && !is<Dict>(keywords)) return vm.raise(TypeId::TypeError, "optional 3rd arg must be a dictionary");
  CEDE_TRY(const Value handle, new_handle(vm));
  CEDE_CHECK(thread_start(vm, arguments[0], arguments[1], keywords, cast<ThreadHandle>(handle), true));
  return int_from(vm, static_cast<std::int64_t>(cast<ThreadHandle>(handle).ident));
}

Owned thread_start_joinable_thread(VM& vm, Ref function, Ref handle, bool daemon) {
  if (!is_callable(vm, function)) return vm.raise(TypeId::TypeError, "thread function must be callable");
  if (!handle.is_none() && !is<ThreadHandle>(handle)) return vm.raise(TypeId::TypeError, "'handle' must be a _ThreadHandle");
  Value used{handle};
  if (handle.is_none()) {
    CEDE_TRY(used, new_handle(vm));
  }
  CEDE_CHECK(thread_start(vm, function, vm.empty_tuple, Unbound, cast<ThreadHandle>(used), daemon));
  return used.take();
}

Owned thread_make_handle(VM& vm, Ref ident) {
  const auto number = is_int(ident) ? int_to_int64(ident) : std::nullopt;
  if (!number) return vm.raise(TypeId::TypeError, "ident must be an integer");
  CEDE_TRY(Value handle, new_handle(vm));
  cast<ThreadHandle>(handle).ident = static_cast<std::uint64_t>(*number);
  cast<ThreadHandle>(handle).state = ThreadHandle::State::Running;
  return handle.take();
}

Status thread_shutdown(VM& vm) { return threads_shutdown(vm); }

// ---- this thread

std::int64_t thread_get_ident(VM& vm) { return static_cast<std::int64_t>(vm.thread->id); }
std::int64_t thread_get_native_id(VM& vm) { return static_cast<std::int64_t>(vm.thread->native_id); }
std::int64_t thread_get_main_ident(VM& vm) { return static_cast<std::int64_t>(vm.main_thread().id); }
bool thread_is_main_interpreter(VM&) { return true; }
bool thread_daemon_threads_allowed(VM&) { return true; }
std::int64_t thread_count(VM& vm) {
  std::int64_t count = 0;
  for (const ThreadState* at = vm.main_thread().next; at; at = at->next) ++count;
  return count;
}
Status thread_exit(VM& vm) { return vm.raise_with(TypeId::SystemExit, Unbound); }

Status thread_interrupt_main(VM& vm, int signal) {
  if (signal < 1 || signal >= signal_limit) return vm.raise(TypeId::ValueError, "signal number out of range");
  SignalSource* source = vm.host.signals;
  if (!source || source->action(signal) != SignalAction::Catch) return Ok;
  source->put_back(std::uint64_t{1} << (signal - 1));
  return vm.check_interrupts();  // at once, if this is the main thread
}

Result<std::int64_t> thread_stack_size(VM& vm, Ref size) {
  CEDE_TRY(const std::int64_t wanted, size_argument(vm, size));
  if (wanted < 0) return vm.raise(TypeId::ValueError, "size must be 0 or a positive value");
  const std::size_t old = vm.isolate_lock ? vm.isolate_lock->stack_size : 0;
  // A call without an argument asks only, as one with 0 sets the default.
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  const int error = wanted ? pthread_attr_setstacksize(&attributes, static_cast<std::size_t>(wanted)) : 0;
  pthread_attr_destroy(&attributes);
  constexpr std::int64_t smallest = 32768;
  if (error || (wanted && wanted < smallest)) return vm.raise(TypeId::ValueError, "size not valid: {} bytes", wanted);
  begin_threads(vm);
  vm.isolate_lock->stack_size = static_cast<std::size_t>(wanted);
  return static_cast<std::int64_t>(old);
}

// ---- exceptions that leave a thread

constexpr StructField hook_fields[] = {{"exc_type", "Exception type"},
                                       {"exc_value", "Exception value"},
                                       {"exc_traceback", "Exception traceback"},
                                       {"thread", "Thread"}};
constexpr auto hook_members = struct_members(hook_fields);

// sys.stderr, or what the thread has kept of it. Unbound: nowhere to write to.
Owned report_stream(VM& vm, Ref thread) {
  CEDE_TRY(Value stream, find_attribute(vm, vm.sys_module, *vm.names.stderr));
  if (stream.is_object()) return stream.take();
  if (thread.is_none()) return Owned();
  CEDE_TRY(stream, get_attribute(vm, thread, "_stderr"));
  return stream.is_none() ? Owned() : stream.take();
}

Owned thread_name(VM& vm, Ref thread) {
  if (!thread.is_none()) {
    CEDE_TRY(const Value name, find_attribute(vm, thread, *vm.names.name));
    if (!name.is_unbound()) return str(vm, name);
  }
  return str_from_ascii(vm, std::to_string(vm.thread->id));
}

Status thread_excepthook(VM& vm, Ref given) {
  if (!given.is_object() || type_of(vm, given).native != &except_hook_args_type)
    return vm.raise(TypeId::TypeError, "_thread.excepthook argument type must be ExceptHookArgs");
  const Tuple& fields = cast<Tuple>(given);
  const Ref type = fields[0], exception = fields[1], thread = fields[3];
  if (type == Ref(vm.type(TypeId::SystemExit))) return Ok;
  CEDE_TRY(const Value stream, report_stream(vm, thread));
  if (stream.is_unbound()) return Ok;
  CEDE_TRY(const Value name, thread_name(vm, thread));
  std::string report = fmt::format("Exception in thread {}:\n", cast<Str>(name).view());
  report += is<BaseException>(exception) ? format_exception_report(vm, exception) : "NoneType: None\n";
  CEDE_TRY(const Value text, str_from_external(vm, report));
  CEDE_TRY(const Value written, call_method(vm, stream, *vm.names.write, text));
  CEDE_TRY(const Value flushed, call_method(vm, stream, *vm.names.flush));
  return Ok;
}

Owned thread_allocate_lock(VM& vm) { return call(vm, vm.native_type(lock_type)); }

constexpr Method functions[] = {
    raw_method<"start_new_thread($module, function, args, kwargs={}, /)", thread_start_new_thread>,
    raw_method<"start_new($module, function, args, kwargs={}, /)", thread_start_new_thread>,
    method<"start_joinable_thread($module, /, function, handle=None, daemon=True)", thread_start_joinable_thread>,
    method<"daemon_threads_allowed($module, /)", thread_daemon_threads_allowed>,
    method<"allocate_lock($module, /)", thread_allocate_lock>,
    method<"allocate($module, /)", thread_allocate_lock>,
    method<"exit_thread($module, /)", thread_exit>,
    method<"exit($module, /)", thread_exit>,
    method<"interrupt_main($module, signum=2, /)", thread_interrupt_main>,
    method<"get_ident($module, /)", thread_get_ident>,
    method<"get_native_id($module, /)", thread_get_native_id>,
    method<"_count($module, /)", thread_count>,
    method<"stack_size($module, size=0, /)", thread_stack_size>,
    method<"_excepthook($module, (exc_type, exc_value, exc_traceback, thread), /)", thread_excepthook>,
    method<"_is_main_interpreter($module, /)", thread_is_main_interpreter>,
    method<"_shutdown($module, /)", thread_shutdown>,
    method<"_make_thread_handle($module, ident, /)", thread_make_handle>,
    method<"_get_main_thread_ident($module, /)", thread_get_main_ident>,
};

Status fill(VM& vm, Module& module) {
  for (const NativeType* type : {&lock_type, &rlock_type, &local_type, &thread_handle_type})
    CEDE_CHECK(module_add_type(vm, module, *type));
  CEDE_CHECK(module_add_type(vm, module, except_hook_args_type));
  CEDE_CHECK(module_set(vm, module, "LockType", vm.native_type(lock_type)));
  CEDE_CHECK(module_set(vm, module, "error", vm.type(TypeId::RuntimeError)));
  CEDE_TRY(const Value longest, float_from(vm, longest_timeout));
  return module_set(vm, module, "TIMEOUT_MAX", longest);
}

}  // namespace

const StructType except_hook_args_type{{.name = "_thread._ExceptHookArgs",
                                        .id = TypeId::Dynamic,
                                        .base = &tuple_type,
                                        .layout = &struct_sequence_layout,
                                        .slots = &struct_sequence_slots,
                                        .flags = struct_sequence_flags,
                                        .methods = struct_sequence_methods,
                                        .members = hook_members,
                                        .doc = "ExceptHookArgs\n\nType used to pass arguments to threading.excepthook.",
                                        .fill = struct_sequence_fill},
                                       hook_fields,
                                       4};

extern const NativeModule thread_native_module;
const NativeModule thread_native_module{
    .name = "_thread",
    .functions = functions,
    .fill = fill,
    .doc = "This module provides primitive operations to write multi-threaded programs.\n"
           "The 'threading' module provides a more convenient interface.",
};

}  // namespace cede::stdlib
