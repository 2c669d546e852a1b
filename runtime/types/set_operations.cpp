// Operations on two sets. Which operand is walked and what is copied decides the order of the result, and the
// rules are CPython's. Operands that are not sets are walked as iterables, or by their keys if they are
// dicts.
#include "runtime/core/protocols.hpp"
#include "runtime/types/set.hpp"

namespace cede {
namespace {

// Calls f(key, hash) -> Status for each key of a set, which may change meanwhile.
template<class F> Status each_key(VM& vm, Set& set, F&& f) {
  std::size_t position = 0;
  Ref key;
  std::int64_t hash;
  while (set_next(set, position, key, hash)) {
    const Value held{key};
    CEDE_CHECK(f(held.ref(), hash));
    CEDE_CHECK(vm.check_interrupts());
  }
  return Ok;
}
template<class F> Status each_key(VM& vm, Dict& dict, F&& f) {
  for (std::size_t i = 0; i < dict.entry_count; ++i) {
    const Value held{Ref(dict.entries[i].key)};
    const std::int64_t hash = dict.entries[i].hash;
    if (held.is_unbound()) continue;
    CEDE_CHECK(f(held.ref(), hash));
    CEDE_CHECK(vm.check_interrupts());
  }
  return Ok;
}
// The same for any iterable.
template<class F> Status each_item(VM& vm, Ref iterable, F&& f) {
  return for_each(vm, iterable, [&](Ref item) -> Status {
    CEDE_TRY(const std::int64_t hash, hash_value(vm, item));
    return f(item, hash);
  });
}

// When removals have left more than a quarter of the table unusable.
Status drop_removed(VM& vm, Set& set) {
  if (set.fill - set.used <= set.mask / 4) return Ok;
  return set_resize(vm, set, set.used > 50000 ? set.used * 2 : set.used * 4);
}

Owned copy_and_subtract(VM& vm, Set& a, Ref other) {
  CEDE_TRY(Value made, set_copy(vm, a));
  CEDE_CHECK(set_difference_update(vm, cast<Set>(made), other));
  return made;
}

}  // namespace

void set_swap(Set& a, Set& b) {
  const bool a_small = a.is_small(), b_small = b.is_small();
  std::swap(a.table, b.table);
  std::swap(a.mask, b.mask);
  std::swap(a.fill, b.fill);
  std::swap(a.used, b.used);
  if (a_small || b_small) std::swap(a.few, b.few);
  if (b_small) a.table = a.few;
  if (a_small) b.table = b.few;
}

Owned set_union(VM& vm, Set& a, Ref other) {
  CEDE_TRY(Value made, set_copy(vm, a));
  if (other.object() != &a) CEDE_CHECK(set_update(vm, cast<Set>(made), other));
  return made;
}

Owned set_intersection(VM& vm, Set& a, Ref other) {
  if (other == Ref(a)) return set_copy(vm, a);
  CEDE_TRY(Value made, set_new_like(vm, a));
  Set& result = cast<Set>(made);
  auto keep_if_in = [&](Set& in) {
    return [&](Ref key, std::int64_t hash) -> Status {
      CEDE_TRY(const bool found, set_contains_hashed(vm, in, key, hash));
      return found ? set_add_hashed(vm, result, key, hash) : Ok;
    };
  };
  if (Set* b = as<Set>(other)) {
    const bool other_is_larger = b->used > a.used;
    Set& walked = other_is_larger ? a : *b;
    Set& asked = other_is_larger ? *b : a;
    CEDE_CHECK(each_key(vm, walked, keep_if_in(asked)));
    return made;
  }
  CEDE_CHECK(each_item(vm, other, keep_if_in(a)));
  return made;
}

Status set_difference_update(VM& vm, Set& a, Ref other) {
  if (other == Ref(a)) {
    set_clear(vm, a);
    return Ok;
  }
  auto remove = [&](Ref key, std::int64_t hash) -> Status {
    CEDE_TRY(const bool removed, set_remove_hashed(vm, a, key, hash));
    (void)removed;
    return Ok;
  };
  if (Set* b = as<Set>(other)) {
    Value smaller{other};
    if ((b->used >> 3) > a.used) {
      CEDE_TRY(smaller, set_intersection(vm, a, other));
    }
    CEDE_CHECK(each_key(vm, cast<Set>(smaller), remove));
  } else
    CEDE_CHECK(each_item(vm, other, remove));
  return drop_removed(vm, a);
}

Owned set_difference(VM& vm, Set& a, Ref other) {
  Set* b = as<Set>(other);
  Dict* dict = is_exact(other, TypeId::Dict) ? &cast<Dict>(other) : nullptr;
  if (!b && !dict) return copy_and_subtract(vm, a, other);
  if ((a.used >> 2) > (b ? b->used : dict_size(*dict))) return copy_and_subtract(vm, a, other);
  CEDE_TRY(Value made, set_new_like(vm, a));
  CEDE_CHECK(each_key(vm, a, [&](Ref key, std::int64_t hash) -> Status {
    bool found = false;
    if (b) {
      CEDE_TRY(found, set_contains_hashed(vm, *b, key, hash));
    } else {
      CEDE_TRY(const Value value, dict_get_hashed(vm, *dict, key, hash));
      found = !value.is_unbound();
    }
    return found ? Ok : set_add_hashed(vm, cast<Set>(made), key, hash);
  }));
  return made;
}

Status set_symmetric_difference_update(VM& vm, Set& a, Ref other) {
  if (other == Ref(a)) {
    set_clear(vm, a);
    return Ok;
  }
  auto toggle = [&](Ref key, std::int64_t hash) -> Status {
    CEDE_TRY(const bool removed, set_remove_hashed(vm, a, key, hash));
    return removed ? Ok : set_add_hashed(vm, a, key, hash);
  };
  if (is_exact(other, TypeId::Dict)) return each_key(vm, cast<Dict>(other), toggle);
  Value walked{other};
  if (!is_any_set(other)) {
    CEDE_TRY(walked, set_new_like(vm, a));
    CEDE_CHECK(set_update(vm, cast<Set>(walked), other));
  }
  return each_key(vm, cast<Set>(walked), toggle);
}

Owned set_symmetric_difference(VM& vm, Set& a, Ref other) {
  CEDE_TRY(Value made, set_new_like(vm, a));
  CEDE_CHECK(set_update(vm, cast<Set>(made), other));
  CEDE_CHECK(set_symmetric_difference_update(vm, cast<Set>(made), a));
  return made;
}

Result<bool> set_is_subset(VM& vm, Set& a, Ref other) {
  if (!is_any_set(other)) {
    CEDE_TRY(const Value common, set_intersection(vm, a, other));
    return cast<Set>(common).used == a.used;
  }
  Set& b = cast<Set>(other);
  if (a.used > b.used) return false;
  std::size_t position = 0;
  Ref key;
  std::int64_t hash;
  while (set_next(a, position, key, hash)) {
    const Value held{key};
    CEDE_TRY(const bool found, set_contains_hashed(vm, b, held, hash));
    if (!found) return false;
    CEDE_CHECK(vm.check_interrupts());
  }
  return true;
}

Result<bool> set_is_superset(VM& vm, Set& a, Ref other) {
  if (Set* b = as<Set>(other)) return set_is_subset(vm, *b, a);
  CEDE_TRY(const Value iterator, get_iterator(vm, other));
  for (;;) {
    CEDE_TRY(const Value item, next(vm, iterator));
    if (item.is_finished()) return true;
    CEDE_TRY(const bool found, set_contains(vm, a, item));
    if (!found) return false;
    CEDE_CHECK(vm.check_interrupts());
  }
}

Result<bool> set_is_disjoint(VM& vm, Set& a, Ref other) {
  if (other == Ref(a)) return a.used == 0;
  if (Set* b = as<Set>(other)) {
    const bool other_is_larger = b->used > a.used;
    Set& walked = other_is_larger ? a : *b;
    Set& asked = other_is_larger ? *b : a;
    std::size_t position = 0;
    Ref key;
    std::int64_t hash;
    while (set_next(walked, position, key, hash)) {
      const Value held{key};
      CEDE_TRY(const bool found, set_contains_hashed(vm, asked, held, hash));
      if (found) return false;
      CEDE_CHECK(vm.check_interrupts());
    }
    return true;
  }
  CEDE_TRY(const Value iterator, get_iterator(vm, other));
  for (;;) {
    CEDE_TRY(const Value item, next(vm, iterator));
    if (item.is_finished()) return true;
    CEDE_TRY(const bool found, set_contains(vm, a, item));
    if (found) return false;
    CEDE_CHECK(vm.check_interrupts());
  }
}

}  // namespace cede
