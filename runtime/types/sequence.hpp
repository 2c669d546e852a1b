// What list, tuple, range, deque and their iterators have in common: reading indices, argument counts of
// constructors, searching and comparing words that script code may change under way, and building reprs in
// counted memory.
#pragma once

#include <string_view>

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

// For constructors that take positional arguments only: "list expected at most 1 argument, got 2".
Status check_argument_count(VM& vm, const Arguments& arguments, std::string_view name, std::uint32_t minimum,
                            std::uint32_t maximum);
// "list() takes no keyword arguments", if there are any.
Status check_no_keywords(VM& vm, const Arguments& arguments, std::string_view name);

// A subscript through __index__; IndexError "cannot fit 'int' into an index-sized integer" if it is too big.
Result<std::int64_t> sequence_index(VM& vm, Ref key);
bool has_index(VM& vm, Ref key);  // its type has __index__; runs no script code
// start and stop of `index(value, start, stop)`: __index__ clamped, or TypeError "slice indices must be
// integers or ...".
Result<std::int64_t> slice_bound(VM& vm, Ref value);
// Both for optional arguments: `first` and `last` keep their values where one is Unbound.
Status search_bounds(VM& vm, Ref start, Ref stop, std::int64_t& first, std::int64_t& last);
// An argument of C type Py_ssize_t: OverflowError "Python int too large to convert to C ssize_t".
Result<std::int64_t> size_argument(VM& vm, Ref value);
// The right operand of sequence * n; OverflowError if it is too big, negative counts are 0.
Result<std::int64_t> repeat_count(VM& vm, Ref value);

// The words of a sequence that script code may change while they are walked: asks anew for each item.
// `Words` is callable: std::span<const Bits> words().
// Compares as lists and tuples do. Operands are of one kind.
template<class WordsA, class WordsB>
Owned compare_words(VM& vm, WordsA&& a, WordsB&& b, CompareOperation operation) {
  const bool equality = operation == CompareOperation::Equal || operation == CompareOperation::NotEqual;
  if (equality && a().size() != b().size())
    return Owned(Ref::boolean(operation == CompareOperation::NotEqual).bits);
  NativeDepthGuard guard(vm);
  if (guard.exceeded(" in comparison")) return raised;
  for (std::size_t i = 0; i < a().size() && i < b().size(); ++i) {
    const Bits left = a()[i], right = b()[i];
    if ((i & 65535) == 65535) CEDE_CHECK(vm.check_stop());
    if (left == right) continue;
    bool same = false;
    const Value left_value{Ref(left)}, right_value{Ref(right)};
    if (!(Ref(left).is_small() && Ref(right).is_small())) {
      CEDE_TRY(same, is_equal(vm, left_value, right_value));
      CEDE_CHECK(vm.check_interrupts());
    }
    if (same) continue;
    if (i >= a().size() || i >= b().size()) break;  // the comparison has shortened one
    if (equality) return Owned(Ref::boolean(operation == CompareOperation::NotEqual).bits);
    return compare(vm, left_value, right_value, operation);
  }
  const std::size_t m = a().size(), n = b().size();
  bool result = false;
  switch (operation) {
    case CompareOperation::Less: result = m < n; break;
    case CompareOperation::LessEqual: result = m <= n; break;
    case CompareOperation::Equal: result = m == n; break;
    case CompareOperation::NotEqual: result = m != n; break;
    case CompareOperation::Greater: result = m > n; break;
    case CompareOperation::GreaterEqual: result = m >= n; break;
  }
  return Owned(Ref::boolean(result).bits);
}

// The position of the first item in [start, stop) that is or equals `value`, or -1. item == value is asked in
// that order.
template<class Words>
Result<std::int64_t> find_word(VM& vm, Words&& words, Ref value, std::size_t start, std::size_t stop) {
  for (std::size_t i = start; i < stop && i < words().size(); ++i) {
    if ((i & 4095) == 4095) {
      CEDE_CHECK(vm.check_interrupts());
      if (i >= words().size()) break;
    }
    const Bits word = words()[i];
    if (word == value.bits) return static_cast<std::int64_t>(i);
    if (Ref(word).is_small() && value.is_small()) continue;
    const Value item{Ref(word)};
    CEDE_TRY(const bool same, is_equal(vm, item, value));
    if (same) return static_cast<std::int64_t>(i);
    CEDE_CHECK(vm.check_interrupts());
  }
  return std::int64_t{-1};
}
template<class Words> Result<std::int64_t> count_word(VM& vm, Words&& words, Ref value) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < words().size(); ++i) {
    if ((i & 4095) == 4095) {
      CEDE_CHECK(vm.check_interrupts());
      if (i >= words().size()) break;
    }
    const Bits word = words()[i];
    if (word == value.bits) {
      ++count;
      continue;
    }
    if (Ref(word).is_small() && value.is_small()) continue;
    const Value item{Ref(word)};
    CEDE_TRY(const bool same, is_equal(vm, item, value));
    count += same;
    CEDE_CHECK(vm.check_interrupts());
  }
  return count;
}
// Makes start and stop of `index` positions within a sequence of `size`.
inline void clamp_search(std::int64_t& start, std::int64_t& stop, std::int64_t size) {
  if (start < 0 && (start += size) < 0) start = 0;
  if (stop < 0 && (stop += size) < 0) stop = 0;
}

// Text that grows in counted memory.
class TextBuffer {
 public:
  explicit TextBuffer(VM& vm) : vm_(vm) {}
  ~TextBuffer() { text_.free(vm_.heap); }
  TextBuffer(const TextBuffer&) = delete;
  Status append(std::string_view text);
  Status append_repr(Ref object);
  Owned finish();  // a Str
  bool empty() const { return text_.empty(); }

 private:
  VM& vm_;
  Buffer<char> text_;
};
// Appends the reprs of a sequence's words with ", " between.
template<class Words> Status append_reprs(VM& vm, TextBuffer& text, Words&& words) {
  for (std::size_t i = 0; i < words().size(); ++i) {
    const Value item{Ref(words()[i])};
    if (i) CEDE_CHECK(text.append(", "));
    CEDE_CHECK(text.append_repr(item));
    CEDE_CHECK(vm.check_interrupts());
  }
  return Ok;
}

// The builtin function of that name, for __reduce__. Owned.
Owned builtin_named(VM& vm, std::string_view name);

}  // namespace cede
