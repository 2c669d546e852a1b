// Errors and warnings: names, positions, and the treatment of ill-formed UTF-8, which source text may contain
// where no token's value depends on it.
#include "lang/diagnostics.hpp"

#include <fmt/format.h>

#include "lang/compile_error.hpp"
#include "lang/source.hpp"

namespace cede::lang {

std::string_view name_of(ErrorType type) {
  switch (type) {
    case ErrorType::SyntaxError: return "SyntaxError";
    case ErrorType::IndentationError: return "IndentationError";
    case ErrorType::TabError: return "TabError";
    case ErrorType::IncompleteInputError: return "_IncompleteInputError";
    case ErrorType::RecursionError: return "RecursionError";
    case ErrorType::MemoryError: return "MemoryError";
  }
  return {};
}

SyntaxError error_at(const SourceFile& source, ErrorType type, std::string message, std::uint32_t start,
                     std::uint32_t end) {
  SyntaxError error(type, std::move(message));
  error.filename = source.filename();
  error.line = static_cast<int>(source.line_at(start));
  error.column = static_cast<int>(source.character_column(start)) + 1;
  error.end_line = static_cast<int>(source.line_at(end));
  error.end_column = static_cast<int>(source.character_column(end)) + 1;
  std::string_view text = source.line(static_cast<std::uint32_t>(error.line));
  if (text.ends_with('\n')) text.remove_suffix(1);
  error.text = replace_invalid_utf8(text);
  return error;
}

SyntaxError as_error(const Warning& warning, const SourceFile& source) {
  if (warning.by_compiler) return compile_error(source, warning.start, warning.end, std::string(warning.message));
  SyntaxError error =
      error_at(source, ErrorType::SyntaxError, std::string(warning.message), warning.start, warning.end);
  // The tokenizer's own warnings are about one place; the others have the parser's form of the text.
  if (warning.start != warning.end && error.line == error.end_line) error.text->push_back('\n');
  return error;
}

Utf8Fault find_utf8_fault(std::string_view text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t size = text.size();
  for (std::size_t i = 0; i < size;) {
    const unsigned char lead = bytes[i];
    if (lead < 0x80) {
      ++i;
      continue;
    }
    if (lead < 0xc2 || lead > 0xf4) return {i, i + 1, "invalid start byte"};
    const std::size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    unsigned char low = 0x80, high = 0xbf;  // of the second byte
    if (lead == 0xe0) low = 0xa0;
    if (lead == 0xed) high = 0x9f;
    if (lead == 0xf0) low = 0x90;
    if (lead == 0xf4) high = 0x8f;
    for (std::size_t k = 1; k < length; ++k, low = 0x80, high = 0xbf) {
      if (i + k == size) return {i, size, "unexpected end of data"};
      if (bytes[i + k] < low || bytes[i + k] > high) return {i, i + k, "invalid continuation byte"};
    }
    i += length;
  }
  return {size, size, {}};
}

std::string utf8_fault_message(std::string_view text, const Utf8Fault& fault, std::size_t position_offset) {
  const std::size_t start = fault.start + position_offset, end = fault.end + position_offset;
  if (end - start == 1) {
    return fmt::format("'utf-8' codec can't decode byte 0x{:02x} in position {}: {}",
                       static_cast<unsigned char>(text[fault.start]), start, fault.reason);
  }
  return fmt::format("'utf-8' codec can't decode bytes in position {}-{}: {}", start, end - 1, fault.reason);
}

std::string replace_invalid_utf8(std::string_view text) {
  std::string result;
  for (;;) {
    const Utf8Fault fault = find_utf8_fault(text);
    result.append(text.substr(0, fault.start));
    if (fault.reason.empty()) return result;
    result.append("\xef\xbf\xbd");
    text.remove_prefix(fault.end);
  }
}

}  // namespace cede::lang
