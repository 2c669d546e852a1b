// The counted allocator of one isolate, and the life and death of its objects.
//
// Cells of up to `largest_cell` bytes come from 16 KB pages of one size class each; pages of objects and pages of raw
// data are apart, so that the collector can walk the objects of a page: a cell is free if its type word is null.
// Larger blocks come from malloc and are counted too. Nothing here runs script code or raises: a function that
// cannot get memory returns null and the caller raises MemoryError (`VM::raise_memory_error`).
#pragma once

#include <cstdint>
#include <cstring>
#include <limits>
#include <memory_resource>
#include <new>
#include <type_traits>
#include <vector>

#include "runtime/core/object.hpp"
#include "runtime/core/value.hpp"

namespace cede {

class VM;
struct Layout;

// Under AddressSanitizer every cell is a malloc block, so that uses after free are seen; in a build with allocation
// checks every allocation is counted. Both leave the inline fast path out.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool cells_from_malloc = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool cells_from_malloc = true;
#else
inline constexpr bool cells_from_malloc = false;
#endif
#else
inline constexpr bool cells_from_malloc = false;
#endif
#if defined(CEDE_ALLOCATION_CHECKS)
inline constexpr bool allocation_checks = true;
#else
inline constexpr bool allocation_checks = false;
#endif
#if defined(CEDE_COLLECT_ALWAYS)
inline constexpr bool collect_always = true;
#else
inline constexpr bool collect_always = false;
#endif

struct Page {
  Heap* heap = nullptr;
  void* free = nullptr;         // list of free cells, linked through their first word
  Page *next = nullptr, *previous = nullptr;                      // all pages of the class
  Page *next_available = nullptr, *previous_available = nullptr;  // those with room
  std::uint32_t* trial = nullptr;  // trial counts during a collection
  std::uint32_t bump = 0;       // offset of the first cell never used yet
  std::uint16_t cell_size = 0;
  std::uint16_t used = 0;       // cells in use, and one more while it is the current page of its class
  std::uint8_t size_class = 0;
  bool raw = false;             // cells are raw data, not objects
  bool available = false;       // is the current page of its class, or in the list of those with room

  static constexpr std::size_t size = 16384;
  static Page* of(const void* cell) {
    return reinterpret_cast<Page*>(reinterpret_cast<std::uintptr_t>(cell) & ~(std::uintptr_t{size} - 1));
  }
};
inline constexpr std::size_t page_header_size = (sizeof(Page) + 15) & ~std::size_t{15};

// Before an object that is not in a page.
struct LargeHeader {
  Heap* heap;
  LargeHeader *previous, *next;
  std::size_t size;         // of the object, without this header
  std::uint32_t trial;
  std::uint32_t log_index;  // in the log of young containers
  std::uint64_t padding;
  Object* object() { return reinterpret_cast<Object*>(this + 1); }
  static LargeHeader* of(const Object* object) { return reinterpret_cast<LargeHeader*>(const_cast<Object*>(object)) - 1; }
};
static_assert(sizeof(LargeHeader) % 16 == 0);

struct CollectorStatistics {
  std::uint64_t collections[3] = {}, collected[3] = {}, uncollectable[3] = {};
};

class Heap {
 public:
  static constexpr std::size_t largest_cell = 1024;
  static constexpr std::size_t no_limit = SIZE_MAX;

  explicit Heap(VM& vm);
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;
  ~Heap();

  VM& vm() { return vm_; }
  static Heap& of(const Object* object) {
    return object->flags & LargeObject ? *LargeHeader::of(object)->heap : *Page::of(object)->heap;
  }

  // Raw memory of `size` bytes, 16-byte aligned; null when memory or limit is exhausted. A block must be given back
  // with the size it was asked for.
  void* allocate_raw(std::size_t size) {
    if (size <= largest_cell) [[likely]]
      if (void* cell = take_cell(current_[1][class_of(size)])) [[likely]] return cell;
    return allocate_raw_slow(size);
  }
  void free_raw(void* block, std::size_t size) {
    if (!cells_from_malloc && size <= largest_cell) [[likely]] return free_cell(block);
    free_raw_large(block, size);
  }
  // Moves the contents to a block of the new size; on null the old block stays. A null block is allocated.
  void* resize_raw(void* block, std::size_t old_size, std::size_t new_size);

