// The memory of one compilation: source text, tokens, syntax tree and scopes all live in an Arena and die with it.
// Its size is limited, because scripts control it: over the limit `allocate` throws std::bad_alloc. Nothing that is
// put into an arena is ever destroyed, so only trivially destructible types may go in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cede::lang {

class Arena {
 public:
  static constexpr std::size_t no_limit = SIZE_MAX;

  // `upstream` gives and takes back the blocks (a runtime passes its counted allocator); it may throw bad_alloc.
  explicit Arena(std::size_t limit = no_limit,
                 std::pmr::memory_resource* upstream = std::pmr::new_delete_resource())
      : upstream_(upstream), limit_(limit) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() { release_all(); }

  // Uninitialised memory aligned to `alignment` (a power of two, at most 16).
  void* allocate(std::size_t size, std::size_t alignment = 8) {
    const std::uintptr_t at = (next_ + alignment - 1) & ~(alignment - 1);
    if (at + size > end_ || at + size < at) [[unlikely]]
      return allocate_slow(size, alignment);
    next_ = at + size;
    return reinterpret_cast<void*>(at);
  }

  template<class T, class... Arguments>
  T* make(Arguments&&... arguments) {
    static_assert(std::is_trivially_destructible_v<T>);
    return ::new (allocate(sizeof(T), alignof(T))) T{std::forward<Arguments>(arguments)...};
  }

  // `count` value-initialised elements.
  template<class T>
  std::span<T> make_array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    T* first = allocate_array<T>(count);
    for (std::size_t i = 0; i < count; ++i) ::new (first + i) T{};
    return {first, count};
  }

  // `count` uninitialised elements.
  template<class T>
  T* allocate_array(std::size_t count) {
    if (count > SIZE_MAX / sizeof(T)) throw std::bad_alloc();
    return static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
  }

  std::string_view copy(std::string_view text) {
    char* to = static_cast<char*>(allocate(text.size(), 1));
    if (!text.empty()) std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }

  // Forgets everything; keeps the blocks of ordinary size for the next compilation, which then meets no page faults.
  void reset();

  // What it takes to make an arena for temporary data under the same limit.
  std::size_t headroom() const { return limit_ == no_limit ? no_limit : limit_ - used_; }
  std::pmr::memory_resource* upstream() const { return upstream_; }

  std::size_t used() const { return used_ - (end_ - next_); }  // bytes handed out, block tails included

 private:
  struct Block {
    Block* next;
    std::size_t size;  // with this header
  };

  void* allocate_slow(std::size_t size, std::size_t alignment);
  Block* new_block(std::size_t size);
  void release_list(Block* block);
  void release_all();
  void enter(Block* block);

  std::uintptr_t next_ = 0, end_ = 0;  // the free part of the current block
  Block* blocks_ = nullptr;            // in use, current first
  Block* spare_ = nullptr;             // kept by reset
  std::pmr::memory_resource* upstream_;
  std::size_t limit_;
  std::size_t used_ = 0;       // sizes of the blocks in use
  std::size_t next_size_ = 0;  // blocks double from 4 KB to 256 KB
};

}  // namespace cede::lang
