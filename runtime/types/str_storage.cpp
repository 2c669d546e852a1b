// Construction of strings: from text, pieces, code points; concatenation in place. Nothing here runs script
// code. The empty string and the characters below 256 exist once.
#include <algorithm>

#include "runtime/core/hash.hpp"
#include "runtime/types/codecs.hpp"
#include "runtime/types/str.hpp"
#include "runtime/types/str_index.hpp"
#include "runtime/types/text_search.hpp"

namespace cede {

constinit const Layout str_layout = layout_for<Str>();

namespace {

Str* allocate(VM& vm, std::size_t byte_size, std::size_t length, std::size_t spare = 0) {
  std::size_t size;
  if (!str_object_size(byte_size, length, size) || !add_sizes(size, spare, size)) {
    (void)vm.raise_memory_error();
    return nullptr;
  }
  Object* object = vm.heap.allocate_object(&vm.type(TypeId::Str), std::max(size, sizeof(Str)),
                                           byte_size == length ? std::uint32_t{Ascii} : 0u);
  if (!object) {
    (void)vm.raise_memory_error();
    return nullptr;
  }
  Str* str = static_cast<Str*>(object);
  str->hash_plus_one = 0;
  str->byte_size = byte_size;
  str->length = length;
  str->data[byte_size] = 0;
  return str;
}

Value make(VM& vm, std::string_view text, std::size_t length) {
  Str* str = allocate(vm, text.size(), length);
  if (!str) return raised;
  if (!text.empty()) std::memcpy(str->data, text.data(), text.size());
  return Value::adopt(str);
}

bool shared_character(VM& vm, std::string_view text, Value& character) {
  const char32_t c = utf8_at(text.data());
  if (text.size() > 2 || c > 255 || utf8_size(c) != text.size()) return false;
  character = str_from_code_point(vm, c);
  return true;
}

}  // namespace

Value str_uninitialised(VM& vm, std::size_t byte_size, std::size_t length) {
  Str* str = allocate(vm, byte_size, length);
  return str ? Value::adopt(str) : Value(raised);
}

Value str_from_ascii(VM& vm, std::string_view text) {
  if (text.empty() && vm.empty_str.is_object()) return vm.empty_str;
  if (text.size() == 1) return str_from_code_point(vm, static_cast<unsigned char>(text[0]));
  return make(vm, text, text.size());
}

Value str_from_utf8(VM& vm, std::string_view text) {
  if (text.size() < 3) {
    if (text.empty() && vm.empty_str.is_object()) return vm.empty_str;
    Value character;
    if (!text.empty() && shared_character(vm, text, character)) return character;
  }
  return make(vm, text, text_is_ascii(text) ? text.size() : utf8_length(text));
}

Value str_from_code_point(VM& vm, char32_t c) {
  if (c < 256 && vm.single_characters[c].is_object()) return vm.single_characters[c];
  char bytes[4];
  const char* end = utf8_put(bytes, c);
  Value made = make(vm, {bytes, static_cast<std::size_t>(end - bytes)}, 1);
  if (c < 256 && made.is_object()) vm.single_characters[c] = made;
  return made;
}

Value str_from_code_points(VM& vm, std::u32string_view text) {
  std::size_t size = 0;
  for (char32_t c : text) size += utf8_size(c);
  CEDE_TRY(Value made, str_uninitialised(vm, size, text.size()));
  char* at = cast<Str>(made).data;
  for (char32_t c : text) at = utf8_put(at, c);
  return made;
}

Value str_exact(VM& vm, Str& self) {
  if (self.type->id == TypeId::Str) return Value(Ref(self));
  return make(vm, self.view(), self.length);
}

// ---- pieces

Value str_byte_slice(VM& vm, Str& self, std::size_t start, std::size_t stop) {
  if (start == 0 && stop == self.byte_size) return str_exact(vm, self);
  const std::string_view text(self.data + start, stop - start);
  return self.is_ascii() ? str_from_ascii(vm, text) : str_from_utf8(vm, text);
}

Value str_substring(VM& vm, Str& self, std::size_t start, std::size_t stop) {
  if (start >= stop) return vm.empty_str;
  const std::size_t first = str_byte_position(self, start);
  if (self.is_ascii()) return str_byte_slice(vm, self, first, stop);
  const std::size_t last =
      stop - start < 16 ? static_cast<std::size_t>(utf8_skip(self.data + first, stop - start) - self.data)
                        : str_byte_position(self, stop);
  return str_byte_slice(vm, self, first, last);
}

char32_t str_at(const Str& self, std::size_t position) {
  return utf8_at(self.data + str_byte_position(self, position));
}

Owned str_item(VM& vm, Str& self, std::int64_t position) {
  const auto length = static_cast<std::int64_t>(self.length);
  if (position < 0) position += length;
  if (position < 0 || position >= length) return Owned();
  const char32_t c = self.is_ascii() ? static_cast<unsigned char>(self.data[position])
                                     : str_at(self, static_cast<std::size_t>(position));
  if (c < 256 && vm.single_characters[c].is_object()) return Owned::share(vm.single_characters[c]);
  return str_from_code_point(vm, c);
}

int str_order(const Str& left, const Str& right) {
  // Generalised UTF-8 sorts as its code points do.
  return left.view().compare(right.view());
}

// ---- concatenation

Value str_concat(VM& vm, Str& left, Str& right) {
  if (left.byte_size == 0) return str_exact(vm, right);
  if (right.byte_size == 0) return str_exact(vm, left);
  Str* str = allocate(vm, left.byte_size + right.byte_size, left.length + right.length);
  if (!str) return raised;
  std::memcpy(str->data, left.data, left.byte_size);
  std::memcpy(str->data + left.byte_size, right.data, right.byte_size);
  return Value::adopt(str);
}

namespace {

// The object with room for `size` bytes; the old one is gone, or (null) unchanged.
Str* with_room(VM& vm, Str* str, std::size_t size) {
  if (size <= Heap::usable_size(str)) return str;
  const std::size_t wanted = size + size / 8;
  if (str->flags & LargeObject) return static_cast<Str*>(vm.heap.resize_large_leaf(str, wanted));
  Str* larger = allocate(vm, str->byte_size, str->length, wanted - Str::variable_size(*str));
  if (!larger) {
    vm.clear_error();
    return nullptr;
  }
  std::memcpy(larger->data, str->data, str->byte_size);
  release(Ref(str));
  return larger;
}

}  // namespace

Owned str_append_consuming(VM& vm, Owned left, Ref right) {
  Str* str = &cast<Str>(left.ref());
  const Str& tail = cast<Str>(right);
  const bool exact = str->type->id == TypeId::Str;
  if (!exact || &tail == str || str->count != 1 || str->is_interned() || str->byte_size == 0 ||
      tail.byte_size == 0) {
    const Value held(left);
    return str_concat(vm, *str, cast<Str>(right));
  }
  const std::size_t byte_size = str->byte_size + tail.byte_size, length = str->length + tail.length;
  std::size_t size;
  Str* grown = str_object_size(byte_size, length, size) ? with_room(vm, str, size) : nullptr;
  if (!grown) {
    release(left.ref());
    return vm.raise_memory_error();
  }
  std::memcpy(grown->data + grown->byte_size, tail.data, tail.byte_size);
  grown->data[byte_size] = 0;
  grown->byte_size = byte_size;
  grown->length = length;
  grown->hash_plus_one = 0;
  grown->flags &= ~str_index_filled;
  if (byte_size != length) grown->flags &= ~std::uint32_t{Ascii};
  return Owned(Ref(grown).bits);
}

Owned str_concat_words(VM& vm, const Bits* words, std::size_t count) {
  if (count == 0) return Owned::share(vm.empty_str);
  if (count == 1) return str_exact(vm, cast<Str>(Ref(words[0])));
  std::size_t byte_size = 0, length = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Str& part = cast<Str>(Ref(words[i]));
    if (!add_sizes(byte_size, part.byte_size, byte_size)) return vm.raise_memory_error();
    length += part.length;
  }
  if (byte_size == 0) return Owned::share(vm.empty_str);
  Str* str = allocate(vm, byte_size, length);
  if (!str) return raised;
  char* at = str->data;
  for (std::size_t i = 0; i < count; ++i) {
    const Str& part = cast<Str>(Ref(words[i]));
    std::memcpy(at, part.data, part.byte_size);
    at += part.byte_size;
  }
  return Owned(Ref(str).bits);
}

