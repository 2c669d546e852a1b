// Generalised UTF-8, the form of all text: each code point from 0 to 10FFFF is encoded alone, surrogates too.
// The functions on valid text check nothing; utf8_valid_prefix tells what is valid.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace cede {

inline bool utf8_is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }
inline std::size_t utf8_size(char32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }
// Bytes of the code point that begins with this byte.
inline std::size_t utf8_lead_size(char lead) {
  const auto b = static_cast<unsigned char>(lead);
  return b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
}

// Writes the code point and returns the end of it: at most 4 bytes.
inline char* utf8_put(char* out, char32_t c) {
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
    return out;
  }
  if (c < 0x800) {
    *out++ = static_cast<char>(0xC0 | c >> 6);
  } else {
    if (c < 0x10000) {
      *out++ = static_cast<char>(0xE0 | c >> 12);
    } else {
      *out++ = static_cast<char>(0xF0 | c >> 18);
      *out++ = static_cast<char>(0x80 | (c >> 12 & 0x3F));
    }
    *out++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
  }
  *out++ = static_cast<char>(0x80 | (c & 0x3F));
  return out;
}

// The code point at `at`, which is moved behind it.
inline char32_t utf8_take(const char*& at) {
  const auto b = [&](int i) { return static_cast<char32_t>(static_cast<unsigned char>(at[i])); };
  const char32_t first = b(0);
  if (first < 0x80) {
    ++at;
    return first;
  }
  if (first < 0xE0) {
    const char32_t c = (first & 0x1F) << 6 | (b(1) & 0x3F);
    at += 2;
    return c;
  }
  if (first < 0xF0) {
    const char32_t c = (first & 0x0F) << 12 | (b(1) & 0x3F) << 6 | (b(2) & 0x3F);
    at += 3;
    return c;
  }
  const char32_t c = (first & 0x07) << 18 | (b(1) & 0x3F) << 12 | (b(2) & 0x3F) << 6 | (b(3) & 0x3F);
  at += 4;
  return c;
}
inline char32_t utf8_at(const char* at) { return utf8_take(at); }
// The code point before `at`, which is moved to its start.
inline char32_t utf8_take_back(const char*& at) {
  do --at;
  while (utf8_is_continuation(*at));
  return utf8_at(at);
}

// The code points of valid text, for range-based loops.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text) : text_(text) {}
  struct Iterator {
    const char* at;
    char32_t operator*() const { return utf8_at(at); }
    Iterator& operator++() {
      at += utf8_lead_size(*at);
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at != other.at; }
  };
  Iterator begin() const { return {text_.data()}; }
  Iterator end() const { return {text_.data() + text_.size()}; }

 private:
  std::string_view text_;
};

inline bool text_is_ascii(std::string_view text) {
  const char* at = text.data();
  std::size_t n = text.size();
  std::uint64_t any = 0, word;
  for (; n >= 32; n -= 32, at += 32) {
    std::uint64_t w[4];
    std::memcpy(w, at, 32);
    if ((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080u) return false;
  }
  for (; n >= 8; n -= 8, at += 8) {
    std::memcpy(&word, at, 8);
    any |= word;
  }
  for (; n; --n, ++at) any |= static_cast<unsigned char>(*at);
  return !(any & 0x8080808080808080u);
}

// The number of code points.
inline std::size_t utf8_length(std::string_view text) {
  std::size_t count = 0, n = text.size();
  const char* at = text.data();
  for (; n >= 8; n -= 8, at += 8) {
    std::uint64_t w;
    std::memcpy(&w, at, 8);
    const std::uint64_t continuation = (w >> 7) & (~w >> 6) & 0x0101010101010101u;
    count += 8 - static_cast<std::size_t>(std::popcount(continuation));
  }
  for (; n; --n, ++at) count += !utf8_is_continuation(*at);
  return count;
}

// The byte position `count` code points behind `at`; there must be so many.
inline const char* utf8_skip(const char* at, std::size_t count) {
  while (count >= 8) {
    std::uint64_t w;
    std::memcpy(&w, at, 8);
    const std::uint64_t continuation = (w >> 7) & (~w >> 6) & 0x0101010101010101u;
    count -= 8 - static_cast<std::size_t>(std::popcount(continuation));
    at += 8;
  }
  // `at` may be inside a code point whose lead is counted already.
  while (utf8_is_continuation(*at)) ++at;
  for (; count; --count) at += utf8_lead_size(*at);
  return at;
}

inline bool is_surrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

}  // namespace cede
