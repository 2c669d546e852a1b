// itertools.tee: iterators that share what they have read, in blocks that are linked from older to newer. A
// block lives as long as an iterator is in it or before it.
#include "stdlib/itertools/itertools.hpp"

namespace cede::stdlib {
namespace {

struct TeeData : Object {
  static constexpr std::size_t capacity = 57;
  Value iterator;
  Value next;  // the following TeeData, or Unbound
  std::size_t count = 0;
  bool running = false;
  Bits items[capacity];
  template<class F> static void fields(TeeData& self, F&& field) {
    field(self.iterator);
    field(self.items, self.count);
    field(self.next);
  }
};
constinit const Layout tee_data_layout = layout_for<TeeData>();

struct Tee : Object {
  static const Layout* layout();
  Value data;
  std::size_t position = 0;
  template<class F> static void fields(Tee& self, F&& field) { field(self.data); }
};
constinit const Layout tee_layout = layout_for<Tee>();
const Layout* Tee::layout() { return &tee_layout; }

Value data_new(VM& vm, Ref iterator) {
  TeeData* data = make_object<TeeData>(vm, vm.native_type(tee_data_type));
  if (!data) return raised;
  data->iterator = Value(iterator);
  return Value::adopt(data);
}

Value tee_at(VM& vm, Type& type, Ref data, std::size_t position) {
  Tee* made = make_object<Tee>(vm, type);
  if (!made) return raised;
  made->data = Value(data);
  made->position = position;
  return Value::adopt(made);
}

Owned tee_over(VM& vm, Type& type, Ref iterable) {
  CEDE_TRY(const Value iterator, get_iterator(vm, iterable));
  if (const Tee* tee = as<Tee>(iterator)) return tee_at(vm, type, tee->data, tee->position);
  CEDE_TRY(const Value data, data_new(vm, iterator));
  return tee_at(vm, type, data, 0);
}

Owned tee_construct(VM& vm, Type& type, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "_tee"));
  CEDE_CHECK(check_argument_count(vm, arguments, "_tee", 1, 1));
  return tee_over(vm, type, arguments[0]);
}

Owned tee_next(VM& vm, Ref self) {
  Tee& tee = cast<Tee>(self);
  if (tee.position >= TeeData::capacity) {
    TeeData& full = cast<TeeData>(tee.data);
    if (full.next.is_unbound()) {
      CEDE_TRY(full.next, data_new(vm, full.iterator));
    }
    const Value following = full.next;
    tee.data = following;
    tee.position = 0;
  }
  const Value held = tee.data;
  TeeData& data = cast<TeeData>(held);
  if (tee.position < data.count) return Owned::share(Ref(data.items[tee.position++]));
  if (data.running) return vm.raise_text(TypeId::RuntimeError, "cannot re-enter the tee iterator");
  data.running = true;
  const Value iterator = data.iterator;
  Value item = next(vm, iterator);
  data.running = false;
  if (item.is_raised() || item.is_finished()) return item;
  retain(item);
  data.items[data.count++] = item.bits();
  ++tee.position;
  return item;
}

Owned tee_copy(VM& vm, Tee& self) { return tee_at(vm, *self.type, self.data, self.position); }

Owned tee_reduce(VM& vm, Tee& self) {
  CEDE_CHECK(warn_of_copying(vm));
  CEDE_TRY(const Value arguments, tuple_of(vm, {vm.empty_tuple}));
  CEDE_TRY(const Value state,
           tuple_of(vm, {self.data, Ref::small(static_cast<std::int64_t>(self.position))}));
  return tuple_of(vm, {self.type, arguments, state});
}
Status tee_setstate(VM& vm, Tee& self, Ref state) {
  CEDE_CHECK(warn_of_copying(vm));
  const Tuple* parts = as<Tuple>(state);
  if (!parts) return vm.raise_text(TypeId::TypeError, "state is not a tuple");
  const bool fits =
      parts->size == 2 && (*parts)[0].is_object() && (*parts)[0].object()->type->native == &tee_data_type;
  if (!fits) return vm.raise_text(TypeId::TypeError, "invalid arguments");
  CEDE_TRY(const std::int64_t at, size_argument(vm, (*parts)[1]));
  if (at < 0 || at > static_cast<std::int64_t>(TeeData::capacity))
    return vm.raise_text(TypeId::ValueError, "Index out of range");
  self.data = Value((*parts)[0]);
  self.position = static_cast<std::size_t>(at);
  return Ok;
}

