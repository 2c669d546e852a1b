// The arithmetic of the constant folder. Each function gives the folded expression, at the place of `node`,
// or null if the expression must stay as it is.
#pragma once

#include <string_view>

#include "lang/arena.hpp"
#include "lang/ast.hpp"

namespace cede::lang::folding {

ast::Expression* make_bool(Arena& arena, const ast::Node& at, bool value);
ast::Expression* unary(Arena& arena, const ast::UnaryOp& node, const ast::Constant& operand);
ast::Expression* binary(Arena& arena, const ast::BinOp& node, const ast::Constant& left,
                        const ast::Constant& right);

// `container[index]` of a constant tuple, str or bytes.
ast::Expression* element(Arena& arena, const ast::Subscript& node, const ast::Constant& index);

// `format % arguments` as an f-string, if there are only %s, %r, %a and as many of them as arguments.
ast::Expression* format(Arena& arena, const ast::BinOp& node, std::string_view format,
                        const ast::Collection& arguments);

}  // namespace cede::lang::folding
