// The table of interned names. It starts as a copy of a constant table of the known names, made at compile
// time, so that a small compilation does not pay for interning them.
#include "lang/symbols.hpp"

#include <array>
#include <cstring>

#include "lang/symbol_hash.hpp"

namespace cede::lang {

namespace {

constexpr std::string_view known_texts[] = {
    "",
#define X(name) #name,
    CEDE_KEYWORDS(X) CEDE_KNOWN_NAMES(X)
#undef X
        "*",
    ".0",
    ".type_params",
    ".defaults",
    ".kwdefaults",
    ".generic_base",
    "<lambda>",
    "<genexpr>",
    "<listcomp>",
    "<setcomp>",
    "<dictcomp>",
    "<module>",
    "top",
};
constexpr std::uint32_t known_count = static_cast<std::uint32_t>(Symbol::known_count);
static_assert(std::size(known_texts) == known_count);

constexpr std::uint32_t initial_slots = 256;
constexpr std::uint32_t initial_capacity = initial_slots / 8 * 5;
static_assert(known_count < initial_capacity - 16);

struct KnownTable {
  std::array<std::uint32_t, known_count> hashes{};
  std::array<std::uint32_t, initial_slots> slots{};
};

constexpr KnownTable make_known_table() {
  KnownTable table;
  for (std::uint32_t i = 1; i < known_count; ++i) {
    const std::uint32_t hash = hash_name(known_texts[i].data(), known_texts[i].size());
    table.hashes[i] = hash;
    std::uint32_t slot = hash & (initial_slots - 1);
    while (table.slots[slot] != 0) slot = (slot + 1) & (initial_slots - 1);
    table.slots[slot] = i;
  }
  return table;
}

constexpr KnownTable known = make_known_table();

}  // namespace

SymbolTable::SymbolTable(Arena& arena) : arena_(&arena) {
  capacity_ = initial_capacity;
  mask_ = initial_slots - 1;
  count_ = known_count;
  names_ = arena.allocate_array<Name>(capacity_);
  slots_ = arena.allocate_array<std::uint32_t>(initial_slots);
  for (std::uint32_t i = 0; i < known_count; ++i) names_[i] = {known_texts[i], known.hashes[i]};
  std::memcpy(slots_, known.slots.data(), sizeof known.slots);
}

std::uint32_t SymbolTable::hash(const char* text, std::size_t size) { return hash_name(text, size); }

Symbol SymbolTable::intern(std::string_view text) {
  return intern_hashed(text, hash_name(text.data(), text.size()));
}

Symbol SymbolTable::intern_hashed(std::string_view text, std::uint32_t hash) {
  if (text.empty()) return Symbol::Absent;
  std::uint32_t slot = hash & mask_;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask_) {
    const Name& name = names_[slots_[slot]];
    if (name.hash == hash && name.text == text) return static_cast<Symbol>(slots_[slot]);
  }
  if (count_ == capacity_) {
    grow();
    for (slot = hash & mask_; slots_[slot] != 0;) slot = (slot + 1) & mask_;
  }
  names_[count_] = {text, hash};
  slots_[slot] = count_;
  return static_cast<Symbol>(count_++);
}

Symbol SymbolTable::intern_copy(std::string_view text) {
  if (text.empty()) return Symbol::Absent;
  const Symbol found = find(text);
  return found != Symbol::Absent ? found : intern(arena_->copy(text));
}

Symbol SymbolTable::find(std::string_view text) const {
  const std::uint32_t hash = hash_name(text.data(), text.size());
  for (std::uint32_t slot = hash & mask_; slots_[slot] != 0; slot = (slot + 1) & mask_) {
    const Name& name = names_[slots_[slot]];
    if (name.hash == hash && name.text == text) return static_cast<Symbol>(slots_[slot]);
  }
  return Symbol::Absent;
}

void SymbolTable::grow() {
  const std::uint32_t new_capacity = capacity_ * 2, new_slot_count = (mask_ + 1) * 2;
  Name* new_names = arena_->allocate_array<Name>(new_capacity);
  std::uint32_t* new_slots = arena_->allocate_array<std::uint32_t>(new_slot_count);
  std::memcpy(static_cast<void*>(new_names), names_, count_ * sizeof(Name));
  std::memset(new_slots, 0, new_slot_count * sizeof(std::uint32_t));
  for (std::uint32_t i = 1; i < count_; ++i) {
    std::uint32_t slot = new_names[i].hash & (new_slot_count - 1);
    while (new_slots[slot] != 0) slot = (slot + 1) & (new_slot_count - 1);
    new_slots[slot] = i;
  }
  names_ = new_names;
  slots_ = new_slots;
  mask_ = new_slot_count - 1;
  capacity_ = new_capacity;
}

Symbol mangle(SymbolTable& table, Arena& arena, Symbol class_name, Symbol name) {
  if (class_name == Symbol::Absent) return name;
  const std::string_view text = table.text(name);
  if (!text.starts_with("__") || text.ends_with("__") || text.find('.') != std::string_view::npos)
    return name;
  std::string_view prefix = table.text(class_name);
  while (prefix.starts_with('_')) prefix.remove_prefix(1);
  if (prefix.empty()) return name;

  const std::size_t size = 1 + prefix.size() + text.size();
  char* mangled = arena.allocate_array<char>(size);
  mangled[0] = '_';
  std::memcpy(mangled + 1, prefix.data(), prefix.size());
  std::memcpy(mangled + 1 + prefix.size(), text.data(), text.size());
  return table.intern({mangled, size});
}

}  // namespace cede::lang
