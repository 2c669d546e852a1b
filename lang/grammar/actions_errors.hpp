// The error rules whose words or position depend on more than a Where can say. Each `check` is called when
// its rule has matched from `begin` to the cursor, and throws or returns (the parser then tries its next
// alternative).
#pragma once

#include "lang/grammar/actions_stmt.hpp"

namespace cede::lang::grammar {

// The values above `until`, first to last.
inline std::vector<const ast::Node*> values_above(const Builder& b, const Cell* until) {
  std::vector<const ast::Node*> values;
  for (const Cell* c = b.in.cursor.top; c != until; c = c->below)
    values.push_back(static_cast<ast::Node*>(c->data));
  return {values.rbegin(), values.rend()};
}

// "cannot assign to ..." or "cannot delete ..." for the part of the expression that is no target, if there is
// one.
inline void check_target(const Builder& b, const ast::Expression* e, TargetKind kind) {
  const ast::Expression* bad = invalid_target(e, kind);
  if (!bad) return;
  b.raise_at((kind == TargetKind::Delete ? "cannot delete " : "cannot assign to ") +
                 std::string(expression_name(*bad)),
             {bad->start, bad->end});
}

struct check_for_target {
  static void check(Builder& b, const Cursor&) {
    check_target(b, expression_in(*b.in.cursor.top), TargetKind::For);
  }
};
struct check_with_target {
  static void check(Builder& b, const Cursor&) {
    check_target(b, expression_in(*b.in.cursor.top), TargetKind::Star);
  }
};
struct check_delete_targets {
  static void check(Builder& b, const Cursor&) {
    check_target(b, expression_in(*b.in.cursor.top), TargetKind::Delete);
  }
};
struct check_assignment_targets {
  static void check(Builder& b, const Cursor& begin) {
    for (const ast::Node* target : values_above(b, begin.top))
      check_target(b, static_cast<const ast::Expression*>(target), TargetKind::Star);
  }
};
struct check_annotated_display {
  static void check(Builder& b, const Cursor& begin) {
    const auto* target = static_cast<const ast::Expression*>(values_above(b, begin.top).front());
    if (target->kind == AK::List || target->kind == AK::Tuple)
      b.raise_at("only single target (not " + std::string(expression_name(*target)) + ") can be annotated",
                 {target->start, target->end});
  }
};

inline bool is_legacy_statement(const ast::Node* node) {
  const auto* n = ast::try_as<ast::Name>(node);
  return n && (n->id.symbol == Symbol::name_print || n->id.symbol == Symbol::name_exec);
}

struct check_forgotten_comma {
  static void check(Builder& b, const Cursor& begin) {
    const auto values = values_above(b, begin.top);
    if (is_legacy_statement(values[0]) || b.in.cursor.token[-1].level == 0) return;
    b.raise_at("invalid syntax. Perhaps you forgot a comma?", {values[0]->start, values[1]->end});
  }
};
struct check_legacy_call {
  static void check(Builder& b, const Cursor& begin) {
    const auto values = values_above(b, begin.top);
    if (!is_legacy_statement(values[0])) return;
    const std::string text(b.symbols.text(static_cast<const ast::Name*>(values[0])->id.symbol));
    b.raise_at("Missing parentheses in call to '" + text + "'. Did you mean " + text + "(...)?",
               {values[0]->start, values[1]->end});
  }
};

// ---- arguments

constexpr std::string_view generator_message = "Generator expression must be parenthesized";

// From the element at `element` to the end of the last clause after it.
struct check_unparenthesized_generator {
  static void check(Builder& b, const Cursor& begin) {
    const auto values = values_above(b, begin.top);
    std::size_t last = 1;
    while (last + 1 < values.size() && values[last + 1]->kind == AK::comprehension) ++last;
    b.raise_at(std::string(generator_message), {values[0]->start, values[last]->end});
  }
};
struct check_trailing_generator {
  static void check(Builder& b, const Cursor& begin) {
    const auto values = values_above(b, begin.top);
    std::size_t first_clause = values.size();
    while (values[first_clause - 1]->kind == AK::comprehension) --first_clause;
    if (first_clause <= 1) return;  // a lone generator expression needs no parentheses
    b.raise_at(std::string(generator_message), {values[first_clause - 1]->start, values.back()->end});
  }
};
struct check_late_unpacking {
  static void check(Builder& b, const Cursor&) {
    const Cell* comma = b.in.cursor.top;
    while (comma->data) comma = comma->below;
    b.raise_at("iterable argument unpacking follows keyword argument unpacking",
               location_from(comma->start, b.in));
  }
};
struct check_argument_order {
  static void check(Builder& b, const Cursor& begin) {
    bool unpacking = false;
    for (const ast::Node* value : values_above(b, begin.top)) {
      if (!value) break;  // the comma after the arguments that are in order
      if (const auto* keyword = ast::try_as<ast::Keyword>(value)) unpacking |= keyword->arg == Symbol::Absent;
    }
    b.raise_here(unpacking ? "positional argument follows keyword argument unpacking"
                           : "positional argument follows keyword argument");
  }
};

// ---- statements

inline void raise_bound(Builder& b, const Cursor& begin, std::string_view what) {
  const bool tuple = values_above(b, begin.top).back()->kind == AK::Tuple;
  b.raise_at("cannot use " + std::string(tuple ? "constraints" : "bound") + " with " + std::string(what),
             location_from(begin.token[2].start, b.in));
}
struct check_bound_on_type_variable_tuple {
  static void check(Builder& b, const Cursor& begin) { raise_bound(b, begin, "TypeVarTuple"); }
};
struct check_bound_on_parameter_specification {
  static void check(Builder& b, const Cursor& begin) { raise_bound(b, begin, "ParamSpec"); }
};

struct check_mixed_except {
  static void check(Builder& b, const Cursor&) {
    const Token* last = b.in.cursor.token - 1;
    const Token* first = last->kind == K::Star ? last - 1 : last;
    b.raise_at("cannot have both 'except' and 'except*' on the same 'try'", {first->start, last->end});
  }
};

struct check_class_pattern_order {
  static void check(Builder& b, const Cursor& begin) {
    const Cell* last = b.in.cursor.top;
    const Cell* first = last;
    while (first->below->data) first = first->below;
    static_cast<void>(begin);
    b.raise_at("positional patterns follow keyword patterns",
               {static_cast<ast::Node*>(first->data)->start, static_cast<ast::Node*>(last->data)->end});
  }
};

}  // namespace cede::lang::grammar
