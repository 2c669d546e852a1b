// The actions of grammar_expr.hpp: each takes the values of its rule's parts from the stack and pushes one
// node. An action that returns false makes its rule fail: the text has the shape of the rule but is not
// Python.
#pragma once

#include "lang/grammar/grammar_expr.hpp"

namespace cede::lang::grammar {

using AK = ast::Kind;

inline ast::Expression* expression_in(const Cell& cell) {
  return static_cast<ast::Expression*>(static_cast<ast::Node*>(cell.data));
}

inline bool in_parentheses(const Cell& cell) { return cell.start < expression_in(cell)->start; }

inline bool is_bare_walrus(const Cell& cell) {
  return expression_in(cell)->kind == AK::NamedExpr && !in_parentheses(cell);
}

// ---- leaves

template<> struct act<name> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::Name>(AK::Name, s.start());
    n->id.symbol = s.token->symbol;
    b.push(n, s.start());
  }
};

template<> struct act<number> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::Constant>(AK::Constant, s.start());
    const std::string_view message =
        decode_number(*s.token, b.source, b.arena, b.options.max_integer_digits, *n);
    if (!message.empty()) b.raise_number_error(message, *s.token);
    b.push(n, s.start());
  }
};

inline ast::ConstantType constant_type(Kind kind) {
  switch (kind) {
    case K::kw_True: return ast::ConstantType::True;
    case K::kw_False: return ast::ConstantType::False;
    case K::kw_None: return ast::ConstantType::None;
    default: return ast::ConstantType::Ellipsis;
  }
}

struct push_constant {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::Constant>(AK::Constant, s.start());
    n->type = constant_type(s.token->kind);
    b.push(n, s.start());
  }
};
template<> struct act<constant> : push_constant {};
template<> struct act<keyword_target> : push_constant {};

// ---- yield, starred, walrus

template<class T, AK kind> struct wrap_value {  // a node around the one value of the rule
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<T>(kind, s.start());
    n->value = b.pop_expression();
    b.deepen(*n, n->value);
    b.push(n, s.start());
  }
};
template<> struct act<yield_from> : wrap_value<ast::YieldFrom, AK::YieldFrom> {};
template<> struct act<yield_value> : wrap_value<ast::Yield, AK::Yield> {};
template<> struct act<starred> : wrap_value<ast::Starred, AK::Starred> {};
template<> struct act<starred_item> : wrap_value<ast::Starred, AK::Starred> {};
template<> struct act<starred_target> : wrap_value<ast::Starred, AK::Starred> {};
template<> struct act<await_expression> : wrap_value<ast::Await, AK::Await> {};

template<> struct act<walrus> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::NamedExpr>(AK::NamedExpr, s.start());
    n->value = b.pop_expression();
    n->target = b.pop_expression();
    n->target->context = ast::ExprContext::Store;
    b.deepen_all(*n, n->target, n->value);
    b.push(n, s.start());
  }
};

// ---- tuples, groups, lists

// A Tuple of the value before the tail and those in it.
struct fold_tuple {
  static void apply(const Span& s, Builder& b) {
    const std::uint32_t start = s.top->start;
    auto* n = b.make<ast::Collection>(AK::Tuple, start);
    n->elts = b.take<ast::Expression>(s.top->below, *n);
    b.push(n, start);
  }
};
template<> struct act<star_tuple_tail> : fold_tuple {};
template<> struct act<plain_tuple_tail> : fold_tuple {};
template<> struct act<target_tuple_tail> : fold_tuple {};

template<> struct act<tuple_tail> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::Collection>(AK::Tuple, s.top->start);
    n->elts = b.take<ast::Expression>(s.top->below, *n);
    b.push(n, n->start, Cell::open);
  }
};

template<> struct act<empty_tuple> {
  static void apply(const Span& s, Builder& b) {
    b.push(b.make<ast::Collection>(AK::Tuple, s.start()), s.start());
  }
};

// Gives the open node on top of the stack the position of the brackets around it.
inline void close_brackets(const Span& s, Builder& b) {
  ast::Expression* n = b.pop_expression();
  n->start = s.start();
  n->end = b.end();
  b.push(n, s.start());
}

