// TypeVar, ParamSpec, TypeVarTuple, TypeAliasType, typing.Generic and typing.NoDefault. Bounds, constraints, defaults and
// the values of aliases are evaluated when they are asked for, once.
#include "runtime/types/typing_objects.hpp"

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/type_slots.hpp"
#include "runtime/types/generic_alias.hpp"

namespace cede {

extern const Layout object_layout;   // of a plain object: Generic mixes with every base

namespace {

// A type parameter. `bound`, `constraints`, `default_value`: evaluated, or Unbound; `evaluate_*`: functions, or Unbound.
struct TypeParameter : Object {
  [[maybe_unused]] static const Layout* layout();
  Value name, module;
  Value bound, constraints, default_value;
  Value evaluate_bound, evaluate_constraints, evaluate_default;
  bool covariant = false, contravariant = false, infer_variance = false;
  template<class F> static void fields(TypeParameter& self, F&& field) {
    field(self.name); field(self.module); field(self.bound); field(self.constraints); field(self.default_value);
    field(self.evaluate_bound); field(self.evaluate_constraints); field(self.evaluate_default);
  }
};
constexpr Layout type_parameter_layout = layout_for<TypeParameter>();
const Layout* TypeParameter::layout() { return &type_parameter_layout; }

struct TypeAlias : Object {
  [[maybe_unused]] static const Layout* layout();
  Value name, module, type_params, value, evaluate;
  template<class F> static void fields(TypeAlias& self, F&& field) {
    field(self.name); field(self.module); field(self.type_params); field(self.value); field(self.evaluate);
  }
};
constexpr Layout type_alias_layout = layout_for<TypeAlias>();
const Layout* TypeAlias::layout() { return &type_alias_layout; }

struct ParamSpecPart : Object {   // P.args, P.kwargs
  [[maybe_unused]] static const Layout* layout();
  Value origin;
  template<class F> static void fields(ParamSpecPart& self, F&& field) { field(self.origin); }
};
constexpr Layout part_layout = layout_for<ParamSpecPart>();
const Layout* ParamSpecPart::layout() { return &part_layout; }

constexpr Layout plain_layout = layout_for<Object>();

// The value of a lazily evaluated field.
Value evaluated(VM& vm, Value& value, Value& function, Ref otherwise) {
  if (!value.is_unbound()) return value;
  if (function.is_unbound()) return Value(otherwise);
  Value evaluate = function;
  CEDE_TRY(Value result, call(vm, evaluate));
  value = result;
  return result;
}

Owned parameter_new(VM& vm, TypeId type, Ref name) {
  TypeParameter* made = make_object<TypeParameter>(vm, type);
  if (!made) return raised;
  Value parameter = Value::adopt(made);
  made->name = Value(name);
  made->infer_variance = true;
  // The module whose code makes it.
  const Value globals = vm.current_globals ? Value(vm.current_globals(vm)) : Value();
  if (is<Dict>(globals)) {
    CEDE_TRY(Value module, dict_get_str(vm, cast<Dict>(globals), *vm.names.__name__));
    made->module = std::move(module);
  }
  return parameter.take();
}

Owned no_default(VM& vm) { return call(vm, Ref(vm.type(TypeId::NoDefaultType))); }

Owned parameter_repr(VM& vm, Ref self) {
  const TypeParameter& p = cast<TypeParameter>(self);
  const std::string_view name = cast<Str>(p.name).view();
  if (p.infer_variance || is_exact(self, TypeId::TypeVarTuple)) return Owned::share(p.name);
  const char* mark = p.covariant ? "+" : p.contravariant ? "-" : "~";
  return str_from_utf8(vm, mark + std::string(name)).take();
}
Owned parameter_or(VM& vm, Ref left, Ref right) {
  // typing.Union[left, right], as CPython builds it.
  CEDE_TRY(Value import, dict_get_str(vm, cast<Dict>(vm.builtins), *vm.names.__import__));
  if (import.is_unbound()) return Owned(NotImplemented.bits);
  CEDE_TRY(Value typing, call(vm, import, Ref(vm.intern("typing"))));
  CEDE_TRY(Value union_, get_attribute(vm, typing, "Union"));
  CEDE_TRY(Value pair, tuple_of(vm, {left, right}));
  return get_item(vm, union_, pair);
}

Value parameter_name(VM&, TypeParameter& self) { return self.name; }
Value parameter_module(VM& vm, TypeParameter& self) {
  return self.module.is_unbound() ? Value(Ref(vm.intern("typing"))) : self.module;
}
Value typevar_bound(VM& vm, TypeParameter& self) { return evaluated(vm, self.bound, self.evaluate_bound, None); }
Value typevar_constraints(VM& vm, TypeParameter& self) {
  return evaluated(vm, self.constraints, self.evaluate_constraints, vm.empty_tuple);
}
Value parameter_default(VM& vm, TypeParameter& self) {
  if (self.default_value.is_unbound() && self.evaluate_default.is_unbound()) return no_default(vm);
  return evaluated(vm, self.default_value, self.evaluate_default, None);
}
bool parameter_covariant(VM&, TypeParameter& self) { return self.covariant; }
bool parameter_contravariant(VM&, TypeParameter& self) { return self.contravariant; }
bool parameter_infer(VM&, TypeParameter& self) { return self.infer_variance; }
bool parameter_has_default(VM&, TypeParameter& self) {
  return !self.default_value.is_unbound() || !self.evaluate_default.is_unbound();
}
Value parameter_subst(VM&, TypeParameter&, Ref argument) { return Value(argument); }
Value parameter_reduce(VM&, TypeParameter& self) { return self.name; }

Value paramspec_args(VM& vm, TypeParameter& self) {
  ParamSpecPart* part = make_object<ParamSpecPart>(vm, TypeId::ParamSpecArgs);
  if (!part) return raised;
  part->origin = Value(Ref(self));
  return Value::adopt(part);
}
Value paramspec_kwargs(VM& vm, TypeParameter& self) {
  ParamSpecPart* part = make_object<ParamSpecPart>(vm, TypeId::ParamSpecKwargs);
  if (!part) return raised;
  part->origin = Value(Ref(self));
  return Value::adopt(part);
}
Owned part_repr(VM& vm, Ref self) {
  const Value origin = cast<ParamSpecPart>(self).origin;
  const char* suffix = is_exact(self, TypeId::ParamSpecArgs) ? ".args" : ".kwargs";
  return str_from_utf8(vm, std::string(cast<Str>(cast<TypeParameter>(origin).name).view()) + suffix).take();
}
Value part_origin(VM&, ParamSpecPart& self) { return self.origin; }

// ---- constructors, as scripts call them

Status set_default(VM&, TypeParameter& parameter, Ref value) {
  if (!value.is_unbound()) parameter.default_value = Value(value);
  return Ok;
}

Owned typevar_make(VM& vm, Type&, Str& name, Rest constraints, Ref bound, bool covariant, bool contravariant, Ref otherwise,
                   bool infer) {
  if (covariant && contravariant) return vm.raise(TypeId::ValueError, "Bivariant types are not supported.");
  if (infer && (covariant || contravariant))
    return vm.raise(TypeId::ValueError, "Variance cannot be specified with infer_variance.");
  if (constraints.size() == 1) return vm.raise(TypeId::TypeError, "A single constraint is not allowed");
  if (constraints.size() && !bound.is_none())
    return vm.raise(TypeId::TypeError, "Constraints cannot be combined with bound=...");
  CEDE_TRY(Value made, parameter_new(vm, TypeId::TypeVar, Ref(name)));
  TypeParameter& p = cast<TypeParameter>(made);
  p.covariant = covariant;
  p.contravariant = contravariant;
  p.infer_variance = infer;
  if (!bound.is_none()) p.bound = Value(bound);
  if (constraints.size()) {
    CEDE_TRY(p.constraints, tuple_from_words(vm, constraints.words.data(), constraints.size()));
  }
  CEDE_CHECK(set_default(vm, p, otherwise));
  return made.take();
}
Owned typevar_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"typevar(name, *constraints, bound=None, covariant=False, contravariant=False, "
                   "default=typing.NoDefault, infer_variance=False)", typevar_make>(vm, type, arguments);
}
Owned paramspec_make(VM& vm, Type&, Str& name, Ref bound, bool covariant, bool contravariant, Ref otherwise, bool infer) {
  if (covariant && contravariant) return vm.raise(TypeId::ValueError, "Bivariant types are not supported.");
  CEDE_TRY(Value made, parameter_new(vm, TypeId::ParamSpec, Ref(name)));
  TypeParameter& p = cast<TypeParameter>(made);
  p.covariant = covariant;
  p.contravariant = contravariant;
  p.infer_variance = infer;
  if (!bound.is_none()) p.bound = Value(bound);
  CEDE_CHECK(set_default(vm, p, otherwise));
  return made.take();
}
Owned paramspec_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"paramspec(name, *, bound=None, covariant=False, contravariant=False, default=typing.NoDefault, "
                   "infer_variance=False)", paramspec_make>(vm, type, arguments);
}
Owned typevartuple_make(VM& vm, Type&, Str& name, Ref otherwise) {
  CEDE_TRY(Value made, parameter_new(vm, TypeId::TypeVarTuple, Ref(name)));
  CEDE_CHECK(set_default(vm, cast<TypeParameter>(made), otherwise));
  return made.take();
}
Owned typevartuple_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"typevartuple(name, *, default=typing.NoDefault)", typevartuple_make>(vm, type, arguments);
}
Owned typevartuple_iter(VM& vm, Ref self) {
  CEDE_TRY(Value modules, dict_get_str(vm, cast<Dict>(vm.modules), vm.intern("typing")));
  if (modules.is_unbound()) return vm.raise(TypeId::TypeError, "'TypeVarTuple' object is not iterable");
  CEDE_TRY(Value unpack, get_attribute(vm, modules, "Unpack"));
  CEDE_TRY(Value unpacked, get_item(vm, unpack, self));
  CEDE_TRY(Value one, tuple_of(vm, {unpacked}));
  return get_iterator(vm, one);
}

