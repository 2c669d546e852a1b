// The isolate's table of interned strings: open-addressed, in counted memory; owns its strings.
#pragma once

#include <string_view>

#include "runtime/core/vm.hpp"

namespace cede {

// Its own hash is quicker than a string's, which many names never need: not every name becomes a key of a dict.
struct VM::InternTable {
  InternTable(Heap& owner, std::uint64_t seed);
  InternTable(const InternTable&) = delete;
  ~InternTable();

  struct Entry {
    Str* string;         // null: free
    std::uint64_t hash;
  };

  std::uint64_t hash(std::string_view text) const;
  // The place of the string of this text and hash, or the free place where it belongs.
  std::size_t place_of(std::string_view text, std::uint64_t hash) const;
  Str* find(std::string_view text, std::uint64_t hash) const { return entries[place_of(text, hash)].string; }
  // Adds one that is not there. Takes over a reference.
  void add(Str& str, std::uint64_t hash);

  Heap& heap;
  const std::uint64_t seed;  // unknown to scripts
  Entry* entries = nullptr;
  std::size_t count = 0, capacity = 0;   // capacity: 0 or a power of two

 private:
  void make_room();
  void rebuild(std::size_t new_capacity);
};

}  // namespace cede
