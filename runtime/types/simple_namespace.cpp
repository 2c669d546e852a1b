// types.SimpleNamespace.
#include "runtime/types/simple_namespace.hpp"

#include "runtime/core/attribute_rules.hpp"

namespace cede {

constinit const Layout simple_namespace_layout = layout_for<SimpleNamespace>();

Owned simple_namespace_new(VM& vm) {
  auto* made = make_instance<SimpleNamespace>(vm, vm.type(TypeId::SimpleNamespace));
  return made ? Owned(Value::adopt(made)) : raised;
}

namespace {

Owned simple_namespace_construct(VM& vm, Type& type, const Arguments&) {
  auto* made = make_instance<SimpleNamespace>(vm, type);
  return made ? Owned(Value::adopt(made)) : raised;
}

Status update(VM& vm, Ref self, Dict& values) {
  std::size_t position = 0;
  Ref key, value;
  while (dict_next(values, position, key, value))
    if (!is<Str>(key)) return vm.raise(TypeId::TypeError, "keywords must be strings");
  CEDE_TRY(Value own, get_instance_dict(vm, self));
  return dict_update(vm, cast<Dict>(own), values);
}

Status simple_namespace_init(VM& vm, Ref self, const Arguments& arguments) {
  if (arguments.positional > 1)
    return vm.raise(TypeId::TypeError, "{} expected at most 1 argument, got {}",
                    short_name(type_of(vm, self)), arguments.positional);
  if (arguments.positional == 1) {
    CEDE_TRY(Value values, dict_new(vm));
    CEDE_CHECK(dict_update(vm, cast<Dict>(values), arguments[0]));
    CEDE_CHECK(update(vm, self, cast<Dict>(values)));
  }
  if (!arguments.keywords) return Ok;
  for (std::size_t i = 0; i < arguments.keywords->size; ++i) {
    CEDE_TRY(Value own, get_instance_dict(vm, self));
    CEDE_CHECK(dict_set_str(vm, cast<Dict>(own), cast<Str>((*arguments.keywords)[i]),
                            Ref(arguments.values[arguments.positional + i])));
  }
  return Ok;
}

Owned simple_namespace_repr(VM& vm, Ref self) {
  const Type& type = type_of(vm, self);
  const std::string name(type.id == TypeId::SimpleNamespace ? "namespace" : short_name(type));
  ReprGuard guard(vm, self);
  if (!guard.entered()) return str_from_utf8(vm, name + "(...)");
  CEDE_TRY(Value own, get_instance_dict(vm, self));
  CEDE_TRY(Value copy, dict_copy(vm, cast<Dict>(own)));
  std::string text = name + "(";
  bool first = true;
  std::size_t position = 0;
  Ref key, value;
  while (dict_next(cast<Dict>(copy), position, key, value)) {
    if (!is<Str>(key) || cast<Str>(key).byte_size == 0) continue;
    CEDE_TRY(Value shown, repr(vm, value));
    text += fmt::format("{}{}={}", first ? "" : ", ", cast<Str>(key).view(), cast<Str>(shown).view());
    first = false;
  }
  return str_from_utf8(vm, text + ")");
}

Owned simple_namespace_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  if (!is<SimpleNamespace>(self) || !is<SimpleNamespace>(other)) return Owned(NotImplemented.bits);
  CEDE_TRY(Value a, get_instance_dict(vm, self));
  CEDE_TRY(Value b, get_instance_dict(vm, other));
  return compare(vm, a, b, operation);
}

Owned simple_namespace_reduce(VM& vm, Ref self) {
  CEDE_TRY(Value own, get_instance_dict(vm, self));
  return tuple_of(vm, {type_of(vm, self), vm.empty_tuple, own});
}

Owned simple_namespace_replace(VM& vm, Ref self, const Arguments& arguments) {
  if (arguments.positional) return vm.raise(TypeId::TypeError, "__replace__() takes no positional arguments");
  CEDE_TRY(Value made, call(vm, type_of(vm, self)));
  CEDE_TRY(Value own, get_instance_dict(vm, self));
  CEDE_CHECK(update(vm, made, cast<Dict>(own)));
  if (!arguments.keywords) return made;
  CEDE_TRY(Value target, get_instance_dict(vm, made));
  for (std::size_t i = 0; i < arguments.keywords->size; ++i)
    CEDE_CHECK(
        dict_set_str(vm, cast<Dict>(target), cast<Str>((*arguments.keywords)[i]), Ref(arguments.values[i])));
  return made;
}

constexpr Method simple_namespace_methods[] = {
    method<"__reduce__(self, /)", simple_namespace_reduce>,
    raw_method<"__replace__(self, /, **changes)", simple_namespace_replace>,
};
constexpr Property simple_namespace_properties[] = {instance_dict_property};
constexpr Slots simple_namespace_slots = inherit(object_slots, [](Slots& s) {
  s.repr = simple_namespace_repr;
  s.hash = hash_not_implemented;
  s.compare = simple_namespace_compare;
  s.construct = simple_namespace_construct;
  s.init = simple_namespace_init;
});

}  // namespace

extern const NativeType simple_namespace_type;
constinit const NativeType simple_namespace_type = {
    .name = "types.SimpleNamespace",
    .id = TypeId::SimpleNamespace,
    .base = nullptr,
    .layout = &simple_namespace_layout,
    .slots = &simple_namespace_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::HasAttributes,
    .methods = simple_namespace_methods,
    .properties = simple_namespace_properties,
    .doc = "A simple attribute-based namespace."};

}  // namespace cede
