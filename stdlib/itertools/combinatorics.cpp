// itertools.combinations, combinations_with_replacement, permutations, product. All pick items of one or more
// pools by an array of indices that is advanced in place; no script code runs after construction.
#include "stdlib/itertools/itertools.hpp"

namespace cede::stdlib {
namespace {

struct Combinatoric : Object {
  Value pools;   // Tuple of items, or (product) a Tuple of such Tuples
  Value result;  // the last tuple given, used again if nobody else has kept it; Unbound before the first
  Buffer<std::int64_t> indices, cycles;  // cycles: permutations only
  std::int64_t length = 0;               // of the results
  bool stopped = false, started = false;
  template<class F> static void fields(Combinatoric& self, F&& field) {
    field(self.pools);
    field(self.result);
  }
  static void dispose(Heap& heap, Combinatoric& self) {
    self.indices.free(heap);
    self.cycles.free(heap);
  }
};
constinit const Layout combinatoric_layout = layout_for<Combinatoric>();

std::int64_t pool_size(const Combinatoric& c) { return static_cast<std::int64_t>(cast<Tuple>(c.pools).size); }

// Makes the object with indices 0, 1, 2, ... `count` of them; `same`: all 0.
Result<Combinatoric*> make(VM& vm, Type& type, Value pools, std::int64_t length, std::size_t count,
                           bool same) {
  Combinatoric* made = make_instance<Combinatoric>(vm, type);
  if (!made) return raised;
  Value holder = Value::adopt(made);
  made->pools = std::move(pools);
  made->length = length;
  if (!made->indices.resize(vm.heap, count)) return vm.raise_memory_error();
  for (std::size_t i = 0; i < count; ++i) made->indices[i] = same ? 0 : static_cast<std::int64_t>(i);
  (void)holder.take();
  return made;
}

// The tuple of the items that the indices name.
Owned pick(VM& vm, Combinatoric& c) {
  const std::size_t n = static_cast<std::size_t>(c.length);
  CEDE_TRY(const Value row, reusable_tuple(vm, c.result, n));
  const Tuple& pool = cast<Tuple>(c.pools);
  for (std::size_t i = 0; i < n; ++i) fill_tuple(row, i, Value(pool[static_cast<std::size_t>(c.indices[i])]));
  return Owned::share(row);
}

Owned stop(Combinatoric& c) {
  c.stopped = true;
  return Owned(Finished.bits);
}

Result<std::int64_t> length_argument(VM& vm, Ref r) {
  CEDE_TRY(const std::int64_t length, size_argument(vm, r));
  if (length < 0) return vm.raise_text(TypeId::ValueError, "r must be non-negative");
  return length;
}

// ---- combinations

template<bool WithReplacement> Owned combinations_new(VM& vm, Type& type, Ref iterable, Ref r) {
  CEDE_TRY(const std::int64_t given, size_argument(vm, r));
  CEDE_TRY(Value pool, tuple_from(vm, iterable));
  const std::int64_t n = static_cast<std::int64_t>(cast<Tuple>(pool).size);
  if (given < 0) return vm.raise_text(TypeId::ValueError, "r must be non-negative");
  const bool none = WithReplacement ? n == 0 && given > 0 : given > n;
  CEDE_TRY(Combinatoric* const made,
           make(vm, type, std::move(pool), given, static_cast<std::size_t>(given), WithReplacement));
  made->stopped = none;
  return Value::adopt(made);
}
Owned combinations_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"combinations(iterable, r)", combinations_new<false>>(vm, type, arguments);
}
Owned replacement_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"combinations_with_replacement(iterable, r)", combinations_new<true>>(vm, type, arguments);
}

Owned combinations_next(VM& vm, Ref self) {
  Combinatoric& c = cast<Combinatoric>(self);
  if (c.stopped) return Owned(Finished.bits);
  if (std::exchange(c.started, true)) {
    const std::int64_t n = pool_size(c), r = c.length;
    std::int64_t i = r - 1;
    while (i >= 0 && c.indices[static_cast<std::size_t>(i)] == i + n - r) --i;
    if (i < 0) return stop(c);
    std::int64_t index = ++c.indices[static_cast<std::size_t>(i)];
    while (++i < r) c.indices[static_cast<std::size_t>(i)] = ++index;
  }
  return pick(vm, c);
}

Owned replacement_next(VM& vm, Ref self) {
  Combinatoric& c = cast<Combinatoric>(self);
  if (c.stopped) return Owned(Finished.bits);
  if (std::exchange(c.started, true)) {
    const std::int64_t n = pool_size(c), r = c.length;
    std::int64_t i = r - 1;
    while (i >= 0 && c.indices[static_cast<std::size_t>(i)] == n - 1) --i;
    if (i < 0) return stop(c);
    const std::int64_t index = c.indices[static_cast<std::size_t>(i)] + 1;
    for (; i < r; ++i) c.indices[static_cast<std::size_t>(i)] = index;
  }
  return pick(vm, c);
}

