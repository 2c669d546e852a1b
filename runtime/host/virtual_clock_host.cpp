// The clock that waits move. A waiter is one thread inside one wait: it is in the list from before it looks
// for the last time until it goes on, and is blocked as long as its signal is 0 and no descriptor of it is
// ready.
#include "runtime/host/virtual_clock_host.hpp"

#include <algorithm>
#include <cerrno>
#include <limits>

#include "runtime/host/futex.hpp"

namespace cede {

namespace {

constexpr std::uint32_t woken = 1, due = 2;        // signals of a waiter
constexpr std::int64_t patience = 1'000'000'000;   // real time, before time passes though threads run
constexpr std::int64_t look_interval = 1'000'000;  // between looks at the clock by who waits for descriptors
constexpr std::uint64_t patient_readings = 1'000'000;  // of a clock that stands still; then it creeps
constexpr std::int64_t creep = 1'000;                  // nanoseconds per reading

}  // namespace

struct VirtualClockHost::Waiter {
  std::int64_t deadline;                             // of this clock; < 0: none
  const std::atomic<std::uint32_t>* word = nullptr;  // what it waits for: a word,
  Poller* poller = nullptr;                          // a poller,
  std::span<const ::pollfd> watched = {};            // or descriptors
  std::atomic<std::uint32_t> signal{0};              // why it goes on
};

// A waiter's time in the list.
class VirtualClockHost::Waiting {
 public:
  Waiting(VirtualClockHost& host, Waiter& waiter)
      : host_(host), waiter_(waiter), real_start_(host.inner_.monotonic_time()), start_(host.now_) {}
  ~Waiting() {
    const std::lock_guard guard(host_.mutex_);
    std::erase(host_.waiters_, &waiter_);
  }
  Waiting(const Waiting&) = delete;
  // With the mutex held.
  void begin() {
    host_.waiters_.push_back(&waiter_);
    host_.jump_if_all_wait(&waiter_);
  }

  // Real time that the wait may still last; -1: no limit.
  std::int64_t real_time_left() const {
    if (waiter_.deadline < 0) return -1;
    const std::int64_t length = std::max(waiter_.deadline - start_, patience);
    return std::max<std::int64_t>(length - (host_.inner_.monotonic_time() - real_start_), 0);
  }
  // Others run, and this wait has lasted as long as it would on a real clock.
  void pass_time_if_over() {
    if (real_time_left() != 0) return;
    const std::lock_guard guard(host_.mutex_);
    if (!waiter_.signal) host_.move_clock(waiter_.deadline);
  }

