// collections.deque: slots, methods and the type. Searches notice a deque that comparisons change under way.
#include "runtime/core/protocols.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/sequence.hpp"
#include "stdlib/collections/deque.hpp"

namespace cede::stdlib {
namespace {

RaisedMark raise_mutated(VM& vm) {
  return vm.raise_text(TypeId::RuntimeError, "deque mutated during iteration");
}

Owned deque_construct(VM& vm, Type& type, const Arguments&) {
  Deque* made = make_instance<Deque>(vm, type);
  if (!made) return raised;
  return Value::adopt(made);
}
Value plain_deque(VM& vm, std::int64_t maximum) {
  CEDE_TRY(Value made, deque_construct(vm, vm.native_type(deque_type), {}));
  cast<Deque>(made).maximum = maximum;
  return made;
}

Status init_body(VM& vm, Deque& self, Ref iterable, Ref maxlen) {
  std::int64_t maximum = -1;
  if (!maxlen.is_none()) {
    if (!maxlen.is_small() && !maxlen.is_bool() && !type_of(vm, maxlen).slots->index)
      return vm.raise_text(TypeId::TypeError, "an integer is required");
    CEDE_TRY(maximum, size_argument(vm, maxlen));
    if (maximum < 0) return vm.raise_text(TypeId::ValueError, "maxlen must be non-negative");
  }
  self.maximum = maximum;
  deque_clear(vm, self);
  return iterable.is_unbound() ? Ok : deque_extend(vm, self, iterable);
}
Status deque_init(VM& vm, Ref self, const Arguments& arguments) {
  const Value done =
      call_body<"deque(iterable=(), maxlen=None)", init_body>(vm, cast<Deque>(self), arguments);
  return done.is_raised() ? Status(raised) : Ok;
}

Owned deque_repr(VM& vm, Ref self) {
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  ReprGuard guard(vm, self);
  if (!guard.entered()) return str_from_ascii(vm, "[...]");
  CEDE_TRY(const Value items, list_from(vm, self));
  TextBuffer text(vm);
  CEDE_CHECK(text.append(short_name(type_of(vm, self))));
  CEDE_CHECK(text.append("("));
  CEDE_CHECK(text.append_repr(items));
  if (const std::int64_t maximum = cast<Deque>(self).maximum; maximum >= 0)
    CEDE_CHECK(text.append(fmt::format(", maxlen={}", maximum)));
  CEDE_CHECK(text.append(")"));
  return text.finish();
}

Owned deque_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  if (!is<Deque>(self) || !is<Deque>(other)) return Owned::share(NotImplemented);
  const bool equal = operation == CompareOperation::Equal, unequal = operation == CompareOperation::NotEqual;
  const Deque &a = cast<Deque>(self), &b = cast<Deque>(other);
  if (self != other && (equal || unequal) && a.count != b.count) return Owned(Ref::boolean(unequal).bits);
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" in comparison")) return raised;
  const std::uint64_t a_state = a.state, b_state = b.state;
  for (std::size_t i = 0; i < a.count && i < b.count; ++i) {
    const Value x{a[i]}, y{b[i]};
    CEDE_TRY(const bool same, is_equal(vm, x, y));
    if (!same) {
      // Asked once more, as CPython does, even for == and !=.
      CEDE_TRY(const bool holds, compare_bool(vm, x, y, operation));
      return Owned(Ref::boolean(holds).bits);
    }
    if (a.state != a_state || b.state != b_state) return raise_mutated(vm);
    CEDE_CHECK(vm.check_interrupts());
  }
  return compare(vm, Ref::small(static_cast<std::int64_t>(a.count)),
                 Ref::small(static_cast<std::int64_t>(b.count)), operation);
}

Owned deque_iter(VM& vm, Ref self) { return deque_iterator_new(vm, deque_iterator_type, cast<Deque>(self)); }
Result<std::int64_t> deque_length(VM&, Ref self) {
  return static_cast<std::int64_t>(cast<Deque>(self).count);
}

Result<std::int64_t> position(VM& vm, const Deque& deque, Ref key) {
  if (!has_index(vm, key)) {
    const std::string name = type_name(key, vm);
    return vm.raise(TypeId::TypeError, "sequence index must be integer, not '{}'", name);
  }
  CEDE_TRY(std::int64_t at, sequence_index(vm, key));
  if (at < 0) at += static_cast<std::int64_t>(deque.count);
  if (static_cast<std::uint64_t>(at) >= deque.count)
    return vm.raise_text(TypeId::IndexError, "deque index out of range");
  return at;
}

