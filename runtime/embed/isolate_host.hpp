// The outside world of one embedded isolate: the host that it was given, with the sinks that take its output
// and with waits that the isolate's kill ends.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "runtime/host/forwarding_host.hpp"

namespace cede {

class IsolateHost final : public ForwardingHost {
 public:
  using Sink = std::function<void(std::string_view)>;
  // `inner` is borrowed. An empty sink: output goes to `inner`.
  IsolateHost(Host& inner, Sink output, Sink errors);
  ~IsolateHost() override;

  // From any thread: waits end with -EINTR, those that go on and all that come.
  void break_waits();
  bool broken() const { return broken_.load(std::memory_order_acquire) != 0; }
  // The calling thread is inside a sink.
  bool in_sink() const { return sink_thread_.load(std::memory_order_relaxed) == std::this_thread::get_id(); }

  int sleep(std::int64_t nanoseconds) override;
  std::int64_t read(int descriptor, void* bytes, std::size_t size) override;
  std::int64_t write(int descriptor, const void* bytes, std::size_t size) override;
  std::int64_t seek(int descriptor, std::int64_t offset, int whence) override;
  int is_terminal(int descriptor) override;
  using ForwardingHost::status;
  int status(int descriptor, struct ::stat& status) override;
  int accept(int descriptor, ::sockaddr* address, ::socklen_t* size) override;
  std::int64_t receive(int descriptor, void* bytes, std::size_t size, int flags) override;
  std::int64_t send(int descriptor, const void* bytes, std::size_t size, int flags) override;
  std::int64_t receive_from(int descriptor, void* bytes, std::size_t size, int flags, ::sockaddr* address,
                            ::socklen_t* address_size) override;
  std::int64_t send_to(int descriptor, const void* bytes, std::size_t size, int flags,
                       const ::sockaddr* address, ::socklen_t address_size) override;
  int wait_for_several(::pollfd* watched, std::size_t count, std::int64_t timeout) override;
  int wait_event_queue(int queue, ::epoll_event* events, int room, std::int64_t timeout) override;
  int wait_for(int descriptor, bool readable, bool writable, std::int64_t timeout) override;
  std::unique_ptr<Poller> new_poller() override;

 private:
  class BreakablePoller;
  const Sink* sink_of(int descriptor) const;
  int breaker();
  int wait_until_ready(int descriptor, short events);

  Sink output_, errors_;
  std::mutex sink_mutex_;  // script threads write with the isolate unlocked
  std::atomic<std::thread::id> sink_thread_{};
  std::mutex mutex_;  // of what follows
  std::atomic<std::uint32_t> broken_{0};  // 1: waits end
  bool no_breaker_ = false;    // the inner host makes no pipes
  int breaker_[2] = {-1, -1};  // a pipe, made at the first wait; readable once waits are broken
  std::vector<Poller*> pollers_;
};

}  // namespace cede
