// Expressions. `into` is the walk; it recurses for no more levels than ast::maximum_depth, so every kind has
// a function of its own with a small frame, and the chains that people write (sums, elif-like conditionals,
// signs) are loops.
#include "lang/compiler.hpp"
#include "lang/fold.hpp"

namespace cede::lang::compiling {

using K = ast::Kind;

void Compiler::into(E* node, Register target) {
  switch (node->kind) {
    case K::Name: return load_name(span_of(*node), ast::as<ast::Name>(node)->id, target);
    case K::Constant: return constant_into(node, target);
    case K::Call: return call_into(*ast::as<ast::Call>(node), target);
    case K::Attribute: return attribute_into(*ast::as<ast::Attribute>(node), target);
    case K::Subscript: return subscript_into(*ast::as<ast::Subscript>(node), target);
    case K::BinOp: return binary_into(*ast::as<ast::BinOp>(node), target);
    case K::UnaryOp: return unary_into(*ast::as<ast::UnaryOp>(node), target);
    case K::Compare: return compare_into(*ast::as<ast::Compare>(node), target);
    case K::BoolOp: return bool_op_into(*ast::as<ast::BoolOp>(node), target);
    case K::IfExp: return conditional_into(*ast::as<ast::IfExp>(node), target);
    case K::NamedExpr: return named_into(*ast::as<ast::NamedExpr>(node), target);
    case K::Lambda: return lambda_into(*ast::as<ast::Lambda>(node), target);
    case K::List:
    case K::Tuple: return display_into(*node, ast::as<ast::Collection>(node)->elts, target);
    case K::Set: return set_display_into(*ast::as<ast::Set>(node), target);
    case K::Dict: return dict_into(*ast::as<ast::Dict>(node), target);
    case K::ListComp:
    case K::SetComp:
    case K::DictComp:
    case K::GeneratorExp: return comprehension_into(*ast::as<ast::Comprehension>(node), target);
    case K::Await:
    case K::YieldFrom: return await_into(*node, target);
    case K::Yield: return yield_into(*ast::as<ast::Yield>(node), target);
    case K::JoinedStr: return joined_into(*ast::as<ast::JoinedStr>(node), target);
    case K::FormattedValue: return formatted_into(*ast::as<ast::FormattedValue>(node), target);
    case K::Slice: return slice_into(*ast::as<ast::Slice>(node), target);
    default: return;  // a Starred is compiled by what it stands in
  }
}

// The value of `node`, to be used after what stands before offset `until` has been evaluated.
Value Compiler::value(E* node, std::uint32_t until) {
  if (const auto* name = ast::try_as<ast::Name>(node)) {
    if (name->id.binding.kind == ast::Binding::Kind::Local && !walrus_between(node->end, until)) {
      check_local(span_of(*node), name->id.binding.index);
      return borrowed(name->id.binding.index);
    }
  } else if (auto* named = ast::try_as<ast::NamedExpr>(node)) {
    const ast::Binding binding = ast::as<ast::Name>(named->target)->id.binding;
    if (binding.kind == ast::Binding::Kind::Local && !walrus_between(node->end, until)) {
      into(named->value, binding.index);
      return borrowed(binding.index);
    }
  }
  return temporary(push(node));
}

Register Compiler::push(E* node) {
  const Register reg = code_->top;
  into(node, reg);
  code_->top = reg + 1;
  return reg;
}

void Compiler::discard(E* node) {
  if (node->kind == K::Constant) return;
  const Register base = code_->top;
  const Value result = value(node);
  if (result.temporary) drop(span_of(*node), result.reg);
  code_->top = base;
}

// `target` if it is a temporary; else a new one, for what cannot be computed in a variable.
Register Compiler::temporary_for(Register target) {
  return code_->is_temporary(target) ? target : code_->top;
}

void Compiler::finish_temporary(Span at, Register reg, Register target) {
  if (reg == target) {
    code_->top = reg + 1;
    return;
  }
  code_->emit_b(at, Opcode::op_move, target, temporary(reg));
  code_->top = reg;
}

void Compiler::constant_into(E* node, Register target) {
  load_constant(span_of(*node), target, *ast::as<ast::Constant>(node));
  settle(code_->top, target);
}

void Compiler::check_local(Span at, Register local) {
  if (code_->is_bound(local)) return;
  code_->emit(at, Opcode::op_check_bound, local);
  code_->set_bound(local);
}

void Compiler::load_name(Span at, const ast::Identifier& name, Register target) {
  load_variable(at, name.binding, name.symbol, target);
}

// `name` is as written; names of variables in registers and closures are not needed.
void Compiler::load_variable(Span at, ast::Binding binding, Symbol name, Register target) {
  using B = ast::Binding::Kind;
  const std::uint32_t index = binding.index;
  switch (binding.kind) {
    case B::Local:
      check_local(at, index);
      if (index != target) code_->emit(at, Opcode::op_move, target, index);
      break;
    case B::Cell: code_->emit(at, Opcode::op_load_cell, target, code_->cell(index)); break;
    case B::Free: code_->emit(at, Opcode::op_load_free, target, index); break;
    case B::Global: code_->emit(at, Opcode::op_load_global, target, name_cache(mangled(name))); break;
    case B::NameOrFree: {
      const std::uint32_t cache = name_cache(mangled(name));
      if (unit_->scope->sees_class) {
        const std::uint32_t cell = unit_->scope->find(Symbol::name___classdict__)->binding.index;
        code_->emit_numbered(at, Opcode::op_load_name_or_free, target, cache, index, 1, cell);
      } else {
        code_->emit(at, Opcode::op_load_name_or_free, target, cache, index);
      }
      break;
    }
    case B::NameOrGlobal:
      code_->emit(at, Opcode::op_load_name_or_global, target, name_cache(mangled(name)),
                  unit_->scope->find(Symbol::name___classdict__)->binding.index);
      break;
    default: code_->emit(at, Opcode::op_load_name, target, name_cache(mangled(name))); break;
  }
  settle(code_->top, target);
}

void Compiler::named_into(ast::NamedExpr& node, Register target) {
  const ast::Name& name = *ast::as<ast::Name>(node.target);
  const Register base = code_->top;
  if (name.id.binding.kind == ast::Binding::Kind::Local) {
    const Register local = name.id.binding.index;
    into(node.value, local);
    if (target != local) code_->emit(span_of(node), Opcode::op_move, target, local);
    return settle(base, target);
  }
  const Register reg = temporary_for(target);
  into(node.value, reg);
  store_variable(span_of(name), name.id, borrowed(reg));
  finish_temporary(span_of(node), reg, target);
}

// `a or b`: the value so far is the result if it decides.
void Compiler::bool_op_into(ast::BoolOp& node, Register target) {
  const Span at = span_of(node);
  const Register reg = temporary_for(target);
  const Opcode decides =
      node.op == ast::BoolOperator::Or ? Opcode::op_jump_if_true : Opcode::op_jump_if_false;
  const Label end = code_->label();
  const std::uint32_t last = node.values.size() - 1;
  for (std::uint32_t i = 0; i < last; ++i) {
    code_->top = reg;
    into(node.values[i], reg);
    code_->emit(at, decides, end.id, reg);
    drop(at, reg);
  }
  code_->top = reg;
  into(node.values[last], reg);
  code_->place(end);
  finish_temporary(at, reg, target);
}

namespace {

Opcode opcode_of(ast::Operator op) {
  static constexpr Opcode opcodes[] = {
      Opcode::op_add,         Opcode::op_subtract,  Opcode::op_multiply, Opcode::op_matrix_multiply,
      Opcode::op_true_divide, Opcode::op_remainder, Opcode::op_power,    Opcode::op_left_shift,
      Opcode::op_right_shift, Opcode::op_bit_or,    Opcode::op_bit_xor,  Opcode::op_bit_and,
      Opcode::op_floor_divide};
  return opcodes[static_cast<std::size_t>(op)];
}

// The opcode that takes `value` as an immediate right operand, or `nop`.
Opcode immediate_opcode(ast::Operator op, std::int64_t value) {
  if (value < INT16_MIN || value > INT16_MAX) return Opcode::op_nop;
  using O = ast::Operator;
  switch (op) {
    case O::Add: return Opcode::op_add_immediate;
    case O::Sub: return Opcode::op_subtract_immediate;
    case O::Mult: return Opcode::op_multiply_immediate;
    case O::Mod: return value > 0 ? Opcode::op_remainder_immediate : Opcode::op_nop;
    case O::FloorDiv: return value > 0 ? Opcode::op_floor_divide_immediate : Opcode::op_nop;
    case O::BitAnd: return Opcode::op_bit_and_immediate;
    case O::LShift: return value >= 0 && value < 62 ? Opcode::op_left_shift_immediate : Opcode::op_nop;
    case O::RShift: return value >= 0 && value < 62 ? Opcode::op_right_shift_immediate : Opcode::op_nop;
    default: return Opcode::op_nop;
  }
}

}  // namespace

// `left op right`. `flags` is `inplace` for an augmented assignment.
void Compiler::operate(Span at, ast::Operator op, Register target, Value left, E* right, unsigned flags) {
  const auto* constant = ast::try_as<ast::Constant>(right);
  if (constant && constant->type == ast::ConstantType::Int) {
    const Opcode immediate = immediate_opcode(op, constant->integer);
    if (immediate != Opcode::op_nop)
      return code_->emit_b(at, immediate, target, left, static_cast<std::uint16_t>(constant->integer), flags);
  }
  const Value operand = value(right);
  code_->emit_bc(at, opcode_of(op), target, left, operand, flags);
}

// A sum of many terms is a deep tree to the left: it is walked down once and computed on the way back.
void Compiler::binary_into(ast::BinOp& node, Register target) {
  const Register base = code_->top;
  if (node.left->kind != K::BinOp) {
    const Value left = value(node.left, node.right->end);
    operate(span_of(node), node.op, target, left, node.right, 0);
    return settle(base, target);
  }
  std::vector<ast::BinOp*> chain;
  for (ast::BinOp* at = &node; at; at = ast::try_as<ast::BinOp>(at->left)) chain.push_back(at);
  Value left = value(chain.back()->left, chain.back()->right->end);
  while (!chain.empty()) {
    ast::BinOp* at = chain.back();
    chain.pop_back();
    operate(span_of(*at), at->op, chain.empty() ? target : base, left, at->right, 0);
    code_->top = base + 1;
    left = temporary(base);
  }
  settle(base, target);
}

void Compiler::unary_into(ast::UnaryOp& node, Register target) {
  static constexpr Opcode opcodes[] = {Opcode::op_invert, Opcode::op_logical_not, Opcode::op_positive,
                                       Opcode::op_negative};
  const Register base = code_->top;
  std::vector<ast::UnaryOp*> chain;
  for (ast::UnaryOp* at = &node; at; at = ast::try_as<ast::UnaryOp>(at->operand)) chain.push_back(at);
  // `not x < y`: CPython merges the comparison into the test of its truth, whose place it then has in tracebacks.
  if (auto* compared = ast::try_as<ast::Compare>(chain.back()->operand);
      compared && chain.back()->op == ast::UnaryOperator::Not && compared->ops.size() == 1) {
    compared->start = chain.back()->start;
    compared->end = chain.back()->end;
  }
  Value operand = value(chain.back()->operand);
  while (!chain.empty()) {
    const ast::UnaryOp* at = chain.back();
    chain.pop_back();
    code_->emit_b(span_of(*at), opcodes[static_cast<std::size_t>(at->op)], chain.empty() ? target : base,
                  operand);
    operand = temporary(base);
  }
  settle(base, target);
}

void Compiler::conditional_into(ast::IfExp& node, Register target) {
  const Register base = code_->top;
  const Label end = code_->label();
  E* rest = &node;
  while (auto* at = ast::try_as<ast::IfExp>(rest)) {
    const Label otherwise = code_->label();
    condition(at->test, otherwise, false);
    into(at->body, target);
    code_->jump(span_of(*at), end);
    code_->top = base;
    code_->place(otherwise);
    rest = at->orelse;
  }
  into(rest, target);
  code_->place(end);
  settle(base, target);
}

void Compiler::attribute_into(ast::Attribute& node, Register target) {
  const Register base = code_->top;
  if (is_super_attribute(node)) {
    const auto& call = *ast::as<ast::Call>(node.value);
    push_super(node, base);
    code_->emit(span_of(node), Opcode::op_load_super_attribute, target, base, name_cache(mangled(node.attr)),
                call.args.empty() ? 0 : 1);
    return settle(base, target);
  }
  const Value object = value(node.value);
  code_->emit_b(attribute_span(node, span_of(node)), Opcode::op_load_attribute, target, object,
                name_cache(mangled(node.attr)));
  settle(base, target);
}

bool Compiler::is_two_part_slice(const E* node) const {
  const auto* slice = ast::try_as<ast::Slice>(node);
  return slice && !slice->step;
}

// Lower and upper bound in two new temporaries.
Register Compiler::push_bounds(const ast::Slice& node) {
  const Register first = code_->top;
  for (E* bound : {node.lower, node.upper}) bound ? push(bound) : push_none(span_of(node));
  return first;
}

void Compiler::slice_into(ast::Slice& node, Register target) {
  const Register base = push_bounds(node);
  if (node.step) push(node.step);
  code_->emit(span_of(node), Opcode::op_build_slice, target, base, code_->top - base);
  settle(base, target);
}

void Compiler::subscript_into(ast::Subscript& node, Register target) {
  const Register base = code_->top;
  const Value container = value(node.value, node.slice->end);
  if (is_two_part_slice(node.slice)) {
    const Register bounds = push_bounds(*ast::as<ast::Slice>(node.slice));
    code_->emit_b(span_of(node), Opcode::op_load_slice, target, container, bounds);
  } else {
    const Value index = value(node.slice);
    code_->emit_bc(span_of(node), Opcode::op_load_item, target, container, index);
  }
  settle(base, target);
}

// Awaits the object in the temporary `awaitable`. `purpose`: see get_awaitable.
void Compiler::await(Span at, Register target, Register awaitable, unsigned purpose) {
  code_->emit_b(at, Opcode::op_get_awaitable, awaitable, temporary(awaitable), no_register,
                purpose << small_shift);
  code_->emit(at, Opcode::op_await_value, target, awaitable);
  settle(awaitable, target);
}

// `await x` and `yield from x`
void Compiler::await_into(E& node, Register target) {
  const Register base = code_->top;
  const bool is_await = node.kind == K::Await;
  const Value object =
      value(is_await ? ast::as<ast::Await>(&node)->value : ast::as<ast::YieldFrom>(&node)->value);
  code_->emit_b(span_of(node), is_await ? Opcode::op_get_awaitable : Opcode::op_get_yield_from, base, object);
  code_->emit(span_of(node), Opcode::op_await_value, target, base);
  settle(base, target);
}

void Compiler::yield_into(ast::Yield& node, Register target) {
  const Register base = code_->top;
  const Value yielded = node.value ? value(node.value) : temporary(push_none(span_of(node)));
  code_->emit_b(span_of(node), Opcode::op_yield_value, target, yielded);
  settle(base, target);
}

void Compiler::joined_into(ast::JoinedStr& node, Register target) {
  if (node.values.empty()) {
    load_string(span_of(node), target, {});
    return settle(code_->top, target);
  }
  if (node.values.size() == 1) return into(node.values[0], target);
  const Register base = code_->top;
  for (E* part : node.values) push(part);
  code_->emit(span_of(node), Opcode::op_build_string, target, base, node.values.size());
  settle(base, target);
}

void Compiler::formatted_into(ast::FormattedValue& node, Register target) {
  const Register base = code_->top;
  const Value object = value(node.value, node.end);
  const Value spec = node.format_spec ? value(node.format_spec) : no_value;
  const unsigned conversion = node.conversion == 's'   ? 1
                              : node.conversion == 'r' ? 2
                              : node.conversion == 'a' ? 3
                                                       : 0;
  code_->emit_bc(span_of(node), Opcode::op_format_value, target, object, spec, conversion << small_shift);
  settle(base, target);
}

}  // namespace cede::lang::compiling
