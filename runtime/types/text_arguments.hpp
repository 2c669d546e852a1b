// Reading the arguments that methods of str, bytes and bytearray share.
#pragma once

#include "runtime/core/native.hpp"

namespace cede {

// start and end of find() and the like: None and Unbound keep the default, __index__ is clamped; then both
// are made positions as slices do: 0 <= end <= length, start >= 0 (start may be greater than end).
Status search_range(VM& vm, Ref start, Ref end, std::size_t length, std::size_t& first, std::size_t& last);
// The reading alone, for objects whose length script code may change meanwhile.
struct SearchRange {
  std::int64_t start = 0, end = PTRDIFF_MAX;
};
Result<SearchRange> read_search_range(VM& vm, Ref start, Ref end);
void clamp_search_range(const SearchRange& range, std::size_t length, std::size_t& first, std::size_t& last);

// The right operand of sequence * n: -1 and false in `known` if it has no __index__.
Result<std::int64_t> repeat_operand(VM& vm, Ref value, bool& known);
// An argument of C type Py_ssize_t that is too big is an OverflowError with CPython's text.
Result<std::int64_t> ssize_argument(VM& vm, Ref value);
// A subscript through __index__: IndexError "cannot fit 'int' into an index-sized integer" if it is too big.
Result<std::int64_t> subscript_index(VM& vm, Ref key);

}  // namespace cede