constexpr Property typevar_properties[] = {
    property<"__name__", parameter_name>, property<"__module__", parameter_module>, property<"__bound__", typevar_bound>,
    property<"__constraints__", typevar_constraints>, property<"__default__", parameter_default>,
    property<"__covariant__", parameter_covariant>, property<"__contravariant__", parameter_contravariant>,
    property<"__infer_variance__", parameter_infer>,
};
constexpr Property paramspec_properties[] = {
    property<"__name__", parameter_name>, property<"__module__", parameter_module>, property<"__bound__", typevar_bound>,
    property<"__default__", parameter_default>, property<"__covariant__", parameter_covariant>,
    property<"__contravariant__", parameter_contravariant>, property<"__infer_variance__", parameter_infer>,
    property<"args", paramspec_args>, property<"kwargs", paramspec_kwargs>,
};
constexpr Property typevartuple_properties[] = {
    property<"__name__", parameter_name>, property<"__module__", parameter_module>, property<"__default__", parameter_default>,
};
constexpr Method parameter_methods[] = {
    method<"__typing_subst__(self, arg, /)", parameter_subst>,
    method<"has_default(self, /)", parameter_has_default>,
    method<"__reduce__(self, /)", parameter_reduce>,
};
constexpr Property part_properties[] = {property<"__origin__", part_origin>};

