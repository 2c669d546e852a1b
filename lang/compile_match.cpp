// match. A pattern leaves through the exits of its PatternState if it does not match; what it binds waits in
// temporaries until all of the pattern has matched. A subject that is a temporary belongs to the pattern,
// which consumes or captures it; the subject of the statement itself is only lent.
#include <algorithm>

#include "lang/compiler.hpp"
#include "lang/fold.hpp"

namespace cede::lang::compiling {

using K = ast::Kind;

namespace {

bool is_wildcard(const ast::Pattern* node) {
  const auto* as = ast::try_as<ast::MatchAs>(node);
  return as && !as->pattern && !as->name;
}

bool is_star(const ast::Pattern* node) { return node->kind == K::MatchStar; }
bool is_star_wildcard(const ast::Pattern* node) {
  return is_star(node) && !ast::as<ast::MatchStar>(node)->name;
}

// Calls `visit` with the names that a pattern binds, of the first alternative where there are several.
template<class Visit> void for_each_name(const ast::Pattern* node, Visit&& visit) {
  const auto all = [&](const ast::Sequence<ast::Pattern*>& nodes) {
    for (const ast::Pattern* inner : nodes) for_each_name(inner, visit);
  };
  switch (node->kind) {
    case K::MatchSequence: return all(ast::as<ast::MatchPatterns>(node)->patterns);
    case K::MatchOr: return for_each_name(ast::as<ast::MatchPatterns>(node)->patterns[0], visit);
    case K::MatchMapping: {
      const auto& n = *ast::as<ast::MatchMapping>(node);
      all(n.patterns);
      if (n.rest) visit(n.rest);
      return;
    }
    case K::MatchClass:
      all(ast::as<ast::MatchClass>(node)->patterns);
      return all(ast::as<ast::MatchClass>(node)->kwd_patterns);
    case K::MatchStar:
      if (ast::as<ast::MatchStar>(node)->name) visit(ast::as<ast::MatchStar>(node)->name);
      return;
    case K::MatchAs: {
      const auto& n = *ast::as<ast::MatchAs>(node);
      if (n.pattern) for_each_name(n.pattern, visit);
      if (n.name) visit(n.name);
      return;
    }
    default: return;
  }
}

}  // namespace

void Compiler::match_statement(ast::Match& node) {
  const Register base = code_->top;
  Value subject = value(node.subject, node.end);
  bool rebound = false;
  if (!subject.temporary) {
    for (const ast::MatchCase* item : node.cases)
      for_each_name(item->pattern, [&](const ast::Identifier& name) {
        rebound |= name.binding.kind == ast::Binding::Kind::Local && name.binding.index == subject.reg;
      });
  }
  if (rebound) {
    const Register copy = code_->take();
    code_->emit(span_of(*node.subject), Opcode::op_move, copy, subject.reg);
    subject = temporary(copy);
  }
  const Label end = code_->label();
  for (ast::MatchCase* item : node.cases) match_case(*item, subject, end);
  if (subject.temporary) drop(unit_->last, subject.reg);
  code_->place(end);
  code_->top = base;
}

void Compiler::match_case(ast::MatchCase& node, Value subject, Label end) {
  const Span at = span_of(*node.pattern);
  PatternState state{.base = code_->top, .next = code_->label()};
  pattern(node.pattern, borrowed(subject.reg), state);
  for (const Capture& captured : state.captures) store_variable(at, *captured.name, temporary(captured.reg));
  code_->top = state.base;
  if (node.guard) condition(node.guard, state.next, false);
  if (subject.temporary) drop(at, subject.reg);
  block(node.body);
  code_->jump(unit_->last, end);
  place_failures(at, state);
  code_->place(state.next);
  code_->top = state.base;
}

// Where to go from here if the pattern fails: the jump itself consumes the two values.
Label Compiler::failure(PatternState& state, Value consumed, Value also) {
  std::vector<Register> live = code_->live_from(state.base);
  std::erase_if(live, [&](Register reg) {
    return (consumed.temporary && reg == consumed.reg) || (also.temporary && reg == also.reg);
  });
  if (live.empty()) return state.next;
  if (!state.exits.empty() && state.exits.back().live == live) return state.exits.back().label;
  state.exits.push_back({code_->label(), std::move(live)});
  return state.exits.back().label;
}

// The exits, each of which drops what is live and goes on to a later one with less, or to `next`, which
// follows.
void Compiler::place_failures(Span at, PatternState& state) {
  std::erase_if(state.exits,
                [&](const PatternState::Exit& exit) { return !code_->is_referenced(exit.label); });
  for (std::size_t i = 0; i < state.exits.size(); ++i) {
    const std::vector<Register>& live = state.exits[i].live;
    std::size_t to = i + 1;
    while (to < state.exits.size() &&
           !std::includes(live.begin(), live.end(), state.exits[to].live.begin(), state.exits[to].live.end()))
      ++to;
    code_->place(state.exits[i].label);
    for (const Register reg : live)
      if (to == state.exits.size() ||
          !std::binary_search(state.exits[to].live.begin(), state.exits[to].live.end(), reg))
        drop(at, reg);
    if (to == i + 1) continue;  // or `next` is next
    code_->jump(at, to < state.exits.size() ? state.exits[to].label : state.next);
  }
}

void Compiler::pattern(ast::Pattern* node, Value subject, PatternState& state) {
  switch (node->kind) {
    case K::MatchValue: return match_value(*ast::as<ast::MatchValue>(node), subject, state);
    case K::MatchSingleton: return match_singleton(*ast::as<ast::MatchSingleton>(node), subject, state);
    case K::MatchSequence: return match_sequence(*ast::as<ast::MatchPatterns>(node), subject, state);
    case K::MatchMapping: return match_mapping(*ast::as<ast::MatchMapping>(node), subject, state);
    case K::MatchClass: return match_class(*ast::as<ast::MatchClass>(node), subject, state);
    case K::MatchAs: return match_as(*ast::as<ast::MatchAs>(node), subject, state);
    case K::MatchOr: return match_or(*ast::as<ast::MatchPatterns>(node), subject, state);
    case K::MatchStar: {
      const ast::Identifier& name = ast::as<ast::MatchStar>(node)->name;
      return name ? capture(span_of(*node), name, subject, state) : dispose(span_of(*node), subject);
    }
    default: return;
  }
}

void Compiler::dispose(Span at, Value subject) {
  if (subject.temporary) drop(at, subject.reg);
}

void Compiler::capture(Span at, const ast::Identifier& name, Value subject, PatternState& state) {
  if (!subject.temporary) {
    const Register copy = code_->take();
    code_->emit(at, Opcode::op_move, copy, subject.reg);
    subject = temporary(copy);
  }
  state.captures.push_back({&name, subject.reg});
}

// Fails if the temporary `test` is false.
void Compiler::require(Span at, Register test, PatternState& state) {
  const Label fail = failure(state, temporary(test));
  code_->emit_b(at, Opcode::op_jump_if_false, fail.id, temporary(test));
}

void Compiler::match_value(ast::MatchValue& node, Value subject, PatternState& state) {
  const Span at = span_of(node);
  const Register base = code_->top;
  const auto* constant = ast::try_as<ast::Constant>(node.value);
  if (constant && constant->type == ast::ConstantType::Int && constant->integer >= INT16_MIN &&
      constant->integer <= INT16_MAX) {
    const Label fail = failure(state, subject);
    return code_->emit_b(at, Opcode::op_jump_if_equal_immediate, fail.id, subject,
                         static_cast<std::uint16_t>(constant->integer));
  }
  const Value expected = value(node.value);
  const Label fail = failure(state, subject, expected);
  code_->emit_bc(at, Opcode::op_jump_if_equal, fail.id, subject, expected);
  code_->top = base;
}

void Compiler::match_singleton(ast::MatchSingleton& node, Value subject, PatternState& state) {
  const Span at = span_of(node);
  if (node.value == ast::ConstantType::None) {
    const Label fail = failure(state, subject);
    return code_->emit_b(at, Opcode::op_jump_if_none, fail.id, subject);
  }
  const Register constant = code_->top;
  code_->emit(at, Opcode::op_load_constant, constant,
              code_->constant(ConstantValue(node.value == ast::ConstantType::True)));
  const Label fail = failure(state, subject, temporary(constant));
  code_->emit_bc(at, Opcode::op_jump_if_is, fail.id, subject, temporary(constant));
}

void Compiler::match_as(ast::MatchAs& node, Value subject, PatternState& state) {
  const Span at = span_of(node);
  if (!node.pattern) return node.name ? capture(at, node.name, subject, state) : dispose(at, subject);
  pattern(node.pattern, borrowed(subject.reg), state);
  capture(at, node.name, subject, state);
}

// All alternatives bind the same names, each of which gets a register of its own for all of them.
void Compiler::match_or(ast::MatchPatterns& node, Value subject, PatternState& state) {
  const Span at = span_of(node);
  std::vector<const ast::Identifier*> names;
  for_each_name(node.patterns[0], [&](const ast::Identifier& name) { names.push_back(&name); });
  const Register slots = code_->top;
  const auto count = static_cast<Register>(names.size());
  const Label matched = code_->label();
  for (ast::Pattern* alternative : node.patterns) {
    code_->top = slots + count;
    PatternState inner{.base = slots, .next = code_->label()};
    pattern(alternative, borrowed(subject.reg), inner);
    for (Register i = 0; i < count; ++i)
      for (const Capture& captured : inner.captures)
        if (captured.name->symbol == names[i]->symbol)
          code_->emit_b(at, Opcode::op_move, slots + i, temporary(captured.reg));
    code_->jump(at, matched);
    place_failures(at, inner);
    code_->place(inner.next);
  }
  const Label fail = failure(state);
  code_->jump(at, fail);
  code_->place(matched);
  code_->top = slots + count;
  for (Register i = 0; i < count; ++i) state.captures.push_back({names[i], slots + i});
  dispose(at, subject);
}

void Compiler::require_length(Span at, Value subject, std::uint32_t length, bool exact, PatternState& state) {
  const Register reg = code_->top;
  code_->emit(at, Opcode::op_get_length, reg, subject.reg);
  if (length <= INT16_MAX) {
    const Label fail = failure(state, temporary(reg));
    code_->emit_b(at, exact ? Opcode::op_jump_if_equal_immediate : Opcode::op_jump_if_greater_equal_immediate,
                  fail.id, temporary(reg), length);
  } else {
    load_integer(at, reg + 1, length);
    const Label fail = failure(state, temporary(reg), temporary(reg + 1));
    code_->emit_bc(at, exact ? Opcode::op_jump_if_equal : Opcode::op_jump_if_greater_equal, fail.id,
                   temporary(reg), temporary(reg + 1));
  }
}

void Compiler::match_sequence(ast::MatchPatterns& node, Value subject, PatternState& state) {
  const Span at = span_of(node);
  const std::uint32_t count = node.patterns.size();
  std::uint32_t star = count;
  bool only_wildcards = true;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (is_star(node.patterns[i])) star = i;
    only_wildcards &= is_wildcard(node.patterns[i]) || is_star_wildcard(node.patterns[i]);
  }
  code_->emit(at, Opcode::op_match_sequence, code_->top, subject.reg);
  require(at, code_->top, state);
  if (star == count)
    require_length(at, subject, count, true, state);
  else if (count > 1)
    require_length(at, subject, count - 1, false, state);
  if (only_wildcards) return dispose(at, subject);
  if (star < count && is_star_wildcard(node.patterns[star]))
    return sequence_by_index(node, subject, star, state);
  sequence_by_unpacking(node, subject, star, state);
}

