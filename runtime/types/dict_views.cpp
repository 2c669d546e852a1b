// The views and iterators of dict. An iterator notices changes of its dict as CPython's does: by the dict's
// size, and by finding more entries than there were.
#include <algorithm>

#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/sequence.hpp"

namespace cede {

const Layout dict_view_layout = layout_for<DictView>();
const Layout dict_iterator_layout = layout_for<DictIterator>();

Owned dict_view_new(VM& vm, TypeId type, Dict& dict) {
  DictView* view = make_object<DictView>(vm, type);
  if (!view) return raised;
  view->dict = Value(Ref(dict));
  return Owned(Ref(view).bits);
}

Owned dict_iterator_new(VM& vm, TypeId type, Dict& dict) {
  DictIterator* iterator = make_object<DictIterator>(vm, type);
  if (!iterator) return raised;
  const bool reverse = type >= TypeId::DictReverseKeyIterator && type <= TypeId::DictReverseItemIterator;
  iterator->dict = Value(Ref(dict));
  iterator->used = iterator->remaining = dict.used;
  iterator->position = reverse ? std::int64_t{dict.entry_count} - 1 : 0;
  return Owned(Ref(iterator).bits);
}

namespace {
bool check_size(VM& vm, DictIterator& iterator, const Dict& dict) {
  if (iterator.used == dict.used) return true;
  iterator.used = -1;  // for good
  (void)vm.raise_text(TypeId::RuntimeError, "dictionary changed size during iteration");
  return false;
}

const DictEntry* advance_backward(VM& vm, DictIterator& iterator) {
  if (iterator.dict.is_unbound()) return nullptr;
  const Dict& dict = cast<Dict>(iterator.dict);
  if (!check_size(vm, iterator, dict)) return nullptr;
  std::int64_t at = std::min(iterator.position, std::int64_t{dict.entry_count} - 1);
  while (at >= 0 && Ref(dict.entries[at].key).is_unbound()) --at;
  if (at < 0) {
    iterator.dict.reset();
    return nullptr;
  }
  iterator.position = at - 1;
  --iterator.remaining;
  return &dict.entries[at];
}

Owned pair_of(VM& vm, Ref key, Ref value) {
  const Value held_key{key}, held_value{value};
  return tuple_of(vm, {key, value});
}

enum class Part { Key, Value, Item };

template<Part part> Owned give(VM& vm, const DictEntry* entry) {
  if (!entry) return vm.has_error() ? Owned(raised) : Owned(Finished.bits);
  if constexpr (part == Part::Key)
    return Owned::share(Ref(entry->key));
  else if constexpr (part == Part::Value)
    return Owned::share(Ref(entry->value));
  else
    return pair_of(vm, Ref(entry->key), Ref(entry->value));
}

template<Part part> Owned forward_next(VM& vm, Ref self) {
  return give<part>(vm, dict_iterator_advance(vm, cast<DictIterator>(self)));
}
template<Part part> Owned backward_next(VM& vm, Ref self) {
  return give<part>(vm, advance_backward(vm, cast<DictIterator>(self)));
}

Owned iterator_itself(VM&, Ref self) { return Owned::share(self); }

std::int64_t iterator_length_hint(VM&, DictIterator& self) {
  if (self.dict.is_unbound() || self.used != std::int64_t{cast<Dict>(self.dict).used}) return 0;
  return self.remaining;
}

// (iter, ([what is left],)); the iterator itself does not move.
Owned iterator_reduce(VM& vm, DictIterator& self) {
  DictIterator* copy = make_object<DictIterator>(vm, *self.type);
  if (!copy) return raised;
  const Value held = Value::adopt(copy);
  copy->dict = self.dict;
  copy->used = self.used;
  copy->position = self.position;
  copy->remaining = self.remaining;
  CEDE_TRY(const Value items, list_from(vm, held));
  CEDE_TRY(const Value iter, builtin_named(vm, "iter"));
  CEDE_TRY(const Value arguments, tuple_of(vm, {items}));
  return tuple_of(vm, {iter, arguments});
}

constexpr Method iterator_methods[] = {
    method<"__length_hint__(self, /)", iterator_length_hint>,
    method<"__reduce__(self, /)", iterator_reduce>,
};

template<Slots::Next Next>
constexpr Slots iterator_slots = inherit(object_slots, [](Slots& s) {
  s.iter = iterator_itself;
  s.next = Next;
});

// ---- views

Dict& dict_of(Ref view) { return cast<Dict>(cast<DictView>(view).dict); }
// The views of OrderedDict count as those of dict that they extend.
TypeId id_of(Ref value) {
  if (!value.is_object()) return TypeId::Dynamic;
  const Type& type = *value.object()->type;
  const NativeType* base = type.id == TypeId::Dynamic && type.native->layout == &dict_view_layout ? type.native->base : nullptr;
  return base ? base->id : type.id;
}
bool is_set_view(Ref value) { return id_of(value) == TypeId::DictKeys || id_of(value) == TypeId::DictItems; }
bool is_any_set(VM& vm, Ref value) {
  if (!value.is_object()) return false;
  const Type& type = *value.object()->type;
  return is_subtype(type, vm.type(TypeId::Set)) || is_subtype(type, vm.type(TypeId::FrozenSet));
}

Result<std::int64_t> view_length(VM&, Ref self) { return std::int64_t{dict_of(self).used}; }

template<TypeId iterator> Owned view_iter(VM& vm, Ref self) {
  return dict_iterator_new(vm, iterator, dict_of(self));
}
template<TypeId iterator> Owned view_reversed(VM& vm, DictView& self) {
  return dict_iterator_new(vm, iterator, cast<Dict>(self.dict));
}

Owned view_repr(VM& vm, Ref self) {
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  ReprGuard guard(vm, self);
  if (!guard.entered()) return str_from_ascii(vm, "...");
  CEDE_TRY(const Value items, list_from(vm, self));
  TextBuffer text(vm);
  CEDE_CHECK(text.append(short_name(*self.object()->type)));
  CEDE_CHECK(text.append("("));
  CEDE_CHECK(text.append_repr(items));
  CEDE_CHECK(text.append(")"));
  return text.finish();
}

Result<bool> keys_contains(VM& vm, Ref self, Ref key) { return dict_contains(vm, dict_of(self), key); }

Result<bool> items_contains(VM& vm, Ref self, Ref item) {
  const Tuple* pair = as<Tuple>(item);
  if (!pair || pair->size != 2) return false;
  const Value dict = cast<DictView>(self).dict;
  CEDE_TRY(const Value found, dict_get(vm, cast<Dict>(dict), (*pair)[0]));
  if (found.is_unbound()) return false;
  return is_equal(vm, found, (*pair)[1]);
}

Result<bool> view_contains(VM& vm, Ref view, Ref item) {
  return id_of(view) == TypeId::DictKeys ? keys_contains(vm, view, item) : items_contains(vm, view, item);
}

// Every item of `inner` is in `outer`.
Result<bool> all_in(VM& vm, Ref inner, Ref outer) {
  CEDE_TRY(const Value iterator, get_iterator(vm, inner));
  for (;;) {
    CEDE_TRY(const Value item, next(vm, iterator));
    if (item.is_finished()) return true;
    CEDE_TRY(const bool found, contains(vm, outer, item));
    if (!found) return false;
    CEDE_CHECK(vm.check_interrupts());
  }
}

Owned view_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  if (!is_set_view(other) && !is_any_set(vm, other)) return Owned::share(NotImplemented);
  const std::int64_t mine = dict_of(self).used;
  CEDE_TRY(const std::int64_t theirs, length(vm, other));
  Result<bool> result = false;
  switch (operation) {
    case CompareOperation::Equal:
    case CompareOperation::NotEqual:
      if (mine == theirs) result = all_in(vm, self, other);
      break;
    case CompareOperation::Less:
      if (mine < theirs) result = all_in(vm, self, other);
      break;
    case CompareOperation::LessEqual:
      if (mine <= theirs) result = all_in(vm, self, other);
      break;
    case CompareOperation::Greater:
      if (mine > theirs) result = all_in(vm, other, self);
      break;
    case CompareOperation::GreaterEqual:
      if (mine >= theirs) result = all_in(vm, other, self);
      break;
  }
  if (result.is_raised()) return raised;
  return Owned(Ref::boolean(*result != (operation == CompareOperation::NotEqual)).bits);
}

// set(left), then its method `name` with `right`. The keys of an exact dict are taken from the dict itself: the set is
// sized at once, which its order shows.
Owned set_operation(VM& vm, Ref left, Ref right, std::string_view name) {
  if (is_exact(left, TypeId::DictKeys) && is_exact(cast<DictView>(left).dict, TypeId::Dict)) left = cast<DictView>(left).dict;
  CEDE_TRY(Value result, call(vm, vm.type(TypeId::Set), left));
  CEDE_TRY(const Value none, call_method(vm, result, vm.intern(name), right));
  return result.take();
}

Owned view_subtract(VM& vm, Ref left, Ref right) {
  return set_operation(vm, left, right, "difference_update");
}
Owned view_or(VM& vm, Ref left, Ref right) { return set_operation(vm, left, right, "update"); }

// The symmetric difference of two items views, whose values need not be hashable where they are equal.
Owned items_xor(VM& vm, Dict& left, Dict& right) {
  Str& add = vm.intern("add");
  CEDE_TRY(const Value rest, dict_copy(vm, left));
  CEDE_TRY(Value result, call(vm, vm.type(TypeId::Set)));
  std::size_t position = 0;
  Ref key_word, value_word;
  while (dict_next(right, position, key_word, value_word)) {
    const Value key{key_word}, value{value_word};
    CEDE_TRY(const Value mine, dict_get(vm, cast<Dict>(rest), key));
    bool same = false;
    if (!mine.is_unbound()) {
      CEDE_TRY(same, is_equal(vm, mine, value));
    }
    if (same) {
      CEDE_TRY(const Value popped, dict_pop(vm, cast<Dict>(rest), key));
    } else {
      CEDE_TRY(const Value pair, tuple_of(vm, {key, value}));
      CEDE_TRY(const Value none, call_method(vm, result, add, pair));
    }
    CEDE_CHECK(vm.check_interrupts());
  }
  CEDE_TRY(const Value items, dict_view_new(vm, TypeId::DictItems, cast<Dict>(rest)));
  CEDE_TRY(const Value none, call_method(vm, result, *vm.names.update, items));
  return result.take();
}

Owned view_xor(VM& vm, Ref left, Ref right) {
  if (id_of(left) == TypeId::DictItems && id_of(right) == TypeId::DictItems) {
    const Value a = cast<DictView>(left).dict, b = cast<DictView>(right).dict;
    return items_xor(vm, cast<Dict>(a), cast<Dict>(b));
  }
  return set_operation(vm, left, right, "symmetric_difference_update");
}

Owned view_and(VM& vm, Ref left, Ref right) {
  if (!is_set_view(left)) std::swap(left, right);
  const std::int64_t mine = dict_of(left).used;
  if (id_of(right) == TypeId::Set || id_of(right) == TypeId::FrozenSet) {
    CEDE_TRY(const std::int64_t theirs, length(vm, right));
    if (mine <= theirs) return call_method(vm, right, vm.intern("intersection"), left);
  }
  if (is_set_view(right) && std::int64_t{dict_of(right).used} > mine) std::swap(left, right);
  CEDE_TRY(Value result, call(vm, vm.type(TypeId::Set)));
  Str& add = vm.intern("add");
  CEDE_CHECK(for_each(vm, right, [&](Ref item) -> Status {
    CEDE_TRY(const bool found, view_contains(vm, left, item));
    if (!found) return Ok;
    CEDE_TRY(const Value none, call_method(vm, result, add, item));
    return Ok;
  }));
  return result.take();
}

Result<bool> view_isdisjoint(VM& vm, DictView& self, Ref given) {
  Ref view(self), other = given;
  if (view == other) return cast<Dict>(self.dict).used == 0;
  if (is_set_view(other) || id_of(other) == TypeId::Set || id_of(other) == TypeId::FrozenSet) {
    CEDE_TRY(const std::int64_t theirs, length(vm, other));
    if (theirs > std::int64_t{cast<Dict>(self.dict).used}) std::swap(view, other);
  }
  CEDE_TRY(const Value iterator, get_iterator(vm, other));
  for (;;) {
    CEDE_TRY(const Value item, next(vm, iterator));
    if (item.is_finished()) return true;
    CEDE_TRY(const bool found, contains(vm, view, item));
    if (found) return false;
  }
}

Owned view_mapping(VM& vm, DictView& self) { return mapping_proxy_new(vm, self.dict); }

constexpr Property view_properties[] = {property<"mapping", view_mapping>};

template<TypeId iterator>
constexpr Slots set_view_slots = inherit(object_slots, [](Slots& s) {
  s.repr = view_repr;
  s.hash = hash_not_implemented;
  s.compare = view_compare;
  s.iter = view_iter<iterator>;
  s.length = view_length;
  s.contains = iterator == TypeId::DictKeyIterator ? keys_contains : items_contains;
  s.subtract = view_subtract;
  s.bit_and = view_and;
  s.bit_or = view_or;
  s.bit_xor = view_xor;
});
constexpr Slots values_slots = inherit(object_slots, [](Slots& s) {
  s.repr = view_repr;
  s.iter = view_iter<TypeId::DictValueIterator>;
  s.length = view_length;
});

constexpr Method keys_methods[] = {
    method<"isdisjoint(self, object, /)", view_isdisjoint>,
    method<"__reversed__(self, /)", view_reversed<TypeId::DictReverseKeyIterator>>,
};
constexpr Method items_methods[] = {
    method<"isdisjoint(self, object, /)", view_isdisjoint>,
    method<"__reversed__(self, /)", view_reversed<TypeId::DictReverseItemIterator>>,
};
constexpr Method values_methods[] = {
    method<"__reversed__(self, /)", view_reversed<TypeId::DictReverseValueIterator>>,
};

template<TypeId id, Part part> constexpr NativeType forward_iterator_type(const char* name) {
  return {.name = name,
          .id = id,
          .base = nullptr,
          .layout = &dict_iterator_layout,
          .slots = &iterator_slots<forward_next<part>>,
          .flags = 0,
          .methods = iterator_methods};
}
template<TypeId id, Part part> constexpr NativeType backward_iterator_type(const char* name) {
  return {.name = name,
          .id = id,
          .base = nullptr,
          .layout = &dict_iterator_layout,
          .slots = &iterator_slots<backward_next<part>>,
          .flags = 0,
          .methods = iterator_methods};
}
}  // namespace

