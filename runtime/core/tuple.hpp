// The layout of `tuple`; its methods are in types/tuple.cpp.
#pragma once

#include <span>

#include "runtime/core/heap.hpp"
#include "runtime/core/object.hpp"

namespace cede {

class VM;
struct Type;

extern const Layout tuple_layout;
struct Tuple : Object {
  static const Layout* layout() { return &tuple_layout; }
  static constexpr const char* type_name = "tuple";

  std::uint64_t size;
  Bits items[1];  // `size` owned words

  Ref operator[](std::size_t i) const { return Ref(items[i]); }
  const Bits* begin() const { return items; }
  const Bits* end() const { return items + size; }
  std::span<const Bits> words() const { return {items, size}; }
  static std::size_t variable_size(const Tuple& self) { return sizeof(Object) + 8 + self.size * sizeof(Bits); }
  template<class F> static void fields(Tuple& self, F&& field) {
    if constexpr (std::is_same_v<std::remove_cvref_t<F>, Clearer>)  // CPython releases the last item first
      for (std::size_t i = self.size; i-- > 0;) field(&self.items[i], 1);
    else
      field.backward(self.items, self.size);
  }
};

// A tuple of `size` Unbound words that the caller fills with owned words. Raises MemoryError. The empty tuple is shared:
// never fill it. `type` may be a script subclass.
Value tuple_uninitialised(VM& vm, std::size_t size);
Value tuple_uninitialised(VM& vm, Type& type, std::size_t size);
Value tuple_from_words(VM& vm, const Bits* words, std::size_t size);  // shares the words
Value tuple_of(VM& vm, std::initializer_list<Ref> items);

}  // namespace cede
