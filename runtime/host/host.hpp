// Host: the one door to the outside world. Clocks, entropy, environment, files, sockets, processes and signals are
// reached through it only; virtual time, permissions, record and replay are each one implementation of it.
//
// Calls that can fail return a value >= 0, or -errno. None runs script code. Blocking calls are made with the isolate's
// lock released (vm/threads.hpp); EINTR is returned to the caller, which checks for signals and calls again.
#pragma once

#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "runtime/host/signals.hpp"

namespace cede {

// What a poller reports for one descriptor.
struct PollEvent {
  int descriptor;
  bool readable, writable;   // hang-up and error count as both
};

// Watches descriptors for one event loop.
class Poller {
 public:
  virtual ~Poller() = default;
  // Changes what is watched for a descriptor; neither: it is no longer watched. 0 or -errno.
  virtual int watch(int descriptor, bool readable, bool writable) = 0;
  // Waits at most `timeout` nanoseconds (0: does not wait; < 0: for ever) and appends events. Number of events, or
  // -errno (-EINTR when a signal came). `wake` from any thread ends the wait.
  virtual int wait(std::int64_t timeout, std::vector<PollEvent>& events) = 0;
  virtual void wake() = 0;       // from any thread
  virtual bool is_ready() = 0;   // from any thread: `wait` would return at once
};

// What getaddrinfo is asked for, and finds.
struct ResolveHints { int family = 0, type = 0, protocol = 0, flags = 0; };
struct ResolvedAddress {
  int family, type, protocol;
  std::string canonical_name;
  ::sockaddr_storage address;
  ::socklen_t size;
};

// A script thread's wait for another one: until the word is changed, which whoever does it tells by `wake`.
struct WordWait {
  std::atomic<std::uint32_t>& word;
  std::uint32_t value;                                      // the wait goes on while the word has this value
  std::int64_t deadline = -1;                               // of the monotonic clock, in nanoseconds; < 0: none
  const std::atomic<std::uint32_t>* interrupts = nullptr;   // looked at now and then
  std::uint32_t interrupt_mask = 0;                         // one of these bits set: the wait ends
};
enum class Wake : std::uint8_t { One, All };

class Host {
 public:
  virtual ~Host() = default;

  // ---- clocks, in nanoseconds
  virtual std::int64_t monotonic_time() = 0;
  virtual std::int64_t real_time() = 0;              // since 1970
  virtual std::int64_t process_time() = 0;           // user and system
  virtual std::int64_t thread_time() = 0;
  virtual int sleep(std::int64_t nanoseconds) = 0;   // 0, or -EINTR when a signal came; advances virtual clocks
  virtual bool is_virtual_time() const { return false; }

  // ---- threads that run script code
  // Such a thread begins and ends; said before it can be waited for. Virtual clocks jump only while all of them wait.
  virtual void thread_begins() {}
  virtual void thread_ends() {}
  // 0: woken, the word has changed, or for no reason; -ETIMEDOUT; -EINTR: a signal came, or an interrupt. The word and
  // the interrupts outlive the wait.
  virtual int wait_on(const WordWait& wait) = 0;
  virtual void wake(std::atomic<std::uint32_t>& word, Wake whom) = 0;

  // The calendar of the local time zone: of a moment (seconds since 1970), with zone name and offset (false: out of
  // range); the reverse, -1 leaving tm_wday as it was on failure; and the names of a moment whose zone is not known.
  virtual bool local_time(std::int64_t seconds, std::tm& calendar) = 0;
  virtual std::int64_t timestamp(std::tm& calendar) = 0;
  virtual void set_zone(std::tm& calendar) = 0;

  virtual int entropy(std::span<std::byte> bytes) = 0;

  // ---- process
  virtual std::vector<std::string> environment() = 0;  // "NAME=value"
  virtual int set_environment(const std::string& name, const std::string* value) = 0;
  virtual int process_id() = 0;
  virtual int parent_process_id() = 0;
  virtual std::string current_directory() = 0;
  virtual int kill(int process, int signal) = 0;
  struct UserIds { std::uint32_t user, effective_user, group, effective_group; };
  virtual UserIds user_ids() = 0;
  virtual std::string home_directory(const std::string& user) = 0;       // empty name: of this process's; empty: unknown
  virtual unsigned set_creation_mask(unsigned mask) = 0;                 // the old one
  virtual int processor_count(bool usable) = 0;                          // by this process only; 0: unknown
  [[noreturn]] virtual void exit_now(int status) = 0;                    // nothing is flushed

