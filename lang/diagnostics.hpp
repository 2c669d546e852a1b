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
// -1 where CPython's is, or `absent` for None. `line` 0 means that the exception carries no position (all position attributes None), or, with
// `column` -1, line 0, offset -1 and None for the rest (encoding errors of compiled bytes).
class SyntaxError : public std::exception {
 public:
  SyntaxError(ErrorType error_type, std::string error_message)
      : type(error_type), message(std::move(error_message)) {}

  const char* what() const noexcept override { return message.c_str(); }

  static constexpr int absent = INT32_MIN;

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
  bool by_compiler = false;  // from `check`: as an error it has that stage's form (byte columns)
};

SyntaxError as_error(const Warning& warning, const SourceFile& source);

// A SyntaxError at the bytes start..end (from column(start) + 1 to column(end) + 1, as CPython's nodes and tokens
// have it), whose text is the first line without its "\n".
SyntaxError error_at(const SourceFile& source, ErrorType type, std::string message, std::uint32_t start,
                     std::uint32_t end);

// `text` with each ill-formed piece replaced by U+FFFD, as `bytes.decode("utf-8", "replace")` does.
std::string replace_invalid_utf8(std::string_view text);

// The first ill-formed sequence of `text` and CPython's words for it.
struct Utf8Fault {
  std::size_t start, end;     // the offending bytes
  std::string_view reason;    // "invalid start byte" ...; empty: the text is valid
};
Utf8Fault find_utf8_fault(std::string_view text);
// "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"
std::string utf8_fault_message(std::string_view text, const Utf8Fault& fault, std::size_t position_offset = 0);

}  // namespace cede::lang
