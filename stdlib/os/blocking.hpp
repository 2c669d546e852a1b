// Calls of the host that may take long.
#pragma once

#include <cerrno>

#include "runtime/core/vm.hpp"
#include "runtime/vm/isolate_lock.hpp"

namespace cede::stdlib {

// Calls with the isolate unlocked, and again after a signal whose handler did not raise. The result is the host's:
// >= 0 or -errno.
template<class F> Result<std::int64_t> blocking(VM& vm, F&& call_host) {
  for (;;) {
    std::int64_t result;
    {
      const Unlocked unlocked(vm);
      result = static_cast<std::int64_t>(call_host());
    }
    if (result != -EINTR) return result;
    CEDE_CHECK(vm.check_interrupts());
  }
}

}  // namespace cede::stdlib
