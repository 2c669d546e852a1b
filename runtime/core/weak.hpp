// Weak references. An isolate's table maps an object with HasWeakReferences to the list of its references: objects of
// type weakref.ref or proxies, chained through themselves. When the target dies they are cleared, and callbacks queued.
#pragma once

#include "runtime/core/vm.hpp"

namespace cede {

extern const Layout weak_reference_layout;
struct WeakReference : Object {
  static const Layout* layout() { return &weak_reference_layout; }
  static constexpr const char* type_name = "weakref.ReferenceType";
  Object* target;               // borrowed; null once it is dead
  Value callback;               // Unbound: none
  std::int64_t hash;            // of the target; -1: not asked yet
  WeakReference *previous, *next;  // of the same target: those without callback and of exact type first, then the newest
  template<class F> static void fields(WeakReference& self, F&& field) { field(self.callback); }
  static void retire(Heap& heap, WeakReference& self);  // leaves the table
};

// Open-addressed, in counted memory.
class WeakTable {
 public:
  explicit WeakTable(Heap& heap) : heap_(heap) {}
  WeakTable(const WeakTable&) = delete;
  ~WeakTable();
  WeakReference* first(const Object* target) const;   // null: none
  // The place of the head of the list; made if absent. Null: out of memory.
  WeakReference** head(Object* target);
  void remove(const Object* target);

 private:
  struct Entry { Object* target; WeakReference* first; };
  std::size_t place_of(const Object* target) const;
  bool grow();

  Heap& heap_;
  Entry* entries_ = nullptr;
  std::size_t count_ = 0, capacity_ = 0;   // capacity is a power of two
};

// A reference of the exact type with no callback is shared. Raises TypeError "cannot create weak reference to 'x' object".
Owned weak_reference_new(VM& vm, Type& type, Ref target, Ref callback);
// The number of references to `target`, and the first of them; the others follow through `next`.
std::size_t weak_reference_count(VM& vm, Ref target);
WeakReference* weak_first(VM& vm, Ref target);
// The target, or None. In a collection, an unreachable target has been cleared already.
inline Ref weak_target(const WeakReference& reference) { return reference.target ? Ref(reference.target) : None; }
// Called as the target dies: clears all, queues callbacks. Runs no script code.
void weak_clear(Heap& heap, Object* target, bool queue_callbacks);
// The collector's: likewise, but callbacks of references that are unreachable themselves (CollectorMark) are dropped.
void weak_clear_unreachable(Heap& heap, Object* target);

}  // namespace cede
