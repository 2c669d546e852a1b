// What the files of the exceptions share: construction and the parts of each family's NativeType.
#pragma once

#include "runtime/types/exceptions.hpp"

namespace cede {

// What an exception type has beyond its base.
struct ExceptionFamily {
  const Layout* layout;
  const Slots* slots;
  std::span<const Method> methods = {};
  std::span<const Property> properties = {};
  std::span<const Member> members = {};
};
extern const ExceptionFamily base_exception_family, stop_iteration_family, system_exit_family,
    import_error_family, name_error_family, attribute_error_family, key_error_family, os_error_family,
    syntax_error_family, unicode_decode_error_family, unicode_encode_error_family,
    unicode_translate_error_family, exception_group_family;

extern const Slots base_exception_slots;

// The place of a field among the words that follow BaseException.
constexpr std::uint32_t exception_field(std::uint32_t index) {
  return static_cast<std::uint32_t>(sizeof(BaseException)) + index * 8;
}
constexpr Member exception_member(const char* name, std::uint32_t index, const char* doc,
                                  bool read_only = false) {
  return {name, exception_field(index), read_only, true, doc};
}

// __new__ of a family: an instance with `args`.
template<class T> Owned exception_construct(VM& vm, Type& type, const Arguments& arguments) {
  T* made = make_instance<T>(vm, type);
  if (!made) return raised;
  Value exception = Value::adopt(made);
  CEDE_TRY(made->args, tuple_from_words(vm, arguments.values, arguments.positional));
  return exception;
}
Status base_exception_init(VM& vm, Ref self, const Arguments& arguments);
Owned base_exception_str(VM& vm, Ref self);
Owned base_exception_repr(VM& vm, Ref self);

// Sets `args`; keyword arguments of the given names go to the values (Unbound where absent).
struct ExceptionKeyword {
  std::string_view name;
  Value* value;
};
Status exception_init_keywords(VM& vm, Ref self, std::string_view function, const Arguments& arguments,
                               std::initializer_list<ExceptionKeyword> keywords);
// The instance's __dict__ without making one; None if it has no attributes.
Owned exception_attributes(VM& vm, Ref self);

}  // namespace cede
