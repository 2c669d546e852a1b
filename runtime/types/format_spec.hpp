// The format specification mini-language: [[fill]align][sign]["z"]["#"]["0"][width][grouping]["."
// precision][type], and the layout of numbers that it describes. Used by the __format__ of str, int, float
// and complex.
#pragma once

#include <string_view>

#include "runtime/core/vm.hpp"
#include "runtime/types/str_builder.hpp"

namespace cede {

struct FormatSpec {
  char32_t fill = U' ';
  char align = '<';  // '<' '>' '=' '^'; the default if not specified
  bool align_specified = false;
  bool fill_specified = false;
  char sign = 0;                  // '+', '-', ' '; 0: none given
  bool no_negative_zero = false;  // z
  bool alternate = false;         // #
  char grouping = 0;              // ',' or '_'; 0: none
  std::int64_t width = -1;        // -1: none
  std::int64_t precision = -1;    // -1: none
  char32_t type = 0;              // `default_type` if none is given
};

// Parses; raises ValueError with CPython's texts ("Invalid format specifier '...' for object of type '...'").
// `object` is only named in messages. A leading 0 sets fill '0' and align '=' (if `default_align` is '>').
Status parse_format_spec(VM& vm, std::string_view text, Ref object, char32_t default_type, char default_align,
                         FormatSpec& spec);
// "Unknown format code 'x' for object of type 'int'".
RaisedMark raise_unknown_format_code(VM& vm, char32_t type, std::string_view type_name);

// A number to be laid out: sign, prefix, padding, grouped digits, the rest.
struct NumberText {
  bool negative = false;
  std::string_view prefix;  // "0x", ... or empty; comes before zero padding
  std::string_view digits;  // of the integer part, without sign ("inf" and "nan" too: then `group` is false)
  std::string_view rest;    // ".25e+10", "%", ...
  bool group = true;        // grouping and zero fill between groups apply to `digits`
  unsigned group_size = 3;  // 4 for b, o, x
};
// Appends the number as `spec` says: sign rule, grouping, zero fill and padding.
Status append_number(StringBuilder& out, const FormatSpec& spec, const NumberText& number);
Owned format_number(VM& vm, const FormatSpec& spec, const NumberText& number);
// Appends text padded to spec.width; align '=' pads on the left. `length` is in code points.
Status append_padded(StringBuilder& out, const FormatSpec& spec, std::string_view text, std::size_t length);

// str.__format__ for the text of a str.
Owned format_str(VM& vm, Str& self, std::string_view specification);

}  // namespace cede