// ---- permutations

Owned permutations_new(VM& vm, Type& type, Ref iterable, Ref r) {
  CEDE_TRY(Value pool, tuple_from(vm, iterable));
  const std::int64_t n = static_cast<std::int64_t>(cast<Tuple>(pool).size);
  std::int64_t length = n;
  if (!r.is_none()) {
    if (!r.is_small() && !r.is_bool() && !is_subtype(type_of(vm, r), vm.type(TypeId::Int)))
      return vm.raise_text(TypeId::TypeError, "Expected int as r");
    CEDE_TRY(length, length_argument(vm, r));
  }
  CEDE_TRY(Combinatoric* const made,
           make(vm, type, std::move(pool), length, static_cast<std::size_t>(n), false));
  Value holder = Value::adopt(made);
  if (!made->cycles.resize(vm.heap, static_cast<std::size_t>(length))) return vm.raise_memory_error();
  for (std::int64_t i = 0; i < length; ++i) made->cycles[static_cast<std::size_t>(i)] = n - i;
  made->stopped = length > n;
  return holder;
}
Owned permutations_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"permutations(iterable, r=None)", permutations_new>(vm, type, arguments);
}

// Advances indices to the next permutation; false after the last.
bool permute(Combinatoric& c) {
  const std::int64_t n = pool_size(c);
  std::int64_t* indices = c.indices.data();
  for (std::int64_t i = c.length - 1; i >= 0; --i) {
    std::int64_t& cycle = c.cycles[static_cast<std::size_t>(i)];
    if (--cycle != 0) {
      std::swap(indices[i], indices[n - cycle]);
      return true;
    }
    // indices[i:] = indices[i+1:] + indices[i:i+1]
    const std::int64_t first = indices[i];
    std::memmove(indices + i, indices + i + 1, static_cast<std::size_t>(n - 1 - i) * sizeof(std::int64_t));
    indices[n - 1] = first;
    cycle = n - i;
  }
  return false;
}
Owned permutations_next(VM& vm, Ref self) {
  Combinatoric& c = cast<Combinatoric>(self);
  if (c.stopped) return Owned(Finished.bits);
  if (std::exchange(c.started, true) && (pool_size(c) == 0 || !permute(c))) return stop(c);
  return pick(vm, c);
}

// ---- product

Status repeat_keyword(VM& vm, const Arguments& arguments, std::int64_t& repeat) {
  if (!arguments.keywords || arguments.keywords->size == 0) return Ok;
  if (arguments.keywords->size > 1)
    return vm.raise(TypeId::TypeError, "product() takes at most 1 keyword argument ({} given)",
                    arguments.keywords->size);
  const std::string_view name = cast<Str>((*arguments.keywords)[0]).view();
  if (name != "repeat")
    return vm.raise(TypeId::TypeError, "product() got an unexpected keyword argument '{}'", name);
  CEDE_TRY(repeat, size_argument(vm, arguments[arguments.positional]));
  if (repeat < 0) return vm.raise_text(TypeId::ValueError, "repeat argument cannot be negative");
  return Ok;
}

Owned product_construct(VM& vm, Type& type, const Arguments& arguments) {
  std::int64_t repeat = 1;
  CEDE_CHECK(repeat_keyword(vm, arguments, repeat));
  const std::size_t given = repeat ? arguments.positional : 0;
  std::size_t count;
  if (!multiply_sizes(given, static_cast<std::size_t>(repeat), count) || count > list_maximum_size)
    return vm.raise_text(TypeId::OverflowError, "repeat argument too large");
  CEDE_TRY(Value pools, tuple_uninitialised(vm, count));
  bool empty = false;
  for (std::size_t i = 0; i < count; ++i) {
    CEDE_TRY(Value pool,
             i < given ? tuple_from(vm, arguments[i]) : Owned::share(cast<Tuple>(pools)[i - given]));
    empty = empty || cast<Tuple>(pool).size == 0;
    fill_tuple(pools, i, std::move(pool));
  }
  CEDE_TRY(Combinatoric* const made,
           make(vm, type, std::move(pools), static_cast<std::int64_t>(count), count, true));
  made->stopped = empty;
  return Value::adopt(made);
}

