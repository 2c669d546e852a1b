// itertools.accumulate, batched, chain, groupby, zip_longest.
#include "runtime/types/generic_alias.hpp"
#include "stdlib/itertools/itertools.hpp"

namespace cede::stdlib {
namespace {

// ---- accumulate

struct Accumulate : Object {
  Value iterator, function;
  Value total;    // Unbound before the first item
  Value initial;  // None: none, or given already
  template<class F> static void fields(Accumulate& self, F&& field) {
    field(self.function);
    field(self.total);
    field(self.iterator);
    field(self.initial);
  }
};
constinit const Layout accumulate_layout = layout_for<Accumulate>();

Owned accumulate_new(VM& vm, Type& type, Ref iterable, Ref function, Ref initial) {
  CEDE_TRY(Value iterator, get_iterator(vm, iterable));
  Accumulate* made = make_instance<Accumulate>(vm, type);
  if (!made) return raised;
  made->iterator = std::move(iterator);
  made->function = Value(function);
  made->initial = Value(initial);
  return Value::adopt(made);
}
Owned accumulate_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"accumulate(iterable, func=None, *, initial=None)", accumulate_new>(vm, type, arguments);
}
Owned accumulate_next(VM& vm, Ref self) {
  Accumulate& a = cast<Accumulate>(self);
  if (!a.initial.is_none()) {
    a.total = std::exchange(a.initial, Value(None));
    return Owned::share(a.total);
  }
  const Value iterator = a.iterator, function = a.function;
  CEDE_TRY(Value item, next(vm, iterator));
  if (item.is_finished()) return item;
  if (a.total.is_unbound()) {
    a.total = item;
    return item;
  }
  const Value total = a.total;
  CEDE_TRY(Value sum, function.is_none() ? binary_operation(vm, total, item, BinaryOperation::Add)
                                         : call(vm, function, total, item));
  a.total = sum;
  return sum;
}
Owned accumulate_reduce(VM& vm, Accumulate& self) {
  CEDE_CHECK(warn_of_copying(vm));
  if (!self.initial.is_none()) {
    // accumulate(chain([initial], iterator), function)
    CEDE_TRY(const Value first, list_of(vm, {self.initial}));
    CEDE_TRY(const Value both, tuple_of(vm, {first, self.iterator}));
    CEDE_TRY(const Value chained, chain_of(vm, both));
    CEDE_TRY(const Value arguments, tuple_of(vm, {chained, self.function}));
    return tuple_of(vm, {self.type, arguments, None});
  }
  CEDE_TRY(const Value arguments, tuple_of(vm, {self.iterator, self.function}));
  return tuple_of(vm, {self.type, arguments, self.total.is_unbound() ? None : self.total.ref()});
}
Status accumulate_setstate(VM& vm, Accumulate& self, Ref state) {
  CEDE_CHECK(warn_of_copying(vm));
  self.total = state.is_none() ? Value() : Value(state);
  return Ok;
}

// ---- batched

struct Batched : Object {
  Value iterator;  // Unbound once exhausted
  std::int64_t size = 1;
  bool strict = false;
  template<class F> static void fields(Batched& self, F&& field) { field(self.iterator); }
};
constinit const Layout batched_layout = layout_for<Batched>();

Owned batched_new(VM& vm, Type& type, Ref iterable, Ref n, bool strict) {
  CEDE_TRY(const std::int64_t size, size_argument(vm, n));
  if (size < 1) return vm.raise_text(TypeId::ValueError, "n must be at least one");
  CEDE_TRY(Value iterator, get_iterator(vm, iterable));
  Batched* made = make_instance<Batched>(vm, type);
  if (!made) return raised;
  made->iterator = std::move(iterator);
  made->size = size;
  made->strict = strict;
  return Value::adopt(made);
}
Owned batched_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"batched(iterable, n, *, strict=False)", batched_new>(vm, type, arguments);
}
Owned batched_next(VM& vm, Ref self) {
  Batched& batched = cast<Batched>(self);
  const Value iterator = batched.iterator;
  if (iterator.is_unbound()) return Owned(Finished.bits);
  const std::size_t size = static_cast<std::size_t>(batched.size);
  if (size > list_maximum_size) return vm.raise_memory_error();
  CEDE_TRY(const Value items, list_with_capacity(vm, std::min<std::size_t>(size, 64)));
  List& list = cast<List>(items);
  while (list.size() < size) {
    Value item = next(vm, iterator);
    if (item.is_raised()) {
      batched.iterator.reset();
      return raised;
    }
    if (item.is_finished()) {
      if (list.size() && !batched.strict) break;
      batched.iterator.reset();
      return list.size() ? Owned(vm.raise_text(TypeId::ValueError, "batched(): incomplete batch"))
                         : item.take();
    }
    CEDE_CHECK(list_push(vm, list, std::move(item)));
    CEDE_CHECK(vm.check_interrupts());
  }
  return tuple_from(vm, items);
}

