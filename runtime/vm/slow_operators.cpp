// Slow paths of operators, conditions and items.
#include "runtime/types/list.hpp"
#include "runtime/types/slice.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/slow_paths.hpp"

namespace cede {

namespace {

// Releases flagged operands after the result exists; arguments stay borrowed from the registers until then.
Status finish_binary(const Frame& f, Owned result) {
  f.consume_flagged_b();
  f.consume_flagged_c();
  return f.finish(result);
}

}  // namespace

Status binary_slow(const Frame& f, BinaryOperation operation) {
  const Ref left = f.ref(f.b), right = f.ref(f.c);
  if (operation == BinaryOperation::Add && is_exact(left, TypeId::Str) && is_exact(right, TypeId::Str)) {
    // `s += t` and `s + t`: the left string grows in place when nothing else refers to it.
    const bool own = f.a == f.b && (f.small & lang::out_is_local);
    if (own || (f.small & lang::consume_b)) {
      f.r[f.b] = Unbound.bits;
      const Owned sum = str_append_consuming(f.vm, Owned(left.bits), right);
      f.consume_flagged_c();
      return f.finish(sum);
    }
  }
  const Owned result = f.small & lang::inplace ? inplace_operation(f.vm, left, right, operation)
                                               : binary_operation(f.vm, left, right, operation);
  return finish_binary(f, result);
}

Status binary_immediate_slow(const Frame& f, BinaryOperation operation) {
  const Ref left = f.ref(f.b), right = Ref::small(f.c);
  const Owned result = f.small & lang::inplace ? inplace_operation(f.vm, left, right, operation)
                                               : binary_operation(f.vm, left, right, operation);
  f.consume_flagged_b();
  return f.finish(result);
}

Status unary_slow(const Frame& f, UnaryOperation operation) {
  const Owned result = unary_operation(f.vm, f.ref(f.b), operation);
  f.consume_flagged_b();
  return f.finish(result);
}

Status compare_slow(const Frame& f, CompareOperation operation) {
  return finish_binary(f, compare(f.vm, f.ref(f.b), f.ref(f.c), operation));
}

int compare_truth_slow(const Frame& f, CompareOperation operation) {
  const Ref left = f.ref(f.b), right = f.ref(f.c);
  if (is_exact(left, TypeId::Str) && is_exact(right, TypeId::Str) &&
      (operation == CompareOperation::Equal || operation == CompareOperation::NotEqual)) {
    const bool equal = str_equal(cast<Str>(left), cast<Str>(right));
    f.consume_flagged_b();
    f.consume_flagged_c();
    return equal == (operation == CompareOperation::Equal);
  }
  Value result = compare(f.vm, left, right, operation);
  f.consume_flagged_b();
  f.consume_flagged_c();
  if (result.is_raised()) return -1;
  const Result<bool> truth = is_truthy(f.vm, result);
  return truth.is_raised() ? -1 : *truth;
}

int compare_immediate_truth_slow(const Frame& f, CompareOperation operation) {
  Value result = compare(f.vm, f.ref(f.b), Ref::small(f.c), operation);
  f.consume_flagged_b();
  if (result.is_raised()) return -1;
  const Result<bool> truth = is_truthy(f.vm, result);
  return truth.is_raised() ? -1 : *truth;
}

int truth_slow(const Frame& f) {
  const Result<bool> truth = is_truthy(f.vm, f.ref(f.b));
  f.consume_flagged_b();
  return truth.is_raised() ? -1 : *truth;
}

int in_truth_slow(const Frame& f) {
  const Result<bool> found = contains(f.vm, f.ref(f.c), f.ref(f.b));
  f.consume_flagged_b();
  f.consume_flagged_c();
  return found.is_raised() ? -1 : *found;
}

Status in_slow(const Frame& f) {
  const bool sense = f.small & lang::sense_true;
  const int found = in_truth_slow(f);
  if (found < 0) return raised;
  f.store(Ref::boolean(bool(found) == sense).bits);
  return Ok;
}

Status load_item_slow(const Frame& f) { return finish_binary(f, get_item(f.vm, f.ref(f.b), f.ref(f.c))); }

Status store_item_slow(const Frame& f) {
  const Status status = set_item(f.vm, f.ref(f.b), f.ref(f.c), f.ref(f.a));
  f.consume_flagged_a();
  f.consume_flagged_b();
  f.consume_flagged_c();
  return status;
}

Status delete_item_slow(const Frame& f) {
  const Status status = set_item(f.vm, f.ref(f.b), f.ref(f.c), Unbound);
  f.consume_flagged_b();
  f.consume_flagged_c();
  return status;
}

Status load_slice_slow(const Frame& f) {
  Value start = Value::adopt(f.ref(f.c)), stop = Value::adopt(f.ref(f.c + 1));
  Value slice = slice_new(f.vm, start, stop, None);
  const Owned result = slice.is_raised() ? Owned(raised) : get_item(f.vm, f.ref(f.b), slice);
  f.consume_flagged_b();
  return f.finish(result);
}

Status store_slice_slow(const Frame& f) {
  Value start = Value::adopt(f.ref(f.c)), stop = Value::adopt(f.ref(f.c + 1));
  Value slice = slice_new(f.vm, start, stop, None);
  const Status status = slice.is_raised() ? Status(raised) : set_item(f.vm, f.ref(f.b), slice, f.ref(f.a));
  f.consume_flagged_a();
  f.consume_flagged_b();
  return status;
}

Status build_slice_slow(const Frame& f) {
  Value start = Value::adopt(f.ref(f.b)), stop = Value::adopt(f.ref(f.b + 1));
  Value step = f.c == 3 ? Value::adopt(f.ref(f.b + 2)) : Value(None);
  return f.finish(slice_new(f.vm, start, stop, step));
}

}  // namespace cede
