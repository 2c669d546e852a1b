// Source text to Code: the one seam where the front end's exceptions become Python's.
#pragma once

#include <string_view>

#include "lang/code.hpp"
#include "lang/parse.hpp"
#include "runtime/vm/code.hpp"

namespace cede {

struct CompileRequest {
  std::string_view source;           // bytes or text
  std::string_view filename;
  lang::Origin origin = lang::Origin::Text;
  lang::ParseOptions parse = {};
  lang::CompileOptions compile = {};
  int optimize = -1;                 // -1: the isolate's level
};

// The module's Code. Raises SyntaxError and its kin with all their fields, RecursionError, MemoryError; issues the
// warnings of the compiler.
Owned compile_code(VM& vm, const CompileRequest& request);
// What lang threw, as an exception object set in the thread.
RaisedMark raise_syntax_error(VM& vm, const lang::SyntaxError& error);

}  // namespace cede
