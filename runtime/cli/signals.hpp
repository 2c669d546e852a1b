// Ctrl-C for the isolate that the command line runs.
#pragma once

#include "runtime/core/vm.hpp"

namespace cede::cli {

// SIGINT asks the isolate for a KeyboardInterrupt, SIGQUIT for a list of its tasks; SIGPIPE becomes an error of writing.
void install_signal_handlers(VM& vm);
// The isolate is about to end.
void remove_signal_handlers();
// Ends the process as an uncaught Ctrl-C does, so that its parent sees the signal.
[[noreturn]] void die_of_interrupt();

}  // namespace cede::cli
