// Type expressions: their text, and the replacement of type variables in them.
#include "runtime/types/type_expression.hpp"

#include <algorithm>

#include "runtime/core/special_method.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/list.hpp"

namespace cede {
namespace {

Status append_repr(VM& vm, std::string& text, Ref item) {
  CEDE_TRY(Value shown, repr(vm, item));
  text += cast<Str>(shown).view();
  return Ok;
}

// A list of types, as ParamSpec takes it: [int, str].
Status append_list(VM& vm, std::string& text, Ref list) {
  CEDE_TRY(Value items, tuple_from(vm, list));
  text += "[";
  for (std::size_t i = 0; i < cast<Tuple>(items).size; ++i) {
    if (i) text += ", ";
    CEDE_CHECK(append_type_repr(vm, text, cast<Tuple>(items)[i]));
  }
  text += "]";
  return Ok;
}

bool is_type_variable(VM& vm, Ref item) {
  return !is<Type>(item) && !type_lookup(vm, type_of(vm, item), *vm.names.__typing_subst__).is_unbound();
}

Status add_once(VM& vm, List& list, Ref item) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Value held(list[i]);
    CEDE_TRY(const bool equal, is_equal(vm, held, item));
    if (equal) return Ok;
  }
  return list_append(vm, list, item);
}

Status collect_parameters(VM& vm, List& found, Ref item) {
  if (is<Type>(item)) return Ok;
  if (is_type_variable(vm, item)) return add_once(vm, found, item);
  if (is<Tuple>(item) || is<List>(item)) {
    CEDE_TRY(Value inner, tuple_from(vm, item));
    for (Bits word : cast<Tuple>(inner)) CEDE_CHECK(collect_parameters(vm, found, Ref(word)));
    return Ok;
  }
  CEDE_TRY(Value inner, find_attribute(vm, item, *vm.names.__parameters__));
  if (!is<Tuple>(inner)) return Ok;
  for (Bits word : cast<Tuple>(inner)) CEDE_CHECK(add_once(vm, found, Ref(word)));
  return Ok;
}

// The item that replaces a parameter; Unbound if it is none of them.
Ref replacement(const Tuple& parameters, const Tuple& items, Ref parameter) {
  for (std::size_t i = 0; i < parameters.size; ++i)
    if (parameters[i] == parameter) return items[i];
  return Unbound;
}

Owned substitute_in(VM& vm, Ref arg, const Tuple& parameters, const Tuple& items, bool& unpacked) {
  unpacked = false;
  if (is<Type>(arg)) return Owned::share(arg);
  if (is_type_variable(vm, arg)) {
    const Ref item = replacement(parameters, items, arg);
    unpacked = !type_lookup(vm, type_of(vm, arg), *vm.names.__iter__).is_unbound() && is<Tuple>(item);
    if (unpacked) return Owned::share(item);
    return call_special_method(vm, arg, *vm.names.__typing_subst__, item);
  }
  CEDE_TRY(Value inner, find_attribute(vm, arg, *vm.names.__parameters__));
  if (!is<Tuple>(inner) || cast<Tuple>(inner).size == 0) return Owned::share(arg);
  CEDE_TRY(Value chosen, list_new(vm));
  for (Bits word : cast<Tuple>(inner)) {
    const Ref item = replacement(parameters, items, Ref(word));
    if (is<Tuple>(item)) {
      for (Bits part : cast<Tuple>(item)) CEDE_CHECK(list_append(vm, cast<List>(chosen), Ref(part)));
    } else {
      CEDE_CHECK(list_append(vm, cast<List>(chosen), item.is_unbound() ? Ref(word) : item));
    }
  }
  CEDE_TRY(Value key, tuple_from(vm, chosen));
  return get_item(vm, arg, key);
}

// Each parameter may prepare the items (ParamSpec, TypeVarTuple, defaults).
Owned prepare_items(VM& vm, Ref self, const Tuple& parameters, Ref item) {
  CEDE_TRY(Value items, is<Tuple>(item) ? Owned::share(item) : Owned(tuple_of(vm, {item})));
  for (Bits word : parameters) {
    CEDE_TRY(Value prepared,
             call_special_method(vm, Ref(word), vm.intern("__typing_prepare_subst__"), self, items.ref()));
    if (!prepared.is_unbound()) {
      CEDE_TRY(items, tuple_from(vm, prepared));
    }
  }
  return items;
}

}  // namespace

Status append_type_repr(VM& vm, std::string& text, Ref item) {
  if (item == EllipsisValue) {
    text += "...";
    return Ok;
  }
  if (is<GenericAlias>(item) || is<UnionType>(item)) return append_repr(vm, text, item);
  if (item.is_object() && item.object() == &vm.type(TypeId::NoneType)) {
    text += "None";
    return Ok;
  }
  if (is<List>(item)) return append_list(vm, text, item);
  CEDE_TRY(Value origin, find_attribute(vm, item, *vm.names.__origin__));
  CEDE_TRY(Value args, find_attribute(vm, item, *vm.names.__args__));
  if (!origin.is_unbound() && !args.is_unbound()) return append_repr(vm, text, item);
  CEDE_TRY(Value name, find_attribute(vm, item, *vm.names.__qualname__));
  CEDE_TRY(Value module, find_attribute(vm, item, *vm.names.__module__));
  if (!is<Str>(name) || module.is_unbound() || module.is_none()) return append_repr(vm, text, item);
  if (is<Str>(module) && cast<Str>(module).view() != "builtins")
    text += fmt::format("{}.", cast<Str>(module).view());
  text += cast<Str>(name).view();
  return Ok;
}

Owned generic_parameters(VM& vm, Tuple& args) {
  CEDE_TRY(Value found, list_new(vm));
  for (Bits word : args) CEDE_CHECK(collect_parameters(vm, cast<List>(found), Ref(word)));
  return tuple_from(vm, found);
}

Owned substitute_parameters(VM& vm, Ref self, Tuple& args, Tuple& parameters, Ref item) {
  if (parameters.size == 0)
    return vm.raise(TypeId::TypeError, "{} is not a generic class", repr_text(vm, self));
  CEDE_TRY(Value items, prepare_items(vm, self, parameters, item));
  const std::size_t given = cast<Tuple>(items).size;
  if (given != parameters.size)
    return vm.raise(TypeId::TypeError, "Too {} arguments for {}; actual {}, expected {}",
                    given > parameters.size ? "many" : "few", repr_text(vm, self), given, parameters.size);
  CEDE_TRY(Value result, list_new(vm));
  for (Bits word : args) {
    bool unpacked = false;
    CEDE_TRY(Value replaced, substitute_in(vm, Ref(word), parameters, cast<Tuple>(items), unpacked));
    if (unpacked)
      CEDE_CHECK(list_extend(vm, cast<List>(result), replaced));
    else
      CEDE_CHECK(list_append(vm, cast<List>(result), replaced));
  }
  return tuple_from(vm, result);
}

}  // namespace cede
