// itertools.count, cycle, repeat.
#include "stdlib/itertools/itertools.hpp"

namespace cede::stdlib {
namespace {

// ---- count

struct Count : Object {
  Value next, step;
  bool by_one = false;  // both are ints and the step is 1: `next` is exact then
  template<class F> static void fields(Count& self, F&& field) {
    field(self.next);
    field(self.step);
  }
};
constinit const Layout count_layout = layout_for<Count>();

bool is_number(VM& vm, Ref value) {
  const Slots& slots = *type_of(vm, value).slots;
  return slots.index || slots.integer || slots.floating || is_exact(value, TypeId::Complex);
}
bool is_int(VM& vm, Ref value) {
  return value.is_small() || value.is_bool() || is_subtype(type_of(vm, value), vm.type(TypeId::Int));
}

Owned count_new(VM& vm, Type& type, Ref start, Ref step) {
  if (start.is_unbound()) start = Ref::small(0);
  if (step.is_unbound()) step = Ref::small(1);
  if (!is_number(vm, start) || !is_number(vm, step))
    return vm.raise_text(TypeId::TypeError, "a number is required");
  Value first{start};
  bool by_one = is_int(vm, start) && is_int(vm, step);
  if (by_one) {
    CEDE_TRY(by_one, is_equal(vm, step, Ref::small(1)));
  }
  if (by_one) {
    CEDE_TRY(first, index(vm, start));
    if (first.ref().is_bool()) first = Value::small(first.ref().is_true());
  }
  Count* made = make_instance<Count>(vm, type);
  if (!made) return raised;
  made->next = std::move(first);
  made->step = Value(by_one ? Ref::small(1) : step);
  made->by_one = by_one;
  return Value::adopt(made);
}
Owned count_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"count(start=0, step=1)", count_new>(vm, type, arguments);
}
Owned count_next(VM& vm, Ref self) {
  Count& count = cast<Count>(self);
  const Value current = count.next;
  const Ref n = current;
  if (count.by_one && n.is_small() && Ref::fits_small(n.small() + 1)) {
    count.next = Value::small(n.small() + 1);
    return Owned::share(n);
  }
  const Value step = count.step;
  CEDE_TRY(count.next, binary_operation(vm, current, step, BinaryOperation::Add));
  return Owned::share(current);
}
Owned count_repr(VM& vm, Ref self) {
  const Count& count = cast<Count>(self);
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  TextBuffer text(vm);
  CEDE_CHECK(text.append(short_name(type_of(vm, self))));
  CEDE_CHECK(text.append("("));
  CEDE_CHECK(text.append_repr(Value(count.next)));
  bool plain_step = is_int(vm, count.step);
  if (plain_step) {
    CEDE_TRY(plain_step, is_equal(vm, count.step, Ref::small(1)));
  }
  if (!plain_step) {
    CEDE_CHECK(text.append(", "));
    CEDE_CHECK(text.append_repr(Value(count.step)));
  }
  CEDE_CHECK(text.append(")"));
  return text.finish();
}
Owned count_reduce(VM& vm, Count& self) {
  CEDE_CHECK(warn_of_copying(vm));
  CEDE_TRY(const Value arguments,
           self.by_one ? tuple_of(vm, {self.next}) : tuple_of(vm, {self.next, self.step}));
  return tuple_of(vm, {self.type, arguments});
}

// ---- cycle

struct Cycle : Object {
  Value iterator;  // Unbound once it has finished
  Value saved;     // List
  std::size_t position = 0;
  bool restored = false;  // from __setstate__: items are in `saved` already
  template<class F> static void fields(Cycle& self, F&& field) {
    field(self.iterator);
    field(self.saved);
  }
};
constinit const Layout cycle_layout = layout_for<Cycle>();

Owned cycle_construct(VM& vm, Type& type, const Arguments& arguments) {
  CEDE_CHECK(check_positional(vm, cycle_type, type, arguments, "cycle", 1, 1));
  CEDE_TRY(Value iterator, get_iterator(vm, arguments[0]));
  CEDE_TRY(Value saved, list_new(vm));
  Cycle* made = make_instance<Cycle>(vm, type);
  if (!made) return raised;
  made->iterator = std::move(iterator);
  made->saved = std::move(saved);
  return Value::adopt(made);
}
Owned cycle_next(VM& vm, Ref self) {
  Cycle& cycle = cast<Cycle>(self);
  if (!cycle.iterator.is_unbound()) {
    const Value iterator = cycle.iterator;
    CEDE_TRY(Value item, next(vm, iterator));
    if (!item.is_finished()) {
      if (!cycle.restored) CEDE_CHECK(list_append(vm, cast<List>(cycle.saved), item));
      return item;
    }
    cycle.iterator.reset();
  }
  const List& saved = cast<List>(cycle.saved);
  if (saved.size() == 0) return Owned(Finished.bits);
  if (cycle.position >= saved.size()) cycle.position = 0;
  return Owned::share(saved[cycle.position++]);
}
Owned cycle_reduce(VM& vm, Cycle& self) {
  CEDE_CHECK(warn_of_copying(vm));
  Value iterator = self.iterator;
  const bool finished = iterator.is_unbound();
  if (finished) {
    CEDE_TRY(iterator, list_iterator_new(vm, cast<List>(self.saved)));
    cast<ListIterator>(iterator).position = self.position;
  }
  CEDE_TRY(const Value arguments, tuple_of(vm, {iterator}));
  CEDE_TRY(const Value state, tuple_of(vm, {self.saved, Ref::boolean(finished || self.restored)}));
  return tuple_of(vm, {self.type, arguments, state});
}
Status cycle_setstate(VM& vm, Cycle& self, Ref state) {
  CEDE_CHECK(warn_of_copying(vm));
  const Tuple* parts = as<Tuple>(state);
  if (!parts) return vm.raise_text(TypeId::TypeError, "state is not a tuple");
  if (parts->size != 2 || !is<List>((*parts)[0])) {
    return vm.raise_text(TypeId::TypeError, "invalid arguments");
  }
  CEDE_TRY(const bool restored, is_truthy(vm, (*parts)[1]));
  self.saved = Value((*parts)[0]);
  self.restored = restored;
  self.position = 0;
  return Ok;
}

// ---- repeat

struct Repeat : Object {
  Value element;
  std::int64_t left = -1;  // -1: without end
  template<class F> static void fields(Repeat& self, F&& field) { field(self.element); }
};
constinit const Layout repeat_layout = layout_for<Repeat>();

Owned repeat_new(VM& vm, Type& type, Ref object, Ref times) {
  std::int64_t left = -1;
  if (!times.is_unbound()) {
    CEDE_TRY(left, size_argument(vm, times));
    left = std::max<std::int64_t>(left, 0);
  }
  Repeat* made = make_instance<Repeat>(vm, type);
  if (!made) return raised;
  made->element = Value(object);
  made->left = left;
  return Value::adopt(made);
}
Owned repeat_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"repeat(object, times=<unrepresentable>)", repeat_new>(vm, type, arguments);
}
Owned repeat_next(VM&, Ref self) {
  Repeat& repeat = cast<Repeat>(self);
  if (repeat.left == 0) return Owned(Finished.bits);
  if (repeat.left > 0) --repeat.left;
  return Owned::share(repeat.element);
}
Owned repeat_repr(VM& vm, Ref self) {
  const Repeat& repeat = cast<Repeat>(self);
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  TextBuffer text(vm);
  CEDE_CHECK(text.append(short_name(type_of(vm, self))));
  CEDE_CHECK(text.append("("));
  CEDE_CHECK(text.append_repr(repeat.element));
  CEDE_CHECK(text.append(repeat.left < 0 ? std::string(")") : fmt::format(", {})", repeat.left)));
  return text.finish();
}
Owned repeat_length_hint(VM& vm, Repeat& self) {
  if (self.left < 0) return vm.raise_text(TypeId::TypeError, "len() of unsized object");
  return Owned(Ref::small(self.left).bits);
}
Owned repeat_reduce(VM& vm, Repeat& self) {
  CEDE_CHECK(warn_of_copying(vm));
  CEDE_TRY(const Value arguments, self.left < 0 ? tuple_of(vm, {self.element})
                                                : tuple_of(vm, {self.element, Ref::small(self.left)}));
  return tuple_of(vm, {self.type, arguments});
}

