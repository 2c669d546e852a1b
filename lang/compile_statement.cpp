// Statements and control flow.
#include <cassert>

#include "lang/compiler.hpp"

namespace cede::lang::compiling {

using K = ast::Kind;

void Compiler::block(const ast::Block& statements) {
  for (ast::Statement* node : statements) {
    unit_->last = span_of(*node);
    const Register base = code_->top;
    statement(node);
    assert(code_->top == base);
    code_->top = base;
  }
}

void Compiler::statement(ast::Statement* node) {
  switch (node->kind) {
    case K::FunctionDef:
    case K::AsyncFunctionDef: return function_statement(*ast::as<ast::FunctionDef>(node));
    case K::ClassDef: return class_statement(*ast::as<ast::ClassDef>(node));
    case K::Return: return return_statement(*ast::as<ast::Return>(node));
    case K::Delete:
      for (E* target : ast::as<ast::Delete>(node)->targets) delete_target(target);
      return;
    case K::Assign: return assign_statement(*ast::as<ast::Assign>(node));
    case K::TypeAlias: return type_alias(*ast::as<ast::TypeAlias>(node));
    case K::AugAssign: return augmented_assign(*ast::as<ast::AugAssign>(node));
    case K::AnnAssign: return annotated_assign(*ast::as<ast::AnnAssign>(node));
    case K::For: return for_statement(*ast::as<ast::For>(node));
    case K::AsyncFor: return async_for_statement(*ast::as<ast::For>(node));
    case K::While: return while_statement(*ast::as<ast::While>(node));
    case K::If: return if_statement(ast::as<ast::If>(node));
    case K::With:
    case K::AsyncWith: return with_statement(*ast::as<ast::With>(node), 0);
    case K::Match: return match_statement(*ast::as<ast::Match>(node));
    case K::Raise: return raise_statement(*ast::as<ast::Raise>(node));
    case K::Try:
    case K::TryStar: return try_statement(*ast::as<ast::Try>(node));
    case K::Assert: return assert_statement(*ast::as<ast::Assert>(node));
    case K::Import: return import_statement(*ast::as<ast::Import>(node));
    case K::ImportFrom: return import_from(*ast::as<ast::ImportFrom>(node));
    case K::Expr: return expression_statement(*ast::as<ast::ExpressionStatement>(node));
    case K::Break:
    case K::Continue: return break_or_continue(*node);
    default: return;
  }
}

void Compiler::expression_statement(ast::ExpressionStatement& node) {
  if (!options_.interactive || unit_->outer) return discard(node.value);
  const Register base = code_->top;
  const Value shown = value(node.value);
  drop(span_of(node), intrinsic(span_of(node), Intrinsic::print_expression, shown));
  code_->top = base;
}

void Compiler::assert_statement(ast::Assert& node) {
  if (options_.optimize) return;
  const Span at = span_of(node);
  const Register base = code_->top;
  const Label end = code_->label();
  condition(node.test, end, true);
  intrinsic(at, Intrinsic::assertion_error);
  if (node.msg) {
    code_->top = base + 1 + call_header;
    push(node.msg);
    code_->emit(at, Opcode::op_call, base, base, 1);
  }
  code_->emit_a(span_of(*node.test), Opcode::op_raise, temporary(base));
  code_->place(end);
  code_->top = base;
}

void Compiler::raise_statement(ast::Raise& node) {
  const Register base = code_->top;
  const Value exception = node.exc ? value(node.exc, node.end) : no_value;
  const Value cause = node.cause ? value(node.cause) : no_value;
  code_->emit_ab(span_of(node), Opcode::op_raise, exception, cause);
  code_->top = base;
}

// A chain of `elif` is a chain of statements nested in `orelse`.
void Compiler::if_statement(ast::If* node) {
  const Label end = code_->label();
  for (;;) {
    const Label otherwise = code_->label();
    condition(node->test, otherwise, false);
    block(node->body);
    if (node->orelse.empty()) {
      code_->place(otherwise);
      break;
    }
    code_->jump(unit_->last, end);
    code_->place(otherwise);
    if (node->orelse.size() != 1 || node->orelse[0]->kind != K::If) {
      block(node->orelse);
      break;
    }
    node = ast::as<ast::If>(node->orelse[0]);
    unit_->last = span_of(*node);
  }
  code_->place(end);
}

void Compiler::while_statement(ast::While& node) {
  const Label otherwise = code_->label(), end = code_->label();
  const Label head = code_->loop_head();
  unit_->blocks.push_back({.kind = Block::Kind::While, .break_to = end, .continue_to = head});
  condition(node.test, otherwise, false);
  block(node.body);
  code_->jump_back(span_of(*node.test), head);
  unit_->blocks.pop_back();
  code_->place(otherwise);
  block(node.orelse);
  code_->place(end);
}

void Compiler::for_statement(ast::For& node) {
  const Span at = span_of(*node.iter);
  const Register iterator = code_->top;
  code_->emit_b(at, Opcode::op_get_iterator, iterator, value(node.iter));
  code_->top = iterator + 1;
  const Label exhausted = code_->label(), end = code_->label();
  const Label head = code_->loop_head();
  unit_->blocks.push_back({.kind = Block::Kind::For, .reg = iterator, .break_to = end, .continue_to = head});
  if (const Register local = local_of(node.target); local != no_register) {
    code_->emit(at, Opcode::op_for_next, local, iterator, exhausted.id);
  } else {
    const Register item = code_->take();
    code_->emit(at, Opcode::op_for_next, item, iterator, exhausted.id);
    store(node.target, temporary(item));
    code_->top = item;
  }
  block(node.body);
  code_->jump_back(unit_->last, head);
  unit_->blocks.pop_back();
  code_->place(exhausted);
  drop(at, iterator);
  code_->top = iterator;
  block(node.orelse);
  code_->place(end);
}

// while True:
//     try: target = await iterator.__anext__()
//     except StopAsyncIteration: break
//     body
void Compiler::async_for_statement(ast::For& node) {
  const Span at = span_of(node);
  const Register iterator = code_->top;
  code_->emit_b(span_of(*node.iter), Opcode::op_get_async_iterator, iterator, value(node.iter));
  code_->top = iterator + 1;
  const Label exhausted = code_->label(), end = code_->label();
  const Label head = code_->loop_head();
  const Region region = code_->begin_region();
  const Register item = code_->take();
  code_->emit(at, Opcode::op_get_anext, item, iterator);
  const Register local = local_of(node.target);
  code_->emit(at, Opcode::op_await_value, local != no_register ? local : item, item);
  code_->end_region(region);
  if (local == no_register) store(node.target, temporary(item));
  code_->top = item;
  unit_->blocks.push_back({.kind = Block::Kind::For, .reg = iterator, .break_to = end, .continue_to = head});
  block(node.body);
  code_->jump_back(unit_->last, head);
  unit_->blocks.pop_back();
  code_->place_handler(region);
  code_->emit(span_of(*node.iter), Opcode::op_end_async_for, region.exception, exhausted.id, no_register,
              consume_a);
  code_->place(exhausted);
  drop(at, iterator);
  code_->top = iterator;
  block(node.orelse);
  code_->place(end);
}

void Compiler::return_statement(ast::Return& node) {
  const Span at = span_of(node);
  const Register base = code_->top;
  std::vector<Block>& blocks = unit_->blocks;
  E* returned = node.value;
  while (blocks.empty() && returned && returned->kind == K::IfExp) {  // returns from the branches
    const auto& conditional = *ast::as<ast::IfExp>(returned);
    const Label otherwise = code_->label();
    condition(conditional.test, otherwise, false);
    code_->emit_a(at, Opcode::op_return_value, value(conditional.body));
    code_->top = base;
    code_->place(otherwise);
    returned = conditional.orelse;
  }
  Value result = returned ? value(returned) : temporary(push_none(at));
  if (blocks.empty()) {
    code_->emit_a(at, Opcode::op_return_value, result);
    code_->top = base;
    return;
  }
  if (!result.temporary) {
    // What runs on the way out may rebind the variable.
    const Register copy = code_->take();
    code_->emit(at, Opcode::op_move, copy, result.reg);
    result = temporary(copy);
  }
  const std::vector<Block> saved_blocks = blocks;
  const std::vector<std::uint32_t> saved_regions = code_->regions();
  leave_blocks(0, result.reg);
  code_->emit_a(at, Opcode::op_return_value, result);
  unit_->blocks = saved_blocks;
  code_->restore_regions(saved_regions);
  code_->top = base;
}

void Compiler::break_or_continue(ast::Statement& node) {
  const Span at = span_of(node);
  std::vector<Block>& blocks = unit_->blocks;
  std::size_t loop = blocks.size();
  while (loop > 0 && blocks[loop - 1].kind != Block::Kind::While && blocks[loop - 1].kind != Block::Kind::For)
    --loop;
  if (loop == 0) return;
  const Register base = code_->top;
  const std::vector<Block> saved_blocks = blocks;
  const std::vector<std::uint32_t> saved_regions = code_->regions();
  const bool is_break = node.kind == K::Break;
  leave_blocks(is_break ? loop - 1 : loop, no_register);
  if (is_break)
    code_->jump(at, saved_blocks[loop - 1].break_to);
  else
    code_->jump_back(at, saved_blocks[loop - 1].continue_to);
  unit_->blocks = saved_blocks;
  code_->restore_regions(saved_regions);
  code_->top = base;
}

// Leaves the blocks from the innermost on until `down_to` are left. The caller restores them. `saved` is a
// temporary that lives on: what is returned.
void Compiler::leave_blocks(std::size_t down_to, Register saved) {
  while (unit_->blocks.size() > down_to) {
    const Block left = std::move(unit_->blocks.back());
    unit_->blocks.pop_back();
    leave_block(left, saved);
  }
}

void Compiler::leave_block(const Block& left, Register saved) {
  const Span at = left.at;
  const Register base = code_->top;
  switch (left.kind) {
    case Block::Kind::While: break;
    case Block::Kind::For:
    case Block::Kind::Saved: drop(at, left.reg); break;
    case Block::Kind::Guarded: code_->restore_regions(left.regions); break;
    case Block::Kind::Finally:
      code_->restore_regions(left.regions);
      if (saved != no_register) unit_->blocks.push_back({.kind = Block::Kind::Saved, .reg = saved});
      block(left.try_statement->finalbody);
      if (saved != no_register) unit_->blocks.pop_back();
      break;
    case Block::Kind::With:
      code_->restore_regions(left.regions);
      leave_with(at, left.reg, left.is_async);
      break;
    case Block::Kind::Handler:
    case Block::Kind::FinallyHandler:
      code_->restore_regions(left.regions);
      code_->emit_a(at, Opcode::op_leave_handler, temporary(left.reg + 1));
      drop(at, left.reg);
      if (left.handler && left.handler->name) unbind(at, left.handler->name);
      break;
  }
  code_->top = base;
}

// __import__(module, ..., names, level): leaves the module in a new temporary.
void Compiler::import_module(Span at, std::uint32_t level, ConstantValue names, Symbol module) {
  const Register base = code_->take();
  load_integer(at, base, level);
  if (std::holds_alternative<ConstantNone>(names))
    code_->emit(at, Opcode::op_load_none, base + 1);
  else
    code_->emit(at, Opcode::op_load_constant, base + 1, code_->constant(std::move(names)));
  code_->emit(at, Opcode::op_import_name, base, code_->string_constant(text(module)), base);
}

void Compiler::import_statement(ast::Import& node) {
  const Span at = span_of(node);
  for (const ast::Alias* alias : node.names) {
    const Register module = code_->top;
    import_module(at, 0, ConstantNone{}, mangled(alias->name));
    if (alias->asname != Symbol::Absent) load_submodules(at, text(alias->name), module);
    store_variable(at, alias->bound, temporary(module));
    code_->top = module;
  }
}

// `import a.b.c as d` binds a.b.c, where the statement itself gives a.
void Compiler::load_submodules(Span at, std::string_view dotted, Register module) {
  for (std::size_t dot = dotted.find('.'); dot != std::string_view::npos;) {
    const std::size_t next = dotted.find('.', dot + 1);
    const std::string_view name =
        dotted.substr(dot + 1, next == std::string_view::npos ? std::string_view::npos : next - dot - 1);
    code_->emit(at, Opcode::op_import_from, module + 1, module, code_->string_constant(name));
    drop(at, module);
    code_->emit_b(at, Opcode::op_move, module, temporary(module + 1));
    dot = next;
  }
}

void Compiler::import_from(ast::ImportFrom& node) {
  const Span at = span_of(node);
  const Register module = code_->top;
  ConstantTuple names;
  for (const ast::Alias* alias : node.names)
    names.items.push_back(ConstantStr{std::string(text(alias->name))});
  import_module(at, node.level, std::move(names),
                node.module == Symbol::Absent ? node.module : mangled(node.module));
  if (node.names[0]->name == Symbol::Star) {
    code_->emit_b(at, Opcode::op_import_star, 0, temporary(module));
    code_->top = module;
    return;
  }
  for (const ast::Alias* alias : node.names) {
    const Register item = code_->take();
    code_->emit(at, Opcode::op_import_from, item, module, code_->string_constant(text(mangled(alias->name))));
    store_variable(at, alias->bound, temporary(item));
    code_->top = item;
  }
  drop(at, module);
  code_->top = module;
}

}  // namespace cede::lang::compiling
