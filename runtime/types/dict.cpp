// dict: making, updating, its methods and its type. The table is in dict_table.cpp, views and iterators in
// dict_views.cpp.
#include "runtime/types/dict.hpp"

#include <algorithm>

#include "runtime/core/protocols.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/set.hpp"

namespace cede {

const Layout dict_layout = layout_for<Dict>();

Value dict_new(VM& vm) { return dict_new(vm, vm.type(TypeId::Dict)); }

Value dict_new(VM& vm, Type& type) {
  Dict* dict = make_object<Dict>(vm, type);
  if (!dict) return raised;
  dict->string_keys = true;
  return Value::adopt(dict);
}

Value dict_copy(VM& vm, Dict& dict) {
  Value copy = dict_new(vm);
  if (copy.is_raised() || dict_copy_table(vm, cast<Dict>(copy), dict).is_raised()) return raised;
  return copy;
}

// ---- updating

namespace {
Status raise_mutated(VM& vm) { return vm.raise_text(TypeId::RuntimeError, "dict mutated during update"); }

// A mapping whose keys and values can be read from its table: a dict that does not iterate in its own way.
bool is_plain_mapping(VM& vm, const Dict& dict) {
  return dict.type->id == TypeId::Dict || dict.type->slots->iter == vm.type(TypeId::Dict).slots->iter;
}

Status merge_dict(VM& vm, Dict& dict, Dict& other, bool override_existing) {
  if (&dict == &other || other.used == 0) return Ok;
  if (dict.used == 0 && !dict.entries) return dict_copy_table(vm, dict, other);
  if (dict.used + std::size_t{other.used} > dict.entry_capacity && dict.entry_capacity < other.used)
    CEDE_CHECK(dict_reserve(vm, dict, dict.used + std::size_t{other.used}));
  const std::uint32_t count = other.entry_count;
  for (std::uint32_t i = 0; i < count; ++i) {
    const DictEntry& entry = other.entries[i];
    if (Ref(entry.key).is_unbound()) continue;
    const Value key{Ref(entry.key)}, value{Ref(entry.value)};
    const std::int64_t hash = entry.hash;
    bool present = false;
    if (!override_existing) {
      CEDE_TRY(present, dict_contains_hashed(vm, dict, key, hash));
    }
    if (!present) CEDE_CHECK(dict_set_hashed(vm, dict, key, hash, value));
    if (other.entry_count != count) return raise_mutated(vm);
    if ((i & 1023) == 0) CEDE_CHECK(vm.check_interrupts());
  }
  return Ok;
}

Status merge_mapping(VM& vm, Dict& dict, Ref mapping, bool override_existing) {
  CEDE_TRY(const Value keys, call_method(vm, mapping, *vm.names.keys));
  return for_each(vm, keys, [&](Ref key) -> Status {
    if (!override_existing) {
      CEDE_TRY(const bool present, dict_contains(vm, dict, key));
      if (present) return Ok;
    }
    CEDE_TRY(const Value value, get_item(vm, mapping, key));
    return dict_set(vm, dict, key, value);
  });
}

Status set_pair(VM& vm, Dict& dict, Ref item, std::int64_t number) {
  Value pair = tuple_from(vm, item);
  if (pair.is_raised()) {
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
    return vm.raise(TypeId::TypeError, "cannot convert dictionary update sequence element #{} to a sequence",
                    number);
  }
  const Tuple& words = cast<Tuple>(pair);
  if (words.size != 2)
    return vm.raise(TypeId::ValueError, "dictionary update sequence element #{} has length {}; 2 is required",
                    number, words.size);
  return dict_set(vm, dict, words[0], words[1]);
}

Status merge_pairs(VM& vm, Dict& dict, Ref pairs) {
  std::int64_t number = 0;
  return for_each(vm, pairs, [&](Ref item) { return set_pair(vm, dict, item, number++); });
}
}  // namespace

Status dict_merge(VM& vm, Dict& dict, Ref mapping, bool override_existing) {
  if (Dict* other = as<Dict>(mapping); other && is_plain_mapping(vm, *other))
    return merge_dict(vm, dict, *other, override_existing);
  return merge_mapping(vm, dict, mapping, override_existing);
}

Status dict_update(VM& vm, Dict& dict, Ref other) {
  if (is_exact(other, TypeId::Dict)) return dict_merge(vm, dict, other, true);
  CEDE_TRY(const Value keys, find_attribute(vm, other, *vm.names.keys));
  return keys.is_unbound() ? merge_pairs(vm, dict, other) : dict_merge(vm, dict, other, true);
}

Status dict_update_arguments(VM& vm, Dict& dict, const Arguments& arguments, std::string_view function) {
  if (arguments.positional > 1)
    return vm.raise(TypeId::TypeError, "{} expected at most 1 argument, got {}", function,
                    arguments.positional);
  const Value held{Ref(dict)};
  if (arguments.positional == 1) CEDE_CHECK(dict_update(vm, dict, arguments[0]));
  if (arguments.keywords)
    for (std::size_t i = 0; i < arguments.keywords->size; ++i)
      CEDE_CHECK(
          dict_set_str(vm, dict, cast<Str>((*arguments.keywords)[i]), arguments[arguments.positional + i]));
  return Ok;
}

Owned dict_subscript(VM& vm, Dict& dict, Ref key) {
  CEDE_TRY(Value value, dict_get(vm, dict, key));
  if (!value.is_unbound()) return value.take();
  if (dict.type->id != TypeId::Dict) {
    CEDE_TRY(Value missing,
             call_special(vm, Ref(dict), *vm.names.__missing__, Arguments{&key.bits, 1, nullptr}));
    if (!missing.is_unbound()) return missing.take();
  }
  return vm.raise_key_error(key);
}

// ---- slots

Owned dict_construct(VM& vm, Type& type, const Arguments&) { return dict_new(vm, type); }

Status dict_init(VM& vm, Ref self, const Arguments& arguments) {
  return dict_update_arguments(vm, cast<Dict>(self), arguments, "dict");
}

Owned dict_repr(VM& vm, Ref self) {
  Dict& dict = cast<Dict>(self);
  if (dict.used == 0) return str_from_ascii(vm, "{}");
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  ReprGuard guard(vm, self);
  if (!guard.entered()) return str_from_ascii(vm, "{...}");
  TextBuffer text(vm);
  CEDE_CHECK(text.append("{"));
  std::size_t position = 0;
  Ref key_word, value_word;
  for (bool first = true; dict_next(dict, position, key_word, value_word); first = false) {
    const Value key{key_word}, value{value_word};
    if (!first) CEDE_CHECK(text.append(", "));
    CEDE_CHECK(text.append_repr(key));
    CEDE_CHECK(text.append(": "));
    CEDE_CHECK(text.append_repr(value));
    CEDE_CHECK(vm.check_interrupts());
  }
  CEDE_CHECK(text.append("}"));
  return text.finish();
}

namespace {
Result<bool> dict_equal(VM& vm, Dict& a, Dict& b) {
  if (a.used != b.used) return false;
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" in comparison")) return raised;
  for (std::uint32_t i = 0; i < a.entry_count; ++i) {
    const DictEntry& entry = a.entries[i];
    if (Ref(entry.key).is_unbound()) continue;
    const Value key{Ref(entry.key)}, value{Ref(entry.value)};
    CEDE_TRY(const Value other, dict_get_hashed(vm, b, key, entry.hash));
    if (other.is_unbound()) return false;
    CEDE_TRY(const bool same, is_equal(vm, value, other));
    if (!same) return false;
    CEDE_CHECK(vm.check_interrupts());
  }
  return true;
}

}  // namespace

