// isinstance, issubclass and the matching of exceptions. Objects that are no types take part through
// __bases__, as CPython's abstract classes of old.
#include "runtime/core/attribute_rules.hpp"
#include "runtime/core/descriptors.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/generic_alias.hpp"

namespace cede {
namespace {

constexpr const char* instance_message = "isinstance() arg 2 must be a type, a tuple of types, or a union";
constexpr const char* subclass_message = "issubclass() arg 2 must be a class, a tuple of classes, or a union";

// __bases__ if it is a tuple, else Unbound.
Owned abstract_bases(VM& vm, Ref class_) {
  CEDE_TRY(Value bases, find_attribute(vm, class_, *vm.names.__bases__));
  return is<Tuple>(bases) ? bases.take() : Owned();
}

Status check_class(VM& vm, Ref class_, const char* message) {
  CEDE_TRY(Value bases, abstract_bases(vm, class_));
  return bases.is_unbound() ? Status(vm.raise_text(TypeId::TypeError, message)) : Ok;
}

Result<bool> abstract_is_subclass(VM& vm, Ref derived, Ref class_) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded(" in __issubclass__")) return raised;
  if (derived == class_) return true;
  CEDE_TRY(Value bases, abstract_bases(vm, derived));
  if (bases.is_unbound()) return false;
  for (Bits base : cast<Tuple>(bases)) {
    CEDE_TRY(const bool found, abstract_is_subclass(vm, Ref(base), class_));
    if (found) return true;
  }
  return false;
}

// The type's instances can only have object's own `__class__`.
bool has_plain_class(VM& vm, Type& type) {
  const auto* descriptor = as<GetSetDescriptor>(type_lookup(vm, type, *vm.names.__class__));
  return type.has(TypeFlag::PristineGetAttribute) && descriptor &&
         descriptor->owner.object() == &vm.type(TypeId::Object);
}

using Check = Result<bool> (*)(VM&, Ref, Ref);

// The part that isinstance and issubclass share: tuples and the hook of the metaclass.
Result<bool> check_with_hook(VM& vm, Ref value, Ref class_, Str& hook, std::string_view where, Check again,
                             Check plain) {
  if (is_exact(class_, TypeId::Type)) return plain(vm, value, class_);
  NativeDepthGuard guard(vm);
  if (guard.exceeded(where)) return raised;
  if (const Tuple* classes = as<Tuple>(class_)) {
    for (std::size_t i = 0; i < classes->size; ++i) {
      CEDE_TRY(const bool found, again(vm, value, (*classes)[i]));
      if (found) return true;
    }
    return false;
  }
  CEDE_TRY(Value answer, call_special_method(vm, class_, hook, value));
  if (answer.is_unbound()) return plain(vm, value, class_);
  return is_truthy(vm, answer);
}

}  // namespace

Result<bool> plain_is_instance(VM& vm, Ref object, Ref class_) {
  Type& type = type_of(vm, object);
  if (const Type* wanted = as<Type>(class_)) {
    if (is_subtype(type, *wanted)) return true;
    if (has_plain_class(vm, type)) return false;
    CEDE_TRY(Value claimed, find_attribute(vm, object, *vm.names.__class__));
    const Type* other = as<Type>(claimed);
    return other && other != &type && is_subtype(*other, *wanted);
  }
  CEDE_CHECK(check_class(vm, class_, instance_message));
  CEDE_TRY(Value claimed, find_attribute(vm, object, *vm.names.__class__));
  if (claimed.is_unbound()) return false;
  return abstract_is_subclass(vm, claimed, class_);
}

Result<bool> plain_is_subclass(VM& vm, Ref derived, Ref class_) {
  if (is<Type>(derived) && is<Type>(class_)) return is_subtype(cast<Type>(derived), cast<Type>(class_));
  CEDE_CHECK(check_class(vm, derived, "issubclass() arg 1 must be a class"));
  if (!is<UnionType>(class_)) CEDE_CHECK(check_class(vm, class_, subclass_message));
  return abstract_is_subclass(vm, derived, class_);
}

Result<bool> is_instance(VM& vm, Ref object, Ref class_) {
  if (class_.is_object() && &type_of(vm, object) == class_.object()) return true;
  return check_with_hook(vm, object, class_, *vm.names.__instancecheck__, " in __instancecheck__",
                         is_instance, plain_is_instance);
}

Result<bool> is_subclass(VM& vm, Ref derived, Ref class_) {
  return check_with_hook(vm, derived, class_, *vm.names.__subclasscheck__, " in __subclasscheck__",
                         is_subclass, plain_is_subclass);
}

Result<bool> exception_matches(VM& vm, Ref exception, Ref classes) {
  constexpr const char* message = "catching classes that do not inherit from BaseException is not allowed";
  if (const Tuple* tuple = as<Tuple>(classes)) {
    for (Bits word : *tuple)
      if (!is_exception_class(Ref(word))) return vm.raise_text(TypeId::TypeError, message);
    for (Bits word : *tuple)
      if (is_subtype(type_of(vm, exception), cast<Type>(Ref(word)))) return true;
    return false;
  }
  if (!is_exception_class(classes)) return vm.raise_text(TypeId::TypeError, message);
  return is_subtype(type_of(vm, exception), cast<Type>(classes));
}

}  // namespace cede
