// Argument words on their way into a frame, and the errors of binding (arguments.cpp).
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "runtime/vm/interpreter.hpp"

namespace cede {

// A copy of up to `count` words outside the registers, uncounted: owned or borrowed as the original was.
class MovedArguments {
 public:
  MovedArguments(VM& vm, const Bits* words, std::size_t count) : vm_(vm), count_(count) {
    if (count > inline_count) {
      std::size_t bytes;
      words_ = multiply_sizes(count, sizeof(Bits), bytes) ? static_cast<Bits*>(vm.heap.allocate_raw(bytes)) : nullptr;
      if (!words_) {
        (void)vm.raise_memory_error();
        return;
      }
    }
    if (words) std::copy_n(words, count, words_);
  }
  MovedArguments(const MovedArguments&) = delete;
  ~MovedArguments() {
    if (words_ && words_ != inline_) vm_.heap.free_raw(words_, count_ * sizeof(Bits));
  }
  bool failed() const { return !words_; }
  const Bits* words() const { return words_; }
  Bits* mutable_words() { return words_; }

 private:
  static constexpr std::size_t inline_count = 16;
  VM& vm_;
  std::size_t count_;
  Bits inline_[inline_count];
  Bits* words_ = inline_;
};

RaisedMark raise_unexpected_keyword(VM& vm, const Function& function, const Str& name);
// How messages name a callee: "__main__.C.method()", "print()", or str(callable) where it has no name.
std::string callable_name(VM& vm, Ref callable);

}  // namespace cede
