// range_iterator and longrange_iterator.
#include "runtime/types/range_iterators.hpp"

#include "runtime/core/protocols.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/iterators.hpp"
#include "runtime/types/sequence.hpp"

namespace cede {

constinit const Layout range_iterator_layout = layout_for<RangeIterator>();
constinit const Layout longrange_iterator_layout = layout_for<LongRangeIterator>();

namespace {

constexpr std::int64_t greatest = INT64_MAX, least = INT64_MIN;

Value make(VM& vm, std::int64_t start, std::int64_t stride, std::int64_t count, bool small) {
  RangeIterator* iterator = make_object<RangeIterator>(vm, TypeId::RangeIterator, 0);
  if (!iterator) return raised;
  iterator->value = start;
  iterator->stride = stride;
  iterator->remaining = count;
  iterator->is_small = small;
  return Value::adopt(iterator);
}

Owned make_long(VM& vm, Ref start, Ref step, Ref length) {
  LongRangeIterator* iterator = make_object<LongRangeIterator>(vm, TypeId::LongRangeIterator, 0);
  if (!iterator) return raised;
  iterator->start = Value(start);
  iterator->step = Value(step);
  iterator->length = Value(length);
  return Value::adopt(iterator);
}

// An exact int as a machine word; false if it does not fit.
bool fits(VM& vm, Ref number, std::int64_t& out) {
  if (number.is_small()) {
    out = number.small();
    return true;
  }
  const Result<std::int64_t> n = index_int64(vm, number);
  if (n.is_raised()) {
    vm.clear_error();
    return false;
  }
  out = *n;
  return true;
}

struct Machine {
  std::int64_t start, stop, step, count;
};
bool as_machine(VM& vm, const Range& range, Machine& m) {
  return fits(vm, range.start, m.start) && fits(vm, range.stop, m.stop) && fits(vm, range.step, m.step) &&
         fits(vm, range.length, m.count);
}

Owned iter_reduce(VM& vm, Ref range) {
  CEDE_TRY(const Value iter, builtin_named(vm, "iter"));
  CEDE_TRY(const Value arguments, tuple_of(vm, {range}));
  return tuple_of(vm, {iter, arguments, None});
}

// ---- range_iterator

Owned range_iterator_next(VM& vm, Ref self) {
  RangeIterator& iterator = cast<RangeIterator>(self);
  if (iterator.is_small) return Owned(range_iterator_next_small(iterator).bits);
  if (iterator.remaining <= 0) return Owned(Finished.bits);
  --iterator.remaining;
  const std::int64_t value = iterator.value;
  // After the last item the sum is not used and may wrap.
  iterator.value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) +
                                             static_cast<std::uint64_t>(iterator.stride));
  return int_from(vm, value);
}

std::int64_t range_iterator_length_hint(VM&, RangeIterator& self) { return self.remaining; }

Owned range_iterator_reduce(VM& vm, RangeIterator& self) {
  CEDE_TRY(const Value start, int_from(vm, self.value));
  CEDE_TRY(const Value step, int_from(vm, self.stride));
  CEDE_TRY(const Value distance,
           binary_operation(vm, step, Ref::small(self.remaining), BinaryOperation::Multiply));
  CEDE_TRY(const Value stop, binary_operation(vm, start, distance, BinaryOperation::Add));
  CEDE_TRY(const Value range, range_new(vm, start, stop, step));
  return iter_reduce(vm, range);
}

Status range_iterator_setstate(VM& vm, RangeIterator& self, Ref state) {
  CEDE_TRY(std::int64_t at, size_argument(vm, state));
  at = std::clamp<std::int64_t>(at, 0, self.remaining);
  self.value += at * self.stride;
  self.remaining -= at;
  return Ok;
}

// ---- longrange_iterator

Owned long_next(VM& vm, Ref self) {
  LongRangeIterator& iterator = cast<LongRangeIterator>(self);
  CEDE_TRY(const bool more, compare_bool(vm, iterator.length, Ref::small(0), CompareOperation::Greater));
  if (!more) return Owned(Finished.bits);
  CEDE_TRY(Value rest, binary_operation(vm, iterator.length, Ref::small(1), BinaryOperation::Subtract));
  CEDE_TRY(Value after, binary_operation(vm, iterator.start, iterator.step, BinaryOperation::Add));
  Value result = std::exchange(iterator.start, std::move(after));
  iterator.length = std::move(rest);
  return result;
}

Owned long_length_hint(VM&, LongRangeIterator& self) { return Owned::share(self.length); }

