// Comparison, truth, hash and the operators. Dispatch of a binary operator, as in CPython:
//   the right operand's slot first if its type is a proper subclass of the left's (and the slot differs);
//   the left's; the right's; then, for + and *, concatenation and repetition of sequences; then the error.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/core/type_slots.hpp"

namespace cede {
namespace {

std::string_view name_of(VM& vm, Ref value) { return display_name(type_of(vm, value)); }

struct Operator {
  SlotIndex slot, inplace;
  const char* text;
  const char* inplace_text;
};
constexpr Operator operators[] = {
    {SlotIndex::add, SlotIndex::inplace_add, "+", "+="},
    {SlotIndex::subtract, SlotIndex::inplace_subtract, "-", "-="},
    {SlotIndex::multiply, SlotIndex::inplace_multiply, "*", "*="},
    {SlotIndex::matrix_multiply, SlotIndex::inplace_matrix_multiply, "@", "@="},
    {SlotIndex::true_divide, SlotIndex::inplace_true_divide, "/", "/="},
    {SlotIndex::remainder, SlotIndex::inplace_remainder, "%", "%="},
    {SlotIndex::power, SlotIndex::inplace_power, "** or pow()", "**="},
    {SlotIndex::left_shift, SlotIndex::inplace_left_shift, "<<", "<<="},
    {SlotIndex::right_shift, SlotIndex::inplace_right_shift, ">>", ">>="},
    {SlotIndex::bit_or, SlotIndex::inplace_or, "|", "|="},
    {SlotIndex::bit_xor, SlotIndex::inplace_xor, "^", "^="},
    {SlotIndex::bit_and, SlotIndex::inplace_and, "&", "&="},
    {SlotIndex::floor_divide, SlotIndex::inplace_floor_divide, "//", "//="},
};

constexpr bool is_sequence_slot(SlotIndex slot) {
  return slot == SlotIndex::add || slot == SlotIndex::multiply || slot == SlotIndex::inplace_add ||
         slot == SlotIndex::inplace_multiply;
}

Slots::Binary binary_slot(const Type& type, SlotIndex slot) {
  return reinterpret_cast<Slots::Binary>(slot_function(*type.slots, slot));
}
// The slot is the native concatenation or repetition of a sequence.
bool is_sequence_operator(const Type& type, SlotIndex slot) {
  return type.has(TypeFlag::SequenceOperators) && is_sequence_slot(slot) &&
         slot_function(*type.slots, slot) == slot_function(*type.native->slots, slot);
}
Slots::Binary number_slot(const Type& type, SlotIndex slot) {
  return is_sequence_operator(type, slot) ? nullptr : binary_slot(type, slot);
}

// NotImplemented if neither operand knows what to do.
Owned number_operation(VM& vm, Ref left, Ref right, Type& left_type, Type& right_type, SlotIndex slot) {
  const Slots::Binary of_left = number_slot(left_type, slot);
  Slots::Binary of_right = &left_type == &right_type ? nullptr : number_slot(right_type, slot);
  if (of_right == of_left) of_right = nullptr;
  if (of_left) {
    if (of_right && is_subtype(right_type, left_type)) {
      Owned result = of_right(vm, left, right);
      if (!result.ref().is_not_implemented()) return result;
      of_right = nullptr;
    }
    Owned result = of_left(vm, left, right);
    if (!result.ref().is_not_implemented()) return result;
  }
  return of_right ? of_right(vm, left, right) : Owned(NotImplemented.bits);
}

// + and * of sequences; NotImplemented if no operand is one.
Owned sequence_operation(VM& vm, Ref left, Ref right, Type& left_type, Type& right_type, SlotIndex slot) {
  Slots::Binary function = nullptr;
  if (is_sequence_operator(left_type, slot))
    function = binary_slot(left_type, slot);
  else if (slot == SlotIndex::multiply && is_sequence_operator(right_type, slot))
    function = binary_slot(right_type, slot);
  if (!function) return Owned(NotImplemented.bits);
  Owned result = function(vm, left, right);
  if (result.ref().is_not_implemented()) return raise_sequence_operands(vm, slot, left, right);
  return result;
}

RaisedMark raise_operands(VM& vm, Ref left, Ref right, const char* text) {
  return vm.raise(TypeId::TypeError, "unsupported operand type(s) for {}: '{}' and '{}'", text,
                  name_of(vm, left), name_of(vm, right));
}

// print >> file, the statement of Python 2.
bool is_print(VM& vm, Ref value) {
  if (!is_exact(value, TypeId::NativeFunction)) return false;
  Value name = find_attribute(vm, value, *vm.names.__name__);
  if (name.is_raised()) {
    vm.clear_error();
    return false;
  }
  return is<Str>(name) && cast<Str>(name).view() == "print";
}

Owned power_slots(VM& vm, Ref base, Ref exponent, Ref modulus) {
  Type& base_type = type_of(vm, base);
  Type& exponent_type = type_of(vm, exponent);
  const Slots::Power first = base_type.slots->power;
  Slots::Power second = &base_type == &exponent_type ? nullptr : exponent_type.slots->power;
  if (second == first) second = nullptr;
  if (first) {
    if (second && is_subtype(exponent_type, base_type)) {
      Owned result = second(vm, base, exponent, modulus);
      if (!result.ref().is_not_implemented()) return result;
      second = nullptr;
    }
    Owned result = first(vm, base, exponent, modulus);
    if (!result.ref().is_not_implemented()) return result;
  }
  if (second) {
    Owned result = second(vm, base, exponent, modulus);
    if (!result.ref().is_not_implemented()) return result;
  }
  if (modulus.is_none()) return Owned(NotImplemented.bits);
  const Slots::Power third = type_of(vm, modulus).slots->power;
  if (third && third != base_type.slots->power && third != exponent_type.slots->power)
    return third(vm, base, exponent, modulus);
  return Owned(NotImplemented.bits);
}

constexpr CompareOperation swapped[] = {CompareOperation::Greater, CompareOperation::GreaterEqual,
                                        CompareOperation::Equal,   CompareOperation::NotEqual,
                                        CompareOperation::Less,    CompareOperation::LessEqual};
constexpr const char* compare_texts[] = {"<", "<=", "==", "!=", ">", ">="};

}  // namespace

RaisedMark raise_sequence_operands(VM& vm, SlotIndex slot, Ref left, Ref right) {
  if (slot == SlotIndex::multiply || slot == SlotIndex::inplace_multiply) {
    const Ref other = type_of(vm, left).has(TypeFlag::SequenceOperators) ? right : left;
    return vm.raise(TypeId::TypeError, "can't multiply sequence by non-int of type '{}'", name_of(vm, other));
  }
  const Type& native = vm.native_type(*type_of(vm, left).native);
  if (native.id == TypeId::Bytes || native.id == TypeId::ByteArray)
    return vm.raise(TypeId::TypeError, "can't concat {} to {}", name_of(vm, right), name_of(vm, left));
  return vm.raise(TypeId::TypeError, "can only concatenate {} (not \"{}\") to {}", short_name(native),
                  name_of(vm, right), short_name(native));
}

// ---- comparison, truth, hash

Owned compare(VM& vm, Ref a, Ref b, CompareOperation operation) {
  Type& type = type_of(vm, a);
  Type& other = type_of(vm, b);
  NativeDepthGuard guard(vm);
  if (guard.exceeded(" in comparison")) return raised;
  const CompareOperation reverse = swapped[static_cast<std::size_t>(operation)];
  bool tried_reverse = false;
  if (&type != &other && other.slots->compare && is_subtype(other, type)) {
    tried_reverse = true;
    Owned result = other.slots->compare(vm, b, a, reverse);
    if (!result.ref().is_not_implemented()) return result;
  }
  if (type.slots->compare) {
    Owned result = type.slots->compare(vm, a, b, operation);
    if (!result.ref().is_not_implemented()) return result;
  }
  if (!tried_reverse && other.slots->compare) {
    Owned result = other.slots->compare(vm, b, a, reverse);
    if (!result.ref().is_not_implemented()) return result;
  }
  if (operation == CompareOperation::Equal) return detail::to_owned(a == b);
  if (operation == CompareOperation::NotEqual) return detail::to_owned(!(a == b));
  return vm.raise(TypeId::TypeError, "'{}' not supported between instances of '{}' and '{}'",
                  compare_texts[static_cast<std::size_t>(operation)], name_of(vm, a), name_of(vm, b));
}

Result<bool> compare_bool(VM& vm, Ref a, Ref b, CompareOperation operation) {
  if (a == b) {
    if (operation == CompareOperation::Equal) return true;
    if (operation == CompareOperation::NotEqual) return false;
  }
  CEDE_TRY(Value result, compare(vm, a, b, operation));
  return is_truthy(vm, result);
}

Result<bool> is_equal(VM& vm, Ref a, Ref b) {
  if (a == b) return true;
  if (a.is_small() && b.is_small()) return false;
  return compare_bool(vm, a, b, CompareOperation::Equal);
}

Result<bool> is_truthy(VM& vm, Ref object) {
  if (object.is_bool()) return object.is_true();
  if (object.is_none()) return false;
  if (object.is_small()) return object.small() != 0;
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  const Slots& slots = *type_of(vm, object).slots;
  if (slots.boolean) return slots.boolean(vm, object);
  if (!slots.length) return true;
  CEDE_TRY(const std::int64_t length, slots.length(vm, object));
  return length > 0;
}

Result<std::int64_t> hash_value(VM& vm, Ref object) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  const Slots& slots = *type_of(vm, object).slots;
  if (slots.hash) [[likely]]
    return slots.hash(vm, object);
  return hash_not_implemented(vm, object);
}

