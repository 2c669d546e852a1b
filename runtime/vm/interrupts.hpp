// What happens at an interrupt check (VM::check_interrupts): the host's kill, turns of other threads, signals.
#pragma once

#include "runtime/core/vm.hpp"

namespace cede {

// The isolate's VM::interrupt_handler.
Status run_interrupts(VM& vm, std::uint32_t reasons);

// The isolate's VM::stop_handler.
Status run_stop(VM& vm);

// A number of a signal is below this.
inline constexpr int signal_limit = 65;

}  // namespace cede