// ---- chain

struct Chain : Object {
  Value source;  // iterator over iterables; Unbound once exhausted
  Value active;  // the current one's iterator, or Unbound
  template<class F> static void fields(Chain& self, F&& field) {
    field(self.active);
    field(self.source);
  }
};
constinit const Layout chain_layout = layout_for<Chain>();

Owned chain_over(VM& vm, Type& type, Ref iterables) {
  CEDE_TRY(Value source, get_iterator(vm, iterables));
  Chain* made = make_instance<Chain>(vm, type);
  if (!made) return raised;
  made->source = std::move(source);
  return Value::adopt(made);
}
Owned chain_construct(VM& vm, Type& type, const Arguments& arguments) {
  CEDE_CHECK(check_positional(vm, chain_type, type, arguments, "chain", 0, UINT32_MAX));
  CEDE_TRY(const Value iterables, tuple_from_words(vm, arguments.values, arguments.positional));
  return chain_over(vm, type, iterables);
}
Owned chain_from_iterable(VM& vm, Type& type, Ref iterable) { return chain_over(vm, type, iterable); }

Owned chain_next(VM& vm, Ref self) {
  Chain& chain = cast<Chain>(self);
  for (;;) {
    if (chain.source.is_unbound()) return Owned(Finished.bits);
    if (chain.active.is_unbound()) {
      const Value source = chain.source;
      Value iterable = next(vm, source);
      if (iterable.is_raised() || iterable.is_finished()) {
        chain.source.reset();
        return iterable;
      }
      Value active = get_iterator(vm, iterable);
      if (active.is_raised()) {
        chain.source.reset();
        return raised;
      }
      chain.active = std::move(active);
    }
    const Value active = chain.active;
    CEDE_TRY(Value item, next(vm, active));
    if (!item.is_finished()) return item;
    chain.active.reset();
    CEDE_CHECK(vm.check_interrupts());
  }
}
Owned chain_reduce(VM& vm, Chain& self) {
  CEDE_CHECK(warn_of_copying(vm));
  if (self.source.is_unbound()) return tuple_of(vm, {self.type, vm.empty_tuple});
  CEDE_TRY(const Value state,
           self.active.is_unbound() ? tuple_of(vm, {self.source}) : tuple_of(vm, {self.source, self.active}));
  return tuple_of(vm, {self.type, vm.empty_tuple, state});
}
Status chain_setstate(VM& vm, Chain& self, Ref state) {
  CEDE_CHECK(warn_of_copying(vm));
  const Tuple* parts = as<Tuple>(state);
  if (!parts) return vm.raise_text(TypeId::TypeError, "state is not a tuple");
  const std::size_t n = parts->size;
  if (n < 1 || n > 2 || !is_iterator(vm, (*parts)[0]) || (n == 2 && !is_iterator(vm, (*parts)[1])))
    return vm.raise_text(TypeId::TypeError, "Arguments must be iterators.");
  self.source = Value((*parts)[0]);
  self.active = n == 2 ? Value((*parts)[1]) : Value();
  return Ok;
}

// ---- groupby

struct GroupBy : Object {
  Value iterator, key_function;
  Value target_key;                  // of the group given last; Unbound before
  Value current_key, current_value;  // read from the iterator, not given yet; Unbound: none
  const Object* group = nullptr;     // the one that may still give items; compared only
  template<class F> static void fields(GroupBy& self, F&& field) {
    field(self.iterator);
    field(self.key_function);
    field(self.target_key);
    field(self.current_key);
    field(self.current_value);
  }
};
constinit const Layout groupby_layout = layout_for<GroupBy>();

