// What native code asks of the script frame that runs: hooks of the VM that core cannot answer itself.
#pragma once

#include "runtime/core/vm.hpp"

namespace cede {

// Sets VM::implicit_super, VM::current_globals and VM::mark_running_frames. Called once for each isolate.
void install_frame_hooks(VM& vm);

}  // namespace cede
