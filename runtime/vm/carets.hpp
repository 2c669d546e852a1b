// The source lines of a stack entry with the caret line below, and the text of syntax errors.
#pragma once

#include <string>
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
// '  File "x", line 1\n    text\n    ^^^\nSyntaxError: message\n'
std::string syntax_error_text(VM& vm, const SyntaxErrorObject& error, std::string_view type);

}  // namespace cede
