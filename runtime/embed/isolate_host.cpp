// Output into sinks, and breakable waits: each call that may block first polls for its descriptor together
// with a pipe that `break_waits` writes to.
#include "runtime/embed/isolate_host.hpp"

#include <algorithm>
#include <cerrno>

namespace cede {

namespace {
// Shorter sleeps are not broken, so that they keep their precision.
constexpr std::int64_t short_sleep = 5'000'000;
constexpr std::int64_t millisecond = 1'000'000;
}  // namespace

// Wakes up for a break, too.
class IsolateHost::BreakablePoller final : public Poller {
 public:
  BreakablePoller(IsolateHost& host, std::unique_ptr<Poller> inner) : host_(host), inner_(std::move(inner)) {
    const std::lock_guard guard(host_.mutex_);
    host_.pollers_.push_back(inner_.get());
  }
  ~BreakablePoller() override {
    const std::lock_guard guard(host_.mutex_);
    std::erase(host_.pollers_, inner_.get());
  }
  int watch(int descriptor, bool readable, bool writable) override {
    return inner_->watch(descriptor, readable, writable);
  }
  int wait(std::int64_t timeout, std::vector<PollEvent>& events) override {
    if (host_.broken()) return -EINTR;
    const int count = inner_->wait(timeout, events);
    return host_.broken() ? -EINTR : count;
  }
  void wake() override { inner_->wake(); }
  bool is_ready() override { return inner_->is_ready(); }

