// The module `_socket`: constants, exceptions, and functions on descriptors and sockets.
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "runtime/host/host.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/socket/socket.hpp"

namespace cede::stdlib {

namespace {

constexpr std::string_view default_timeout_name = "_default_timeout";

struct Constant {
  const char* name;
  std::int64_t value;
};
constexpr Constant constants[] = {
#define CONSTANT(name) {#name, static_cast<std::int64_t>(name)},
#define CONSTANT_AS(name, value) {#name, value},
#include "stdlib/socket/constants.inc"
    {"INADDR_ANY", INADDR_ANY},
    {"INADDR_BROADCAST", INADDR_BROADCAST},
    {"INADDR_LOOPBACK", INADDR_LOOPBACK},
    {"INADDR_NONE", INADDR_NONE},
    {"INADDR_UNSPEC_GROUP", INADDR_UNSPEC_GROUP},
    {"INADDR_ALLHOSTS_GROUP", INADDR_ALLHOSTS_GROUP},
    {"INADDR_MAX_LOCAL_GROUP", INADDR_MAX_LOCAL_GROUP},
};

Status module_close(VM& vm, int descriptor) {
  int error;
  {
    const Unlocked unlocked(vm);
    error = vm.host.close(descriptor);
  }
  return error < 0 && error != -ECONNRESET ? Status(vm.raise_os_error(-error)) : Ok;
}
Owned module_dup(VM& vm, int descriptor) {
  const int copy = vm.host.duplicate(descriptor);
  if (copy < 0) return vm.raise_os_error(-copy);
  return int_from(vm, copy);
}

Owned module_socketpair(VM& vm, Ref family, int type, int protocol) {
  int kind = AF_UNIX;
  if (!family.is_none()) {
    CEDE_TRY(const std::int64_t number, index_int64(vm, family));
    kind = static_cast<int>(number);
  }
  int descriptors[2];
  if (const int error = vm.host.socket_pair(kind, type, protocol, descriptors); error < 0) return vm.raise_os_error(-error);
  Value sockets[2];
  for (int i = 0; i < 2; ++i) {
    sockets[i] = socket_new(vm, descriptors[i], kind, type, protocol);
    if (!sockets[i].is_raised()) continue;
    for (int rest = i; rest < 2; ++rest) vm.host.close(descriptors[rest]);
    return raised;
  }
  return tuple_of(vm, {sockets[0], sockets[1]});
}

Owned module_getdefaulttimeout(VM& vm) {
  CEDE_TRY(const std::int64_t timeout, socket_default_timeout(vm));
  return socket_timeout_value(vm, timeout);
}
Status module_setdefaulttimeout(VM& vm, Ref timeout) {
  CEDE_TRY(const std::int64_t nanoseconds, socket_timeout_argument(vm, timeout));
  CEDE_TRY(const Value module, dict_get_str(vm, cast<Dict>(vm.modules), vm.intern("_socket")));
  if (module.is_unbound()) return Ok;
  return set_attribute(vm, module, vm.intern(default_timeout_name), Ref::small(nanoseconds));
}

constexpr Method functions[] = {
    method<"close($module, fd, /)", module_close>,
    method<"dup($module, fd, /)", module_dup>,
    method<"socketpair($module, family=None, type=1, proto=0, /)", module_socketpair>,
    method<"getdefaulttimeout($module, /)", module_getdefaulttimeout>,
    method<"setdefaulttimeout($module, timeout, /)", module_setdefaulttimeout>,
};

Status add_exception(VM& vm, Module& module, std::string_view name) {
  CEDE_TRY(const Value name_value, str_from_ascii(vm, name));
  CEDE_TRY(const Value bases, tuple_of(vm, {Ref(vm.type(TypeId::OSError))}));
  CEDE_TRY(const Value name_space, dict_new(vm));
  CEDE_TRY(const Value module_name, str_from_ascii(vm, "socket"));
  CEDE_CHECK(dict_set_str(vm, cast<Dict>(name_space), *vm.names.__module__, module_name));
  CEDE_TRY(const Value type, call(vm, vm.type(TypeId::Type), name_value, bases, name_space));
  return module_set(vm, module, name, type);
}

Status fill(VM& vm, Module& module) {
  for (const Constant& constant : constants) CEDE_CHECK(module_set(vm, module, constant.name, Ref::small(constant.value)));
  CEDE_CHECK(module_add_functions(vm, module, socket_name_functions));
  CEDE_CHECK(module_add_type(vm, module, socket_type));
  CEDE_CHECK(module_set(vm, module, "SocketType", vm.native_type(socket_type)));
  CEDE_CHECK(module_set(vm, module, "error", vm.type(TypeId::OSError)));
  CEDE_CHECK(module_set(vm, module, "timeout", vm.type(TypeId::TimeoutError)));
  CEDE_CHECK(module_set(vm, module, "has_ipv6", True));
  CEDE_CHECK(module_set(vm, module, default_timeout_name, Ref::small(-1)));
  CEDE_CHECK(add_exception(vm, module, "gaierror"));
  return add_exception(vm, module, "herror");
}

}  // namespace

Owned socket_module_attribute(VM& vm, std::string_view name) {
  CEDE_TRY(const Value module, dict_get_str(vm, cast<Dict>(vm.modules), vm.intern("_socket")));
  if (module.is_unbound()) return vm.raise(TypeId::RuntimeError, "lost _socket");
  return get_attribute(vm, module, name);
}

Result<std::int64_t> socket_default_timeout(VM& vm) {
  CEDE_TRY(const Value module, dict_get_str(vm, cast<Dict>(vm.modules), vm.intern("_socket")));
  if (module.is_unbound()) return std::int64_t{-1};
  CEDE_TRY(const Value timeout, find_attribute(vm, module, default_timeout_name));
  return timeout.ref().is_small() ? timeout.ref().small() : std::int64_t{-1};
}

extern const NativeModule socket_native_module;
const NativeModule socket_native_module{
    .name = "_socket",
    .functions = functions,
    .fill = fill,
    .doc = "Implementation module for socket operations.\n\nSee the socket module for documentation.",
};

}  // namespace cede::stdlib
