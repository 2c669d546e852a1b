// Buffers over raw files: the state, the lock, what all of them have in common. Reading is in buffered_read.cpp,
// writing in buffered_write.cpp.
#include <chrono>
#include <thread>

#include "runtime/types/buffer.hpp"
#include "runtime/types/bytearray.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/memoryview.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/isolate_lock.hpp"
#include "stdlib/io/io.hpp"

namespace cede::stdlib {

namespace {
constinit const Layout buffered_layout = layout_for<Buffered>(&iobase_layout);
}  // namespace
const Layout* Buffered::layout() { return &buffered_layout; }

// ---- the lock

Status BufferedLock::enter(VM& vm) {
  if (buffer_.owner == vm.thread) {
    const std::string shown = repr_text(vm, &buffer_);
    return vm.raise(TypeId::RuntimeError, "reentrant call inside {}", shown);
  }
  for (int waited = 0; buffer_.owner; ++waited) {
    {
      const Unlocked unlocked(vm);
      std::this_thread::sleep_for(std::chrono::microseconds(waited < 100 ? 50 : 1000));
    }
    CEDE_CHECK(vm.check_interrupts());
  }
  buffer_.owner = vm.thread;
  held_ = true;
  return Ok;
}

// ---- the state

Status buffered_check_ready(VM& vm, const Buffered& self) {
  if (self.ready) return Ok;
  return vm.raise_text(TypeId::ValueError, self.detached ? "raw stream has been detached" : "I/O operation on uninitialized object");
}

Result<bool> buffered_closed(VM& vm, Buffered& self) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  const Value raw = self.raw;
  if (is_exact_file(vm, raw)) return cast<FileIO>(raw).descriptor < 0;
  return io_is_closed(vm, raw);
}

Status buffered_check_closed(VM& vm, Buffered& self, std::string_view text) {
  CEDE_TRY(const bool closed, buffered_closed(vm, self));
  return closed ? Status(raise_closed(vm, text)) : Ok;
}

Status buffered_set_up(VM& vm, Buffered& self, Ref raw, std::int64_t size) {
  if (size <= 0) return vm.raise(TypeId::ValueError, "buffer size must be strictly positive");
  if (self.data) vm.heap.free_raw(self.data, static_cast<std::size_t>(self.size));
  self.data = nullptr;
  self.size = size;
  self.position = self.end = self.pending = 0;
  self.raw = Value(raw);
  self.detached = false;
  self.ready = true;
  return Ok;
}

bool buffered_allocate(VM& vm, Buffered& self) {
  if (self.data) return true;
  self.data = static_cast<char*>(vm.heap.allocate_raw(static_cast<std::size_t>(self.size)));
  if (!self.data) (void)vm.raise_memory_error();
  return self.data != nullptr;
}

// ---- the raw file

// A view of `size` bytes that a raw file written in script fills or takes.
static Owned view_of(VM& vm, Ref bytes) { return memoryview_new(vm, bytes); }

namespace {
// What a raw file's readinto() says it has read. OSError whose cause is what is wrong with it.
Result<std::int64_t> count_read(VM& vm, Ref got) {
  const Value number = index(vm, got);
  if (!number.is_raised()) {
    if (const auto count = int_to_int64(number)) return *count;
    (void)vm.raise(TypeId::ValueError, "cannot fit '{}' into an index-sized integer", type_name(got, vm));
  }
  Value cause = vm.take_error();
  (void)vm.raise(TypeId::OSError, "raw readinto() failed");
  BaseException& error = cast<BaseException>(vm.thread->exception);
  error.context = cause;
  error.cause = std::move(cause);
  error.suppress_context = true;
  return raised;
}
}  // namespace

