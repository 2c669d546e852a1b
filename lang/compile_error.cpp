// Positions and texts of the errors that `resolve` and `check` report.
#include "lang/compile_error.hpp"

namespace cede::lang {

SyntaxError compile_error(const SourceFile& source, std::uint32_t start, std::uint32_t end,
                          std::string message) {
  SyntaxError error(ErrorType::SyntaxError, std::move(message));
  const Position from = source.position(start), to = source.position(end);
  error.filename = source.filename();
  error.line = static_cast<int>(from.line);
  error.column = static_cast<int>(from.column) + 1;
  error.end_line = static_cast<int>(to.line);
  error.end_column = static_cast<int>(to.column) + 1;
  if (source.origin() == Origin::File) error.text = std::string(source.line(from.line));
  return error;
}

std::string naming(std::string_view before, std::string_view name, std::string_view after) {
  std::string message(before);
  message.append("'").append(name).append("'").append(after);
  return message;
}

}  // namespace cede::lang