// ---- operators

Owned binary_operation(VM& vm, Ref left, Ref right, BinaryOperation operation) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  if (operation == BinaryOperation::Power) return power(vm, left, right, None);
  const Operator& op = operators[static_cast<std::size_t>(operation)];
  Type& left_type = type_of(vm, left);
  Type& right_type = type_of(vm, right);
  Owned result = number_operation(vm, left, right, left_type, right_type, op.slot);
  if (!result.ref().is_not_implemented()) [[likely]]
    return result;
  if (is_sequence_slot(op.slot)) {
    result = sequence_operation(vm, left, right, left_type, right_type, op.slot);
    if (!result.ref().is_not_implemented()) return result;
  }
  if (operation == BinaryOperation::RightShift && is_print(vm, left))
    return vm.raise(TypeId::TypeError,
                    "unsupported operand type(s) for >>: '{}' and '{}'. Did you mean \"print(<message>, "
                    "file=<output_stream>)\"?",
                    name_of(vm, left), name_of(vm, right));
  return raise_operands(vm, left, right, op.text);
}

Owned inplace_operation(VM& vm, Ref left, Ref right, BinaryOperation operation) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  const Operator& op = operators[static_cast<std::size_t>(operation)];
  Type& left_type = type_of(vm, left);
  Type& right_type = type_of(vm, right);
  if (operation == BinaryOperation::Power) {
    if (left_type.slots->inplace_power) {
      Owned result = left_type.slots->inplace_power(vm, left, right, None);
      if (!result.ref().is_not_implemented()) return result;
    }
    Owned result = power_slots(vm, left, right, None);
    return result.ref().is_not_implemented() ? Owned(raise_operands(vm, left, right, op.inplace_text))
                                             : result;
  }
  if (const Slots::Binary own = number_slot(left_type, op.inplace)) {
    Owned result = own(vm, left, right);
    if (!result.ref().is_not_implemented()) return result;
  }
  Owned result = number_operation(vm, left, right, left_type, right_type, op.slot);
  if (!result.ref().is_not_implemented()) return result;
  if (is_sequence_slot(op.slot)) {
    const bool own = is_sequence_operator(left_type, op.inplace) && binary_slot(left_type, op.inplace);
    result = own ? binary_slot(left_type, op.inplace)(vm, left, right) : Owned(NotImplemented.bits);
    if (result.ref().is_not_implemented())
      result = sequence_operation(vm, left, right, left_type, right_type, op.slot);
    if (!result.ref().is_not_implemented()) return result;
  }
  return raise_operands(vm, left, right, op.inplace_text);
}

