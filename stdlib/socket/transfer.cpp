// Connecting, accepting, sending and receiving.
#include "stdlib/socket/transfer.hpp"

#include <fmt/format.h>

#include "runtime/host/host.hpp"
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/sequence.hpp"

namespace cede::stdlib {

namespace {

Status check_arguments(VM& vm, const Arguments& arguments, std::string_view name, std::uint32_t maximum = 2) {
  CEDE_CHECK(check_no_keywords(vm, arguments, fmt::format("socket.{}", name)));
  if (arguments.positional == 0) return vm.raise(TypeId::TypeError, "{}() takes at least 1 argument (0 given)", name);
  if (arguments.positional > maximum)
    return vm.raise(TypeId::TypeError, "{}() takes at most {} arguments ({} given)", name, maximum, arguments.positional);
  return Ok;
}
Result<int> flags_argument(VM& vm, const Arguments& arguments, std::size_t at) {
  int flags = 0;
  if (arguments.positional > at &&
      !detail::Convert<int>::from(vm, detail::signature<"flags(x, /)">, 0, arguments[at], flags))
    return raised;
  return flags;
}

// ---- connecting

// The kernel's answer: 0, -errno, or -1 after an exception (timeouts and signal handlers).
constexpr int exception_set = -100000;

int connect_result(VM& vm, Socket& self, SocketAddress& address) {
  const std::int64_t deadline = socket_deadline(vm, self);
  int error;
  {
    const Unlocked unlocked(vm);
    error = vm.host.connect(self.descriptor, address.pointer(), address.size);
  }
  if (error >= 0) return 0;
  // The connection goes on being made after a signal, and where there is a timeout.
  const bool going_on = error == -EINTR ? self.timeout != 0 : self.timeout > 0 && error == -EINPROGRESS;
  if (!going_on) return error;
  if (error == -EINTR && vm.check_interrupts().is_raised()) return exception_set;
  if (socket_wait(vm, self, Readiness::Writable, deadline).is_raised()) return exception_set;
  int pending = 0;
  ::socklen_t size = sizeof pending;
  const int asked = vm.host.get_option(self.descriptor, SOL_SOCKET, SO_ERROR, &pending, &size);
  return asked < 0 ? asked : pending == EISCONN ? 0 : -pending;
}

}  // namespace

Status socket_connect(VM& vm, Socket& self, Ref given) {
  SocketAddress address;
  CEDE_CHECK(read_address(vm, self.family, self.type, given, "connect", address));
  const int error = connect_result(vm, self, address);
  if (error == exception_set) return raised;
  return error < 0 ? Status(vm.raise_os_error(-error)) : Ok;
}

Owned socket_connect_ex(VM& vm, Socket& self, Ref given) {
  SocketAddress address;
  CEDE_CHECK(read_address(vm, self.family, self.type, given, "connect_ex", address));
  const int error = connect_result(vm, self, address);
  if (error != exception_set) return int_from(vm, -error);
  if (!vm.error_is(TypeId::TimeoutError)) return raised;
  vm.clear_error();
  return int_from(vm, EAGAIN);
}

Owned socket_accept(VM& vm, Socket& self) {
  SocketAddress address;
  CEDE_TRY(const std::int64_t descriptor, socket_call(vm, self, Readiness::Readable, socket_deadline(vm, self), [&] {
             address.size = sizeof address.storage;
             return static_cast<std::int64_t>(vm.host.accept(self.descriptor, address.pointer(), &address.size));
           }));
  const Value peer = address_value(vm, address.pointer(), address.size);
  if (peer.is_raised()) {
    vm.host.close(static_cast<int>(descriptor));
    return raised;
  }
  return tuple_of(vm, {Ref::small(descriptor), peer});
}

// ---- receiving

namespace {

// Receives into memory that nobody moves. `address`: null if the sender is not asked for.
Result<std::int64_t> receive(VM& vm, Socket& self, char* bytes, std::size_t size, int flags, SocketAddress* address) {
  return socket_call(vm, self, Readiness::Readable, socket_deadline(vm, self), [&] {
    if (!address) return vm.host.receive(self.descriptor, bytes, size, flags);
    address->size = sizeof address->storage;
    return vm.host.receive_from(self.descriptor, bytes, size, flags, address->pointer(), &address->size);
  });
}

Owned receive_bytes(VM& vm, Ref self, const Arguments& arguments, std::string_view name, SocketAddress* address) {
  CEDE_CHECK(check_arguments(vm, arguments, name));
  CEDE_TRY(const std::int64_t size, size_argument(vm, arguments[0]));
  CEDE_TRY(const int flags, flags_argument(vm, arguments, 1));
  if (size < 0) return vm.raise(TypeId::ValueError, "negative buffersize in {}", name);
  const Value held{self};
  // A small message needs no second copy of its buffer's size.
  CEDE_TRY(Value bytes, bytes_uninitialised(vm, static_cast<std::size_t>(size)));
  CEDE_TRY(const std::int64_t got, receive(vm, cast<Socket>(self), cast<Bytes>(bytes).data, static_cast<std::size_t>(size), flags, address));
  if (got == size) return bytes.take();
  return bytes_from(vm, std::string_view(cast<Bytes>(bytes).data, static_cast<std::size_t>(got)));
}

Result<std::int64_t> receive_into(VM& vm, Socket& self, Ref buffer, std::int64_t nbytes, int flags, std::string_view name,
                                  SocketAddress* address) {
  const Value held{Ref(self)};
  BufferView view;
  if (view.acquire(vm, buffer, BufferAccess::Write).is_raised()) {
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
    return vm.raise(TypeId::TypeError, "{}() argument 1 must be read-write bytes-like object, not {}", name, type_name(buffer, vm));
  }
  if (nbytes < 0) return vm.raise(TypeId::ValueError, "negative buffersize in {}", name);
  const std::size_t size = nbytes ? static_cast<std::size_t>(nbytes) : view.size();
  if (size > view.size()) {
    if (address) return vm.raise(TypeId::ValueError, "nbytes is greater than the length of the buffer");
    return vm.raise(TypeId::ValueError, "buffer too small for requested bytes");
  }
  return receive(vm, self, view.data(), size, flags, address);
}

}  // namespace

Owned socket_recv(VM& vm, Ref self, const Arguments& arguments) { return receive_bytes(vm, self, arguments, "recv", nullptr); }

Owned socket_recvfrom(VM& vm, Ref self, const Arguments& arguments) {
  SocketAddress address;
  CEDE_TRY(const Value bytes, receive_bytes(vm, self, arguments, "recvfrom", &address));
  CEDE_TRY(const Value sender, address_value(vm, address.pointer(), address.size));
  return tuple_of(vm, {bytes, sender});
}

Result<std::int64_t> socket_recv_into(VM& vm, Socket& self, Ref buffer, std::int64_t nbytes, int flags) {
  return receive_into(vm, self, buffer, nbytes, flags, "recv_into", nullptr);
}

Owned socket_recvfrom_into(VM& vm, Socket& self, Ref buffer, std::int64_t nbytes, int flags) {
  SocketAddress address;
  CEDE_TRY(const std::int64_t got, receive_into(vm, self, buffer, nbytes, flags, "recvfrom_into", &address));
  CEDE_TRY(const Value sender, address_value(vm, address.pointer(), address.size));
  return tuple_of(vm, {Ref::small(got), sender});
}

// ---- sending

Owned socket_send(VM& vm, Ref self_ref, const Arguments& arguments) {
  Socket& self = cast<Socket>(self_ref);
  CEDE_CHECK(check_arguments(vm, arguments, "send"));
  const Value held{self_ref};
  BufferView view;
  CEDE_CHECK(view.acquire(vm, arguments[0]));
  CEDE_TRY(const int flags, flags_argument(vm, arguments, 1));
  CEDE_TRY(const std::int64_t sent, socket_call(vm, self, Readiness::Writable, socket_deadline(vm, self), [&] {
             return vm.host.send(self.descriptor, view.data(), view.size(), flags);
           }));
  return int_from(vm, sent);
}

Owned socket_sendall(VM& vm, Ref self_ref, const Arguments& arguments) {
  Socket& self = cast<Socket>(self_ref);
  CEDE_CHECK(check_arguments(vm, arguments, "sendall"));
  const Value held{self_ref};
  BufferView view;
  CEDE_CHECK(view.acquire(vm, arguments[0]));
  CEDE_TRY(const int flags, flags_argument(vm, arguments, 1));
  const std::int64_t deadline = socket_deadline(vm, self);  // for all of it
  const char* at = view.data();
  std::size_t left = view.size();
  do {
    CEDE_TRY(const std::int64_t sent, socket_call(vm, self, Readiness::Writable, deadline, [&] {
               return vm.host.send(self.descriptor, at, left, flags);
             }));
    at += sent;
    left -= static_cast<std::size_t>(sent);
    CEDE_CHECK(vm.check_interrupts());
  } while (left);
  return Owned(None.bits);
}

Owned socket_sendto(VM& vm, Ref self_ref, const Arguments& arguments) {
  Socket& self = cast<Socket>(self_ref);
  CEDE_CHECK(check_no_keywords(vm, arguments, "socket.sendto"));
  if (arguments.positional != 2 && arguments.positional != 3)
    return vm.raise(TypeId::TypeError, "sendto() takes 2 or 3 arguments ({} given)", arguments.positional);
  const Value held{self_ref};
  BufferView view;
  CEDE_CHECK(view.acquire(vm, arguments[0]));
  int flags = 0;
  if (arguments.positional == 3) {
    CEDE_TRY(flags, flags_argument(vm, arguments, 1));
  }
  SocketAddress address;
  CEDE_CHECK(read_address(vm, self.family, self.type, arguments[arguments.positional - 1], "sendto", address));
  CEDE_TRY(const std::int64_t sent, socket_call(vm, self, Readiness::Writable, socket_deadline(vm, self), [&] {
             return vm.host.send_to(self.descriptor, view.data(), view.size(), flags, address.pointer(), address.size);
           }));
  return int_from(vm, sent);
}

}  // namespace cede::stdlib
