// `slice` objects and the reading of slices.
#include "runtime/types/slice.hpp"

#include "runtime/core/hash.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/sequence.hpp"

namespace cede {

constinit const Layout slice_layout = layout_for<Slice>();

Value slice_new(VM& vm, Ref start, Ref stop, Ref step) {
  Slice* slice = make_object<Slice>(vm, TypeId::Slice);
  if (!slice) return raised;
  slice->start = Value(start);
  slice->stop = Value(stop);
  slice->step = Value(step);
  return Value::adopt(slice);
}

// ---- reading

namespace {

constexpr std::int64_t greatest = PTRDIFF_MAX, least = PTRDIFF_MIN;

Result<std::int64_t> member(VM& vm, Ref value, std::int64_t otherwise) {
  if (value.is_small()) return value.small();
  if (value.is_none()) return otherwise;
  if (!has_index(vm, value))
    return vm.raise_text(TypeId::TypeError,
                         "slice indices must be integers or None or have an __index__ method");
  return index_clamped(vm, value);
}

}  // namespace

Result<SliceIndices> slice_unpack(VM& vm, Ref slice_object) {
  const Slice& slice = cast<Slice>(slice_object);
  SliceIndices indices;
  CEDE_TRY(indices.step, member(vm, slice.step, 1));
  if (indices.step == 0) return vm.raise_text(TypeId::ValueError, "slice step cannot be zero");
  if (indices.step < -greatest) indices.step = -greatest;  // so that it can be negated
  const bool backward = indices.step < 0;
  CEDE_TRY(indices.start, member(vm, slice.start, backward ? greatest : 0));
  CEDE_TRY(indices.stop, member(vm, slice.stop, backward ? least : greatest));
  return indices;
}

void slice_adjust(SliceIndices& indices, std::int64_t length) {
  const bool backward = indices.step < 0;
  auto clamp = [&](std::int64_t& bound) {
    if (bound < 0) {
      bound += length;
      if (bound < 0) bound = backward ? -1 : 0;
    } else if (bound >= length)
      bound = backward ? length - 1 : length;
  };
  clamp(indices.start);
  clamp(indices.stop);
  indices.count = 0;
  if (backward) {
    if (indices.stop < indices.start) indices.count = (indices.start - indices.stop - 1) / -indices.step + 1;
  } else if (indices.start < indices.stop)
    indices.count = (indices.stop - indices.start - 1) / indices.step + 1;
}

Result<SliceIndices> slice_indices(VM& vm, Ref slice, std::int64_t length) {
  CEDE_TRY(SliceIndices indices, slice_unpack(vm, slice));
  slice_adjust(indices, length);
  return indices;
}

// ---- the type

namespace {

Owned slice_construct(VM& vm, Type&, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "slice"));
  CEDE_CHECK(check_argument_count(vm, arguments, "slice", 1, 3));
  if (arguments.positional == 1) return slice_new(vm, None, arguments[0], None);
  return slice_new(vm, arguments[0], arguments[1], arguments.positional == 3 ? arguments[2] : None);
}

Owned slice_repr(VM& vm, Ref self) {
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  const Slice& slice = cast<Slice>(self);
  TextBuffer text(vm);
  CEDE_CHECK(text.append("slice("));
  CEDE_CHECK(text.append_repr(slice.start));
  CEDE_CHECK(text.append(", "));
  CEDE_CHECK(text.append_repr(slice.stop));
  CEDE_CHECK(text.append(", "));
  CEDE_CHECK(text.append_repr(slice.step));
  CEDE_CHECK(text.append(")"));
  return text.finish();
}

Result<std::int64_t> slice_hash(VM& vm, Ref self) {
  // As for tuples, but for the length, which is left out of the mix.
  std::uint64_t state = 2870177450012600261u;
  const Slice& slice = cast<Slice>(self);
  for (Ref part : {slice.start.ref(), slice.stop.ref(), slice.step.ref()}) {
    CEDE_TRY(const std::int64_t h, hash_value(vm, part));
    state += static_cast<std::uint64_t>(h) * 14029467366897019727u;
    state = std::rotl(state, 31) * 11400714785074694791u;
  }
  return state == ~std::uint64_t{0} ? 1546275796 : static_cast<std::int64_t>(state);
}

