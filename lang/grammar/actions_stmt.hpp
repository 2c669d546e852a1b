// The actions of grammar_stmt.hpp.
#pragma once

#include "lang/grammar/actions_parameters.hpp"
#include "lang/grammar/actions_pattern.hpp"
#include "lang/grammar/grammar_stmt.hpp"

namespace cede::lang::grammar {

template<> struct act<block_> {
  static void apply(const Span& s, Builder& b) {
    const std::uint32_t count = b.count_above(s.top);
    auto** items = b.arena.allocate_array<ast::Statement*>(count);
    for (std::uint32_t i = count; i-- > 0;) items[i] = b.pop_node<ast::Statement>();
    b.push(items, s.start(), count);
  }
};

// ---- assignment and expression statements

template<> struct act<make_expression_statement> {
  static void apply(const Span&, Builder& b) {
    const Cell& cell = b.pop();
    auto* n = b.make<ast::ExpressionStatement>(AK::Expr, cell.start);
    n->value = expression_in(cell);
    b.deepen(*n, n->value);
    b.push(n, cell.start);
  }
};

template<> struct act<assign_tail> {
  static bool apply(const Span& s, Builder& b) {
    const std::uint32_t start = s.top->start;
    auto* n = b.make<ast::Assign>(AK::Assign, start);
    n->value = b.pop_expression();
    b.deepen(*n, n->value);
    n->targets = b.take<ast::Expression>(s.top->below, *n);
    b.push(n, start);
    for (ast::Expression* target : n->targets)
      if (!set_context(target, ast::ExprContext::Store)) return false;
    return true;
  }
};

template<> struct act<augmented_tail> {
  static bool apply(const Span& s, Builder& b) {
    ast::Expression* value = b.pop_expression();
    const Cell& target = b.pop();
    auto* n = b.make<ast::AugAssign>(AK::AugAssign, target.start);
    n->target = expression_in(target);
    n->op = binary_operator(s.token->kind);
    n->value = value;
    b.deepen_all(*n, n->target, value);
    b.push(n, target.start);
    return is_single_target(*n->target) && set_context(n->target, ast::ExprContext::Store);
  }
};

template<> struct act<annotation_tail> {
  static bool apply(const Span&, Builder& b) {
    ast::Expression* value = b.pop_expression();
    ast::Expression* annotation = b.pop_expression();
    const Cell& target = b.pop();
    auto* n = b.make<ast::AnnAssign>(AK::AnnAssign, target.start);
    n->target = expression_in(target);
    n->annotation = annotation;
    n->value = value;
    n->simple = n->target->kind == AK::Name && !in_parentheses(target);
    b.deepen_all(*n, n->target, annotation, value);
    b.push(n, target.start);
    return is_single_target(*n->target) && set_context(n->target, ast::ExprContext::Store);
  }
};

// ---- type parameters

inline void push_type_parameter(Builder& b, AK kind, std::uint32_t start, Symbol name, ast::Expression* bound,
                                ast::Expression* default_value) {
  auto* n = b.make<ast::TypeParam>(kind, start);
  n->name.symbol = name;
  n->bound = bound;
  n->default_value = default_value;
  b.deepen_all(*n, bound, default_value);
  b.push(n, start);
}
template<> struct act<type_variable> {
  static void apply(const Span& s, Builder& b) {
    ast::Expression* default_value = b.pop_expression();
    ast::Expression* bound = b.pop_expression();
    push_type_parameter(b, AK::TypeVar, s.start(), s.token->symbol, bound, default_value);
  }
};
template<> struct act<type_variable_tuple> {
  static void apply(const Span& s, Builder& b) {
    push_type_parameter(b, AK::TypeVarTuple, s.start(), s.token[1].symbol, nullptr, b.pop_expression());
  }
};
template<> struct act<parameter_specification> {
  static void apply(const Span& s, Builder& b) {
    push_type_parameter(b, AK::ParamSpec, s.start(), s.token[1].symbol, nullptr, b.pop_expression());
  }
};

// What lies above the nearest null, and that null: see the rules that begin with push_null.
template<class T> ast::Sequence<T*> take_above_null(Builder& b, ast::Node& parent) {
  const Cell* marker = b.in.cursor.top;
  while (marker->data) marker = marker->below;
  auto items = b.take<T>(marker, parent);
  b.pop();
  return items;
}

template<> struct act<type_alias> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::TypeAlias>(AK::TypeAlias, s.start());
    n->value = b.pop_expression();
    n->type_params = take_above_null<ast::TypeParam>(b, *n);
    n->name = b.pop_expression();
    n->name->context = ast::ExprContext::Store;
    b.deepen_all(*n, n->name, n->value);
    b.push(n, s.start());
  }
};

