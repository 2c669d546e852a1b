// Source text: bytes in any declared encoding become UTF-8 with "\n" line ends and a table of lines. All later stages
// speak of byte offsets into `text()`; they become lines and columns only here.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "lang/arena.hpp"
#include "lang/diagnostics.hpp"

namespace cede::lang {

// Where the bytes came from: CPython words its decoding errors differently for each.
enum class Origin : std::uint8_t {
  File,   // a script or module file
  Bytes,  // compile(b"...")
  Text,   // compile("..."), -c, the REPL: UTF-8 already; an encoding declaration has no effect
};

struct Position {
  std::uint32_t line;    // from 1
  std::uint32_t column;  // from 0, in bytes
};

class SourceFile {
 public:
  // Decodes (PEP 263) and translates line ends. Text, line table and file name are copied into `arena`.
  // Throws SyntaxError for an unknown or contradictory encoding, undecodable bytes and null bytes.
  static SourceFile decode(std::string_view bytes, std::string_view filename, Origin origin, Arena& arena);

  // Followed by a "\n" unless it ends in one (the one that mode Exec implies), and at least 16 readable zero bytes.
  std::string_view text() const { return text_; }
  std::string_view filename() const { return filename_; }
  Origin origin() const { return origin_; }

  std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }
  std::uint32_t line_at(std::uint32_t offset) const;  // from 1
  Position position(std::uint32_t offset) const;
  std::uint32_t line_start(std::uint32_t line) const { return line_starts_[line - 1]; }
  std::string_view line(std::uint32_t line) const;  // with its "\n" if it has one

  // Column in code points, from 0, of a byte offset.
  std::uint32_t character_column(std::uint32_t offset) const;

 private:
  std::string_view text_;
  std::string_view filename_;
  std::span<const std::uint32_t> line_starts_;
  Origin origin_ = Origin::Text;
};

}  // namespace cede::lang
