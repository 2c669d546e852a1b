// `bytearray`: bytes that change. While somebody holds its buffer (a memoryview, a running native call) its
// size is fixed.
#pragma once

#include <string_view>

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

extern const Layout bytearray_layout;
struct ByteArray : Object {
  static const Layout* layout() { return &bytearray_layout; }
  static constexpr const char* type_name = "bytearray";

  Buffer<char> content;       // `start` unused bytes, then the data
  std::size_t start = 0;      // deletions at the front cost nothing
  std::uint32_t exports = 0;  // holders of the buffer

  std::size_t size() const { return content.size() - start; }
  char* data() { return content.data() + start; }
  const char* data() const { return content.data() + start; }
  std::string_view view() const { return {data(), size()}; }  // until it changes
  static void dispose(Heap& heap, ByteArray& self) { self.content.free(heap); }
};

// Run no script code. Raise MemoryError, and BufferError while the buffer is exported.
Value bytearray_from(VM& vm, std::string_view data);
Status bytearray_append(VM& vm, ByteArray& self, std::string_view data);
Status bytearray_resize(VM& vm, ByteArray& self, std::size_t size);  // new bytes are uninitialised
Status bytearray_delete(VM& vm, ByteArray& self, std::size_t start, std::size_t stop);

}  // namespace cede
