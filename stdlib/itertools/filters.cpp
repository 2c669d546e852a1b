// itertools.compress, dropwhile, filterfalse, islice, pairwise, starmap, takewhile.
#include "stdlib/itertools/itertools.hpp"

namespace cede::stdlib {
namespace {

// A function and an iterator: dropwhile, takewhile, filterfalse, starmap.
struct Guided : Object {
  Value function, iterator;
  bool switched = false;  // dropwhile: has begun to give; takewhile: has ended
  template<class F> static void fields(Guided& self, F&& field) {
    field(self.function);
    field(self.iterator);
  }
};
constinit const Layout guided_layout = layout_for<Guided>();

template<const NativeType& Native> Owned guided_construct(VM& vm, Type& type, const Arguments& arguments) {
  const std::string_view name = std::string_view(Native.name).substr(10);
  CEDE_CHECK(check_positional(vm, Native, type, arguments, name, 2, 2));
  CEDE_TRY(Value iterator, get_iterator(vm, arguments[1]));
  Guided* made = make_instance<Guided>(vm, type);
  if (!made) return raised;
  made->function = Value(arguments[0]);
  made->iterator = std::move(iterator);
  return Value::adopt(made);
}

Result<bool> holds(VM& vm, Ref function, Ref item) {
  CEDE_TRY(const Value verdict, call(vm, function, item));
  return is_truthy(vm, verdict);
}

Owned dropwhile_next(VM& vm, Ref self) {
  Guided& guided = cast<Guided>(self);
  const Value iterator = guided.iterator, function = guided.function;
  for (;;) {
    CEDE_TRY(Value item, next(vm, iterator));
    if (item.is_finished() || guided.switched) return item;
    CEDE_TRY(const bool drop, holds(vm, function, item));
    if (!drop) {
      guided.switched = true;
      return item;
    }
    CEDE_CHECK(vm.check_interrupts());
  }
}

Owned takewhile_next(VM& vm, Ref self) {
  Guided& guided = cast<Guided>(self);
  if (guided.switched) return Owned(Finished.bits);
  const Value iterator = guided.iterator, function = guided.function;
  CEDE_TRY(Value item, next(vm, iterator));
  if (item.is_finished()) return item;
  CEDE_TRY(const bool take, holds(vm, function, item));
  if (take) return item;
  guided.switched = true;
  return Owned(Finished.bits);
}

Owned filterfalse_next(VM& vm, Ref self) {
  Guided& guided = cast<Guided>(self);
  const Value iterator = guided.iterator, function = guided.function;
  const bool by_truth = function.is_none() || function.ref() == Ref(vm.type(TypeId::Bool));
  for (;;) {
    CEDE_TRY(Value item, next(vm, iterator));
    if (item.is_finished()) return item;
    CEDE_TRY(const bool drop, by_truth ? is_truthy(vm, item) : holds(vm, function, item));
    if (!drop) return item;
    CEDE_CHECK(vm.check_interrupts());
  }
}

Owned starmap_next(VM& vm, Ref self) {
  Guided& guided = cast<Guided>(self);
  const Value iterator = guided.iterator, function = guided.function;
  CEDE_TRY(const Value item, next(vm, iterator));
  if (item.is_finished()) return Owned(Finished.bits);
  CEDE_TRY(const Value arguments, is<Tuple>(item) ? Owned::share(item) : tuple_from(vm, item));
  const Tuple& words = cast<Tuple>(arguments);
  return call(vm, function, Arguments{words.items, static_cast<std::uint32_t>(words.size), nullptr});
}

template<bool WithState> Owned guided_reduce(VM& vm, Guided& self) {
  CEDE_CHECK(warn_of_copying(vm));
  CEDE_TRY(const Value arguments, tuple_of(vm, {self.function, self.iterator}));
  if (WithState) return tuple_of(vm, {self.type, arguments, Ref::small(self.switched)});
  return tuple_of(vm, {self.type, arguments});
}
Status guided_setstate(VM& vm, Guided& self, Ref state) {
  CEDE_CHECK(warn_of_copying(vm));
  CEDE_TRY(self.switched, is_truthy(vm, state));
  return Ok;
}

// ---- compress

struct Compress : Object {
  Value data, selectors;
  template<class F> static void fields(Compress& self, F&& field) {
    field(self.data);
    field(self.selectors);
  }
};
constinit const Layout compress_layout = layout_for<Compress>();

Owned compress_new(VM& vm, Type& type, Ref data, Ref selectors) {
  CEDE_TRY(Value data_iterator, get_iterator(vm, data));
  CEDE_TRY(Value selectors_iterator, get_iterator(vm, selectors));
  Compress* made = make_instance<Compress>(vm, type);
  if (!made) return raised;
  made->data = std::move(data_iterator);
  made->selectors = std::move(selectors_iterator);
  return Value::adopt(made);
}
Owned compress_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"compress(data, selectors)", compress_new>(vm, type, arguments);
}
Owned compress_next(VM& vm, Ref self) {
  Compress& compress = cast<Compress>(self);
  const Value data = compress.data, selectors = compress.selectors;
  for (;;) {
    CEDE_TRY(Value datum, next(vm, data));
    if (datum.is_finished()) return datum;
    CEDE_TRY(const Value selector, next(vm, selectors));
    if (selector.is_finished()) return Owned(Finished.bits);
    CEDE_TRY(const bool take, is_truthy(vm, selector));
    if (take) return datum;
    CEDE_CHECK(vm.check_interrupts());
  }
}
Owned compress_reduce(VM& vm, Compress& self) {
  CEDE_CHECK(warn_of_copying(vm));
  CEDE_TRY(const Value arguments, tuple_of(vm, {self.data, self.selectors}));
  return tuple_of(vm, {self.type, arguments});
}

// ---- islice

struct ISlice : Object {
  Value iterator;                  // Unbound once exhausted
  std::int64_t next_position = 0;  // of the item to give next
  std::int64_t stop = -1;          // -1: none
  std::int64_t step = 1, taken = 0;
  template<class F> static void fields(ISlice& self, F&& field) { field(self.iterator); }
};
constinit const Layout islice_layout = layout_for<ISlice>();

// An argument as a size; -1 if it is no such thing, whatever the reason.
std::int64_t bound_or_minus_one(VM& vm, Ref value) {
  const Result<std::int64_t> n = index_int64(vm, value);
  if (!n.is_raised()) return *n;
  vm.clear_error();
  return -1;
}
constexpr const char* bad_stop =
    "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
constexpr const char* bad_indices = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
constexpr const char* bad_step = "Step for islice() must be a positive integer or None.";

Owned islice_construct(VM& vm, Type& type, const Arguments& arguments) {
  CEDE_CHECK(check_positional(vm, islice_type, type, arguments, "islice", 2, 4));
  std::int64_t start = 0, stop = -1, step = 1;
  const bool only_stop = arguments.positional == 2;
  if (!only_stop && !arguments[1].is_none()) start = bound_or_minus_one(vm, arguments[1]);
  if (const Ref bound = arguments[only_stop ? 1 : 2]; !bound.is_none()) {
    stop = bound_or_minus_one(vm, bound);
    if (stop == -1) return vm.raise_text(TypeId::ValueError, bad_stop);
  }
  if (start < 0 || stop < -1) return vm.raise_text(TypeId::ValueError, bad_indices);
  if (arguments.positional == 4 && !arguments[3].is_none()) step = bound_or_minus_one(vm, arguments[3]);
  if (step < 1) return vm.raise_text(TypeId::ValueError, bad_step);
  CEDE_TRY(Value iterator, get_iterator(vm, arguments[0]));
  ISlice* made = make_instance<ISlice>(vm, type);
  if (!made) return raised;
  made->iterator = std::move(iterator);
  made->next_position = start;
  made->stop = stop;
  made->step = step;
  return Value::adopt(made);
}

Owned islice_advance(VM& vm, ISlice& slice, const Value& iterator) {
  while (slice.taken < slice.next_position) {
    CEDE_TRY(Value skipped, next(vm, iterator));
    if (skipped.is_finished()) return skipped;
    ++slice.taken;
    CEDE_CHECK(vm.check_interrupts());
  }
  if (slice.stop != -1 && slice.taken >= slice.stop) return Owned(Finished.bits);
  CEDE_TRY(Value item, next(vm, iterator));
  if (item.is_finished()) return item;
  ++slice.taken;
  std::int64_t after;
  const bool overflow = __builtin_add_overflow(slice.next_position, slice.step, &after);
  slice.next_position = overflow ? (slice.stop == -1 ? PTRDIFF_MAX : slice.stop) : after;
  if (slice.stop != -1 && slice.next_position > slice.stop) slice.next_position = slice.stop;
  return item;
}
Owned islice_next(VM& vm, Ref self) {
  ISlice& slice = cast<ISlice>(self);
  const Value iterator = slice.iterator;
  if (iterator.is_unbound()) return Owned(Finished.bits);
  const Owned item = islice_advance(vm, slice, iterator);
  if (item.is_raised() || item.is_finished()) slice.iterator.reset();
  return item;
}
Owned islice_reduce(VM& vm, ISlice& self) {
  CEDE_CHECK(warn_of_copying(vm));
  if (self.iterator.is_unbound()) {
    CEDE_TRY(const Value empty, list_new(vm));
    CEDE_TRY(const Value iterator, list_iterator_new(vm, cast<List>(empty)));
    CEDE_TRY(const Value arguments, tuple_of(vm, {iterator, Ref::small(0)}));
    return tuple_of(vm, {self.type, arguments, Ref::small(0)});
  }
  CEDE_TRY(const Value arguments,
           tuple_of(vm, {self.iterator, Ref::small(self.next_position),
                         self.stop == -1 ? None : Ref::small(self.stop), Ref::small(self.step)}));
  return tuple_of(vm, {self.type, arguments, Ref::small(self.taken)});
}
Status islice_setstate(VM& vm, ISlice& self, Ref state) {
  CEDE_CHECK(warn_of_copying(vm));
  CEDE_TRY(self.taken, size_argument(vm, state));
  return Ok;
}

// ---- pairwise

struct Pairwise : Object {
  Value iterator, previous, result;
  template<class F> static void fields(Pairwise& self, F&& field) {
    field(self.iterator);
    field(self.previous);
    field(self.result);
  }
};
constinit const Layout pairwise_layout = layout_for<Pairwise>();

Owned pairwise_construct(VM& vm, Type& type, const Arguments& arguments) {
  CEDE_CHECK(check_positional(vm, pairwise_type, type, arguments, "pairwise", 1, 1));
  CEDE_TRY(Value iterator, get_iterator(vm, arguments[0]));
  Pairwise* made = make_instance<Pairwise>(vm, type);
  if (!made) return raised;
  made->iterator = std::move(iterator);
  return Value::adopt(made);
}
Owned pairwise_next(VM& vm, Ref self) {
  Pairwise& pairwise = cast<Pairwise>(self);
  Value iterator = pairwise.iterator;
  if (iterator.is_unbound()) return Owned(Finished.bits);
  Value previous = pairwise.previous;
  if (previous.is_unbound()) {
    previous = next(vm, iterator);
    if (previous.is_raised() || previous.is_finished()) {
      pairwise.iterator.reset();
      return previous;
    }
    pairwise.previous = previous;
    // The step may have used this very object.
    iterator = pairwise.iterator;
    if (iterator.is_unbound()) {
      pairwise.previous.reset();
      return Owned(Finished.bits);
    }
  }
  Value item = next(vm, iterator);
  if (item.is_raised() || item.is_finished()) {
    pairwise.iterator.reset();
    pairwise.previous.reset();
    return item;
  }
  pairwise.previous = item;
  CEDE_TRY(const Value pair, reusable_tuple(vm, pairwise.result, 2));
  fill_tuple(pair, 0, std::move(previous));
  fill_tuple(pair, 1, std::move(item));
  return Owned::share(pair);
}

constexpr Method stateful_methods[] = {
    method<"__reduce__(self, /)", guided_reduce<true>>,
    method<"__setstate__(self, state, /)", guided_setstate>,
};
constexpr Method stateless_methods[] = {method<"__reduce__(self, /)", guided_reduce<false>>};
constexpr Method compress_methods[] = {method<"__reduce__(self, /)", compress_reduce>};
constexpr Method islice_methods[] = {
    method<"__reduce__(self, /)", islice_reduce>,
    method<"__setstate__(self, state, /)", islice_setstate>,
};

}  // namespace

