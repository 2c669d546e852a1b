// The blocks behind an Arena: taken from upstream, doubled from 4 KB to 256 KB, kept for reuse by `reset`.
#include "lang/arena.hpp"

#include <algorithm>

namespace cede::lang {

namespace {

constexpr std::size_t smallest_block = std::size_t{4} << 10;
constexpr std::size_t largest_block = std::size_t{256} << 10;
constexpr std::size_t block_alignment = 16;
constexpr std::size_t header_size = 16;

}  // namespace

void* Arena::allocate_slow(std::size_t size, std::size_t alignment) {
  static_assert(sizeof(Block) <= header_size);
  if (size > SIZE_MAX - 2 * block_alignment - header_size) throw std::bad_alloc();
  const std::size_t needed = header_size + ((size + block_alignment - 1) & ~(block_alignment - 1));
  if (next_size_ == 0) next_size_ = smallest_block;

  // A large request gets a block of its own behind the current one, whose free part stays in use.
  if (blocks_ && needed > next_size_ / 4 && needed > smallest_block) {
    Block* block = new_block(needed);
    block->next = blocks_->next;
    blocks_->next = block;
    used_ += block->size;
    return reinterpret_cast<char*>(block) + header_size;
  }

  Block* block = new_block(std::max(needed, next_size_));
  next_size_ = std::min(next_size_ * 2, largest_block);
  block->next = blocks_;
  enter(block);
  return allocate(size, alignment);
}

// A block that `reset` kept, if one fits, or a new one.
Arena::Block* Arena::new_block(std::size_t size) {
  const std::size_t left = limit_ - std::min(limit_, used_);
  for (Block** link = &spare_; *link; link = &(*link)->next) {
    Block* const block = *link;
    if (block->size < size || block->size > left) continue;
    *link = block->next;
    return block;
  }
  if (size > left) throw std::bad_alloc();
  Block* block = static_cast<Block*>(upstream_->allocate(size, block_alignment));
  block->size = size;
  return block;
}

void Arena::enter(Block* block) {
  blocks_ = block;
  used_ += block->size;
  next_ = reinterpret_cast<std::uintptr_t>(block) + header_size;
  end_ = reinterpret_cast<std::uintptr_t>(block) + block->size;
}

void Arena::release_list(Block* block) {
  while (block) {
    Block* next = block->next;
    upstream_->deallocate(block, block->size, block_alignment);
    block = next;
  }
}

void Arena::release_all() {
  release_list(blocks_);
  release_list(spare_);
  blocks_ = spare_ = nullptr;
  next_ = end_ = 0;
  used_ = 0;
}

void Arena::reset() {
  for (Block* block = blocks_; block;) {
    Block* next = block->next;
    if (block->size <= largest_block) {
      block->next = spare_;
      spare_ = block;
    } else {
      upstream_->deallocate(block, block->size, block_alignment);
    }
    block = next;
  }
  blocks_ = nullptr;
  next_ = end_ = 0;
  used_ = 0;
  next_size_ = 0;
}

}  // namespace cede::lang
