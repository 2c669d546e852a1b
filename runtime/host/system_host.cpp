// The host that is the operating system (Linux): each call is one system call.
#include <dirent.h>
#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "runtime/host/futex.hpp"
#include "runtime/host/host.hpp"

extern char** environ;

namespace cede {

namespace {

// A system call's result as this interface gives it.
template<class T>
T checked(T result) {
  return result < 0 ? static_cast<T>(-errno) : result;
}

std::int64_t clock_nanoseconds(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
}

// Milliseconds for poll and epoll, rounded up so that a wait never ends before its time.
int poll_milliseconds(std::int64_t nanoseconds) {
  if (nanoseconds < 0) return -1;
  return static_cast<int>(std::min<std::int64_t>((nanoseconds + 999'999) / 1'000'000, INT_MAX));
}

class EpollPoller final : public Poller {
 public:
  EpollPoller() : epoll_(epoll_create1(EPOLL_CLOEXEC)), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = wake_;
    (void)epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event);
  }
  ~EpollPoller() override {
    ::close(epoll_);
    ::close(wake_);
  }

  int watch(int descriptor, bool readable, bool writable) override {
    epoll_event event{};
    event.events = (readable ? EPOLLIN : 0u) | (writable ? EPOLLOUT : 0u);
    event.data.fd = descriptor;
    if (!readable && !writable) return checked(epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr));
    if (epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event) == 0) return 0;
    if (errno != ENOENT) return -errno;
    return checked(epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event));
  }

  int wait(std::int64_t timeout, std::vector<PollEvent>& events) override {
    epoll_event ready[256];
    const int count = timeout == 0 ? epoll_wait(epoll_, ready, 256, 0) : wait_with_signals(ready, 256, timeout);
    if (count < 0) return -errno;
    for (int i = 0; i < count; ++i) {
      if (ready[i].data.fd == wake_) {
        std::uint64_t counter;
        (void)!::read(wake_, &counter, sizeof counter);
        continue;
      }
      const std::uint32_t mask = ready[i].events;
      events.push_back({ready[i].data.fd, (mask & ~std::uint32_t{EPOLLOUT}) != 0, (mask & ~std::uint32_t{EPOLLIN}) != 0});
    }
    return count;
  }

  void wake() override {
    const std::uint64_t one = 1;
    (void)!::write(wake_, &one, sizeof one);
  }
  bool is_ready() override {
    pollfd watched{epoll_, POLLIN, 0};
    return ::poll(&watched, 1, 0) > 0;
  }

 private:
  // A signal that comes just before the wait would not end it, so it also writes to the eventfd.
  int wait_with_signals(epoll_event* ready, int room, std::int64_t timeout) {
    SignalSource& signals = process_signals();
    const bool arrived = signals.wait_begins(wake_);
    const int count = epoll_wait(epoll_, ready, room, arrived ? 0 : poll_milliseconds(timeout));
    const int error = errno;
    signals.wait_ends();
    errno = error;
    return count;
  }

  int epoll_, wake_;
};

// ---- names of the network

int resolve_name(const char* name, const char* service, const ResolveHints& wanted, std::vector<ResolvedAddress>& found,
                 int& system_error) {
  addrinfo hints{};
  hints.ai_family = wanted.family;
  hints.ai_socktype = wanted.type;
  hints.ai_protocol = wanted.protocol;
  hints.ai_flags = wanted.flags;
  addrinfo* list = nullptr;
  const int code = getaddrinfo(name, service, &hints, &list);
  system_error = errno;
  if (code) return code;
  for (const addrinfo* at = list; at; at = at->ai_next) {
    if (at->ai_addrlen > sizeof(sockaddr_storage)) continue;
    ResolvedAddress address{at->ai_family, at->ai_socktype, at->ai_protocol,
                            at->ai_canonname ? at->ai_canonname : "", {}, at->ai_addrlen};
    std::memcpy(&address.address, at->ai_addr, at->ai_addrlen);
    found.push_back(std::move(address));
  }
  freeaddrinfo(list);
  return 0;
}

int find_service_port(const std::string& name, const char* protocol) {
  servent entry, *result = nullptr;
  char buffer[2048];
  if (getservbyname_r(name.c_str(), protocol, &entry, buffer, sizeof buffer, &result) || !result) return -1;
  return ntohs(static_cast<std::uint16_t>(entry.s_port));
}
std::string find_service_name(int port, const char* protocol) {
  servent entry, *result = nullptr;
  char buffer[2048];
  const int network_port = htons(static_cast<std::uint16_t>(port));
  if (getservbyport_r(network_port, protocol, &entry, buffer, sizeof buffer, &result) || !result) return "";
  return entry.s_name;
}
int find_protocol(const std::string& name) {
  protoent entry, *result = nullptr;
  char buffer[2048];
  if (getprotobyname_r(name.c_str(), &entry, buffer, sizeof buffer, &result) || !result) return -1;
  return entry.p_proto;
}

