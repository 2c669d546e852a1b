// Slots of script classes: trampolines from each slot to the dunder method defined in script, and the choice,
// for each slot of a class, between a native base's own function and the trampoline. The reflected operands
// follow CPython: a right operand whose class is a subclass that overrides the reflected method goes first.
#include "runtime/core/type_slots.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "runtime/core/descriptors.hpp"
#include "runtime/core/native.hpp"
#include "runtime/core/special_method.hpp"

namespace cede {

bool is_new_method(const Method& method);

PrependedArguments::PrependedArguments(Ref first, const Arguments& rest) {
  const std::size_t count = rest.positional + (rest.keywords ? rest.keywords->size : 0);
  Bits* words = count + 1 <= few ? small_ : (large_ = new Bits[count + 1]);
  words[0] = first.bits;
  if (count) std::memcpy(words + 1, rest.values, count * sizeof(Bits));
  arguments_ = {words, rest.positional + 1, rest.keywords};
}

Status find_special_method(VM& vm, Ref self, Str& name, SpecialMethod& found) {
  Type& type = type_of(vm, self);
  const Ref entry = type_lookup(vm, type, name);
  if (entry.is_unbound()) return Ok;
  Type& entry_type = type_of(vm, entry);
  found.callable = Value(entry);
  if (entry_type.has(TypeFlag::MethodDescriptor)) {
    found.needs_self = true;
  } else if (entry_type.slots->descriptor_get) {
    const Value descriptor = std::move(found.callable);
    CEDE_TRY(found.callable, entry_type.slots->descriptor_get(vm, descriptor, self, type));
  }
  return Ok;
}

Owned call_special_method_with(VM& vm, Ref self, Str& name, const Arguments& arguments) {
  SpecialMethod method;
  CEDE_CHECK(find_special_method(vm, self, name, method));
  if (method.callable.is_unbound()) return Owned();
  if (!method.needs_self) return call(vm, method.callable, arguments);
  return call(vm, method.callable, PrependedArguments(self, arguments).arguments());
}

namespace {

template<class... A> Owned call_required(VM& vm, Ref self, Str& name, A... arguments) {
  Owned result = call_special_method(vm, self, name, arguments...);
  if (result.ref().is_unbound()) return vm.raise_with(TypeId::AttributeError, name);
  return result;
}

// ---- one operand

template<Str* Names::*Name> Owned unary(VM& vm, Ref self) {
  return call_required(vm, self, *(vm.names.*Name));
}

Owned iter(VM& vm, Ref self) {
  Type& type = type_of(vm, self);
  const Ref method = type_lookup(vm, type, *vm.names.__iter__);
  if (method.is_none() || method.is_unbound())
    return vm.raise(TypeId::TypeError, "'{}' object is not iterable", display_name(type));
  return call_required(vm, self, *vm.names.__iter__);
}

Owned next_item(VM& vm, Ref self) {
  Owned result = call_required(vm, self, *vm.names.__next__);
  if (!result.is_raised() || !vm.error_is(TypeId::StopIteration)) return result;
  vm.thread->stop_value = Value(take_stop_iteration_value(vm));
  return Owned(Finished.bits);
}

Result<std::int64_t> hash(VM& vm, Ref self) {
  CEDE_TRY(Value result, call_required(vm, self, *vm.names.__hash__));
  if (!is_subtype(type_of(vm, result), vm.type(TypeId::Int)))
    return vm.raise(TypeId::TypeError, "__hash__ method should return an integer");
  std::int64_t value;
  if (result.ref().is_small()) {
    value = result.ref().small();
  } else {
    Result<std::int64_t> exact = index_int64(vm, result);
    if (exact.is_raised()) {
      vm.clear_error();
      return hash_value(vm, result);
    }
    value = *exact;
  }
  return value == -1 ? -2 : value;
}

Result<bool> boolean(VM& vm, Ref self) {
  CEDE_TRY(Value result, call_required(vm, self, *vm.names.__bool__));
  if (!result.ref().is_bool())
    return vm.raise(TypeId::TypeError, "__bool__ should return bool, returned {}",
                    display_name(type_of(vm, result)));
  return result.ref().is_true();
}

Result<std::int64_t> length(VM& vm, Ref self) {
  CEDE_TRY(Value result, call_required(vm, self, *vm.names.__len__));
  CEDE_TRY(Value number, index(vm, result));
  CEDE_TRY(Value negative, compare(vm, number, Ref::small(0), CompareOperation::Less));
  if (negative.ref().is_true()) return vm.raise(TypeId::ValueError, "__len__() should return >= 0");
  return index_int64(vm, number);
}

// ---- attributes

bool is_object_getattribute(Ref method) {
  const auto* wrapper = as<WrapperDescriptor>(method);
  return wrapper && wrapper->owner->slots->getattribute == object_getattribute;
}

Owned getattribute(VM& vm, Ref self, Ref name_ref) {
  Str& name = cast<Str>(name_ref);
  Type& type = type_of(vm, self);
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  const Value hook(type_lookup(vm, type, *vm.names.__getattr__));
  if (is_object_getattribute(type_lookup(vm, type, *vm.names.__getattribute__))) {
    Owned found = generic_get_attribute_of_object(vm, self, name);
    if (!found.ref().is_unbound() &&
        (!found.is_raised() || hook.is_unbound() || !vm.error_is(TypeId::AttributeError)))
      return found;
    if (hook.is_unbound()) return raise_no_attribute(vm, self, name);
    if (found.is_raised()) vm.clear_error();
  } else {
    Owned found = call_required(vm, self, *vm.names.__getattribute__, name_ref);
    if (!found.is_raised() || hook.is_unbound() || !vm.error_is(TypeId::AttributeError)) return found;
    vm.clear_error();
  }
  return call_required(vm, self, *vm.names.__getattr__, name_ref);
}

Status setattr(VM& vm, Ref self, Ref name, Ref value) {
  CEDE_TRY(Value ignored, value.is_unbound() ? call_required(vm, self, *vm.names.__delattr__, name)
                                             : call_required(vm, self, *vm.names.__setattr__, name, value));
  return Ok;
}

Owned descriptor_get(VM& vm, Ref self, Ref instance, Ref owner) {
  Owned result = call_special_method(vm, self, *vm.names.__get__, instance.is_unbound() ? None : instance,
                                     owner.is_unbound() ? None : owner);
  return result.ref().is_unbound() ? Owned::share(self) : result;
}

Status descriptor_set(VM& vm, Ref self, Ref instance, Ref value) {
  CEDE_TRY(Value ignored, value.is_unbound() ? call_required(vm, self, *vm.names.__delete__, instance)
                                             : call_required(vm, self, *vm.names.__set__, instance, value));
  return Ok;
}

// ---- calls, making, death

Owned call_instance(VM& vm, Ref self, const Arguments& arguments) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  Owned result = call_special_method_with(vm, self, *vm.names.__call__, arguments);
  if (!result.ref().is_unbound()) return result;
  return vm.raise(TypeId::TypeError, "'{}' object is not callable", display_name(type_of(vm, self)));
}

Status init(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_TRY(Value result, call_special_method_with(vm, self, *vm.names.__init__, arguments));
  if (!result.is_none() && !result.is_unbound())
    return vm.raise(TypeId::TypeError, "__init__() should return None, not '{}'",
                    display_name(type_of(vm, result)));
  return Ok;
}

Owned construct(VM& vm, Type& type, const Arguments& arguments) {
  const Value entry(type_lookup(vm, type, *vm.names.__new__));
  if (entry.is_unbound()) return vm.raise_with(TypeId::AttributeError, *vm.names.__new__);
  Value callable = entry;
  if (auto* get = type_of(vm, entry).slots->descriptor_get) {
    CEDE_TRY(callable, get(vm, entry, Unbound, type));
  }
  return call(vm, callable, PrependedArguments(type, arguments).arguments());
}

void finalize(VM& vm, Ref self) {
  SpecialMethod method;
  Owned result = raised;
  if (!find_special_method(vm, self, *vm.names.__del__, method).is_raised()) {
    if (method.callable.is_unbound()) return;
    const Bits words[] = {self.bits};
    result = call(vm, method.callable, {words, method.needs_self ? 1u : 0u, nullptr});
  }
  if (Value(result).is_raised())
    vm.report_unraisable(method.callable.is_unbound() ? self : method.callable.ref());
}

// ---- two operands

// The type of `self` inherits its reflected method from the same definition as `other`'s: then it has no
// priority.
bool overrides(VM& vm, Type& derived, Type& base, Str& name) {
  const Ref own = type_lookup(vm, derived, name);
  if (own.is_unbound()) return false;
  return !(own == type_lookup(vm, base, name));
}

Owned maybe(Owned result) { return result.ref().is_unbound() ? Owned(NotImplemented.bits) : result; }

template<SlotIndex Slot, Str* Names::*Name, Str* Names::*Reflected> Owned binary(VM& vm, Ref left, Ref right);

template<SlotIndex Slot, Str* Names::*Name, Str* Names::*Reflected, class Trampoline>
Owned binary_rules(VM& vm, Ref left, Ref right, Trampoline* trampoline) {
  Type& left_type = type_of(vm, left);
  Type& right_type = type_of(vm, right);
  const auto own = reinterpret_cast<void (*)()>(trampoline);
  bool try_right = &left_type != &right_type && slot_function(*right_type.slots, Slot) == own;
  if (slot_function(*left_type.slots, Slot) == own) {
    if (try_right && is_subtype(right_type, left_type) &&
        overrides(vm, right_type, left_type, *(vm.names.*Reflected))) {
      Owned result = maybe(call_special_method(vm, right, *(vm.names.*Reflected), left));
      if (!result.ref().is_not_implemented()) return result;
      try_right = false;
    }
    Owned result = maybe(call_special_method(vm, left, *(vm.names.*Name), right));
    if (!result.ref().is_not_implemented() || &left_type == &right_type) return result;
  }
  if (try_right) return maybe(call_special_method(vm, right, *(vm.names.*Reflected), left));
  return Owned(NotImplemented.bits);
}

template<SlotIndex Slot, Str* Names::*Name, Str* Names::*Reflected>
Owned binary(VM& vm, Ref left, Ref right) {
  return binary_rules<Slot, Name, Reflected>(vm, left, right, &binary<Slot, Name, Reflected>);
}

Owned power(VM& vm, Ref base, Ref exponent, Ref modulus) {
  if (modulus.is_none())
    return binary_rules<SlotIndex::power, &Names::__pow__, &Names::__rpow__>(vm, base, exponent, &power);
  if (type_of(vm, base).slots->power != &power) return Owned(NotImplemented.bits);
  return maybe(call_special_method(vm, base, *vm.names.__pow__, exponent, modulus));
}

template<Str* Names::*Name> Owned inplace(VM& vm, Ref left, Ref right) {
  return maybe(call_special_method(vm, left, *(vm.names.*Name), right));
}
Owned inplace_power(VM& vm, Ref base, Ref exponent, Ref) {
  return maybe(call_special_method(vm, base, *vm.names.__ipow__, exponent));
}

Str& compare_name(VM& vm, CompareOperation operation) {
  switch (operation) {
    case CompareOperation::Less: return *vm.names.__lt__;
    case CompareOperation::LessEqual: return *vm.names.__le__;
    case CompareOperation::Equal: return *vm.names.__eq__;
    case CompareOperation::NotEqual: return *vm.names.__ne__;
    case CompareOperation::Greater: return *vm.names.__gt__;
    default: return *vm.names.__ge__;
  }
}

Owned compare_operands(VM& vm, Ref self, Ref other, CompareOperation operation) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded(" in comparison")) return raised;
  Str& name = compare_name(vm, operation);
  const auto* wrapper = as<WrapperDescriptor>(type_lookup(vm, type_of(vm, self), name));
  if (wrapper && wrapper->wrapper->slot == SlotIndex::compare &&
      wrapper->owner->slots->compare == object_compare)
    return object_compare(vm, self, other, operation);
  return maybe(call_special_method(vm, self, name, other));
}

