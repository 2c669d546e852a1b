// The fields of every node, by name, in the order of Python's `ast` module. One table for everything that
// walks trees generically: the dump, the tests, tools. The visitor is called as `visit(name, field)` where
// field is one of
//   Expression*, Pattern*, Arguments*, ... (null = absent), a Sequence, an Identifier, a Symbol, or a plain
//   value.
// Sequences may hold null elements (Dict::keys, Arguments::kw_defaults).
#pragma once

#include "lang/ast.hpp"

namespace cede::lang::ast {

namespace detail {

template<class Visit> void visit_expression(const Node& node, Visit&& visit) {
  switch (node.kind) {
    case Kind::BoolOp: {
      const auto& n = *as<BoolOp>(&node);
      return visit("op", n.op), visit("values", n.values);
    }
    case Kind::NamedExpr: {
      const auto& n = *as<NamedExpr>(&node);
      return visit("target", n.target), visit("value", n.value);
    }
    case Kind::BinOp: {
      const auto& n = *as<BinOp>(&node);
      return visit("left", n.left), visit("op", n.op), visit("right", n.right);
    }
    case Kind::UnaryOp: {
      const auto& n = *as<UnaryOp>(&node);
      return visit("op", n.op), visit("operand", n.operand);
    }
    case Kind::Lambda: {
      const auto& n = *as<Lambda>(&node);
      return visit("args", n.args), visit("body", n.body);
    }
    case Kind::IfExp: {
      const auto& n = *as<IfExp>(&node);
      return visit("test", n.test), visit("body", n.body), visit("orelse", n.orelse);
    }
    case Kind::Dict: {
      const auto& n = *as<Dict>(&node);
      return visit("keys", n.keys), visit("values", n.values);
    }
    case Kind::Set: return visit("elts", as<Set>(&node)->elts);
    case Kind::ListComp:
    case Kind::SetComp:
    case Kind::GeneratorExp: {
      const auto& n = *as<Comprehension>(&node);
      return visit("elt", n.elt), visit("generators", n.generators);
    }
    case Kind::DictComp: {
      const auto& n = *as<Comprehension>(&node);
      return visit("key", n.elt), visit("value", n.value), visit("generators", n.generators);
    }
    case Kind::Await: return visit("value", as<Await>(&node)->value);
    case Kind::Yield: return visit("value", as<Yield>(&node)->value);
    case Kind::YieldFrom: return visit("value", as<YieldFrom>(&node)->value);
    case Kind::Compare: {
      const auto& n = *as<Compare>(&node);
      return visit("left", n.left), visit("ops", n.ops), visit("comparators", n.comparators);
    }
    case Kind::Call: {
      const auto& n = *as<Call>(&node);
      return visit("func", n.func), visit("args", n.args), visit("keywords", n.keywords);
    }
    case Kind::FormattedValue: {
      const auto& n = *as<FormattedValue>(&node);
      return visit("value", n.value), visit("conversion", n.conversion), visit("format_spec", n.format_spec);
    }
    case Kind::JoinedStr: return visit("values", as<JoinedStr>(&node)->values);
    case Kind::Constant: return visit("value", *as<Constant>(&node));
    case Kind::Attribute: {
      const auto& n = *as<Attribute>(&node);
      return visit("value", n.value), visit("attr", n.attr), visit("ctx", n.context);
    }
    case Kind::Subscript: {
      const auto& n = *as<Subscript>(&node);
      return visit("value", n.value), visit("slice", n.slice), visit("ctx", n.context);
    }
    case Kind::Starred: {
      const auto& n = *as<Starred>(&node);
      return visit("value", n.value), visit("ctx", n.context);
    }
    case Kind::Name: {
      const auto& n = *as<Name>(&node);
      return visit("id", n.id), visit("ctx", n.context);
    }
    case Kind::List:
    case Kind::Tuple: {
      const auto& n = *as<Collection>(&node);
      return visit("elts", n.elts), visit("ctx", n.context);
    }
    case Kind::Slice: {
      const auto& n = *as<Slice>(&node);
      return visit("lower", n.lower), visit("upper", n.upper), visit("step", n.step);
    }
    default: return;
  }
}

template<class Visit> void visit_statement(const Node& node, Visit&& visit) {
  switch (node.kind) {
    case Kind::FunctionDef:
    case Kind::AsyncFunctionDef: {
      const auto& n = *as<FunctionDef>(&node);
      visit("name", n.name), visit("args", n.args), visit("body", n.body);
      return visit("decorator_list", n.decorator_list), visit("returns", n.returns),
             visit("type_params", n.type_params);
    }
    case Kind::ClassDef: {
      const auto& n = *as<ClassDef>(&node);
      visit("name", n.name), visit("bases", n.bases), visit("keywords", n.keywords), visit("body", n.body);
      return visit("decorator_list", n.decorator_list), visit("type_params", n.type_params);
    }
    case Kind::Return: return visit("value", as<Return>(&node)->value);
    case Kind::Delete: return visit("targets", as<Delete>(&node)->targets);
    case Kind::Assign: {
      const auto& n = *as<Assign>(&node);
      return visit("targets", n.targets), visit("value", n.value);
    }
    case Kind::TypeAlias: {
      const auto& n = *as<TypeAlias>(&node);
      return visit("name", n.name), visit("type_params", n.type_params), visit("value", n.value);
    }
    case Kind::AugAssign: {
      const auto& n = *as<AugAssign>(&node);
      return visit("target", n.target), visit("op", n.op), visit("value", n.value);
    }
    case Kind::AnnAssign: {
      const auto& n = *as<AnnAssign>(&node);
      visit("target", n.target), visit("annotation", n.annotation);
      return visit("value", n.value), visit("simple", static_cast<int>(n.simple));
    }
    case Kind::For:
    case Kind::AsyncFor: {
      const auto& n = *as<For>(&node);
      return visit("target", n.target), visit("iter", n.iter), visit("body", n.body),
             visit("orelse", n.orelse);
    }
    case Kind::While: {
      const auto& n = *as<While>(&node);
      return visit("test", n.test), visit("body", n.body), visit("orelse", n.orelse);
    }
    case Kind::If: {
      const auto& n = *as<If>(&node);
      return visit("test", n.test), visit("body", n.body), visit("orelse", n.orelse);
    }
    case Kind::With:
    case Kind::AsyncWith: {
      const auto& n = *as<With>(&node);
      return visit("items", n.items), visit("body", n.body);
    }
    case Kind::Match: {
      const auto& n = *as<Match>(&node);
      return visit("subject", n.subject), visit("cases", n.cases);
    }
    case Kind::Raise: {
      const auto& n = *as<Raise>(&node);
      return visit("exc", n.exc), visit("cause", n.cause);
    }
    case Kind::Try:
    case Kind::TryStar: {
      const auto& n = *as<Try>(&node);
      visit("body", n.body), visit("handlers", n.handlers);
      return visit("orelse", n.orelse), visit("finalbody", n.finalbody);
    }
    case Kind::Assert: {
      const auto& n = *as<Assert>(&node);
      return visit("test", n.test), visit("msg", n.msg);
    }
    case Kind::Import: return visit("names", as<Import>(&node)->names);
    case Kind::ImportFrom: {
      const auto& n = *as<ImportFrom>(&node);
      return visit("module", n.module), visit("names", n.names), visit("level", static_cast<int>(n.level));
    }
    case Kind::Global:
    case Kind::Nonlocal: return visit("names", as<ScopeStatement>(&node)->names);
    case Kind::Expr: return visit("value", as<ExpressionStatement>(&node)->value);
    default: return;
  }
}

template<class Visit> void visit_pattern(const Node& node, Visit&& visit) {
  switch (node.kind) {
    case Kind::MatchValue: return visit("value", as<MatchValue>(&node)->value);
    case Kind::MatchSingleton: return visit("value", as<MatchSingleton>(&node)->value);
    case Kind::MatchSequence:
    case Kind::MatchOr: return visit("patterns", as<MatchPatterns>(&node)->patterns);
    case Kind::MatchMapping: {
      const auto& n = *as<MatchMapping>(&node);
      return visit("keys", n.keys), visit("patterns", n.patterns), visit("rest", n.rest);
    }
    case Kind::MatchClass: {
      const auto& n = *as<MatchClass>(&node);
      visit("cls", n.cls), visit("patterns", n.patterns);
      return visit("kwd_attrs", n.kwd_attrs), visit("kwd_patterns", n.kwd_patterns);
    }
    case Kind::MatchStar: return visit("name", as<MatchStar>(&node)->name);
    case Kind::MatchAs: {
      const auto& n = *as<MatchAs>(&node);
      return visit("pattern", n.pattern), visit("name", n.name);
    }
    default: return;
  }
}

template<class Visit> void visit_other(const Node& node, Visit&& visit) {
  switch (node.kind) {
    case Kind::Module:
    case Kind::Interactive: return visit("body", as<Module>(&node)->body);
    case Kind::Expression: return visit("body", as<Module>(&node)->expression);
    case Kind::comprehension: {
      const auto& n = *as<ComprehensionClause>(&node);
      visit("target", n.target), visit("iter", n.iter), visit("ifs", n.ifs);
      return visit("is_async", static_cast<int>(n.is_async));
    }
    case Kind::ExceptHandler: {
      const auto& n = *as<ExceptHandler>(&node);
      return visit("type", n.type), visit("name", n.name), visit("body", n.body);
    }
    case Kind::arguments: {
      const auto& n = *as<Arguments>(&node);
      visit("posonlyargs", n.posonlyargs), visit("args", n.args), visit("vararg", n.vararg);
      visit("kwonlyargs", n.kwonlyargs), visit("kw_defaults", n.kw_defaults);
      return visit("kwarg", n.kwarg), visit("defaults", n.defaults);
    }
    case Kind::arg: {
      const auto& n = *as<Arg>(&node);
      return visit("arg", n.arg), visit("annotation", n.annotation);
    }
    case Kind::keyword: {
      const auto& n = *as<Keyword>(&node);
      return visit("arg", n.arg), visit("value", n.value);
    }
    case Kind::alias: {
      const auto& n = *as<Alias>(&node);
      return visit("name", n.name), visit("asname", n.asname);
    }
    case Kind::withitem: {
      const auto& n = *as<WithItem>(&node);
      return visit("context_expr", n.context_expr), visit("optional_vars", n.optional_vars);
    }
    case Kind::match_case: {
      const auto& n = *as<MatchCase>(&node);
      return visit("pattern", n.pattern), visit("guard", n.guard), visit("body", n.body);
    }
    case Kind::TypeVar: {
      const auto& n = *as<TypeParam>(&node);
      return visit("name", n.name), visit("bound", n.bound), visit("default_value", n.default_value);
    }
    case Kind::ParamSpec:
    case Kind::TypeVarTuple: {
      const auto& n = *as<TypeParam>(&node);
      return visit("name", n.name), visit("default_value", n.default_value);
    }
    default: return;
  }
}

}  // namespace detail

constexpr bool is_statement(Kind kind) { return kind <= Kind::Continue; }
constexpr bool is_expression(Kind kind) { return kind >= Kind::BoolOp && kind <= Kind::Slice; }
constexpr bool is_pattern(Kind kind) { return kind >= Kind::MatchValue && kind <= Kind::MatchOr; }

// Whether nodes of this kind have lineno, col_offset, end_lineno and end_col_offset in `ast`.
constexpr bool has_position(Kind kind) {
  switch (kind) {
    case Kind::Module:
    case Kind::Expression:
    case Kind::Interactive:
    case Kind::comprehension:
    case Kind::arguments:
    case Kind::withitem:
    case Kind::match_case: return false;
    default: return true;
  }
}

template<class Visit> void visit_fields(const Node& node, Visit&& visit) {
  if (is_expression(node.kind)) return detail::visit_expression(node, visit);
  if (is_statement(node.kind)) return detail::visit_statement(node, visit);
  if (is_pattern(node.kind)) return detail::visit_pattern(node, visit);
  detail::visit_other(node, visit);
}

}  // namespace cede::lang::ast