const DictEntry* dict_iterator_advance(VM& vm, DictIterator& iterator) {
  if (iterator.dict.is_unbound()) return nullptr;
  const Dict& dict = cast<Dict>(iterator.dict);
  if (!check_size(vm, iterator, dict)) return nullptr;
  std::int64_t at = iterator.position;
  const std::int64_t count = dict.entry_count;
  while (at < count && Ref(dict.entries[at].key).is_unbound()) ++at;
  if (at >= count) {
    iterator.dict.reset();
    return nullptr;
  }
  if (iterator.remaining == 0) {
    (void)vm.raise_text(TypeId::RuntimeError, "dictionary keys changed during iteration");
    iterator.dict.reset();
    return nullptr;
  }
  iterator.position = at + 1;
  --iterator.remaining;
  return &dict.entries[at];
}

Owned dict_iterator_next(VM& vm, Ref self) { return self.object()->type->slots->next(vm, self); }

extern const NativeType dict_keys_type, dict_values_type, dict_items_type;
extern const NativeType dict_keyiterator_type, dict_valueiterator_type, dict_itemiterator_type;
extern const NativeType dict_reversekeyiterator_type, dict_reversevalueiterator_type,
    dict_reverseitemiterator_type;

const NativeType dict_keys_type{.name = "dict_keys",
                                .id = TypeId::DictKeys,
                                .base = nullptr,
                                .layout = &dict_view_layout,
                                .slots = &set_view_slots<TypeId::DictKeyIterator>,
                                .flags = 0,
                                .methods = keys_methods,
                                .properties = view_properties};
