// `type`: calling a class, its attributes and its methods. Classes are made in core/type_new.cpp.
#include "runtime/core/attribute_rules.hpp"
#include "runtime/core/native.hpp"
#include "runtime/core/type_new.hpp"
#include "runtime/core/type_slots.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/object_reduce.hpp"

namespace cede {

// ---- attributes

// The metatype's data descriptors, then the class and its bases, then what else the metatype has.
Owned type_find_attribute(VM& vm, Type& type, Str& name) {
  Type& metatype = type_of(vm, type);
  const Value of_metatype(type_lookup(vm, metatype, name));
  Slots::DescriptorGet get = nullptr;
  if (!of_metatype.is_unbound()) {
    const Slots& slots = *type_of(vm, of_metatype).slots;
    get = slots.descriptor_get;
    if (get && slots.descriptor_set) return get(vm, of_metatype, type, metatype);
  }
  const Ref entry = type_lookup(vm, type, name);
  if (!entry.is_unbound()) {
    const auto entry_get = type_of(vm, entry).slots->descriptor_get;
    if (!entry_get) return Owned::share(entry);
    const Value held(entry);
    return entry_get(vm, held, Unbound, type);
  }
  return get ? get(vm, of_metatype, type, metatype) : Owned(Value(of_metatype));
}

namespace {

RaisedMark raise_no_type_attribute(VM& vm, Type& type, Str& name) {
  return raise_attribute_error(
      vm, type, name, fmt::format("type object '{}' has no attribute '{}'", display_name(type), name.view()));
}

}  // namespace

Owned type_getattribute(VM& vm, Ref self, Ref name) {
  Owned found = type_find_attribute(vm, cast<Type>(self), cast<Str>(name));
  if (!found.ref().is_unbound()) return found;
  return raise_no_type_attribute(vm, cast<Type>(self), cast<Str>(name));
}

Status type_setattr(VM& vm, Ref self, Ref name_ref, Ref value) {
  Type& type = cast<Type>(self);
  Str& name = cast<Str>(name_ref);
  if (type.has(TypeFlag::Immutable))
    return vm.raise(TypeId::TypeError, "cannot set '{}' attribute of immutable type '{}'", name.view(),
                    display_name(type));
  const Value of_metatype(type_lookup(vm, type_of(vm, self), name));
  if (!of_metatype.is_unbound())
    if (const auto set = type_of(vm, of_metatype).slots->descriptor_set)
      return set(vm, of_metatype, self, value);
  if (value.is_unbound()) {
    CEDE_TRY(const bool present, dict_contains(vm, type_dictionary(vm, type), name));
    if (!present) return raise_no_type_attribute(vm, type, name);
  }
  return type_set_attribute(vm, type, name, value);
}

namespace {

// ---- calling and making

bool has_keywords(const Arguments& arguments) { return arguments.keywords && arguments.keywords->size; }

Owned type_call(VM& vm, Ref self, const Arguments& arguments) {
  Type& type = cast<Type>(self);
  if (type.id == TypeId::Type) [[unlikely]] {
    if (arguments.positional == 1 && !has_keywords(arguments)) return Owned::share(type_of(vm, arguments[0]));
    if (arguments.positional == 1) return vm.raise(TypeId::TypeError, "type() takes no keyword arguments");
    if (arguments.positional != 3) return vm.raise(TypeId::TypeError, "type() takes 1 or 3 arguments");
  }
  if (!type.has(TypeFlag::Instantiable))
    return vm.raise(TypeId::TypeError, "cannot create '{}' instances", display_name(type));
  CEDE_TRY(Value instance, type.slots->construct(vm, type, arguments));
  const Type& made = type_of(vm, instance);
  if (&made != &type && !is_subtype(made, type)) return instance;
  CEDE_CHECK(made.slots->init(vm, instance, arguments));
  return instance;
}

Owned type_construct(VM& vm, Type& metatype, const Arguments& arguments) {
  if (arguments.positional != 3)
    return vm.raise(TypeId::TypeError, "type.__new__() takes exactly 3 arguments ({} given)",
                    arguments.positional);
  constexpr TypeId expected[] = {TypeId::Str, TypeId::Tuple, TypeId::Dict};
  constexpr const char* names[] = {"str", "tuple", "dict"};
  for (std::size_t i = 0; i < 3; ++i)
    if (!is_subtype(type_of(vm, arguments[i]), vm.type(expected[i])))
      return vm.raise(TypeId::TypeError, "type.__new__() argument {} must be {}, not {}", i + 1, names[i],
                      display_name(type_of(vm, arguments[i])));
  Tuple& bases = cast<Tuple>(arguments[1]);
  CEDE_TRY(Type * winner, calculate_metaclass(vm, metatype, bases));
  if (winner != &metatype && winner->slots->construct != type_construct)
    return winner->slots->construct(vm, *winner, arguments);
  for (Bits base : bases) {
    if (is<Type>(Ref(base))) continue;
    CEDE_TRY(Value entries, find_attribute(vm, Ref(base), *vm.names.__mro_entries__));
    if (!entries.is_unbound())
      return vm.raise(TypeId::TypeError,
                      "type() doesn't support MRO entry resolution; use types.new_class()");
  }
  // A subclass of str as the name is replaced by the text itself.
  Value name(arguments[0]);
  if (!is_exact(name, TypeId::Str)) {
    CEDE_TRY(name, str_from_utf8(vm, cast<Str>(arguments[0]).view()));
  }
  return type_new(vm, *winner, cast<Str>(name), bases, cast<Dict>(arguments[2]),
                  {arguments.values + 3, 0, arguments.keywords});
}

Status type_init(VM& vm, Ref, const Arguments& arguments) {
  if (has_keywords(arguments) && arguments.positional == 1)
    return vm.raise(TypeId::TypeError, "type.__init__() takes no keyword arguments");
  if (arguments.positional != 1 && arguments.positional != 3)
    return vm.raise(TypeId::TypeError, "type.__init__() takes 1 or 3 arguments");
  if (arguments.positional == 1) return vm.raise(TypeId::TypeError, "type.__init__() takes 1 or 3 arguments");
  return Ok;
}

Owned type_repr(VM& vm, Ref self) {
  return str_from_utf8(vm, fmt::format("<class '{}'>", full_name(vm, cast<Type>(self))));
}

// ---- properties

// Assignment to an attribute that CPython keeps in the type itself.
Status check_settable(VM& vm, Type& type, Ref value, const char* name) {
  if (type.has(TypeFlag::Immutable))
    return vm.raise(TypeId::TypeError, "cannot set '{}' attribute of immutable type '{}'", name,
                    display_name(type));
  if (value.is_unbound())
    return vm.raise(TypeId::TypeError, "cannot delete '{}' attribute of immutable type '{}'", name,
                    display_name(type));
  return Ok;
}

// An entry of the own dictionary, bound to the class; Unbound if absent.
Owned own_entry(VM& vm, Type& type, Str& name) {
  CEDE_TRY(Value entry, dict_get_str(vm, type_dictionary(vm, type), name));
  if (entry.is_unbound()) return Owned();
  const auto get = type_of(vm, entry).slots->descriptor_get;
  return get ? get(vm, entry, Unbound, type) : entry.take();
}

Value get_name(VM& vm, Type& type) {
  return type.has(TypeFlag::Heap) ? type.name : str_from_utf8(vm, short_name(type));
}
Status set_name(VM& vm, Type& type, Ref value) {
  CEDE_CHECK(check_settable(vm, type, value, "__name__"));
  if (!is<Str>(value))
    return vm.raise(TypeId::TypeError, "can only assign string to {}.__name__, not '{}'", display_name(type),
                    display_name(type_of(vm, value)));
  if (cast<Str>(value).view().find('\0') != std::string_view::npos)
    return vm.raise(TypeId::ValueError, "type name must not contain null characters");
  type.name = Value(value);
  return Ok;
}

Value get_qualname(VM&, Type& type) { return type.qualified_name; }
Status set_qualname(VM& vm, Type& type, Ref value) {
  CEDE_CHECK(check_settable(vm, type, value, "__qualname__"));
  if (!is<Str>(value))
    return vm.raise(TypeId::TypeError, "can only assign string to {}.__qualname__, not '{}'",
                    display_name(type), display_name(type_of(vm, value)));
  type.qualified_name = Value(value);
  return Ok;
}

Owned get_module(VM& vm, Type& type) {
  if (!type.has(TypeFlag::Heap)) return Owned::share(type.module);
  CEDE_TRY(Value module, dict_get_str(vm, cast<Dict>(type.dictionary), *vm.names.__module__));
  return module.is_unbound() ? Owned(vm.raise_with(TypeId::AttributeError, *vm.names.__module__))
                             : module.take();
}
Status set_module(VM& vm, Type& type, Ref value) {
  CEDE_CHECK(check_settable(vm, type, value, "__module__"));
  // The class is said to come from elsewhere: its line here means nothing then.
  CEDE_TRY(const bool located, dict_contains(vm, type_dictionary(vm, type), *vm.names.__firstlineno__));
  if (located) CEDE_CHECK(type_set_attribute(vm, type, *vm.names.__firstlineno__, Unbound));
  return type_set_attribute(vm, type, *vm.names.__module__, value);
}

Value get_bases(VM&, Type& type) { return type.bases; }
Status set_bases(VM& vm, Type& type, Ref value) {
  CEDE_CHECK(check_settable(vm, type, value, "__bases__"));
  Tuple* bases = as<Tuple>(value);
  const std::string_view name = display_name(type);
  if (!bases)
    return vm.raise(TypeId::TypeError, "can only assign tuple to {}.__bases__, not {}", name,
                    display_name(type_of(vm, value)));
  if (bases->size == 0)
    return vm.raise(TypeId::TypeError, "can only assign non-empty tuple to {}.__bases__, not ()", name);
  for (Bits word : *bases) {
    const Type* base = as<Type>(Ref(word));
    if (!base)
      return vm.raise(TypeId::TypeError, "{}.__bases__ must be tuple of classes, not '{}'", name,
                      display_name(type_of(vm, Ref(word))));
    if (is_subtype(*base, type))
      return vm.raise(TypeId::TypeError, "a __bases__ item causes an inheritance cycle");
  }
  return type_set_bases(vm, type, *bases);
}

Value get_mro(VM&, Type& type) { return type.mro.is_unbound() ? Value(None) : type.mro; }
Value get_base(VM&, Type& type) { return type.base ? Value(Ref(type.base)) : Value(None); }
Owned get_dict(VM& vm, Type& type) { return mapping_proxy_new(vm, Ref(type_dictionary(vm, type))); }

Owned get_doc(VM& vm, Type& type) {
  if (!type.has(TypeFlag::Heap))
    return type.native->doc ? Owned(str_from_utf8(vm, type.native->doc)) : Owned(None.bits);
  CEDE_TRY(Value doc, own_entry(vm, type, *vm.names.__doc__));
  return doc.is_unbound() ? Owned(None.bits) : doc.take();
}
Status set_doc(VM& vm, Type& type, Ref value) {
  CEDE_CHECK(check_settable(vm, type, value, "__doc__"));
  return type_set_attribute(vm, type, *vm.names.__doc__, value);
}

Owned get_abstract_methods(VM& vm, Type& type) {
  Value methods;
  if (type.id != TypeId::Type) {
    CEDE_TRY(methods, dict_get_str(vm, type_dictionary(vm, type), *vm.names.__abstractmethods__));
  }
  if (methods.is_unbound())
    return raise_attribute_error(vm, type, *vm.names.__abstractmethods__, "__abstractmethods__");
  return methods;
}
Status set_abstract_methods(VM& vm, Type& type, Ref value) {
  if (type.has(TypeFlag::Immutable)) return check_settable(vm, type, value, "__abstractmethods__");
  bool abstract = false;
  if (value.is_unbound()) {
    CEDE_TRY(const bool present, dict_contains(vm, type_dictionary(vm, type), *vm.names.__abstractmethods__));
    if (!present) return vm.raise_with(TypeId::AttributeError, *vm.names.__abstractmethods__);
  } else {
    CEDE_TRY(abstract, is_truthy(vm, value));
  }
  CEDE_CHECK(type_set_attribute(vm, type, *vm.names.__abstractmethods__, value));
  type.type_flags =
      abstract ? type.type_flags | TypeFlag::Abstract : type.type_flags & ~std::uint32_t(TypeFlag::Abstract);
  return Ok;
}

Owned get_annotations(VM& vm, Type& type) {
  if (!type.has(TypeFlag::Heap)) return raise_no_type_attribute(vm, type, *vm.names.__annotations__);
  CEDE_TRY(Value annotations, own_entry(vm, type, *vm.names.__annotations__));
  if (!annotations.is_unbound()) return annotations;
  CEDE_TRY(Value made, dict_new(vm));
  CEDE_CHECK(type_set_attribute(vm, type, *vm.names.__annotations__, made));
  return made;
}
Status set_annotations(VM& vm, Type& type, Ref value) {
  if (type.has(TypeFlag::Immutable)) return check_settable(vm, type, value, "__annotations__");
  if (value.is_unbound()) {
    CEDE_TRY(const bool present, dict_contains(vm, type_dictionary(vm, type), *vm.names.__annotations__));
    if (!present) return vm.raise_with(TypeId::AttributeError, *vm.names.__annotations__);
  }
  return type_set_attribute(vm, type, *vm.names.__annotations__, value);
}

Owned get_type_params(VM& vm, Type& type) {
  if (!type.has(TypeFlag::Heap)) return Owned::share(vm.empty_tuple);
  CEDE_TRY(Value parameters, dict_get_str(vm, type_dictionary(vm, type), *vm.names.__type_params__));
  return parameters.is_unbound() ? Owned::share(vm.empty_tuple) : parameters.take();
}
Status set_type_params(VM& vm, Type& type, Ref value) {
  CEDE_CHECK(check_settable(vm, type, value, "__type_params__"));
  return type_set_attribute(vm, type, *vm.names.__type_params__, value);
}

Value get_text_signature(VM& vm, Type& type) {
  if (type.has(TypeFlag::Heap) || !type.native->signature) return Value(None);
  return str_from_utf8(vm, type.native->signature);
}

// The bits of CPython's tp_flags that programs test.
std::int64_t get_flags(VM& vm, Type& type) {
  std::int64_t flags = 1 << 12;
  const auto add = [&](bool on, int bit) {
    if (on) flags |= std::int64_t{1} << bit;
  };
  const bool managed = type.has(TypeFlag::Heap) && type.has(TypeFlag::HasAttributes);
  add(managed && type.attributes_offset > 0, 2);
  add(type.has(TypeFlag::Heap) && type.has(TypeFlag::HasWeakReferences), 3);
  add(managed, 4);
  add(type.has(TypeFlag::SequencePattern), 5);
  add(type.has(TypeFlag::MappingPattern), 6);
  add(!type.has(TypeFlag::Instantiable), 7);
  add(type.has(TypeFlag::Immutable), 8);
  add(type.has(TypeFlag::Heap), 9);
  add(type.has(TypeFlag::BaseType), 10);
  add(!type.has(TypeFlag::NoCycles), 14);
  add(type.has(TypeFlag::MethodDescriptor), 17);
  add(type.has(TypeFlag::Abstract), 20);
  add(type.has(TypeFlag::MatchSelf), 22);
  constexpr std::pair<TypeId, int> kinds[] = {
      {TypeId::Int, 24}, {TypeId::List, 25}, {TypeId::Tuple, 26},         {TypeId::Bytes, 27},
      {TypeId::Str, 28}, {TypeId::Dict, 29}, {TypeId::BaseException, 30}, {TypeId::Type, 31}};
  for (const auto& [id, bit] : kinds) {
    const Type* base = vm.type_if_made(id);
    add(base && is_subtype(type, *base), bit);
  }
  return flags;
}
std::int64_t get_basic_size(VM&, Type& type) {
  return static_cast<std::int64_t>(((type.native->layout->size + 7) & ~std::size_t{7}) +
                                   type.slot_count * sizeof(Bits));
}
std::int64_t get_item_size(VM&, Type& type) { return type.native->layout->variable_size ? 8 : 0; }
std::int64_t get_weakref_offset(VM&, Type& type) { return type.has(TypeFlag::HasWeakReferences) ? -32 : 0; }
std::int64_t get_dict_offset(VM&, Type& type) { return type.has(TypeFlag::HasAttributes) ? -1 : 0; }

// ---- methods

Owned type_mro(VM& vm, Type& type) {
  CEDE_TRY(Value mro, c3_mro(vm, type));
  return list_from(vm, mro);
}

Owned type_subclasses(VM& vm, Type& type) {
  CEDE_TRY(Value list, list_new(vm));
  for (Type* subclass : type.subclasses) CEDE_CHECK(list_append(vm, cast<List>(list), Ref(subclass)));
  return list;
}

Owned type_prepare(VM& vm, Ref, const Arguments&) { return dict_new(vm); }
Result<bool> type_instancecheck(VM& vm, Type& type, Ref instance) {
  return plain_is_instance(vm, instance, type);
}
Result<bool> type_subclasscheck(VM& vm, Type& type, Ref subclass) {
  return plain_is_subclass(vm, subclass, type);
}

Owned type_dir(VM& vm, Type& type) {
  CEDE_TRY(Value names, dict_new(vm));
  CEDE_CHECK(merge_class_names(vm, cast<Dict>(names), type));
  return list_from(vm, names);
}

std::int64_t type_sizeof(VM&, Type& type) {
  return static_cast<std::int64_t>(sizeof(Type) + (type.own_slots ? sizeof(Slots) : 0));
}

constexpr Method with_doc(Method method, const char* doc) {
  method.doc = doc;
  return method;
}

constexpr Method type_methods[] = {
    with_doc(method<"mro(self, /)", type_mro>, "Return a type's method resolution order."),
    with_doc(method<"__subclasses__(self, /)", type_subclasses>, "Return a list of immediate subclasses."),
    with_doc(raw_method<"__prepare__(cls, name, bases, /, **kwds)", type_prepare>,
             "Create the namespace for the class statement"),
    with_doc(method<"__instancecheck__(self, instance, /)", type_instancecheck>,
             "Check if an object is an instance."),
    with_doc(method<"__subclasscheck__(self, subclass, /)", type_subclasscheck>,
             "Check if a class is a subclass."),
    with_doc(method<"__dir__(self, /)", type_dir>, "Specialized __dir__ implementation for types."),
    with_doc(method<"__sizeof__(self, /)", type_sizeof>, "Return memory consumption of the type object."),
};

constexpr Property type_properties[] = {
    property<"__basicsize__", get_basic_size>,
    property<"__itemsize__", get_item_size>,
    property<"__flags__", get_flags>,
    property<"__weakrefoffset__", get_weakref_offset>,
    property<"__base__", get_base>,
    property<"__dictoffset__", get_dict_offset>,
    property<"__name__", get_name, set_name>,
    property<"__qualname__", get_qualname, set_qualname>,
    property<"__bases__", get_bases, set_bases>,
    property<"__mro__", get_mro>,
    property<"__module__", get_module, set_module>,
    property<"__abstractmethods__", get_abstract_methods, set_abstract_methods>,
    property<"__dict__", get_dict>,
    property<"__doc__", get_doc, set_doc>,
    property<"__text_signature__", get_text_signature>,
    property<"__annotations__", get_annotations, set_annotations>,
    property<"__type_params__", get_type_params, set_type_params>,
};

constexpr Slots type_slots = inherit(object_slots, [](Slots& s) {
  s.repr = type_repr;
  s.call = type_call;
  s.getattribute = type_getattribute;
  s.setattr = type_setattr;
  s.init = type_init;
  s.construct = type_construct;
  s.bit_or = union_or;
});

}  // namespace

extern const NativeType type_type;
constinit const NativeType type_type = {
    .name = "type",
    .id = TypeId::Type,
    .base = nullptr,
    .layout = &type_layout,
    .slots = &type_slots,
    .flags =
        TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::HasWeakReferences | TypeFlag::OwnDictionary,
    .methods = type_methods,
    .properties = type_properties,
    .doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type"};

}  // namespace cede