Owned long_reduce(VM& vm, LongRangeIterator& self) {
  CEDE_TRY(const Value distance, binary_operation(vm, self.step, self.length, BinaryOperation::Multiply));
  CEDE_TRY(const Value stop, binary_operation(vm, self.start, distance, BinaryOperation::Add));
  CEDE_TRY(const Value range, range_new(vm, self.start, stop, self.step));
  return iter_reduce(vm, range);
}

Status long_setstate(VM& vm, LongRangeIterator& self, Ref state) {
  CEDE_TRY(Value at, index(vm, state));
  CEDE_TRY(const bool negative, compare_bool(vm, at, Ref::small(0), CompareOperation::Less));
  if (negative) at = Value::small(0);
  CEDE_TRY(const bool beyond, compare_bool(vm, at, self.length, CompareOperation::Greater));
  if (beyond) at = self.length;
  CEDE_TRY(const Value distance, binary_operation(vm, at, self.step, BinaryOperation::Multiply));
  CEDE_TRY(self.start, binary_operation(vm, self.start, distance, BinaryOperation::Add));
  CEDE_TRY(self.length, binary_operation(vm, self.length, at, BinaryOperation::Subtract));
  return Ok;
}

constexpr Slots range_iterator_slots = inherit(object_slots, [](Slots& s) {
  s.iter = iterator_self;
  s.next = range_iterator_next;
});
constexpr Slots long_slots = inherit(object_slots, [](Slots& s) {
  s.iter = iterator_self;
  s.next = long_next;
});

constexpr Method range_iterator_methods[] = {
    method<"__length_hint__(self, /)", range_iterator_length_hint>,
    method<"__reduce__(self, /)", range_iterator_reduce>,
    method<"__setstate__(self, object, /)", range_iterator_setstate>,
};
constexpr Method long_methods[] = {
    method<"__length_hint__(self, /)", long_length_hint>,
    method<"__reduce__(self, /)", long_reduce>,
    method<"__setstate__(self, object, /)", long_setstate>,
};

}  // namespace

Owned range_iterator_new(VM& vm, const Range& range) {
  if (range.is_small) [[likely]]
    return make(vm, range.first, range.stride, range.count, true);
  Machine m;
  if (as_machine(vm, range, m)) {
    // The sum after the last item must fit too, or CPython takes the other iterator.
    const bool overflow =
        m.count && (m.step > 0 ? m.stop > greatest - (m.step - 1) : m.stop < least + (-1 - m.step));
    if (!overflow) return make(vm, m.start, m.step, m.count, false);
  }
  return make_long(vm, range.start, range.step, range.length);
}

Owned range_reverse_iterator_new(VM& vm, const Range& range) {
  if (range.is_small) {
    const std::int64_t last = range.count ? range.first + range.stride * (range.count - 1) : range.first;
    return make(vm, last, -range.stride, range.count, true);
  }
  Machine m;
  if (as_machine(vm, range, m) && m.step != least &&
      (m.step > 0 ? m.start >= least + m.step : m.start <= greatest + m.step)) {
    const std::int64_t last = m.count ? m.start + m.step * (m.count - 1) : m.start;
    return make(vm, last, -m.step, m.count, false);
  }
  CEDE_TRY(const Value jumps, binary_operation(vm, range.length, Ref::small(1), BinaryOperation::Subtract));
  CEDE_TRY(const Value distance, binary_operation(vm, jumps, range.step, BinaryOperation::Multiply));
  CEDE_TRY(const Value last, binary_operation(vm, range.start, distance, BinaryOperation::Add));
  CEDE_TRY(const Value step, unary_operation(vm, range.step, UnaryOperation::Minus));
  return make_long(vm, last, step, range.length);
}

extern const NativeType range_iterator_type, longrange_iterator_type;
const NativeType range_iterator_type{
    .name = "range_iterator",
    .id = TypeId::RangeIterator,
    .base = nullptr,
    .layout = &range_iterator_layout,
    .slots = &range_iterator_slots,
    .flags = std::uint32_t(TypeFlag::NoCycles),
    .methods = range_iterator_methods,
};
const NativeType longrange_iterator_type{
    .name = "longrange_iterator",
    .id = TypeId::LongRangeIterator,
    .base = nullptr,
    .layout = &longrange_iterator_layout,
    .slots = &long_slots,
    .flags = std::uint32_t(TypeFlag::NoCycles),
    .methods = long_methods,
};

}  // namespace cede
