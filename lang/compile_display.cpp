// Displays: lists, tuples, sets and dictionaries. Small ones are built from a run of temporaries, large ones
// and those with unpackings piece by piece.
#include "lang/compiler.hpp"
#include "lang/fold.hpp"

namespace cede::lang::compiling {

using K = ast::Kind;

namespace {

constexpr std::uint32_t largest_run =
    64;  // elements of a list or tuple that are evaluated before it is built
constexpr std::uint32_t largest_set = 30;  // CPython's numbers: scripts see when elements are hashed
constexpr std::uint32_t pairs_at_once = 16;
constexpr std::uint32_t least_constants = 3;  // so many constants are copied from a tuple rather than pushed

bool has_star(const ast::Expressions& elements) {
  for (const ast::Expression* element : elements)
    if (element->kind == K::Starred) return true;
  return false;
}

bool all_constant(const ast::Expressions& elements) {
  for (const ast::Expression* element : elements)
    if (!is_constant(*element)) return false;
  return true;
}

}  // namespace

ConstantTuple Compiler::fixed_values(const ast::Expressions& elements) const {
  ConstantTuple result;
  result.items.reserve(elements.size());
  for (const E* element : elements) result.items.push_back(fixed_value(*element));
  return result;
}

// The value of what `is_constant` calls so.
ConstantValue Compiler::fixed_value(const E& node) const {
  if (const auto* constant = ast::try_as<ast::Constant>(&node)) return constant_value(*constant);
  return fixed_values(ast::as<ast::Collection>(&node)->elts);
}

void Compiler::display_into(E& node, const ast::Expressions& elements, Register target) {
  const Span at = span_of(node);
  const Register base = code_->top;
  const bool is_tuple = node.kind == K::Tuple;
  if (is_tuple && is_constant(node)) {
    code_->emit(at, Opcode::op_load_constant, target, code_->constant(fixed_value(node)));
    return settle(base, target);
  }
  const bool fixed = !is_tuple && elements.size() >= least_constants && all_constant(elements);
  if (!fixed && elements.size() <= largest_run && !has_star(elements)) {
    for (E* element : elements) push(element);
    code_->emit(at, is_tuple ? Opcode::op_build_tuple : Opcode::op_build_list, target, base, elements.size());
    return settle(base, target);
  }
  const Register reg = temporary_for(target);
  if (fixed) {
    code_->emit(at, Opcode::op_build_list, reg, reg, 0);
    code_->emit(at, Opcode::op_load_constant, reg + 1,
                code_->constant(ConstantValue(fixed_values(elements))));
    code_->emit_b(at, Opcode::op_list_extend, reg, temporary(reg + 1));
  } else {
    build_from(at, elements, reg, false);
  }
  if (!is_tuple) return finish_temporary(at, reg, target);
  code_->emit_b(at, Opcode::op_list_to_tuple, target, temporary(reg));
  settle(base, target);
}

// Builds a list or set with unpackings, or a long one, in the temporary `reg`.
void Compiler::build_from(Span at, const ast::Expressions& elements, Register reg, bool is_set) {
  const std::uint32_t limit = is_set ? largest_set : largest_run;
  std::uint32_t i = 0;
  code_->top = reg;
  if (elements.size() <= limit || has_star(elements))
    while (i < elements.size() && i < limit && elements[i]->kind != K::Starred) push(elements[i++]);
  code_->emit(at, is_set ? Opcode::op_build_set : Opcode::op_build_list, reg, reg, i);
  for (; i < elements.size(); ++i) {
    code_->top = reg + 1;
    if (const auto* star = ast::try_as<ast::Starred>(elements[i]))
      code_->emit_b(at, is_set ? Opcode::op_set_update : Opcode::op_list_extend, reg, value(star->value));
    else
      code_->emit_b(at, is_set ? Opcode::op_set_add : Opcode::op_list_append, reg, value(elements[i]));
  }
  code_->top = reg + 1;
}

void Compiler::set_display_into(ast::Set& node, Register target) {
  const Span at = span_of(node);
  const Register reg = temporary_for(target);
  if (node.elts.size() >= least_constants && all_constant(node.elts)) {
    code_->emit(at, Opcode::op_build_set, reg, reg, 0);
    ConstantFrozenSet items{fixed_values(node.elts).items};
    code_->emit(at, Opcode::op_load_constant, reg + 1, code_->constant(ConstantValue(std::move(items))));
    code_->emit_b(at, Opcode::op_set_update, reg, temporary(reg + 1));
  } else {
    build_from(at, node.elts, reg, true);
  }
  finish_temporary(at, reg, target);
}

void Compiler::dict_into(ast::Dict& node, Register target) {
  const Span at = span_of(node);
  const Register reg = temporary_for(target);
  const std::uint32_t count = node.keys.size();
  bool exists = false;
  const auto make = [&] {
    if (!exists) code_->emit(at, Opcode::op_build_dict, reg, reg, 0);
    exists = true;
  };
  for (std::uint32_t i = 0; i < count;) {
    if (!node.keys[i]) {
      make();
      code_->top = reg + 1;
      code_->emit_b(at, Opcode::op_dict_update, reg, value(node.values[i++]));
      continue;
    }
    std::uint32_t run = 1;
    while (run < pairs_at_once && i + run < count && node.keys[i + run]) ++run;
    if (run == pairs_at_once) {
      make();
      for (const std::uint32_t end = i + run; i < end; ++i) {
        code_->top = reg + 1;
        const Value key = value(node.keys[i], node.values[i]->end);
        const Value item = value(node.values[i]);
        code_->emit_bc(at, Opcode::op_dict_store, reg, key, item);
      }
      continue;
    }
    const Register first = exists ? reg + 1 : reg;
    code_->top = first;
    for (const std::uint32_t end = i + run; i < end; ++i) push(node.keys[i]), push(node.values[i]);
    code_->emit(at, Opcode::op_build_dict, first, first, run);
    if (exists) code_->emit_b(at, Opcode::op_dict_update, reg, temporary(first));
    exists = true;
  }
  make();
  finish_temporary(at, reg, target);
}

}  // namespace cede::lang::compiling
