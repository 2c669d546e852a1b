// The iterators of list and tuple, of objects with __getitem__ (`iterator`) and of callables
// (`callable_iterator`).
#include "runtime/types/iterators.hpp"

#include "runtime/core/protocols.hpp"
#include "runtime/types/sequence.hpp"

namespace cede {

constinit const Layout list_iterator_layout = layout_for<ListIterator>();
constinit const Layout list_reverseiterator_layout = layout_for<ListReverseIterator>();
constinit const Layout tuple_iterator_layout = layout_for<TupleIterator>();

namespace {

// What iterates an object by its __getitem__ with 0, 1, 2, ...
struct SequenceIterator : Object {
  [[maybe_unused]] static const Layout* layout();
  Value sequence;  // Unbound once exhausted
  std::int64_t position = 0;
  template<class F> static void fields(SequenceIterator& self, F&& field) { field(self.sequence); }
};
constinit const Layout sequence_iterator_layout = layout_for<SequenceIterator>();
const Layout* SequenceIterator::layout() { return &sequence_iterator_layout; }

// iter(callable, sentinel)
struct CallableIterator : Object {
  [[maybe_unused]] static const Layout* layout();
  Value callable, sentinel;  // Unbound once exhausted
  template<class F> static void fields(CallableIterator& self, F&& field) {
    field(self.callable);
    field(self.sentinel);
  }
};
constinit const Layout callable_iterator_layout = layout_for<CallableIterator>();
const Layout* CallableIterator::layout() { return &callable_iterator_layout; }

// (iter, (sequence,), position), or without position for an empty sequence that stands for an exhausted
// iterator.
Owned reduce_to(VM& vm, std::string_view function, Ref sequence, std::int64_t position,
                bool with_position = true) {
  CEDE_TRY(const Value callable, builtin_named(vm, function));
  CEDE_TRY(const Value arguments, tuple_of(vm, {sequence}));
  if (!with_position) return tuple_of(vm, {callable, arguments});
  return tuple_of(vm, {callable, arguments, Ref::small(position)});
}
Owned reduce_empty(VM& vm, Ref empty) { return reduce_to(vm, "iter", empty, 0, false); }
Owned reduce_to_empty_list(VM& vm) {
  CEDE_TRY(const Value empty, list_new(vm));
  return reduce_empty(vm, empty);
}

// ---- list_iterator

Owned list_next(VM&, Ref self) { return list_iterator_next(cast<ListIterator>(self)); }

std::int64_t list_length_hint(VM&, ListIterator& self) {
  if (self.sequence.is_unbound()) return 0;
  const std::size_t n = cast<List>(self.sequence).size();
  return self.position < n ? static_cast<std::int64_t>(n - self.position) : 0;
}
Owned list_reduce(VM& vm, ListIterator& self) {
  if (self.sequence.is_unbound()) return reduce_to_empty_list(vm);
  return reduce_to(vm, "iter", self.sequence, static_cast<std::int64_t>(self.position));
}
Status list_setstate(VM& vm, ListIterator& self, Ref state) {
  CEDE_TRY(const std::int64_t at, size_argument(vm, state));
  if (self.sequence.is_unbound()) return Ok;
  self.position = static_cast<std::size_t>(
      std::clamp<std::int64_t>(at, 0, static_cast<std::int64_t>(cast<List>(self.sequence).size())));
  return Ok;
}

// ---- list_reverseiterator

Owned list_reverse_next(VM&, Ref self) {
  ListReverseIterator& iterator = cast<ListReverseIterator>(self);
  if (iterator.sequence.is_unbound()) return Owned(Finished.bits);
  const List& list = cast<List>(iterator.sequence);
  if (iterator.position >= 0 && static_cast<std::size_t>(iterator.position) < list.size())
    return Owned::share(list[static_cast<std::size_t>(iterator.position--)]);
  iterator.position = -1;
  iterator.sequence.reset();
  return Owned(Finished.bits);
}
std::int64_t list_reverse_length_hint(VM&, ListReverseIterator& self) {
  if (self.sequence.is_unbound()) return 0;
  const std::int64_t left = self.position + 1;
  return static_cast<std::int64_t>(cast<List>(self.sequence).size()) < left ? 0 : left;
}
Owned list_reverse_reduce(VM& vm, ListReverseIterator& self) {
  if (self.sequence.is_unbound() || self.position < 0) {
    CEDE_TRY(const Value empty, list_new(vm));
    return reduce_to(vm, "reversed", empty, 0, false);
  }
  return reduce_to(vm, "reversed", self.sequence, self.position);
}
Status list_reverse_setstate(VM& vm, ListReverseIterator& self, Ref state) {
  CEDE_TRY(const std::int64_t at, size_argument(vm, state));
  if (self.sequence.is_unbound()) return Ok;
  self.position = std::max<std::int64_t>(
      -1, std::min(at, static_cast<std::int64_t>(cast<List>(self.sequence).size()) - 1));
  return Ok;
}

// ---- tuple_iterator

Owned tuple_next(VM&, Ref self) { return tuple_iterator_next(cast<TupleIterator>(self)); }

std::int64_t tuple_length_hint(VM&, TupleIterator& self) {
  return self.sequence.is_unbound()
             ? 0
             : static_cast<std::int64_t>(cast<Tuple>(self.sequence).size - self.position);
}
Owned tuple_reduce(VM& vm, TupleIterator& self) {
  if (self.sequence.is_unbound()) return reduce_empty(vm, vm.empty_tuple);
  return reduce_to(vm, "iter", self.sequence, static_cast<std::int64_t>(self.position));
}
Status tuple_setstate(VM& vm, TupleIterator& self, Ref state) {
  CEDE_TRY(const std::int64_t at, size_argument(vm, state));
  if (self.sequence.is_unbound()) return Ok;
  self.position = static_cast<std::size_t>(
      std::clamp<std::int64_t>(at, 0, static_cast<std::int64_t>(cast<Tuple>(self.sequence).size)));
  return Ok;
}

// ---- iterator

Owned sequence_next(VM& vm, Ref self) {
  SequenceIterator& iterator = cast<SequenceIterator>(self);
  if (iterator.sequence.is_unbound()) return Owned(Finished.bits);
  if (iterator.position == PTRDIFF_MAX) return vm.raise_text(TypeId::OverflowError, "iter index too large");
  const Value sequence = iterator.sequence;
  Value item = get_item(vm, sequence, Ref::small(iterator.position));
  if (!item.is_raised()) {
    ++iterator.position;
    return item;
  }
  if (!vm.error_is(TypeId::IndexError) && !vm.error_is(TypeId::StopIteration)) return raised;
  vm.clear_error();
  iterator.sequence.reset();
  return Owned(Finished.bits);
}
Owned sequence_length_hint(VM& vm, SequenceIterator& self) {
  if (self.sequence.is_unbound()) return Owned(Ref::small(0).bits);
  const Value sequence = self.sequence;
  if (!type_of(vm, sequence).slots->length) return Owned::share(NotImplemented);
  CEDE_TRY(const std::int64_t n, length(vm, sequence));
  return Owned(Ref::small(std::max<std::int64_t>(0, n - self.position)).bits);
}
Owned sequence_reduce(VM& vm, SequenceIterator& self) {
  if (self.sequence.is_unbound()) return reduce_empty(vm, vm.empty_tuple);
  return reduce_to(vm, "iter", self.sequence, self.position);
}
Status sequence_setstate(VM& vm, SequenceIterator& self, Ref state) {
  CEDE_TRY(const std::int64_t at, size_argument(vm, state));
  if (!self.sequence.is_unbound()) self.position = std::max<std::int64_t>(at, 0);
  return Ok;
}

// ---- callable_iterator

Owned callable_next(VM& vm, Ref self) {
  CallableIterator& iterator = cast<CallableIterator>(self);
  const Value callable = iterator.callable;
  if (callable.is_unbound()) return Owned(Finished.bits);
  Value result = call(vm, callable);
  const Value sentinel = iterator.sentinel;
  if (!result.is_raised()) {
    if (sentinel.is_unbound()) return Owned(Finished.bits);  // exhausted by the call itself
    CEDE_TRY(const bool last, is_equal(vm, sentinel, result));
    if (!last) return result;
  } else {
    if (!vm.error_is(TypeId::StopIteration)) return raised;
    vm.clear_error();
  }
  iterator.callable.reset();
  iterator.sentinel.reset();
  return Owned(Finished.bits);
}
Owned callable_reduce(VM& vm, CallableIterator& self) {
  if (self.callable.is_unbound() || self.sentinel.is_unbound()) return reduce_empty(vm, vm.empty_tuple);
  CEDE_TRY(const Value iter, builtin_named(vm, "iter"));
  CEDE_TRY(const Value arguments, tuple_of(vm, {self.callable, self.sentinel}));
  return tuple_of(vm, {iter, arguments});
}

// ---- tables

template<Slots::Next Next>
constexpr Slots iterator_slots = inherit(object_slots, [](Slots& s) {
  s.iter = iterator_self;
  s.next = Next;
});

constexpr Method list_methods[] = {
    method<"__length_hint__(self, /)", list_length_hint>,
    method<"__reduce__(self, /)", list_reduce>,
    method<"__setstate__(self, object, /)", list_setstate>,
};
constexpr Method list_reverse_methods[] = {
    method<"__length_hint__(self, /)", list_reverse_length_hint>,
    method<"__reduce__(self, /)", list_reverse_reduce>,
    method<"__setstate__(self, object, /)", list_reverse_setstate>,
};
constexpr Method tuple_methods[] = {
    method<"__length_hint__(self, /)", tuple_length_hint>,
    method<"__reduce__(self, /)", tuple_reduce>,
    method<"__setstate__(self, object, /)", tuple_setstate>,
};
constexpr Method sequence_methods[] = {
    method<"__length_hint__(self, /)", sequence_length_hint>,
    method<"__reduce__(self, /)", sequence_reduce>,
    method<"__setstate__(self, object, /)", sequence_setstate>,
};
constexpr Method callable_methods[] = {
    method<"__reduce__(self, /)", callable_reduce>,
};

}  // namespace

Value list_iterator_new(VM& vm, List& list) {
  ListIterator* iterator = make_object<ListIterator>(vm, TypeId::ListIterator);
  if (!iterator) return raised;
  iterator->sequence = Value(Ref(&list));
  return Value::adopt(iterator);
}

Value list_reverse_iterator_new(VM& vm, List& list) {
  ListReverseIterator* iterator = make_object<ListReverseIterator>(vm, TypeId::ListReverseIterator);
  if (!iterator) return raised;
  iterator->sequence = Value(Ref(&list));
  iterator->position = static_cast<std::int64_t>(list.size()) - 1;
  return Value::adopt(iterator);
}

Value tuple_iterator_new(VM& vm, Tuple& tuple) {
  TupleIterator* iterator = make_object<TupleIterator>(vm, TypeId::TupleIterator);
  if (!iterator) return raised;
  iterator->sequence = Value(Ref(&tuple));
  return Value::adopt(iterator);
}

Owned sequence_iterator_new(VM& vm, Ref sequence) {
  SequenceIterator* iterator = make_object<SequenceIterator>(vm, TypeId::SequenceIterator);
  if (!iterator) return raised;
  iterator->sequence = Value(sequence);
  return Value::adopt(iterator);
}

Owned callable_iterator_new(VM& vm, Ref callable, Ref sentinel) {
  CallableIterator* iterator = make_object<CallableIterator>(vm, TypeId::CallableIterator);
  if (!iterator) return raised;
  iterator->callable = Value(callable);
  iterator->sentinel = Value(sentinel);
  return Value::adopt(iterator);
}

extern const NativeType list_iterator_type, list_reverseiterator_type, tuple_iterator_type,
    sequence_iterator_type, callable_iterator_type;
const NativeType list_iterator_type{
    .name = "list_iterator",
    .id = TypeId::ListIterator,
    .base = nullptr,
    .layout = &list_iterator_layout,
    .slots = &iterator_slots<list_next>,
    .flags = 0,
    .methods = list_methods,
};
const NativeType list_reverseiterator_type{
    .name = "list_reverseiterator",
    .id = TypeId::ListReverseIterator,
    .base = nullptr,
    .layout = &list_reverseiterator_layout,
    .slots = &iterator_slots<list_reverse_next>,
    .flags = 0,
    .methods = list_reverse_methods,
};
const NativeType tuple_iterator_type{
    .name = "tuple_iterator",
    .id = TypeId::TupleIterator,
    .base = nullptr,
    .layout = &tuple_iterator_layout,
    .slots = &iterator_slots<tuple_next>,
    .flags = 0,
    .methods = tuple_methods,
};
const NativeType sequence_iterator_type{
    .name = "iterator",
    .id = TypeId::SequenceIterator,
    .base = nullptr,
    .layout = &sequence_iterator_layout,
    .slots = &iterator_slots<sequence_next>,
    .flags = 0,
    .methods = sequence_methods,
};
const NativeType callable_iterator_type{
    .name = "callable_iterator",
    .id = TypeId::CallableIterator,
    .base = nullptr,
    .layout = &callable_iterator_layout,
    .slots = &iterator_slots<callable_next>,
    .flags = 0,
    .methods = callable_methods,
};

}  // namespace cede
