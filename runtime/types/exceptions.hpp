// The objects of the builtin exceptions. `Unbound` in a field means that the attribute reads as None (or is
// absent where CPython says so). All exceptions have a __dict__, so they are made by make_instance or the
// functions below.
#pragma once

#include <span>

#include "runtime/core/native.hpp"

namespace cede {

extern const Layout base_exception_layout;
struct BaseException : Object {
  static const Layout* layout() { return &base_exception_layout; }
  static constexpr const char* type_name = "BaseException";
  Value args;       // Tuple
  Value traceback;  // Traceback; Unbound: None
  Value context, cause;
  bool suppress_context;
  template<class F> static void fields(BaseException& e, F&& field) {
    field(e.args);
    field(e.traceback);
    field(e.context);
    field(e.cause);
  }
};

extern const Layout stop_iteration_layout;
struct StopIterationObject : BaseException {
  static const Layout* layout() { return &stop_iteration_layout; }
  Value value;
  template<class F> static void fields(StopIterationObject& e, F&& field) { field(e.value); }
};
extern const Layout system_exit_layout;
struct SystemExitObject : BaseException {
  static const Layout* layout() { return &system_exit_layout; }
  Value code;
  template<class F> static void fields(SystemExitObject& e, F&& field) { field(e.code); }
};
extern const Layout import_error_layout;
struct ImportErrorObject : BaseException {
  static const Layout* layout() { return &import_error_layout; }
  Value msg, name, path, name_from;
  template<class F> static void fields(ImportErrorObject& e, F&& field) {
    field(e.msg);
    field(e.name);
    field(e.path);
    field(e.name_from);
  }
};
extern const Layout name_error_layout;
struct NameErrorObject : BaseException {
  static const Layout* layout() { return &name_error_layout; }
  Value name;
  template<class F> static void fields(NameErrorObject& e, F&& field) { field(e.name); }
};
extern const Layout attribute_error_layout;
struct AttributeErrorObject : BaseException {
  static const Layout* layout() { return &attribute_error_layout; }
  Value obj, name;
  template<class F> static void fields(AttributeErrorObject& e, F&& field) {
    field(e.obj);
    field(e.name);
  }
};
extern const Layout os_error_layout;
struct OSErrorObject : BaseException {
  static const Layout* layout() { return &os_error_layout; }
  Value error_number, strerror, filename, filename2;
  std::int64_t characters_written;  // -1: not set
  template<class F> static void fields(OSErrorObject& e, F&& field) {
    field(e.error_number);
    field(e.strerror);
    field(e.filename);
    field(e.filename2);
  }
};
extern const Layout syntax_error_layout;
struct SyntaxErrorObject : BaseException {
  static const Layout* layout() { return &syntax_error_layout; }
  Value msg, filename, lineno, offset, text, end_lineno, end_offset, print_file_and_line;
  template<class F> static void fields(SyntaxErrorObject& e, F&& field) {
    field(e.msg);
    field(e.filename);
    field(e.lineno);
    field(e.offset);
    field(e.text);
    field(e.end_lineno);
    field(e.end_offset);
    field(e.print_file_and_line);
  }
};
extern const Layout unicode_error_layout;
struct UnicodeErrorObject : BaseException {
  static const Layout* layout() { return &unicode_error_layout; }
  Value encoding, object, reason;
  std::int64_t start, end;
  template<class F> static void fields(UnicodeErrorObject& e, F&& field) {
    field(e.encoding);
    field(e.object);
    field(e.reason);
  }
};
extern const Layout exception_group_layout;
struct ExceptionGroupObject : BaseException {
  static const Layout* layout() { return &exception_group_layout; }
  static constexpr const char* type_name = "BaseExceptionGroup";
  Value message, exceptions;  // Str, Tuple
  template<class F> static void fields(ExceptionGroupObject& e, F&& field) {
    field(e.message);
    field(e.exceptions);
  }
};

inline bool is_exception(Ref value) { return is<BaseException>(value); }
inline bool is_exception_class(Ref value) {
  return is<Type>(value) && [&] {
    for (const Layout* l = cast<Type>(value).native->layout; l; l = l->base)
      if (l == &base_exception_layout) return true;
    return false;
  }();
}

// New exceptions, not raised. For builtin types no script code runs; a script subclass is called.
Owned exception_new(VM& vm, Type& type, std::span<const Bits> args);
Owned exception_new(VM& vm, TypeId id, std::string_view text);
Owned exception_new(VM& vm, TypeId id, Ref argument);  // type(argument); Unbound: type()
// OSError(number, text[, filename[, None, filename2]]) as the subclass that the number maps to.
Owned os_error_new(VM& vm, int error_number, Ref filename = Unbound, Ref filename2 = Unbound);
// The subclass of OSError that the error number maps to, or OSError.
TypeId os_error_type(int error_number);
std::string os_error_text(int error_number);
Owned unicode_encode_error_new(VM& vm, std::string_view encoding, Ref object, std::int64_t start,
                               std::int64_t end, std::string_view reason);
Owned unicode_decode_error_new(VM& vm, std::string_view encoding, Ref object, std::int64_t start,
                               std::int64_t end, std::string_view reason);

// ---- raising with the attributes that suggestions need
RaisedMark raise_attribute_error(VM& vm, Ref object, Str& name, std::string_view text);
RaisedMark raise_name_error(VM& vm, TypeId type, Str& name, std::string_view text);
RaisedMark raise_import_error(VM& vm, TypeId type, std::string_view text, Ref name, Ref path,
                              Ref name_from = Unbound);

// `except*`: splits into the part whose leaves match `types` (a class or tuple) and the rest; either is None
// if empty. A naked exception that matches is wrapped in a group.
Status exception_group_match(VM& vm, Ref exception, Ref types, Value& match, Value& rest);
// split by condition (class, tuple or callable) of an ExceptionGroupObject; None for an empty part.
Status exception_group_split(VM& vm, Ref group, Ref condition, Value& match, Value& rest);
// The result of an except* statement: what is to be raised again of `original` and the exceptions that
// handlers raised (a list), or None.
Owned exception_group_reraise(VM& vm, Ref original, Ref raised_list);
Status exception_add_note(VM& vm, Ref exception, std::string_view note);

// What raising does where `handled` (or nothing) is being handled: it becomes the context.
void exception_set_context(BaseException& exception, Ref handled);

}  // namespace cede
