// `super`.
#include "runtime/types/super.hpp"

#include "runtime/core/attribute_rules.hpp"
#include "runtime/core/native.hpp"
#include "runtime/types/exceptions.hpp"

namespace cede {
namespace {

extern const Layout super_layout;
struct SuperObject : Object {
  static const Layout* layout() { return &super_layout; }
  Value class_, self, self_class;  // Unbound: not bound to an object
  template<class F> static void fields(SuperObject& s, F&& field) {
    field(s.self);
    field(s.class_);
    field(s.self_class);
  }
};
constinit const Layout super_layout = layout_for<SuperObject>();

// The class whose MRO is searched: `object` itself if it is a subclass, else its class.
Owned starting_class(VM& vm, Type& class_, Ref object) {
  Type* as_type = as<Type>(object);
  if (as_type && is_subtype(*as_type, class_)) return Owned::share(object);
  Type& type = type_of(vm, object);
  if (is_subtype(type, class_)) return Owned::share(type);
  CEDE_TRY(Value claimed, find_attribute(vm, object, *vm.names.__class__));
  if (const Type* other = as<Type>(claimed); other && other != &type && is_subtype(*other, class_))
    return claimed;
  return vm.raise(
      TypeId::TypeError, "super(type, obj): obj ({} {}) is not an instance or subtype of type ({}).",
      as_type ? "type" : "instance of", display_name(as_type ? *as_type : type), display_name(class_));
}

// The entry after `class_` in the MRO of `self_class`; Unbound if there is none.
Owned find_after(VM& vm, Type& class_, Type& self_class, Str& name) {
  if (self_class.mro.is_unbound()) return Owned();
  const Value held = self_class.mro;
  const Tuple& mro = cast<Tuple>(held);
  std::size_t i = 0;
  while (i < mro.size && mro[i].object() != &class_) ++i;
  for (++i; i < mro.size; ++i) {
    CEDE_TRY(Value entry, dict_get_str(vm, type_dictionary(vm, cast<Type>(mro[i])), name));
    if (!entry.is_unbound()) return entry;
  }
  return Owned();
}

Owned bind(VM& vm, Value entry, Ref self, Ref self_class) {
  const auto get = type_of(vm, entry).slots->descriptor_get;
  return get ? get(vm, entry, self == self_class ? Unbound : self, self_class) : entry.take();
}

Owned super_getattribute(VM& vm, Ref self_ref, Ref name_ref) {
  SuperObject& self = cast<SuperObject>(self_ref);
  Str& name = cast<Str>(name_ref);
  if (!self.self_class.is_unbound() && &name != vm.names.__class__) {
    CEDE_TRY(Value entry, find_after(vm, cast<Type>(self.class_), cast<Type>(self.self_class), name));
    if (!entry.is_unbound()) return bind(vm, std::move(entry), self.self, self.self_class);
  }
  return object_getattribute(vm, self_ref, name_ref);
}

Owned super_repr(VM& vm, Ref self_ref) {
  const SuperObject& self = cast<SuperObject>(self_ref);
  const std::string_view class_ =
      self.class_.is_unbound() ? std::string_view("NULL") : display_name(cast<Type>(self.class_));
  if (self.self_class.is_unbound())
    return str_from_utf8(vm, fmt::format("<super: <class '{}'>, NULL>", class_));
  return str_from_utf8(vm, fmt::format("<super: <class '{}'>, <{} object>>", class_,
                                       display_name(cast<Type>(self.self_class))));
}

Owned super_construct(VM& vm, Type& type, const Arguments&) {
  auto* made = make_instance<SuperObject>(vm, type);
  return made ? Owned(Value::adopt(made)) : raised;
}

Status assign(VM& vm, SuperObject& super, Ref class_, Ref object) {
  Value self_class;
  if (!object.is_unbound() && !object.is_none()) {
    CEDE_TRY(self_class, starting_class(vm, cast<Type>(class_), object));
  }
  super.class_ = Value(class_);
  super.self = self_class.is_unbound() ? Value() : Value(object);
  super.self_class = std::move(self_class);
  return Ok;
}

Status super_init(VM& vm, Ref self, const Arguments& arguments) {
  if (arguments.keywords && arguments.keywords->size)
    return vm.raise(TypeId::TypeError, "super() takes no keyword arguments");
  if (arguments.positional > 2)
    return vm.raise(TypeId::TypeError, "super() expected at most 2 arguments, got {}", arguments.positional);
  if (arguments.positional == 0) {
    if (!vm.implicit_super) return vm.raise(TypeId::RuntimeError, "super(): no arguments");
    Value class_, object;
    CEDE_CHECK(vm.implicit_super(vm, class_, object));
    return assign(vm, cast<SuperObject>(self), class_, object);
  }
  if (!is<Type>(arguments[0]))
    return vm.raise(TypeId::TypeError, "super() argument 1 must be a type, not {}",
                    display_name(type_of(vm, arguments[0])));
  return assign(vm, cast<SuperObject>(self), arguments[0],
                arguments.positional == 2 ? arguments[1] : Unbound);
}

// An unbound super object, as a class attribute, binds when it is read.
Owned super_get(VM& vm, Ref self, Ref instance, Ref) {
  SuperObject& super = cast<SuperObject>(self);
  if (instance.is_unbound() || instance.is_none() || !super.self.is_unbound()) return Owned::share(self);
  if (super.type->id != TypeId::Super) return call(vm, Ref(super.type), super.class_, instance);
  return super_new(vm, super.class_, instance);
}

constexpr Member super_members[] = {
    {"__self__", sizeof(Object) + 8, true, true, "the instance invoking super(); may be None"},
    {"__thisclass__", sizeof(Object), true, true, "the class invoking super()"},
    {"__self_class__", sizeof(Object) + 16, true, true,
     "the type of the instance invoking super(); may be None"}};
constexpr Slots super_slots = inherit(object_slots, [](Slots& s) {
  s.repr = super_repr;
  s.getattribute = super_getattribute;
  s.descriptor_get = super_get;
  s.init = super_init;
  s.construct = super_construct;
});

}  // namespace

Owned super_new(VM& vm, Ref class_, Ref self) {
  if (!is<Type>(class_))
    return vm.raise(TypeId::TypeError, "super() argument 1 must be a type, not {}",
                    display_name(type_of(vm, class_)));
  CEDE_TRY(Value super, super_construct(vm, vm.type(TypeId::Super), {}));
  CEDE_CHECK(assign(vm, cast<SuperObject>(super), class_, self));
  return super;
}

Owned super_get_method(VM& vm, Ref class_, Ref self, Str& name, bool& unbound) {
  unbound = false;
  if (!is<Type>(class_))
    return vm.raise(TypeId::TypeError, "super() argument 1 must be a type, not {}",
                    display_name(type_of(vm, class_)));
  if (!self.is_none() && &name != vm.names.__class__) {
    CEDE_TRY(Value self_class, starting_class(vm, cast<Type>(class_), self));
    CEDE_TRY(Value entry, find_after(vm, cast<Type>(class_), cast<Type>(self_class), name));
    if (!entry.is_unbound()) {
      if (!type_of(vm, entry).has(TypeFlag::MethodDescriptor) || self == self_class)
        return bind(vm, std::move(entry), self, self_class);
      unbound = true;
      return entry;
    }
  }
  CEDE_TRY(Value super, super_new(vm, class_, self));
  return get_attribute(vm, super, name);
}

extern const NativeType super_type;
constinit const NativeType super_type = {
    .name = "super",
    .id = TypeId::Super,
    .base = nullptr,
    .layout = &super_layout,
    .slots = &super_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable,
    .members = super_members,
    .doc =
        "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super "
        "object\nsuper(type, obj) "
        "-> bound super object; requires isinstance(obj, type)\nsuper(type, type2) -> bound super object; "
        "requires "
        "issubclass(type2, type)\nTypical use to call a cooperative superclass method:\nclass C(B):\n    def "
        "meth(self, "
        "arg):\n        super().meth(arg)\nThis works for class methods too:\nclass C(B):\n    "
        "@classmethod\n    def "
        "cmeth(cls, arg):\n        super().cmeth(arg)\n"};

}  // namespace cede
