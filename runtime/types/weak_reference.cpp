// weakref.ref and the two kinds of proxy. The table they stand in is core/weak.cpp's; the rest of the weakref
// module is in stdlib. A proxy does to its target whatever is done to it.
#include "runtime/core/weak.hpp"

#include "runtime/core/protocols.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/weak_reference.hpp"

namespace cede {

namespace {

WeakReference& reference_of(Ref self) { return cast<WeakReference>(self); }
Value target_of(Ref self) { return Value(weak_target(reference_of(self))); }
bool is_dead(Ref self) { return !reference_of(self).target; }

// ---- weakref.ref

Owned reference_construct(VM& vm, Type& type, const Arguments& arguments) {
  CEDE_CHECK(check_argument_count(vm, arguments, "__new__", 1, 2));
  if (arguments.keywords && arguments.keywords->size && type.id == TypeId::WeakReference)
    return vm.raise_text(TypeId::TypeError, "ref() takes no keyword arguments");
  return weak_reference_new(vm, type, arguments[0], arguments.positional == 2 ? arguments[1] : Unbound);
}

Status reference_init(VM& vm, Ref, const Arguments& arguments) {
  if (arguments.keywords && arguments.keywords->size)
    return vm.raise_text(TypeId::TypeError, "ref() takes no keyword arguments");
  return check_argument_count(vm, arguments, "__init__", 1, 2);
}

Status append_address(TextBuffer& text, const Object* object) {
  return text.append(fmt::format("{:#x}", reinterpret_cast<std::uintptr_t>(object)));
}

Owned reference_repr(VM& vm, Ref self, std::string_view kind) {
  const Value target = target_of(self);
  TextBuffer text(vm);
  CEDE_CHECK(text.append(kind));
  CEDE_CHECK(append_address(text, self.object()));
  if (target.is_none()) {
    CEDE_CHECK(text.append("; dead>"));
    return text.finish();
  }
  CEDE_CHECK(text.append("; to '"));
  CEDE_CHECK(text.append(display_name(*target.object()->type)));
  CEDE_CHECK(text.append("' at "));
  CEDE_CHECK(append_address(text, target.object()));
  if (is<WeakReference>(self) && kind == "<weakref at ") {
    CEDE_TRY(const Value name, find_attribute(vm, target, *vm.names.__name__));
    if (const Str* str_name = as<Str>(name)) {
      CEDE_CHECK(text.append(" ("));
      CEDE_CHECK(text.append(str_name->view()));
      CEDE_CHECK(text.append(")"));
    }
  }
  CEDE_CHECK(text.append(">"));
  return text.finish();
}
Owned weakref_repr(VM& vm, Ref self) { return reference_repr(vm, self, "<weakref at "); }
Owned proxy_repr(VM& vm, Ref self) { return reference_repr(vm, self, "<weakproxy at "); }

Result<std::int64_t> reference_hash(VM& vm, Ref self) {
  WeakReference& reference = reference_of(self);
  if (reference.hash != -1) return reference.hash;
  const Value target = target_of(self);
  if (target.is_none()) return vm.raise_text(TypeId::TypeError, "weak object has gone away");
  CEDE_TRY(const std::int64_t hash, hash_value(vm, target));
  return reference.hash = hash;
}

Owned reference_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  const bool equality = operation == CompareOperation::Equal || operation == CompareOperation::NotEqual;
  if (!equality || !is_weak_reference(vm, other)) return Owned::share(NotImplemented);
  const Value mine = target_of(self), theirs = target_of(other);
  if (mine.is_none() || theirs.is_none())
    return Owned(Ref::boolean((self == other) == (operation == CompareOperation::Equal)).bits);
  return compare(vm, mine, theirs, operation);
}

Owned reference_call(VM& vm, Ref self, const Arguments& arguments) {
  if (arguments.keywords && arguments.keywords->size)
    return vm.raise_text(TypeId::TypeError, "weakref() takes no keyword arguments");
  if (arguments.positional)
    return vm.raise(TypeId::TypeError, "weakref expected 0 arguments, got {}", arguments.positional);
  return Owned::share(weak_target(reference_of(self)));
}

constexpr Slots reference_slots = inherit(object_slots, [](Slots& s) {
  s.repr = weakref_repr;
  s.hash = reference_hash;
  s.call = reference_call;
  s.compare = reference_compare;
  s.init = reference_init;
  s.construct = reference_construct;
});
constexpr Method reference_methods[] = {method<"__class_getitem__(type, object, /)", class_getitem_alias>};
Owned reference_callback(VM&, WeakReference& self) {
  return Owned::share(self.callback.is_unbound() ? None : Ref(self.callback));
}
constexpr Property reference_properties[] = {property<"__callback__", reference_callback>};

// ---- proxies

// The target of an operand that is a proxy, held; any other operand itself. Raised if the target is dead.
Value unwrap(VM& vm, Ref operand) {
  if (!is_weak_proxy(operand)) return Value(operand);
  if (is_dead(operand))
    return vm.raise_text(TypeId::ReferenceError, "weakly-referenced object no longer exists");
  return target_of(operand);
}

Owned proxy_str(VM& vm, Ref self) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return str(vm, target);
}
Owned proxy_call(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return call(vm, target, arguments);
}
Owned proxy_getattribute(VM& vm, Ref self, Ref name) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return get_attribute(vm, target, cast<Str>(name));
}
Status proxy_setattr(VM& vm, Ref self, Ref name, Ref value) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return set_attribute(vm, target, cast<Str>(name), value);
}
Owned proxy_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  CEDE_TRY(const Value left, unwrap(vm, self));
  CEDE_TRY(const Value right, unwrap(vm, other));
  return compare(vm, left, right, operation);
}
Owned proxy_iter(VM& vm, Ref self) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return get_iterator(vm, target);
}
Owned proxy_next(VM& vm, Ref self) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  if (!is_iterator(vm, target))
    return vm.raise(TypeId::TypeError, "Weakref proxy referenced a non-iterator '{}' object",
                    type_name(target, vm));
  return next(vm, target);
}
template<BinaryOperation operation> Owned proxy_binary(VM& vm, Ref left, Ref right) {
  CEDE_TRY(const Value a, unwrap(vm, left));
  CEDE_TRY(const Value b, unwrap(vm, right));
  return binary_operation(vm, a, b, operation);
}
template<BinaryOperation operation> Owned proxy_inplace(VM& vm, Ref left, Ref right) {
  CEDE_TRY(const Value a, unwrap(vm, left));
  CEDE_TRY(const Value b, unwrap(vm, right));
  return inplace_operation(vm, a, b, operation);
}
template<UnaryOperation operation> Owned proxy_unary(VM& vm, Ref self) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return unary_operation(vm, target, operation);
}
Owned proxy_divmod(VM& vm, Ref left, Ref right) {
  CEDE_TRY(const Value a, unwrap(vm, left));
  CEDE_TRY(const Value b, unwrap(vm, right));
  return divmod(vm, a, b);
}
Owned proxy_power(VM& vm, Ref base, Ref exponent, Ref modulus) {
  CEDE_TRY(const Value a, unwrap(vm, base));
  CEDE_TRY(const Value b, unwrap(vm, exponent));
  CEDE_TRY(const Value c, unwrap(vm, modulus));
  return power(vm, a, b, c);
}
Owned proxy_inplace_power(VM& vm, Ref base, Ref exponent, Ref) {
  return proxy_inplace<BinaryOperation::Power>(vm, base, exponent);
}
Owned proxy_absolute(VM& vm, Ref self) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return absolute(vm, target);
}
Owned proxy_convert(VM& vm, Ref self, TypeId type) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return call(vm, vm.type(type), target);
}
Owned proxy_integer(VM& vm, Ref self) { return proxy_convert(vm, self, TypeId::Int); }
Owned proxy_floating(VM& vm, Ref self) { return proxy_convert(vm, self, TypeId::Float); }
Owned proxy_index(VM& vm, Ref self) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return index(vm, target);
}
Result<bool> proxy_boolean(VM& vm, Ref self) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return is_truthy(vm, target);
}
Result<std::int64_t> proxy_length(VM& vm, Ref self) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return length(vm, target);
}
Owned proxy_getitem(VM& vm, Ref self, Ref key) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  CEDE_TRY(const Value held_key, unwrap(vm, key));
  return get_item(vm, target, held_key);
}
Status proxy_setitem(VM& vm, Ref self, Ref key, Ref value) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return set_item(vm, target, key, value);
}
Result<bool> proxy_contains(VM& vm, Ref self, Ref item) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return contains(vm, target, item);
}
Owned proxy_bytes(VM& vm, Ref self) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return call_method(vm, target, *vm.names.__bytes__);
}
Owned proxy_reversed(VM& vm, Ref self) {
  CEDE_TRY(const Value target, unwrap(vm, self));
  return call_method(vm, target, *vm.names.__reversed__);
}

