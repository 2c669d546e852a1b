// BytesIO: a file in memory; and the object through which getbuffer() shows that memory.
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/memoryview.hpp"
#include "runtime/types/sequence.hpp"
#include "stdlib/io/io.hpp"

namespace cede::stdlib {

namespace {

struct BytesIO : Object {
  static const Layout* layout();
  Buffer<char> content;
  std::int64_t position = 0;
  std::uint32_t exports = 0;
  bool closed = false;
  std::int64_t size() const { return static_cast<std::int64_t>(content.size()); }
  static void dispose(Heap& heap, BytesIO& self) { self.content.free(heap); }
};
constinit const Layout bytes_io_layout = layout_for<BytesIO>(&iobase_layout);
const Layout* BytesIO::layout() { return &bytes_io_layout; }

struct BytesIOBuffer : Object {
  [[maybe_unused]] static const Layout* layout();
  Value source;
  template<class F> static void fields(BytesIOBuffer& self, F&& field) { field(self.source); }
};
constinit const Layout bytes_io_buffer_layout = layout_for<BytesIOBuffer>();
const Layout* BytesIOBuffer::layout() { return &bytes_io_buffer_layout; }

Status acquire_buffer(VM&, Ref self, BufferInfo& info) {
  BytesIO& source = cast<BytesIO>(cast<BytesIOBuffer>(self).source);
  ++source.exports;
  info.data = source.content.data();
  info.size = source.content.size();
  info.read_only = false;
  return Ok;
}
void release_buffer(Ref self) {
  // In the breaking of a cycle the source may be gone already.
  const Ref source = cast<BytesIOBuffer>(self).source;
  if (is<BytesIO>(source)) --cast<BytesIO>(source).exports;
}
constexpr BufferProcedures buffer_procedures{acquire_buffer, release_buffer};

Status check_open(VM& vm, const BytesIO& self) { return self.closed ? Status(raise_closed(vm)) : Ok; }
Status check_exports(VM& vm, const BytesIO& self) {
  if (!self.exports) return Ok;
  return vm.raise(TypeId::BufferError, "Existing exports of data: object cannot be re-sized");
}

std::string_view rest(const BytesIO& self) {
  if (self.position >= self.size()) return {};
  return {self.content.data() + self.position, static_cast<std::size_t>(self.size() - self.position)};
}
Value take(VM& vm, BytesIO& self, std::size_t count) {
  Value bytes = bytes_from(vm, rest(self).substr(0, count));
  if (!bytes.is_raised()) self.position += static_cast<std::int64_t>(cast<Bytes>(bytes).size);
  return bytes;
}
Value take_line(VM& vm, BytesIO& self, std::int64_t limit) {
  std::string_view text = rest(self);
  if (limit >= 0) text = text.substr(0, static_cast<std::size_t>(limit));
  const std::size_t newline = text.find('\n');
  return take(vm, self, newline == text.npos ? text.size() : newline + 1);
}

// Writes at the position; what lies between the end and the position becomes zeros.
Status put(VM& vm, BytesIO& self, std::string_view bytes) {
  if (bytes.empty()) return Ok;
  const std::size_t at = static_cast<std::size_t>(self.position), old = self.content.size();
  std::size_t end;
  if (!add_sizes(at, bytes.size(), end)) return vm.raise(TypeId::OverflowError, "new position too large");
  if (end > old) {
    if (!self.content.resize(vm.heap, end)) return vm.raise_memory_error();
    if (at > old) std::memset(self.content.data() + old, 0, at - old);
  }
  std::memcpy(self.content.data() + at, bytes.data(), bytes.size());
  self.position = static_cast<std::int64_t>(end);
  return Ok;
}

Owned bytes_io_construct(VM& vm, Type& type, const Arguments&) {
  BytesIO* made = make_instance<BytesIO>(vm, type);
  if (!made) return raised;
  return Value::adopt(made);
}

Owned bytes_io_write(VM& vm, BytesIO& self, Ref data) {
  CEDE_CHECK(check_open(vm, self));
  CEDE_CHECK(check_exports(vm, self));
  BufferView view;
  CEDE_CHECK(view.acquire(vm, data));
  CEDE_CHECK(put(vm, self, view.bytes()));
  return int_from(vm, static_cast<std::int64_t>(view.size()));
}

Status init_body(VM& vm, BytesIO& self, Ref initial) {
  CEDE_CHECK(check_exports(vm, self));
  self.content.set_size(0);
  self.position = 0;
  self.closed = false;
  if (initial.is_none() || initial.is_unbound()) return Ok;
  CEDE_TRY(const Value written, bytes_io_write(vm, self, initial));
  self.position = 0;
  return Ok;
}
Status bytes_io_init(VM& vm, Ref self, const Arguments& arguments) {
  return call_body<"BytesIO(initial_bytes=b'')", init_body>(vm, cast<BytesIO>(self), arguments).is_raised() ? Status(raised) : Ok;
}

// ---- methods

Result<bool> bytes_io_true(VM& vm, BytesIO& self) {
  CEDE_CHECK(check_open(vm, self));
  return true;
}
Result<bool> bytes_io_isatty(VM& vm, BytesIO& self) {
  CEDE_CHECK(check_open(vm, self));
  return false;
}
Status bytes_io_flush(VM& vm, BytesIO& self) { return check_open(vm, self); }
Status bytes_io_close(VM& vm, BytesIO& self) {
  CEDE_CHECK(check_exports(vm, self));
  self.content.free(vm.heap);
  self.closed = true;
  return Ok;
}
Owned bytes_io_tell(VM& vm, BytesIO& self) {
  CEDE_CHECK(check_open(vm, self));
  return int_from(vm, self.position);
}
Status bytes_io_writelines(VM& vm, BytesIO& self, Ref lines) {
  CEDE_CHECK(check_open(vm, self));
  return for_each(vm, lines, [&](Ref line) -> Status {
    CEDE_TRY(const Value written, bytes_io_write(vm, self, line));
    return Ok;
  });
}
Owned bytes_io_read(VM& vm, BytesIO& self, Ref size) {
  CEDE_CHECK(check_open(vm, self));
  CEDE_TRY(const std::int64_t n, io_size_argument(vm, size));
  return take(vm, self, n < 0 ? std::string_view::npos : static_cast<std::size_t>(n));
}
Owned bytes_io_readinto(VM& vm, BytesIO& self, Ref target) {
  BufferView view;
  if (view.acquire(vm, target, BufferAccess::Write).is_raised()) {
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
    return vm.raise(TypeId::TypeError, "readinto() argument must be read-write bytes-like object, not {}", type_name(target, vm));
  }
  CEDE_CHECK(check_open(vm, self));
  const std::string_view bytes = rest(self).substr(0, view.size());
  if (!bytes.empty()) std::memmove(view.data(), bytes.data(), bytes.size());
  self.position += static_cast<std::int64_t>(bytes.size());
  return int_from(vm, static_cast<std::int64_t>(bytes.size()));
}
Owned bytes_io_readline(VM& vm, BytesIO& self, Ref size) {
  CEDE_CHECK(check_open(vm, self));
  CEDE_TRY(const std::int64_t limit, io_size_argument(vm, size));
  return take_line(vm, self, limit);
}
Owned bytes_io_readlines(VM& vm, BytesIO& self, Ref hint) {
  CEDE_CHECK(check_open(vm, self));
  std::int64_t limit = 0;
  if (!hint.is_none() && !hint.is_unbound()) {
    if (!has_index(vm, hint))
      return vm.raise(TypeId::TypeError, "integer argument expected, got '{}'", display_name(type_of(vm, hint)));
    CEDE_TRY(limit, size_argument(vm, hint));
  }
  CEDE_TRY(Value lines, list_new(vm));
  for (std::int64_t total = 0; self.position < self.size();) {
    CEDE_TRY(Value line, take_line(vm, self, -1));
    total += static_cast<std::int64_t>(cast<Bytes>(line).size);
    CEDE_CHECK(list_push(vm, cast<List>(lines), std::move(line)));
    if (limit > 0 && total >= limit) break;
  }
  return lines.take();
}
Owned bytes_io_getvalue(VM& vm, BytesIO& self) {
  CEDE_CHECK(check_open(vm, self));
  return bytes_from(vm, {self.content.data(), self.content.size()});
}
Owned bytes_io_getbuffer(VM& vm, BytesIO& self) {
  CEDE_CHECK(check_open(vm, self));
  BytesIOBuffer* made = make_object<BytesIOBuffer>(vm, vm.native_type(bytes_io_buffer_type));
  if (!made) return raised;
  const Value buffer = Value::adopt(made);
  made->source = Value(Ref(self));
  return memoryview_new(vm, buffer);
}
Owned bytes_io_seek(VM& vm, BytesIO& self, std::int64_t position, int whence) {
  CEDE_CHECK(check_open(vm, self));
  if (position < 0 && whence == 0) return vm.raise(TypeId::ValueError, "negative seek value {}", position);
  if (whence < 0 || whence > 2) return vm.raise(TypeId::ValueError, "invalid whence ({}, should be 0, 1 or 2)", whence);
  const std::int64_t base = whence == 1 ? self.position : whence == 2 ? self.size() : 0;
  if (__builtin_add_overflow(base, position, &self.position)) return vm.raise(TypeId::OverflowError, "new position too large");
  self.position = std::max<std::int64_t>(self.position, 0);
  return int_from(vm, self.position);
}
Owned bytes_io_truncate(VM& vm, BytesIO& self, Ref size) {
  CEDE_CHECK(check_open(vm, self));
  CEDE_CHECK(check_exports(vm, self));
  CEDE_TRY(const std::int64_t n, io_size_argument(vm, size, self.position));
  if (n < 0) return vm.raise(TypeId::ValueError, "negative size value {}", n);
  if (n < self.size()) self.content.set_size(static_cast<std::size_t>(n));
  return int_from(vm, n);
}

Owned bytes_io_getstate(VM& vm, BytesIO& self) {
  CEDE_TRY(const Value content, bytes_io_getvalue(vm, self));
  CEDE_TRY(const Value position, int_from(vm, self.position));
  Value attributes{None};
  if (Attributes* own = attributes_of(&self); own && (own->shape ? own->shape->count != 0 : own->dictionary != nullptr)) {
    CEDE_TRY(const Value dictionary, attributes_dict(vm, &self, *own));
    CEDE_TRY(attributes, dict_copy(vm, cast<Dict>(dictionary)));
  }
  return tuple_of(vm, {content, position, attributes});
}
Owned bytes_io_setstate(VM& vm, BytesIO& self, Ref state) {
  if (!is<Tuple>(state) || cast<Tuple>(state).size < 3)
    return vm.raise(TypeId::TypeError, "{}.__setstate__ argument should be 3-tuple, got {}", display_name(*self.type),
                    display_name(type_of(vm, state)));
  CEDE_CHECK(check_exports(vm, self));
  const Tuple& items = cast<Tuple>(state);
  self.content.set_size(0);
  self.position = 0;
  CEDE_TRY(const Value written, bytes_io_write(vm, self, items[0]));
  if (!is_int(items[1]))
    return vm.raise(TypeId::TypeError, "second item of state must be an integer, not {}", display_name(type_of(vm, items[1])));
  CEDE_TRY(const std::int64_t position, index_int64(vm, items[1]));
  if (position < 0) return vm.raise(TypeId::ValueError, "position value cannot be negative");
  self.position = position;
  if (items[2].is_none()) return Owned::share(None);
  if (!is<Dict>(items[2]))
    return vm.raise(TypeId::TypeError, "third item of state should be a dict, got a {}", display_name(type_of(vm, items[2])));
  CEDE_TRY(const Value dictionary, attributes_dict(vm, &self, *attributes_of(&self)));
  CEDE_CHECK(dict_update(vm, cast<Dict>(dictionary), items[2]));
  return Owned::share(None);
}
std::int64_t bytes_io_sizeof(VM&, BytesIO& self) { return static_cast<std::int64_t>(sizeof(BytesIO) + self.content.capacity()); }
bool bytes_io_closed(VM&, BytesIO& self) { return self.closed; }

Owned bytes_io_next(VM& vm, Ref object) {
  BytesIO& self = cast<BytesIO>(object);
  CEDE_CHECK(check_open(vm, self));
  CEDE_TRY(Value line, take_line(vm, self, -1));
  return cast<Bytes>(line).size ? line.take() : Owned(Finished.bits);
}
Owned bytes_io_iter(VM&, Ref self) { return Owned::share(self); }

constexpr Method methods[] = {
    method<"readable(self, /)", bytes_io_true>,
    method<"seekable(self, /)", bytes_io_true>,
    method<"writable(self, /)", bytes_io_true>,
    method<"close(self, /)", bytes_io_close>,
    method<"flush(self, /)", bytes_io_flush>,
    method<"isatty(self, /)", bytes_io_isatty>,
    method<"tell(self, /)", bytes_io_tell>,
    method<"write(self, b, /)", bytes_io_write>,
    method<"writelines(self, lines, /)", bytes_io_writelines>,
    method<"read1(self, size=-1, /)", bytes_io_read>,
    method<"readinto(self, buffer, /)", bytes_io_readinto>,
    method<"readline(self, size=-1, /)", bytes_io_readline>,
    method<"readlines(self, size=None, /)", bytes_io_readlines>,
    method<"read(self, size=-1, /)", bytes_io_read>,
    method<"getbuffer(self, /)", bytes_io_getbuffer>,
    method<"getvalue(self, /)", bytes_io_getvalue>,
    method<"seek(self, pos, whence=0, /)", bytes_io_seek>,
    method<"truncate(self, size=None, /)", bytes_io_truncate>,
    method<"__getstate__(self, /)", bytes_io_getstate>,
    method<"__setstate__(self, state, /)", bytes_io_setstate>,
    method<"__sizeof__(self, /)", bytes_io_sizeof>,
};
constexpr Property properties[] = {property<"closed", bytes_io_closed>};
// Nothing has to be closed when one is thrown away, but a subclass may have a close() that wants to be called.
const Slots slots = inherit(iobase_slots, [](Slots& s) {
  s.construct = bytes_io_construct;
  s.init = bytes_io_init;
  s.iter = bytes_io_iter;
  s.next = bytes_io_next;
});
constexpr Slots buffer_slots = object_slots;

}  // namespace

const NativeType bytes_io_type{
    .name = "_io.BytesIO", .id = TypeId::Dynamic, .base = &buffered_iobase_type, .layout = &bytes_io_layout, .slots = &slots,
    .flags = io_type_flags, .methods = methods, .properties = properties,
    .doc = "Buffered I/O implementation using an in-memory bytes buffer."};
const NativeType bytes_io_buffer_type{
    .name = "_io._BytesIOBuffer", .id = TypeId::Dynamic, .base = nullptr, .layout = &bytes_io_buffer_layout,
    .slots = &buffer_slots, .flags = 0, .buffer = &buffer_procedures};

}  // namespace cede::stdlib
