// SyntaxError and the Unicode errors: exceptions whose arguments are read by position into many fields.
#include "runtime/types/exceptions_internal.hpp"

namespace cede {

constinit const Layout syntax_error_layout = layout_for<SyntaxErrorObject>(&base_exception_layout);
constinit const Layout unicode_error_layout = layout_for<UnicodeErrorObject>(&base_exception_layout);

namespace {

// ---- SyntaxError(message, (filename, line, offset, text[, end line, end offset]))

Status syntax_error_location(VM& vm, SyntaxErrorObject& e, Ref given) {
  CEDE_TRY(Value tuple, tuple_from(vm, given));
  const Tuple& info = cast<Tuple>(tuple);
  if (info.size < 4)
    return vm.raise(TypeId::TypeError, "function takes at least 4 arguments ({} given)", info.size);
  if (info.size > 6)
    return vm.raise(TypeId::TypeError, "function takes at most 6 arguments ({} given)", info.size);
  Value* fields[] = {&e.filename, &e.lineno, &e.offset, &e.text, &e.end_lineno, &e.end_offset};
  for (std::size_t i = 0; i < 6; ++i) *fields[i] = i < info.size ? Value(info[i]) : Value();
  if (info.size == 5)
    return vm.raise(TypeId::TypeError, "end_offset must be provided when end_lineno is provided");
  return Ok;
}

Status syntax_error_init(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_CHECK(base_exception_init(vm, self, arguments));
  SyntaxErrorObject& e = cast<SyntaxErrorObject>(self);
  if (arguments.positional >= 1) e.msg = Value(arguments[0]);
  return arguments.positional == 2 ? syntax_error_location(vm, e, arguments[1]) : Ok;
}

Owned syntax_error_str(VM& vm, Ref self) {
  SyntaxErrorObject& e = cast<SyntaxErrorObject>(self);
  CEDE_TRY(Value message, str(vm, e.msg.is_unbound() ? None : e.msg.ref()));
  std::string text(cast<Str>(message).view());
  const Str* filename = as<Str>(e.filename);
  const bool has_line = e.lineno.ref().is_small();
  if (!filename && !has_line) return message;
  text += " (";
  if (filename) {
    const std::string_view path = filename->view();
    text += path.substr(path.rfind('/') + 1);
  }
  if (has_line) text += fmt::format("{}line {}", filename ? ", " : "", e.lineno.ref().small());
  return str_from_utf8(vm, text + ")");
}

constexpr Member syntax_error_members[] = {
    exception_member("msg", 0, "exception msg"),
    exception_member("filename", 1, "exception filename"),
    exception_member("lineno", 2, "exception lineno"),
    exception_member("offset", 3, "exception offset"),
    exception_member("text", 4, "exception text"),
    exception_member("end_lineno", 5, "exception end lineno"),
    exception_member("end_offset", 6, "exception end offset"),
    exception_member("print_file_and_line", 7, "exception print_file_and_line")};

constexpr Slots syntax_error_slots = inherit(object_slots, [](Slots& s) {
  s.repr = base_exception_repr;
  s.str = syntax_error_str;
  s.init = syntax_error_init;
  s.construct = exception_construct<SyntaxErrorObject>;
});

// ---- Unicode errors: ([encoding,] object, start, end, reason)

Status expect_str(VM& vm, const Arguments& arguments, std::size_t at, Value& out) {
  if (!is<Str>(arguments[at]))
    return vm.raise(TypeId::TypeError, "argument {} must be str, not {}", at + 1,
                    display_name(type_of(vm, arguments[at])));
  out = Value(arguments[at]);
  return Ok;
}

// A bytes object as it is; another buffer as bytes.
Status expect_bytes(VM& vm, Ref given, Value& out) {
  const Type& type = type_of(vm, given);
  if (is_subtype(type, vm.type(TypeId::Bytes))) {
    out = Value(given);
    return Ok;
  }
  if (!is_subtype(type, vm.type(TypeId::ByteArray)) && !is_subtype(type, vm.type(TypeId::MemoryView)))
    return vm.raise(TypeId::TypeError, "a bytes-like object is required, not '{}'", display_name(type));
  CEDE_TRY(out, call(vm, vm.type(TypeId::Bytes), given));
  return Ok;
}

enum class UnicodeKind { Decode, Encode, Translate };

template<UnicodeKind Kind> Status unicode_error_init(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_CHECK(base_exception_init(vm, self, arguments));
  UnicodeErrorObject& e = cast<UnicodeErrorObject>(self);
  constexpr std::uint32_t count = Kind == UnicodeKind::Translate ? 4 : 5;
  if (arguments.positional != count)
    return vm.raise(TypeId::TypeError, "function takes exactly {} arguments ({} given)", count,
                    arguments.positional);
  std::size_t at = 0;
  if (Kind != UnicodeKind::Translate) CEDE_CHECK(expect_str(vm, arguments, at++, e.encoding));
  if (Kind == UnicodeKind::Decode)
    e.object = Value(arguments[at++]);
  else
    CEDE_CHECK(expect_str(vm, arguments, at++, e.object));
  CEDE_TRY(e.start, index_int64(vm, arguments[at]));
  CEDE_TRY(e.end, index_int64(vm, arguments[at + 1]));
  CEDE_CHECK(expect_str(vm, arguments, at + 2, e.reason));
  if (Kind == UnicodeKind::Decode) CEDE_CHECK(expect_bytes(vm, arguments[1], e.object));
  return Ok;
}

Result<std::string> field_text(VM& vm, const Value& field) {
  CEDE_TRY(Value text, str(vm, field.is_unbound() ? None : field.ref()));
  return std::string(cast<Str>(text).view());
}

// The character at `start`, as an escape.
Result<std::string> character_text(VM& vm, UnicodeErrorObject& e) {
  CEDE_TRY(Value character, get_item(vm, e.object, Ref::small(e.start)));
  std::uint32_t code = 0;
  const std::string_view bytes = is<Str>(character) ? cast<Str>(character).view() : std::string_view();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (i)
      code = code << 6 | (byte & 0x3F);
    else
      code = byte < 0x80 ? byte : byte < 0xE0 ? byte & 0x1F : byte < 0xF0 ? byte & 0x0F : byte & 0x07;
  }
  if (code <= 0xFF) return fmt::format("\\x{:02x}", code);
  return code <= 0xFFFF ? fmt::format("\\u{:04x}", code) : fmt::format("\\U{:08x}", code);
}

template<UnicodeKind Kind> Owned unicode_error_str(VM& vm, Ref self) {
  UnicodeErrorObject& e = cast<UnicodeErrorObject>(self);
  if (e.object.is_unbound()) return Owned::share(vm.empty_str);  // __init__ was not called
  CEDE_TRY(const std::string encoding, field_text(vm, e.encoding));
  CEDE_TRY(const std::string reason, field_text(vm, e.reason));
  CEDE_TRY(const std::int64_t size, length(vm, e.object));
  const bool single = e.start < size && e.end == e.start + 1;
  const std::string codec =
      Kind == UnicodeKind::Translate ? std::string() : fmt::format("'{}' codec ", encoding);
  const char* verb = Kind == UnicodeKind::Decode   ? "decode"
                     : Kind == UnicodeKind::Encode ? "encode"
                                                   : "translate";
  std::string where;
  if (!single) {
    where = fmt::format("{} in position {}-{}", Kind == UnicodeKind::Decode ? "bytes" : "characters", e.start,
                        e.end - 1);
  } else if (Kind == UnicodeKind::Decode) {
    CEDE_TRY(Value byte, get_item(vm, e.object, Ref::small(e.start)));
    where =
        fmt::format("byte 0x{:02x} in position {}", byte.ref().is_small() ? byte.ref().small() : 0, e.start);
  } else {
    CEDE_TRY(const std::string character, character_text(vm, e));
    where = fmt::format("character '{}' in position {}", character, e.start);
  }
  return str_from_utf8(vm, fmt::format("{}can't {} {}: {}", codec, verb, where, reason));
}

template<std::int64_t UnicodeErrorObject::*Field> std::int64_t get_position(VM&, UnicodeErrorObject& e) {
  return e.*Field;
}
template<std::int64_t UnicodeErrorObject::*Field>
Status set_position(VM& vm, UnicodeErrorObject& e, Ref value) {
  if (value.is_unbound()) return vm.raise(TypeId::TypeError, "can't delete numeric/char attribute");
  if (!type_of(vm, value).slots->index) return vm.raise(TypeId::TypeError, "an integer is required");
  CEDE_TRY(e.*Field, index_int64(vm, value));
  return Ok;
}

constexpr Member unicode_error_members[] = {exception_member("encoding", 0, "exception encoding"),
                                            exception_member("object", 1, "exception object"),
                                            exception_member("reason", 2, "exception reason")};
constexpr Property unicode_error_properties[] = {
    property<"start", get_position<&UnicodeErrorObject::start>, set_position<&UnicodeErrorObject::start>>,
    property<"end", get_position<&UnicodeErrorObject::end>, set_position<&UnicodeErrorObject::end>>};

template<UnicodeKind Kind>
constexpr Slots unicode_error_slots = inherit(object_slots, [](Slots& s) {
  s.repr = base_exception_repr;
  s.str = unicode_error_str<Kind>;
  s.init = unicode_error_init<Kind>;
  s.construct = exception_construct<UnicodeErrorObject>;
});

Owned unicode_error_new(VM& vm, TypeId id, std::string_view encoding, Ref object, std::int64_t start,
                        std::int64_t end, std::string_view reason) {
  CEDE_TRY(Value encoding_text, str_from_utf8(vm, encoding));
  CEDE_TRY(Value reason_text, str_from_utf8(vm, reason));
  const Bits words[] = {encoding_text.bits(), object.bits, Ref::small(start).bits, Ref::small(end).bits,
                        reason_text.bits()};
  return exception_new(vm, vm.type(id), words);
}

}  // namespace

