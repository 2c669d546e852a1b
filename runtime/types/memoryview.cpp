// `memoryview`: views, slices, casts and the table. Items are read and written in memoryview_items.cpp.
#include "runtime/types/memoryview.hpp"

#include <algorithm>

#include "runtime/core/hash.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/bytes_methods.hpp"
#include "runtime/types/iterators.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/slice.hpp"
#include "runtime/types/str.hpp"
#include "runtime/types/text_arguments.hpp"

namespace cede {

constinit const Layout memoryview_layout = layout_for<MemoryView>();

void MemoryView::end_export(MemoryView& self) {
  if (!self.exported) return;
  self.exported = false;
  const BufferProcedures* procedures = buffer_procedures(self.object);
  if (procedures && procedures->release) procedures->release(self.object);
}

bool MemoryView::contiguous() const {
  std::int64_t expected = item_size;
  for (std::int64_t d = dimensions; d-- > 0;) {
    if (shape[d] != 1 && strides[d] != expected && count() != 0) return false;
    expected *= shape[d];
  }
  return true;
}

namespace {

Status check_live(VM& vm, const MemoryView& view) {
  if (!view.object.is_unbound()) return Ok;
  return vm.raise_text(TypeId::ValueError, "operation forbidden on released memoryview object");
}

// Another view of the same memory, with an export of its own.
MemoryView* copy_of(VM& vm, const MemoryView& view) {
  BufferInfo info;
  const BufferProcedures* procedures = buffer_procedures(view.object);
  MemoryView* made = make_object<MemoryView>(vm, TypeId::MemoryView);
  if (!made) return nullptr;
  Value held = Value::adopt(made);
  if (procedures->acquire(vm, view.object, info).is_raised()) return nullptr;
  made->object = view.object;
  made->exported = true;
  made->data = view.data;
  made->item_size = view.item_size;
  std::copy(std::begin(view.format), std::end(view.format), made->format);
  made->dimensions = view.dimensions;
  std::copy(std::begin(view.shape), std::end(view.shape), made->shape);
  std::copy(std::begin(view.strides), std::end(view.strides), made->strides);
  made->read_only = view.read_only;
  (void)held.take();
  return made;
}

}  // namespace

Owned memoryview_new(VM& vm, Ref object) {
  if (const MemoryView* view = as<MemoryView>(object)) {
    CEDE_CHECK(check_live(vm, *view));
    MemoryView* copy = copy_of(vm, *view);
    return copy ? Owned(Ref(copy).bits) : Owned(raised);
  }
  const BufferProcedures* procedures = buffer_procedures(object);
  if (!procedures)
    return vm.raise(TypeId::TypeError, "memoryview: a bytes-like object is required, not '{}'",
                    display_name(type_of(vm, object)));
  MemoryView* view = make_object<MemoryView>(vm, TypeId::MemoryView);
  if (!view) return raised;
  Value made = Value::adopt(view);
  BufferInfo info;
  CEDE_CHECK(procedures->acquire(vm, object, info));
  view->object = Value(object);
  view->exported = true;
  view->data = info.data;
  view->item_size = static_cast<std::int64_t>(info.item_size);
  const std::string_view format(info.format);
  format.copy(view->format, sizeof view->format - 1);
  view->format[std::min(format.size(), sizeof view->format - 1)] = 0;
  view->shape[0] = static_cast<std::int64_t>(info.size / info.item_size);
  view->strides[0] = view->item_size;
  view->read_only = info.read_only;
  return made;
}

namespace {

// Copies the items of a view, or back into it, in order.
template<class Each> void each_item(const MemoryView& view, std::int64_t dimension, char* at, Each&& each) {
  if (dimension == view.dimensions) return each(at);
  for (std::int64_t i = 0; i < view.shape[dimension]; ++i)
    each_item(view, dimension + 1, at + i * view.strides[dimension], each);
}

}  // namespace

Value memoryview_bytes(VM& vm, const MemoryView& view) {
  const auto size = static_cast<std::size_t>(view.bytes());
  CEDE_TRY(Value made, bytes_uninitialised(vm, size));
  char* out = cast<Bytes>(made).data;
  if (view.contiguous()) {
    if (size) std::memcpy(out, view.data, size);
    return made;
  }
  const auto item = static_cast<std::size_t>(view.item_size);
  each_item(view, 0, view.data, [&](const char* at) {
    std::memcpy(out, at, item);
    out += item;
  });
  return made;
}

namespace {

// ---- slots

Owned memoryview_repr(VM& vm, Ref self) {
  const bool released = cast<MemoryView>(self).object.is_unbound();
  return str_from_ascii(vm, fmt::format("<{} at {:#x}>", released ? "released memory" : "memory", self.bits));
}

Result<std::int64_t> memoryview_length(VM& vm, Ref self) {
  const MemoryView& view = cast<MemoryView>(self);
  CEDE_CHECK(check_live(vm, view));
  if (view.dimensions == 0) return vm.raise_text(TypeId::TypeError, "0-dim memory has no length");
  return view.shape[0];
}

Result<std::int64_t> memoryview_hash(VM& vm, Ref self) {
  MemoryView& view = cast<MemoryView>(self);
  if (!view.hash_plus_one) {
    CEDE_CHECK(check_live(vm, view));
    if (!view.read_only) return vm.raise_text(TypeId::ValueError, "cannot hash writable memoryview object");
    if (view.kind() != 'B' && view.kind() != 'b' && view.kind() != 'c')
      return vm.raise_text(TypeId::ValueError,
                           "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
    CEDE_TRY(const std::int64_t of_object, hash_value(vm, view.object));
    (void)of_object;
    CEDE_TRY(const Value content, memoryview_bytes(vm, view));
    CEDE_TRY(const std::int64_t hash, hash_value(vm, content));
    view.hash_plus_one = static_cast<std::uint64_t>(hash) + 1;
  }
  return static_cast<std::int64_t>(view.hash_plus_one - 1);
}

bool same_shape(const MemoryView& a, const MemoryView& b) {
  return a.dimensions == b.dimensions && std::equal(a.shape, a.shape + a.dimensions, b.shape);
}

Owned memoryview_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  const bool negated = operation == CompareOperation::NotEqual;
  if (!negated && operation != CompareOperation::Equal) return Owned(NotImplemented.bits);
  const MemoryView& a = cast<MemoryView>(self);
  if (a.object.is_unbound()) return Owned(Ref::boolean((self == other) != negated).bits);
  if (!is_bytes_like(other)) return Owned(NotImplemented.bits);
  if (const MemoryView* b = as<MemoryView>(other); b && b->object.is_unbound())
    return Owned(Ref::boolean(negated).bits);
  Value view = is<MemoryView>(other) ? Value(other) : Value(memoryview_new(vm, other));
  if (view.is_raised()) {
    vm.clear_error();
    return Owned(NotImplemented.bits);
  }
  const MemoryView& b = cast<MemoryView>(view);
  if (!same_shape(a, b)) return Owned(Ref::boolean(negated).bits);
  CEDE_TRY(const bool same, memoryview_equal_items(vm, a, b));
  return Owned(Ref::boolean(same != negated).bits);
}

bool is_index(VM& vm, Ref key) { return key.is_small() || type_of(vm, key).slots->index; }

Result<std::int64_t> item_offset(VM& vm, const MemoryView& view, std::int64_t dimension, Ref key) {
  CEDE_TRY(std::int64_t at, subscript_index(vm, key));
  const std::int64_t size = view.shape[dimension];
  if (at < 0) at += size;
  if (at < 0 || at >= size)
    return vm.raise(TypeId::IndexError, "index out of bounds on dimension {}", dimension + 1);
  return at * view.strides[dimension];
}

bool all_indices(VM& vm, Ref key) {
  const Tuple* tuple = as<Tuple>(key);
  return tuple &&
         std::all_of(tuple->begin(), tuple->end(), [&](Bits word) { return is_index(vm, Ref(word)); });
}

// The item that a tuple of indices names.
Result<char*> item_of_tuple(VM& vm, const MemoryView& view, const Tuple& key) {
  if (static_cast<std::int64_t>(key.size) < view.dimensions)
    return vm.raise_text(TypeId::NotImplementedError, "sub-views are not implemented");
  if (static_cast<std::int64_t>(key.size) > view.dimensions)
    return vm.raise(TypeId::TypeError, "cannot index {}-dimension view with {}-element tuple",
                    view.dimensions, key.size);
  char* at = view.data;
  for (std::size_t d = 0; d < key.size; ++d) {
    CEDE_TRY(const std::int64_t offset, item_offset(vm, view, static_cast<std::int64_t>(d), key[d]));
    CEDE_CHECK(check_live(vm, view));
    at += offset;
  }
  return at;
}

Owned sliced(VM& vm, const MemoryView& view, Ref key) {
  CEDE_TRY(const SliceIndices slice, slice_indices(vm, key, view.shape[0]));
  CEDE_CHECK(check_live(vm, view));
  MemoryView* part = copy_of(vm, view);
  if (!part) return raised;
  part->data += slice.start * view.strides[0];
  part->shape[0] = std::max<std::int64_t>(slice.count, 0);
  part->strides[0] *= slice.step;
  return Owned(Ref(part).bits);
}

Owned memoryview_getitem(VM& vm, Ref self, Ref key) {
  const MemoryView& view = cast<MemoryView>(self);
  CEDE_CHECK(check_live(vm, view));
  if (view.dimensions == 0) {
    if (const Tuple* tuple = as<Tuple>(key); tuple && tuple->size == 0)
      return memoryview_unpack(vm, view, view.data);
    if (key == EllipsisValue) return Owned::share(self);
    return vm.raise_text(TypeId::TypeError, "invalid indexing of 0-dim memory");
  }
  if (is_index(vm, key)) {
    if (view.dimensions > 1)
      return vm.raise_text(TypeId::NotImplementedError, "multi-dimensional sub-views are not implemented");
    CEDE_TRY(const std::int64_t offset, item_offset(vm, view, 0, key));
    CEDE_CHECK(check_live(vm, view));
    return memoryview_unpack(vm, view, view.data + offset);
  }
  if (is<Slice>(key)) return sliced(vm, view, key);
  if (all_indices(vm, key)) {
    CEDE_TRY(char* const at, item_of_tuple(vm, view, cast<Tuple>(key)));
    return memoryview_unpack(vm, view, at);
  }
  return vm.raise_text(TypeId::TypeError, "memoryview: invalid slice key");
}

Status assign_slice(VM& vm, const MemoryView& view, Ref key, Ref value) {
  if (!is_bytes_like(value))
    return vm.raise(TypeId::TypeError, "a bytes-like object is required, not '{}'",
                    display_name(type_of(vm, value)));
  CEDE_TRY(const Value source_holder, memoryview_new(vm, value));
  CEDE_TRY(const Value target_holder, sliced(vm, view, key));
  const MemoryView &source = cast<MemoryView>(source_holder), &target = cast<MemoryView>(target_holder);
  if (!same_shape(source, target) || source.kind() != target.kind() || source.item_size != target.item_size)
    return vm.raise_text(TypeId::ValueError,
                         "memoryview assignment: lvalue and rvalue have different structures");
  CEDE_TRY(const Value copy, memoryview_bytes(vm, source));  // the two may overlap
  const char* from = cast<Bytes>(copy).data;
  const auto item = static_cast<std::size_t>(target.item_size);
  each_item(target, 0, target.data, [&](char* at) {
    std::memcpy(at, from, item);
    from += item;
  });
  return Ok;
}

// Writes one item; packing may run script code that releases the view.
Status store(VM& vm, const MemoryView& view, char* at, Ref value) {
  char item[8];
  std::memcpy(item, at, static_cast<std::size_t>(std::min<std::int64_t>(view.item_size, 8)));
  CEDE_CHECK(memoryview_pack(vm, view, item, value));
  CEDE_CHECK(check_live(vm, view));
  std::memcpy(at, item, static_cast<std::size_t>(view.item_size));
  return Ok;
}

Status memoryview_setitem(VM& vm, Ref self, Ref key, Ref value) {
  const MemoryView& view = cast<MemoryView>(self);
  CEDE_CHECK(check_live(vm, view));
  if (view.read_only) return vm.raise_text(TypeId::TypeError, "cannot modify read-only memory");
  if (value.is_unbound()) return vm.raise_text(TypeId::TypeError, "cannot delete memory");
  if (view.dimensions == 0) {
    const Tuple* tuple = as<Tuple>(key);
    if (key == EllipsisValue || (tuple && tuple->size == 0)) return store(vm, view, view.data, value);
    return vm.raise_text(TypeId::TypeError, "invalid indexing of 0-dim memory");
  }
  if (is_index(vm, key)) {
    if (view.dimensions > 1)
      return vm.raise_text(TypeId::NotImplementedError, "sub-views are not implemented");
    CEDE_TRY(const std::int64_t offset, item_offset(vm, view, 0, key));
    CEDE_CHECK(check_live(vm, view));
    return store(vm, view, view.data + offset, value);
  }
  if (is<Slice>(key)) {
    if (view.dimensions > 1)
      return vm.raise_text(TypeId::NotImplementedError,
                           "memoryview slice assignments are currently restricted to ndim = 1");
    return assign_slice(vm, view, key, value);
  }
  if (all_indices(vm, key)) {
    CEDE_TRY(char* const at, item_of_tuple(vm, view, cast<Tuple>(key)));
    return store(vm, view, at, value);
  }
  return vm.raise_text(TypeId::TypeError, "memoryview: invalid slice key");
}

Owned memoryview_make(VM& vm, Type&, Ref object) { return memoryview_new(vm, object); }
Owned memoryview_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"memoryview(object)", memoryview_make>(vm, type, arguments);
}

// ---- methods

Status memoryview_release(VM& vm, MemoryView& self) {
  if (self.object.is_unbound()) return Ok;
  if (self.exports)
    return vm.raise(TypeId::BufferError, "memoryview has {} exported buffer{}", self.exports,
                    self.exports == 1 ? "" : "s");
  MemoryView::end_export(self);
  self.object.reset();
  return Ok;
}

Owned memoryview_tobytes(VM& vm, MemoryView& self, Ref order) {
  CEDE_CHECK(check_live(vm, self));
  if (!order.is_unbound() && !order.is_none()) {
    const Str* text = as<Str>(order);
    if (!text)
      return vm.raise(TypeId::TypeError, "tobytes() argument 'order' must be str or None, not {}",
                      display_name(type_of(vm, order)));
    if (text->view() != "C" && text->view() != "F" && text->view() != "A")
      return vm.raise_text(TypeId::ValueError, "order must be 'C', 'F' or 'A'");
  }
  return memoryview_bytes(vm, self);
}

Owned memoryview_hex(VM& vm, MemoryView& self, Ref separator, Ref group) {
  CEDE_CHECK(check_live(vm, self));
  CEDE_TRY(const Value content, memoryview_bytes(vm, self));
  return bytes_hex(vm, cast<Bytes>(content).view(), separator, group);
}

Owned memoryview_tolist(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  return memoryview_list(vm, self, 0, self.data);
}

Status read_shape(VM& vm, Ref shape, MemoryView& view) {
  const Tuple* tuple = as<Tuple>(shape);
  const List* list = as<List>(shape);
  if (!tuple && !list) return vm.raise_text(TypeId::TypeError, "shape must be a list or a tuple");
  const std::size_t count = tuple ? tuple->size : list->size();
  if (count > memoryview_maximum_dimensions)
    return vm.raise(TypeId::ValueError, "memoryview: number of dimensions must not exceed {}",
                    memoryview_maximum_dimensions);
  const std::int64_t bytes = view.bytes();
  std::int64_t product = 1;
  for (std::size_t i = 0; i < count; ++i) {
    const Ref word = tuple ? (*tuple)[i] : (*list)[i];
    if (!word.is_small())
      return vm.raise_text(TypeId::TypeError, "memoryview.cast(): elements of shape must be integers");
    if (word.small() <= 0)
      return vm.raise_text(TypeId::ValueError, "memoryview.cast(): elements of shape must be integers > 0");
    view.shape[i] = word.small();
    if (__builtin_mul_overflow(product, word.small(), &product))
      return vm.raise_text(TypeId::ValueError, "memoryview.cast(): product(shape) > SSIZE_MAX");
  }
  view.dimensions = static_cast<std::int64_t>(count);
  if (product * view.item_size != bytes)
    return vm.raise_text(TypeId::TypeError, "memoryview: product(shape) * itemsize != buffer size");
  std::int64_t stride = view.item_size;
  for (std::size_t i = count; i-- > 0;) {
    view.strides[i] = stride;
    stride *= view.shape[i];
  }
  return Ok;
}

Owned memoryview_cast(VM& vm, MemoryView& self, std::string_view format, Ref shape) {
  CEDE_CHECK(check_live(vm, self));
  if (!self.contiguous())
    return vm.raise_text(TypeId::TypeError, "memoryview: casts are restricted to C-contiguous views");
  if (!shape.is_unbound() && self.dimensions != 1 && as<Tuple>(shape) && cast<Tuple>(shape).size != 1)
    return vm.raise_text(TypeId::TypeError, "memoryview: cast must be 1D -> ND or ND -> 1D");
  const bool prefixed = format.starts_with('@');
  const std::string_view kind = format.substr(prefixed);
  const std::int64_t item_size = kind.size() == 1 ? memoryview_item_size(kind[0]) : 0;
  if (!item_size)
    return vm.raise_text(TypeId::ValueError,
                         "memoryview: destination format must be a native single character format prefixed "
                         "with an optional '@'");
  const auto is_byte = [](char c) { return c == 'B' || c == 'b' || c == 'c'; };
  if (!is_byte(self.kind()) && !is_byte(kind[0]))
    return vm.raise_text(TypeId::TypeError, "memoryview: cannot cast between two non-byte formats");
  const std::int64_t bytes = self.bytes();
  if (bytes % item_size)
    return vm.raise_text(TypeId::TypeError, "memoryview: length is not a multiple of itemsize");
  MemoryView* made = copy_of(vm, self);
  if (!made) return raised;
  Value held = Value::adopt(made);
  made->item_size = item_size;
  made->format[format.copy(made->format, 2)] = 0;
  made->dimensions = 1;
  made->shape[0] = bytes / item_size;
  made->strides[0] = item_size;
  if (!shape.is_unbound()) CEDE_CHECK(read_shape(vm, shape, *made));
  return held;
}

Owned memoryview_toreadonly(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  MemoryView* made = copy_of(vm, self);
  if (!made) return raised;
  made->read_only = true;
  return Owned(Ref(made).bits);
}
Owned memoryview_from_flags(VM& vm, Type&, Ref object, int) { return memoryview_new(vm, object); }
Owned memoryview_enter(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  return Owned::share(Ref(self));
}
Status memoryview_exit(VM& vm, MemoryView& self, Rest) { return memoryview_release(vm, self); }

// ---- properties

Owned numbers(VM& vm, const std::int64_t* values, std::int64_t count) {
  if (count == 0) return Owned::share(vm.empty_tuple);
  CEDE_TRY(Value tuple, tuple_uninitialised(vm, static_cast<std::size_t>(count)));
  for (std::int64_t i = 0; i < count; ++i) cast<Tuple>(tuple).items[i] = Ref::small(values[i]).bits;
  return tuple;
}
Owned get_obj(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  return Owned::share(self.object);
}
Result<std::int64_t> get_nbytes(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  return self.bytes();
}
Result<bool> get_readonly(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  return self.read_only;
}
Result<std::int64_t> get_itemsize(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  return self.item_size;
}
Owned get_format(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  return str_from_ascii(vm, self.format);
}
Result<std::int64_t> get_ndim(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  return self.dimensions;
}
Owned get_shape(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  return numbers(vm, self.shape, self.dimensions);
}
Owned get_strides(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  return numbers(vm, self.strides, self.dimensions);
}
Owned get_suboffsets(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  return Owned::share(vm.empty_tuple);
}
Result<bool> get_contiguous(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  return self.contiguous();
}
Result<bool> get_f_contiguous(VM& vm, MemoryView& self) {
  CEDE_CHECK(check_live(vm, self));
  return self.contiguous() &&
         std::count_if(self.shape, self.shape + self.dimensions, [](std::int64_t n) { return n != 1; }) <= 1;
}

// ---- iterator

Owned memoryview_iter(VM& vm, Ref self) {
  const MemoryView& view = cast<MemoryView>(self);
  CEDE_CHECK(check_live(vm, view));
  if (view.dimensions == 0) return vm.raise_text(TypeId::TypeError, "invalid indexing of 0-dim memory");
  if (view.dimensions > 1)
    return vm.raise_text(TypeId::NotImplementedError, "multi-dimensional sub-views are not implemented");
  auto* iterator = make_object<BytesIterator>(vm, TypeId::MemoryViewIterator);
  if (!iterator) return raised;
  iterator->sequence = Value(self);
  return Value::adopt(iterator);
}

Owned iterator_next(VM& vm, Ref self) {
  BytesIterator& iterator = cast<BytesIterator>(self);
  if (iterator.sequence.is_unbound()) return Owned(Finished.bits);
  const MemoryView& view = cast<MemoryView>(iterator.sequence);
  if (static_cast<std::int64_t>(iterator.position) < view.shape[0]) {
    CEDE_CHECK(check_live(vm, view));
    return memoryview_unpack(vm, view,
                             view.data + static_cast<std::int64_t>(iterator.position++) * view.strides[0]);
  }
  iterator.sequence.reset();
  return Owned(Finished.bits);
}
constexpr Slots iterator_slots = inherit(object_slots, [](Slots& s) {
  s.iter = iterator_self;
  s.next = iterator_next;
});

// ---- the table

Status memoryview_acquire(VM& vm, Ref self, BufferInfo& info) {
  MemoryView& view = cast<MemoryView>(self);
  CEDE_CHECK(check_live(vm, view));
  if (!view.contiguous())
    return vm.raise_text(TypeId::BufferError, "memoryview: underlying buffer is not C-contiguous");
  ++view.exports;
  info = {view.data, static_cast<std::size_t>(view.bytes()), static_cast<std::size_t>(view.item_size),
          view.format, view.read_only};
  return Ok;
}
void memoryview_end(Ref self) { --cast<MemoryView>(self).exports; }
constexpr BufferProcedures memoryview_buffer = {memoryview_acquire, memoryview_end};

constexpr Slots memoryview_slots = inherit(object_slots, [](Slots& s) {
  s.repr = memoryview_repr;
  s.hash = memoryview_hash;
  s.compare = memoryview_compare;
  s.iter = memoryview_iter;
  s.construct = memoryview_construct;
  s.length = memoryview_length;
  s.getitem = memoryview_getitem;
  s.setitem = memoryview_setitem;
});

constexpr Method memoryview_methods[] = {
    method<"release(self, /)", memoryview_release>,
    method<"tobytes(self, /, order='C')", memoryview_tobytes>,
    method<"hex(self, /, sep=<unrepresentable>, bytes_per_sep=1)", memoryview_hex>,
    method<"tolist(self, /)", memoryview_tolist>,
    method<"cast(self, /, format, shape=<unrepresentable>)", memoryview_cast>,
    method<"toreadonly(self, /)", memoryview_toreadonly>,
    method<"_from_flags(type, /, object, flags)", memoryview_from_flags>,
    method<"__buffer__(self, flags, /)", buffer_method>,
    method<"__release_buffer__(self, buffer, /)", release_buffer_method>,
    method<"__enter__(self, /)", memoryview_enter>,
    method<"__exit__(self, /, *exc_info)", memoryview_exit>,
};
constexpr Property memoryview_properties[] = {
    property<"obj", get_obj>,
    property<"nbytes", get_nbytes>,
    property<"readonly", get_readonly>,
    property<"itemsize", get_itemsize>,
    property<"format", get_format>,
    property<"ndim", get_ndim>,
    property<"shape", get_shape>,
    property<"strides", get_strides>,
    property<"suboffsets", get_suboffsets>,
    property<"c_contiguous", get_contiguous>,
    property<"f_contiguous", get_f_contiguous>,
    property<"contiguous", get_contiguous>,
};

}  // namespace

