// collections.deque: the ring, and what does not depend on the methods' table (deque_type.cpp).
#include "stdlib/collections/deque.hpp"

#include "runtime/core/protocols.hpp"
#include "runtime/types/list.hpp"

namespace cede::stdlib {

constinit const Layout deque_layout = layout_for<Deque>();

namespace {

Status grow(VM& vm, Deque& deque) {
  const std::size_t capacity = deque.capacity ? deque.capacity * 2 : 8;
  std::size_t bytes;
  if (!multiply_sizes(capacity, sizeof(Bits), bytes)) return vm.raise_memory_error();
  Bits* data = static_cast<Bits*>(vm.heap.allocate_raw(bytes));
  if (!data) return vm.raise_memory_error();
  for (std::size_t i = 0; i < deque.count; ++i) data[i] = deque.at(i);
  if (deque.data) vm.heap.free_raw(deque.data, deque.capacity * sizeof(Bits));
  deque.data = data;
  deque.capacity = capacity;
  deque.head = 0;
  return Ok;
}

bool is_over(const Deque& deque) {
  return deque.maximum >= 0 && deque.count > static_cast<std::size_t>(deque.maximum);
}

}  // namespace

Status deque_append(VM& vm, Deque& deque, Value item) {
  if (deque.count == deque.capacity) CEDE_CHECK(grow(vm, deque));
  ++deque.count;
  deque.at(deque.count - 1) = item.take().bits;
  ++deque.state;
  if (is_over(deque)) (void)deque_pop_left(deque);
  return Ok;
}

Status deque_append_left(VM& vm, Deque& deque, Value item) {
  if (deque.count == deque.capacity) CEDE_CHECK(grow(vm, deque));
  deque.head = (deque.head - 1) & (deque.capacity - 1);
  deque.data[deque.head] = item.take().bits;
  ++deque.count;
  ++deque.state;
  if (is_over(deque)) (void)deque_pop(deque);
  return Ok;
}

Value deque_pop(Deque& deque) {
  if (deque.count == 0) return Value();
  --deque.count;
  ++deque.state;
  return Value::adopt(Ref(deque.data[(deque.head + deque.count) & (deque.capacity - 1)]));
}

Value deque_pop_left(Deque& deque) {
  if (deque.count == 0) return Value();
  const Bits word = deque.data[deque.head];
  deque.head = (deque.head + 1) & (deque.capacity - 1);
  --deque.count;
  ++deque.state;
  return Value::adopt(Ref(word));
}

void deque_clear(VM& vm, Deque& deque) {
  if (deque.count == 0) return;
  while (deque.count) (void)deque_pop_left(deque);
  vm.heap.free_raw(deque.data, deque.capacity * sizeof(Bits));
  deque.data = nullptr;
  deque.capacity = deque.head = 0;
}

Status deque_extend(VM& vm, Deque& deque, Ref iterable) {
  Value source{iterable};
  if (iterable == Ref(deque)) {
    CEDE_TRY(source, list_from(vm, iterable));
  }
  return for_each(vm, source, [&](Ref item) { return deque_append(vm, deque, Value(item)); });
}

// ---- iterators

namespace {

constinit const Layout deque_iterator_layout = layout_for<DequeIterator>();

template<bool Reverse> Owned iterator_next(VM& vm, Ref self) {
  DequeIterator& iterator = cast<DequeIterator>(self);
  const Deque& deque = cast<Deque>(iterator.deque);
  if (deque.state != iterator.state) {
    iterator.remaining = 0;
    return vm.raise_text(TypeId::RuntimeError, "deque mutated during iteration");
  }
  if (iterator.remaining == 0) return Owned(Finished.bits);
  --iterator.remaining;
  const std::size_t i = iterator.position++;
  return Owned::share(deque[Reverse ? deque.count - 1 - i : i]);
}

Owned iterator_self(VM&, Ref self) { return Owned::share(self); }

template<bool Reverse> Owned iterator_construct(VM& vm, Type&, const Arguments& arguments) {
  const std::size_t given = arguments.positional + (arguments.keywords ? arguments.keywords->size : 0);
  if (arguments.keywords && arguments.keywords->size)
    return vm.raise_text(TypeId::TypeError, "deque iterators take no keyword arguments");
  if (given < 1 || given > 2)
    return vm.raise(TypeId::TypeError, "function takes 1 to 2 arguments ({} given)", given);
  if (!is<Deque>(arguments[0])) {
    const std::string name = type_name(arguments[0], vm);
    return vm.raise(TypeId::TypeError, "argument 1 must be collections.deque, not {}", name);
  }
  std::int64_t skip = 0;
  if (given == 2) {
    CEDE_TRY(skip, index_int64(vm, arguments[1]));
  }
  CEDE_TRY(Value made, deque_iterator_new(vm, Reverse ? deque_reverse_iterator_type : deque_iterator_type,
                                          cast<Deque>(arguments[0])));
  DequeIterator& iterator = cast<DequeIterator>(made);
  const std::size_t skipped =
      std::min(static_cast<std::size_t>(std::max<std::int64_t>(skip, 0)), iterator.remaining);
  iterator.position = skipped;
  iterator.remaining -= skipped;
  return made;
}

std::int64_t iterator_length_hint(VM&, DequeIterator& self) {
  return static_cast<std::int64_t>(self.remaining);
}

Owned iterator_reduce(VM& vm, DequeIterator& self) {
  const std::size_t size = cast<Deque>(self.deque).count;
  const std::size_t done = size > self.remaining ? size - self.remaining : 0;
  CEDE_TRY(const Value arguments, tuple_of(vm, {self.deque, Ref::small(static_cast<std::int64_t>(done))}));
  return tuple_of(vm, {self.type, arguments});
}

template<bool Reverse>
constexpr Slots iterator_slots = inherit(object_slots, [](Slots& s) {
  s.iter = iterator_self;
  s.next = iterator_next<Reverse>;
  s.construct = iterator_construct<Reverse>;
});
constexpr Method iterator_methods[] = {
    method<"__length_hint__(self, /)", iterator_length_hint>,
    method<"__reduce__(self, /)", iterator_reduce>,
};

}  // namespace

const Layout* DequeIterator::layout() { return &deque_iterator_layout; }

Owned deque_iterator_new(VM& vm, const NativeType& type, Deque& deque) {
  DequeIterator* iterator = make_object<DequeIterator>(vm, vm.native_type(type));
  if (!iterator) return raised;
  iterator->deque = Value(Ref(deque));
  iterator->state = deque.state;
  iterator->remaining = deque.count;
  return Value::adopt(iterator);
}

const NativeType deque_iterator_type{
    .name = "collections._deque_iterator",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &deque_iterator_layout,
    .slots = &iterator_slots<false>,
    .flags = std::uint32_t(TypeFlag::Instantiable),
    .methods = iterator_methods,
};
const NativeType deque_reverse_iterator_type{
    .name = "collections._deque_reverse_iterator",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &deque_iterator_layout,
    .slots = &iterator_slots<true>,
    .flags = std::uint32_t(TypeFlag::Instantiable),
    .methods = iterator_methods,
};

}  // namespace cede::stdlib