Owned dict_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  const bool equality = operation == CompareOperation::Equal || operation == CompareOperation::NotEqual;
  if (!equality || !is<Dict>(self) || !is<Dict>(other)) return Owned::share(NotImplemented);
  CEDE_TRY(const bool same, dict_equal(vm, cast<Dict>(self), cast<Dict>(other)));
  return Owned(Ref::boolean(same == (operation == CompareOperation::Equal)).bits);
}

Owned dict_iter(VM& vm, Ref self) { return dict_iterator_new(vm, TypeId::DictKeyIterator, cast<Dict>(self)); }
Result<std::int64_t> dict_length(VM&, Ref self) { return std::int64_t{cast<Dict>(self).used}; }
Owned dict_getitem(VM& vm, Ref self, Ref key) { return dict_subscript(vm, cast<Dict>(self), key); }
Result<bool> dict_contains_slot(VM& vm, Ref self, Ref key) {
  return dict_contains(vm, cast<Dict>(self), key);
}

Status dict_setitem(VM& vm, Ref self, Ref key, Ref value) {
  if (!value.is_unbound()) return dict_set(vm, cast<Dict>(self), key, value);
  CEDE_TRY(const bool removed, dict_remove(vm, cast<Dict>(self), key));
  return removed ? Ok : Status(vm.raise_key_error(key));
}

