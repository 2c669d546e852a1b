// enumerate, zip, map, filter, reversed.
#include "runtime/types/iterator_makers.hpp"

#include "runtime/core/protocols.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/iterators.hpp"
#include "runtime/types/sequence.hpp"

namespace cede {

constinit const Layout enumerate_layout = layout_for<Enumerate>();
constinit const Layout zip_layout = layout_for<Zip>();
constinit const Layout map_layout = layout_for<Map>();
constinit const Layout filter_layout = layout_for<Filter>();
constinit const Layout reversed_layout = layout_for<Reversed>();

Owned iterators_over(VM& vm, const Bits* words, std::size_t count) {
  CEDE_TRY(Value made, tuple_uninitialised(vm, count));
  for (std::size_t i = 0; i < count; ++i) {
    Owned iterator = get_iterator(vm, Ref(words[i]));
    if (iterator.is_raised()) return raised;
    cast<Tuple>(made).items[i] = iterator.bits;
  }
  return made;
}

Value reusable_tuple(VM& vm, Value& kept, std::size_t size) {
  if (!kept.is_unbound() && kept.object()->count == 1) return kept;
  CEDE_TRY(Value made, tuple_uninitialised(vm, size));
  kept = made;
  return made;
}

namespace {

Owned next_of(VM& vm, const Value& iterators, std::size_t i) { return next(vm, cast<Tuple>(iterators)[i]); }

// The rule of CPython's constructors: a subclass with its own __init__ may take keywords.
Status check_keywords(VM& vm, const Type& type, TypeId id, const Arguments& arguments,
                      std::string_view name) {
  if (type.id == id || type.slots->init == object_init) return check_no_keywords(vm, arguments, name);
  return Ok;
}

Owned reduce_with(VM& vm, Ref self, Ref state) { return tuple_of(vm, {&type_of(vm, self), state}); }

// ---- enumerate

Status bind_enumerate(VM& vm, const Arguments& arguments, Ref& iterable, Ref& start) {
  const std::size_t named = arguments.keywords ? arguments.keywords->size : 0,
                    given = arguments.positional + named;
  if (given == 0) return vm.raise_text(TypeId::TypeError, "enumerate() missing required argument 'iterable'");
  if (given > 2)
    return vm.raise(TypeId::TypeError, "enumerate() takes at most 2 arguments ({} given)", given);
  if (arguments.positional > 0) iterable = arguments[0];
  if (arguments.positional > 1) start = arguments[1];
  for (std::size_t i = 0; i < named; ++i) {
    const std::string_view name = cast<Str>((*arguments.keywords)[i]).view();
    const Ref value = arguments[arguments.positional + i];
    if (name == "iterable" && iterable.is_unbound())
      iterable = value;
    else if (name == "start" && start.is_unbound())
      start = value;
    else
      return vm.raise(TypeId::TypeError, "'{}' is an invalid keyword argument for enumerate()", name);
  }
  if (iterable.is_unbound())
    return vm.raise_text(TypeId::TypeError, "enumerate() missing required argument 'iterable'");
  return Ok;
}

Owned enumerate_construct(VM& vm, Type& type, const Arguments& arguments) {
  Ref iterable, start;
  CEDE_CHECK(bind_enumerate(vm, arguments, iterable, start));
  Value count = Value::small(0);
  if (!start.is_unbound()) {
    CEDE_TRY(count, index(vm, start));
    if (count.ref().is_bool()) count = Value::small(count.ref().is_true());
  }
  CEDE_TRY(Value iterator, get_iterator(vm, iterable));
  Enumerate* made = make_instance<Enumerate>(vm, type);
  if (!made) return raised;
  made->iterator = std::move(iterator);
  made->count = std::move(count);
  return Value::adopt(made);
}

Owned enumerate_next(VM& vm, Ref self) {
  Enumerate& e = cast<Enumerate>(self);
  const Value iterator = e.iterator;
  CEDE_TRY(Value item, next(vm, iterator));
  if (item.is_finished()) return item;
  CEDE_TRY(const Value pair, reusable_tuple(vm, e.result, 2));
  Value number = e.count;
  if (number.ref().is_small() && Ref::fits_small(number.ref().small() + 1))
    e.count = Value::small(number.ref().small() + 1);
  else {
    CEDE_TRY(e.count, binary_operation(vm, number, Ref::small(1), BinaryOperation::Add));
  }
  fill_tuple(pair, 0, std::move(number));
  fill_tuple(pair, 1, std::move(item));
  return Owned::share(pair);
}

Owned enumerate_reduce(VM& vm, Enumerate& self) {
  CEDE_TRY(const Value state, tuple_of(vm, {self.iterator, self.count}));
  return reduce_with(vm, &self, state);
}

// ---- zip

Status zip_strict(VM& vm, const Arguments& arguments, bool& strict) {
  if (!arguments.keywords || arguments.keywords->size == 0) return Ok;
  if (arguments.keywords->size > 1)
    return vm.raise(TypeId::TypeError, "zip() takes at most 1 keyword argument ({} given)",
                    arguments.keywords->size);
  const std::string_view name = cast<Str>((*arguments.keywords)[0]).view();
  if (name != "strict")
    return vm.raise(TypeId::TypeError, "zip() got an unexpected keyword argument '{}'", name);
  CEDE_TRY(strict, is_truthy(vm, arguments[arguments.positional]));
  return Ok;
}

Owned zip_construct(VM& vm, Type& type, const Arguments& arguments) {
  bool strict = false;
  CEDE_CHECK(zip_strict(vm, arguments, strict));
  CEDE_TRY(Value iterators, iterators_over(vm, arguments.values, arguments.positional));
  Zip* made = make_instance<Zip>(vm, type);
  if (!made) return raised;
  made->iterators = std::move(iterators);
  made->strict = strict;
  return Value::adopt(made);
}

// `at` iterators before this one have (or, if it is longer, have not) given an item.
RaisedMark raise_lengths(VM& vm, std::size_t at, std::string_view how) {
  const std::string others = at == 1 ? " 1" : fmt::format("s 1-{}", at);
  const std::size_t number = at + 1;
  return vm.raise(TypeId::ValueError, "zip() argument {} is {} than argument{}", number, how, others);
}

// The first iterator has finished, or the one at `at`: the others must have, too.
Owned zip_finish_strict(VM& vm, const Value& iterators, std::size_t at) {
  if (at > 0) return raise_lengths(vm, at, "shorter");
  for (std::size_t i = 1; i < cast<Tuple>(iterators).size; ++i) {
    CEDE_TRY(const Value item, next_of(vm, iterators, i));
    if (!item.is_finished()) return raise_lengths(vm, i, "longer");
  }
  return Owned(Finished.bits);
}

Owned zip_next(VM& vm, Ref self) {
  Zip& zip = cast<Zip>(self);
  const Value iterators = zip.iterators;
  const std::size_t n = cast<Tuple>(iterators).size;
  if (n == 0) return Owned(Finished.bits);
  // A new tuple becomes the kept one only when it is full: scripts that run meanwhile must not see it.
  const bool reuse = !zip.result.is_unbound() && zip.result.object()->count == 1;
  Value row;
  if (reuse)
    row = zip.result;
  else {
    CEDE_TRY(row, tuple_uninitialised(vm, n));
  }
  for (std::size_t i = 0; i < n; ++i) {
    CEDE_TRY(Value item, next_of(vm, iterators, i));
    if (item.is_finished()) return zip.strict ? zip_finish_strict(vm, iterators, i) : item.take();
    fill_tuple(row, i, std::move(item));
  }
  if (!reuse) zip.result = row;
  return row;
}

Owned zip_reduce(VM& vm, Zip& self) {
  if (self.strict) return tuple_of(vm, {&type_of(vm, &self), self.iterators, True});
  return reduce_with(vm, &self, self.iterators);
}

Status zip_setstate(VM& vm, Zip& self, Ref state) {
  CEDE_TRY(self.strict, is_truthy(vm, state));
  return Ok;
}

// ---- map

Owned map_construct(VM& vm, Type& type, const Arguments& arguments) {
  CEDE_CHECK(check_keywords(vm, type, TypeId::Map, arguments, "map"));
  if (arguments.positional < 2)
    return vm.raise_text(TypeId::TypeError, "map() must have at least two arguments.");
  CEDE_TRY(Value iterators, iterators_over(vm, arguments.values + 1, arguments.positional - 1));
  Map* made = make_instance<Map>(vm, type);
  if (!made) return raised;
  made->iterators = std::move(iterators);
  made->function = Value(arguments[0]);
  return Value::adopt(made);
}

Owned map_next(VM& vm, Ref self) {
  Map& map = cast<Map>(self);
  const Value iterators = map.iterators, function = map.function;
  const std::size_t n = cast<Tuple>(iterators).size;
  if (n == 1) {
    CEDE_TRY(const Value item, next_of(vm, iterators, 0));
    if (item.is_finished()) return Owned(Finished.bits);
    return call(vm, function, item);
  }
  CEDE_TRY(const Value items, tuple_uninitialised(vm, n));
  for (std::size_t i = 0; i < n; ++i) {
    CEDE_TRY(Value item, next_of(vm, iterators, i));
    if (item.is_finished()) return item;
    fill_tuple(items, i, std::move(item));
  }
  return call(vm, function, Arguments{cast<Tuple>(items).items, static_cast<std::uint32_t>(n), nullptr});
}

Owned map_reduce(VM& vm, Map& self) {
  const Tuple& iterators = cast<Tuple>(self.iterators);
  CEDE_TRY(const Value state, tuple_uninitialised(vm, iterators.size + 1));
  fill_tuple(state, 0, self.function);
  for (std::size_t i = 0; i < iterators.size; ++i) fill_tuple(state, i + 1, Value(iterators[i]));
  return reduce_with(vm, &self, state);
}

// ---- filter

Owned filter_construct(VM& vm, Type& type, const Arguments& arguments) {
  CEDE_CHECK(check_keywords(vm, type, TypeId::Filter, arguments, "filter"));
  CEDE_CHECK(check_argument_count(vm, arguments, "filter", 2, 2));
  CEDE_TRY(Value iterator, get_iterator(vm, arguments[1]));
  Filter* made = make_instance<Filter>(vm, type);
  if (!made) return raised;
  made->function = Value(arguments[0]);
  made->iterator = std::move(iterator);
  return Value::adopt(made);
}

Owned filter_next(VM& vm, Ref self) {
  Filter& filter = cast<Filter>(self);
  const Value function = filter.function, iterator = filter.iterator;
  const bool by_truth = function.is_none() || function.ref() == Ref(vm.type(TypeId::Bool));
  for (;;) {
    CEDE_TRY(Value item, next(vm, iterator));
    if (item.is_finished()) return item;
    bool keep = false;
    if (by_truth) {
      CEDE_TRY(keep, is_truthy(vm, item));
    } else {
      CEDE_TRY(const Value verdict, call(vm, function, item));
      CEDE_TRY(keep, is_truthy(vm, verdict));
    }
    if (keep) return item;
    CEDE_CHECK(vm.check_interrupts());
  }
}

Owned filter_reduce(VM& vm, Filter& self) {
  CEDE_TRY(const Value state, tuple_of(vm, {self.function, self.iterator}));
  return reduce_with(vm, &self, state);
}

// ---- reversed

Owned reversed_construct(VM& vm, Type& type, const Arguments& arguments) {
  CEDE_CHECK(check_keywords(vm, type, TypeId::Reversed, arguments, "reversed"));
  CEDE_CHECK(check_argument_count(vm, arguments, "reversed", 1, 1));
  const Ref sequence = arguments[0];
  CEDE_TRY(const Value method, find_special(vm, sequence, *vm.names.__reversed__));
  if (!method.is_unbound() && !method.is_none()) return call(vm, method);
  const Type& of = type_of(vm, sequence);
  if (method.is_none() || !of.slots->getitem || is<Dict>(sequence)) {
    const std::string name = type_name(sequence, vm);
    return vm.raise(TypeId::TypeError, "'{}' object is not reversible", name);
  }
  CEDE_TRY(const std::int64_t n, length(vm, sequence));
  Reversed* made = make_instance<Reversed>(vm, type);
  if (!made) return raised;
  made->sequence = Value(sequence);
  made->position = n - 1;
  return Value::adopt(made);
}

Owned reversed_next(VM& vm, Ref self) {
  Reversed& reversed = cast<Reversed>(self);
  if (reversed.position >= 0 && !reversed.sequence.is_unbound()) {
    const Value sequence = reversed.sequence;
    Value item = get_item(vm, sequence, Ref::small(reversed.position));
    if (!item.is_raised()) {
      --reversed.position;
      return item;
    }
    if (!vm.error_is(TypeId::IndexError) && !vm.error_is(TypeId::StopIteration)) return raised;
    vm.clear_error();
  }
  reversed.position = -1;
  reversed.sequence.reset();
  return Owned(Finished.bits);
}

Result<std::int64_t> reversed_length_hint(VM& vm, Reversed& self) {
  if (self.sequence.is_unbound()) return std::int64_t{0};
  const Value sequence = self.sequence;
  const std::int64_t left = self.position + 1;
  CEDE_TRY(const std::int64_t n, length(vm, sequence));
  return n < left ? 0 : left;
}

Owned reversed_reduce(VM& vm, Reversed& self) {
  if (self.sequence.is_unbound()) return reduce_with(vm, &self, vm.empty_tuple);
  CEDE_TRY(const Value arguments, tuple_of(vm, {self.sequence}));
  return tuple_of(vm, {&type_of(vm, &self), arguments, Ref::small(self.position)});
}

Status reversed_setstate(VM& vm, Reversed& self, Ref state) {
  CEDE_TRY(const std::int64_t at, size_argument(vm, state));
  if (self.sequence.is_unbound()) return Ok;
  const Value sequence = self.sequence;
  CEDE_TRY(const std::int64_t n, length(vm, sequence));
  self.position = std::max<std::int64_t>(-1, std::min(at, n - 1));
  return Ok;
}

// ---- tables

template<Slots::New Construct, Slots::Next Next>
constexpr Slots maker_slots = inherit(object_slots, [](Slots& s) {
  s.iter = iterator_self;
  s.next = Next;
  s.construct = Construct;
});

constexpr Method enumerate_methods[] = {
    method<"__reduce__(self, /)", enumerate_reduce>,
    method<"__class_getitem__(type, object, /)", class_getitem_alias>,
};
constexpr Method zip_methods[] = {
    method<"__reduce__(self, /)", zip_reduce>,
    method<"__setstate__(self, object, /)", zip_setstate>,
};
constexpr Method map_methods[] = {method<"__reduce__(self, /)", map_reduce>};
constexpr Method filter_methods[] = {method<"__reduce__(self, /)", filter_reduce>};
constexpr Method reversed_methods[] = {
    method<"__length_hint__(self, /)", reversed_length_hint>,
    method<"__reduce__(self, /)", reversed_reduce>,
    method<"__setstate__(self, object, /)", reversed_setstate>,
};
constexpr std::uint32_t maker_flags = TypeFlag::BaseType | TypeFlag::Instantiable;

}  // namespace

extern const NativeType enumerate_type, zip_type, map_type, filter_type, reversed_type;
const NativeType enumerate_type{
    .name = "enumerate",
    .id = TypeId::Enumerate,
    .base = nullptr,
    .layout = &enumerate_layout,
    .slots = &maker_slots<enumerate_construct, enumerate_next>,
    .flags = maker_flags,
    .methods = enumerate_methods,
    .doc =
        "Return an enumerate object.\n\n  iterable\n    an object supporting iteration\n\n"
        "The enumerate object yields pairs containing a count (from start, which\n"
        "defaults to zero) and a value yielded by the iterable argument.\n\n"
        "enumerate is useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...",
    .signature = "(iterable, start=0)",
};
const NativeType zip_type{
    .name = "zip",
    .id = TypeId::Zip,
    .base = nullptr,
    .layout = &zip_layout,
    .slots = &maker_slots<zip_construct, zip_next>,
    .flags = maker_flags,
    .methods = zip_methods,
    .doc =
        "The zip object yields n-length tuples, where n is the number of iterables\n"
        "passed as positional arguments to zip().",
    .signature = "(*iterables, strict=False)",
};
const NativeType map_type{
    .name = "map",
    .id = TypeId::Map,
    .base = nullptr,
    .layout = &map_layout,
    .slots = &maker_slots<map_construct, map_next>,
    .flags = maker_flags,
    .methods = map_methods,
    .doc =
        "Make an iterator that computes the function using arguments from\neach of the iterables.  "
        "Stops when the shortest iterable is exhausted.",
    .signature = "(function, iterable, /, *iterables)",
};
const NativeType filter_type{
    .name = "filter",
    .id = TypeId::Filter,
    .base = nullptr,
    .layout = &filter_layout,
    .slots = &maker_slots<filter_construct, filter_next>,
    .flags = maker_flags,
    .methods = filter_methods,
    .doc =
        "Return an iterator yielding those items of iterable for which function(item)\n"
        "is true. If function is None, return the items that are true.",
    .signature = "(function, iterable, /)",
};
const NativeType reversed_type{
    .name = "reversed",
    .id = TypeId::Reversed,
    .base = nullptr,
    .layout = &reversed_layout,
    .slots = &maker_slots<reversed_construct, reversed_next>,
    .flags = maker_flags,
    .methods = reversed_methods,
    .doc = "Return a reverse iterator over the values of the given sequence.",
    .signature = "(sequence, /)",
};

}  // namespace cede
