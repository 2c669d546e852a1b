// `set` and `frozenset`: one hash table with CPython's probing, growth and copying, so that iteration has its
// order.
#pragma once

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

struct SetEntry {
  Bits key;           // Unbound: never used; `set_removed`: was used
  std::int64_t hash;  // 0 if never used, -1 if removed: no key has that hash
};
inline constexpr Bits set_removed = Finished.bits;

extern const Layout set_layout;
struct Set : Object {
  static const Layout* layout() { return &set_layout; }
  static constexpr const char* type_name = "set";
  static constexpr std::size_t small_size = 8;

  SetEntry* table = nullptr;  // `few`, or a raw block of mask + 1 entries
  std::size_t mask = small_size - 1;
  std::size_t fill = 0;  // entries in use or removed
  std::size_t used = 0;
  std::size_t finger = 0;  // where pop() looks first
  std::int64_t hash = -1;  // of a frozenset; -1: not computed
  SetEntry few[small_size];

  std::size_t size() const { return used; }
  bool is_small() const { return table == few; }
  template<class F> static void fields(Set& self, F&& field) {
    for (std::size_t i = 0; i <= self.mask; ++i) field(&self.table[i].key, 1);
  }
  static void dispose(Heap& heap, Set& self);
};

inline bool is_live(const SetEntry& entry) { return entry.key != Unbound.bits && entry.key != set_removed; }
// The kinds, subclasses included.
bool is_set(VM& vm, Ref value);
bool is_frozenset(VM& vm, Ref value);
inline bool is_any_set(Ref value) { return is<Set>(value); }

// New empty sets. Raise MemoryError; run no script code.
Value set_new(VM& vm);
Value set_new(VM& vm, Type& type);
Owned set_from(VM& vm, Type& type, Ref iterable);  // iterable Unbound: empty

// All of these may run script code (__hash__, __eq__) and survive whatever it does to the set.
Status set_add(VM& vm, Set& set, Ref key);
Status set_add_hashed(VM& vm, Set& set, Ref key, std::int64_t hash);
Result<bool> set_contains(VM& vm, Set& set, Ref key);
Result<bool> set_contains_hashed(VM& vm, Set& set, Ref key, std::int64_t hash);
Result<bool> set_remove(VM& vm, Set& set, Ref key);  // false: absent
Result<bool> set_remove_hashed(VM& vm, Set& set, Ref key, std::int64_t hash);
Status set_update(VM& vm, Set& set, Ref iterable);
// Run no script code.
void set_clear(VM& vm, Set& set);
Value set_copy(VM& vm, Set& set);  // a plain set or frozenset
// Walks the entries: `position` starts at 0; false at the end. Borrowed, until the set changes.
inline bool set_next(const Set& set, std::size_t& position, Ref& key, std::int64_t& hash) {
  while (position <= set.mask) {
    const SetEntry& entry = set.table[position++];
    if (!is_live(entry)) continue;
    key = Ref(entry.key);
    hash = entry.hash;
    return true;
  }
  return false;
}

// ---- set_operations.cpp: CPython's algorithms, which decide the order of the result.
Owned set_union(VM& vm, Set& a, Ref other);
Owned set_intersection(VM& vm, Set& a, Ref other);
Owned set_difference(VM& vm, Set& a, Ref other);
Owned set_symmetric_difference(VM& vm, Set& a, Ref other);
Status set_difference_update(VM& vm, Set& a, Ref other);
Status set_symmetric_difference_update(VM& vm, Set& a, Ref other);
Result<bool> set_is_subset(VM& vm, Set& a, Ref other);
Result<bool> set_is_superset(VM& vm, Set& a, Ref other);
Result<bool> set_is_disjoint(VM& vm, Set& a, Ref other);
// Exchanges the contents of a set with those of another.
void set_swap(Set& a, Set& b);
// Rebuilds the table for at least `minimum` entries. Raises MemoryError.
Status set_resize(VM& vm, Set& set, std::size_t minimum);
// A plain set or frozenset for results: of set's kind.
Value set_new_like(VM& vm, const Set& set);

extern const Layout set_iterator_layout;
struct SetIterator : Object {
  static const Layout* layout() { return &set_iterator_layout; }
  static constexpr const char* type_name = "set_iterator";
  Value set;             // Unbound once exhausted
  std::size_t used = 0;  // size when it was made; SIZE_MAX once it has been found changed
  std::size_t position = 0, left = 0;
  template<class F> static void fields(SetIterator& self, F&& field) { field(self.set); }
};

}  // namespace cede
