// The views and iterators of OrderedDict: odict_keys and its like are dict's views that iterate in
// OrderedDict's order.
#include "runtime/core/protocols.hpp"
#include "runtime/types/iterators.hpp"
#include "runtime/types/sequence.hpp"
#include "stdlib/collections/mappings.hpp"

namespace cede::stdlib {
namespace {

struct OrderedIterator : Object {
  Value dict;     // Unbound once exhausted
  Value current;  // the key to give next; Unbound: none is left
  std::uint64_t state = 0;
  std::int64_t size = 0;  // of the dict when iteration began; -1: it has been seen to change
  OrderedPart part = OrderedPart::Keys;
  bool reverse = false;
  template<class F> static void fields(OrderedIterator& self, F&& field) {
    field(self.dict);
    field(self.current);
  }
};
constinit const Layout iterator_layout = layout_for<OrderedIterator>();

Value key_at(const OrderedDict& dict, std::uint32_t node) {
  return node == OrderedDict::none ? Value() : Value(Ref(dict.nodes[node].key));
}

// The key to give now, moving on; Finished at the end.
Owned advance(VM& vm, OrderedIterator& iterator) {
  if (iterator.dict.is_unbound()) return Owned(Finished.bits);
  if (iterator.current.is_unbound()) {
    iterator.dict.reset();
    return Owned(Finished.bits);
  }
  const Value held = iterator.dict;
  const OrderedDict& dict = cast<OrderedDict>(held);
  if (dict.state != iterator.state) {
    iterator.dict.reset();
    return vm.raise_text(TypeId::RuntimeError, "OrderedDict mutated during iteration");
  }
  if (iterator.size != std::int64_t{dict.used}) {
    iterator.size = -1;
    iterator.dict.reset();
    return vm.raise_text(TypeId::RuntimeError, "OrderedDict changed size during iteration");
  }
  Value key = std::move(iterator.current);
  const std::uint32_t node = ordered_find(dict, key);
  if (node == OrderedDict::none) return vm.raise_key_error(key);
  if (dict.used != dict.count) {
    // dict's own methods have been used on it: the key may be gone from the table.
    CEDE_TRY(const Value stored, dict_stored_key(vm, cast<Dict>(held), key, dict.nodes[node].hash));
    if (stored.is_unbound()) return vm.raise_key_error(key);
  }
  iterator.current = key_at(dict, iterator.reverse ? dict.nodes[node].previous : dict.nodes[node].next);
  return key;
}

Owned iterator_next(VM& vm, Ref self) {
  OrderedIterator& iterator = cast<OrderedIterator>(self);
  const Value held = iterator.dict;
  CEDE_TRY(Value key, advance(vm, iterator));
  if (key.is_finished() || iterator.part == OrderedPart::Keys) return key;
  OrderedDict& dict = cast<OrderedDict>(held);
  const std::uint32_t node = ordered_find(dict, key);
  Value value;
  if (node != OrderedDict::none) {
    CEDE_TRY(value, dict_get_hashed(vm, dict, key, dict.nodes[node].hash));
  }
  if (value.is_unbound()) {
    iterator.dict.reset();
    return vm.raise_key_error(key);
  }
  return iterator.part == OrderedPart::Values ? value.take() : tuple_of(vm, {key, value}).take();
}

// What is left as a list, by a copy of the iterator.
Owned iterator_reduce(VM& vm, OrderedIterator& self) {
  OrderedIterator* copy = make_object<OrderedIterator>(vm, *self.type);
  if (!copy) return raised;
  const Value held = Value::adopt(copy);
  copy->dict = self.dict;
  copy->current = self.current;
  copy->state = self.state;
  copy->size = self.size;
  copy->part = self.part;
  copy->reverse = self.reverse;
  CEDE_TRY(const Value left, list_from(vm, held));
  CEDE_TRY(const Value iter, builtin_named(vm, "iter"));
  CEDE_TRY(const Value arguments, tuple_of(vm, {left}));
  return tuple_of(vm, {iter, arguments});
}

template<OrderedPart part> Owned view_iter(VM& vm, Ref self) {
  return ordered_iterator_new(vm, cast<OrderedDict>(cast<DictView>(self).dict), part, false);
}
template<OrderedPart part> Owned view_reversed(VM& vm, DictView& self) {
  return ordered_iterator_new(vm, cast<OrderedDict>(self.dict), part, true);
}

// dict's views are constant data, so that these tables can be made from them before anything runs.
const Slots keys_slots =
    inherit(*dict_keys_type.slots, [](Slots& s) { s.iter = view_iter<OrderedPart::Keys>; });
const Slots values_slots =
    inherit(*dict_values_type.slots, [](Slots& s) { s.iter = view_iter<OrderedPart::Values>; });
const Slots items_slots =
    inherit(*dict_items_type.slots, [](Slots& s) { s.iter = view_iter<OrderedPart::Items>; });
constexpr Slots iterator_slots = inherit(object_slots, [](Slots& s) {
  s.iter = iterator_self;
  s.next = iterator_next;
});

constexpr Method keys_methods[] = {method<"__reversed__(self, /)", view_reversed<OrderedPart::Keys>>};
constexpr Method values_methods[] = {method<"__reversed__(self, /)", view_reversed<OrderedPart::Values>>};
constexpr Method items_methods[] = {method<"__reversed__(self, /)", view_reversed<OrderedPart::Items>>};
constexpr Method iterator_methods[] = {method<"__reduce__(self, /)", iterator_reduce>};

}  // namespace

Owned ordered_iterator_new(VM& vm, OrderedDict& dict, OrderedPart part, bool reverse) {
  OrderedIterator* made = make_object<OrderedIterator>(vm, vm.native_type(odict_iterator_type));
  if (!made) return raised;
  made->dict = Value(Ref(dict));
  made->current = key_at(dict, reverse ? dict.last : dict.first);
  made->state = dict.state;
  made->size = dict.used;
  made->part = part;
  made->reverse = reverse;
  return Value::adopt(made);
}

const NativeType odict_keys_type{
    .name = "odict_keys",
    .id = TypeId::Dynamic,
    .base = &dict_keys_type,
    .layout = &dict_view_layout,
    .slots = &keys_slots,
    .flags = 0,
    .methods = keys_methods,
};
const NativeType odict_values_type{
    .name = "odict_values",
    .id = TypeId::Dynamic,
    .base = &dict_values_type,
    .layout = &dict_view_layout,
    .slots = &values_slots,
    .flags = 0,
    .methods = values_methods,
};
const NativeType odict_items_type{
    .name = "odict_items",
    .id = TypeId::Dynamic,
    .base = &dict_items_type,
    .layout = &dict_view_layout,
    .slots = &items_slots,
    .flags = 0,
    .methods = items_methods,
};
const NativeType odict_iterator_type{
    .name = "odict_iterator",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &iterator_layout,
    .slots = &iterator_slots,
    .flags = 0,
    .methods = iterator_methods,
};

}  // namespace cede::stdlib
