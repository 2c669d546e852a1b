// The death of objects. What a dying object owns is released depth first, field by field, exactly as nested
// destructors would, but on an explicit stack: a frame is what is left to do of one object. Finalisers and
// callbacks only get queued here. No memory is needed in proportion to the length of a chain: an object whose
// last field alone is left is freed before that field is released.
#include <algorithm>
#include <cstdlib>
#include <span>

#include "runtime/core/heap.hpp"
#include "runtime/core/shape.hpp"
#include "runtime/core/tuple.hpp"
#include "runtime/core/type.hpp"
#include "runtime/core/vm.hpp"
#include "runtime/core/weak.hpp"

namespace cede {

namespace {
// Owns nothing, has no finaliser, is in nobody's table: dies without further ado.
bool is_leaf(const Object* object) {
  return !(object->flags & (Container | TypeOwned | HasWeakReferences)) && object->type->has(TypeFlag::Leaf);
}

Bits* slot_words(Object* object, const Type& type) {
  return reinterpret_cast<Bits*>(reinterpret_cast<char*>(object) + type.slot_offset);
}

// Shows a visitor the attributes of an instance.
template<class V> void visit_attributes(Attributes& attributes, V&& visitor) {
  if (Shape* shape = attributes.shape) {
    const std::uint32_t in_line = std::min(shape->count, shape->inline_capacity);
    visitor(attributes.inline_values(), in_line);
    if (shape->count > in_line) visitor(attributes.overflow, shape->count - in_line);
  } else if (attributes.dictionary) {
    // The owned pointer is a word like any other.
    visitor(reinterpret_cast<Bits*>(&attributes.dictionary), 1);
  }
}

template<class V> void visit_script_part(Object* object, V& visitor) {
  const Type& type = *object->type;
  // The slots that the class itself declares come before those that it inherits, which lie in front of them.
  for (const Type* t = &type; t && t->slot_count; t = t->base) {
    const std::uint32_t inherited = t->base ? t->base->slot_count : 0;
    if (t->slot_count > inherited) visitor(slot_words(object, type) + inherited, t->slot_count - inherited);
  }
  if (type.attributes_offset) visit_attributes(*attributes_of(object), visitor);
}

void visit_native_part(Object* object, Visitor& visitor) {
  for (const Layout* layout = object->type->native->layout; layout; layout = layout->base)
    if (layout->visit) layout->visit(*object, visitor);
}
}  // namespace

void object_unreferenced(Object* object) { Heap::of(object).unreferenced(object); }

void Heap::visit_object(Object* object, Visitor& visitor) {
  visit_script_part(object, visitor);
  visit_native_part(object, visitor);
  if (object->flags & TypeOwned) visitor.visit(visitor, Ref(reinterpret_cast<Object*>(object->type)));
}

void Heap::clear_object(Object* object) {
  const Type& type = *object->type;
  Clearer clearer;
  if (type.slot_count) clearer(slot_words(object, type), type.slot_count);
  if (Attributes* attributes = attributes_of(object)) {
    if (attributes->shape)
      visit_attributes(*attributes, clearer);
    else if (Dict* dictionary = std::exchange(attributes->dictionary, nullptr))
      release(Ref(reinterpret_cast<Object*>(dictionary)));
  }
  for (const Layout* layout = type.native->layout; layout; layout = layout->base)
    if (layout->unlink) layout->unlink(*object);
    else if (layout->clear) layout->clear(*object);
}

bool Heap::wants_finalizer(const Object* object) const {
  return object->type->has(TypeFlag::HasFinalizer) && !(object->flags & Finalized) && !finalizers_dropped_;
}

namespace {

// Whether releasing these words in order runs into nothing that has more to do: objects that live on, and leaves.
bool release_is_simple(std::span<const Bits> own, std::span<const Bits> attributes) {
  const std::size_t total = own.size() + attributes.size();
  for (const auto words : {own, attributes})
    for (const Bits word : words) {
      if (!Ref(word).is_object()) continue;
      const Object* object = Ref(word).object();
      if (object->count > total) continue;
      if (object->count == 1) {
        if (!is_leaf(object)) return false;
        continue;
      }
      const auto times = std::count(own.begin(), own.end(), word) + std::count(attributes.begin(), attributes.end(), word);
      if (static_cast<std::size_t>(times) >= object->count) return false;
    }
  return true;
}

}  // namespace

// The usual small object (a bound method, an instance with a few attributes) whose fields have other owners, or are
// numbers and strings: it goes without the stack. False: nothing was done.
bool Heap::dies_at_once(Object* object) {
  constexpr std::size_t most_words = 8;
  const Type& type = *object->type;
  const Layout& layout = *type.native->layout;
  if (type.slot_count || object->flags & HasWeakReferences) return false;
  if (object->flags & TypeOwned && type.count == 1) return false;
  std::span<Bits> own;
  if (type.id == TypeId::Tuple)
    own = {static_cast<Tuple*>(object)->items, static_cast<Tuple*>(object)->size};
  else if (layout.plain_words != Layout::not_plain && !layout.base)
    own = {reinterpret_cast<Bits*>(object + 1), layout.plain_words};
  else
    return false;
  std::span<Bits> values;
  if (type.attributes_offset) {
    if (type.attributes_offset < 0) return false;
    auto& attributes = *reinterpret_cast<Attributes*>(reinterpret_cast<char*>(object) + type.attributes_offset);
    if (!attributes.shape || attributes.overflow) return false;
    values = {attributes.inline_values(), attributes.shape->count};
  }
  if (own.size() + values.size() > most_words || !release_is_simple(own, values)) return false;
  for (const auto words : {values, own})
    for (const Bits word : words)
      if (Ref(word).is_object() && --Ref(word).object()->count == 0) free_memory(Ref(word).object());
  Type* owned = object->flags & TypeOwned ? object->type : nullptr;
  free_memory(object);
  if (owned) --owned->count;
  return true;
}

void Heap::unreferenced(Object* object) {
  if (is_leaf(object)) return free_memory(object);
  if (wants_finalizer(object)) {
    object->count = 1;
    return queue_pending(Value::adopt(object), Value());
  }
  if (dies_at_once(object)) return;
  if (destroying_) {
    push_dying(DyingKind::Dead, object);
    return;
  }
  destroying_ = true;
  begin_death(object);
  run_dying();
  destroying_ = false;
}

// A word of a dying object was released and its object has no owner left.
void Heap::died(Object* object) {
  if (is_leaf(object)) return free_memory(object);
  if (wants_finalizer(object)) {
    object->count = 1;
    return queue_pending(Value::adopt(object), Value());
  }
  if (!dies_at_once(object)) begin_death(object);
}

// If there is no memory for the stack, the word is not released: it leaks.
bool Heap::push_dying(DyingKind kind, const void* at, std::size_t count) {
  if (dying_count_ == dying_capacity_) {
    const std::size_t capacity = dying_capacity_ ? dying_capacity_ * 2 : 64;
    void* grown = std::realloc(dying_, capacity * sizeof(DyingFrame));
    if (!grown) return false;
    dying_ = static_cast<DyingFrame*>(grown);
    dying_capacity_ = capacity;
  }
  dying_[dying_count_++] = {static_cast<Bits*>(const_cast<void*>(at)),
                            static_cast<std::uint64_t>(kind) | count << 3};
  return true;
}

// Sees the fields of a dying object in order. As long as none of them has anything left to do, words are
// released at once; from the first that does on, they are pushed, to be released when it is done.
struct DyingVisitor : Visitor {
  Heap& heap;
  std::size_t base;
  bool words_left = false;  // a frame points into the object

