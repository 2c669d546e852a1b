// The second pass: finds the words for an error that the first pass has met.
#pragma once

#include "lang/grammar/builder.hpp"

namespace cede::lang::grammar {

// Parses again from `in`'s cursor with the error rules, one of which throws if it matches; else returns.
void diagnose(TokenInput& in, Builder& b);

}  // namespace cede::lang::grammar
