// `object`: the root of all classes, and the general rules of attribute access:
//   a data descriptor of the type, then the instance's own attribute, then what else the type has.
#include "runtime/core/attribute_rules.hpp"
#include "runtime/core/native.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/core/type_slots.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/object_reduce.hpp"

namespace cede {
namespace {

// Shared by both kinds of instances: `own` gives the instance's own attribute, or Unbound.
template<class OwnAttribute>
Owned find_by_rules(VM& vm, Ref self, Type& type, Str& name, OwnAttribute&& own) {
  const Ref entry = type_lookup(vm, type, name);
  if (entry.is_unbound()) return own();
  const Slots& slots = *type_of(vm, entry).slots;
  const Value held(entry);
  if (slots.descriptor_get && slots.descriptor_set) return slots.descriptor_get(vm, held, self, type);
  Owned found = own();
  if (!found.ref().is_unbound()) return found;
  if (slots.descriptor_get) return slots.descriptor_get(vm, held, self, type);
  return Owned::share(held);
}

// The type's descriptor takes the assignment: true if it did.
Result<bool> set_by_descriptor(VM& vm, Ref self, Ref entry, Ref value) {
  if (entry.is_unbound()) return false;
  const auto set = type_of(vm, entry).slots->descriptor_set;
  if (!set) return false;
  const Value held(entry);
  CEDE_CHECK(set(vm, held, self, value));
  return true;
}

RaisedMark raise_not_settable(VM& vm, Ref self, Str& name, bool in_class) {
  const std::string_view type = display_name(type_of(vm, self));
  if (in_class) {
    return vm.raise(TypeId::AttributeError, "'{}' object attribute '{}' is read-only", type, name.view());
  }
  return raise_attribute_error(
      vm, self, name,
      fmt::format("'{}' object has no attribute '{}' and no __dict__ for setting new attributes", type,
                  name.view()));
}

// Deleting what is not there. CPython gives this error no name and object where the attributes lie in a shape.
RaisedMark raise_not_deletable(VM& vm, Ref self, Str& name) {
  return vm.raise(TypeId::AttributeError, "'{}' object has no attribute '{}'",
                  display_name(type_of(vm, self)), name.view());
}

}  // namespace

RaisedMark raise_no_attribute(VM& vm, Ref self, Str& name) {
  return raise_attribute_error(
      vm, self, name,
      fmt::format("'{}' object has no attribute '{}'", display_name(type_of(vm, self)), name.view()));
}

// ---- attributes

Owned generic_get_attribute_of_object(VM& vm, Ref self, Str& name) {
  Type& type = type_of(vm, self);
  return find_by_rules(vm, self, type, name, [&]() -> Owned {
    if (!self.is_object()) return Owned();
    if (type.attributes_offset != 0) return attributes_get(vm, *attributes_of(self.object()), name);
    if (!type.has(TypeFlag::OwnDictionary)) return Owned();
    // object.__getattribute__(x, name) of a class or module.
    if (Type* of_type = as<Type>(self)) return dict_get_str(vm, type_dictionary(vm, *of_type), name);
    const Module* module = as<Module>(self);
    return module && module->dictionary.is_object() ? dict_get_str(vm, cast<Dict>(module->dictionary), name) : Owned();
  });
}

Owned generic_get_attribute(VM& vm, Ref self, Str& name, Dict* dictionary) {
  return find_by_rules(vm, self, type_of(vm, self), name,
                       [&]() -> Owned { return dictionary ? dict_get_str(vm, *dictionary, name) : Owned(); });
}

Owned object_getattribute(VM& vm, Ref self, Ref name) {
  Owned found = generic_get_attribute_of_object(vm, self, cast<Str>(name));
  if (!found.ref().is_unbound()) [[likely]]
    return found;
  return raise_no_attribute(vm, self, cast<Str>(name));
}

Status object_setattr(VM& vm, Ref self, Ref name_ref, Ref value) {
  Str& name = cast<Str>(name_ref);
  Type& type = type_of(vm, self);
  const Ref entry = type_lookup(vm, type, name);
  CEDE_TRY(const bool done, set_by_descriptor(vm, self, entry, value));
  if (done) return Ok;
  if (!self.is_object() || type.attributes_offset == 0 || !type.has(TypeFlag::HasAttributes))
    return raise_not_settable(vm, self, name, !entry.is_unbound());
  Attributes& attributes = *attributes_of(self.object());
  CEDE_TRY(const bool found, attributes_set(vm, self.object(), attributes, name, value));
  if (found || !value.is_unbound()) return Ok;
  return attributes.shape ? raise_not_deletable(vm, self, name) : raise_no_attribute(vm, self, name);
}

Status generic_set_attribute(VM& vm, Ref self, Str& name, Ref value, Value* dictionary) {
  CEDE_TRY(const bool done, set_by_descriptor(vm, self, type_lookup(vm, type_of(vm, self), name), value));
  if (done) return Ok;
  if (value.is_unbound()) {
    if (dictionary->is_unbound()) return raise_no_attribute(vm, self, name);
    const Value held = *dictionary;
    CEDE_TRY(const bool removed, dict_remove_str(vm, cast<Dict>(held), name));
    return removed ? Ok : Status(raise_no_attribute(vm, self, name));
  }
  if (dictionary->is_unbound()) {
    CEDE_TRY(Value made, dict_new(vm));
    *dictionary = std::move(made);
  }
  const Value held = *dictionary;
  return dict_set_str(vm, cast<Dict>(held), name, value);
}

Value get_instance_dict(VM& vm, Ref self) {
  Attributes* attributes = self.is_object() ? attributes_of(self.object()) : nullptr;
  if (!attributes) return vm.raise(TypeId::AttributeError, "This object has no __dict__");
  return attributes_dict(vm, self.object(), *attributes);
}

Status set_instance_dict(VM& vm, Ref self, Ref value) {
  Attributes* attributes = self.is_object() ? attributes_of(self.object()) : nullptr;
  if (!attributes) return vm.raise(TypeId::AttributeError, "This object has no __dict__");
  if (value.is_unbound()) {
    CEDE_TRY(Value empty, dict_new(vm));
    return attributes_replace_dict(vm, *attributes, cast<Dict>(empty));
  }
  if (is<Dict>(value)) return attributes_replace_dict(vm, *attributes, cast<Dict>(value));
  return vm.raise(TypeId::TypeError, "__dict__ must be set to a dictionary, not a '{}'",
                  display_name(type_of(vm, value)));
}

// ---- making

namespace {

bool has_arguments(const Arguments& arguments) {
  return arguments.positional || (arguments.keywords && arguments.keywords->size);
}

RaisedMark raise_abstract(VM& vm, Type& type) {
  CEDE_TRY(Value methods, get_attribute(vm, type, *vm.names.__abstractmethods__));
  CEDE_TRY(Value sorted, list_from(vm, methods));
  CEDE_CHECK(list_sort(vm, cast<List>(sorted), Unbound, false));
  std::string names;
  const std::size_t count = cast<List>(sorted).size();
  for (std::size_t i = 0; i < count; ++i) {
    const Str* name = as<Str>(cast<List>(sorted)[i]);
    if (!name)
      return vm.raise(TypeId::TypeError, "sequence item {}: expected str instance, {} found", i,
                      display_name(type_of(vm, cast<List>(sorted)[i])));
    names += fmt::format("{}'{}'", i ? ", " : "", name->view());
  }
  return vm.raise(TypeId::TypeError,
                  "Can't instantiate abstract class {} without an implementation for abstract method{} {}",
                  display_name(type), count == 1 ? "" : "s", names);
}

}  // namespace

Status object_init(VM& vm, Ref self, const Arguments& arguments) {
  if (!has_arguments(arguments)) [[likely]]
    return Ok;
  const Type& type = type_of(vm, self);
  if (type.slots->init != object_init)
    return vm.raise(TypeId::TypeError,
                    "object.__init__() takes exactly one argument (the instance to initialize)");
  if (type.slots->construct == object_construct)
    return vm.raise(TypeId::TypeError,
                    "{}.__init__() takes exactly one argument (the instance to initialize)",
                    display_name(type));
  return Ok;
}

Owned object_construct(VM& vm, Type& type, const Arguments& arguments) {
  if (has_arguments(arguments)) {
    if (type.slots->construct != object_construct)
      return vm.raise(TypeId::TypeError,
                      "object.__new__() takes exactly one argument (the type to instantiate)");
    if (type.slots->init == object_init)
      return vm.raise(TypeId::TypeError, "{}() takes no arguments", display_name(type));
  }
  if (type.has(TypeFlag::Abstract)) return raise_abstract(vm, type);
  Object* object = allocate_instance(vm, type, sizeof(Object));
  if (!object) return raised;
  return Owned(Value::adopt(object));
}

// ---- text, hash, comparison

Owned object_repr(VM& vm, Ref self) {
  Type& type = type_of(vm, self);
  return str_from_utf8(vm, fmt::format("<{} object at {:#x}>", full_name(vm, type), self.bits));
}

Owned object_str(VM& vm, Ref self) { return type_of(vm, self).slots->repr(vm, self); }

Result<std::int64_t> object_hash(VM&, Ref self) {
  const auto hash = static_cast<std::int64_t>(std::rotr(self.bits, 4));
  return hash == -1 ? -2 : hash;
}

Owned object_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  if (operation == CompareOperation::Equal) return Owned((self == other ? True : NotImplemented).bits);
  if (operation != CompareOperation::NotEqual) return Owned(NotImplemented.bits);
  const auto compare_equal = type_of(vm, self).slots->compare;
  if (!compare_equal) return Owned(NotImplemented.bits);
  CEDE_TRY(Value equal, compare_equal(vm, self, other, CompareOperation::Equal));
  if (equal.ref().is_not_implemented()) return equal;
  CEDE_TRY(const bool truth, is_truthy(vm, equal));
  return detail::to_owned(!truth);
}

