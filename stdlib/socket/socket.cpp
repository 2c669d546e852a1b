// The type _socket.socket: its life, options and state. What moves data is in transfer.cpp.
#include "stdlib/socket/socket.hpp"

#include <fmt/format.h>

#include <cmath>

#include "runtime/host/host.hpp"
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/socket/transfer.hpp"
#include "stdlib/time/time.hpp"

namespace cede::stdlib {

constinit const Layout socket_layout = layout_for<Socket>();

void Socket::dispose(Heap&, Socket& self) {
  if (self.host && self.descriptor >= 0) self.host->close(std::exchange(self.descriptor, -1));
}

std::int64_t socket_deadline(VM& vm, const Socket& self) {
  std::int64_t deadline;
  if (self.timeout <= 0 || __builtin_add_overflow(vm.host.monotonic_time(), self.timeout, &deadline)) return -1;
  return deadline;
}
RaisedMark raise_socket_timeout(VM& vm) { return vm.raise(TypeId::TimeoutError, "timed out"); }

Status socket_wait(VM& vm, Socket& self, Readiness readiness, std::int64_t deadline) {
  for (;;) {
    if (self.descriptor < 0) return Ok;  // closed: the call itself says so
    std::int64_t left = -1;
    if (deadline >= 0 && (left = deadline - vm.host.monotonic_time()) < 0) return raise_socket_timeout(vm);
    int ready;
    {
      const Unlocked unlocked(vm);
      ready = vm.host.wait_for(self.descriptor, readiness == Readiness::Readable, readiness == Readiness::Writable, left);
    }
    if (ready > 0) return Ok;
    if (ready == 0) return raise_socket_timeout(vm);
    if (ready != -EINTR) return vm.raise_os_error(-ready);
    CEDE_CHECK(vm.check_interrupts());
  }
}

Result<std::int64_t> socket_timeout_argument(VM& vm, Ref value) {
  if (value.is_none()) return std::int64_t{-1};
  CEDE_TRY(const std::int64_t timeout, nanoseconds_of(vm, value));
  if (timeout < 0) return vm.raise(TypeId::ValueError, "Timeout value out of range");
  return timeout;
}
Owned socket_timeout_value(VM& vm, std::int64_t timeout) {
  if (timeout < 0) return Owned(None.bits);
  return float_from(vm, static_cast<double>(timeout) / 1e9);
}

namespace {

// The mode of the descriptor that its timeout asks for.
Status apply_timeout(VM& vm, Socket& self) {
  const int error = vm.host.set_blocking(self.descriptor, self.timeout < 0);
  return error < 0 ? Status(vm.raise_os_error(-error)) : Ok;
}

// ---- making

// What the kernel says of an open descriptor where the script has not said it.
Status adopt_descriptor(VM& vm, Socket& self, Ref number) {
  if (number.is_immediate_double() || is_float(number))
    return vm.raise(TypeId::TypeError, "integer argument expected, got float");
  CEDE_TRY(const std::int64_t descriptor, index_int64(vm, number));
  if (descriptor < 0) return vm.raise(TypeId::ValueError, "negative file descriptor");
  const int file = static_cast<int>(descriptor);
  SocketAddress address;
  if (const int error = vm.host.local_address(file, address.pointer(), &address.size); error < 0) {
    // A socket that the script describes may be of a kind that has no address.
    if (self.family == -1 || error == -EBADF || error == -ENOTSOCK) return vm.raise_os_error(-error);
  } else if (self.family == -1) {
    self.family = address.storage.ss_family;
  }
  const auto option = [&](int name, int& value) -> Status {
    ::socklen_t size = sizeof value;
    const int error = vm.host.get_option(file, SOL_SOCKET, name, &value, &size);
    return error < 0 ? Status(vm.raise_os_error(-error)) : Ok;
  };
  if (self.type == -1) CEDE_CHECK(option(SO_TYPE, self.type));
  if (self.protocol == -1) CEDE_CHECK(option(SO_PROTOCOL, self.protocol));
  self.descriptor = file;
  return Ok;
}

// Sets up an instance whose descriptor, family, type and protocol are known.
Status finish_socket(VM& vm, Socket& self) {
  const bool nonblocking = self.type & SOCK_NONBLOCK;
  self.type &= ~(SOCK_CLOEXEC | SOCK_NONBLOCK);
  self.host = &vm.host;
  if (nonblocking) {
    self.timeout = 0;
    return Ok;
  }
  CEDE_TRY(self.timeout, socket_default_timeout(vm));
  return self.timeout >= 0 ? apply_timeout(vm, self) : Ok;
}

Status socket_init_body(VM& vm, Socket& self, int family, int type, int protocol, Ref fileno) {
  self.family = family;
  self.type = type;
  self.protocol = protocol;
  if (!fileno.is_none()) {
    CEDE_CHECK(adopt_descriptor(vm, self, fileno));
  } else {
    if (family == -1) self.family = AF_INET;
    if (type == -1) self.type = SOCK_STREAM;
    if (protocol == -1) self.protocol = 0;
    const int descriptor = vm.host.socket(self.family, self.type, self.protocol);
    if (descriptor < 0) return vm.raise_os_error(-descriptor);
    self.descriptor = descriptor;
  }
  return finish_socket(vm, self);
}
Status socket_init(VM& vm, Ref self, const Arguments& arguments) {
  const Owned result =
      call_body<"socket(family=-1, type=-1, proto=-1, fileno=None)", socket_init_body>(vm, cast<Socket>(self), arguments);
  if (result.is_raised()) return raised;
  release(result.ref());
  return Ok;
}
Owned socket_construct(VM& vm, Type& type, const Arguments&) {
  Socket* made = make_instance<Socket>(vm, type);
  if (!made) return raised;
  made->host = nullptr;
  made->descriptor = -1;
  made->timeout = -1;
  return Value::adopt(made);
}

// ---- the end

// A socket that nobody has closed.
void socket_finalize(VM& vm, Ref self) {
  Socket& socket = cast<Socket>(self);
  if (socket.descriptor < 0) return;
  Value pending = vm.take_error();
  const std::string text = "unclosed " + repr_text(vm, self);
  if (warn(vm, TypeId::ResourceWarning, text, 1).is_raised()) {
    if (vm.error_is(TypeId::Warning)) vm.report_unraisable(self);
    vm.clear_error();
  }
  if (socket.descriptor >= 0) vm.host.close(std::exchange(socket.descriptor, -1));
  vm.set_error(std::move(pending));
}

Owned socket_repr(VM& vm, Ref self) {
  const Socket& s = cast<Socket>(self);
  return str_from_external(vm, fmt::format("<socket object, fd={}, family={}, type={}, proto={}>", s.descriptor, s.family, s.type, s.protocol));
}

Status socket_close(VM& vm, Socket& self) {
  const int descriptor = std::exchange(self.descriptor, -1);
  if (descriptor < 0) return Ok;
  int error;
  {
    const Unlocked unlocked(vm);
    error = vm.host.close(descriptor);
  }
  // A peer's reset is no news to who closes.
  return error < 0 && error != -ECONNRESET ? Status(vm.raise_os_error(-error)) : Ok;
}
std::int64_t socket_detach(VM&, Socket& self) { return std::exchange(self.descriptor, -1); }
std::int64_t socket_fileno(VM&, Socket& self) { return self.descriptor; }

// ---- timeouts

Status set_timeout(VM& vm, Socket& self, std::int64_t timeout) {
  self.timeout = timeout;
  return apply_timeout(vm, self);
}
Status socket_settimeout(VM& vm, Socket& self, Ref value) {
  CEDE_TRY(const std::int64_t timeout, socket_timeout_argument(vm, value));
  return set_timeout(vm, self, timeout);
}
Status socket_setblocking(VM& vm, Socket& self, bool blocking) { return set_timeout(vm, self, blocking ? -1 : 0); }
Owned socket_gettimeout(VM& vm, Socket& self) { return socket_timeout_value(vm, self.timeout); }
bool socket_getblocking(VM&, Socket& self) { return self.timeout != 0; }

// ---- options

Status check_count(VM& vm, const Arguments& arguments, const char* name, std::uint32_t minimum, std::uint32_t maximum) {
  CEDE_CHECK(check_no_keywords(vm, arguments, fmt::format("socket.{}", name)));
  const std::uint32_t given = arguments.positional;
  if (given >= minimum && given <= maximum) return Ok;
  const bool few = given < minimum;
  const std::uint32_t bound = few ? minimum : maximum;
  return vm.raise(TypeId::TypeError, "{}() takes {} {} argument{} ({} given)", name,
                  minimum == maximum ? "exactly" : few ? "at least" : "at most", bound, bound == 1 ? "" : "s", given);
}
Result<int> int_argument(VM& vm, Ref value) {
  int number;
  if (!detail::Convert<int>::from(vm, detail::signature<"int(x, /)">, 0, value, number)) return raised;
  return number;
}

Owned socket_getsockopt(VM& vm, Ref self, const Arguments& arguments) {
  Socket& socket = cast<Socket>(self);
  CEDE_CHECK(check_count(vm, arguments, "getsockopt", 2, 3));
  CEDE_TRY(const int level, int_argument(vm, arguments[0]));
  CEDE_TRY(const int option, int_argument(vm, arguments[1]));
  int size = 0;
  if (arguments.positional > 2) {
    CEDE_TRY(size, int_argument(vm, arguments[2]));
  }
  constexpr int largest = 1024;
  if (size < 0 || size > largest) return vm.raise(TypeId::OSError, "getsockopt buflen out of range");
  if (size == 0) {
    int value = 0;
    ::socklen_t length = sizeof value;
    const int error = vm.host.get_option(socket.descriptor, level, option, &value, &length);
    if (error < 0) return vm.raise_os_error(-error);
    return int_from(vm, value);
  }
  char bytes[largest];
  auto length = static_cast<::socklen_t>(size);
  const int error = vm.host.get_option(socket.descriptor, level, option, bytes, &length);
  if (error < 0) return vm.raise_os_error(-error);
  return bytes_from(vm, std::string_view(bytes, length));
}

Owned socket_setsockopt(VM& vm, Ref self, const Arguments& arguments) {
  Socket& socket = cast<Socket>(self);
  if (arguments.positional != 4) CEDE_CHECK(check_count(vm, arguments, "setsockopt", 3, 3));
  CEDE_TRY(const int level, int_argument(vm, arguments[0]));
  CEDE_TRY(const int option, int_argument(vm, arguments[1]));
  int error;
  if (arguments.positional == 4) {
    if (!arguments[2].is_none())
      return vm.raise(TypeId::TypeError, "setsockopt() argument 3 must be None, not {}", type_name(arguments[2], vm));
    CEDE_TRY(const std::int64_t size, index_int64(vm, arguments[3]));
    error = vm.host.set_option(socket.descriptor, level, option, nullptr, static_cast<::socklen_t>(size));
  } else if (is_int(arguments[2])) {
    CEDE_TRY(const int value, int_argument(vm, arguments[2]));
    error = vm.host.set_option(socket.descriptor, level, option, &value, sizeof value);
  } else {
    BufferView view;
    CEDE_CHECK(view.acquire(vm, arguments[2]));
    error = vm.host.set_option(socket.descriptor, level, option, view.data(), static_cast<::socklen_t>(view.size()));
  }
  return error < 0 ? Owned(vm.raise_os_error(-error)) : Owned(None.bits);
}

// ---- addresses

using AddressCall = int (Host::*)(int, ::sockaddr*, ::socklen_t*);
Owned own_address(VM& vm, Socket& self, AddressCall ask) {
  SocketAddress address;
  const int error = (vm.host.*ask)(self.descriptor, address.pointer(), &address.size);
  if (error < 0) return vm.raise_os_error(-error);
  return address_value(vm, address.pointer(), address.size);
}
Owned socket_getsockname(VM& vm, Socket& self) { return own_address(vm, self, &Host::local_address); }
Owned socket_getpeername(VM& vm, Socket& self) { return own_address(vm, self, &Host::peer_address); }

Status socket_bind(VM& vm, Socket& self, Ref given) {
  SocketAddress address;
  CEDE_CHECK(read_address(vm, self.family, self.type, given, "bind", address));
  const int error = vm.host.bind(self.descriptor, address.pointer(), address.size);
  return error < 0 ? Status(vm.raise_os_error(-error)) : Ok;
}
Status socket_listen(VM& vm, Socket& self, Ref backlog) {
  int size = SOMAXCONN < 128 ? SOMAXCONN : 128;
  if (!backlog.is_unbound()) {
    CEDE_TRY(size, int_argument(vm, backlog));
  }
  const int error = vm.host.listen(self.descriptor, size < 0 ? 0 : size);
  return error < 0 ? Status(vm.raise_os_error(-error)) : Ok;
}
Status socket_shutdown(VM& vm, Socket& self, Ref how) {
  CEDE_TRY(const int direction, int_argument(vm, how));
  const int error = vm.host.shutdown(self.descriptor, direction);
  return error < 0 ? Status(vm.raise_os_error(-error)) : Ok;
}

std::int64_t get_family(VM&, Socket& self) { return self.family; }
std::int64_t get_type(VM&, Socket& self) { return self.type; }
std::int64_t get_protocol(VM&, Socket& self) { return self.protocol; }

constexpr Slots socket_slots = inherit(object_slots, [](Slots& s) {
  s.repr = socket_repr;
  s.init = socket_init;
  s.construct = socket_construct;
  s.finalize = socket_finalize;
});
constexpr Method socket_methods[] = {
    method<"_accept($self, /)", socket_accept>,
    method<"bind($self, object, /)", socket_bind>,
    method<"close($self, /)", socket_close>,
    method<"connect($self, object, /)", socket_connect>,
    method<"connect_ex($self, object, /)", socket_connect_ex>,
    method<"detach($self, /)", socket_detach>,
    method<"fileno($self, /)", socket_fileno>,
    method<"getblocking($self, /)", socket_getblocking>,
    method<"getpeername($self, /)", socket_getpeername>,
    method<"getsockname($self, /)", socket_getsockname>,
    raw_method<"getsockopt($self, level, option, buffersize=0, /)", socket_getsockopt>,
    method<"gettimeout($self, /)", socket_gettimeout>,
    method<"listen($self, backlog=min(SOMAXCONN, 128), /)", socket_listen>,
    raw_method<"recv($self, bufsize, flags=0, /)", socket_recv>,
    method<"recv_into($self, buffer, nbytes=0, flags=0)", socket_recv_into>,
    raw_method<"recvfrom($self, bufsize, flags=0, /)", socket_recvfrom>,
    method<"recvfrom_into($self, buffer, nbytes=0, flags=0)", socket_recvfrom_into>,
    raw_method<"send($self, data, flags=0, /)", socket_send>,
    raw_method<"sendall($self, data, flags=0, /)", socket_sendall>,
    raw_method<"sendto($self, data, flags, address, /)", socket_sendto>,
    method<"setblocking($self, object, /)", socket_setblocking>,
    raw_method<"setsockopt($self, level, option, value, /)", socket_setsockopt>,
    method<"settimeout($self, object, /)", socket_settimeout>,
    method<"shutdown($self, object, /)", socket_shutdown>,
};
constexpr Property socket_properties[] = {
    property<"family", get_family>,
    property<"type", get_type>,
    property<"proto", get_protocol>,
    property<"timeout", socket_gettimeout>,
};

}  // namespace

Owned socket_new(VM& vm, int descriptor, int family, int type, int protocol) {
  CEDE_TRY(Value made, socket_construct(vm, vm.native_type(socket_type), {}));
  Socket& socket = cast<Socket>(made);
  socket.descriptor = descriptor;
  socket.family = family;
  socket.type = type;
  socket.protocol = protocol;
  CEDE_CHECK(finish_socket(vm, socket));
  return made.take();
}

const NativeType socket_type{
    .name = "_socket.socket",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &socket_layout,
    .slots = &socket_slots,
    .flags = TypeFlag::Instantiable | TypeFlag::BaseType | TypeFlag::HasFinalizer,
    .methods = socket_methods,
    .properties = socket_properties,
    .doc = "socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object\n"
           "socket(family=-1, type=-1, proto=-1, fileno=None) -> socket object\n\n"
           "Open a socket of the given type.",
};

}  // namespace cede::stdlib
