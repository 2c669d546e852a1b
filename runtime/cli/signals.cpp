// Ctrl-C. A signal handler can reach nothing but globals: the one of this program is here, where the process is the host's.
#include "runtime/cli/signals.hpp"

#include <csignal>
#include <cstdlib>
#include <unistd.h>

#include "runtime/types/exceptions.hpp"

namespace cede::cli {

namespace {

std::atomic<VM*> interrupted_vm{nullptr};

void on_interrupt(int) {
  if (VM* vm = interrupted_vm.load(std::memory_order_relaxed)) vm->request(Interrupt::Signal);
}

Status handle(VM& vm, std::uint32_t reasons) {
  if (reasons & std::uint32_t(Interrupt::Kill)) {
    vm.stopped = true;
    vm.request(Interrupt::Kill);
    return vm.raise_text(TypeId::SystemExit, "killed");
  }
  if (reasons & std::uint32_t(Interrupt::Signal)) return vm.raise_with(TypeId::KeyboardInterrupt, Unbound);
  return Ok;
}

std::function<Status(VM&, std::uint32_t)> handler = handle;

void set_action(int signal, void (*action)(int)) {
  struct sigaction change{};
  change.sa_handler = action;
  sigemptyset(&change.sa_mask);
  sigaction(signal, &change, nullptr);
}

}  // namespace

void install_signal_handlers(VM& vm) {
  interrupted_vm = &vm;
  vm.interrupt_handler = &handler;
  set_action(SIGPIPE, SIG_IGN);
  // A process started with SIGINT ignored (a background job of a shell) keeps it so.
  struct sigaction now{};
  sigaction(SIGINT, nullptr, &now);
  if (now.sa_handler != SIG_IGN) set_action(SIGINT, on_interrupt);
}

void remove_signal_handlers() { interrupted_vm = nullptr; }

void die_of_interrupt() {
  set_action(SIGINT, SIG_DFL);
  kill(getpid(), SIGINT);
  _exit(130);
}

}  // namespace cede::cli
