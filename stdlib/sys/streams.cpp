// sys.stdin, stdout and stderr: text over the process's descriptors. Output is held back in a buffer: up to the end of a
// line on a terminal and for stderr, up to 8 KB otherwise; the host flushes it at exit.
#include <cerrno>
#include <unistd.h>

#include "runtime/core/protocols.hpp"
#include "runtime/host/host.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/codecs.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/sys/functions.hpp"

namespace cede::stdlib {

namespace {

constexpr std::size_t buffer_size = 8192;

struct StandardStream : Object {
  static const Layout* layout();
  static constexpr const char* type_name = "_io.TextIOWrapper";
  int descriptor = 0;
  bool line_buffering = false, at_end = false;
  Buffer<char> pending;      // output not written yet, or input not read yet
  std::size_t consumed = 0;  // of the input
  Value name, mode, errors;
  template<class F> static void fields(StandardStream& s, F&& field) { field(s.name); field(s.mode); field(s.errors); }
  static void dispose(Heap& heap, StandardStream& s) { s.pending.free(heap); }
};
constexpr Layout stream_layout = layout_for<StandardStream>();
const Layout* StandardStream::layout() { return &stream_layout; }

// What could not be written stays in the buffer.
Status flush_pending(VM& vm, StandardStream& stream) {
  std::size_t done = 0;
  int error = 0;
  while (done < stream.pending.size() && !error) {
    const std::int64_t written = vm.host.write(stream.descriptor, stream.pending.data() + done, stream.pending.size() - done);
    if (written >= 0) done += static_cast<std::size_t>(written);
    else if (written != -EINTR) error = static_cast<int>(-written);
    else if (vm.handle_interrupts().is_raised()) break;
  }
  std::memmove(stream.pending.data(), stream.pending.data() + done, stream.pending.size() - done);
  stream.pending.set_size(stream.pending.size() - done);
  if (error) return vm.raise_os_error(error);
  return vm.has_error() ? Status(raised) : Ok;
}

Status stream_append(VM& vm, StandardStream& stream, std::string_view bytes) {
  if (!stream.pending.append(vm.heap, bytes.data(), bytes.size())) return vm.raise_memory_error();
  const bool flush = stream.pending.size() >= buffer_size ||
                     (stream.line_buffering && bytes.find_first_of("\n\r") != bytes.npos);
  return flush ? flush_pending(vm, stream) : Ok;
}

Owned stream_write(VM& vm, StandardStream& self, Str& text) {
  if (text.is_ascii()) {
    CEDE_CHECK(stream_append(vm, self, text.view()));
  } else {
    CEDE_TRY(const Value bytes, encode_text(vm, text, "utf-8", cast<Str>(self.errors).view()));
    CEDE_CHECK(stream_append(vm, self, cast<Bytes>(bytes).view()));
  }
  return Owned(Ref::small(static_cast<std::int64_t>(text.length)).bits);
}

Status stream_writelines(VM& vm, StandardStream& self, Ref lines) {
  return for_each(vm, lines, [&](Ref line) -> Status {
    if (!is<Str>(line)) return vm.raise(TypeId::TypeError, "write() argument must be str, not {}", type_name(line, vm));
    return stream_write(vm, self, cast<Str>(line)).is_raised() ? Status(raised) : Ok;
  });
}

Status stream_flush(VM& vm, StandardStream& self) { return self.descriptor == 0 ? Ok : flush_pending(vm, self); }

// More input behind what is there; false at the end.
Result<bool> read_more(VM& vm, StandardStream& stream) {
  if (stream.at_end) return false;
  if (!stream.pending.grow_for(vm.heap, stream.pending.size() + buffer_size)) return vm.raise_memory_error();
  for (;;) {
    const std::int64_t got =
        vm.host.read(stream.descriptor, stream.pending.data() + stream.pending.size(), buffer_size);
    if (got == -EINTR) {
      CEDE_CHECK(vm.handle_interrupts());
      continue;
    }
    if (got < 0) return vm.raise_os_error(static_cast<int>(-got));
    stream.pending.set_size(stream.pending.size() + static_cast<std::size_t>(got));
    stream.at_end = got == 0;
    return got > 0;
  }
}

Owned take_input(VM& vm, StandardStream& stream, std::size_t size) {
  const std::string_view bytes(stream.pending.data() + stream.consumed, size);
  Value text = decode_utf8(vm, bytes, cast<Str>(stream.errors).view());
  stream.consumed += size;
  if (stream.consumed == stream.pending.size()) {
    stream.pending.set_size(0);
    stream.consumed = 0;
  }
  return text.take();
}

Owned stream_readline(VM& vm, StandardStream& self) {
  std::size_t searched = 0;
  for (;;) {
    const std::string_view unread(self.pending.data() + self.consumed, self.pending.size() - self.consumed);
    const std::size_t end = unread.find('\n', searched);
    if (end != unread.npos) return take_input(vm, self, end + 1);
    searched = unread.size();
    CEDE_TRY(const bool more, read_more(vm, self));
    if (!more) {
      self.at_end = false;  // a terminal can go on after an end of file
      return take_input(vm, self, unread.size());
    }
  }
}

Owned stream_read(VM& vm, StandardStream& self, std::int64_t size) {
  if (size < 0) {
    for (bool more = true; more;) {
      CEDE_TRY(more, read_more(vm, self));
    }
    return take_input(vm, self, self.pending.size() - self.consumed);
  }
  StringBuilder out(vm);
  for (std::int64_t i = 0; i < size; ++i) {
    if (self.consumed == self.pending.size()) {
      CEDE_TRY(const bool more, read_more(vm, self));
      if (!more) break;
    }
    const auto lead = static_cast<unsigned char>(self.pending[self.consumed]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    while (self.pending.size() - self.consumed < length) {
      CEDE_TRY(const bool more, read_more(vm, self));
      if (!more) break;
    }
    CEDE_TRY(const Value character, take_input(vm, self, std::min(length, self.pending.size() - self.consumed)));
    CEDE_CHECK(out.append(cast<Str>(character)));
  }
  return out.finish();
}

Owned stream_readlines(VM& vm, StandardStream& self) {
  CEDE_TRY(Value lines, list_new(vm));
  for (;;) {
    CEDE_TRY(Value line, stream_readline(vm, self));
    if (cast<Str>(line).length == 0) return lines.take();
    CEDE_CHECK(list_push(vm, cast<List>(lines), std::move(line)));
  }
}

Owned stream_next(VM& vm, Ref self) {
  CEDE_TRY(Value line, stream_readline(vm, cast<StandardStream>(self)));
  return cast<Str>(line).length ? line.take() : Owned(Finished.bits);
}
Owned stream_iter(VM&, Ref self) { return Owned::share(self); }

Owned stream_repr(VM& vm, Ref self) {
  const StandardStream& stream = cast<StandardStream>(self);
  return str_from_utf8(vm, fmt::format("<_io.TextIOWrapper name='{}' mode='{}' encoding='utf-8'>", cast<Str>(stream.name).view(),
                                       cast<Str>(stream.mode).view()));
}

std::int64_t stream_fileno(VM&, StandardStream& self) { return self.descriptor; }
bool stream_isatty(VM& vm, StandardStream& self) { return vm.host.is_terminal(self.descriptor) == 1; }
bool stream_readable(VM&, StandardStream& self) { return self.descriptor == 0; }
bool stream_writable(VM&, StandardStream& self) { return self.descriptor != 0; }
Value stream_encoding(VM& vm, StandardStream&) { return Value(Ref(*vm.names.utf_8_)); }
bool stream_closed(VM&, StandardStream&) { return false; }
bool stream_line_buffering(VM&, StandardStream& self) { return self.line_buffering; }
Value stream_name(VM&, StandardStream& self) { return self.name; }
Value stream_mode(VM&, StandardStream& self) { return self.mode; }
Value stream_errors(VM&, StandardStream& self) { return self.errors; }

constexpr Method methods[] = {
    method<"write(self, text, /)", stream_write>,
    method<"writelines(self, lines, /)", stream_writelines>,
    method<"flush(self, /)", stream_flush>,
    method<"read(self, size=-1, /)", stream_read>,
    method<"readline(self, /)", stream_readline>,
    method<"readlines(self, /)", stream_readlines>,
    method<"fileno(self, /)", stream_fileno>,
    method<"isatty(self, /)", stream_isatty>,
    method<"readable(self, /)", stream_readable>,
    method<"writable(self, /)", stream_writable>,
};
constexpr Property properties[] = {
    property<"name", stream_name>,         property<"mode", stream_mode>,
    property<"errors", stream_errors>,     property<"encoding", stream_encoding>,
    property<"closed", stream_closed>,     property<"line_buffering", stream_line_buffering>,
};
constexpr Slots stream_slots = inherit(object_slots, [](Slots& s) {
  s.repr = stream_repr;
  s.iter = stream_iter;
  s.next = stream_next;
});
const NativeType stream_type{
    .name = "_io.TextIOWrapper", .id = TypeId::Dynamic, .base = nullptr, .layout = &stream_layout, .slots = &stream_slots,
    .flags = 0, .methods = methods, .properties = properties};

Status add_stream(VM& vm, Module& module, int descriptor, std::string_view name, std::string_view mode, std::string_view errors) {
  StandardStream* stream = make_object<StandardStream>(vm, vm.native_type(stream_type));
  if (!stream) return raised;
  const Value made = Value::adopt(stream);
  stream->descriptor = descriptor;
  stream->line_buffering = descriptor == 2 || (descriptor == 1 && vm.host.is_terminal(1) == 1);
  CEDE_TRY(stream->name, str_from_ascii(vm, "<" + std::string(name) + ">"));
  CEDE_TRY(stream->mode, str_from_ascii(vm, mode));
  CEDE_TRY(stream->errors, str_from_ascii(vm, errors));
  CEDE_CHECK(module_set(vm, module, name, made));
  return module_set(vm, module, "__" + std::string(name) + "__", made);
}

}  // namespace

Status sys_fill_streams(VM& vm, Module& module) {
  CEDE_CHECK(add_stream(vm, module, 0, "stdin", "r", "strict"));
  CEDE_CHECK(add_stream(vm, module, 1, "stdout", "w", "strict"));
  return add_stream(vm, module, 2, "stderr", "w", "backslashreplace");
}

}  // namespace cede::stdlib
