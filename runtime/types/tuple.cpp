// `tuple`: construction, operators, methods. Tuples do not change, but instances of subclasses and the items
// may run script code, so items are held while they are called.
#include "runtime/core/tuple.hpp"

#include <algorithm>

#include "runtime/core/hash.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/iterators.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/slice.hpp"

namespace cede {

// A cycle through a tuple is broken elsewhere: what it holds (the bases of a class) must last as long as it does.
constinit const Layout tuple_layout = [] {
  Layout layout = layout_for<Tuple>();
  layout.unlink = [](Object&) {};
  return layout;
}();

namespace {

constexpr std::size_t header_size = sizeof(Object) + sizeof(std::uint64_t);
constexpr std::size_t maximum_size = (std::size_t{PTRDIFF_MAX} - header_size) / sizeof(Bits);

Status start_empty(VM& vm, Tuple& tuple, std::size_t size) {
  tuple.size = 0;
  return in_pieces(vm, size, items_at_once, [&](std::size_t from, std::size_t to) {
    std::fill(tuple.items + from, tuple.items + to, Unbound.bits);
    tuple.size = to;
  });
}

}  // namespace

Value tuple_uninitialised(VM& vm, std::size_t size) {
  if (size == 0 && !vm.empty_tuple.is_unbound()) return vm.empty_tuple;
  if (size > maximum_size) return vm.raise_memory_error();
  Object* object =
      vm.heap.allocate_object(&vm.type(TypeId::Tuple), header_size + size * sizeof(Bits), Container);
  if (!object) return vm.raise_memory_error();
  Value made = Value::adopt(object);
  CEDE_CHECK(start_empty(vm, static_cast<Tuple&>(*object), size));
  return made;
}

Value tuple_uninitialised(VM& vm, Type& type, std::size_t size) {
  if (type.id == TypeId::Tuple) return tuple_uninitialised(vm, size);
  if (size > maximum_size) return vm.raise_memory_error();
  // The size decides where the attributes of a variable-sized instance lie, so it is known to
  // allocate_instance.
  Object* object = allocate_instance(vm, type, header_size + size * sizeof(Bits));
  if (!object) return raised;
  Tuple& tuple = static_cast<Tuple&>(*object);
  tuple.size = size;
  std::fill_n(tuple.items, size, Unbound.bits);
  return Value::adopt(object);
}

Value tuple_from_words(VM& vm, const Bits* words, std::size_t size) {
  CEDE_TRY(Value made, tuple_uninitialised(vm, size));
  Bits* items = cast<Tuple>(made).items;
  CEDE_CHECK(in_pieces(vm, size, items_at_once, [&](std::size_t i, std::size_t to) {
    for (; i < to; ++i) {
      retain(Ref(words[i]));
      items[i] = words[i];
    }
  }));
  return made;
}

Value tuple_of(VM& vm, std::initializer_list<Ref> items) {
  return tuple_from_words(vm, reinterpret_cast<const Bits*>(items.begin()), items.size());
}

Owned tuple_from(VM& vm, Ref iterable) {
  if (is_exact(iterable, TypeId::Tuple)) return Owned::share(iterable);
  if (is_exact(iterable, TypeId::List)) {
    const List& list = cast<List>(iterable);
    return tuple_from_words(vm, list.items.data(), list.size());
  }
  CEDE_TRY(const Value collected, list_from(vm, iterable));
  ValueArray& items = cast<List>(collected).items;
  CEDE_TRY(Value made, tuple_uninitialised(vm, items.size()));
  if (items.size()) std::memcpy(cast<Tuple>(made).items, items.data(), items.size() * sizeof(Bits));
  items.set_size(0);
  return made;
}

namespace {

auto words_of(const Tuple& tuple) {
  return [&tuple] { return tuple.words(); };
}

Owned tuple_construct(VM& vm, Type& type, const Arguments& arguments) {
  if (type.id == TypeId::Tuple || type.slots->init == object_init)
    CEDE_CHECK(check_no_keywords(vm, arguments, "tuple"));
  CEDE_CHECK(check_argument_count(vm, arguments, "tuple", 0, 1));
  Value items = arguments.positional ? Value(tuple_from(vm, arguments[0])) : tuple_uninitialised(vm, 0);
  if (items.is_raised() || type.id == TypeId::Tuple) return items;
  const Tuple& source = cast<Tuple>(items);
  CEDE_TRY(Value made, tuple_uninitialised(vm, type, source.size));
  for (std::size_t i = 0; i < source.size; ++i) {
    retain(source[i]);
    cast<Tuple>(made).items[i] = source.items[i];
  }
  return made;
}

Owned tuple_repr(VM& vm, Ref self) {
  const Tuple& tuple = cast<Tuple>(self);
  if (tuple.size == 0) return str_from_ascii(vm, "()");
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  ReprGuard guard(vm, self);
  if (!guard.entered()) return str_from_ascii(vm, "(...)");
  TextBuffer text(vm);
  CEDE_CHECK(text.append("("));
  CEDE_CHECK(append_reprs(vm, text, words_of(tuple)));
  CEDE_CHECK(text.append(tuple.size == 1 ? ",)" : ")"));
  return text.finish();
}

// Tuples within tuples are hashed with a stack of our own, however deep they lie. None of them can go meanwhile: each is
// held by the one around it.
class TupleHasher {
 public:
  explicit TupleHasher(VM& vm) : vm_(vm) {}
  ~TupleHasher() { outer_.free(vm_.heap); }
  TupleHasher(const TupleHasher&) = delete;

