// A host whose time passes only by waiting: when every script thread waits, the clocks jump to the earliest
// moment at which one of them wants to go on, and that one goes on. So a day of timers runs in a moment, with
// exact instants and in one order. All else is asked of another host.
//
// While a thread runs, or is inside a call of the host that is no wait of those below, the clocks stand
// still; but no wait lasts longer than on a real clock (`patience` at least), so that what would end there
// ends here. A program that only reads the clock until it moves gets it to creep.
#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "runtime/host/forwarding_host.hpp"

namespace cede {

class VirtualClockHost final : public ForwardingHost {
 public:
  // `inner` is borrowed. Where the clocks begin, in nanoseconds: the monotonic one and the calendar.
  static constexpr std::int64_t year_2000 = 946'684'800'000'000'000;
  explicit VirtualClockHost(Host& inner, std::int64_t start = 0, std::int64_t calendar_start = year_2000)
      : ForwardingHost(inner), now_(start), calendar_offset_(calendar_start - start) {}

  // From any thread.
  void advance(std::int64_t nanoseconds);
  std::int64_t now() const { return now_; }
  // Threads inside a wait that the clock knows of.
  std::size_t waiting();
  // Waits without a limit for which nothing was ready: they last until a descriptor, a thread or a signal
  // ends them.
  std::uint64_t real_waits() const { return real_waits_; }

  std::int64_t monotonic_time() override { return read_clock(); }
  std::int64_t real_time() override { return read_clock() + calendar_offset_; }
  bool is_virtual_time() const override { return true; }

  // The waits that the clock knows of.
  int sleep(std::int64_t nanoseconds) override;
  int wait_on(const WordWait& wait) override;
  void wake(std::atomic<std::uint32_t>& word, Wake whom) override;
  int wait_for_several(::pollfd* watched, std::size_t count, std::int64_t timeout) override;
  int wait_event_queue(int queue, ::epoll_event* events, int room, std::int64_t timeout) override;
  int wait_for(int descriptor, bool readable, bool writable, std::int64_t timeout) override;
  std::unique_ptr<Poller> new_poller() override;

  void thread_begins() override;
  void thread_ends() override;

 private:
  class VirtualPoller;
  struct Waiter;
  class Waiting;
  template<class F> int wait(std::span<const ::pollfd> watched, std::int64_t timeout, F&& real_wait);
  std::int64_t deadline_after(std::int64_t timeout) const;
  std::int64_t read_clock();
  // Those below are called with the mutex held.
  void move_clock(std::int64_t to);
  void release(Waiter& waiter, std::uint32_t reason);
  bool is_ready(const Waiter& waiter);
  void jump_if_all_wait(const Waiter* newest);

  std::mutex mutex_;              // of what changes, but for the numbers that are read without it
  std::vector<Waiter*> waiters_;  // in the order in which they began
  std::size_t threads_ = 0;       // that run script code, or wait
  std::atomic<std::int64_t> now_;
  std::int64_t calendar_offset_;
  std::atomic<std::uint64_t> readings_{0};  // of the clock, since it moved
  std::atomic<std::uint64_t> real_waits_{0};
};

}  // namespace cede