Owned deque_getitem(VM& vm, Ref self, Ref key) {
  const Deque& deque = cast<Deque>(self);
  CEDE_TRY(const std::int64_t at, position(vm, deque, key));
  return Owned::share(deque[static_cast<std::size_t>(at)]);
}

// Takes the item out of its place; those behind it move up.
Value remove_at(Deque& deque, std::size_t at) {
  const Bits word = deque.at(at);
  if (at < deque.count / 2) {
    for (std::size_t i = at; i > 0; --i) deque.at(i) = deque.at(i - 1);
    deque.head = (deque.head + 1) & (deque.capacity - 1);
  } else {
    for (std::size_t i = at; i + 1 < deque.count; ++i) deque.at(i) = deque.at(i + 1);
  }
  --deque.count;
  ++deque.state;
  return Value::adopt(Ref(word));
}

Status deque_setitem(VM& vm, Ref self, Ref key, Ref value) {
  Deque& deque = cast<Deque>(self);
  CEDE_TRY(const std::int64_t found, position(vm, deque, key));
  const std::size_t at = static_cast<std::size_t>(found);
  if (value.is_unbound()) {
    (void)remove_at(deque, at);
    return Ok;
  }
  retain(value);
  release(Ref(std::exchange(deque.at(at), value.bits)));
  return Ok;
}

// The position of the first item in [start, stop) that equals `value`, or -1.
Result<std::int64_t> find(VM& vm, const Deque& deque, Ref value, std::size_t start, std::size_t stop) {
  const std::uint64_t state = deque.state;
  for (std::size_t i = start; i < stop && i < deque.count; ++i) {
    const Value item{deque[i]};
    CEDE_TRY(const bool same, is_equal(vm, item, value));
    if (same) return static_cast<std::int64_t>(i);
    if (deque.state != state) return raise_mutated(vm);
    CEDE_CHECK(vm.check_interrupts());
  }
  return std::int64_t{-1};
}

Result<bool> deque_contains(VM& vm, Ref self, Ref item) {
  CEDE_TRY(const std::int64_t at, find(vm, cast<Deque>(self), item, 0, SIZE_MAX));
  return at >= 0;
}

// ---- methods

Status append_method(VM& vm, Deque& self, Ref item) { return deque_append(vm, self, Value(item)); }
Status appendleft_method(VM& vm, Deque& self, Ref item) { return deque_append_left(vm, self, Value(item)); }
Status clear_method(VM& vm, Deque& self) {
  deque_clear(vm, self);
  return Ok;
}

Owned deque_copy(VM& vm, Deque& self) {
  if (self.type == &vm.native_type(deque_type)) {
    CEDE_TRY(Value made, plain_deque(vm, self.maximum));
    CEDE_CHECK(deque_extend(vm, cast<Deque>(made), &self));
    return made;
  }
  CEDE_TRY(Value made, self.maximum < 0 ? call(vm, self.type, &self)
                                        : call(vm, self.type, &self, Ref::small(self.maximum)));
  if (is<Deque>(made)) return made;
  const std::string own(short_name(*self.type)), other = type_name(made, vm);
  return vm.raise(TypeId::TypeError, "{}() must return a deque, not {}", own, other);
}

Result<std::int64_t> deque_count(VM& vm, Deque& self, Ref value) {
  const std::uint64_t state = self.state;
  std::int64_t count = 0;
  for (std::size_t i = 0; i < self.count; ++i) {
    const Value item{self[i]};
    CEDE_TRY(const bool same, is_equal(vm, item, value));
    count += same;
    if (self.state != state) return raise_mutated(vm);
    CEDE_CHECK(vm.check_interrupts());
  }
  return count;
}

Status deque_extendleft(VM& vm, Deque& self, Ref iterable) {
  Value source{iterable};
  if (iterable == Ref(self)) {
    CEDE_TRY(source, list_from(vm, iterable));
  }
  return for_each(vm, source, [&](Ref item) { return deque_append_left(vm, self, Value(item)); });
}

RaisedMark raise_absent(VM& vm, Ref value) {
  CEDE_TRY(const Value text, repr(vm, value));
  return vm.raise(TypeId::ValueError, "{} is not in deque", cast<Str>(text).view());
}

Result<std::int64_t> deque_index(VM& vm, Deque& self, Ref value, Ref start, Ref stop) {
  std::int64_t first = 0, last = PTRDIFF_MAX;
  CEDE_CHECK(search_bounds(vm, start, stop, first, last));
  clamp_search(first, last, static_cast<std::int64_t>(self.count));
  CEDE_TRY(const std::int64_t at,
           find(vm, self, value, static_cast<std::size_t>(first), static_cast<std::size_t>(last)));
  if (at < 0) return raise_absent(vm, value);
  return at;
}

