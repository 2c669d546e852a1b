// The source lines of a stack entry with the caret line below, and the text of syntax errors.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/core/vm.hpp"

namespace cede {

struct SyntaxErrorObject;

// The lines that an instruction spans, without trailing white space, and where in the first and last of them it
// starts and ends, in bytes.
struct SourceSegment {
  std::vector<std::string> lines;
  std::uint32_t first_line = 0;
  bool has_columns = false;
  std::uint32_t start_column = 0, end_column = 0;
};

// The lines with carets, indented by four; empty if there is no source. Every line ends in a newline.
std::string segment_text(const SourceSegment& segment);
// Where a syntax error is, as the exception's attributes say: lines and columns from 1, in code points.
struct SyntaxErrorPlace {
  std::optional<std::int64_t> line, column, end_line, end_column;
};
// The source line of a syntax error and the carets below it, both indented by four and ending in a newline.
std::string marked_source_line(const SyntaxErrorPlace& place, std::string_view text);
// '  File "x", line 1\n    text\n    ^^^\nSyntaxError: message\n'
std::string syntax_error_text(VM& vm, const SyntaxErrorObject& error, std::string_view type);

}  // namespace cede
