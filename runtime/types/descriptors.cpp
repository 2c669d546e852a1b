// `classmethod` and `staticmethod`.
#include "runtime/core/descriptors.hpp"

#include "runtime/core/attribute_rules.hpp"
#include "runtime/types/bound_method.hpp"

namespace cede {

constinit const Layout method_decorator_layout = layout_for<MethodDecorator>();

namespace {

// As functools.wraps: what the function says of itself is said by its wrapper too.
Status copy_attributes(VM& vm, Ref wrapper, Ref function) {
  for (Str* name : {vm.names.__module__, vm.names.__name__, vm.names.__qualname__, vm.names.__doc__,
                    vm.names.__annotations__}) {
    CEDE_TRY(Value value, find_attribute(vm, function, *name));
    if (!value.is_unbound()) CEDE_CHECK(set_attribute(vm, wrapper, *name, value));
  }
  return Ok;
}

Owned decorator_construct(VM& vm, Type& type, const Arguments&) {
  auto* made = make_instance<MethodDecorator>(vm, type);
  if (!made) return raised;
  made->callable = Value(None);
  return Owned(Value::adopt(made));
}

Status decorate(VM& vm, MethodDecorator& self, Ref function) {
  self.callable = Value(function);
  return copy_attributes(vm, self, function);
}
Status classmethod_init(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_TRY(Value ignored,
           call_body<"classmethod(function, /)", decorate>(vm, cast<MethodDecorator>(self), arguments));
  return Ok;
}
Status staticmethod_init(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_TRY(Value ignored,
           call_body<"staticmethod(function, /)", decorate>(vm, cast<MethodDecorator>(self), arguments));
  return Ok;
}

Owned classmethod_get(VM& vm, Ref self, Ref instance, Ref owner) {
  const Ref class_ = owner.is_unbound() ? Ref(type_of(vm, instance)) : owner;
  return bound_method_new(vm, cast<MethodDecorator>(self).callable, class_);
}
Owned staticmethod_get(VM&, Ref self, Ref, Ref) { return Owned::share(cast<MethodDecorator>(self).callable); }
Owned staticmethod_call(VM& vm, Ref self, const Arguments& arguments) {
  const Value callable = cast<MethodDecorator>(self).callable;
  return call(vm, callable, arguments);
}

Owned decorator_repr(VM& vm, Ref self, std::string_view name) {
  CEDE_TRY(Value text, repr(vm, cast<MethodDecorator>(self).callable));
  return str_from_utf8(vm, fmt::format("<{}({})>", name, cast<Str>(text).view()));
}
Owned classmethod_repr(VM& vm, Ref self) { return decorator_repr(vm, self, "classmethod"); }
Owned staticmethod_repr(VM& vm, Ref self) { return decorator_repr(vm, self, "staticmethod"); }

Result<bool> get_is_abstract(VM& vm, MethodDecorator& self) {
  CEDE_TRY(Value mark, find_attribute(vm, self.callable, *vm.names.__isabstractmethod__));
  if (mark.is_unbound()) return false;
  return is_truthy(vm, mark);
}

constexpr Member decorator_members[] = {{"__func__", sizeof(Object), true, true},
                                        {"__wrapped__", sizeof(Object), true, true}};
constexpr Property decorator_properties[] = {property<"__isabstractmethod__", get_is_abstract>,
                                             instance_dict_property};

constexpr Slots classmethod_slots = inherit(object_slots, [](Slots& s) {
  s.repr = classmethod_repr;
  s.descriptor_get = classmethod_get;
  s.init = classmethod_init;
  s.construct = decorator_construct;
});
constexpr Slots staticmethod_slots = inherit(object_slots, [](Slots& s) {
  s.repr = staticmethod_repr;
  s.call = staticmethod_call;
  s.descriptor_get = staticmethod_get;
  s.init = staticmethod_init;
  s.construct = decorator_construct;
});

constexpr std::uint32_t decorator_flags =
    TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::HasAttributes;

Owned decorator_new(VM& vm, TypeId id, Ref callable) {
  CEDE_TRY(Value made, decorator_construct(vm, vm.type(id), {}));
  CEDE_CHECK(decorate(vm, cast<MethodDecorator>(made), callable));
  return made;
}

}  // namespace

extern const NativeType classmethod_type, staticmethod_type;
constinit const NativeType classmethod_type = {
    .name = "classmethod",
    .id = TypeId::ClassMethod,
    .base = nullptr,
    .layout = &method_decorator_layout,
    .slots = &classmethod_slots,
    .flags = decorator_flags,
    .properties = decorator_properties,
    .members = decorator_members,
    .doc =
        "Convert a function to be a class method.\n\nA class method receives the class as implicit first "
        "argument,\n"
        "just like an instance method receives the instance.\nTo declare a class method, use this idiom:\n\n "
        " class C:\n"
        "      @classmethod\n      def f(cls, arg1, arg2, argN):\n          ...\n\nIt can be called either "
        "on the class "
        "(e.g. C.f()) or on an instance\n(e.g. C().f()).  The instance is ignored except for its class.\nIf "
        "a class "
        "method is called for a derived class, the derived class\nobject is passed as the implied first "
        "argument.\n\n"
        "Class methods are different than C++ or Java static methods.\nIf you want those, see the "
        "staticmethod builtin.",
    .signature = "(function, /)"};
constinit const NativeType staticmethod_type = {.name = "staticmethod",
                                                .id = TypeId::StaticMethod,
                                                .base = nullptr,
                                                .layout = &method_decorator_layout,
                                                .slots = &staticmethod_slots,
                                                .flags = decorator_flags,
                                                .properties = decorator_properties,
                                                .members = decorator_members,
                                                .doc =
                                                    "Convert a function to be a static method.\n\nA static "
                                                    "method does not receive an implicit first argument.\nTo "
                                                    "declare a static method, use this idiom:\n\n     class "
                                                    "C:\n         @staticmethod\n         def f(arg1, arg2, "
                                                    "argN):\n             ...\n\nIt can be called either on "
                                                    "the class (e.g. C.f()) or on an instance\n(e.g. "
                                                    "C().f()). Both the class and the instance are ignored, "
                                                    "and\nneither is passed implicitly as the first argument "
                                                    "to the method.\n\nStatic methods in Python are similar "
                                                    "to those found in Java or C++.\nFor a more advanced "
                                                    "concept, see the classmethod builtin.",
                                                .signature = "(function, /)"};

Owned classmethod_new(VM& vm, Ref callable) { return decorator_new(vm, TypeId::ClassMethod, callable); }
Owned staticmethod_new(VM& vm, Ref callable) { return decorator_new(vm, TypeId::StaticMethod, callable); }

}  // namespace cede
