// Running a program in an isolate from its start to its exit status.
#pragma once

#include "runtime/cli/options.hpp"
#include "runtime/embed/isolate.hpp"

namespace cede::cli {

// How a program ended. `interrupted`: by an uncaught KeyboardInterrupt, which the process is to die of.
struct Outcome {
  int status = 0;
  bool interrupted = false;
};

// Runs what the options name in __main__, reports an uncaught exception, and finishes: exit functions, flushing of the
// standard streams, the end of all modules.
Outcome run_program(Isolate& isolate, const Options& options);

}  // namespace cede::cli
