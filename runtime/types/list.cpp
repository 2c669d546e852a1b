// `list`: storage, methods and the type's table. Sorting is in list_sort.cpp, iterators in iterators.cpp.
// Nothing here keeps a pointer into a list's array across a call that may run script code.
#include "runtime/types/list.hpp"

#include "runtime/core/protocols.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/iterators.hpp"
#include "runtime/types/range.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/slice.hpp"

namespace cede {

constinit const Layout list_layout = layout_for<List>();

// ---- storage

Value list_new(VM& vm) {
  List* list = make_object<List>(vm, TypeId::List);
  if (!list) return raised;
  return Value::adopt(list);
}

Value list_with_capacity(VM& vm, std::size_t capacity) {
  CEDE_TRY(Value made, list_new(vm));
  if (capacity > list_maximum_size || !cast<List>(made).items.reserve(vm.heap, capacity))
    return vm.raise_memory_error();
  return made;
}

Value list_from_words(VM& vm, const Bits* words, std::size_t count) {
  CEDE_TRY(Value made, list_with_capacity(vm, count));
  ValueArray& items = cast<List>(made).items;
  CEDE_CHECK(in_pieces(vm, count, items_at_once, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      retain(Ref(words[i]));
      items.data()[i] = words[i];
    }
    items.set_size(to);
  }));
  return made;
}

Value list_take_words(VM& vm, const Bits* words, std::size_t count) {
  Value made = list_with_capacity(vm, count);
  if (made.is_raised()) {
    for (std::size_t i = 0; i < count; ++i) release(Ref(words[i]));
    return made;
  }
  ValueArray& items = cast<List>(made).items;
  if (count) std::memcpy(items.data(), words, count * sizeof(Bits));
  items.set_size(count);
  return made;
}

Value list_from_array(VM& vm, ValueArray& array) {
  CEDE_TRY(Value made, list_new(vm));
  static_cast<Buffer<Bits>&>(cast<List>(made).items) = array.take();
  return made;
}

Value list_of(VM& vm, std::initializer_list<Ref> items) {
  CEDE_TRY(Value made, list_with_capacity(vm, items.size()));
  for (Ref item : items) CEDE_CHECK(list_append(vm, cast<List>(made), item));
  return made;
}

namespace {

void touch(List& list) { list.flags &= ~list_sorting; }

// Makes the array `size` long; new places are uninitialised. False: no memory.
bool resize(VM& vm, List& list, std::size_t size) {
  touch(list);
  if (size > list_maximum_size || !list.items.resize(vm.heap, size)) return false;
  if (size < list.items.capacity() / 4 && list.items.capacity() > 64)
    list.items.shrink(vm.heap, size + size / 8 + 6);
  return true;
}

// Words taken out of the list, released last first as CPython does.
struct Removed {
  Heap& heap;
  Bits* words;
  std::size_t count;
  Bits few[8];

  Removed(VM& vm, std::size_t n) : heap(vm.heap), words(few), count(n) {
    if (n > std::size(few)) words = static_cast<Bits*>(heap.allocate_raw(n * sizeof(Bits)));
  }
  Removed(const Removed&) = delete;
  ~Removed() {
    if (words && words != few) heap.free_raw(words, capacity() * sizeof(Bits));
  }
  std::size_t capacity() const { return allocated; }
  void release_backward() {
    while (count) release(Ref(words[--count]));
  }
  void release_forward() {
    for (std::size_t i = 0; i < count; ++i) release(Ref(words[i]));
    count = 0;
  }
  std::size_t allocated = count;
};

void copy_words(Bits* to, const Bits* from, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    retain(Ref(from[i]));
    to[i] = from[i];
  }
}

// Words for behind the last item, for which there is room: fill(to, from, until) writes some of `count` at `to`. The list
// is as long as what was written.
template<class Fill> Status append_filled(VM& vm, List& list, std::size_t count, Fill&& fill) {
  const std::size_t n = list.size();
  return in_pieces(vm, count, items_at_once, [&](std::size_t from, std::size_t to) {
    fill(list.items.data() + n + from, from, to);
    list.items.set_size(n + to);
  });
}

// Makes room for `count` more.
bool make_room(VM& vm, List& list, std::size_t count) {
  const std::size_t n = list.size();
  if (count > list_maximum_size - n || !resize(vm, list, n + count)) return false;
  list.items.set_size(n);
  return true;
}

}  // namespace

