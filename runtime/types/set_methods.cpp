// The types `set` and `frozenset`: slots, methods, and their iterator.
#include "runtime/core/hash.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/iterators.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/set.hpp"

namespace cede {

constinit const Layout set_iterator_layout = layout_for<SetIterator>();

namespace {

// A set that is looked for in a set stands for the frozenset with its items. Gives the frozenset if hashing
// `key` failed for that reason alone; else the error stays.
Owned frozen_key(VM& vm, Ref key) {
  if (!is_set(vm, key) || !vm.error_is(TypeId::TypeError)) return raised;
  vm.clear_error();
  return set_from(vm, vm.type(TypeId::FrozenSet), key);
}

template<class F> Result<bool> with_frozen_key(VM& vm, Set& set, Ref key, F&& operation) {
  const Result<std::int64_t> hash = hash_value(vm, key);
  if (!hash.is_raised()) return operation(vm, set, key, *hash);
  CEDE_TRY(const Value frozen, frozen_key(vm, key));
  CEDE_TRY(const std::int64_t h, hash_value(vm, frozen));
  return operation(vm, set, Ref(frozen), h);
}

// ---- construction

Owned set_construct(VM& vm, Type& type, const Arguments&) { return set_new(vm, type); }

Status set_init(VM& vm, Ref self, const Arguments& arguments) {
  Set& set = cast<Set>(self);
  if (set.type->id == TypeId::Set || set.type->slots->construct == set_construct)
    CEDE_CHECK(check_no_keywords(vm, arguments, "set"));
  CEDE_CHECK(check_argument_count(vm, arguments, "set", 0, 1));
  set_clear(vm, set);
  return arguments.positional ? set_update(vm, set, arguments[0]) : Ok;
}

Owned frozenset_construct(VM& vm, Type& type, const Arguments& arguments) {
  const bool exact = type.id == TypeId::FrozenSet;
  if (exact || type.slots->init == object_init) CEDE_CHECK(check_no_keywords(vm, arguments, "frozenset"));
  CEDE_CHECK(check_argument_count(vm, arguments, "frozenset", 0, 1));
  if (exact && arguments.positional && is_exact(arguments[0], TypeId::FrozenSet))
    return Owned::share(arguments[0]);
  return set_from(vm, type, arguments.positional ? arguments[0] : Unbound);
}

// ---- slots

Owned keys_list(VM& vm, const Set& set) {
  CEDE_TRY(Value made, list_with_capacity(vm, set.used));
  std::size_t position = 0;
  Ref key;
  std::int64_t hash;
  while (set_next(set, position, key, hash)) CEDE_CHECK(list_append(vm, cast<List>(made), key));
  return made;
}

Owned set_repr(VM& vm, Ref self) {
  Set& set = cast<Set>(self);
  const bool plain = set.type->id == TypeId::Set;
  const std::string_view name = short_name(type_of(vm, self));
  TextBuffer text(vm);
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  ReprGuard guard(vm, self);
  if (!guard.entered() || set.used == 0) {
    CEDE_CHECK(text.append(name));
    CEDE_CHECK(text.append(guard.entered() ? "()" : "(...)"));
    return text.finish();
  }
  CEDE_TRY(const Value keys, keys_list(vm, set));
  const List& list = cast<List>(keys);
  if (!plain) {
    CEDE_CHECK(text.append(name));
    CEDE_CHECK(text.append("("));
  }
  CEDE_CHECK(text.append("{"));
  CEDE_CHECK(append_reprs(vm, text, [&] { return std::span<const Bits>(list.items.data(), list.size()); }));
  CEDE_CHECK(text.append(plain ? "}" : "})"));
  return text.finish();
}

Result<std::int64_t> frozenset_hash(VM&, Ref self) {
  Set& set = cast<Set>(self);
  if (set.hash == -1) {
    FrozenSetHash hash;
    std::size_t position = 0;
    Ref key;
    std::int64_t h;
    while (set_next(set, position, key, h)) hash.add(h);
    set.hash = hash.finish();
  }
  return set.hash;
}

Result<bool> sets_equal(VM& vm, Set& a, Set& b) {
  if (a.used != b.used || (a.hash != -1 && b.hash != -1 && a.hash != b.hash)) return false;
  return set_is_subset(vm, a, b);
}

Owned set_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  if (!is_any_set(self) || !is_any_set(other)) return Owned::share(NotImplemented);
  NativeDepthGuard guard(vm);
  if (guard.exceeded(" in comparison")) return raised;
  Set &a = cast<Set>(self), &b = cast<Set>(other);
  Result<bool> holds = false;
  switch (operation) {
    case CompareOperation::Equal: holds = sets_equal(vm, a, b); break;
    case CompareOperation::NotEqual: {
      CEDE_TRY(const bool equal, sets_equal(vm, a, b));
      holds = !equal;
      break;
    }
    case CompareOperation::LessEqual: holds = set_is_subset(vm, a, other); break;
    case CompareOperation::GreaterEqual: holds = set_is_superset(vm, a, other); break;
    case CompareOperation::Less:
      holds = a.used < b.used ? set_is_subset(vm, a, other) : Result<bool>(false);
      break;
    case CompareOperation::Greater:
      holds = a.used > b.used ? set_is_superset(vm, a, other) : Result<bool>(false);
      break;
  }
  if (holds.is_raised()) return raised;
  return Owned(Ref::boolean(*holds).bits);
}

Owned set_iter(VM& vm, Ref self) {
  SetIterator* iterator = make_object<SetIterator>(vm, TypeId::SetIterator);
  if (!iterator) return raised;
  iterator->set = Value(self);
  iterator->used = iterator->left = cast<Set>(self).used;
  return Value::adopt(iterator);
}

Result<std::int64_t> set_length(VM&, Ref self) { return static_cast<std::int64_t>(cast<Set>(self).used); }
Result<bool> set_contains_slot(VM& vm, Ref self, Ref item) {
  return with_frozen_key(vm, cast<Set>(self), item, set_contains_hashed);
}

template<Owned (*Operation)(VM&, Set&, Ref)> Owned operator_slot(VM& vm, Ref left, Ref right) {
  if (!is_any_set(left) || !is_any_set(right)) return Owned::share(NotImplemented);
  return Operation(vm, cast<Set>(left), right);
}
template<Status (*Operation)(VM&, Set&, Ref)> Owned inplace_slot(VM& vm, Ref self, Ref other) {
  if (!is_any_set(other)) return Owned::share(NotImplemented);
  CEDE_CHECK(Operation(vm, cast<Set>(self), other));
  return Owned::share(self);
}

Status intersect_update(VM& vm, Set& self, Ref other) {
  CEDE_TRY(const Value common, set_intersection(vm, self, other));
  set_swap(self, cast<Set>(common));
  return Ok;
}

// ---- methods

Status add_method(VM& vm, Set& self, Ref object) { return set_add(vm, self, object); }
Status clear_method(VM& vm, Set& self) {
  set_clear(vm, self);
  return Ok;
}
Value copy_method(VM& vm, Set& self) { return set_copy(vm, self); }
Value frozenset_copy(VM& vm, Set& self) {
  if (self.type->id == TypeId::FrozenSet) return Value(Ref(&self));
  return set_copy(vm, self);
}
Result<bool> contains_method(VM& vm, Set& self, Ref object) { return set_contains_slot(vm, &self, object); }

Status discard_method(VM& vm, Set& self, Ref object) {
  CEDE_TRY(const bool removed, with_frozen_key(vm, self, object, set_remove_hashed));
  (void)removed;
  return Ok;
}
Status remove_method(VM& vm, Set& self, Ref object) {
  CEDE_TRY(const bool removed, with_frozen_key(vm, self, object, set_remove_hashed));
  return removed ? Ok : Status(vm.raise_key_error(object));
}

Owned pop_method(VM& vm, Set& self) {
  if (self.used == 0) {
    CEDE_TRY(const Value message, str_from_ascii(vm, "pop from an empty set"));
    return vm.raise_with(TypeId::KeyError, message);
  }
  std::size_t at = self.finger & self.mask;
  while (!is_live(self.table[at])) at = (at + 1) & self.mask;
  const Owned key(self.table[at].key);
  self.table[at] = {set_removed, -1};
  --self.used;
  self.finger = at + 1;
  return key;
}

Owned difference_method(VM& vm, Set& self, Rest others) {
  if (others.size() == 0) return set_copy(vm, self);
  CEDE_TRY(Value result, set_difference(vm, self, others[0]));
  for (std::size_t i = 1; i < others.size(); ++i)
    CEDE_CHECK(set_difference_update(vm, cast<Set>(result), others[i]));
  return result;
}
Status difference_update_method(VM& vm, Set& self, Rest others) {
  for (std::size_t i = 0; i < others.size(); ++i) CEDE_CHECK(set_difference_update(vm, self, others[i]));
  return Ok;
}
Owned intersection_method(VM& vm, Set& self, Rest others) {
  if (others.size() == 0) return set_copy(vm, self);
  Value result{Ref(&self)};
  for (std::size_t i = 0; i < others.size(); ++i) {
    const Value before = result;
    CEDE_TRY(result, set_intersection(vm, cast<Set>(before), others[i]));
  }
  return result;
}
Status intersection_update_method(VM& vm, Set& self, Rest others) {
  CEDE_TRY(const Value common, intersection_method(vm, self, others));
  set_swap(self, cast<Set>(common));
  return Ok;
}
Owned union_method(VM& vm, Set& self, Rest others) {
  CEDE_TRY(Value result, set_copy(vm, self));
  for (std::size_t i = 0; i < others.size(); ++i)
    if (others[i] != Ref(self)) CEDE_CHECK(set_update(vm, cast<Set>(result), others[i]));
  return result;
}
Status update_method(VM& vm, Set& self, Rest others) {
  for (std::size_t i = 0; i < others.size(); ++i) CEDE_CHECK(set_update(vm, self, others[i]));
  return Ok;
}

Owned set_reduce(VM& vm, Set& self) {
  CEDE_TRY(const Value keys, keys_list(vm, self));
  CEDE_TRY(const Value arguments, tuple_of(vm, {keys}));
  CEDE_TRY(const Value state, call_method(vm, &self, *vm.names.__getstate__));
  return tuple_of(vm, {self.type, arguments, state});
}
std::int64_t set_sizeof(VM&, Set& self) {
  return static_cast<std::int64_t>(200 + (self.is_small() ? 0 : (self.mask + 1) * sizeof(SetEntry)));
}

// ---- set_iterator

Owned set_iterator_next(VM& vm, Ref self) {
  SetIterator& iterator = cast<SetIterator>(self);
  if (iterator.set.is_unbound()) return Owned(Finished.bits);
  const Set& set = cast<Set>(iterator.set);
  if (iterator.used != set.used) {
    iterator.used = SIZE_MAX;
    return vm.raise_text(TypeId::RuntimeError, "Set changed size during iteration");
  }
  Ref key;
  std::int64_t hash;
  if (set_next(set, iterator.position, key, hash)) {
    --iterator.left;
    return Owned::share(key);
  }
  iterator.set.reset();
  return Owned(Finished.bits);
}
std::int64_t set_iterator_length_hint(VM&, SetIterator& self) {
  if (self.set.is_unbound() || self.used != cast<Set>(self.set).used) return 0;
  return static_cast<std::int64_t>(self.left);
}
Owned set_iterator_reduce(VM& vm, SetIterator& self) {
  // The items that are left, without moving this iterator.
  CEDE_TRY(const Value left, list_new(vm));
  if (!self.set.is_unbound()) {
    const Set& set = cast<Set>(self.set);
    if (self.used != set.used) {
      self.used = SIZE_MAX;
      return vm.raise_text(TypeId::RuntimeError, "Set changed size during iteration");
    }
    std::size_t position = self.position;
    Ref key;
    std::int64_t hash;
    while (set_next(set, position, key, hash)) CEDE_CHECK(list_append(vm, cast<List>(left), key));
  }
  CEDE_TRY(const Value iter, builtin_named(vm, "iter"));
  CEDE_TRY(const Value arguments, tuple_of(vm, {left}));
  return tuple_of(vm, {iter, arguments});
}

// ---- tables

constexpr Slots common_slots = inherit(object_slots, [](Slots& s) {
  s.repr = set_repr;
  s.compare = set_compare;
  s.iter = set_iter;
  s.length = set_length;
  s.contains = set_contains_slot;
  s.subtract = operator_slot<set_difference>;
  s.bit_and = operator_slot<set_intersection>;
  s.bit_xor = operator_slot<set_symmetric_difference>;
  s.bit_or = operator_slot<set_union>;
});
constexpr Slots set_slots = inherit(common_slots, [](Slots& s) {
  s.hash = hash_not_implemented;
  s.init = set_init;
  s.construct = set_construct;
  s.inplace_subtract = inplace_slot<set_difference_update>;
  s.inplace_and = inplace_slot<intersect_update>;
  s.inplace_xor = inplace_slot<set_symmetric_difference_update>;
  s.inplace_or = inplace_slot<set_update>;
});
constexpr Slots frozenset_slots = inherit(common_slots, [](Slots& s) {
  s.hash = frozenset_hash;
  s.construct = frozenset_construct;
});
constexpr Slots iterator_slots = inherit(object_slots, [](Slots& s) {
  s.iter = iterator_self;
  s.next = set_iterator_next;
});

constexpr Method set_methods[] = {
    method<"__contains__(self, object, /)", contains_method>,
    method<"add(self, object, /)", add_method>,
    method<"clear(self, /)", clear_method>,
    method<"copy(self, /)", copy_method>,
    method<"discard(self, object, /)", discard_method>,
    method<"difference(self, /, *others)", difference_method>,
    method<"difference_update(self, /, *others)", difference_update_method>,
    method<"intersection(self, /, *others)", intersection_method>,
    method<"intersection_update(self, /, *others)", intersection_update_method>,
    method<"isdisjoint(self, other, /)", set_is_disjoint>,
    method<"issubset(self, other, /)", set_is_subset>,
    method<"issuperset(self, other, /)", set_is_superset>,
    method<"pop(self, /)", pop_method>,
    method<"__reduce__(self, /)", set_reduce>,
    method<"remove(self, object, /)", remove_method>,
    method<"__sizeof__(self, /)", set_sizeof>,
    method<"symmetric_difference(self, other, /)", set_symmetric_difference>,
    method<"symmetric_difference_update(self, other, /)", set_symmetric_difference_update>,
    method<"union(self, /, *others)", union_method>,
    method<"update(self, /, *others)", update_method>,
    method<"__class_getitem__(type, object, /)", class_getitem_alias>,
};
constexpr Method frozenset_methods[] = {
    method<"__contains__(self, object, /)", contains_method>,
    method<"copy(self, /)", frozenset_copy>,
    method<"difference(self, /, *others)", difference_method>,
    method<"intersection(self, /, *others)", intersection_method>,
    method<"isdisjoint(self, other, /)", set_is_disjoint>,
    method<"issubset(self, other, /)", set_is_subset>,
    method<"issuperset(self, other, /)", set_is_superset>,
    method<"__reduce__(self, /)", set_reduce>,
    method<"__sizeof__(self, /)", set_sizeof>,
    method<"symmetric_difference(self, other, /)", set_symmetric_difference>,
    method<"union(self, /, *others)", union_method>,
    method<"__class_getitem__(type, object, /)", class_getitem_alias>,
};
constexpr Method iterator_methods[] = {
    method<"__length_hint__(self, /)", set_iterator_length_hint>,
    method<"__reduce__(self, /)", set_iterator_reduce>,
};
constexpr std::uint32_t set_flags =
    TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::MatchSelf | TypeFlag::HasWeakReferences;

}  // namespace

extern const NativeType set_type, frozenset_type, set_iterator_type;
const NativeType set_type{
    .name = "set",
    .id = TypeId::Set,
    .base = nullptr,
    .layout = &set_layout,
    .slots = &set_slots,
    .flags = set_flags,
    .methods = set_methods,
    .doc = "Build an unordered collection of unique elements.",
    .signature = "(iterable=(), /)",
};
const NativeType frozenset_type{
    .name = "frozenset",
    .id = TypeId::FrozenSet,
    .base = nullptr,
    .layout = &set_layout,
    .slots = &frozenset_slots,
    .flags = set_flags,
    .methods = frozenset_methods,
    .doc = "Build an immutable unordered collection of unique elements.",
    .signature = "(iterable=(), /)",
};
const NativeType set_iterator_type{
    .name = "set_iterator",
    .id = TypeId::SetIterator,
    .base = nullptr,
    .layout = &set_iterator_layout,
    .slots = &iterator_slots,
    .flags = 0,
    .methods = iterator_methods,
};

}  // namespace cede