  Result<std::int64_t> hash(const Tuple& root) {
    Level level{&root, 0, {}};
    for (;;) {
      if (level.at < level.tuple->size) {
        const Ref item = (*level.tuple)[level.at++];
        if (!is_exact(item, TypeId::Tuple)) {
          CEDE_TRY(const std::int64_t h, hash_item(item));
          level.hash.add(h);
          continue;
        }
        if (!outer_.push(vm_.heap, level)) return vm_.raise_memory_error();
        level = {&cast<Tuple>(item), 0, {}};
        continue;
      }
      const std::int64_t h = level.hash.finish();
      if (outer_.empty()) return h;
      level = outer_[outer_.size() - 1];
      outer_.set_size(outer_.size() - 1);
      level.hash.add(h);
    }
  }

 private:
  struct Level {
    const Tuple* tuple;
    std::size_t at;
    TupleHash hash;
  };
  Result<std::int64_t> hash_item(Ref item) {
    if (item.is_small()) return hash_small_int(item.small());
    return hash_value(vm_, item);
  }

  VM& vm_;
  Buffer<Level> outer_;
};

Result<std::int64_t> tuple_hash(VM& vm, Ref self) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  return TupleHasher(vm).hash(cast<Tuple>(self));
}

Owned tuple_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  if (!is<Tuple>(self) || !is<Tuple>(other)) return Owned::share(NotImplemented);
  return compare_words(vm, words_of(cast<Tuple>(self)), words_of(cast<Tuple>(other)), operation);
}

Owned tuple_iter(VM& vm, Ref self) { return tuple_iterator_new(vm, cast<Tuple>(self)); }
Result<std::int64_t> tuple_length(VM&, Ref self) { return static_cast<std::int64_t>(cast<Tuple>(self).size); }
Result<bool> tuple_contains(VM& vm, Ref self, Ref item) {
  CEDE_TRY(const std::int64_t at, find_word(vm, words_of(cast<Tuple>(self)), item, 0, SIZE_MAX));
  return at >= 0;
}

Owned get_slice(VM& vm, Ref self, Ref key) {
  const Tuple& tuple = cast<Tuple>(self);
  CEDE_TRY(const SliceIndices indices, slice_indices(vm, key, static_cast<std::int64_t>(tuple.size)));
  const std::size_t count = static_cast<std::size_t>(indices.count);
  if (count == tuple.size && indices.step == 1 && is_exact(self, TypeId::Tuple)) return Owned::share(self);
  if (indices.step == 1) return tuple_from_words(vm, tuple.items + (count ? indices.start : 0), count);
  CEDE_TRY(Value made, tuple_uninitialised(vm, count));
  std::int64_t at = indices.start;
  for (std::size_t i = 0; i < count; ++i, at += indices.step) {
    const Bits word = tuple.items[at];
    retain(Ref(word));
    cast<Tuple>(made).items[i] = word;
  }
  return made;
}

Owned tuple_getitem(VM& vm, Ref self, Ref key) {
  if (!key.is_small()) {
    if (is_exact(key, TypeId::Slice)) return get_slice(vm, self, key);
    if (!has_index(vm, key)) {
      const std::string name = type_name(key, vm);
      return vm.raise(TypeId::TypeError, "tuple indices must be integers or slices, not {}", name);
    }
  }
  CEDE_TRY(std::int64_t at, sequence_index(vm, key));
  const Tuple& tuple = cast<Tuple>(self);
  if (at < 0) at += static_cast<std::int64_t>(tuple.size);
  if (static_cast<std::uint64_t>(at) >= tuple.size)
    return vm.raise_text(TypeId::IndexError, "tuple index out of range");
  return Owned::share(tuple[static_cast<std::size_t>(at)]);
}

