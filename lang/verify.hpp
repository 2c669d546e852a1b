// Checks that a code unit keeps the rules of code.hpp: used by tests and fuzzers, not in production.
#pragma once

#include <string>

#include "lang/code.hpp"

namespace cede::lang {

// The first fault found in the unit or one inside it, as "name: at 12: ..."; empty if there is none.
std::string verify(const CodeUnit& unit);

}  // namespace cede::lang
