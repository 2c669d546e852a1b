// `range`. Each operation has a path for machine numbers and one through the integer protocols for ranges
// that do not fit. Members are exact ints, so those protocols run no script code of their own.
#include "runtime/types/range.hpp"

#include "runtime/core/hash.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/range_iterators.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/slice.hpp"

namespace cede {

constinit const Layout range_layout = layout_for<Range>();

namespace {

constexpr auto plus = BinaryOperation::Add;
constexpr auto minus = BinaryOperation::Subtract;
constexpr auto times = BinaryOperation::Multiply;
const Ref zero = Ref::small(0), one = Ref::small(1);

Result<bool> less(VM& vm, Ref a, Ref b) { return compare_bool(vm, a, b, CompareOperation::Less); }

// len(range(start, stop, step)) of ints of any size.
Owned count_items(VM& vm, Ref start, Ref stop, Ref step) {
  CEDE_TRY(const bool backward, less(vm, step, zero));
  const Ref low = backward ? stop : start, high = backward ? start : stop;
  CEDE_TRY(const bool some, less(vm, low, high));
  if (!some) return Owned(zero.bits);
  CEDE_TRY(const Value stride,
           backward ? unary_operation(vm, step, UnaryOperation::Minus) : Owned::share(step));
  CEDE_TRY(const Value distance, binary_operation(vm, high, low, minus));
  CEDE_TRY(const Value last, binary_operation(vm, distance, one, minus));
  CEDE_TRY(const Value jumps, binary_operation(vm, last, stride, BinaryOperation::FloorDivide));
  return binary_operation(vm, jumps, one, plus);
}

Value make(VM& vm, Ref start, Ref stop, Ref step, Ref length) {
  Range* range = make_object<Range>(vm, TypeId::Range, 0);
  if (!range) return raised;
  range->start = Value(start);
  range->stop = Value(stop);
  range->step = Value(step);
  range->length = Value(length);
  if (start.is_small() && stop.is_small() && step.is_small() && length.is_small()) {
    range->is_small = true;
    range->first = start.small();
    range->stride = step.small();
    range->count = length.small();
  }
  return Value::adopt(range);
}

Owned exact_index(VM& vm, Ref value) {
  if (value.is_bool()) return Owned(Ref::small(value.is_true()).bits);
  return index(vm, value);
}

Owned item_at(VM& vm, const Range& range, Ref position) {
  CEDE_TRY(const Value distance, binary_operation(vm, position, range.step, times));
  return binary_operation(vm, range.start, distance, plus);
}

bool is_int(Ref value) { return value.is_small() || value.is_bool() || is_exact(value, TypeId::Int); }

// Whether an exact int (or bool) is an item.
Result<bool> contains_int(VM& vm, const Range& range, Ref item) {
  if (item.is_bool()) item = Ref::small(item.is_true());
  if (range.is_small) {
    if (!item.is_small() || range.count == 0) return false;
    const std::int64_t n = item.small(), last = range.first + range.stride * (range.count - 1);
    if (range.stride > 0 ? n < range.first || n > last : n > range.first || n < last) return false;
    return (n - range.first) % range.stride == 0;
  }
  CEDE_TRY(const bool backward, less(vm, range.step, zero));
  CEDE_TRY(const bool before, backward ? less(vm, range.start, item) : less(vm, item, range.start));
  if (before) return false;
  CEDE_TRY(const bool inside, backward ? less(vm, range.stop, item) : less(vm, item, range.stop));
  if (!inside) return false;
  CEDE_TRY(const Value distance, binary_operation(vm, item, range.start, minus));
  CEDE_TRY(const Value rest, binary_operation(vm, distance, range.step, BinaryOperation::Remainder));
  return is_equal(vm, rest, zero);
}

// ---- slots

Owned range_construct(VM& vm, Type&, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "range"));
  CEDE_CHECK(check_argument_count(vm, arguments, "range", 1, 3));
  const bool only_stop = arguments.positional == 1;
  CEDE_TRY(const Value start, only_stop ? Owned(zero.bits) : exact_index(vm, arguments[0]));
  CEDE_TRY(const Value stop, exact_index(vm, arguments[only_stop ? 0 : 1]));
  CEDE_TRY(const Value step, arguments.positional == 3 ? exact_index(vm, arguments[2]) : Owned(one.bits));
  return range_new(vm, start, stop, step);
}

