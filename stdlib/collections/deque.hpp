// collections.deque: a ring of owned words.
#pragma once

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"

namespace cede::stdlib {

extern const Layout deque_layout;
struct Deque : Object {
  static const Layout* layout() { return &deque_layout; }
  static constexpr const char* type_name = "collections.deque";

  Bits* data = nullptr;  // `capacity` words, a power of two or none
  std::size_t capacity = 0, head = 0, count = 0;
  std::int64_t maximum = -1;  // maxlen; -1: none
  std::uint64_t state = 0;    // replaced by every change of the order: iterators notice

  std::size_t size() const { return count; }
  Bits& at(std::size_t i) { return data[(head + i) & (capacity - 1)]; }
  // Borrowed, until the deque changes.
  Ref operator[](std::size_t i) const { return Ref(data[(head + i) & (capacity - 1)]); }
  template<class F> static void fields(Deque& self, F&& field) {
    for (std::size_t i = 0; i < self.count; ++i) field(&self.at(i), 1);
  }
  static void dispose(Heap& heap, Deque& self) {
    if (self.data) heap.free_raw(self.data, self.capacity * sizeof(Bits));
  }
};
extern const NativeType deque_type, deque_iterator_type, deque_reverse_iterator_type;

// Run no script code. Raise MemoryError. With a maxlen, the item at the other end goes.
Status deque_append(VM& vm, Deque& deque, Value item);
Status deque_append_left(VM& vm, Deque& deque, Value item);
// The item, or Unbound if the deque is empty.
Value deque_pop(Deque& deque);
Value deque_pop_left(Deque& deque);
void deque_clear(VM& vm, Deque& deque);
Status deque_extend(VM& vm, Deque& deque, Ref iterable);

struct DequeIterator : Object {
  static const Layout* layout();
  static constexpr const char* type_name = "collections._deque_iterator";
  Value deque;
  std::uint64_t state = 0;
  std::size_t position = 0;  // counted from the end that the iteration starts at
  std::size_t remaining = 0;
  template<class F> static void fields(DequeIterator& self, F&& field) { field(self.deque); }
};
Owned deque_iterator_new(VM& vm, const NativeType& type, Deque& deque);

}  // namespace cede::stdlib
