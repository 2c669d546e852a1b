// The first step of `resolve`, expressions.
#include <algorithm>

#include "lang/resolve_state.hpp"

namespace cede::lang::resolving {

void Resolver::expressions(const ast::Expressions& nodes) {
  for (ast::Expression* node : nodes) expression(node);
}

void Resolver::expression(ast::Expression* node) {
  using K = ast::Kind;
  switch (node->kind) {
    case K::Name: return name(*ast::as<ast::Name>(node));
    case K::Constant: return;
    case K::Attribute: return expression(ast::as<ast::Attribute>(node)->value);
    case K::Call: return call(*ast::as<ast::Call>(node));
    case K::BoolOp: return expressions(ast::as<ast::BoolOp>(node)->values);
    case K::NamedExpr: return named_expression(*ast::as<ast::NamedExpr>(node));
    case K::BinOp: {
      auto& n = *ast::as<ast::BinOp>(node);
      return expression(n.left), expression(n.right);
    }
    case K::UnaryOp: return expression(ast::as<ast::UnaryOp>(node)->operand);
    case K::Lambda: return lambda(*ast::as<ast::Lambda>(node));
    case K::IfExp: {
      auto& n = *ast::as<ast::IfExp>(node);
      return expression(n.test), expression(n.body), expression(n.orelse);
    }
    case K::Dict: return dict(*ast::as<ast::Dict>(node));
    case K::Set: return expressions(ast::as<ast::Set>(node)->elts);
    case K::List:
    case K::Tuple: return expressions(ast::as<ast::Collection>(node)->elts);
    case K::ListComp:
    case K::SetComp:
    case K::DictComp:
    case K::GeneratorExp: return comprehension(*ast::as<ast::Comprehension>(node));
    case K::Await: return await_expression(*ast::as<ast::Await>(node));
    case K::Yield: return yield_expression(*node, ast::as<ast::Yield>(node)->value);
    case K::YieldFrom: return yield_expression(*node, ast::as<ast::YieldFrom>(node)->value);
    case K::Compare: {
      auto& n = *ast::as<ast::Compare>(node);
      return expression(n.left), expressions(n.comparators);
    }
    case K::FormattedValue: {
      auto& n = *ast::as<ast::FormattedValue>(node);
      return expression(n.value), optional(n.format_spec);
    }
    case K::JoinedStr: return expressions(ast::as<ast::JoinedStr>(node)->values);
    case K::Subscript: {
      auto& n = *ast::as<ast::Subscript>(node);
      return expression(n.value), expression(n.slice);
    }
    case K::Starred: return expression(ast::as<ast::Starred>(node)->value);
    case K::Slice: {
      auto& n = *ast::as<ast::Slice>(node);
      return optional(n.lower), optional(n.upper), optional(n.step);
    }
    default: return;
  }
}

void Resolver::call(ast::Call& node) {
  expression(node.func);
  expressions(node.args);
  for (ast::Keyword* keyword : node.keywords) expression(keyword->value);
}

void Resolver::name(ast::Name& node) {
  const bool load = node.context == ast::ExprContext::Load;
  define(node.id, load ? SymbolEntry::Used : SymbolEntry::DefinedLocal, node);
  if (load && node.id.symbol == Symbol::name_super && scope_->is_function_like())
    define(Symbol::name___class__, SymbolEntry::Used, node);
}

void Resolver::dict(ast::Dict& node) {
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    optional(node.keys[i]);
    expression(node.values[i]);
  }
}

void Resolver::defaults(const ast::Arguments& node) {
  expressions(node.defaults);
  for (ast::Expression* value : node.kw_defaults) optional(value);
}

void Resolver::lambda(ast::Lambda& node) {
  defaults(*node.args);
  node.scope = enter(ScopeKind::Lambda, Symbol::Lambda, &node);
  parameters(*node.args);
  expression(node.body);
  leave();
}

void Resolver::reorder(std::size_t first, std::size_t middle) {
  if (middle == first || middle == references_.size()) return;
  std::rotate(references_.begin() + static_cast<std::ptrdiff_t>(first),
              references_.begin() + static_cast<std::ptrdiff_t>(middle), references_.end());
}

// Annotations, bounds and type aliases are evaluated elsewhere or never, so they cannot bind or suspend.
void Resolver::forbid_in_annotation(std::string_view what, const ast::Node& at) const {
  std::string message(what);
  switch (scope_->kind) {
    case ScopeKind::Annotation: message += " cannot be used within an annotation"; break;
    case ScopeKind::TypeVariable:
      message.append(" cannot be used within ").append(scope_->description);
      break;
    case ScopeKind::TypeAlias: message += " cannot be used within a type alias"; break;
    case ScopeKind::TypeParameters: message += " cannot be used within the definition of a generic"; break;
    default: return;
  }
  error(at, std::move(message));
}

