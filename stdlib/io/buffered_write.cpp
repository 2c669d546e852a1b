// Buffers: writing; and BufferedRWPair, which is a reader and a writer side by side.
#include <cerrno>

#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/io/io.hpp"

namespace cede::stdlib {

namespace {

RaisedMark raise_blocking(VM& vm, Buffered& self, std::int64_t written) {
  CEDE_TRY(const Value text, str_from_ascii(vm, "write could not complete without blocking"));
  const int number = is_exact_file(vm, self.raw) ? EAGAIN : 0;
  const Bits words[] = {Ref::small(number).bits, text.bits(), Ref::small(written).bits};
  CEDE_TRY(Value exception, exception_new(vm, vm.type(TypeId::BlockingIOError), words));
  return vm.raise_value(std::move(exception));
}

void keep(Buffered& self, std::string_view bytes) {
  if (!bytes.empty()) std::memcpy(self.data + self.pending, bytes.data(), bytes.size());
  self.pending += static_cast<std::int64_t>(bytes.size());
}

// Lock held. What does not fit goes out: first what is pending, then whole blocks of the new bytes.
Result<std::int64_t> write_locked(VM& vm, Buffered& self, std::string_view bytes) {
  const std::int64_t total = static_cast<std::int64_t>(bytes.size());
  if (!buffered_allocate(vm, self)) return raised;
  if (self.readable) CEDE_CHECK(buffered_rewind_raw(vm, self));
  if (total <= self.size - self.pending && total < self.size) {
    keep(self, bytes);
    return total;
  }
  if (buffered_write_out(vm, self).is_raised()) {
    if (!vm.error_is(TypeId::BlockingIOError)) return raised;
    // Raw takes no more now: as much as there is room for is kept.
    const std::int64_t room = self.size - self.pending;
    if (total <= room) {
      vm.clear_error();
      keep(self, bytes);
      return total;
    }
    vm.clear_error();
    keep(self, bytes.substr(0, static_cast<std::size_t>(room)));
    return raise_blocking(vm, self, room);
  }
  std::int64_t written = 0;
  while (total - written >= self.size) {
    CEDE_TRY(const std::int64_t done, raw_write(vm, self, bytes.data() + written, total - written));
    if (done < 0) {
      keep(self, bytes.substr(static_cast<std::size_t>(written), static_cast<std::size_t>(self.size)));
      return raise_blocking(vm, self, written + self.size);
    }
    written += done;
    CEDE_CHECK(vm.check_interrupts());
  }
  keep(self, bytes.substr(static_cast<std::size_t>(written)));
  return total;
}

Owned buffered_write_method(VM& vm, Buffered& self, Ref data) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  BufferView view;
  CEDE_CHECK(view.acquire(vm, data));
  return buffered_write(vm, self, view.bytes(), data);
}

constexpr Method methods[] = {method<"write(self, buffer, /)", buffered_write_method>};

}  // namespace

constinit const std::span<const Method> buffered_write_methods = methods;

Status buffered_write_out(VM& vm, Buffered& self) {
  std::int64_t done = 0;
  const auto compact = [&] {
    if (done && done < self.pending)
      std::memmove(self.data, self.data + done, static_cast<std::size_t>(self.pending - done));
    self.pending -= done;
  };
  while (done < self.pending) {
    const auto written = raw_write(vm, self, self.data + done, self.pending - done);
    if (written.is_raised()) {
      compact();
      return raised;
    }
    if (*written < 0) {
      compact();
      return raise_blocking(vm, self, 0);
    }
    done += *written;
    if (vm.check_interrupts().is_raised()) {
      compact();
      return raised;
    }
  }
  compact();
  return Ok;
}

Owned buffered_write(VM& vm, Buffered& self, std::string_view bytes, Ref) {
  CEDE_CHECK(buffered_check_closed(vm, self, "write to closed file"));
  BufferedLock lock(self);
  CEDE_CHECK(lock.enter(vm));
  CEDE_TRY(const std::int64_t written, write_locked(vm, self, bytes));
  return int_from(vm, written);
}

Status buffered_flush(VM& vm, Buffered& self) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  CEDE_CHECK(buffered_check_closed(vm, self, "flush of closed file"));
  BufferedLock lock(self);
  CEDE_CHECK(lock.enter(vm));
  CEDE_CHECK(buffered_write_out(vm, self));
  if (self.readable) CEDE_CHECK(buffered_rewind_raw(vm, self));
  return Ok;
}

Owned buffered_truncate(VM& vm, Buffered& self, Ref position) {
  CEDE_CHECK(buffered_check_ready(vm, self));
  CEDE_CHECK(buffered_check_closed(vm, self, "truncate of closed file"));
  if (!self.writable) return raise_unsupported(vm, "truncate");
  BufferedLock lock(self);
  CEDE_CHECK(lock.enter(vm));
  CEDE_CHECK(buffered_write_out(vm, self));
  if (self.readable) CEDE_CHECK(buffered_rewind_raw(vm, self));
  const Value raw = self.raw;
  return call_method(vm, raw, vm.intern("truncate"), position);
}

