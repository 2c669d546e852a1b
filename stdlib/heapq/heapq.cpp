// The _heapq module: binary heaps in lists. It asks for the same comparisons in the same order as CPython's,
// which decides how equal keys are arranged (asyncio's timers rely on that). A comparison may change the
// list: its size is checked after each, and elements are never used after one without being held.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/list.hpp"

namespace cede::stdlib {
namespace {

enum class Order { Minimum, Maximum };

// Whether a belongs above b.
template<Order order> Result<bool> above(VM& vm, Ref a, Ref b) {
  if (a.is_small() && b.is_small())
    return order == Order::Minimum ? a.small() < b.small() : b.small() < a.small();
  const Value first{a}, second{b};
  CEDE_CHECK(vm.check_interrupts());
  return order == Order::Minimum ? compare_bool(vm, first, second, CompareOperation::Less)
                                 : compare_bool(vm, second, first, CompareOperation::Less);
}

RaisedMark raise_range(VM& vm) { return vm.raise_text(TypeId::IndexError, "index out of range"); }
RaisedMark raise_changed(VM& vm) {
  return vm.raise_text(TypeId::RuntimeError, "list changed size during iteration");
}

// Moves the element at `at` towards the root until its parent belongs above it.
template<Order order> Status rise(VM& vm, List& heap, std::size_t start, std::size_t at) {
  const std::size_t size = heap.size();
  if (at >= size) return raise_range(vm);
  while (at > start) {
    const std::size_t parent = (at - 1) >> 1;
    CEDE_TRY(const bool higher, above<order>(vm, heap[at], heap[parent]));
    if (heap.size() != size) return raise_changed(vm);
    if (!higher) break;
    std::swap(heap.items[at], heap.items[parent]);
    at = parent;
  }
  return Ok;
}

// Moves the element at `at` down to a leaf, its better children up, and then up again to where it belongs.
template<Order order> Status sink(VM& vm, List& heap, std::size_t at) {
  const std::size_t size = heap.size(), start = at, limit = size >> 1;
  if (at >= size) return raise_range(vm);
  while (at < limit) {
    std::size_t child = 2 * at + 1;
    if (child + 1 < size) {
      // CPython asks for minimum heaps whether the left child is less, for maximum heaps whether the right
      // one is less.
      CEDE_TRY(const bool left_less, order == Order::Minimum
                                         ? above<Order::Minimum>(vm, heap[child], heap[child + 1])
                                         : above<Order::Minimum>(vm, heap[child + 1], heap[child]));
      if (heap.size() != size) return raise_changed(vm);
      child += !left_less;
    }
    std::swap(heap.items[at], heap.items[child]);
    at = child;
  }
  return rise<order>(vm, heap, start, at);
}

template<Order order> Owned pop(VM& vm, List& heap) {
  const std::size_t n = heap.size();
  if (n == 0) return raise_range(vm);
  Value last{heap[n - 1]};
  CEDE_CHECK(list_splice(vm, heap, n - 1, n, nullptr, 0));
  if (n == 1) return last;
  Value top = Value::adopt(heap[0]);
  heap.items[0] = last.take().bits;
  CEDE_CHECK(sink<order>(vm, heap, 0));
  return top;
}

template<Order order> Owned replace(VM& vm, List& heap, Ref item) {
  if (heap.size() == 0) return raise_range(vm);
  Value top{heap[0]};
  list_replace(heap, 0, item);
  CEDE_CHECK(sink<order>(vm, heap, 0));
  return top;
}

template<Order order> Status heapify(VM& vm, List& heap) {
  const std::size_t n = heap.size(), half = n >> 1;
  if (n <= 2500) {
    for (std::size_t i = half; i-- > 0;) CEDE_CHECK(sink<order>(vm, heap, i));
    return Ok;
  }
  // Large heaps are built so that parents follow their children closely, while those are in the cache.
  const std::size_t leftmost = std::bit_floor(half + 1) - 1;
  auto sink_with_parents = [&](std::size_t at) -> Status {
    for (;;) {
      CEDE_CHECK(sink<order>(vm, heap, at));
      if (!(at & 1)) return Ok;
      at >>= 1;
    }
  };
  for (std::size_t i = leftmost; i-- > half >> 1;) CEDE_CHECK(sink_with_parents(i));
  for (std::size_t i = half; i-- > leftmost;) CEDE_CHECK(sink_with_parents(i));
  return Ok;
}

Status heappush(VM& vm, List& heap, Ref item) {
  CEDE_CHECK(list_append(vm, heap, item));
  return rise<Order::Minimum>(vm, heap, 0, heap.size() - 1);
}

Owned heappushpop(VM& vm, List& heap, Ref item) {
  if (heap.size() == 0) return Owned::share(item);
  CEDE_TRY(const bool less, above<Order::Minimum>(vm, heap[0], item));
  if (!less) return Owned::share(item);
  return replace<Order::Minimum>(vm, heap, item);
}

constexpr Method functions[] = {
    method<"heappush(heap, item, /)", heappush>,
    method<"heappushpop(heap, item, /)", heappushpop>,
    method<"heappop(heap, /)", pop<Order::Minimum>>,
    method<"heapreplace(heap, item, /)", replace<Order::Minimum>>,
    method<"heapify(heap, /)", heapify<Order::Minimum>>,
    method<"_heappop_max(heap, /)", pop<Order::Maximum>>,
    method<"_heapify_max(heap, /)", heapify<Order::Maximum>>,
    method<"_heapreplace_max(heap, item, /)", replace<Order::Maximum>>,
};

}  // namespace

extern const NativeModule heapq_native_module;
const NativeModule heapq_native_module{
    .name = "_heapq",
    .functions = functions,
    .fill = nullptr,
    .doc = "Heap queue algorithm (a.k.a. priority queue).",
};

}  // namespace cede::stdlib
