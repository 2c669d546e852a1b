// The methods that bytes and bytearray share. Each body works on a BytesSelf: the data, and how to make
// results of the same kind. A bytearray's buffer counts as exported while one runs.
#pragma once

#include <array>
#include <string_view>

#include "runtime/types/buffer.hpp"
#include "runtime/types/bytearray.hpp"
#include "runtime/types/bytes.hpp"

namespace cede {

class BytesSelf {
 public:
  BytesSelf(VM& owner, Bytes& self) : vm(owner), object(self), text(self.view()) {}
  BytesSelf(VM& owner, ByteArray& self) : vm(owner), object(self), text(self.view()), array_(&self) {
    ++self.exports;
  }
  BytesSelf(const BytesSelf&) = delete;
  ~BytesSelf() {
    if (array_) --array_->exports;
  }

  // A new object of this kind; bytes that would be equal to all of `object` are it, if its type is exact.
  Value make(std::string_view data) const;
  bool is_array() const { return array_; }
  // Arguments are converted before the data is looked at: `convert` may run script code that changes a bytearray, and
  // what it did shows in `text` afterwards.
  template<class F> auto converted(F&& convert) const {
    if (!array_) return convert();
    --array_->exports;
    auto result = convert();
    ++array_->exports;
    text = array_->view();
    return result;
  }

  VM& vm;
  Ref object;
  mutable std::string_view text;

 private:
  ByteArray* array_ = nullptr;
};

// A byte as an argument: "byte must be in range(0, 256)".
Result<int> byte_argument(VM& vm, Ref value);
// What `in`, find() and the like look for: a byte or a bytes-like object, as text. Holds the buffer.
class BytesNeedle {
 public:
  // Error texts are find()'s, or those of `in`.
  enum class Use : std::uint8_t { Find, Contains };
  Status read(VM& vm, Ref value, Use use);
  std::string_view text() const { return byte_used_ ? std::string_view(&byte_, 1) : view_.bytes(); }