const NativeType compress_type{
    .name = "itertools.compress",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &compress_layout,
    .slots = &itertool_slots<compress_construct, compress_next>,
    .flags = itertool_flags,
    .methods = compress_methods,
    .doc =
        "Return data elements corresponding to true selector elements.\n\n"
        "Forms a shorter iterator from selected data elements using the selectors to\nchoose the data "
        "elements.",
    .signature = "(data, selectors)",
};
const NativeType dropwhile_type{
    .name = "itertools.dropwhile",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &guided_layout,
    .slots = &itertool_slots<guided_construct<dropwhile_type>, dropwhile_next>,
    .flags = itertool_flags,
    .methods = stateful_methods,
    .doc =
        "Drop items from the iterable while predicate(item) is true.\n\nAfterwards, return every element "
        "until the "
        "iterable is exhausted.",
    .signature = "(predicate, iterable, /)",
};
const NativeType takewhile_type{
    .name = "itertools.takewhile",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &guided_layout,
    .slots = &itertool_slots<guided_construct<takewhile_type>, takewhile_next>,
    .flags = itertool_flags,
    .methods = stateful_methods,
    .doc =
        "Return successive entries from an iterable as long as the predicate evaluates to true for each "
        "entry.",
    .signature = "(predicate, iterable, /)",
};
const NativeType filterfalse_type{
    .name = "itertools.filterfalse",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &guided_layout,
    .slots = &itertool_slots<guided_construct<filterfalse_type>, filterfalse_next>,
    .flags = itertool_flags,
    .methods = stateless_methods,
    .doc =
        "Return those items of iterable for which function(item) is false.\n\nIf function is None, return "
        "the items "
        "that are false.",
    .signature = "(function, iterable, /)",
};
const NativeType starmap_type{
    .name = "itertools.starmap",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &guided_layout,
    .slots = &itertool_slots<guided_construct<starmap_type>, starmap_next>,
    .flags = itertool_flags,
    .methods = stateless_methods,
    .doc =
        "Return an iterator whose values are returned from the function evaluated with an argument tuple "
        "taken from "
        "the given sequence.",
    .signature = "(function, iterable, /)",
};
const NativeType islice_type{
    .name = "itertools.islice",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &islice_layout,
    .slots = &itertool_slots<islice_construct, islice_next>,
    .flags = itertool_flags,
    .methods = islice_methods,
    .doc =
        "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice "
        "object\n\n"
        "Return an iterator whose next() method returns selected values from an\n"
        "iterable.  If start is specified, will skip all preceding elements;\n"
        "otherwise, start defaults to zero.  Step defaults to one.  If\n"
        "specified as another value, step determines how many values are\n"
        "skipped between successive calls.  Works like a slice() on a list\nbut returns an iterator.",
};
const NativeType pairwise_type{
    .name = "itertools.pairwise",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &pairwise_layout,
    .slots = &itertool_slots<pairwise_construct, pairwise_next>,
    .flags = itertool_flags,
    .doc =
        "Return an iterator of overlapping pairs taken from the input iterator.\n\n    s -> (s0,s1), "
        "(s1,s2), (s2, s3), ...",
    .signature = "(iterable, /)",
};

}  // namespace cede::stdlib