 private:
  IsolateHost& host_;
  std::unique_ptr<Poller> inner_;
};

IsolateHost::IsolateHost(Host& inner, Sink output, Sink errors)
    : ForwardingHost(inner), output_(std::move(output)), errors_(std::move(errors)) {}

IsolateHost::~IsolateHost() {
  for (const int end : breaker_)
    if (end >= 0) inner_.close(end);
}

std::unique_ptr<Poller> IsolateHost::new_poller() {
  return std::make_unique<BreakablePoller>(*this, inner_.new_poller());
}

// ---- breaking

void IsolateHost::break_waits() {
  const std::lock_guard guard(mutex_);
  if (broken_.exchange(1, std::memory_order_acq_rel)) return;
  if (breaker_[1] >= 0) inner_.write(breaker_[1], "", 1);
  for (Poller* poller : pollers_) poller->wake();
}

// The descriptor that becomes readable at the break; -1: there is none.
int IsolateHost::breaker() {
  const std::lock_guard guard(mutex_);
  if (breaker_[0] >= 0 || no_breaker_) return breaker_[0];
  if (inner_.make_pipe(breaker_) < 0) {
    no_breaker_ = true;
    breaker_[0] = breaker_[1] = -1;
  } else if (broken_) {
    inner_.write(breaker_[1], "", 1);
  }
  return breaker_[0];
}

int IsolateHost::wait_for_several(::pollfd* watched, std::size_t count, std::int64_t timeout) {
  if (timeout == 0) return inner_.wait_for_several(watched, count, 0);
  const int end = breaker();
  if (end < 0) return inner_.wait_for_several(watched, count, timeout);
  std::vector<::pollfd> all(watched, watched + count);
  all.push_back({end, POLLIN, 0});
  const int ready = inner_.wait_for_several(all.data(), all.size(), timeout);
  if (ready < 0) return ready;
  if (all.back().revents) return -EINTR;
  for (std::size_t i = 0; i < count; ++i) watched[i].revents = all[i].revents;
  return ready;
}

int IsolateHost::wait_for(int descriptor, bool readable, bool writable, std::int64_t timeout) {
  if (timeout == 0) return inner_.wait_for(descriptor, readable, writable, 0);
  ::pollfd watched{descriptor, static_cast<short>((readable ? POLLIN : 0) | (writable ? POLLOUT : 0)), 0};
  return wait_for_several(&watched, 1, timeout);
}

int IsolateHost::wait_event_queue(int queue, ::epoll_event* events, int room, std::int64_t timeout) {
  if (timeout != 0) {
    const int ready = wait_for(queue, true, false, timeout);
    if (ready <= 0) return ready;
  }
  return inner_.wait_event_queue(queue, events, room, 0);
}

int IsolateHost::sleep(std::int64_t nanoseconds) {
  if (inner_.is_virtual_time()) {
    std::atomic<std::uint32_t> never{0};
    const WordWait wait{never, 0, inner_.monotonic_time() + nanoseconds, &broken_, 1};
    const int ended = inner_.wait_on(wait);
    return ended == -ETIMEDOUT ? 0 : ended;
  }
  if (nanoseconds > short_sleep) {
    // The end of the sleep is left to the finer clock.
    const std::int64_t end = inner_.monotonic_time() + nanoseconds;
    const std::int64_t whole = (nanoseconds - short_sleep / 2) / millisecond * millisecond;
    const int ready = wait_for_several(nullptr, 0, whole);
    if (ready < 0) return ready;
    nanoseconds = std::max<std::int64_t>(end - inner_.monotonic_time(), 0);
  }
  return broken() ? -EINTR : inner_.sleep(nanoseconds);
}

// Before a call that would block: 0, or -EINTR.
int IsolateHost::wait_until_ready(int descriptor, short events) {
  if (broken()) return -EINTR;
  if (inner_.is_blocking(descriptor) != 1) return 0;
  ::pollfd watched{descriptor, events, 0};
  return std::min(wait_for_several(&watched, 1, -1), 0);
}

std::int64_t IsolateHost::read(int descriptor, void* bytes, std::size_t size) {
  if (const int error = wait_until_ready(descriptor, POLLIN)) return error;
  return inner_.read(descriptor, bytes, size);
}
int IsolateHost::accept(int descriptor, ::sockaddr* address, ::socklen_t* size) {
  if (const int error = wait_until_ready(descriptor, POLLIN)) return error;
  return inner_.accept(descriptor, address, size);
}
std::int64_t IsolateHost::receive(int descriptor, void* bytes, std::size_t size, int flags) {
  if (const int error = flags & MSG_DONTWAIT ? 0 : wait_until_ready(descriptor, POLLIN)) return error;
  return inner_.receive(descriptor, bytes, size, flags);
}
std::int64_t IsolateHost::receive_from(int descriptor, void* bytes, std::size_t size, int flags,
                                       ::sockaddr* address, ::socklen_t* address_size) {
  if (const int error = flags & MSG_DONTWAIT ? 0 : wait_until_ready(descriptor, POLLIN)) return error;
  return inner_.receive_from(descriptor, bytes, size, flags, address, address_size);
}
std::int64_t IsolateHost::send(int descriptor, const void* bytes, std::size_t size, int flags) {
  if (const int error = flags & MSG_DONTWAIT ? 0 : wait_until_ready(descriptor, POLLOUT)) return error;
  return inner_.send(descriptor, bytes, size, flags);
}
std::int64_t IsolateHost::send_to(int descriptor, const void* bytes, std::size_t size, int flags,
                                  const ::sockaddr* address, ::socklen_t address_size) {
  if (const int error = flags & MSG_DONTWAIT ? 0 : wait_until_ready(descriptor, POLLOUT)) return error;
  return inner_.send_to(descriptor, bytes, size, flags, address, address_size);
}

// ---- sinks

const IsolateHost::Sink* IsolateHost::sink_of(int descriptor) const {
  const Sink* sink = descriptor == 1 ? &output_ : descriptor == 2 ? &errors_ : nullptr;
  return sink && *sink ? sink : nullptr;
}

std::int64_t IsolateHost::write(int descriptor, const void* bytes, std::size_t size) {
  const Sink* sink = sink_of(descriptor);
  if (!sink) {
    if (const int error = wait_until_ready(descriptor, POLLOUT)) return error;
    return inner_.write(descriptor, bytes, size);
  }
  const std::lock_guard guard(sink_mutex_);
  sink_thread_ = std::this_thread::get_id();
  bool taken = true;
  try {
    (*sink)(std::string_view(static_cast<const char*>(bytes), size));
  } catch (...) {
    taken = false;
  }
  sink_thread_ = std::thread::id();
  return taken ? static_cast<std::int64_t>(size) : -EIO;
}

std::int64_t IsolateHost::seek(int descriptor, std::int64_t offset, int whence) {
  return sink_of(descriptor) ? -ESPIPE : inner_.seek(descriptor, offset, whence);
}
int IsolateHost::is_terminal(int descriptor) {
  return sink_of(descriptor) ? 0 : inner_.is_terminal(descriptor);
}
int IsolateHost::status(int descriptor, struct ::stat& status) {
  if (!sink_of(descriptor)) return inner_.status(descriptor, status);
  status = {};
  status.st_mode = S_IFIFO | S_IRUSR | S_IWUSR;
  status.st_blksize = 4096;
  return 0;
}

}  // namespace cede
