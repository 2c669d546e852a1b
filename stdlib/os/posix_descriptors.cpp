// The module `posix`: open descriptors.
#include <unistd.h>

#include <cerrno>

#include "runtime/host/host.hpp"
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str_builder.hpp"
#include "runtime/types/struct_sequence.hpp"
#include "stdlib/os/blocking.hpp"
#include "stdlib/os/posix.hpp"

namespace cede::stdlib {

namespace {

constexpr StructField size_fields[] = {{"columns", "width of the terminal window in characters"},
                                       {"lines", "height of the terminal window in characters"}};
constexpr auto size_members = struct_members(size_fields);
const StructType terminal_size{
    {.name = "os.terminal_size", .id = TypeId::Dynamic, .base = &tuple_type, .layout = &struct_sequence_layout,
     .slots = &struct_sequence_slots, .flags = struct_sequence_flags, .methods = struct_sequence_methods, .members = size_members,
     .doc = "A tuple of (columns, lines) for holding terminal window size", .fill = struct_sequence_fill},
    size_fields, 2};

Status check(VM& vm, std::int64_t result) { return result < 0 ? Status(vm.raise_os_error(static_cast<int>(-result))) : Ok; }

Owned posix_open(VM& vm, Ref path, int flags, int mode, Ref dir_fd) {
  OsPath file;
  CEDE_CHECK(file.read(vm, path, "open"));
  CEDE_CHECK(check_no_folder_descriptor(vm, dir_fd));
  CEDE_TRY(const std::int64_t result, blocking(vm, [&] { return vm.host.open(file.text, flags, static_cast<unsigned>(mode)); }));
  if (result < 0) return file.raise(vm, static_cast<int>(-result));
  return Owned(Ref::small(result).bits);
}

Status posix_close(VM& vm, int descriptor) {
  std::int64_t result;
  {
    const Unlocked unlocked(vm);
    result = vm.host.close(descriptor);
  }
  return result == -EINTR ? Ok : check(vm, result);
}

Owned posix_read(VM& vm, int descriptor, std::int64_t length) {
  if (length < 0) return vm.raise_os_error(EINVAL);
  StringBuilder data(vm);
  char* room = data.grow(static_cast<std::size_t>(length));
  if (!room) return raised;
  CEDE_TRY(const std::int64_t got, blocking(vm, [&] { return vm.host.read(descriptor, room, static_cast<std::size_t>(length)); }));
  CEDE_CHECK(check(vm, got));
  data.advance(static_cast<std::size_t>(got));
  return bytes_from(vm, data.view());
}

Owned posix_write(VM& vm, int descriptor, Ref data) {
  BufferView view;
  CEDE_CHECK(view.acquire(vm, data));
  CEDE_TRY(const std::int64_t done, blocking(vm, [&] { return vm.host.write(descriptor, view.data(), view.size()); }));
  CEDE_CHECK(check(vm, done));
  return int_from(vm, done);
}

Owned posix_lseek(VM& vm, int descriptor, std::int64_t position, int whence) {
  const std::int64_t result = vm.host.seek(descriptor, position, whence);
  CEDE_CHECK(check(vm, result));
  return int_from(vm, result);
}

Owned posix_fstat(VM& vm, int descriptor) {
  struct ::stat status{};
  CEDE_TRY(const std::int64_t result, blocking(vm, [&] { return vm.host.status(descriptor, status); }));
  CEDE_CHECK(check(vm, result));
  return stat_result_new(vm, status);
}

Status posix_ftruncate(VM& vm, int descriptor, std::int64_t length) {
  CEDE_TRY(const std::int64_t result, blocking(vm, [&] { return vm.host.truncate(descriptor, length); }));
  return check(vm, result);
}
Status posix_fsync(VM& vm, int descriptor) {
  CEDE_TRY(const std::int64_t result, blocking(vm, [&] { return vm.host.synchronize(descriptor); }));
  return check(vm, result);
}

bool posix_isatty(VM& vm, int descriptor) { return vm.host.is_terminal(descriptor) == 1; }

Owned posix_pipe(VM& vm) {
  int ends[2];
  CEDE_CHECK(check(vm, vm.host.make_pipe(ends)));
  return tuple_of(vm, {Ref::small(ends[0]), Ref::small(ends[1])});
}

Owned posix_dup(VM& vm, int descriptor) {
  const int result = vm.host.duplicate(descriptor);
  CEDE_CHECK(check(vm, result));
  return Owned(Ref::small(result).bits);
}
Owned posix_dup2(VM& vm, int descriptor, int target, bool inheritable) {
  if (descriptor < 0 || target < 0) return vm.raise_os_error(EBADF);
  CEDE_TRY(const std::int64_t result, blocking(vm, [&] { return vm.host.duplicate_to(descriptor, target, inheritable); }));
  CEDE_CHECK(check(vm, result));
  return Owned(Ref::small(result).bits);
}

Owned flag(VM& vm, int result) {
  CEDE_CHECK(check(vm, result));
  return Owned(Ref::boolean(result == 1).bits);
}
Owned posix_get_blocking(VM& vm, int descriptor) { return flag(vm, vm.host.is_blocking(descriptor)); }
Status posix_set_blocking(VM& vm, int descriptor, bool blocking_mode) {
  return check(vm, vm.host.set_blocking(descriptor, blocking_mode));
}
Owned posix_get_inheritable(VM& vm, int descriptor) { return flag(vm, vm.host.is_inheritable(descriptor)); }
Status posix_set_inheritable(VM& vm, int descriptor, int inheritable) {
  return check(vm, vm.host.set_inheritable(descriptor, inheritable != 0));
}

Owned posix_get_terminal_size(VM& vm, int descriptor) {
  int columns = 0, lines = 0;
  CEDE_CHECK(check(vm, vm.host.terminal_size(descriptor, columns, lines)));
  return struct_sequence_new(vm, terminal_size, {Ref::small(columns), Ref::small(lines)});
}

constexpr Method functions[] = {
    method<"open(path, flags, mode=511, *, dir_fd=None)", posix_open>,
    method<"close(fd)", posix_close>,
    method<"read(fd, length, /)", posix_read>,
    method<"write(fd, data, /)", posix_write>,
    method<"lseek(fd, position, whence, /)", posix_lseek>,
    method<"fstat(fd)", posix_fstat>,
    method<"ftruncate(fd, length, /)", posix_ftruncate>,
    method<"fsync(fd)", posix_fsync>,
    method<"isatty(fd, /)", posix_isatty>,
    method<"pipe()", posix_pipe>,
    method<"dup(fd, /)", posix_dup>,
    method<"dup2(fd, fd2, inheritable=True)", posix_dup2>,
    method<"get_blocking(fd, /)", posix_get_blocking>,
    method<"set_blocking(fd, blocking, /)", posix_set_blocking>,
    method<"get_inheritable(fd, /)", posix_get_inheritable>,
    method<"set_inheritable(fd, inheritable, /)", posix_set_inheritable>,
    method<"get_terminal_size(fd=1, /)", posix_get_terminal_size>,
};

}  // namespace

constinit const std::span<const Method> posix_descriptor_functions = functions;
const NativeType& terminal_size_type() { return terminal_size; }

}  // namespace cede::stdlib
