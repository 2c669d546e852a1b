// The bisect module: binary search and insertion in sorted sequences.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/sequence.hpp"

namespace cede::stdlib {
namespace {

enum class Side { Left, Right };

// The place of x in the sequence: before (Left) or after (Right) items equal to it. `key` is applied to the
// items only.
template<Side side>
Result<std::int64_t> place(VM& vm, Ref sequence, Ref x, std::int64_t low, std::int64_t high, Ref key) {
  if (low < 0) return vm.raise_text(TypeId::ValueError, "lo must be non-negative");
  if (high == -1) {
    CEDE_TRY(high, length(vm, sequence));
  }
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    CEDE_TRY(Value item, get_item(vm, sequence, Ref::small(middle)));
    if (!key.is_none()) {
      CEDE_TRY(item, call(vm, key, item));
    }
    CEDE_TRY(const bool go_left, side == Side::Right ? compare_bool(vm, x, item, CompareOperation::Less)
                                                     : compare_bool(vm, item, x, CompareOperation::Less));
    if (go_left == (side == Side::Right))
      high = middle;
    else
      low = middle + 1;
    CEDE_CHECK(vm.check_interrupts());
  }
  return low;
}

Status bounds(VM& vm, Ref lo, Ref hi, std::int64_t& low, std::int64_t& high) {
  CEDE_TRY(low, size_argument(vm, lo));
  high = -1;
  if (hi.is_none()) return Ok;
  if (!has_index(vm, hi)) {
    const std::string name = type_name(hi, vm);
    return vm.raise(TypeId::TypeError, "argument should be integer or None, not '{}'", name);
  }
  CEDE_TRY(high, size_argument(vm, hi));
  return Ok;
}

template<Side side> Result<std::int64_t> bisect(VM& vm, Ref a, Ref x, Ref lo, Ref hi, Ref key) {
  std::int64_t low, high;
  CEDE_CHECK(bounds(vm, lo, hi, low, high));
  return place<side>(vm, a, x, low, high, key);
}

template<Side side> Status insort(VM& vm, Ref a, Ref x, Ref lo, Ref hi, Ref key) {
  std::int64_t low, high;
  CEDE_CHECK(bounds(vm, lo, hi, low, high));
  Value wanted{x};
  if (!key.is_none()) {
    CEDE_TRY(wanted, call(vm, key, x));
  }
  CEDE_TRY(const std::int64_t at, place<side>(vm, a, wanted, low, high, key));
  if (is_exact(a, TypeId::List)) return list_insert(vm, cast<List>(a), Index{at}, x);
  CEDE_TRY(const Value ignored, call_method(vm, a, vm.intern("insert"), Ref::small(at), x));
  return Ok;
}

constexpr Method functions[] = {
    method<"bisect_right(a, x, lo=0, hi=None, *, key=None)", bisect<Side::Right>>,
    method<"insort_right(a, x, lo=0, hi=None, *, key=None)", insort<Side::Right>>,
    method<"bisect_left(a, x, lo=0, hi=None, *, key=None)", bisect<Side::Left>>,
    method<"insort_left(a, x, lo=0, hi=None, *, key=None)", insort<Side::Left>>,
};

}  // namespace

extern const NativeModule bisect_native_module;
const NativeModule bisect_native_module{
    .name = "_bisect",
    .functions = functions,
    .fill = nullptr,
    .doc =
        "Bisection algorithms.\n\nThis module provides support for maintaining a list in sorted order "
        "without\n"
        "having to sort the list after each insertion. For long lists of items with\n"
        "expensive comparison operations, this can be an improvement over the more\ncommon approach.\n",
};

}  // namespace cede::stdlib
