// The interactive prompt.
#pragma once

#include "runtime/embed/isolate.hpp"

namespace cede::cli {

enum class Banner : std::uint8_t { Shown, Hidden };

// Reads, runs and prints until the end of input. Raised: SystemExit.
Owned run_prompt(Isolate& isolate, Banner banner);

}  // namespace cede::cli