  // A cell for an object with its header filled in: count 1, `flags` (Container objects are counted towards the
  // next collection and become Young). The rest is uninitialised. The type gets a reference if it is not immortal.
  Object* allocate_object(Type* type, std::size_t size, std::uint32_t flags) {
    if (size <= largest_cell) [[likely]]
      if (void* cell = take_cell(current_[0][class_of(size)])) [[likely]] return start_object(cell, type, flags);
    return allocate_object_slow(type, size, flags);
  }

  // Used by object_unreferenced.
  void unreferenced(Object* object);
  // Gives a large object that owns nothing (a string that nobody else refers to) another size; it may move. Null: memory
  // is exhausted and the object stays as it was.
  Object* resize_large_leaf(Object* object, std::size_t size);
  // The bytes that the object may use.
  static std::size_t usable_size(const Object* object) {
    return object->flags & LargeObject ? LargeHeader::of(object)->size : Page::of(object)->cell_size;
  }
  // Frees at once, whatever its count: for an object whose construction failed before it owned anything.
  void free_unconstructed(Object* object, std::size_t size);

  // Objects and weak-reference callbacks waiting for VM::drain_pending, in order.
  bool has_pending() const { return pending_first_ != nullptr; }
  struct PendingNode { PendingNode* next; Value object; Value callback; };
  PendingNode* take_pending(PendingNode* following);  // all of them, then `following`; the queue is empty afterwards
  void free_pending(PendingNode* node);
  void queue_callback(Value weak_reference, Value callback);
  void drop_finalizers() { finalizers_dropped_ = true; }  // teardown: objects die without their finalisers from now on

  // Collector (collector.cpp). `collection_due` is checked at interrupt checks; `collect` runs script code
  // (finalisers, callbacks). Generation 0 and 1 = young objects only, 2 = everything. Returns the number of
  // unreachable objects found. `collect_due` chooses the generation.
  bool collection_due() const { return collector_enabled_ && (young_count_ >= young_limit_ || bytes_ >= bytes_trigger_); }
  std::size_t collect(VM& vm, int generation);
  std::size_t collect_due(VM& vm);
  std::size_t young_containers() const { return young_count_; }
  bool is_tracked(const Object* object) const { return object->flags & Container && !(object->flags & Untracked); }
  bool collector_enabled_ = true;
  std::size_t threshold() const { return threshold_; }   // young containers between young collections, at least
  void set_threshold(std::size_t count) { threshold_ = young_limit_ = count; }
  CollectorStatistics statistics;
  // gc.callbacks: called before and after each collection, while scripts may run. Set by the gc module.
  void (*on_collection)(VM&, bool starting, int generation, std::size_t collected) = nullptr;
  int debug_flags = 0;   // gc.set_debug; kept, without effect
  void freeze();     // objects alive now are left out of later collections
  void unfreeze();

  std::size_t bytes() const { return bytes_; }  // in use, pages counted whole
  std::size_t limit() const { return limit_; }
  void set_limit(std::size_t bytes) { limit_ = bytes; }
  std::size_t live_objects() const;
  // Test build: the n-th allocation from now fails (0 = never). Then, if `period` is not 0, the `period`-th after it, and so
  // on, the period growing by one with each failure (by more when it is long): a loop around some work meets a failure at
  // every one of its allocations, or close to it.
  void fail_allocation_at(std::uint64_t n, std::uint64_t period = 0) {
    fail_at_ = n;
    fail_period_ = period;
  }
  std::uint64_t allocations_until_failure() const { return fail_at_; }

  // Calls f(object) -> bool for live objects until it says true, and says so.
  template<class F>
  bool any_object(F&& f) const;
  template<class F>
  void each_object(F&& f) const {  // every live object; collector and debugging
    any_object([&](Object* object) { return f(object), false; });
  }

  // Calls `visit` of the object's own layout chain, then instance attributes, slots and the type. Under FramesMarked.
  static void visit_object(Object* object, Visitor& visitor);
  // Empties every field, as the breaking of a cycle does. The object stays valid.
  void clear_object(Object* object);

