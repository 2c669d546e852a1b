// The buffer protocol: how native code sees the memory of bytes-like objects. A BufferView holds an export
// for as long as it lives, so that the object's memory neither moves nor changes its size.
//
//   BufferView view;
//   CEDE_CHECK(view.acquire(vm, object));          // TypeError "a bytes-like object is required, not 'x'"
//   use(view.bytes());
//
// A type of stdlib takes part by naming its BufferProcedures in its NativeType.
#pragma once

#include <span>
#include <string_view>

#include "runtime/core/vm.hpp"

namespace cede {

// What an object exports: `size` bytes of `item_size` each, described by a struct format.
struct BufferInfo {
  char* data = nullptr;
  std::size_t size = 0;
  std::size_t item_size = 1;
  const char* format = "B";  // constant data, or owned by the exporter
  bool read_only = true;
};
struct BufferProcedures {
  // Counts an export and tells where the memory is. May raise BufferError. Runs no script code.
  Status (*acquire)(VM& vm, Ref self, BufferInfo& info);
  void (*release)(Ref self);  // ends the export; null: nothing to do
};

enum class BufferAccess : std::uint8_t { Read, Write };

class BufferView {
 public:
  BufferView() = default;
  ~BufferView() { release(); }
  BufferView(const BufferView&) = delete;
  BufferView& operator=(const BufferView&) = delete;

  // Contiguous bytes of a bytes-like object. Raises TypeError "a bytes-like object is required, not 'x'" (for
  // Write also "read-write bytes-like object"), BufferError for memory that is not contiguous.
  Status acquire(VM& vm, Ref object, BufferAccess access = BufferAccess::Read);
  void release();
  std::string_view bytes() const { return {info_.data, info_.size}; }
  char* data() const { return info_.data; }
  std::size_t size() const { return info_.size; }
  const BufferInfo& info() const { return info_; }
  bool held() const { return object_.is_object(); }

 private:
  Value object_;
  BufferInfo info_;
};

// Its type takes part in the protocol. Runs no script code.
bool is_bytes_like(Ref object);
const BufferProcedures* buffer_procedures(Ref object);

}  // namespace cede
