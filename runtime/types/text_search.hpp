// Searching in bytes: what str (in its UTF-8 form), bytes and bytearray share. No function here runs script
// code; those that take a VM look, in long texts, whether to stop. In valid UTF-8 a match always begins at a code point.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "runtime/core/vm.hpp"

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
Result<std::size_t> find_text(VM& vm, std::string_view text, std::string_view needle, std::size_t from = 0);
// The last position at which the needle fits; an empty needle is found at the end.
Result<std::size_t> find_last_text(VM& vm, std::string_view text, std::string_view needle);
// Matches that do not overlap, at most `most`. The needle is not empty.
Result<std::size_t> count_text(VM& vm, std::string_view text, std::string_view needle, std::size_t most = SIZE_MAX);

// Fills `total` bytes at `to` with copies of `unit`, the last one cut off.
Status repeat_bytes(VM& vm, char* to, std::string_view unit, std::size_t total);

// How often str.replace and the like may act, for a count argument: negative is no limit.
inline std::size_t limit_of(std::int64_t count) {
  return count < 0 ? SIZE_MAX : static_cast<std::size_t>(count);
}

}  // namespace cede
