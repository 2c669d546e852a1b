// object's __reduce_ex__, __reduce__ and __getstate__, which copy and pickle use. A new object is made by
// copyreg.__newobj__(cls, *arguments); its state is the attributes, with a second dictionary for __slots__.
#include "runtime/types/object_reduce.hpp"

#include "runtime/types/list.hpp"

namespace cede {
namespace {

Owned copyreg_function(VM& vm, std::string_view name) {
  CEDE_TRY(Value import, dict_get_str(vm, cast<Dict>(vm.builtins), *vm.names.__import__));
  if (import.is_unbound()) return vm.raise(TypeId::ImportError, "__import__ not found");
  CEDE_TRY(Value module, call(vm, import, Ref(vm.intern("copyreg"))));
  return get_attribute(vm, module, name);
}

// The names that the __slots__ of the classes in the MRO made, without __dict__ and __weakref__; a list.
Owned slot_names(VM& vm, Type& type) {
  CEDE_TRY(Value function, copyreg_function(vm, "_slotnames"));
  return call(vm, function, type);
}

struct NewArguments {
  Value positional;  // Tuple
  Value keywords;    // Dict; Unbound: none
};

Status new_arguments(VM& vm, Ref self, NewArguments& found) {
  CEDE_TRY(Value extended, find_special(vm, self, *vm.names.__getnewargs_ex__));
  if (!extended.is_unbound()) {
    CEDE_TRY(Value pair, call(vm, extended));
    if (!is<Tuple>(pair))
      return vm.raise(TypeId::TypeError, "__getnewargs_ex__ should return a tuple, not '{}'",
                      display_name(type_of(vm, pair)));
    if (cast<Tuple>(pair).size != 2)
      return vm.raise(TypeId::ValueError, "__getnewargs_ex__ should return a tuple of length 2, not {}",
                      cast<Tuple>(pair).size);
    found.positional = Value(cast<Tuple>(pair)[0]);
    found.keywords = Value(cast<Tuple>(pair)[1]);
    if (!is<Tuple>(found.positional))
      return vm.raise(TypeId::TypeError,
                      "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{}'",
                      display_name(type_of(vm, found.positional)));
    if (!is<Dict>(found.keywords))
      return vm.raise(TypeId::TypeError,
                      "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{}'",
                      display_name(type_of(vm, found.keywords)));
    return Ok;
  }
  CEDE_TRY(Value plain, find_special(vm, self, *vm.names.__getnewargs__));
  if (plain.is_unbound()) {
    found.positional = vm.empty_tuple;
    return Ok;
  }
  CEDE_TRY(found.positional, call(vm, plain));
  if (!is<Tuple>(found.positional))
    return vm.raise(TypeId::TypeError, "__getnewargs__ should return a tuple, not '{}'",
                    display_name(type_of(vm, found.positional)));
  return Ok;
}

bool has_own_state(const Type& type) {
  const TypeId id = type.native->id;
  return id != TypeId::Object && id != TypeId::List && id != TypeId::Dict &&
         !type.native->layout->variable_size && type.native->layout->size > sizeof(Object);
}

// Items of a list, pairs of a dict, which a copy gets one by one; None for others.
Status items_of(VM& vm, Ref self, Value& list_items, Value& dict_items) {
  list_items = dict_items = Value(None);
  if (is<List>(self)) {
    CEDE_TRY(list_items, get_iterator(vm, self));
  }
  if (is<Dict>(self)) {
    CEDE_TRY(Value items, call_method(vm, self, *vm.names.items));
    CEDE_TRY(dict_items, get_iterator(vm, items));
  }
  return Ok;
}

Owned reduce_new(VM& vm, Ref self) {
  Type& type = type_of(vm, self);
  if (!type.has(TypeFlag::Instantiable))
    return vm.raise(TypeId::TypeError, "cannot pickle '{}' object", display_name(type));
  NewArguments arguments;
  CEDE_CHECK(new_arguments(vm, self, arguments));
  const bool extended = !arguments.keywords.is_unbound() && dict_size(cast<Dict>(arguments.keywords)) != 0;
  const bool required = arguments.positional.object() == vm.empty_tuple.object() && has_own_state(type);
  if (required && !type.has(TypeFlag::Heap))
    return vm.raise(TypeId::TypeError, "cannot pickle '{}' object", display_name(type));
  Value function, made;
  if (extended) {
    CEDE_TRY(function, copyreg_function(vm, "__newobj_ex__"));
    CEDE_TRY(made, tuple_of(vm, {type, arguments.positional, arguments.keywords}));
  } else {
    CEDE_TRY(function, copyreg_function(vm, "__newobj__"));
    const Tuple& given = cast<Tuple>(arguments.positional);
    CEDE_TRY(made, tuple_uninitialised(vm, given.size + 1));
    cast<Tuple>(made).items[0] = Value(Ref(type)).take().bits;
    for (std::size_t i = 0; i < given.size; ++i) cast<Tuple>(made).items[i + 1] = Value(given[i]).take().bits;
  }
  CEDE_TRY(Value state, call_method(vm, self, *vm.names.__getstate__));
  Value list_items, dict_items;
  CEDE_CHECK(items_of(vm, self, list_items, dict_items));
  return tuple_of(vm, {function, made, state, list_items, dict_items});
}

Owned reduce_by_protocol(VM& vm, Ref self, std::int64_t protocol) {
  if (protocol >= 2) return reduce_new(vm, self);
  CEDE_TRY(Value function, copyreg_function(vm, "_reduce_ex"));
  return call(vm, function, self, Ref::small(protocol));
}

}  // namespace

Owned object_reduce(VM& vm, Ref self) { return reduce_by_protocol(vm, self, 0); }

Owned object_reduce_ex(VM& vm, Ref self, std::int64_t protocol) {
  const Ref own = type_lookup(vm, type_of(vm, self), *vm.names.__reduce__);
  if (own != type_lookup(vm, vm.type(TypeId::Object), *vm.names.__reduce__)) {
    CEDE_TRY(Value reduce, get_attribute(vm, self, *vm.names.__reduce__));
    return call(vm, reduce);
  }
  return reduce_by_protocol(vm, self, protocol);
}

Owned object_getstate(VM& vm, Ref self) {
  CEDE_TRY(Value attributes, find_attribute(vm, self, *vm.names.__dict__));
  Value state(None);
  if (!attributes.is_unbound() && is<Dict>(attributes) && dict_size(cast<Dict>(attributes))) {
    CEDE_TRY(state, dict_copy(vm, cast<Dict>(attributes)));
  }
  Type& type = type_of(vm, self);
  if (type.slot_count == 0) return state;
  CEDE_TRY(Value names, slot_names(vm, type));
  CEDE_TRY(Value name_tuple, tuple_from(vm, names));
  CEDE_TRY(Value slots, dict_new(vm));
  for (Bits name : cast<Tuple>(name_tuple)) {
    if (!is<Str>(Ref(name))) continue;
    CEDE_TRY(Value value, find_attribute(vm, self, cast<Str>(Ref(name))));
    if (!value.is_unbound()) CEDE_CHECK(dict_set(vm, cast<Dict>(slots), Ref(name), value));
  }
  if (dict_size(cast<Dict>(slots)) == 0) return state;
  return tuple_of(vm, {state, slots});
}

}  // namespace cede
