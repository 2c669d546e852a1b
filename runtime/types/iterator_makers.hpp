// The builtin iterator makers as objects: enumerate, zip, map, filter, reversed. The interpreter's `for` may
// look inside.
#pragma once

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

extern const Layout enumerate_layout;
struct Enumerate : Object {
  static const Layout* layout() { return &enumerate_layout; }
  static constexpr const char* type_name = "enumerate";
  Value iterator;
  Value count;   // int: of the next item
  Value result;  // the last pair, used again if nobody else has kept it
  template<class F> static void fields(Enumerate& self, F&& field) {
    field(self.iterator);
    field(self.result);
    field(self.count);
  }
};

extern const Layout zip_layout;
struct Zip : Object {
  static const Layout* layout() { return &zip_layout; }
  static constexpr const char* type_name = "zip";
  Value iterators;  // Tuple
  Value result;     // as for enumerate
  bool strict = false;
  template<class F> static void fields(Zip& self, F&& field) {
    field(self.iterators);
    field(self.result);
  }
};

extern const Layout map_layout;
struct Map : Object {
  static const Layout* layout() { return &map_layout; }
  static constexpr const char* type_name = "map";
  Value iterators;  // Tuple
  Value function;
  template<class F> static void fields(Map& self, F&& field) {
    field(self.iterators);
    field(self.function);
  }
};

extern const Layout filter_layout;
struct Filter : Object {
  static const Layout* layout() { return &filter_layout; }
  static constexpr const char* type_name = "filter";
  Value function, iterator;
  template<class F> static void fields(Filter& self, F&& field) {
    field(self.function);
    field(self.iterator);
  }
};

extern const Layout reversed_layout;
struct Reversed : Object {
  static const Layout* layout() { return &reversed_layout; }
  static constexpr const char* type_name = "reversed";
  Value sequence;              // Unbound once exhausted
  std::int64_t position = -1;  // of the next item
  template<class F> static void fields(Reversed& self, F&& field) { field(self.sequence); }
};

// Iterators over each of `words` as a Tuple, for zip, map and their like.
Owned iterators_over(VM& vm, const Bits* words, std::size_t count);
// A tuple of `size` items to fill: `kept` if nobody else holds it, else a new one that becomes `kept`.
Value reusable_tuple(VM& vm, Value& kept, std::size_t size);
// Puts an owned word at a place of such a tuple, releasing what was there.
inline void fill_tuple(const Value& tuple, std::size_t at, Value item) {
  release(Ref(std::exchange(cast<Tuple>(tuple).items[at], item.take().bits)));
}

}  // namespace cede
