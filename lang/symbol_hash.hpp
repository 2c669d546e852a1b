// The hash of names, inline for the lexer and usable in constant expressions for the table of known names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace cede::lang {

namespace symbol_hash {

inline constexpr std::uint64_t multiplier = 0x9e3779b97f4a7c15u;

constexpr std::uint64_t start(std::size_t size) { return size * 0xff51afd7ed558ccdu; }

constexpr std::uint64_t mix(std::uint64_t h, std::uint64_t word) {
  h = (h ^ word) * multiplier;
  return h ^ (h >> 29);
}

constexpr std::uint32_t finish(std::uint64_t h) { return static_cast<std::uint32_t>(h ^ (h >> 32)); }

// Up to 8 bytes as a little-endian word.
constexpr std::uint64_t load(const char* text, std::size_t size) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < size; ++i)
    word |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
  return word;
}

}  // namespace symbol_hash

constexpr std::uint32_t hash_name(const char* text, std::size_t size) {
  std::uint64_t h = symbol_hash::start(size);
  for (; size >= 8; text += 8, size -= 8) h = symbol_hash::mix(h, symbol_hash::load(text, 8));
  return symbol_hash::finish(symbol_hash::mix(h, symbol_hash::load(text, size)));
}

// The same for a text followed by at least 8 readable bytes.
inline std::uint32_t hash_padded_name(const char* text, std::size_t size) {
  static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
  std::uint64_t h = symbol_hash::start(size), word;
  for (; size >= 8; text += 8, size -= 8) {
    std::memcpy(&word, text, 8);
    h = symbol_hash::mix(h, word);
  }
  std::memcpy(&word, text, 8);
  word &= (std::uint64_t{1} << (8 * size)) - 1;
  return symbol_hash::finish(symbol_hash::mix(h, word));
}

}  // namespace cede::lang
