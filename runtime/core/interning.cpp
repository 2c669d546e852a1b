// Interned strings. Whatever the script's memory limit, one can be made of a name of native code: they are few and
// small.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "runtime/core/intern_table.hpp"

namespace cede {

namespace {
constexpr std::size_t first_capacity = 1024;
__extension__ using Wide = unsigned __int128;

// A transient string that only the table has.
bool is_left(const Str& str) { return str.flags & str_transient && str.count == 1; }
}  // namespace

VM::InternTable::InternTable(Heap& owner, std::uint64_t seed_) : heap(owner), seed(seed_) { rebuild(first_capacity); }

VM::InternTable::~InternTable() {
  for (std::size_t i = 0; i < capacity; ++i)
    if (Str* str = entries[i].string) {
      str->flags &= ~std::uint32_t{Interned};
      release(Ref(str));
    }
  if (entries) heap.free_raw(entries, capacity * sizeof(Entry));
}

// Eight bytes a step: the product of two 64-bit numbers, its halves joined.
std::uint64_t VM::InternTable::hash(std::string_view text) const {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15u, other = 0xD1B54A32D192ED03u;
  const auto fold = [](std::uint64_t a, std::uint64_t b) {
    const Wide product = Wide{a} * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  };
  std::uint64_t state = seed ^ text.size() * other;
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t word = 0;
  for (; left >= sizeof word; left -= sizeof word, at += sizeof word) {
    std::memcpy(&word, at, sizeof word);
    state = fold(state ^ word, factor);
  }
  word = 0;
  std::memcpy(&word, at, left);
  return fold(state ^ word, factor ^ other);
}

std::size_t VM::InternTable::place_of(std::string_view text, std::uint64_t hash) const {
  std::size_t at = hash & (capacity - 1);
  for (; entries[at].string; at = (at + 1) & (capacity - 1))
    if (entries[at].hash == hash && entries[at].string->view() == text) break;
  return at;
}

// Everything moves to a table of the new capacity, but for transient strings that nobody else has: they go.
void VM::InternTable::rebuild(std::size_t new_capacity) {
  const std::size_t old_capacity = std::exchange(capacity, new_capacity);
  Entry* old = entries;
  entries = static_cast<Entry*>(heap.allocate_raw(capacity * sizeof(Entry)));
  if (!entries) std::abort();
  std::memset(entries, 0, capacity * sizeof(Entry));
  count = 0;
  for (std::size_t i = 0; i < old_capacity; ++i) {
    Str* str = old[i].string;
    if (!str) continue;
    if (is_left(*str)) {
      str->flags &= ~std::uint32_t{Interned};
      release(Ref(str));
      continue;
    }
    std::size_t at = old[i].hash & (capacity - 1);
    while (entries[at].string) at = (at + 1) & (capacity - 1);
    entries[at] = old[i];
    ++count;
  }
  if (old) heap.free_raw(old, old_capacity * sizeof(Entry));
}

// The method cache knows names by their address.
void VM::InternTable::make_room() {
  if (auto& cache = heap.vm().method_cache) std::fill_n(cache.get(), method_cache_size, MethodCacheEntry{});
  std::size_t left = 0;
  for (std::size_t i = 0; i < capacity; ++i) left += entries[i].string && is_left(*entries[i].string);
  rebuild(count - left > capacity / 8 * 3 ? capacity * 2 : capacity);
}

void VM::InternTable::add(Str& str, std::uint64_t hash) {
  entries[place_of(str.view(), hash)] = {&str, hash};
  str.flags |= Interned;
  if (++count > capacity / 4 * 3) make_room();
}

namespace {
// Lives until the isolate does from now on.
Str& keep(Str& str) {
  str.flags &= ~str_transient;
  return str;
}
}  // namespace

Str& VM::intern(std::string_view text) {
  const std::uint64_t hash = interned_->hash(text);
  if (Str* known = interned_->find(text, hash)) return keep(*known);
  const UnlimitedMemory unlimited(heap);
  Value made = str_from_utf8(*this, text);
  if (!made.is_object()) std::abort();
  Str& str = cast<Str>(made);
  // Making the first string made types, and thereby interned names.
  if (Str* known = interned_->find(text, hash)) return keep(*known);
  (void)made.take();
  interned_->add(str, hash);
  return str;
}

Str* VM::find_interned(const Str& str) {
  if (str.is_interned()) return const_cast<Str*>(&str);
  return interned_->find(str.view(), interned_->hash(str.view()));
}

Str& VM::intern(Str& str) {
  if (str.type->id != TypeId::Str) return str.is_interned() ? keep(str) : intern(str.view());
  return keep(cast<Str>(intern_transient(str)));
}

Value VM::intern_transient(Str& str) {
  if (str.is_interned()) return Value(Ref(str));
  if (str.type->id != TypeId::Str) return intern_transient(str.view());
  const std::uint64_t hash = interned_->hash(str.view());
  if (Str* known = interned_->find(str.view(), hash)) return Value(Ref(*known));
  const UnlimitedMemory unlimited(heap);
  Value held{Ref(str)};
  retain(Ref(str));
  str.flags |= str_transient;
  interned_->add(str, hash);
  return held;
}

Value VM::intern_transient(std::string_view text) {
  if (Str* known = interned_->find(text, interned_->hash(text))) return Value(Ref(*known));
  const Value made = str_from_utf8(*this, text);
  return made.is_raised() ? Value(raised) : intern_transient(cast<Str>(made));
}

}  // namespace cede
