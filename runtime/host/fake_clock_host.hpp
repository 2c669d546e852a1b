// A host whose time passes only when somebody waits for it: a sleep, or a wait with a time limit in which
// nothing is ready, moves the clocks to its end and is over at once. So a day of timers runs in a moment,
// with exact instants. All else is asked of another host. For tests of what depends on time; what other
// threads and processes do takes no time here, so a limit on waiting for them expires at once.
#pragma once

#include <atomic>

#include "runtime/host/forwarding_host.hpp"

namespace cede {

class FakeClockHost final : public ForwardingHost {
 public:
  // `inner` is borrowed. The monotonic clock begins at `start` nanoseconds, the calendar at 2000-01-01 00:00
  // UTC.
  explicit FakeClockHost(Host& inner, std::int64_t start = 0)
      : ForwardingHost(inner), now_(start), start_(start) {}

  // From any thread.
  void advance(std::int64_t nanoseconds) { now_ += nanoseconds; }
  std::int64_t now() const { return now_; }
  // Waits without a limit for which nothing was ready: they last until a descriptor, a thread or a signal
  // ends them.
  std::uint64_t real_waits() const { return real_waits_; }

  std::int64_t monotonic_time() override { return now_; }
  std::int64_t real_time() override;
  std::int64_t process_time() override { return now_ - start_; }
  std::int64_t thread_time() override { return now_ - start_; }
  bool is_virtual_time() const override { return true; }
  int sleep(std::int64_t nanoseconds) override;
  int wait_for_several(::pollfd* watched, std::size_t count, std::int64_t timeout) override;
  int wait_event_queue(int queue, ::epoll_event* events, int room, std::int64_t timeout) override;
  int wait_for(int descriptor, bool readable, bool writable, std::int64_t timeout) override;
  std::unique_ptr<Poller> new_poller() override;

 private:
  class FakePoller;
  template<class F> int wait(std::int64_t timeout, F&& real_wait);

  std::atomic<std::int64_t> now_;
  std::int64_t start_;
  std::atomic<std::uint64_t> real_waits_{0};
};

}  // namespace cede