Owned buffer_method(VM& vm, Ref self, Ref flags) {
  constexpr std::int64_t writable = 1;
  CEDE_TRY(const std::int64_t wanted, index_int64(vm, flags));
  CEDE_TRY(Value view, memoryview_new(vm, self));
  if (wanted & writable && cast<MemoryView>(view).read_only)
    return vm.raise_text(TypeId::BufferError, is<MemoryView>(self) ? "memoryview: underlying buffer is not writable"
                                                                   : "Object is not writable.");
  return view;
}

Status release_buffer_method(VM& vm, Ref self, Ref view) {
  MemoryView* released = as<MemoryView>(view);
  if (!released) return vm.raise_text(TypeId::TypeError, "expected a memoryview object");
  const Ref owner = is<MemoryView>(self) ? cast<MemoryView>(self).object.ref() : self;
  if (!(released->object.ref() == owner))
    return vm.raise_text(TypeId::ValueError, "memoryview's buffer is not this object");
  return memoryview_release(vm, *released);
}

extern const NativeType memoryview_type, memoryview_iterator_type;

const NativeType memoryview_type = {
    .name = "memoryview",
    .id = TypeId::MemoryView,
    .base = nullptr,
    .layout = &memoryview_layout,
    .slots = &memoryview_slots,
    .flags = TypeFlag::Instantiable | TypeFlag::SequencePattern | TypeFlag::HasWeakReferences,
    .methods = memoryview_methods,
    .properties = memoryview_properties,
    .doc = "Create a new memoryview object which references the given object.",
    .signature = "(object)",
    .buffer = &memoryview_buffer};

const NativeType memoryview_iterator_type = {.name = "memory_iterator",
                                             .id = TypeId::MemoryViewIterator,
                                             .base = nullptr,
                                             .layout = &bytes_iterator_layout,
                                             .slots = &iterator_slots,
                                             .flags = 0};

}  // namespace cede