// ---- simple statements

template<> struct act<return_statement> : wrap_value<ast::Return, AK::Return> {};

template<> struct act<raise_statement> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::Raise>(AK::Raise, s.start());
    n->cause = b.pop_expression();
    n->exc = b.pop_expression();
    b.deepen_all(*n, n->exc, n->cause);
    b.push(n, s.start());
  }
};

template<> struct act<delete_statement> {
  static bool apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::Delete>(AK::Delete, s.start());
    n->targets = b.take<ast::Expression>(s.top, *n);
    b.push(n, s.start());
    for (ast::Expression* target : n->targets)
      if (!set_context(target, ast::ExprContext::Del)) return false;
    return true;
  }
};

template<> struct act<assert_statement> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::Assert>(AK::Assert, s.start());
    n->msg = b.pop_expression();
    n->test = b.pop_expression();
    b.deepen_all(*n, n->test, n->msg);
    b.push(n, s.start());
  }
};

template<AK kind> struct push_simple {
  static void apply(const Span& s, Builder& b) {
    b.push(b.make<ast::SimpleStatement>(kind, s.start()), s.start());
  }
};
template<> struct act<pass_statement> : push_simple<AK::Pass> {};
template<> struct act<break_statement> : push_simple<AK::Break> {};
template<> struct act<empty_line> : push_simple<AK::Pass> {};
template<> struct act<continue_statement> : push_simple<AK::Continue> {};

inline void push_symbol(Builder& b, Symbol symbol, std::uint32_t start) {
  b.push(nullptr, start, static_cast<std::uint32_t>(symbol));
}
template<> struct act<symbol> {
  static void apply(const Span& s, Builder& b) { push_symbol(b, s.token->symbol, s.start()); }
};

template<AK kind> struct push_scope_statement {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::ScopeStatement>(kind, s.start());
    const std::uint32_t count = b.count_above(s.top);
    auto* names = b.arena.allocate_array<Symbol>(count);
    for (std::uint32_t i = count; i-- > 0;) names[i] = b.pop_symbol();
    n->names = {names, count};
    b.push(n, s.start());
  }
};
template<> struct act<global_statement> : push_scope_statement<AK::Global> {};
template<> struct act<nonlocal_statement> : push_scope_statement<AK::Nonlocal> {};

// ---- import

template<> struct act<dotted_name> {
  static void apply(const Span& s, Builder& b) {
    const Token* const last = b.in.cursor.token - 1;
    if (last == s.token) return push_symbol(b, last->symbol, s.start());
    std::string text;
    for (const Token* t = s.token; t <= last; t += 2) {
      if (t != s.token) text += '.';
      text += b.symbols.text(t->symbol);
    }
    push_symbol(b, b.symbols.intern_copy(text), s.start());
  }
};

inline void push_alias(const Span& s, Builder& b, Symbol name, Symbol as, Symbol bound) {
  auto* n = b.make<ast::Alias>(AK::alias, s.start());
  n->name = name;
  n->asname = as;
  n->bound.symbol = as != Symbol::Absent ? as : bound;
  b.push(n, s.start());
}
template<> struct act<dotted_alias> {
  static void apply(const Span& s, Builder& b) {
    const Symbol as = b.pop_symbol(), name = b.pop_symbol();
    push_alias(s, b, name, as, s.token->symbol);
  }
};
template<> struct act<from_alias> {
  static void apply(const Span& s, Builder& b) {
    const Symbol as = b.pop_symbol(), name = b.pop_symbol();
    push_alias(s, b, name, as, name);
  }
};
template<> struct act<star_alias> {
  static void apply(const Span& s, Builder& b) {
    push_alias(s, b, Symbol::Star, Symbol::Absent, Symbol::Absent);
  }
};

