// The iterators of list and tuple, of objects with __getitem__ and of callables, and the builtin iterator
// makers enumerate, zip, map, filter and reversed. An exhausted iterator lets go of what it iterates, for
// good.
#pragma once

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"
#include "runtime/types/list.hpp"

namespace cede {

extern const Layout list_iterator_layout;
struct ListIterator : Object {
  static const Layout* layout() { return &list_iterator_layout; }
  static constexpr const char* type_name = "list_iterator";
  static constexpr std::uint32_t plain_words = 1;
  Value sequence;  // List; Unbound once exhausted
  std::size_t position = 0;
  template<class F> static void fields(ListIterator& self, F&& field) { field(self.sequence); }
};
Value list_iterator_new(VM& vm, List& list);
// The next item, owned; Finished at the end. Runs no script code. For the interpreter's `for` loop.
inline Owned list_iterator_next(ListIterator& iterator) {
  if (iterator.sequence.is_unbound()) return Owned(Finished.bits);
  const List& list = cast<List>(iterator.sequence);
  if (iterator.position < list.size()) [[likely]]
    return Owned::share(list[iterator.position++]);
  iterator.sequence.reset();
  return Owned(Finished.bits);
}

extern const Layout list_reverseiterator_layout;
struct ListReverseIterator : Object {
  static const Layout* layout() { return &list_reverseiterator_layout; }
  static constexpr const char* type_name = "list_reverseiterator";
  Value sequence;
  std::int64_t position = -1;  // of the next item
  template<class F> static void fields(ListReverseIterator& self, F&& field) { field(self.sequence); }
};
Value list_reverse_iterator_new(VM& vm, List& list);

extern const Layout tuple_iterator_layout;
struct TupleIterator : Object {
  static const Layout* layout() { return &tuple_iterator_layout; }
  static constexpr const char* type_name = "tuple_iterator";
  static constexpr std::uint32_t plain_words = 1;
  Value sequence;  // Tuple; Unbound once exhausted
  std::size_t position = 0;
  template<class F> static void fields(TupleIterator& self, F&& field) { field(self.sequence); }
};
Value tuple_iterator_new(VM& vm, Tuple& tuple);
inline Owned tuple_iterator_next(TupleIterator& iterator) {
  if (iterator.sequence.is_unbound()) return Owned(Finished.bits);
  const Tuple& tuple = cast<Tuple>(iterator.sequence);
  if (iterator.position < tuple.size) [[likely]]
    return Owned::share(tuple[iterator.position++]);
  iterator.sequence.reset();
  return Owned(Finished.bits);
}

// iter(x) for an x with __getitem__ but no __iter__, and iter(callable, sentinel).
Owned sequence_iterator_new(VM& vm, Ref sequence);
Owned callable_iterator_new(VM& vm, Ref callable, Ref sentinel);

// How every iterator's __iter__ slot answers.
inline Owned iterator_self(VM&, Ref self) { return Owned::share(self); }

}  // namespace cede
