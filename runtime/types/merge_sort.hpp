// The stable merge sort of list.sort(): natural runs, short ones extended by binary insertion, merged by the
// powersort policy with galloping. It asks for the same comparisons in the same order as CPython 3.13, so
// that scripts whose
// __lt__ or key objects watch see no difference.
//
// `Less` is called as less(Ref a, Ref b) and answers 1, 0, or -1 (an exception is set). Whatever happens, the
// array holds a permutation of what it held before. `values`, if given, is permuted along with the keys.
#pragma once

#include <algorithm>
#include <cstring>

#include "runtime/core/heap.hpp"
#include "runtime/core/value.hpp"

namespace cede {

// `Interrupted` is called between merges: true stops the sort. False from sort(): stopped, failed comparison,
// or no memory (`out_of_memory` then).
template<class Less, class Interrupted> class MergeSort {
 public:
  MergeSort(Heap& heap, Less less, Interrupted interrupted, Bits* keys, Bits* values, std::size_t count)
      : heap_(heap), less_(less), interrupted_(interrupted), keys_(keys), values_(values), count_(count) {}
  ~MergeSort() {
    if (scratch_ != scratch_few_) heap_.free_raw(scratch_, scratch_capacity_ * sizeof(Bits));
  }
  MergeSort(const MergeSort&) = delete;

  bool out_of_memory = false;

  bool sort() {
    if (count_ < 2) return true;
    const std::size_t minimum = minimum_run(count_);
    for (std::size_t low = 0; low < count_;) {
      const std::size_t remaining = count_ - low;
      std::size_t length = 0;
      if (!find_run(low, remaining, length)) return false;
      if (length < minimum) {
        const std::size_t forced = std::min(minimum, remaining);
        if (!insert_sorted(low, forced, length)) return false;
        length = forced;
      }
      if (!push_run(low, length)) return false;
      low += length;
    }
    while (depth_ > 1) {
      std::size_t at = depth_ - 2;
      if (at > 0 && runs_[at - 1].length < runs_[at + 1].length) --at;
      if (!merge_at(at)) return false;
    }
    return true;
  }

 private:
  static constexpr std::size_t gallop_threshold = 7;
  static constexpr std::size_t few = 256;
  struct Run {
    std::size_t start, length;
    int power;
  };
  // A stretch of keys and of the values that go with them, in the array or in scratch memory.
  struct Part {
    Bits* keys;
    Bits* values;  // null if there are none
    Part operator+(std::ptrdiff_t n) const { return {keys + n, values ? values + n : nullptr}; }
  };
  Part part(std::size_t at) const { return {keys_ + at, values_ ? values_ + at : nullptr}; }
  static void put(Part to, Part from) {
    *to.keys = *from.keys;
    if (to.values) *to.values = *from.values;
  }
  static void move(Part to, Part from, std::size_t n) {
    std::memmove(to.keys, from.keys, n * sizeof(Bits));
    if (to.values) std::memmove(to.values, from.values, n * sizeof(Bits));
  }
  void reverse(std::size_t low, std::size_t n) {
    std::reverse(keys_ + low, keys_ + low + n);
    if (values_) std::reverse(values_ + low, values_ + low + n);
  }
  int less(Bits a, Bits b) { return less_(Ref(a), Ref(b)); }

  static std::size_t minimum_run(std::size_t n) {
    std::size_t odd = 0;
    while (n >= 64) {
      odd |= n & 1;
      n >>= 1;
    }
    return n + odd;
  }

  // The length of the run at `low`, made ascending if it descends. Equal keys within a descending run are
  // reversed first, so that reversing the whole keeps their order.
  bool find_run(std::size_t low, std::size_t remaining, std::size_t& length) {
    const Bits* keys = keys_ + low;
    std::size_t n = 1, equal = 0;
    int k = 0;
    for (; n < remaining; ++n)
      if ((k = less(keys[n], keys[n - 1]))) break;
    if (k < 0) return false;
    length = n;
    if (n == remaining) return true;
    if (n > 1) {
      if ((k = less(keys[0], keys[n - 1])) < 0) return false;
      if (k) return true;
      reverse(low, n);
    }
    for (++n; n < remaining; ++n) {
      if ((k = less(keys[n], keys[n - 1])) < 0) return false;
      if (k) {
        if (equal) reverse(low + n - equal - 1, equal + 1);
        equal = 0;
        continue;
      }
      if ((k = less(keys[n - 1], keys[n])) < 0) return false;
      if (k) break;
      ++equal;
    }
    if (equal) reverse(low + n - equal - 1, equal + 1);
    reverse(low, n);
    for (; n < remaining; ++n) {
      if ((k = less(keys[n], keys[n - 1])) < 0) return false;
      if (k) break;
    }
    length = n;
    return true;
  }

  // Sorts n items at `low`, the first `sorted` of which are.
  bool insert_sorted(std::size_t low, std::size_t n, std::size_t sorted) {
    Bits* keys = keys_ + low;
    for (; sorted < n; ++sorted) {
      std::size_t left = 0, right = sorted;
      const Bits pivot = keys[sorted];
      do {
        const std::size_t middle = (left + right) >> 1;
        const int k = less(pivot, keys[middle]);
        if (k < 0) return false;
        if (k)
          right = middle;
        else
          left = middle + 1;
      } while (left < right);
      std::memmove(keys + left + 1, keys + left, (sorted - left) * sizeof(Bits));
      keys[left] = pivot;
      if (values_) {
        Bits* values = values_ + low;
        const Bits value = values[sorted];
        std::memmove(values + left + 1, values + left, (sorted - left) * sizeof(Bits));
        values[left] = value;
      }
    }
    return true;
  }

  // The depth at which the boundary between two adjacent runs lies in a perfectly balanced merge tree.
  static int boundary_power(std::size_t start, std::size_t first, std::size_t second, std::size_t n) {
    int power = 0;
    std::size_t a = 2 * start + first, b = a + first + second;
    for (;;) {
      ++power;
      if (a >= n) {
        a -= n;
        b -= n;
      } else if (b >= n)
        return power;
      a <<= 1;
      b <<= 1;
    }
  }

  bool push_run(std::size_t start, std::size_t length) {
    if (depth_) {
      const Run& top = runs_[depth_ - 1];
      const int power = boundary_power(top.start, top.length, length, count_);
      while (depth_ > 1 && runs_[depth_ - 2].power > power)
        if (!merge_at(depth_ - 2)) return false;
      runs_[depth_ - 1].power = power;
    }
    runs_[depth_++] = {start, length, 0};
    return true;
  }

  bool merge_at(std::size_t at) {
    if (interrupted_()) return false;
    std::size_t a = runs_[at].start, na = runs_[at].length;
    const std::size_t b = runs_[at + 1].start;
    std::size_t nb = runs_[at + 1].length;
    runs_[at].length = na + nb;
    if (at + 3 == depth_) runs_[at + 1] = runs_[at + 2];
    --depth_;
    std::ptrdiff_t k = gallop_right(keys_[b], keys_ + a, na, 0);
    if (k < 0) return false;
    a += static_cast<std::size_t>(k);
    na -= static_cast<std::size_t>(k);
    if (na == 0) return true;
    k = gallop_left(keys_[a + na - 1], keys_ + b, nb, nb - 1);
    if (k < 0) return false;
    nb = static_cast<std::size_t>(k);
    if (nb == 0) return true;
    return na <= nb ? merge_low(part(a), na, part(b), nb) : merge_high(part(a), na, part(b), nb);
  }

  // The place in the sorted a[0..n) before which `key` belongs, left of equal keys; the search starts at
  // `hint`. -1: failed.
  std::ptrdiff_t gallop_left(Bits key, const Bits* a, std::size_t n, std::size_t hint) {
    std::size_t last = 0, offset = 1;
    int k = less(a[hint], key);
    if (k < 0) return -1;
    std::size_t low, high;  // a[low - 1] < key <= a[high]
    if (k) {
      const std::size_t most = n - hint;
      while (offset < most) {
        if ((k = less(a[hint + offset], key)) < 0) return -1;
        if (!k) break;
        last = offset;
        offset = (offset << 1) + 1;
      }
      low = hint + last + 1;
      high = hint + std::min(offset, most);
    } else {
      const std::size_t most = hint + 1;
      while (offset < most) {
        if ((k = less(a[hint - offset], key)) < 0) return -1;
        if (k) break;
        last = offset;
        offset = (offset << 1) + 1;
      }
      low = hint + 1 - std::min(offset, most);
      high = hint - last;
    }
    while (low < high) {
      const std::size_t middle = low + ((high - low) >> 1);
      if ((k = less(a[middle], key)) < 0) return -1;
      if (k)
        low = middle + 1;
      else
        high = middle;
    }
    return static_cast<std::ptrdiff_t>(high);
  }

  // The same, right of equal keys.
  std::ptrdiff_t gallop_right(Bits key, const Bits* a, std::size_t n, std::size_t hint) {
    std::size_t last = 0, offset = 1;
    int k = less(key, a[hint]);
    if (k < 0) return -1;
    std::size_t low, high;  // a[low - 1] <= key < a[high]
    if (k) {
      const std::size_t most = hint + 1;
      while (offset < most) {
        if ((k = less(key, a[hint - offset])) < 0) return -1;
        if (!k) break;
        last = offset;
        offset = (offset << 1) + 1;
      }
      low = hint + 1 - std::min(offset, most);
      high = hint - last;
    } else {
      const std::size_t most = n - hint;
      while (offset < most) {
        if ((k = less(key, a[hint + offset])) < 0) return -1;
        if (k) break;
        last = offset;
        offset = (offset << 1) + 1;
      }
      low = hint + last + 1;
      high = hint + std::min(offset, most);
    }
    while (low < high) {
      const std::size_t middle = low + ((high - low) >> 1);
      if ((k = less(key, a[middle])) < 0) return -1;
      if (k)
        high = middle;
      else
        low = middle + 1;
    }
    return static_cast<std::ptrdiff_t>(high);
  }

  bool scratch_for(std::size_t n, Part& out) {
    const std::size_t words = values_ ? 2 * n : n;
    if (words > scratch_capacity_) {
      if (scratch_ != scratch_few_) heap_.free_raw(scratch_, scratch_capacity_ * sizeof(Bits));
      scratch_ = static_cast<Bits*>(heap_.allocate_raw(words * sizeof(Bits)));
      if (!scratch_) {
        scratch_ = scratch_few_;
        scratch_capacity_ = few;
        out_of_memory = true;
        return false;
      }
      scratch_capacity_ = words;
    }
    out = {scratch_, values_ ? scratch_ + n : nullptr};
    return true;
  }

  enum class Step { Go, Gallop, Done, CopyRest, Failed };

  // Merges adjacent runs from the left, the first of them moved to scratch memory. b[0] < a[0] and a's last
  // key belongs behind all of b.
  struct Merge {
    Part to, a, b;
    std::size_t na, nb;
    std::size_t a_count = 0, b_count = 0;
  };

  bool merge_low(Part a, std::size_t na, Part b, std::size_t nb) {
    Part scratch;
    if (!scratch_for(na, scratch)) return false;
    move(scratch, a, na);
    Merge m{a, scratch, b, na, nb};
    Step step = low_take_b(m);
    if (step == Step::Go && m.na == 1) step = Step::CopyRest;
    while (step == Step::Go) {
      m.a_count = m.b_count = 0;
      while (step == Step::Go) step = low_pairwise(m);
      if (step != Step::Gallop) break;
      ++minimum_gallop_;
      do {
        minimum_gallop_ -= minimum_gallop_ > 1;
        step = low_gallop(m);
      } while (step == Step::Go && (m.a_count >= gallop_threshold || m.b_count >= gallop_threshold));
      if (step == Step::Go) ++minimum_gallop_;
    }
    if (step == Step::CopyRest) {
      move(m.to, m.b, m.nb);
      put(m.to + static_cast<std::ptrdiff_t>(m.nb), m.a);
    } else if (m.na)
      move(m.to, m.a, m.na);
    return step != Step::Failed;
  }
  Step low_take_b(Merge& m) {
    put(m.to, m.b);
    m.to = m.to + 1;
    m.b = m.b + 1;
    return --m.nb == 0 ? Step::Done : Step::Go;
  }
  Step low_take_a(Merge& m) {
    put(m.to, m.a);
    m.to = m.to + 1;
    m.a = m.a + 1;
    return --m.na == 1 ? Step::CopyRest : Step::Go;
  }
  Step low_pairwise(Merge& m) {
    const int k = less(*m.b.keys, *m.a.keys);
    if (k < 0) return Step::Failed;
    std::size_t& won = k ? m.b_count : m.a_count;
    (k ? m.a_count : m.b_count) = 0;
    ++won;
    const Step step = k ? low_take_b(m) : low_take_a(m);
    return step == Step::Go && won >= minimum_gallop_ ? Step::Gallop : step;
  }
  Step low_gallop(Merge& m) {
    std::ptrdiff_t k = gallop_right(*m.b.keys, m.a.keys, m.na, 0);
    if (k < 0) return Step::Failed;
    m.a_count = static_cast<std::size_t>(k);
    if (k) {
      move(m.to, m.a, m.a_count);
      m.to = m.to + k;
      m.a = m.a + k;
      m.na -= m.a_count;
      if (m.na == 1) return Step::CopyRest;
      if (m.na == 0) return Step::Done;  // only if comparisons contradict each other
    }
    Step step = low_take_b(m);
    if (step != Step::Go) return step;
    k = gallop_left(*m.a.keys, m.b.keys, m.nb, 0);
    if (k < 0) return Step::Failed;
    m.b_count = static_cast<std::size_t>(k);
    if (k) {
      move(m.to, m.b, m.b_count);
      m.to = m.to + k;
      m.b = m.b + k;
      m.nb -= m.b_count;
      if (m.nb == 0) return Step::Done;
    }
    return low_take_a(m);
  }

  // The same from the right, with the second run in scratch memory. In `Merge`, `to` is the place behind the
  // next to fill; a and b are the starts of what is left.
  bool merge_high(Part a, std::size_t na, Part b, std::size_t nb) {
    Part scratch;
    if (!scratch_for(nb, scratch)) return false;
    move(scratch, b, nb);
    Merge m{b + static_cast<std::ptrdiff_t>(nb), a, scratch, na, nb};
    Step step = high_take_a(m);
    if (step == Step::Go && m.nb == 1) step = Step::CopyRest;
    while (step == Step::Go) {
      m.a_count = m.b_count = 0;
      while (step == Step::Go) step = high_pairwise(m);
      if (step != Step::Gallop) break;
      ++minimum_gallop_;
      do {
        minimum_gallop_ -= minimum_gallop_ > 1;
        step = high_gallop(m);
      } while (step == Step::Go && (m.a_count >= gallop_threshold || m.b_count >= gallop_threshold));
      if (step == Step::Go) ++minimum_gallop_;
    }
    if (step == Step::CopyRest) {
      const Part to = m.to + -static_cast<std::ptrdiff_t>(m.na);
      move(to, m.a, m.na);
      put(to + -1, m.b);
    } else if (m.nb)
      move(m.to + -static_cast<std::ptrdiff_t>(m.nb), m.b, m.nb);
    return step != Step::Failed;
  }
  Step high_take_a(Merge& m) {
    m.to = m.to + -1;
    put(m.to, m.a + static_cast<std::ptrdiff_t>(--m.na));
    return m.na == 0 ? Step::Done : Step::Go;
  }
  Step high_take_b(Merge& m) {
    m.to = m.to + -1;
    put(m.to, m.b + static_cast<std::ptrdiff_t>(--m.nb));
    return m.nb == 1 ? Step::CopyRest : Step::Go;
  }
  Step high_pairwise(Merge& m) {
    const int k = less(m.b.keys[m.nb - 1], m.a.keys[m.na - 1]);
    if (k < 0) return Step::Failed;
    std::size_t& won = k ? m.a_count : m.b_count;
    (k ? m.b_count : m.a_count) = 0;
    ++won;
    const Step step = k ? high_take_a(m) : high_take_b(m);
    return step == Step::Go && won >= minimum_gallop_ ? Step::Gallop : step;
  }
  Step high_gallop(Merge& m) {
    std::ptrdiff_t k = gallop_right(m.b.keys[m.nb - 1], m.a.keys, m.na, m.na - 1);
    if (k < 0) return Step::Failed;
    m.a_count = m.na - static_cast<std::size_t>(k);
    if (m.a_count) {
      m.to = m.to + -static_cast<std::ptrdiff_t>(m.a_count);
      m.na -= m.a_count;
      move(m.to, m.a + static_cast<std::ptrdiff_t>(m.na), m.a_count);
      if (m.na == 0) return Step::Done;
    }
    const Step step = high_take_b(m);
    if (step != Step::Go) return step;
    k = gallop_left(m.a.keys[m.na - 1], m.b.keys, m.nb, m.nb - 1);
    if (k < 0) return Step::Failed;
    m.b_count = m.nb - static_cast<std::size_t>(k);
    if (m.b_count) {
      m.to = m.to + -static_cast<std::ptrdiff_t>(m.b_count);
      m.nb -= m.b_count;
      move(m.to, m.b + static_cast<std::ptrdiff_t>(m.nb), m.b_count);
      if (m.nb == 1) return Step::CopyRest;
      if (m.nb == 0) return Step::Done;
    }
    return high_take_a(m);
  }

  Heap& heap_;
  Less less_;
  Interrupted interrupted_;
  Bits* keys_;
  Bits* values_;
  std::size_t count_;
  std::size_t minimum_gallop_ = gallop_threshold;
  Run runs_[85];  // enough for 2^64 items
  std::size_t depth_ = 0;
  Bits scratch_few_[few];
  Bits* scratch_ = scratch_few_;
  std::size_t scratch_capacity_ = few;
};

}  // namespace cede
