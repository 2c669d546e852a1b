// Instructions with their `extend` prefix and following word merged in, for what reads code without running
// it.
#pragma once

#include <cstddef>

#include "lang/code.hpp"
#include "lang/instruction_effects.hpp"

namespace cede::lang {

struct DecodedInstruction {
  Operands operands;            // a jump is the distance from the end of its own words
  std::uint32_t own_words = 0;  // `extend`, if any, and the instruction
  std::uint32_t words = 0;      // with the word that follows, if any
};

// The instruction that begins at word `index`.
DecodedInstruction decode(const CodeUnit& unit, std::size_t index);

}  // namespace cede::lang
