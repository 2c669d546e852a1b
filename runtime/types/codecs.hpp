// Encodings between str and bytes: utf-8, utf-16, utf-32, latin-1, ascii, with the standard error handlers.
// Errors are UnicodeEncodeError and UnicodeDecodeError with CPython's fields; an unknown encoding or handler
// is a LookupError, the handler's only once it is needed.
#pragma once

#include <string_view>

#include "runtime/core/vm.hpp"
#include "runtime/types/str_builder.hpp"

namespace cede {

enum class Encoding : std::uint8_t {
  Utf8,
  Utf8Sig,
  Utf16,
  Utf16Le,
  Utf16Be,
  Utf32,
  Utf32Le,
  Utf32Be,
  Latin1,
  Ascii,
  Unknown
};
// By any of its names: "UTF-8", "utf8", "U8", "latin1", ...
Encoding find_encoding(std::string_view name);
// CPython's name of it: "utf-8", "iso8859-1", ...
std::string_view encoding_name(Encoding encoding);

// `object` is what the error names as its object: the Bytes or other buffer that is decoded (a copy is made
// if it is Unbound).
Owned decode_text(VM& vm, std::string_view bytes, std::string_view encoding, std::string_view errors,
                  Ref object = Unbound);
Owned encode_text(VM& vm, Str& text, std::string_view encoding, std::string_view errors);  // Bytes
Owned decode_utf8(VM& vm, std::string_view bytes, std::string_view errors = "strict", Ref object = Unbound);

// For incremental decoders: the number of bytes from the start that form whole characters (or errors); the
// rest may be the beginning of one.
std::size_t utf8_complete_prefix(std::string_view bytes);
// The number of bytes from the start that are valid standard UTF-8 (no surrogates).
std::size_t utf8_valid_prefix(std::string_view bytes);

}  // namespace cede
