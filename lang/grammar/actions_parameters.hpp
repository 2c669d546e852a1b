// The actions of grammar_parameters.hpp: entries are collected as Parameter records; the list sorts them into
// the fields of `arguments` and fails if their order is not Python's.
#pragma once

#include "lang/grammar/actions_expr.hpp"
#include "lang/grammar/grammar_parameters.hpp"

namespace cede::lang::grammar {

struct Parameter {
  Kind kind;      // Name, Star, DoubleStar or Slash
  ast::Arg* arg;  // null for `/` and a bare `*`
  ast::Expression* default_value;
};

inline void push_argument(const Span& s, Builder& b, ast::Expression* annotation) {
  auto* n = b.make<ast::Arg>(AK::arg, s.start());
  n->arg.symbol = s.token->symbol;
  n->annotation = annotation;
  b.deepen(*n, annotation);
  b.push(n, s.start());
}
template<> struct act<parameter<true>> {
  static void apply(const Span& s, Builder& b) { push_argument(s, b, nullptr); }
};
template<> struct act<parameter<false>> {
  static void apply(const Span& s, Builder& b) { push_argument(s, b, b.pop_expression()); }
};
template<> struct act<starred_parameter> : act<parameter<false>> {};

inline void push_parameter(const Span& s, Builder& b, Kind kind, ast::Arg* arg, ast::Expression* value) {
  b.push(b.scratch.make<Parameter>(kind, arg, value), s.start());
}
template<> struct act<slash_entry> {
  static void apply(const Span& s, Builder& b) { push_parameter(s, b, K::Slash, nullptr, nullptr); }
};
template<bool L> struct act<star_entry<L>> {
  static void apply(const Span& s, Builder& b) {
    push_parameter(s, b, K::Star, b.pop_node<ast::Arg>(), nullptr);
  }
};
template<bool L> struct act<keywords_entry<L>> {
  static void apply(const Span& s, Builder& b) {
    push_parameter(s, b, K::DoubleStar, b.pop_node<ast::Arg>(), nullptr);
  }
};
template<bool L> struct act<plain_entry<L>> {
  static void apply(const Span& s, Builder& b) {
    ast::Expression* value = b.pop_expression();
    push_parameter(s, b, K::Name, b.pop_node<ast::Arg>(), value);
  }
};

// The order of parameters: names, `/`, names, `*args` or `*`, names, `**kwargs`.
class ParameterSorter {
 public:
  bool add(const Parameter& p) {
    if (after_keywords_) return false;
    switch (p.kind) {
      case K::Slash:
        if (seen_slash_ || seen_star_ || args.empty()) return false;
        seen_slash_ = true;
        positional_only.swap(args);
        return true;
      case K::Star:
        if (seen_star_) return false;
        seen_star_ = true;
        vararg = p.arg;
        return true;
      case K::DoubleStar:
        if (seen_star_ && !vararg && keyword_only.empty()) return false;
        after_keywords_ = true;
        kwarg = p.arg;
        return true;
      default: break;
    }
    if (seen_star_) {
      keyword_only.push_back(p.arg);
      keyword_defaults.push_back(p.default_value);
      return true;
    }
    if (!p.default_value && !defaults.empty()) return false;
    if (p.default_value) defaults.push_back(p.default_value);
    args.push_back(p.arg);
    return true;
  }
  bool finish() const { return !seen_star_ || vararg || !keyword_only.empty(); }

  std::vector<ast::Arg*> positional_only, args, keyword_only;
  std::vector<ast::Expression*> defaults, keyword_defaults;
  ast::Arg *vararg = nullptr, *kwarg = nullptr;

 private:
  bool seen_slash_ = false, seen_star_ = false, after_keywords_ = false;
};

template<class T> ast::Sequence<T*> to_arena(Builder& b, const std::vector<T*>& items, ast::Node& parent) {
  if (items.empty()) return {};
  T** copy = b.arena.allocate_array<T*>(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) b.deepen(parent, copy[i] = items[i]);
  return {copy, static_cast<std::uint32_t>(items.size())};
}

template<bool L> struct act<parameter_list<L>> {
  static bool apply(const Span& s, Builder& b) {
    std::vector<const Parameter*> entries(b.count_above(s.top));
    for (std::size_t i = entries.size(); i-- > 0;) entries[i] = static_cast<const Parameter*>(b.pop().data);
    ParameterSorter sorter;
    for (const Parameter* p : entries)
      if (!sorter.add(*p)) return false;
    if (!sorter.finish()) return false;
    auto* n = b.make<ast::Arguments>(AK::arguments, s.start());
    n->posonlyargs = to_arena(b, sorter.positional_only, *n);
    n->args = to_arena(b, sorter.args, *n);
    n->vararg = sorter.vararg;
    n->kwonlyargs = to_arena(b, sorter.keyword_only, *n);
    n->kw_defaults = to_arena(b, sorter.keyword_defaults, *n);
    n->kwarg = sorter.kwarg;
    n->defaults = to_arena(b, sorter.defaults, *n);
    b.deepen_all(*n, n->vararg, n->kwarg);
    b.push(n, s.start());
    return true;
  }
};

}  // namespace cede::lang::grammar