Owned product_next(VM& vm, Ref self) {
  Combinatoric& c = cast<Combinatoric>(self);
  if (c.stopped) return Owned(Finished.bits);
  const Tuple& pools = cast<Tuple>(c.pools);
  const std::size_t n = pools.size;
  if (std::exchange(c.started, true)) {
    std::size_t i = n;
    while (i > 0) {
      std::int64_t& index = c.indices[i - 1];
      if (++index < static_cast<std::int64_t>(cast<Tuple>(pools[i - 1]).size)) break;
      index = 0;
      --i;
    }
    if (i == 0) return stop(c);
  }
  CEDE_TRY(const Value row, reusable_tuple(vm, c.result, n));
  for (std::size_t i = 0; i < n; ++i)
    fill_tuple(row, i, Value(cast<Tuple>(pools[i])[static_cast<std::size_t>(c.indices[i])]));
  return Owned::share(row);
}

// ---- copying: the constructor's arguments, and as state the indices

Owned indices_tuple(VM& vm, const Buffer<std::int64_t>& numbers) {
  CEDE_TRY(Value made, tuple_uninitialised(vm, numbers.size()));
  for (std::size_t i = 0; i < numbers.size(); ++i) fill_tuple(made, i, Value::small(numbers[i]));
  return made;
}

Owned combinations_reduce(VM& vm, Combinatoric& self) {
  CEDE_CHECK(warn_of_copying(vm));
  const Ref pool = self.stopped ? vm.empty_tuple.ref() : self.pools.ref();
  const Ref r = Ref::small(self.stopped ? std::max<std::int64_t>(self.length, 1) : self.length);
  CEDE_TRY(const Value arguments, tuple_of(vm, {pool, r}));
  if (self.stopped || !self.started) return tuple_of(vm, {self.type, arguments});
  CEDE_TRY(const Value state, indices_tuple(vm, self.indices));
  return tuple_of(vm, {self.type, arguments, state});
}

Owned permutations_reduce(VM& vm, Combinatoric& self) {
  CEDE_CHECK(warn_of_copying(vm));
  const Ref pool = self.stopped ? vm.empty_tuple.ref() : self.pools.ref();
  const Ref r = Ref::small(self.stopped ? std::max<std::int64_t>(self.length, 1) : self.length);
  CEDE_TRY(const Value arguments, tuple_of(vm, {pool, r}));
  if (self.stopped || !self.started) return tuple_of(vm, {self.type, arguments});
  CEDE_TRY(const Value indices, indices_tuple(vm, self.indices));
  CEDE_TRY(const Value cycles, indices_tuple(vm, self.cycles));
  CEDE_TRY(const Value state, tuple_of(vm, {indices, cycles}));
  return tuple_of(vm, {self.type, arguments, state});
}

Owned product_reduce(VM& vm, Combinatoric& self) {
  CEDE_CHECK(warn_of_copying(vm));
  if (self.stopped) {
    CEDE_TRY(const Value arguments, tuple_of(vm, {vm.empty_tuple}));
    return tuple_of(vm, {self.type, arguments});
  }
  if (!self.started) return tuple_of(vm, {self.type, self.pools});
  CEDE_TRY(const Value state, indices_tuple(vm, self.indices));
  return tuple_of(vm, {self.type, self.pools, state});
}

// Reads saved numbers, clamped to what each may be.
Status restore(VM& vm, Ref state, Buffer<std::int64_t>& numbers, const char* message, auto&& largest) {
  const Tuple* saved = as<Tuple>(state);
  if (!saved || saved->size != numbers.size()) return vm.raise_text(TypeId::ValueError, message);
  for (std::size_t i = 0; i < saved->size; ++i) {
    CEDE_TRY(const std::int64_t n, size_argument(vm, (*saved)[i]));
    numbers[i] = std::clamp<std::int64_t>(n, 0, std::max<std::int64_t>(largest(i), 0));
  }
  return Ok;
}

template<bool WithReplacement> Status combinations_setstate(VM& vm, Combinatoric& self, Ref state) {
  CEDE_CHECK(warn_of_copying(vm));
  const std::int64_t n = pool_size(self);
  CEDE_CHECK(restore(vm, state, self.indices, "invalid arguments", [&](std::size_t i) {
    return WithReplacement ? n - 1 : static_cast<std::int64_t>(i) + n - self.length;
  }));
  self.started = true;
  return Ok;
}
Status permutations_setstate(VM& vm, Combinatoric& self, Ref state) {
  CEDE_CHECK(warn_of_copying(vm));
  const Tuple* parts = as<Tuple>(state);
  if (!parts || parts->size != 2) return vm.raise_text(TypeId::TypeError, "state is not a tuple");
  const std::int64_t n = pool_size(self);
  CEDE_CHECK(restore(vm, (*parts)[0], self.indices, "invalid arguments", [&](std::size_t) { return n - 1; }));
  CEDE_CHECK(restore(vm, (*parts)[1], self.cycles, "invalid arguments",
                     [&](std::size_t i) { return n - static_cast<std::int64_t>(i); }));
  for (std::int64_t& cycle : self.cycles) cycle = std::max<std::int64_t>(cycle, 1);
  self.started = true;
  return Ok;
}
Status product_setstate(VM& vm, Combinatoric& self, Ref state) {
  CEDE_CHECK(warn_of_copying(vm));
  CEDE_CHECK(restore(vm, state, self.indices, "invalid arguments", [&](std::size_t i) {
    return static_cast<std::int64_t>(cast<Tuple>(cast<Tuple>(self.pools)[i]).size) - 1;
  }));
  self.started = true;
  return Ok;
}

