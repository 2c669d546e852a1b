// Comparisons, and expressions that are only asked for their truth, which become jumps.
#include <algorithm>

#include "lang/compiler.hpp"

namespace cede::lang::compiling {

using K = ast::Kind;
using O = ast::CompareOperator;

namespace {

// Whether a constant is true.
bool truth(const ast::Constant& node) {
  using T = ast::ConstantType;
  switch (node.type) {
    case T::None:
    case T::False: return false;
    case T::Int: return node.integer != 0;
    case T::Float:
    case T::Complex: return node.number != 0;
    case T::Str:
    case T::Bytes: return !node.text.empty();
    default: return true;
  }
}

Opcode value_opcode(O op) {
  static constexpr Opcode opcodes[] = {Opcode::op_equal,      Opcode::op_not_equal, Opcode::op_less,
                                       Opcode::op_less_equal, Opcode::op_greater,   Opcode::op_greater_equal,
                                       Opcode::op_is,         Opcode::op_is,        Opcode::op_in,
                                       Opcode::op_in};
  return opcodes[static_cast<std::size_t>(op)];
}

Opcode jump_opcode(O op) {
  static constexpr Opcode opcodes[] = {Opcode::op_jump_if_equal,   Opcode::op_jump_if_not_equal,
                                       Opcode::op_jump_if_less,    Opcode::op_jump_if_less_equal,
                                       Opcode::op_jump_if_greater, Opcode::op_jump_if_greater_equal,
                                       Opcode::op_jump_if_is,      Opcode::op_jump_if_is,
                                       Opcode::op_jump_if_in,      Opcode::op_jump_if_in};
  return opcodes[static_cast<std::size_t>(op)];
}

Opcode immediate_jump_opcode(O op) {
  static constexpr Opcode opcodes[] = {
      Opcode::op_jump_if_equal_immediate,   Opcode::op_jump_if_not_equal_immediate,
      Opcode::op_jump_if_less_immediate,    Opcode::op_jump_if_less_equal_immediate,
      Opcode::op_jump_if_greater_immediate, Opcode::op_jump_if_greater_equal_immediate};
  return opcodes[static_cast<std::size_t>(op)];
}

unsigned sense_flag(bool sense) { return sense ? unsigned{sense_true} : 0u; }

bool is_negated(O op) { return op == O::IsNot || op == O::NotIn; }
bool is_identity(O op) { return op == O::Is || op == O::IsNot; }

bool is_none(const ast::Expression* node) {
  const auto* constant = ast::try_as<ast::Constant>(node);
  return constant && constant->type == ast::ConstantType::None;
}

// The small integer that `node` is, for an ordering or equality.
bool small_integer(O op, const ast::Expression* node, std::uint16_t& value) {
  if (op > O::GtE) return false;
  const auto* constant = ast::try_as<ast::Constant>(node);
  if (!constant || constant->type != ast::ConstantType::Int) return false;
  if (constant->integer < INT16_MIN || constant->integer > INT16_MAX) return false;
  value = static_cast<std::uint16_t>(constant->integer);
  return true;
}

}  // namespace

// The right operand of a comparison; nothing if the jump will not need it in a register.
Value Compiler::comparand(O op, E* node, std::uint32_t until, bool jump) {
  std::uint16_t small;
  if (jump && (small_integer(op, node, small) || (is_identity(op) && is_none(node)))) return no_value;
  return value(node, until);
}

void Compiler::compare_value(Span at, O op, Register target, Value left, Value right) {
  code_->emit_bc(at, value_opcode(op), target, left, right, sense_flag(op >= O::Is && !is_negated(op)));
}

// Jumps to `to` if the comparison is `sense`.
void Compiler::compare_jump(Span at, O op, Value left, Value right, E* right_node, Label to, bool sense) {
  const unsigned flags = sense_flag(sense != is_negated(op));
  if (right.reg != no_register) return code_->emit_bc(at, jump_opcode(op), to.id, left, right, flags);
  std::uint16_t small;
  if (small_integer(op, right_node, small))
    return code_->emit_b(at, immediate_jump_opcode(op), to.id, left, small, flags);
  code_->emit_b(at, Opcode::op_jump_if_none, to.id, left, no_register, flags);
}

// `a < b < c` is `a < b and b < c`, with b evaluated once.
void Compiler::compare_into(ast::Compare& node, Register target) {
  const Span at = span_of(node);
  const Register base = code_->top;
  const std::uint32_t last = node.ops.size() - 1;
  if (last == 0) {
    const Value left = value(node.left, node.end);
    const Value right = value(node.comparators[0]);
    compare_value(at, node.ops[0], target, left, right);
    return settle(base, target);
  }
  // The result is in `base`; the middle operand, if it is a temporary, in the register above.
  const Label end = code_->label();
  Value left = value(node.left, node.end);
  for (std::uint32_t i = 0;; ++i) {
    if (!left.temporary || left.reg != base) code_->top = std::max(code_->top, base + 1);
    const Value right = value(node.comparators[i], i == last ? 0 : node.end);
    compare_value(at, node.ops[i], base, left, right.temporary && i < last ? borrowed(right.reg) : right);
    if (i == last) break;
    if (!right.temporary) {
      code_->emit(at, Opcode::op_jump_if_false, end.id, base);
      drop(at, base);
    } else {
      const Label go_on = code_->label();
      code_->emit(at, Opcode::op_jump_if_true, go_on.id, base);
      drop(at, right.reg);
      code_->jump(at, end);
      code_->place(go_on);
      drop(at, base);
    }
    code_->top = right.temporary ? right.reg + 1 : base;
    left = right;
  }
  code_->place(end);
  code_->top = base + 1;
  if (target != base) finish_temporary(at, base, target);
}

void Compiler::compare_condition(ast::Compare& node, Label to, bool sense) {
  const Span at = span_of(node);
  const Register base = code_->top;
  const std::uint32_t last = node.ops.size() - 1;
  const Label failed = sense ? code_->label() : to;  // where a comparison that fails leads
  Value left = value(node.left, node.end);
  for (std::uint32_t i = 0; i < last; ++i) {
    const Value right = comparand(node.ops[i], node.comparators[i], node.end, false);
    if (!right.temporary) {
      compare_jump(at, node.ops[i], left, right, node.comparators[i], failed, false);
    } else {
      const Label go_on = code_->label();
      compare_jump(at, node.ops[i], left, borrowed(right.reg), node.comparators[i], go_on, true);
      drop(at, right.reg);
      code_->jump(at, failed);
      code_->place(go_on);
    }
    code_->top = right.temporary ? right.reg + 1 : base;
    left = right;
  }
  E* right_node = node.comparators[last];
  const Value right = comparand(node.ops[last], right_node, 0, true);
  compare_jump(at, node.ops[last], left, right, right_node, to, sense);
  if (sense) code_->place(failed);
  code_->top = base;
}

// Goes to `to` if the truth of `node` is `sense`, else on.
void Compiler::condition(E* node, Label to, bool sense) {
  for (;;) {
    if (auto* unary = ast::try_as<ast::UnaryOp>(node); unary && unary->op == ast::UnaryOperator::Not) {
      node = unary->operand;
      sense = !sense;
      continue;
    }
    break;
  }
  const Register base = code_->top;
  switch (node->kind) {
    case K::Constant:
      if (truth(*ast::as<ast::Constant>(node)) == sense) code_->jump(span_of(*node), to);
      return;
    case K::Compare: return compare_condition(*ast::as<ast::Compare>(node), to, sense);
    case K::BoolOp: {
      const auto& n = *ast::as<ast::BoolOp>(node);
      const bool decisive = n.op == ast::BoolOperator::Or;  // the truth that ends the evaluation
      const Label decided = decisive == sense ? to : code_->label();
      const std::uint32_t last = n.values.size() - 1;
      for (std::uint32_t i = 0; i < last; ++i) condition(n.values[i], decided, decisive);
      condition(n.values[last], to, sense);
      if (decisive != sense) code_->place(decided);
      return;
    }
    case K::IfExp: {
      const auto& n = *ast::as<ast::IfExp>(node);
      const Label otherwise = code_->label(), end = code_->label();
      condition(n.test, otherwise, false);
      condition(n.body, to, sense);
      code_->jump(span_of(*node), end);
      code_->place(otherwise);
      condition(n.orelse, to, sense);
      return code_->place(end);
    }
    default: {
      const Value operand = value(node);
      code_->emit_b(span_of(*node), sense ? Opcode::op_jump_if_true : Opcode::op_jump_if_false, to.id,
                    operand);
      code_->top = base;
    }
  }
}

}  // namespace cede::lang::compiling