// ---- __class__

namespace {

bool same_layout(const Type& a, const Type& b) {
  return a.native->layout == b.native->layout && a.slot_count == b.slot_count &&
         a.slot_offset == b.slot_offset && a.attributes_offset == b.attributes_offset &&
         a.has(TypeFlag::HasWeakReferences) == b.has(TypeFlag::HasWeakReferences);
}

// Slots of equal number must also be the same names: the nearest classes that add slots are the same, or
// equal in them.
Result<bool> same_slots(VM& vm, Type& a, Type& b) {
  if (a.slot_count == 0) return true;
  const auto adds = [](Type* type) {
    while (type->base && type->base->slot_count == type->slot_count) type = type->base;
    return type;
  };
  Type* of_a = adds(&a);
  Type* of_b = adds(&b);
  if (of_a == of_b) return true;
  if (of_a->base != of_b->base) return false;
  CEDE_TRY(Value names_a, find_attribute(vm, *of_a, *vm.names.__slots__));
  CEDE_TRY(Value names_b, find_attribute(vm, *of_b, *vm.names.__slots__));
  return is_equal(vm, names_a, names_b);
}

void change_type(Object* object, Type& type) {
  Type* old = object->type;
  const bool owned = object->flags & TypeOwned;
  if (type.count < immortal_count) {
    retain(Ref(&type));
    object->flags |= TypeOwned;
  } else {
    object->flags &= ~std::uint32_t{TypeOwned};
  }
  object->type = &type;
  if (owned) release(Ref(old));
}

Value get_class(VM& vm, Ref self) { return Value(Ref(type_of(vm, self))); }

Status set_class(VM& vm, Ref self, Ref value) {
  if (value.is_unbound()) return vm.raise(TypeId::TypeError, "can't delete __class__ attribute");
  Type* type = as<Type>(value);
  if (!type)
    return vm.raise(TypeId::TypeError, "__class__ must be set to a class, not '{}' object",
                    display_name(type_of(vm, value)));
  Type& old = type_of(vm, self);
  const bool modules = is_subtype(*type, vm.type(TypeId::Module)) && is_subtype(old, vm.type(TypeId::Module));
  if (!modules && (!type->has(TypeFlag::Heap) || !old.has(TypeFlag::Heap)))
    return vm.raise(TypeId::TypeError,
                    "__class__ assignment only supported for mutable types or ModuleType subclasses");
  bool compatible = same_layout(old, *type);
  if (compatible) {
    CEDE_TRY(compatible, same_slots(vm, old, *type));
  }
  if (!compatible)
    return vm.raise(TypeId::TypeError, "__class__ assignment: '{}' object layout differs from '{}'",
                    display_name(*type), display_name(old));
  // A shape belongs to one type: the values move to a dictionary.
  Attributes* attributes = attributes_of(self.object());
  if (attributes && attributes->shape) {
    CEDE_TRY(Value detached, attributes_dict(vm, self.object(), *attributes));
  }
  change_type(self.object(), *type);
  return Ok;
}

// ---- methods

Owned object_dir(VM& vm, Ref self) {
  CEDE_TRY(Value own, find_attribute(vm, self, *vm.names.__dict__));
  CEDE_TRY(Value names, is<Dict>(own) ? dict_copy(vm, cast<Dict>(own)) : dict_new(vm));
  CEDE_TRY(Value class_, find_attribute(vm, self, *vm.names.__class__));
  if (!class_.is_unbound()) CEDE_CHECK(merge_class_names(vm, cast<Dict>(names), class_));
  return list_from(vm, names);
}

std::int64_t object_sizeof(VM& vm, Ref self) {
  const Type& type = type_of(vm, self);
  if (!self.is_object()) return 16;
  std::int64_t size = type.instance_size;
  for (const Layout* l = type.native->layout; l; l = l->base)
    if (l->variable_size) return static_cast<std::int64_t>(l->variable_size(*self.object()));
  return size;
}

Owned object_format(VM& vm, Ref self, std::string_view specification) {
  if (!specification.empty())
    return vm.raise(TypeId::TypeError, "unsupported format string passed to {}.__format__",
                    display_name(type_of(vm, self)));
  return str(vm, self);
}

Value object_subclasshook(VM&, Type&, Ref) { return Value(NotImplemented); }
Owned object_init_subclass(VM& vm, Ref self, const Arguments& arguments) {
  const std::string_view name =
      is<Type>(self) ? cast<Str>(cast<Type>(self).qualified_name).view() : std::string_view("object");
  if (arguments.keywords && arguments.keywords->size)
    return vm.raise(TypeId::TypeError, "{}.__init_subclass__() takes no keyword arguments", name);
  if (arguments.positional)
    return vm.raise(TypeId::TypeError, "{}.__init_subclass__() takes no arguments ({} given)", name,
                    arguments.positional);
  return Owned(None.bits);
}

constexpr Method with_doc(Method method, const char* doc) {
  method.doc = doc;
  return method;
}

constexpr Method object_methods[] = {
    with_doc(method<"__reduce_ex__(self, protocol, /)", object_reduce_ex>, "Helper for pickle."),
    with_doc(method<"__reduce__(self, /)", object_reduce>, "Helper for pickle."),
    with_doc(method<"__getstate__(self, /)", object_getstate>, "Helper for pickle."),
    with_doc(
        method<"__subclasshook__(type, object, /)", object_subclasshook>,
        "Abstract classes can override this to customize issubclass().\n\nThis is invoked early on by "
        "abc.ABCMeta.__subclasscheck__().\nIt should return True, False or NotImplemented.  If it returns\n"
        "NotImplemented, the normal algorithm is used.  Otherwise, it\noverrides the normal algorithm (and "
        "the "
        "outcome is cached).\n"),
    with_doc(raw_method<"__init_subclass__(type, /)", object_init_subclass>,
             "This method is called when a class is subclassed.\n\nThe default implementation does nothing. "
             "It may be\n"
             "overridden to extend subclasses.\n"),
    with_doc(
        method<"__format__(self, format_spec, /)", object_format>,
        "Default object formatter.\n\nReturn str(self) if format_spec is empty. Raise TypeError otherwise."),
    with_doc(method<"__sizeof__(self, /)", object_sizeof>, "Size of object in memory, in bytes."),
    with_doc(method<"__dir__(self, /)", object_dir>, "Default dir() implementation."),
};

constexpr Property object_properties[] = {
    [] {
      Property p = property<"__class__", get_class, set_class>;
      p.doc = "the object's class";
      return p;
    }(),
};

}  // namespace

extern constinit const Layout object_layout = layout_for<Object>();

namespace {

}  // namespace

// The names in the dictionaries of a class and its bases, as dir() shows them.
Status merge_class_names(VM& vm, Dict& names, Ref class_) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  CEDE_TRY(Value own, find_attribute(vm, class_, *vm.names.__dict__));
  if (!own.is_unbound()) CEDE_CHECK(dict_update(vm, names, own));
  CEDE_TRY(Value bases, find_attribute(vm, class_, *vm.names.__bases__));
  if (bases.is_unbound()) return Ok;
  CEDE_TRY(Value tuple, tuple_from(vm, bases));
  for (Bits base : cast<Tuple>(tuple)) CEDE_CHECK(merge_class_names(vm, names, Ref(base)));
  return Ok;
}

extern const NativeType object_type;
constinit const NativeType object_type = {
    .name = "object",
    .id = TypeId::Object,
    .base = nullptr,
    .layout = &object_layout,
    .slots = &object_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable,
    .methods = object_methods,
    .properties = object_properties,
    .doc =
        "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new "
        "featureless\n"
        "instance that has no instance attributes and cannot be given any.\n",
    .signature = "()"};

}  // namespace cede
