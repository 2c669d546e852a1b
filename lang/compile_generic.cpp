// PEP 695: type parameters and type aliases. What they are made of is evaluated lazily, by functions.
#include "lang/compiler.hpp"

namespace cede::lang::compiling {

// A tuple of the parameters, each of which is stored under its name, in a new temporary.
void Compiler::type_parameters(const ast::Sequence<ast::TypeParam*>& parameters) {
  const Register first = code_->top;
  for (ast::TypeParam* node : parameters) type_parameter(*node);
  code_->emit(span_of(*parameters[0]), Opcode::op_build_tuple, first, first, parameters.size());
  code_->top = first + 1;
}

void Compiler::type_parameter(ast::TypeParam& node) {
  const Span at = span_of(node);
  const Register reg = push_string(at, text(node.name.symbol));
  if (node.bound) {
    push_lazy(*node.bound_scope, node.name.symbol, node.bound, span_of(*node.bound));
    const bool constraints = node.bound->kind == ast::Kind::Tuple;
    intrinsic(at, constraints ? Intrinsic::type_var_with_constraints : Intrinsic::type_var_with_bound,
              temporary(reg), temporary(reg + 1));
  } else {
    intrinsic(at,
              node.kind == ast::Kind::TypeVar     ? Intrinsic::type_var
              : node.kind == ast::Kind::ParamSpec ? Intrinsic::param_spec
                                                  : Intrinsic::type_var_tuple,
              temporary(reg));
  }
  if (node.default_value) {
    push_lazy(*node.default_scope, node.name.symbol, node.default_value, span_of(*node.default_value));
    intrinsic(at, Intrinsic::set_type_param_default, temporary(reg), temporary(reg + 1));
  }
  store_variable(at, node.name, borrowed(reg));
}

// A function that evaluates `node`, in a new temporary.
void Compiler::push_lazy(const Scope& scope, Symbol name, E* node, Span at) {
  const Register reg = code_->top;
  enter(scope, qualify(scope, name), nullptr);
  code_->none_constant();
  make_cells(scope);
  const Register base = code_->top;
  if (auto* star = ast::try_as<ast::Starred>(node)) {  // `*Ts = *tuple`
    const Value sequence = value(star->value);
    code_->emit_b(span_of(*node), Opcode::op_unpack_sequence, base, sequence, 1);
    code_->emit_a(at, Opcode::op_return_value, temporary(base));
  } else {
    code_->emit_a(at, Opcode::op_return_value, value(node));
  }
  code_->top = base;
  make_function(at, scope, leave(scope, text(name), line_of(*node)), 0, reg, reg);
}

void Compiler::type_alias(ast::TypeAlias& node) {
  const Span at = span_of(node);
  const Register base = code_->top;
  if (node.type_params_scope) {
    const Scope& scope = *node.type_params_scope;
    enter(scope, qualify(scope, scope.name), nullptr);
    make_cells(scope);
    const Register result = code_->top;
    alias_value(node);
    code_->emit_a(at, Opcode::op_return_value, temporary(result));
    make_function(at, scope, leave(scope, text(scope.name), line_of(node)), 0, base, base);
    code_->emit(at, Opcode::op_call, base, base, 0);
  } else {
    alias_value(node);
  }
  store_variable(span_of(*node.name), ast::as<ast::Name>(node.name)->id, temporary(base));
  code_->top = base;
}

// The alias itself, in a new temporary: of its name, parameters or None, and the function that gives the
// value.
void Compiler::alias_value(ast::TypeAlias& node) {
  const Span at = span_of(node);
  const Symbol name = ast::as<ast::Name>(node.name)->id.symbol;
  const Register first = push_string(at, text(name));
  if (node.type_params.empty())
    push_none(at);
  else
    type_parameters(node.type_params);
  push_lazy(*node.scope, name, node.value, at);
  code_->emit(at, Opcode::op_build_tuple, first, first, 3);
  intrinsic(at, Intrinsic::type_alias, temporary(first));
}

}  // namespace cede::lang::compiling