// ---- containers

Owned getitem(VM& vm, Ref self, Ref key) { return call_required(vm, self, *vm.names.__getitem__, key); }

Status setitem(VM& vm, Ref self, Ref key, Ref value) {
  CEDE_TRY(Value ignored, value.is_unbound() ? call_required(vm, self, *vm.names.__delitem__, key)
                                             : call_required(vm, self, *vm.names.__setitem__, key, value));
  return Ok;
}

Result<bool> contains_item(VM& vm, Ref self, Ref item) {
  if (type_lookup(vm, type_of(vm, self), *vm.names.__contains__).is_none())
    return vm.raise(TypeId::TypeError, "'{}' object is not a container", display_name(type_of(vm, self)));
  CEDE_TRY(Value result, call_required(vm, self, *vm.names.__contains__, item));
  return is_truthy(vm, result);
}

// ---- the table

constexpr Slots trampolines = [] {
  Slots s;
#define UNARY(field, name) s.field = unary<&Names::name>;
#define BINARY(field, name, reflected) s.field = binary<SlotIndex::field, &Names::name, &Names::reflected>;
#define INPLACE(field, name) s.field = inplace<&Names::name>;
  UNARY(repr, __repr__)
  UNARY(str, __str__) UNARY(negative, __neg__) UNARY(positive, __pos__) UNARY(absolute, __abs__) UNARY(
      invert, __invert__) UNARY(integer, __int__) UNARY(floating, __float__) UNARY(index, __index__)
      UNARY(await, __await__) UNARY(aiter, __aiter__) UNARY(anext, __anext__) BINARY(add, __add__, __radd__)
          BINARY(subtract, __sub__, __rsub__) BINARY(multiply, __mul__, __rmul__)
              BINARY(remainder, __mod__, __rmod__) BINARY(divmod, __divmod__, __rdivmod__)
                  BINARY(left_shift, __lshift__, __rlshift__) BINARY(right_shift, __rshift__, __rrshift__)
                      BINARY(bit_and, __and__, __rand__) BINARY(bit_xor, __xor__, __rxor__)
                          BINARY(bit_or, __or__, __ror__) BINARY(floor_divide, __floordiv__, __rfloordiv__)
                              BINARY(true_divide, __truediv__, __rtruediv__) BINARY(
                                  matrix_multiply, __matmul__, __rmatmul__) INPLACE(inplace_add, __iadd__)
                                  INPLACE(inplace_subtract, __isub__) INPLACE(inplace_multiply, __imul__)
                                      INPLACE(inplace_remainder, __imod__)
                                          INPLACE(inplace_left_shift, __ilshift__) INPLACE(
                                              inplace_right_shift, __irshift__) INPLACE(inplace_and, __iand__)
                                              INPLACE(inplace_xor, __ixor__) INPLACE(inplace_or, __ior__)
                                                  INPLACE(inplace_floor_divide, __ifloordiv__)
                                                      INPLACE(inplace_true_divide, __itruediv__)
                                                          INPLACE(inplace_matrix_multiply, __imatmul__)
#undef UNARY
#undef BINARY
#undef INPLACE
                                                              s.hash = hash;
  s.call = call_instance;
  s.getattribute = getattribute;
  s.setattr = setattr;
  s.compare = compare_operands;
  s.iter = iter;
  s.next = next_item;
  s.descriptor_get = descriptor_get;
  s.descriptor_set = descriptor_set;
  s.init = init;
  s.construct = construct;
  s.finalize = finalize;
  s.power = power;
  s.boolean = boolean;
  s.inplace_power = inplace_power;
  s.length = length;
  s.getitem = getitem;
  s.setitem = setitem;
  s.contains = contains_item;
  return s;
}();

