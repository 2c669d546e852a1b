// Numbers of variable length, for tables that are read rarely: seven bits a byte, the lowest first, the top bit set in
// all but the last. Signed numbers are folded so that small ones of either sign are short.
#pragma once

#include <cstdint>
#include <string>

namespace cede::lang {

inline void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}
// Moves `at` past the number. What is read was written by this program: nothing is checked.
inline std::uint64_t read_varint(const unsigned char*& at) {
  std::uint64_t value = *at++;
  if (value < 0x80) [[likely]] return value;
  value &= 0x7F;
  for (unsigned shift = 7;; shift += 7) {
    const std::uint64_t byte = *at++;
    value |= (byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
}

constexpr std::uint64_t fold_sign(std::int64_t value) {
  return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}
constexpr std::int64_t unfold_sign(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

}  // namespace cede::lang
