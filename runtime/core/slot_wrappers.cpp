// Slot wrappers: the dunder methods that show a native type's slots to scripts: int.__add__, object.__repr__.
// The table has CPython's names, docs and signatures; each entry calls the owner's slot, whatever type `self`
// has.
#include "runtime/core/descriptors.hpp"
#include "runtime/core/native.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/core/type_slots.hpp"

namespace cede {
namespace {

using Wrapper = const SlotWrapper&;

Status check_count(VM& vm, const Arguments& arguments, std::uint32_t least, std::uint32_t most) {
  const std::uint32_t given = arguments.positional;
  if (given >= least && given <= most) return Ok;
  if (least == most)
    return vm.raise(TypeId::TypeError, "expected {} argument{}, got {}", least, least == 1 ? "" : "s", given);
  const bool few = given < least;
  const std::uint32_t bound = few ? least : most;
  return vm.raise(TypeId::TypeError, "expected at {} {} argument{}, got {}", few ? "least" : "most", bound,
                  bound == 1 ? "" : "s", given);
}

template<Slots::Unary Slots::*Slot>
Owned wrap_unary(VM& vm, Wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 0, 0));
  return (slots.*Slot)(vm, self);
}

Owned wrap_hash(VM& vm, Wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 0, 0));
  return detail::give_result(vm, slots.hash(vm, self));
}
Owned wrap_length(VM& vm, Wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 0, 0));
  return detail::give_result(vm, slots.length(vm, self));
}
Owned wrap_boolean(VM& vm, Wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 0, 0));
  return detail::give_result(vm, slots.boolean(vm, self));
}
Owned wrap_next(VM& vm, Wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 0, 0));
  vm.thread->stop_value.reset();
  Owned item = slots.next(vm, self);
  if (!item.is_finished()) return item;
  const Value value = std::exchange(vm.thread->stop_value, Value());
  return vm.raise_stop_iteration(value);
}
Owned wrap_finalize(VM& vm, Wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 0, 0));
  slots.finalize(vm, self);
  return Owned(None.bits);
}

Owned wrap_call(VM& vm, Wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  return slots.call(vm, self, arguments);
}
Owned wrap_init(VM& vm, Wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(slots.init(vm, self, arguments));
  return Owned(None.bits);
}

// `wrapper.variant` 1: the reflected form, self being the right operand.
template<SlotIndex Index>
Owned wrap_binary(VM& vm, Wrapper wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 1, 1));
  const auto function = reinterpret_cast<Slots::Binary>(slot_function(slots, Index));
  const Ref other = arguments[0];
  Owned result = wrapper.variant ? function(vm, other, self) : function(vm, self, other);
  constexpr bool sequence = Index == SlotIndex::add || Index == SlotIndex::multiply ||
                            Index == SlotIndex::inplace_add || Index == SlotIndex::inplace_multiply;
  if constexpr (sequence) {
    if (result.ref().is_not_implemented() && type_of(vm, self).has(TypeFlag::SequenceOperators)) {
      if constexpr (Index == SlotIndex::multiply || Index == SlotIndex::inplace_multiply) {
        CEDE_TRY(const Value count, index(vm, other));  // raises: it is no integer
      }
      return raise_sequence_operands(vm, Index, self, other);
    }
  }
  return result;
}
Owned wrap_power(VM& vm, Wrapper wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 1, 2));
  const Ref modulus = arguments.positional == 2 ? arguments[1] : None;
  return wrapper.variant ? slots.power(vm, arguments[0], self, modulus)
                         : slots.power(vm, self, arguments[0], modulus);
}
Owned wrap_inplace_power(VM& vm, Wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 1, 2));
  return slots.inplace_power(vm, self, arguments[0], None);
}
Owned wrap_compare(VM& vm, Wrapper wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 1, 1));
  return slots.compare(vm, self, arguments[0], CompareOperation(wrapper.variant));
}

Owned wrap_contains(VM& vm, Wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 1, 1));
  return detail::give_result(vm, slots.contains(vm, self, arguments[0]));
}
Owned wrap_getitem(VM& vm, Wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 1, 1));
  return slots.getitem(vm, self, arguments[0]);
}
Owned wrap_setitem(VM& vm, Wrapper wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  const std::uint32_t count = wrapper.variant ? 1 : 2;
  CEDE_CHECK(check_count(vm, arguments, count, count));
  return detail::to_owned(slots.setitem(vm, self, arguments[0], wrapper.variant ? Unbound : arguments[1]));
}

