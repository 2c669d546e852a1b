// Attributes of instances: shapes, their transitions, and the change to dictionary mode.
#include "runtime/core/shape.hpp"

#include <algorithm>

#include "runtime/core/dict.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

namespace {
std::uint32_t mix(const Str* key) {
  return static_cast<std::uint32_t>((reinterpret_cast<std::uintptr_t>(key) >> 4) * 0x9E3779B97F4A7C15u >> 32);
}

std::size_t native_size(const Object* object) {
  for (const Layout* layout = object->type->native->layout; layout; layout = layout->base)
    if (layout->variable_size) return layout->variable_size(*object);
  return object->type->native->layout->size;
}

Shape* new_shape(Heap& heap, Type& type) {
  void* memory = heap.allocate_raw(sizeof(Shape));
  if (!memory) return nullptr;
  Shape* shape = ::new (memory) Shape{};
  shape->type = &type;
  shape->next_of_type = type.shapes;
  type.shapes = shape;
  return shape;
}

// The table of a shape, from the chain of its ancestors. False when memory is short.
bool build_table(Shape& shape) {
  std::uint32_t capacity = 16;
  while (capacity < shape.count * 2) capacity *= 2;
  Heap& heap = Heap::of(reinterpret_cast<Object*>(shape.type));
  void* memory = heap.allocate_raw(capacity * sizeof(Shape::Entry));
  if (!memory) return false;
  std::memset(memory, 0, capacity * sizeof(Shape::Entry));
  shape.table = static_cast<Shape::Entry*>(memory);
  shape.table_mask = capacity - 1;
  for (const Shape* s = &shape; s->key; s = s->parent) {
    std::uint32_t at = mix(s->key) & shape.table_mask;
    while (shape.table[at].key) at = (at + 1) & shape.table_mask;
    shape.table[at] = {s->key, s->count - 1};
  }
  return true;
}

// Room for `count` values beyond the inline ones.
bool grow_overflow(Heap& heap, Attributes& attributes, std::uint32_t count) {
  const std::size_t old = attributes.overflow_capacity();
  if (count <= old) return true;
  const std::size_t capacity = std::max(std::size_t{count}, old * 2 + 1);
  void* block = heap.resize_raw(old ? attributes.overflow - 1 : nullptr, old ? (old + 1) * sizeof(Bits) : 0,
                                (capacity + 1) * sizeof(Bits));
  if (!block) return false;
  attributes.overflow = static_cast<Bits*>(block) + 1;
  attributes.overflow[-1] = capacity;
  return true;
}

// Instances turned out to have more attributes than fit in line: later ones get more room.
void widen_later_instances(VM& vm, Type& type, std::uint32_t count) {
  if (!type.root_shape || count <= type.inline_capacity || type.inline_capacity >= Shape::maximum_inline)
    return;
  type.inline_capacity = std::min(Shape::maximum_inline, std::max(count, type.inline_capacity * 2));
  if (Shape* root = shape_root(vm, type)) type.root_shape = root;
}

// From shape to dictionary. The values move; nothing changes if memory is exhausted.
Status use_dictionary(VM& vm, Attributes& attributes) {
  if (!attributes.shape && attributes.dictionary) return Ok;
  CEDE_TRY(Value dictionary, dict_new(vm));
  Dict& dict = cast<Dict>(dictionary);
  if (attributes.shape) {
    Str* keys[Shape::maximum_count];
    const std::uint32_t count = attributes.shape->count;
    for (const Shape* s = attributes.shape; s->key; s = s->parent) keys[s->count - 1] = s->key;
    for (std::uint32_t i = 0; i < count; ++i)
      CEDE_CHECK(dict_set_str(vm, dict, *keys[i], Ref(attributes.at(i))));
    Bits old[Shape::maximum_count];
    for (std::uint32_t i = 0; i < count; ++i) old[i] = attributes.at(i);
    attributes.free_overflow(vm.heap);
    attributes.shape = nullptr;
    for (std::uint32_t i = 0; i < count; ++i) release(Ref(old[i]));
  }
  attributes.dictionary = &dict;
  (void)dictionary.take();
  return Ok;
}

Result<bool> delete_attribute(VM& vm, Attributes& attributes, Str& name) {
  if (Shape* shape = attributes.shape) {
    const Str* key = name.is_interned() ? &name : vm.find_interned(name);
    const std::uint32_t index = key ? shape->index_of(*key) : Shape::absent;
    if (index == Shape::absent) return false;
    if (index + 1 == shape->count) {  // the newest: back to the shape before it
      const Value old = Value::adopt(Ref(attributes.at(index)));
      attributes.shape = const_cast<Shape*>(shape->parent);
      return true;
    }
    CEDE_CHECK(use_dictionary(vm, attributes));
  }
  if (!attributes.dictionary) return false;
  Value dictionary{Ref(reinterpret_cast<Object*>(attributes.dictionary))};
  return dict_remove_str(vm, cast<Dict>(dictionary), name);
}
}  // namespace

void Attributes::free_overflow(Heap& heap) {
  if (overflow) heap.free_raw(overflow - 1, (overflow_capacity() + 1) * sizeof(Bits));
  overflow = nullptr;
}