template<> struct act<import_statement> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::Import>(AK::Import, s.start());
    n->names = b.take<ast::Alias>(s.top, *n);
    b.push(n, s.start());
  }
};

template<> struct act<import_level> {
  static void apply(const Span& s, Builder& b) {
    std::uint32_t level = 0;
    for (const Token* t = s.token; t != b.in.cursor.token; ++t) level += t->kind == K::Dot ? 1 : 3;
    b.push(nullptr, s.start(), level);
  }
};

template<> struct act<from_statement> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::ImportFrom>(AK::ImportFrom, s.start());
    const Cell* names_end = b.in.cursor.top;
    while (names_end->data) names_end = names_end->below;
    n->names = b.take<ast::Alias>(names_end, *n);
    n->module = b.pop_symbol();
    n->level = b.pop().extra;
    b.push(n, s.start());
    if (n->module == Symbol::name___future__ && n->level == 0)
      for (const ast::Alias* alias : n->names) b.barry_as_flufl |= alias->name == Symbol::name_barry_as_FLUFL;
  }
};

// ---- if, while, for

// The value of an optional else: a Block or null.
inline ast::Block pop_optional_block(Builder& b, ast::Node& parent) {
  if (!b.in.cursor.top->data) {
    b.pop();
    return {};
  }
  return b.pop_block(parent);
}

// Header and block of an `elif`, the block's cell now starting where the clause does.
template<> struct act<elif_clause> {
  static void apply(const Span& s, Builder& b) {
    const Cell& body = b.pop();
    b.push(body.data, s.start(), body.extra);
  }
};

// The clauses are folded from the last, each into the `orelse` of the one before it.
template<> struct act<if_statement> {
  static void apply(const Span& s, Builder& b) {
    const std::uint32_t end = b.end_of_text();
    const Cell* orelse_cell = &b.pop();
    ast::Block orelse(static_cast<ast::Statement**>(orelse_cell->data), orelse_cell->extra);
    if (!orelse_cell->data) orelse = {};
    for (unsigned nesting = b.in.depth;; ++nesting) {
      if (nesting > Builder::maximum_parser_depth) b.raise_too_deep();
      const Cell& body = b.pop();
      ast::Expression* test = b.pop_expression();
      const bool first = b.in.cursor.top == s.top;
      auto* n = b.make<ast::If>(AK::If, first ? s.start() : body.start);
      n->end = end;
      n->test = test;
      n->body = {static_cast<ast::Statement**>(body.data), body.extra};
      n->orelse = orelse;
      b.deepen(*n, test);
      for (ast::Statement* child : n->body) b.deepen(*n, child);
      for (ast::Statement* child : orelse) b.deepen(*n, child);
      if (first) return b.push(n, s.start());
      auto** alone = b.arena.allocate_array<ast::Statement*>(1);
      alone[0] = n;
      orelse = {alone, 1};
    }
  }
};

template<> struct act<while_statement> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make_statement<ast::While>(AK::While, s.start());
    n->orelse = pop_optional_block(b, *n);
    n->body = b.pop_block(*n);
    n->test = b.pop_expression();
    b.deepen(*n, n->test);
    b.push(n, s.start());
  }
};

template<> struct act<for_loop> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make_statement<ast::For>(s.token->kind == K::kw_async ? AK::AsyncFor : AK::For, s.start());
    n->orelse = pop_optional_block(b, *n);
    n->body = b.pop_block(*n);
    n->iter = b.pop_expression();
    n->target = b.pop_expression();
    b.deepen_all(*n, n->target, n->iter);
    b.push(n, s.start());
  }
};

// ---- with

