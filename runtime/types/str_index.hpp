// Positions in non-ASCII text. A string of some length has room behind its bytes for a sampled index: the
// byte position of every 64th code point, filled in when a position in the middle is first asked for
// (KindFlag1 says that it is).
#pragma once

#include "runtime/core/str.hpp"

namespace cede {

inline constexpr std::size_t str_index_interval = 64;
inline constexpr std::size_t str_index_minimum = 192;  // code points; shorter strings have no index
inline constexpr std::uint32_t str_index_filled = KindFlag1;

// Bytes of the native part of a string.
bool str_object_size(std::size_t byte_size, std::size_t length, std::size_t& size);
// The byte position of a code point (at most `length`), and the reverse.
std::size_t str_byte_position(const Str& self, std::size_t position);
std::size_t str_position(const Str& self, std::size_t byte_position);

}  // namespace cede
