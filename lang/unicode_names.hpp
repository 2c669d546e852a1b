// Characters by name, as \N{...} in string literals takes them: Unicode 15.1 names and formal aliases.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cede::lang {

// The code point, or nothing. Case does not matter, except in the algorithmic names (CJK and Hangul), as in
// CPython.
std::optional<std::uint32_t> find_character_by_name(std::string_view name);
// The name of a character, aliases left out; empty if it has none. Looks through all names: about a millisecond.
std::string character_name(std::uint32_t code);

}  // namespace cede::lang
