// FileIO: a descriptor with the methods of a raw file.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "runtime/host/host.hpp"
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/isolate_lock.hpp"
#include "stdlib/io/io.hpp"
#include "stdlib/os/blocking.hpp"
#include "stdlib/os/path_argument.hpp"

namespace cede::stdlib {

namespace {

constinit const Layout file_io_layout = layout_for<FileIO>(&iobase_layout);

Owned file_io_construct(VM& vm, Type& type, const Arguments&) {
  FileIO* made = make_instance<FileIO>(vm, type);
  if (!made) return raised;
  return Value::adopt(made);
}

// Reads mode= into flags for open().
Status parse_mode(VM& vm, FileIO& self, std::string_view mode, int& flags) {
  bool base = false, plus = false;
  flags = 0;
  const auto bad = [&] {
    return vm.raise(TypeId::ValueError, "Must have exactly one of create/read/write/append mode and at most one plus");
  };
  for (const char c : mode) {
    switch (c) {
      case 'x': case 'r': case 'w': case 'a':
        if (base) return bad();
        base = true;
        if (c == 'r') self.readable = true;
        else self.writable = true;
        if (c == 'x') { self.created = true; flags |= O_EXCL | O_CREAT; }
        if (c == 'w') flags |= O_CREAT | O_TRUNC;
        if (c == 'a') { self.appending = true; flags |= O_APPEND | O_CREAT; }
        break;
      case 'b': break;
      case '+':
        if (plus) return bad();
        self.readable = self.writable = plus = true;
        break;
      default: return vm.raise(TypeId::ValueError, "invalid mode: {}", mode);
    }
  }
  if (!base) return bad();
  flags |= self.readable && self.writable ? O_RDWR : self.readable ? O_RDONLY : O_WRONLY;
  return Ok;
}

// The integer that names an open descriptor, or -1 for anything else.
Result<int> descriptor_argument(VM& vm, Ref file) {
  if (!is_int(file)) return -1;
  if (file.is_bool()) CEDE_CHECK(warn(vm, TypeId::RuntimeWarning, "bool is used as a file descriptor", 1));
  const auto number = int_to_int64(file);
  if (!number || *number > INT32_MAX) return vm.raise(TypeId::OverflowError, "Python int too large to convert to C int");
  if (*number < 0) return vm.raise(TypeId::ValueError, "negative file descriptor");
  return static_cast<int>(*number);
}

Result<int> open_with(VM& vm, Ref opener, Ref name, int flags) {
  CEDE_TRY(const Value opened, call(vm, opener, name, Ref::small(flags)));
  if (!is_int(opened)) return vm.raise(TypeId::TypeError, "expected integer from opener");
  const auto number = int_to_int64(opened);
  if (!number || *number > INT32_MAX) return vm.raise(TypeId::OverflowError, "Python int too large to convert to C int");
  if (*number < 0) return vm.raise(TypeId::ValueError, "opener returned {}", *number);
  return static_cast<int>(*number);
}

// What the descriptor is: no folder; the size that suits its device.
Status examine(VM& vm, FileIO& self, Ref name) {
  struct ::stat status{};
  const int result = vm.host.status(self.descriptor, status);
  if (result == -EBADF) return vm.raise_os_error(EBADF);
  if (result < 0) return Ok;
  if (S_ISDIR(status.st_mode)) return vm.raise_os_error(EISDIR, name);
  if (status.st_blksize > 1) self.block_size = status.st_blksize;
  return Ok;
}

Status close_descriptor(VM& vm, FileIO& self) {
  const int descriptor = std::exchange(self.descriptor, -1);
  if (descriptor < 0) return Ok;
  int result;
  {
    const Unlocked unlocked(vm);
    result = vm.host.close(descriptor);
  }
  if (result < 0 && result != -EINTR) return vm.raise_os_error(-result);
  return Ok;
}

Status open_file(VM& vm, FileIO& self, Ref file, int flags, Ref opener, bool& own) {
  CEDE_TRY(const int given, descriptor_argument(vm, file));
  own = given < 0;
  if (given >= 0) {
    self.descriptor = given;
    return examine(vm, self, file);
  }
  PathArgument path;
  CEDE_CHECK(path.read(vm, file));
  if (!self.closes) return vm.raise(TypeId::ValueError, "Cannot use closefd=False with file name");
  if (opener.is_none()) {
    CEDE_TRY(const std::int64_t opened, blocking(vm, [&] { return std::int64_t{vm.host.open(path.text, flags, 0666)}; }));
    if (opened < 0) return vm.raise_os_error(static_cast<int>(-opened), file);
    self.descriptor = static_cast<int>(opened);
  } else {
    CEDE_TRY(self.descriptor, open_with(vm, opener, file, flags | O_CLOEXEC));
  }
  return examine(vm, self, file);
}

Status init_body(VM& vm, FileIO& self, Ref file, std::string_view mode, bool closefd, Ref opener) {
  if (self.descriptor >= 0) {
    if (self.closes) CEDE_CHECK(close_descriptor(vm, self));
    else self.descriptor = -1;
  }
  self.created = self.readable = self.writable = self.appending = false;
  self.seekable = -1;
  self.closes = closefd;
  int flags;
  if (is_int(file)) {
    CEDE_TRY([[maybe_unused]] const int checked, descriptor_argument(vm, file));
  } else {
    PathArgument path;
    CEDE_CHECK(path.read(vm, file));
  }
  CEDE_CHECK(parse_mode(vm, self, mode, flags));
  bool own = false;
  const Status opened = open_file(vm, self, file, flags, opener, own);
  Status named = opened.is_raised() ? opened : set_attribute(vm, &self, *vm.names.name, file);
  if (!named.is_raised() && self.appending) {
    const auto end = file_seek(vm, self, 0, SEEK_END);
    if (end.is_raised()) {
      if (vm.error_is(TypeId::OSError)) vm.clear_error();
      else named = raised;
    }
  }
  if (!named.is_raised()) return Ok;
  // A descriptor that was given stays open.
  Value failure = vm.take_error();
  if (own && self.closes && close_descriptor(vm, self).is_raised()) vm.clear_error();
  self.descriptor = -1;
  vm.set_error(std::move(failure));
  return raised;
}
Status file_io_init(VM& vm, Ref self, const Arguments& arguments) {
  const Value done = call_body<"FileIO(file, mode='r', closefd=True, opener=None)", init_body>(vm, cast<FileIO>(self), arguments);
  return done.is_raised() ? Status(raised) : Ok;
}

// ---- reading and writing

Status check_readable(VM& vm, const FileIO& self) {
  CEDE_CHECK(file_check_open(vm, self));
  return self.readable ? Ok : Status(raise_unsupported(vm, "File not open for reading"));
}
Status check_writable(VM& vm, const FileIO& self) {
  CEDE_CHECK(file_check_open(vm, self));
  return self.writable ? Ok : Status(raise_unsupported(vm, "File not open for writing"));
}
Owned count_or_none(std::int64_t count) { return count < 0 ? Owned(None.bits) : Owned(Ref::small(count).bits); }

// How much room the rest of the file is expected to need.
std::size_t expected_rest(VM& vm, FileIO& self) {
  struct ::stat status{};
  if (vm.host.status(self.descriptor, status) < 0 || !S_ISREG(status.st_mode)) return default_buffer_size;
  const std::int64_t at = vm.host.seek(self.descriptor, 0, SEEK_CUR);
  return at >= 0 && status.st_size >= at ? static_cast<std::size_t>(status.st_size - at) + 1 : default_buffer_size;
}

Owned file_readall(VM& vm, FileIO& self) {
  CEDE_CHECK(file_check_open(vm, self));
  StringBuilder all(vm);
  std::size_t room = expected_rest(vm, self);
  bool any = false;
  for (;;) {
    char* at = all.grow(room);
    if (!at) return raised;
    CEDE_TRY(const std::int64_t got, file_read(vm, self, at, room));
    if (got < 0 && !any) return Owned::share(None);
    if (got <= 0) return bytes_from(vm, all.view());
    any = true;
    all.advance(static_cast<std::size_t>(got));
    CEDE_CHECK(vm.check_interrupts());
    room = static_cast<std::size_t>(got) < room ? std::max<std::size_t>(room - static_cast<std::size_t>(got), 1)
                                                : std::max<std::size_t>(default_buffer_size, all.size() / 4);
  }
}

Owned file_io_read(VM& vm, FileIO& self, Ref size) {
  CEDE_CHECK(check_readable(vm, self));
  CEDE_TRY(const std::int64_t n, io_size_argument(vm, size));
  if (n < 0) return file_readall(vm, self);
  StringBuilder data(vm);
  char* room = data.grow(static_cast<std::size_t>(n));
  if (!room) return raised;
  CEDE_TRY(const std::int64_t got, file_read(vm, self, room, static_cast<std::size_t>(n)));
  if (got < 0) return Owned::share(None);
  data.advance(static_cast<std::size_t>(got));
  return bytes_from(vm, data.view());
}

Owned file_io_readinto(VM& vm, FileIO& self, Ref buffer) {
  CEDE_CHECK(check_readable(vm, self));
  BufferView view;
  if (view.acquire(vm, buffer, BufferAccess::Write).is_raised()) {
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
    return vm.raise(TypeId::TypeError, "readinto() argument 1 must be read-write bytes-like object, not {}", type_name(buffer, vm));
  }
  CEDE_TRY(const std::int64_t got, file_read(vm, self, view.data(), view.size()));
  return count_or_none(got);
}

Owned file_io_write(VM& vm, FileIO& self, Ref data) {
  BufferView view;
  CEDE_CHECK(view.acquire(vm, data));
  CEDE_CHECK(check_writable(vm, self));
  CEDE_TRY(const std::int64_t done, file_write(vm, self, view.data(), view.size()));
  return count_or_none(done);
}

Result<std::int64_t> file_io_seek(VM& vm, FileIO& self, Ref position, int whence) {
  CEDE_CHECK(file_check_open(vm, self));
  if (is_int(position)) {
    const auto offset = int_to_int64(position);
    if (!offset) return vm.raise(TypeId::OverflowError, "Python int too large to convert to C long");
    return file_seek(vm, self, *offset, whence);
  }
  CEDE_TRY(const std::int64_t offset, index_int64(vm, position));
  return file_seek(vm, self, offset, whence);
}
Result<std::int64_t> file_io_tell(VM& vm, FileIO& self) {
  CEDE_CHECK(file_check_open(vm, self));
  return file_seek(vm, self, 0, SEEK_CUR);
}

Owned file_io_truncate(VM& vm, FileIO& self, Ref size) {
  CEDE_CHECK(check_writable(vm, self));
  std::int64_t length = 0;
  if (size.is_none()) {
    CEDE_TRY(length, file_seek(vm, self, 0, SEEK_CUR));
  } else {
    CEDE_TRY(length, index_int64(vm, size));
  }
  CEDE_TRY(const std::int64_t result, blocking(vm, [&] { return std::int64_t{vm.host.truncate(self.descriptor, length)}; }));
  if (result < 0) return vm.raise_os_error(static_cast<int>(-result));
  return int_from(vm, length);
}

// ---- the state

Status file_io_close(VM& vm, FileIO& self) {
  Str& name = *vm.names.close;
  const Value base{type_lookup(vm, vm.native_type(iobase_type), name)};
  const Value closed = call(vm, base, &self);
  if (!self.closes) {
    self.descriptor = -1;
    return closed.is_raised() ? Status(raised) : Ok;
  }
  Value failure = closed.is_raised() ? vm.take_error() : Value();
  if (self.finalizing) {
    if (Value(call_method(vm, &self, vm.intern("_dealloc_warn"), &self)).is_raised()) vm.clear_error();
  }
  return chain_failures(vm, std::move(failure), close_descriptor(vm, self));
}

Owned file_io_dealloc_warn(VM& vm, FileIO& self, Ref source) {
  if (self.descriptor < 0 || !self.closes) return Owned::share(None);
  const Value pending = vm.take_error();
  const std::string text = "unclosed file " + repr_text(vm, source);
  if (warn(vm, TypeId::ResourceWarning, text, 1).is_raised()) {
    // A filter has made it an error, which nobody can catch here.
    if (vm.error_is(TypeId::Warning)) vm.report_unraisable(&self);
    vm.clear_error();
  }
  if (!pending.is_unbound()) vm.set_error(pending);
  return Owned::share(None);
}

Result<bool> file_io_seekable(VM& vm, FileIO& self) {
  CEDE_CHECK(file_check_open(vm, self));
  if (self.seekable < 0) {
    const auto at = file_seek(vm, self, 0, SEEK_CUR);
    if (at.is_raised()) vm.clear_error();
    self.seekable = !at.is_raised();
  }
  return self.seekable == 1;
}
Result<bool> file_io_readable(VM& vm, FileIO& self) {
  CEDE_CHECK(file_check_open(vm, self));
  return self.readable;
}
Result<bool> file_io_writable(VM& vm, FileIO& self) {
  CEDE_CHECK(file_check_open(vm, self));
  return self.writable;
}
Result<std::int64_t> file_io_fileno(VM& vm, FileIO& self) {
  CEDE_CHECK(file_check_open(vm, self));
  return std::int64_t{self.descriptor};
}
Result<bool> file_io_isatty(VM& vm, FileIO& self) {
  CEDE_CHECK(file_check_open(vm, self));
  return vm.host.is_terminal(self.descriptor) == 1;
}

std::string_view mode_text(const FileIO& self) {
  if (self.created) return self.readable ? "xb+" : "xb";
  if (self.appending) return self.readable ? "ab+" : "ab";
  if (self.readable) return self.writable ? "rb+" : "rb";
  return "wb";
}
Value file_io_mode(VM& vm, FileIO& self) { return str_from_ascii(vm, mode_text(self)); }
bool file_io_closed(VM&, FileIO& self) { return self.descriptor < 0; }
bool file_io_closefd(VM&, FileIO& self) { return self.closes; }
std::int64_t file_io_block_size(VM&, FileIO& self) { return self.block_size; }
Status set_block_size(VM& vm, FileIO& self, Ref value) {
  CEDE_TRY(self.block_size, index_int64(vm, value));
  return Ok;
}
bool file_io_finalizing(VM&, FileIO& self) { return self.finalizing; }
Status set_finalizing(VM& vm, FileIO& self, Ref value) {
  CEDE_TRY(self.finalizing, is_truthy(vm, value));
  return Ok;
}

Owned file_io_repr(VM& vm, Ref object) {
  FileIO& self = cast<FileIO>(object);
  const std::string_view type = display_name(type_of(vm, object));
  if (self.descriptor < 0) return str_from_utf8(vm, fmt::format("<{} [closed]>", type));
  CEDE_TRY(const Value name, find_attribute(vm, object, *vm.names.name));
  const char* closes = self.closes ? "True" : "False";
  if (name.is_unbound())
    return str_from_utf8(vm, fmt::format("<{} fd={} mode='{}' closefd={}>", type, self.descriptor, mode_text(self), closes));
  ReprGuard guard(vm, object);
  if (!guard.entered()) return vm.raise(TypeId::RuntimeError, "reentrant call inside {}.__repr__", type);
  CEDE_TRY(const Value shown, repr(vm, name));
  return str_from_utf8(vm, fmt::format("<{} name={} mode='{}' closefd={}>", type, cast<Str>(shown).view(), mode_text(self), closes));
}

constexpr Method methods[] = {
    method<"read(self, size=-1, /)", file_io_read>,
    method<"readall(self, /)", file_readall>,
    method<"readinto(self, buffer, /)", file_io_readinto>,
    method<"write(self, b, /)", file_io_write>,
    method<"seek(self, pos, whence=0, /)", file_io_seek>,
    method<"tell(self, /)", file_io_tell>,
    method<"truncate(self, size=None, /)", file_io_truncate>,
    method<"close(self, /)", file_io_close>,
    method<"seekable(self, /)", file_io_seekable>,
    method<"readable(self, /)", file_io_readable>,
    method<"writable(self, /)", file_io_writable>,
    method<"fileno(self, /)", file_io_fileno>,
    method<"isatty(self, /)", file_io_isatty>,
    method<"_dealloc_warn(self, source, /)", file_io_dealloc_warn>,
    raw_method<"__reduce__(self, /)", io_cannot_pickle>,
    raw_method<"__reduce_ex__(self, protocol, /)", io_cannot_pickle>,
};
constexpr Property properties[] = {
    property<"_blksize", file_io_block_size, set_block_size>, property<"_finalizing", file_io_finalizing, set_finalizing>,
    property<"closed", file_io_closed>, property<"closefd", file_io_closefd>, property<"mode", file_io_mode>};

// The base's are constant data of another file, there before this is made.
const Slots slots = inherit(iobase_slots, [](Slots& s) {
  s.construct = file_io_construct;
  s.init = file_io_init;
  s.repr = file_io_repr;
});

}  // namespace

const Layout* FileIO::layout() { return &file_io_layout; }

const NativeType file_io_type{
    .name = "_io.FileIO", .id = TypeId::Dynamic, .base = &raw_iobase_type, .layout = &file_io_layout, .slots = &slots,
    .flags = io_type_flags, .methods = methods, .properties = properties,
    .doc = "Open a file."};

Status file_check_open(VM& vm, const FileIO& file) {
  return file.descriptor < 0 ? Status(raise_closed(vm, "I/O operation on closed file")) : Ok;
}

Result<std::int64_t> file_read(VM& vm, FileIO& file, char* data, std::size_t size) {
  CEDE_CHECK(file_check_open(vm, file));
  const int descriptor = file.descriptor;
  CEDE_TRY(const std::int64_t got, blocking(vm, [&] { return vm.host.read(descriptor, data, size); }));
  if (got == -EAGAIN) return std::int64_t{-1};
  if (got < 0) return vm.raise_os_error(static_cast<int>(-got));
  return got;
}

Result<std::int64_t> file_write(VM& vm, FileIO& file, const char* data, std::size_t size) {
  CEDE_CHECK(file_check_open(vm, file));
  const int descriptor = file.descriptor;
  CEDE_TRY(const std::int64_t done, blocking(vm, [&] { return vm.host.write(descriptor, data, size); }));
  if (done == -EAGAIN) return std::int64_t{-1};
  if (done < 0) return vm.raise_os_error(static_cast<int>(-done));
  return done;
}

Result<std::int64_t> file_seek(VM& vm, FileIO& file, std::int64_t offset, int whence) {
  CEDE_CHECK(file_check_open(vm, file));
  const std::int64_t at = vm.host.seek(file.descriptor, offset, whence);
  if (file.seekable < 0) file.seekable = at >= 0;
  if (at < 0) return vm.raise_os_error(static_cast<int>(-at));
  return at;
}

Owned file_io_new(VM& vm, int descriptor, std::string_view mode, bool closes, Ref name) {
  FileIO* made = make_instance<FileIO>(vm, vm.native_type(file_io_type));
  if (!made) return raised;
  Value file = Value::adopt(made);
  int flags;
  CEDE_CHECK(parse_mode(vm, *made, mode, flags));
  made->descriptor = descriptor;
  made->closes = closes;
  CEDE_TRY([[maybe_unused]] const bool set, attributes_set(vm, made, *attributes_of(made), *vm.names.name, name));
  struct ::stat status{};
  if (vm.host.status(descriptor, status) == 0 && status.st_blksize > 1) made->block_size = status.st_blksize;
  return file.take();
}

}  // namespace cede::stdlib