Owned slice_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  if (!is<Slice>(self) || !is<Slice>(other)) return Owned::share(NotImplemented);
  if (self == other) {
    const bool holds = operation == CompareOperation::Equal || operation == CompareOperation::LessEqual ||
                       operation == CompareOperation::GreaterEqual;
    return Owned(Ref::boolean(holds).bits);
  }
  const Slice &a = cast<Slice>(self), &b = cast<Slice>(other);
  CEDE_TRY(const Value left, tuple_of(vm, {a.start, a.stop, a.step}));
  CEDE_TRY(const Value right, tuple_of(vm, {b.start, b.stop, b.step}));
  return compare(vm, left, right, operation);
}

Owned evaluate_index(VM& vm, Ref value) {
  if (!has_index(vm, value))
    return vm.raise_text(TypeId::TypeError,
                         "slice indices must be integers or None or have an __index__ method");
  return index(vm, value);
}

// One of start and stop of `slice.indices`, with integers of any size.
Owned clamp_bound(VM& vm, Ref bound, Ref otherwise, Ref lower, Ref upper, Ref length) {
  if (bound.is_none()) return Owned::share(otherwise);
  CEDE_TRY(Value value, evaluate_index(vm, bound));
  CEDE_TRY(const bool negative, compare_bool(vm, value, Ref::small(0), CompareOperation::Less));
  if (negative) {
    CEDE_TRY(value, binary_operation(vm, value, length, BinaryOperation::Add));
    CEDE_TRY(const bool low, compare_bool(vm, value, lower, CompareOperation::Less));
    return low ? Owned::share(lower) : value.take();
  }
  CEDE_TRY(const bool high, compare_bool(vm, value, upper, CompareOperation::Greater));
  return high ? Owned::share(upper) : value.take();
}

}  // namespace

Owned slice_indices_tuple(VM& vm, Slice& self, Ref length_argument) {
  CEDE_TRY(const Value length, index(vm, length_argument));
  CEDE_TRY(const bool bad, compare_bool(vm, length, Ref::small(0), CompareOperation::Less));
  if (bad) return vm.raise_text(TypeId::ValueError, "length should not be negative");
  Value step = Value::small(1);
  bool backward = false;
  if (!self.step.is_none()) {
    CEDE_TRY(step, evaluate_index(vm, self.step));
    CEDE_TRY(const bool zero, is_equal(vm, step, Ref::small(0)));
    if (zero) return vm.raise_text(TypeId::ValueError, "slice step cannot be zero");
    CEDE_TRY(backward, compare_bool(vm, step, Ref::small(0), CompareOperation::Less));
  }
  const Value lower = Value::small(backward ? -1 : 0);
  Value upper(length);
  if (backward) {
    CEDE_TRY(upper, binary_operation(vm, length, Ref::small(-1), BinaryOperation::Add));
  }
  CEDE_TRY(const Value start, clamp_bound(vm, self.start, backward ? upper : lower, lower, upper, length));
  CEDE_TRY(const Value stop, clamp_bound(vm, self.stop, backward ? lower : upper, lower, upper, length));
  return tuple_of(vm, {start, stop, step});
}

namespace {

Owned slice_reduce(VM& vm, Slice& self) {
  CEDE_TRY(const Value parts, tuple_of(vm, {self.start, self.stop, self.step}));
  return tuple_of(vm, {&vm.type(TypeId::Slice), parts});
}

constexpr Slots slice_slots = inherit(object_slots, [](Slots& s) {
  s.repr = slice_repr;
  s.hash = slice_hash;
  s.compare = slice_compare;
  s.construct = slice_construct;
});

constexpr Method slice_methods[] = {
    method<"indices(self, object, /)", slice_indices_tuple>,
    method<"__reduce__(self, /)", slice_reduce>,
};

constexpr Member slice_members[] = {
    {.name = "start", .offset = sizeof(Object)},
    {.name = "stop", .offset = sizeof(Object) + sizeof(Value)},
    {.name = "step", .offset = sizeof(Object) + 2 * sizeof(Value)},
};

}  // namespace

extern const NativeType slice_type;
const NativeType slice_type{
    .name = "slice",
    .id = TypeId::Slice,
    .base = nullptr,
    .layout = &slice_layout,
    .slots = &slice_slots,
    .flags = std::uint32_t(TypeFlag::Instantiable),
    .methods = slice_methods,
    .members = slice_members,
    .doc =
        "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended "
        "slicing (e.g. a[0:10:2]).",
};

}  // namespace cede
