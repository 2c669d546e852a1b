// TextIOWrapper: writing. Text is encoded at once and collected; the buffer gets it in pieces of the chunk size, or
// at the end of a line if lines are wanted at once.
#include "runtime/types/bytes.hpp"
#include "runtime/types/int.hpp"
#include "stdlib/io/text.hpp"

namespace cede::stdlib {

namespace {

Status hand_over(VM& vm, TextWrapper& self, std::string_view bytes) {
  if (Buffered* native = text_native_buffer(vm, self); native && native->writable) {
    const Value held{Ref(native)};
    CEDE_TRY(const Value written, buffered_write(vm, *native, bytes, Unbound));
    return Ok;
  }
  CEDE_TRY(const Value data, bytes_from(vm, bytes));
  const Value buffer = self.buffer;
  for (;;) {
    const Value written = call_method(vm, buffer, *vm.names.write, data);
    if (!written.is_raised()) return Ok;
    if (!vm.error_is(TypeId::InterruptedError)) return raised;
    vm.clear_error();
  }
}

Owned text_write_method(VM& vm, Ref self, const Arguments& arguments) {
  if (arguments.positional != 1 || (arguments.keywords && arguments.keywords->size))
    return vm.raise(TypeId::TypeError, "TextIOWrapper.write() takes exactly one argument ({} given)",
                    arguments.positional + (arguments.keywords ? arguments.keywords->size : 0));
  const Ref text = arguments[0];
  if (!is<Str>(text)) return vm.raise(TypeId::TypeError, "write() argument must be str, not {}", short_name(type_of(vm, text)));
  CEDE_CHECK(text_write(vm, self, cast<Str>(text)));
  return Owned(Ref::small(static_cast<std::int64_t>(cast<Str>(text).length)).bits);
}

Status text_flush_method(VM& vm, TextWrapper& self) { return text_flush(vm, self); }

constexpr Method methods[] = {
    raw_method<"write(self, text, /)", text_write_method>,
    method<"flush(self, /)", text_flush_method>,
};

}  // namespace

constinit const std::span<const Method> text_write_methods = methods;

Status text_flush_pending(VM& vm, TextWrapper& self) {
  if (self.pending.empty()) return Ok;
  // What cannot be written is lost here, and kept by the buffer.
  Buffer<char> bytes = self.pending.take();
  const Status status = hand_over(vm, self, {bytes.data(), bytes.size()});
  // The memory is used again, unless something was written meanwhile.
  if (self.pending.capacity() == 0 && bytes.capacity() <= 4 * static_cast<std::size_t>(self.chunk_size)) {
    bytes.set_size(0);
    self.pending = bytes.take();
  } else {
    bytes.free(vm.heap);
  }
  return status;
}

Status text_flush(VM& vm, TextWrapper& self) {
  CEDE_CHECK(text_check_open(vm, self));
  self.telling = self.seekable;
  CEDE_CHECK(text_flush_pending(vm, self));
  const Value buffer = self.buffer;
  if (Buffered* native = text_native_buffer(vm, self); native && native->writable) return buffered_flush(vm, *native);
  CEDE_TRY(const Value flushed, call_method(vm, buffer, *vm.names.flush));
  return Ok;
}

void text_forget_decoded(TextWrapper& self) {
  self.decoded.reset();
  self.taken = 0;
}

Status text_fix_encoder(VM& vm, TextWrapper& self) {
  self.at_start = true;
  if (!self.seekable || !self.can_write) return Ok;
  const Value buffer = self.buffer;
  if (Buffered* native = text_native_buffer(vm, self); native && native->ahead() == 0 && native->pending == 0) {
    CEDE_TRY(const std::int64_t at, raw_tell(vm, *native));
    self.at_start = at == 0;
    return Ok;
  }
  CEDE_TRY(const Value at, call_method(vm, buffer, vm.intern("tell")));
  CEDE_TRY(self.at_start, is_equal(vm, at, Ref::small(0)));
  return Ok;
}

Status text_write(VM& vm, Ref file, Str& text) {
  TextWrapper& self = cast<TextWrapper>(file);
  CEDE_CHECK(text_check_open(vm, self));
  if (!self.can_write) return raise_unsupported(vm, "not writable");
  const bool at_once = self.line_buffering && text.view().find_first_of("\n\r") != std::string_view::npos;
  const std::size_t chunk = static_cast<std::size_t>(self.chunk_size), before = self.pending.size();
  if (self.newline == TextNewline::Cr || self.newline == TextNewline::CrLf) {
    CEDE_TRY(const Value expanded, expand_newlines(vm, text, self.newline));
    CEDE_CHECK(text_encode_pending(vm, self, cast<Str>(expanded)));
  } else {
    CEDE_CHECK(text_encode_pending(vm, self, text));
  }
  // Pieces of the buffer's calls are not joined beyond the chunk size: what was there goes first.
  if (before && self.pending.size() > chunk) {
    const std::size_t added = self.pending.size() - before;
    CEDE_TRY(const Value rest, bytes_from(vm, {self.pending.data() + before, added}));
    self.pending.set_size(before);
    CEDE_CHECK(text_flush_pending(vm, self));
    if (!self.pending.append(vm.heap, cast<Bytes>(rest).data, added)) return vm.raise_memory_error();
  }
  if (self.pending.size() >= chunk || at_once || self.write_through) CEDE_CHECK(text_flush_pending(vm, self));
  if (at_once) {
    const Value buffer = self.buffer;
    if (Buffered* native = text_native_buffer(vm, self); native && native->writable) {
      CEDE_CHECK(buffered_flush(vm, *native));
    } else {
      CEDE_TRY(const Value flushed, call_method(vm, buffer, *vm.names.flush));
    }
  }
  if (self.can_read) {
    text_forget_decoded(self);
    self.snapshot.reset();
    self.decoder.reset();
  }
  return Ok;
}

bool text_write_is_native(VM& vm, Ref file) {
  if (!file.is_object() || file.object()->type != &vm.native_type(text_wrapper_type)) return false;
  const Attributes* attributes = attributes_of(file.object());
  return attributes->shape && attributes->shape->index_of(*vm.names.write) == Shape::absent;
}

}  // namespace cede::stdlib
