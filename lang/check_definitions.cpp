// Functions, classes, type aliases and what belongs to them.
#include "lang/check_state.hpp"

namespace cede::lang::checking {

void Checker::enter(const Scope* scope) {
  const bool code_of_module_or_class = scope->kind == ScopeKind::Module || scope->kind == ScopeKind::Class;
  units_.push_back(
      {scope, blocks_.size(), !code_of_module_or_class,
       scope->node->kind == ast::Kind::AsyncFunctionDef && scope->kind == ScopeKind::Function,
       scope->kind == ScopeKind::Comprehension || scope->kind == ScopeKind::GeneratorExpression});
}

void Checker::leave() { units_.pop_back(); }

void Checker::function_definition(const ast::FunctionDef& node) {
  parameter_names(*node.args);
  expressions(node.decorator_list);
  defaults(*node.args);
  if (node.type_params_scope) {
    enter(node.type_params_scope);
    type_parameters(node.type_params);
  }
  annotations(node);
  enter(node.scope);
  block(node.body);
  leave();
  if (node.type_params_scope) leave();
  bind(node.name.symbol, node);
}

void Checker::class_definition(const ast::ClassDef& node) {
  expressions(node.decorator_list);
  if (node.type_params_scope) {
    enter(node.type_params_scope);
    type_parameters(node.type_params);
  }
  enter(node.scope);
  block(node.body);
  leave();
  arguments(node.bases, node.keywords);
  if (node.type_params_scope) leave();
  bind(node.name.symbol, node);
}

void Checker::type_alias(const ast::TypeAlias& node) {
  if (node.type_params_scope) {
    enter(node.type_params_scope);
    type_parameters(node.type_params);
  }
  enter(node.scope);
  expression(*node.value);
  leave();
  if (node.type_params_scope) leave();
  bind(ast::as<ast::Name>(node.name)->id.symbol, node);
}

void Checker::lambda(const ast::Lambda& node) {
  parameter_names(*node.args);
  defaults(*node.args);
  enter(node.scope);
  expression(*node.body);
  leave();
}

void Checker::parameter_names(const ast::Arguments& node) {
  const auto check = [this](const ast::Arg* arg) {
    if (arg) bind(arg->arg.symbol, *arg);
  };
  for (const ast::Arg* arg : node.posonlyargs) check(arg);
  for (const ast::Arg* arg : node.args) check(arg);
  check(node.vararg);
  for (const ast::Arg* arg : node.kwonlyargs) check(arg);
  check(node.kwarg);
}

void Checker::defaults(const ast::Arguments& node) {
  expressions(node.defaults);
  for (const ast::Expression* value : node.kw_defaults) optional(value);
}

void Checker::annotations(const ast::FunctionDef& node) {
  if (module_.features.annotations) return;  // only their text is compiled
  for (const ast::Arg* arg : node.args->args) annotation_of(arg);
  for (const ast::Arg* arg : node.args->posonlyargs) annotation_of(arg);
  annotation_of(node.args->vararg);
  for (const ast::Arg* arg : node.args->kwonlyargs) annotation_of(arg);
  annotation_of(node.args->kwarg);
  optional(node.returns);
}

void Checker::annotation_of(const ast::Arg* node) {
  if (node && node->annotation) unstarred(*node->annotation);
}

void Checker::type_parameters(const ast::Sequence<ast::TypeParam*>& parameters) {
  bool after_default = false;
  for (const ast::TypeParam* node : parameters) {
    if (node->bound) {
      enter(node->bound_scope);
      expression(*node->bound);
      leave();
    }
    if (node->default_value) {
      after_default = true;
      enter(node->default_scope);
      unstarred(*node->default_value);
      leave();
    } else if (after_default) {
      error(*node, naming("non-default type parameter ", text(node->name.symbol),
                          " follows default type parameter"));
    }
    bind(node->name.symbol, *node);
  }
}

}  // namespace cede::lang::checking
