// The allocator: pages of cells, large blocks, raw memory, and the log of young containers. How objects die
// is in object_death.cpp, cycles in collector.cpp.
#include "runtime/core/heap.hpp"

#include <algorithm>
#include <cstdlib>

#include "runtime/core/vm.hpp"

namespace cede {

namespace {
constexpr std::size_t chunk_size = 16 * Page::size;
constexpr std::size_t system_page = 4096;
constexpr std::size_t first_log_capacity = 512, usual_log_capacity = 8192;
// What a class without pages allocates from: has no room, and is never written to.
const Page no_page{};
Page* empty_page() { return const_cast<Page*>(&no_page); }
}  // namespace

Heap::Heap(VM& vm) : vm_(vm) {
  for (auto& classes : current_) std::fill(std::begin(classes), std::end(classes), empty_page());
}

Heap::~Heap() {
  while (large_) {
    LargeHeader* next = large_->next;
    std::free(large_);
    large_ = next;
  }
  for (void* chunk : chunks_) std::free(chunk);
  std::free(young_log_);
  std::free(dying_);
}

bool Heap::allocation_fails() {
  if constexpr (allocation_checks)
    if (fail_at_ && --fail_at_ == 0) {
      fail_at_ = fail_period_;
      if (fail_period_) fail_period_ += 1 + fail_period_ / 512;
      return true;
    }
  return false;
}

bool Heap::count_allocation(std::size_t bytes) {
  std::size_t total;
  if (!add_sizes(bytes_, bytes, total) || total > limit_) return false;
  bytes_ = total;
  if (total >= bytes_trigger_) request_collection();
  return true;
}

void Heap::request_collection() {
  if (collector_enabled_ &&
      !(vm_.interrupts.load(std::memory_order_relaxed) & std::uint32_t(Interrupt::Collect)))
    vm_.request(Interrupt::Collect);
}

// ---- pages

Page* Heap::new_page(int size_class, bool raw) {
  if (!count_allocation(Page::size)) return nullptr;
  void* memory = spare_pages_;
  if (memory) {
    spare_pages_ = spare_pages_->next;
  } else {
    if (chunk_next_ == chunk_end_) {
      void* chunk = std::aligned_alloc(Page::size, chunk_size);
      if (!chunk) {
        bytes_ -= Page::size;
        return nullptr;
      }
      chunks_.push_back(chunk);
      chunk_next_ = static_cast<char*>(chunk);
      chunk_end_ = chunk_next_ + chunk_size;
    }
    memory = chunk_next_;
    chunk_next_ += Page::size;
  }
  Page* page = ::new (memory) Page();
  page->heap = this;
  page->bump = page_header_size;
  page->cell_size = static_cast<std::uint16_t>(class_size(size_class));
  page->size_class = static_cast<std::uint8_t>(size_class);
  page->raw = raw;
  Page*& first = pages_[raw][size_class];
  page->next = first;
  if (first) first->previous = page;
  first = page;
  return page;
}

// Makes free cells of memory never used yet, up to the end of a page of the system. False: there is none.
bool Heap::carve(Page* page) {
  const std::size_t size = page->cell_size;
  if (page->bump + size > Page::size) return false;
  const std::size_t end =
      std::min(Page::size, std::max((page->bump / system_page + 1) * system_page, page->bump + size));
  void** link = &page->free;
  for (; page->bump + size <= end; page->bump += static_cast<std::uint32_t>(size)) {
    Object* cell = reinterpret_cast<Object*>(reinterpret_cast<char*>(page) + page->bump);
    cell->type = nullptr;
    *link = cell;
    link = reinterpret_cast<void**>(cell);
  }
  *link = nullptr;
  return true;
}

void* Heap::allocate_cell_slow(int size_class, bool raw) {
  Page*& current = current_[raw][size_class];
  if (!current->free && (current == empty_page() || !carve(current))) {
    if (current != empty_page()) {
      current->available = false;
      --current->used;
    }
    Page* page = available_[raw][size_class];
    if (page) {
      available_[raw][size_class] = page->next_available;
      if (page->next_available) page->next_available->previous_available = nullptr;
      page->next_available = nullptr;
      if (page->used == 0) --empty_pages_;
    } else {
      page = new_page(size_class, raw);
      if (!page) {
        current = empty_page();
        return nullptr;
      }
    }
    page->available = true;
    ++page->used;
    current = page;
    if (!page->free) carve(page);
  }
  void* cell = current->free;
  current->free = *static_cast<void**>(cell);
  ++current->used;
  return cell;
}

// A cell of `page` was freed, and the page is now empty, or was full before.
void Heap::page_gained_room(Page* page) {
  Page*& first = available_[page->raw][page->size_class];
  if (!page->available) {
    page->available = true;
    page->next_available = first;
    page->previous_available = nullptr;
    if (first) first->previous_available = page;
    first = page;
  }
  if (page->used) return;
  // Stale entries of the young log may point into pages of objects: they stay what they are until it is
  // compacted.
  if (page->raw) return retire_page(page);
  ++empty_pages_;
}

void Heap::retire_page(Page* page) {
  if (page->previous_available)
    page->previous_available->next_available = page->next_available;
  else
    available_[page->raw][page->size_class] = page->next_available;
  if (page->next_available) page->next_available->previous_available = page->previous_available;
  if (page->previous)
    page->previous->next = page->next;
  else
    pages_[page->raw][page->size_class] = page->next;
  if (page->next) page->next->previous = page->previous;
  page->next = spare_pages_;
  spare_pages_ = page;
  bytes_ -= Page::size;
}

void Heap::retire_empty_pages() {
  if (!empty_pages_) return;
  for (Page* first : available_[0])
    for (Page* page = first; page;) {
      Page* next = page->next_available;
      if (page->used == 0) retire_page(page);
      page = next;
    }
  empty_pages_ = 0;
}

// ---- raw memory

void* Heap::allocate_raw_slow(std::size_t size) {
  if (allocation_fails()) return nullptr;
  if (!cells_from_malloc && size <= largest_cell) return allocate_cell_slow(class_of(size), true);
  if (!count_allocation(size)) return nullptr;
  void* block = std::malloc(size ? size : 1);
  if (!block) bytes_ -= size;
  return block;
}

void Heap::free_raw_large(void* block, std::size_t size) {
  bytes_ -= size;
  std::free(block);
}

void* Heap::resize_raw(void* block, std::size_t old_size, std::size_t new_size) {
  if (!block) return allocate_raw(new_size);
  if (!cells_from_malloc && old_size <= largest_cell && new_size <= largest_cell &&
      class_of(old_size) == class_of(new_size))
    return block;
  if (cells_from_malloc || (old_size > largest_cell && new_size > largest_cell)) {
    if (allocation_fails()) return nullptr;
    if (new_size > old_size && !count_allocation(new_size - old_size)) return nullptr;
    void* moved = std::realloc(block, new_size);
    if (new_size > old_size ? !moved : static_cast<bool>(moved))
      bytes_ -= new_size > old_size ? new_size - old_size : old_size - new_size;
    return moved;
  }
  void* moved = allocate_raw(new_size);
  if (!moved) return nullptr;
  std::memcpy(moved, block, std::min(old_size, new_size));
  free_raw(block, old_size);
  return moved;
}

// ---- objects

Object* Heap::allocate_object_slow(Type* type, std::size_t size, std::uint32_t flags) {
  if (allocation_fails()) return nullptr;
  if (!cells_from_malloc && size <= largest_cell) {
    void* cell = allocate_cell_slow(class_of(size), false);
    return cell ? start_object(cell, type, flags) : nullptr;
  }
  void* memory = new_large(size);
  return memory ? start_object(memory, type, flags | LargeObject) : nullptr;
}

// A block that the object's header is still to be written to.
void* Heap::new_large(std::size_t size) {
  std::size_t total;
  if (!add_sizes(size, sizeof(LargeHeader), total) || !count_allocation(total)) return nullptr;
  LargeHeader* header = static_cast<LargeHeader*>(std::malloc(total));
  if (!header) {
    bytes_ -= total;
    return nullptr;
  }
  header->heap = this;
  header->previous = nullptr;
  header->next = large_;
  header->size = size;
  header->trial = 0;
  header->log_index = static_cast<std::uint32_t>(young_log_count_);
  // The log may be compacted before the entry is written, by start_object.
  if (young_log_count_ == young_log_capacity_) {
    make_log_room();
    header->log_index = static_cast<std::uint32_t>(young_log_count_);
  }
  if (large_) large_->previous = header;
  large_ = header;
  ++large_count_;
  return header->object();
}

Object* Heap::resize_large_leaf(Object* object, std::size_t size) {
  LargeHeader* header = LargeHeader::of(object);
  const std::size_t old_size = header->size;
  std::size_t total;
  if (allocation_fails() || !add_sizes(size, sizeof(LargeHeader), total)) return nullptr;
  if (size > old_size && !count_allocation(size - old_size)) return nullptr;
  void* memory = std::realloc(static_cast<void*>(header), total);
  if (!memory) {
    if (size > old_size) bytes_ -= size - old_size;
    return nullptr;
  }
  if (size < old_size) bytes_ -= old_size - size;
  header = static_cast<LargeHeader*>(memory);
  header->size = size;
  if (header->previous)
    header->previous->next = header;
  else
    large_ = header;
  if (header->next) header->next->previous = header;
  return header->object();
}

void Heap::free_memory(Object* object) {
  const std::uint32_t flags = object->flags;
  if (flags & Young) --young_count_;
  if (!(flags & LargeObject)) return free_cell(object);
  LargeHeader* header = LargeHeader::of(object);
  if (flags & Young) young_log_[header->log_index] = nullptr;
  if (header->previous)
    header->previous->next = header->next;
  else
    large_ = header->next;
  if (header->next) header->next->previous = header->previous;
  --large_count_;
  bytes_ -= header->size + sizeof(LargeHeader);
  std::free(header);
}

void Heap::free_unconstructed(Object* object, std::size_t) {
  Object* type = object->flags & TypeOwned ? reinterpret_cast<Object*>(object->type) : nullptr;
  free_memory(object);
  if (type) release(type);
}

std::size_t Heap::live_objects() const {
  std::size_t count = large_count_;
  for (Page* first : pages_[0])
    for (Page* page = first; page; page = page->next) count += page->used;
  for (const Page* page : current_[0]) count -= page != empty_page();
  return count;
}

// ---- the log of young containers

// Leaves one entry for each young container that lives.
void Heap::compact_log() {
  std::size_t to = young_log_count_;
  for (std::size_t from = young_log_count_; from-- > 0;) {
    Object* object = young_log_[from];
    if (!object || !object->type || (object->flags & (Young | CollectorMark)) != Young) continue;
    object->flags |= CollectorMark;
    young_log_[--to] = object;
  }
  const std::size_t count = young_log_count_ - to;
  for (std::size_t i = 0; i < count; ++i) {
    Object* object = young_log_[i] = young_log_[to + i];
    object->flags &= ~std::uint32_t{CollectorMark};
    if (object->flags & LargeObject) LargeHeader::of(object)->log_index = static_cast<std::uint32_t>(i);
  }
  young_log_count_ = count;
  retire_empty_pages();
}

// Makes room for one more entry. Where memory is exhausted, the log forgets its oldest half: those become old
// objects.
void Heap::make_log_room() {
  if (young_log_capacity_ >= usual_log_capacity) {
    compact_log();
    if (young_log_count_ <= young_log_capacity_ / 2) return;
  }
  const std::size_t capacity = young_log_capacity_ ? young_log_capacity_ * 2 : first_log_capacity;
  if (void* grown = std::realloc(young_log_, capacity * sizeof(Object*))) {
    young_log_ = static_cast<Object**>(grown);
    young_log_capacity_ = capacity;
    return;
  }
  if (!young_log_) std::abort();
  compact_log();
  const std::size_t half = young_log_count_ / 2;
  for (std::size_t i = 0; i < half; ++i) young_log_[i]->flags &= ~std::uint32_t{Young};
  young_count_ -= half;
  old_since_full_ += half;
  for (std::size_t i = half; i < young_log_count_; ++i) {
    young_log_[i - half] = young_log_[i];
    if (young_log_[i]->flags & LargeObject)
      LargeHeader::of(young_log_[i])->log_index = static_cast<std::uint32_t>(i - half);
  }
  young_log_count_ -= half;
}

}  // namespace cede
