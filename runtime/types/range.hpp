// `range` and its iterators. A range whose members, items and length are all small integers is kept as
// machine numbers too; others work through the integer protocols.
#pragma once

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

extern const Layout range_layout;
struct Range : Object {
  static const Layout* layout() { return &range_layout; }
  static constexpr const char* type_name = "range";

  Value start, stop, step, length;                // ints
  std::int64_t first = 0, stride = 1, count = 0;  // valid if is_small: every item fits in 63 bits
  bool is_small = false;
  template<class F> static void fields(Range& self, F&& field) {
    field(self.start);
    field(self.stop);
    field(self.step);
    field(self.length);
  }
};

// range(start, stop, step) of ints (exact). Raises ValueError for step 0.
Owned range_new(VM& vm, Ref start, Ref stop, Ref step);

extern const Layout range_iterator_layout;
struct RangeIterator : Object {
  static const Layout* layout() { return &range_iterator_layout; }
  static constexpr const char* type_name = "range_iterator";

  std::int64_t value = 0, stride = 1, remaining = 0;
  bool is_small = true;  // every item fits in 63 bits
};

// The next item of a range iterator whose items are small; Finished at the end. For the interpreter's `for`
// loop.
inline Ref range_iterator_next_small(RangeIterator& iterator) {
  if (iterator.remaining <= 0) return Finished;
  --iterator.remaining;
  const std::int64_t value = iterator.value;
  iterator.value += iterator.stride;
  return Ref::small(value);
}

}  // namespace cede
