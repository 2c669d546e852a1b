// Buffers: reading.
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str_builder.hpp"
#include "stdlib/io/io.hpp"

namespace cede::stdlib {

namespace {

std::string_view read_ahead(const Buffered& self) {
  return {self.data + self.position, static_cast<std::size_t>(self.ahead())};
}
Value take(VM& vm, Buffered& self, std::int64_t count) {
  Value bytes = bytes_from(vm, read_ahead(self).substr(0, static_cast<std::size_t>(count)));
  if (!bytes.is_raised()) self.position += count;
  return bytes;
}

// Lock held: written data goes out before anything is read.
Status prepare_reading(VM& vm, Buffered& self) {
  if (self.pending) CEDE_CHECK(buffered_write_out(vm, self));
  return Ok;
}

// Lock held, nothing read ahead: asks raw once for a bufferful. The number of bytes, -1: would block.
Result<std::int64_t> fill(VM& vm, Buffered& self) {
  if (!buffered_allocate(vm, self)) return raised;
  if (self.position == self.end) self.position = self.end = 0;
  CEDE_TRY(const std::int64_t got, raw_read(vm, self, self.data + self.end, self.size - self.end));
  if (got > 0) self.end += got;
  return got;
}

// read(count): raw is asked for whole blocks first, then for a bufferful, until `count` bytes are there, the end comes or
// it would block.
Owned read_count(VM& vm, Buffered& self, std::int64_t count) {
  if (count <= self.ahead()) return take(vm, self, count);
  BufferedLock lock(self);
  CEDE_CHECK(lock.enter(vm));
  CEDE_CHECK(prepare_reading(vm, self));
  StringBuilder result(vm);
  if (!result.grow(static_cast<std::size_t>(count))) return raised;
  CEDE_CHECK(result.append(read_ahead(self)));
  self.position = self.end = 0;
  for (;;) {
    const std::int64_t left = count - static_cast<std::int64_t>(result.size());
    if (left == 0) break;
    std::int64_t got;
    if (left >= self.size) {
      char* at = result.grow(static_cast<std::size_t>(left));
      if (!at) return raised;
      CEDE_TRY(got, raw_read(vm, self, at, left - left % self.size));
      if (got > 0) result.advance(static_cast<std::size_t>(got));
    } else {
      CEDE_TRY(got, fill(vm, self));
      const std::int64_t used = std::min(left, self.ahead());
      CEDE_CHECK(result.append(read_ahead(self).substr(0, static_cast<std::size_t>(used))));
      self.position += used;
    }
    if (got < 0 && result.empty()) return Owned::share(None);
    if (got <= 0) break;
    CEDE_CHECK(vm.check_interrupts());
  }
  return bytes_from(vm, result.view());
}

Owned buffered_read(VM& vm, Buffered& self, Ref size) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  CEDE_TRY(const std::int64_t n, io_size_argument(vm, size));
  if (n < -1) return vm.raise(TypeId::ValueError, "read length must be non-negative or -1");
  CEDE_CHECK(buffered_check_closed(vm, self, "read of closed file"));
  if (n == -1) return buffered_read_all(vm, self);
  return read_count(vm, self, n);
}

Owned buffered_peek(VM& vm, Buffered& self, std::int64_t) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  CEDE_CHECK(buffered_check_closed(vm, self, "peek of closed file"));
  BufferedLock lock(self);
  CEDE_CHECK(lock.enter(vm));
  CEDE_CHECK(prepare_reading(vm, self));
  if (self.ahead() == 0) {
    CEDE_TRY([[maybe_unused]] const std::int64_t got, fill(vm, self));
  }
  return bytes_from(vm, read_ahead(self));
}

Owned buffered_read1_method(VM& vm, Buffered& self, std::int64_t size) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  return buffered_read1(vm, self, size);
}

Owned read_into(VM& vm, Buffered& self, Ref target, bool once, const char* method_name) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  BufferView view;
  if (view.acquire(vm, target, BufferAccess::Write).is_raised()) {
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
    return vm.raise(TypeId::TypeError, "{}() argument must be read-write bytes-like object, not {}", method_name, type_name(target, vm));
  }
  CEDE_CHECK(buffered_check_closed(vm, self, "readinto of closed file"));
  BufferedLock lock(self);
  CEDE_CHECK(lock.enter(vm));
  CEDE_CHECK(prepare_reading(vm, self));
  const std::int64_t wanted = static_cast<std::int64_t>(view.size());
  std::int64_t done = 0;
  for (;;) {
    const std::int64_t used = std::min(self.ahead(), wanted - done);
    if (used) std::memcpy(view.data() + done, self.data + self.position, static_cast<std::size_t>(used));
    self.position += used;
    done += used;
    if (done == wanted || (once && done)) break;
    std::int64_t got;
    if (!once && wanted - done > self.size) {
      CEDE_TRY(got, raw_read(vm, self, view.data() + done, wanted - done));
      if (got > 0) done += got;
    } else {
      CEDE_TRY(got, fill(vm, self));
    }
    if (got < 0 && !done) return Owned::share(None);
    if (got <= 0) break;
  }
  return int_from(vm, done);
}
Owned buffered_readinto(VM& vm, Buffered& self, Ref buffer) { return read_into(vm, self, buffer, false, "readinto"); }
Owned buffered_readinto1(VM& vm, Buffered& self, Ref buffer) { return read_into(vm, self, buffer, true, "readinto1"); }