constexpr Slots typevar_slots = inherit(object_slots, [](Slots& s) {
  s.repr = parameter_repr; s.bit_or = parameter_or; s.construct = typevar_construct;
});
constexpr Slots paramspec_slots = inherit(object_slots, [](Slots& s) {
  s.repr = parameter_repr; s.bit_or = parameter_or; s.construct = paramspec_construct;
});
constexpr Slots typevartuple_slots = inherit(object_slots, [](Slots& s) {
  s.repr = parameter_repr; s.iter = typevartuple_iter; s.construct = typevartuple_construct;
});
constexpr Slots part_slots = inherit(object_slots, [](Slots& s) { s.repr = part_repr; });

// ---- type aliases

Owned alias_repr(VM&, Ref self) { return Owned::share(cast<TypeAlias>(self).name); }
Owned alias_getitem(VM& vm, Ref self, Ref key) {
  TypeAlias& alias = cast<TypeAlias>(self);
  if (!is<Tuple>(alias.type_params) || cast<Tuple>(alias.type_params).size == 0)
    return vm.raise(TypeId::TypeError, "Only generic type aliases are subscriptable");
  return generic_alias_new(vm, self, key);
}
Value alias_name(VM&, TypeAlias& self) { return self.name; }
Value alias_module(VM& vm, TypeAlias& self) { return self.module.is_unbound() ? Value(Ref(vm.intern("typing"))) : self.module; }
Value alias_value(VM& vm, TypeAlias& self) { return evaluated(vm, self.value, self.evaluate, None); }
Value alias_type_params(VM& vm, TypeAlias& self) { return is<Tuple>(self.type_params) ? self.type_params : vm.empty_tuple; }
Owned alias_make(VM& vm, Type&, Str& name, Ref value, Ref type_params) {
  TypeAlias* made = make_object<TypeAlias>(vm, TypeId::TypeAliasType);
  if (!made) return raised;
  made->name = Value(Ref(name));
  made->value = Value(value);
  made->type_params = type_params.is_unbound() ? vm.empty_tuple : Value(type_params);
  return Value::adopt(made).take();
}
Owned alias_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"typealias(name, value, *, type_params=())", alias_make>(vm, type, arguments);
}
constexpr Property alias_properties[] = {
    property<"__name__", alias_name>, property<"__module__", alias_module>, property<"__value__", alias_value>,
    property<"__type_params__", alias_type_params>, property<"__parameters__", alias_type_params>,
};
constexpr Slots alias_slots = inherit(object_slots, [](Slots& s) {
  s.repr = alias_repr; s.getitem = alias_getitem; s.bit_or = parameter_or; s.construct = alias_construct;
});

