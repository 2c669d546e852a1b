// The cycle collector. Candidates are the containers of the collected generation; a trial count in a side
// array says how many references each has from outside the candidates. What cannot be reached from one that
// has any is unreachable. Then, in CPython's order: weak references to the unreachable are cleared and
// callbacks of those that are reachable themselves run; finalisers run, once each; what they resurrected is
// kept; the rest is taken apart. Objects young at the collection are looked at in the order of their making.
#include <algorithm>
#include <cstdlib>

#include "runtime/core/heap.hpp"
#include "runtime/core/shape.hpp"
#include "runtime/core/vm.hpp"
#include "runtime/core/weak.hpp"

namespace cede {

namespace {
constexpr std::size_t smallest_full = 20000;  // promoted containers before a full collection
constexpr std::size_t smallest_growth = std::size_t{32} << 20;  // bytes likewise

// An array of objects outside the script's memory limit. After a failure to grow it stays as it is.
class ObjectList {
 public:
  ObjectList() = default;
  ObjectList(const ObjectList&) = delete;
  ObjectList& operator=(const ObjectList&) = delete;
  ~ObjectList() { std::free(items_); }
  [[nodiscard]] bool push(Object* object) {
    if (count_ == capacity_) {
      const std::size_t capacity = capacity_ ? capacity_ * 2 : 1024;
      void* grown = std::realloc(items_, capacity * sizeof(Object*));
      if (!grown) return false;
      items_ = static_cast<Object**>(grown);
      capacity_ = capacity;
    }
    items_[count_++] = object;
    return true;
  }
  Object* pop() { return items_[--count_]; }
  bool empty() const { return count_ == 0; }
  std::size_t size() const { return count_; }
  void set_size(std::size_t size) { count_ = size; }
  Object** begin() const { return items_; }
  Object** end() const { return items_ + count_; }

 private:
  Object** items_ = nullptr;
  std::size_t count_ = 0, capacity_ = 0;
};
}  // namespace

class Collector {
 public:
  Collector(Heap& heap, VM& vm) : heap_(heap), vm_(vm) {}
  std::size_t collect(int generation);

 private:
  struct Walker : Visitor {
    explicit Walker(Collector& c, void (*function)(Visitor&, Ref)) : Visitor{function}, collector(c) {}
    Collector& collector;
  };

  bool gather(bool full);
  bool add_candidate(Object* object);
  bool make_trial_counts(ObjectList& objects, std::uint32_t held);
  void free_trial_counts();
  bool mark_reachable(ObjectList& objects, ObjectList& unreachable);
  void become_old();
  void clear_weak_references(ObjectList& unreachable);
  void run_finalizers(ObjectList& unreachable);
  bool drop_resurrected(ObjectList& unreachable);
  void take_apart(ObjectList& unreachable);
  void unmark(ObjectList& objects);

  static std::uint32_t* trial_of(Object* object) {
    if (object->flags & LargeObject) return &LargeHeader::of(object)->trial;
    Page* page = Page::of(object);
    const std::size_t offset =
        reinterpret_cast<char*>(object) - reinterpret_cast<char*>(page) - page_header_size;
    return page->trial + offset / page->cell_size;
  }