Owned wrap_getattribute(VM& vm, Wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 1, 1));
  if (!is<Str>(arguments[0]))
    return vm.raise(TypeId::TypeError, "attribute name must be string, not '{}'",
                    display_name(type_of(vm, arguments[0])));
  const InternedName name(vm, cast<Str>(arguments[0]));
  return name.failed() ? Owned(raised) : slots.getattribute(vm, self, *name);
}
// object.__setattr__ must not get round a native type's own rules.
Owned wrap_setattr(VM& vm, Wrapper wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  const std::uint32_t count = wrapper.variant ? 1 : 2;
  CEDE_CHECK(check_count(vm, arguments, count, count));
  if (type_of(vm, self).native->slots->setattr != slots.setattr)
    return vm.raise(TypeId::TypeError, "can't apply this {} to {} object", wrapper.name,
                    display_name(type_of(vm, self)));
  if (!is<Str>(arguments[0]))
    return vm.raise(TypeId::TypeError, "attribute name must be string, not '{}'",
                    display_name(type_of(vm, arguments[0])));
  const InternedName name(vm, cast<Str>(arguments[0]));
  if (name.failed()) return raised;
  return detail::to_owned(slots.setattr(vm, self, *name,
                                        wrapper.variant ? Unbound : arguments[1]));
}

Owned wrap_get(VM& vm, Wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_count(vm, arguments, 1, 2));
  const Ref instance = arguments[0].is_none() ? Unbound : arguments[0];
  const Ref owner = arguments.positional < 2 || arguments[1].is_none() ? Unbound : arguments[1];
  if (instance.is_unbound() && owner.is_unbound())
    return vm.raise(TypeId::TypeError, "__get__(None, None) is invalid");
  return slots.descriptor_get(vm, self, instance, owner);
}
Owned wrap_set(VM& vm, Wrapper wrapper, const Slots& slots, Ref self, const Arguments& arguments) {
  const std::uint32_t count = wrapper.variant ? 1 : 2;
  CEDE_CHECK(check_count(vm, arguments, count, count));
  return detail::to_owned(
      slots.descriptor_set(vm, self, arguments[0], wrapper.variant ? Unbound : arguments[1]));
}

constexpr const char* no_argument = "($self, /)";
constexpr const char* one_argument = "($self, value, /)";
constexpr const char* with_key = "($self, key, /)";

#define UNARY(name, slot, doc) \
  { name, SlotIndex::slot, wrap_unary<&Slots::slot>, 0, doc, no_argument }
#define BINARY(name, reflected, slot, operator)                                                             \
  {name, SlotIndex::slot, wrap_binary<SlotIndex::slot>, 0, "Return self" operator"value.", one_argument}, { \
    reflected, SlotIndex::slot, wrap_binary<SlotIndex::slot>, 1, "Return value" operator"self.",            \
        one_argument                                                                                        \
  }
#define INPLACE(name, slot, operator, verb) \
  { name, SlotIndex::slot, wrap_binary<SlotIndex::slot>, 0, verb " self" operator"value.", one_argument }
#define COMPARE(name, operation, operator)                                             \
  {                                                                                    \
    name, SlotIndex::compare, wrap_compare, std::uint8_t(CompareOperation::operation), \
        "Return self" operator"value.", one_argument                                   \
  }

