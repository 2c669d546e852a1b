// The match statement: patterns that can never match, or that bind badly.
#include <algorithm>
#include <cmath>
#include <set>

#include "lang/check_state.hpp"
#include "lang/constant_repr.hpp"

namespace cede::lang::checking {
namespace {

using ast::Constant;
using ast::ConstantType;
using ast::Expression;
using K = ast::Kind;

// A key of a mapping pattern: how it is written in a message, and a text that is the same for equal keys.
struct Key {
  std::string repr, identity;
};

std::string whole_digits(double value) {
  std::string text(400, '\0');
  text.resize(static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%.0f", value)));
  return text;
}

// Equal numbers of different types are the same key.
std::string real_identity(double value) {
  if (value == 0) return "0";
  if (std::isfinite(value) && value == std::floor(value)) return whole_digits(value);
  std::string text;
  write_float_repr(text, value, false);
  return text;
}

struct Complex {
  double real = 0, imaginary = 0;
};

Key complex_key(Complex c) {
  Key key;
  const bool no_real = c.real == 0 && !std::signbit(c.real);
  if (!no_real) {
    write_float_repr(key.repr += '(', c.real, true);
    if (!std::signbit(c.imaginary)) key.repr += '+';
  }
  write_float_repr(key.repr, c.imaginary, true);
  key.repr += no_real ? "j" : "j)";
  key.identity = real_identity(c.real);
  if (c.imaginary != 0) key.identity += "+" + real_identity(c.imaginary) + "j";
  return key;
}

Key constant_key(const Constant& c) {
  Key key;
  write_repr(key.repr, c);
  switch (c.type) {
    case ConstantType::Str: key.identity = "s" + std::string(c.text); break;
    case ConstantType::Bytes: key.identity = "b" + std::string(c.text); break;
    case ConstantType::True: key.identity = "1"; break;
    case ConstantType::False: key.identity = "0"; break;
    case ConstantType::Float: key.identity = real_identity(c.number); break;
    case ConstantType::Complex: return complex_key({0, c.number});
    default: key.identity = key.repr; break;
  }
  return key;
}

double as_double(const Constant& c) {
  return c.type == ConstantType::Int      ? static_cast<double>(c.integer)
         : c.type == ConstantType::BigInt ? std::strtod(std::string(c.text).c_str(), nullptr)
                                          : c.number;
}

// `node` is a Constant or, because such numbers cannot be folded, `-big`, `-1j` or `real + imaginary`.
bool key_of(const Expression& node, Key& key) {
  if (const auto* constant = ast::try_as<Constant>(&node)) {
    key = constant_key(*constant);
    return true;
  }
  if (const auto* unary = ast::try_as<ast::UnaryOp>(&node)) {
    const auto* operand = ast::try_as<Constant>(unary->operand);
    if (!operand || unary->op != ast::UnaryOperator::USub) return false;
    if (operand->type == ConstantType::Complex) {
      key = complex_key({-0.0, -operand->number});
    } else {
      key = constant_key(*operand);
      key.repr.insert(0, 1, '-');
      key.identity.insert(0, 1, '-');
    }
    return true;
  }
  const auto* binary = ast::try_as<ast::BinOp>(&node);
  if (!binary) return false;
  double sign = 1;
  const Expression* left = binary->left;
  if (const auto* unary = ast::try_as<ast::UnaryOp>(left)) sign = -1, left = unary->operand;
  const auto *real = ast::try_as<Constant>(left), *imaginary = ast::try_as<Constant>(binary->right);
  if (!real || !imaginary) return false;
  const double x = sign * as_double(*real), y = imaginary->number;
  key = complex_key(binary->op == ast::Operator::Sub ? Complex{x - 0.0, 0.0 - y} : Complex{x + 0.0, 0.0 + y});
  return true;
}

bool is_value(const Expression& node) {
  return node.kind == K::Attribute || node.kind == K::Constant || node.kind == K::UnaryOp ||
         node.kind == K::BinOp;
}

}  // namespace

void Checker::match(const ast::Match& node) {
  expression(*node.subject);
  for (const ast::MatchCase* item : node.cases) {
    Names names;
    pattern(*item->pattern, names, item->guard || item == node.cases.back());
    optional(item->guard);
    block(item->body);
  }
}

// Adds what `node` binds to `names`. `irrefutable`: it may match everything.
void Checker::pattern(const ast::Pattern& node, Names& names, bool irrefutable) {
  switch (node.kind) {
    case K::MatchValue: {
      const Expression& value = *ast::as<ast::MatchValue>(&node)->value;
      if (!is_value(value)) error(node, "patterns may only match literals and attribute lookups");
      return expression(value);
    }
    case K::MatchSequence: return pattern_sequence(*ast::as<ast::MatchPatterns>(&node), names);
    case K::MatchMapping: return pattern_mapping(*ast::as<ast::MatchMapping>(&node), names);
    case K::MatchClass: return pattern_class(*ast::as<ast::MatchClass>(&node), names);
    case K::MatchStar: return pattern_name(node, ast::as<ast::MatchStar>(&node)->name.symbol, names);
    case K::MatchAs: return pattern_as(*ast::as<ast::MatchAs>(&node), names, irrefutable);
    case K::MatchOr: return pattern_or(*ast::as<ast::MatchPatterns>(&node), names, irrefutable);
    default: return;
  }
}

void Checker::pattern_name(const ast::Pattern& node, Symbol name, Names& names) {
  if (name == Symbol::Absent) return;
  bind(name, node);
  if (std::find(names.begin(), names.end(), name) != names.end())
    error(node, naming("multiple assignments to name ", text(name), " in pattern"));
  names.push_back(name);
}

void Checker::pattern_sequence(const ast::MatchPatterns& node, Names& names) {
  bool seen = false;
  for (std::size_t i = 0; i < node.patterns.size(); ++i) {
    if (node.patterns[i]->kind != K::MatchStar) continue;
    if (seen) error(node, "multiple starred names in sequence pattern");
    seen = true;
    if (i >= 256) error(node, "too many expressions in star-unpacking sequence pattern");
  }
  for (const ast::Pattern* part : node.patterns) pattern(*part, names, true);
}

void Checker::pattern_keys(const ast::MatchMapping& node) {
  std::set<std::string> seen;
  for (const Expression* value : node.keys) {
    if (Key key; key_of(*value, key)) {
      if (!seen.insert(key.identity).second)
        error(node, "mapping pattern checks duplicate key (" + key.repr + ")");
    } else if (value->kind != K::Attribute) {
      error(node, "mapping pattern keys may only match literals and attribute lookups");
    }
    expression(*value);
  }
}

void Checker::pattern_mapping(const ast::MatchMapping& node, Names& names) {
  pattern_keys(node);
  for (const ast::Pattern* part : node.patterns) pattern(*part, names, true);
  pattern_name(node, node.rest.symbol, names);
}

void Checker::pattern_class(const ast::MatchClass& node, Names& names) {
  for (std::size_t i = 0; i < node.kwd_attrs.size(); ++i) {
    bind(node.kwd_attrs[i], *node.kwd_patterns[i]);
    for (std::size_t k = i + 1; k < node.kwd_attrs.size(); ++k)
      if (node.kwd_attrs[k] == node.kwd_attrs[i])
        error(*node.kwd_patterns[k],
              "attribute name repeated in class pattern: " + std::string(text(node.kwd_attrs[k])));
  }
  expression(*node.cls);
  for (const ast::Pattern* part : node.patterns) pattern(*part, names, true);
  for (const ast::Pattern* part : node.kwd_patterns) pattern(*part, names, true);
}

void Checker::pattern_as(const ast::MatchAs& node, Names& names, bool irrefutable) {
  if (node.pattern) {
    pattern(*node.pattern, names, irrefutable);
  } else if (!irrefutable) {
    if (!node.name) error(node, "wildcard makes remaining patterns unreachable");
    error(node, naming("name capture ", text(node.name.symbol), " makes remaining patterns unreachable"));
  }
  pattern_name(node, node.name.symbol, names);
}

void Checker::pattern_or(const ast::MatchPatterns& node, Names& names, bool irrefutable) {
  Names expected;  // of the first alternative
  for (std::size_t i = 0; i < node.patterns.size(); ++i) {
    Names found;
    pattern(*node.patterns[i], found, irrefutable && i + 1 == node.patterns.size());
    if (i == 0) {
      expected = std::move(found);
      continue;
    }
    std::sort(found.begin(), found.end());
    Names sorted = expected;
    std::sort(sorted.begin(), sorted.end());
    if (found != sorted) error(node, "alternative patterns bind different names");
  }
  for (const Symbol name : expected) {
    if (std::find(names.begin(), names.end(), name) != names.end())
      error(node, naming("multiple assignments to name ", text(name), " in pattern"));
    names.push_back(name);
  }
}

}  // namespace cede::lang::checking