  Heap& heap_;
  VM& vm_;
  ObjectList candidates_, stack_;
  bool failed_ = false;
};

bool Collector::add_candidate(Object* object) {
  if ((object->flags & (Container | Untracked | Frozen)) != Container) return true;
  return candidates_.push(object);
}

// The old containers by address, then the young ones in order of making, from the log, which is empty
// afterwards.
bool Collector::gather(bool full) {
  bool enough = true;
  heap_.compact_log();
  if (full)
    heap_.each_object([&](Object* object) {
      if (!(object->flags & Young)) enough = enough && add_candidate(object);
    });
  for (std::size_t i = 0; i < heap_.young_log_count_; ++i)
    enough = enough && add_candidate(heap_.young_log_[i]);
  return enough;
}

// All the young ones have now been looked at.
void Collector::become_old() {
  for (std::size_t i = 0; i < heap_.young_log_count_; ++i)
    heap_.young_log_[i]->flags &= ~std::uint32_t{Young};
  heap_.old_since_full_ += heap_.young_log_count_;
  heap_.young_log_count_ = heap_.young_count_ = 0;
}

// Marks `objects`, and leaves in the trial count of each its references from elsewhere, `held` of our own not
// counted.
bool Collector::make_trial_counts(ObjectList& objects, std::uint32_t held) {
  const FramesMarked marked(vm_);
  for (Object* object : objects) {
    if (!(object->flags & LargeObject)) {
      Page* page = Page::of(object);
      if (!page->trial) {
        page->trial =
            static_cast<std::uint32_t*>(std::malloc(Page::size / page->cell_size * sizeof(std::uint32_t)));
        if (!page->trial) return false;
      }
    }
    *trial_of(object) = object->count - held;
    object->flags |= CollectorMark;
  }
  Walker walker(*this, [](Visitor&, Ref word) {
    if (word.is_object() && word.object()->flags & CollectorMark) --*trial_of(word.object());
  });
  for (Object* object : objects) Heap::visit_object(object, walker);
  return true;
}

void Collector::free_trial_counts() {
  for (Page* first : heap_.pages_[0])
    for (Page* page = first; page; page = page->next)
      if (page->trial) std::free(std::exchange(page->trial, nullptr));
}

// Takes the mark from all that can be reached from an object with references from elsewhere; the others stay
// marked and are listed in `unreachable`, in order.
bool Collector::mark_reachable(ObjectList& objects, ObjectList& unreachable) {
  const FramesMarked marked(vm_);
  Walker walker(*this, [](Visitor& self, Ref word) {
    if (!word.is_object() || !(word.object()->flags & CollectorMark)) return;
    Collector& collector = static_cast<Walker&>(self).collector;
    word.object()->flags &= ~std::uint32_t{CollectorMark};
    if (!collector.stack_.push(word.object())) collector.failed_ = true;
  });
  for (Object* object : objects) {
    if (!(object->flags & CollectorMark) || *trial_of(object) == 0) continue;
    object->flags &= ~std::uint32_t{CollectorMark};
    Heap::visit_object(object, walker);
    while (!stack_.empty()) Heap::visit_object(stack_.pop(), walker);
  }
  for (Object* object : objects)
    if (object->flags & CollectorMark && !unreachable.push(object)) return false;
  return !failed_;
}

void Collector::unmark(ObjectList& objects) {
  for (Object* object : objects) object->flags &= ~std::uint32_t{CollectorMark};
}

// Callbacks run for reachable references only. Every reference to something unreachable is dead before any
// script runs.
void Collector::clear_weak_references(ObjectList& unreachable) {
  for (Object* object : unreachable)
    if (object->flags & HasWeakReferences) weak_clear_unreachable(heap_, object);
  unmark(unreachable);
  vm_.drain_pending();
}

void Collector::run_finalizers(ObjectList& unreachable) {
  for (Object* object : unreachable) {
    if (!heap_.wants_finalizer(object) || !object->type->slots->finalize) continue;
    object->flags |= Finalized;
    object->type->slots->finalize(vm_, Ref(object));
    vm_.drain_pending();
  }
}

// A finaliser may have made references from outside. Each object is held once by us.
bool Collector::drop_resurrected(ObjectList& unreachable) {
  ObjectList still;
  const bool done = make_trial_counts(unreachable, 1) && mark_reachable(unreachable, still);
  unmark(unreachable);
  free_trial_counts();
  if (!done) return false;
  for (Object* object : still) object->flags |= CollectorMark;
  std::size_t kept = 0;
  for (Object* object : unreachable) {
    if (object->flags & CollectorMark)
      unreachable.begin()[kept++] = object;
    else
      release(Ref(object));
  }
  unreachable.set_size(kept);
  unmark(unreachable);
  return true;
}

void Collector::take_apart(ObjectList& unreachable) {
  for (Object* object : unreachable) {
    heap_.clear_object(object);
    release(Ref(object));
    vm_.drain_pending();
  }
}

std::size_t Collector::collect(int generation) {
  const bool full = generation >= 2;
  ObjectList unreachable;
  bool done = gather(full) && make_trial_counts(candidates_, 0) && mark_reachable(candidates_, unreachable);
  free_trial_counts();
  if (!done) {  // no memory to work with: leave everything as it is
    unmark(candidates_);
    return 0;
  }
  const std::size_t seen = candidates_.size(), survivors = seen - unreachable.size();
  if (!full && heap_.threshold_ > 1 && heap_.threshold_ < SIZE_MAX / Heap::most_patient) {
    std::size_t& limit = heap_.young_limit_;
    if (survivors >= seen - seen / 16) limit = std::min(limit * 2, heap_.threshold_ * Heap::most_patient);
    else if (survivors < seen / 2) limit = std::max(limit / 2, heap_.threshold_);
  }
  become_old();
  heap_.retire_empty_pages();
  for (Object* object : unreachable) retain(Ref(object));
  clear_weak_references(unreachable);
  run_finalizers(unreachable);
  std::size_t found = 0;
  if (drop_resurrected(unreachable)) {
    found = unreachable.size();
    take_apart(unreachable);
  } else {
    for (Object* object : unreachable) release(Ref(object));
  }
  if (full) {
    heap_.survivors_ = survivors;
    heap_.old_since_full_ = 0;
    heap_.bytes_after_full_ = heap_.bytes_;
    heap_.bytes_trigger_ = heap_.bytes_ + std::max(heap_.bytes_ / 4, smallest_growth);
  } else if (heap_.bytes_ >= heap_.bytes_trigger_) {
    heap_.bytes_trigger_ = heap_.bytes_ + smallest_growth / 4;
  }
  ++heap_.statistics.collections[generation];
  heap_.statistics.collected[generation] += found;
  return found;
}

std::size_t Heap::collect(VM& vm, int generation) {
  if (collecting_ || (vm.stopped && !finalizers_dropped_)) return 0;
  collecting_ = true;
  // Finalisers and callbacks must not see, nor lose, the caller's exception.
  Value exception = std::move(vm.thread->exception);
  const bool tell = on_collection && !vm.stopped;
  if (tell) on_collection(vm, true, generation, 0);
  const std::size_t found = Collector(*this, vm).collect(generation);
  if (tell) on_collection(vm, false, generation, found);
  vm.thread->exception = std::move(exception);
  collecting_ = false;
  return found;
}

void Heap::freeze() {
  each_object([](Object* object) {
    if (object->flags & Container) object->flags |= Frozen;
  });
}

void Heap::unfreeze() {
  each_object([](Object* object) { object->flags &= ~std::uint32_t{Frozen}; });
}

std::size_t Heap::collect_due(VM& vm) {
  if (!collection_due() || collecting_) return 0;
  const bool full = bytes_ >= bytes_trigger_ || old_since_full_ > std::max(survivors_ / 4, smallest_full);
  return collect(vm, full ? 2 : 0);
}

}  // namespace cede