// ---- BufferedRWPair

namespace {

struct Pair : Object {
  Value reader, writer;
  template<class F> static void fields(Pair& self, F&& field) {
    field(self.reader);
    field(self.writer);
  }
};
constinit const Layout pair_layout = layout_for<Pair>(&iobase_layout);

Owned pair_construct(VM& vm, Type& type, const Arguments&) {
  Pair* made = make_instance<Pair>(vm, type);
  if (!made) return raised;
  return Value::adopt(made);
}

Status pair_init_body(VM& vm, Pair& self, Ref reader, Ref writer, std::int64_t size) {
  CEDE_CHECK(io_check_able(vm, reader, IOAbility::Read));
  CEDE_CHECK(io_check_able(vm, writer, IOAbility::Write));
  CEDE_TRY(self.reader, call(vm, vm.native_type(buffered_reader_type), reader, Ref::small(size)));
  CEDE_TRY(self.writer, call(vm, vm.native_type(buffered_writer_type), writer, Ref::small(size)));
  return Ok;
}
Status pair_init(VM& vm, Ref self, const Arguments& arguments) {
  return call_body<"BufferedRWPair(reader, writer, buffer_size=8192, /)", pair_init_body>(vm, cast<Pair>(self), arguments).is_raised()
             ? Status(raised) : Ok;
}

// A method of the reader or writer, called with what it was given here.
Owned forward(VM& vm, const Value& part, std::string_view name, const Arguments& arguments) {
  const Value target = part;
  if (target.is_unbound()) return vm.raise(TypeId::ValueError, "I/O operation on uninitialized object");
  return call_method(vm, target, vm.intern(name), arguments);
}
template<FixedString name> Owned to_reader(VM& vm, Ref self, const Arguments& arguments) {
  return forward(vm, cast<Pair>(self).reader, name.view(), arguments);
}
template<FixedString name> Owned to_writer(VM& vm, Ref self, const Arguments& arguments) {
  return forward(vm, cast<Pair>(self).writer, name.view(), arguments);
}

Owned pair_close(VM& vm, Pair& self) {
  Value failure;
  if (Value(forward(vm, self.writer, "close", {})).is_raised()) failure = vm.take_error();
  Value result = forward(vm, self.reader, "close", {});
  CEDE_CHECK(chain_failures(vm, std::move(failure), result.is_raised() ? Status(raised) : Ok));
  return result.take();
}

Owned pair_isatty(VM& vm, Pair& self) {
  CEDE_TRY(Value result, forward(vm, self.writer, "isatty", {}));
  if (!result.ref().is_false()) return result.take();
  return forward(vm, self.reader, "isatty", {});
}

Owned pair_closed(VM& vm, Pair& self) {
  if (self.writer.is_unbound()) return vm.raise(TypeId::RuntimeError, "the BufferedRWPair object is being garbage-collected");
  const Value writer = self.writer;
  return get_attribute(vm, writer, "closed");
}

constexpr Method pair_methods[] = {
    raw_method<"read(self, size=-1, /)", to_reader<"read">>,
    raw_method<"peek(self, size=0, /)", to_reader<"peek">>,
    raw_method<"read1(self, size=-1, /)", to_reader<"read1">>,
    raw_method<"readinto(self, buffer, /)", to_reader<"readinto">>,
    raw_method<"readinto1(self, buffer, /)", to_reader<"readinto1">>,
    raw_method<"write(self, buffer, /)", to_writer<"write">>,
    raw_method<"flush(self, /)", to_writer<"flush">>,
    raw_method<"readable(self, /)", to_reader<"readable">>,
    raw_method<"writable(self, /)", to_writer<"writable">>,
    method<"close(self, /)", pair_close>,
    method<"isatty(self, /)", pair_isatty>,
};
constexpr Property pair_properties[] = {property<"closed", pair_closed>};
const Slots pair_slots = inherit(iobase_slots, [](Slots& s) {
  s.construct = pair_construct;
  s.init = pair_init;
});

}  // namespace

const NativeType buffered_pair_type{
    .name = "_io.BufferedRWPair", .id = TypeId::Dynamic, .base = &buffered_iobase_type, .layout = &pair_layout,
    .slots = &pair_slots, .flags = io_type_flags, .methods = pair_methods, .properties = pair_properties,
    .doc =
        "A buffered reader and writer object together.\n\n"
        "A buffered reader object and buffered writer object put together to\n"
        "form a sequential IO object that can read and write. This is typically\n"
        "used with a socket or two-way pipe.\n\n"
        "reader and writer are RawIOBase objects that are readable and\n"
        "writeable respectively. If the buffer_size is omitted it defaults to\nDEFAULT_BUFFER_SIZE."};

}  // namespace cede::stdlib
