// The kernel's futexes: waiting for a word to change, which signals end (a condition variable's wait they do
// not).
#pragma once

#include "runtime/host/host.hpp"

namespace cede {

// A signal or interrupt that comes between the last look at the flags and a wait is seen at the latest after
// so many nanoseconds: no single wait is longer.
constexpr std::int64_t interrupt_interval = 50'000'000;

// Waits at most `timeout` nanoseconds if the word has the value. 0, -EAGAIN: it has not, -ETIMEDOUT, or
// -EINTR.
int wait_on_futex(std::atomic<std::uint32_t>& word, std::uint32_t value, std::int64_t timeout);
void wake_futex(std::atomic<std::uint32_t>& word, Wake whom);

}  // namespace cede
