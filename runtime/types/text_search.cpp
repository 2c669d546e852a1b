// Backward search and counting. The backward search compares a rolling hash, so that no input makes it
// quadratic.
#include "runtime/types/text_search.hpp"

namespace cede {

std::size_t find_last_bytes(std::string_view text, std::string_view needle) {
  const std::size_t m = needle.size();
  if (m > text.size()) return not_found;
  if (m == 0) return text.size();
  if (m == 1) {
    const void* found = memrchr(text.data(), static_cast<unsigned char>(needle[0]), text.size());
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) : not_found;
  }
  constexpr std::uint64_t base = 0x9E3779B97F4A7C15u;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  std::uint64_t wanted = 0, hash = 0, leading = 1;
  const std::size_t last = text.size() - m;
  for (std::size_t i = m; i-- > 0;) {
    wanted = wanted * base + static_cast<unsigned char>(needle[i]);
    hash = hash * base + byte(last + i);
    if (i) leading *= base;
  }
  for (std::size_t at = last;; --at) {
    if (hash == wanted && std::memcmp(text.data() + at, needle.data(), m) == 0) return at;
    if (at == 0) return not_found;
    hash = (hash - byte(at + m - 1) * leading) * base + byte(at - 1);
  }
}

std::size_t count_bytes(std::string_view text, std::string_view needle, std::size_t most) {
  std::size_t count = 0, at = 0;
  if (needle.size() == 1 && most == SIZE_MAX) {
    for (char c : text) count += c == needle[0];
    return count;
  }
  while (count < most && (at = find_bytes(text, needle, at)) != not_found) {
    ++count;
    at += needle.size();
  }
  return count;
}

}  // namespace cede
