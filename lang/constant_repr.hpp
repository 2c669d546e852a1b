// Constants as Python's repr() writes them, for dumps and error messages.
#pragma once

#include <string>
#include <string_view>

#include "lang/ast.hpp"

namespace cede::lang {

void write_repr(std::string& out, const ast::Constant& constant);

// `text` is generalised UTF-8.
void write_string_repr(std::string& out, std::string_view text);

// The shortest digits that round-trip. `imaginary`: without the ".0" of a whole number, as in `1j`.
void write_float_repr(std::string& out, double value, bool imaginary);

}  // namespace cede::lang
