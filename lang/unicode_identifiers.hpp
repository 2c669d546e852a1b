// Identifiers outside ASCII (reference: "Identifiers and keywords"), by the tables of Unicode 15.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lang/arena.hpp"

namespace cede::lang {

bool is_identifier_start(std::uint32_t code_point);
bool is_identifier_part(std::uint32_t code_point);  // XID_Continue
bool is_printable(std::uint32_t code_point);        // str.isprintable()

// The code point at `at` of well-formed UTF-8; advances `at`.
std::uint32_t next_code_point(std::string_view text, std::size_t& at);

// The name in form NFKC, in the arena; `name` itself if it is already.
std::string_view normalize_name(std::string_view name, Arena& arena);

}  // namespace cede::lang