Status list_push_slow(VM& vm, List& list, Bits word) {
  touch(list);
  if (list.size() < list_maximum_size && list.items.push(vm.heap, word)) return Ok;
  release(Ref(word));
  return vm.raise_memory_error();
}

void list_clear(VM& vm, List& list) {
  if (list.items.capacity() == 0) return;
  touch(list);
  Buffer<Bits> old = list.items.take();
  for (std::size_t i = old.size(); i-- > 0;) release(Ref(old[i]));
  old.free(vm.heap);
}

Value list_slice(VM& vm, const List& list, std::size_t start, std::size_t stop) {
  return list_from_words(vm, list.items.data() + start, stop - start);
}

Status list_splice(VM& vm, List& list, std::size_t start, std::size_t stop, const Bits* words,
                   std::size_t count) {
  const std::size_t old_size = list.size(), removed = stop - start, tail = old_size - stop;
  if (removed == old_size && count == 0) {
    list_clear(vm, list);
    return Ok;
  }
  Removed old(vm, removed);
  if (!old.words) return vm.raise_memory_error();
  if (removed) std::memcpy(old.words, list.items.data() + start, removed * sizeof(Bits));
  if (count > removed && !resize(vm, list, old_size + (count - removed))) {
    old.count = 0;
    return vm.raise_memory_error();
  }
  Bits* data = list.items.data();
  if (tail && count != removed) std::memmove(data + start + count, data + stop, tail * sizeof(Bits));
  if (count) copy_words(data + start, words, count);
  if (count < removed) (void)resize(vm, list, old_size - (removed - count));
  old.release_backward();
  return Ok;
}

void list_reverse_items(List& list) { std::reverse(list.items.begin(), list.items.end()); }

// ---- extend

namespace {

auto words_of(const List& list) {
  return [&list] { return std::span<const Bits>(list.items.data(), list.items.size()); };
}

Status extend_words(VM& vm, List& list, const Bits* words, std::size_t count) {
  if (!count) return Ok;  // no change, also for a sort that looks for changes
  // `words` may be the list's own: they move when the array grows.
  const bool own = words == list.items.data();
  if (!make_room(vm, list, count)) return vm.raise_memory_error();
  const Bits* source = own ? list.items.data() : words;
  return append_filled(vm, list, count, [&](Bits* at, std::size_t from, std::size_t to) {
    copy_words(at, source + from, to - from);
  });
}

Status extend_range(VM& vm, List& list, const Range& range) {
  const std::size_t count = static_cast<std::size_t>(range.count);
  if (!count) return Ok;
  if (!make_room(vm, list, count)) return vm.raise_memory_error();
  std::int64_t value = range.first;
  return append_filled(vm, list, count, [&](Bits* at, std::size_t from, std::size_t to) {
    for (; from < to; ++from, value += range.stride) *at++ = Ref::small(value).bits;
  });
}

Status extend_iterator(VM& vm, List& list, Ref iterator) {
  for (;;) {
    CEDE_TRY(Value item, next(vm, iterator));
    if (item.is_finished()) return Ok;
    CEDE_CHECK(list_push(vm, list, std::move(item)));
    CEDE_CHECK(vm.check_interrupts());
  }
}

}  // namespace

Status list_extend(VM& vm, List& list, Ref iterable) {
  if (is_exact(iterable, TypeId::List)) {
    const List& other = cast<List>(iterable);
    return extend_words(vm, list, other.items.data(), other.size());
  }
  if (is_exact(iterable, TypeId::Tuple)) {
    const Tuple& other = cast<Tuple>(iterable);
    return extend_words(vm, list, other.items, other.size);
  }
  if (is_exact(iterable, TypeId::Range) && cast<Range>(iterable).is_small)
    return extend_range(vm, list, cast<Range>(iterable));
  CEDE_TRY(const Value iterator, get_iterator(vm, iterable));
  CEDE_TRY(const std::int64_t hint, length_hint(vm, iterable, 8));
  const std::size_t n = list.size();
  if (static_cast<std::uint64_t>(hint) <= static_cast<std::uint64_t>(PTRDIFF_MAX) - n &&
      n + static_cast<std::size_t>(hint) > list.items.capacity()) {
    touch(list);
    const std::size_t wanted = n + static_cast<std::size_t>(hint);
    if (wanted > list_maximum_size || !list.items.reserve(vm.heap, wanted)) return vm.raise_memory_error();
  }
  CEDE_CHECK(extend_iterator(vm, list, iterator));
  if (list.size() < list.items.capacity() / 2) list.items.shrink(vm.heap, list.size());
  return Ok;
}