template<> struct act<as_target> {
  static bool apply(const Span&, Builder& b) {
    return set_context(expression_in(*b.in.cursor.top), ast::ExprContext::Store);
  }
};
template<> struct act<with_item> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::WithItem>(AK::withitem, s.start());
    n->optional_vars = b.pop_expression();
    n->context_expr = b.pop_expression();
    b.deepen_all(*n, n->context_expr, n->optional_vars);
    b.push(n, s.start());
  }
};
template<> struct act<with_statement> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make_statement<ast::With>(s.token->kind == K::kw_async ? AK::AsyncWith : AK::With, s.start());
    n->body = b.pop_block(*n);
    n->items = b.take<ast::WithItem>(s.top, *n);
    b.push(n, s.start());
  }
};

// ---- try

template<bool star> struct push_handler {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make_statement<ast::ExceptHandler>(AK::ExceptHandler, s.start());
    n->body = b.pop_block(*n);
    n->name.symbol = b.pop_symbol();
    n->type = b.pop_expression();
    b.deepen(*n, n->type);
    b.push(n, s.start(), star);
  }
};
template<> struct act<handler> : push_handler<false> {};
template<> struct act<star_handler> : push_handler<true> {};

template<> struct act<try_statement> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make_statement<ast::Try>(AK::Try, s.start());
    n->finalbody = pop_optional_block(b, *n);
    n->orelse = pop_optional_block(b, *n);
    const Cell* handlers = b.in.cursor.top;
    n->handlers = take_above_null<ast::ExceptHandler>(b, *n);
    if (!n->handlers.empty() && handlers->extra) n->kind = AK::TryStar;
    n->body = b.pop_block(*n);
    b.push(n, s.start());
  }
};

// ---- match

template<> struct act<case_clause_> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make_statement<ast::MatchCase>(AK::match_case, s.start());
    n->body = b.pop_block(*n);
    n->guard = b.pop_expression();
    n->pattern = b.pop_node<ast::Pattern>();
    b.deepen_all(*n, n->guard, n->pattern);
    b.push(n, s.start());
  }
};
template<> struct act<subject_tuple_tail> : fold_tuple {};
template<> struct act<match_statement> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make_statement<ast::Match>(AK::Match, s.start());
    const Cell* until = b.in.cursor.top;
    while (until->below != s.top) until = until->below;
    n->cases = b.take<ast::MatchCase>(until, *n);
    n->subject = b.pop_expression();
    b.deepen(*n, n->subject);
    b.push(n, s.start());
  }
};

// ---- functions and classes

template<> struct act<function_definition> {
  static void apply(const Span& s, Builder& b) {
    const bool async = s.token->kind == K::kw_async;
    auto* n = b.make_statement<ast::FunctionDef>(async ? AK::AsyncFunctionDef : AK::FunctionDef, s.start());
    n->body = b.pop_block(*n);
    n->returns = b.pop_expression();
    n->args = b.pop_node<ast::Arguments>();
    n->type_params = take_above_null<ast::TypeParam>(b, *n);
    n->name.symbol = b.pop_symbol();
    b.deepen_all(*n, n->returns, n->args);
    b.push(n, s.start());
  }
};

template<> struct act<class_definition> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make_statement<ast::ClassDef>(AK::ClassDef, s.start());
    n->body = b.pop_block(*n);
    const Cell* marker = b.in.cursor.top;
    while (marker->data) marker = marker->below;
    const ArgumentLists lists = take_arguments(b, marker, *n);
    n->bases = lists.args;
    n->keywords = lists.keywords;
    b.pop();
    n->type_params = take_above_null<ast::TypeParam>(b, *n);
    n->name.symbol = b.pop_symbol();
    b.push(n, s.start());
  }
};

// The decorators lie between a null and the definition.
template<> struct act<decorated> {
  static void apply(const Span&, Builder& b) {
    const Cell definition = b.pop();
    auto* node = static_cast<ast::Statement*>(static_cast<ast::Node*>(definition.data));
    const ast::Expressions list = take_above_null<ast::Expression>(b, *node);
    if (node->kind == AK::ClassDef)
      ast::as<ast::ClassDef>(node)->decorator_list = list;
    else
      ast::as<ast::FunctionDef>(node)->decorator_list = list;
    b.push(node, definition.start);
  }
};

}  // namespace cede::lang::grammar
