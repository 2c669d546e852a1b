// `property`.
#include "runtime/core/descriptors.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/types/exceptions.hpp"

namespace cede {

constinit const Layout property_layout = layout_for<PropertyObject>();

namespace {

Ref or_none(const Value& value) { return value.is_unbound() ? None : value.ref(); }

// property_copy's name for messages: given by __set_name__, else the getter's; Unbound if neither.
Owned property_name(VM& vm, PropertyObject& self) {
  if (!self.name.is_unbound()) return Owned::share(self.name);
  return self.get.is_unbound() ? Owned() : find_attribute(vm, self.get, *vm.names.__name__);
}

RaisedMark raise_without(VM& vm, PropertyObject& self, Ref instance, const char* what) {
  CEDE_TRY(Value name, property_name(vm, self));
  const std::string_view type = cast<Str>(type_of(vm, instance).qualified_name).view();
  if (name.is_unbound())
    return vm.raise(TypeId::AttributeError, "property of '{}' object has no {}", type, what);
  return vm.raise(TypeId::AttributeError, "property {} of '{}' object has no {}", repr_text(vm, name), type,
                  what);
}

Owned property_get(VM& vm, Ref self, Ref instance, Ref) {
  if (instance.is_unbound() || instance.is_none()) return Owned::share(self);
  const Value getter = cast<PropertyObject>(self).get;
  if (getter.is_unbound()) return raise_without(vm, cast<PropertyObject>(self), instance, "getter");
  return call(vm, getter, instance);
}

Status property_set(VM& vm, Ref self, Ref instance, Ref value) {
  PropertyObject& property = cast<PropertyObject>(self);
  const Value function = value.is_unbound() ? property.del : property.set;
  if (function.is_unbound())
    return raise_without(vm, property, instance, value.is_unbound() ? "deleter" : "setter");
  CEDE_TRY(Value ignored,
           value.is_unbound() ? call(vm, function, instance) : call(vm, function, instance, value));
  return Ok;
}

Owned property_construct(VM& vm, Type& type, const Arguments&) {
  auto* made = make_instance<PropertyObject>(vm, type);
  return made ? Owned(Value::adopt(made)) : raised;
}

// The doc of the getter stands in for a missing one. Subclasses keep it in the instance's dictionary.
Status set_doc_from(VM& vm, PropertyObject& self, Ref given) {
  Value doc(given);
  if (given.is_none() && !self.get.is_unbound()) {
    CEDE_TRY(doc, find_attribute(vm, self.get, *vm.names.__doc__));
    self.getter_doc = !doc.is_unbound() && !doc.is_none();
  }
  if (doc.is_unbound() || doc.is_none()) return Ok;
  if (self.type->id == TypeId::Property) {
    self.doc = std::move(doc);
    return Ok;
  }
  const Status status = set_attribute(vm, self, *vm.names.__doc__, doc);
  if (!status.is_raised() || !self.getter_doc || !vm.error_is(TypeId::AttributeError)) return status;
  vm.clear_error();
  return Ok;
}

Status property_assign(VM& vm, PropertyObject& self, Ref get, Ref set, Ref del, Ref doc) {
  const auto given = [](Ref function) { return function.is_none() ? Value() : Value(function); };
  self.get = given(get);
  self.set = given(set);
  self.del = given(del);
  self.doc.reset();
  self.getter_doc = false;
  return set_doc_from(vm, self, doc);
}

Status property_init(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_TRY(Value ignored, call_body<"property(fget=None, fset=None, fdel=None, doc=None)", property_assign>(
                              vm, cast<PropertyObject>(self), arguments));
  return Ok;
}

// The same property with some functions replaced (Unbound: kept).
Owned property_copy(VM& vm, PropertyObject& self, Ref get, Ref set, Ref del) {
  const Ref getter = get.is_unbound() || get.is_none() ? or_none(self.get) : get;
  const Ref setter = set.is_unbound() || set.is_none() ? or_none(self.set) : set;
  const Ref deleter = del.is_unbound() || del.is_none() ? or_none(self.del) : del;
  const Ref doc = self.getter_doc && !getter.is_none() ? None : or_none(self.doc);
  const Bits words[] = {getter.bits, setter.bits, deleter.bits, doc.bits};
  const Value name = self.name;
  CEDE_TRY(Value copy, call(vm, Ref(self.type), Arguments{words, 4, nullptr}));
  if (auto* made = as<PropertyObject>(copy)) made->name = name;
  return copy;
}
Owned property_getter(VM& vm, PropertyObject& self, Ref function) {
  return property_copy(vm, self, function, Unbound, Unbound);
}
Owned property_setter(VM& vm, PropertyObject& self, Ref function) {
  return property_copy(vm, self, Unbound, function, Unbound);
}
Owned property_deleter(VM& vm, PropertyObject& self, Ref function) {
  return property_copy(vm, self, Unbound, Unbound, function);
}

Owned property_set_name(VM& vm, Ref self, const Arguments& arguments) {
  if (arguments.positional != 2)
    return vm.raise(TypeId::TypeError, "__set_name__() takes 2 positional arguments but {} were given",
                    arguments.positional);
  cast<PropertyObject>(self).name = Value(arguments[1]);
  return Owned(None.bits);
}

Owned get_name(VM& vm, PropertyObject& self) {
  CEDE_TRY(Value name, property_name(vm, self));
  return name.is_unbound() ? Owned(raise_no_attribute(vm, self, *vm.names.__name__)) : name.take();
}
Status set_name(VM&, PropertyObject& self, Ref value) {
  self.name = value.is_unbound() ? Value() : Value(value);
  return Ok;
}
Value get_doc(VM&, PropertyObject& self) { return Value(or_none(self.doc)); }
Status set_doc(VM&, PropertyObject& self, Ref value) {
  self.doc = value.is_unbound() ? Value() : Value(value);
  return Ok;
}
Result<bool> get_is_abstract(VM& vm, PropertyObject& self) {
  for (const Value& function : {self.get, self.set, self.del}) {
    if (function.is_unbound()) continue;
    CEDE_TRY(Value mark, find_attribute(vm, function, *vm.names.__isabstractmethod__));
    if (mark.is_unbound()) continue;
    CEDE_TRY(const bool abstract, is_truthy(vm, mark));
    if (abstract) return true;
  }
  return false;
}

constexpr Method with_doc(Method method, const char* doc) {
  method.doc = doc;
  return method;
}
constexpr Method property_methods[] = {
    with_doc(method<"getter(self, object, /)", property_getter>,
             "Descriptor to obtain a copy of the property with a different getter."),
    with_doc(method<"setter(self, object, /)", property_setter>,
             "Descriptor to obtain a copy of the property with a different setter."),
    with_doc(method<"deleter(self, object, /)", property_deleter>,
             "Descriptor to obtain a copy of the property with a different deleter."),
    with_doc(raw_method<"__set_name__(self, owner, name, /)", property_set_name>,
             "Method to set name of a property."),
};
constexpr Member property_members[] = {{"fget", sizeof(Object), true, true},
                                       {"fset", sizeof(Object) + 8, true, true},
                                       {"fdel", sizeof(Object) + 16, true, true}};
constexpr Property property_properties[] = {property<"__doc__", get_doc, set_doc>,
                                            property<"__name__", get_name, set_name>,
                                            property<"__isabstractmethod__", get_is_abstract>};
constexpr Slots property_slots = inherit(object_slots, [](Slots& s) {
  s.descriptor_get = property_get;
  s.descriptor_set = property_set;
  s.init = property_init;
  s.construct = property_construct;
});

}  // namespace

extern const NativeType property_type;
constinit const NativeType property_type = {.name = "property",
                                            .id = TypeId::Property,
                                            .base = nullptr,
                                            .layout = &property_layout,
                                            .slots = &property_slots,
                                            .flags = TypeFlag::BaseType | TypeFlag::Instantiable,
                                            .methods = property_methods,
                                            .properties = property_properties,
                                            .members = property_members,
                                            .doc =
                                                "Property attribute.\n\n  fget\n    function to be used for "
                                                "getting an attribute value\n  fset\n    function to be "
                                                "used for setting an attribute value\n  fdel\n    function "
                                                "to be used for del'ing an attribute\n  doc\n    "
                                                "docstring\n\nTypical use is to define a managed attribute "
                                                "x:\n\nclass C(object):\n    def getx(self): return "
                                                "self._x\n    def setx(self, value): self._x = value\n    "
                                                "def delx(self): del self._x\n    x = property(getx, "
                                                "setx, delx, \"I'm the 'x' property.\")\n\nDecorators make "
                                                "defining new properties or modifying existing ones "
                                                "easy:\n\nclass C(object):\n    @property\n    def "
                                                "x(self):\n        \"I am the 'x' property.\"\n        "
                                                "return self._x\n    @x.setter\n    def x(self, value):\n    "
                                                "    self._x = value\n    @x.deleter\n    def "
                                                "x(self):\n        del self._x",
                                            .signature = "(fget=None, fset=None, fdel=None, doc=None)"};

}  // namespace cede