Owned list_from(VM& vm, Ref iterable) {
  CEDE_TRY(Value made, list_new(vm));
  CEDE_CHECK(list_extend(vm, cast<List>(made), iterable));
  return made;
}

// ---- slots

namespace {

Owned list_construct(VM& vm, Type& type, const Arguments&) {
  if (type.id == TypeId::List) return list_new(vm);
  List* list = make_instance<List>(vm, type);
  if (!list) return raised;
  return Value::adopt(list);
}

Status list_init(VM& vm, Ref self, const Arguments& arguments) {
  List& list = cast<List>(self);
  if (list.type->id == TypeId::List || list.type->slots->construct == list_construct)
    CEDE_CHECK(check_no_keywords(vm, arguments, "list"));
  CEDE_CHECK(check_argument_count(vm, arguments, "list", 0, 1));
  list_clear(vm, list);
  return arguments.positional ? list_extend(vm, list, arguments[0]) : Ok;
}

Owned list_repr(VM& vm, Ref self) {
  List& list = cast<List>(self);
  if (list.size() == 0) return str_from_ascii(vm, "[]");
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  ReprGuard guard(vm, self);
  if (!guard.entered()) return str_from_ascii(vm, "[...]");
  TextBuffer text(vm);
  CEDE_CHECK(text.append("["));
  CEDE_CHECK(append_reprs(vm, text, words_of(list)));
  CEDE_CHECK(text.append("]"));
  return text.finish();
}

Owned list_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  if (!is<List>(self) || !is<List>(other)) return Owned::share(NotImplemented);
  return compare_words(vm, words_of(cast<List>(self)), words_of(cast<List>(other)), operation);
}

Owned list_iter(VM& vm, Ref self) { return list_iterator_new(vm, cast<List>(self)); }

Result<std::int64_t> list_length(VM&, Ref self) { return static_cast<std::int64_t>(cast<List>(self).size()); }

Result<bool> list_contains(VM& vm, Ref self, Ref item) {
  CEDE_TRY(const std::int64_t at, find_word(vm, words_of(cast<List>(self)), item, 0, SIZE_MAX));
  return at >= 0;
}

RaisedMark raise_bad_index(VM& vm, Ref key) {
  const std::string name = type_name(key, vm);
  return vm.raise(TypeId::TypeError, "list indices must be integers or slices, not {}", name);
}

Owned get_slice(VM& vm, const List& list, SliceIndices indices) {
  slice_adjust(indices, static_cast<std::int64_t>(list.size()));
  const std::size_t count = static_cast<std::size_t>(indices.count);
  const Bits* data = list.items.data();
  if (indices.step == 1) return list_from_words(vm, data + (count ? indices.start : 0), count);
  CEDE_TRY(Value made, list_with_capacity(vm, count));
  std::int64_t at = indices.start;
  for (std::size_t i = 0; i < count; ++i, at += indices.step)
    CEDE_CHECK(list_append(vm, cast<List>(made), Ref(data[at])));
  return made;
}

Owned list_getitem(VM& vm, Ref self, Ref key) {
  const List& list = cast<List>(self);
  if (!key.is_small()) {
    if (is_exact(key, TypeId::Slice)) {
      CEDE_TRY(const SliceIndices indices, slice_unpack(vm, key));
      return get_slice(vm, list, indices);
    }
    if (!has_index(vm, key)) return raise_bad_index(vm, key);
  }
  CEDE_TRY(const std::int64_t at, sequence_index(vm, key));
  const Owned item = list_item(list, at);
  if (item.ref().is_unbound()) return vm.raise_text(TypeId::IndexError, "list index out of range");
  return item;
}

