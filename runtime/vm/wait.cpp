// Waiting on a word by the kernel's futexes, which signals interrupt (a condition variable's wait they do not).
#include "runtime/vm/wait.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <ctime>

#include "runtime/host/host.hpp"
#include "runtime/vm/isolate_lock.hpp"

namespace cede {

namespace {

// A signal or stop that comes between the last look at the flags and the wait is seen at the latest after this.
constexpr std::int64_t longest_wait = 50'000'000;
// Where time is virtual, other threads have so much real time before a wait with a limit is over.
constexpr std::int64_t chance_of_others = 1'000'000;

long futex(std::atomic<std::uint32_t>& word, int operation, std::uint32_t value, const timespec* timeout) {
  static_assert(sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t));
  return syscall(SYS_futex, &word, operation | FUTEX_PRIVATE_FLAG, value, timeout, nullptr, 0);
}

bool must_look(VM& vm, bool is_main) {
  const std::uint32_t reasons = vm.interrupts.load(std::memory_order_relaxed);
  return (reasons & std::uint32_t(Interrupt::Kill)) || (is_main && (reasons & std::uint32_t(Interrupt::Signal)));
}

}  // namespace

Waited wait_on(VM& vm, std::atomic<std::uint32_t>& word, std::uint32_t seen, std::int64_t deadline) {
  const bool is_main = vm.thread->is_main;
  if (must_look(vm, is_main)) return Waited::Interrupted;
  const Unlocked unlocked(vm);
  while (word.load() == seen) {
    if (must_look(vm, is_main)) return Waited::Interrupted;
    std::int64_t wait = longest_wait, left = 0;
    const bool jumps = deadline >= 0 && vm.host.is_virtual_time();
    if (deadline >= 0) {
      left = deadline - vm.host.monotonic_time();
      if (left <= 0) return Waited::TimedOut;
      wait = std::min(wait, jumps ? chance_of_others : left);
    }
    const timespec timeout{wait / 1'000'000'000, wait % 1'000'000'000};
    if (futex(word, FUTEX_WAIT, seen, &timeout) == 0) continue;
    if (errno == EINTR) return Waited::Interrupted;
    if (errno == ETIMEDOUT && jumps) vm.host.sleep(left);
  }
  return Waited::Woken;
}

void wake_one(std::atomic<std::uint32_t>& word) { futex(word, FUTEX_WAKE, 1, nullptr); }
void wake_all(std::atomic<std::uint32_t>& word) { futex(word, FUTEX_WAKE, INT_MAX, nullptr); }

}  // namespace cede
