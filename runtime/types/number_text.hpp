// Text of numbers, shared by int, float and complex: reading what surrounds the digits, and formatting by a
// FormatSpec.
#pragma once

#include <string_view>

#include "runtime/types/format_spec.hpp"
#include "runtime/types/str_builder.hpp"

namespace cede {

// Text in which a number is looked for, as ASCII: other decimal digits become 0-9, other spaces ' ', all else
// '?'. ASCII text is not copied; `scratch` holds the rest. If `object`, where it comes from, is no str,
// `text` is bytes and stays as it is.
std::string_view number_text_ascii(std::string_view text, Ref object, StringBuilder& scratch,
                                   bool& raised_error);
// Spaces as C's isspace has them.
constexpr bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
std::string_view strip_ascii_spaces(std::string_view text);
// Removes underscores, each of which must stand between two digits; false: one does not. Without any the text
// is not copied.
bool remove_underscores(std::string_view& text, StringBuilder& scratch, bool& raised_error);
// repr(object), cut off after `limit` code points, for messages.
Result<std::string> repr_prefix(VM& vm, Ref object, std::size_t limit);

// A double by its specification (types e, E, f, F, g, G, n, %, or 0 for none).
Owned format_double(VM& vm, double d, const FormatSpec& spec, std::string_view type_name);

}  // namespace cede
