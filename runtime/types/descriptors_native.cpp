// The descriptors in the dictionaries of native types: methods, class methods, slot wrappers, properties and
// fields; and method-wrapper, a slot wrapper bound to its object. They belong to one type and check what they
// are applied to.
#include "runtime/core/descriptors.hpp"
#include "runtime/core/type_slots.hpp"
#include "runtime/types/exceptions.hpp"

namespace cede {

constinit const Layout classmethod_descriptor_layout = layout_for<ClassMethodDescriptor>();
constinit const Layout wrapper_descriptor_layout = layout_for<WrapperDescriptor>();
constinit const Layout method_wrapper_layout = layout_for<MethodWrapper>();
constinit const Layout getset_descriptor_layout = layout_for<GetSetDescriptor>();
constinit const Layout member_descriptor_layout = layout_for<MemberDescriptor>();

namespace {

constinit const Layout method_descriptor_layout = layout_for<MethodDescriptor>();

std::string_view name_of(VM& vm, Ref value) { return display_name(type_of(vm, value)); }

// ---- what all of them say of themselves

std::string_view entry_name(const MethodDescriptor& d) { return d.method->name(); }
std::string_view entry_name(const ClassMethodDescriptor& d) { return d.method->name(); }
std::string_view entry_name(const WrapperDescriptor& d) { return d.wrapper->name; }
std::string_view entry_name(const GetSetDescriptor& d) { return d.property->name; }
std::string_view entry_name(const MemberDescriptor& d) { return cast<Str>(d.name).view(); }

const Type& entry_owner(const MethodDescriptor& d) { return *d.owner; }
const Type& entry_owner(const ClassMethodDescriptor& d) { return *d.owner; }
const Type& entry_owner(const WrapperDescriptor& d) { return *d.owner; }
const Type& entry_owner(const GetSetDescriptor& d) { return cast<Type>(d.owner); }
const Type& entry_owner(const MemberDescriptor& d) { return cast<Type>(d.owner); }

Value optional_text(VM& vm, const char* text) { return text ? str_from_utf8(vm, text) : Value(None); }
Value entry_doc(VM& vm, const MethodDescriptor& d) { return method_doc(vm, *d.method); }
Value entry_doc(VM& vm, const ClassMethodDescriptor& d) { return method_doc(vm, *d.method); }
Value entry_doc(VM& vm, const WrapperDescriptor& d) { return optional_text(vm, d.wrapper->doc); }
Value entry_doc(VM& vm, const GetSetDescriptor& d) { return optional_text(vm, d.property->doc); }
Value entry_doc(VM& vm, const MemberDescriptor& d) { return optional_text(vm, d.doc); }

Value entry_text_signature(VM& vm, const MethodDescriptor& d) { return method_text_signature(vm, *d.method); }
Value entry_text_signature(VM& vm, const ClassMethodDescriptor& d) {
  return method_text_signature(vm, *d.method);
}
Value entry_text_signature(VM& vm, const WrapperDescriptor& d) {
  return optional_text(vm, d.wrapper->text_signature);
}

template<class D> Value get_name(VM& vm, D& d) { return str_from_utf8(vm, entry_name(d)); }
template<class D> Value get_owner(VM&, D& d) { return Value(Ref(entry_owner(d))); }
template<class D> Value get_qualname(VM& vm, D& d) {
  return str_from_utf8(vm,
                       fmt::format("{}.{}", cast<Str>(entry_owner(d).qualified_name).view(), entry_name(d)));
}
template<class D> Value get_doc(VM& vm, D& d) { return entry_doc(vm, d); }
template<class D> Value get_text_signature(VM& vm, D& d) { return entry_text_signature(vm, d); }

template<class D>
constexpr Property common_properties[] = {property<"__objclass__", get_owner<D>>,
                                          property<"__name__", get_name<D>>, property<"__doc__", get_doc<D>>,
                                          property<"__qualname__", get_qualname<D>>};
template<class D>
constexpr Property callable_properties[] = {
    property<"__objclass__", get_owner<D>>, property<"__name__", get_name<D>>,
    property<"__doc__", get_doc<D>>, property<"__qualname__", get_qualname<D>>,
    property<"__text_signature__", get_text_signature<D>>};

// (getattr, (owner, name)).
Owned reduce_to(VM& vm, Ref object, std::string_view name) {
  CEDE_TRY(Value getattr, dict_get_str(vm, cast<Dict>(vm.builtins), vm.intern("getattr")));
  CEDE_TRY(Value arguments, tuple_of(vm, {object, vm.intern(name)}));
  return tuple_of(vm, {getattr, arguments});
}
template<class D> Owned descriptor_reduce(VM& vm, D& d) {
  return reduce_to(vm, entry_owner(d), entry_name(d));
}
template<class D> constexpr Method reduce_methods[] = {method<"__reduce__(self, /)", descriptor_reduce<D>>};

template<class D, FixedString Kind> Owned descriptor_repr(VM& vm, Ref self) {
  const D& d = cast<D>(self);
  return str_from_utf8(
      vm, fmt::format("<{} '{}' of '{}' objects>", Kind.view(), entry_name(d), display_name(entry_owner(d))));
}

template<class D> Status check_applies(VM& vm, const D& d, Ref object) {
  const Type& type = type_of(vm, object);
  if (&type == &entry_owner(d) || is_subtype(type, entry_owner(d))) [[likely]]
    return Ok;
  return vm.raise(TypeId::TypeError, "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
                  entry_name(d), display_name(entry_owner(d)), display_name(type));
}

// ---- method_descriptor

Owned method_descriptor_call(VM& vm, Ref self, const Arguments& arguments) {
  const MethodDescriptor& d = cast<MethodDescriptor>(self);
  if (arguments.positional == 0)
    return vm.raise(TypeId::TypeError, "unbound method {}.{}() needs an argument",
                    cast<Str>(d.owner->qualified_name).view(), d.method->name());
  CEDE_CHECK(check_applies(vm, d, arguments[0]));
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  return d.method->call(vm, *d.method, arguments[0], arguments.without_first());
}
Owned method_descriptor_get(VM& vm, Ref self, Ref instance, Ref) {
  if (instance.is_unbound()) return Owned::share(self);
  const MethodDescriptor& d = cast<MethodDescriptor>(self);
  CEDE_CHECK(check_applies(vm, d, instance));
  return native_function_new(vm, *d.method, instance, Unbound);
}

// ---- classmethod_descriptor

Status check_class(VM& vm, const ClassMethodDescriptor& d, Ref class_) {
  const Type* type = as<Type>(class_);
  if (!type)
    return vm.raise(TypeId::TypeError, "descriptor '{}' for type '{}' needs a type, not a '{}' as arg 2",
                    d.method->name(), display_name(*d.owner), name_of(vm, class_));
  if (is_subtype(*type, *d.owner)) return Ok;
  return vm.raise(TypeId::TypeError, "descriptor '{}' requires a subtype of '{}' but received '{}'",
                  d.method->name(), display_name(*d.owner), display_name(*type));
}
Owned classmethod_descriptor_get(VM& vm, Ref self, Ref instance, Ref owner) {
  const ClassMethodDescriptor& d = cast<ClassMethodDescriptor>(self);
  const Ref class_ = owner.is_unbound() ? Ref(type_of(vm, instance)) : owner;
  CEDE_CHECK(check_class(vm, d, class_));
  return native_function_new(vm, *d.method, class_, Unbound);
}
Owned classmethod_descriptor_call(VM& vm, Ref self, const Arguments& arguments) {
  const ClassMethodDescriptor& d = cast<ClassMethodDescriptor>(self);
  if (arguments.positional == 0)
    return vm.raise(TypeId::TypeError, "descriptor '{}' of '{}' object needs an argument", d.method->name(),
                    display_name(*d.owner));
  CEDE_CHECK(check_class(vm, d, arguments[0]));
  return d.method->call(vm, *d.method, arguments[0], arguments.without_first());
}

// ---- wrapper_descriptor and method-wrapper

Owned call_wrapper(VM& vm, const WrapperDescriptor& d, Ref self, const Arguments& arguments) {
  const SlotWrapper& wrapper = *d.wrapper;
  const bool takes_keywords = wrapper.slot == SlotIndex::call || wrapper.slot == SlotIndex::init;
  if (arguments.keywords && arguments.keywords->size && !takes_keywords)
    return vm.raise(TypeId::TypeError, "wrapper {}() takes no keyword arguments", wrapper.name);
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  return wrapper.call(vm, wrapper, *d.owner->slots, self, arguments);
}
Owned wrapper_descriptor_call(VM& vm, Ref self, const Arguments& arguments) {
  const WrapperDescriptor& d = cast<WrapperDescriptor>(self);
  if (arguments.positional == 0)
    return vm.raise(TypeId::TypeError, "descriptor '{}' of '{}' object needs an argument", d.wrapper->name,
                    display_name(*d.owner));
  if (!is_subtype(type_of(vm, arguments[0]), *d.owner))
    return vm.raise(TypeId::TypeError, "descriptor '{}' requires a '{}' object but received a '{}'",
                    d.wrapper->name, display_name(*d.owner), name_of(vm, arguments[0]));
  return call_wrapper(vm, d, arguments[0], arguments.without_first());
}
Owned wrapper_descriptor_get(VM& vm, Ref self, Ref instance, Ref) {
  if (instance.is_unbound()) return Owned::share(self);
  CEDE_CHECK(check_applies(vm, cast<WrapperDescriptor>(self), instance));
  auto* bound = make_object<MethodWrapper>(vm, TypeId::MethodWrapper);
  if (!bound) return raised;
  bound->descriptor = Value(self);
  bound->self = Value(instance);
  return Owned(Value::adopt(bound));
}

const WrapperDescriptor& descriptor_of(const MethodWrapper& w) {
  return cast<WrapperDescriptor>(w.descriptor);
}

Owned method_wrapper_call(VM& vm, Ref self, const Arguments& arguments) {
  const MethodWrapper& w = cast<MethodWrapper>(self);
  return call_wrapper(vm, descriptor_of(w), w.self, arguments);
}
Owned method_wrapper_repr(VM& vm, Ref self) {
  const MethodWrapper& w = cast<MethodWrapper>(self);
  return str_from_utf8(vm, fmt::format("<method-wrapper '{}' of {} object at {:#x}>",
                                       descriptor_of(w).wrapper->name, name_of(vm, w.self), w.self.bits()));
}
Owned method_wrapper_compare(VM&, Ref self, Ref other, CompareOperation operation) {
  const bool equality = operation == CompareOperation::Equal || operation == CompareOperation::NotEqual;
  const auto* b = as<MethodWrapper>(other);
  if (!equality || !b) return Owned(NotImplemented.bits);
  const MethodWrapper& a = cast<MethodWrapper>(self);
  const bool same = a.descriptor.bits() == b->descriptor.bits() && a.self.bits() == b->self.bits();
  return detail::to_owned(same == (operation == CompareOperation::Equal));
}
Result<std::int64_t> method_wrapper_hash(VM&, Ref self) {
  const MethodWrapper& w = cast<MethodWrapper>(self);
  const auto hash = static_cast<std::int64_t>((w.self.bits() >> 4) ^ (w.descriptor.bits() >> 4));
  return hash == -1 ? -2 : hash;
}
Value wrapper_name(VM& vm, MethodWrapper& w) { return str_from_utf8(vm, descriptor_of(w).wrapper->name); }
Value wrapper_owner(VM&, MethodWrapper& w) { return Value(Ref(*descriptor_of(w).owner)); }
Value wrapper_doc(VM& vm, MethodWrapper& w) { return optional_text(vm, descriptor_of(w).wrapper->doc); }
Value wrapper_self(VM&, MethodWrapper& w) { return w.self; }
Value wrapper_qualname(VM& vm, MethodWrapper& w) {
  auto& d = const_cast<WrapperDescriptor&>(descriptor_of(w));
  return get_qualname(vm, d);
}
Value wrapper_text_signature(VM& vm, MethodWrapper& w) {
  return optional_text(vm, descriptor_of(w).wrapper->text_signature);
}
Owned method_wrapper_reduce(VM& vm, MethodWrapper& w) {
  return reduce_to(vm, w.self, descriptor_of(w).wrapper->name);
}
constexpr Method method_wrapper_methods[] = {method<"__reduce__(self, /)", method_wrapper_reduce>};
constexpr Property method_wrapper_properties[] = {
    property<"__self__", wrapper_self>, property<"__objclass__", wrapper_owner>,
    property<"__name__", wrapper_name>, property<"__qualname__", wrapper_qualname>,
    property<"__doc__", wrapper_doc>,   property<"__text_signature__", wrapper_text_signature>};

// ---- getset_descriptor

Owned getset_get(VM& vm, Ref self, Ref instance, Ref) {
  if (instance.is_unbound()) return Owned::share(self);
  const GetSetDescriptor& d = cast<GetSetDescriptor>(self);
  CEDE_CHECK(check_applies(vm, d, instance));
  return d.property->get(vm, instance);
}
Status getset_set(VM& vm, Ref self, Ref instance, Ref value) {
  const GetSetDescriptor& d = cast<GetSetDescriptor>(self);
  CEDE_CHECK(check_applies(vm, d, instance));
  if (d.property->set) return d.property->set(vm, instance, value);
  return vm.raise(TypeId::AttributeError, "attribute '{}' of '{}' objects is not writable", d.property->name,
                  display_name(entry_owner(d)));
}

// ---- member_descriptor

Value& field_at(Ref instance, const MemberDescriptor& d) {
  return *reinterpret_cast<Value*>(reinterpret_cast<char*>(instance.object()) + d.offset);
}

Owned member_get(VM& vm, Ref self, Ref instance, Ref) {
  if (instance.is_unbound()) return Owned::share(self);
  const MemberDescriptor& d = cast<MemberDescriptor>(self);
  CEDE_CHECK(check_applies(vm, d, instance));
  Value value;
  if (d.offset != MemberDescriptor::hidden_attribute) {
    value = field_at(instance, d);
  } else {
    CEDE_TRY(value, attributes_get(vm, *attributes_of(instance.object()), cast<Str>(d.name)));
  }
  if (!value.is_unbound()) return value;
  if (d.none_if_absent) return Owned(None.bits);
  // CPython names the class here by its full name, unlike elsewhere.
  std::string class_name = full_name(vm, type_of(vm, instance));
  if (class_name.starts_with("__main__.")) class_name.erase(0, 9);
  return vm.raise(TypeId::AttributeError, "'{}' object has no attribute '{}'", class_name, cast<Str>(d.name).view());
}
Status member_set(VM& vm, Ref self, Ref instance, Ref value) {
  const MemberDescriptor& d = cast<MemberDescriptor>(self);
  CEDE_CHECK(check_applies(vm, d, instance));
  if (d.read_only) return vm.raise(TypeId::AttributeError, "readonly attribute");
  bool found = true;
  if (d.offset == MemberDescriptor::hidden_attribute) {
    CEDE_TRY(found, attributes_set(vm, instance.object(), *attributes_of(instance.object()),
                                   cast<Str>(d.name), value));
  } else {
    Value& field = field_at(instance, d);
    found = !value.is_unbound() || d.none_if_absent || !field.is_unbound();
    field = value.is_unbound() ? Value() : Value(value);
  }
  return found ? Ok : Status(vm.raise_with(TypeId::AttributeError, d.name));
}

constexpr Slots method_descriptor_slots = inherit(object_slots, [](Slots& s) {
  s.repr = descriptor_repr<MethodDescriptor, "method">;
  s.call = method_descriptor_call;
  s.descriptor_get = method_descriptor_get;
});
constexpr Slots classmethod_descriptor_slots = inherit(object_slots, [](Slots& s) {
  s.repr = descriptor_repr<ClassMethodDescriptor, "method">;
  s.call = classmethod_descriptor_call;
  s.descriptor_get = classmethod_descriptor_get;
});
constexpr Slots wrapper_descriptor_slots = inherit(object_slots, [](Slots& s) {
  s.repr = descriptor_repr<WrapperDescriptor, "slot wrapper">;
  s.call = wrapper_descriptor_call;
  s.descriptor_get = wrapper_descriptor_get;
});
constexpr Slots method_wrapper_slots = inherit(object_slots, [](Slots& s) {
  s.repr = method_wrapper_repr;
  s.hash = method_wrapper_hash;
  s.call = method_wrapper_call;
  s.compare = method_wrapper_compare;
});
constexpr Slots getset_descriptor_slots = inherit(object_slots, [](Slots& s) {
  s.repr = descriptor_repr<GetSetDescriptor, "attribute">;
  s.descriptor_get = getset_get;
  s.descriptor_set = getset_set;
});
constexpr Slots member_descriptor_slots = inherit(object_slots, [](Slots& s) {
  s.repr = descriptor_repr<MemberDescriptor, "member">;
  s.descriptor_get = member_get;
  s.descriptor_set = member_set;
});

}  // namespace

const Layout* MethodDescriptor::layout() { return &method_descriptor_layout; }

extern const NativeType method_descriptor_type, classmethod_descriptor_type, wrapper_descriptor_type,
    method_wrapper_type, getset_descriptor_type, member_descriptor_type;
constinit const NativeType method_descriptor_type = {.name = "method_descriptor",
                                                     .id = TypeId::MethodDescriptor,
                                                     .base = nullptr,
                                                     .layout = &method_descriptor_layout,
                                                     .slots = &method_descriptor_slots,
                                                     .flags = TypeFlag::MethodDescriptor | TypeFlag::NoCycles,
                                                     .methods = reduce_methods<MethodDescriptor>,
                                                     .properties = callable_properties<MethodDescriptor>};
constinit const NativeType classmethod_descriptor_type = {
    .name = "classmethod_descriptor",
    .id = TypeId::ClassMethodDescriptor,
    .base = nullptr,
    .layout = &classmethod_descriptor_layout,
    .slots = &classmethod_descriptor_slots,
    .flags = std::uint32_t(TypeFlag::NoCycles),
    .properties = callable_properties<ClassMethodDescriptor>};
constinit const NativeType wrapper_descriptor_type = {
    .name = "wrapper_descriptor",
    .id = TypeId::WrapperDescriptor,
    .base = nullptr,
    .layout = &wrapper_descriptor_layout,
    .slots = &wrapper_descriptor_slots,
    .flags = TypeFlag::MethodDescriptor | TypeFlag::NoCycles,
    .methods = reduce_methods<WrapperDescriptor>,
    .properties = callable_properties<WrapperDescriptor>};
constinit const NativeType method_wrapper_type = {.name = "method-wrapper",
                                                  .id = TypeId::MethodWrapper,
                                                  .base = nullptr,
                                                  .layout = &method_wrapper_layout,
                                                  .slots = &method_wrapper_slots,
                                                  .flags = 0,
                                                  .methods = method_wrapper_methods,
                                                  .properties = method_wrapper_properties};
constinit const NativeType getset_descriptor_type = {.name = "getset_descriptor",
                                                     .id = TypeId::GetSetDescriptor,
                                                     .base = nullptr,
                                                     .layout = &getset_descriptor_layout,
                                                     .slots = &getset_descriptor_slots,
                                                     .flags = 0,
                                                     .properties = common_properties<GetSetDescriptor>};
constinit const NativeType member_descriptor_type = {.name = "member_descriptor",
                                                     .id = TypeId::MemberDescriptor,
                                                     .base = nullptr,
                                                     .layout = &member_descriptor_layout,
                                                     .slots = &member_descriptor_slots,
                                                     .flags = 0,
                                                     .methods = reduce_methods<MemberDescriptor>,
                                                     .properties = common_properties<MemberDescriptor>};

Owned method_descriptor_new(VM& vm, const Method& method, Type& owner) {
  auto* made = make_object<MethodDescriptor>(vm, TypeId::MethodDescriptor, 0);
  if (!made) return raised;
  made->method = &method;
  made->owner = &owner;
  return Owned(Value::adopt(made));
}

Owned getset_descriptor_new(VM& vm, const Property& property, Type& owner) {
  auto* made = make_object<GetSetDescriptor>(vm, TypeId::GetSetDescriptor);
  if (!made) return raised;
  made->property = &property;
  made->owner = Value(Ref(owner));
  return Owned(Value::adopt(made));
}

Owned member_descriptor_new(VM& vm, Str& name, Type& owner, std::uint32_t offset) {
  auto* made = make_object<MemberDescriptor>(vm, TypeId::MemberDescriptor);
  if (!made) return raised;
  made->name = Value(Ref(name));
  made->owner = Value(Ref(owner));
  made->offset = offset;
  made->read_only = made->none_if_absent = false;
  made->doc = nullptr;
  return Owned(Value::adopt(made));
}

}  // namespace cede
