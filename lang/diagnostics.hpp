// What `lang` reports: the one exception it throws besides std::bad_alloc, and the warnings it records.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

namespace cede::lang {

class SourceFile;

// The exception type that a script sees.
enum class ErrorType : std::uint8_t {
  SyntaxError,
  IndentationError,
  TabError,
  IncompleteInputError,  // CPython's _IncompleteInputError: more lines may make this input valid
  RecursionError,        // nesting too deep for the later passes; has a message only
  MemoryError,           // nesting too deep for the parser; has a message only
};

std::string_view name_of(ErrorType type);

// Fields as those of Python's SyntaxError: lines and columns from 1, columns in code points. `end_column` may be 0 or
// -1 where CPython's is. `line` 0 means that the exception carries no position (all position attributes None).
class SyntaxError : public std::exception {
 public:
  SyntaxError(ErrorType error_type, std::string error_message)
      : type(error_type), message(std::move(error_message)) {}

  const char* what() const noexcept override { return message.c_str(); }

  ErrorType type;
  std::string message;
  std::string filename;
  int line = 0, column = 0, end_line = 0, end_column = 0;
  std::optional<std::string> text;  // the source line as CPython gives it, newline included where there is one
};

enum class WarningCategory : std::uint8_t { SyntaxWarning, DeprecationWarning };

// Recorded in source order by the parser, to be issued by the runtime (module, registry and filters are its matter).
// If a filter turns the warning into an error, CPython raises a SyntaxError at start..end instead: `as_error`.
struct Warning {
  WarningCategory category;
  std::uint32_t line;        // the line that the warning is issued for
  std::uint32_t start, end;  // byte offsets
  std::string_view message;
};

SyntaxError as_error(const Warning& warning, const SourceFile& source);

}  // namespace cede::lang
