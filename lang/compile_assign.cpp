// Assignment in all its forms: `=`, `op=`, annotations, `del`.
#include "lang/compiler.hpp"
#include "lang/unparse.hpp"

namespace cede::lang::compiling {

using K = ast::Kind;

namespace {

constexpr std::uint32_t largest_parallel = 16;  // `a, b = c, d` without a tuple

bool is_star(const ast::Expression* node) { return node->kind == K::Starred; }

std::size_t find_star(const ast::Expressions& elements) {
  std::size_t i = 0;
  while (i < elements.size() && !is_star(elements[i])) ++i;
  return i;
}

bool has_annotation(const ast::Block& body) {
  for (const ast::Statement* node : body) {
    bool found = false;
    switch (node->kind) {
      case K::AnnAssign: return true;
      case K::For:
      case K::AsyncFor: {
        const auto& n = *ast::as<ast::For>(node);
        found = has_annotation(n.body) || has_annotation(n.orelse);
        break;
      }
      case K::While: {
        const auto& n = *ast::as<ast::While>(node);
        found = has_annotation(n.body) || has_annotation(n.orelse);
        break;
      }
      case K::If: {
        const auto& n = *ast::as<ast::If>(node);
        found = has_annotation(n.body) || has_annotation(n.orelse);
        break;
      }
      case K::With:
      case K::AsyncWith: found = has_annotation(ast::as<ast::With>(node)->body); break;
      case K::Match:
        for (const ast::MatchCase* item : ast::as<ast::Match>(node)->cases)
          found |= has_annotation(item->body);
        break;
      case K::Try:
      case K::TryStar: {
        const auto& n = *ast::as<ast::Try>(node);
        found = has_annotation(n.body) || has_annotation(n.orelse) || has_annotation(n.finalbody);
        for (const ast::ExceptHandler* handler : n.handlers) found |= has_annotation(handler->body);
        break;
      }
      default: break;
    }
    if (found) return true;
  }
  return false;
}

}  // namespace

Register Compiler::local_of(const E* target) const {
  const auto* name = ast::try_as<ast::Name>(target);
  return name && name->id.binding.kind == ast::Binding::Kind::Local ? Register{name->id.binding.index}
                                                                    : no_register;
}

void Compiler::assign_statement(ast::Assign& node) {
  const Register base = code_->top;
  if (node.targets.size() == 1) {
    assign_to(node.targets[0], node.value);
    code_->top = base;
    return;
  }
  bool display = false;
  for (const E* target : node.targets) display |= target->kind == K::Tuple || target->kind == K::List;
  const std::uint32_t last = node.targets.size() - 1;
  const Register first = local_of(node.targets[0]);
  const bool through_local =
      first != no_register && !display && !walrus_between(node.start, node.value->start);
  if (through_local)
    into(node.value, first);
  else
    push(node.value);
  for (std::uint32_t i = through_local ? 1 : 0; i <= last; ++i) {
    if (through_local)
      store(node.targets[i], borrowed(first));
    else
      store(node.targets[i], i == last ? temporary(base) : borrowed(base));
  }
  code_->top = base;
}

void Compiler::assign_to(E* target, E* node) {
  if (const Register local = local_of(target); local != no_register) return into(node, local);
  if (auto* targets = ast::try_as<ast::Collection>(target); targets && unpack_display(*targets, node)) return;
  store(target, value(node));
}

// `a, b = b, a`: nothing is packed where both sides are written out.
bool Compiler::unpack_display(ast::Collection& targets, E* node) {
  const std::uint32_t count = targets.elts.size();
  if (node->kind != K::Tuple || count == 0 || count > largest_parallel) return false;
  const ast::Expressions& values = ast::as<ast::Collection>(node)->elts;
  if (values.size() != count || find_star(values) < count || find_star(targets.elts) < count) return false;
  bool distinct_locals = true;
  for (std::uint32_t i = 0; i < count && distinct_locals; ++i) {
    const Register local = local_of(targets.elts[i]);
    distinct_locals = local != no_register;
    for (std::uint32_t j = 0; j < i; ++j) distinct_locals &= local_of(targets.elts[j]) != local;
  }
  const Register base = code_->top;
  const std::uint32_t pushed = distinct_locals ? count - 1 : count;
  for (std::uint32_t i = 0; i < pushed; ++i) push(values[i]);
  if (distinct_locals) into(values[pushed], local_of(targets.elts[pushed]));
  for (std::uint32_t i = 0; i < pushed; ++i) store(targets.elts[i], temporary(base + i));
  code_->top = base;
  return true;
}

// Stores `value`, which is consumed if it is a temporary, in any target.
void Compiler::store(E* target, Value value_) {
  const Register base = code_->top;
  if (!value_.temporary && target->kind != K::Name && walrus_between(target->start, target->end)) {
    const Register copy = code_->take();
    code_->emit(span_of(*target), Opcode::op_move, copy, value_.reg);
    value_ = temporary(copy);
  }
  switch (target->kind) {
    case K::Name: store_variable(span_of(*target), ast::as<ast::Name>(target)->id, value_); break;
    case K::Attribute: {
      auto& n = *ast::as<ast::Attribute>(target);
      const Value object = value(n.value);
      code_->emit_ab(attribute_span(n, span_of(n)), Opcode::op_store_attribute, value_, object,
                     name_cache(mangled(n.attr)));
      note_static_attribute(n);
      break;
    }
    case K::Subscript: {
      auto& n = *ast::as<ast::Subscript>(target);
      const Value container = value(n.value, n.slice->end);
      if (is_two_part_slice(n.slice)) {
        const Register bounds = push_bounds(*ast::as<ast::Slice>(n.slice));
        code_->emit_ab(span_of(n), Opcode::op_store_slice, value_, container, bounds);
      } else {
        code_->emit_abc(span_of(n), Opcode::op_store_item, value_, container, value(n.slice));
      }
      break;
    }
    case K::Tuple:
    case K::List: unpack(*ast::as<ast::Collection>(target), value_); break;
    default: break;
  }
  code_->top = base;
}

void Compiler::unpack(ast::Collection& targets, Value sequence) {
  const Span at = span_of(targets);
  const std::uint32_t count = targets.elts.size();
  const bool on_top = sequence.temporary && sequence.reg + 1 == code_->top;
  const Register window = on_top ? sequence.reg : code_->top;
  const std::size_t star = find_star(targets.elts);
  if (star == count) {
    code_->emit_b(at, Opcode::op_unpack_sequence, window, sequence, count);
  } else {
    const auto before = static_cast<std::uint32_t>(star);
    code_->emit_numbered(at, Opcode::op_unpack_extended, window, sequence.reg, before,
                         flag(sequence, consume_b), count - before - 1);
  }
  code_->top = window + count;
  for (std::uint32_t i = 0; i < count; ++i) {
    E* target = targets.elts[i];
    store(is_star(target) ? ast::as<ast::Starred>(target)->value : target, temporary(window + i));
  }
}

void Compiler::store_variable(Span at, const ast::Identifier& name, Value value) {
  store_binding(at, name.binding, name.symbol, value);
}

void Compiler::store_binding(Span at, ast::Binding binding, Symbol name, Value value) {
  using B = ast::Binding::Kind;
  const std::uint32_t index = binding.index;
  switch (binding.kind) {
    case B::Local:
      if (value.reg != index) code_->emit_b(at, Opcode::op_move, index, value);
      return;
    case B::Cell: return code_->emit_b(at, Opcode::op_store_cell, code_->cell(index), value);
    case B::Free:
    case B::NameOrFree: return code_->emit_b(at, Opcode::op_store_free, index, value);
    case B::Global: return code_->emit_a(at, Opcode::op_store_global, value, name_cache(mangled(name)));
    default: return code_->emit_a(at, Opcode::op_store_name, value, name_cache(mangled(name)));
  }
}

// In the namespace of a module or class, whatever the scope says of the name.
void Compiler::store_name_of(Span at, Symbol name, Value value) {
  code_->emit_a(at, Opcode::op_store_name, value, name_cache(name));
}

// 3.13: a class knows the names that its methods store in attributes of `self`.
void Compiler::note_static_attribute(const ast::Attribute& node) {
  const auto* object = ast::try_as<ast::Name>(node.value);
  if (!object || object->id.symbol != Symbol::name_self) return;
  Unit* unit = unit_->outer;
  while (unit && unit->scope->kind != ScopeKind::Class) unit = unit->outer;
  if (!unit) return;
  for (const Symbol known : unit->static_attributes)
    if (known == node.attr) return;
  unit->static_attributes.push_back(node.attr);
}

void Compiler::augmented_assign(ast::AugAssign& node) {
  const Span at = span_of(node), target_at = span_of(*node.target);
  const Register base = code_->top;
  if (const auto* name = ast::try_as<ast::Name>(node.target)) {
    if (name->id.binding.kind == ast::Binding::Kind::Local) {
      const Register local = name->id.binding.index;
      check_local(target_at, local);
      Value left = borrowed(local);
      if (walrus_between(node.value->start, node.value->end)) {
        left = temporary(code_->take());
        code_->emit(target_at, Opcode::op_move, left.reg, local);
      }
      operate(at, node.op, local, left, node.value, inplace);
    } else {
      load_name(target_at, name->id, base);
      operate(at, node.op, base, temporary(base), node.value, inplace);
      store_variable(target_at, name->id, temporary(base));
    }
  } else if (auto* attribute = ast::try_as<ast::Attribute>(node.target)) {
    const Span name_at = attribute_span(*attribute, target_at);
    const Symbol member = mangled(attribute->attr);
    const Value object = value(attribute->value, node.value->end);
    const Register result = code_->take();
    code_->emit(name_at, Opcode::op_load_attribute, result, object.reg, name_cache(member));
    operate(at, node.op, result, temporary(result), node.value, inplace);
    code_->emit_ab(name_at, Opcode::op_store_attribute, temporary(result), object, name_cache(member));
  } else {
    auto& item = *ast::as<ast::Subscript>(node.target);
    const Value container = value(item.value, node.value->end);
    if (is_two_part_slice(item.slice)) {
      const Register bounds = push_bounds(*ast::as<ast::Slice>(item.slice));
      code_->emit(target_at, Opcode::op_move, bounds + 2, bounds);
      code_->emit(target_at, Opcode::op_move, bounds + 3, bounds + 1);
      code_->emit(target_at, Opcode::op_load_slice, bounds + 2, container.reg, bounds + 2);
      code_->top = bounds + 3;
      operate(at, node.op, bounds + 2, temporary(bounds + 2), node.value, inplace);
      code_->emit_ab(target_at, Opcode::op_store_slice, temporary(bounds + 2), container, bounds);
    } else {
      const Value index = value(item.slice, node.value->end);
      const Register result = code_->take();
      code_->emit(target_at, Opcode::op_load_item, result, container.reg, index.reg);
      operate(at, node.op, result, temporary(result), node.value, inplace);
      code_->emit_abc(target_at, Opcode::op_store_item, temporary(result), container, index);
    }
  }
  code_->top = base;
}

// The annotation itself, or its text under `from __future__ import annotations`.
void Compiler::annotation_into(E* node, Register target, Span at) {
  if (!module_.features.annotations) {
    if (const auto* star = ast::try_as<ast::Starred>(node)) {  // `*args: *Ts`
      const Register base = code_->top;
      const Value sequence = value(star->value);
      code_->emit_b(at, Opcode::op_unpack_sequence, target, sequence, 1);
      return settle(base, target);
    }
    return into(node, target);
  }
  load_string(span_of(*node), target, unparse(*node, symbols_));
  settle(code_->top, target);
}

void Compiler::annotated_assign(ast::AnnAssign& node) {
  const Register base = code_->top;
  const bool in_namespace = !unit_->scope->optimized;
  if (node.value) assign_to(node.target, node.value);
  code_->top = base;
  if (const auto* name = ast::try_as<ast::Name>(node.target); name && node.simple) {
    if (!in_namespace) return;
    const Register annotation = code_->top;
    const Span at = span_of(node);
    annotation_into(node.annotation, annotation, at);
    const Register namespace_ = code_->take();
    code_->emit(at, Opcode::op_load_name, namespace_, name_cache(Symbol::name___annotations__));
    const Register key = code_->take();
    load_symbol(at, key, mangled(name->id.symbol));
    code_->emit_abc(at, Opcode::op_store_item, temporary(annotation), temporary(namespace_), temporary(key));
    code_->top = base;
    return;
  }
  if (!node.value) {
    if (auto* attribute = ast::try_as<ast::Attribute>(node.target)) {
      discard(attribute->value);
    } else if (auto* item = ast::try_as<ast::Subscript>(node.target)) {
      discard(item->value);
      evaluate_unused(item->slice);
    }
  }
  if (in_namespace && !module_.features.annotations) discard(node.annotation);
}

// The parts of an index that is never used.
void Compiler::evaluate_unused(E* node) {
  if (auto* slice = ast::try_as<ast::Slice>(node)) {
    for (E* part : {slice->lower, slice->upper, slice->step})
      if (part) discard(part);
  } else if (auto* tuple = ast::try_as<ast::Collection>(node); tuple && node->kind == K::Tuple) {
    for (E* part : tuple->elts) evaluate_unused(part);
  } else if (auto* star = ast::try_as<ast::Starred>(node)) {
    discard(star->value);
  } else {
    discard(node);
  }
}

void Compiler::setup_annotations(const ast::Block& body, Span at) {
  if (!has_annotation(body)) return;
  const Register none = intrinsic(at, Intrinsic::setup_annotations);
  drop(at, none);
  code_->top = none;
}

void Compiler::delete_target(E* target) {
  const Register base = code_->top;
  switch (target->kind) {
    case K::Name: return delete_variable(span_of(*target), ast::as<ast::Name>(target)->id);
    case K::Attribute: {
      auto& n = *ast::as<ast::Attribute>(target);
      const Value object = value(n.value);
      code_->emit_b(attribute_span(n, span_of(n)), Opcode::op_delete_attribute, 0, object,
                    name_cache(mangled(n.attr)));
      break;
    }
    case K::Subscript: {
      auto& n = *ast::as<ast::Subscript>(target);
      const Value container = value(n.value, n.slice->end);
      code_->emit_bc(span_of(n), Opcode::op_delete_item, 0, container, value(n.slice));
      break;
    }
    case K::Tuple:
    case K::List:
      for (E* element : ast::as<ast::Collection>(target)->elts) delete_target(element);
      break;
    default: break;
  }
  code_->top = base;
}

void Compiler::delete_variable(Span at, const ast::Identifier& name) {
  using B = ast::Binding::Kind;
  const std::uint32_t index = name.binding.index;
  switch (name.binding.kind) {
    case B::Local:
      return code_->emit(at, code_->is_bound(index) ? Opcode::op_clear_local : Opcode::op_delete_local,
                         index);
    case B::Cell: return code_->emit(at, Opcode::op_delete_cell, code_->cell(index));
    case B::Free:
    case B::NameOrFree: return code_->emit(at, Opcode::op_delete_free, index);
    case B::Global: return code_->emit(at, Opcode::op_delete_global, 0, name_cache(mangled(name.symbol)));
    default: return code_->emit(at, Opcode::op_delete_name, 0, name_cache(mangled(name.symbol)));
  }
}

}  // namespace cede::lang::compiling
