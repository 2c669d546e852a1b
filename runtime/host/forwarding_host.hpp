// ForwardingHost: a host that asks another one for everything. What to base on that changes a part of the
// world: the sinks and breakable waits of an embedded isolate, a clock of one's own, permissions, records.
#pragma once

#include "runtime/host/host.hpp"

namespace cede {

class ForwardingHost : public Host {
 public:
  // `inner` is borrowed and must outlive this.
  explicit ForwardingHost(Host& inner) : inner_(inner) { signals = inner.signals; }

  // ---- clocks, in nanoseconds
  std::int64_t monotonic_time() override { return inner_.monotonic_time(); }
  std::int64_t real_time() override { return inner_.real_time(); }
  std::int64_t process_time() override { return inner_.process_time(); }
  std::int64_t thread_time() override { return inner_.thread_time(); }
  int sleep(std::int64_t nanoseconds) override { return inner_.sleep(nanoseconds); }
  bool is_virtual_time() const override { return inner_.is_virtual_time(); }

  // ---- threads that run script code
  void thread_begins() override { inner_.thread_begins(); }
  void thread_ends() override { inner_.thread_ends(); }
  int wait_on(const WordWait& wait) override { return inner_.wait_on(wait); }
  void wake(std::atomic<std::uint32_t>& word, Wake whom) override { inner_.wake(word, whom); }

  bool local_time(std::int64_t seconds, std::tm& calendar) override {
    return inner_.local_time(seconds, calendar);
  }
  std::int64_t timestamp(std::tm& calendar) override { return inner_.timestamp(calendar); }
  void set_zone(std::tm& calendar) override { inner_.set_zone(calendar); }
  int entropy(std::span<std::byte> bytes) override { return inner_.entropy(bytes); }

  // ---- process
  std::vector<std::string> environment() override { return inner_.environment(); }
  int set_environment(const std::string& name, const std::string* value) override {
    return inner_.set_environment(name, value);
  }
  int process_id() override { return inner_.process_id(); }
  int parent_process_id() override { return inner_.parent_process_id(); }
  std::string current_directory() override { return inner_.current_directory(); }
  int kill(int process, int signal) override { return inner_.kill(process, signal); }
  UserIds user_ids() override { return inner_.user_ids(); }
  std::string home_directory(const std::string& user) override { return inner_.home_directory(user); }
  unsigned set_creation_mask(unsigned mask) override { return inner_.set_creation_mask(mask); }
  int processor_count(bool usable) override { return inner_.processor_count(usable); }
  [[noreturn]] void exit_now(int status) override {
    inner_.exit_now(status);
    __builtin_unreachable();
  }

  // ---- files
  int open(const std::string& path, int flags, unsigned mode) override {
    return inner_.open(path, flags, mode);
  }
  std::int64_t read(int descriptor, void* bytes, std::size_t size) override {
    return inner_.read(descriptor, bytes, size);
  }
  std::int64_t write(int descriptor, const void* bytes, std::size_t size) override {
    return inner_.write(descriptor, bytes, size);
  }
  int close(int descriptor) override { return inner_.close(descriptor); }
  std::int64_t seek(int descriptor, std::int64_t offset, int whence) override {
    return inner_.seek(descriptor, offset, whence);
  }
  int truncate(int descriptor, std::int64_t size) override { return inner_.truncate(descriptor, size); }
  int is_terminal(int descriptor) override { return inner_.is_terminal(descriptor); }
  int status(const std::string& path, struct ::stat& status, bool follow_links) override {
    return inner_.status(path, status, follow_links);
  }
  int status(int descriptor, struct ::stat& status) override { return inner_.status(descriptor, status); }
  int list_directory(const std::string& path, std::vector<std::string>& names) override {
    return inner_.list_directory(path, names);
  }
  int make_directory(const std::string& path, unsigned mode) override {
    return inner_.make_directory(path, mode);
  }
  int remove_directory(const std::string& path) override { return inner_.remove_directory(path); }
  int remove_file(const std::string& path) override { return inner_.remove_file(path); }
  int rename(const std::string& from, const std::string& to) override { return inner_.rename(from, to); }
  int change_directory(const std::string& path) override { return inner_.change_directory(path); }
  int access(const std::string& path, int mode) override { return inner_.access(path, mode); }
  int make_pipe(int descriptors[2]) override { return inner_.make_pipe(descriptors); }
  int duplicate(int descriptor) override { return inner_.duplicate(descriptor); }
  int duplicate_to(int descriptor, int target, bool inheritable) override {
    return inner_.duplicate_to(descriptor, target, inheritable);
  }
  int truncate(const std::string& path, std::int64_t size) override { return inner_.truncate(path, size); }
  int synchronize(int descriptor) override { return inner_.synchronize(descriptor); }
  int change_mode(const std::string& path, unsigned mode) override { return inner_.change_mode(path, mode); }
  int make_link(const std::string& from, const std::string& to) override {
    return inner_.make_link(from, to);
  }
  int make_symbolic_link(const std::string& target, const std::string& path) override {
    return inner_.make_symbolic_link(target, path);
  }
  int read_symbolic_link(const std::string& path, std::string& target) override {
    return inner_.read_symbolic_link(path, target);
  }
  int set_file_times(const std::string& path, std::int64_t accessed, std::int64_t modified) override {
    return inner_.set_file_times(path, accessed, modified);
  }
  int is_blocking(int descriptor) override { return inner_.is_blocking(descriptor); }
  int is_inheritable(int descriptor) override { return inner_.is_inheritable(descriptor); }
  int set_inheritable(int descriptor, bool inheritable) override {
    return inner_.set_inheritable(descriptor, inheritable);
  }
  int terminal_size(int descriptor, int& columns, int& lines) override {
    return inner_.terminal_size(descriptor, columns, lines);
  }