// With `*_` only the items that matter are fetched.
void Compiler::sequence_by_index(ast::MatchPatterns& node, Value subject, std::uint32_t star,
                                 PatternState& state) {
  const Span at = span_of(node);
  const std::uint32_t count = node.patterns.size();
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i == star || is_wildcard(node.patterns[i])) continue;
    const Register item = code_->take();
    if (i < star) {
      load_integer(at, item, i);
    } else {
      code_->emit(at, Opcode::op_get_length, item, subject.reg);
      load_integer(at, item + 1, count - i);
      code_->emit_bc(at, Opcode::op_subtract, item, temporary(item), temporary(item + 1));
    }
    code_->emit_bc(at, Opcode::op_load_item, item, borrowed(subject.reg), temporary(item));
    pattern(node.patterns[i], temporary(item), state);
  }
  dispose(at, subject);
}

void Compiler::sequence_by_unpacking(ast::MatchPatterns& node, Value subject, std::uint32_t star,
                                     PatternState& state) {
  const Span at = span_of(node);
  const std::uint32_t count = node.patterns.size();
  const Register window = code_->top;
  if (star == count)
    code_->emit_b(at, Opcode::op_unpack_sequence, window, subject, count);
  else
    code_->emit_numbered(at, Opcode::op_unpack_extended, window, subject.reg, star, flag(subject, consume_b),
                         count - star - 1);
  code_->top = window + count;
  for (std::uint32_t i = 0; i < count; ++i) pattern(node.patterns[i], temporary(window + i), state);
}

