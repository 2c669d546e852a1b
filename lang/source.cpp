// Bytes -> SourceFile: encoding, line ends, the table of lines; and offsets -> lines and columns.
#include "lang/source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "lang/source_encodings.hpp"

namespace cede::lang {

namespace {

constexpr std::size_t padding = 16;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

[[noreturn]] void fail(std::string_view filename, std::string message, int column) {
  SyntaxError error(ErrorType::SyntaxError, std::move(message));
  error.filename = filename;
  error.column = column;
  throw error;
}

// CPython finds the null byte of a script file when it reads that line, and everywhere else before it starts.
[[noreturn]] void fail_null_byte(std::string_view bytes, std::size_t at, std::string_view filename,
                                 Origin origin) {
  if (origin != Origin::File) fail("", "source code string cannot contain null bytes", 0);
  SyntaxError error(ErrorType::SyntaxError, "source code cannot contain null bytes");
  error.filename = filename;
  const std::string_view before = bytes.substr(0, at);
  error.line = error.end_line = 1 + static_cast<int>(std::ranges::count(before, '\n'));
  error.text = replace_invalid_utf8(before.substr(before.rfind('\n') + 1));
  throw error;
}

[[noreturn]] void fail_undeclared(std::string_view text, std::size_t at, std::string_view filename) {
  const auto line = 1 + std::ranges::count(text.substr(0, at), '\n');
  fail("",  // the message names the file
       fmt::format(
           "Non-UTF-8 code starting with '\\x{:02x}' in file {} on line {}, but no encoding declared; see "
           "https://peps.python.org/pep-0263/ for details",
           static_cast<unsigned char>(text[at]), filename, line),
       0);
}

// "\r\n" and "\r" become "\n"; the same text comes back if it has neither.
std::string_view translate_line_ends(std::string_view bytes, Arena& arena) {
  if (bytes.empty() || !std::memchr(bytes.data(), '\r', bytes.size())) return bytes;
  char* to = arena.allocate_array<char>(bytes.size());
  char* const start = to;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\r') {
      *to++ = '\n';
      if (i + 1 < bytes.size() && bytes[i + 1] == '\n') ++i;
    } else {
      *to++ = bytes[i];
    }
  }
  return {start, static_cast<std::size_t>(to - start)};
}

// Bytes with "\n" line ends -> UTF-8. Text without a declared encoding may stay ill-formed: the lexer reports
// it where a name or a string has it, as CPython does.
std::string_view decode_text(std::string_view bytes, std::string_view filename, Origin origin, Arena& arena) {
  const bool marked = bytes.starts_with(byte_order_mark);
  if (marked) bytes.remove_prefix(byte_order_mark.size());
  const std::string encoding = declared_encoding(bytes);
  if (encoding == "utf-8") return bytes;
  if (marked && !encoding.empty())
    fail(filename, fmt::format("encoding problem: {} with BOM", encoding), origin == Origin::File ? 0 : -1);
  if (encoding.empty()) {
    if (origin == Origin::File) {
      const Utf8Fault fault = find_utf8_fault(bytes);
      if (!fault.reason.empty()) fail_undeclared(bytes, fault.start, filename);
    }
    return bytes;
  }
  DecodedSource decoded = decode_source(bytes, encoding, arena);
  if (decoded.error.empty()) return decoded.text;
  if (origin == Origin::File) fail("", fmt::format("encoding problem: {}", encoding), 0);
  fail(filename, std::move(decoded.error), -1);
}

std::span<const std::uint32_t> find_lines(std::string_view text, Arena& arena) {
  const std::size_t count = 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  std::uint32_t* starts = arena.allocate_array<std::uint32_t>(count);
  std::uint32_t* next = starts;
  *next++ = 0;
  const char *at = text.data(), *end = at + text.size();
  while (at < end &&
         (at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))))
    *next++ = static_cast<std::uint32_t>(++at - text.data());
  return {starts, count};
}

}  // namespace

SourceFile SourceFile::decode(std::string_view bytes, std::string_view filename, Origin origin,
                              Arena& arena) {
  // Offsets are 32 bits, and every token costs memory: a larger source would not fit anyway.
  if (bytes.size() > (std::size_t{1} << 30)) throw std::bad_alloc();
  if (const void* null = bytes.empty() ? nullptr : std::memchr(bytes.data(), 0, bytes.size()))
    fail_null_byte(bytes, static_cast<std::size_t>(static_cast<const char*>(null) - bytes.data()), filename,
                   origin);

  std::string_view text = translate_line_ends(bytes, arena);
  if (origin != Origin::Text) text = decode_text(text, filename, origin, arena);

  char* padded = arena.allocate_array<char>(text.size() + 1 + padding);
  if (!text.empty()) std::memcpy(padded, text.data(), text.size());
  std::memset(padded + text.size(), 0, 1 + padding);
  if (!text.ends_with('\n')) padded[text.size()] = '\n';

  SourceFile source;
  source.text_ = {padded, text.size()};
  source.filename_ = arena.copy(filename);
  source.line_starts_ = find_lines(source.text_, arena);
  source.origin_ = origin;
  return source;
}

std::uint32_t SourceFile::line_at(std::uint32_t offset) const {
  const auto after = std::ranges::upper_bound(line_starts_, offset);
  return static_cast<std::uint32_t>(after - line_starts_.begin());
}

Position SourceFile::position(std::uint32_t offset) const {
  const std::uint32_t line = line_at(offset);
  return {line, offset - line_start(line)};
}

std::string_view SourceFile::line(std::uint32_t line) const {
  const std::uint32_t start = line_start(line);
  return text_.substr(start, line < line_count() ? line_start(line + 1) - start : std::string_view::npos);
}

std::uint32_t SourceFile::character_column(std::uint32_t offset) const {
  const std::uint32_t start = line_start(line_at(offset));
  std::string_view before(text_.data() + start, offset - start);  // may include the implied "\n"
  std::uint32_t column = 0;
  for (;;) {
    // Each ill-formed piece counts as the one U+FFFD that an error message shows for it.
    const Utf8Fault fault = find_utf8_fault(before);
    for (std::size_t i = 0; i < fault.start; ++i) column += (before[i] & 0xc0) != 0x80;
    if (fault.reason.empty()) return column;
    ++column;
    before.remove_prefix(fault.end);
  }
}

}  // namespace cede::lang
