// The hash table of dict. Its size, growth and probing are CPython's, because scripts can see them: in the
// order of calls of __eq__, and in when a loop over a changing dict ends.
//
// A block holds `entry_capacity` entries in order of insertion, then the table: 2^index_log2 signed indices
// of 1, 2 or 4 bytes. A comparison may run script code that changes the dict; the search then starts again.
#include "runtime/types/dict.hpp"

#include "runtime/core/hash.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

namespace {
constexpr std::int64_t empty_slot = -1, dummy_slot = -2, absent = -1;
constexpr std::uint8_t smallest_log2 = 3, largest_log2 = 32;

constexpr std::size_t usable_of(std::uint8_t log2) { return (std::size_t{2} << log2) / 3; }
constexpr std::size_t index_width(std::uint8_t log2) { return log2 < 8 ? 1 : log2 < 16 ? 2 : 4; }
std::size_t block_size(std::size_t capacity, std::uint8_t log2) {
  return capacity * sizeof(DictEntry) + (index_width(log2) << log2);
}
std::uint8_t log2_for(std::size_t slots) {
  std::uint8_t log2 = smallest_log2;
  while (log2 < largest_log2 && (std::size_t{1} << log2) < slots) ++log2;
  return log2;
}

template<class Index> Index* indices(const Dict& dict) {
  return reinterpret_cast<Index*>(dict.entries + dict.entry_capacity);
}

std::int64_t index_at(const Dict& dict, std::size_t slot) {
  if (dict.index_log2 < 8) return indices<std::int8_t>(dict)[slot];
  if (dict.index_log2 < 16) return indices<std::int16_t>(dict)[slot];
  return indices<std::int32_t>(dict)[slot];
}
void set_index(Dict& dict, std::size_t slot, std::int64_t index) {
  if (dict.index_log2 < 8)
    indices<std::int8_t>(dict)[slot] = static_cast<std::int8_t>(index);
  else if (dict.index_log2 < 16)
    indices<std::int16_t>(dict)[slot] = static_cast<std::int16_t>(index);
  else
    indices<std::int32_t>(dict)[slot] = static_cast<std::int32_t>(index);
}

// The sequence of slots that a hash is looked for at.
struct Probe {
  std::size_t mask, slot;
  std::uint64_t perturb;
  Probe(const Dict& dict, std::int64_t hash)
      : mask((std::size_t{1} << dict.index_log2) - 1),
        slot(static_cast<std::size_t>(hash) & mask),
        perturb(static_cast<std::uint64_t>(hash)) {}
  void next() {
    perturb >>= 5;
    slot = (slot * 5 + perturb + 1) & mask;
  }
};

bool is_plain_string(Ref key) { return is_exact(key, TypeId::Str); }

template<class Index> std::int64_t find_string(const Dict& dict, const Str& key, std::int64_t hash) {
  const Index* table = indices<Index>(dict);
  const DictEntry* entries = dict.entries;
  const Bits word = reinterpret_cast<Bits>(&key);
  for (Probe probe(dict, hash);; probe.next()) {
    const std::int64_t index = table[probe.slot];
    if (index >= 0) {
      const DictEntry& entry = entries[index];
      if (entry.key == word) return index;
      if (entry.hash == hash && str_equal(cast<Str>(Ref(entry.key)), key)) return index;
    } else if (index == empty_slot) {
      return absent;
    }
  }
}

// The slot whose index is `index`.
std::size_t slot_of(const Dict& dict, std::int64_t index) {
  Probe probe(dict, dict.entries[index].hash);
  while (index_at(dict, probe.slot) != index) probe.next();
  return probe.slot;
}

std::size_t free_slot(const Dict& dict, std::int64_t hash) {
  Probe probe(dict, hash);
  while (index_at(dict, probe.slot) >= 0) probe.next();
  return probe.slot;
}

void keys_changed(Dict& dict) {
  dict.keys_version = 0;
  ++dict.iteration_version;
}

// A new table of 2^log2 slots, without the holes.
Status resize(VM& vm, Dict& dict, std::uint8_t log2) {
  const std::size_t capacity = usable_of(log2);
  if (log2 >= largest_log2) return vm.raise_memory_error();
  void* block = vm.heap.allocate_raw(block_size(capacity, log2));
  if (!block) return vm.raise_memory_error();
  Dict old = dict;
  dict.entries = static_cast<DictEntry*>(block);
  dict.entry_capacity = static_cast<std::uint32_t>(capacity);
  dict.index_log2 = log2;
  std::memset(dict.entries + capacity, 0xFF, index_width(log2) << log2);
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < old.entry_count; ++i) {
    if (Ref(old.entries[i].key).is_unbound()) continue;
    dict.entries[count] = old.entries[i];
    set_index(dict, free_slot(dict, old.entries[i].hash), count);
    ++count;
  }
  dict.entry_count = count;
  dict.usable = static_cast<std::uint32_t>(capacity) - count;
  dict.keys_version = 0;
  if (old.entries) vm.heap.free_raw(old.entries, block_size(old.entry_capacity, old.index_log2));
  return Ok;
}