Owned power(VM& vm, Ref base, Ref exponent, Ref modulus) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  Owned result = power_slots(vm, base, exponent, modulus);
  if (!result.ref().is_not_implemented()) return result;
  if (modulus.is_none()) return raise_operands(vm, base, exponent, "** or pow()");
  return vm.raise(TypeId::TypeError, "unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'",
                  name_of(vm, base), name_of(vm, exponent), name_of(vm, modulus));
}

Owned divmod(VM& vm, Ref left, Ref right) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  Owned result = number_operation(vm, left, right, type_of(vm, left), type_of(vm, right), SlotIndex::divmod);
  if (!result.ref().is_not_implemented()) return result;
  return raise_operands(vm, left, right, "divmod()");
}

Owned unary_operation(VM& vm, Ref operand, UnaryOperation operation) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  const Slots& slots = *type_of(vm, operand).slots;
  const char* text = "";
  switch (operation) {
    case UnaryOperation::Not: {
      CEDE_TRY(const bool truth, is_truthy(vm, operand));
      return detail::to_owned(!truth);
    }
    case UnaryOperation::Invert:
      if (slots.invert) return slots.invert(vm, operand);
      text = "unary ~";
      break;
    case UnaryOperation::Plus:
      if (slots.positive) return slots.positive(vm, operand);
      text = "unary +";
      break;
    case UnaryOperation::Minus:
      if (slots.negative) return slots.negative(vm, operand);
      text = "unary -";
      break;
  }
  return vm.raise(TypeId::TypeError, "bad operand type for {}: '{}'", text, name_of(vm, operand));
}

Owned absolute(VM& vm, Ref operand) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  const Slots& slots = *type_of(vm, operand).slots;
  if (slots.absolute) return slots.absolute(vm, operand);
  return vm.raise(TypeId::TypeError, "bad operand type for abs(): '{}'", name_of(vm, operand));
}

}  // namespace cede
