// The errors of the passes after the parser. CPython gives them byte columns, not character columns, and the
// text of the line only if the source came from a file.
#pragma once

#include <cstdint>
#include <string>

#include "lang/ast.hpp"
#include "lang/diagnostics.hpp"
#include "lang/source.hpp"

namespace cede::lang {

SyntaxError compile_error(const SourceFile& source, std::uint32_t start, std::uint32_t end,
                          std::string message);

[[noreturn]] inline void throw_at(const SourceFile& source, const ast::Node& node, std::string message) {
  throw compile_error(source, node.start, node.end, std::move(message));
}

// "before 'name' after": most messages name one variable.
std::string naming(std::string_view before, std::string_view name, std::string_view after);

}  // namespace cede::lang