Status deque_insert(VM& vm, Deque& self, Ref index_argument, Ref value) {
  CEDE_TRY(std::int64_t at, size_argument(vm, index_argument));
  const std::int64_t n = static_cast<std::int64_t>(self.count);
  if (self.maximum == n) return vm.raise_text(TypeId::IndexError, "deque already at its maximum size");
  if (at < 0 && (at += n) < 0) at = 0;
  if (at >= n) return deque_append(vm, self, Value(value));
  if (at < n / 2) {
    CEDE_CHECK(deque_append_left(vm, self, Value(value)));
    for (std::size_t i = 0; i < static_cast<std::size_t>(at); ++i) std::swap(self.at(i), self.at(i + 1));
  } else {
    CEDE_CHECK(deque_append(vm, self, Value(value)));
    for (std::size_t i = static_cast<std::size_t>(n); i > static_cast<std::size_t>(at); --i)
      std::swap(self.at(i), self.at(i - 1));
  }
  return Ok;
}

Owned raise_if_empty(VM& vm, Value item) {
  if (item.is_unbound()) return vm.raise_text(TypeId::IndexError, "pop from an empty deque");
  return item;
}
Owned pop_method(VM& vm, Deque& self) { return raise_if_empty(vm, deque_pop(self)); }
Owned popleft_method(VM& vm, Deque& self) { return raise_if_empty(vm, deque_pop_left(self)); }

Status deque_remove(VM& vm, Deque& self, Ref value) {
  const std::uint64_t state = self.state;
  for (std::size_t i = 0; i < self.count; ++i) {
    const Value item{self[i]};
    CEDE_TRY(const bool same, is_equal(vm, item, value));
    if (self.state != state) return vm.raise_text(TypeId::IndexError, "deque mutated during iteration");
    if (same) {
      (void)remove_at(self, i);
      return Ok;
    }
    CEDE_CHECK(vm.check_interrupts());
  }
  return raise_absent(vm, value);
}

Status deque_reverse(VM&, Deque& self) {
  for (std::size_t i = 0, j = self.count; i + 1 < j; ++i) std::swap(self.at(i), self.at(--j));
  return Ok;
}

Status deque_rotate(VM& vm, Deque& self, const Arguments& arguments) {
  CEDE_CHECK(check_argument_count(vm, arguments, "rotate", 0, 1));
  std::int64_t steps = 1;
  if (arguments.positional) {
    CEDE_TRY(steps, size_argument(vm, arguments[0]));
  }
  const std::int64_t n = static_cast<std::int64_t>(self.count);
  if (n <= 1) return Ok;
  steps %= n;
  if (steps > n / 2) steps -= n;
  if (steps < -(n / 2)) steps += n;
  const std::size_t mask = self.capacity - 1;
  for (; steps > 0; --steps) {
    const Bits word = self.at(self.count - 1);
    self.head = (self.head - 1) & mask;
    self.data[self.head] = word;
  }
  for (; steps < 0; ++steps) {
    const Bits word = self.data[self.head];
    self.head = (self.head + 1) & mask;
    self.at(self.count - 1) = word;
  }
  ++self.state;
  return Ok;
}
Owned rotate_method(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "deque.rotate"));
  CEDE_CHECK(deque_rotate(vm, cast<Deque>(self), arguments));
  return Owned(None.bits);
}

Owned deque_reversed(VM& vm, Deque& self) {
  return deque_iterator_new(vm, deque_reverse_iterator_type, self);
}

Owned deque_reduce(VM& vm, Deque& self) {
  CEDE_TRY(const Value state, call_method(vm, &self, *vm.names.__getstate__));
  CEDE_TRY(const Value iterator, get_iterator(vm, &self));
  Value arguments = vm.empty_tuple;
  if (self.maximum >= 0) {
    CEDE_TRY(arguments, tuple_of(vm, {vm.empty_tuple, Ref::small(self.maximum)}));
  }
  return tuple_of(vm, {self.type, arguments, state, iterator});
}

std::int64_t deque_sizeof(VM&, Deque& self) {
  return static_cast<std::int64_t>(216 + std::max<std::size_t>(64, self.capacity) * sizeof(Bits) + 16);
}

Owned maxlen_get(VM&, Deque& self) {
  return Owned(self.maximum < 0 ? None.bits : Ref::small(self.maximum).bits);
}

// ---- operators

