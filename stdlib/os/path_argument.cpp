// Reading paths.
#include "stdlib/os/path_argument.hpp"

#include "runtime/core/special_method.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/codecs.hpp"
#include "runtime/types/str.hpp"

namespace cede::stdlib {

Owned os_fspath(VM& vm, Ref path) {
  if (is<Str>(path) || is<Bytes>(path)) return Owned::share(path);
  Str& name = vm.intern("__fspath__");
  CEDE_TRY(Value made, call_special_method(vm, path, name));
  if (made.is_unbound())
    return vm.raise(TypeId::TypeError, "expected str, bytes or os.PathLike object, not {}", short_name(type_of(vm, path)));
  if (is<Str>(made) || is<Bytes>(made)) return made.take();
  return vm.raise(TypeId::TypeError, "expected {}.__fspath__() to return str or bytes, not {}", short_name(type_of(vm, path)),
                  short_name(type_of(vm, made)));
}

Result<std::string> host_text(VM& vm, Str& text) {
  if (text.is_ascii()) return std::string(text.view());
  CEDE_TRY(const Value bytes, encode_text(vm, text, "utf-8", "surrogateescape"));
  return std::string(cast<Bytes>(bytes).view());
}

Owned host_path(VM& vm, std::string_view text, bool as_bytes) {
  return as_bytes ? bytes_from(vm, text).take() : str_from_external(vm, text).take();
}

Status PathArgument::read(VM& vm, Ref path) {
  CEDE_TRY(object, os_fspath(vm, path));
  is_bytes = is<Bytes>(object);
  if (is_bytes) {
    text = cast<Bytes>(object).view();
  } else {
    CEDE_TRY(text, host_text(vm, cast<Str>(object)));
  }
  if (text.find('\0') != text.npos) return vm.raise(TypeId::ValueError, "embedded null byte");
  return Ok;
}

}  // namespace cede::stdlib
