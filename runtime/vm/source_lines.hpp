// Source lines for tracebacks and warnings: of files as they are now, of native modules' script parts, and of code
// that came from text (-c, stdin, the REPL).
#pragma once

#include <string>
#include <string_view>

#include "runtime/core/vm.hpp"

namespace cede {

struct Code;

// Line `number` (from 1) with trailing white space removed; empty if there is none. Runs no script code.
std::string source_line(VM& vm, const Code* code, std::string_view filename, std::uint32_t number);

}  // namespace cede
