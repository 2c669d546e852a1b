// TextIOWrapper: construction, configuration, state, and the type.
#include "runtime/host/host.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "stdlib/io/text.hpp"

namespace cede::stdlib {

namespace {

constinit const Layout text_layout = layout_for<TextWrapper>(&iobase_layout);

Owned text_construct(VM& vm, Type& type, const Arguments&) {
  TextWrapper* made = make_instance<TextWrapper>(vm, type);
  if (!made) return raised;
  return Value::adopt(made);
}

Status check_text_argument(VM& vm, Ref value, const char* function, const char* name) {
  if (value.is_none() || value.is_unbound()) return Ok;
  if (!is<Str>(value))
    return vm.raise(TypeId::TypeError, "{}() argument '{}' must be str or None, not {}", function, name, type_name(value, vm));
  if (cast<Str>(value).view().find('\0') != std::string_view::npos)
    return vm.raise(TypeId::ValueError, "embedded null character");
  return Ok;
}

Status read_newline(VM& vm, Ref newline, TextNewline& out) {
  if (parse_newline(newline, out)) return Ok;
  return vm.raise(TypeId::ValueError, "illegal newline value: {}", cast<Str>(newline).view());
}

// The encoding's name as the attribute shows it, and what decodes and encodes it.
Status set_encoding(VM& vm, TextWrapper& self, Ref encoding) {
  Value name;
  if (encoding.is_none() || encoding.is_unbound() || cast<Str>(encoding).view() == "locale") {
    CEDE_TRY(name, str_from_ascii(vm, locale_encoding(vm)));
  } else {
    name = Value(encoding);
  }
  const Encoding found = find_encoding(cast<Str>(name).view());
  if (found == Encoding::Unknown) return vm.raise(TypeId::LookupError, "unknown encoding: {}", cast<Str>(name).view());
  self.encoding = std::move(name);
  self.decoder = TextDecoder();
  self.decoder.encoding = found;
  return Ok;
}

Result<bool> ask(VM& vm, Ref buffer, std::string_view question) {
  CEDE_TRY(const Value answer, call_method(vm, buffer, vm.intern(question)));
  return is_truthy(vm, answer);
}

// What the buffer can do; nothing is looked up where all of it is native.
Status examine_buffer(VM& vm, TextWrapper& self) {
  if (Buffered* native = text_native_buffer(vm, self); native && is_exact_file(vm, native->raw)) {
    FileIO& file = cast<FileIO>(native->raw);
    CEDE_CHECK(file_check_open(vm, file));
    self.can_read = native->readable;
    self.can_write = native->writable;
    self.has_read1 = native->readable;
    if (file.seekable < 0 && file_seek(vm, file, 0, 1).is_raised()) vm.clear_error();
    self.seekable = file.seekable == 1;
    return Ok;
  }
  const Value buffer = self.buffer;
  CEDE_TRY(self.can_read, ask(vm, buffer, "readable"));
  CEDE_TRY(self.can_write, ask(vm, buffer, "writable"));
  CEDE_TRY(self.seekable, ask(vm, buffer, "seekable"));
  CEDE_TRY(const Value read1, find_attribute(vm, buffer, "read1"));
  self.has_read1 = !read1.is_unbound();
  return Ok;
}

Status set_up(VM& vm, TextWrapper& self, Ref buffer, Ref encoding, Ref errors, TextNewline newline, bool line_buffering,
              bool write_through) {
  self.ready = self.detached = false;
  self.decoded.reset();
  self.snapshot.reset();
  self.taken = 0;
  self.pending.set_size(0);
  CEDE_CHECK(set_encoding(vm, self, encoding));
  if (errors.is_none() || errors.is_unbound()) self.errors = Value(Ref(*vm.names.strict));
  else self.errors = Value(errors);
  self.newline = newline;
  self.line_buffering = line_buffering;
  self.write_through = write_through;
  self.buffer = Value(buffer);
  CEDE_CHECK(examine_buffer(vm, self));
  self.telling = self.seekable;
  CEDE_CHECK(text_fix_encoder(vm, self));
  self.ready = true;
  return Ok;
}

Status init_body(VM& vm, TextWrapper& self, Ref buffer, Ref encoding, Ref errors, Ref newline, bool line_buffering, bool write_through) {
  CEDE_CHECK(check_text_argument(vm, encoding, "TextIOWrapper", "encoding"));
  CEDE_CHECK(check_text_argument(vm, errors, "TextIOWrapper", "errors"));
  CEDE_CHECK(check_text_argument(vm, newline, "TextIOWrapper", "newline"));
  TextNewline parsed;
  self.ready = false;
  CEDE_CHECK(read_newline(vm, newline, parsed));
  return set_up(vm, self, buffer, encoding, errors, parsed, line_buffering, write_through);
}
Status text_init(VM& vm, Ref self, const Arguments& arguments) {
  return call_body<"TextIOWrapper(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
                   init_body>(vm, cast<TextWrapper>(self), arguments).is_raised() ? Status(raised) : Ok;
}

// None keeps a flag; else an integer.
Status read_flag(VM& vm, Ref value, bool& flag) {
  if (value.is_none()) return Ok;
  CEDE_TRY(const std::int64_t number, index_int64(vm, value));
  flag = number != 0;
  return Ok;
}

Status text_reconfigure(VM& vm, TextWrapper& self, Ref encoding, Ref errors, Ref newline, Ref line_buffering, Ref write_through) {
  CEDE_CHECK(check_text_argument(vm, encoding, "reconfigure", "encoding"));
  CEDE_CHECK(check_text_argument(vm, errors, "reconfigure", "errors"));
  const bool new_newline = !newline.is_unbound() && newline != EllipsisValue;
  if (!self.decoded.is_unbound() && (!encoding.is_none() || !errors.is_none() || new_newline))
    return raise_unsupported(vm, "It is not possible to set the encoding or newline of stream after the first read");
  TextNewline parsed = self.newline;
  if (new_newline) {
    if (!newline.is_none() && !is<Str>(newline))
      return vm.raise(TypeId::TypeError, "reconfigure() argument 'newline' must be str or None, not {}", type_name(newline, vm));
    CEDE_CHECK(read_newline(vm, newline, parsed));
  }
  bool lines = self.line_buffering, through = self.write_through;
  CEDE_CHECK(read_flag(vm, line_buffering, lines));
  CEDE_CHECK(read_flag(vm, write_through, through));
  CEDE_CHECK(text_flush(vm, self));
  if (!encoding.is_none() || !errors.is_none() || new_newline) {
    const bool sets_encoding = !encoding.is_none();
    if (sets_encoding) CEDE_CHECK(set_encoding(vm, self, encoding));
    if (!errors.is_none()) self.errors = Value(errors);
    else if (sets_encoding) self.errors = Value(Ref(*vm.names.strict));
    self.newline = parsed;
    CEDE_CHECK(text_fix_encoder(vm, self));
  }
  self.line_buffering = lines;
  self.write_through = through;
  return Ok;
}

Owned text_detach(VM& vm, TextWrapper& self) {
  CEDE_CHECK(text_check_ready(vm, self));
  CEDE_TRY(const Value flushed, call_method(vm, &self, *vm.names.flush));
  Value buffer = std::move(self.buffer);
  self.detached = true;
  return buffer.take();
}

Owned text_close(VM& vm, TextWrapper& self) {
  CEDE_CHECK(text_check_ready(vm, self));
  const Value buffer = self.buffer;
  CEDE_TRY(const bool closed, io_is_closed(vm, &self));
  if (closed) return Owned::share(None);
  if (self.finalizing) {
    if (Value(call_method(vm, buffer, vm.intern("_dealloc_warn"), &self)).is_raised()) vm.clear_error();
  }
  Value failure;
  if (Value(call_method(vm, &self, *vm.names.flush)).is_raised()) failure = vm.take_error();
  Value result = call_method(vm, buffer, *vm.names.close);
  CEDE_CHECK(chain_failures(vm, std::move(failure), result.is_raised() ? Status(raised) : Ok));
  return result.take();
}

Owned ask_buffer(VM& vm, TextWrapper& self, std::string_view question) {
  CEDE_CHECK(text_check_ready(vm, self));
  const Value buffer = self.buffer;
  return call_method(vm, buffer, vm.intern(question));
}
Owned text_fileno(VM& vm, TextWrapper& self) { return ask_buffer(vm, self, "fileno"); }
Owned text_seekable(VM& vm, TextWrapper& self) { return ask_buffer(vm, self, "seekable"); }
Owned text_readable(VM& vm, TextWrapper& self) { return ask_buffer(vm, self, "readable"); }
Owned text_writable(VM& vm, TextWrapper& self) { return ask_buffer(vm, self, "writable"); }
Owned text_isatty(VM& vm, TextWrapper& self) { return ask_buffer(vm, self, "isatty"); }

// ---- attributes

Owned buffer_attribute(VM& vm, TextWrapper& self, std::string_view name) {
  CEDE_CHECK(text_check_ready(vm, self));
  const Value buffer = self.buffer;
  return get_attribute(vm, buffer, name);
}
Owned text_name(VM& vm, TextWrapper& self) { return buffer_attribute(vm, self, "name"); }
Owned text_closed(VM& vm, TextWrapper& self) { return buffer_attribute(vm, self, "closed"); }
Value none_if_absent(const Value& value) { return value.is_unbound() ? Value(None) : value; }
Value text_buffer(VM&, TextWrapper& self) { return none_if_absent(self.buffer); }
Value text_encoding(VM&, TextWrapper& self) { return none_if_absent(self.encoding); }
Owned text_errors(VM& vm, TextWrapper& self) {
  if (!self.ready) return vm.raise(TypeId::ValueError, "I/O operation on uninitialized object");
  return Owned::share(self.errors);
}
Owned text_newlines(VM& vm, TextWrapper& self) {
  CEDE_CHECK(text_check_ready(vm, self));
  return self.can_read && self.universal() ? newlines_seen(vm, self.decoder.seen) : Owned::share(None);
}
bool text_line_buffering(VM&, TextWrapper& self) { return self.line_buffering; }
bool text_write_through(VM&, TextWrapper& self) { return self.write_through; }
bool text_finalizing(VM&, TextWrapper& self) { return self.finalizing; }
Status set_finalizing(VM& vm, TextWrapper& self, Ref value) {
  CEDE_TRY(self.finalizing, is_truthy(vm, value));
  return Ok;
}
Owned text_chunk_size(VM& vm, TextWrapper& self) {
  CEDE_CHECK(text_check_ready(vm, self));
  return int_from(vm, self.chunk_size);
}
Status set_chunk_size(VM& vm, TextWrapper& self, Ref value) {
  CEDE_CHECK(text_check_ready(vm, self));
  if (value.is_unbound()) return vm.raise(TypeId::AttributeError, "cannot delete attribute");
  CEDE_TRY(const std::int64_t size, index_int64(vm, value));
  if (size <= 0) return vm.raise(TypeId::ValueError, "a strictly positive integer is required");
  self.chunk_size = size;
  return Ok;
}

// " name='x'", or nothing if there is no such attribute.
Status append_attribute(VM& vm, StringBuilder& out, Ref self, Str& attribute) {
  Value value = find_attribute(vm, self, attribute);
  if (value.is_raised()) {
    if (!vm.error_is(TypeId::ValueError)) return raised;
    vm.clear_error();
    return Ok;
  }
  if (value.is_unbound()) return Ok;
  CEDE_CHECK(out.append(fmt::format(" {}=", attribute.view())));
  return out.append_repr(value);
}

Owned text_repr(VM& vm, Ref object) {
  TextWrapper& self = cast<TextWrapper>(object);
  if (!self.ready) return vm.raise(TypeId::ValueError, "I/O operation on uninitialized object");
  const std::string_view type = display_name(type_of(vm, object));
  ReprGuard guard(vm, object);
  if (!guard.entered()) return vm.raise(TypeId::RuntimeError, "reentrant call inside {}.__repr__", type);
  StringBuilder out(vm);
  CEDE_CHECK(out.append('<'));
  CEDE_CHECK(out.append(type));
  CEDE_CHECK(append_attribute(vm, out, object, *vm.names.name));
  CEDE_CHECK(append_attribute(vm, out, object, *vm.names.mode));
  CEDE_CHECK(out.append(" encoding="));
  const Value encoding = self.encoding;
  CEDE_CHECK(out.append_repr(encoding));
  CEDE_CHECK(out.append('>'));
  return out.finish();
}

constexpr Method own_methods[] = {
    method<"detach(self, /)", text_detach>,
    method<"reconfigure(self, /, *, encoding=None, errors=None, newline=<unrepresentable>, line_buffering=None, write_through=None)",
           text_reconfigure>,
    method<"close(self, /)", text_close>,
    method<"fileno(self, /)", text_fileno>,
    method<"seekable(self, /)", text_seekable>,
    method<"readable(self, /)", text_readable>,
    method<"writable(self, /)", text_writable>,
    method<"isatty(self, /)", text_isatty>,
    raw_method<"__reduce__(self, /)", io_cannot_pickle>,
    raw_method<"__reduce_ex__(self, protocol, /)", io_cannot_pickle>,
};
const std::vector<Method> methods = [] {
  std::vector<Method> all(std::begin(own_methods), std::end(own_methods));
  for (const auto& table : {text_read_methods, text_write_methods, text_position_methods})
    all.insert(all.end(), table.begin(), table.end());
  return all;
}();
constexpr Property properties[] = {
    property<"encoding", text_encoding>, property<"buffer", text_buffer>, property<"line_buffering", text_line_buffering>,
    property<"write_through", text_write_through>, property<"_finalizing", text_finalizing, set_finalizing>,
    property<"name", text_name>, property<"closed", text_closed>, property<"newlines", text_newlines>,
    property<"errors", text_errors>, property<"_CHUNK_SIZE", text_chunk_size, set_chunk_size>};
const Slots slots = inherit(iobase_slots, [](Slots& s) {
  s.construct = text_construct;
  s.init = text_init;
  s.repr = text_repr;
  s.next = text_next;
});

}  // namespace

const Layout* TextWrapper::layout() { return &text_layout; }

const NativeType text_wrapper_type{
    .name = "_io.TextIOWrapper", .id = TypeId::Dynamic, .base = &text_iobase_type, .layout = &text_layout, .slots = &slots,
    .flags = io_type_flags, .methods = methods, .properties = properties,
    .doc =
        "Character and line based layer over a BufferedIOBase object, buffer.\n\n"
        "encoding gives the name of the encoding that the stream will be\n"
        "decoded or encoded with. It defaults to locale.getencoding().\n\n"
        "errors determines the strictness of encoding and decoding (see\n"
        "help(codecs.Codec) or the documentation for codecs.register) and\n"
        "defaults to \"strict\".\n\n"
        "newline controls how line endings are handled. It can be None, '',\n"
        "'\\n', '\\r', and '\\r\\n'.  It works as follows:\n\n"
        "* On input, if newline is None, universal newlines mode is\n"
        "  enabled. Lines in the input can end in '\\n', '\\r', or '\\r\\n', and\n"
        "  these are translated into '\\n' before being returned to the\n"
        "  caller. If it is '', universal newline mode is enabled, but line\n"
        "  endings are returned to the caller untranslated. If it has any of\n"
        "  the other legal values, input lines are only terminated by the given\n"
        "  string, and the line ending is returned to the caller untranslated.\n\n"
        "* On output, if newline is None, any '\\n' characters written are\n"
        "  translated to the system default line separator, os.linesep. If\n"
        "  newline is '' or '\\n', no translation takes place. If newline is any\n"
        "  of the other legal values, any '\\n' characters written are translated\n"
        "  to the given string.\n\n"
        "If line_buffering is True, a call to flush is implied when a call to\n"
        "write contains a newline character."};

Status text_check_ready(VM& vm, const TextWrapper& self) {
  if (!self.ready) return vm.raise(TypeId::ValueError, "I/O operation on uninitialized object");
  if (self.detached) return vm.raise(TypeId::ValueError, "underlying buffer has been detached");
  return Ok;
}

Buffered* text_native_buffer(VM& vm, const TextWrapper& self) {
  const Ref buffer = self.buffer;
  if (!buffer.is_object()) return nullptr;
  const Type* type = buffer.object()->type;
  const bool native = type == &vm.native_type(buffered_writer_type) || type == &vm.native_type(buffered_reader_type) ||
                      type == &vm.native_type(buffered_random_type);
  return native && cast<Buffered>(buffer).ready ? &cast<Buffered>(buffer) : nullptr;
}

Status text_check_open(VM& vm, TextWrapper& self) {
  CEDE_CHECK(text_check_ready(vm, self));
  bool closed;
  if (Buffered* native = text_native_buffer(vm, self); native && self.type == &vm.native_type(text_wrapper_type)) {
    CEDE_TRY(closed, buffered_closed(vm, *native));
  } else {
    CEDE_TRY(closed, io_is_closed(vm, &self));
  }
  return closed ? Status(raise_closed(vm)) : Ok;
}

Owned text_wrapper_new(VM& vm, Ref buffer, Ref encoding, Ref errors, TextNewline newline, bool line_buffering, bool write_through) {
  TextWrapper* made = make_instance<TextWrapper>(vm, vm.native_type(text_wrapper_type));
  if (!made) return raised;
  Value text = Value::adopt(made);
  CEDE_CHECK(set_up(vm, *made, buffer, encoding, errors, newline, line_buffering, write_through));
  return text.take();
}

std::string_view locale_encoding(VM& vm) {
  std::string all, type, language, mode;
  for (const std::string& entry : vm.host.environment()) {
    const auto value = [&](std::string_view name, std::string& out) {
      if (entry.size() > name.size() && entry.starts_with(name) && entry[name.size()] == '=') out = entry.substr(name.size() + 1);
    };
    value("LC_ALL", all);
    value("LC_CTYPE", type);
    value("LANG", language);
    value("PYTHONUTF8", mode);
  }
  if (mode == "1") return "utf-8";
  const std::string& locale = !all.empty() ? all : !type.empty() ? type : language;
  // Without a locale, or in the C locale, everything is UTF-8 (the UTF-8 mode of CPython).
  if (mode != "0" && (locale.empty() || locale == "C" || locale == "POSIX")) return "utf-8";
  return "UTF-8";
}

}  // namespace cede::stdlib