Value str_repeat(VM& vm, Str& self, std::int64_t count) {
  if (count <= 0 || self.byte_size == 0) return vm.empty_str;
  if (count == 1) return str_exact(vm, self);
  const auto times = static_cast<std::size_t>(count);
  if (self.length > static_cast<std::size_t>(PTRDIFF_MAX) / times)
    return vm.raise_text(TypeId::OverflowError, "repeated string is too long");
  std::size_t byte_size;
  if (!multiply_sizes(self.byte_size, times, byte_size)) return vm.raise_memory_error();
  Str* str = allocate(vm, byte_size, self.length * times);
  if (!str) return raised;
  Value made = Value::adopt(str);
  CEDE_CHECK(repeat_bytes(vm, str->data, self.view(), byte_size));
  return made;
}

// ---- hash

std::int64_t str_hash(VM& vm, Str& str) {
  if (str.hash_plus_one) return static_cast<std::int64_t>(str.hash_plus_one - 1);
  const HashKey key{vm.options.hash_key[0], vm.options.hash_key[1]};
  const std::int64_t hash = str.is_ascii() ? hash_ascii(key, str.view()) : hash_text(key, str.view());
  str.hash_plus_one = static_cast<std::uint64_t>(hash) + 1;
  return hash;
}

// ---- StringBuilder

