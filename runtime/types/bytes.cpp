// `bytes`: construction, slots, iterator and the table.
#include "runtime/types/bytes.hpp"

#include "runtime/core/hash.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/types/bytes_methods.hpp"
#include "runtime/types/codecs.hpp"
#include "runtime/types/iterators.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/memoryview.hpp"
#include "runtime/types/slice.hpp"
#include "runtime/types/str.hpp"
#include "runtime/types/text_arguments.hpp"
#include "runtime/types/text_search.hpp"

namespace cede {

constinit const Layout bytes_layout = layout_for<Bytes>();
constinit const Layout bytes_iterator_layout = layout_for<BytesIterator>();

// ---- construction

namespace {

constexpr std::size_t header_size = sizeof(Object) + 16;

Bytes* start(Object* object, std::size_t size) {
  Bytes* bytes = static_cast<Bytes*>(object);
  bytes->hash_plus_one = 0;
  bytes->size = size;
  reinterpret_cast<char*>(object)[header_size + size] = 0;
  return bytes;
}

}  // namespace

Value bytes_uninitialised(VM& vm, std::size_t size) {
  if (size == 0 && vm.empty_bytes.is_object()) return vm.empty_bytes;
  if (size > static_cast<std::size_t>(PTRDIFF_MAX) / 2) return vm.raise_memory_error();
  Object* object =
      vm.heap.allocate_object(&vm.type(TypeId::Bytes), std::max(header_size + size + 1, sizeof(Bytes)), 0);
  if (!object) return vm.raise_memory_error();
  Value made = Value::adopt(start(object, size));
  if (size == 0) vm.empty_bytes = made;
  return made;
}

Value bytes_from(VM& vm, std::string_view data) {
  CEDE_TRY(Value made, bytes_uninitialised(vm, data.size()));
  if (!data.empty()) std::memcpy(cast<Bytes>(made).data, data.data(), data.size());
  return made;
}

namespace {

Status append_items(VM& vm, StringBuilder& out, Ref iterable) {
  return for_each(vm, iterable, [&](Ref item) -> Status {
    CEDE_TRY(const std::int64_t n, index_clamped(vm, item));
    if (n < 0 || n > 255) return vm.raise_text(TypeId::ValueError, "bytes must be in range(0, 256)");
    return out.append(static_cast<char>(n));
  });
}

}  // namespace

Owned bytes_from_object(VM& vm, Ref object) {
  if (is_exact(object, TypeId::Bytes)) return Owned::share(object);
  if (is_bytes_like(object)) {
    const MemoryView* memory = as<MemoryView>(object);
    if (memory && !memory->contiguous()) return memoryview_bytes(vm, *memory);
    BufferView view;
    CEDE_CHECK(view.acquire(vm, object));
    return bytes_from(vm, view.bytes());
  }
  const Slots& slots = *type_of(vm, object).slots;
  if (is<Str>(object) || (!slots.iter && !slots.getitem))
    return vm.raise(TypeId::TypeError, "cannot convert '{}' object to bytes",
                    display_name(type_of(vm, object)));
  StringBuilder out(vm);
  CEDE_CHECK(append_items(vm, out, object));
  return bytes_from(vm, out.view());
}

namespace {

// ---- slots

Owned boolean(bool b) { return Owned(Ref::boolean(b).bits); }

Owned bytes_repr(VM& vm, Ref self) {
  StringBuilder out(vm);
  CEDE_CHECK(append_bytes_repr(out, cast<Bytes>(self).view()));
  return out.finish();
}

Result<std::int64_t> bytes_hash(VM& vm, Ref self) {
  Bytes& bytes = cast<Bytes>(self);
  if (!bytes.hash_plus_one) {
    const HashKey key{vm.options.hash_key[0], vm.options.hash_key[1]};
    bytes.hash_plus_one = static_cast<std::uint64_t>(hash_bytes(key, bytes.data, bytes.size)) + 1;
  }
  return static_cast<std::int64_t>(bytes.hash_plus_one - 1);
}

Owned bytes_compare(VM&, Ref self, Ref other, CompareOperation operation) {
  const Bytes* b = as<Bytes>(other);
  if (!b) return Owned(NotImplemented.bits);
  const std::string_view left = cast<Bytes>(self).view(), right = b->view();
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

Result<std::int64_t> bytes_length(VM&, Ref self) { return static_cast<std::int64_t>(cast<Bytes>(self).size); }

Result<bool> bytes_contains(VM& vm, Ref self, Ref item) {
  BytesNeedle needle;
  CEDE_CHECK(needle.read(vm, item, BytesNeedle::Use::Contains));
  CEDE_TRY(const std::size_t at, find_text(vm, cast<Bytes>(self).view(), needle.text()));
  return at != not_found;
}

Owned bytes_add(VM& vm, Ref left, Ref right) {
  if (!is<Bytes>(left)) return Owned(NotImplemented.bits);
  if (!is_bytes_like(right))
    return vm.raise(TypeId::TypeError, "can't concat {} to bytes", display_name(type_of(vm, right)));
  BufferView view;
  CEDE_CHECK(view.acquire(vm, right));
  const Bytes& a = cast<Bytes>(left);
  if (view.size() == 0 && is_exact(left, TypeId::Bytes)) return Owned::share(left);
  if (a.size == 0 && is_exact(right, TypeId::Bytes)) return Owned::share(right);
  CEDE_TRY(Value made, bytes_uninitialised(vm, a.size + view.size()));
  std::memcpy(cast<Bytes>(made).data, a.data, a.size);
  if (view.size()) std::memcpy(cast<Bytes>(made).data + a.size, view.data(), view.size());
  return made;
}

Owned bytes_multiply(VM& vm, Ref left, Ref right) {
  if (!is<Bytes>(left)) std::swap(left, right);
  bool known;
  CEDE_TRY(const std::int64_t count, repeat_operand(vm, right, known));
  if (!known) return Owned(NotImplemented.bits);
  const Bytes& self = cast<Bytes>(left);
  if (count == 1 && is_exact(left, TypeId::Bytes)) return Owned::share(left);
  const std::size_t times = count < 0 ? 0 : static_cast<std::size_t>(count);
  if (times && self.size > static_cast<std::size_t>(PTRDIFF_MAX) / times)
    return vm.raise_text(TypeId::OverflowError, "repeated bytes are too long");
  CEDE_TRY(Value made, bytes_uninitialised(vm, self.size * times));
  CEDE_CHECK(repeat_bytes(vm, cast<Bytes>(made).data, self.view(), self.size * times));
  return made;
}

Owned bytes_remainder(VM& vm, Ref left, Ref right) {
  if (!is<Bytes>(left)) return Owned(NotImplemented.bits);
  return bytes_percent(BytesSelf(vm, cast<Bytes>(left)), right);
}

Owned bytes_getitem(VM& vm, Ref self, Ref key) {
  const Bytes& bytes = cast<Bytes>(self);
  const auto size = static_cast<std::int64_t>(bytes.size);
  if (key.is_small() || type_of(vm, key).slots->index) {
    CEDE_TRY(std::int64_t at, subscript_index(vm, key));
    if (at < 0) at += size;
    if (at < 0 || at >= size) return vm.raise_text(TypeId::IndexError, "index out of range");
    return Owned(Ref::small(static_cast<unsigned char>(bytes.data[at])).bits);
  }
  if (!is<Slice>(key))
    return vm.raise(TypeId::TypeError, "byte indices must be integers or slices, not {}",
                    display_name(type_of(vm, key)));
  CEDE_TRY(const SliceIndices slice, slice_indices(vm, key, size));
  if (slice.count == size && slice.step == 1 && is_exact(self, TypeId::Bytes)) return Owned::share(self);
  if (slice.step == 1)
    return bytes_from(vm,
                      bytes.view().substr(static_cast<std::size_t>(slice.start),
                                          static_cast<std::size_t>(std::max<std::int64_t>(slice.count, 0))));
  CEDE_TRY(Value made,
           bytes_uninitialised(vm, static_cast<std::size_t>(std::max<std::int64_t>(slice.count, 0))));
  for (std::int64_t i = 0; i < slice.count; ++i)
    cast<Bytes>(made).data[i] = bytes.data[slice.start + i * slice.step];
  return made;
}

Owned bytes_iter(VM& vm, Ref self) {
  auto* iterator = make_object<BytesIterator>(vm, TypeId::BytesIterator);
  if (!iterator) return raised;
  iterator->sequence = Value(self);
  return Value::adopt(iterator);
}

// ---- constructor

Owned instance_of(VM& vm, Type& type, Value value) {
  if (value.is_raised() || type.id == TypeId::Bytes) return value;
  const Bytes& content = cast<Bytes>(value);
  Object* object = allocate_instance(vm, type, std::max(header_size + content.size + 1, sizeof(Bytes)));
  if (!object) return raised;
  std::memcpy(start(object, content.size)->data, content.data, content.size);
  return Value::adopt(object);
}

Value from_source(VM& vm, Ref source) {
  if (is_exact(source, TypeId::Bytes)) return Value(source);
  CEDE_TRY(Value made, call_special_method(vm, source, *vm.names.__bytes__));
  if (!made.is_unbound()) {
    if (is<Bytes>(made)) return made;
    return vm.raise(TypeId::TypeError, "__bytes__ returned non-bytes (type {})",
                    display_name(type_of(vm, made)));
  }
  if (is<Str>(source)) return vm.raise_text(TypeId::TypeError, "string argument without an encoding");
  if (source.is_small() || type_of(vm, source).slots->index) {
    Result<std::int64_t> size = index_int64(vm, source);
    if (!size.is_raised()) {
      if (*size < 0) return vm.raise_text(TypeId::ValueError, "negative count");
      CEDE_TRY(Value zeros, bytes_uninitialised(vm, static_cast<std::size_t>(*size)));
      std::memset(cast<Bytes>(zeros).data, 0, static_cast<std::size_t>(*size));
      return zeros;
    }
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
  }
  return bytes_from_object(vm, source);
}

Owned bytes_new(VM& vm, Type& type, Ref source, Optional<std::string_view> encoding,
                Optional<std::string_view> errors) {
  if (encoding || errors) {
    Str* text = as<Str>(source);
    if (!text || !encoding) {
      const char* message = text       ? "string argument without an encoding"
                            : encoding ? "encoding without a string argument"
                                       : "errors without a string argument";
      return vm.raise_text(TypeId::TypeError, message);
    }
    return instance_of(vm, type, encode_text(vm, *text, *encoding, errors.value_or("strict")));
  }
  if (source.is_unbound()) return instance_of(vm, type, bytes_uninitialised(vm, 0));
  return instance_of(vm, type, from_source(vm, source));
}

Owned bytes_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"bytes(source=<unrepresentable>, encoding=<unrepresentable>, errors=<unrepresentable>)",
                   bytes_new>(vm, type, arguments);
}

// ---- other methods

Owned bytes_fromhex(VM& vm, Type& type, Str& text) {
  Buffer<char> out;
  Value made =
      append_from_hex(vm, out, text).is_raised() ? Value(raised) : bytes_from(vm, {out.data(), out.size()});
  out.free(vm.heap);
  if (made.is_raised() || type.id == TypeId::Bytes) return made;
  return call(vm, type, made);
}
Owned bytes_exact(VM& vm, Bytes& self) {
  if (self.type->id == TypeId::Bytes) return Owned::share(Ref(self));
  return bytes_from(vm, self.view());
}
Owned bytes_getnewargs(VM& vm, Bytes& self) {
  CEDE_TRY(const Value content, bytes_from(vm, self.view()));
  return tuple_of(vm, {content});
}
std::int64_t bytes_sizeof(VM&, Bytes& self) { return static_cast<std::int64_t>(33 + self.size); }

// ---- iterator

Owned iterator_next(VM&, Ref self) {
  BytesIterator& iterator = cast<BytesIterator>(self);
  if (iterator.sequence.is_unbound()) return Owned(Finished.bits);
  const Bytes& bytes = cast<Bytes>(iterator.sequence);
  if (iterator.position < bytes.size) [[likely]]
    return Owned(Ref::small(static_cast<unsigned char>(bytes.data[iterator.position++])).bits);
  iterator.sequence.reset();
  return Owned(Finished.bits);
}

std::int64_t iterator_length_hint(VM&, BytesIterator& self) {
  if (self.sequence.is_unbound()) return 0;
  return static_cast<std::int64_t>(cast<Bytes>(self.sequence).size - self.position);
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
  const auto size = static_cast<std::int64_t>(cast<Bytes>(self.sequence).size);
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

Status bytes_acquire(VM&, Ref self, BufferInfo& info) {
  Bytes& bytes = cast<Bytes>(self);
  info = {bytes.data, bytes.size, 1, "B", true};
  return Ok;
}
constexpr BufferProcedures bytes_buffer = {bytes_acquire, nullptr};

constexpr Slots bytes_slots = inherit(object_slots, [](Slots& s) {
  s.repr = bytes_repr;
  s.str = bytes_repr;
  s.hash = bytes_hash;
  s.compare = bytes_compare;
  s.iter = bytes_iter;
  s.construct = bytes_construct;
  s.length = bytes_length;
  s.getitem = bytes_getitem;
  s.contains = bytes_contains;
  s.add = bytes_add;
  s.multiply = bytes_multiply;
  s.remainder = bytes_remainder;
});

constexpr std::array bytes_own_methods = {
    method<"__buffer__(self, flags, /)", buffer_method>,
    method<"__getnewargs__(self, /)", bytes_getnewargs>,
    method<"__bytes__(self, /)", bytes_exact>,
    method<"__sizeof__(self, /)", bytes_sizeof>,
    method<"fromhex(type, string, /)", bytes_fromhex>,
};
constexpr auto bytes_methods = joined_methods(bytes_own_methods, bytes_common_methods<Bytes>);

}  // namespace

extern const NativeType bytes_type, bytes_iterator_type;

const NativeType bytes_type = {
    .name = "bytes",
    .id = TypeId::Bytes,
    .base = nullptr,
    .layout = &bytes_layout,
    .slots = &bytes_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::MatchSelf | TypeFlag::NoCycles,
    .methods = bytes_methods,
    .doc =
        "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\n"
        "bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\n"
        "bytes(int) -> bytes object of size given by the parameter initialized with null bytes\n"
        "bytes() -> empty bytes object\n\n"
        "Construct an immutable array of bytes from:\n"
        "  - an iterable yielding integers in range(256)\n"
        "  - a text string encoded using the specified encoding\n"
        "  - any object implementing the buffer API.\n"
        "  - an integer",
    .buffer = &bytes_buffer};

const NativeType bytes_iterator_type = {.name = "bytes_iterator",
                                        .id = TypeId::BytesIterator,
                                        .base = nullptr,
                                        .layout = &bytes_iterator_layout,
                                        .slots = &iterator_slots,
                                        .flags = 0,
                                        .methods = iterator_methods};

}  // namespace cede