struct Grouper : Object {
  Value parent, target_key;
  template<class F> static void fields(Grouper& self, F&& field) {
    field(self.parent);
    field(self.target_key);
  }
};
constinit const Layout grouper_layout = layout_for<Grouper>();

Owned groupby_new(VM& vm, Type& type, Ref iterable, Ref key) {
  CEDE_TRY(Value iterator, get_iterator(vm, iterable));
  GroupBy* made = make_instance<GroupBy>(vm, type);
  if (!made) return raised;
  made->iterator = std::move(iterator);
  made->key_function = Value(key);
  return Value::adopt(made);
}
Owned groupby_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"groupby(iterable, key=None)", groupby_new>(vm, type, arguments);
}

// Reads one item ahead: None, or Finished.
Owned groupby_step(VM& vm, GroupBy& by) {
  const Value iterator = by.iterator, function = by.key_function;
  CEDE_TRY(Value item, next(vm, iterator));
  if (item.is_finished()) return item;
  CEDE_TRY(Value key, function.is_none() ? Owned::share(item) : call(vm, function, item));
  by.current_value = std::move(item);
  by.current_key = std::move(key);
  return Owned(None.bits);
}

Owned groupby_next(VM& vm, Ref self) {
  GroupBy& by = cast<GroupBy>(self);
  by.group = nullptr;
  for (;;) {
    if (!by.current_key.is_unbound()) {
      if (by.target_key.is_unbound()) break;
      const Value target = by.target_key, current = by.current_key;
      CEDE_TRY(const bool same, is_equal(vm, target, current));
      if (!same) break;
    }
    CEDE_TRY(Value step, groupby_step(vm, by));
    if (step.is_finished()) return step;
    CEDE_CHECK(vm.check_interrupts());
  }
  by.target_key = by.current_key;
  Grouper* group = make_object<Grouper>(vm, vm.native_type(grouper_type));
  if (!group) return raised;
  const Value held = Value::adopt(group);
  group->parent = Value(self);
  group->target_key = by.target_key;
  by.group = group;
  return tuple_of(vm, {by.current_key, held});
}

Owned grouper_next(VM& vm, Ref self) {
  Grouper& group = cast<Grouper>(self);
  const Value parent = group.parent;
  GroupBy& by = cast<GroupBy>(parent);
  if (by.group != &group) return Owned(Finished.bits);
  if (by.current_value.is_unbound()) {
    CEDE_TRY(Value step, groupby_step(vm, by));
    if (step.is_finished()) return step;
  }
  const Value target = group.target_key, current = by.current_key;
  CEDE_TRY(const bool same, is_equal(vm, target, current));
  if (!same || by.current_value.is_unbound()) return Owned(Finished.bits);
  Value item = std::move(by.current_value);
  by.current_value.reset();
  by.current_key.reset();
  return item;
}
Owned grouper_construct(VM& vm, Type& type, const Arguments& arguments) {
  CEDE_CHECK(check_positional(vm, grouper_type, type, arguments, "_grouper", 2, 2));
  if (!is_exact(arguments[0], TypeId::Dynamic) || arguments[0].object()->type->native != &groupby_type) {
    const std::string name = type_name(arguments[0], vm);
    return vm.raise(TypeId::TypeError, "_grouper() argument 1 must be itertools.groupby, not {}", name);
  }
  Grouper* group = make_object<Grouper>(vm, type);
  if (!group) return raised;
  group->parent = Value(arguments[0]);
  group->target_key = Value(arguments[1]);
  cast<GroupBy>(arguments[0]).group = group;
  return Value::adopt(group);
}
Owned groupby_reduce(VM& vm, GroupBy& self) {
  CEDE_CHECK(warn_of_copying(vm));
  CEDE_TRY(const Value arguments, tuple_of(vm, {self.iterator, self.key_function}));
  if (self.target_key.is_unbound() || self.current_key.is_unbound() || self.current_value.is_unbound())
    return tuple_of(vm, {self.type, arguments});
  CEDE_TRY(const Value state, tuple_of(vm, {self.current_key, self.current_value, self.target_key}));
  return tuple_of(vm, {self.type, arguments, state});
}
Status groupby_setstate(VM& vm, GroupBy& self, Ref state) {
  CEDE_CHECK(warn_of_copying(vm));
  const Tuple* parts = as<Tuple>(state);
  if (!parts) return vm.raise_text(TypeId::TypeError, "state is not a tuple");
  if (parts->size != 3)
    return vm.raise(TypeId::TypeError, "function takes exactly 3 arguments ({} given)", parts->size);
  self.current_key = Value((*parts)[0]);
  self.current_value = Value((*parts)[1]);
  self.target_key = Value((*parts)[2]);
  return Ok;
}

