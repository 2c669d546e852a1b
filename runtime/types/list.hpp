// `list`: an array of owned words. Growing is amortised; elements are released without running script code.
// While a list is being sorted it is empty and carries `list_sorting`; every change of its array takes that
// flag away.
#pragma once

#include "runtime/core/heap.hpp"
#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

extern const Layout list_layout;
struct List : Object {
  static const Layout* layout() { return &list_layout; }
  static constexpr const char* type_name = "list";

  ValueArray items;

  std::size_t size() const { return items.size(); }
  // Borrowed: lives until the list changes.
  Ref operator[](std::size_t i) const { return items.ref(i); }
  template<class F> static void fields(List& self, F&& field) {
    field.backward(self.items.mutable_words(), self.items.size());
  }
  static void dispose(Heap& heap, List& self) { self.items.free(heap); }
};
inline constexpr std::uint32_t list_sorting = KindFlag1;
inline constexpr std::size_t list_maximum_size = std::size_t{PTRDIFF_MAX} / sizeof(Bits);

// New lists of exact type. Raise MemoryError; run no script code.
Value list_new(VM& vm);
Value list_with_capacity(VM& vm, std::size_t capacity);               // empty, with room
Value list_from_words(VM& vm, const Bits* words, std::size_t count);  // shares the words
Value list_take_words(VM& vm, const Bits* words,
                      std::size_t count);          // takes over the words, also when it fails
Value list_from_array(VM& vm, ValueArray& array);  // takes over the array (left empty) on success
Value list_of(VM& vm, std::initializer_list<Ref> items);

// Takes the last item of a list that has one.
Owned list_take_last(VM& vm, List& list);
// Grows the array by one: the out-of-line part of list_append. Runs no script code; raises MemoryError.
Status list_push_slow(VM& vm, List& list, Bits word);

// Adds a reference to `item` at the end. Runs no script code; raises MemoryError.
inline Status list_append(VM& vm, List& list, Ref item) {
  retain(item);
  const std::size_t n = list.items.size();
  if (n < list.items.capacity()) [[likely]] {
    list.items.data()[n] = item.bits;
    list.items.set_size(n + 1);
    return Ok;
  }
  return list_push_slow(vm, list, item.bits);
}
// The same, handing over the caller's reference.
inline Status list_push(VM& vm, List& list, Value item) {
  const std::size_t n = list.items.size();
  const Bits word = item.take().bits;
  if (n < list.items.capacity()) [[likely]] {
    list.items.data()[n] = word;
    list.items.set_size(n + 1);
    return Ok;
  }
  return list_push_slow(vm, list, word);
}
// The item at a small integer index, negative ones counted from the end: owned, or Unbound if out of range.
// For the interpreter's fast path.
inline Owned list_item(const List& list, std::int64_t at) {
  if (at < 0) at += static_cast<std::int64_t>(list.size());
  if (static_cast<std::uint64_t>(at) >= list.size()) return Owned();
  return Owned::share(list.items.ref(static_cast<std::size_t>(at)));
}
// Replaces an item; `at` must be in range.
inline void list_replace(List& list, std::size_t at, Ref item) {
  retain(item);
  release(Ref(std::exchange(list.items.data()[at], item.bits)));
}

// The methods that other parts of the runtime call.
Status list_extend(VM& vm, List& list, Ref iterable);
Status list_insert(VM& vm, List& list, Index at, Ref object);
void list_clear(VM& vm, List& list);  // runs no script code
void list_reverse_items(List& list);
Status list_sort(VM& vm, List& list, Ref key, bool reverse);  // key None or Unbound: none
// list[start:stop] as a new list, bounds within the list. Runs no script code.
Value list_slice(VM& vm, const List& list, std::size_t start, std::size_t stop);
// list[start:stop] = words (shared), as slice assignment with step 1. Runs no script code.
Status list_splice(VM& vm, List& list, std::size_t start, std::size_t stop, const Bits* words,
                   std::size_t count);

}  // namespace cede
