// How ranges make their iterators: range_iterator where start, stop, step and length fit in a machine word,
// else longrange_iterator.
#pragma once

#include "runtime/types/range.hpp"

namespace cede {

extern const Layout longrange_iterator_layout;
struct LongRangeIterator : Object {
  static const Layout* layout() { return &longrange_iterator_layout; }
  static constexpr const char* type_name = "longrange_iterator";

  Value start, step, length;  // of what is left
  template<class F> static void fields(LongRangeIterator& self, F&& field) {
    field(self.start);
    field(self.step);
    field(self.length);
  }
};

Owned range_iterator_new(VM& vm, const Range& range);
Owned range_reverse_iterator_new(VM& vm, const Range& range);

}  // namespace cede