class SystemHost final : public Host {
 public:
  std::int64_t monotonic_time() override { return clock_nanoseconds(CLOCK_MONOTONIC); }
  std::int64_t real_time() override { return clock_nanoseconds(CLOCK_REALTIME); }
  std::int64_t process_time() override { return clock_nanoseconds(CLOCK_PROCESS_CPUTIME_ID); }
  std::int64_t thread_time() override { return clock_nanoseconds(CLOCK_THREAD_CPUTIME_ID); }
  int sleep(std::int64_t nanoseconds) override {
    timespec t{static_cast<time_t>(nanoseconds / 1'000'000'000), static_cast<long>(nanoseconds % 1'000'000'000)};
    return -clock_nanosleep(CLOCK_MONOTONIC, 0, &t, nullptr);
  }
  int wait_on(const WordWait& wait) override {
    while (wait.word.load() == wait.value) {
      if (wait.interrupts && (wait.interrupts->load(std::memory_order_relaxed) & wait.interrupt_mask)) return -EINTR;
      std::int64_t time = interrupt_interval;
      if (wait.deadline >= 0) time = std::min(time, wait.deadline - monotonic_time());
      if (time <= 0) return -ETIMEDOUT;
      if (wait_on_futex(wait.word, wait.value, time) == -EINTR) return -EINTR;
    }
    return 0;
  }
  void wake(std::atomic<std::uint32_t>& word, Wake whom) override { wake_futex(word, whom); }

  bool local_time(std::int64_t seconds, std::tm& calendar) override {
    const std::time_t when = seconds;
    tzset();
    return localtime_r(&when, &calendar) != nullptr;
  }
  std::int64_t timestamp(std::tm& calendar) override { return std::mktime(&calendar); }
  void set_zone(std::tm& calendar) override {
    std::tm copy = calendar;
    tzset();
    if (std::mktime(&copy) == -1) return;
    calendar.tm_zone = copy.tm_zone;
    calendar.tm_gmtoff = copy.tm_gmtoff;
  }

  int entropy(std::span<std::byte> bytes) override {
    while (!bytes.empty()) {
      const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
      if (got < 0 && errno != EINTR) return -errno;
      if (got > 0) bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
    return 0;
  }

  std::vector<std::string> environment() override {
    std::vector<std::string> entries;
    for (char** entry = environ; entry && *entry; ++entry) entries.emplace_back(*entry);
    return entries;
  }
  int set_environment(const std::string& name, const std::string* value) override {
    return checked(value ? setenv(name.c_str(), value->c_str(), 1) : unsetenv(name.c_str()));
  }
  int process_id() override { return getpid(); }
  int parent_process_id() override { return getppid(); }
  std::string current_directory() override {
    char path[PATH_MAX];
    return getcwd(path, sizeof path) ? path : "";
  }

  int kill(int process, int signal) override { return checked(::kill(process, signal)); }
  UserIds user_ids() override { return {getuid(), geteuid(), getgid(), getegid()}; }
  std::string home_directory(const std::string& user) override {
    std::vector<char> buffer(4096);
    passwd entry{}, *found = nullptr;
    for (;;) {
      const int error = user.empty() ? getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found)
                                     : getpwnam_r(user.c_str(), &entry, buffer.data(), buffer.size(), &found);
      if (error != ERANGE) return found && found->pw_dir ? found->pw_dir : "";
      buffer.resize(buffer.size() * 2);
    }
  }
  unsigned set_creation_mask(unsigned mask) override { return ::umask(mask); }
  int processor_count(bool usable) override {
    if (usable) {
      cpu_set_t set;
      if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
    }
    const long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? static_cast<int>(count) : 0;
  }
  void exit_now(int status) override { ::_exit(status); }

