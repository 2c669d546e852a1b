// "Did you mean": the name closest to a wrong one, by CPython's measure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cede {

// Edit distance with moves costing 2 and a change of case 1; more than `maximum` is returned as maximum + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t maximum);
// The best candidate, or empty. At most 750 candidates and 40 bytes of name are considered.
std::string_view closest_name(std::string_view wrong, const std::vector<std::string_view>& candidates);

}  // namespace cede
