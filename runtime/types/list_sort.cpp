// list.sort(): the list is empty to scripts while its words lie apart and are sorted; a list found changed
// afterwards is put back all the same. The comparison is chosen by what the keys are; the choice cannot be
// observed.
#include "runtime/core/protocols.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/merge_sort.hpp"

namespace cede {
namespace {

struct SmallLess {
  int operator()(Ref a, Ref b) const { return a.small() < b.small(); }
};
struct DoubleLess {
  int operator()(Ref a, Ref b) const { return a.immediate_double() < b.immediate_double(); }
};
// The order of code points is that of the bytes.
struct StrLess {
  int operator()(Ref a, Ref b) const { return cast<Str>(a).view() < cast<Str>(b).view(); }
};
struct AnyLess {
  VM& vm;
  int operator()(Ref a, Ref b) const {
    if (is_exact(a, TypeId::Tuple) && is_exact(b, TypeId::Tuple) && cast<Tuple>(a).size &&
        cast<Tuple>(b).size) {
      const Ref x = cast<Tuple>(a)[0], y = cast<Tuple>(b)[0];
      if (x.is_small() && y.is_small() && x != y) return x.small() < y.small();
      if (is_exact(x, TypeId::Str) && is_exact(y, TypeId::Str) && !str_equal(cast<Str>(x), cast<Str>(y)))
        return cast<Str>(x).view() < cast<Str>(y).view();
    }
    const Value answer = compare(vm, a, b, CompareOperation::Less);
    if (answer.is_raised()) return -1;
    if (vm.check_interrupts().is_raised()) return -1;
    if (answer.ref().is_bool()) return answer.ref().is_true();
    const Result<bool> truth = is_truthy(vm, answer);
    return truth.is_raised() ? -1 : *truth;
  }
};

template<class Less> Status sort_by(VM& vm, Less less, Bits* keys, Bits* values, std::size_t count) {
  auto interrupted = [&vm] { return vm.check_interrupts().is_raised(); };
  MergeSort<Less, decltype(interrupted)> sort(vm.heap, less, interrupted, keys, values, count);
  if (sort.sort()) return Ok;
  if (sort.out_of_memory) return vm.raise_memory_error();
  return raised;
}

template<class Predicate> bool all_of(const Bits* keys, std::size_t count, Predicate predicate) {
  return std::all_of(keys, keys + count, [&](Bits word) { return predicate(Ref(word)); });
}

Status sort_words(VM& vm, Bits* keys, Bits* values, std::size_t count) {
  if (count < 2) return Ok;
  const Ref first(keys[0]);
  if (first.is_small() && all_of(keys, count, [](Ref r) { return r.is_small(); }))
    return sort_by(vm, SmallLess{}, keys, values, count);
  if (first.is_immediate_double() && all_of(keys, count, [](Ref r) { return r.is_immediate_double(); }))
    return sort_by(vm, DoubleLess{}, keys, values, count);
  if (is_exact(first, TypeId::Str) && all_of(keys, count, [](Ref r) { return is_exact(r, TypeId::Str); }))
    return sort_by(vm, StrLess{}, keys, values, count);
  return sort_by(vm, AnyLess{vm}, keys, values, count);
}

// The keys of the words, while the sort goes on.
class Keys {
 public:
  explicit Keys(VM& vm) : heap_(vm.heap) {}
  ~Keys() {
    for (std::size_t i = 0; i < made_; ++i) release(Ref(words_[i]));
    if (words_) heap_.free_raw(words_, capacity_ * sizeof(Bits));
  }
  Keys(const Keys&) = delete;
  Bits* words() { return words_; }

  Status make(VM& vm, Ref key, const Bits* items, std::size_t count) {
    if (count == 0) return Ok;
    words_ = static_cast<Bits*>(heap_.allocate_raw(count * sizeof(Bits)));
    if (!words_) return vm.raise_memory_error();
    capacity_ = count;
    for (; made_ < count; ++made_) {
      const Owned result = call(vm, key, Ref(items[made_]));
      if (result.is_raised()) return raised;
      words_[made_] = result.bits;
      if (vm.check_interrupts().is_raised()) {
        ++made_;
        return raised;
      }
    }
    return Ok;
  }

 private:
  Heap& heap_;
  Bits* words_ = nullptr;
  std::size_t made_ = 0, capacity_ = 0;
};

Status sort_detached(VM& vm, List& list, Bits* items, std::size_t count, Ref key, bool reverse) {
  Status status = Ok;
  {
    Keys keys(vm);
    const bool keyed = !key.is_none() && !key.is_unbound();
    if (keyed) CEDE_CHECK(keys.make(vm, key, items, count));
    if (reverse && count > 1) {
      if (keyed) std::reverse(keys.words(), keys.words() + count);
      std::reverse(items, items + count);
    }
    status = keyed ? sort_words(vm, keys.words(), items, count) : sort_words(vm, items, nullptr, count);
  }
  if (reverse && count > 1) std::reverse(items, items + count);
  if (!status.is_raised() && (!(list.flags & list_sorting) || list.items.capacity() != 0))
    return vm.raise_text(TypeId::ValueError, "list modified during sort");
  return status;
}

}  // namespace

Status list_sort(VM& vm, List& list, Ref key, bool reverse) {
  const Value keep{Ref(&list)};
  Buffer<Bits> items = list.items.take();
  list.flags |= list_sorting;
  const Status status = sort_detached(vm, list, items.data(), items.size(), key, reverse);
  Buffer<Bits> found = list.items.take();
  static_cast<Buffer<Bits>&>(list.items) = items;
  list.flags &= ~list_sorting;
  for (std::size_t i = found.size(); i-- > 0;) release(Ref(found[i]));
  found.free(vm.heap);
  return status;
}

}  // namespace cede