Status delete_extended(VM& vm, List& list, SliceIndices indices) {
  if (indices.count == 0) return Ok;
  const std::size_t count = static_cast<std::size_t>(indices.count);
  if (indices.step < 0) {
    indices.start += indices.step * (indices.count - 1);
    indices.step = -indices.step;
  }
  Removed removed(vm, count);
  if (!removed.words) return vm.raise_memory_error();
  Bits* data = list.items.data();
  const std::size_t n = list.size(), step = static_cast<std::size_t>(indices.step);
  std::size_t to = static_cast<std::size_t>(indices.start), from = to;
  for (std::size_t i = 0; i < count; ++i) {
    removed.words[i] = data[from++];
    const std::size_t kept = i + 1 < count ? step - 1 : n - from;
    std::memmove(data + to, data + from, kept * sizeof(Bits));
    to += kept;
    from += kept;
  }
  (void)resize(vm, list, to);
  removed.release_forward();
  return Ok;
}

Status assign_extended(VM& vm, List& list, const SliceIndices& indices, const Bits* words,
                       std::size_t count) {
  if (static_cast<std::int64_t>(count) != indices.count)
    return vm.raise(TypeId::ValueError, "attempt to assign sequence of size {} to extended slice of size {}",
                    count, indices.count);
  if (count == 0) return Ok;
  Removed old(vm, count);
  if (!old.words) return vm.raise_memory_error();
  std::int64_t at = indices.start;
  for (std::size_t i = 0; i < count; ++i, at += indices.step) {
    retain(Ref(words[i]));
    old.words[i] = std::exchange(list.items.data()[at], words[i]);
  }
  old.release_forward();
  return Ok;
}

Status set_slice(VM& vm, List& list, Ref key, Ref value) {
  CEDE_TRY(SliceIndices indices, slice_unpack(vm, key));
  if (value.is_unbound()) {
    slice_adjust(indices, static_cast<std::int64_t>(list.size()));
    if (indices.step != 1) return delete_extended(vm, list, indices);
    const std::size_t start = static_cast<std::size_t>(indices.start);
    return list_splice(vm, list, start, start + static_cast<std::size_t>(indices.count), nullptr, 0);
  }
  // The new words, held apart from the list: `value` may be the list itself, or change it while it is
  // iterated.
  Value words;
  if (is_exact(value, TypeId::Tuple) || (is_exact(value, TypeId::List) && value.object() != &list))
    words = Value(value);
  else {
    Value iterable = value.object() == &list ? Value(list_slice(vm, list, 0, list.size())) : Value(value);
    if (iterable.is_raised()) return raised;
    Type& type = type_of(vm, iterable);
    if (!type.slots->iter && !type.slots->getitem)
      return vm.raise_text(TypeId::TypeError, "must assign iterable to extended slice");
    CEDE_TRY(words, list_from(vm, iterable));
  }
  const bool tuple = is_exact(words, TypeId::Tuple);
  const Bits* data = tuple ? cast<Tuple>(words).items : cast<List>(words).items.data();
  const std::size_t count = tuple ? cast<Tuple>(words).size : cast<List>(words).size();
  slice_adjust(indices, static_cast<std::int64_t>(list.size()));
  if (indices.step != 1) return assign_extended(vm, list, indices, data, count);
  const std::size_t start = static_cast<std::size_t>(indices.start);
  return list_splice(vm, list, start, start + static_cast<std::size_t>(indices.count), data, count);
}

Status list_setitem(VM& vm, Ref self, Ref key, Ref value) {
  List& list = cast<List>(self);
  if (!key.is_small()) {
    if (is_exact(key, TypeId::Slice)) return set_slice(vm, list, key, value);
    if (!has_index(vm, key)) return raise_bad_index(vm, key);
  }
  CEDE_TRY(std::int64_t at, sequence_index(vm, key));
  if (at < 0) at += static_cast<std::int64_t>(list.size());
  if (at < 0 || at >= static_cast<std::int64_t>(list.size()))
    return vm.raise_text(TypeId::IndexError, "list assignment index out of range");
  const std::size_t place = static_cast<std::size_t>(at);
  if (value.is_unbound()) return list_splice(vm, list, place, place + 1, nullptr, 0);
  list_replace(list, place, value);
  return Ok;
}

Owned list_add(VM& vm, Ref left, Ref right) {
  if (!is<List>(left) || !is<List>(right)) return Owned::share(NotImplemented);
  const List &a = cast<List>(left), &b = cast<List>(right);
  if (a.size() > list_maximum_size - b.size()) return vm.raise_memory_error();
  CEDE_TRY(Value made, list_with_capacity(vm, a.size() + b.size()));
  for (const List* part : {&a, &b})
    CEDE_CHECK(append_filled(vm, cast<List>(made), part->size(), [&](Bits* at, std::size_t from, std::size_t to) {
      copy_words(at, part->items.data() + from, to - from);
    }));
  return made;
}