void Resolver::named_expression(ast::NamedExpr& node) {
  forbid_in_annotation("named expression", node);
  if (scope_->iterables)
    error(node, "assignment expression cannot be used in a comprehension iterable expression");
  auto& target = *ast::as<ast::Name>(node.target);
  if (scope_->is_comprehension()) extend_scope_of_named_expression(target);
  expression(node.value);
  name(target);
}

// PEP 572: in a comprehension, the target belongs to the scope around all comprehensions.
void Resolver::extend_scope_of_named_expression(ast::Name& target) {
  const Symbol symbol = mangled(target.id.symbol);
  const auto declare = [&](unsigned in_comprehension, unsigned around, BuildScope& owner) {
    define_in(*scope_, symbol, in_comprehension, target, target.id.symbol);
    directives_.push_back({scope_, symbol, &target});
    define_in(owner, symbol, around, target, target.id.symbol);
  };
  const auto forbid = [&](std::string_view where) {
    error(target, "assignment expression within a comprehension cannot be used " + std::string(where));
  };
  for (BuildScope* scope = scope_; scope; scope = scope->outer()) {
    switch (scope->kind) {
      case ScopeKind::Comprehension:
      case ScopeKind::GeneratorExpression:
        if (scope->flags_of(symbol) & SymbolEntry::ComprehensionIteration)
          error(target, naming("assignment expression cannot rebind comprehension iteration variable ",
                               text(target.id.symbol), ""));
        continue;
      case ScopeKind::Function:
      case ScopeKind::Lambda:
        return declare(scope->flags_of(symbol) & SymbolEntry::DefinedGlobal ? SymbolEntry::DefinedGlobal
                                                                            : SymbolEntry::DefinedNonlocal,
                       SymbolEntry::DefinedLocal, *scope);
      case ScopeKind::Module: return declare(SymbolEntry::DefinedGlobal, SymbolEntry::DefinedGlobal, *scope);
      case ScopeKind::Class: return forbid("in a class body");
      case ScopeKind::TypeVariable: return forbid("in a TypeVar bound");
      case ScopeKind::TypeAlias: return forbid("in a type alias");
      case ScopeKind::TypeParameters: return forbid("within the definition of a generic");
      case ScopeKind::Annotation: continue;
    }
  }
}

void Resolver::comprehension(ast::Comprehension& node) {
  static constexpr Symbol names[] = {Symbol::ListComprehension, Symbol::SetComprehension,
                                     Symbol::DictComprehension, Symbol::GeneratorExpression};
  comprehension_iterable(node.generators.front()->iter);  // belongs to the scope around
  const bool generator = node.kind == ast::Kind::GeneratorExp;
  BuildScope* scope =
      enter(generator ? ScopeKind::GeneratorExpression : ScopeKind::Comprehension,
            names[static_cast<int>(node.kind) - static_cast<int>(ast::Kind::ListComp)], &node);
  node.scope = scope;
  scope->generator = generator;
  scope->coroutine = node.generators.front()->is_async;
  if (!scope->inlined) {
    define_implicit_parameter(Symbol::IterableParameter);
    scope->positional = 1;
  }
  comprehension_parts(node);
  leave();
  if (scope->coroutine && !generator) scope_->coroutine = true;
}

void Resolver::comprehension_parts(ast::Comprehension& node) {
  for (ast::ComprehensionClause* clause : node.generators) {
    const std::size_t first = references_.size();
    comprehension_target(clause->target);
    if (clause != node.generators.front()) {
      const std::size_t middle = references_.size();
      comprehension_iterable(clause->iter);
      reorder(first, middle);
    }
    expressions(clause->ifs);
    if (clause->is_async) scope_->coroutine = true;
  }
  const std::size_t first = references_.size();
  optional(node.value);
  const std::size_t middle = references_.size();
  expression(node.elt);
  reorder(first, middle);
}

void Resolver::comprehension_target(ast::Expression* target) {
  scope_->in_comprehension_target = true;
  expression(target);
  scope_->in_comprehension_target = false;
}

void Resolver::comprehension_iterable(ast::Expression* iterable) {
  ++scope_->iterables;
  expression(iterable);
  --scope_->iterables;
}

void Resolver::yield_expression(ast::Expression& node, ast::Expression* value) {
  forbid_in_annotation("yield expression", node);
  optional(value);
  scope_->generator = true;
  if (!scope_->is_comprehension()) return;
  std::string_view where = "generator expression";
  switch (scope_->node->kind) {
    case ast::Kind::ListComp: where = "list comprehension"; break;
    case ast::Kind::SetComp: where = "set comprehension"; break;
    case ast::Kind::DictComp: where = "dict comprehension"; break;
    default: break;
  }
  error(node, "'yield' inside " + std::string(where));
}

void Resolver::await_expression(ast::Await& node) {
  forbid_in_annotation("await expression", node);
  expression(node.value);
  // In a plain function this is an error, which `check` reports.
  scope_->coroutine = true;
}

}  // namespace cede::lang::resolving