constexpr Slots proxy_slots = inherit(object_slots, [](Slots& s) {
  using B = BinaryOperation;
  s.repr = proxy_repr;
  s.str = proxy_str;
  s.hash = hash_not_implemented;
  s.compare = proxy_compare;
  s.getattribute = proxy_getattribute;
  s.setattr = proxy_setattr;
  s.iter = proxy_iter;
  s.next = proxy_next;
  s.add = proxy_binary<B::Add>;
  s.subtract = proxy_binary<B::Subtract>;
  s.multiply = proxy_binary<B::Multiply>;
  s.remainder = proxy_binary<B::Remainder>;
  s.divmod = proxy_divmod;
  s.power = proxy_power;
  s.negative = proxy_unary<UnaryOperation::Minus>;
  s.positive = proxy_unary<UnaryOperation::Plus>;
  s.invert = proxy_unary<UnaryOperation::Invert>;
  s.absolute = proxy_absolute;
  s.boolean = proxy_boolean;
  s.left_shift = proxy_binary<B::LeftShift>;
  s.right_shift = proxy_binary<B::RightShift>;
  s.bit_and = proxy_binary<B::And>;
  s.bit_xor = proxy_binary<B::Xor>;
  s.bit_or = proxy_binary<B::Or>;
  s.integer = proxy_integer;
  s.floating = proxy_floating;
  s.index = proxy_index;
  s.inplace_add = proxy_inplace<B::Add>;
  s.inplace_subtract = proxy_inplace<B::Subtract>;
  s.inplace_multiply = proxy_inplace<B::Multiply>;
  s.inplace_remainder = proxy_inplace<B::Remainder>;
  s.inplace_power = proxy_inplace_power;
  s.inplace_left_shift = proxy_inplace<B::LeftShift>;
  s.inplace_right_shift = proxy_inplace<B::RightShift>;
  s.inplace_and = proxy_inplace<B::And>;
  s.inplace_xor = proxy_inplace<B::Xor>;
  s.inplace_or = proxy_inplace<B::Or>;
  s.floor_divide = proxy_binary<B::FloorDivide>;
  s.true_divide = proxy_binary<B::TrueDivide>;
  s.inplace_floor_divide = proxy_inplace<B::FloorDivide>;
  s.inplace_true_divide = proxy_inplace<B::TrueDivide>;
  s.matrix_multiply = proxy_binary<B::MatrixMultiply>;
  s.inplace_matrix_multiply = proxy_inplace<B::MatrixMultiply>;
  s.length = proxy_length;
  s.getitem = proxy_getitem;
  s.setitem = proxy_setitem;
  s.contains = proxy_contains;
});
constexpr Slots callable_proxy_slots = inherit(proxy_slots, [](Slots& s) { s.call = proxy_call; });

