// Weak references: the isolate's table, making and clearing. The types' methods are in
// types/weak_reference.cpp.
#include "runtime/core/weak.hpp"

#include "runtime/core/protocols.hpp"

namespace cede {

namespace {
std::size_t mix(const Object* target) {
  return static_cast<std::size_t>((reinterpret_cast<std::uintptr_t>(target) >> 4) * 0x9E3779B97F4A7C15u >>
                                  20);
}

void unlink(WeakTable& table, WeakReference& reference) {
  if (reference.next) reference.next->previous = reference.previous;
  if (reference.previous) {
    reference.previous->next = reference.next;
  } else if (reference.next) {
    *table.head(reference.target) = reference.next;
  } else {
    table.remove(reference.target);
    reference.target->flags &= ~std::uint32_t{HasWeakReferences};
  }
  reference.previous = reference.next = nullptr;
}

// `wanted`: whose callbacks are queued.
template<class Wanted> void clear_references(Heap& heap, Object* target, Wanted wanted) {
  WeakTable& table = *heap.vm().weak;
  WeakReference* reference = table.first(target);
  table.remove(target);
  target->flags &= ~std::uint32_t{HasWeakReferences};
  // No reference can die here: callbacks are moved away from them, and released, only after all are cleared.
  for (WeakReference* at = reference; at; at = at->next) at->target = nullptr;
  while (reference) {
    WeakReference* next = std::exchange(reference->next, nullptr);
    reference->previous = nullptr;
    if (!reference->callback.is_unbound() && reference->count != 0) {
      if (wanted(*reference)) heap.queue_callback(Value(Ref(reference)), std::move(reference->callback));
      // The callback of an unreachable reference goes with it.
    }
    reference = next;
  }
}
}  // namespace

WeakTable::~WeakTable() {
  if (entries_) heap_.free_raw(entries_, capacity_ * sizeof(Entry));
}

// Where the entry of `target` is, or where it would be put.
std::size_t WeakTable::place_of(const Object* target) const {
  std::size_t at = mix(target) & (capacity_ - 1);
  while (entries_[at].target && entries_[at].target != target) at = (at + 1) & (capacity_ - 1);
  return at;
}

WeakReference* WeakTable::first(const Object* target) const {
  if (!capacity_) return nullptr;
  const Entry& entry = entries_[place_of(target)];
  return entry.target ? entry.first : nullptr;
}

bool WeakTable::grow() {
  const std::size_t capacity = capacity_ ? capacity_ * 2 : 16, old_capacity = capacity_;
  Entry* old = entries_;
  void* memory = heap_.allocate_raw(capacity * sizeof(Entry));
  if (!memory) return false;
  std::memset(memory, 0, capacity * sizeof(Entry));
  entries_ = static_cast<Entry*>(memory);
  capacity_ = capacity;
  for (std::size_t i = 0; i < old_capacity; ++i)
    if (old[i].target) entries_[place_of(old[i].target)] = old[i];
  if (old) heap_.free_raw(old, old_capacity * sizeof(Entry));
  return true;
}

WeakReference** WeakTable::head(Object* target) {
  if (capacity_) {
    Entry& entry = entries_[place_of(target)];
    if (entry.target) return &entry.first;
  }
  if (count_ + 1 > capacity_ / 4 * 3 && !grow()) return nullptr;
  Entry& entry = entries_[place_of(target)];
  entry = {target, nullptr};
  ++count_;
  return &entry.first;
}

// Entries that were displaced by the removed one move up.
void WeakTable::remove(const Object* target) {
  if (!capacity_) return;
  std::size_t hole = place_of(target);
  if (!entries_[hole].target) return;
  const std::size_t mask = capacity_ - 1;
  for (std::size_t at = (hole + 1) & mask; entries_[at].target; at = (at + 1) & mask) {
    const std::size_t home = mix(entries_[at].target) & mask;
    if (((at - home) & mask) < ((at - hole) & mask)) continue;
    entries_[hole] = entries_[at];
    hole = at;
  }
  entries_[hole] = {};
  --count_;
}

const Layout weak_reference_layout = layout_for<WeakReference>();

void WeakReference::retire(Heap& heap, WeakReference& self) {
  if (self.target) unlink(*heap.vm().weak, self);
  self.target = nullptr;
}

Owned weak_reference_new(VM& vm, Type& type, Ref target, Ref callback) {
  if (!target.is_object() || !target.object()->type->has(TypeFlag::HasWeakReferences))
    return vm.raise(TypeId::TypeError, "cannot create weak reference to '{}' object", type_name(target, vm));
  Object* object = target.object();
  if (callback.is_none()) callback = Unbound;
  const bool basic = callback.is_unbound() && type.id != TypeId::Dynamic;
  if (!vm.weak) vm.weak = std::make_unique<WeakTable>(vm.heap);
  if (basic && object->flags & HasWeakReferences)
    for (WeakReference* at = vm.weak->first(object); at && at->callback.is_unbound(); at = at->next)
      if (at->type == &type) return Owned::share(Ref(at));
  WeakReference* reference = make_object<WeakReference>(vm, type);
  if (!reference) return raised;
  Value made = Value::adopt(reference);
  reference->hash = -1;
  WeakReference** head = vm.weak->head(object);
  if (!head) return vm.raise_memory_error();
  // References and proxies that are shared stand first; the others follow, the newest before the older.
  WeakReference* before = nullptr;
  for (WeakReference* at = *head; at && at->callback.is_unbound() && at->type->id != TypeId::Dynamic;
       at = at->next) {
    if (basic && type.id == TypeId::WeakReference)
      break;  // the shared reference stands before the shared proxy
    before = at;
  }
  reference->target = object;
  reference->callback = Value(callback);
  reference->previous = before;
  reference->next = before ? before->next : *head;
  (before ? before->next : *head) = reference;
  if (reference->next) reference->next->previous = reference;
  object->flags |= HasWeakReferences;
  return made.take();
}

WeakReference* weak_first(VM& vm, Ref target) {
  return vm.weak && target.is_object() && target.object()->flags & HasWeakReferences
             ? vm.weak->first(target.object())
             : nullptr;
}

std::size_t weak_reference_count(VM& vm, Ref target) {
  std::size_t count = 0;
  for (WeakReference* at = weak_first(vm, target); at; at = at->next) ++count;
  return count;
}

void weak_clear(Heap& heap, Object* target, bool queue_callbacks) {
  clear_references(heap, target, [&](const WeakReference&) { return queue_callbacks; });
}

void weak_clear_unreachable(Heap& heap, Object* target) {
  clear_references(heap, target,
                   [](const WeakReference& reference) { return !(reference.flags & CollectorMark); });
}

}  // namespace cede
