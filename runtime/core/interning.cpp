// Interned strings. Whatever the script's memory limit, an interned string can be made: names are few and
// small.
#include <cstdlib>

#include "runtime/core/hash.hpp"
#include "runtime/core/intern_table.hpp"

namespace cede {

namespace {
constexpr std::size_t first_capacity = 1024;

class WithoutLimit {
 public:
  explicit WithoutLimit(Heap& heap) : heap_(heap), limit_(heap.limit()) { heap.set_limit(Heap::no_limit); }
  ~WithoutLimit() { heap_.set_limit(limit_); }
  WithoutLimit(const WithoutLimit&) = delete;

 private:
  Heap& heap_;
  std::size_t limit_;
};
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

void VM::InternTable::grow() {
  const std::size_t old_capacity = capacity;
  Str** old = strings;
  capacity = old_capacity ? old_capacity * 2 : first_capacity;
  strings = static_cast<Str**>(heap.allocate_raw(capacity * sizeof(Str*)));
  if (!strings) std::abort();
  std::memset(strings, 0, capacity * sizeof(Str*));
  for (std::size_t i = 0; i < old_capacity; ++i) {
    if (!old[i]) continue;
    std::size_t at = (old[i]->hash_plus_one - 1) & (capacity - 1);
    while (strings[at]) at = (at + 1) & (capacity - 1);
    strings[at] = old[i];
  }
  if (old) heap.free_raw(old, old_capacity * sizeof(Str*));
}

// Takes over a reference.
void VM::InternTable::add(std::size_t place, Str& str) {
  strings[place] = &str;
  str.flags |= Interned;
  if (++count > capacity / 2) grow();
}

Str& VM::intern(std::string_view text) {
  WithoutLimit unlimited(heap);
  const std::int64_t hash = hash_text({options.hash_key[0], options.hash_key[1]}, text);
  const std::size_t place = interned_->place_of(text, hash);
  if (Str* known = interned_->strings[place]) return *known;
  Value made = str_from_utf8(*this, text);
  if (!made.is_object()) std::abort();
  Str& str = cast<Str>(made);
  str.hash_plus_one = static_cast<std::uint64_t>(hash) + 1;
  // Making the first string made types, and thereby interned names.
  const std::size_t free_place = interned_->place_of(text, hash);
  if (Str* known = interned_->strings[free_place]) return *known;
  (void)made.take();
  interned_->add(free_place, str);
  return str;
}

Str* VM::find_interned(const Str& str) {
  if (str.is_interned()) return const_cast<Str*>(&str);
  return interned_->strings[interned_->place_of(str.view(), str_hash(*this, const_cast<Str&>(str)))];
}

Str& VM::intern(Str& str) {
  if (str.is_interned()) return str;
  const std::int64_t hash = str_hash(*this, str);
  const std::size_t place = interned_->place_of(str.view(), hash);
  if (Str* known = interned_->strings[place]) return *known;
  if (str.type->id != TypeId::Str) return intern(str.view());
  WithoutLimit unlimited(heap);
  retain(Ref(str));
  interned_->add(place, str);
  return str;
}

}  // namespace cede