using SlotFunction = void (*)();
constexpr std::size_t slot_total = static_cast<std::size_t>(SlotIndex::count);
static_assert(sizeof(Slots) == slot_total * sizeof(SlotFunction));

SlotFunction& slot_place(Slots& slots, SlotIndex slot) {
  return reinterpret_cast<SlotFunction*>(&slots)[static_cast<std::size_t>(slot)];
}

// ---- which function a class's slot gets

// The native function behind a dictionary entry that stands for this slot of a native base; null if it is
// anything else.
SlotFunction native_function_of(Type& type, Ref entry, SlotIndex slot, std::string_view name) {
  const Type* owner = nullptr;
  if (const auto* wrapper = as<WrapperDescriptor>(entry)) {
    if (wrapper->wrapper->slot != slot || wrapper->wrapper->name != name) return nullptr;
    owner = wrapper->owner;
  } else if (const auto* method = as<MethodDescriptor>(entry)) {
    if (method->method->name() != name) return nullptr;
    owner = method->owner;
  }
  return owner && is_subtype(type, *owner) ? slot_function(*owner->slots, slot) : nullptr;
}

SlotFunction choose_construct(VM& vm, Type& type) {
  const Ref entry = type_lookup(vm, type, *vm.names.__new__);
  const auto* function = as<NativeFunction>(entry);
  if (function && is_new_method(*function->method)) {
    const Type& owner = cast<Type>(function->self);
    if (owner.slots->construct == type.native->slots->construct)
      return slot_function(*owner.slots, SlotIndex::construct);
  }
  return slot_function(entry.is_unbound() ? *type.native->slots : trampolines, SlotIndex::construct);
}