// The index of an equal key, or `absent`. The key's owner must be out of scripts' reach.
Result<std::int64_t> find(VM& vm, Dict& dict, Ref key, std::int64_t hash) {
  if (!dict.entries) return absent;
  if (dict.string_keys && is_plain_string(key)) return dict_index_of(dict, cast<Str>(key), hash);
again:
  for (Probe probe(dict, hash);; probe.next()) {
    const std::int64_t index = index_at(dict, probe.slot);
    if (index == empty_slot) return absent;
    if (index < 0) continue;
    const DictEntry& entry = dict.entries[index];
    if (entry.key == key.bits) return index;
    if (entry.hash != hash) continue;
    const DictEntry* const entries = dict.entries;
    const std::uint32_t capacity = dict.entry_capacity;
    const Value found{Ref(entry.key)};
    CEDE_TRY(const bool equal, is_equal(vm, found, key));
    if (!dict.entries) return absent;
    const bool changed = dict.entries != entries || dict.entry_capacity != capacity ||
                         dict.entry_count <= static_cast<std::uint64_t>(index) ||
                         dict.entries[index].key != found.bits();
    if (changed) goto again;
    if (equal) return index;
  }
}

// The key is known to be absent.
Status add(VM& vm, Dict& dict, Ref key, std::int64_t hash, Ref value) {
  if (dict.used == 0 && !dict.entries) dict.string_keys = true;
  if (dict.usable == 0) CEDE_CHECK(resize(vm, dict, log2_for(std::size_t{dict.used} * 3)));
  if (dict.string_keys && !is_plain_string(key)) dict.string_keys = false;
  retain(key);
  retain(value);
  set_index(dict, free_slot(dict, hash), dict.entry_count);
  dict.entries[dict.entry_count++] = {hash, key.bits, value.bits};
  ++dict.used;
  --dict.usable;
  keys_changed(dict);
  return Ok;
}

void replace_value(Dict& dict, std::int64_t index, Ref value) {
  retain(value);
  release(Ref(std::exchange(dict.entries[index].value, value.bits)));
}

// Returns the value; the key is released after the entry has gone.
Owned take_entry(Dict& dict, std::int64_t index) {
  set_index(dict, slot_of(dict, index), dummy_slot);
  DictEntry& entry = dict.entries[index];
  const Owned value(std::exchange(entry.value, Unbound.bits));
  const Ref key(std::exchange(entry.key, Unbound.bits));
  --dict.used;
  keys_changed(dict);
  release(key);
  return value;
}

Result<std::int64_t> key_hash(VM& vm, Ref key) {
  if (is_plain_string(key)) return str_hash(vm, cast<Str>(key));
  if (key.is_small()) return hash_small_int(key.small());
  return hash_value(vm, key);
}
}  // namespace

void Dict::dispose(Heap& heap, Dict& self) {
  if (self.entries) heap.free_raw(self.entries, block_size(self.entry_capacity, self.index_log2));
  self.entries = nullptr;
  self.entry_count = self.entry_capacity = self.used = self.usable = 0;
  self.index_log2 = 0;
}

// ---- finding