std::uint32_t Shape::index_of(const Str& interned_key) const {
  if (count <= 4 || (!table && !build_table(const_cast<Shape&>(*this)))) {
    for (const Shape* s = this; s->key; s = s->parent)
      if (s->key == &interned_key) return s->count - 1;
    return absent;
  }
  for (std::uint32_t at = mix(&interned_key) & table_mask; table[at].key; at = (at + 1) & table_mask)
    if (table[at].key == &interned_key) return table[at].index;
  return absent;
}

Shape* shape_root(VM& vm, Type& type) {
  Shape* shape = new_shape(vm.heap, type);
  if (shape) shape->inline_capacity = type.inline_capacity;
  return shape;
}

void shapes_free(Heap& heap, Type& type) {
  for (Shape* shape = std::exchange(type.shapes, nullptr); shape;) {
    Shape* next = shape->next_of_type;
    if (shape->table) heap.free_raw(shape->table, (shape->table_mask + 1) * sizeof(Shape::Entry));
    if (shape->children) heap.free_raw(shape->children, shape->child_capacity * sizeof(Shape*));
    heap.free_raw(shape, sizeof(Shape));
    shape = next;
  }
  type.root_shape = nullptr;
}

Shape* shape_transition(VM& vm, Shape& shape, Str& key) {
  for (std::uint32_t i = 0; i < shape.child_count; ++i)
    if (shape.children[i]->key == &key) return shape.children[i];
  Shape* root = shape.type->root_shape;
  if (shape.count == Shape::maximum_count || shape.child_count == Shape::maximum_children ||
      (root && root->descendants == Shape::maximum_descendants))
    return nullptr;
  if (shape.child_count == shape.child_capacity) {
    const std::uint32_t capacity = shape.child_capacity ? shape.child_capacity * 2 : 2;
    void* block =
        vm.heap.resize_raw(shape.children, shape.child_capacity * sizeof(Shape*), capacity * sizeof(Shape*));
    if (!block) return nullptr;
    shape.children = static_cast<Shape**>(block);
    shape.child_capacity = capacity;
  }
  Shape* child = new_shape(vm.heap, *shape.type);
  if (!child) return nullptr;
  child->parent = &shape;
  child->key = &vm.intern(key);
  child->count = shape.count + 1;
  child->inline_capacity = shape.inline_capacity;
  shape.children[shape.child_count++] = child;
  if (root) ++root->descendants;
  return child;
}

Attributes* attributes_of(Object* object) {
  const std::int32_t offset = object->type->attributes_offset;
  if (offset == 0) return nullptr;
  const std::size_t at =
      offset > 0 ? static_cast<std::size_t>(offset) : (native_size(object) + 7) & ~std::size_t{7};
  return reinterpret_cast<Attributes*>(reinterpret_cast<char*>(object) + at);
}

Owned attributes_get(VM& vm, Attributes& attributes, Str& name) {
  if (Shape* shape = attributes.shape) {
    const Str* key = name.is_interned() ? &name : vm.find_interned(name);
    const std::uint32_t index = key ? shape->index_of(*key) : Shape::absent;
    return index == Shape::absent ? Owned() : Owned::share(Ref(attributes.at(index)));
  }
  if (!attributes.dictionary) return Owned();
  Value dictionary{Ref(reinterpret_cast<Object*>(attributes.dictionary))};
  return dict_get_str(vm, cast<Dict>(dictionary), name);
}

Result<bool> attributes_set(VM& vm, Object* object, Attributes& attributes, Str& name, Ref value) {
  if (value.is_unbound()) return delete_attribute(vm, attributes, name);
  if (Shape* shape = attributes.shape) {
    const InternedName interned(vm, name);
    if (interned.failed()) return raised;
    Str& key = *interned;
    std::uint32_t index = shape->index_of(key);
    if (index != Shape::absent) {
      const Value old = Value::adopt(Ref(std::exchange(attributes.at(index), value.bits)));
      retain(value);
      return true;
    }
    Shape* next = shape_transition(vm, *shape, key);
    index = shape->count;
    if (next && index >= shape->inline_capacity) {
      if (!grow_overflow(vm.heap, attributes, next->count - shape->inline_capacity))
        return vm.raise_memory_error();
      widen_later_instances(vm, *object->type, next->count);
    }
    if (next) {
      retain(value);
      attributes.shape = next;
      attributes.at(index) = value.bits;
      return true;
    }
  }
  CEDE_CHECK(use_dictionary(vm, attributes));
  Value dictionary{Ref(reinterpret_cast<Object*>(attributes.dictionary))};
  CEDE_CHECK(dict_set_str(vm, cast<Dict>(dictionary), name, value));
  return true;
}

Value attributes_dict(VM& vm, Object*, Attributes& attributes) {
  if (use_dictionary(vm, attributes).is_raised()) return raised;
  return Value(Ref(reinterpret_cast<Object*>(attributes.dictionary)));
}

Status attributes_replace_dict(VM& vm, Attributes& attributes, Dict& dict) {
  const Value old = attributes.shape ? attributes_dict(vm, nullptr, attributes) : Value();
  if (old.is_raised()) return raised;
  retain(Ref(dict));
  Dict* before = std::exchange(attributes.dictionary, &dict);
  if (before) release(Ref(reinterpret_cast<Object*>(before)));
  return Ok;
}

}  // namespace cede