Owned dict_or(VM& vm, Ref left, Ref right) {
  if (!is<Dict>(left) || !is<Dict>(right)) return Owned::share(NotImplemented);
  Value merged = dict_copy(vm, cast<Dict>(left));
  if (merged.is_raised() || dict_update(vm, cast<Dict>(merged), right).is_raised()) return raised;
  return merged.take();
}

Owned dict_inplace_or(VM& vm, Ref self, Ref other) {
  CEDE_CHECK(dict_update(vm, cast<Dict>(self), other));
  return Owned::share(self);
}

namespace {

// ---- methods

// The keys of a dict or set with the hashes that they have there. Entries are read by position: comparisons may change
// what is read.
Status set_keys(VM& vm, Dict& to, Dict& from, Ref value) {
  CEDE_CHECK(dict_reserve(vm, to, dict_size(from)));
  for (std::size_t i = 0; i < from.entry_count; ++i) {
    const Value key{Ref(from.entries[i].key)};
    if (!key.is_unbound()) CEDE_CHECK(dict_set_hashed(vm, to, key, from.entries[i].hash, value));
  }
  return Ok;
}
Status set_keys(VM& vm, Dict& to, Set& from, Ref value) {
  CEDE_CHECK(dict_reserve(vm, to, from.used));
  std::size_t position = 0;
  std::int64_t hash;
  for (Ref key; set_next(from, position, key, hash);) {
    const Value held{key};
    CEDE_CHECK(dict_set_hashed(vm, to, held, hash, value));
  }
  return Ok;
}

Owned dict_fromkeys(VM& vm, Type& type, Ref iterable, Ref value) {
  CEDE_TRY(Value made, call(vm, type));
  const bool plain = is_exact(made, TypeId::Dict);
  if (plain && dict_size(cast<Dict>(made)) == 0) {
    Status status = Ok;
    const bool from_set = is_exact(iterable, TypeId::Set) || is_exact(iterable, TypeId::FrozenSet);
    if (is_exact(iterable, TypeId::Dict)) status = set_keys(vm, cast<Dict>(made), cast<Dict>(iterable), value);
    if (from_set) status = set_keys(vm, cast<Dict>(made), cast<Set>(iterable), value);
    if (status.is_raised()) return raised;
    if (from_set || is_exact(iterable, TypeId::Dict)) return made.take();
  }
  CEDE_CHECK(for_each(vm, iterable, [&](Ref key) -> Status {
    return plain ? dict_set(vm, cast<Dict>(made), key, value) : set_item(vm, made, key, value);
  }));
  return made.take();
}

Owned dict_get_method(VM& vm, Dict& self, Ref key, Ref otherwise) {
  CEDE_TRY(Value value, dict_get(vm, self, key));
  return value.is_unbound() ? Owned::share(otherwise) : value.take();
}

Owned dict_setdefault(VM& vm, Dict& self, Ref key, Ref value) {
  return dict_set_default(vm, self, key, value);
}

Owned dict_pop_method(VM& vm, Dict& self, Ref key, Ref otherwise) {
  CEDE_TRY(Value value, dict_pop(vm, self, key));
  if (!value.is_unbound()) return value.take();
  return otherwise.is_unbound() ? Owned(vm.raise_key_error(key)) : Owned::share(otherwise);
}

Owned dict_popitem(VM& vm, Dict& self) {
  CEDE_TRY(Value pair, tuple_uninitialised(vm, 2));
  Value key, value;
  if (!dict_pop_last(self, key, value)) {
    const Value message = str_from_ascii(vm, "popitem(): dictionary is empty");
    return message.is_raised() ? Owned(raised) : Owned(vm.raise_key_error(message));
  }
  Bits* const words = cast<Tuple>(pair).items;
  words[0] = key.take().bits;
  words[1] = value.take().bits;
  return pair.take();
}

Owned dict_keys(VM& vm, Dict& self) { return dict_view_new(vm, TypeId::DictKeys, self); }
Owned dict_items(VM& vm, Dict& self) { return dict_view_new(vm, TypeId::DictItems, self); }
Owned dict_values(VM& vm, Dict& self) { return dict_view_new(vm, TypeId::DictValues, self); }
Owned dict_reversed(VM& vm, Dict& self) {
  return dict_iterator_new(vm, TypeId::DictReverseKeyIterator, self);
}

Owned dict_update_method(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_CHECK(dict_update_arguments(vm, cast<Dict>(self), arguments, "update"));
  return Owned::share(None);
}

Status dict_clear_method(VM& vm, Dict& self) {
  dict_clear(vm, self);
  return Ok;
}
Result<bool> dict_contains_method(VM& vm, Dict& self, Ref key) { return dict_contains(vm, self, key); }

// What CPython's dict of so many slots takes.
std::int64_t dict_sizeof(VM&, Dict& self) {
  if (!self.entries) return 48;
  const std::int64_t slots = std::int64_t{1} << self.index_log2;
  const std::int64_t width = self.index_log2 < 8 ? 1 : self.index_log2 < 16 ? 2 : 4;
  return 48 + 32 + slots * width + std::int64_t{self.entry_capacity} * (self.string_keys ? 16 : 24);
}

constexpr Method dict_methods[] = {
    method<"__contains__(self, key, /)", dict_contains_method>,
    method<"__getitem__(self, key, /)", dict_subscript>,
    method<"__sizeof__(self, /)", dict_sizeof>,
    method<"get(self, key, default=None, /)", dict_get_method>,
    method<"setdefault(self, key, default=None, /)", dict_setdefault>,
    method<"pop(self, key, default=<unrepresentable>, /)", dict_pop_method>,
    method<"popitem(self, /)", dict_popitem>,
    method<"keys(self, /)", dict_keys>,
    method<"items(self, /)", dict_items>,
    method<"values(self, /)", dict_values>,
    raw_method<"update(self, *args, **kwargs)", dict_update_method>,
    method<"fromkeys(type, iterable, value=None, /)", dict_fromkeys>,
    method<"clear(self, /)", dict_clear_method>,
    method<"copy(self, /)", dict_copy>,
    method<"__reversed__(self, /)", dict_reversed>,
    method<"__class_getitem__(type, object, /)", class_getitem_alias>,
};

}  // namespace

extern const NativeType dict_type;
const NativeType dict_type{
    .name = "dict",
    .id = TypeId::Dict,
    .base = nullptr,
    .layout = &dict_layout,
    .slots = &dict_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::MappingPattern | TypeFlag::MatchSelf,
    .methods = dict_methods,
    .doc =
        "Built-in mapping from hashable keys to values, in order of insertion.\n\n"
        "dict(), dict(mapping), dict(iterable of pairs), each with further entries as keyword arguments.",
};

}  // namespace cede