Owned deque_add(VM& vm, Ref left, Ref right) {
  if (!is<Deque>(left) || !is<Deque>(right)) return Owned::share(NotImplemented);
  CEDE_TRY(Value made, deque_copy(vm, cast<Deque>(left)));
  CEDE_CHECK(deque_extend(vm, cast<Deque>(made), right));
  return made;
}
Owned deque_inplace_add(VM& vm, Ref self, Ref other) {
  CEDE_CHECK(deque_extend(vm, cast<Deque>(self), other));
  return Owned::share(self);
}

Status repeat_in_place(VM& vm, Deque& deque, std::int64_t count) {
  const std::size_t n = deque.count;
  if (count == 1 || n == 0) return Ok;
  if (count <= 0) {
    deque_clear(vm, deque);
    return Ok;
  }
  std::size_t times = static_cast<std::size_t>(count), total;
  if (deque.maximum >= 0) times = std::min(times, (static_cast<std::size_t>(deque.maximum) + n - 1) / n);
  if (!multiply_sizes(n, times, total) || total > list_maximum_size) return vm.raise_memory_error();
  CEDE_TRY(const Value items, list_from(vm, &deque));
  for (std::size_t i = n; i < total; ++i) {
    CEDE_CHECK(deque_append(vm, deque, Value(cast<List>(items)[i % n])));
    if ((i & 4095) == 0) CEDE_CHECK(vm.check_interrupts());
  }
  return Ok;
}

Owned deque_multiply(VM& vm, Ref left, Ref right) {
  if (!is<Deque>(left)) std::swap(left, right);
  if (!is<Deque>(left) || !has_index(vm, right)) return Owned::share(NotImplemented);
  CEDE_TRY(const std::int64_t count, repeat_count(vm, right));
  CEDE_TRY(Value made, deque_copy(vm, cast<Deque>(left)));
  CEDE_CHECK(repeat_in_place(vm, cast<Deque>(made), count));
  return made;
}
Owned deque_inplace_multiply(VM& vm, Ref self, Ref other) {
  if (!has_index(vm, other)) return Owned::share(NotImplemented);
  CEDE_TRY(const std::int64_t count, repeat_count(vm, other));
  CEDE_CHECK(repeat_in_place(vm, cast<Deque>(self), count));
  return Owned::share(self);
}

constexpr Slots deque_slots = inherit(object_slots, [](Slots& s) {
  s.repr = deque_repr;
  s.hash = hash_not_implemented;
  s.compare = deque_compare;
  s.iter = deque_iter;
  s.init = deque_init;
  s.construct = deque_construct;
  s.length = deque_length;
  s.getitem = deque_getitem;
  s.setitem = deque_setitem;
  s.contains = deque_contains;
  s.add = deque_add;
  s.multiply = deque_multiply;
  s.inplace_add = deque_inplace_add;
  s.inplace_multiply = deque_inplace_multiply;
});

constexpr Method deque_methods[] = {
    method<"append(self, item, /)", append_method>,
    method<"appendleft(self, item, /)", appendleft_method>,
    method<"clear(self, /)", clear_method>,
    method<"__copy__(self, /)", deque_copy>,
    method<"copy(self, /)", deque_copy>,
    method<"count(self, value, /)", deque_count>,
    method<"extend(self, iterable, /)", deque_extend>,
    method<"extendleft(self, iterable, /)", deque_extendleft>,
    method<"index(self, value, start=0, stop=sys.maxsize, /)", deque_index>,
    method<"insert(self, index, value, /)", deque_insert>,
    method<"pop(self, /)", pop_method>,
    method<"popleft(self, /)", popleft_method>,
    method<"__reduce__(self, /)", deque_reduce>,
    method<"remove(self, value, /)", deque_remove>,
    method<"__reversed__(self, /)", deque_reversed>,
    method<"reverse(self, /)", deque_reverse>,
    raw_method<"rotate(self, n=1, /)", rotate_method>,
    method<"__sizeof__(self, /)", deque_sizeof>,
    method<"__class_getitem__(type, object, /)", class_getitem_alias>,
};
constexpr Property deque_properties[] = {property<"maxlen", maxlen_get>};

}  // namespace

const NativeType deque_type{
    .name = "collections.deque",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &deque_layout,
    .slots = &deque_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::SequencePattern |
             TypeFlag::HasWeakReferences | TypeFlag::SequenceOperators,
    .methods = deque_methods,
    .properties = deque_properties,
    .doc = "A list-like sequence optimized for data accesses near its endpoints.",
    .signature = "([iterable[, maxlen]])",
};

}  // namespace cede::stdlib