std::int64_t dict_index_of(Dict& dict, const Str& key, std::int64_t hash) {
  if (!dict.entries) return absent;
  if (dict.index_log2 < 8) return find_string<std::int8_t>(dict, key, hash);
  if (dict.index_log2 < 16) return find_string<std::int16_t>(dict, key, hash);
  return find_string<std::int32_t>(dict, key, hash);
}

Ref dict_find_string(Dict& dict, const Str& key, std::int64_t hash) {
  const std::int64_t index = dict_index_of(dict, key, hash);
  return index < 0 ? Unbound : Ref(dict.entries[index].value);
}

Owned dict_get_hashed(VM& vm, Dict& dict, Ref key, std::int64_t hash) {
  CEDE_TRY(const std::int64_t index, find(vm, dict, key, hash));
  return index < 0 ? Owned() : Owned::share(Ref(dict.entries[index].value));
}

Owned dict_get(VM& vm, Dict& dict, Ref key) {
  CEDE_TRY(const std::int64_t hash, key_hash(vm, key));
  return dict_get_hashed(vm, dict, key, hash);
}

Result<bool> dict_contains(VM& vm, Dict& dict, Ref key) {
  CEDE_TRY(const std::int64_t hash, key_hash(vm, key));
  return dict_contains_hashed(vm, dict, key, hash);
}

Owned dict_stored_key(VM& vm, Dict& dict, Ref key, std::int64_t hash) {
  CEDE_TRY(const std::int64_t index, find(vm, dict, key, hash));
  return index < 0 ? Owned() : Owned::share(Ref(dict.entries[index].key));
}

Result<bool> dict_contains_hashed(VM& vm, Dict& dict, Ref key, std::int64_t hash) {
  CEDE_TRY(const std::int64_t index, find(vm, dict, key, hash));
  return index >= 0;
}

Owned dict_get_str(VM& vm, Dict& dict, Str& key) {
  const std::int64_t hash = str_hash(vm, key);
  if (dict.string_keys && is_plain_string(Ref(key))) [[likely]]
    return Owned::share(dict_find_string(dict, key, hash));
  return dict_get_hashed(vm, dict, Ref(key), hash);
}

// ---- changing

Status dict_set_hashed(VM& vm, Dict& dict, Ref key, std::int64_t hash, Ref value) {
  CEDE_TRY(const std::int64_t index, find(vm, dict, key, hash));
  if (index < 0) return add(vm, dict, key, hash, value);
  replace_value(dict, index, value);
  return Ok;
}

Status dict_set(VM& vm, Dict& dict, Ref key, Ref value) {
  CEDE_TRY(const std::int64_t hash, key_hash(vm, key));
  return dict_set_hashed(vm, dict, key, hash, value);
}

Status dict_set_str(VM& vm, Dict& dict, Str& key, Ref value) {
  return dict_set_hashed(vm, dict, Ref(key), str_hash(vm, key), value);
}

Status dict_set_text(VM& vm, Dict& dict, std::string_view key, Ref value) {
  return dict_set_str(vm, dict, vm.intern(key), value);
}

Owned dict_pop(VM& vm, Dict& dict, Ref key) {
  if (dict.used == 0) return Owned();  // the key is not hashed then
  CEDE_TRY(const std::int64_t hash, key_hash(vm, key));
  CEDE_TRY(const std::int64_t index, find(vm, dict, key, hash));
  return index < 0 ? Owned() : take_entry(dict, index);
}

Result<bool> dict_remove_hashed(VM& vm, Dict& dict, Ref key, std::int64_t hash) {
  CEDE_TRY(const std::int64_t index, find(vm, dict, key, hash));
  if (index < 0) return false;
  const Value old = take_entry(dict, index);
  return true;
}

Result<bool> dict_remove(VM& vm, Dict& dict, Ref key) {
  CEDE_TRY(const std::int64_t hash, key_hash(vm, key));
  return dict_remove_hashed(vm, dict, key, hash);
}

Result<bool> dict_remove_str(VM& vm, Dict& dict, Str& key) {
  return dict_remove_hashed(vm, dict, Ref(key), str_hash(vm, key));
}