Owned list_inplace_add(VM& vm, Ref self, Ref other) {
  CEDE_CHECK(list_extend(vm, cast<List>(self), other));
  return Owned::share(self);
}

// Appends `count` further copies of the items, for which there is room.
Status append_copies(VM& vm, List& list, std::size_t count) {
  const std::size_t n = list.size();
  return append_filled(vm, list, n * count, [&](Bits* at, std::size_t from, std::size_t to) {
    // Where a piece begins is where one of the copies may be half-way.
    for (std::size_t source = from % n; from < to; ++from, source = source + 1 == n ? 0 : source + 1) {
      const Bits word = list.items.data()[source];
      retain(Ref(word));
      *at++ = word;
    }
  });
}

Owned repeat(VM& vm, const List& list, std::int64_t count) {
  const std::size_t n = list.size();
  std::size_t total;
  if (!multiply_sizes(n, static_cast<std::size_t>(count), total)) return vm.raise_memory_error();
  CEDE_TRY(Value made, list_with_capacity(vm, total));
  if (total == 0) return made;
  CEDE_CHECK(append_filled(vm, cast<List>(made), n, [&](Bits* at, std::size_t from, std::size_t to) {
    copy_words(at, list.items.data() + from, to - from);
  }));
  CEDE_CHECK(append_copies(vm, cast<List>(made), static_cast<std::size_t>(count) - 1));
  return made;
}

Owned list_multiply(VM& vm, Ref left, Ref right) {
  if (!is<List>(left)) std::swap(left, right);
  if (!is<List>(left) || !has_index(vm, right)) return Owned::share(NotImplemented);
  CEDE_TRY(const std::int64_t count, repeat_count(vm, right));
  return repeat(vm, cast<List>(left), count);
}

Owned list_inplace_multiply(VM& vm, Ref self, Ref other) {
  List& list = cast<List>(self);
  if (!has_index(vm, other)) return Owned::share(NotImplemented);
  CEDE_TRY(const std::int64_t count, repeat_count(vm, other));
  const std::size_t n = list.size();
  std::size_t total;
  if (!multiply_sizes(n, static_cast<std::size_t>(count), total)) return vm.raise_memory_error();
  if (total == 0)
    list_clear(vm, list);
  else if (count > 1) {
    if (!make_room(vm, list, total - n)) return vm.raise_memory_error();
    CEDE_CHECK(append_copies(vm, list, static_cast<std::size_t>(count) - 1));
  }
  return Owned::share(self);
}

// ---- methods, in the reference's order

Status append_method(VM& vm, List& self, Ref object) { return list_append(vm, self, object); }
Status clear_method(VM& vm, List& self) {
  list_clear(vm, self);
  return Ok;
}
Value list_copy(VM& vm, List& self) { return list_slice(vm, self, 0, self.size()); }

Result<std::int64_t> list_count(VM& vm, List& self, Ref value) {
  return count_word(vm, words_of(self), value);
}

Result<std::int64_t> list_index(VM& vm, List& self, Ref value, Ref start, Ref stop) {
  std::int64_t first = 0, last = PTRDIFF_MAX;
  CEDE_CHECK(search_bounds(vm, start, stop, first, last));
  clamp_search(first, last, static_cast<std::int64_t>(self.size()));
  CEDE_TRY(const std::int64_t at, find_word(vm, words_of(self), value, static_cast<std::size_t>(first),
                                            static_cast<std::size_t>(last)));
  if (at >= 0) return at;
  CEDE_TRY(const Value text, repr(vm, value));
  return vm.raise(TypeId::ValueError, "{} is not in list", cast<Str>(text).view());
}

Status insert_method(VM& vm, List& self, Ref index_argument, Ref object) {
  CEDE_TRY(const std::int64_t at, size_argument(vm, index_argument));
  return list_insert(vm, self, Index{at}, object);
}