// ---- Generic, NoDefault

Owned no_default_repr(VM& vm, Ref) { return str_from_ascii(vm, "typing.NoDefault").take(); }
Owned no_default_construct(VM& vm, Type& type, const Arguments& arguments) {
  if (arguments.positional || arguments.keywords) return vm.raise(TypeId::TypeError, "NoDefaultType takes no arguments");
  // One object for the isolate, kept in the type's dictionary.
  Str& key = vm.intern("__instance__");
  CEDE_TRY(Value existing, dict_get_str(vm, type_dictionary(vm, type), key));
  if (!existing.is_unbound()) return existing.take();
  Object* made = make_object<Object>(vm, type, 0);
  if (!made) return raised;
  Value instance = Value::adopt(made);
  CEDE_CHECK(dict_set_str(vm, type_dictionary(vm, type), key, instance));
  return instance.take();
}
constexpr Slots no_default_slots = inherit(object_slots, [](Slots& s) {
  s.repr = no_default_repr; s.construct = no_default_construct;
});

// A function of the module `typing`, which is imported for it: it does the work.
Owned typing_function(VM& vm, std::string_view name) {
  CEDE_TRY(Value import, dict_get_str(vm, cast<Dict>(vm.builtins), *vm.names.__import__));
  if (import.is_unbound()) return vm.raise(TypeId::ImportError, "__import__ not found");
  CEDE_TRY(Value typing, call(vm, import, Ref(vm.intern("typing"))));
  return get_attribute(vm, typing, name);
}
Owned generic_class_getitem(VM& vm, Type& type, Ref parameters) {
  CEDE_TRY(Value function, typing_function(vm, "_generic_class_getitem"));
  return call(vm, function, Ref(type), parameters);
}
Owned generic_init_subclass(VM& vm, Ref type, const Arguments& arguments) {
  CEDE_TRY(Value function, typing_function(vm, "_generic_init_subclass"));
  return call(vm, function, PrependedArguments(type, arguments).arguments());
}
constexpr Method generic_methods[] = {
    method<"__class_getitem__(cls, params, /)", generic_class_getitem>,
    raw_method<"__init_subclass__(cls, *args, **kwargs)", generic_init_subclass>,
};

}  // namespace