Owned range_repr(VM& vm, Ref self) {
  const Range& range = cast<Range>(self);
  TextBuffer text(vm);
  CEDE_CHECK(text.append("range("));
  CEDE_CHECK(text.append_repr(range.start));
  CEDE_CHECK(text.append(", "));
  CEDE_CHECK(text.append_repr(range.stop));
  if (range.step.ref() != one) {
    CEDE_CHECK(text.append(", "));
    CEDE_CHECK(text.append_repr(range.step));
  }
  CEDE_CHECK(text.append(")"));
  return text.finish();
}

Result<std::int64_t> range_hash(VM& vm, Ref self) {
  const Range& range = cast<Range>(self);
  const bool empty = range.length.ref() == zero, single = range.length.ref() == one;
  TupleHash hash;
  for (Ref part :
       {range.length.ref(), empty ? None : range.start.ref(), empty || single ? None : range.step.ref()}) {
    CEDE_TRY(const std::int64_t h, hash_value(vm, part));
    hash.add(h);
  }
  return hash.finish();
}

Result<bool> same_items(VM& vm, const Range& a, const Range& b) {
  if (&a == &b) return true;
  CEDE_TRY(bool same, is_equal(vm, a.length, b.length));
  if (!same || a.length.ref() == zero) return same;
  CEDE_TRY(same, is_equal(vm, a.start, b.start));
  if (!same || a.length.ref() == one) return same;
  return is_equal(vm, a.step, b.step);
}

Owned range_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  const bool equal = operation == CompareOperation::Equal;
  if (!is<Range>(self) || !is<Range>(other) || (!equal && operation != CompareOperation::NotEqual))
    return Owned::share(NotImplemented);
  CEDE_TRY(const bool same, same_items(vm, cast<Range>(self), cast<Range>(other)));
  return Owned(Ref::boolean(same == equal).bits);
}

Owned range_iter(VM& vm, Ref self) { return range_iterator_new(vm, cast<Range>(self)); }

Result<bool> range_boolean(VM&, Ref self) { return cast<Range>(self).length.ref() != zero; }
Result<std::int64_t> range_length(VM& vm, Ref self) { return size_argument(vm, cast<Range>(self).length); }

Result<bool> range_contains(VM& vm, Ref self, Ref item) {
  if (is_int(item)) return contains_int(vm, cast<Range>(self), item);
  CEDE_TRY(const Value iterator, range_iter(vm, self));
  for (;;) {
    CEDE_TRY(const Value number, next(vm, iterator));
    if (number.is_finished()) return false;
    CEDE_TRY(const bool same, is_equal(vm, number, item));
    if (same) return true;
    CEDE_CHECK(vm.check_interrupts());
  }
}

Owned range_slice(VM& vm, const Range& range, Ref key) {
  CEDE_TRY(const Value indices, slice_indices_tuple(vm, cast<Slice>(key), range.length));
  const Tuple& parts = cast<Tuple>(indices);
  CEDE_TRY(const Value step, binary_operation(vm, range.step, parts[2], times));
  CEDE_TRY(const Value start, item_at(vm, range, parts[0]));
  CEDE_TRY(const Value stop, item_at(vm, range, parts[1]));
  return range_new(vm, start, stop, step);
}

Owned range_getitem(VM& vm, Ref self, Ref key) {
  const Range& range = cast<Range>(self);
  if (range.is_small && key.is_small()) {
    std::int64_t at = key.small();
    if (at < 0) at += range.count;
    if (at < 0 || at >= range.count)
      return vm.raise_text(TypeId::IndexError, "range object index out of range");
    return Owned(Ref::small(range.first + at * range.stride).bits);
  }
  if (is_exact(key, TypeId::Slice)) return range_slice(vm, range, key);
  if (!has_index(vm, key)) {
    const std::string name = type_name(key, vm);
    return vm.raise(TypeId::TypeError, "range indices must be integers or slices, not {}", name);
  }
  CEDE_TRY(Value at, exact_index(vm, key));
  CEDE_TRY(const bool negative, less(vm, at, zero));
  if (negative) {
    CEDE_TRY(at, binary_operation(vm, at, range.length, plus));
  }
  CEDE_TRY(const bool before, less(vm, at, zero));
  CEDE_TRY(const bool inside, less(vm, at, range.length));
  if (before || !inside) return vm.raise_text(TypeId::IndexError, "range object index out of range");
  return item_at(vm, range, at);
}

