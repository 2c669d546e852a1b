// Names of hosts, services and protocols, and the text forms of addresses.
#include <arpa/inet.h>
#include <netdb.h>

#include <fmt/format.h>

#include <cstring>

#include "runtime/host/host.hpp"
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/socket/socket.hpp"

namespace cede::stdlib {

RaisedMark raise_gai_error(VM& vm, int code, int system_error) {
  if (code == EAI_SYSTEM) return vm.raise_os_error(system_error);
  const Value type = socket_module_attribute(vm, "gaierror");
  if (type.is_raised()) return raised;
  const Value text = str_from_external(vm, gai_strerror(code));
  if (text.is_raised()) return raised;
  const Value exception = call(vm, type, Ref::small(code), text);
  return exception.is_raised() ? raised : vm.raise_value(exception);
}

namespace {

// ---- getaddrinfo and getnameinfo

// The service as text, empty for None.
Result<std::string> service_argument(VM& vm, Ref service, bool& given) {
  given = true;
  if (is_int(service)) {
    CEDE_TRY(const Value text, str(vm, service));
    return std::string(cast<Str>(text).view());
  }
  if (Str* text = as<Str>(service)) return std::string(text->view());
  if (Bytes* bytes = as<Bytes>(service)) return std::string(bytes->view());
  given = false;
  if (service.is_none()) return std::string();
  return vm.raise(TypeId::OSError, "Int or String expected");
}

Owned names_getaddrinfo(VM& vm, Ref host, Ref port, int family, int type, int protocol, int flags) {
  std::string name;
  if (is<Str>(host)) {
    CEDE_TRY(name, host_argument(vm, host));
  } else if (Bytes* bytes = as<Bytes>(host)) {
    name = bytes->view();
  } else if (!host.is_none()) {
    return vm.raise(TypeId::TypeError, "getaddrinfo() argument 1 must be string or None");
  }
  bool has_service;
  CEDE_TRY(const std::string service, service_argument(vm, port, has_service));
  ResolveHints hints;
  hints.family = family;
  hints.type = type;
  hints.protocol = protocol;
  hints.flags = flags;
  std::vector<ResolvedAddress> found;
  int code, system_error = 0;
  {
    const bool has_name = !host.is_none();
    const Unlocked unlocked(vm);
    code = vm.host.resolve(has_name ? name.c_str() : nullptr, has_service ? service.c_str() : nullptr, hints, found, system_error);
  }
  if (code) return raise_gai_error(vm, code, system_error);
  CEDE_TRY(Value list, list_with_capacity(vm, found.size()));
  for (ResolvedAddress& at : found) {
    CEDE_TRY(const Value address, address_value(vm, reinterpret_cast<::sockaddr*>(&at.address), at.size));
    CEDE_TRY(const Value canonical, str_from_external(vm, at.canonical_name));
    CEDE_TRY(const Value entry, tuple_of(vm, {Ref::small(at.family), Ref::small(at.type), Ref::small(at.protocol), canonical, address}));
    CEDE_CHECK(list_append(vm, cast<List>(list), entry));
  }
  return list.take();
}

Owned names_getnameinfo(VM& vm, Ref given, int flags) {
  if (!is<Tuple>(given)) return vm.raise(TypeId::TypeError, "getnameinfo() argument 1 must be tuple, not {}", type_name(given, vm));
  const Tuple& tuple = cast<Tuple>(given);
  if (tuple.size < 2 || tuple.size > 4 || !is<Str>(tuple[0]))
    return vm.raise(TypeId::TypeError, "getnameinfo(): illegal sockaddr argument");
  const std::string host(cast<Str>(tuple[0]).view());
  CEDE_TRY(const std::int64_t port, index_int64(vm, tuple[1]));
  std::int64_t flow = 0, scope = 0;
  if (tuple.size > 2) {
    CEDE_TRY(flow, index_int64(vm, tuple[2]));
  }
  if (tuple.size > 3) {
    CEDE_TRY(scope, index_int64(vm, tuple[3]));
  }
  if (flow < 0 || flow > 0xFFFFF) return vm.raise(TypeId::OverflowError, "getnameinfo(): flowinfo must be 0-1048575.");
  ResolveHints hints;
  hints.type = SOCK_DGRAM;
  hints.flags = AI_NUMERICHOST;
  std::vector<ResolvedAddress> found;
  std::string name, service;
  int code, system_error = 0;
  {
    const std::string number = std::to_string(port);
    const Unlocked unlocked(vm);
    code = vm.host.resolve(host.c_str(), number.c_str(), hints, found, system_error);
  }
  if (code) return raise_gai_error(vm, code, system_error);
  if (found.size() > 1) return vm.raise(TypeId::OSError, "sockaddr resolved to multiple addresses");
  if (found[0].family == AF_INET && tuple.size != 2) return vm.raise(TypeId::OSError, "IPv4 sockaddr must be 2 tuple");
  if (found[0].family == AF_INET6) {
    auto& inet = reinterpret_cast<::sockaddr_in6&>(found[0].address);
    inet.sin6_flowinfo = htonl(static_cast<std::uint32_t>(flow));
    inet.sin6_scope_id = static_cast<std::uint32_t>(scope);
  }
  {
    const Unlocked unlocked(vm);
    code = vm.host.describe_address(reinterpret_cast<::sockaddr*>(&found[0].address), found[0].size, flags, name, service, system_error);
  }
  if (code) return raise_gai_error(vm, code, system_error);
  CEDE_TRY(const Value name_value, str_from_external(vm, name));
  CEDE_TRY(const Value service_value, str_from_external(vm, service));
  return tuple_of(vm, {name_value, service_value});
}

Owned names_gethostbyname(VM& vm, Ref host) {
  CEDE_TRY(const Value pair, tuple_of(vm, {host, Ref::small(0)}));
  SocketAddress address;
  CEDE_CHECK(read_address(vm, AF_INET, SOCK_STREAM, pair, "gethostbyname", address));
  CEDE_TRY(const Value result, address_value(vm, address.pointer(), address.size));
  return Owned::share(cast<Tuple>(result)[0]);
}
Owned names_gethostname(VM& vm) {
  std::string name;
  if (const int error = vm.host.host_name(name); error < 0) return vm.raise_os_error(-error);
  return str_from_external(vm, name);
}

// ---- services

Owned names_getservbyname(VM& vm, std::string_view name, Ref protocol) {
  const std::string wanted(is<Str>(protocol) ? cast<Str>(protocol).view() : std::string_view());
  const int port = vm.host.service_port(std::string(name), wanted.empty() ? nullptr : wanted.c_str());
  if (port < 0) return vm.raise(TypeId::OSError, "service/proto not found");
  return int_from(vm, port);
}
Owned names_getservbyport(VM& vm, int port, Ref protocol) {
  if (port < 0 || port > 0xFFFF) return vm.raise(TypeId::OverflowError, "getservbyport: port must be 0-65535.");
  const std::string wanted(is<Str>(protocol) ? cast<Str>(protocol).view() : std::string_view());
  const std::string name = vm.host.service_name(port, wanted.empty() ? nullptr : wanted.c_str());
  if (name.empty()) return vm.raise(TypeId::OSError, "port/proto not found");
  return str_from_external(vm, name);
}
Owned names_getprotobyname(VM& vm, std::string_view name) {
  const int number = vm.host.protocol_number(std::string(name));
  if (number < 0) return vm.raise(TypeId::OSError, "protocol not found");
  return int_from(vm, number);
}

// ---- text and bytes of addresses

Owned names_inet_aton(VM& vm, std::string_view text) {
  ::in_addr address;
  if (!::inet_aton(std::string(text).c_str(), &address)) return vm.raise(TypeId::OSError, "illegal IP address string passed to inet_aton");
  return bytes_from(vm, std::string_view(reinterpret_cast<const char*>(&address), sizeof address));
}
Owned names_inet_ntoa(VM& vm, Ref packed) {
  BufferView view;
  CEDE_CHECK(view.acquire(vm, packed));
  if (view.size() != sizeof(::in_addr)) return vm.raise(TypeId::OSError, "packed IP wrong length for inet_ntoa");
  char text[INET_ADDRSTRLEN];
  return str_from_ascii(vm, inet_ntop(AF_INET, view.data(), text, sizeof text));
}
Owned names_inet_pton(VM& vm, int family, std::string_view text) {
  unsigned char packed[sizeof(::in6_addr)];
  const int done = ::inet_pton(family, std::string(text).c_str(), packed);
  if (done < 0) return vm.raise_os_error(errno);
  if (done == 0) return vm.raise(TypeId::OSError, "illegal IP address string passed to inet_pton");
  const std::size_t size = family == AF_INET ? sizeof(::in_addr) : sizeof(::in6_addr);
  return bytes_from(vm, std::string_view(reinterpret_cast<const char*>(packed), size));
}
Owned names_inet_ntop(VM& vm, int family, Ref packed) {
  BufferView view;
  CEDE_CHECK(view.acquire(vm, packed));
  if (family != AF_INET && family != AF_INET6) return vm.raise(TypeId::ValueError, "unknown address family {}", family);
  if (view.size() != (family == AF_INET ? sizeof(::in_addr) : sizeof(::in6_addr)))
    return vm.raise(TypeId::ValueError, "invalid length of packed IP address string");
  char text[INET6_ADDRSTRLEN];
  return str_from_ascii(vm, inet_ntop(family, view.data(), text, sizeof text));
}

// ---- byte order

Owned swap_short(VM& vm, std::string_view name, Ref value) {
  CEDE_TRY(const std::int64_t number, index_int64(vm, value));
  if (number < 0)
    return vm.raise(TypeId::OverflowError, "{}: can't convert negative Python int to C 16-bit unsigned integer", name);
  if (number > 0xFFFF)
    return vm.raise(TypeId::OverflowError, "{}: Python int too large to convert to C 16-bit unsigned integer", name);
  return int_from(vm, htons(static_cast<std::uint16_t>(number)));
}
Owned names_htons(VM& vm, Ref x) { return swap_short(vm, "htons", x); }
Owned names_ntohs(VM& vm, Ref x) { return swap_short(vm, "ntohs", x); }
Owned swap_long(VM& vm, Ref value) {
  if (!is_int(value)) return vm.raise(TypeId::TypeError, "expected int, {} found", type_name(value, vm));
  const auto number = int_to_int64(value);
  if (number && *number < 0) return vm.raise(TypeId::OverflowError, "can't convert negative value to unsigned int");
  if (!number || *number > 0xFFFFFFFF) return vm.raise(TypeId::OverflowError, "int larger than 32 bits");
  return int_from(vm, htonl(static_cast<std::uint32_t>(*number)));
}

constexpr Method functions[] = {
    method<"getaddrinfo($module, host, port, family=0, type=0, proto=0, flags=0)", names_getaddrinfo>,
    method<"getnameinfo($module, sockaddr, flags, /)", names_getnameinfo>,
    method<"gethostbyname($module, host, /)", names_gethostbyname>,
    method<"gethostname($module, /)", names_gethostname>,
    method<"getservbyname($module, servicename, protocolname=None, /)", names_getservbyname>,
    method<"getservbyport($module, port, protocolname=None, /)", names_getservbyport>,
    method<"getprotobyname($module, name, /)", names_getprotobyname>,
    method<"inet_aton($module, ip_addr, /)", names_inet_aton>,
    method<"inet_ntoa($module, packed_ip, /)", names_inet_ntoa>,
    method<"inet_pton($module, address_family, ip_string, /)", names_inet_pton>,
    method<"inet_ntop($module, address_family, packed_ip, /)", names_inet_ntop>,
    method<"htons($module, x, /)", names_htons>,
    method<"ntohs($module, x, /)", names_ntohs>,
    method<"htonl($module, x, /)", swap_long>,
    method<"ntohl($module, x, /)", swap_long>,
};

}  // namespace

const std::span<const Method> socket_name_functions = functions;

}  // namespace cede::stdlib
