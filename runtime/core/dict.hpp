// The layout of `dict` and its table, which namespaces are made of; its methods are in types/dict*.cpp.
// Insertion order: entries lie in an array in the order of insertion, found through a sparse table of indices (as in
// CPython). Deleted entries stay as holes until the next growth. Lookups of interned strings compare words only.
#pragma once

#include "runtime/core/heap.hpp"
#include "runtime/core/object.hpp"
#include "runtime/core/str.hpp"

namespace cede {

struct DictEntry {
  std::int64_t hash;
  Bits key;    // Unbound: a hole
  Bits value;
};

extern const Layout dict_layout;
struct Dict : Object {
  static const Layout* layout() { return &dict_layout; }
  static constexpr const char* type_name = "dict";

  DictEntry* entries;            // `entry_capacity` of them in one raw block, followed by the index table
  std::uint32_t used;            // live entries
  std::uint32_t entry_count;     // entries in use, holes included
  std::uint32_t entry_capacity;
  std::uint8_t index_log2;       // the index table has 2^index_log2 slots (0: no table: empty, entries null)
  bool string_keys;              // every key is a Str of exact type: lookups run no script code
  std::uint32_t usable;          // insertions of new keys before the next growth; deletions give nothing back
  std::uint32_t keys_version;    // 0, or a number that is replaced whenever a key is added, removed or moved
  std::uint32_t iteration_version;  // counts every insertion, deletion and clear: iterators notice changes

  template<class F> static void fields(Dict& self, F&& field) {
    static_assert(sizeof(DictEntry) == Visitor::pair_step * sizeof(Bits));
    if (self.entry_count) field.pairs(&self.entries->key, self.entry_count);
  }
  static void dispose(Heap& heap, Dict& self);
};

Value dict_new(VM& vm);
Value dict_new(VM& vm, Type& type);

// Lookups by any key: hash and __eq__ may run script code. The result is owned, or Unbound if the key is absent.
Owned dict_get(VM& vm, Dict& dict, Ref key);
Owned dict_get_hashed(VM& vm, Dict& dict, Ref key, std::int64_t hash);
Status dict_set(VM& vm, Dict& dict, Ref key, Ref value);
Status dict_set_hashed(VM& vm, Dict& dict, Ref key, std::int64_t hash, Ref value);
Result<bool> dict_remove(VM& vm, Dict& dict, Ref key);           // false: absent
Result<bool> dict_contains(VM& vm, Dict& dict, Ref key);
Owned dict_pop(VM& vm, Dict& dict, Ref key);                     // Unbound: absent
Owned dict_set_default(VM& vm, Dict& dict, Ref key, Ref value);  // the value now there
// Lookups by a string in namespaces. They run no script code when `string_keys`, else they go the general way and
// may raise. The result is borrowed, to be used at once; Unbound if absent.
Ref dict_find_string(Dict& dict, const Str& key, std::int64_t hash);  // only for string_keys dicts
Owned dict_get_str(VM& vm, Dict& dict, Str& key);
Status dict_set_str(VM& vm, Dict& dict, Str& key, Ref value);
Result<bool> dict_remove_str(VM& vm, Dict& dict, Str& key);
Status dict_set_text(VM& vm, Dict& dict, std::string_view key, Ref value);  // interns the key
// Position of a string key in `entries` for inline caches, or -1. Only for string_keys dicts.
std::int64_t dict_index_of(Dict& dict, const Str& key, std::int64_t hash);
// The dict's keys_version, assigned now if it has none; 0 if versions have run out or keys are not all strings.
std::uint32_t dict_keys_version(VM& vm, Dict& dict);

// Walks live entries: `position` starts at 0; false at the end. Key and value are borrowed, until the dict changes.
bool dict_next(const Dict& dict, std::size_t& position, Ref& key, Ref& value);
void dict_clear(VM& vm, Dict& dict);
Value dict_copy(VM& vm, Dict& dict);
// update(): from a mapping or iterable of pairs, with dict's rules.
Status dict_update(VM& vm, Dict& dict, Ref other);
Status dict_merge(VM& vm, Dict& dict, Ref mapping, bool override_existing);
inline std::size_t dict_size(const Dict& dict) { return dict.used; }

}  // namespace cede