template<> struct act<group_or_tuple> {
  static bool apply(const Span& s, Builder& b) {
    if (b.in.cursor.top->extra == Cell::open) {
      close_brackets(s, b);
      return true;
    }
    ast::Expression* n = b.pop_expression();
    b.push(n, s.start());
    return n->kind != AK::Starred;
  }
};
template<> struct act<tuple_atom> {
  static void apply(const Span& s, Builder& b) {
    if (b.in.cursor.top == s.top)
      act<empty_tuple>::apply(s, b);
    else
      close_brackets(s, b);
  }
};

template<> struct act<list_display> {
  static void apply(const Span& s, Builder& b) {
    const Cell* top = b.in.cursor.top;
    if (top != s.top && top->extra == Cell::open) return close_brackets(s, b);
    auto* n = b.make<ast::Collection>(AK::List, s.start());
    n->elts = b.take<ast::Expression>(s.top, *n);
    b.push(n, s.start());
  }
};

// ---- comprehensions

template<> struct act<for_targets> {
  static bool apply(const Span&, Builder& b) {
    return set_context(expression_in(*b.in.cursor.top), ast::ExprContext::Store);
  }
};

template<> struct act<async_marker> {
  static void apply(const Span& s, Builder& b) { b.push(nullptr, s.start(), 1); }
};

template<> struct act<comprehension_clause> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::ComprehensionClause>(AK::comprehension, s.start());
    const std::uint32_t conditions = b.count_above(s.top) - 3;
    const Cell* until = b.in.cursor.top;
    for (std::uint32_t i = 0; i < conditions; ++i) until = until->below;
    n->ifs = b.take<ast::Expression>(until, *n);
    n->iter = b.pop_expression();
    n->target = b.pop_expression();
    n->is_async = b.pop().extra != 0;
    b.deepen_all(*n, n->target, n->iter);
    b.push(n, s.start());
  }
};

template<ast::Kind kind> struct act<comprehension_tail<kind>> {
  static bool apply(const Span& s, Builder& b) {
    const ast::Expression* element = expression_in(*s.top);
    if (element->kind == AK::Starred) return false;
    auto* n = b.make<ast::Comprehension>(kind, s.top->start);
    n->generators = b.take<ast::ComprehensionClause>(s.top, *n);
    Builder::deepen_by(*n, n->generators.size());
    n->elt = b.pop_expression();
    b.deepen(*n, n->elt);
    b.push(n, n->start, Cell::open);
    return true;
  }
};

// ---- dicts and sets

inline bool is_dict_key(const Cell& cell) {
  return expression_in(cell)->kind != AK::Starred && !is_bare_walrus(cell);
}

// Keys and values alternate above `until`.
inline ast::Dict* take_dict(Builder& b, const Cell* until, std::uint32_t start) {
  auto* n = b.make<ast::Dict>(AK::Dict, start);
  const std::uint32_t size = b.count_above(until) / 2;
  auto** keys = b.arena.allocate_array<ast::Expression*>(size);
  auto** values = b.arena.allocate_array<ast::Expression*>(size);
  for (std::uint32_t i = size; i-- > 0;) {
    values[i] = b.pop_expression();
    keys[i] = b.pop_expression();
    b.deepen_all(*n, keys[i], values[i]);
  }
  n->keys = {keys, size};
  n->values = {values, size};
  return n;
}

template<> struct act<empty_dict> {
  static void apply(const Span& s, Builder& b) { b.push(b.make<ast::Dict>(AK::Dict, s.start()), s.start()); }
};
template<> struct act<unpacking_dict> {
  static void apply(const Span& s, Builder& b) { b.push(take_dict(b, s.top, s.start()), s.start()); }
};

template<> struct act<dict_comprehension> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::Comprehension>(AK::DictComp, s.start());
    n->generators = b.take<ast::ComprehensionClause>(s.top, *n);
    Builder::deepen_by(*n, n->generators.size());
    n->value = b.pop_expression();
    b.deepen(*n, n->value);
    b.push(n, n->start, Cell::open);
  }
};