void Compiler::match_mapping(ast::MatchMapping& node, Value subject, PatternState& state) {
  const Span at = span_of(node);
  const std::uint32_t count = node.keys.size();
  code_->emit(at, Opcode::op_match_mapping, code_->top, subject.reg);
  require(at, code_->top, state);
  if (count == 0 && !node.rest) return dispose(at, subject);
  if (count) require_length(at, subject, count, false, state);
  const Register keys = code_->top;
  bool fixed = true;
  for (const E* key : node.keys) fixed &= is_constant(*key);
  if (fixed) {
    code_->emit(at, Opcode::op_load_constant, keys, code_->constant(ConstantValue(fixed_values(node.keys))));
  } else {
    for (E* key : node.keys) push(key);
    code_->emit(at, Opcode::op_build_tuple, keys, keys, count);
  }
  const Register values = keys + 1;
  code_->emit(at, Opcode::op_match_keys, values, subject.reg, keys);
  const Label fail = failure(state);
  code_->emit(at, Opcode::op_jump_if_none, fail.id, values, no_register, sense_true);
  code_->emit_b(at, Opcode::op_unpack_sequence, values, temporary(values), count);
  code_->top = values + count;
  for (std::uint32_t i = 0; i < count; ++i) pattern(node.patterns[i], temporary(values + i), state);
  node.rest ? mapping_rest(node, subject, keys, state) : drop(at, keys);
  dispose(at, subject);
}

