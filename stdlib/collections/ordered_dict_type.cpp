// collections.OrderedDict: slots, methods and the type. Where CPython goes through the object's own
// __setitem__ or
// __getitem__ (a subclass may have its own), so does this.
#include "runtime/core/attribute_rules.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/sequence.hpp"
#include "stdlib/collections/mappings.hpp"

namespace cede::stdlib {
namespace {

constinit const Layout ordered_dict_layout = layout_for<OrderedDict>(&dict_layout);
constexpr std::uint32_t none = OrderedDict::none;

bool is_exactly_ordered(VM& vm, Ref value) {
  return value.object()->type == &vm.native_type(ordered_dict_type);
}

Owned ordered_construct(VM& vm, Type& type, const Arguments&) {
  OrderedDict* made = make_instance<OrderedDict>(vm, type);
  if (!made) return raised;
  made->string_keys = true;
  return Value::adopt(made);
}

// ---- update: the algorithm of MutableMapping.update, in which every item goes through self[key] = value

Status set_own(VM& vm, Ref self, Ref key, Ref value) {
  if (!is_exactly_ordered(vm, self)) return set_item(vm, self, key, value);
  CEDE_TRY(const std::int64_t hash, hash_value(vm, key));
  return ordered_set(vm, cast<OrderedDict>(self), key, hash, value);
}

Status add_pair(VM& vm, Ref self, Ref pair) {
  CEDE_TRY(const Value iterator, get_iterator(vm, pair));
  CEDE_TRY(const Value key, next(vm, iterator));
  if (key.is_finished()) return vm.raise_text(TypeId::ValueError, "need more than 0 values to unpack");
  CEDE_TRY(const Value value, next(vm, iterator));
  if (value.is_finished()) return vm.raise_text(TypeId::ValueError, "need more than 1 value to unpack");
  CEDE_TRY(const Value end, next(vm, iterator));
  if (!end.is_finished()) return vm.raise_text(TypeId::ValueError, "too many values to unpack (expected 2)");
  return set_own(vm, self, key, value);
}
Status add_pairs(VM& vm, Ref self, Ref pairs) {
  return for_each(vm, pairs, [&](Ref pair) { return add_pair(vm, self, pair); });
}

Status add_dict(VM& vm, Ref self, Dict& other) {
  CEDE_TRY(const Value copy, dict_copy(vm, other));
  std::size_t position = 0;
  Ref key, value;
  while (dict_next(cast<Dict>(copy), position, key, value)) CEDE_CHECK(set_own(vm, self, key, value));
  return Ok;
}

Status update_from(VM& vm, Ref self, Ref other) {
  if (is_exact(other, TypeId::Dict)) return add_dict(vm, self, cast<Dict>(other));
  CEDE_TRY(const Value keys_method, find_attribute(vm, other, *vm.names.keys));
  if (!keys_method.is_unbound()) {
    CEDE_TRY(const Value keys, call(vm, keys_method));
    return for_each(vm, keys, [&](Ref key) -> Status {
      CEDE_TRY(const Value value, get_item(vm, other, key));
      return set_own(vm, self, key, value);
    });
  }
  CEDE_TRY(const Value items_method, find_attribute(vm, other, *vm.names.items));
  if (items_method.is_unbound()) return add_pairs(vm, self, other);
  CEDE_TRY(const Value items, call(vm, items_method));
  return add_pairs(vm, self, items);
}

Status update_with(VM& vm, Ref self, const Arguments& arguments) {
  if (arguments.positional == 1) CEDE_CHECK(update_from(vm, self, arguments[0]));
  if (!arguments.keywords) return Ok;
  for (std::size_t i = 0; i < arguments.keywords->size; ++i)
    CEDE_CHECK(set_own(vm, self, (*arguments.keywords)[i], arguments[arguments.positional + i]));
  return Ok;
}

Status ordered_init(VM& vm, Ref self, const Arguments& arguments) {
  if (arguments.positional > 1)
    return vm.raise(TypeId::TypeError, "expected at most 1 arguments, got {}", arguments.positional);
  return update_with(vm, self, arguments);
}
Owned ordered_update(VM& vm, Ref self, const Arguments& arguments) {
  if (arguments.positional > 1)
    return vm.raise(TypeId::TypeError, "update() takes at most 1 positional argument ({} given)",
                    arguments.positional);
  CEDE_CHECK(update_with(vm, self, arguments));
  return Owned(None.bits);
}

// ---- slots

Owned ordered_repr(VM& vm, Ref self) {
  TextBuffer text(vm);
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  const std::string_view name = short_name(type_of(vm, self));
  if (dict_size(cast<Dict>(self)) == 0) {
    CEDE_CHECK(text.append(name));
    CEDE_CHECK(text.append("()"));
    return text.finish();
  }
  ReprGuard guard(vm, self);
  if (!guard.entered()) return str_from_ascii(vm, "...");
  CEDE_TRY(const Value plain, call(vm, vm.type(TypeId::Dict), self));
  CEDE_CHECK(text.append(name));
  CEDE_CHECK(text.append("("));
  CEDE_CHECK(text.append_repr(plain));
  CEDE_CHECK(text.append(")"));
  return text.finish();
}

Result<bool> same_order(VM& vm, OrderedDict& a, OrderedDict& b) {
  const std::uint64_t a_state = a.state, b_state = b.state;
  std::uint32_t i = a.first, j = b.first;
  while (i != none && j != none) {
    const Value x{Ref(a.nodes[i].key)}, y{Ref(b.nodes[j].key)};
    CEDE_TRY(const bool same, is_equal(vm, x, y));
    if (a.state != a_state || b.state != b_state)
      return vm.raise_text(TypeId::RuntimeError, "OrderedDict mutated during iteration");
    if (!same) return false;
    i = a.nodes[i].next;
    j = b.nodes[j].next;
    CEDE_CHECK(vm.check_interrupts());
  }
  return i == none && j == none;
}

Owned ordered_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  const bool equality = operation == CompareOperation::Equal || operation == CompareOperation::NotEqual;
  if (!equality || !is<Dict>(self) || !is<Dict>(other)) return Owned::share(NotImplemented);
  CEDE_TRY(const Value items_equal, dict_compare(vm, self, other, CompareOperation::Equal));
  bool same = items_equal.ref().is_true();
  if (same && is<OrderedDict>(self) && is<OrderedDict>(other)) {
    CEDE_TRY(same, same_order(vm, cast<OrderedDict>(self), cast<OrderedDict>(other)));
  }
  return Owned(Ref::boolean(same == (operation == CompareOperation::Equal)).bits);
}

Owned ordered_iter(VM& vm, Ref self) {
  return ordered_iterator_new(vm, cast<OrderedDict>(self), OrderedPart::Keys, false);
}

Status ordered_setitem(VM& vm, Ref self, Ref key, Ref value) {
  OrderedDict& dict = cast<OrderedDict>(self);
  CEDE_TRY(const std::int64_t hash, hash_value(vm, key));
  if (!value.is_unbound()) return ordered_set(vm, dict, key, hash, value);
  CEDE_TRY(const Value old, ordered_pop(vm, dict, key, hash));
  return old.is_unbound() ? Status(vm.raise_key_error(key)) : Ok;
}

Owned ordered_or(VM& vm, Ref left, Ref right) {
  if (!is<Dict>(left) || !is<Dict>(right)) return Owned::share(NotImplemented);
  Type& type = *(is<OrderedDict>(left) ? left : right).object()->type;
  CEDE_TRY(Value made, call(vm, type, left));
  CEDE_CHECK(update_from(vm, made, right));
  return made;
}
Owned ordered_inplace_or(VM& vm, Ref self, Ref other) {
  CEDE_CHECK(update_from(vm, self, other));
  return Owned::share(self);
}

// ---- methods

Owned ordered_fromkeys(VM& vm, Type& type, Ref iterable, Ref value) {
  CEDE_TRY(Value made, call(vm, type));
  CEDE_CHECK(for_each(vm, iterable, [&](Ref key) -> Status {
    return is<OrderedDict>(made) ? set_own(vm, made, key, value) : set_item(vm, made, key, value);
  }));
  return made;
}

Owned ordered_setdefault(VM& vm, OrderedDict& self, Ref key, Ref otherwise) {
  if (!is_exactly_ordered(vm, &self)) {
    CEDE_TRY(const bool present, contains(vm, &self, key));
    if (present) return get_item(vm, &self, key);
    CEDE_CHECK(set_item(vm, &self, key, otherwise));
    return Owned::share(otherwise);
  }
  CEDE_TRY(const std::int64_t hash, hash_value(vm, key));
  CEDE_TRY(Value found, dict_get_hashed(vm, self, key, hash));
  if (!found.is_unbound()) return found;
  CEDE_CHECK(ordered_set(vm, self, key, hash, otherwise));
  return Owned::share(otherwise);
}

Owned ordered_pop_method(VM& vm, OrderedDict& self, Ref key, Ref otherwise) {
  CEDE_TRY(const std::int64_t hash, hash_value(vm, key));
  CEDE_TRY(Value value, ordered_pop(vm, self, key, hash));
  if (!value.is_unbound()) return value;
  return otherwise.is_unbound() ? Owned(vm.raise_key_error(key)) : Owned::share(otherwise);
}

Owned ordered_popitem(VM& vm, OrderedDict& self, bool last) {
  const std::uint32_t node = last ? self.last : self.first;
  if (node == none) {
    CEDE_TRY(const Value message, str_from_ascii(vm, "dictionary is empty"));
    return vm.raise_with(TypeId::KeyError, message);
  }
  const Value key{Ref(self.nodes[node].key)};
  CEDE_TRY(const Value value, ordered_pop(vm, self, key, self.nodes[node].hash));
  if (value.is_unbound()) return vm.raise_key_error(key);
  return tuple_of(vm, {key, value});
}

Owned view_of(VM& vm, const NativeType& type, OrderedDict& dict) {
  DictView* view = make_object<DictView>(vm, vm.native_type(type));
  if (!view) return raised;
  view->dict = Value(Ref(dict));
  return Value::adopt(view);
}
Owned ordered_keys(VM& vm, OrderedDict& self) { return view_of(vm, odict_keys_type, self); }
Owned ordered_values(VM& vm, OrderedDict& self) { return view_of(vm, odict_values_type, self); }
Owned ordered_items(VM& vm, OrderedDict& self) { return view_of(vm, odict_items_type, self); }

Status clear_method(VM& vm, OrderedDict& self) {
  ordered_clear(vm, self);
  return Ok;
}

Owned ordered_copy(VM& vm, OrderedDict& self) {
  const bool exact = is_exactly_ordered(vm, &self);
  CEDE_TRY(Value made, exact ? ordered_construct(vm, *self.type, {}) : call(vm, self.type));
  const std::uint64_t state = self.state;
  for (std::uint32_t i = self.first; i != none; i = self.nodes[i].next) {
    const Value key{Ref(self.nodes[i].key)};
    const std::int64_t hash = self.nodes[i].hash;
    CEDE_TRY(const Value value, exact ? dict_get_hashed(vm, self, key, hash) : get_item(vm, &self, key));
    if (value.is_unbound()) return vm.raise_key_error(key);
    CEDE_CHECK(exact ? ordered_set(vm, cast<OrderedDict>(made), key, hash, value)
                     : set_item(vm, made, key, value));
    if (self.state != state)
      return vm.raise_text(TypeId::RuntimeError, "OrderedDict mutated during iteration");
  }
  return made;
}

Owned ordered_reversed(VM& vm, OrderedDict& self) {
  return ordered_iterator_new(vm, self, OrderedPart::Keys, true);
}

Status ordered_move_to_end(VM& vm, OrderedDict& self, Ref key, bool last) {
  if (self.first == none) return vm.raise_key_error(key);
  CEDE_TRY(const std::int64_t hash, hash_value(vm, key));
  CEDE_TRY(const Value stored, dict_stored_key(vm, self, key, hash));
  const std::uint32_t node = stored.is_unbound() ? none : ordered_find(self, stored);
  if (node == none) return vm.raise_key_error(key);
  ordered_move(self, node, last);
  return Ok;
}

Owned ordered_reduce(VM& vm, OrderedDict& self) {
  CEDE_TRY(const Value state, call_method(vm, &self, *vm.names.__getstate__));
  CEDE_TRY(const Value items, call_method(vm, &self, *vm.names.items));
  CEDE_TRY(const Value iterator, get_iterator(vm, items));
  return tuple_of(vm, {self.type, vm.empty_tuple, state, None, iterator});
}

std::int64_t ordered_sizeof(VM&, OrderedDict& self) {
  return static_cast<std::int64_t>(sizeof(OrderedDict) + self.entry_capacity * sizeof(DictEntry) +
                                   self.nodes.capacity() * sizeof(OrderedDict::Node) +
                                   self.places.size() * 4);
}

constexpr Slots ordered_slots = inherit(dict_slots, [](Slots& s) {
  s.repr = ordered_repr;
  s.compare = ordered_compare;
  s.iter = ordered_iter;
  s.init = ordered_init;
  s.construct = ordered_construct;
  s.setitem = ordered_setitem;
  s.bit_or = ordered_or;
  s.inplace_or = ordered_inplace_or;
});
constexpr Method ordered_methods[] = {
    method<"fromkeys(type, /, iterable, value=None)", ordered_fromkeys>,
    method<"__sizeof__(self, /)", ordered_sizeof>,
    method<"__reduce__(self, /)", ordered_reduce>,
    method<"setdefault(self, /, key, default=None)", ordered_setdefault>,
    method<"pop(self, /, key, default=<unrepresentable>)", ordered_pop_method>,
    method<"popitem(self, /, last=True)", ordered_popitem>,
    method<"keys(self, /)", ordered_keys>,
    method<"values(self, /)", ordered_values>,
    method<"items(self, /)", ordered_items>,
    raw_method<"update(self, /, *args, **kwargs)", ordered_update>,
    method<"clear(self, /)", clear_method>,
    method<"copy(self, /)", ordered_copy>,
    method<"__reversed__(self, /)", ordered_reversed>,
    method<"move_to_end(self, /, key, last=True)", ordered_move_to_end>,
    method<"__class_getitem__(type, object, /)", class_getitem_alias>,
};

constexpr Property ordered_properties[] = {instance_dict_property};

}  // namespace

const Layout* OrderedDict::layout() { return &ordered_dict_layout; }

const NativeType ordered_dict_type{
    .name = "collections.OrderedDict",
    .id = TypeId::Dynamic,
    .base = &dict_type,
    .layout = &ordered_dict_layout,
    .slots = &ordered_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::MappingPattern | TypeFlag::MatchSelf |
             TypeFlag::HasAttributes | TypeFlag::HasWeakReferences,
    .methods = ordered_methods,
    .properties = ordered_properties,
    .doc = "Dictionary that remembers insertion order",
};

}  // namespace cede::stdlib
