// The module `posix`: the operating system as `os` gives it to scripts, one call of the host each. Files and folders
// are in posix_files.cpp, descriptors in posix_descriptors.cpp.
#include <fcntl.h>
#include <sysexits.h>
#include <unistd.h>

#include <cerrno>

#include "runtime/host/host.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/modules.hpp"
#include "stdlib/os/posix.hpp"

namespace cede::stdlib {

namespace {

std::int64_t posix_getpid(VM& vm) { return vm.host.process_id(); }
std::int64_t posix_getppid(VM& vm) { return vm.host.parent_process_id(); }
std::int64_t posix_getuid(VM& vm) { return vm.host.user_ids().user; }
std::int64_t posix_geteuid(VM& vm) { return vm.host.user_ids().effective_user; }
std::int64_t posix_getgid(VM& vm) { return vm.host.user_ids().group; }
std::int64_t posix_getegid(VM& vm) { return vm.host.user_ids().effective_group; }

Owned count_or_none(int count) { return count > 0 ? Owned(Ref::small(count).bits) : Owned::share(None); }
Owned posix_cpu_count(VM& vm) { return count_or_none(vm.host.processor_count(false)); }
Owned posix_process_cpu_count(VM& vm) { return count_or_none(vm.host.processor_count(true)); }

Status posix_kill(VM& vm, int process, int signal) {
  const int result = vm.host.kill(process, signal);
  if (result < 0) return vm.raise_os_error(-result);
  return vm.check_interrupts();
}
std::int64_t posix_umask(VM& vm, int mask) { return vm.host.set_creation_mask(static_cast<unsigned>(mask)); }
Status posix_exit(VM& vm, int status) {
  vm.host.exit_now(status);
  return Ok;
}

Owned posix_urandom(VM& vm, std::int64_t size) {
  if (size < 0) return vm.raise(TypeId::ValueError, "negative argument not allowed");
  CEDE_TRY(Value bytes, bytes_uninitialised(vm, static_cast<std::size_t>(size)));
  if (size == 0) return bytes.take();
  const int result = vm.host.entropy(std::as_writable_bytes(std::span(cast<Bytes>(bytes).data, static_cast<std::size_t>(size))));
  if (result < 0) return vm.raise_os_error(-result);
  return bytes.take();
}

Owned posix_strerror(VM& vm, int code) { return str_from_external(vm, os_error_text(code)); }
Owned posix_fspath(VM& vm, Ref path) { return os_fspath(vm, path); }

Owned posix_home_directory(VM& vm, std::string_view user) {
  const std::string home = vm.host.home_directory(std::string(user));
  return home.empty() ? Owned::share(None) : str_from_external(vm, home).take();
}

Result<std::string> environment_name(VM& vm, Ref name) {
  PathArgument text;
  CEDE_CHECK(text.read(vm, name));
  if (text.text.find('=') != text.text.npos) return vm.raise(TypeId::ValueError, "illegal environment variable name");
  return text.text;
}
Status posix_putenv(VM& vm, Ref name, Ref value) {
  CEDE_TRY(const std::string key, environment_name(vm, name));
  PathArgument text;
  CEDE_CHECK(text.read(vm, value));
  const int result = vm.host.set_environment(key, &text.text);
  return result < 0 ? Status(vm.raise_os_error(-result)) : Ok;
}
Status posix_unsetenv(VM& vm, Ref name) {
  PathArgument key;
  CEDE_CHECK(key.read(vm, name));
  const int result = vm.host.set_environment(key.text, nullptr);
  return result < 0 ? Status(vm.raise_os_error(-result)) : Ok;
}

// The environment as it was when the module was made: bytes to bytes.
Owned make_environment(VM& vm) {
  CEDE_TRY(Value names, dict_new(vm));
  for (const std::string& entry : vm.host.environment()) {
    const std::size_t equals = entry.find('=');
    if (equals == entry.npos) continue;
    CEDE_TRY(const Value key, bytes_from(vm, std::string_view(entry).substr(0, equals)));
    CEDE_TRY(const Value value, bytes_from(vm, std::string_view(entry).substr(equals + 1)));
    CEDE_TRY(const Value first, dict_set_default(vm, cast<Dict>(names), key, value));
  }
  return names.take();
}

constexpr Method functions[] = {
    method<"getpid()", posix_getpid>,
    method<"getppid()", posix_getppid>,
    method<"getuid()", posix_getuid>,
    method<"geteuid()", posix_geteuid>,
    method<"getgid()", posix_getgid>,
    method<"getegid()", posix_getegid>,
    method<"cpu_count()", posix_cpu_count>,
    method<"_process_cpu_count()", posix_process_cpu_count>,
    method<"kill(pid, signal, /)", posix_kill>,
    method<"umask(mask, /)", posix_umask>,
    method<"_exit(status)", posix_exit>,
    method<"urandom(size, /)", posix_urandom>,
    method<"strerror(code, /)", posix_strerror>,
    method<"fspath(path)", posix_fspath>,
    method<"_home_directory(user, /)", posix_home_directory>,
    method<"putenv(name, value, /)", posix_putenv>,
    method<"unsetenv(name, /)", posix_unsetenv>,
};

constexpr std::pair<std::string_view, int> constants[] = {
    {"F_OK", F_OK}, {"R_OK", R_OK}, {"W_OK", W_OK}, {"X_OK", X_OK},
    {"O_RDONLY", O_RDONLY}, {"O_WRONLY", O_WRONLY}, {"O_RDWR", O_RDWR}, {"O_ACCMODE", O_ACCMODE}, {"O_APPEND", O_APPEND},
    {"O_CREAT", O_CREAT}, {"O_EXCL", O_EXCL}, {"O_TRUNC", O_TRUNC}, {"O_NONBLOCK", O_NONBLOCK}, {"O_NDELAY", O_NDELAY},
    {"O_NOCTTY", O_NOCTTY}, {"O_SYNC", O_SYNC}, {"O_DSYNC", O_DSYNC}, {"O_RSYNC", O_RSYNC}, {"O_FSYNC", O_FSYNC},
    {"O_CLOEXEC", O_CLOEXEC}, {"O_DIRECTORY", O_DIRECTORY}, {"O_NOFOLLOW", O_NOFOLLOW}, {"O_ASYNC", O_ASYNC},
    {"O_DIRECT", 16384}, {"O_LARGEFILE", 0}, {"O_NOATIME", 262144}, {"O_PATH", 2097152}, {"O_TMPFILE", 4259840},
    {"EX_OK", EX_OK}, {"EX_USAGE", EX_USAGE}, {"EX_DATAERR", EX_DATAERR}, {"EX_NOINPUT", EX_NOINPUT}, {"EX_NOUSER", EX_NOUSER},
    {"EX_NOHOST", EX_NOHOST}, {"EX_UNAVAILABLE", EX_UNAVAILABLE}, {"EX_SOFTWARE", EX_SOFTWARE}, {"EX_OSERR", EX_OSERR},
    {"EX_OSFILE", EX_OSFILE}, {"EX_CANTCREAT", EX_CANTCREAT}, {"EX_IOERR", EX_IOERR}, {"EX_TEMPFAIL", EX_TEMPFAIL},
    {"EX_PROTOCOL", EX_PROTOCOL}, {"EX_NOPERM", EX_NOPERM}, {"EX_CONFIG", EX_CONFIG}, {"NGROUPS_MAX", 65536},
};

Status fill(VM& vm, Module& module) {
  CEDE_CHECK(module_add_functions(vm, module, posix_file_functions));
  CEDE_CHECK(module_add_functions(vm, module, posix_descriptor_functions));
  for (const auto& [name, value] : constants) CEDE_CHECK(module_set(vm, module, name, Ref::small(value)));
  CEDE_CHECK(module_set(vm, module, "error", Ref(vm.type(TypeId::OSError))));
  CEDE_TRY(const Value environment, make_environment(vm));
  CEDE_CHECK(module_set(vm, module, "environ", environment));
  CEDE_CHECK(module_add_type(vm, module, stat_result_type()));
  return module_add_type(vm, module, terminal_size_type());
}

}  // namespace

const NativeModule posix_module{
    .name = "posix",
    .functions = functions,
    .fill = fill,
    .doc =
        "This module provides access to operating system functionality that is\n"
        "standardized by the C Standard and the POSIX standard (a thinly\n"
        "disguised Unix interface).  Refer to the library manual and\n"
        "corresponding Unix manual entries for more information on calls.",
};

}  // namespace cede::stdlib