  int open(const std::string& path, int flags, unsigned mode) override {
    return checked(::open(path.c_str(), flags | O_CLOEXEC, mode));
  }
  std::int64_t read(int descriptor, void* bytes, std::size_t size) override {
    return checked<std::int64_t>(::read(descriptor, bytes, size));
  }
  std::int64_t write(int descriptor, const void* bytes, std::size_t size) override {
    return checked<std::int64_t>(::write(descriptor, bytes, size));
  }
  int close(int descriptor) override { return checked(::close(descriptor)); }
  std::int64_t seek(int descriptor, std::int64_t offset, int whence) override {
    return checked<std::int64_t>(::lseek(descriptor, offset, whence));
  }
  int truncate(int descriptor, std::int64_t size) override { return checked(ftruncate(descriptor, size)); }
  int is_terminal(int descriptor) override { return isatty(descriptor); }
  int status(const std::string& path, struct ::stat& status, bool follow_links) override {
    return checked(follow_links ? ::stat(path.c_str(), &status) : ::lstat(path.c_str(), &status));
  }
  int status(int descriptor, struct ::stat& status) override { return checked(::fstat(descriptor, &status)); }
  int list_directory(const std::string& path, std::vector<std::string>& names) override {
    DIR* directory = opendir(path.c_str());
    if (!directory) return -errno;
    while (const dirent* entry = readdir(directory)) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
    }
    closedir(directory);
    return 0;
  }
  int make_directory(const std::string& path, unsigned mode) override { return checked(::mkdir(path.c_str(), mode)); }
  int remove_directory(const std::string& path) override { return checked(::rmdir(path.c_str())); }
  int remove_file(const std::string& path) override { return checked(::unlink(path.c_str())); }
  int rename(const std::string& from, const std::string& to) override {
    return checked(::rename(from.c_str(), to.c_str()));
  }
  int change_directory(const std::string& path) override { return checked(::chdir(path.c_str())); }
  int access(const std::string& path, int mode) override { return checked(::access(path.c_str(), mode)); }
  int duplicate(int descriptor) override { return checked(fcntl(descriptor, F_DUPFD_CLOEXEC, 0)); }
  int duplicate_to(int descriptor, int target, bool inheritable) override {
    if (inheritable || descriptor == target) return checked(::dup2(descriptor, target));
    return checked(::dup3(descriptor, target, O_CLOEXEC));
  }
  int truncate(const std::string& path, std::int64_t size) override { return checked(::truncate(path.c_str(), size)); }
  int synchronize(int descriptor) override { return checked(fsync(descriptor)); }
  int change_mode(const std::string& path, unsigned mode) override { return checked(chmod(path.c_str(), mode)); }
  int make_link(const std::string& from, const std::string& to) override { return checked(::link(from.c_str(), to.c_str())); }
  int make_symbolic_link(const std::string& target, const std::string& path) override {
    return checked(::symlink(target.c_str(), path.c_str()));
  }
  int read_symbolic_link(const std::string& path, std::string& target) override {
    target.resize(PATH_MAX);
    const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
    if (size < 0) return -errno;
    target.resize(static_cast<std::size_t>(size));
    return 0;
  }
  int set_file_times(const std::string& path, std::int64_t accessed, std::int64_t modified) override {
    const auto split = [](std::int64_t t) {
      const std::int64_t part = t % 1'000'000'000;
      return timespec{static_cast<time_t>(t / 1'000'000'000 - (part < 0)), static_cast<long>(part < 0 ? part + 1'000'000'000 : part)};
    };
    const timespec times[] = {split(accessed), split(modified)};
    return checked(utimensat(AT_FDCWD, path.c_str(), times, 0));
  }
  int is_blocking(int descriptor) override {
    const int flags = fcntl(descriptor, F_GETFL);
    return flags < 0 ? -errno : !(flags & O_NONBLOCK);
  }
  int is_inheritable(int descriptor) override {
    const int flags = fcntl(descriptor, F_GETFD);
    return flags < 0 ? -errno : !(flags & FD_CLOEXEC);
  }
  int set_inheritable(int descriptor, bool inheritable) override {
    const int flags = fcntl(descriptor, F_GETFD);
    if (flags < 0) return -errno;
    return checked(fcntl(descriptor, F_SETFD, inheritable ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC));
  }
  int terminal_size(int descriptor, int& columns, int& lines) override {
    winsize size{};
    if (ioctl(descriptor, TIOCGWINSZ, &size) < 0) return -errno;
    columns = size.ws_col;
    lines = size.ws_row;
    return 0;
  }
  int make_pipe(int descriptors[2]) override { return checked(::pipe2(descriptors, O_CLOEXEC)); }

  int socket(int family, int type, int protocol) override { return checked(::socket(family, type | SOCK_CLOEXEC, protocol)); }
  int socket_pair(int family, int type, int protocol, int descriptors[2]) override {
    return checked(::socketpair(family, type | SOCK_CLOEXEC, protocol, descriptors));
  }
  int bind(int descriptor, const ::sockaddr* address, ::socklen_t size) override {
    return checked(::bind(descriptor, address, size));
  }
  int listen(int descriptor, int backlog) override { return checked(::listen(descriptor, backlog)); }
  int accept(int descriptor, ::sockaddr* address, ::socklen_t* size) override {
    return checked(::accept4(descriptor, address, size, SOCK_CLOEXEC));
  }
  int connect(int descriptor, const ::sockaddr* address, ::socklen_t size) override {
    return checked(::connect(descriptor, address, size));
  }
  std::int64_t receive(int descriptor, void* bytes, std::size_t size, int flags) override {
    return checked<std::int64_t>(::recv(descriptor, bytes, size, flags));
  }
  std::int64_t send(int descriptor, const void* bytes, std::size_t size, int flags) override {
    return checked<std::int64_t>(::send(descriptor, bytes, size, flags | MSG_NOSIGNAL));
  }
  std::int64_t receive_from(int descriptor, void* bytes, std::size_t size, int flags, ::sockaddr* address,
                            ::socklen_t* address_size) override {
    return checked<std::int64_t>(::recvfrom(descriptor, bytes, size, flags, address, address_size));
  }
  std::int64_t send_to(int descriptor, const void* bytes, std::size_t size, int flags, const ::sockaddr* address,
                       ::socklen_t address_size) override {
    return checked<std::int64_t>(::sendto(descriptor, bytes, size, flags | MSG_NOSIGNAL, address, address_size));
  }
  int shutdown(int descriptor, int how) override { return checked(::shutdown(descriptor, how)); }
  int get_option(int descriptor, int level, int option, void* value, ::socklen_t* size) override {
    return checked(::getsockopt(descriptor, level, option, value, size));
  }
  int set_option(int descriptor, int level, int option, const void* value, ::socklen_t size) override {
    return checked(::setsockopt(descriptor, level, option, value, size));
  }
  int local_address(int descriptor, ::sockaddr* address, ::socklen_t* size) override {
    return checked(::getsockname(descriptor, address, size));
  }
  int peer_address(int descriptor, ::sockaddr* address, ::socklen_t* size) override {
    return checked(::getpeername(descriptor, address, size));
  }
  int set_blocking(int descriptor, bool blocking) override {
    const int flags = fcntl(descriptor, F_GETFL);
    if (flags < 0) return -errno;
    return checked(fcntl(descriptor, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK));
  }
  int resolve(const char* name, const char* service, const ResolveHints& hints, std::vector<ResolvedAddress>& found,
              int& system_error) override {
    return resolve_name(name, service, hints, found, system_error);
  }
  int describe_address(const ::sockaddr* address, ::socklen_t size, int flags, std::string& name, std::string& service,
                       int& system_error) override {
    char name_text[NI_MAXHOST], service_text[NI_MAXSERV];
    const int code = getnameinfo(address, size, name_text, sizeof name_text, service_text, sizeof service_text, flags);
    system_error = errno;
    if (code == 0) {
      name = name_text;
      service = service_text;
    }
    return code;
  }
  int service_port(const std::string& name, const char* protocol) override { return find_service_port(name, protocol); }
  std::string service_name(int port, const char* protocol) override { return find_service_name(port, protocol); }
  int protocol_number(const std::string& name) override { return find_protocol(name); }
  int host_name(std::string& name) override {
    char text[HOST_NAME_MAX + 1];
    if (gethostname(text, sizeof text) < 0) return -errno;
    text[HOST_NAME_MAX] = 0;
    name = text;
    return 0;
  }
  int wait_for_several(::pollfd* watched, std::size_t count, std::int64_t timeout) override {
    return checked(::poll(watched, count, poll_milliseconds(timeout)));
  }
  int event_queue() override { return checked(epoll_create1(EPOLL_CLOEXEC)); }
  int change_event_queue(int queue, int operation, int descriptor, std::uint32_t events) override {
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    return checked(epoll_ctl(queue, operation, descriptor, &event));
  }
  int wait_event_queue(int queue, ::epoll_event* events, int room, std::int64_t timeout) override {
    return checked(epoll_wait(queue, events, room, poll_milliseconds(timeout)));
  }
  int wait_for(int descriptor, bool readable, bool writable, std::int64_t timeout) override {
    pollfd watched{descriptor, static_cast<short>((readable ? POLLIN : 0) | (writable ? POLLOUT : 0)), 0};
    return checked(::poll(&watched, 1, poll_milliseconds(timeout)));
  }

  std::unique_ptr<Poller> new_poller() override { return std::make_unique<EpollPoller>(); }
};

}  // namespace

std::unique_ptr<Host> make_system_host() { return std::make_unique<SystemHost>(); }

}  // namespace cede
