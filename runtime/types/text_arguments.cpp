// Arguments shared by the methods of text types.
#include "runtime/types/text_arguments.hpp"

namespace cede {
namespace {

bool indexable(VM& vm, Ref value) { return value.is_small() || type_of(vm, value).slots->index; }

Status read_bound(VM& vm, Ref value, std::int64_t& bound) {
  if (value.is_none() || value.is_unbound()) return Ok;
  if (!indexable(vm, value))
    return vm.raise_text(TypeId::TypeError,
                         "slice indices must be integers or None or have an __index__ method");
  CEDE_TRY(bound, index_clamped(vm, value));
  return Ok;
}

}  // namespace

Result<SearchRange> read_search_range(VM& vm, Ref start, Ref end) {
  SearchRange range;
  CEDE_CHECK(read_bound(vm, start, range.start));
  CEDE_CHECK(read_bound(vm, end, range.end));
  return range;
}

void clamp_search_range(const SearchRange& range, std::size_t size, std::size_t& first, std::size_t& last) {
  const auto length = static_cast<std::int64_t>(size);
  std::int64_t start = range.start, end = range.end;
  if (end > length)
    end = length;
  else if (end < 0 && (end += length) < 0)
    end = 0;
  if (start < 0 && (start += length) < 0) start = 0;
  first = static_cast<std::size_t>(start);
  last = static_cast<std::size_t>(end);
}

Status search_range(VM& vm, Ref start, Ref end, std::size_t length, std::size_t& first, std::size_t& last) {
  CEDE_TRY(const SearchRange range, read_search_range(vm, start, end));
  clamp_search_range(range, length, first, last);
  return Ok;
}

Result<std::int64_t> repeat_operand(VM& vm, Ref value, bool& known) {
  known = indexable(vm, value);
  if (!known) return std::int64_t{-1};
  return index_int64(vm, value);
}

Result<std::int64_t> ssize_argument(VM& vm, Ref value) {
  if (value.is_small()) return value.small();
  CEDE_TRY(const Value number, index(vm, value));
  Result<std::int64_t> result = index_int64(vm, number);
  if (!result.is_raised() || !vm.error_is(TypeId::OverflowError)) return result;
  vm.clear_error();
  return vm.raise_text(TypeId::OverflowError, "Python int too large to convert to C ssize_t");
}

Result<std::int64_t> subscript_index(VM& vm, Ref key) {
  if (key.is_small()) return key.small();
  Result<std::int64_t> read = index_int64(vm, key);
  if (!read.is_raised() || !vm.error_is(TypeId::OverflowError)) return read;
  vm.clear_error();
  return vm.raise(TypeId::IndexError, "cannot fit '{}' into an index-sized integer",
                  display_name(type_of(vm, key)));
}

}  // namespace cede