Owned typevar_new(VM& vm, Ref name, Ref bound, Ref constraints) {
  CEDE_TRY(Value made, parameter_new(vm, TypeId::TypeVar, name));
  TypeParameter& p = cast<TypeParameter>(made);
  if (!bound.is_unbound()) p.evaluate_bound = Value(bound);
  if (!constraints.is_unbound()) p.evaluate_constraints = Value(constraints);
  return made.take();
}
Owned paramspec_new(VM& vm, Ref name) { return parameter_new(vm, TypeId::ParamSpec, name); }
Owned typevartuple_new(VM& vm, Ref name) { return parameter_new(vm, TypeId::TypeVarTuple, name); }
Status type_param_set_default(VM&, Ref parameter, Ref function) {
  cast<TypeParameter>(parameter).evaluate_default = Value(function);
  return Ok;
}
Owned generic_base_subscript(VM& vm, Ref parameters) {
  // A TypeVarTuple stands unpacked among the parameters of Generic.
  return generic_class_getitem(vm, vm.type(TypeId::GenericBase), parameters);
}
Owned type_alias_from_tuple(VM& vm, Ref parts) {
  const Tuple& words = cast<Tuple>(parts);
  TypeAlias* made = make_object<TypeAlias>(vm, TypeId::TypeAliasType);
  if (!made) return raised;
  made->name = Value(words[0]);
  made->type_params = words[1].is_none() ? vm.empty_tuple : Value(words[1]);
  made->evaluate = Value(words[2]);
  return Value::adopt(made).take();
}

namespace {
constexpr std::uint32_t ordinary = TypeFlag::Instantiable | TypeFlag::HasWeakReferences;
}
extern const NativeType typevar_type{
    .name = "typing.TypeVar", .id = TypeId::TypeVar, .base = nullptr, .layout = &type_parameter_layout,
    .slots = &typevar_slots, .flags = ordinary, .methods = parameter_methods, .properties = typevar_properties};
extern const NativeType paramspec_type{
    .name = "typing.ParamSpec", .id = TypeId::ParamSpec, .base = nullptr, .layout = &type_parameter_layout,
    .slots = &paramspec_slots, .flags = ordinary, .methods = parameter_methods, .properties = paramspec_properties};
extern const NativeType typevartuple_type{
    .name = "typing.TypeVarTuple", .id = TypeId::TypeVarTuple, .base = nullptr, .layout = &type_parameter_layout,
    .slots = &typevartuple_slots, .flags = ordinary, .methods = parameter_methods, .properties = typevartuple_properties};
extern const NativeType paramspec_args_type{
    .name = "typing.ParamSpecArgs", .id = TypeId::ParamSpecArgs, .base = nullptr, .layout = &part_layout, .slots = &part_slots,
    .flags = 0, .properties = part_properties};
extern const NativeType paramspec_kwargs_type{
    .name = "typing.ParamSpecKwargs", .id = TypeId::ParamSpecKwargs, .base = nullptr, .layout = &part_layout,
    .slots = &part_slots, .flags = 0, .properties = part_properties};
extern const NativeType type_alias_type{
    .name = "typing.TypeAliasType", .id = TypeId::TypeAliasType, .base = nullptr, .layout = &type_alias_layout,
    .slots = &alias_slots, .flags = std::uint32_t(TypeFlag::Instantiable), .properties = alias_properties};
extern const NativeType generic_base_type{
    .name = "typing.Generic", .id = TypeId::GenericBase, .base = nullptr, .layout = &object_layout, .slots = &object_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable, .methods = generic_methods};
extern const NativeType no_default_type{
    .name = "NoDefaultType", .id = TypeId::NoDefaultType, .base = nullptr, .layout = &plain_layout,
    .slots = &no_default_slots, .flags = std::uint32_t(TypeFlag::Instantiable)};

}  // namespace cede