SlotFunction choose_getattribute(VM& vm, Type& type) {
  const Ref method = type_lookup(vm, type, *vm.names.__getattribute__);
  const SlotFunction native = native_function_of(type, method, SlotIndex::getattribute, "__getattribute__");
  const bool hook = !type_lookup(vm, type, *vm.names.__getattr__).is_unbound();
  return native && !hook ? native : slot_function(trampolines, SlotIndex::getattribute);
}

SlotFunction choose(VM& vm, Type& type, SlotIndex slot) {
  if (slot == SlotIndex::construct) return choose_construct(vm, type);
  if (slot == SlotIndex::getattribute) return choose_getattribute(vm, type);
  SlotFunction native = nullptr;
  for (const SlotWrapper& wrapper : slot_wrappers()) {
    if (wrapper.slot != slot) continue;
    Str& name = vm.intern(wrapper.name);
    const Ref entry = type_lookup(vm, type, name);
    if (entry.is_unbound()) continue;
    const SlotFunction found = slot == SlotIndex::hash && entry.is_none()
                                   ? reinterpret_cast<SlotFunction>(&hash_not_implemented)
                                   : native_function_of(type, entry, slot, wrapper.name);
    if (!found || (native && native != found)) return slot_function(trampolines, slot);
    native = found;
  }
  return native;
}

