// Searching in bytes: what str (in its UTF-8 form), bytes and bytearray share. No function here runs script
// code. In valid UTF-8 a match always begins at a code point.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace cede {

inline constexpr std::size_t not_found = std::string_view::npos;

// The first position >= from; an empty needle is found at `from`.
inline std::size_t find_bytes(std::string_view text, std::string_view needle, std::size_t from = 0) {
  if (needle.size() > text.size() || from > text.size() - needle.size()) return not_found;
  if (needle.empty()) return from;
  const char* start = text.data() + from;
  const std::size_t rest = text.size() - from;
  const void* found = needle.size() == 1 ? std::memchr(start, static_cast<unsigned char>(needle[0]), rest)
                                         : memmem(start, rest, needle.data(), needle.size());
  return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) : not_found;
}
// The last position at which the needle fits; an empty needle is found at the end.
std::size_t find_last_bytes(std::string_view text, std::string_view needle);
// Matches that do not overlap, at most `most`. The needle is not empty.
std::size_t count_bytes(std::string_view text, std::string_view needle, std::size_t most = SIZE_MAX);

// How often str.replace and the like may act, for a count argument: negative is no limit.
inline std::size_t limit_of(std::int64_t count) {
  return count < 0 ? SIZE_MAX : static_cast<std::size_t>(count);
}

}  // namespace cede
