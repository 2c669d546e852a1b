// Real signals of the process. A signal handler can reach nothing but globals, so the few atomics that it writes to are
// the only mutable globals of the runtime; the process itself is as global as they are.
#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "runtime/host/signals.hpp"

namespace cede {

namespace {

struct SignalMail {
  std::atomic<std::uint64_t> arrived{0};
  std::atomic<std::atomic<std::uint32_t>*> flags{nullptr};
  std::atomic<std::uint32_t> bit{0};
  std::atomic<int> wake_descriptor{-1};
  std::atomic<bool> warn_on_full{true};
  std::atomic<int> wake_error{0};
  std::atomic<int> poller{-1};
  std::atomic<pthread_t> receiver{};
};
SignalMail mail;
static_assert(std::atomic<std::uint64_t>::is_always_lock_free && std::atomic<void*>::is_always_lock_free);

constexpr std::uint64_t bit_of(int signal) { return std::uint64_t{1} << (signal - 1); }

void write_wake_byte(int signal) {
  const int descriptor = mail.wake_descriptor.load();
  if (descriptor < 0) return;
  const unsigned char byte = static_cast<unsigned char>(signal);
  if (::write(descriptor, &byte, 1) >= 0) return;
  if (mail.warn_on_full.load() || (errno != EAGAIN && errno != EWOULDBLOCK)) mail.wake_error.store(errno);
}

void on_signal(int signal) {
  const int saved = errno;
  mail.arrived.fetch_or(bit_of(signal));
  if (auto* flags = mail.flags.load()) flags->fetch_or(mail.bit.load());
  write_wake_byte(signal);
  if (const int poller = mail.poller.load(); poller >= 0) {
    const std::uint64_t one = 1;
    (void)!::write(poller, &one, sizeof one);
  }
  errno = saved;
}

class ProcessSignals final : public SignalSource {
 public:
  void tell(std::atomic<std::uint32_t>* flags, std::uint32_t bit) override {
    mail.bit = bit;
    mail.flags = flags;
    mail.receiver = pthread_self();
    if (flags && mail.arrived.load()) flags->fetch_or(bit);
  }
  SignalAction action(int signal) override {
    struct sigaction now{};
    if (sigaction(signal, nullptr, &now) < 0) return SignalAction::Foreign;
    if (now.sa_handler == SIG_DFL) return SignalAction::Default;
    if (now.sa_handler == SIG_IGN) return SignalAction::Ignore;
    return now.sa_handler == on_signal ? SignalAction::Catch : SignalAction::Foreign;
  }
  int set_action(int signal, SignalAction action) override {
    struct sigaction change{};
    change.sa_handler = action == SignalAction::Default ? SIG_DFL : action == SignalAction::Ignore ? SIG_IGN : on_signal;
    sigemptyset(&change.sa_mask);
    return sigaction(signal, &change, nullptr) < 0 ? -errno : 0;
  }
  int set_restart(int signal, bool restart) override {
    struct sigaction now{};
    if (sigaction(signal, nullptr, &now) < 0) return -errno;
    if (restart) now.sa_flags |= SA_RESTART;
    else now.sa_flags &= ~SA_RESTART;
    return sigaction(signal, &now, nullptr) < 0 ? -errno : 0;
  }

  std::uint64_t take() override { return mail.arrived.exchange(0); }
  void put_back(std::uint64_t signals) override {
    mail.arrived.fetch_or(signals);
    if (auto* flags = mail.flags.load()) flags->fetch_or(mail.bit.load());
  }

  int set_wake_descriptor(int descriptor, bool warn_on_full) override {
    mail.warn_on_full = warn_on_full;
    return mail.wake_descriptor.exchange(descriptor);
  }
  int wake_error() override { return mail.wake_error.exchange(0); }

  int raise(int signal) override { return ::raise(signal) ? -errno : 0; }
  int kill_thread(std::uint64_t thread, int signal) override { return -pthread_kill(pthread_t(thread), signal); }
  unsigned alarm(unsigned seconds) override { return ::alarm(seconds); }
  void pause() override { ::pause(); }
  int mask(int how, const ::sigset_t& set, ::sigset_t& old) override { return -pthread_sigmask(how, &set, &old); }
  int pending(::sigset_t& set) override { return sigpending(&set) < 0 ? -errno : 0; }
  int wait(const ::sigset_t& set) override {
    int signal = 0;
    const int error = sigwait(&set, &signal);
    return error ? -error : signal;
  }
  int set_timer(int which, const ::itimerval& value, ::itimerval& old) override {
    return setitimer(static_cast<__itimer_which_t>(which), &value, &old) < 0 ? -errno : 0;
  }
  int timer(int which, ::itimerval& value) override {
    return getitimer(static_cast<__itimer_which_t>(which), &value) < 0 ? -errno : 0;
  }

  bool wait_begins(int eventfd) override {
    if (!mail.flags.load() || !pthread_equal(mail.receiver.load(), pthread_self())) return false;
    mail.poller = eventfd;
    return mail.arrived.load() != 0;
  }
  void wait_ends() override {
    if (pthread_equal(mail.receiver.load(), pthread_self())) mail.poller = -1;
  }
};

}  // namespace

SignalSource& process_signals() {
  static ProcessSignals signals;
  return signals;
}

}  // namespace cede
