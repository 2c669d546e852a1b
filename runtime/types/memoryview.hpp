// `memoryview`: items in the memory of another object, in up to 8 dimensions; only the first one may have a
// stride of its own. Every view holds an export of the object that the memory belongs to, until it is
// released.
#pragma once

#include "runtime/types/buffer.hpp"

namespace cede {

inline constexpr std::size_t memoryview_maximum_dimensions = 8;

extern const Layout memoryview_layout;
struct MemoryView : Object {
  static const Layout* layout() { return &memoryview_layout; }
  static constexpr const char* type_name = "memoryview";

  Value object;          // the exporter; Unbound once released
  char* data = nullptr;  // of the first item
  std::int64_t item_size = 1;
  char format[8] = "B";  // as in struct; longer ones are not supported by item access
  std::int64_t dimensions = 1;
  std::int64_t shape[memoryview_maximum_dimensions] = {};
  std::int64_t strides[memoryview_maximum_dimensions] = {};
  std::uint32_t exports = 0;  // native code that looks at this view's memory
  bool read_only = true;
  bool exported = false;  // an export of `object` is held
  std::uint64_t hash_plus_one = 0;

  std::int64_t count() const {
    std::int64_t n = 1;
    for (std::int64_t d = 0; d < dimensions; ++d) n *= shape[d];
    return n;
  }
  std::int64_t bytes() const { return count() * item_size; }
  bool contiguous() const;
  char kind() const { return format[0] == '@' ? format[1] : format[0]; }
  template<class F> static void fields(MemoryView& self, F&& field) {
    if constexpr (std::is_same_v<std::remove_cvref_t<F>, Clearer>) end_export(self);
    field(self.object);
  }
  static void retire(Heap&, MemoryView& self) { end_export(self); }
  static void end_export(MemoryView& self);
};

Owned memoryview_new(VM& vm, Ref object);
// object.__buffer__(flags) and object.__release_buffer__(view) of the types that take part in the buffer protocol.
Owned buffer_method(VM& vm, Ref self, Ref flags);
Status release_buffer_method(VM& vm, Ref self, Ref view);
Value memoryview_bytes(VM& vm, const MemoryView& view);  // tobytes()

// ---- memoryview_items.cpp
// Size of an item of a native format character; 0: unknown.
std::int64_t memoryview_item_size(char kind);
Owned memoryview_unpack(VM& vm, const MemoryView& view, const char* at);
Status memoryview_pack(VM& vm, const MemoryView& view, char* at, Ref value);
Owned memoryview_list(VM& vm, const MemoryView& view, std::int64_t dimension, const char* at);
// Whether the items of two views of equal shape are equal.
Result<bool> memoryview_equal_items(VM& vm, const MemoryView& a, const MemoryView& b);

}  // namespace cede