template<> struct act<dict_tail> {
  static bool apply(const Span& s, Builder& b) {
    const Cell& key = *s.top;
    if (!is_dict_key(key)) return false;
    if (b.in.cursor.top->extra == Cell::open) {
      auto* n = b.pop_node<ast::Comprehension>();
      n->elt = b.pop_expression();
      b.deepen(*n, n->elt);
      b.push(n, key.start, Cell::open);
    } else {
      b.push(take_dict(b, key.below, key.start), key.start, Cell::open);
    }
    return true;
  }
};

template<> struct act<set_tail> {
  static void apply(const Span& s, Builder& b) {
    const std::uint32_t start = s.top->start;
    auto* n = b.make<ast::Set>(AK::Set, start);
    n->elts = b.take<ast::Expression>(s.top->below, *n);
    b.push(n, start, Cell::open);
  }
};

template<> struct act<keyed_dict_or_set> {
  static void apply(const Span& s, Builder& b) { close_brackets(s, b); }
};

// ---- attributes, calls, subscripts

template<> struct act<attribute_tail> {
  static void apply(const Span&, Builder& b) {
    const Cell& value = b.pop();
    auto* n = b.make<ast::Attribute>(AK::Attribute, value.start);
    n->value = expression_in(value);
    n->attr = b.in.cursor.token[-1].symbol;
    b.deepen(*n, n->value);
    b.push(n, value.start);
  }
};

inline void push_keyword(const Span& s, Builder& b, Symbol name) {
  auto* n = b.make<ast::Keyword>(AK::keyword, s.start());
  n->arg = name;
  n->value = b.pop_expression();
  b.deepen(*n, n->value);
  b.push(n, s.start());
}
template<> struct act<keyword_argument> {
  static void apply(const Span& s, Builder& b) { push_keyword(s, b, s.token->symbol); }
};
template<> struct act<mapping_argument> {
  static void apply(const Span& s, Builder& b) { push_keyword(s, b, Symbol::Absent); }
};

struct ArgumentLists {
  ast::Expressions args;
  ast::Sequence<ast::Keyword*> keywords;
};

// The arguments above `until`.
inline ArgumentLists take_arguments(Builder& b, const Cell* until, ast::Node& parent) {
  std::uint32_t count = 0, keyword_count = 0;
  for (const Cell* c = b.in.cursor.top; c != until; c = c->below, ++count)
    keyword_count += expression_in(*c)->kind == AK::keyword;
  std::uint32_t i = count - keyword_count, k = keyword_count;
  ArgumentLists lists;
  if (i) lists.args = {b.arena.allocate_array<ast::Expression*>(i), i};
  if (k) lists.keywords = {b.arena.allocate_array<ast::Keyword*>(k), k};
  while (count-- > 0) {
    auto* n = b.pop_node<ast::Node>();
    b.deepen(parent, n);
    if (n->kind == AK::keyword)
      lists.keywords[--k] = static_cast<ast::Keyword*>(n);
    else
      lists.args[--i] = static_cast<ast::Expression*>(n);
  }
  return lists;
}

template<> struct act<call_tail> {
  static bool apply(const Span& s, Builder& b) {
    const Cell& function = *s.top;
    // A generator expression without parentheses of its own takes those of the call, as its only argument.
    for (const Cell* c = b.in.cursor.top; c != s.top; c = c->below) {
      if (c->extra != Cell::open) continue;
      if (c->below != s.top || c != b.in.cursor.top || b.in.cursor.token[-2].kind == K::Comma) return false;
      close_brackets(s, b);
      break;
    }
    auto* n = b.make<ast::Call>(AK::Call, function.start);
    const ArgumentLists lists = take_arguments(b, s.top, *n);
    n->args = lists.args;
    n->keywords = lists.keywords;
    n->func = b.pop_expression();
    b.deepen(*n, n->func);
    b.push(n, function.start);
    return true;
  }
};

template<> struct act<marked_comma> {
  static void apply(const Span& s, Builder& b) { b.push(nullptr, s.start()); }
};