  // ---- files
  virtual int open(const std::string& path, int flags, unsigned mode) = 0;
  virtual std::int64_t read(int descriptor, void* bytes, std::size_t size) = 0;
  virtual std::int64_t write(int descriptor, const void* bytes, std::size_t size) = 0;
  virtual int close(int descriptor) = 0;
  virtual std::int64_t seek(int descriptor, std::int64_t offset, int whence) = 0;
  virtual int truncate(int descriptor, std::int64_t size) = 0;
  virtual int is_terminal(int descriptor) = 0;       // 1, 0
  virtual int status(const std::string& path, struct ::stat& status, bool follow_links = true) = 0;
  virtual int status(int descriptor, struct ::stat& status) = 0;
  virtual int list_directory(const std::string& path, std::vector<std::string>& names) = 0;  // without . and ..
  virtual int make_directory(const std::string& path, unsigned mode) = 0;
  virtual int remove_directory(const std::string& path) = 0;
  virtual int remove_file(const std::string& path) = 0;
  virtual int rename(const std::string& from, const std::string& to) = 0;
  virtual int change_directory(const std::string& path) = 0;
  virtual int access(const std::string& path, int mode) = 0;
  virtual int make_pipe(int descriptors[2]) = 0;
  virtual int duplicate(int descriptor) = 0;                             // not inherited by child processes
  virtual int duplicate_to(int descriptor, int target, bool inheritable) = 0;
  virtual int truncate(const std::string& path, std::int64_t size) = 0;
  virtual int synchronize(int descriptor) = 0;                           // to the disk
  virtual int change_mode(const std::string& path, unsigned mode) = 0;
  virtual int make_link(const std::string& from, const std::string& to) = 0;
  virtual int make_symbolic_link(const std::string& target, const std::string& path) = 0;
  virtual int read_symbolic_link(const std::string& path, std::string& target) = 0;
  virtual int set_file_times(const std::string& path, std::int64_t accessed, std::int64_t modified) = 0;  // nanoseconds
  virtual int is_blocking(int descriptor) = 0;                           // 1, 0
  virtual int is_inheritable(int descriptor) = 0;                        // 1, 0
  virtual int set_inheritable(int descriptor, bool inheritable) = 0;
  virtual int terminal_size(int descriptor, int& columns, int& lines) = 0;

  // ---- sockets; addresses as the kernel's structures
  virtual int socket(int family, int type, int protocol) = 0;
  virtual int socket_pair(int family, int type, int protocol, int descriptors[2]) = 0;
  virtual int bind(int descriptor, const ::sockaddr* address, ::socklen_t size) = 0;
  virtual int listen(int descriptor, int backlog) = 0;
  virtual int accept(int descriptor, ::sockaddr* address, ::socklen_t* size) = 0;
  virtual int connect(int descriptor, const ::sockaddr* address, ::socklen_t size) = 0;
  virtual std::int64_t receive(int descriptor, void* bytes, std::size_t size, int flags) = 0;
  virtual std::int64_t send(int descriptor, const void* bytes, std::size_t size, int flags) = 0;
  virtual std::int64_t receive_from(int descriptor, void* bytes, std::size_t size, int flags, ::sockaddr* address, ::socklen_t* address_size) = 0;
  virtual std::int64_t send_to(int descriptor, const void* bytes, std::size_t size, int flags, const ::sockaddr* address, ::socklen_t address_size) = 0;
  virtual int shutdown(int descriptor, int how) = 0;
  virtual int get_option(int descriptor, int level, int option, void* value, ::socklen_t* size) = 0;
  virtual int set_option(int descriptor, int level, int option, const void* value, ::socklen_t size) = 0;
  virtual int local_address(int descriptor, ::sockaddr* address, ::socklen_t* size) = 0;
  virtual int peer_address(int descriptor, ::sockaddr* address, ::socklen_t* size) = 0;
  virtual int set_blocking(int descriptor, bool blocking) = 0;
  // Names: 0 or one of getaddrinfo's codes, which are negative; `system_error` is errno where the code is EAI_SYSTEM.
  // Null: none given. Blocking.
  virtual int resolve(const char* name, const char* service, const ResolveHints& hints, std::vector<ResolvedAddress>& found, int& system_error) = 0;
  virtual int describe_address(const ::sockaddr* address, ::socklen_t size, int flags, std::string& name, std::string& service, int& system_error) = 0;
  virtual int service_port(const std::string& name, const char* protocol) = 0;    // -1: unknown
  virtual std::string service_name(int port, const char* protocol) = 0;           // empty: unknown
  virtual int protocol_number(const std::string& name) = 0;                       // -1: unknown
  virtual int host_name(std::string& name) = 0;
  // Waits for several at once: number of ready ones, whose `revents` say what for. As poll.
  virtual int wait_for_several(::pollfd* watched, std::size_t count, std::int64_t timeout) = 0;
  // Queues of events of many descriptors, as epoll's calls.
  virtual int event_queue() = 0;
  virtual int change_event_queue(int queue, int operation, int descriptor, std::uint32_t events) = 0;
  virtual int wait_event_queue(int queue, ::epoll_event* events, int room, std::int64_t timeout) = 0;
  // Waits for one descriptor: 1 ready, 0 timed out, -errno. `timeout` in nanoseconds, < 0: for ever.
  virtual int wait_for(int descriptor, bool readable, bool writable, std::int64_t timeout) = 0;

  virtual std::unique_ptr<Poller> new_poller() = 0;

  SignalSource* signals = nullptr;   // null: not granted
};

// The operating system itself.
std::unique_ptr<Host> make_system_host();

}  // namespace cede
