// `slice`, and how every sequence reads one.
#pragma once

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

extern const Layout slice_layout;
struct Slice : Object {
  static const Layout* layout() { return &slice_layout; }
  static constexpr const char* type_name = "slice";
  static constexpr std::uint32_t plain_words = 3;

  Value start, stop, step;
  template<class F> static void fields(Slice& self, F&& field) {
    field(self.step);
    field(self.start);
    field(self.stop);
  }
};

Value slice_new(VM& vm, Ref start, Ref stop, Ref step);

// A slice as numbers: `step` is never 0; `start` and `stop` are clamped to the sequence's bounds; `count`
// items at start, start + step, ...
struct SliceIndices {
  std::int64_t start = 0, stop = 0, step = 1, count = 0;
};
// Step one of CPython's two: the members through __index__, not yet clamped to a length. May run script code,
// so ask for the length only afterwards. Raises TypeError and "slice step cannot be zero".
Result<SliceIndices> slice_unpack(VM& vm, Ref slice);
// Step two: clamps to `length` and counts. Runs no script code.
void slice_adjust(SliceIndices& indices, std::int64_t length);
// Both, for sequences whose length script code cannot change (str, bytes, tuple, range).
Result<SliceIndices> slice_indices(VM& vm, Ref slice, std::int64_t length);
// slice.indices(length) for an int of any size: a Tuple of three ints.
Owned slice_indices_tuple(VM& vm, Slice& slice, Ref length);
inline Status slice_indices(VM& vm, Ref slice, std::int64_t length, std::int64_t& start, std::int64_t& stop,
                            std::int64_t& step, std::int64_t& count) {
  CEDE_TRY(const SliceIndices found, slice_indices(vm, slice, length));
  start = found.start;
  stop = found.stop;
  step = found.step;
  count = found.count;
  return Ok;
}

}  // namespace cede
