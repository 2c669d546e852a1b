// `str`: what other parts of the runtime may ask of it. Construction is declared in core/str.hpp.
// Positions and lengths are in code points unless a name says bytes.
#pragma once

#include <span>
#include <string_view>

#include "runtime/core/native.hpp"
#include "runtime/core/str.hpp"
#include "runtime/core/vm.hpp"
#include "runtime/types/str_builder.hpp"
#include "runtime/types/utf8.hpp"

namespace cede {

// ---- none of these runs script code; those that make a string raise MemoryError
Value str_concat(VM& vm, Str& left, Str& right);
// left + right, both Str: reuses the memory of `left` if nobody else refers to it (`s += x`). Takes over
// `left`.
Owned str_append_consuming(VM& vm, Owned left, Ref right);
// The concatenation of Str words, as f-strings make it.
Owned str_concat_words(VM& vm, const Bits* words, std::size_t count);
Value str_repeat(VM& vm, Str& self, std::int64_t count);
// self[start:stop], bounds within the string.
Value str_substring(VM& vm, Str& self, std::size_t start, std::size_t stop);
// The same by byte positions, which must be at code point boundaries. The result is of exact type.
Value str_byte_slice(VM& vm, Str& self, std::size_t start_byte, std::size_t stop_byte);
// The code point at a position within the string; a constant cost on average.
char32_t str_at(const Str& self, std::size_t position);
// The one-character string at a position, negative ones from the end: Unbound if out of range. For the
// interpreter.
Owned str_item(VM& vm, Str& self, std::int64_t position);
// <0, 0, >0, by code points.
int str_order(const Str& left, const Str& right);
// Text that may be invalid UTF-8 (from the outside world): bytes that are not UTF-8 become U+DC80..DCFF
// (surrogateescape).
Value str_from_external(VM& vm, std::string_view bytes);
// From 1-, 2- or 4-byte units: code points, lone surrogates kept.
Value str_from_code_points(VM& vm, std::u32string_view text);
// An exact Str with the text of `self`, itself if it is one.
Value str_exact(VM& vm, Str& self);

// ---- these may run script code
// separator.join(iterable).
Owned str_join(VM& vm, Str& separator, Ref iterable);
// str % arguments; text.format(*args, **keywords).
Owned str_percent(VM& vm, Str& format, Ref arguments);
Owned str_format_method(VM& vm, Str& self, Rest arguments, Keywords keywords);

// ---- reprs
// Appends the repr of text, quotes included; `ascii`: every other character is escaped.
enum class Escapes : std::uint8_t { Unprintable, NonAscii };
Status append_text_repr(StringBuilder& out, std::string_view text, Escapes escapes = Escapes::Unprintable);
// Appends the repr of bytes: b'...'; `quote_double_only_if_needed` as bytes do.
Status append_bytes_repr(StringBuilder& out, std::string_view bytes);

// ---- iterators: str_iterator and str_ascii_iterator
extern const Layout str_iterator_layout;
struct StrIterator : Object {
  static const Layout* layout() { return &str_iterator_layout; }
  static constexpr const char* type_name = "str_iterator";
  Value text;            // Str; Unbound once exhausted
  std::size_t byte = 0;  // position of the next code point
  template<class F> static void fields(StrIterator& self, F&& field) { field(self.text); }
};
Value str_iterator_new(VM& vm, Str& text);
// The next one-character string, owned; Finished at the end. Runs no script code; raises MemoryError.
inline Owned str_iterator_next(VM& vm, StrIterator& iterator) {
  if (iterator.text.is_unbound()) return Owned(Finished.bits);
  const Str& text = cast<Str>(iterator.text);
  if (iterator.byte >= text.byte_size) [[unlikely]] {
    iterator.text.reset();
    return Owned(Finished.bits);
  }
  const char* at = text.data + iterator.byte;
  const char32_t c = utf8_take(at);
  iterator.byte = static_cast<std::size_t>(at - text.data);
  if (c < 256 && vm.single_characters[c].is_object()) [[likely]]
    return Owned::share(vm.single_characters[c]);
  return str_from_code_point(vm, c);
}

}  // namespace cede