 private:
  friend class Collector;
  friend class UnlimitedMemory;
  std::size_t threshold_ = collect_always ? 1 : 2000;
  // Where nearly everything young survives, collections come more rarely, up to `most_patient` times the threshold.
  std::size_t young_limit_ = threshold_;
  static constexpr std::size_t most_patient = 16;
  friend struct DyingVisitor;
  static constexpr int class_count = 28;
  // 16-byte steps up to 256 bytes, 64-byte steps up to 1024.
  static constexpr int class_of(std::size_t size) {
    return size <= 256 ? (size ? static_cast<int>((size - 1) >> 4) : 0) : 16 + static_cast<int>((size - 257) >> 6);
  }
  static constexpr std::size_t class_size(int size_class) {
    return size_class < 16 ? (size_class + 1) * std::size_t{16} : 256 + (size_class - 15) * std::size_t{64};
  }
  static void* take_cell(Page* page) {
    if constexpr (cells_from_malloc || allocation_checks) return nullptr;
    void* cell = page->free;
    if (cell) [[likely]] {
      page->free = *static_cast<void**>(cell);
      ++page->used;
    }
    return cell;
  }
  void free_cell(void* cell) {
    Page* page = Page::of(cell);
    *static_cast<void**>(cell) = page->free;
    static_cast<Object*>(cell)->type = nullptr;
    page->free = cell;
    if (--page->used == 0 || !page->available) [[unlikely]] page_gained_room(page);
  }
  Object* start_object(void* cell, Type* type, std::uint32_t flags) {
    Object* object = static_cast<Object*>(cell);
    Object* type_object = reinterpret_cast<Object*>(type);
    object->count = 1;
    object->flags = flags;
    object->type = type;
    if (type_object->count < immortal_count / 2) {
      ++type_object->count;
      object->flags |= TypeOwned;
    }
    if (flags & Container) {
      if (young_log_count_ == young_log_capacity_) [[unlikely]] make_log_room();
      object->flags |= Young;
      young_log_[young_log_count_++] = object;
      if (++young_count_ >= young_limit_) [[unlikely]] request_collection();
    }
    return object;
  }

  Object* allocate_object_slow(Type* type, std::size_t size, std::uint32_t flags);
  void* allocate_raw_slow(std::size_t size);
  void free_raw_large(void* block, std::size_t size);
  void* allocate_cell_slow(int size_class, bool raw);
  bool carve(Page* page);
  Page* new_page(int size_class, bool raw);
  void page_gained_room(Page* page);
  void retire_page(Page* page);
  void retire_empty_pages();
  bool count_allocation(std::size_t bytes);
  bool allocation_fails();
  void* new_large(std::size_t size);
  void free_memory(Object* object);
  void make_log_room();
  void compact_log();
  void request_collection();

  // Objects being taken down, depth first, on a stack of what is left to do.
  enum class DyingKind : std::uint64_t { Release, Dead, Finish, Words, Backward, Pairs };
  struct DyingFrame {
    Bits* at;                // an object, or the next of the words (Backward: the first of those that are left)
    std::uint64_t rest;      // kind in the low 3 bits, number of words or pairs above
  };
  bool push_dying(DyingKind kind, const void* at, std::size_t count = 0);
  void begin_death(Object* object);
  bool dies_at_once(Object* object);
  void finish_death(Object* object);
  void died(Object* object);
  void run_dying();
  void walk_dying_words();
  bool wants_finalizer(const Object* object) const;
  void queue_pending(Value object, Value callback);

  VM& vm_;
  Page* current_[2][class_count];        // [raw][class]: the page that is allocated from; never null
  Page* pages_[2][class_count] = {};     // all pages
  Page* available_[2][class_count] = {}; // with room, without the current one
  Page* spare_pages_ = nullptr;          // empty pages, kept
  LargeHeader* large_ = nullptr;
  std::vector<void*> chunks_;            // what pages are cut from
  char *chunk_next_ = nullptr, *chunk_end_ = nullptr;
  std::size_t bytes_ = 0, limit_ = no_limit, large_count_ = 0, empty_pages_ = 0;
  std::uint64_t fail_at_ = 0, fail_period_ = 0;

  // Containers made since the last collection, in order of their making. An entry whose object has died is stale: its
  // cell is free, or used again (then a later entry names it too).
  Object** young_log_ = nullptr;
  std::size_t young_log_count_ = 0, young_log_capacity_ = 0, young_count_ = 0;
  std::size_t survivors_ = 0, old_since_full_ = 0, bytes_after_full_ = 0;
  std::size_t bytes_trigger_ = std::size_t{32} << 20;

