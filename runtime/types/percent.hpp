// printf-style formatting, format % arguments, of str and of bytes: they differ in what %s and %c take and in
// a few texts.
#pragma once

#include "runtime/types/str_builder.hpp"

namespace cede {

enum class PercentKind : std::uint8_t { Text, Bytes };
// Appends the result to `out` (for Bytes: bytes, whatever they are). May run script code; `format` must stay
// alive.
Status append_percent(StringBuilder& out, std::string_view format, Ref arguments, PercentKind kind);

}  // namespace cede
