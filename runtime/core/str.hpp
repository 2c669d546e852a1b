// The layout of `str`, which core needs for names; its methods are in types/str*.cpp.
// Text is generalised UTF-8: each code point, lone surrogates too, is encoded alone. A NUL follows the last byte.
#pragma once

#include <string_view>

#include "runtime/core/object.hpp"

namespace cede {

class VM;

extern const Layout str_layout;
struct Str : Object {
  static const Layout* layout() { return &str_layout; }
  static constexpr const char* type_name = "str";

  std::uint64_t hash_plus_one;  // Python hash + 1, or 0: not computed yet (a hash is never -1)
  std::uint64_t byte_size;
  std::uint64_t length;         // in code points
  char data[8];                 // byte_size + 1 bytes, then (if not Ascii and long) an index; see types/str_index.hpp

  std::string_view view() const { return {data, byte_size}; }
  bool is_ascii() const { return flags & Ascii; }
  bool is_interned() const { return flags & Interned; }
  static std::size_t variable_size(const Str& self);
};
// Interned, but only for as long as anybody but the table has it (VM::intern_transient).
inline constexpr std::uint32_t str_transient = KindFlag2;
inline constexpr std::size_t str_header_size = sizeof(Object) + 24;

// New strings. `text` must be generalised UTF-8 (str_from_utf8) or ASCII. Raise MemoryError.
Value str_from_utf8(VM& vm, std::string_view text);
Value str_from_ascii(VM& vm, std::string_view text);
// Uninitialised string of known size and length; the caller fills `data`. Ascii is set if length == byte_size.
Value str_uninitialised(VM& vm, std::size_t byte_size, std::size_t length);
Value str_from_code_point(VM& vm, char32_t code_point);  // the one-character strings below 256 are shared

std::int64_t str_hash(VM& vm, Str& str);                 // CPython's: SipHash-1-3 over the 1/2/4-byte form
inline bool str_equal(const Str& a, const Str& b) {
  return &a == &b || (a.byte_size == b.byte_size && !(a.flags & b.flags & Interned) && a.view() == b.view());
}

}  // namespace cede
