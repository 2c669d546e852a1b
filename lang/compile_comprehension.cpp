// Comprehensions and generator expressions. List, set and dict comprehensions are compiled into the code
// around (PEP 709), with registers of their own for their variables; generator expressions are generators
// that are called at once with the iterator of their first clause.
#include "lang/compiler.hpp"

namespace cede::lang::compiling {

using K = ast::Kind;

void Compiler::comprehension_into(ast::Comprehension& node, Register target) {
  node.scope->inlined ? inlined_comprehension(node, target) : called_comprehension(node, target);
}

void Compiler::get_iterator(const ast::ComprehensionClause& clause, Register target) {
  const Value iterable = value(clause.iter);
  code_->emit_b(span_of(*clause.iter),
                clause.is_async ? Opcode::op_get_async_iterator : Opcode::op_get_iterator, target, iterable);
  code_->top = target + 1;
}

namespace {

Opcode builder_of(K kind) {
  return kind == K::ListComp  ? Opcode::op_build_list
         : kind == K::SetComp ? Opcode::op_build_set
                              : Opcode::op_build_dict;
}

}  // namespace

// Makes the cells of variables that inner code shares. Whether the comprehension has variables of its own at
// all.
bool Compiler::make_hidden_cells(const Scope& owner, Span at) {
  bool any = false;
  const Scope& scope = *unit_->scope;
  for (const LocalVariable& local : scope.locals) any |= local.owner == &owner;
  for (std::uint32_t i = 0; i < scope.cells.size(); ++i) {
    if (scope.cells[i].owner != &owner) continue;
    any = true;
    code_->emit(at, Opcode::op_make_cell, code_->cell(i));
  }
  return any;
}

void Compiler::clear_hidden(const Scope& owner, Span at) {
  const Scope& scope = *unit_->scope;
  for (std::uint32_t i = 0; i < scope.locals.size(); ++i)
    if (scope.locals[i].owner == &owner) code_->emit(at, Opcode::op_clear_local, i);
  for (std::uint32_t i = 0; i < scope.cells.size(); ++i)
    if (scope.cells[i].owner == &owner) code_->emit(at, Opcode::op_clear_local, code_->cell(i));
}

// If an exception leaves the comprehension its variables are cleared, too.
void Compiler::inlined_comprehension(ast::Comprehension& node, Register target) {
  const Span at = span_of(node);
  const Register result = temporary_for(target), iterator = result + 1;
  code_->top = iterator;
  get_iterator(*node.generators[0], iterator);
  const std::vector<std::uint32_t> regions = code_->regions();
  code_->top = result;
  const Region region = code_->begin_region();
  const bool has_variables = make_hidden_cells(*node.scope, at);
  code_->emit(at, builder_of(node.kind), result, result, 0);
  code_->top = iterator + 1;
  clause(node, 0, result, iterator);
  code_->end_region(region);
  clear_hidden(*node.scope, at);
  if (has_variables) unit_->deferred.push_back({region, node.scope, at, regions});
  finish_temporary(at, result, target);
}

// Places the handlers of the comprehensions behind the code proper.
void Compiler::place_deferred() {
  for (const Unit::Deferred& handler : unit_->deferred) {
    code_->restore_regions(handler.regions);
    code_->place_handler(handler.region);
    clear_hidden(*handler.owner, handler.at);
    code_->emit_a(handler.at, Opcode::op_reraise, temporary(handler.region.exception));
  }
  code_->restore_regions({});
}

// One clause and all that is inside it; consumes the iterator.
void Compiler::clause(ast::Comprehension& node, std::uint32_t index, Register result, Register iterator) {
  const ast::ComprehensionClause& part = *node.generators[index];
  const Span at = span_of(*part.iter);
  const Label exhausted = code_->label(), next = code_->label();
  const Label head = code_->loop_head();
  const Register local = local_of(part.target);
  const Register item = iterator + 1;
  const Register target = local != no_register ? local : item;
  Region region;
  code_->top = item;
  if (part.is_async) {
    region = code_->begin_region();
    code_->emit(span_of(node), Opcode::op_get_anext, item, iterator);
    code_->emit(span_of(node), Opcode::op_await_value, target, item);
    code_->end_region(region);
  } else {
    code_->emit(at, Opcode::op_for_next, target, iterator, exhausted.id);
  }
  if (local == no_register) {
    code_->top = item + 1;
    store(part.target, temporary(item));
  }
  code_->top = item;
  for (E* test : part.ifs) condition(test, next, false);
  if (index + 1 < node.generators.size()) {
    get_iterator(*node.generators[index + 1], item);
    clause(node, index + 1, result, item);
  } else {
    element(node, result);
  }
  code_->place(next);
  code_->jump_back(span_of(*node.elt), head);
  if (part.is_async) {
    code_->place_handler(region);
    code_->emit(span_of(node), Opcode::op_end_async_for, region.exception, exhausted.id, no_register,
                consume_a);
  }
  code_->place(exhausted);
  drop(at, iterator);
  code_->top = iterator;
}

void Compiler::element(ast::Comprehension& node, Register result) {
  const Span at = span_of(*node.elt);
  const Register base = code_->top;
  switch (node.kind) {
    case K::ListComp: code_->emit_b(at, Opcode::op_list_append, result, value(node.elt)); break;
    case K::SetComp: code_->emit_b(at, Opcode::op_set_add, result, value(node.elt)); break;
    case K::DictComp: {
      const Value key = value(node.elt, node.value->end);
      code_->emit_bc({at.start, node.value->end}, Opcode::op_dict_store, result, key, value(node.value));
      break;
    }
    default:
      code_->emit_b(at, Opcode::op_yield_value, base, value(node.elt));
      drop(at, base);
      break;
  }
  code_->top = base;
}

void Compiler::called_comprehension(ast::Comprehension& node, Register target) {
  const Span at = span_of(node);
  const Scope& scope = *node.scope;
  const Register window = code_->top;
  make_function(at, scope, comprehension_unit(node), 0, window, window);
  code_->top = window + 1 + call_header;
  get_iterator(*node.generators[0], code_->top);
  const bool awaited = scope.coroutine && node.kind != K::GeneratorExp;
  code_->emit(at, Opcode::op_call, awaited ? window : target, window, 1);
  if (awaited) await(at, target, window, 0);
  settle(window, target);
}

std::shared_ptr<const CodeUnit> Compiler::comprehension_unit(ast::Comprehension& node) {
  const Scope& scope = *node.scope;
  const bool generator = node.kind == K::GeneratorExp;
  enter(scope, qualify(scope, scope.name), nullptr);
  code_->none_constant();
  make_cells(scope);
  const Span at = span_of(node);
  unit_->last = at;
  const bool guarded = scope.generator || scope.coroutine;
  const Region region = guarded ? code_->begin_region() : Region{};
  const Register result = code_->top;
  if (!generator) {
    code_->emit(at, builder_of(node.kind), result, result, 0);
    code_->take();
  }
  const Register iterator = code_->take();
  code_->emit(at, Opcode::op_move, iterator, 0);
  clause(node, 0, result, iterator);
  if (generator)
    finish_body(at);
  else
    code_->emit_a(at, Opcode::op_return_value, temporary(result));
  code_->top = result;
  if (guarded) stop_iteration_handler(region);
  return leave(scope, text(scope.name), line_of(node));
}

}  // namespace cede::lang::compiling