Owned tuple_add(VM& vm, Ref left, Ref right) {
  if (!is<Tuple>(left) || !is<Tuple>(right)) return Owned::share(NotImplemented);
  const Tuple &a = cast<Tuple>(left), &b = cast<Tuple>(right);
  if (a.size == 0 && is_exact(right, TypeId::Tuple)) return Owned::share(right);
  if (b.size == 0 && is_exact(left, TypeId::Tuple)) return Owned::share(left);
  CEDE_TRY(Value made, tuple_uninitialised(vm, a.size + b.size));
  Bits* to = cast<Tuple>(made).items;
  for (const Tuple* source : {&a, &b})
    for (Bits word : *source) {
      retain(Ref(word));
      *to++ = word;
    }
  return made;
}

Owned tuple_multiply(VM& vm, Ref left, Ref right) {
  if (!is<Tuple>(left)) std::swap(left, right);
  if (!is<Tuple>(left) || !has_index(vm, right)) return Owned::share(NotImplemented);
  CEDE_TRY(const std::int64_t count, repeat_count(vm, right));
  const Tuple& tuple = cast<Tuple>(left);
  if ((tuple.size == 0 || count == 1) && is_exact(left, TypeId::Tuple)) return Owned::share(left);
  std::size_t total;
  if (!multiply_sizes(tuple.size, static_cast<std::size_t>(count), total)) return vm.raise_memory_error();
  CEDE_TRY(Value made, tuple_uninitialised(vm, total));
  Bits* items = cast<Tuple>(made).items;
  CEDE_CHECK(in_pieces(vm, total, items_at_once, [&](std::size_t i, std::size_t to) {
    for (std::size_t k = i % tuple.size; i < to; ++i, k = k + 1 == tuple.size ? 0 : k + 1) {
      retain(tuple[k]);
      items[i] = tuple.items[k];
    }
  }));
  return made;
}

Result<std::int64_t> tuple_count(VM& vm, Tuple& self, Ref value) {
  return count_word(vm, words_of(self), value);
}

Result<std::int64_t> tuple_index(VM& vm, Tuple& self, Ref value, Ref start, Ref stop) {
  std::int64_t first = 0, last = PTRDIFF_MAX;
  CEDE_CHECK(search_bounds(vm, start, stop, first, last));
  clamp_search(first, last, static_cast<std::int64_t>(self.size));
  CEDE_TRY(const std::int64_t at, find_word(vm, words_of(self), value, static_cast<std::size_t>(first),
                                            static_cast<std::size_t>(last)));
  if (at < 0) return vm.raise_text(TypeId::ValueError, "tuple.index(x): x not in tuple");
  return at;
}

Owned tuple_getnewargs(VM& vm, Tuple& self) {
  CEDE_TRY(const Value plain, tuple_from_words(vm, self.items, self.size));
  return tuple_of(vm, {plain});
}

constexpr Slots tuple_slots = inherit(object_slots, [](Slots& s) {
  s.repr = tuple_repr;
  s.hash = tuple_hash;
  s.compare = tuple_compare;
  s.iter = tuple_iter;
  s.construct = tuple_construct;
  s.length = tuple_length;
  s.getitem = tuple_getitem;
  s.contains = tuple_contains;
  s.add = tuple_add;
  s.multiply = tuple_multiply;
});

constexpr Method tuple_methods[] = {
    method<"__getnewargs__(self, /)", tuple_getnewargs>,
    method<"index(self, value, start=0, stop=sys.maxsize, /)", tuple_index>,
    method<"count(self, value, /)", tuple_count>,
    method<"__class_getitem__(type, object, /)", class_getitem_alias>,
};

}  // namespace

extern const NativeType tuple_type;
const NativeType tuple_type{
    .name = "tuple",
    .id = TypeId::Tuple,
    .base = nullptr,
    .layout = &tuple_layout,
    .slots = &tuple_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::SequencePattern | TypeFlag::MatchSelf,
    .methods = tuple_methods,
    .doc =
        "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\n"
        "If iterable is specified the tuple is initialized from iterable's items.\n\n"
        "If the argument is a tuple, the return value is the same object.",
    .signature = "(iterable=(), /)",
};

}  // namespace cede