const NativeType dict_items_type{.name = "dict_items",
                                 .id = TypeId::DictItems,
                                 .base = nullptr,
                                 .layout = &dict_view_layout,
                                 .slots = &set_view_slots<TypeId::DictItemIterator>,
                                 .flags = 0,
                                 .methods = items_methods,
                                 .properties = view_properties};
const NativeType dict_values_type{.name = "dict_values",
                                  .id = TypeId::DictValues,
                                  .base = nullptr,
                                  .layout = &dict_view_layout,
                                  .slots = &values_slots,
                                  .flags = 0,
                                  .methods = values_methods,
                                  .properties = view_properties};

const NativeType dict_keyiterator_type =
    forward_iterator_type<TypeId::DictKeyIterator, Part::Key>("dict_keyiterator");
const NativeType dict_valueiterator_type =
    forward_iterator_type<TypeId::DictValueIterator, Part::Value>("dict_valueiterator");
const NativeType dict_itemiterator_type =
    forward_iterator_type<TypeId::DictItemIterator, Part::Item>("dict_itemiterator");
const NativeType dict_reversekeyiterator_type =
    backward_iterator_type<TypeId::DictReverseKeyIterator, Part::Key>("dict_reversekeyiterator");
const NativeType dict_reversevalueiterator_type =
    backward_iterator_type<TypeId::DictReverseValueIterator, Part::Value>("dict_reversevalueiterator");
const NativeType dict_reverseitemiterator_type =
    backward_iterator_type<TypeId::DictReverseItemIterator, Part::Item>("dict_reverseitemiterator");

}  // namespace cede
