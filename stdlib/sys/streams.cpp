// sys.stdin, stdout and stderr: text over buffers over the process's descriptors, which stay open when they are closed.
// Output waits in the buffers, up to the end of a line on a terminal and for stderr; the host flushes them at exit.
#include "runtime/core/protocols.hpp"
#include "runtime/host/host.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/io/io.hpp"
#include "stdlib/io/text.hpp"
#include "stdlib/modules.hpp"
#include "stdlib/sys/functions.hpp"
#include "stdlib/sys/streams.hpp"

namespace cede::stdlib {

namespace {

struct StreamDescription {
  int descriptor;
  const char *name, *shown;
  bool writes;
};
constexpr StreamDescription streams[] = {
    {0, "stdin", "<stdin>", false}, {1, "stdout", "<stdout>", true}, {2, "stderr", "<stderr>", true}};

struct StreamEncoding {
  std::string encoding = "utf-8", errors = "surrogateescape";
};

// PYTHONIOENCODING=encoding:errors, either of which may be left out.
StreamEncoding stream_encoding(VM& vm) {
  StreamEncoding chosen;
  for (const std::string& entry : vm.host.environment()) {
    constexpr std::string_view name = "PYTHONIOENCODING=";
    if (!entry.starts_with(name)) continue;
    const std::string value = entry.substr(name.size());
    const std::size_t colon = value.find(':');
    const std::string encoding = value.substr(0, colon);
    if (!encoding.empty()) chosen.encoding = encoding;
    if (colon != value.npos && colon + 1 < value.size()) chosen.errors = value.substr(colon + 1);
    else if (!encoding.empty()) chosen.errors = "strict";
  }
  return chosen;
}

Owned make_stream(VM& vm, const StreamDescription& stream, const StreamEncoding& chosen, bool unbuffered) {
  struct ::stat status;
  if (vm.host.status(stream.descriptor, status) < 0) return Owned::share(None);
  CEDE_TRY(const Value name, str_from_ascii(vm, stream.shown));
  CEDE_TRY(Value buffer, file_io_new(vm, stream.descriptor, stream.writes ? "wb" : "rb", false, name));
  const bool terminal = vm.host.is_terminal(stream.descriptor) == 1;
  const bool buffered = !(stream.writes && unbuffered);
  if (buffered) {
    FileIO& file = cast<FileIO>(buffer);
    file.flags |= Lasting;
    CEDE_TRY(buffer, buffered_new(vm, buffer, stream.writes, file.block_size));
  }
  buffer.object()->flags |= Lasting;
  CEDE_TRY(const Value encoding, str_from_utf8(vm, chosen.encoding));
  CEDE_TRY(const Value errors, str_from_utf8(vm, stream.descriptor == 2 ? "backslashreplace" : chosen.errors));
  const bool line_buffering = buffered && (terminal || stream.descriptor == 2);
  CEDE_TRY(Value text, text_wrapper_new(vm, buffer, encoding, errors, TextNewline::Lf, line_buffering, !buffered));
  CEDE_TRY(const Value mode, str_from_ascii(vm, stream.writes ? "w" : "r"));
  CEDE_TRY([[maybe_unused]] const bool set, attributes_set(vm, text.object(), *attributes_of(text.object()), *vm.names.mode, mode));
  text.object()->flags |= Lasting;
  return text.take();
}

Status add_streams(VM& vm, Module& module, bool unbuffered) {
  const StreamEncoding chosen = stream_encoding(vm);
  for (const StreamDescription& stream : streams) {
    if (unbuffered && !stream.writes) continue;
    CEDE_TRY(const Value made, make_stream(vm, stream, chosen, unbuffered));
    CEDE_CHECK(module_set(vm, module, stream.name, made));
    CEDE_CHECK(module_set(vm, module, fmt::format("__{}__", stream.name), made));
  }
  return Ok;
}

// A native stream over a native buffer, both empty.
bool holds_nothing(VM& vm, Ref stream) {
  if (!stream.is_object() || stream.object()->type != &vm.native_type(text_wrapper_type)) return false;
  const TextWrapper& text = cast<TextWrapper>(stream);
  if (!text.ready || text.detached || !text.pending.empty()) return false;
  const Buffered* buffer = text_native_buffer(vm, text);
  return buffer && buffer->pending == 0;
}

Status flush_if_open(VM& vm, Ref stream) {
  CEDE_TRY(const Value closed, find_attribute(vm, stream, "closed"));
  if (closed.ref().is_true()) return Ok;
  CEDE_TRY([[maybe_unused]] const Value flushed, call_method(vm, stream, *vm.names.flush));
  return Ok;
}

}  // namespace

Status open_standard_streams(VM& vm) {
  CEDE_TRY([[maybe_unused]] const Value out, find_attribute(vm, vm.sys_module, *vm.names.stdout));
  return Ok;
}

Status flush_standard_streams(VM& vm) {
  for (Str* name : {vm.names.stdout, vm.names.stderr}) {
    CEDE_TRY(const Value stream, dict_get_str(vm, cast<Dict>(cast<Module>(vm.sys_module).dictionary), *name));
    if (!stream.is_object() || holds_nothing(vm, stream)) continue;
    CEDE_CHECK(flush_if_open(vm, stream));
  }
  return Ok;
}

Status sys_fill_streams(VM& vm, Module& module) { return add_streams(vm, module, false); }

Status make_streams_unbuffered(VM& vm) { return add_streams(vm, cast<Module>(vm.sys_module), true); }

}  // namespace cede::stdlib