constexpr Method proxy_methods[] = {
    method<"__bytes__(self, /)", proxy_bytes>,
    method<"__reversed__(self, /)", proxy_reversed>,
};
}  // namespace

bool is_weak_reference(VM& vm, Ref value) {
  return value.is_object() && is_subtype(*value.object()->type, vm.type(TypeId::WeakReference));
}

Owned weak_proxy_new(VM& vm, Ref target, Ref callback) {
  return weak_reference_new(
      vm, vm.type(is_callable(vm, target) ? TypeId::WeakCallableProxy : TypeId::WeakProxy), target, callback);
}

extern const NativeType weak_reference_type, weak_proxy_type, weak_callable_proxy_type;

const NativeType weak_reference_type{.name = "weakref.ReferenceType",
                                     .id = TypeId::WeakReference,
                                     .base = nullptr,
                                     .layout = &weak_reference_layout,
                                     .slots = &reference_slots,
                                     .flags = TypeFlag::BaseType | TypeFlag::Instantiable,
                                     .methods = reference_methods,
                                     .properties = reference_properties};
const NativeType weak_proxy_type{.name = "weakref.ProxyType",
                                 .id = TypeId::WeakProxy,
                                 .base = nullptr,
                                 .layout = &weak_reference_layout,
                                 .slots = &proxy_slots,
                                 .flags = 0,
                                 .methods = proxy_methods};
const NativeType weak_callable_proxy_type{.name = "weakref.CallableProxyType",
                                          .id = TypeId::WeakCallableProxy,
                                          .base = nullptr,
                                          .layout = &weak_reference_layout,
                                          .slots = &callable_proxy_slots,
                                          .flags = 0};

}  // namespace cede
