// TextIOWrapper: reading. A chunk of the buffer is decoded at a time; what is not taken of it stays.
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "stdlib/io/text.hpp"

namespace cede::stdlib {

namespace {

// Some bytes of the buffer, at most `size`; all of them if it is negative.
Owned read_bytes(VM& vm, TextWrapper& self, std::int64_t size) {
  const Value buffer = self.buffer;
  Value data;
  const char* reader = size >= 0 && self.has_read1 ? "read1" : "read";
  if (Buffered* native = text_native_buffer(vm, self); native && native->readable) {
    CEDE_CHECK(buffered_check_closed(vm, *native, "read of closed file"));
    if (size < 0) return buffered_read_all(vm, *native);
    CEDE_TRY(data, buffered_read1(vm, *native, size));
  } else if (size < 0) {
    CEDE_TRY(data, call_method(vm, buffer, *vm.names.read));
  } else {
    CEDE_TRY(data, call_method(vm, buffer, vm.intern(reader), Ref::small(size)));
  }
  return data.take();
}

RaisedMark raise_no_bytes(VM& vm, const char* reader, Ref data) {
  return vm.raise(TypeId::TypeError, "underlying {}() should have returned a bytes-like object, not '{}'", reader,
                  display_name(type_of(vm, data)));
}

// Replaces what was decoded by the next chunk; false at the end.
Result<bool> read_chunk(VM& vm, TextWrapper& self, std::int64_t hint) {
  const bool telling = self.telling;
  const std::int64_t flags = self.decoder.flags(self.universal());
  StringBuilder fed(vm);
  if (telling) CEDE_CHECK(fed.append({self.decoder.held, self.decoder.held_count}));
  CEDE_TRY(const Value input, read_bytes(vm, self, std::max(self.chunk_size, hint)));
  BufferView view;
  if (!is_bytes_like(input)) return raise_no_bytes(vm, self.has_read1 ? "read1" : "read", input);
  CEDE_CHECK(view.acquire(vm, input));
  const bool at_end = view.size() == 0;
  text_forget_decoded(self);
  CEDE_TRY(self.decoded, text_decode_for(vm, self, view.bytes(), at_end));
  if (telling) {
    Value snapshot;
    if (fed.empty() && is_exact(input, TypeId::Bytes)) {
      snapshot = input;
    } else {
      CEDE_CHECK(fed.append(view.bytes()));
      CEDE_TRY(snapshot, bytes_from(vm, fed.view()));
    }
    self.snapshot = std::move(snapshot);
    self.snapshot_flags = flags;
  }
  return !at_end || cast<Str>(self.decoded).length > 0;
}

Status check_reading(VM& vm, TextWrapper& self) {
  CEDE_CHECK(text_check_open(vm, self));
  if (!self.can_read) return raise_unsupported(vm, "not readable");
  return text_flush_pending(vm, self);
}

Owned read_all(VM& vm, TextWrapper& self) {
  CEDE_TRY(const Value input, read_bytes(vm, self, -1));
  if (!is_bytes_like(input)) return raise_no_bytes(vm, "read", input);
  BufferView view;
  CEDE_CHECK(view.acquire(vm, input));
  CEDE_TRY(Value text, text_decode_for(vm, self, view.bytes(), true));
  const std::string_view rest = self.rest();
  if (!rest.empty()) {
    StringBuilder joined(vm);
    CEDE_CHECK(joined.append(rest));
    CEDE_CHECK(joined.append(cast<Str>(text)));
    text = joined.finish();
    if (text.is_raised()) return raised;
  }
  text_forget_decoded(self);
  self.snapshot.reset();
  return text.take();
}

Owned text_read(VM& vm, TextWrapper& self, Ref size) {
  CEDE_TRY(const std::int64_t n, io_size_argument(vm, size));
  CEDE_CHECK(check_reading(vm, self));
  if (n < 0) return read_all(vm, self);
  StringBuilder out(vm);
  for (std::int64_t left = n;;) {
    const std::string_view rest = self.rest();
    const std::size_t count = static_cast<std::size_t>(left);
    std::size_t bytes = rest.size(), characters = 0;
    if (!rest.empty()) {
      const bool ascii = cast<Str>(self.decoded).is_ascii();
      characters = ascii ? rest.size() : utf8_length(rest);
      if (characters > count) {
        characters = count;
        bytes = ascii ? count : static_cast<std::size_t>(utf8_skip(rest.data(), count) - rest.data());
      }
    }
    CEDE_CHECK(out.append(rest.substr(0, bytes)));
    self.taken += bytes;
    left -= static_cast<std::int64_t>(characters);
    if (left == 0) return out.finish();
    CEDE_TRY(const bool more, read_chunk(vm, self, left));
    if (!more) return out.finish();
    CEDE_CHECK(vm.check_interrupts());
  }
}

// The next line, of at most `limit` characters if that is not negative.
Owned read_line(VM& vm, TextWrapper& self, std::int64_t limit) {
  CEDE_CHECK(check_reading(vm, self));
  StringBuilder line(vm);
  std::size_t characters = 0;
  for (;;) {
    std::string_view rest = self.rest();
    if (rest.empty()) {
      CEDE_TRY(const bool more, read_chunk(vm, self, 0));
      if (!more) {
        text_forget_decoded(self);
        self.snapshot.reset();
        return line.finish();
      }
      rest = self.rest();
      if (rest.empty()) continue;
    }
    // The end may lie in what was there before: '\r\n' across two chunks.
    const bool split = !line.empty() && self.newline == TextNewline::CrLf && line.view().back() == '\r' && rest.front() == '\n';
    std::size_t end = split ? 1 : find_line_end(rest, 0, self.newline);
    const bool found = end != rest.npos;
    if (!found) end = rest.size();
    bool full = false;
    if (limit >= 0) {
      const std::size_t room = static_cast<std::size_t>(limit) - characters, length = utf8_length(rest.substr(0, end));
      if (length >= room) {
        full = true;
        if (length > room) end = static_cast<std::size_t>(utf8_skip(rest.data(), room) - rest.data());
      }
      characters += std::min(length, room);
    }
    if (line.empty() && (found || full)) {
      const std::size_t start = self.taken;
      self.taken += end;
      return str_byte_slice(vm, cast<Str>(self.decoded), start, start + end);
    }
    CEDE_CHECK(line.append(rest.substr(0, end)));
    self.taken += end;
    if (found || full) return line.finish();
    CEDE_CHECK(vm.check_interrupts());
  }
}

Owned text_readline(VM& vm, TextWrapper& self, std::int64_t size) { return read_line(vm, self, size < 0 ? -1 : size); }

constexpr Method methods[] = {
    method<"read(self, size=-1, /)", text_read>,
    method<"readline(self, size=-1, /)", text_readline>,
};

}  // namespace

constinit const std::span<const Method> text_read_methods = methods;

Owned text_next(VM& vm, Ref object) {
  TextWrapper& self = cast<TextWrapper>(object);
  CEDE_CHECK(text_check_ready(vm, self));
  self.telling = false;
  Value line;
  if (self.type == &vm.native_type(text_wrapper_type)) {
    CEDE_TRY(line, read_line(vm, self, -1));
  } else {
    CEDE_TRY(line, call_method(vm, object, *vm.names.readline));
    if (!is<Str>(line))
      return vm.raise(TypeId::OSError, "readline() should have returned a str object, not '{}'", display_name(type_of(vm, line)));
  }
  if (cast<Str>(line).length) return line.take();
  self.snapshot.reset();
  self.telling = self.seekable;
  return Owned(Finished.bits);
}

}  // namespace cede::stdlib