  // ---- sockets; addresses as the kernel's structures
  int socket(int family, int type, int protocol) override { return inner_.socket(family, type, protocol); }
  int socket_pair(int family, int type, int protocol, int descriptors[2]) override {
    return inner_.socket_pair(family, type, protocol, descriptors);
  }
  int bind(int descriptor, const ::sockaddr* address, ::socklen_t size) override {
    return inner_.bind(descriptor, address, size);
  }
  int listen(int descriptor, int backlog) override { return inner_.listen(descriptor, backlog); }
  int accept(int descriptor, ::sockaddr* address, ::socklen_t* size) override {
    return inner_.accept(descriptor, address, size);
  }
  int connect(int descriptor, const ::sockaddr* address, ::socklen_t size) override {
    return inner_.connect(descriptor, address, size);
  }
  std::int64_t receive(int descriptor, void* bytes, std::size_t size, int flags) override {
    return inner_.receive(descriptor, bytes, size, flags);
  }
  std::int64_t send(int descriptor, const void* bytes, std::size_t size, int flags) override {
    return inner_.send(descriptor, bytes, size, flags);
  }
  std::int64_t receive_from(int descriptor, void* bytes, std::size_t size, int flags, ::sockaddr* address,
                            ::socklen_t* address_size) override {
    return inner_.receive_from(descriptor, bytes, size, flags, address, address_size);
  }
  std::int64_t send_to(int descriptor, const void* bytes, std::size_t size, int flags,
                       const ::sockaddr* address, ::socklen_t address_size) override {
    return inner_.send_to(descriptor, bytes, size, flags, address, address_size);
  }
  int shutdown(int descriptor, int how) override { return inner_.shutdown(descriptor, how); }
  int get_option(int descriptor, int level, int option, void* value, ::socklen_t* size) override {
    return inner_.get_option(descriptor, level, option, value, size);
  }
  int set_option(int descriptor, int level, int option, const void* value, ::socklen_t size) override {
    return inner_.set_option(descriptor, level, option, value, size);
  }
  int local_address(int descriptor, ::sockaddr* address, ::socklen_t* size) override {
    return inner_.local_address(descriptor, address, size);
  }
  int peer_address(int descriptor, ::sockaddr* address, ::socklen_t* size) override {
    return inner_.peer_address(descriptor, address, size);
  }
  int set_blocking(int descriptor, bool blocking) override {
    return inner_.set_blocking(descriptor, blocking);
  }
  int resolve(const char* name, const char* service, const ResolveHints& hints,
              std::vector<ResolvedAddress>& found, int& system_error) override {
    return inner_.resolve(name, service, hints, found, system_error);
  }
  int describe_address(const ::sockaddr* address, ::socklen_t size, int flags, std::string& name,
                       std::string& service, int& system_error) override {
    return inner_.describe_address(address, size, flags, name, service, system_error);
  }
  int service_port(const std::string& name, const char* protocol) override {
    return inner_.service_port(name, protocol);
  }
  std::string service_name(int port, const char* protocol) override {
    return inner_.service_name(port, protocol);
  }
  int protocol_number(const std::string& name) override { return inner_.protocol_number(name); }
  int host_name(std::string& name) override { return inner_.host_name(name); }
  int wait_for_several(::pollfd* watched, std::size_t count, std::int64_t timeout) override {
    return inner_.wait_for_several(watched, count, timeout);
  }
  int event_queue() override { return inner_.event_queue(); }
  int change_event_queue(int queue, int operation, int descriptor, std::uint32_t events) override {
    return inner_.change_event_queue(queue, operation, descriptor, events);
  }
  int wait_event_queue(int queue, ::epoll_event* events, int room, std::int64_t timeout) override {
    return inner_.wait_event_queue(queue, events, room, timeout);
  }
  int wait_for(int descriptor, bool readable, bool writable, std::int64_t timeout) override {
    return inner_.wait_for(descriptor, readable, writable, timeout);
  }
  std::unique_ptr<Poller> new_poller() override { return inner_.new_poller(); }

 protected:
  Host& inner_;
};

}  // namespace cede
