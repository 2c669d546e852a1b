// One system call each.
#include "runtime/host/futex.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <ctime>

namespace cede {

static_assert(sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t));

int wait_on_futex(std::atomic<std::uint32_t>& word, std::uint32_t value, std::int64_t timeout) {
  const timespec time{timeout / 1'000'000'000, timeout % 1'000'000'000};
  return syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, value, &time, nullptr, 0) == 0 ? 0 : -errno;
}

void wake_futex(std::atomic<std::uint32_t>& word, Wake whom) {
  syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, whom == Wake::One ? 1 : INT_MAX, nullptr, nullptr, 0);
}

}  // namespace cede