Owned data_construct(VM& vm, Type&, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "_tee_dataobject"));
  CEDE_CHECK(check_argument_count(vm, arguments, "_tee_dataobject", 3, 3));
  const List* items = as<List>(arguments[1]);
  if (!items) {
    const std::string name = type_name(arguments[1], vm);
    return vm.raise(TypeId::TypeError, "_tee_dataobject() argument 2 must be list, not {}", name);
  }
  const bool followed = !arguments[2].is_none();
  const bool valid =
      items->size() <= TeeData::capacity && (!followed || items->size() == TeeData::capacity) &&
      (!followed || (arguments[2].is_object() && arguments[2].object()->type->native == &tee_data_type));
  if (!valid) return vm.raise_text(TypeId::ValueError, "Invalid arguments");
  CEDE_TRY(Value made, data_new(vm, arguments[0]));
  TeeData& data = cast<TeeData>(made);
  for (std::size_t i = 0; i < items->size(); ++i) {
    retain((*items)[i]);
    data.items[data.count++] = (*items)[i].bits;
  }
  if (followed) data.next = Value(arguments[2]);
  return made;
}
Owned data_reduce(VM& vm, TeeData& self) {
  CEDE_CHECK(warn_of_copying(vm));
  CEDE_TRY(const Value items, list_from_words(vm, self.items, self.count));
  CEDE_TRY(const Value arguments,
           tuple_of(vm, {self.iterator, items, self.next.is_unbound() ? None : self.next.ref()}));
  return tuple_of(vm, {self.type, arguments});
}

constexpr Slots data_slots = inherit(object_slots, [](Slots& s) { s.construct = data_construct; });
constexpr Method tee_methods[] = {
    method<"__copy__(self, /)", tee_copy>,
    method<"__reduce__(self, /)", tee_reduce>,
    method<"__setstate__(self, state, /)", tee_setstate>,
};
constexpr Method data_methods[] = {method<"__reduce__(self, /)", data_reduce>};

}  // namespace

Owned itertools_tee(VM& vm, Ref iterable, Ref count) {
  const Ref two = Ref::small(2);
  CEDE_TRY(const std::int64_t n, size_argument(vm, count.is_unbound() ? two : count));
  if (n < 0) return vm.raise_text(TypeId::ValueError, "n must be >= 0");
  CEDE_TRY(Value made, tuple_uninitialised(vm, static_cast<std::size_t>(n)));
  if (n == 0) return made;
  CEDE_TRY(Value first, get_iterator(vm, iterable));
  CEDE_TRY(Value copy, find_attribute(vm, first, "__copy__"));
  if (copy.is_unbound()) {
    CEDE_TRY(first, tee_over(vm, vm.native_type(tee_type), first));
    CEDE_TRY(copy, get_attribute(vm, first, "__copy__"));
  }
  fill_tuple(made, 0, std::move(first));
  for (std::int64_t i = 1; i < n; ++i) {
    CEDE_TRY(Value another, call(vm, copy));
    fill_tuple(made, static_cast<std::size_t>(i), std::move(another));
  }
  return made;
}

const NativeType tee_type{
    .name = "itertools._tee",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &tee_layout,
    .slots = &itertool_slots<tee_construct, tee_next>,
    .flags = TypeFlag::Instantiable | TypeFlag::HasWeakReferences,
    .methods = tee_methods,
    .doc = "Iterator wrapped to make it copyable.",
    .signature = "(iterable, /)",
};
const NativeType tee_data_type{
    .name = "itertools._tee_dataobject",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &tee_data_layout,
    .slots = &data_slots,
    .flags = std::uint32_t(TypeFlag::Instantiable),
    .methods = data_methods,
    .doc = "teedataobject(iterable, values, next, /)\n--\n\nData container common to multiple tee objects.",
};

}  // namespace cede::stdlib
