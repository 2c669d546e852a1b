// The signals of the process, as the one isolate sees them to which the host has granted them (Host::signals).
// All calls give a value >= 0 or -errno, and run no script code. What arrives is noted by a real signal handler, which
// sets a bit of the receiver's flags; the isolate takes the numbers at its next interrupt check.
#pragma once

#include <sys/time.h>

#include <atomic>
#include <csignal>
#include <cstdint>

namespace cede {

enum class SignalAction : std::uint8_t {
  Default,
  Ignore,
  Catch,     // noted for the isolate
  Foreign,   // somebody else's handler
};

class SignalSource {
 public:
  virtual ~SignalSource() = default;

  // Who is told: `bit` of `flags` is set when a caught signal arrives. Null: nobody. The calling thread becomes the one
  // whose waits signals end.
  virtual void tell(std::atomic<std::uint32_t>* flags, std::uint32_t bit) = 0;
  virtual SignalAction action(int signal) = 0;
  virtual int set_action(int signal, SignalAction action) = 0;
  virtual int set_restart(int signal, bool restart) = 0;   // system calls go on after the signal's handler

  // The caught signals that have arrived, bit n for number n + 1; they are forgotten here.
  virtual std::uint64_t take() = 0;
  virtual void put_back(std::uint64_t signals) = 0;        // some that were taken wait again

  // A descriptor that each caught signal's number is written to as a byte; -1: none. Gives the one before.
  virtual int set_wake_descriptor(int descriptor, bool warn_on_full) = 0;
  virtual int wake_error() = 0;                            // errno of a failed write since the last call, or 0

  // Sending and waiting, as the system calls of these names.
  virtual int raise(int signal) = 0;
  virtual int kill_thread(std::uint64_t thread, int signal) = 0;
  virtual unsigned alarm(unsigned seconds) = 0;
  virtual void pause() = 0;                                // blocks until a signal came
  virtual int mask(int how, const ::sigset_t& set, ::sigset_t& old) = 0;
  virtual int pending(::sigset_t& set) = 0;
  virtual int wait(const ::sigset_t& set) = 0;             // blocks; the signal that came
  virtual int set_timer(int which, const ::itimerval& value, ::itimerval& old) = 0;
  virtual int timer(int which, ::itimerval& value) = 0;

  // Around a wait on a poller: signals are also written to its eventfd. True: some have arrived, so do not wait.
  virtual bool wait_begins(int eventfd) = 0;
  virtual void wait_ends() = 0;
};

// The process's own. There is one; a program grants it to at most one isolate at a time.
SignalSource& process_signals();

}  // namespace cede
