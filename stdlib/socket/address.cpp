// Addresses: (host, port) of AF_INET, (host, port, flowinfo, scope) of AF_INET6, paths of AF_UNIX.
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstring>

#include "runtime/host/host.hpp"
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytearray.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/os/path_argument.hpp"
#include "stdlib/socket/socket.hpp"

namespace cede::stdlib {

namespace {

constexpr std::int64_t highest_port = 0xFFFF, highest_flow = 0xFFFFF;

// The first address that a host name has.
Status look_up(VM& vm, const std::string& host, int family, SocketAddress& address) {
  if (family == AF_INET && (host == "<broadcast>" || host == "255.255.255.255")) {
    auto& inet = reinterpret_cast<::sockaddr_in&>(address.storage);
    inet.sin_family = AF_INET;
    inet.sin_addr.s_addr = INADDR_BROADCAST;
    address.size = sizeof inet;
    return Ok;
  }
  ResolveHints hints;
  hints.family = family;
  hints.type = SOCK_DGRAM;  // one result for each address
  hints.flags = host.empty() ? AI_PASSIVE : 0;
  std::vector<ResolvedAddress> found;
  int code, system_error = 0;
  {
    const Unlocked unlocked(vm);
    code = vm.host.resolve(host.empty() ? nullptr : host.c_str(), host.empty() ? "0" : nullptr, hints, found, system_error);
  }
  if (code) return raise_gai_error(vm, code, system_error);
  if (found.empty()) return raise_gai_error(vm, EAI_NONAME, 0);
  if (host.empty() && found.size() > 1) return vm.raise(TypeId::OSError, "wildcard resolved to multiple address");
  std::memcpy(&address.storage, &found[0].address, found[0].size);
  address.size = found[0].size;
  return Ok;
}

RaisedMark raise_not_tuple(VM& vm, const char* caller, const char* family, Ref given) {
  return vm.raise(TypeId::TypeError, "{}(): {} address must be tuple, not {}", caller, family, type_name(given, vm));
}
Result<int> c_int(VM& vm, Ref value) {
  static constexpr const Signature& unused = detail::signature<"int(x, /)">;
  int number;
  if (!detail::Convert<int>::from(vm, unused, 0, value, number)) return raised;
  return number;
}
Status check_port(VM& vm, const char* caller, int port) {
  if (port >= 0 && port <= highest_port) return Ok;
  return vm.raise(TypeId::OverflowError, "{}(): port must be 0-65535.", caller);
}

Status read_inet(VM& vm, Ref given, const char* caller, SocketAddress& address) {
  if (!is<Tuple>(given)) return raise_not_tuple(vm, caller, "AF_INET", given);
  const Tuple& tuple = cast<Tuple>(given);
  if (tuple.size != 2) return vm.raise(TypeId::TypeError, "AF_INET address must be a pair (host, port)");
  CEDE_TRY(const std::string host, host_argument(vm, tuple[0]));
  CEDE_TRY(const int port, c_int(vm, tuple[1]));
  auto& inet = reinterpret_cast<::sockaddr_in&>(address.storage);
  if (inet_pton(AF_INET, host.c_str(), &inet.sin_addr) == 1) address.size = sizeof inet;
  else CEDE_CHECK(look_up(vm, host, AF_INET, address));
  CEDE_CHECK(check_port(vm, caller, port));
  inet.sin_family = AF_INET;
  inet.sin_port = htons(static_cast<std::uint16_t>(port));
  return Ok;
}

Status read_inet6(VM& vm, Ref given, const char* caller, SocketAddress& address) {
  if (!is<Tuple>(given)) return raise_not_tuple(vm, caller, "AF_INET6", given);
  const Tuple& tuple = cast<Tuple>(given);
  if (tuple.size < 2 || tuple.size > 4)
    return vm.raise(TypeId::TypeError, "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])");
  CEDE_TRY(const std::string host, host_argument(vm, tuple[0]));
  CEDE_TRY(const int port, c_int(vm, tuple[1]));
  std::int64_t flow = 0, scope = 0;
  if (tuple.size > 2) {
    CEDE_TRY(flow, index_int64(vm, tuple[2]));
  }
  if (tuple.size > 3) {
    CEDE_TRY(scope, index_int64(vm, tuple[3]));
  }
  auto& inet = reinterpret_cast<::sockaddr_in6&>(address.storage);
  if (inet_pton(AF_INET6, host.c_str(), &inet.sin6_addr) == 1) address.size = sizeof inet;
  else CEDE_CHECK(look_up(vm, host, AF_INET6, address));
  CEDE_CHECK(check_port(vm, caller, port));
  if (flow < 0 || flow > highest_flow) return vm.raise(TypeId::OverflowError, "{}(): flowinfo must be 0-1048575.", caller);
  inet.sin6_family = AF_INET6;
  inet.sin6_port = htons(static_cast<std::uint16_t>(port));
  inet.sin6_flowinfo = htonl(static_cast<std::uint32_t>(flow));
  if (tuple.size > 3) inet.sin6_scope_id = static_cast<std::uint32_t>(scope);
  return Ok;
}

Status read_unix(VM& vm, Ref given, SocketAddress& address) {
  std::string path;
  if (Str* text = as<Str>(given)) {
    CEDE_TRY(path, host_text(vm, *text));
  } else {
    BufferView view;
    CEDE_CHECK(view.acquire(vm, given));
    path = view.bytes();
  }
  auto& local = reinterpret_cast<::sockaddr_un&>(address.storage);
  const bool is_abstract = !path.empty() && path[0] == 0;
  // A path ends in NUL, a name of Linux's abstract space needs none.
  if (path.size() + !is_abstract > sizeof local.sun_path) return vm.raise(TypeId::OSError, "AF_UNIX path too long");
  local.sun_family = AF_UNIX;
  std::memcpy(local.sun_path, path.data(), path.size());
  address.size = static_cast<::socklen_t>(offsetof(::sockaddr_un, sun_path) + path.size() + !is_abstract);
  return Ok;
}

Owned numeric_host(VM& vm, int family, const void* bytes, std::uint32_t scope) {
  char text[INET6_ADDRSTRLEN + 24];
  if (!inet_ntop(family, bytes, text, sizeof text)) return vm.raise_os_error(errno);
  if (scope) std::strcat(text, ("%" + std::to_string(scope)).c_str());
  return str_from_ascii(vm, text);
}

Owned unix_value(VM& vm, const ::sockaddr_un& local, ::socklen_t size) {
  const std::size_t room = size > offsetof(::sockaddr_un, sun_path) ? size - offsetof(::sockaddr_un, sun_path) : 0;
  if (room == 0 || local.sun_path[0]) return str_from_external(vm, std::string_view(local.sun_path, strnlen(local.sun_path, room)));
  return bytes_from(vm, std::string_view(local.sun_path, room));
}

}  // namespace

Result<std::string> host_argument(VM& vm, Ref host) {
  std::string text;
  if (Str* str = as<Str>(host)) {
    text = str->view();
    for (const char c : text)
      if (static_cast<unsigned char>(c) >= 128) return vm.raise(TypeId::TypeError, "encoding of hostname failed");
  } else if (Bytes* bytes = as<Bytes>(host)) {
    text = bytes->view();
  } else if (is<ByteArray>(host)) {
    BufferView view;
    CEDE_CHECK(view.acquire(vm, host));
    text = view.bytes();
  } else {
    return vm.raise(TypeId::TypeError, "str, bytes or bytearray expected, not {}", type_name(host, vm));
  }
  if (text.find('\0') != text.npos) return vm.raise(TypeId::TypeError, "host name must not contain null character");
  return text;
}

Status read_address(VM& vm, int family, int, Ref given, const char* caller, SocketAddress& address) {
  switch (family) {
    case AF_INET: return read_inet(vm, given, caller, address);
    case AF_INET6: return read_inet6(vm, given, caller, address);
    case AF_UNIX: return read_unix(vm, given, address);
    default: return vm.raise(TypeId::OSError, "{}(): bad family", caller);
  }
}

Owned address_value(VM& vm, const ::sockaddr* address, ::socklen_t size) {
  if (size == 0) return Owned(None.bits);
  switch (address->sa_family) {
    case AF_INET: {
      const auto& inet = reinterpret_cast<const ::sockaddr_in&>(*address);
      CEDE_TRY(const Value host, numeric_host(vm, AF_INET, &inet.sin_addr, 0));
      return tuple_of(vm, {host, Ref::small(ntohs(inet.sin_port))});
    }
    case AF_INET6: {
      const auto& inet = reinterpret_cast<const ::sockaddr_in6&>(*address);
      CEDE_TRY(const Value host, numeric_host(vm, AF_INET6, &inet.sin6_addr, inet.sin6_scope_id));
      return tuple_of(vm, {host, Ref::small(ntohs(inet.sin6_port)), Ref::small(ntohl(inet.sin6_flowinfo)),
                           Ref::small(inet.sin6_scope_id)});
    }
    case AF_UNIX: return unix_value(vm, reinterpret_cast<const ::sockaddr_un&>(*address), size);
    default: {
      CEDE_TRY(const Value bytes, bytes_from(vm, std::string_view(address->sa_data, sizeof address->sa_data)));
      return tuple_of(vm, {Ref::small(address->sa_family), bytes});
    }
  }
}

}  // namespace cede::stdlib
