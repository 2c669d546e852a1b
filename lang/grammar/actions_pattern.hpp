// The actions of grammar_pattern.hpp.
#pragma once

#include "lang/grammar/actions_string.hpp"
#include "lang/grammar/grammar_pattern.hpp"

namespace cede::lang::grammar {

inline ast::Pattern* pattern_in(const Cell& cell) {
  return static_cast<ast::Pattern*>(static_cast<ast::Node*>(cell.data));
}

// `_` stands for no name.
inline Symbol capture_name(Symbol symbol) { return symbol == Symbol::name__ ? Symbol::Absent : symbol; }

// ---- expressions inside patterns

template<> struct act<negative_number> {
  static void apply(const Span& s, Builder& b) { push_unary(s, b, ast::UnaryOperator::USub); }
};
template<> struct act<complex_sum> {
  static void apply(const Span& s, Builder& b) {
    const auto* imaginary = ast::as<ast::Constant>(expression_in(*b.in.cursor.top));
    const ast::Expression* real = expression_in(*s.top);
    if (real->kind == AK::UnaryOp) real = ast::as<ast::UnaryOp>(real)->operand;
    if (ast::as<ast::Constant>(real)->type == ast::ConstantType::Complex)
      b.raise_at("real number required in complex literal", {real->start, real->end});
    if (imaginary->type != ast::ConstantType::Complex)
      b.raise_at("imaginary number required in complex literal", {imaginary->start, imaginary->end});
    fold_binary(b, binary_operator(s.token->kind));
  }
};
template<> struct act<pattern_attribute> : act<attribute_tail> {};
template<> struct act<key_constant> : push_constant {};

// ---- patterns

template<> struct act<singleton_pattern> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::MatchSingleton>(AK::MatchSingleton, s.start());
    n->value = constant_type(s.token->kind);
    b.push(n, s.start());
  }
};
template<> struct act<value_pattern> : wrap_value<ast::MatchValue, AK::MatchValue> {};
template<> struct act<attribute_pattern> : wrap_value<ast::MatchValue, AK::MatchValue> {};

template<> struct act<capture_pattern> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::MatchAs>(AK::MatchAs, s.start());
    n->name.symbol = capture_name(s.token->symbol);
    b.push(n, s.start());
  }
};
template<> struct act<star_pattern> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::MatchStar>(AK::MatchStar, s.start());
    n->name.symbol = capture_name(s.token[1].symbol);
    b.push(n, s.start());
  }
};

inline void push_sequence(Builder& b, const Cell* until, std::uint32_t start) {
  auto* n = b.make<ast::MatchPatterns>(AK::MatchSequence, start);
  n->patterns = b.take<ast::Pattern>(until, *n);
  b.push(n, start);
}
template<> struct act<bracket_sequence> {
  static void apply(const Span& s, Builder& b) { push_sequence(b, s.top, s.start()); }
};
template<> struct act<parenthesized_sequence> : act<bracket_sequence> {};
template<> struct act<group_pattern> {
  static void apply(const Span& s, Builder& b) {
    const Cell* top = b.in.cursor.top;
    const bool comma = b.in.cursor.token[-2].kind == K::Comma;
    if (top->below != s.top || comma) return push_sequence(b, s.top, s.start());
    ast::Pattern* n = b.pop_node<ast::Pattern>();
    b.push(n, s.start());
  }
};
template<> struct act<patterns> {
  static void apply(const Span& s, Builder& b) {
    const bool comma = b.in.cursor.token[-1].kind == K::Comma;
    if (b.in.cursor.top->below != s.top || comma) push_sequence(b, s.top, s.start());
  }
};

template<> struct act<mapping_pattern> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::MatchMapping>(AK::MatchMapping, s.start());
    const Cell* top = b.in.cursor.top;
    if (top != s.top && top->below->data == nullptr) {
      n->rest.symbol = ast::as<ast::Name>(b.pop_expression())->id.symbol;
      b.pop();
    }
    const std::uint32_t size = b.count_above(s.top) / 2;
    auto** keys = b.arena.allocate_array<ast::Expression*>(size);
    auto** values = b.arena.allocate_array<ast::Pattern*>(size);
    for (std::uint32_t i = size; i-- > 0;) {
      values[i] = b.pop_node<ast::Pattern>();
      keys[i] = b.pop_expression();
      b.deepen_all(*n, keys[i], values[i]);
    }
    n->keys = {keys, size};
    n->patterns = {values, size};
    b.push(n, s.start());
  }
};

template<> struct act<keyword_symbol> {
  static void apply(const Span& s, Builder& b) {
    b.push(nullptr, s.start(), static_cast<std::uint32_t>(s.token->symbol));
  }
};

// Above the class and a null: positional patterns, then pairs of a symbol (a cell without node) and a
// pattern.
template<> struct act<class_pattern> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::MatchClass>(AK::MatchClass, s.start());
    const Cell* const begin = [&] {
      const Cell* c = b.in.cursor.top;
      while (c->below != s.top) c = c->below;
      return c;  // the class
    }();
    const Cell* until = b.in.cursor.top;
    std::uint32_t keywords = 0;
    for (; until->below != begin && until->below->data == nullptr && until->below->extra;
         until = until->below->below)
      ++keywords;
    auto* names = b.arena.allocate_array<Symbol>(keywords);
    auto** values = b.arena.allocate_array<ast::Pattern*>(keywords);
    for (std::uint32_t i = keywords; i-- > 0;) {
      b.deepen(*n, values[i] = b.pop_node<ast::Pattern>());
      names[i] = b.pop_symbol();
    }
    n->kwd_attrs = {names, keywords};
    n->kwd_patterns = {values, keywords};
    const Cell* marker = b.in.cursor.top;
    while (marker->below != begin) marker = marker->below;
    n->patterns = b.take<ast::Pattern>(marker, *n);
    b.pop();
    n->cls = b.pop_expression();
    b.deepen(*n, n->cls);
    b.push(n, s.start());
  }
};

template<> struct act<or_tail_pattern> {
  static void apply(const Span& s, Builder& b) {
    const std::uint32_t start = s.top->start;
    auto* n = b.make<ast::MatchPatterns>(AK::MatchOr, start);
    n->patterns = b.take<ast::Pattern>(s.top->below, *n);
    b.push(n, start);
  }
};

template<> struct act<as_tail> {
  static void apply(const Span& s, Builder& b) {
    const Cell& cell = b.pop();
    auto* n = b.make<ast::MatchAs>(AK::MatchAs, cell.start);
    n->pattern = pattern_in(cell);
    n->name.symbol = s.token[1].symbol;
    b.deepen(*n, n->pattern);
    b.push(n, cell.start);
  }
};

}  // namespace cede::lang::grammar
