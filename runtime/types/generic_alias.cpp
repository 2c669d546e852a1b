// types.GenericAlias: list[int]. Attributes are the origin's, but for a few of its own; type variables among
// the arguments are its parameters, which subscription replaces.
#include "runtime/types/generic_alias.hpp"

#include <algorithm>
#include <iterator>

#include "runtime/core/attribute_rules.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/type_expression.hpp"

namespace cede {

constinit const Layout generic_alias_layout = layout_for<GenericAlias>();

namespace {

Value as_tuple(VM& vm, Ref items) { return is<Tuple>(items) ? Value(items) : tuple_of(vm, {items}); }

Owned alias_of_type(VM& vm, Type& type, Ref origin, Ref args, bool starred) {
  auto* alias = make_instance<GenericAlias>(vm, type);
  if (!alias) return raised;
  Value made = Value::adopt(alias);
  alias->origin = Value(origin);
  CEDE_TRY(alias->args, as_tuple(vm, args));
  alias->starred = starred;
  return made;
}

Owned make(VM& vm, Type& type, Ref origin, Ref args) { return alias_of_type(vm, type, origin, args, false); }
Owned generic_alias_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"GenericAlias(origin, args, /)", make>(vm, type, arguments);
}
Status generic_alias_init(VM&, Ref, const Arguments&) { return Ok; }

// ---- text

Owned generic_alias_repr(VM& vm, Ref self) {
  const GenericAlias& alias = cast<GenericAlias>(self);
  const Value held = alias.args;
  std::string text = alias.starred ? "*" : "";
  CEDE_CHECK(append_type_repr(vm, text, alias.origin));
  text += "[";
  const Tuple& args = cast<Tuple>(held);
  for (std::size_t i = 0; i < args.size; ++i) {
    if (i) text += ", ";
    CEDE_CHECK(append_type_repr(vm, text, args[i]));
  }
  if (args.size == 0) text += "()";
  return str_from_utf8(vm, text + "]");
}

// ---- attributes

constexpr std::string_view own_attributes[] = {"__class__",
                                               "__bases__",
                                               "__origin__",
                                               "__args__",
                                               "__unpacked__",
                                               "__parameters__",
                                               "__typing_unpacked_tuple_args__",
                                               "__mro_entries__",
                                               "__reduce_ex__",
                                               "__reduce__",
                                               "__copy__",
                                               "__deepcopy__"};

Owned generic_alias_getattribute(VM& vm, Ref self, Ref name) {
  const std::string_view text = cast<Str>(name).view();
  if (std::find(std::begin(own_attributes), std::end(own_attributes), text) != std::end(own_attributes))
    return object_getattribute(vm, self, name);
  const Value origin = cast<GenericAlias>(self).origin;
  return get_attribute(vm, origin, cast<Str>(name));
}

Owned get_parameters(VM& vm, GenericAlias& alias) {
  if (alias.parameters.is_unbound()) {
    const Value args = alias.args;
    CEDE_TRY(alias.parameters, generic_parameters(vm, cast<Tuple>(args)));
  }
  return Owned::share(alias.parameters);
}
bool get_unpacked(VM&, GenericAlias& alias) { return alias.starred; }
Value get_unpacked_tuple_args(VM& vm, GenericAlias& alias) {
  const bool tuple = alias.starred && alias.origin.object() == &vm.type(TypeId::Tuple);
  return tuple ? alias.args : Value(None);
}

// ---- operations

Owned generic_alias_call(VM& vm, Ref self, const Arguments& arguments) {
  const Value origin = cast<GenericAlias>(self).origin;
  CEDE_TRY(Value instance, call(vm, origin, arguments));
  const Status marked = set_attribute(vm, instance, vm.intern("__orig_class__"), self);
  if (marked.is_raised()) {
    if (!vm.error_is(TypeId::AttributeError) && !vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
  }
  return instance;
}

Owned generic_alias_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  const bool equality = operation == CompareOperation::Equal || operation == CompareOperation::NotEqual;
  if (!equality || !is<GenericAlias>(other) || !is<GenericAlias>(self)) return Owned(NotImplemented.bits);
  const GenericAlias& a = cast<GenericAlias>(self);
  const GenericAlias& b = cast<GenericAlias>(other);
  bool same = a.starred == b.starred;
  if (same) {
    CEDE_TRY(same, compare_bool(vm, a.origin, b.origin, CompareOperation::Equal));
  }
  if (same) {
    CEDE_TRY(same, compare_bool(vm, a.args, b.args, CompareOperation::Equal));
  }
  return detail::to_owned(same == (operation == CompareOperation::Equal));
}

Result<std::int64_t> generic_alias_hash(VM& vm, Ref self) {
  const GenericAlias& alias = cast<GenericAlias>(self);
  CEDE_TRY(const std::int64_t of_origin, hash_value(vm, alias.origin));
  CEDE_TRY(const std::int64_t of_args, hash_value(vm, alias.args));
  const std::int64_t hash = of_origin ^ of_args;
  return hash == -1 ? -2 : hash;
}

Owned generic_alias_getitem(VM& vm, Ref self, Ref item) {
  GenericAlias& alias = cast<GenericAlias>(self);
  CEDE_TRY(Value parameters, get_parameters(vm, alias));
  const Value args = alias.args;
  CEDE_TRY(Value replaced, substitute_parameters(vm, self, cast<Tuple>(args), cast<Tuple>(parameters), item));
  return alias_of_type(vm, *alias.type, alias.origin, replaced, alias.starred);
}

// `*tuple[int]`: iteration gives the one starred alias.
Owned generic_alias_iter(VM& vm, Ref self) {
  const GenericAlias& alias = cast<GenericAlias>(self);
  CEDE_TRY(Value starred, alias_of_type(vm, *alias.type, alias.origin, alias.args, true));
  CEDE_TRY(Value single, tuple_of(vm, {starred}));
  return get_iterator(vm, single);
}

Owned generic_alias_mro_entries(VM& vm, GenericAlias& alias, Ref) { return tuple_of(vm, {alias.origin}); }
Owned generic_alias_instancecheck(VM& vm, Ref, Ref) {
  return vm.raise(TypeId::TypeError, "isinstance() argument 2 cannot be a parameterized generic");
}
Owned generic_alias_subclasscheck(VM& vm, Ref, Ref) {
  return vm.raise(TypeId::TypeError, "issubclass() argument 2 cannot be a parameterized generic");
}
Owned generic_alias_reduce(VM& vm, GenericAlias& alias) {
  if (!alias.starred) {
    CEDE_TRY(Value arguments, tuple_of(vm, {alias.origin, alias.args}));
    return tuple_of(vm, {Ref(alias.type), arguments});
  }
  CEDE_TRY(Value next_function, dict_get_str(vm, cast<Dict>(vm.builtins), vm.intern("next")));
  CEDE_TRY(Value plain, alias_of_type(vm, *alias.type, alias.origin, alias.args, false));
  CEDE_TRY(Value iterator, get_iterator(vm, plain));
  CEDE_TRY(Value arguments, tuple_of(vm, {iterator}));
  return tuple_of(vm, {next_function, arguments});
}

Owned generic_alias_dir(VM& vm, GenericAlias& alias) {
  const Value origin = alias.origin;
  CEDE_TRY(Value names, call_special_method(vm, origin, *vm.names.__dir__));
  CEDE_TRY(Value list, list_from(vm, names));
  for (std::string_view name : own_attributes) {
    Str& text = vm.intern(name);
    CEDE_TRY(Value present, find_attribute(vm, alias, text));
    CEDE_TRY(const bool listed, contains(vm, list, text));
    if (!present.is_unbound() && !listed) CEDE_CHECK(list_append(vm, cast<List>(list), text));
  }
  return list;
}

constexpr Method generic_alias_methods[] = {
    method<"__mro_entries__(self, bases, /)", generic_alias_mro_entries>,
    method<"__instancecheck__(self, instance, /)", generic_alias_instancecheck>,
    method<"__subclasscheck__(self, subclass, /)", generic_alias_subclasscheck>,
    method<"__reduce__(self, /)", generic_alias_reduce>,
    method<"__dir__(self, /)", generic_alias_dir>,
};
constexpr Member generic_alias_members[] = {{"__origin__", sizeof(Object), true, true},
                                            {"__args__", sizeof(Object) + 8, true, true}};
constexpr Property generic_alias_properties[] = {
    property<"__parameters__", get_parameters>, property<"__unpacked__", get_unpacked>,
    property<"__typing_unpacked_tuple_args__", get_unpacked_tuple_args>};
constexpr Slots generic_alias_slots = inherit(object_slots, [](Slots& s) {
  s.repr = generic_alias_repr;
  s.hash = generic_alias_hash;
  s.call = generic_alias_call;
  s.getattribute = generic_alias_getattribute;
  s.compare = generic_alias_compare;
  s.iter = generic_alias_iter;
  s.getitem = generic_alias_getitem;
  s.bit_or = union_or;
  s.construct = generic_alias_construct;
  s.init = generic_alias_init;
});

}  // namespace

Owned generic_alias_new(VM& vm, Ref origin, Ref args) {
  return alias_of_type(vm, vm.type(TypeId::GenericAlias), origin, args, false);
}
Owned class_getitem_alias(VM& vm, Type& type, Ref item) { return generic_alias_new(vm, type, item); }

extern const NativeType generic_alias_type;
constinit const NativeType generic_alias_type = {
    .name = "types.GenericAlias",
    .id = TypeId::GenericAlias,
    .base = nullptr,
    .layout = &generic_alias_layout,
    .slots = &generic_alias_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::HasWeakReferences,
    .methods = generic_alias_methods,
    .properties = generic_alias_properties,
    .members = generic_alias_members,
    .doc =
        "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is "
        "(int,)."};

}  // namespace cede