Result<std::int64_t> raw_read(VM& vm, Buffered& self, char* data, std::int64_t size) {
  const Value raw = self.raw;
  if (is_exact_file(vm, raw)) {
    FileIO& file = cast<FileIO>(raw);
    CEDE_CHECK(file_check_open(vm, file));
    if (!file.readable) return raise_unsupported(vm, "File not open for reading");
    return file_read(vm, file, data, static_cast<std::size_t>(size));
  }
  CEDE_TRY(const Value room, bytearray_from(vm, ""));
  CEDE_CHECK(bytearray_resize(vm, cast<ByteArray>(room), static_cast<std::size_t>(size)));
  std::memset(cast<ByteArray>(room).data(), 0, static_cast<std::size_t>(size));
  CEDE_TRY(const Value view, view_of(vm, room));
  CEDE_TRY(const Value got, call_method(vm, raw, vm.intern("readinto"), view));
  if (got.is_none()) return std::int64_t{-1};
  CEDE_TRY(const std::int64_t n, count_read(vm, got));
  if (n < 0 || n > size)
    return vm.raise(TypeId::OSError, "raw readinto() returned invalid length {} (should have been between 0 and {})", n, size);
  std::memcpy(data, cast<ByteArray>(room).data(), std::min(static_cast<std::size_t>(n), cast<ByteArray>(room).size()));
  return n;
}

Result<std::int64_t> raw_write(VM& vm, Buffered& self, const char* data, std::int64_t size) {
  const Value raw = self.raw;
  if (is_exact_file(vm, raw)) {
    FileIO& file = cast<FileIO>(raw);
    CEDE_CHECK(file_check_open(vm, file));
    if (!file.writable) return raise_unsupported(vm, "File not open for writing");
    return file_write(vm, file, data, static_cast<std::size_t>(size));
  }
  CEDE_TRY(const Value bytes, bytes_from(vm, {data, static_cast<std::size_t>(size)}));
  CEDE_TRY(const Value view, view_of(vm, bytes));
  CEDE_TRY(const Value done, call_method(vm, raw, *vm.names.write, view));
  if (done.is_none()) return std::int64_t{-1};
  CEDE_TRY(const std::int64_t n, index_int64(vm, done));
  if (n < 0 || n > size)
    return vm.raise(TypeId::OSError, "raw write() returned invalid length {} (should have been between 0 and {})", n, size);
  return n;
}

Result<std::int64_t> raw_tell(VM& vm, Buffered& self) {
  const Value raw = self.raw;
  if (is_exact_file(vm, raw)) return file_seek(vm, cast<FileIO>(raw), 0, 1);
  CEDE_TRY(const Value at, call_method(vm, raw, vm.intern("tell")));
  CEDE_TRY(const std::int64_t n, index_int64(vm, at));
  if (n < 0) return vm.raise(TypeId::OSError, "Raw stream returned invalid position {}", n);
  return n;
}

Result<std::int64_t> raw_seek(VM& vm, Buffered& self, std::int64_t offset, int whence) {
  const Value raw = self.raw;
  if (is_exact_file(vm, raw)) return file_seek(vm, cast<FileIO>(raw), offset, whence);
  CEDE_TRY(const Value target, int_from(vm, offset));
  CEDE_TRY(const Value at, call_method(vm, raw, vm.intern("seek"), target, Ref::small(whence)));
  CEDE_TRY(const std::int64_t n, index_int64(vm, at));
  if (n < 0) return vm.raise(TypeId::OSError, "Raw stream returned invalid position {}", n);
  return n;
}

Status buffered_rewind_raw(VM& vm, Buffered& self) {
  if (const std::int64_t ahead = self.ahead()) CEDE_CHECK(raw_seek(vm, self, -ahead, 1));
  self.position = self.end = 0;
  return Ok;
}

// ---- methods that all have