// The next line, of at most `limit` bytes if that is not negative.
Owned read_line(VM& vm, Buffered& self, std::int64_t limit) {
  CEDE_CHECK(buffered_check_closed(vm, self, "readline of closed file"));
  const auto line_in_buffer = [&](std::int64_t most, bool& complete) {
    std::string_view rest = read_ahead(self);
    if (most >= 0 && static_cast<std::size_t>(most) < rest.size()) rest = rest.substr(0, static_cast<std::size_t>(most));
    const std::size_t newline = rest.find('\n');
    complete = newline != rest.npos || static_cast<std::int64_t>(rest.size()) == most;
    return static_cast<std::int64_t>(newline == rest.npos ? rest.size() : newline + 1);
  };
  bool complete = false;
  std::int64_t count = line_in_buffer(limit, complete);
  if (complete) return take(vm, self, count);
  BufferedLock lock(self);
  CEDE_CHECK(lock.enter(vm));
  CEDE_CHECK(prepare_reading(vm, self));
  StringBuilder line(vm);
  for (;;) {
    const std::int64_t most = limit < 0 ? limit : limit - static_cast<std::int64_t>(line.size());
    count = line_in_buffer(most, complete);
    CEDE_CHECK(line.append(read_ahead(self).substr(0, static_cast<std::size_t>(count))));
    self.position += count;
    if (complete) break;
    CEDE_TRY(const std::int64_t got, fill(vm, self));
    if (got <= 0) break;
  }
  return bytes_from(vm, line.view());
}

Owned buffered_readline(VM& vm, Buffered& self, Ref size) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  CEDE_TRY(const std::int64_t limit, io_size_argument(vm, size));
  return read_line(vm, self, limit);
}

constexpr Method methods[] = {
    method<"read(self, size=-1, /)", buffered_read>,
    method<"peek(self, size=0, /)", buffered_peek>,
    method<"read1(self, size=-1, /)", buffered_read1_method>,
    method<"readinto(self, buffer, /)", buffered_readinto>,
    method<"readinto1(self, buffer, /)", buffered_readinto1>,
    method<"readline(self, size=-1, /)", buffered_readline>,
};

}  // namespace

constinit const std::span<const Method> buffered_read_methods = methods;

Owned buffered_read1(VM& vm, Buffered& self, std::int64_t size) {
  CEDE_CHECK(buffered_check_closed(vm, self, "read of closed file"));
  if (size < 0) size = self.size;
  if (size == 0) return Owned::share(vm.empty_bytes);
  if (self.ahead() > 0) return take(vm, self, std::min(size, self.ahead()));
  BufferedLock lock(self);
  CEDE_CHECK(lock.enter(vm));
  CEDE_CHECK(prepare_reading(vm, self));
  self.position = self.end = 0;
  StringBuilder data(vm);
  char* at = data.grow(static_cast<std::size_t>(size));
  if (!at) return raised;
  CEDE_TRY(const std::int64_t got, raw_read(vm, self, at, size));
  if (got > 0) data.advance(static_cast<std::size_t>(got));
  return bytes_from(vm, data.view());
}

Owned buffered_read_all(VM& vm, Buffered& self) {
  BufferedLock lock(self);
  CEDE_CHECK(lock.enter(vm));
  const Value current = bytes_from(vm, self.data ? read_ahead(self) : std::string_view());
  if (current.is_raised()) return raised;
  CEDE_CHECK(prepare_reading(vm, self));
  self.position = self.end = 0;
  const bool any = cast<Bytes>(current).size != 0;
  const Value raw = self.raw;
  CEDE_TRY(const Value readall, find_attribute(vm, raw, "readall"));
  StringBuilder all(vm);
  CEDE_CHECK(all.append(cast<Bytes>(current).view()));
  if (!readall.is_unbound()) {
    CEDE_TRY(Value rest, call(vm, readall));
    if (rest.is_none()) return any ? Owned::share(current) : rest.take();
    if (!is<Bytes>(rest)) return vm.raise(TypeId::TypeError, "readall() should return bytes");
    if (!any) return rest.take();
    CEDE_CHECK(all.append(cast<Bytes>(rest).view()));
    return bytes_from(vm, all.view());
  }
  for (;;) {
    CEDE_TRY(Value data, call_method(vm, raw, *vm.names.read));
    if (!data.is_none() && !is<Bytes>(data)) return vm.raise(TypeId::TypeError, "read() should return bytes");
    if (data.is_none() && all.empty()) return data.take();
    if (data.is_none() || cast<Bytes>(data).size == 0) return bytes_from(vm, all.view());
    CEDE_CHECK(all.append(cast<Bytes>(data).view()));
    CEDE_CHECK(vm.check_interrupts());
  }
}

Owned buffered_next(VM& vm, Ref object) {
  Buffered& self = cast<Buffered>(object);
  CEDE_CHECK(buffered_check_ready(vm, self));
  const Type& type = type_of(vm, object);
  Value line;
  if (type.native == &buffered_reader_type && !type.has(TypeFlag::Heap)) {
    CEDE_TRY(line, read_line(vm, self, -1));
  } else {
    CEDE_TRY(line, call_method(vm, object, *vm.names.readline));
    if (!is<Bytes>(line))
      return vm.raise(TypeId::OSError, "readline() should have returned a bytes object, not '{}'", display_name(type_of(vm, line)));
  }
  return cast<Bytes>(line).size ? line.take() : Owned(Finished.bits);
}

}  // namespace cede::stdlib