  DyingFrame* dying_ = nullptr;
  std::size_t dying_count_ = 0, dying_capacity_ = 0;
  bool destroying_ = false, collecting_ = false, finalizers_dropped_ = false;
  PendingNode *pending_first_ = nullptr, *pending_last_ = nullptr;
};

// While one lives, allocations are subject neither to the limit nor to failure on request: for what is small, bounded and
// must exist (builtin types, names, the queue of finalisers). They fail only where the system has no memory at all.
class UnlimitedMemory {
 public:
  explicit UnlimitedMemory(Heap& heap)
      : heap_(heap), limit_(std::exchange(heap.limit_, Heap::no_limit)), fail_at_(std::exchange(heap.fail_at_, 0)) {}
  ~UnlimitedMemory() {
    heap_.limit_ = limit_;
    heap_.fail_at_ = fail_at_;
  }
  UnlimitedMemory(const UnlimitedMemory&) = delete;

 private:
  Heap& heap_;
  std::size_t limit_;
  std::uint64_t fail_at_;
};

// Overflow-checked sizes: false if the result does not fit.
[[nodiscard]] inline bool multiply_sizes(std::size_t a, std::size_t b, std::size_t& result) {
  return !__builtin_mul_overflow(a, b, &result);
}
[[nodiscard]] inline bool add_sizes(std::size_t a, std::size_t b, std::size_t& result) {
  return !__builtin_add_overflow(a, b, &result);
}

// A growable array in counted memory, of trivially copyable T. Its growing functions return false when memory is
// exhausted (then nothing changed) and the caller raises MemoryError. It does not free itself: `free` in the owner's dispose.
template<class T>
class Buffer {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  T* data() { return data_; }
  const T* data() const { return data_; }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  bool empty() const { return size_ == 0; }
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }

  [[nodiscard]] bool reserve(Heap& heap, std::size_t capacity) {
    if (capacity <= capacity_) return true;
    std::size_t bytes;
    if (!multiply_sizes(capacity, sizeof(T), bytes)) return false;
    void* block = heap.resize_raw(data_, capacity_ * sizeof(T), bytes);
    if (!block) return false;
    data_ = static_cast<T*>(block);
    capacity_ = capacity;
    return true;
  }
  [[nodiscard]] bool grow_for(Heap& heap, std::size_t size) {
    return size <= capacity_ || reserve(heap, size + (size >> 3) + (size < 9 ? 3 : 6));
  }
  [[nodiscard]] bool push(Heap& heap, T item) {
    if (size_ == capacity_ && !grow_for(heap, size_ + 1)) return false;
    data_[size_++] = item;
    return true;
  }
  // New elements are uninitialised.
  [[nodiscard]] bool resize(Heap& heap, std::size_t size) {
    if (!grow_for(heap, size)) return false;
    size_ = size;
    return true;
  }
  [[nodiscard]] bool append(Heap& heap, const T* items, std::size_t count) {
    const std::size_t old = size_;
    std::size_t total;
    if (!add_sizes(old, count, total) || !resize(heap, total)) return false;
    if (count) std::memcpy(data_ + old, items, count * sizeof(T));
    return true;
  }
  void set_size(std::size_t size) { size_ = size; }  // at most `capacity`
  void shrink(Heap& heap, std::size_t capacity) {
    if (capacity >= capacity_) return;
    if (capacity == 0) return free(heap);
    if (void* block = heap.resize_raw(data_, capacity_ * sizeof(T), capacity * sizeof(T))) {
      data_ = static_cast<T*>(block);
      capacity_ = capacity;
    }
  }
  void free(Heap& heap) {
    if (data_) heap.free_raw(data_, capacity_ * sizeof(T));
    data_ = nullptr;
    size_ = capacity_ = 0;
  }
  Buffer take() { return std::exchange(*this, Buffer()); }

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0, capacity_ = 0;
};

// An array of owned words in counted memory. The elements are released by the owner's `fields`; the block in `dispose`.
class ValueArray : public Buffer<Bits> {
 public:
  const Bits* words() const { return data(); }
  Bits* mutable_words() { return data(); }
  Ref ref(std::size_t i) const { return Ref((*this)[i]); }
  [[nodiscard]] bool push_value(Heap& heap, Value value) {
    if (!push(heap, value.bits())) return false;
    (void)value.take();
    return true;
  }
};

template<class F>
bool Heap::any_object(F&& f) const {
  for (Page* first : pages_[0])
    for (Page* page = first; page; page = page->next) {
      char* base = reinterpret_cast<char*>(page);
      for (std::uint32_t at = page_header_size; at + page->cell_size <= page->bump; at += page->cell_size) {
        Object* object = reinterpret_cast<Object*>(base + at);
        if (object->type && f(object)) return true;
      }
    }
  for (LargeHeader* large = large_; large; large = large->next)
    if (f(large->object())) return true;
  return false;
}

}  // namespace cede