char* StringBuilder::grow_slow(std::size_t count) {
  std::size_t wanted, capacity;
  if (!add_sizes(size_, count, wanted) || !add_sizes(wanted, wanted / 2 + 64, capacity)) {
    (void)vm_.raise_memory_error();
    return nullptr;
  }
  char* block;
  if (data_ == small_) {
    block = static_cast<char*>(vm_.heap.allocate_raw(capacity));
    if (block) std::memcpy(block, small_, size_);
  } else {
    block = static_cast<char*>(vm_.heap.resize_raw(data_, capacity_, capacity));
  }
  if (!block) {
    (void)vm_.raise_memory_error();
    return nullptr;
  }
  data_ = block;
  capacity_ = capacity;
  return data_ + size_;
}

Status StringBuilder::append_repeated(char32_t c, std::size_t count) {
  char bytes[4];
  const std::size_t unit = static_cast<std::size_t>(utf8_put(bytes, c) - bytes);
  std::size_t total;
  if (!multiply_sizes(count, unit, total)) return vm_.raise_memory_error();
  char* at = grow(total);
  if (!at) return raised;
  CEDE_CHECK(repeat_bytes(vm_, at, {bytes, unit}, total));
  size_ += total;
  return Ok;
}

Status StringBuilder::append_str(Ref object) {
  CEDE_TRY(const Value text, str(vm_, object));
  return append(cast<Str>(text).view());
}
Status StringBuilder::append_repr(Ref object) {
  CEDE_TRY(const Value text, repr(vm_, object));
  return append(cast<Str>(text).view());
}
Status StringBuilder::append_format(Ref object, Ref specification) {
  CEDE_TRY(const Value text, format(vm_, object, specification));
  return append(cast<Str>(text).view());
}

Value StringBuilder::finish() {
  Value made = str_from_utf8(vm_, view());
  size_ = 0;
  return made;
}

// ---- from the outside world

Value str_from_external(VM& vm, std::string_view bytes) {
  StringBuilder out(vm);
  while (!bytes.empty()) {
    const std::size_t valid = utf8_valid_prefix(bytes);
    CEDE_CHECK(out.append(bytes.substr(0, valid)));
    bytes.remove_prefix(valid);
    if (bytes.empty()) break;
    CEDE_CHECK(out.append_code_point(0xDC00 + static_cast<unsigned char>(bytes[0])));
    bytes.remove_prefix(1);
  }
  return out.finish();
}

}  // namespace cede
