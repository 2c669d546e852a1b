// Attributes of any value. The general rules are object_getattribute and object_setattr (types/object.cpp).
#include "runtime/core/attribute_rules.hpp"
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/special_method.hpp"

namespace cede {
Owned get_attribute(VM& vm, Ref object, Str& given) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  const InternedName name(vm, given);
  if (name.failed()) return raised;
  const Owned found = type_of(vm, object).slots->getattribute(vm, object, *name);
  if (found.is_raised()) [[unlikely]]
    complete_attribute_error(vm, object, *name);
  return found;
}
Owned get_attribute(VM& vm, Ref object, std::string_view name) {
  return get_attribute(vm, object, vm.intern(name));
}

Owned find_attribute(VM& vm, Ref object, Str& given) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  const InternedName name(vm, given);
  if (name.failed()) return raised;
  const auto getattribute = type_of(vm, object).slots->getattribute;
  Owned found;
  if (getattribute == object_getattribute)
    found = generic_get_attribute_of_object(vm, object, *name);
  else if (getattribute == type_getattribute)
    found = type_find_attribute(vm, cast<Type>(object), *name);
  else if (getattribute == module_getattribute)
    found = module_find_attribute(vm, cast<Module>(object), *name);
  else
    found = getattribute(vm, object, *name);
  if (!found.is_raised() || !vm.error_is(TypeId::AttributeError)) return found;
  vm.clear_error();
  return Owned();
}
Owned find_attribute(VM& vm, Ref object, std::string_view name) {
  return find_attribute(vm, object, vm.intern(name));
}

Status set_attribute(VM& vm, Ref object, Str& given, Ref value) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  const InternedName name(vm, given);
  if (name.failed()) return raised;
  return type_of(vm, object).slots->setattr(vm, object, *name, value);
}

Result<bool> has_attribute(VM& vm, Ref object, Str& name) {
  CEDE_TRY(Value found, find_attribute(vm, object, name));
  return !found.is_unbound();
}

Owned find_special(VM& vm, Ref object, Str& name) {
  Type& type = type_of(vm, object);
  const Ref entry = type_lookup(vm, type, name);
  if (entry.is_unbound()) return Owned();
  const auto get = type_of(vm, entry).slots->descriptor_get;
  if (!get) return Owned::share(entry);
  const Value held(entry);
  return get(vm, held, object, type);
}

Owned get_method(VM& vm, Ref object, Str& given, bool& unbound) {
  unbound = false;
  const InternedName name(vm, given);
  if (name.failed()) return raised;
  Type& type = type_of(vm, object);
  if (type.slots->getattribute != object_getattribute) return get_attribute(vm, object, *name);
  const Ref entry = type_lookup(vm, type, *name);
  if (entry.is_unbound() || !type_of(vm, entry).has(TypeFlag::MethodDescriptor))
    return get_attribute(vm, object, *name);
  Value method(entry);
  if (object.is_object() && type.attributes_offset != 0) {
    CEDE_TRY(Value own, attributes_get(vm, *attributes_of(object.object()), *name));
    if (!own.is_unbound()) return own;
  }
  unbound = true;
  return method;
}

Owned class_of(VM& vm, Ref object) {
  Type& type = type_of(vm, object);
  if (type.slots->getattribute == object_getattribute && !type.has(TypeFlag::Heap)) return Owned::share(type);
  return get_attribute(vm, object, *vm.names.__class__);
}

std::string type_name(Ref object, VM& vm) { return std::string(display_name(type_of(vm, object))); }

}  // namespace cede
