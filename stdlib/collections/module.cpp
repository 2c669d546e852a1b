// The _collections module: the native part of collections, and two helpers of its script part.
#include "runtime/core/protocols.hpp"
#include "runtime/types/sequence.hpp"
#include "stdlib/collections/deque.hpp"
#include "stdlib/collections/mappings.hpp"

namespace cede::stdlib {
namespace {

// ---- _count_elements(mapping, iterable): what Counter does with its arguments

// The mapping's get and __setitem__ are dict's own.
bool counts_natively(VM& vm, Ref mapping) {
  if (!is<Dict>(mapping) || is<OrderedDict>(mapping)) return false;
  Type& type = type_of(vm, mapping);
  return type.slots->setitem == dict_setitem &&
         type_lookup(vm, type, *vm.names.get) == type_lookup(vm, vm.type(TypeId::Dict), *vm.names.get);
}

Status count_elements(VM& vm, Ref mapping, Ref iterable) {
  const Ref zero = Ref::small(0), one = Ref::small(1);
  if (counts_natively(vm, mapping)) {
    Dict& dict = cast<Dict>(mapping);
    return for_each(vm, iterable, [&](Ref item) -> Status {
      CEDE_TRY(const std::int64_t hash, hash_value(vm, item));
      CEDE_TRY(const Value old, dict_get_hashed(vm, dict, item, hash));
      CEDE_TRY(const Value count,
               binary_operation(vm, old.is_unbound() ? zero : old.ref(), one, BinaryOperation::Add));
      return dict_set_hashed(vm, dict, item, hash, count);
    });
  }
  CEDE_TRY(const Value get, get_attribute(vm, mapping, *vm.names.get));
  return for_each(vm, iterable, [&](Ref item) -> Status {
    CEDE_TRY(const Value old, call(vm, get, item, zero));
    CEDE_TRY(const Value count, binary_operation(vm, old, one, BinaryOperation::Add));
    return set_item(vm, mapping, item, count);
  });
}

// ---- _tuplegetter: the fields of named tuples

struct TupleGetter : Object {
  Value doc;
  std::int64_t index = 0;
  template<class F> static void fields(TupleGetter& self, F&& field) { field(self.doc); }
};
constinit const Layout tuplegetter_layout = layout_for<TupleGetter>();

Owned tuplegetter_new(VM& vm, Type& type, Ref index_argument, Ref doc) {
  CEDE_TRY(const std::int64_t at, size_argument(vm, index_argument));
  TupleGetter* made = make_object<TupleGetter>(vm, type);
  if (!made) return raised;
  made->index = at;
  made->doc = Value(doc);
  return Value::adopt(made);
}
Owned tuplegetter_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"_tuplegetter(index, doc, /)", tuplegetter_new>(vm, type, arguments);
}
Owned tuplegetter_get(VM& vm, Ref self, Ref instance, Ref) {
  const std::int64_t at = cast<TupleGetter>(self).index;
  if (instance.is_unbound() || instance.is_none()) return Owned::share(self);
  if (!is<Tuple>(instance)) {
    const std::string name = type_name(instance, vm);
    return vm.raise(TypeId::TypeError,
                    "descriptor for index '{}' for tuple subclasses doesn't apply to '{}' object", at, name);
  }
  const Tuple& tuple = cast<Tuple>(instance);
  if (static_cast<std::uint64_t>(at) >= tuple.size)
    return vm.raise_text(TypeId::IndexError, "tuple index out of range");
  return Owned::share(tuple[static_cast<std::size_t>(at)]);
}
Status tuplegetter_set(VM& vm, Ref, Ref, Ref value) {
  return vm.raise_text(TypeId::AttributeError,
                       value.is_unbound() ? "can't delete attribute" : "can't set attribute");
}
Owned tuplegetter_repr(VM& vm, Ref self) {
  const TupleGetter& getter = cast<TupleGetter>(self);
  TextBuffer text(vm);
  CEDE_CHECK(text.append(fmt::format("{}({}, ", short_name(type_of(vm, self)), getter.index)));
  CEDE_CHECK(text.append_repr(Value(getter.doc)));
  CEDE_CHECK(text.append(")"));
  return text.finish();
}
Owned tuplegetter_reduce(VM& vm, TupleGetter& self) {
  CEDE_TRY(const Value arguments, tuple_of(vm, {Ref::small(self.index), self.doc}));
  return tuple_of(vm, {self.type, arguments});
}

constexpr Slots tuplegetter_slots = inherit(object_slots, [](Slots& s) {
  s.construct = tuplegetter_construct;
  s.descriptor_get = tuplegetter_get;
  s.descriptor_set = tuplegetter_set;
  s.repr = tuplegetter_repr;
});
constexpr Method tuplegetter_methods[] = {method<"__reduce__(self, /)", tuplegetter_reduce>};
constexpr Member tuplegetter_members[] = {{.name = "__doc__", .offset = sizeof(Object), .read_only = false}};

const NativeType tuplegetter_type{
    .name = "collections._tuplegetter",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &tuplegetter_layout,
    .slots = &tuplegetter_slots,
    .flags = std::uint32_t(TypeFlag::Instantiable),
    .methods = tuplegetter_methods,
    .members = tuplegetter_members,
};

constexpr Method functions[] = {method<"_count_elements(mapping, iterable, /)", count_elements>};

Status fill(VM& vm, Module& module) {
  for (const NativeType* type : {&deque_type, &defaultdict_type, &ordered_dict_type, &deque_iterator_type,
                                 &deque_reverse_iterator_type, &tuplegetter_type})
    CEDE_CHECK(module_add_type(vm, module, *type));
  return Ok;
}

}  // namespace

extern const NativeModule collections_native_module;
const NativeModule collections_native_module{
    .name = "_collections",
    .functions = functions,
    .fill = fill,
    .doc =
        "High performance data structures.\n- deque:        ordered collection accessible from endpoints "
        "only\n"
        "- defaultdict:  dict subclass with a default value factory\n",
};

}  // namespace cede::stdlib
