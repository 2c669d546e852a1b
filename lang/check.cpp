// The compiler's own checks: statements, in the order in which CPython generates code for them.
#include "lang/check_state.hpp"

#include <algorithm>

#include "lang/fold.hpp"

namespace cede::lang {

void check(ast::Module& module, const CheckOptions& options) { checking::Checker(module, options).run(); }

}  // namespace cede::lang

namespace cede::lang::checking {

void Checker::run() {
  try {
    enter(module_.scope);
    optional(module_.expression);
    block(module_.body);
  } catch (const SyntaxError&) {
    hand_over_warnings();  // they come before the error
    throw;
  }
  hand_over_warnings();
}

void Checker::hand_over_warnings() {
  if (warnings_.empty()) return;
  Arena& arena = *module_.arena;
  const std::size_t before = module_.warnings.size();
  auto* all = arena.allocate_array<Warning>(before + warnings_.size());
  std::copy(module_.warnings.begin(), module_.warnings.end(), all);
  std::copy(warnings_.begin(), warnings_.end(), all + before);
  module_.warnings = {all, static_cast<std::uint32_t>(before + warnings_.size())};
}

void Checker::statement(const ast::Statement& node) {
  using K = ast::Kind;
  switch (node.kind) {
    case K::FunctionDef:
    case K::AsyncFunctionDef: return function_definition(*ast::as<ast::FunctionDef>(&node));
    case K::ClassDef: return class_definition(*ast::as<ast::ClassDef>(&node));
    case K::TypeAlias: return type_alias(*ast::as<ast::TypeAlias>(&node));
    case K::Return: return return_statement(*ast::as<ast::Return>(&node));
    case K::Delete: return expressions(ast::as<ast::Delete>(&node)->targets);
    case K::Assign: return assign(*ast::as<ast::Assign>(&node));
    case K::AugAssign: return augmented_assign(*ast::as<ast::AugAssign>(&node));
    case K::AnnAssign: return annotated_assign(*ast::as<ast::AnnAssign>(&node));
    case K::For:
    case K::AsyncFor: return for_loop(*ast::as<ast::For>(&node));
    case K::While: return while_loop(*ast::as<ast::While>(&node));
    case K::If: {
      const auto& n = *ast::as<ast::If>(&node);
      return expression(*n.test), block(n.body), block(n.orelse);
    }
    case K::AsyncWith:
      if (!units_.back().async_function && !at_top_level_await())
        error(node, "'async with' outside async function");
      [[fallthrough]];
    case K::With: return with(*ast::as<ast::With>(&node), 0);
    case K::Match: return match(*ast::as<ast::Match>(&node));
    case K::Raise: {
      const auto& n = *ast::as<ast::Raise>(&node);
      return optional(n.exc), optional(n.cause);
    }
    case K::Try:
    case K::TryStar: return try_statement(*ast::as<ast::Try>(&node));
    case K::Assert: return assert_statement(*ast::as<ast::Assert>(&node));
    case K::Import: return imports(node, ast::as<ast::Import>(&node)->names);
    case K::ImportFrom: {
      const auto& n = *ast::as<ast::ImportFrom>(&node);
      if (n.module == Symbol::name___future__ && n.level == 0 && node.start >= future_end_)
        error(node, "from __future__ imports must occur at the beginning of the file");
      return imports(node, n.names);
    }
    case K::Expr: return expression(*ast::as<ast::ExpressionStatement>(&node)->value);
    case K::Break:
    case K::Continue: return jump_out(node);
    default: return;
  }
}

void Checker::return_statement(const ast::Return& node) {
  const Unit& unit = units_.back();
  if (!unit.function_like) error(node, "'return' outside function");
  if (node.value && unit.scope->coroutine && unit.scope->generator)
    error(node, "'return' with value in async generator");
  optional(node.value);
  // A constant is loaded after the blocks are left; CPython then is at the constant's position.
  const bool late = node.value && is_constant(*node.value) &&
                    source_.line_at(node.value->start) == source_.line_at(node.start);
  unwind(late ? static_cast<const ast::Node&>(*node.value) : node, false);
}

void Checker::assign(const ast::Assign& node) {
  expression(*node.value);
  expressions(node.targets);
}

void Checker::augmented_assign(const ast::AugAssign& node) {
  // An attribute or item is read in place: none of the checks of a store or a load.
  if (const auto* attribute = ast::try_as<ast::Attribute>(node.target)) {
    expression(*attribute->value);
  } else if (const auto* subscript = ast::try_as<ast::Subscript>(node.target)) {
    expression(*subscript->value);
    expression(*subscript->slice);
  }
  expression(*node.value);
  if (node.target->kind == ast::Kind::Name) expression(*node.target);
}

void Checker::annotated_assign(const ast::AnnAssign& node) {
  if (node.value) {
    expression(*node.value);
    expression(*node.target);
  }
  if (const auto* name = ast::try_as<ast::Name>(node.target)) {
    bind(name->id.symbol, node);
  } else if (const auto* attribute = ast::try_as<ast::Attribute>(node.target)) {
    bind(attribute->attr, node);
    if (!node.value) expression(*attribute->value);
  } else if (const auto* subscript = ast::try_as<ast::Subscript>(node.target); subscript && !node.value) {
    expression(*subscript->value);
    expression(*subscript->slice);
  }
  // Elsewhere, and if they are only text, annotations are not evaluated.
  const ScopeKind kind = units_.back().scope->kind;
  if (!module_.features.annotations && (kind == ScopeKind::Module || kind == ScopeKind::Class))
    expression(*node.annotation);
}

void Checker::for_loop(const ast::For& node) {
  if (node.kind == ast::Kind::AsyncFor) {
    if (!units_.back().async_function && !at_top_level_await())
      error(node, "'async for' outside async function");
    expression(*node.iter);
    push_block(BlockKind::Loop, node);
  } else {
    push_block(BlockKind::Loop, node);
    expression(*node.iter);
  }
  expression(*node.target);
  block(node.body);
  pop_block();
  block(node.orelse);
}

void Checker::while_loop(const ast::While& node) {
  push_block(BlockKind::Loop, node);
  const std::size_t first = warnings_.size();
  expression(*node.test);
  const std::size_t last = warnings_.size();
  block(node.body);
  repeat({first, last});  // the test is compiled at the end of the loop, too
  pop_block();
  block(node.orelse);
}

void Checker::with(const ast::With& node, std::size_t item) {
  const std::size_t outer = blocks_.size();
  for (; item < node.items.size(); ++item) {
    expression(*node.items[item]->context_expr);
    push_block(BlockKind::With, *node.items[item]->context_expr);
    optional(node.items[item]->optional_vars);
  }
  block(node.body);
  blocks_.resize(outer);
}

void Checker::try_statement(const ast::Try& node) {
  if (node.finalbody.empty()) return try_except(node);
  push_block(BlockKind::FinallyTry, node, &node);
  node.handlers.empty() ? block(node.body) : try_except(node);
  pop_block();
  push_block(BlockKind::FinallyEnd, node);
  finally_body(node);  // after the body
  finally_body(node);  // after an exception
  pop_block();
}

void Checker::try_except(const ast::Try& node) {
  const bool star = node.kind == ast::Kind::TryStar;
  push_block(BlockKind::Try, node);
  block(node.body);
  pop_block();
  if (!star) block(node.orelse);
  handlers(node, star ? BlockKind::GroupHandlers : BlockKind::Handlers);
  if (star) block(node.orelse);
}

void Checker::handlers(const ast::Try& node, BlockKind around) {
  push_block(around, node);
  for (const ast::ExceptHandler* handler : node.handlers) {
    if (!handler->type && handler != node.handlers.back()) error(*handler, "default 'except:' must be last");
    optional(handler->type);
    bind(handler->name.symbol, *handler);
    push_block(BlockKind::HandlerBody, *handler);
    block(handler->body);
    pop_block();
  }
  pop_block();
}

void Checker::assert_statement(const ast::Assert& node) {
  if (const auto* test = ast::try_as<ast::Collection>(node.test);
      test && test->kind == ast::Kind::Tuple && !test->elts.empty())
    warn(node, "assertion is always true, perhaps remove parentheses?");
  if (!options_.assertions) return;
  expression(*node.test);
  optional(node.msg);
}

void Checker::imports(const ast::Statement& node, const ast::Sequence<ast::Alias*>& names) {
  for (const ast::Alias* alias : names) bind(alias->bound.symbol, node);
}

}  // namespace cede::lang::checking
