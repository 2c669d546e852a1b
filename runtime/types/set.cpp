// The hash table of sets, and what is done to one set. Entries are probed in groups of ten neighbours, then
// by the perturbed recurrence; removed entries stay in the way until a new key is put there or the table is rebuilt.
#include "runtime/types/set.hpp"

#include "runtime/core/hash.hpp"
#include "runtime/core/protocols.hpp"

namespace cede {

constinit const Layout set_layout = layout_for<Set>();

namespace {

constexpr std::size_t linear_probes = 9, large = 50000;
constexpr int perturb_shift = 5;
constexpr SetEntry unused{Unbound.bits, 0};

void start_empty(Set& set) {
  set.table = set.few;
  set.mask = Set::small_size - 1;
  set.fill = set.used = 0;
  std::fill(std::begin(set.few), std::end(set.few), unused);
}

// Puts a key that is known to be absent into a table without removed entries.
void insert_clean(SetEntry* table, std::size_t mask, Bits key, std::int64_t hash) {
  std::size_t perturb = static_cast<std::size_t>(hash), i = perturb & mask;
  for (;;) {
    const std::size_t probes = i + linear_probes <= mask ? linear_probes : 0;
    for (std::size_t k = 0; k <= probes; ++k)
      if (table[i + k].key == Unbound.bits) {
        table[i + k] = {key, hash};
        return;
      }
    perturb >>= perturb_shift;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

struct Found {
  SetEntry* entry;  // with the key, or the unused one that ended the search
  SetEntry* removed;  // the last removed one on the way, or null: where the key is put if it is absent
  bool present;
};

// What a key is sought for. An addition that meets an equal key is over, whatever the comparison did to the set; any
// other search needs the entry and begins anew if the comparison changed the table.
enum class Search : std::uint8_t { ToAdd, ForEntry };

// Whether entry's key is `key`, whose hash is the same; sets `restart` if the search has to begin anew.
Result<bool> matches(VM& vm, Set& set, SetEntry* entry, Ref key, Search search, bool& restart) {
  const Ref there(entry->key);
  if (there == key) return true;
  if (there.is_small() && key.is_small()) return false;
  if (is_exact(there, TypeId::Str) && is_exact(key, TypeId::Str))
    return str_equal(cast<Str>(there), cast<Str>(key));
  const SetEntry* table = set.table;
  const std::size_t mask = set.mask;
  const Value held{there};
  CEDE_TRY(const bool same, is_equal(vm, held, key));
  if (same && search == Search::ToAdd) return true;
  restart = table != set.table || mask != set.mask || entry->key != held.bits();
  return same && !restart;
}

Result<Found> find(VM& vm, Set& set, Ref key, std::int64_t hash, Search search) {
  const Value keep{key};
  for (;;) {
    bool restart = false;
    SetEntry* removed = nullptr;
    std::size_t perturb = static_cast<std::size_t>(hash), i = perturb & set.mask;
    while (!restart) {
      const std::size_t probes = i + linear_probes <= set.mask ? linear_probes : 0;
      SetEntry* entry = &set.table[i];
      for (std::size_t k = 0; k <= probes && !restart; ++k, ++entry) {
        if (entry->key == Unbound.bits) return Found{entry, removed, false};
        if (entry->key == set_removed) removed = entry;
        if (entry->hash != hash || entry->key == set_removed) continue;
        CEDE_TRY(const bool same, matches(vm, set, entry, key, search, restart));
        if (same) return Found{entry, nullptr, true};
      }
      perturb >>= perturb_shift;
      i = (i * 5 + 1 + perturb) & set.mask;
    }
    CEDE_CHECK(vm.check_interrupts());
  }
}

Status grow_if_full(VM& vm, Set& set) {
  if (set.fill * 5 < set.mask * 3) return Ok;
  return set_resize(vm, set, set.used > large ? set.used * 2 : set.used * 4);
}

}  // namespace

void Set::dispose(Heap& heap, Set& self) {
  if (!self.is_small()) heap.free_raw(self.table, (self.mask + 1) * sizeof(SetEntry));
}

Status set_resize(VM& vm, Set& set, std::size_t minimum) {
  std::size_t size = Set::small_size;
  while (size <= minimum) size <<= 1;
  SetEntry saved[Set::small_size];
  SetEntry* old = set.table;
  const std::size_t old_mask = set.mask;
  const bool was_small = set.is_small();
  SetEntry* table = set.few;
  if (size == Set::small_size) {
    if (was_small && set.fill == set.used) return Ok;
    if (was_small) {
      std::copy(std::begin(set.few), std::end(set.few), saved);
      old = saved;
    }
  } else {
    std::size_t bytes;
    if (!multiply_sizes(size, sizeof(SetEntry), bytes)) return vm.raise_memory_error();
    table = static_cast<SetEntry*>(vm.heap.allocate_raw(bytes));
    if (!table) return vm.raise_memory_error();
  }
  std::fill(table, table + size, unused);
  set.table = table;
  set.mask = size - 1;
  set.fill = set.used;
  for (std::size_t i = 0; i <= old_mask; ++i)
    if (is_live(old[i])) insert_clean(table, set.mask, old[i].key, old[i].hash);
  if (!was_small) vm.heap.free_raw(old, (old_mask + 1) * sizeof(SetEntry));
  return Ok;
}

Value set_new(VM& vm, Type& type) {
  Set* set = type.id == TypeId::Dynamic ? make_instance<Set>(vm, type) : make_object<Set>(vm, type);
  if (!set) return raised;
  start_empty(*set);
  return Value::adopt(set);
}
Value set_new(VM& vm) { return set_new(vm, vm.type(TypeId::Set)); }

bool is_set(VM& vm, Ref value) {
  return is<Set>(value) && is_subtype(*value.object()->type, vm.type(TypeId::Set));
}
bool is_frozenset(VM& vm, Ref value) {
  return is<Set>(value) && is_subtype(*value.object()->type, vm.type(TypeId::FrozenSet));
}
Value set_new_like(VM& vm, const Set& set) {
  return set_new(vm, vm.type(is_frozenset(vm, &set) ? TypeId::FrozenSet : TypeId::Set));
}

Status set_add_hashed(VM& vm, Set& set, Ref key, std::int64_t hash) {
  CEDE_TRY(const Found found, find(vm, set, key, hash, Search::ToAdd));
  if (found.present) return Ok;
  retain(key);
  ++set.used;
  if (found.removed) {
    *found.removed = {key.bits, hash};
    return Ok;
  }
  *found.entry = {key.bits, hash};
  ++set.fill;
  return grow_if_full(vm, set);
}
Status set_add(VM& vm, Set& set, Ref key) {
  CEDE_TRY(const std::int64_t hash, hash_value(vm, key));
  return set_add_hashed(vm, set, key, hash);
}

Result<bool> set_contains_hashed(VM& vm, Set& set, Ref key, std::int64_t hash) {
  CEDE_TRY(const Found found, find(vm, set, key, hash, Search::ForEntry));
  return found.present;
}
Result<bool> set_contains(VM& vm, Set& set, Ref key) {
  CEDE_TRY(const std::int64_t hash, hash_value(vm, key));
  return set_contains_hashed(vm, set, key, hash);
}

Result<bool> set_remove_hashed(VM& vm, Set& set, Ref key, std::int64_t hash) {
  CEDE_TRY(const Found found, find(vm, set, key, hash, Search::ForEntry));
  if (!found.present) return false;
  const Bits old = found.entry->key;
  *found.entry = {set_removed, -1};
  --set.used;
  release(Ref(old));
  return true;
}
Result<bool> set_remove(VM& vm, Set& set, Ref key) {
  CEDE_TRY(const std::int64_t hash, hash_value(vm, key));
  return set_remove_hashed(vm, set, key, hash);
}

void set_clear(VM& vm, Set& set) {
  if (set.fill == 0) return;
  SetEntry saved[Set::small_size];
  SetEntry* old = set.table;
  const std::size_t old_mask = set.mask;
  const bool was_small = set.is_small();
  if (was_small) {
    std::copy(std::begin(set.few), std::end(set.few), saved);
    old = saved;
  }
  start_empty(set);
  for (std::size_t i = 0; i <= old_mask; ++i) release(Ref(old[i].key));
  if (!was_small) vm.heap.free_raw(old, (old_mask + 1) * sizeof(SetEntry));
}

namespace {

// Copies another set's keys, which are distinct, into an empty set with room for them.
void copy_into_empty(Set& set, const Set& other) {
  const bool alike = set.mask == other.mask && other.fill == other.used;
  for (std::size_t i = 0; i <= other.mask; ++i) {
    const SetEntry entry = other.table[i];
    if (!is_live(entry)) continue;
    retain(Ref(entry.key));
    if (alike)
      set.table[i] = entry;
    else
      insert_clean(set.table, set.mask, entry.key, entry.hash);
  }
  set.fill = set.used = other.used;
}

Status merge(VM& vm, Set& set, Set& other) {
  if (&set == &other || other.used == 0) return Ok;
  if ((set.fill + other.used) * 5 >= set.mask * 3)
    CEDE_CHECK(set_resize(vm, set, (set.used + other.used) * 2));
  if (set.fill == 0) {
    copy_into_empty(set, other);
    return Ok;
  }
  std::size_t position = 0;
  Ref key;
  std::int64_t hash;
  while (set_next(other, position, key, hash)) {
    const Value held{key};
    CEDE_CHECK(set_add_hashed(vm, set, held, hash));
  }
  return Ok;
}

Status merge_keys(VM& vm, Set& set, Dict& dict) {
  const std::size_t n = dict_size(dict);
  if ((set.fill + n) * 5 >= set.mask * 3) CEDE_CHECK(set_resize(vm, set, (set.used + n) * 2));
  // Entries are read by position: comparisons may change the dict.
  for (std::size_t i = 0; i < dict.entry_count; ++i) {
    const Value key{Ref(dict.entries[i].key)};
    if (key.is_unbound()) continue;
    CEDE_CHECK(set_add_hashed(vm, set, key, dict.entries[i].hash));
  }
  return Ok;
}

}  // namespace

Status set_update(VM& vm, Set& set, Ref iterable) {
  if (Set* other = as<Set>(iterable)) return merge(vm, set, *other);
  if (is_exact(iterable, TypeId::Dict)) return merge_keys(vm, set, cast<Dict>(iterable));
  return for_each(vm, iterable, [&](Ref item) { return set_add(vm, set, item); });
}

Owned set_from(VM& vm, Type& type, Ref iterable) {
  CEDE_TRY(Value made, set_new(vm, type));
  if (!iterable.is_unbound()) CEDE_CHECK(set_update(vm, cast<Set>(made), iterable));
  return made;
}

Value set_copy(VM& vm, Set& set) {
  CEDE_TRY(Value made, set_new_like(vm, set));
  CEDE_CHECK(merge(vm, cast<Set>(made), set));
  return made;
}

}  // namespace cede
