// Classes: the statement, which calls __build_class__, and the code of the body.
#include "lang/compiler.hpp"

namespace cede::lang::compiling {

void Compiler::class_statement(ast::ClassDef& node) {
  const Span at = span_of(node);
  const Register base = code_->top;
  push_decorators(node.decorator_list);
  const Register result = code_->top;
  if (node.type_params_scope) {
    // def <generic parameters of C>():
    //     .type_params = (TypeVar("T"),)
    //     return __build_class__(body, "C", *bases, Generic[.type_params])
    const Scope& scope = *node.type_params_scope;
    enter(scope, qualify(scope, scope.name), nullptr);
    make_cells(scope);
    const Register parameters = code_->top;
    type_parameters(node.type_params);
    store_binding(at, scope.find(Symbol::TypeParameters)->binding, Symbol::TypeParameters,
                  temporary(parameters));
    code_->top = parameters;
    build_class(node, parameters);
    code_->emit_a(at, Opcode::op_return_value, temporary(parameters));
    std::shared_ptr<const CodeUnit> unit =
        leave(scope, text(scope.name), first_line(node, node.decorator_list));
    make_function(at, scope, std::move(unit), 0, result, result);
    code_->emit(at, Opcode::op_call, result, result, 0);
  } else {
    build_class(node, result);
  }
  apply_decorators(node.decorator_list, base);
  store_variable(at, node.name, temporary(base));
  code_->top = base;
}

// __build_class__(body, name, *bases, **keywords) into the temporary `target`.
void Compiler::build_class(ast::ClassDef& node, Register target) {
  const Span at = span_of(node);
  const bool plain = is_plain_call(node.bases, node.keywords);
  code_->emit(at, Opcode::op_load_build_class, target);
  const Register body = plain ? target + 1 + call_header : target + 1;
  code_->top = body;
  make_function(at, *node.scope, class_unit(node), 0, body, body);
  push_string(at, text(node.name.symbol));
  ast::Expressions bases = node.bases;
  if (node.type_params_scope) {
    const Scope& scope = *node.type_params_scope;
    const Register generic = code_->top;
    load_variable(at, scope.find(Symbol::TypeParameters)->binding, Symbol::TypeParameters, generic);
    intrinsic(at, Intrinsic::subscript_generic, temporary(generic));
    const ast::Binding binding = scope.find(Symbol::GenericBase)->binding;
    store_binding(at, binding, Symbol::GenericBase, temporary(generic));
    code_->top = generic;
    auto* name = module_.arena->make<ast::Name>();
    name->kind = ast::Kind::Name;
    name->start = node.start, name->end = node.end;
    name->id = {Symbol::GenericBase, binding};
    bases = module_.arena->make_array<E*>(node.bases.size() + 1);
    std::copy(node.bases.begin(), node.bases.end(), bases.begin());
    bases.back() = name;
  }
  if (!plain) return spread_call(at, target, bases, node.keywords, target, 2);
  push_arguments(bases, node.keywords);
  finish_call(at, target, 2 + bases.size(), node.keywords, false, target);
}

std::shared_ptr<const CodeUnit> Compiler::class_unit(ast::ClassDef& node) {
  const Scope& scope = *node.scope;
  enter(scope, qualify(scope, node.name.symbol), &node.body);
  const std::uint32_t line = first_line(node, node.decorator_list);
  const std::uint32_t start = source_.line_start(line);
  make_cells(scope);
  class_prologue(node, {start, start});
  std::uint32_t skipped = 0;
  if (scope.has_docstring && options_.optimize < 2) {
    const auto* constant = ast::as<ast::Constant>(ast::as<ast::ExpressionStatement>(node.body[0])->value);
    const Register docstring = push_string(span_of(*constant), clean_docstring(constant->text));
    store_name_of(span_of(*constant), Symbol::name___doc__, temporary(docstring));
    code_->top = docstring;
    skipped = 1;
  }
  unit_->last = span_of(*node.body[0]);
  block({node.body.begin() + skipped, node.body.size() - skipped});
  class_epilogue(scope, unit_->last);
  return leave(scope, text(node.name.symbol), line);
}

void Compiler::class_prologue(ast::ClassDef& node, Span at) {
  const Scope& scope = *node.scope;
  const Register reg = code_->take();
  code_->emit(at, Opcode::op_load_name, reg, name_cache(Symbol::name___name__));
  store_name_of(at, Symbol::name___module__, temporary(reg));
  load_string(at, reg, unit_->qualified_name);
  store_name_of(at, Symbol::name___qualname__, temporary(reg));
  load_integer(at, reg, first_line(node, node.decorator_list));
  store_name_of(at, Symbol::name___firstlineno__, temporary(reg));
  code_->top = reg;
  if (node.type_params_scope) {
    load_variable(at, scope.find(Symbol::TypeParameters)->binding, Symbol::TypeParameters, reg);
    store_name_of(at, Symbol::name___type_params__, temporary(reg));
    code_->top = reg;
  }
  if (scope.needs_class_dict) {
    code_->emit(at, Opcode::op_load_namespace, reg);
    for (std::uint32_t i = 0; i < scope.cells.size(); ++i)
      if (scope.cells[i].name == Symbol::name___classdict__)
        code_->emit_b(at, Opcode::op_store_cell, code_->cell(i), temporary(reg));
  }
  setup_annotations(node.body, at);
  code_->top = reg;
}

void Compiler::store_class_cell(Span at, const Scope& scope, Symbol cell, Symbol name) {
  for (std::uint32_t i = 0; i < scope.cells.size(); ++i) {
    if (scope.cells[i].name != cell || scope.cells[i].owner) continue;
    code_->emit(at, Opcode::op_move, code_->top, code_->cell(i));
    store_name_of(at, name, temporary(code_->top));
  }
}

void Compiler::class_epilogue(const Scope& scope, Span at) {
  if (!code_->reachable()) return;
  const Register reg = code_->top;
  ConstantTuple names;
  for (const Symbol name : unit_->static_attributes)
    names.items.push_back(ConstantStr{std::string(text(name))});
  code_->emit(at, Opcode::op_load_constant, reg, code_->constant(ConstantValue(std::move(names))));
  store_name_of(at, Symbol::name___static_attributes__, temporary(reg));
  if (scope.needs_class_dict)
    store_class_cell(at, scope, Symbol::name___classdict__, Symbol::name___classdictcell__);
  if (scope.needs_class_cell) {
    store_class_cell(at, scope, Symbol::name___class__, Symbol::name___classcell__);
    for (std::uint32_t i = 0; i < scope.cells.size(); ++i) {
      if (scope.cells[i].name != Symbol::name___class__ || scope.cells[i].owner) continue;
      code_->emit(at, Opcode::op_move, reg, code_->cell(i));
      code_->emit_a(at, Opcode::op_return_value, temporary(reg));
      return;
    }
  }
  finish_body(at);
}

}  // namespace cede::lang::compiling