constexpr Slots count_slots =
    inherit(itertool_slots<count_construct, count_next>, [](Slots& s) { s.repr = count_repr; });
constexpr Slots repeat_slots =
    inherit(itertool_slots<repeat_construct, repeat_next>, [](Slots& s) { s.repr = repeat_repr; });
constexpr Method count_methods[] = {method<"__reduce__(self, /)", count_reduce>};
constexpr Method cycle_methods[] = {
    method<"__reduce__(self, /)", cycle_reduce>,
    method<"__setstate__(self, state, /)", cycle_setstate>,
};
constexpr Method repeat_methods[] = {
    method<"__length_hint__(self, /)", repeat_length_hint>,
    method<"__reduce__(self, /)", repeat_reduce>,
};

}  // namespace

const NativeType count_type{
    .name = "itertools.count",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &count_layout,
    .slots = &count_slots,
    .flags = itertool_flags,
    .methods = count_methods,
    .doc =
        "Return a count object whose .__next__() method returns consecutive values.\n\nEquivalent to:\n"
        "    def count(firstval=0, step=1):\n        x = firstval\n        while 1:\n            yield x\n   "
        "         x += step",
    .signature = "(start=0, step=1)",
};
const NativeType cycle_type{
    .name = "itertools.cycle",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &cycle_layout,
    .slots = &itertool_slots<cycle_construct, cycle_next>,
    .flags = itertool_flags,
    .methods = cycle_methods,
    .doc = "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.",
    .signature = "(iterable, /)",
};
const NativeType repeat_type{
    .name = "itertools.repeat",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &repeat_layout,
    .slots = &repeat_slots,
    .flags = itertool_flags,
    .methods = repeat_methods,
    .doc =
        "repeat(object [,times]) -> create an iterator which returns the object\n"
        "for the specified number of times.  If not specified, returns the object\nendlessly.",
};

}  // namespace cede::stdlib
