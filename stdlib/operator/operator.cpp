// The _operator module: the operators of the language as functions. itemgetter and its like are in
// getters.cpp.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/types/sequence.hpp"
#include "stdlib/operator/getters.hpp"

namespace cede::stdlib {
namespace {

template<BinaryOperation operation> Owned binary(VM& vm, Ref a, Ref b) {
  return binary_operation(vm, a, b, operation);
}
template<BinaryOperation operation> Owned inplace(VM& vm, Ref a, Ref b) {
  return inplace_operation(vm, a, b, operation);
}
template<UnaryOperation operation> Owned unary(VM& vm, Ref a) { return unary_operation(vm, a, operation); }
template<CompareOperation operation> Owned comparison(VM& vm, Ref a, Ref b) {
  return compare(vm, a, b, operation);
}

Owned operator_pow(VM& vm, Ref a, Ref b) { return power(vm, a, b, None); }
Result<bool> operator_truth(VM& vm, Ref a) { return is_truthy(vm, a); }
Result<bool> operator_not(VM& vm, Ref a) {
  CEDE_TRY(const bool truth, is_truthy(vm, a));
  return !truth;
}
bool operator_is(VM&, Ref a, Ref b) { return a == b; }
bool operator_is_not(VM&, Ref a, Ref b) { return a != b; }
Owned operator_abs(VM& vm, Ref a) { return absolute(vm, a); }
Owned operator_index(VM& vm, Ref a) { return index(vm, a); }
Result<bool> operator_contains(VM& vm, Ref a, Ref b) { return contains(vm, a, b); }
Owned operator_getitem(VM& vm, Ref a, Ref b) { return get_item(vm, a, b); }
Status operator_setitem(VM& vm, Ref a, Ref b, Ref c) { return set_item(vm, a, b, c); }
Status operator_delitem(VM& vm, Ref a, Ref b) { return set_item(vm, a, b, Unbound); }

// `a + b` for sequences only: native ones by their own rule, others by their number slots.
template<bool InPlace> Owned concat(VM& vm, Ref a, Ref b) {
  const Type &left = type_of(vm, a), &right = type_of(vm, b);
  if (left.has(TypeFlag::SequenceOperators)) {
    const bool own = InPlace && left.slots->inplace_add;
    CEDE_TRY(Value result, own ? left.slots->inplace_add(vm, a, b) : left.slots->add(vm, a, b));
    if (!result.ref().is_not_implemented()) return result;
    return raise_sequence_operands(vm, SlotIndex::add, a, b);
  }
  const bool sequences = left.slots->getitem && right.slots->getitem && !is<Dict>(a) && !is<Dict>(b);
  for (const auto slot : {InPlace ? left.slots->inplace_add : nullptr, left.slots->add, right.slots->add}) {
    if (!sequences || !slot) continue;
    CEDE_TRY(Value result, slot(vm, a, b));
    if (!result.ref().is_not_implemented()) return result;
  }
  const std::string name = type_name(a, vm);
  return vm.raise(TypeId::TypeError, "'{}' object can't be concatenated", name);
}

// Walks an iterable as `in` does: "argument of type 'x' is not iterable".
Owned search_iterator(VM& vm, Ref a) {
  Value iterator = get_iterator(vm, a);
  if (!iterator.is_raised() || !vm.error_is(TypeId::TypeError)) return iterator;
  vm.clear_error();
  const std::string name = type_name(a, vm);
  return vm.raise(TypeId::TypeError, "argument of type '{}' is not iterable", name);
}
Result<std::int64_t> operator_count_of(VM& vm, Ref a, Ref b) {
  CEDE_TRY(const Value iterator, search_iterator(vm, a));
  std::int64_t count = 0;
  for (;;) {
    CEDE_TRY(const Value item, next(vm, iterator));
    if (item.is_finished()) return count;
    CEDE_TRY(const bool same, is_equal(vm, item, b));
    count += same;
    CEDE_CHECK(vm.check_interrupts());
  }
}
Result<std::int64_t> operator_index_of(VM& vm, Ref a, Ref b) {
  CEDE_TRY(const Value iterator, search_iterator(vm, a));
  for (std::int64_t at = 0;; ++at) {
    CEDE_TRY(const Value item, next(vm, iterator));
    if (item.is_finished()) return vm.raise_text(TypeId::ValueError, "sequence.index(x): x not in sequence");
    CEDE_TRY(const bool same, is_equal(vm, item, b));
    if (same) return at;
    CEDE_CHECK(vm.check_interrupts());
  }
}
Result<std::int64_t> operator_length_hint(VM& vm, Ref obj, Ref otherwise) {
  CEDE_TRY(const std::int64_t hint, size_argument(vm, otherwise));
  return length_hint(vm, obj, hint);
}

Owned operator_call(VM& vm, Ref, const Arguments& arguments) {
  if (arguments.positional < 1)
    return vm.raise_text(TypeId::TypeError, "call expected at least 1 argument, got 0");
  return call(vm, arguments[0], arguments.without_first());
}

// Takes as long for equal lengths whatever differs: no early end.
Result<bool> operator_compare_digest(VM& vm, Ref a, Ref b) {
  const Str *left = as<Str>(a), *right = as<Str>(b);
  if (!left || !right || !left->is_ascii() || !right->is_ascii()) {
    if (left && right)
      return vm.raise_text(TypeId::TypeError, "comparing strings with non-ASCII characters is not supported");
    const std::string first = type_name(a, vm), second = type_name(b, vm);
    return vm.raise(TypeId::TypeError, "unsupported operand types(s) or combination of types: '{}' and '{}'",
                    first, second);
  }
  const std::string_view x = left->view(), y = right->view();
  unsigned difference = x.size() != y.size();
  const std::string_view shorter = difference ? y : x;
  for (std::size_t i = 0; i < y.size(); ++i)
    difference |= static_cast<unsigned char>(shorter[i]) ^ static_cast<unsigned char>(y[i]);
  return difference == 0;
}

using B = BinaryOperation;
using C = CompareOperation;
constexpr Method functions[] = {
    method<"truth(a, /)", operator_truth>,
    method<"contains(a, b, /)", operator_contains>,
    method<"indexOf(a, b, /)", operator_index_of>,
    method<"countOf(a, b, /)", operator_count_of>,
    method<"is_(a, b, /)", operator_is>,
    method<"is_not(a, b, /)", operator_is_not>,
    method<"add(a, b, /)", binary<B::Add>>,
    method<"sub(a, b, /)", binary<B::Subtract>>,
    method<"mul(a, b, /)", binary<B::Multiply>>,
    method<"matmul(a, b, /)", binary<B::MatrixMultiply>>,
    method<"floordiv(a, b, /)", binary<B::FloorDivide>>,
    method<"truediv(a, b, /)", binary<B::TrueDivide>>,
    method<"mod(a, b, /)", binary<B::Remainder>>,
    method<"neg(a, /)", unary<UnaryOperation::Minus>>,
    method<"pos(a, /)", unary<UnaryOperation::Plus>>,
    method<"abs(a, /)", operator_abs>,
    method<"inv(a, /)", unary<UnaryOperation::Invert>>,
    method<"invert(a, /)", unary<UnaryOperation::Invert>>,
    method<"lshift(a, b, /)", binary<B::LeftShift>>,
    method<"rshift(a, b, /)", binary<B::RightShift>>,
    method<"not_(a, /)", operator_not>,
    method<"and_(a, b, /)", binary<B::And>>,
    method<"xor(a, b, /)", binary<B::Xor>>,
    method<"or_(a, b, /)", binary<B::Or>>,
    method<"iadd(a, b, /)", inplace<B::Add>>,
    method<"isub(a, b, /)", inplace<B::Subtract>>,
    method<"imul(a, b, /)", inplace<B::Multiply>>,
    method<"imatmul(a, b, /)", inplace<B::MatrixMultiply>>,
    method<"ifloordiv(a, b, /)", inplace<B::FloorDivide>>,
    method<"itruediv(a, b, /)", inplace<B::TrueDivide>>,
    method<"imod(a, b, /)", inplace<B::Remainder>>,
    method<"ilshift(a, b, /)", inplace<B::LeftShift>>,
    method<"irshift(a, b, /)", inplace<B::RightShift>>,
    method<"iand(a, b, /)", inplace<B::And>>,
    method<"ixor(a, b, /)", inplace<B::Xor>>,
    method<"ior(a, b, /)", inplace<B::Or>>,
    method<"concat(a, b, /)", concat<false>>,
    method<"iconcat(a, b, /)", concat<true>>,
    method<"getitem(a, b, /)", operator_getitem>,
    method<"setitem(a, b, c, /)", operator_setitem>,
    method<"delitem(a, b, /)", operator_delitem>,
    method<"pow(a, b, /)", operator_pow>,
    method<"ipow(a, b, /)", inplace<B::Power>>,
    method<"eq(a, b, /)", comparison<C::Equal>>,
    method<"ne(a, b, /)", comparison<C::NotEqual>>,
    method<"lt(a, b, /)", comparison<C::Less>>,
    method<"le(a, b, /)", comparison<C::LessEqual>>,
    method<"gt(a, b, /)", comparison<C::Greater>>,
    method<"ge(a, b, /)", comparison<C::GreaterEqual>>,
    method<"index(a, /)", operator_index>,
    method<"length_hint(obj, default=0, /)", operator_length_hint>,
    method<"_compare_digest(a, b, /)", operator_compare_digest>,
    raw_method<"call(obj, /, *args, **kwargs)", operator_call>,
};

Status fill(VM& vm, Module& module) {
  for (const NativeType* type : {&itemgetter_type, &attrgetter_type, &methodcaller_type})
    CEDE_CHECK(module_add_type(vm, module, *type));
  return Ok;
}

}  // namespace

extern const NativeModule operator_native_module;
const NativeModule operator_native_module{
    .name = "_operator",
    .functions = functions,
    .fill = fill,
    .doc =
        "Operator interface.\n\nThis module exports a set of functions implemented in C corresponding\n"
        "to the intrinsic operators of Python.  For example, operator.add(x, y)\nis equivalent to the "
        "expression x+y.",
};

}  // namespace cede::stdlib
