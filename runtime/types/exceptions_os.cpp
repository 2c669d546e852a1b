// OSError: its five arguments, and the subclass that an error number stands for.
#include <cerrno>
#include <cstring>

#include "runtime/core/type_slots.hpp"
#include "runtime/types/exceptions_internal.hpp"

namespace cede {

constinit const Layout os_error_layout = layout_for<OSErrorObject>(&base_exception_layout);

namespace {

Status os_error_init(VM& vm, Ref self, const Arguments& arguments);
Owned os_error_construct(VM& vm, Type& type, const Arguments& arguments);

// A script subclass with an __init__ of its own (and no __new__) gets its arguments there, all others in
// __new__.
bool initialised_by_init(const Type& type) {
  return type.slots->init != os_error_init && type.slots->construct == os_error_construct;
}

Status check_no_keywords(VM& vm, const Type& type, const Arguments& arguments) {
  if (!arguments.keywords || !arguments.keywords->size) return Ok;
  return vm.raise(TypeId::TypeError, "{}() takes no keyword arguments", short_name(type));
}

bool is_number(VM& vm, Ref value) {
  const Slots& slots = *type_of(vm, value).slots;
  return slots.index || slots.integer || slots.floating;
}

// (errno, strerror[, filename[, winerror[, filename2]]]); others are only `args`.
Status set_fields(VM& vm, OSErrorObject& e, const Arguments& arguments) {
  CEDE_TRY(e.args, tuple_from_words(vm, arguments.values, arguments.positional));
  e.characters_written = -1;
  if (arguments.positional < 2 || arguments.positional > 5) return Ok;
  e.error_number = Value(arguments[0]);
  e.strerror = Value(arguments[1]);
  if (arguments.positional < 3 || arguments[2].is_none()) return Ok;
  if (e.type->id == TypeId::BlockingIOError && is_number(vm, arguments[2])) {
    CEDE_TRY(e.characters_written, index_int64(vm, arguments[2]));
    return Ok;
  }
  e.filename = Value(arguments[2]);
  if (arguments.positional == 5 && !arguments[4].is_none()) e.filename2 = Value(arguments[4]);
  CEDE_TRY(e.args, tuple_from_words(vm, arguments.values, 2));
  return Ok;
}

Owned os_error_construct(VM& vm, Type& type, const Arguments& arguments) {
  Type* made_type = &type;
  const bool later = initialised_by_init(type);
  if (!later) {
    CEDE_CHECK(check_no_keywords(vm, type, arguments));
    if (type.id == TypeId::OSError && arguments.positional >= 2 && arguments.positional <= 5 &&
        arguments[0].is_small())
      made_type = &vm.type(os_error_type(static_cast<int>(arguments[0].small())));
  }
  auto* made = make_instance<OSErrorObject>(vm, *made_type);
  if (!made) return raised;
  Value exception = Value::adopt(made);
  made->characters_written = -1;
  made->args = vm.empty_tuple;
  if (!later) CEDE_CHECK(set_fields(vm, *made, arguments));
  return exception;
}

Status os_error_init(VM& vm, Ref self, const Arguments& arguments) {
  const Type& type = type_of(vm, self);
  if (!initialised_by_init(type)) return Ok;
  CEDE_CHECK(check_no_keywords(vm, type, arguments));
  return set_fields(vm, cast<OSErrorObject>(self), arguments);
}

Result<std::string> text_of(VM& vm, Ref value, bool as_repr) {
  const Ref shown = value.is_unbound() ? None : value;
  CEDE_TRY(Value text, as_repr ? repr(vm, shown) : str(vm, shown));
  return std::string(cast<Str>(text).view());
}

Owned os_error_str(VM& vm, Ref self) {
  OSErrorObject& e = cast<OSErrorObject>(self);
  if (e.filename.is_unbound() && (e.error_number.is_unbound() || e.strerror.is_unbound()))
    return base_exception_str(vm, self);
  CEDE_TRY(const std::string number, text_of(vm, e.error_number, false));
  CEDE_TRY(const std::string message, text_of(vm, e.strerror, false));
  if (e.filename.is_unbound()) return str_from_utf8(vm, fmt::format("[Errno {}] {}", number, message));
  CEDE_TRY(const std::string filename, text_of(vm, e.filename, true));
  if (e.filename2.is_unbound())
    return str_from_utf8(vm, fmt::format("[Errno {}] {}: {}", number, message, filename));
  CEDE_TRY(const std::string filename2, text_of(vm, e.filename2, true));
  return str_from_utf8(vm, fmt::format("[Errno {}] {}: {} -> {}", number, message, filename, filename2));
}

Owned os_error_reduce(VM& vm, OSErrorObject& e) {
  Value args = e.args;
  if (cast<Tuple>(args).size == 2 && !e.filename.is_unbound()) {
    const Ref first = cast<Tuple>(e.args)[0], second = cast<Tuple>(e.args)[1];
    if (e.filename2.is_unbound()) {
      CEDE_TRY(args, tuple_of(vm, {first, second, e.filename}));
    } else {
      CEDE_TRY(args, tuple_of(vm, {first, second, e.filename, None, e.filename2}));
    }
  }
  CEDE_TRY(Value attributes, exception_attributes(vm, e));
  if (attributes.is_none()) return tuple_of(vm, {Ref(e.type), args});
  return tuple_of(vm, {Ref(e.type), args, attributes});
}

Owned get_characters_written(VM& vm, OSErrorObject& e) {
  if (e.characters_written == -1) return vm.raise(TypeId::AttributeError, "characters_written");
  return detail::to_owned(vm, e.characters_written);
}
Status set_characters_written(VM& vm, OSErrorObject& e, Ref value) {
  if (value.is_unbound()) {
    if (e.characters_written == -1) return vm.raise(TypeId::AttributeError, "characters_written");
    e.characters_written = -1;
    return Ok;
  }
  CEDE_TRY(e.characters_written, index_int64(vm, value));
  return Ok;
}

constexpr Method os_error_methods[] = {method<"__reduce__(self, /)", os_error_reduce>};
constexpr Property os_error_properties[] = {
    property<"characters_written", get_characters_written, set_characters_written>};
constexpr Member os_error_members[] = {exception_member("errno", 0, "POSIX exception code"),
                                       exception_member("strerror", 1, "exception strerror"),
                                       exception_member("filename", 2, "exception filename"),
                                       exception_member("filename2", 3, "second exception filename")};

constexpr Slots os_error_slots = inherit(object_slots, [](Slots& s) {
  s.repr = base_exception_repr;
  s.str = os_error_str;
  s.init = os_error_init;
  s.construct = os_error_construct;
});

}  // namespace

constinit const ExceptionFamily os_error_family = {&os_error_layout, &os_error_slots, os_error_methods,
                                                   os_error_properties, os_error_members};

TypeId os_error_type(int error_number) {
  switch (error_number) {
    case EAGAIN:
    case EALREADY:
    case EINPROGRESS: return TypeId::BlockingIOError;
    case EPIPE:
    case ESHUTDOWN: return TypeId::BrokenPipeError;
    case ECHILD: return TypeId::ChildProcessError;
    case ECONNABORTED: return TypeId::ConnectionAbortedError;
    case ECONNREFUSED: return TypeId::ConnectionRefusedError;
    case ECONNRESET: return TypeId::ConnectionResetError;
    case EEXIST: return TypeId::FileExistsError;
    case ENOENT: return TypeId::FileNotFoundError;
    case EISDIR: return TypeId::IsADirectoryError;
    case ENOTDIR: return TypeId::NotADirectoryError;
    case EINTR: return TypeId::InterruptedError;
    case EACCES:
    case EPERM: return TypeId::PermissionError;
    case ESRCH: return TypeId::ProcessLookupError;
    case ETIMEDOUT: return TypeId::TimeoutError;
    default: return TypeId::OSError;
  }
}

std::string os_error_text(int error_number) {
  char buffer[256];
  return strerror_r(error_number, buffer, sizeof buffer);
}

Owned os_error_new(VM& vm, int error_number, Ref filename, Ref filename2) {
  CEDE_TRY(Value message, str_from_utf8(vm, os_error_text(error_number)));
  const Bits words[] = {Ref::small(error_number).bits, message.bits(), filename.bits, None.bits,
                        filename2.bits};
  const std::size_t count = filename.is_unbound() ? 2 : filename2.is_unbound() ? 3 : 5;
  return exception_new(vm, vm.type(TypeId::OSError), std::span(words, count));
}

}  // namespace cede
