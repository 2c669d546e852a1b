// The isolate's table of interned strings: open-addressed, in counted memory; owns its strings.
#pragma once

#include <string_view>

#include "runtime/core/vm.hpp"

namespace cede {

struct VM::InternTable {
  explicit InternTable(Heap& owner);
  InternTable(const InternTable&) = delete;
  ~InternTable();

  // The place of the string of this text and hash, or the free place where it belongs.
  std::size_t place_of(std::string_view text, std::int64_t hash) const;
  void add(std::size_t place, Str& str);

  Heap& heap;
  Str** strings = nullptr;
  std::size_t count = 0, capacity = 0;   // capacity: 0 or a power of two

 private:
  void make_room();
  void rebuild(std::size_t new_capacity);
};

}  // namespace cede
