// StringBuilder: text that grows in counted memory and becomes a Str. Small texts stay inside the builder, on
// the C++ stack. Every growing function raises MemoryError when memory is exhausted. Only append_repr,
// append_str and append_format may run script code.
#pragma once

#include <string_view>

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"
#include "runtime/types/utf8.hpp"

namespace cede {

class StringBuilder {
 public:
  explicit StringBuilder(VM& vm) : vm_(vm) {}
  ~StringBuilder() { free(); }
  StringBuilder(const StringBuilder&) = delete;
  StringBuilder& operator=(const StringBuilder&) = delete;

  // `text` is generalised UTF-8 (or ASCII).
  Status append(std::string_view text) {
    char* at = grow(text.size());
    if (!at) [[unlikely]]
      return raised;
    if (!text.empty()) std::memcpy(at, text.data(), text.size());
    size_ += text.size();
    return Ok;
  }
  Status append(char ascii) {
    if (size_ == capacity_ && !grow(1)) [[unlikely]]
      return raised;
    data_[size_++] = ascii;
    return Ok;
  }
  Status append_code_point(char32_t c) {
    char* at = grow(4);
    if (!at) [[unlikely]]
      return raised;
    size_ += static_cast<std::size_t>(utf8_put(at, c) - at);
    return Ok;
  }
  Status append_repeated(char32_t c, std::size_t count);
  // The text of a Str, str(object), repr(object), format(object, specification).
  Status append(const Str& str) { return append(str.view()); }
  Status append_str(Ref object);
  Status append_repr(Ref object);
  Status append_format(Ref object, Ref specification);

  // Room for `count` more bytes, uninitialised; null after raising. `advance` says how many were written.
  char* grow(std::size_t count) {
    if (count <= capacity_ - size_) [[likely]]
      return data_ + size_;
    return grow_slow(count);
  }
  void advance(std::size_t count) { size_ += count; }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }                // in bytes
  std::string_view view() const { return {data_, size_}; }  // until the next change
  char* data() { return data_; }
  void truncate(std::size_t size) { size_ = size; }  // to fewer bytes
  VM& vm() const { return vm_; }

  // The text as a Str; the builder is empty afterwards.
  Value finish();

 private:
  char* grow_slow(std::size_t count);
  void free() {
    if (data_ != small_) vm_.heap.free_raw(data_, capacity_);
  }

  VM& vm_;
  char* data_ = small_;
  std::size_t size_ = 0, capacity_ = sizeof(small_);
  char small_[200];
};

}  // namespace cede