namespace {

Owned buffered_construct(VM& vm, Type& type, const Arguments&) {
  Buffered* made = make_instance<Buffered>(vm, type);
  if (!made) return raised;
  return Value::adopt(made);
}

struct ReaderKind { static constexpr bool read = true, write = false; };
struct WriterKind { static constexpr bool read = false, write = true; };
struct RandomKind { static constexpr bool read = true, write = true; };

template<class K> Status init_body(VM& vm, Buffered& self, Ref raw, std::int64_t size) {
  self.ready = self.detached = false;
  if (K::read && K::write) CEDE_CHECK(io_check_able(vm, raw, IOAbility::Seek));
  if (K::read) CEDE_CHECK(io_check_able(vm, raw, IOAbility::Read));
  if (K::write) CEDE_CHECK(io_check_able(vm, raw, IOAbility::Write));
  self.readable = K::read;
  self.writable = K::write;
  return buffered_set_up(vm, self, raw, size);
}
Status reader_init(VM& vm, Ref self, const Arguments& arguments) {
  return call_body<"BufferedReader(raw, buffer_size=8192)", init_body<ReaderKind>>(vm, cast<Buffered>(self), arguments).is_raised()
             ? Status(raised) : Ok;
}
Status writer_init(VM& vm, Ref self, const Arguments& arguments) {
  return call_body<"BufferedWriter(raw, buffer_size=8192)", init_body<WriterKind>>(vm, cast<Buffered>(self), arguments).is_raised()
             ? Status(raised) : Ok;
}
Status random_init(VM& vm, Ref self, const Arguments& arguments) {
  return call_body<"BufferedRandom(raw, buffer_size=8192)", init_body<RandomKind>>(vm, cast<Buffered>(self), arguments).is_raised()
             ? Status(raised) : Ok;
}

Owned ask_raw(VM& vm, Buffered& self, std::string_view question) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  const Value raw = self.raw;
  return call_method(vm, raw, vm.intern(question));
}
Owned buffered_seekable(VM& vm, Buffered& self) { return ask_raw(vm, self, "seekable"); }
Owned buffered_readable(VM& vm, Buffered& self) { return ask_raw(vm, self, "readable"); }
Owned buffered_writable(VM& vm, Buffered& self) { return ask_raw(vm, self, "writable"); }
Owned buffered_fileno(VM& vm, Buffered& self) { return ask_raw(vm, self, "fileno"); }
Owned buffered_isatty(VM& vm, Buffered& self) { return ask_raw(vm, self, "isatty"); }

Owned buffered_detach(VM& vm, Buffered& self) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  CEDE_TRY(const Value flushed, call_method(vm, &self, *vm.names.flush));
  Value raw = std::move(self.raw);
  self.detached = true;
  self.ready = false;
  return raw.take();
}

Owned buffered_dealloc_warn(VM& vm, Buffered& self, Ref source) {
  if (!self.ready) return Owned::share(None);
  const Value raw = self.raw;
  const Value warned = call_method(vm, raw, vm.intern("_dealloc_warn"), source);
  if (warned.is_raised()) vm.clear_error();
  return Owned::share(None);
}

Owned buffered_close(VM& vm, Buffered& self) {
  CEDE_TRY(const bool closed, buffered_closed(vm, self));
  if (closed) return Owned::share(None);
  if (self.finalizing) {
    if (Value(buffered_dealloc_warn(vm, self, &self)).is_raised()) vm.clear_error();
  }
  Value failure;
  if (Value(call_method(vm, &self, *vm.names.flush)).is_raised()) failure = vm.take_error();
  const Value raw = self.raw;
  Value result = call_method(vm, raw, *vm.names.close);
  if (self.data) vm.heap.free_raw(std::exchange(self.data, nullptr), static_cast<std::size_t>(self.size));
  self.position = self.end = self.pending = 0;
  CEDE_CHECK(chain_failures(vm, std::move(failure), result.is_raised() ? Status(raised) : Ok));
  return result.take();
}

Owned simple_flush(VM& vm, Buffered& self) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  const Value raw = self.raw;
  return call_method(vm, raw, *vm.names.flush);
}

// How far the position that callers see is from raw's.
std::int64_t distance(const Buffered& self) { return self.pending - self.ahead(); }

Owned buffered_tell(VM& vm, Buffered& self) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  CEDE_TRY(const std::int64_t at, raw_tell(vm, self));
  return int_from(vm, std::max<std::int64_t>(at + distance(self), 0));
}

