// Builtin functions on any object: attributes, classes, text.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/builtins/functions.hpp"

namespace cede::stdlib {

Owned builtins_ascii(VM& vm, Ref obj) { return ascii(vm, obj); }
Owned builtins_repr(VM& vm, Ref obj) { return repr(vm, obj); }
bool builtins_callable(VM& vm, Ref obj) { return is_callable(vm, obj); }
Result<std::int64_t> builtins_hash(VM& vm, Ref obj) { return hash_value(vm, obj); }
Owned builtins_id(VM& vm, Ref obj) { return int_from_unsigned(vm, obj.bits); }
Result<bool> builtins_isinstance(VM& vm, Ref obj, Ref class_or_tuple) { return is_instance(vm, obj, class_or_tuple); }
Result<bool> builtins_issubclass(VM& vm, Ref cls, Ref class_or_tuple) { return is_subclass(vm, cls, class_or_tuple); }

Owned builtins_format(VM& vm, Ref value, Ref format_spec) {
  const Ref specification = format_spec.is_unbound() ? Ref(vm.empty_str) : format_spec;
  if (!is<Str>(specification))
    return vm.raise(TypeId::TypeError, "format() argument 2 must be str, not {}", display_name(type_of(vm, specification)));
  return format(vm, value, specification);
}

namespace {
// An attribute's name, or TypeError.
Result<Str*> attribute_name(VM& vm, Ref name) {
  if (Str* text = as<Str>(name)) return text;
  return vm.raise(TypeId::TypeError, "attribute name must be string, not '{}'", display_name(type_of(vm, name)));
}
}  // namespace

Owned builtins_getattr(VM& vm, Ref, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "getattr"));
  CEDE_CHECK(check_argument_count(vm, arguments, "getattr", 2, 3));
  CEDE_TRY(Str* const name, attribute_name(vm, arguments[1]));
  if (arguments.positional == 2) return get_attribute(vm, arguments[0], *name);
  CEDE_TRY(Value found, find_attribute(vm, arguments[0], *name));
  return found.is_unbound() ? Owned::share(arguments[2]) : found.take();
}

Result<bool> builtins_hasattr(VM& vm, Ref obj, Ref name) {
  CEDE_TRY(Str* const text, attribute_name(vm, name));
  return has_attribute(vm, obj, *text);
}
Status builtins_setattr(VM& vm, Ref obj, Ref name, Ref value) {
  CEDE_TRY(Str* const text, attribute_name(vm, name));
  return set_attribute(vm, obj, *text, value);
}
Status builtins_delattr(VM& vm, Ref obj, Ref name) {
  CEDE_TRY(Str* const text, attribute_name(vm, name));
  return set_attribute(vm, obj, *text, Unbound);
}

namespace {
Owned sorted_names(VM& vm, Ref names) {
  CEDE_TRY(Value list, list_from(vm, names));
  CEDE_CHECK(list_sort(vm, cast<List>(list), None, false));
  return list.take();
}
}  // namespace

Owned builtins_dir(VM& vm, Ref, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "dir"));
  CEDE_CHECK(check_argument_count(vm, arguments, "dir", 0, 1));
  if (arguments.positional == 0) {
    CEDE_TRY(const Value locals, current_locals(vm));
    CEDE_TRY(const Value keys, call_method(vm, locals, *vm.names.keys));
    return sorted_names(vm, keys);
  }
  CEDE_TRY(const Value method, find_special(vm, arguments[0], *vm.names.__dir__));
  if (method.is_unbound()) return vm.raise(TypeId::TypeError, "object does not provide __dir__");
  CEDE_TRY(const Value names, call(vm, method));
  return sorted_names(vm, names);
}

Owned builtins_vars(VM& vm, Ref, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "vars"));
  CEDE_CHECK(check_argument_count(vm, arguments, "vars", 0, 1));
  if (arguments.positional == 0) return current_locals(vm);
  CEDE_TRY(Value dictionary, find_attribute(vm, arguments[0], *vm.names.__dict__));
  if (dictionary.is_unbound()) return vm.raise(TypeId::TypeError, "vars() argument must have __dict__ attribute");
  return dictionary.take();
}

}  // namespace cede::stdlib
