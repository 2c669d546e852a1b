// Waiting on a word: the host waits, with the isolate released.
#include "runtime/vm/wait.hpp"

#include <cerrno>

#include "runtime/host/host.hpp"
#include "runtime/vm/isolate_lock.hpp"

namespace cede {

Waited wait_on(VM& vm, std::atomic<std::uint32_t>& word, std::uint32_t seen, std::int64_t deadline) {
  std::uint32_t reasons = std::uint32_t(Interrupt::Kill);
  if (vm.thread->is_main) reasons |= std::uint32_t(Interrupt::Signal);
  if (vm.interrupts.load(std::memory_order_relaxed) & reasons) return Waited::Interrupted;
  const Unlocked unlocked(vm);
  switch (vm.host.wait_on({word, seen, deadline, &vm.interrupts, reasons})) {
    case -EINTR: return Waited::Interrupted;
    case -ETIMEDOUT: return Waited::TimedOut;
    default: return Waited::Woken;
  }
}

void wake_one(VM& vm, std::atomic<std::uint32_t>& word) { vm.host.wake(word, Wake::One); }
void wake_all(VM& vm, std::atomic<std::uint32_t>& word) { vm.host.wake(word, Wake::All); }

}  // namespace cede