 private:
  VirtualClockHost& host_;
  Waiter& waiter_;
  std::int64_t real_start_, start_;
};

// ---- the clock

void VirtualClockHost::move_clock(std::int64_t to) {
  now_ = std::max(now_.load(), to);
  readings_ = 0;
  for (Waiter* waiter : waiters_)
    if (waiter->deadline >= 0 && waiter->deadline <= now_ && !waiter->signal) release(*waiter, due);
}

void VirtualClockHost::advance(std::int64_t nanoseconds) {
  const std::lock_guard guard(mutex_);
  move_clock(now_ + nanoseconds);
}

std::size_t VirtualClockHost::waiting() {
  const std::lock_guard guard(mutex_);
  return waiters_.size();
}

std::int64_t VirtualClockHost::read_clock() {
  if (readings_.fetch_add(1, std::memory_order_relaxed) >= patient_readings) [[unlikely]] {
    const std::lock_guard guard(mutex_);
    move_clock(now_ + creep);
    readings_ = patient_readings;
  }
  return now_;
}

std::int64_t VirtualClockHost::deadline_after(std::int64_t timeout) const {
  std::int64_t deadline;
  if (timeout < 0) return -1;
  return __builtin_add_overflow(now_.load(), timeout, &deadline) ? std::numeric_limits<std::int64_t>::max()
                                                                 : deadline;
}

void VirtualClockHost::release(Waiter& waiter, std::uint32_t reason) {
  waiter.signal = reason;
  if (waiter.poller)
    waiter.poller->wake();
  else
    wake_futex(waiter.signal, Wake::All);
}

bool VirtualClockHost::is_ready(const Waiter& waiter) {
  if (waiter.signal) return true;
  if (waiter.poller) return waiter.poller->is_ready();
  if (waiter.watched.empty()) return false;
  std::vector<::pollfd> watched(waiter.watched.begin(), waiter.watched.end());
  return inner_.wait_for_several(watched.data(), watched.size(), 0) > 0;
}

// `newest` is the caller's own, which needs no wake-up. One waiter at a time goes on, so that threads which wake
// at one moment always do so in the same order.
void VirtualClockHost::jump_if_all_wait(const Waiter* newest) {
  if (waiters_.size() < threads_) return;
  Waiter* first = nullptr;
  for (Waiter* waiter : waiters_) {
    if (is_ready(*waiter)) return;
    if (waiter->deadline >= 0 && (!first || waiter->deadline < first->deadline)) first = waiter;
  }
  if (!first) return;
  now_ = std::max(now_.load(), first->deadline);
  readings_ = 0;
  if (first == newest)
    first->signal = due;
  else
    release(*first, due);
}

void VirtualClockHost::thread_begins() {
  const std::lock_guard guard(mutex_);
  ++threads_;
}
void VirtualClockHost::thread_ends() {
  const std::lock_guard guard(mutex_);
  --threads_;
  jump_if_all_wait(nullptr);
}

// ---- waits on words

int VirtualClockHost::wait_on(const WordWait& wait) {
  Waiter waiter{.deadline = wait.deadline, .word = &wait.word};
  Waiting waiting(*this, waiter);
  const auto interrupted = [&] {
    return wait.interrupts && (wait.interrupts->load() & wait.interrupt_mask) != 0;
  };
  {
    const std::lock_guard guard(mutex_);
    if (interrupted()) return -EINTR;
    if (wait.word.load() != wait.value) return 0;
    if (wait.deadline >= 0 && wait.deadline <= now_) return -ETIMEDOUT;
    waiting.begin();
  }
  while (!waiter.signal) {
    if (interrupted()) return -EINTR;
    const std::int64_t left = waiting.real_time_left();
    const std::int64_t longest = left < 0 ? interrupt_interval : std::min(left, interrupt_interval);
    if (wait_on_futex(waiter.signal, 0, longest) == -EINTR && !waiter.signal) return -EINTR;
    if (!waiter.signal && wait.word.load() != wait.value) return 0;
    waiting.pass_time_if_over();
  }
  return waiter.signal == woken ? 0 : -ETIMEDOUT;
}

void VirtualClockHost::wake(std::atomic<std::uint32_t>& word, Wake whom) {
  const std::lock_guard guard(mutex_);
  for (Waiter* waiter : waiters_) {
    if (waiter->word != &word || waiter->signal) continue;
    release(*waiter, woken);
    if (whom == Wake::One) return;
  }
}

int VirtualClockHost::sleep(std::int64_t nanoseconds) {
  if (nanoseconds <= 0) return 0;
  std::atomic<std::uint32_t> never{0};
  const int ended = wait_on({.word = never, .value = 0, .deadline = deadline_after(nanoseconds)});
  return ended == -ETIMEDOUT ? 0 : ended;
}

// ---- waits for descriptors

// `real_wait` waits for so many nanoseconds on the inner host and gives the number of what is ready.
template<class F>
int VirtualClockHost::wait(std::span<const ::pollfd> watched, std::int64_t timeout, F&& real_wait) {
  const int ready = real_wait(0);
  if (ready != 0 || timeout == 0) return ready;
  Waiter waiter{.deadline = deadline_after(timeout), .watched = watched};
  Waiting waiting(*this, waiter);
  {
    const std::lock_guard guard(mutex_);
    waiting.begin();
  }
  if (timeout < 0) {
    ++real_waits_;
    return real_wait(-1);
  }
  while (!waiter.signal) {
    if (const int found = real_wait(look_interval)) return found;
    waiting.pass_time_if_over();
  }
  return 0;
}

int VirtualClockHost::wait_for_several(::pollfd* watched, std::size_t count, std::int64_t timeout) {
  const std::vector<::pollfd> copy(watched, watched + count);
  return wait(copy, timeout,
              [&](std::int64_t time) { return inner_.wait_for_several(watched, count, time); });
}
int VirtualClockHost::wait_event_queue(int queue, ::epoll_event* events, int room, std::int64_t timeout) {
  const ::pollfd watched[] = {{queue, POLLIN, 0}};
  return wait(watched, timeout,
              [&](std::int64_t time) { return inner_.wait_event_queue(queue, events, room, time); });
}
int VirtualClockHost::wait_for(int descriptor, bool readable, bool writable, std::int64_t timeout) {
  const ::pollfd watched[] = {
      {descriptor, static_cast<short>((readable ? POLLIN : 0) | (writable ? POLLOUT : 0)), 0}};
  return wait(watched, timeout,
              [&](std::int64_t time) { return inner_.wait_for(descriptor, readable, writable, time); });
}

class VirtualClockHost::VirtualPoller final : public Poller {
 public:
  VirtualPoller(VirtualClockHost& host, std::unique_ptr<Poller> inner)
      : host_(host), inner_(std::move(inner)) {}
  int watch(int descriptor, bool readable, bool writable) override {
    return inner_->watch(descriptor, readable, writable);
  }
  // A wake-up counts as an event here, though it appends none.
  int wait(std::int64_t timeout, std::vector<PollEvent>& events) override {
    const int ready = inner_->wait(0, events);
    if (ready != 0 || timeout == 0) return ready;
    Waiter waiter{.deadline = host_.deadline_after(timeout), .poller = inner_.get()};
    Waiting waiting(host_, waiter);
    {
      const std::lock_guard guard(host_.mutex_);
      waiting.begin();
    }
    if (waiter.signal) return 0;
    if (timeout < 0) ++host_.real_waits_;
    for (;;) {
      if (const int found = inner_->wait(waiting.real_time_left(), events)) return found;
      if (waiter.signal) return 0;
      waiting.pass_time_if_over();
    }
  }
  // The inner wait takes the wake-up back before the waiter is off the list: the signal tells until then.
  void wake() override {
    const std::lock_guard guard(host_.mutex_);
    for (Waiter* waiter : host_.waiters_)
      if (waiter->poller == inner_.get() && !waiter->signal) waiter->signal = woken;
    inner_->wake();
  }
  bool is_ready() override { return inner_->is_ready(); }

 private:
  VirtualClockHost& host_;
  std::unique_ptr<Poller> inner_;
};

std::unique_ptr<Poller> VirtualClockHost::new_poller() {
  return std::make_unique<VirtualPoller>(*this, inner_.new_poller());
}

}  // namespace cede