constinit const ExceptionFamily syntax_error_family = {
    &syntax_error_layout, &syntax_error_slots, {}, {}, syntax_error_members};
constinit const ExceptionFamily unicode_decode_error_family = {&unicode_error_layout,
                                                               &unicode_error_slots<UnicodeKind::Decode>,
                                                               {},
                                                               unicode_error_properties,
                                                               unicode_error_members};
constinit const ExceptionFamily unicode_encode_error_family = {&unicode_error_layout,
                                                               &unicode_error_slots<UnicodeKind::Encode>,
                                                               {},
                                                               unicode_error_properties,
                                                               unicode_error_members};
constinit const ExceptionFamily unicode_translate_error_family = {
    &unicode_error_layout,
    &unicode_error_slots<UnicodeKind::Translate>,
    {},
    unicode_error_properties,
    unicode_error_members};

Owned unicode_encode_error_new(VM& vm, std::string_view encoding, Ref object, std::int64_t start,
                               std::int64_t end, std::string_view reason) {
  return unicode_error_new(vm, TypeId::UnicodeEncodeError, encoding, object, start, end, reason);
}
Owned unicode_decode_error_new(VM& vm, std::string_view encoding, Ref object, std::int64_t start,
                               std::int64_t end, std::string_view reason) {
  return unicode_error_new(vm, TypeId::UnicodeDecodeError, encoding, object, start, end, reason);
}

}  // namespace cede