  explicit DyingVisitor(Heap& owner) : Visitor{word, words}, heap(owner), base(owner.dying_count_) {}
  void operator()(const Bits* at, std::size_t count) {
    words(*this, at, count, Run::Forward);
  }  // no indirect call
  bool anything_left() const { return heap.dying_count_ > base; }

  void release_word(Ref ref) {
    if (!ref.is_object()) return;
    Object* object = ref.object();
    if (anything_left() && object->count == 1 && is_leaf(object)) return heap.free_memory(object);
    if (anything_left()) {
      heap.push_dying(Heap::DyingKind::Release, object);
    } else if (--object->count == 0) {
      if (is_leaf(object))
        heap.free_memory(object);
      else
        heap.push_dying(Heap::DyingKind::Dead, object);
    }
  }
  static void word(Visitor& self, Ref ref) { static_cast<DyingVisitor&>(self).release_word(ref); }
  static void words(Visitor& self, const Bits* at, std::size_t count, Run run) {
    DyingVisitor& visitor = static_cast<DyingVisitor&>(self);
    if (run == Run::Pairs) return visitor.pairs_left(at, count);
    if (run == Run::Backward) return visitor.backward_left(at, count);
    while (count && !Ref(at[count - 1]).is_object()) --count;
    for (; count && !visitor.anything_left(); ++at, --count) visitor.release_word(Ref(*at));
    if (count == 1) return visitor.release_word(Ref(*at));
    if (count && visitor.heap.push_dying(Heap::DyingKind::Words, at, count)) visitor.words_left = true;
  }
  void backward_left(const Bits* at, std::size_t count) {
    while (count && !Ref(*at).is_object()) ++at, --count;
    while (count && !anything_left()) release_word(Ref(at[--count]));
    if (count == 1) return release_word(Ref(*at));
    if (count && heap.push_dying(Heap::DyingKind::Backward, at, count)) words_left = true;
  }
  void pairs_left(const Bits* at, std::size_t count) {
    for (; count && !anything_left(); at += pair_step, --count) {
      release_word(Ref(at[0]));
      release_word(Ref(at[1]));
    }
    if (count && heap.push_dying(Heap::DyingKind::Pairs, at, count)) words_left = true;
  }
};

// `object` has no owner and no finaliser to run.
void Heap::begin_death(Object* object) {
  if (object->flags & HasWeakReferences) weak_clear(*this, object, !finalizers_dropped_);
  for (const Layout* layout = object->type->native->layout; layout; layout = layout->base)
    if (layout->retire) layout->retire(*this, *object);
  DyingVisitor visitor(*this);
  visit_script_part(object, visitor);
  visit_native_part(object, visitor);
  if (dying_count_ > visitor.base + 1) std::reverse(dying_ + visitor.base, dying_ + dying_count_);
  if (!visitor.words_left) return finish_death(object);
  if (!push_dying(DyingKind::Finish, object)) return;
  // The object is finished after its fields: below them on the stack.
  std::rotate(dying_ + visitor.base, dying_ + dying_count_ - 1, dying_ + dying_count_);
}

// The fields are released; the rest goes.
void Heap::finish_death(Object* object) {
  Type* type = object->type;
  if (type->attributes_offset) {
    Attributes& attributes = *attributes_of(object);
    if (attributes.shape) attributes.free_overflow(*this);
  }
  for (const Layout* layout = type->native->layout; layout; layout = layout->base)
    if (layout->dispose) layout->dispose(*this, *object);
  const bool type_owned = object->flags & TypeOwned;
  free_memory(object);
  if (type_owned) release(Ref(reinterpret_cast<Object*>(type)));
}

// Goes on with the words of the frame on top, until one of them has more to do or none is left.
void Heap::walk_dying_words() {
  const std::size_t frame = dying_count_ - 1;
  const DyingKind kind = static_cast<DyingKind>(dying_[frame].rest & 7);
  Bits* at = dying_[frame].at;
  std::size_t left = dying_[frame].rest >> 3;
  while (left) {
    Ref word;
    if (kind == DyingKind::Pairs && !Ref(at[0]).is_unbound()) {
      word = Ref(std::exchange(at[0], Unbound.bits));  // the key; the pair is still there for its value
    } else {
      --left;
      if (kind == DyingKind::Backward) {
        word = Ref(at[left]);
      } else {
        word = Ref(kind == DyingKind::Pairs ? at[1] : at[0]);
        at += kind == DyingKind::Pairs ? Visitor::pair_step : 1;
      }
    }
    if (!word.is_object() || --word.object()->count != 0) continue;
    if (is_leaf(word.object())) {
      free_memory(word.object());
      continue;
    }
    dying_[frame].at = at;
    dying_[frame].rest = (dying_[frame].rest & 7) | left << 3;
    return died(word.object());
  }
  --dying_count_;
}

void Heap::run_dying() {
  while (dying_count_) {
    const DyingFrame& frame = dying_[dying_count_ - 1];
    Object* object = reinterpret_cast<Object*>(frame.at);
    switch (static_cast<DyingKind>(frame.rest & 7)) {
      case DyingKind::Words:
      case DyingKind::Backward:
      case DyingKind::Pairs: walk_dying_words(); break;
      case DyingKind::Release:
        --dying_count_;
        if (--object->count == 0) died(object);
        break;
      case DyingKind::Dead:
        --dying_count_;
        died(object);
        break;
      case DyingKind::Finish:
        --dying_count_;
        finish_death(object);
        break;
    }
  }
  if (dying_capacity_ > 65536) {
    std::free(std::exchange(dying_, nullptr));
    dying_capacity_ = 0;
  }
}

// ---- the pending list

// Where no memory is left for the node, the object or callback is given up.
void Heap::queue_pending(Value object, Value callback) {
  void* memory;
  {
    const UnlimitedMemory unlimited(*this);  // a finaliser must not be lost
    memory = allocate_raw(sizeof(PendingNode));
  }
  if (!memory) {
    if (object.is_object()) (void)object.take();
    return;
  }
  if (object.is_object() && callback.is_unbound()) object.object()->flags |= Pending;
  PendingNode* node = ::new (memory) PendingNode{nullptr, std::move(object), std::move(callback)};
  (pending_first_ ? pending_last_->next : pending_first_) = node;
  pending_last_ = node;
}

void Heap::queue_callback(Value weak_reference, Value callback) {
  queue_pending(std::move(weak_reference), std::move(callback));
}

Heap::PendingNode* Heap::take_pending(PendingNode* following) {
  if (!pending_first_) return following;
  pending_last_->next = following;
  pending_last_ = nullptr;
  return std::exchange(pending_first_, nullptr);
}

void Heap::free_pending(PendingNode* node) {
  node->~PendingNode();
  free_raw(node, sizeof(PendingNode));
}

}  // namespace cede
