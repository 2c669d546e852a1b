// The sampled index of non-ASCII strings.
#include "runtime/types/str_index.hpp"

#include "runtime/core/heap.hpp"
#include "runtime/types/utf8.hpp"

namespace cede {
namespace {

std::size_t index_start(std::size_t byte_size) {
  return (str_header_size + byte_size + 1 + 7) & ~std::size_t{7};
}

// Entry k is the byte position of code point (k + 1) * interval.
std::uint64_t* index_of(const Str& self) {
  char* memory = reinterpret_cast<char*>(const_cast<Str*>(&self));
  return reinterpret_cast<std::uint64_t*>(memory + index_start(self.byte_size));
}
std::size_t entries(std::size_t length) { return (length - 1) / str_index_interval; }

const std::uint64_t* filled_index(const Str& self) {
  std::uint64_t* index = index_of(self);
  if (!(self.flags & str_index_filled)) {
    const char* at = self.data;
    for (std::size_t k = 0; k < entries(self.length); ++k) {
      at = utf8_skip(at, str_index_interval);
      index[k] = static_cast<std::uint64_t>(at - self.data);
    }
    const_cast<Str&>(self).flags |= str_index_filled;
  }
  return index;
}

}  // namespace

bool str_object_size(std::size_t byte_size, std::size_t length, std::size_t& size) {
  if (byte_size > PTRDIFF_MAX / 2) return false;
  size = str_header_size + byte_size + 1;
  if (byte_size != length && length >= str_index_minimum)
    size = index_start(byte_size) + entries(length) * sizeof(std::uint64_t);
  return true;
}

std::size_t Str::variable_size(const Str& self) {
  std::size_t size = 0;
  (void)str_object_size(self.byte_size, self.length, size);
  return size;
}

std::size_t str_byte_position(const Str& self, std::size_t position) {
  if (self.is_ascii()) return position;
  if (position == self.length) return self.byte_size;
  if (self.length < str_index_minimum || position < str_index_interval)
    return static_cast<std::size_t>(utf8_skip(self.data, position) - self.data);
  if (self.length - position < str_index_interval) {
    const char* at = self.data + self.byte_size;
    for (std::size_t n = self.length - position; n; --n) do
        --at;
      while (utf8_is_continuation(*at));
    return static_cast<std::size_t>(at - self.data);
  }
  const std::size_t block = position / str_index_interval;
  const char* at = self.data + filled_index(self)[block - 1];
  return static_cast<std::size_t>(utf8_skip(at, position % str_index_interval) - self.data);
}

std::size_t str_position(const Str& self, std::size_t byte_position) {
  if (self.is_ascii()) return byte_position;
  if (byte_position == self.byte_size) return self.length;
  if (self.length < str_index_minimum || byte_position < str_index_interval * 4)
    return utf8_length({self.data, byte_position});
  const std::uint64_t* index = filled_index(self);
  std::size_t low = 0, high = entries(self.length);  // the number of entries at or before the position
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (index[middle] <= byte_position)
      low = middle + 1;
    else
      high = middle;
  }
  const std::size_t start = low ? index[low - 1] : 0;
  return low * str_index_interval + utf8_length({self.data + start, byte_position - start});
}

}  // namespace cede
