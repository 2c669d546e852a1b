// The module `posix`: files and folders by their paths.
#include <sys/stat.h>

#include <cerrno>

#include "runtime/host/host.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/str.hpp"
#include "runtime/types/struct_sequence.hpp"
#include "stdlib/os/blocking.hpp"
#include "stdlib/os/posix.hpp"

namespace cede::stdlib {

namespace {

// ---- os.stat_result: ten items, of which the last three have no names of their own (st_atime and the like are the floats
// behind them).

constexpr StructField stat_fields[] = {
    {"st_mode", "protection bits"},
    {"st_ino", "inode"},
    {"st_dev", "device"},
    {"st_nlink", "number of hard links"},
    {"st_uid", "user ID of owner"},
    {"st_gid", "group ID of owner"},
    {"st_size", "total size, in bytes"},
    {"st_atime", nullptr},
    {"st_mtime", nullptr},
    {"st_ctime", nullptr},
    {"st_atime", "time of last access"},
    {"st_mtime", "time of last modification"},
    {"st_ctime", "time of last change"},
    {"st_atime_ns", "time of last access in nanoseconds"},
    {"st_mtime_ns", "time of last modification in nanoseconds"},
    {"st_ctime_ns", "time of last change in nanoseconds"},
    {"st_blksize", "blocksize for filesystem I/O"},
    {"st_blocks", "number of blocks allocated"},
    {"st_rdev", "device type (if inode device)"},
};
constexpr std::size_t named = 7, visible = 10, all = std::size(stat_fields);

constexpr auto stat_members = [] {
  std::array<Member, all - (visible - named)> members{};
  const auto every = struct_members(stat_fields);
  for (std::size_t i = 0, to = 0; i < all; ++i)
    if (i < named || i >= visible) members[to++] = every[i];
  return members;
}();

Status fill_stat_result(VM& vm, Type& type) {
  CEDE_CHECK(struct_sequence_fill(vm, type));
  Dict& names = cast<Dict>(type.dictionary);
  CEDE_CHECK(dict_set_text(vm, names, "n_unnamed_fields", Ref::small(visible - named)));
  CEDE_TRY(const Value match, tuple_uninitialised(vm, named));
  for (std::size_t i = 0; i < named; ++i)
    cast<Tuple>(match).items[i] = Owned::share(Ref(vm.intern(stat_fields[i].name))).bits;
  return dict_set_text(vm, names, "__match_args__", match);
}

const StructType stat_result{
    {.name = "os.stat_result", .id = TypeId::Dynamic, .base = &tuple_type, .layout = &struct_sequence_layout,
     .slots = &struct_sequence_slots, .flags = struct_sequence_flags, .methods = struct_sequence_methods, .members = stat_members,
     .doc =
         "stat_result: Result from stat, fstat, or lstat.\n\n"
         "This object may be accessed either as a tuple of\n"
         "  (mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime)\n"
         "or via the attributes st_mode, st_ino, st_dev, st_nlink, st_uid, and so on.\n\n"
         "Posix/windows: If your platform supports st_blksize, st_blocks, st_rdev,\n"
         "or st_flags, they are available as attributes only.\n\n"
         "See os.stat for more information.",
     .fill = fill_stat_result},
    stat_fields, visible};

// ---- reading files' states

Owned posix_stat(VM& vm, Ref path, Ref dir_fd, bool follow_symlinks) {
  OsPath file;
  CEDE_CHECK(file.read(vm, path, "stat", "path", OsPath::Descriptors));
  CEDE_CHECK(check_no_folder_descriptor(vm, dir_fd));
  struct ::stat status{};
  CEDE_TRY(const std::int64_t result, blocking(vm, [&] {
    return file.descriptor >= 0 ? vm.host.status(file.descriptor, status) : vm.host.status(file.text, status, follow_symlinks);
  }));
  if (result < 0) return file.raise(vm, static_cast<int>(-result));
  return stat_result_new(vm, status);
}

Owned posix_lstat(VM& vm, Ref path, Ref dir_fd) {
  OsPath file;
  CEDE_CHECK(file.read(vm, path, "lstat"));
  CEDE_CHECK(check_no_folder_descriptor(vm, dir_fd));
  struct ::stat status{};
  CEDE_TRY(const std::int64_t result, blocking(vm, [&] { return vm.host.status(file.text, status, false); }));
  if (result < 0) return file.raise(vm, static_cast<int>(-result));
  return stat_result_new(vm, status);
}

bool posix_access_ok(VM& vm, const OsPath& file, int mode) { return vm.host.access(file.host_path(), mode) == 0; }
Owned posix_access(VM& vm, Ref path, int mode, Ref dir_fd, bool effective_ids, bool follow_symlinks) {
  OsPath file;
  CEDE_CHECK(file.read(vm, path, "access"));
  CEDE_CHECK(check_no_folder_descriptor(vm, dir_fd));
  if (effective_ids || !follow_symlinks)
    return vm.raise(TypeId::NotImplementedError, "access: effective_ids and follow_symlinks unavailable on this platform");
  return Owned(Ref::boolean(posix_access_ok(vm, file, mode)).bits);
}

// ---- folders

Owned posix_listdir(VM& vm, Ref path) {
  OsPath folder;
  CEDE_CHECK(folder.read(vm, path, "listdir", "path", OsPath::Descriptors | OsPath::Nothing));
  std::vector<std::string> names;
  CEDE_TRY(const std::int64_t result, blocking(vm, [&] {
    names.clear();
    return vm.host.list_directory(folder.host_path(), names);
  }));
  if (result < 0) return folder.raise(vm, static_cast<int>(-result));
  CEDE_TRY(Value list, list_with_capacity(vm, names.size()));
  for (const std::string& name : names) {
    CEDE_TRY(Value item, host_path(vm, name, folder.is_bytes));
    CEDE_CHECK(list_push(vm, cast<List>(list), std::move(item)));
  }
  return list.take();
}

// One call of the host with one path.
template<class F> Status with_path(VM& vm, Ref path, const char* function, Ref dir_fd, F&& call_host, int allowed = OsPath::Paths) {
  OsPath file;
  CEDE_CHECK(file.read(vm, path, function, "path", allowed));
  CEDE_CHECK(check_no_folder_descriptor(vm, dir_fd));
  CEDE_TRY(const std::int64_t result, blocking(vm, [&] { return call_host(file.host_path()); }));
  return result < 0 ? Status(file.raise(vm, static_cast<int>(-result))) : Ok;
}
// And with two.
template<class F> Status with_paths(VM& vm, Ref from, Ref to, const char* function, F&& call_host) {
  OsPath first, second;
  CEDE_CHECK(first.read(vm, from, function, "src"));
  CEDE_CHECK(second.read(vm, to, function, "dst"));
  CEDE_TRY(const std::int64_t result, blocking(vm, [&] { return call_host(first.text, second.text); }));
  return result < 0 ? Status(vm.raise_os_error(static_cast<int>(-result), first.object, second.object)) : Ok;
}

Status posix_mkdir(VM& vm, Ref path, int mode, Ref dir_fd) {
  return with_path(vm, path, "mkdir", dir_fd, [&](const std::string& p) { return vm.host.make_directory(p, static_cast<unsigned>(mode)); });
}
Status posix_rmdir(VM& vm, Ref path, Ref dir_fd) {
  return with_path(vm, path, "rmdir", dir_fd, [&](const std::string& p) { return vm.host.remove_directory(p); });
}
Status posix_chdir(VM& vm, Ref path) {
  return with_path(vm, path, "chdir", None, [&](const std::string& p) { return vm.host.change_directory(p); }, OsPath::Descriptors);
}
Owned getcwd(VM& vm, bool as_bytes) {
  const std::string path = vm.host.current_directory();
  if (path.empty()) return vm.raise_os_error(ENOENT);
  return host_path(vm, path, as_bytes);
}
Owned posix_getcwd(VM& vm) { return getcwd(vm, false); }
Owned posix_getcwdb(VM& vm) { return getcwd(vm, true); }

// ---- changing files

Status posix_remove(VM& vm, Ref path, Ref dir_fd) {
  return with_path(vm, path, "remove", dir_fd, [&](const std::string& p) { return vm.host.remove_file(p); });
}
Status posix_unlink(VM& vm, Ref path, Ref dir_fd) {
  return with_path(vm, path, "unlink", dir_fd, [&](const std::string& p) { return vm.host.remove_file(p); });
}
Status posix_rename(VM& vm, Ref from, Ref to, Ref from_fd, Ref to_fd) {
  CEDE_CHECK(check_no_folder_descriptor(vm, from_fd));
  CEDE_CHECK(check_no_folder_descriptor(vm, to_fd));
  return with_paths(vm, from, to, "rename", [&](const std::string& a, const std::string& b) { return vm.host.rename(a, b); });
}
Status posix_replace(VM& vm, Ref from, Ref to, Ref from_fd, Ref to_fd) {
  CEDE_CHECK(check_no_folder_descriptor(vm, from_fd));
  CEDE_CHECK(check_no_folder_descriptor(vm, to_fd));
  return with_paths(vm, from, to, "replace", [&](const std::string& a, const std::string& b) { return vm.host.rename(a, b); });
}
Status posix_link(VM& vm, Ref from, Ref to) {
  return with_paths(vm, from, to, "link", [&](const std::string& a, const std::string& b) { return vm.host.make_link(a, b); });
}
Status posix_symlink(VM& vm, Ref from, Ref to, bool, Ref dir_fd) {
  CEDE_CHECK(check_no_folder_descriptor(vm, dir_fd));
  return with_paths(vm, from, to, "symlink", [&](const std::string& a, const std::string& b) { return vm.host.make_symbolic_link(a, b); });
}
Owned posix_readlink(VM& vm, Ref path, Ref dir_fd) {
  OsPath file;
  CEDE_CHECK(file.read(vm, path, "readlink"));
  CEDE_CHECK(check_no_folder_descriptor(vm, dir_fd));
  std::string target;
  CEDE_TRY(const std::int64_t result, blocking(vm, [&] { return vm.host.read_symbolic_link(file.text, target); }));
  if (result < 0) return file.raise(vm, static_cast<int>(-result));
  return host_path(vm, target, file.is_bytes);
}
Status posix_chmod(VM& vm, Ref path, int mode) {
  return with_path(vm, path, "chmod", None, [&](const std::string& p) { return vm.host.change_mode(p, static_cast<unsigned>(mode)); },
                   OsPath::Descriptors);
}
Status posix_truncate(VM& vm, Ref path, std::int64_t length) {
  return with_path(vm, path, "truncate", None, [&](const std::string& p) { return vm.host.truncate(p, length); }, OsPath::Descriptors);
}

// times=(accessed, modified) in seconds or ns= in nanoseconds; neither: now.
Status posix_utime(VM& vm, Ref path, Ref times, Ref ns) {
  const std::int64_t now = vm.host.real_time();
  std::int64_t when[2] = {now, now};
  if (!ns.is_unbound() && !times.is_none())
    return vm.raise(TypeId::ValueError, "utime: you may specify either 'times' or 'ns' but not both");
  const Ref given = ns.is_unbound() ? times : ns;
  if (!given.is_none()) {
    if (!is<Tuple>(given) || cast<Tuple>(given).size != 2)
      return vm.raise_text(TypeId::TypeError, ns.is_unbound() ? "utime: 'times' must be either a tuple of two ints or None"
                                                              : "utime: 'ns' must be a tuple of two ints");
    for (std::size_t i = 0; i < 2; ++i) {
      const Value item{cast<Tuple>(given)[i]};
      if (!ns.is_unbound()) {
        CEDE_TRY(when[i], index_int64(vm, item));
      } else if (is_int(item)) {
        CEDE_TRY(const std::int64_t seconds, index_int64(vm, item));
        when[i] = seconds * 1'000'000'000;
      } else {
        CEDE_TRY(const double seconds, to_double(vm, item));
        when[i] = static_cast<std::int64_t>(seconds * 1e9);
      }
    }
  }
  return with_path(vm, path, "utime", None, [&](const std::string& p) { return vm.host.set_file_times(p, when[0], when[1]); },
                   OsPath::Descriptors);
}

constexpr Method functions[] = {
    method<"stat(path, *, dir_fd=None, follow_symlinks=True)", posix_stat>,
    method<"lstat(path, *, dir_fd=None)", posix_lstat>,
    method<"access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)", posix_access>,
    method<"listdir(path=None)", posix_listdir>,
    method<"mkdir(path, mode=511, *, dir_fd=None)", posix_mkdir>,
    method<"rmdir(path, *, dir_fd=None)", posix_rmdir>,
    method<"chdir(path)", posix_chdir>,
    method<"getcwd()", posix_getcwd>,
    method<"getcwdb()", posix_getcwdb>,
    method<"remove(path, *, dir_fd=None)", posix_remove>,
    method<"unlink(path, *, dir_fd=None)", posix_unlink>,
    method<"rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", posix_rename>,
    method<"replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", posix_replace>,
    method<"link(src, dst)", posix_link>,
    method<"symlink(src, dst, target_is_directory=False, *, dir_fd=None)", posix_symlink>,
    method<"readlink(path, *, dir_fd=None)", posix_readlink>,
    method<"chmod(path, mode)", posix_chmod>,
    method<"truncate(path, length)", posix_truncate>,
    method<"utime(path, times=None, *, ns=<unrepresentable>)", posix_utime>,
};

}  // namespace

constinit const std::span<const Method> posix_file_functions = functions;
const NativeType& stat_result_type() { return stat_result; }

Owned stat_result_new(VM& vm, const struct ::stat& status) {
  std::vector<Value> held;
  std::vector<Ref> values;
  const auto whole = [&](std::int64_t n) -> Status {
    CEDE_TRY(Value number, int_from(vm, n));
    held.push_back(std::move(number));
    return Ok;
  };
  const timespec times[] = {status.st_atim, status.st_mtim, status.st_ctim};
  for (const std::uint64_t n : {std::uint64_t{status.st_mode}, std::uint64_t{status.st_ino}, std::uint64_t{status.st_dev},
                                std::uint64_t{status.st_nlink}, std::uint64_t{status.st_uid}, std::uint64_t{status.st_gid}}) {
    CEDE_TRY(Value number, int_from_unsigned(vm, n));
    held.push_back(std::move(number));
  }
  CEDE_CHECK(whole(status.st_size));
  for (const timespec& t : times) CEDE_CHECK(whole(t.tv_sec));
  for (const timespec& t : times) {
    CEDE_TRY(Value seconds, float_from(vm, static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec)));
    held.push_back(std::move(seconds));
  }
  for (const timespec& t : times) CEDE_CHECK(whole(t.tv_sec * std::int64_t{1'000'000'000} + t.tv_nsec));
  CEDE_CHECK(whole(status.st_blksize));
  CEDE_CHECK(whole(status.st_blocks));
  CEDE_CHECK(whole(static_cast<std::int64_t>(status.st_rdev)));
  for (const Value& value : held) values.push_back(value);
  return struct_sequence_new(vm, stat_result, values);
}

// ---- arguments

Status OsPath::read(VM& vm, Ref argument, const char* function, const char* parameter, int allowed) {
  if (argument.is_none() && allowed & Nothing) {
    absent = true;
    return Ok;
  }
  if (allowed & Descriptors && has_index(vm, argument)) {
    CEDE_TRY(const std::int64_t number, index_int64(vm, argument));
    if (number > INT32_MAX) return vm.raise(TypeId::OverflowError, "fd is greater than maximum");
    if (number < INT32_MIN) return vm.raise(TypeId::OverflowError, "fd is less than minimum");
    descriptor = static_cast<int>(number);
    object = Value(argument);
    return Ok;
  }
  Value found = os_fspath(vm, argument);
  if (found.is_raised()) {
    if (!vm.error_is(TypeId::TypeError) || !type_lookup(vm, type_of(vm, argument), vm.intern("__fspath__")).is_unbound()) return raised;
    vm.clear_error();
    static constexpr const char* kinds[] = {"string, bytes or os.PathLike", "string, bytes, os.PathLike or integer",
                                            "string, bytes, os.PathLike or None", "string, bytes, os.PathLike, integer or None"};
    return vm.raise(TypeId::TypeError, "{}: {} should be {}, not {}", function, parameter, kinds[allowed],
                    short_name(type_of(vm, argument)));
  }
  is_bytes = is<Bytes>(found);
  if (is_bytes) {
    text = cast<Bytes>(found).view();
  } else {
    CEDE_TRY(text, host_text(vm, cast<Str>(found)));
  }
  if (text.find('\0') != text.npos)
    return vm.raise(TypeId::ValueError, "{}: embedded null character in {}", function, parameter);
  object = Value(argument);
  return Ok;
}

RaisedMark OsPath::raise(VM& vm, int error) const {
  return absent ? vm.raise_os_error(error) : vm.raise_os_error(error, object);
}

Status check_no_folder_descriptor(VM& vm, Ref dir_fd) {
  if (dir_fd.is_none()) return Ok;
  return vm.raise(TypeId::NotImplementedError, "dir_fd unavailable on this platform");
}

}  // namespace cede::stdlib
