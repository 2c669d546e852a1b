// Waiting of one script thread for another: on a word that the other changes while it holds the isolate lock.
#pragma once

#include <atomic>
#include <cstdint>

#include "runtime/core/vm.hpp"

namespace cede {

enum class Waited : std::uint8_t {
  Woken,        // or for no reason: look at the word again
  TimedOut,
  Interrupted,  // a signal came or the isolate is being stopped: check interrupts
};
// Blocks, with the isolate released, while `word` is `seen`, up to `deadline` of the host's monotonic clock in
// nanoseconds (< 0: for ever). The caller keeps the word's owner alive.
Waited wait_on(VM& vm, std::atomic<std::uint32_t>& word, std::uint32_t seen, std::int64_t deadline);
void wake_one(VM& vm, std::atomic<std::uint32_t>& word);
void wake_all(VM& vm, std::atomic<std::uint32_t>& word);

}  // namespace cede
