// Attributes of instances. An object whose type gives its instances a `__dict__` has an Attributes part, at
// `type->attributes_offset` (for var-sized natives, after the variable part). Its Shape (hidden class) says which
// names lie at which index; values lie first inline, then in an overflow array. When `__dict__` is asked for, a
// name is deleted or too many names are added, the values move to a Dict for good: `shape` is then null.
//
// A shape belongs to one type. Inline caches compare the object's type and shape, and go straight to the index.
#pragma once

#include "runtime/core/heap.hpp"
#include "runtime/core/str.hpp"

namespace cede {

struct Dict;
struct Type;

// Immutable but for its transition table; lives as long as its type. Not an object.
struct Shape {
  Type* type;             // borrowed
  const Shape* parent;    // without the last key; null for the root
  Str* key;               // interned, so it lives as long as the isolate; null for the root
  std::uint32_t count;    // number of keys
  std::uint32_t inline_capacity;
  // Open-addressed: interned key -> index, of this shape's keys; built when it is first needed, with more than 4 keys.
  struct Entry { const Str* key; std::uint32_t index; };
  Entry* table;
  std::uint32_t table_mask;
  // Children by key.
  Shape** children;
  std::uint32_t child_count, child_capacity;
  Shape* next_of_type;    // all shapes of a type are linked, to be freed with it
  std::uint32_t descendants;  // of a root: how many shapes were made from it

  static constexpr std::uint32_t absent = UINT32_MAX;
  static constexpr std::uint32_t maximum_count = 128;
  static constexpr std::uint32_t maximum_children = 32, maximum_descendants = 1024, maximum_inline = 32;
  std::uint32_t index_of(const Str& interned_key) const;
};

struct Attributes {
  Shape* shape;       // null: dictionary mode
  union {
    Bits* overflow;   // values beyond the inline ones, or null; the word before them holds their capacity
    Dict* dictionary; // owned, in dictionary mode; null there means: no attribute was set yet (types without shapes)
  };
  // Bits inline_values[shape->inline_capacity] follow.
  Bits* inline_values() { return reinterpret_cast<Bits*>(this + 1); }
  Bits& at(std::uint32_t index) {
    const std::uint32_t capacity = shape->inline_capacity;
    return index < capacity ? inline_values()[index] : overflow[index - capacity];
  }
  // With a shape only.
  std::size_t overflow_capacity() const { return overflow ? overflow[-1] : 0; }
  void free_overflow(Heap& heap);
};

// The Attributes of `object`, or null if its type has none.
Attributes* attributes_of(Object* object);
// The value of an instance attribute, borrowed; Unbound if absent. May raise only if the dict has odd keys.
Owned attributes_get(VM& vm, Attributes& attributes, Str& name);
// Sets or (value Unbound) deletes; false: there was nothing to delete.
Result<bool> attributes_set(VM& vm, Object* object, Attributes& attributes, Str& name, Ref value);
// The instance's __dict__, made real (dictionary mode from now on). Owned.
Value attributes_dict(VM& vm, Object* object, Attributes& attributes);
Status attributes_replace_dict(VM& vm, Attributes& attributes, Dict& dict);
// Makes the Attributes part of a new object, `inline_values` words of it in line.
inline void attributes_initialise(Attributes& attributes, Shape* root) {
  attributes.shape = root;
  attributes.overflow = nullptr;
}
// The shape that follows `shape` by adding an interned key; null if there are too many or memory is short.
Shape* shape_transition(VM& vm, Shape& shape, Str& key);
// A new root shape for the instances of `type`, of its `inline_capacity`, linked into `type.shapes`; null if memory is short.
Shape* shape_root(VM& vm, Type& type);
// Frees all shapes of a dying type.
void shapes_free(Heap& heap, Type& type);

}  // namespace cede