Owned list_pop(VM& vm, List& self, Ref index_argument) {
  CEDE_TRY(std::int64_t at, size_argument(vm, index_argument));
  const std::int64_t n = static_cast<std::int64_t>(self.size());
  if (n == 0) return vm.raise_text(TypeId::IndexError, "pop from empty list");
  if (at < 0) at += n;
  if (at < 0 || at >= n) return vm.raise_text(TypeId::IndexError, "pop index out of range");
  Bits* data = self.items.data();
  const Bits word = data[at];
  std::memmove(data + at, data + at + 1, static_cast<std::size_t>(n - at - 1) * sizeof(Bits));
  (void)resize(vm, self, static_cast<std::size_t>(n - 1));
  return Owned(word);
}

Status list_remove(VM& vm, List& self, Ref value) {
  CEDE_TRY(const std::int64_t at, find_word(vm, words_of(self), value, 0, SIZE_MAX));
  if (at < 0) return vm.raise_text(TypeId::ValueError, "list.remove(x): x not in list");
  // The comparison may have shortened the list.
  const std::size_t place = static_cast<std::size_t>(at);
  if (place >= self.size()) return Ok;
  return list_splice(vm, self, place, place + 1, nullptr, 0);
}

Status list_reverse(VM&, List& self) {
  list_reverse_items(self);
  return Ok;
}
Status sort_method(VM& vm, List& self, Ref key, bool reverse) { return list_sort(vm, self, key, reverse); }
Owned list_reversed(VM& vm, List& self) { return list_reverse_iterator_new(vm, self); }
std::int64_t list_sizeof(VM&, List& self) {
  return static_cast<std::int64_t>(40 + self.items.capacity() * sizeof(Bits));
}
Owned getitem_method(VM& vm, List& self, Ref index) { return list_getitem(vm, &self, index); }

constexpr Slots list_slots = inherit(object_slots, [](Slots& s) {
  s.repr = list_repr;
  s.hash = hash_not_implemented;
  s.compare = list_compare;
  s.iter = list_iter;
  s.init = list_init;
  s.construct = list_construct;
  s.length = list_length;
  s.getitem = list_getitem;
  s.setitem = list_setitem;
  s.contains = list_contains;
  s.add = list_add;
  s.multiply = list_multiply;
  s.inplace_add = list_inplace_add;
  s.inplace_multiply = list_inplace_multiply;
});

constexpr Method list_methods[] = {
    method<"__getitem__(self, index, /)", getitem_method>,
    method<"__reversed__(self, /)", list_reversed>,
    method<"__sizeof__(self, /)", list_sizeof>,
    method<"clear(self, /)", clear_method>,
    method<"copy(self, /)", list_copy>,
    method<"append(self, object, /)", append_method>,
    method<"insert(self, index, object, /)", insert_method>,
    method<"extend(self, iterable, /)", list_extend>,
    method<"pop(self, index=-1, /)", list_pop>,
    method<"remove(self, value, /)", list_remove>,
    method<"index(self, value, start=0, stop=sys.maxsize, /)", list_index>,
    method<"count(self, value, /)", list_count>,
    method<"reverse(self, /)", list_reverse>,
    method<"sort(self, /, *, key=None, reverse=False)", sort_method>,
    method<"__class_getitem__(type, object, /)", class_getitem_alias>,
};

}  // namespace

Owned list_take_last(VM& vm, List& list) {
  const std::size_t last = list.size() - 1;
  const Bits word = list.items[last];
  (void)resize(vm, list, last);
  return Owned(word);
}

Status list_insert(VM& vm, List& list, Index at, Ref object) {
  const std::size_t n = list.size();
  if (n >= list_maximum_size || !resize(vm, list, n + 1)) return vm.raise_memory_error();
  std::int64_t place = at.value;
  if (place < 0 && (place += static_cast<std::int64_t>(n)) < 0) place = 0;
  if (place > static_cast<std::int64_t>(n)) place = static_cast<std::int64_t>(n);
  Bits* data = list.items.data();
  std::memmove(data + place + 1, data + place, (n - static_cast<std::size_t>(place)) * sizeof(Bits));
  retain(object);
  data[place] = object.bits;
  return Ok;
}

extern const NativeType list_type;
const NativeType list_type{
    .name = "list",
    .id = TypeId::List,
    .base = nullptr,
    .layout = &list_layout,
    .slots = &list_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::SequencePattern | TypeFlag::MatchSelf,
    .methods = list_methods,
    .doc =
        "Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\n"
        "The argument must be an iterable if specified.",
    .signature = "(iterable=(), /)",
};

}  // namespace cede
