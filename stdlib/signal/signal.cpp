// The module `_signal`: handlers of the process's signals, for an isolate whose host grants them. The handlers lie in
// VM::signal_handlers by number: a callable, SIG_DFL, SIG_IGN, or None for somebody else's; runtime/vm/interrupts.cpp
// calls them.
#include <cmath>
#include <csignal>
#include <cstring>

#include "runtime/core/protocols.hpp"
#include "runtime/host/host.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/set.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/interrupts.hpp"
#include "runtime/vm/isolate_lock.hpp"

namespace cede::stdlib {

namespace {

constexpr std::int64_t default_handler = 0, ignore_handler = 1;

Status check_number(VM& vm, std::int64_t number) {
  if (number >= 1 && number < signal_limit) return Ok;
  return vm.raise(TypeId::ValueError, "signal number out of range");
}
Result<SignalSource*> granted(VM& vm) {
  if (vm.host.signals) return vm.host.signals;
  return vm.raise_os_error(EPERM);
}
List& handlers(VM& vm) { return cast<List>(vm.signal_handlers); }

// ---- handlers

Owned signal_signal(VM& vm, Ref, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "_signal.signal"));
  CEDE_CHECK(check_argument_count(vm, arguments, "signal", 2, 2));
  int number;
  if (!detail::Convert<int>::from(vm, detail::signature<"signal(signalnum, handler, /)">, 0, arguments[0], number)) return raised;
  const Value handler{arguments[1]};
  if (!vm.thread->is_main)
    return vm.raise(TypeId::ValueError, "signal only works in main thread of the main interpreter");
  CEDE_CHECK(check_number(vm, number));
  SignalAction action = SignalAction::Catch;
  if (!is_callable(vm, handler)) {
    const auto constant = is_int(handler) ? int_to_int64(handler) : std::nullopt;
    if (constant == default_handler) action = SignalAction::Default;
    else if (constant == ignore_handler) action = SignalAction::Ignore;
    else return vm.raise(TypeId::TypeError, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  }
  // Signals that have come run the old handler.
  CEDE_CHECK(vm.check_interrupts());
  CEDE_TRY(SignalSource* const source, granted(vm));
  if (const int error = source->set_action(number, action)) return vm.raise_os_error(-error);
  Value old{handlers(vm)[static_cast<std::size_t>(number)]};
  list_replace(handlers(vm), static_cast<std::size_t>(number), handler);
  return old.take();
}

Owned signal_getsignal(VM& vm, int number) {
  CEDE_CHECK(check_number(vm, number));
  return Owned::share(handlers(vm)[static_cast<std::size_t>(number)]);
}

Owned signal_default_int_handler(VM& vm, Ref, const Arguments& arguments) {
  CEDE_CHECK(check_argument_count(vm, arguments, "default_int_handler", 2, 2));
  return vm.raise_with(TypeId::KeyboardInterrupt, Unbound);
}

Status signal_siginterrupt(VM& vm, int number, bool flag) {
  CEDE_CHECK(check_number(vm, number));
  CEDE_TRY(SignalSource* const source, granted(vm));
  const int error = number == SIGKILL || number == SIGSTOP ? -EINVAL : source->set_restart(number, !flag);
  return error ? Status(vm.raise_os_error(-error)) : Ok;
}

Owned signal_set_wakeup_fd(VM& vm, Ref, const Arguments& arguments) {
  if (arguments.positional != 1)
    return vm.raise(TypeId::TypeError, "set_wakeup_fd() takes exactly 1 positional argument ({} given)", arguments.positional);
  bool warn = true;
  if (arguments.keywords)
    for (std::size_t i = 0; i < arguments.keywords->size; ++i) {
      const std::string_view name = cast<Str>((*arguments.keywords)[i]).view();
      if (name != "warn_on_full_buffer")
        return vm.raise(TypeId::TypeError, "set_wakeup_fd() got an unexpected keyword argument '{}'", name);
      CEDE_TRY(warn, is_truthy(vm, arguments[1 + i]));
    }
  int descriptor;
  if (!detail::Convert<int>::from(vm, detail::signature<"set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)">, 0, arguments[0], descriptor))
    return raised;
  if (!vm.thread->is_main)
    return vm.raise(TypeId::ValueError, "set_wakeup_fd only works in main thread of the main interpreter");
  CEDE_TRY(SignalSource* const source, granted(vm));
  if (descriptor != -1) {
    struct ::stat status;
    if (const int error = vm.host.status(descriptor, status); error < 0) return vm.raise_os_error(-error);
    const int blocking = vm.host.is_blocking(descriptor);
    if (blocking < 0) return vm.raise_os_error(-blocking);
    if (blocking) return vm.raise(TypeId::ValueError, "the fd {} must be in non-blocking mode", descriptor);
  }
  return int_from(vm, source->set_wake_descriptor(descriptor, warn));
}

Owned signal_strsignal(VM& vm, int number) {
  CEDE_CHECK(check_number(vm, number));
  const char* text = strsignal(number);
  if (!text || std::string_view(text).starts_with("Unknown signal")) return Owned(None.bits);
  return str_from_external(vm, text);
}

// ---- sending and waiting

Status signal_raise_signal(VM& vm, int number) {
  CEDE_TRY(SignalSource* const source, granted(vm));
  if (const int error = source->raise(number)) return vm.raise_os_error(-error);
  return vm.check_interrupts();
}
Status signal_pthread_kill(VM& vm, Ref thread, int number) {
  const auto id = is_int(thread) ? int_to_int64(thread) : std::nullopt;
  if (!id) return vm.raise(TypeId::TypeError, "an integer is required");
  CEDE_TRY(SignalSource* const source, granted(vm));
  if (const int error = source->kill_thread(static_cast<std::uint64_t>(*id), number)) return vm.raise_os_error(-error);
  return vm.check_interrupts();
}
Result<std::int64_t> signal_alarm(VM& vm, int seconds) {
  CEDE_TRY(SignalSource* const source, granted(vm));
  return static_cast<std::int64_t>(source->alarm(static_cast<unsigned>(seconds)));
}
Status signal_pause(VM& vm) {
  CEDE_TRY(SignalSource* const source, granted(vm));
  for (;;) {
    {
      const Unlocked unlocked(vm);
      source->pause();
    }
    const std::uint64_t waiting = source->take();
    source->put_back(waiting);
    CEDE_CHECK(vm.check_interrupts());
    // SIGQUIT that no script handles shows the tasks: to the program, nothing has come.
    const bool only_shown = waiting == std::uint64_t{1} << (SIGQUIT - 1) && !is_callable(vm, handlers(vm)[SIGQUIT]);
    if (!only_shown) return Ok;
  }
}

// ---- sets of signals

Status read_set(VM& vm, Ref iterable, ::sigset_t& set) {
  sigemptyset(&set);
  return for_each(vm, iterable, [&](Ref item) -> Status {
    CEDE_TRY(const std::int64_t number, index_int64(vm, item));
    if (number < 1 || number >= signal_limit)
      return vm.raise(TypeId::ValueError, "signal number {} out of range [1; {}]", number, signal_limit - 1);
    sigaddset(&set, static_cast<int>(number));  // those that the C library keeps for itself are left out
    return Ok;
  });
}
Owned set_of(VM& vm, const ::sigset_t& set) {
  CEDE_TRY(Value made, set_new(vm));
  for (int number = 1; number < signal_limit; ++number)
    if (sigismember(&set, number) == 1) CEDE_CHECK(set_add(vm, cast<Set>(made), Ref::small(number)));
  return made.take();
}

Owned signal_pthread_sigmask(VM& vm, int how, Ref mask) {
  ::sigset_t set, old;
  CEDE_CHECK(read_set(vm, mask, set));
  CEDE_TRY(SignalSource* const source, granted(vm));
  if (const int error = source->mask(how, set, old)) return vm.raise_os_error(-error);
  // Those that are no longer blocked have come by now.
  CEDE_CHECK(vm.check_interrupts());
  return set_of(vm, old);
}
Owned signal_sigpending(VM& vm) {
  CEDE_TRY(SignalSource* const source, granted(vm));
  ::sigset_t set;
  if (const int error = source->pending(set)) return vm.raise_os_error(-error);
  return set_of(vm, set);
}
Result<std::int64_t> signal_sigwait(VM& vm, Ref sigset) {
  ::sigset_t set;
  CEDE_CHECK(read_set(vm, sigset, set));
  CEDE_TRY(SignalSource* const source, granted(vm));
  int number;
  {
    const Unlocked unlocked(vm);
    number = source->wait(set);
  }
  if (number < 0) return vm.raise_os_error(-number);
  return std::int64_t{number};
}
Owned signal_valid_signals(VM& vm) {
  ::sigset_t set;
  sigfillset(&set);
  return set_of(vm, set);
}

// ---- interval timers

// The class is kept under this name in the module.
RaisedMark raise_itimer_error(VM& vm, int error) {
  const Value module = dict_get_str(vm, cast<Dict>(vm.modules), vm.intern("_signal"));
  if (module.is_raised() || module.is_unbound()) return vm.raise_os_error(error);
  const Value type = get_attribute(vm, module, "ItimerError");
  if (type.is_raised()) return raised;
  const Value text = str_from_external(vm, std::strerror(error));
  if (text.is_raised()) return raised;
  const Value exception = call(vm, type, Ref::small(error), text);
  return exception.is_raised() ? raised : vm.raise_value(exception);
}
Result<::timeval> seconds_argument(VM& vm, Ref value) {
  double seconds;
  if (is_float(value)) {
    seconds = float_value(value);
    if (std::isnan(seconds)) return vm.raise(TypeId::ValueError, "Invalid value NaN (not a number)");
  } else {
    CEDE_TRY(const std::int64_t whole, index_int64(vm, value));
    seconds = static_cast<double>(whole);
  }
  // Away from zero, as the other timeouts.
  const double micro = seconds >= 0 ? std::ceil(seconds * 1e6) : std::floor(seconds * 1e6);
  if (!(std::fabs(micro) < 9.2e18)) return vm.raise(TypeId::OverflowError, "timestamp out of range for platform time_t");
  const auto total = static_cast<std::int64_t>(micro);
  std::int64_t whole = total / 1'000'000, part = total % 1'000'000;
  if (part < 0) {
    part += 1'000'000;
    --whole;
  }
  return ::timeval{whole, part};
}
Owned timer_pair(VM& vm, const ::itimerval& value) {
  const auto number = [](const ::timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  CEDE_TRY(const Value first, float_from(vm, number(value.it_value)));
  CEDE_TRY(const Value second, float_from(vm, number(value.it_interval)));
  return tuple_of(vm, {first, second});
}
Owned signal_setitimer(VM& vm, int which, Ref seconds, Ref interval) {
  ::itimerval value{}, old{};
  CEDE_TRY(value.it_value, seconds_argument(vm, seconds));
  if (!interval.is_unbound()) {
    CEDE_TRY(value.it_interval, seconds_argument(vm, interval));
  }
  CEDE_TRY(SignalSource* const source, granted(vm));
  if (const int error = source->set_timer(which, value, old)) return raise_itimer_error(vm, -error);
  return timer_pair(vm, old);
}
Owned signal_getitimer(VM& vm, int which) {
  CEDE_TRY(SignalSource* const source, granted(vm));
  ::itimerval value{};
  if (const int error = source->timer(which, value)) return raise_itimer_error(vm, -error);
  return timer_pair(vm, value);
}

constexpr Method functions[] = {
    raw_method<"signal($module, signalnum, handler, /)", signal_signal>,
    method<"getsignal($module, signalnum, /)", signal_getsignal>,
    raw_method<"default_int_handler($module, signalnum, frame, /)", signal_default_int_handler>,
    method<"siginterrupt($module, signalnum, flag, /)", signal_siginterrupt>,
    raw_method<"set_wakeup_fd($module, fd, /, *, warn_on_full_buffer=True)", signal_set_wakeup_fd>,
    method<"strsignal($module, signalnum, /)", signal_strsignal>,
    method<"raise_signal($module, signalnum, /)", signal_raise_signal>,
    method<"pthread_kill($module, thread_id, signalnum, /)", signal_pthread_kill>,
    method<"alarm($module, seconds, /)", signal_alarm>,
    method<"pause($module, /)", signal_pause>,
    method<"pthread_sigmask($module, how, mask, /)", signal_pthread_sigmask>,
    method<"sigpending($module, /)", signal_sigpending>,
    method<"sigwait($module, sigset, /)", signal_sigwait>,
    method<"valid_signals($module, /)", signal_valid_signals>,
    method<"setitimer($module, which, seconds, interval=0.0, /)", signal_setitimer>,
    method<"getitimer($module, which, /)", signal_getitimer>,
};

struct Constant {
  const char* name;
  int value;
};
constexpr Constant constants[] = {
    {"SIG_DFL", default_handler}, {"SIG_IGN", ignore_handler}, {"SIG_BLOCK", SIG_BLOCK}, {"SIG_UNBLOCK", SIG_UNBLOCK},
    {"SIG_SETMASK", SIG_SETMASK}, {"NSIG", signal_limit}, {"ITIMER_REAL", ITIMER_REAL},
    {"ITIMER_VIRTUAL", ITIMER_VIRTUAL}, {"ITIMER_PROF", ITIMER_PROF},
    {"SIGHUP", SIGHUP}, {"SIGINT", SIGINT}, {"SIGQUIT", SIGQUIT}, {"SIGILL", SIGILL}, {"SIGTRAP", SIGTRAP},
    {"SIGIOT", SIGIOT}, {"SIGABRT", SIGABRT}, {"SIGFPE", SIGFPE}, {"SIGKILL", SIGKILL}, {"SIGBUS", SIGBUS},
    {"SIGSEGV", SIGSEGV}, {"SIGSYS", SIGSYS}, {"SIGPIPE", SIGPIPE}, {"SIGALRM", SIGALRM}, {"SIGTERM", SIGTERM},
    {"SIGUSR1", SIGUSR1}, {"SIGUSR2", SIGUSR2}, {"SIGCLD", SIGCLD}, {"SIGCHLD", SIGCHLD}, {"SIGPWR", SIGPWR},
    {"SIGIO", SIGIO}, {"SIGURG", SIGURG}, {"SIGWINCH", SIGWINCH}, {"SIGPOLL", SIGPOLL}, {"SIGSTOP", SIGSTOP},
    {"SIGTSTP", SIGTSTP}, {"SIGCONT", SIGCONT}, {"SIGTTIN", SIGTTIN}, {"SIGTTOU", SIGTTOU}, {"SIGVTALRM", SIGVTALRM},
    {"SIGPROF", SIGPROF}, {"SIGXCPU", SIGXCPU}, {"SIGXFSZ", SIGXFSZ}, {"SIGSTKFLT", SIGSTKFLT},
};

// What the process does with each signal as the module is imported.
Status read_handlers(VM& vm, Module& module) {
  CEDE_TRY(const Value interrupt, get_attribute(vm, Ref(module), "default_int_handler"));
  CEDE_TRY(Value list, list_with_capacity(vm, signal_limit));
  for (int number = 0; number < signal_limit; ++number) {
    const bool reserved = number == 0 || (number > SIGSYS && number < SIGRTMIN);
    const SignalAction action = reserved || !vm.host.signals ? SignalAction::Foreign : vm.host.signals->action(number);
    Ref handler = None;
    if (action == SignalAction::Default) handler = Ref::small(default_handler);
    else if (action == SignalAction::Ignore) handler = Ref::small(ignore_handler);
    // What is caught without a script having asked for it is Ctrl-C, and SIGQUIT, which a script sees as it would be.
    else if (action == SignalAction::Catch) handler = number == SIGINT ? Ref(interrupt) : Ref::small(default_handler);
    CEDE_CHECK(list_append(vm, cast<List>(list), handler));
  }
  vm.signal_handlers = std::move(list);
  vm.plain_interrupt_handler = interrupt;
  return Ok;
}

Status fill(VM& vm, Module& module) {
  for (const Constant& constant : constants) CEDE_CHECK(module_set(vm, module, constant.name, Ref::small(constant.value)));
  CEDE_CHECK(module_set(vm, module, "SIGRTMIN", Ref::small(SIGRTMIN)));
  CEDE_CHECK(module_set(vm, module, "SIGRTMAX", Ref::small(SIGRTMAX)));
  CEDE_TRY(const Value name, str_from_ascii(vm, "itimer_error"));
  CEDE_TRY(const Value bases, tuple_of(vm, {Ref(vm.type(TypeId::OSError))}));
  CEDE_TRY(const Value name_space, dict_new(vm));
  CEDE_TRY(const Value module_name, str_from_ascii(vm, "signal"));
  CEDE_CHECK(dict_set_str(vm, cast<Dict>(name_space), *vm.names.__module__, module_name));
  CEDE_TRY(const Value error, call(vm, vm.type(TypeId::Type), name, bases, name_space));
  CEDE_CHECK(module_set(vm, module, "ItimerError", error));
  // Imported a second time, the module keeps what the first has set.
  return is<List>(vm.signal_handlers) ? Ok : read_handlers(vm, module);
}

}  // namespace

extern const NativeModule signal_native_module;
const NativeModule signal_native_module{
    .name = "_signal",
    .functions = functions,
    .fill = fill,
    .doc = "This module provides mechanisms to use signal handlers in Python.",
};

}  // namespace cede::stdlib
