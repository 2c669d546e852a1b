// Ctrl-C, and the signals of the process for the isolate that the command line runs.
#include "runtime/cli/signals.hpp"

#include <unistd.h>

#include <csignal>

#include "runtime/async/task_dump.hpp"
#include "runtime/host/host.hpp"

namespace cede::cli {

void install_signal_handlers(VM& vm) {
  SignalSource& signals = process_signals();
  vm.host.signals = &signals;
  signals.tell(&vm.interrupts, static_cast<std::uint32_t>(Interrupt::Signal));
  signals.set_action(SIGPIPE, SignalAction::Ignore);
  signals.set_action(SIGXFSZ, SignalAction::Ignore);
  // A process started with SIGINT ignored (a background job of a shell) keeps it so.
  if (signals.action(SIGINT) == SignalAction::Default) signals.set_action(SIGINT, SignalAction::Catch);
  dump_tasks_on_quit(vm);
}

void remove_signal_handlers() { process_signals().tell(nullptr, 0); }

void die_of_interrupt() {
  process_signals().set_action(SIGINT, SignalAction::Default);
  kill(getpid(), SIGINT);
  _exit(130);
}

}  // namespace cede::cli