// rest = dict(subject); for key in keys: del rest[key]
void Compiler::mapping_rest(ast::MatchMapping& node, Value subject, Register keys, PatternState& state) {
  const Span at = span_of(node);
  const std::uint32_t count = node.keys.size();
  const Register rest = code_->take();
  code_->emit(at, Opcode::op_build_dict, rest, rest, 0);
  code_->emit(at, Opcode::op_dict_update, rest, subject.reg);
  const Register window = code_->top;
  code_->emit_b(at, Opcode::op_unpack_sequence, window, temporary(keys), count);
  for (std::uint32_t i = 0; i < count; ++i)
    code_->emit_bc(at, Opcode::op_delete_item, 0, borrowed(rest), temporary(window + i));
  state.captures.push_back({&node.rest, rest});
}

void Compiler::match_class(ast::MatchClass& node, Value subject, PatternState& state) {
  const Span at = span_of(node);
  const Register attributes = push(node.cls);
  ConstantTuple names;
  for (const Symbol name : node.kwd_attrs) names.items.push_back(ConstantStr{std::string(text(name))});
  code_->emit(at, Opcode::op_load_constant, attributes + 1, code_->constant(ConstantValue(std::move(names))));
  code_->emit_numbered(at, Opcode::op_match_class, attributes, subject.reg, attributes, 0,
                       node.patterns.size());
  dispose(at, subject);
  const Label fail = failure(state);
  code_->emit(at, Opcode::op_jump_if_none, fail.id, attributes, no_register, sense_true);
  const std::uint32_t count = node.patterns.size() + node.kwd_patterns.size();
  code_->emit_b(at, Opcode::op_unpack_sequence, attributes, temporary(attributes), count);
  code_->top = attributes + count;
  std::uint32_t i = 0;
  for (ast::Pattern* inner : node.patterns) pattern(inner, temporary(attributes + i++), state);
  for (ast::Pattern* inner : node.kwd_patterns) pattern(inner, temporary(attributes + i++), state);
}

}  // namespace cede::lang::compiling
