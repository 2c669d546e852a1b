// Expressions, in the order of CPython's code generation.
#include "lang/check_state.hpp"

namespace cede::lang::checking {

void Checker::expression(const ast::Expression& node) {
  using K = ast::Kind;
  switch (node.kind) {
    case K::Constant: return;
    case K::Name:
      if (ast::as<ast::Name>(&node)->id.symbol != Symbol::name___debug__) return;
      if (node.context == ast::ExprContext::Del) error(node, "cannot delete __debug__");
      if (node.context == ast::ExprContext::Store) error(node, "cannot assign to __debug__");
      return;
    case K::Attribute: return attribute(*ast::as<ast::Attribute>(&node));
    case K::Call: return call(*ast::as<ast::Call>(&node));
    case K::BoolOp: return expressions(ast::as<ast::BoolOp>(&node)->values);
    case K::NamedExpr: {
      const auto& n = *ast::as<ast::NamedExpr>(&node);
      return expression(*n.value), expression(*n.target);
    }
    case K::BinOp: {
      const auto& n = *ast::as<ast::BinOp>(&node);
      return expression(*n.left), expression(*n.right);
    }
    case K::UnaryOp: return expression(*ast::as<ast::UnaryOp>(&node)->operand);
    case K::Lambda: return lambda(*ast::as<ast::Lambda>(&node));
    case K::IfExp: {
      const auto& n = *ast::as<ast::IfExp>(&node);
      return expression(*n.test), expression(*n.body), expression(*n.orelse);
    }
    case K::Dict: return dict(*ast::as<ast::Dict>(&node));
    case K::Set: return elements(ast::as<ast::Set>(&node)->elts);
    case K::List:
    case K::Tuple: return collection(*ast::as<ast::Collection>(&node));
    case K::ListComp:
    case K::SetComp:
    case K::DictComp:
    case K::GeneratorExp: return comprehension(*ast::as<ast::Comprehension>(&node));
    case K::Await: return await_expression(*ast::as<ast::Await>(&node));
    case K::Yield: return yield_expression(node, ast::as<ast::Yield>(&node)->value);
    case K::YieldFrom: return yield_expression(node, ast::as<ast::YieldFrom>(&node)->value);
    case K::Compare: return compare(*ast::as<ast::Compare>(&node));
    case K::FormattedValue: {
      const auto& n = *ast::as<ast::FormattedValue>(&node);
      return expression(*n.value), optional(n.format_spec);
    }
    case K::JoinedStr: return expressions(ast::as<ast::JoinedStr>(&node)->values);
    case K::Subscript: return subscript(*ast::as<ast::Subscript>(&node));
    case K::Starred:
      error(node, node.context == ast::ExprContext::Store
                      ? "starred assignment target must be in a list or tuple"
                      : "can't use starred expression here");
    case K::Slice: {
      const auto& n = *ast::as<ast::Slice>(&node);
      return optional(n.lower), optional(n.upper), optional(n.step);
    }
    default: return;
  }
}

// Where a star may stand.
void Checker::unstarred(const ast::Expression& node) {
  if (const auto* starred = ast::try_as<ast::Starred>(&node)) return expression(*starred->value);
  expression(node);
}

void Checker::collection(const ast::Collection& node) {
  if (node.context != ast::ExprContext::Store) return elements(node.elts);
  bool seen = false;
  for (std::size_t i = 0; i < node.elts.size(); ++i) {
    if (node.elts[i]->kind != ast::Kind::Starred) continue;
    if (seen) error(node, "multiple starred expressions in assignment");
    seen = true;
    if (i >= 256) error(node, "too many expressions in star-unpacking assignment");
  }
  elements(node.elts);
}

void Checker::dict(const ast::Dict& node) {
  for (std::size_t i = 0; i < node.values.size(); ++i) {
    optional(node.keys[i]);
    expression(*node.values[i]);
  }
}

void Checker::call(const ast::Call& node) {
  keyword_names(node.keywords);
  warn_not_callable(*node.func);
  expression(*node.func);
  arguments(node.args, node.keywords);
}

void Checker::arguments(const ast::Expressions& positional, const ast::Sequence<ast::Keyword*>& keywords) {
  keyword_names(keywords);
  elements(positional);
  for (const ast::Keyword* keyword : keywords) expression(*keyword->value);
}

// CPython takes the names in turn: is it forbidden, does it come again later?
void Checker::keyword_names(const ast::Sequence<ast::Keyword*>& keywords) {
  constexpr std::size_t few = 16;
  std::unordered_map<Symbol, std::size_t> seen;  // where each name came first, when there are many
  const ast::Keyword* repeated = nullptr;
  std::size_t earliest = keywords.size();  // where the repeated name came first
  for (std::size_t i = 0; i < keywords.size(); ++i) {
    const Symbol name = keywords[i]->arg;
    if (name == Symbol::Absent) continue;
    std::size_t first = 0;
    if (keywords.size() > few)
      first = seen.try_emplace(name, i).first->second;
    else
      while (keywords[first]->arg != name) ++first;
    if (first < i && first < earliest) earliest = first, repeated = keywords[i];
  }
  for (std::size_t i = 0; i < keywords.size() && i <= earliest; ++i) bind(keywords[i]->arg, *keywords[i]);
  if (repeated) error(*repeated, "keyword argument repeated: " + std::string(text(repeated->arg)));
}

void Checker::attribute(const ast::Attribute& node) {
  expression(*node.value);
  if (node.context == ast::ExprContext::Store) bind(node.attr, node);
}

void Checker::subscript(const ast::Subscript& node) {
  if (node.context == ast::ExprContext::Load) {
    warn_not_subscriptable(*node.value);
    warn_bad_index(*node.value, *node.slice);
  }
  expression(*node.value);
  expression(*node.slice);
}

bool Checker::at_top_level_await() const {
  return options_.allow_top_level_await && units_.back().scope->kind == ScopeKind::Module;
}

void Checker::comprehension(const ast::Comprehension& node) {
  const bool generator = node.kind == ast::Kind::GeneratorExp;
  const Scope& scope = *node.scope;
  const auto check_async = [&] {
    const Unit& unit = units_[units_.size() - (scope.inlined ? 1 : 2)];
    if (scope.coroutine && !generator && !unit.async_function && !unit.comprehension &&
        !(options_.allow_top_level_await && unit.scope->kind == ScopeKind::Module))
      error(node, "asynchronous comprehension outside of an asynchronous function");
  };
  if (scope.inlined) {
    expression(*node.generators.front()->iter);
    check_async();
    return comprehension_parts(node);
  }
  enter(&scope);
  check_async();
  comprehension_parts(node);
  leave();
  expression(*node.generators.front()->iter);
}

void Checker::comprehension_parts(const ast::Comprehension& node) {
  for (const ast::ComprehensionClause* clause : node.generators) {
    if (clause != node.generators.front()) expression(*clause->iter);
    expression(*clause->target);
    expressions(clause->ifs);
  }
  expression(*node.elt);
  optional(node.value);
}

void Checker::yield_expression(const ast::Expression& node, const ast::Expression* value) {
  const Unit& unit = units_.back();
  const bool from = node.kind == ast::Kind::YieldFrom;
  if (!unit.function_like) error(node, from ? "'yield from' outside function" : "'yield' outside function");
  if (from && unit.async_function) error(node, "'yield from' inside async function");
  optional(value);
}

void Checker::await_expression(const ast::Await& node) {
  const Unit& unit = units_.back();
  if (!at_top_level_await()) {
    if (!unit.function_like) error(node, "'await' outside function");
    if (!unit.async_function && !unit.comprehension) error(node, "'await' outside async function");
  }
  expression(*node.value);
}

void Checker::compare(const ast::Compare& node) {
  warn_identity(node);
  expression(*node.left);
  expressions(node.comparators);
}

}  // namespace cede::lang::checking
