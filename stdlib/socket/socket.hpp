// The module `_socket`: the socket type (socket.cpp, its calls in transfer.cpp), addresses between scripts and the kernel
// (address.cpp), names of hosts and services (names.cpp), constants and functions (module.cpp).
#pragma once

#include <sys/socket.h>

#include <cerrno>
#include <string>
#include <string_view>

#include "runtime/core/native.hpp"
#include "runtime/vm/isolate_lock.hpp"

namespace cede {
class Host;
}

namespace cede::stdlib {

extern const Layout socket_layout;
struct Socket : Object {
  static const Layout* layout() { return &socket_layout; }
  static constexpr const char* type_name = "_socket.socket";
  Host* host;               // closes a descriptor that nobody has closed
  int descriptor;           // -1: closed
  int family, type, protocol;
  std::int64_t timeout;     // nanoseconds; -1: blocks for ever, 0: never blocks
  static void dispose(Heap& heap, Socket& self);
};
extern const NativeType socket_type;

enum class Readiness : std::uint8_t { Readable, Writable };
std::int64_t socket_deadline(VM& vm, const Socket& self);
// Waits until the socket is ready or the deadline has passed (TimeoutError). Handles signals.
Status socket_wait(VM& vm, Socket& self, Readiness readiness, std::int64_t deadline);
RaisedMark raise_socket_timeout(VM& vm);
// A call that may block: runs `operation` (a host call) with the isolate unlocked, as often as signals and false alarms
// need it, within the deadline; waits for readiness first where the socket has a timeout. The result is what the host
// gave, >= 0; raises TimeoutError and OSError.
template<class Operation>
Result<std::int64_t> socket_call(VM& vm, Socket& self, Readiness readiness, std::int64_t deadline, Operation&& operation) {
  for (;;) {
    if (self.timeout > 0) CEDE_CHECK(socket_wait(vm, self, readiness, deadline));
    std::int64_t result;
    {
      const Unlocked unlocked(vm);
      result = operation();
    }
    if (result >= 0) return result;
    if (result == -EINTR) CEDE_CHECK(vm.check_interrupts());
    else if (!(self.timeout > 0 && result == -EAGAIN)) return vm.raise_os_error(static_cast<int>(-result));
  }
}

Owned socket_new(VM& vm, int descriptor, int family, int type, int protocol);
// timeout values of scripts: None is -1. ValueError for negative ones.
Result<std::int64_t> socket_timeout_argument(VM& vm, Ref value);
Owned socket_timeout_value(VM& vm, std::int64_t timeout);
// socket.setdefaulttimeout, kept by the module.
Result<std::int64_t> socket_default_timeout(VM& vm);

// ---- address.cpp
struct SocketAddress {
  ::sockaddr_storage storage{};
  ::socklen_t size = sizeof storage;
  ::sockaddr* pointer() { return reinterpret_cast<::sockaddr*>(&storage); }
};
// An address of a script, for a socket of that family; `caller` is named in errors. Names are looked up.
Status read_address(VM& vm, int family, int type, Ref given, const char* caller, SocketAddress& address);
Owned address_value(VM& vm, const ::sockaddr* address, ::socklen_t size);
// The text of a host name; empty for None where `optional`.
Result<std::string> host_argument(VM& vm, Ref host);

// ---- names.cpp
RaisedMark raise_gai_error(VM& vm, int code, int system_error);
extern const std::span<const Method> socket_name_functions;

// ---- module.cpp
Owned socket_module_attribute(VM& vm, std::string_view name);

}  // namespace cede::stdlib