// ---- zip_longest

struct ZipLongest : Object {
  Value iterators;  // a Tuple of our own: finished iterators become Unbound
  Value fill;
  Value result;
  std::size_t active = 0;
  template<class F> static void fields(ZipLongest& self, F&& field) {
    field(self.iterators);
    field(self.result);
    field(self.fill);
  }
};
constinit const Layout zip_longest_layout = layout_for<ZipLongest>();

Owned zip_longest_construct(VM& vm, Type& type, const Arguments& arguments) {
  Value fill{None};
  if (arguments.keywords && arguments.keywords->size) {
    if (arguments.keywords->size > 1 || cast<Str>((*arguments.keywords)[0]).view() != "fillvalue")
      return vm.raise_text(TypeId::TypeError, "zip_longest() got an unexpected keyword argument");
    fill = Value(arguments[arguments.positional]);
  }
  CEDE_TRY(Value iterators, iterators_over(vm, arguments.values, arguments.positional));
  ZipLongest* made = make_instance<ZipLongest>(vm, type);
  if (!made) return raised;
  made->iterators = std::move(iterators);
  made->fill = std::move(fill);
  made->active = arguments.positional;
  return Value::adopt(made);
}
Owned zip_longest_next(VM& vm, Ref self) {
  ZipLongest& zip = cast<ZipLongest>(self);
  const Value iterators = zip.iterators;
  Tuple& all = cast<Tuple>(iterators);
  if (all.size == 0 || zip.active == 0) return Owned(Finished.bits);
  const bool reuse = !zip.result.is_unbound() && zip.result.object()->count == 1;
  Value row;
  if (reuse)
    row = zip.result;
  else {
    CEDE_TRY(row, tuple_uninitialised(vm, all.size));
  }
  for (std::size_t i = 0; i < all.size; ++i) {
    const Value iterator{all[i]};
    Value item = zip.fill;
    if (!iterator.is_unbound()) {
      item = next(vm, iterator);
      if (item.is_raised()) {
        zip.active = 0;
        return raised;
      }
      if (item.is_finished()) {
        if (zip.active <= 1) {
          zip.active = 0;
          return item;
        }
        --zip.active;
        fill_tuple(iterators, i, Value());
        item = zip.fill;
      }
    }
    fill_tuple(row, i, std::move(item));
  }
  if (!reuse) zip.result = row;
  return row;
}
Owned zip_longest_reduce(VM& vm, ZipLongest& self) {
  CEDE_CHECK(warn_of_copying(vm));
  const Tuple& all = cast<Tuple>(self.iterators);
  CEDE_TRY(const Value arguments, tuple_uninitialised(vm, all.size));
  for (std::size_t i = 0; i < all.size; ++i)
    fill_tuple(arguments, i, Value(all[i].is_unbound() ? vm.empty_tuple.ref() : all[i]));
  return tuple_of(vm, {self.type, arguments, self.fill});
}
Status zip_longest_setstate(VM& vm, ZipLongest& self, Ref state) {
  CEDE_CHECK(warn_of_copying(vm));
  self.fill = Value(state);
  return Ok;
}

