// What native code asks of the script frame that runs: hooks of the VM that core cannot answer itself.
#pragma once

#include "runtime/core/vm.hpp"

namespace cede {

// Sets VM::implicit_super and VM::current_globals. Called once for each isolate.
void install_frame_hooks(VM& vm);

}  // namespace cede