template<> struct act<slice_tail> {
  static bool apply(const Span&, Builder& b) {
    ast::Expression* step = b.pop_expression();
    ast::Expression* upper = b.pop_expression();
    const Cell& lower = b.pop();
    if (lower.data && is_bare_walrus(lower)) return false;
    auto* n = b.make<ast::Slice>(AK::Slice, lower.start);
    n->lower = expression_in(lower);
    n->upper = upper;
    n->step = step;
    b.deepen_all(*n, n->lower, upper, step);
    b.push(n, lower.start);
    return true;
  }
};

template<> struct act<slices> {
  static void apply(const Span& s, Builder& b) {
    const Cell* top = b.in.cursor.top;
    const bool single = top->below == s.top && b.in.cursor.token[-1].kind != K::Comma;
    if (single && expression_in(*top)->kind != AK::Starred) return;
    auto* n = b.make<ast::Collection>(AK::Tuple, s.start());
    n->elts = b.take<ast::Expression>(s.top, *n);
    b.push(n, s.start());
  }
};

template<> struct act<subscript_tail> {
  static void apply(const Span&, Builder& b) {
    ast::Expression* slice = b.pop_expression();
    const Cell& value = b.pop();
    auto* n = b.make<ast::Subscript>(AK::Subscript, value.start);
    n->value = expression_in(value);
    n->slice = slice;
    b.deepen_all(*n, n->value, slice);
    b.push(n, value.start);
  }
};

// ---- operators

inline ast::Operator binary_operator(Kind kind) {
  switch (kind) {
    case K::Pipe:
    case K::PipeEqual: return ast::Operator::BitOr;
    case K::Circumflex:
    case K::CircumflexEqual: return ast::Operator::BitXor;
    case K::Ampersand:
    case K::AmpersandEqual: return ast::Operator::BitAnd;
    case K::LeftShift:
    case K::LeftShiftEqual: return ast::Operator::LShift;
    case K::RightShift:
    case K::RightShiftEqual: return ast::Operator::RShift;
    case K::Plus:
    case K::PlusEqual: return ast::Operator::Add;
    case K::Minus:
    case K::MinusEqual: return ast::Operator::Sub;
    case K::Star:
    case K::StarEqual: return ast::Operator::Mult;
    case K::Slash:
    case K::SlashEqual: return ast::Operator::Div;
    case K::DoubleSlash:
    case K::DoubleSlashEqual: return ast::Operator::FloorDiv;
    case K::Percent:
    case K::PercentEqual: return ast::Operator::Mod;
    case K::At:
    case K::AtEqual: return ast::Operator::MatMult;
    default: return ast::Operator::Pow;
  }
}

// Replaces the two values on top by their BinOp.
inline void fold_binary(Builder& b, ast::Operator op) {
  ast::Expression* right = b.pop_expression();
  const Cell& left = b.pop();
  auto* n = b.make<ast::BinOp>(AK::BinOp, left.start);
  n->left = expression_in(left);
  n->op = op;
  n->right = right;
  b.deepen_all(*n, n->left, right);
  b.push(n, left.start);
}

template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class Control>
bool bit_or_::climb(TokenInput& in, Builder& b, unsigned minimum) {
  if (!Control<factor>::template match<A, M, Action, Control>(in, b)) return false;
  for (;;) {
    const Kind kind = in.kind();
    const unsigned level = precedence(kind);
    if (level == 0 || level < minimum) return true;
    const Cursor before = in.cursor;
    in.advance();
    if (!climb<A, M, Action, Control>(in, b, level + 1)) {
      in.cursor = before;  // as a PEG does: the expression ends before the operator
      return true;
    }
    fold_binary(b, binary_operator(kind));
  }
}

template<> struct act<power_tail> {
  static void apply(const Span&, Builder& b) { fold_binary(b, ast::Operator::Pow); }
};

