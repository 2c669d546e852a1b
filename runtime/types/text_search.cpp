// Backward search and counting. The backward search compares a rolling hash, so that no input makes it
// quadratic.
#include "runtime/types/text_search.hpp"

#include <algorithm>

namespace cede {

namespace {

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

// How much of a text is looked at before we look whether to stop.
std::size_t stretch(std::string_view needle) { return std::max(bytes_at_once, 4 * needle.size()); }

}  // namespace

Result<std::size_t> find_text(VM& vm, std::string_view text, std::string_view needle, std::size_t from) {
  const std::size_t step = stretch(needle);
  while (from < text.size() && text.size() - from > step + needle.size()) {
    const std::size_t at = find_bytes(text.substr(0, from + step + needle.size()), needle, from);
    if (at != not_found) return at;
    from += step;
    CEDE_CHECK(vm.check_stop());
  }
  return find_bytes(text, needle, from);
}

Result<std::size_t> find_last_text(VM& vm, std::string_view text, std::string_view needle) {
  const std::size_t step = stretch(needle);
  while (text.size() > step + needle.size()) {
    const std::size_t begin = text.size() - step - needle.size();
    const std::size_t at = find_last_bytes(text.substr(begin), needle);
    if (at != not_found) return begin + at;
    text = text.substr(0, begin + needle.size());
    CEDE_CHECK(vm.check_stop());
  }
  return find_last_bytes(text, needle);
}

Result<std::size_t> count_text(VM& vm, std::string_view text, std::string_view needle, std::size_t most) {
  std::size_t count = 0;
  if (needle.size() == 1 && most == SIZE_MAX) {
    CEDE_CHECK(in_pieces(vm, text.size(), bytes_at_once, [&](std::size_t from, std::size_t to) {
      for (char c : text.substr(from, to - from)) count += c == needle[0];
    }));
    return count;
  }
  for (std::size_t at = 0; count < most; at += needle.size(), ++count) {
    CEDE_TRY(at, find_text(vm, text, needle, at));
    if (at == not_found) break;
    if ((count & 4095) == 4095) CEDE_CHECK(vm.check_stop());
  }
  return count;
}

Status repeat_bytes(VM& vm, char* to, std::string_view unit, std::size_t total) {
  if (unit.size() == 1)
    return in_pieces(vm, total, bytes_at_once, [&](std::size_t from, std::size_t until) {
      std::memset(to + from, unit[0], until - from);
    });
  std::size_t done = std::min(unit.size(), total);
  if (done) std::memcpy(to, unit.data(), done);
  // What is there is doubled, and then copied in pieces of whole units.
  const std::size_t most = std::max(bytes_at_once / std::max(unit.size(), std::size_t{1}), std::size_t{1}) * unit.size();
  while (done < total) {
    const std::size_t part = std::min({done, most, total - done});
    std::memcpy(to + done, to, part);
    done += part;
    CEDE_CHECK(vm.check_stop());
  }
  return Ok;
}

}  // namespace cede