// ---- methods

Owned range_reversed(VM& vm, Range& self) { return range_reverse_iterator_new(vm, self); }

Owned range_reduce(VM& vm, Range& self) {
  CEDE_TRY(const Value members, tuple_of(vm, {self.start, self.stop, self.step}));
  return tuple_of(vm, {&vm.type(TypeId::Range), members});
}

Result<std::int64_t> range_count(VM& vm, Range& self, Ref object) {
  if (is_int(object)) {
    CEDE_TRY(const bool found, contains_int(vm, self, object));
    return std::int64_t{found};
  }
  std::int64_t count = 0;
  CEDE_CHECK(for_each(vm, &self, [&](Ref item) -> Status {
    CEDE_TRY(const bool same, is_equal(vm, item, object));
    count += same;
    return Ok;
  }));
  return count;
}

Owned range_index(VM& vm, Range& self, Ref object) {
  if (is_int(object)) {
    CEDE_TRY(const bool found, contains_int(vm, self, object));
    if (!found) {
      CEDE_TRY(const Value text, repr(vm, object));
      return vm.raise(TypeId::ValueError, "{} is not in range", cast<Str>(text).view());
    }
    CEDE_TRY(const Value distance, binary_operation(vm, object, self.start, minus));
    return binary_operation(vm, distance, self.step, BinaryOperation::FloorDivide);
  }
  CEDE_TRY(const Value iterator, range_iter(vm, &self));
  for (std::int64_t at = 0;; ++at) {
    CEDE_TRY(const Value number, next(vm, iterator));
    if (number.is_finished())
      return vm.raise_text(TypeId::ValueError, "sequence.index(x): x not in sequence");
    CEDE_TRY(const bool same, is_equal(vm, number, object));
    if (same) return Owned(Ref::small(at).bits);
    CEDE_CHECK(vm.check_interrupts());
  }
}

constexpr Slots range_slots = inherit(object_slots, [](Slots& s) {
  s.repr = range_repr;
  s.hash = range_hash;
  s.compare = range_compare;
  s.iter = range_iter;
  s.construct = range_construct;
  s.boolean = range_boolean;
  s.length = range_length;
  s.getitem = range_getitem;
  s.contains = range_contains;
});

constexpr Method range_methods[] = {
    method<"__reversed__(self, /)", range_reversed>,
    method<"__reduce__(self, /)", range_reduce>,
    method<"count(self, object, /)", range_count>,
    method<"index(self, object, /)", range_index>,
};

constexpr Member range_members[] = {
    {.name = "start", .offset = sizeof(Object)},
    {.name = "stop", .offset = sizeof(Object) + sizeof(Value)},
    {.name = "step", .offset = sizeof(Object) + 2 * sizeof(Value)},
};

}  // namespace

Owned range_new(VM& vm, Ref start, Ref stop, Ref step) {
  if (step == zero) return vm.raise_text(TypeId::ValueError, "range() arg 3 must not be zero");
  if (start.is_small() && stop.is_small() && step.is_small()) {
    const std::int64_t jump = step.small(), low = jump > 0 ? start.small() : stop.small(),
                       high = jump > 0 ? stop.small() : start.small();
    const std::uint64_t distance = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    const std::uint64_t stride =
        jump > 0 ? static_cast<std::uint64_t>(jump) : 0 - static_cast<std::uint64_t>(jump);
    const std::uint64_t count = low < high ? (distance - 1) / stride + 1 : 0;
    if (count < std::uint64_t{1} << 62)
      return make(vm, start, stop, step, Ref::small(static_cast<std::int64_t>(count)));
  }
  CEDE_TRY(const Value length, count_items(vm, start, stop, step));
  return make(vm, start, stop, step, length);
}

extern const NativeType range_type;
const NativeType range_type{
    .name = "range",
    .id = TypeId::Range,
    .base = nullptr,
    .layout = &range_layout,
    .slots = &range_slots,
    .flags = TypeFlag::Instantiable | TypeFlag::SequencePattern | TypeFlag::NoCycles,
    .methods = range_methods,
    .members = range_members,
    .doc =
        "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\n"
        "Return an object that produces a sequence of integers from start (inclusive)\n"
        "to stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\n"
        "start defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\n"
        "These are exactly the valid indices for a list of 4 elements.\n"
        "When step is given, it specifies the increment (or decrement).",
};

}  // namespace cede
