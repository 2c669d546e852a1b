// Interned strings. Whatever the script's memory limit, one can be made of a name of native code: they are few and
// small.
#include <algorithm>
#include <cstdlib>

#include "runtime/core/hash.hpp"
#include "runtime/core/intern_table.hpp"

namespace cede {

namespace {
constexpr std::size_t first_capacity = 1024;

// A transient string that only the table has.
bool is_left(const Str& str) { return str.flags & str_transient && str.count == 1; }
}  // namespace

VM::InternTable::~InternTable() {
  for (std::size_t i = 0; i < capacity; ++i)
    if (Str* str = strings[i]) {
      str->flags &= ~std::uint32_t{Interned};
      release(Ref(str));
    }
  if (strings) heap.free_raw(strings, capacity * sizeof(Str*));
}

std::size_t VM::InternTable::place_of(std::string_view text, std::int64_t hash) const {
  std::size_t at = static_cast<std::size_t>(hash) & (capacity - 1);
  for (; strings[at]; at = (at + 1) & (capacity - 1))
    if (strings[at]->hash_plus_one == static_cast<std::uint64_t>(hash) + 1 && strings[at]->view() == text)
      break;
  return at;
}

VM::InternTable::InternTable(Heap& owner) : heap(owner) { rebuild(first_capacity); }

// Everything moves to a table of the new capacity, but for transient strings that nobody else has: they go.
void VM::InternTable::rebuild(std::size_t new_capacity) {
  const std::size_t old_capacity = std::exchange(capacity, new_capacity);
  Str** old = strings;
  strings = static_cast<Str**>(heap.allocate_raw(capacity * sizeof(Str*)));
  if (!strings) std::abort();
  std::memset(strings, 0, capacity * sizeof(Str*));
  count = 0;
  for (std::size_t i = 0; i < old_capacity; ++i) {
    if (!old[i]) continue;
    if (is_left(*old[i])) {
      old[i]->flags &= ~std::uint32_t{Interned};
      release(Ref(old[i]));
      continue;
    }
    std::size_t at = (old[i]->hash_plus_one - 1) & (capacity - 1);
    while (strings[at]) at = (at + 1) & (capacity - 1);
    strings[at] = old[i];
    ++count;
  }
  if (old) heap.free_raw(old, old_capacity * sizeof(Str*));
}

// The method cache knows names by their address.
void VM::InternTable::make_room() {
  if (auto& cache = heap.vm().method_cache) std::fill_n(cache.get(), method_cache_size, MethodCacheEntry{});
  std::size_t left = 0;
  for (std::size_t i = 0; i < capacity; ++i) left += strings[i] && is_left(*strings[i]);
  rebuild(count - left > capacity / 4 ? capacity * 2 : capacity);
}

// Takes over a reference.
void VM::InternTable::add(std::size_t place, Str& str) {
  strings[place] = &str;
  str.flags |= Interned;
  if (++count > capacity / 2) make_room();
}

namespace {
// Lives until the isolate does from now on.
Str& keep(Str& str) {
  str.flags &= ~str_transient;
  return str;
}
}  // namespace

Str& VM::intern(std::string_view text) {
  const UnlimitedMemory unlimited(heap);
  const std::int64_t hash = hash_text({options.hash_key[0], options.hash_key[1]}, text);
  const std::size_t place = interned_->place_of(text, hash);
  if (Str* known = interned_->strings[place]) return keep(*known);
  Value made = str_from_utf8(*this, text);
  if (!made.is_object()) std::abort();
  Str& str = cast<Str>(made);
  str.hash_plus_one = static_cast<std::uint64_t>(hash) + 1;
  // Making the first string made types, and thereby interned names.
  const std::size_t free_place = interned_->place_of(text, hash);
  if (Str* known = interned_->strings[free_place]) return keep(*known);
  (void)made.take();
  interned_->add(free_place, str);
  return str;
}

Str* VM::find_interned(const Str& str) {
  if (str.is_interned()) return const_cast<Str*>(&str);
  return interned_->strings[interned_->place_of(str.view(), str_hash(*this, const_cast<Str&>(str)))];
}

Str& VM::intern(Str& str) {
  if (str.type->id != TypeId::Str) return str.is_interned() ? keep(str) : intern(str.view());
  return keep(cast<Str>(intern_transient(str)));
}

Value VM::intern_transient(Str& str) {
  if (str.is_interned()) return Value(Ref(str));
  if (str.type->id != TypeId::Str) return intern_transient(str.view());
  const std::int64_t hash = str_hash(*this, str);
  const std::size_t place = interned_->place_of(str.view(), hash);
  if (Str* known = interned_->strings[place]) return Value(Ref(*known));
  const UnlimitedMemory unlimited(heap);
  Value held{Ref(str)};
  retain(Ref(str));
  str.flags |= str_transient;
  interned_->add(place, str);
  return held;
}

Value VM::intern_transient(std::string_view text) {
  const std::int64_t hash = hash_text({options.hash_key[0], options.hash_key[1]}, text);
  if (Str* known = interned_->strings[interned_->place_of(text, hash)]) return Value(Ref(*known));
  const Value made = str_from_utf8(*this, text);
  if (made.is_raised()) return raised;
  Str& str = cast<Str>(made);
  str.hash_plus_one = static_cast<std::uint64_t>(hash) + 1;
  return intern_transient(str);
}

}  // namespace cede