Owned seek_locked(VM& vm, Buffered& self, std::int64_t target, int whence) {
  if (self.pending) CEDE_CHECK(buffered_write_out(vm, self));
  // Within what was read ahead, raw stays where it is.
  if (self.readable && whence != 2 && self.end > 0) {
    CEDE_TRY(const std::int64_t raw_at, raw_tell(vm, self));
    const std::int64_t current = raw_at - self.ahead();
    const std::int64_t offset = whence == 0 ? target - current : target;
    if (offset >= -self.position && offset <= self.ahead()) {
      self.position += offset;
      return int_from(vm, current + offset);
    }
  }
  if (whence == 1) target -= self.ahead();
  CEDE_TRY(const std::int64_t at, raw_seek(vm, self, target, whence));
  self.position = self.end = 0;
  return int_from(vm, at);
}

Owned buffered_seek(VM& vm, Buffered& self, Ref offset, int whence) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  if (whence < 0 || whence > 2) return vm.raise(TypeId::ValueError, "whence value {} unsupported", whence);
  CEDE_CHECK(buffered_check_closed(vm, self, "seek of closed file"));
  const Value raw = self.raw;
  CEDE_CHECK(io_check_able(vm, raw, IOAbility::Seek));
  CEDE_TRY(const std::int64_t target, index_int64(vm, offset));
  BufferedLock lock(self);
  CEDE_CHECK(lock.enter(vm));
  return seek_locked(vm, self, target, whence);
}

Owned raw_attribute(VM& vm, Buffered& self, std::string_view name) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  const Value raw = self.raw;
  return get_attribute(vm, raw, name);
}
Owned buffered_closed_get(VM& vm, Buffered& self) { return raw_attribute(vm, self, "closed"); }
Owned buffered_name(VM& vm, Buffered& self) { return raw_attribute(vm, self, "name"); }
Owned buffered_mode(VM& vm, Buffered& self) { return raw_attribute(vm, self, "mode"); }
Value buffered_raw(VM&, Buffered& self) { return self.raw.is_unbound() ? Value(None) : self.raw; }
bool buffered_finalizing(VM&, Buffered& self) { return self.finalizing; }
Status set_finalizing(VM& vm, Buffered& self, Ref value) {
  CEDE_TRY(self.finalizing, is_truthy(vm, value));
  return Ok;
}
std::int64_t buffered_sizeof(VM&, Buffered& self) {
  return static_cast<std::int64_t>(sizeof(Buffered)) + (self.data ? self.size : 0);
}

Owned buffered_repr(VM& vm, Ref object) {
  const std::string_view type = display_name(type_of(vm, object));
  Value name = find_attribute(vm, object, *vm.names.name);
  if (name.is_raised()) {
    if (!vm.error_is(TypeId::ValueError)) return raised;
    vm.clear_error();
    name = Value();
  }
  if (name.is_unbound()) return str_from_utf8(vm, fmt::format("<{}>", type));
  ReprGuard guard(vm, object);
  if (!guard.entered()) return vm.raise(TypeId::RuntimeError, "reentrant call inside {}.__repr__", type);
  CEDE_TRY(const Value shown, repr(vm, name));
  return str_from_utf8(vm, fmt::format("<{} name={}>", type, cast<Str>(shown).view()));
}

constexpr Method detach_method = method<"detach(self, /)", buffered_detach>;
constexpr Method close_method = method<"close(self, /)", buffered_close>;
constexpr Method common_methods[] = {
    method<"seekable(self, /)", buffered_seekable>,
    method<"fileno(self, /)", buffered_fileno>,
    method<"isatty(self, /)", buffered_isatty>,
    method<"_dealloc_warn(self, source, /)", buffered_dealloc_warn>,
    method<"seek(self, target, whence=0, /)", buffered_seek>,
    method<"tell(self, /)", buffered_tell>,
    method<"truncate(self, pos=None, /)", buffered_truncate>,
    method<"__sizeof__(self, /)", buffered_sizeof>,
    raw_method<"__reduce__(self, /)", io_cannot_pickle>,
    raw_method<"__reduce_ex__(self, protocol, /)", io_cannot_pickle>,
    detach_method,
    close_method,
};
constexpr Method reader_flush[] = {method<"flush(self, /)", simple_flush>, method<"readable(self, /)", buffered_readable>};
constexpr Method writer_flush[] = {method<"flush(self, /)", buffered_flush>, method<"writable(self, /)", buffered_writable>};
constexpr Method random_flush[] = {method<"flush(self, /)", buffered_flush>, method<"readable(self, /)", buffered_readable>,
                                   method<"writable(self, /)", buffered_writable>};