inline void push_unary(const Span& s, Builder& b, ast::UnaryOperator op) {
  auto* n = b.make<ast::UnaryOp>(AK::UnaryOp, s.start());
  n->op = op;
  n->operand = b.pop_expression();
  b.deepen(*n, n->operand);
  b.push(n, s.start());
}
template<> struct act<unary> {
  static void apply(const Span& s, Builder& b) {
    push_unary(s, b,
               s.token->kind == K::Plus    ? ast::UnaryOperator::UAdd
               : s.token->kind == K::Minus ? ast::UnaryOperator::USub
                                           : ast::UnaryOperator::Invert);
  }
};
template<> struct act<not_expression> {
  static void apply(const Span& s, Builder& b) { push_unary(s, b, ast::UnaryOperator::Not); }
};

inline void push_operator(const Span& s, Builder& b, ast::CompareOperator op) {
  b.push(nullptr, s.start(), static_cast<std::uint32_t>(op));
}
template<> struct act<is_not> {
  static void apply(const Span& s, Builder& b) { push_operator(s, b, ast::CompareOperator::IsNot); }
};
template<> struct act<not_in> {
  static void apply(const Span& s, Builder& b) { push_operator(s, b, ast::CompareOperator::NotIn); }
};
template<> struct act<plain_comparison> {
  static bool apply(const Span& s, Builder& b) {
    using enum ast::CompareOperator;
    switch (s.token->kind) {
      case K::EqualEqual: push_operator(s, b, Eq); return true;
      case K::Less: push_operator(s, b, Lt); return true;
      case K::LessEqual: push_operator(s, b, LtE); return true;
      case K::Greater: push_operator(s, b, Gt); return true;
      case K::GreaterEqual: push_operator(s, b, GtE); return true;
      case K::kw_in: push_operator(s, b, In); return true;
      case K::kw_is: push_operator(s, b, Is); return true;
      default: break;
    }
    const bool diamond = s.token->flags & Token::Diamond;
    if (b.barry_as_flufl && !diamond) b.raise_here("with Barry as BDFL, use '<>' instead of '!='");
    push_operator(s, b, NotEq);
    return diamond == b.barry_as_flufl;
  }
};

template<> struct act<comparison_tail> {
  static void apply(const Span& s, Builder& b) {
    const std::uint32_t start = s.top->start, count = b.count_above(s.top) / 2;
    auto* n = b.make<ast::Compare>(AK::Compare, start);
    auto* ops = b.arena.allocate_array<ast::CompareOperator>(count);
    auto** comparators = b.arena.allocate_array<ast::Expression*>(count);
    for (std::uint32_t i = count; i-- > 0;) {
      comparators[i] = b.pop_expression();
      ops[i] = static_cast<ast::CompareOperator>(b.pop().extra);
      b.deepen(*n, comparators[i]);
    }
    n->ops = {ops, count};
    n->comparators = {comparators, count};
    n->left = b.pop_expression();
    b.deepen(*n, n->left);
    b.push(n, start);
  }
};

template<ast::BoolOperator op> struct fold_bool {
  static void apply(const Span& s, Builder& b) {
    const std::uint32_t start = s.top->start;
    auto* n = b.make<ast::BoolOp>(AK::BoolOp, start);
    n->op = op;
    n->values = b.take<ast::Expression>(s.top->below, *n);
    b.push(n, start);
  }
};
template<> struct act<and_tail> : fold_bool<ast::BoolOperator::And> {};
template<> struct act<or_tail> : fold_bool<ast::BoolOperator::Or> {};

template<> struct act<if_tail> {
  static void apply(const Span&, Builder& b) {
    ast::Expression* orelse = b.pop_expression();
    ast::Expression* test = b.pop_expression();
    const Cell& body = b.pop();
    auto* n = b.make<ast::IfExp>(AK::IfExp, body.start);
    n->test = test;
    n->body = expression_in(body);
    n->orelse = orelse;
    b.deepen_all(*n, test, n->body, orelse);
    b.push(n, body.start);
  }
};

template<> struct act<lambda> {
  static void apply(const Span& s, Builder& b) {
    auto* n = b.make<ast::Lambda>(AK::Lambda, s.start());
    n->body = b.pop_expression();
    n->args = b.pop_node<ast::Arguments>();
    b.deepen_all(*n, n->args, n->body);
    b.push(n, s.start());
  }
};

}  // namespace cede::lang::grammar
