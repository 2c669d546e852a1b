// The clock that waits move.
#include "runtime/host/fake_clock_host.hpp"

namespace cede {

namespace {
constexpr std::int64_t first_calendar_second = 946'684'800;  // 2000-01-01
}  // namespace

std::int64_t FakeClockHost::real_time() { return first_calendar_second * 1'000'000'000 + (now_ - start_); }

int FakeClockHost::sleep(std::int64_t nanoseconds) {
  if (nanoseconds > 0) advance(nanoseconds);
  return 0;
}

// `real_wait` waits for so many nanoseconds on the inner host and gives the number of what is ready.
template<class F> int FakeClockHost::wait(std::int64_t timeout, F&& real_wait) {
  const int ready = real_wait(0);
  if (ready != 0 || timeout == 0) return ready;
  if (timeout > 0) {
    advance(timeout);
    return 0;
  }
  ++real_waits_;
  return real_wait(-1);
}

int FakeClockHost::wait_for_several(::pollfd* watched, std::size_t count, std::int64_t timeout) {
  return wait(timeout, [&](std::int64_t time) { return inner_.wait_for_several(watched, count, time); });
}
int FakeClockHost::wait_event_queue(int queue, ::epoll_event* events, int room, std::int64_t timeout) {
  return wait(timeout, [&](std::int64_t time) { return inner_.wait_event_queue(queue, events, room, time); });
}
int FakeClockHost::wait_for(int descriptor, bool readable, bool writable, std::int64_t timeout) {
  return wait(timeout,
              [&](std::int64_t time) { return inner_.wait_for(descriptor, readable, writable, time); });
}

class FakeClockHost::FakePoller final : public Poller {
 public:
  FakePoller(FakeClockHost& host, std::unique_ptr<Poller> inner) : host_(host), inner_(std::move(inner)) {}
  int watch(int descriptor, bool readable, bool writable) override {
    return inner_->watch(descriptor, readable, writable);
  }
  // A wake-up counts as an event here, though it appends none.
  int wait(std::int64_t timeout, std::vector<PollEvent>& events) override {
    return host_.wait(timeout, [&](std::int64_t time) { return inner_->wait(time, events); });
  }
  void wake() override { inner_->wake(); }

 private:
  FakeClockHost& host_;
  std::unique_ptr<Poller> inner_;
};

std::unique_ptr<Poller> FakeClockHost::new_poller() {
  return std::make_unique<FakePoller>(*this, inner_.new_poller());
}

}  // namespace cede
