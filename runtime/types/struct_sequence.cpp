// Tuples whose items have names. Hidden fields lie behind the items of the tuple; its size does not count them.
#include "runtime/types/struct_sequence.hpp"

#include <algorithm>

#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/str.hpp"

namespace cede {

namespace {

const StructType& struct_of(const Object& object) { return *static_cast<const StructType*>(object.type->native); }
std::size_t hidden_count(const Object& object) { return struct_of(object).fields.size() - struct_of(object).visible; }

// What the layout adds to the tuple's: the hidden words.
struct StructSequence : Tuple {
  static std::size_t variable_size(const StructSequence& self) {
    return struct_items_offset + (self.size + hidden_count(self)) * sizeof(Bits);
  }
  template<class F> static void fields(StructSequence& self, F&& field) { field(self.items + self.size, hidden_count(self)); }
};

Owned make(VM& vm, Type& type, const StructType& native, std::span<const Ref> values) {
  CEDE_TRY(Value made, tuple_uninitialised(vm, type, native.fields.size()));
  Tuple& tuple = cast<Tuple>(made);
  for (std::size_t i = 0; i < native.fields.size(); ++i)
    tuple.items[i] = Owned::share(i < values.size() && !values[i].is_unbound() ? values[i] : None).bits;
  tuple.size = native.visible;
  return made.take();
}

Owned struct_repr(VM& vm, Ref self) {
  const Tuple& tuple = cast<Tuple>(self);
  const StructType& native = struct_of(tuple);
  StringBuilder out(vm);
  CEDE_CHECK(out.append(native.name));
  CEDE_CHECK(out.append('('));
  for (std::size_t i = 0; i < native.visible; ++i) {
    if (i) CEDE_CHECK(out.append(", "));
    CEDE_CHECK(out.append(native.fields[i].name));
    CEDE_CHECK(out.append('='));
    CEDE_CHECK(out.append_repr(tuple[i]));
  }
  CEDE_CHECK(out.append(')'));
  return out.finish();
}

Owned make_from(VM& vm, Type& type, Ref sequence, Ref dictionary) {
  const StructType& native = *static_cast<const StructType*>(type.native);
  const std::size_t least = native.visible, most = native.fields.size();
  if (!type_of(vm, sequence).slots->iter && !type_of(vm, sequence).slots->getitem)
    return vm.raise(TypeId::TypeError, "constructor requires a sequence");
  CEDE_TRY(const Value sequence_items, list_from(vm, sequence));
  const List& items = cast<List>(sequence_items);
  if (!dictionary.is_none() && !is<Dict>(dictionary))
    return vm.raise(TypeId::TypeError, "{}() takes a dict as second arg, if any", native.name);
  if (items.size() < least || items.size() > most)
    return vm.raise(TypeId::TypeError, "{}() takes a{} {}-sequence ({}-sequence given)", native.name,
                    least == most ? "" : items.size() < least ? "n at least" : "n at most", items.size() < least ? least : most,
                    items.size());
  std::vector<Value> held;
  std::vector<Ref> values;
  for (std::size_t i = 0; i < most; ++i) {
    Value value;
    if (i < items.size()) {
      value = Value(items[i]);
    } else if (is<Dict>(dictionary)) {
      CEDE_TRY(value, dict_get_str(vm, cast<Dict>(dictionary), vm.intern(native.fields[i].name)));
    }
    held.push_back(value);
    values.push_back(held.back());
  }
  return make(vm, type, native, values);
}

Owned struct_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"structseq(sequence, dict=None)", make_from>(vm, type, arguments);
}

Owned closed_construct(VM& vm, Type& type, const Arguments&) {
  return vm.raise(TypeId::TypeError, "cannot create '{}' instances", display_name(type));
}

Value struct_reduce(VM& vm, Tuple& self) {
  const StructType& native = struct_of(self);
  CEDE_TRY(const Value items, tuple_from_words(vm, self.items, native.visible));
  CEDE_TRY(const Value hidden, dict_new(vm));
  for (std::size_t i = native.visible; i < native.fields.size(); ++i)
    CEDE_CHECK(dict_set_text(vm, cast<Dict>(hidden), native.fields[i].name, self[i]));
  CEDE_TRY(const Value arguments, tuple_of(vm, {items, hidden}));
  return tuple_of(vm, {Ref(type_of(vm, self)), arguments});
}

Owned struct_replace(VM& vm, Tuple& self, Keywords keywords) {
  const StructType& native = struct_of(self);
  std::vector<Ref> values(native.fields.size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = self[i];
  CEDE_TRY(const Value unknown, list_new(vm));
  Status status = Ok;
  keywords.each([&](Str& name, Ref value) {
    const auto field = std::find_if(native.fields.begin(), native.fields.end(),
                                    [&](const StructField& f) { return name.view() == f.name; });
    if (field != native.fields.end()) values[static_cast<std::size_t>(field - native.fields.begin())] = value;
    else if (list_append(vm, cast<List>(unknown), Ref(name)).is_raised()) status = raised;
  });
  if (status.is_raised()) return raised;
  if (cast<List>(unknown).size())
    return vm.raise(TypeId::TypeError, "Got unexpected field name(s): {}", repr_text(vm, unknown));
  return make(vm, type_of(vm, self), native, values);
}

constexpr Method methods[] = {
    method<"__reduce__(self, /)", struct_reduce>,
    method<"__replace__(self, /, **changes)", struct_replace>,
};

}  // namespace

// Derived at start-up from constant data of another file; never changed.
const Slots struct_sequence_slots = inherit(*tuple_type.slots, [](Slots& s) {
  s.repr = struct_repr;
  s.construct = struct_construct;
});
const Slots struct_sequence_closed_slots = inherit(*tuple_type.slots, [](Slots& s) {
  s.repr = struct_repr;
  s.construct = closed_construct;
});

constexpr Layout struct_sequence_layout = layout_for<StructSequence>(&tuple_layout);
const std::span<const Method> struct_sequence_methods = methods;

Status struct_sequence_fill(VM& vm, Type& type) {
  const StructType& native = *static_cast<const StructType*>(type.native);
  Dict& names = cast<Dict>(type.dictionary);
  CEDE_CHECK(dict_set_text(vm, names, "n_sequence_fields", Ref::small(static_cast<std::int64_t>(native.visible))));
  CEDE_CHECK(dict_set_text(vm, names, "n_fields", Ref::small(static_cast<std::int64_t>(native.fields.size()))));
  CEDE_CHECK(dict_set_text(vm, names, "n_unnamed_fields", Ref::small(0)));
  CEDE_TRY(const Value match, tuple_uninitialised(vm, native.visible));
  for (std::size_t i = 0; i < native.visible; ++i)
    cast<Tuple>(match).items[i] = Owned::share(Ref(vm.intern(native.fields[i].name))).bits;
  return dict_set_text(vm, names, "__match_args__", match);
}

Owned struct_sequence_new(VM& vm, const StructType& native, std::span<const Ref> values) {
  return make(vm, vm.native_type(native), native, values);
}

}  // namespace cede