constexpr SlotWrapper wrappers[] = {
    UNARY("__repr__", repr, "Return repr(self)."),
    {"__hash__", SlotIndex::hash, wrap_hash, 0, "Return hash(self).", no_argument},
    {"__call__", SlotIndex::call, wrap_call, 0, "Call self as a function.", "($self, /, *args, **kwargs)"},
    UNARY("__str__", str, "Return str(self)."),
    {"__getattribute__", SlotIndex::getattribute, wrap_getattribute, 0, "Return getattr(self, name).",
     "($self, name, /)"},
    {"__setattr__", SlotIndex::setattr, wrap_setattr, 0, "Implement setattr(self, name, value).",
     "($self, name, value, /)"},
    {"__delattr__", SlotIndex::setattr, wrap_setattr, 1, "Implement delattr(self, name).",
     "($self, name, /)"},
    COMPARE("__lt__", Less, "<"),
    COMPARE("__le__", LessEqual, "<="),
    COMPARE("__eq__", Equal, "=="),
    COMPARE("__ne__", NotEqual, "!="),
    COMPARE("__gt__", Greater, ">"),
    COMPARE("__ge__", GreaterEqual, ">="),
    UNARY("__iter__", iter, "Implement iter(self)."),
    {"__next__", SlotIndex::next, wrap_next, 0, "Implement next(self).", no_argument},
    {"__get__", SlotIndex::descriptor_get, wrap_get, 0,
     "Return an attribute of instance, which is of type owner.", "($self, instance, owner=None, /)"},
    {"__set__", SlotIndex::descriptor_set, wrap_set, 0, "Set an attribute of instance to value.",
     "($self, instance, value, /)"},
    {"__delete__", SlotIndex::descriptor_set, wrap_set, 1, "Delete an attribute of instance.",
     "($self, instance, /)"},
    {"__init__", SlotIndex::init, wrap_init, 0,
     "Initialize self.  See help(type(self)) for accurate signature.", "($self, /, *args, **kwargs)"},
    {"__new__", SlotIndex::construct, nullptr, 0, nullptr, nullptr},
    {"__del__", SlotIndex::finalize, wrap_finalize, 0, "Called when the instance is about to be destroyed.",
     no_argument},
    BINARY("__add__", "__radd__", add, "+"),
    BINARY("__sub__", "__rsub__", subtract, "-"),
    BINARY("__mul__", "__rmul__", multiply, "*"),
    BINARY("__mod__", "__rmod__", remainder, "%"),
    {"__divmod__", SlotIndex::divmod, wrap_binary<SlotIndex::divmod>, 0, "Return divmod(self, value).",
     one_argument},
    {"__rdivmod__", SlotIndex::divmod, wrap_binary<SlotIndex::divmod>, 1, "Return divmod(value, self).",
     one_argument},
    {"__pow__", SlotIndex::power, wrap_power, 0, "Return pow(self, value, mod).",
     "($self, value, mod=None, /)"},
    {"__rpow__", SlotIndex::power, wrap_power, 1, "Return pow(value, self, mod).",
     "($self, value, mod=None, /)"},
    UNARY("__neg__", negative, "-self"),
    UNARY("__pos__", positive, "+self"),
    UNARY("__abs__", absolute, "abs(self)"),
    {"__bool__", SlotIndex::boolean, wrap_boolean, 0, "True if self else False", no_argument},
    UNARY("__invert__", invert, "~self"),
    BINARY("__lshift__", "__rlshift__", left_shift, "<<"),
    BINARY("__rshift__", "__rrshift__", right_shift, ">>"),
    BINARY("__and__", "__rand__", bit_and, "&"),
    BINARY("__xor__", "__rxor__", bit_xor, "^"),
    BINARY("__or__", "__ror__", bit_or, "|"),
    UNARY("__int__", integer, "int(self)"),
    UNARY("__float__", floating, "float(self)"),
    INPLACE("__iadd__", inplace_add, "+=", "Implement"),
    INPLACE("__isub__", inplace_subtract, "-=", "Return"),
    INPLACE("__imul__", inplace_multiply, "*=", "Implement"),
    INPLACE("__imod__", inplace_remainder, "%=", "Return"),
    {"__ipow__", SlotIndex::inplace_power, wrap_inplace_power, 0, "Return self**=value.", one_argument},
    INPLACE("__ilshift__", inplace_left_shift, "<<=", "Return"),
    INPLACE("__irshift__", inplace_right_shift, ">>=", "Return"),
    INPLACE("__iand__", inplace_and, "&=", "Return"),
    INPLACE("__ixor__", inplace_xor, "^=", "Return"),
    INPLACE("__ior__", inplace_or, "|=", "Return"),
    BINARY("__floordiv__", "__rfloordiv__", floor_divide, "//"),
    BINARY("__truediv__", "__rtruediv__", true_divide, "/"),
    INPLACE("__ifloordiv__", inplace_floor_divide, "//=", "Return"),
    INPLACE("__itruediv__", inplace_true_divide, "/=", "Return"),
    UNARY("__index__", index,
          "Return self converted to an integer, if self is suitable for use as an index into a list."),
    BINARY("__matmul__", "__rmatmul__", matrix_multiply, "@"),
    INPLACE("__imatmul__", inplace_matrix_multiply, "@=", "Return"),
    {"__len__", SlotIndex::length, wrap_length, 0, "Return len(self).", no_argument},
    {"__getitem__", SlotIndex::getitem, wrap_getitem, 0, "Return self[key].", with_key},
    {"__setitem__", SlotIndex::setitem, wrap_setitem, 0, "Set self[key] to value.", "($self, key, value, /)"},
    {"__delitem__", SlotIndex::setitem, wrap_setitem, 1, "Delete self[key].", with_key},
    {"__contains__", SlotIndex::contains, wrap_contains, 0, "Return bool(key in self).", with_key},
    UNARY("__await__", await, "Return an iterator to be used in await expression."),
    UNARY("__aiter__", aiter, "Return an awaitable, that resolves in asynchronous iterator."),
    UNARY("__anext__", anext, "Return a value or raise StopAsyncIteration."),
};
#undef UNARY
#undef BINARY
#undef INPLACE
#undef COMPARE

}  // namespace

std::span<const SlotWrapper> slot_wrappers() { return wrappers; }

}  // namespace cede
