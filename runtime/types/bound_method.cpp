// `method`: a function with its first argument. Attributes are the function's.
#include "runtime/types/bound_method.hpp"

#include "runtime/core/native.hpp"
#include "runtime/core/type_slots.hpp"

namespace cede {

constinit const Layout bound_method_layout = layout_for<BoundMethod>();

Owned bound_method_new(VM& vm, Ref function, Ref self) {
  auto* method = make_object<BoundMethod>(vm, TypeId::BoundMethod);
  if (!method) return raised;
  method->function = Value(function);
  method->self = Value(self);
  return Owned(Value::adopt(method));
}

namespace {

Owned bound_method_call(VM& vm, Ref self, const Arguments& arguments) {
  const BoundMethod& method = cast<BoundMethod>(self);
  const Value function = method.function, first = method.self;
  return call(vm, function, PrependedArguments(first, arguments).arguments());
}

Owned bound_method_getattribute(VM& vm, Ref self, Ref name) {
  Type& type = type_of(vm, self);
  const Ref entry = type_lookup(vm, type, cast<Str>(name));
  if (!entry.is_unbound()) {
    const auto get = type_of(vm, entry).slots->descriptor_get;
    const Value held(entry);
    return get ? get(vm, held, self, type) : Owned::share(entry);
  }
  const Value function = cast<BoundMethod>(self).function;
  return get_attribute(vm, function, cast<Str>(name));
}

Owned bound_method_repr(VM& vm, Ref self) {
  const BoundMethod& method = cast<BoundMethod>(self);
  CEDE_TRY(Value name, find_attribute(vm, method.function, *vm.names.__qualname__));
  if (name.is_unbound()) {
    CEDE_TRY(name, find_attribute(vm, method.function, *vm.names.__name__));
  }
  CEDE_TRY(Value owner, repr(vm, method.self));
  return str_from_utf8(vm,
                       fmt::format("<bound method {} of {}>", is<Str>(name) ? cast<Str>(name).view() : "?",
                                   cast<Str>(owner).view()));
}

Owned bound_method_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  const bool equality = operation == CompareOperation::Equal || operation == CompareOperation::NotEqual;
  const auto* b = as<BoundMethod>(other);
  if (!equality || !b) return Owned(NotImplemented.bits);
  const BoundMethod& a = cast<BoundMethod>(self);
  bool same = a.self.bits() == b->self.bits();
  if (same) {
    CEDE_TRY(same, is_equal(vm, a.function, b->function));
  }
  return detail::to_owned(same == (operation == CompareOperation::Equal));
}

Result<std::int64_t> bound_method_hash(VM& vm, Ref self) {
  const BoundMethod& method = cast<BoundMethod>(self);
  CEDE_TRY(const std::int64_t of_function, hash_value(vm, method.function));
  const std::int64_t hash = static_cast<std::int64_t>(std::rotr(method.self.bits(), 4)) ^ of_function;
  return hash == -1 ? -2 : hash;
}

Owned make(VM& vm, Type&, Ref function, Ref instance) {
  if (!is_callable(vm, function)) return vm.raise(TypeId::TypeError, "first argument must be callable");
  if (instance.is_none()) return vm.raise(TypeId::TypeError, "instance must not be None");
  return bound_method_new(vm, function, instance);
}
Owned bound_method_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"method(function, instance, /)", make>(vm, type, arguments);
}
Status bound_method_init(VM&, Ref, const Arguments&) { return Ok; }

Owned bound_method_get(VM&, Ref self, Ref, Ref) { return Owned::share(self); }

Owned bound_method_doc(VM& vm, BoundMethod& method) {
  return get_attribute(vm, method.function, *vm.names.__doc__);
}

Owned bound_method_reduce(VM& vm, BoundMethod& method) {
  CEDE_TRY(Value getattr, dict_get_str(vm, cast<Dict>(vm.builtins), vm.intern("getattr")));
  CEDE_TRY(Value name, get_attribute(vm, method.function, *vm.names.__name__));
  CEDE_TRY(Value arguments, tuple_of(vm, {method.self, name}));
  return tuple_of(vm, {getattr, arguments});
}

constexpr Method bound_method_methods[] = {method<"__reduce__(self, /)", bound_method_reduce>};
constexpr Member bound_method_members[] = {
    {"__func__", sizeof(Object), true, true, "the function (or other callable) implementing a method"},
    {"__self__", sizeof(Object) + 8, true, true, "the instance to which a method is bound"}};
constexpr Property bound_method_properties[] = {property<"__doc__", bound_method_doc>};
constexpr Slots bound_method_slots = inherit(object_slots, [](Slots& s) {
  s.repr = bound_method_repr;
  s.hash = bound_method_hash;
  s.call = bound_method_call;
  s.compare = bound_method_compare;
  s.getattribute = bound_method_getattribute;
  s.descriptor_get = bound_method_get;
  s.construct = bound_method_construct;
  s.init = bound_method_init;
});

}  // namespace

extern const NativeType bound_method_type;
constinit const NativeType bound_method_type = {.name = "method",
                                                .id = TypeId::BoundMethod,
                                                .base = nullptr,
                                                .layout = &bound_method_layout,
                                                .slots = &bound_method_slots,
                                                .flags = TypeFlag::Instantiable | TypeFlag::HasWeakReferences,
                                                .methods = bound_method_methods,
                                                .properties = bound_method_properties,
                                                .members = bound_method_members,
                                                .doc = "Create a bound instance method object."};

}  // namespace cede