Owned dict_set_default(VM& vm, Dict& dict, Ref key, Ref value) {
  CEDE_TRY(const std::int64_t hash, key_hash(vm, key));
  CEDE_TRY(const std::int64_t index, find(vm, dict, key, hash));
  if (index >= 0) return Owned::share(Ref(dict.entries[index].value));
  CEDE_CHECK(add(vm, dict, key, hash, value));
  return Owned::share(value);
}

bool dict_pop_last(Dict& dict, Value& key, Value& value) {
  if (dict.used == 0) return false;
  std::int64_t index = std::int64_t{dict.entry_count} - 1;
  while (Ref(dict.entries[index].key).is_unbound()) --index;
  key = Value(Ref(dict.entries[index].key));
  value = take_entry(dict, index);
  dict.entry_count = static_cast<std::uint32_t>(index);
  return true;
}

void dict_clear(VM& vm, Dict& dict) {
  if (!dict.entries) return;
  // The dict is empty before anything of it dies.
  const Dict old = dict;
  dict.entries = nullptr;
  dict.used = dict.entry_count = dict.entry_capacity = dict.usable = 0;
  dict.index_log2 = 0;
  dict.string_keys = true;
  keys_changed(dict);
  for (std::uint32_t i = 0; i < old.entry_count; ++i) {
    release(Ref(old.entries[i].key));
    release(Ref(old.entries[i].value));
  }
  vm.heap.free_raw(old.entries, block_size(old.entry_capacity, old.index_log2));
}

Status dict_reserve(VM& vm, Dict& dict, std::size_t keys) {
  if (keys <= (dict.entries ? usable_of(dict.index_log2) : 0) || keys == 0) return Ok;
  if (keys > UINT32_MAX / 2) return vm.raise_memory_error();
  return resize(vm, dict, log2_for((keys * 3 + 1) / 2));
}

std::uint32_t dict_keys_version(VM& vm, Dict& dict) {
  if (!dict.string_keys) return 0;
  if (!dict.keys_version) dict.keys_version = vm.next_keys_version();
  return dict.keys_version;
}

// ---- walking and copying

bool dict_next(const Dict& dict, std::size_t& position, Ref& key, Ref& value) {
  for (; position < dict.entry_count; ++position) {
    const DictEntry& entry = dict.entries[position];
    if (Ref(entry.key).is_unbound()) continue;
    key = Ref(entry.key);
    value = Ref(entry.value);
    ++position;
    return true;
  }
  return false;
}

// `dict` is empty. A table without many holes is copied as it is; else the copy has none.
Status dict_copy_table(VM& vm, Dict& dict, const Dict& source) {
  if (source.used == 0) return Ok;
  if (source.used < std::size_t{source.entry_count} * 2 / 3) {
    CEDE_CHECK(dict_reserve(vm, dict, source.used));
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < source.entry_count; ++i) {
      const DictEntry& entry = source.entries[i];
      if (Ref(entry.key).is_unbound()) continue;
      set_index(dict, free_slot(dict, entry.hash), static_cast<std::int64_t>(count));
      dict.entries[count++] = entry;
    }
    dict.entry_count = static_cast<std::uint32_t>(count);
    dict.usable = dict.entry_capacity - dict.entry_count;
  } else {
    const std::size_t size = block_size(source.entry_capacity, source.index_log2);
    void* block = vm.heap.allocate_raw(size);
    if (!block) return vm.raise_memory_error();
    if (dict.entries) vm.heap.free_raw(dict.entries, block_size(dict.entry_capacity, dict.index_log2));
    std::memcpy(block, source.entries, size);
    dict.entries = static_cast<DictEntry*>(block);
    dict.entry_count = source.entry_count;
    dict.entry_capacity = source.entry_capacity;
    dict.index_log2 = source.index_log2;
    dict.usable = source.usable;
  }
  dict.used = source.used;
  dict.string_keys = source.string_keys;
  keys_changed(dict);
  for (std::uint32_t i = 0; i < dict.entry_count; ++i) {
    retain(Ref(dict.entries[i].key));
    retain(Ref(dict.entries[i].value));
  }
  return Ok;
}

}  // namespace cede
