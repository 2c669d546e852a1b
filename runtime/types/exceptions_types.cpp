// The NativeTypes of the builtin exceptions, from exceptions.def: each has the family of its own name, or
// else its base's layout and slots.
#include "runtime/types/exceptions_internal.hpp"

namespace cede {
namespace {

constexpr const ExceptionFamily* own_family(TypeId id) {
  switch (id) {
    case TypeId::BaseException: return &base_exception_family;
    case TypeId::BaseExceptionGroup: return &exception_group_family;
    case TypeId::StopIteration: return &stop_iteration_family;
    case TypeId::SystemExit: return &system_exit_family;
    case TypeId::ImportError: return &import_error_family;
    case TypeId::NameError: return &name_error_family;
    case TypeId::AttributeError: return &attribute_error_family;
    case TypeId::KeyError: return &key_error_family;
    case TypeId::OSError: return &os_error_family;
    case TypeId::SyntaxError: return &syntax_error_family;
    case TypeId::UnicodeDecodeError: return &unicode_decode_error_family;
    case TypeId::UnicodeEncodeError: return &unicode_encode_error_family;
    case TypeId::UnicodeTranslateError: return &unicode_translate_error_family;
    default: return nullptr;
  }
}

constexpr TypeId base_of(TypeId id) {
  switch (id) {
// clang-format off
#define EXCEPTION(name, base) case TypeId::name: return TypeId::base;
#include "runtime/core/exceptions.def"
// clang-format on
    default: return TypeId::BaseException;
  }
}

constexpr const ExceptionFamily* family_of(TypeId id) {
  const ExceptionFamily* own = own_family(id);
  return own ? own : family_of(base_of(id));
}

constexpr const char* doc_of(TypeId id) {
  switch (id) {
// clang-format off
#define DOC(name, text) case TypeId::name: return text;
#include "runtime/types/exceptions_docs.inc"
// clang-format on
    default: return nullptr;
  }
}

NativeType describe(TypeId id, const char* name, const NativeType* base) {
  const ExceptionFamily& family = *family_of(id);
  NativeType type{};
  type.name = name;
  type.id = id;
  type.base = base;
  type.layout = family.layout;
  type.slots = family.slots;
  type.flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::HasAttributes;
  if (id == TypeId::ExceptionGroup) type.flags = type.flags | TypeFlag::HasWeakReferences;
  if (own_family(id)) {
    type.methods = family.methods;
    type.properties = family.properties;
    type.members = family.members;
  }
  type.doc = doc_of(id);
  return type;
}

}  // namespace

#define EXCEPTION(name, base) extern const NativeType name##_type;
#include "runtime/core/exceptions.def"
#define EXCEPTION(name, base)    \
  const NativeType name##_type = \
      describe(TypeId::name, #name, TypeId::name == TypeId::BaseException ? nullptr : &base##_type);
#include "runtime/core/exceptions.def"

}  // namespace cede