constexpr Slots grouper_slots = itertool_slots<grouper_construct, grouper_next>;
constexpr Method accumulate_methods[] = {
    method<"__reduce__(self, /)", accumulate_reduce>,
    method<"__setstate__(self, state, /)", accumulate_setstate>,
};
constexpr Method chain_methods[] = {
    method<"from_iterable(type, iterable, /)", chain_from_iterable>,
    method<"__reduce__(self, /)", chain_reduce>,
    method<"__setstate__(self, state, /)", chain_setstate>,
    method<"__class_getitem__(type, object, /)", class_getitem_alias>,
};
constexpr Method groupby_methods[] = {
    method<"__reduce__(self, /)", groupby_reduce>,
    method<"__setstate__(self, state, /)", groupby_setstate>,
};
constexpr Method zip_longest_methods[] = {
    method<"__reduce__(self, /)", zip_longest_reduce>,
    method<"__setstate__(self, state, /)", zip_longest_setstate>,
};

}  // namespace

Owned chain_of(VM& vm, Ref iterables) { return chain_over(vm, vm.native_type(chain_type), iterables); }

const NativeType accumulate_type{
    .name = "itertools.accumulate",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &accumulate_layout,
    .slots = &itertool_slots<accumulate_construct, accumulate_next>,
    .flags = itertool_flags,
    .methods = accumulate_methods,
    .doc = "Return series of accumulated sums.",
    .signature = "(iterable, func=None, *, initial=None)",
};
const NativeType batched_type{
    .name = "itertools.batched",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &batched_layout,
    .slots = &itertool_slots<batched_construct, batched_next>,
    .flags = itertool_flags,
    .doc =
        "Batch data into tuples of length n. The last batch may be shorter than n.\n\n"
        "Loops over the input iterable and accumulates data into tuples\n"
        "up to size n.  The input is consumed lazily, just enough to\n"
        "fill a batch.  The result is yielded as soon as a batch is full\n"
        "or when the input iterable is exhausted.\n\n    >>> for batch in batched('ABCDEFG', 3):\n"
        "    ...     print(batch)\n    ...\n    ('A', 'B', 'C')\n    ('D', 'E', 'F')\n    ('G',)\n\n"
        "If \"strict\" is True, raises a ValueError if the final batch is shorter\nthan n.",
    .signature = "(iterable, n, *, strict=False)",
};
const NativeType chain_type{
    .name = "itertools.chain",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &chain_layout,
    .slots = &itertool_slots<chain_construct, chain_next>,
    .flags = itertool_flags,
    .methods = chain_methods,
    .doc =
        "Return a chain object whose .__next__() method returns elements from the\n"
        "first iterable until it is exhausted, then elements from the next\n"
        "iterable, until all of the iterables are exhausted.",
    .signature = "(*iterables)",
};
const NativeType groupby_type{
    .name = "itertools.groupby",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &groupby_layout,
    .slots = &itertool_slots<groupby_construct, groupby_next>,
    .flags = itertool_flags,
    .methods = groupby_methods,
    .doc =
        "make an iterator that returns consecutive keys and groups from the iterable\n\n  iterable\n"
        "    Elements to divide into groups according to the key function.\n  key\n"
        "    A function for computing the group category for each element.\n"
        "    If the key function is not specified or is None, the element itself\n    is used for grouping.",
    .signature = "(iterable, key=None)",
};
const NativeType grouper_type{
    .name = "itertools._grouper",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &grouper_layout,
    .slots = &grouper_slots,
    .flags = std::uint32_t(TypeFlag::Instantiable),
};
const NativeType zip_longest_type{
    .name = "itertools.zip_longest",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &zip_longest_layout,
    .slots = &itertool_slots<zip_longest_construct, zip_longest_next>,
    .flags = itertool_flags,
    .methods = zip_longest_methods,
    .doc =
        "Return a zip_longest object whose .__next__() method returns a tuple where\n"
        "the i-th element comes from the i-th iterable argument.  The .__next__()\n"
        "method continues until the longest iterable in the argument sequence\n"
        "is exhausted and then it raises StopIteration.  When the shorter iterables\n"
        "are exhausted, the fillvalue is substituted in their place.  The fillvalue\n"
        "defaults to None or can be specified by a keyword argument.",
    .signature = "(*iterables, fillvalue=None)",
};

}  // namespace cede::stdlib
