// `bytearray`: storage, slots, the methods that change it, iterator and the table.
#include "runtime/types/bytearray.hpp"

#include <algorithm>

#include "runtime/types/bytes_methods.hpp"
#include "runtime/types/codecs.hpp"
#include "runtime/types/iterators.hpp"
#include "runtime/types/memoryview.hpp"
#include "runtime/types/slice.hpp"
#include "runtime/types/str.hpp"
#include "runtime/types/text_arguments.hpp"
#include "runtime/types/text_search.hpp"

namespace cede {

constinit const Layout bytearray_layout = layout_for<ByteArray>();

// ---- storage

Value bytearray_from(VM& vm, std::string_view data) {
  auto* made = make_object<ByteArray>(vm, TypeId::ByteArray, 0);
  if (!made) return raised;
  Value result = Value::adopt(made);
  if (!made->content.reserve(vm.heap, data.size())) return vm.raise_memory_error();
  if (!data.empty()) std::memcpy(made->content.data(), data.data(), data.size());
  made->content.set_size(data.size());
  return result;
}

namespace {
RaisedMark raise_exported(VM& vm) {
  return vm.raise_text(TypeId::BufferError, "Existing exports of data: object cannot be re-sized");
}
void close_front(ByteArray& self) {
  std::memmove(self.content.data(), self.data(), self.size());
  self.content.set_size(self.size());
  self.start = 0;
}
}  // namespace

// The capacity follows CPython's rule, which __alloc__ shows: a byte more than the size after a large step,
// some spare after a small one.
Status bytearray_resize(VM& vm, ByteArray& self, std::size_t size) {
  if (size == self.size()) return Ok;
  if (self.exports) return raise_exported(vm);
  if (size >= static_cast<std::size_t>(PTRDIFF_MAX)) return vm.raise_memory_error();
  const std::size_t allocated = self.content.capacity() ? self.content.capacity() + 1 : 0;
  if (self.start + size + 1 > allocated) {
    if (self.start) close_front(self);
    const bool small_step = size <= allocated + allocated / 8;
    const std::size_t wanted = small_step ? size + (size >> 3) + (size < 9 ? 2 : 5) : size;
    if (!self.content.reserve(vm.heap, wanted)) return vm.raise_memory_error();
  } else if (size + 1 < allocated / 2) {
    if (self.start) close_front(self);
    self.content.set_size(size);
    self.content.shrink(vm.heap, size);
    return Ok;
  }
  self.content.set_size(self.start + size);
  return Ok;
}

Status bytearray_append(VM& vm, ByteArray& self, std::string_view data) {
  if (data.empty()) return Ok;
  const std::size_t old = self.size();
  std::size_t size;
  if (!add_sizes(old, data.size(), size)) return vm.raise_memory_error();
  CEDE_CHECK(bytearray_resize(vm, self, size));
  std::memcpy(self.data() + old, data.data(), data.size());
  return Ok;
}

Status bytearray_delete(VM& vm, ByteArray& self, std::size_t start, std::size_t stop) {
  if (start >= stop) return Ok;
  if (self.exports) return raise_exported(vm);
  if (start == 0) {
    self.start += stop;
    if (self.start > self.content.capacity() / 2) close_front(self);
    return Ok;
  }
  std::memmove(self.data() + start, self.data() + stop, self.size() - stop);
  return bytearray_resize(vm, self, self.size() - (stop - start));
}

namespace {

// self[start:stop] = data, which is not the array's own.
Status replace_range(VM& vm, ByteArray& self, std::size_t start, std::size_t stop, std::string_view data) {
  const std::size_t old = self.size(), removed = stop - start, tail = old - stop;
  if (data.size() < removed) {
    CEDE_CHECK(bytearray_delete(vm, self, start, stop - data.size()));
  } else if (data.size() > removed) {
    CEDE_CHECK(bytearray_resize(vm, self, old + (data.size() - removed)));
    std::memmove(self.data() + start + data.size(), self.data() + stop, tail);
  }
  if (!data.empty()) std::memcpy(self.data() + start, data.data(), data.size());
  return Ok;
}

Status extend_from_items(VM& vm, ByteArray& self, Ref iterable) {
  return for_each(vm, iterable, [&](Ref item) -> Status {
    CEDE_TRY(const int byte, byte_argument(vm, item));
    const char c = static_cast<char>(byte);
    return bytearray_append(vm, self, {&c, 1});
  });
}

// ---- slots

Owned boolean(bool b) { return Owned(Ref::boolean(b).bits); }

Owned bytearray_repr(VM& vm, Ref self) {
  const ByteArray& array = cast<ByteArray>(self);
  StringBuilder out(vm), body(vm);
  CEDE_CHECK(append_bytes_repr(body, array.view()));
  CEDE_CHECK(out.append(short_name(*array.type)));
  CEDE_CHECK(out.append('('));
  // Unlike bytes, an apostrophe is escaped between double quotes too.
  if (body.view()[1] == '"') {
    for (char c : body.view()) {
      if (c == '\'') CEDE_CHECK(out.append('\\'));
      CEDE_CHECK(out.append(c));
    }
  } else {
    CEDE_CHECK(out.append(body.view()));
  }
  CEDE_CHECK(out.append(')'));
  return out.finish();
}

Owned bytearray_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  if (!is_bytes_like(other)) return Owned(NotImplemented.bits);
  BufferView view;
  if (view.acquire(vm, other).is_raised()) {
    vm.clear_error();
    return Owned(NotImplemented.bits);
  }
  const std::string_view left = cast<ByteArray>(self).view(), right = view.bytes();
  switch (operation) {
    case CompareOperation::Equal: return boolean(left == right);
    case CompareOperation::NotEqual: return boolean(left != right);
    case CompareOperation::Less: return boolean(left < right);
    case CompareOperation::LessEqual: return boolean(left <= right);
    case CompareOperation::Greater: return boolean(left > right);
    case CompareOperation::GreaterEqual: return boolean(left >= right);
  }
  return Owned(NotImplemented.bits);
}

Result<std::int64_t> bytearray_length(VM&, Ref self) {
  return static_cast<std::int64_t>(cast<ByteArray>(self).size());
}

Result<bool> bytearray_contains(VM& vm, Ref self, Ref item) {
  BytesNeedle needle;
  CEDE_CHECK(needle.read(vm, item, BytesNeedle::Use::Contains));
  CEDE_TRY(const std::size_t at, find_text(vm, cast<ByteArray>(self).view(), needle.text()));
  return at != not_found;
}

Owned bytearray_add(VM& vm, Ref left, Ref right) {
  if (!is<ByteArray>(left)) return Owned(NotImplemented.bits);
  if (!is_bytes_like(right))
    return vm.raise(TypeId::TypeError, "can't concat {} to {}", display_name(type_of(vm, right)),
                    display_name(*left.object()->type));
  BufferView view;
  CEDE_CHECK(view.acquire(vm, right));
  CEDE_TRY(Value made, bytearray_from(vm, cast<ByteArray>(left).view()));
  CEDE_CHECK(bytearray_append(vm, cast<ByteArray>(made), view.bytes()));
  return made;
}

Owned bytearray_inplace_add(VM& vm, Ref self, Ref other) {
  ByteArray& array = cast<ByteArray>(self);
  if (!is_bytes_like(other))
    return vm.raise(TypeId::TypeError, "can't concat {} to {}", display_name(type_of(vm, other)),
                    display_name(*array.type));
  BufferView view;
  CEDE_CHECK(view.acquire(vm, other));
  CEDE_CHECK(bytearray_append(vm, array, view.bytes()));
  return Owned::share(self);
}

// The total size of a repetition. Raises MemoryError.
Result<std::size_t> repeated_size(VM& vm, std::size_t size, std::int64_t count) {
  std::size_t total = 0;
  if (count > 0 && (!multiply_sizes(size, static_cast<std::size_t>(count), total) ||
                    total > static_cast<std::size_t>(PTRDIFF_MAX)))
    return vm.raise_memory_error();
  return total;
}
// Makes the array the first `size` of its bytes again and again, up to `total`.
Status repeat(VM& vm, ByteArray& array, std::size_t size, std::size_t total) {
  CEDE_CHECK(bytearray_resize(vm, array, total));
  if (size == 0 || size >= total) return Ok;
  if (!repeat_bytes(vm, array.data() + size, {array.data(), size}, total - size).is_raised()) return Ok;
  Value error = vm.take_error();
  if (bytearray_resize(vm, array, size).is_raised()) vm.clear_error();
  vm.set_error(std::move(error));
  return raised;
}

Owned bytearray_multiply(VM& vm, Ref left, Ref right) {
  if (!is<ByteArray>(left)) std::swap(left, right);
  bool known;
  CEDE_TRY(const std::int64_t count, repeat_operand(vm, right, known));
  if (!known) return Owned(NotImplemented.bits);
  const ByteArray& self = cast<ByteArray>(left);
  CEDE_TRY(const std::size_t total, repeated_size(vm, self.size(), count));
  CEDE_TRY(Value made, bytearray_from(vm, total ? self.view() : std::string_view()));
  ByteArray& array = cast<ByteArray>(made);
  CEDE_CHECK(repeat(vm, array, self.size(), total));
  return made;
}

Owned bytearray_inplace_multiply(VM& vm, Ref self, Ref count_argument) {
  bool known;
  CEDE_TRY(const std::int64_t count, repeat_operand(vm, count_argument, known));
  if (!known) return Owned(NotImplemented.bits);
  ByteArray& array = cast<ByteArray>(self);
  const std::size_t size = array.size();
  CEDE_TRY(const std::size_t total, repeated_size(vm, size, count));
  CEDE_CHECK(repeat(vm, array, size, total));
  return Owned::share(self);
}

Owned bytearray_remainder(VM& vm, Ref left, Ref right) {
  if (!is<ByteArray>(left)) return Owned(NotImplemented.bits);
  return bytes_percent(BytesSelf(vm, cast<ByteArray>(left)), right);
}

bool is_index(VM& vm, Ref key) { return key.is_small() || type_of(vm, key).slots->index; }
RaisedMark raise_key_type(VM& vm, Ref key) {
  return vm.raise(TypeId::TypeError, "bytearray indices must be integers or slices, not {}",
                  display_name(type_of(vm, key)));
}
Result<std::size_t> checked_position(VM& vm, const ByteArray& self, std::int64_t at) {
  const auto size = static_cast<std::int64_t>(self.size());
  if (at < 0) at += size;
  if (at < 0 || at >= size) return vm.raise_text(TypeId::IndexError, "bytearray index out of range");
  return static_cast<std::size_t>(at);
}
Result<std::size_t> position_of(VM& vm, const ByteArray& self, Ref key) {
  CEDE_TRY(const std::int64_t at, subscript_index(vm, key));
  return checked_position(vm, self, at);
}

Owned bytearray_getitem(VM& vm, Ref self, Ref key) {
  const ByteArray& array = cast<ByteArray>(self);
  if (is_index(vm, key)) {
    CEDE_TRY(const std::size_t at, position_of(vm, array, key));
    return Owned(Ref::small(static_cast<unsigned char>(array.data()[at])).bits);
  }
  if (!is<Slice>(key)) return raise_key_type(vm, key);
  CEDE_TRY(SliceIndices slice, slice_unpack(vm, key));
  slice_adjust(slice, static_cast<std::int64_t>(array.size()));
  const std::size_t count = static_cast<std::size_t>(std::max<std::int64_t>(slice.count, 0));
  if (slice.step == 1)
    return bytearray_from(vm, array.view().substr(static_cast<std::size_t>(slice.start), count));
  CEDE_TRY(Value made, bytearray_from(vm, ""));
  CEDE_CHECK(bytearray_resize(vm, cast<ByteArray>(made), count));
  for (std::int64_t i = 0; i < slice.count; ++i)
    cast<ByteArray>(made).data()[i] = array.data()[slice.start + i * slice.step];
  return made;
}

Status delete_slice(VM& vm, ByteArray& array, SliceIndices slice) {
  if (slice.count <= 0) return Ok;
  if (slice.step < 0) {
    slice.start += (slice.count - 1) * slice.step;
    slice.step = -slice.step;
  }
  if (slice.step == 1)
    return bytearray_delete(vm, array, static_cast<std::size_t>(slice.start),
                            static_cast<std::size_t>(slice.start + slice.count));
  if (array.exports) return raise_exported(vm);
  char* data = array.data();
  std::size_t to = static_cast<std::size_t>(slice.start), size = array.size();
  for (std::size_t from = to; from < size; ++from) {
    const auto offset = static_cast<std::int64_t>(from) - slice.start;
    if (offset % slice.step != 0 || offset / slice.step >= slice.count) data[to++] = data[from];
  }
  return bytearray_resize(vm, array, to);
}

Status assign_slice(VM& vm, ByteArray& array, SliceIndices slice, std::string_view data) {
  slice_adjust(slice, static_cast<std::int64_t>(array.size()));
  if (slice.step == 1) {
    const auto start = static_cast<std::size_t>(slice.start);
    return replace_range(vm, array, start, std::max(start, static_cast<std::size_t>(slice.stop)), data);
  }
  if (data.empty()) return delete_slice(vm, array, slice);
  if (data.size() != static_cast<std::size_t>(slice.count))
    return vm.raise(TypeId::ValueError, "attempt to assign bytes of size {} to extended slice of size {}",
                    data.size(), slice.count);
  for (std::int64_t i = 0; i < slice.count; ++i)
    array.data()[slice.start + i * slice.step] = data[static_cast<std::size_t>(i)];
  return Ok;
}

Status bytearray_setitem(VM& vm, Ref self, Ref key, Ref value) {
  ByteArray& array = cast<ByteArray>(self);
  if (is_index(vm, key)) {
    CEDE_TRY(const std::int64_t given, subscript_index(vm, key));
    int byte = 0;
    if (!value.is_unbound()) {
      CEDE_TRY(byte, byte_argument(vm, value));
    }
    CEDE_TRY(const std::size_t at, checked_position(vm, array, given));
    if (value.is_unbound()) return bytearray_delete(vm, array, at, at + 1);
    array.data()[at] = static_cast<char>(byte);
    return Ok;
  }
  if (!is<Slice>(key)) return raise_key_type(vm, key);
  CEDE_TRY(SliceIndices slice, slice_unpack(vm, key));
  if (value.is_unbound()) {
    slice_adjust(slice, static_cast<std::int64_t>(array.size()));
    return delete_slice(vm, array, slice);
  }
  Value content(value);
  const Slots& slots = *type_of(vm, value).slots;
  if (value == self || !is_bytes_like(value)) {
    const bool number = slots.index || slots.integer || slots.floating;
    if (is<Str>(value) || number)
      return vm.raise_text(TypeId::TypeError,
                           "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    CEDE_TRY(content, call(vm, vm.type(TypeId::ByteArray), value));
  }
  BufferView view;
  CEDE_CHECK(view.acquire(vm, content));
  return assign_slice(vm, array, slice, view.bytes());
}

// ---- constructor

Owned bytearray_construct(VM& vm, Type& type, const Arguments&) {
  if (type.id == TypeId::ByteArray) return bytearray_from(vm, "");
  ByteArray* made = make_instance<ByteArray>(vm, type);
  return made ? Owned(Ref(made).bits) : Owned(raised);
}

Status fill_from(VM& vm, ByteArray& self, Ref source) {
  if (is<Str>(source)) return vm.raise_text(TypeId::TypeError, "string argument without an encoding");
  if (is_index(vm, source)) {
    Result<std::int64_t> size = index_int64(vm, source);
    if (!size.is_raised()) {
      if (*size < 0) return vm.raise_text(TypeId::ValueError, "negative count");
      CEDE_CHECK(bytearray_resize(vm, self, static_cast<std::size_t>(*size)));
      if (*size) std::memset(self.data(), 0, static_cast<std::size_t>(*size));
      return Ok;
    }
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
  }
  if (is_bytes_like(source)) {
    CEDE_TRY(const Value content, bytes_from_object(vm, source));
    return bytearray_append(vm, self, cast<Bytes>(content).view());
  }
  const Slots& slots = *type_of(vm, source).slots;
  if (!slots.iter && !slots.getitem)
    return vm.raise(TypeId::TypeError, "cannot convert '{}' object to bytearray",
                    display_name(type_of(vm, source)));
  return extend_from_items(vm, self, source);
}

Status bytearray_initialise(VM& vm, ByteArray& self, Ref source, Optional<std::string_view> encoding,
                            Optional<std::string_view> errors) {
  if (self.size()) CEDE_CHECK(bytearray_resize(vm, self, 0));
  if (encoding || errors) {
    Str* text = as<Str>(source);
    if (!text || !encoding) {
      const char* message = text       ? "string argument without an encoding"
                            : encoding ? "encoding without a string argument"
                                       : "errors without a string argument";
      return vm.raise_text(TypeId::TypeError, message);
    }
    CEDE_TRY(const Value encoded, encode_text(vm, *text, *encoding, errors.value_or("strict")));
    return bytearray_append(vm, self, cast<Bytes>(encoded).view());
  }
  return source.is_unbound() ? Ok : fill_from(vm, self, source);
}

Status bytearray_init(VM& vm, Ref self, const Arguments& arguments) {
  const Value none =
      call_body<"bytearray(source=<unrepresentable>, encoding=<unrepresentable>, errors=<unrepresentable>)",
                bytearray_initialise>(vm, cast<ByteArray>(self), arguments);
  return none.is_raised() ? Status(raised) : Ok;
}

// ---- methods that change it

Status bytearray_append_method(VM& vm, ByteArray& self, Ref item) {
  CEDE_TRY(const int byte, byte_argument(vm, item));
  const char c = static_cast<char>(byte);
  return bytearray_append(vm, self, {&c, 1});
}
Status bytearray_clear(VM& vm, ByteArray& self) { return bytearray_resize(vm, self, 0); }
Value bytearray_copy(VM& vm, ByteArray& self) { return bytearray_from(vm, self.view()); }

Status bytearray_extend(VM& vm, ByteArray& self, Ref iterable) {
  if (iterable == Ref(self)) {
    const std::size_t size = self.size();
    return repeat(vm, self, size, size * 2);
  }
  if (is_bytes_like(iterable)) {
    const Value none = bytearray_inplace_add(vm, self, iterable);
    return none.is_raised() ? Status(raised) : Ok;
  }
  const Slots& slots = *type_of(vm, iterable).slots;
  if (!slots.iter && !slots.getitem)
    return vm.raise(TypeId::TypeError, "can't extend bytearray with {}", display_name(type_of(vm, iterable)));
  // Collected first, so that a failure leaves the array as it was.
  CEDE_TRY(const Value items, bytearray_from(vm, ""));
  const Status collected = extend_from_items(vm, cast<ByteArray>(items), iterable);
  if (collected.is_raised()) {
    if (!is<Str>(iterable) || !vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
    return vm.raise_text(TypeId::TypeError, "expected iterable of integers; got: 'str'");
  }
  return bytearray_append(vm, self, cast<ByteArray>(items).view());
}

Status bytearray_insert(VM& vm, ByteArray& self, Ref index_argument, Ref item) {
  CEDE_TRY(std::int64_t at, ssize_argument(vm, index_argument));
  CEDE_TRY(const int byte, byte_argument(vm, item));
  const auto size = static_cast<std::int64_t>(self.size());
  if (at < 0) at = std::max<std::int64_t>(at + size, 0);
  at = std::min(at, size);
  const char c = static_cast<char>(byte);
  return replace_range(vm, self, static_cast<std::size_t>(at), static_cast<std::size_t>(at), {&c, 1});
}

Owned bytearray_pop(VM& vm, ByteArray& self, Ref index_argument) {
  CEDE_TRY(std::int64_t at, ssize_argument(vm, index_argument));
  const auto size = static_cast<std::int64_t>(self.size());
  if (size == 0) return vm.raise_text(TypeId::IndexError, "pop from empty bytearray");
  if (at < 0) at += size;
  if (at < 0 || at >= size) return vm.raise_text(TypeId::IndexError, "pop index out of range");
  const auto byte = static_cast<unsigned char>(self.data()[at]);
  CEDE_CHECK(bytearray_delete(vm, self, static_cast<std::size_t>(at), static_cast<std::size_t>(at) + 1));
  return Owned(Ref::small(byte).bits);
}

Status bytearray_remove(VM& vm, ByteArray& self, Ref value) {
  CEDE_TRY(const int byte, byte_argument(vm, value));
  const char c = static_cast<char>(byte);
  const std::size_t at = find_bytes(self.view(), {&c, 1});
  if (at == not_found) return vm.raise_text(TypeId::ValueError, "value not found in bytearray");
  return bytearray_delete(vm, self, at, at + 1);
}
Status bytearray_reverse(VM&, ByteArray& self) {
  std::reverse(self.data(), self.data() + self.size());
  return Ok;
}

Owned bytearray_fromhex(VM& vm, Type& type, Str& text) {
  CEDE_TRY(Value made, bytearray_from(vm, ""));
  CEDE_CHECK(append_from_hex(vm, cast<ByteArray>(made).content, text));
  return type.id == TypeId::ByteArray ? Owned(std::move(made)) : call(vm, type, made);
}
Owned bytearray_reduce_ex(VM& vm, ByteArray& self, Ref protocol_argument) {
  CEDE_TRY(const std::int64_t protocol, index_clamped(vm, protocol_argument));
  CEDE_TRY(Value state, find_attribute(vm, self, *vm.names.__dict__));
  if (state.is_unbound()) state = Value(None);
  Value arguments;
  if (protocol < 3) {
    CEDE_TRY(const Value text, decode_text(vm, self.view(), "latin-1", "strict"));
    CEDE_TRY(const Value encoding, str_from_ascii(vm, "latin-1"));
    CEDE_TRY(arguments, tuple_of(vm, {text, encoding}));
  } else {
    CEDE_TRY(const Value content, bytes_from(vm, self.view()));
    CEDE_TRY(arguments, tuple_of(vm, {content}));
  }
  return tuple_of(vm, {Ref(self.type), arguments, state});
}
Owned bytearray_reduce(VM& vm, ByteArray& self) { return bytearray_reduce_ex(vm, self, Ref::small(2)); }
std::int64_t bytearray_alloc(VM&, ByteArray& self) {
  return self.content.capacity() ? static_cast<std::int64_t>(self.content.capacity() + 1) : 0;
}
std::int64_t bytearray_sizeof(VM& vm, ByteArray& self) { return 56 + bytearray_alloc(vm, self); }

// ---- iterator

Owned iterator_next(VM&, Ref self) {
  BytesIterator& iterator = cast<BytesIterator>(self);
  if (iterator.sequence.is_unbound()) return Owned(Finished.bits);
  const ByteArray& array = cast<ByteArray>(iterator.sequence);
  if (iterator.position < array.size()) [[likely]]
    return Owned(Ref::small(static_cast<unsigned char>(array.data()[iterator.position++])).bits);
  iterator.sequence.reset();
  return Owned(Finished.bits);
}
Owned bytearray_iter(VM& vm, Ref self) {
  auto* iterator = make_object<BytesIterator>(vm, TypeId::ByteArrayIterator);
  if (!iterator) return raised;
  iterator->sequence = Value(self);
  return Value::adopt(iterator);
}
std::int64_t iterator_length_hint(VM&, BytesIterator& self) {
  if (self.sequence.is_unbound()) return 0;
  const std::size_t size = cast<ByteArray>(self.sequence).size();
  return size > self.position ? static_cast<std::int64_t>(size - self.position) : 0;
}
Owned iterator_reduce(VM& vm, BytesIterator& self) {
  CEDE_TRY(const Value iter, dict_get_str(vm, cast<Dict>(vm.builtins), vm.intern("iter")));
  if (self.sequence.is_unbound()) {
    CEDE_TRY(const Value empty, tuple_of(vm, {vm.empty_tuple}));
    return tuple_of(vm, {iter, empty});
  }
  CEDE_TRY(const Value arguments, tuple_of(vm, {self.sequence}));
  return tuple_of(vm, {iter, arguments, Ref::small(static_cast<std::int64_t>(self.position))});
}
Status iterator_setstate(VM&, BytesIterator& self, Index state) {
  if (self.sequence.is_unbound()) return Ok;
  const auto size = static_cast<std::int64_t>(cast<ByteArray>(self.sequence).size());
  self.position = static_cast<std::size_t>(std::clamp<std::int64_t>(state.value, 0, size));
  return Ok;
}
constexpr Slots iterator_slots = inherit(object_slots, [](Slots& s) {
  s.iter = iterator_self;
  s.next = iterator_next;
});
constexpr Method iterator_methods[] = {
    method<"__length_hint__(self, /)", iterator_length_hint>,
    method<"__reduce__(self, /)", iterator_reduce>,
    method<"__setstate__(self, state, /)", iterator_setstate>,
};

// ---- the table

Status bytearray_acquire(VM&, Ref self, BufferInfo& info) {
  static constexpr char nothing[1] = {};
  ByteArray& array = cast<ByteArray>(self);
  ++array.exports;
  info = {array.size() ? array.data() : const_cast<char*>(nothing), array.size(), 1, "B", false};
  return Ok;
}
void bytearray_release(Ref self) { --cast<ByteArray>(self).exports; }
constexpr BufferProcedures bytearray_buffer = {bytearray_acquire, bytearray_release};

constexpr Slots bytearray_slots = inherit(object_slots, [](Slots& s) {
  s.repr = bytearray_repr;
  s.str = bytearray_repr;
  s.hash = hash_not_implemented;
  s.compare = bytearray_compare;
  s.iter = bytearray_iter;
  s.init = bytearray_init;
  s.construct = bytearray_construct;
  s.length = bytearray_length;
  s.getitem = bytearray_getitem;
  s.setitem = bytearray_setitem;
  s.contains = bytearray_contains;
  s.add = bytearray_add;
  s.multiply = bytearray_multiply;
  s.remainder = bytearray_remainder;
  s.inplace_add = bytearray_inplace_add;
  s.inplace_multiply = bytearray_inplace_multiply;
});

constexpr std::array bytearray_own_methods = {
    method<"__buffer__(self, flags, /)", buffer_method>,
    method<"__release_buffer__(self, buffer, /)", release_buffer_method>,
    method<"__alloc__(self, /)", bytearray_alloc>,
    method<"__reduce__(self, /)", bytearray_reduce>,
    method<"__reduce_ex__(self, proto=0, /)", bytearray_reduce_ex>,
    method<"__sizeof__(self, /)", bytearray_sizeof>,
    method<"append(self, item, /)", bytearray_append_method>,
    method<"clear(self, /)", bytearray_clear>,
    method<"copy(self, /)", bytearray_copy>,
    method<"extend(self, iterable_of_ints, /)", bytearray_extend>,
    method<"fromhex(type, string, /)", bytearray_fromhex>,
    method<"insert(self, index, item, /)", bytearray_insert>,
    method<"pop(self, index=-1, /)", bytearray_pop>,
    method<"remove(self, value, /)", bytearray_remove>,
    method<"reverse(self, /)", bytearray_reverse>,
};
constexpr auto bytearray_methods = joined_methods(bytearray_own_methods, bytes_common_methods<ByteArray>);

}  // namespace

extern const NativeType bytearray_type, bytearray_iterator_type;

const NativeType bytearray_type = {
    .name = "bytearray",
    .id = TypeId::ByteArray,
    .base = nullptr,
    .layout = &bytearray_layout,
    .slots = &bytearray_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::MatchSelf | TypeFlag::NoCycles,
    .methods = bytearray_methods,
    .doc =
        "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n"
        "bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\n"
        "bytearray(int) -> bytes array of size given by the parameter initialized with null bytes\n"
        "bytearray() -> empty bytes array\n\n"
        "Construct a mutable bytearray object from:\n"
        "  - an iterable yielding integers in range(256)\n"
        "  - a text string encoded using the specified encoding\n"
        "  - a bytes or a buffer object\n"
        "  - any object implementing the buffer API.\n"
        "  - an integer",
    .buffer = &bytearray_buffer};

const NativeType bytearray_iterator_type = {.name = "bytearray_iterator",
                                            .id = TypeId::ByteArrayIterator,
                                            .base = nullptr,
                                            .layout = &bytes_iterator_layout,
                                            .slots = &iterator_slots,
                                            .flags = 0,
                                            .methods = iterator_methods};

}  // namespace cede