 private:
  BufferView view_;
  char byte_ = 0;
  bool byte_used_ = false;
};

// ---- bytes_search.cpp
Result<std::int64_t> bytes_find(const BytesSelf& self, Ref sub, Ref start, Ref end);
Result<std::int64_t> bytes_rfind(const BytesSelf& self, Ref sub, Ref start, Ref end);
Result<std::int64_t> bytes_index(const BytesSelf& self, Ref sub, Ref start, Ref end);
Result<std::int64_t> bytes_rindex(const BytesSelf& self, Ref sub, Ref start, Ref end);
Result<std::int64_t> bytes_count(const BytesSelf& self, Ref sub, Ref start, Ref end);
Result<bool> bytes_startswith(const BytesSelf& self, Ref prefix, Ref start, Ref end);
Result<bool> bytes_endswith(const BytesSelf& self, Ref suffix, Ref start, Ref end);
Owned bytes_partition(const BytesSelf& self, Ref separator);
Owned bytes_rpartition(const BytesSelf& self, Ref separator);
Owned bytes_removeprefix(const BytesSelf& self, Ref prefix);
Owned bytes_removesuffix(const BytesSelf& self, Ref suffix);
Owned bytes_replace(const BytesSelf& self, Ref old_bytes, Ref new_bytes, Ref count);
Owned bytes_split(const BytesSelf& self, Ref separator, Ref maximum);
Owned bytes_rsplit(const BytesSelf& self, Ref separator, Ref maximum);
Owned bytes_splitlines(const BytesSelf& self, bool keep_ends);
Owned bytes_strip(const BytesSelf& self, Ref characters);
Owned bytes_lstrip(const BytesSelf& self, Ref characters);
Owned bytes_rstrip(const BytesSelf& self, Ref characters);
Owned bytes_join(const BytesSelf& self, Ref iterable);

// ---- bytes_methods.cpp
Owned bytes_capitalize(const BytesSelf& self);
Owned bytes_lower(const BytesSelf& self);
Owned bytes_upper(const BytesSelf& self);
Owned bytes_swapcase(const BytesSelf& self);
Owned bytes_title(const BytesSelf& self);
bool bytes_isalnum(const BytesSelf& self);
bool bytes_isalpha(const BytesSelf& self);
bool bytes_isascii(const BytesSelf& self);
bool bytes_isdigit(const BytesSelf& self);
bool bytes_islower(const BytesSelf& self);
bool bytes_isspace(const BytesSelf& self);
bool bytes_istitle(const BytesSelf& self);
bool bytes_isupper(const BytesSelf& self);
Owned bytes_center(const BytesSelf& self, Ref width, Ref fill);
Owned bytes_ljust(const BytesSelf& self, Ref width, Ref fill);
Owned bytes_rjust(const BytesSelf& self, Ref width, Ref fill);
Owned bytes_zfill(const BytesSelf& self, Ref width);
Owned bytes_expandtabs(const BytesSelf& self, Ref tab_size);
Owned bytes_translate(const BytesSelf& self, Ref table, Ref deleted);
Owned bytes_decode(const BytesSelf& self, std::string_view encoding, std::string_view errors);
Owned bytes_hex(VM& vm, std::string_view text, Ref separator, Ref group);
Owned bytes_maketrans(VM& vm, Ref from, Ref to);
// The bytes that hexadecimal text stands for, appended.
Status append_from_hex(VM& vm, Buffer<char>& out, Str& text);
// data % arguments.
Owned bytes_percent(const BytesSelf& self, Ref arguments);

// ---- the table

namespace detail {

// Turns a body on BytesSelf into a method of T.
template<class T, auto Body> struct BytesMethod;
template<class T, class R, class... A, R (*Body)(const BytesSelf&, A...)> struct BytesMethod<T, Body> {
  static R call(VM& vm, T& self, A... arguments) { return Body(BytesSelf(vm, self), arguments...); }
};
template<class T> Owned bytes_hex_method(VM& vm, T& self, Ref separator, Ref group) {
  const BytesSelf held(vm, self);
  return bytes_hex(vm, held.text, separator, group);
}

}  // namespace detail

template<class T, FixedString Text, auto Body>
inline constexpr Method bytes_method = method<Text, detail::BytesMethod<T, Body>::call>;

template<class T>
inline constexpr std::array bytes_common_methods = {
    bytes_method<T, "capitalize(self, /)", bytes_capitalize>,
    bytes_method<T, "center(self, width, fillchar=b' ', /)", bytes_center>,
    bytes_method<T, "count(self, sub, start=None, end=None, /)", bytes_count>,
    bytes_method<T, "decode(self, /, encoding='utf-8', errors='strict')", bytes_decode>,
    bytes_method<T, "endswith(self, suffix, start=None, end=None, /)", bytes_endswith>,
    bytes_method<T, "expandtabs(self, /, tabsize=8)", bytes_expandtabs>,
    bytes_method<T, "find(self, sub, start=None, end=None, /)", bytes_find>,
    method<"hex(self, /, sep=<unrepresentable>, bytes_per_sep=1)", detail::bytes_hex_method<T>>,
    bytes_method<T, "index(self, sub, start=None, end=None, /)", bytes_index>,
    bytes_method<T, "isalnum(self, /)", bytes_isalnum>,
    bytes_method<T, "isalpha(self, /)", bytes_isalpha>,
    bytes_method<T, "isascii(self, /)", bytes_isascii>,
    bytes_method<T, "isdigit(self, /)", bytes_isdigit>,
    bytes_method<T, "islower(self, /)", bytes_islower>,
    bytes_method<T, "isspace(self, /)", bytes_isspace>,
    bytes_method<T, "istitle(self, /)", bytes_istitle>,
    bytes_method<T, "isupper(self, /)", bytes_isupper>,
    bytes_method<T, "join(self, iterable_of_bytes, /)", bytes_join>,
    bytes_method<T, "ljust(self, width, fillchar=b' ', /)", bytes_ljust>,
    bytes_method<T, "lower(self, /)", bytes_lower>,
    bytes_method<T, "lstrip(self, bytes=None, /)", bytes_lstrip>,
    method<"maketrans(frm, to, /)", bytes_maketrans>,
    bytes_method<T, "partition(self, sep, /)", bytes_partition>,
    bytes_method<T, "replace(self, old, new, count=-1, /)", bytes_replace>,
    bytes_method<T, "removeprefix(self, prefix, /)", bytes_removeprefix>,
    bytes_method<T, "removesuffix(self, suffix, /)", bytes_removesuffix>,
    bytes_method<T, "rfind(self, sub, start=None, end=None, /)", bytes_rfind>,
    bytes_method<T, "rindex(self, sub, start=None, end=None, /)", bytes_rindex>,
    bytes_method<T, "rjust(self, width, fillchar=b' ', /)", bytes_rjust>,
    bytes_method<T, "rpartition(self, sep, /)", bytes_rpartition>,
    bytes_method<T, "rsplit(self, /, sep=None, maxsplit=-1)", bytes_rsplit>,
    bytes_method<T, "rstrip(self, bytes=None, /)", bytes_rstrip>,
    bytes_method<T, "split(self, /, sep=None, maxsplit=-1)", bytes_split>,
    bytes_method<T, "splitlines(self, /, keepends=False)", bytes_splitlines>,
    bytes_method<T, "startswith(self, prefix, start=None, end=None, /)", bytes_startswith>,
    bytes_method<T, "strip(self, bytes=None, /)", bytes_strip>,
    bytes_method<T, "swapcase(self, /)", bytes_swapcase>,
    bytes_method<T, "title(self, /)", bytes_title>,
    bytes_method<T, "translate(self, table, /, delete=b'')", bytes_translate>,
    bytes_method<T, "upper(self, /)", bytes_upper>,
    bytes_method<T, "zfill(self, width, /)", bytes_zfill>,
};

// One table out of two.
template<std::size_t A, std::size_t B>
constexpr std::array<Method, A + B> joined_methods(const std::array<Method, A>& a,
                                                   const std::array<Method, B>& b) {
  std::array<Method, A + B> all{};
  for (std::size_t i = 0; i < A; ++i) all[i] = a[i];
  for (std::size_t i = 0; i < B; ++i) all[A + i] = b[i];
  return all;
}

}  // namespace cede