void set_slot_flags(VM& vm, Type& type) {
  const auto set = [&](TypeFlag flag, bool on) {
    type.type_flags = on ? type.type_flags | flag : type.type_flags & ~std::uint32_t(flag);
  };
  set(TypeFlag::PristineGetAttribute, type.slots->getattribute == object_getattribute);
  set(TypeFlag::AttributeHook, type.slots->getattribute == trampolines.getattribute &&
                                   !type_lookup(vm, type, *vm.names.__getattr__).is_unbound());
  set(TypeFlag::HasFinalizer, type.slots->finalize != nullptr);
  set(TypeFlag::DataDescriptor, type.slots->descriptor_set != nullptr);
}

// Runs f(slot) for each slot that a name stands for.
template<class F> void each_slot_of(std::string_view name, F&& f) {
  if (!name.starts_with("__") || !name.ends_with("__")) return;
  if (name == "__getattr__") return f(SlotIndex::getattribute);
  for (const SlotWrapper& wrapper : slot_wrappers())
    if (wrapper.name[2] == name[2] && wrapper.name == name) return f(wrapper.slot);
}

}  // namespace

bool is_trampoline(const Slots& slots, SlotIndex slot) {
  return slot_function(slots, slot) == slot_function(trampolines, slot);
}

void type_update_slots(VM& vm, Type& type, Str* name) {
  if (name) {
    bool any = false;
    each_slot_of(name->view(), [&](SlotIndex slot) {
      slot_place(*type.own_slots, slot) = choose(vm, type, slot);
      any = true;
    });
    if (!any) return;
  } else {
    for (std::size_t i = 0; i < slot_total; ++i)
      slot_place(*type.own_slots, SlotIndex(i)) = choose(vm, type, SlotIndex(i));
  }
  set_slot_flags(vm, type);
}

void type_make_slots(VM& vm, Type& type) {
  if (type.version == 0) return type_update_slots(vm, type, nullptr);
  *type.own_slots = *type.base->slots;
  // What all bases agree on stays, but for what the class defines itself.
  const Tuple& bases = cast<Tuple>(type.bases);
  for (std::size_t i = 0; i < slot_total && bases.size > 1; ++i) {
    const auto differs = [&](Bits base) {
      return slot_function(*cast<Type>(Ref(base)).slots, SlotIndex(i)) !=
             slot_function(*type.own_slots, SlotIndex(i));
    };
    if (std::any_of(bases.begin(), bases.end(), differs))
      slot_place(*type.own_slots, SlotIndex(i)) = choose(vm, type, SlotIndex(i));
  }
  Dict& dictionary = cast<Dict>(type.dictionary);
  std::size_t position = 0;
  Ref key, value;
  while (dict_next(dictionary, position, key, value))
    if (const Str* name = as<Str>(key))
      each_slot_of(name->view(),
                   [&](SlotIndex slot) { slot_place(*type.own_slots, slot) = choose(vm, type, slot); });
  set_slot_flags(vm, type);
}

}  // namespace cede
