// StringIO: a text file in memory, as an array of code points.
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/io/io.hpp"

namespace cede::stdlib {

namespace {

struct StringIO : Object {
  [[maybe_unused]] static const Layout* layout();
  Buffer<char32_t> content;
  std::int64_t position = 0;
  TextNewline newline = TextNewline::Lf;
  bool ready = false, closed = false, pending_cr = false;
  std::uint8_t seen = 0;
  std::int64_t size() const { return static_cast<std::int64_t>(content.size()); }
  static void dispose(Heap& heap, StringIO& self) { self.content.free(heap); }
};
constinit const Layout string_io_layout = layout_for<StringIO>(&iobase_layout);
const Layout* StringIO::layout() { return &string_io_layout; }

bool universal(const StringIO& self) {
  return self.newline == TextNewline::Universal || self.newline == TextNewline::UniversalUntranslated;
}

Status check_open(VM& vm, const StringIO& self) {
  if (!self.ready) return vm.raise(TypeId::ValueError, "I/O operation on uninitialized object");
  return self.closed ? Status(raise_closed(vm, "I/O operation on closed file")) : Ok;
}

std::u32string_view rest(const StringIO& self) {
  if (self.position >= self.size()) return {};
  return {self.content.data() + self.position, static_cast<std::size_t>(self.size() - self.position)};
}
Value take(VM& vm, StringIO& self, std::size_t count) {
  const std::u32string_view text = rest(self).substr(0, count);
  Value made = str_from_code_points(vm, text);
  if (!made.is_raised()) self.position += static_cast<std::int64_t>(text.size());
  return made;
}

// Writes at the position, without translation; what lies between the end and the position becomes NULs.
Status put(VM& vm, StringIO& self, const Str& text) {
  const std::size_t at = static_cast<std::size_t>(self.position), old = self.content.size();
  std::size_t end;
  if (!add_sizes(at, text.length, end)) return vm.raise(TypeId::OverflowError, "new position too large");
  if (end > old) {
    if (!self.content.resize(vm.heap, end)) return vm.raise_memory_error();
    if (at > old) std::fill(self.content.data() + old, self.content.data() + at, U'\0');
  }
  char32_t* out = self.content.data() + at;
  for (const char32_t c : CodePoints(text.view())) *out++ = c;
  self.position = static_cast<std::int64_t>(end);
  return Ok;
}

Status write_text(VM& vm, StringIO& self, Str& text) {
  if (universal(self)) {
    CEDE_TRY(const Value translated, translate_newlines(vm, text, self.newline == TextNewline::Universal, true, self.pending_cr, self.seen));
    return put(vm, self, cast<Str>(translated));
  }
  CEDE_TRY(const Value expanded, expand_newlines(vm, text, self.newline));
  return put(vm, self, cast<Str>(expanded));
}

Owned string_io_construct(VM& vm, Type& type, const Arguments&) {
  StringIO* made = make_instance<StringIO>(vm, type);
  if (!made) return raised;
  return Value::adopt(made);
}

Status set_newline(VM& vm, StringIO& self, Ref newline) {
  if (!newline.is_none() && !is<Str>(newline))
    return vm.raise(TypeId::TypeError, "newline must be str or None, not {}", short_name(type_of(vm, newline)));
  if (parse_newline(newline, self.newline)) return Ok;
  const std::string shown = repr_text(vm, newline);
  return vm.raise(TypeId::ValueError, "illegal newline value: {}", shown);
}

Status init_body(VM& vm, StringIO& self, Ref initial, Ref newline) {
  self.ready = false;
  if (newline.is_unbound()) self.newline = TextNewline::Lf;
  else CEDE_CHECK(set_newline(vm, self, newline));
  if (!initial.is_none() && !initial.is_unbound() && !is<Str>(initial))
    return vm.raise(TypeId::TypeError, "initial_value must be str or None, not {}", short_name(type_of(vm, initial)));
  self.content.set_size(0);
  self.position = 0;
  self.pending_cr = false;
  self.seen = 0;
  if (is<Str>(initial)) CEDE_CHECK(write_text(vm, self, cast<Str>(initial)));
  self.position = 0;
  self.closed = false;
  self.ready = true;
  return Ok;
}
Status string_io_init(VM& vm, Ref self, const Arguments& arguments) {
  return call_body<"StringIO(initial_value='', newline='\\n')", init_body>(vm, cast<StringIO>(self), arguments).is_raised()
             ? Status(raised) : Ok;
}

// ---- methods

Owned string_io_getvalue(VM& vm, StringIO& self) {
  CEDE_CHECK(check_open(vm, self));
  return str_from_code_points(vm, {self.content.data(), self.content.size()});
}
Owned string_io_tell(VM& vm, StringIO& self) {
  CEDE_CHECK(check_open(vm, self));
  return int_from(vm, self.position);
}
Owned string_io_read(VM& vm, StringIO& self, Ref size) {
  CEDE_CHECK(check_open(vm, self));
  CEDE_TRY(const std::int64_t n, io_size_argument(vm, size));
  return take(vm, self, n < 0 ? std::u32string_view::npos : static_cast<std::size_t>(n));
}

Value read_line(VM& vm, StringIO& self, std::int64_t limit) {
  std::u32string_view text = rest(self);
  if (limit >= 0) text = text.substr(0, static_cast<std::size_t>(limit));
  std::size_t at = text.npos, size = 1;
  switch (self.newline) {
    case TextNewline::Universal:
    case TextNewline::Lf: at = text.find(U'\n'); break;
    case TextNewline::Cr: at = text.find(U'\r'); break;
    case TextNewline::CrLf: at = text.find(U"\r\n"); size = 2; break;
    case TextNewline::UniversalUntranslated:
      at = text.find_first_of(U"\r\n");
      if (at != text.npos && text[at] == U'\r' && at + 1 < text.size() && text[at + 1] == U'\n') size = 2;
      break;
  }
  return take(vm, self, at == text.npos ? text.size() : at + size);
}
Owned string_io_readline(VM& vm, StringIO& self, Ref size) {
  CEDE_CHECK(check_open(vm, self));
  CEDE_TRY(const std::int64_t limit, io_size_argument(vm, size));
  return read_line(vm, self, limit);
}

Owned string_io_write(VM& vm, StringIO& self, Ref text) {
  if (!is<Str>(text)) {
    CEDE_CHECK(self.ready ? Ok : check_open(vm, self));
    return vm.raise(TypeId::TypeError, "string argument expected, got '{}'", display_name(type_of(vm, text)));
  }
  CEDE_CHECK(check_open(vm, self));
  CEDE_CHECK(write_text(vm, self, cast<Str>(text)));
  return int_from(vm, static_cast<std::int64_t>(cast<Str>(text).length));
}

Owned string_io_truncate(VM& vm, StringIO& self, Ref size) {
  CEDE_CHECK(check_open(vm, self));
  CEDE_TRY(const std::int64_t n, io_size_argument(vm, size, self.position));
  if (n < 0) return vm.raise(TypeId::ValueError, "Negative size value {}", n);
  if (n < self.size()) self.content.set_size(static_cast<std::size_t>(n));
  return int_from(vm, n);
}

Owned string_io_seek(VM& vm, StringIO& self, std::int64_t position, int whence) {
  CEDE_CHECK(check_open(vm, self));
  if (whence < 0 || whence > 2) return vm.raise(TypeId::ValueError, "Invalid whence ({}, should be 0, 1 or 2)", whence);
  if (position < 0 && whence == 0) return vm.raise(TypeId::ValueError, "Negative seek position {}", position);
  if (position != 0 && whence != 0) return vm.raise(TypeId::OSError, "Can't do nonzero cur-relative seeks");
  if (whence != 1) self.position = whence == 2 ? self.size() : position;
  return int_from(vm, self.position);
}

Status string_io_close(VM& vm, StringIO& self) {
  self.closed = true;
  self.content.free(vm.heap);
  return Ok;
}
Result<bool> string_io_true(VM& vm, StringIO& self) {
  CEDE_CHECK(check_open(vm, self));
  return true;
}

Owned string_io_getstate(VM& vm, StringIO& self) {
  CEDE_TRY(const Value content, string_io_getvalue(vm, self));
  static constexpr std::string_view texts[] = {"", "", "\n", "\r", "\r\n"};
  Value newline{None};
  if (self.newline != TextNewline::Universal) {
    CEDE_TRY(newline, str_from_ascii(vm, texts[static_cast<int>(self.newline)]));
  }
  CEDE_TRY(const Value position, int_from(vm, self.position));
  Value attributes{None};
  if (Attributes* own = attributes_of(&self); own && (own->shape ? own->shape->count != 0 : own->dictionary != nullptr)) {
    CEDE_TRY(const Value dictionary, attributes_dict(vm, &self, *own));
    CEDE_TRY(attributes, dict_copy(vm, cast<Dict>(dictionary)));
  }
  return tuple_of(vm, {content, newline, position, attributes});
}

Owned string_io_setstate(VM& vm, StringIO& self, Ref state) {
  if (!is<Tuple>(state) || cast<Tuple>(state).size < 4)
    return vm.raise(TypeId::TypeError, "{}.__setstate__ argument should be 4-tuple, got {}", display_name(*self.type),
                    display_name(type_of(vm, state)));
  const Tuple& items = cast<Tuple>(state);
  CEDE_CHECK(init_body(vm, self, vm.empty_str, items[1]));
  // The text has its newlines already.
  if (!is<Str>(items[0]))
    return vm.raise(TypeId::TypeError, "first item of state must be a str, not {}", display_name(type_of(vm, items[0])));
  CEDE_CHECK(put(vm, self, cast<Str>(items[0])));
  if (!is_int(items[2]))
    return vm.raise(TypeId::TypeError, "third item of state must be an integer, got {}", display_name(type_of(vm, items[2])));
  CEDE_TRY(const std::int64_t position, index_int64(vm, items[2]));
  if (position < 0) return vm.raise(TypeId::ValueError, "position value cannot be negative");
  self.position = position;
  if (items[3].is_none()) return Owned::share(None);
  if (!is<Dict>(items[3]))
    return vm.raise(TypeId::TypeError, "fourth item of state should be a dict, got a {}", display_name(type_of(vm, items[3])));
  CEDE_TRY(const Value dictionary, attributes_dict(vm, &self, *attributes_of(&self)));
  CEDE_CHECK(dict_update(vm, cast<Dict>(dictionary), items[3]));
  return Owned::share(None);
}

Result<bool> string_io_closed(VM& vm, StringIO& self) {
  if (!self.ready) return vm.raise(TypeId::ValueError, "I/O operation on uninitialized object");
  return self.closed;
}
Owned string_io_newlines(VM& vm, StringIO& self) {
  CEDE_CHECK(check_open(vm, self));
  return universal(self) ? newlines_seen(vm, self.seen) : Owned::share(None);
}
Result<bool> string_io_line_buffering(VM& vm, StringIO& self) {
  CEDE_CHECK(check_open(vm, self));
  return false;
}

Owned string_io_next(VM& vm, Ref object) {
  StringIO& self = cast<StringIO>(object);
  CEDE_CHECK(check_open(vm, self));
  Value line;
  if (self.type == &vm.native_type(string_io_type)) {
    CEDE_TRY(line, read_line(vm, self, -1));
  } else {
    CEDE_TRY(line, call_method(vm, object, *vm.names.readline));
    if (!is<Str>(line))
      return vm.raise(TypeId::OSError, "readline() should have returned a str object, not '{}'", display_name(type_of(vm, line)));
  }
  return cast<Str>(line).length ? line.take() : Owned(Finished.bits);
}

constexpr Method methods[] = {
    method<"close(self, /)", string_io_close>,
    method<"getvalue(self, /)", string_io_getvalue>,
    method<"read(self, size=-1, /)", string_io_read>,
    method<"readline(self, size=-1, /)", string_io_readline>,
    method<"tell(self, /)", string_io_tell>,
    method<"truncate(self, pos=None, /)", string_io_truncate>,
    method<"seek(self, pos, whence=0, /)", string_io_seek>,
    method<"write(self, s, /)", string_io_write>,
    method<"seekable(self, /)", string_io_true>,
    method<"readable(self, /)", string_io_true>,
    method<"writable(self, /)", string_io_true>,
    method<"__getstate__(self, /)", string_io_getstate>,
    method<"__setstate__(self, state, /)", string_io_setstate>,
};
constexpr Property properties[] = {property<"closed", string_io_closed>, property<"newlines", string_io_newlines>,
                                   property<"line_buffering", string_io_line_buffering>};
const Slots slots = inherit(iobase_slots, [](Slots& s) {
  s.construct = string_io_construct;
  s.init = string_io_init;
  s.next = string_io_next;
});

}  // namespace

const NativeType string_io_type{
    .name = "_io.StringIO", .id = TypeId::Dynamic, .base = &text_iobase_type, .layout = &string_io_layout, .slots = &slots,
    .flags = io_type_flags, .methods = methods, .properties = properties,
    .doc =
        "Text I/O implementation using an in-memory buffer.\n\n"
        "The initial_value argument sets the value of object.  The newline\n"
        "argument is like the one of TextIOWrapper's constructor."};

}  // namespace cede::stdlib