std::int64_t combinatoric_sizeof(VM&, Combinatoric& self) {
  return static_cast<std::int64_t>(64 + (self.indices.size() + self.cycles.size()) * sizeof(std::int64_t));
}

constexpr Method combinations_methods[] = {
    method<"__reduce__(self, /)", combinations_reduce>,
    method<"__setstate__(self, state, /)", combinations_setstate<false>>,
    method<"__sizeof__(self, /)", combinatoric_sizeof>,
};
constexpr Method replacement_methods[] = {
    method<"__reduce__(self, /)", combinations_reduce>,
    method<"__setstate__(self, state, /)", combinations_setstate<true>>,
    method<"__sizeof__(self, /)", combinatoric_sizeof>,
};
constexpr Method permutations_methods[] = {
    method<"__reduce__(self, /)", permutations_reduce>,
    method<"__setstate__(self, state, /)", permutations_setstate>,
    method<"__sizeof__(self, /)", combinatoric_sizeof>,
};
constexpr Method product_methods[] = {
    method<"__reduce__(self, /)", product_reduce>,
    method<"__setstate__(self, state, /)", product_setstate>,
    method<"__sizeof__(self, /)", combinatoric_sizeof>,
};

}  // namespace

const NativeType combinations_type{
    .name = "itertools.combinations",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &combinatoric_layout,
    .slots = &itertool_slots<combinations_construct, combinations_next>,
    .flags = itertool_flags,
    .methods = combinations_methods,
    .doc =
        "Return successive r-length combinations of elements in the iterable.\n\n"
        "combinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), (1,2,3)",
    .signature = "(iterable, r)",
};
const NativeType combinations_with_replacement_type{
    .name = "itertools.combinations_with_replacement",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &combinatoric_layout,
    .slots = &itertool_slots<replacement_construct, replacement_next>,
    .flags = itertool_flags,
    .methods = replacement_methods,
    .doc =
        "Return successive r-length combinations of elements in the iterable allowing individual elements to "
        "have "
        "successive repeats.\n\ncombinations_with_replacement('ABC', 2) --> ('A','A'), ('A','B'), ('A','C'), "
        "('B','B'), ('B','C'), ('C','C')",
    .signature = "(iterable, r)",
};
const NativeType permutations_type{
    .name = "itertools.permutations",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &combinatoric_layout,
    .slots = &itertool_slots<permutations_construct, permutations_next>,
    .flags = itertool_flags,
    .methods = permutations_methods,
    .doc =
        "Return successive r-length permutations of elements in the iterable.\n\n"
        "permutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), (2,0), (2,1)",
    .signature = "(iterable, r=None)",
};
const NativeType product_type{
    .name = "itertools.product",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &combinatoric_layout,
    .slots = &itertool_slots<product_construct, product_next>,
    .flags = itertool_flags,
    .methods = product_methods,
    .doc =
        "Cartesian product of input iterables.  Equivalent to nested for-loops.\n\n"
        "For example, product(A, B) returns the same as:  ((x,y) for x in A for y in B).\n"
        "The leftmost iterators are in the outermost for-loop, so the output tuples\n"
        "cycle in a manner similar to an odometer (with the rightmost element changing\non every "
        "iteration).\n\n"
        "To compute the product of an iterable with itself, specify the number\n"
        "of repetitions with the optional repeat keyword argument. For example,\n"
        "product(A, repeat=4) means the same as product(A, A, A, A).\n\n"
        "product('ab', range(3)) --> ('a',0) ('a',1) ('a',2) ('b',0) ('b',1) ('b',2)\n"
        "product((0,1), (0,1), (0,1)) --> (0,0,0) (0,0,1) (0,1,0) (0,1,1) (1,0,0) ...",
    .signature = "(*iterables, repeat=1)",
};

}  // namespace cede::stdlib
