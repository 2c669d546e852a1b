// `bytes`: its layout and construction. Methods shared with bytearray are in bytes_methods.hpp.
#pragma once

#include <string_view>

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

extern const Layout bytes_layout;
struct Bytes : Object {
  static const Layout* layout() { return &bytes_layout; }
  static constexpr const char* type_name = "bytes";

  std::uint64_t hash_plus_one;  // as of Str
  std::uint64_t size;
  char data[8];  // `size` bytes and a NUL

  std::string_view view() const { return {data, size}; }
  static std::size_t variable_size(const Bytes& self) { return sizeof(Object) + 17 + self.size; }
};

// New bytes of exact type. Raise MemoryError; run no script code.
Value bytes_from(VM& vm, std::string_view data);
Value bytes_uninitialised(VM& vm, std::size_t size);  // the caller fills `data`; size 0 is shared
// bytes(object) for an object of no particular kind: buffers, __bytes__, iterables of integers.
Owned bytes_from_object(VM& vm, Ref object);

extern const Layout bytes_iterator_layout;
struct BytesIterator : Object {
  static const Layout* layout() { return &bytes_iterator_layout; }
  static constexpr const char* type_name = "bytes_iterator";
  Value sequence;  // Bytes; Unbound once exhausted
  std::size_t position = 0;
  template<class F> static void fields(BytesIterator& self, F&& field) { field(self.sequence); }
};

}  // namespace cede