// One table out of several.
std::vector<Method> joined(std::initializer_list<std::span<const Method>> tables) {
  std::vector<Method> all;
  for (const auto& table : tables) all.insert(all.end(), table.begin(), table.end());
  return all;
}
// Native types want spans of constant data; these are put together before main.
const std::vector<Method> reader_methods = joined({reader_flush, common_methods, buffered_read_methods});
const std::vector<Method> writer_methods = joined({writer_flush, common_methods, buffered_write_methods});
const std::vector<Method> random_methods = joined({random_flush, common_methods, buffered_read_methods, buffered_write_methods});

constexpr Property properties[] = {
    property<"raw", buffered_raw>, property<"_finalizing", buffered_finalizing, set_finalizing>,
    property<"closed", buffered_closed_get>, property<"name", buffered_name>, property<"mode", buffered_mode>};

const Slots reader_slots = inherit(iobase_slots, [](Slots& s) {
  s.construct = buffered_construct;
  s.init = reader_init;
  s.repr = buffered_repr;
  s.next = buffered_next;
});
const Slots writer_slots = inherit(iobase_slots, [](Slots& s) {
  s.construct = buffered_construct;
  s.init = writer_init;
  s.repr = buffered_repr;
});
const Slots random_slots = inherit(iobase_slots, [](Slots& s) {
  s.construct = buffered_construct;
  s.init = random_init;
  s.repr = buffered_repr;
  s.next = buffered_next;
});

}  // namespace

const NativeType buffered_reader_type{
    .name = "_io.BufferedReader", .id = TypeId::Dynamic, .base = &buffered_iobase_type, .layout = &buffered_layout,
    .slots = &reader_slots, .flags = io_type_flags, .methods = reader_methods, .properties = properties,
    .doc = "Create a new buffered reader using the given readable raw IO object."};
const NativeType buffered_writer_type{
    .name = "_io.BufferedWriter", .id = TypeId::Dynamic, .base = &buffered_iobase_type, .layout = &buffered_layout,
    .slots = &writer_slots, .flags = io_type_flags, .methods = writer_methods, .properties = properties,
    .doc =
        "A buffer for a writeable sequential RawIO object.\n\n"
        "The constructor creates a BufferedWriter for the given writeable raw\n"
        "stream. If the buffer_size is not given, it defaults to\nDEFAULT_BUFFER_SIZE."};
Owned buffered_new(VM& vm, Ref raw, bool writes, std::int64_t size) {
  Buffered* made = make_instance<Buffered>(vm, vm.native_type(writes ? buffered_writer_type : buffered_reader_type));
  if (!made) return raised;
  Value buffer = Value::adopt(made);
  made->readable = !writes;
  made->writable = writes;
  CEDE_CHECK(buffered_set_up(vm, *made, raw, size));
  return buffer.take();
}

const NativeType buffered_random_type{
    .name = "_io.BufferedRandom", .id = TypeId::Dynamic, .base = &buffered_iobase_type, .layout = &buffered_layout,
    .slots = &random_slots, .flags = io_type_flags, .methods = random_methods, .properties = properties,
    .doc =
        "A buffered interface to random access streams.\n\n"
        "The constructor creates a reader and writer for a seekable stream,\n"
        "raw, given in the first argument. If the buffer_size is omitted it\ndefaults to DEFAULT_BUFFER_SIZE."};

}  // namespace cede::stdlib
