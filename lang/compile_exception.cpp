// try. A handler finds the exception in a temporary `e` and keeps in `e + 1` what was being handled before;
// while it runs, a second region restores that if another exception leaves it. `finally` blocks are compiled
// once for each way out.
#include "lang/compiler.hpp"

namespace cede::lang::compiling {

void Compiler::try_statement(ast::Try& node) {
  node.finalbody.empty() ? try_except(node) : try_finally(node);
}

// Leaves the handler of a handler: what was handled before is handled again, the new exception goes on.
void Compiler::reraise_cleanup(Region region, Register previous) {
  code_->place_handler(region);
  code_->emit_a({}, Opcode::op_leave_handler, temporary(previous));
  code_->emit_a({}, Opcode::op_reraise, temporary(region.exception));
  code_->top = region.exception;
}

// try: body
// except: finally block; raise
// else: finally block
void Compiler::try_finally(ast::Try& node) {
  const Register base = code_->top;
  const Label end = code_->label();
  const Region region = code_->begin_region();
  Block block_{.kind = Block::Kind::Finally, .try_statement = &node};
  block_.regions = code_->regions();
  block_.regions.pop_back();
  unit_->blocks.push_back(std::move(block_));
  node.handlers.empty() ? block(node.body) : try_except(node);
  unit_->blocks.pop_back();
  code_->end_region(region);
  code_->top = base;
  block(node.finalbody);
  code_->jump(unit_->last, end);

  code_->place_handler(region);
  const Register exception = region.exception, previous = code_->take();
  code_->emit({}, Opcode::op_enter_handler, previous, exception);
  Block handler{.kind = Block::Kind::FinallyHandler, .reg = exception};
  handler.regions = code_->regions();
  const Region cleanup = code_->begin_region();
  unit_->blocks.push_back(std::move(handler));
  block(node.finalbody);
  unit_->blocks.pop_back();
  code_->end_region(cleanup);
  code_->emit_a({}, Opcode::op_leave_handler, temporary(previous));
  code_->emit_a({}, Opcode::op_reraise, temporary(exception));
  reraise_cleanup(cleanup, previous);
  code_->place(end);
  code_->top = base;
}

void Compiler::guarded_body(ast::Try& node, Region region) {
  Block guarded{.kind = Block::Kind::Guarded};
  guarded.regions = code_->regions();
  guarded.regions.pop_back();
  unit_->blocks.push_back(std::move(guarded));
  block(node.body);
  unit_->blocks.pop_back();
  code_->end_region(region);
  block(node.orelse);
}

void Compiler::try_except(ast::Try& node) {
  const Register base = code_->top;
  const Label end = code_->label();
  const Region region = code_->begin_region();
  guarded_body(node, region);
  code_->jump(unit_->last, end);
  code_->place_handler(region);
  if (node.kind == ast::Kind::TryStar)
    star_handlers(node, region.exception, end);
  else
    except_handlers(node, region.exception, end);
  code_->place(end);
  code_->top = base;
}

void Compiler::except_handlers(ast::Try& node, Register exception, Label end) {
  const Register previous = code_->take();
  code_->emit({}, Opcode::op_enter_handler, previous, exception);
  const std::vector<std::uint32_t> outside = code_->regions();
  const Region cleanup = code_->begin_region();
  for (ast::ExceptHandler* handler : node.handlers) {
    const Label next = code_->label();
    if (handler->type) {
      const Value type = value(handler->type);
      code_->emit_bc(span_of(*handler), Opcode::op_match_exception, next.id, borrowed(exception), type);
      code_->top = previous + 1;
    }
    except_handler(*handler, exception, outside, end);
    code_->place(next);
  }
  code_->end_region(cleanup);
  code_->emit_a({}, Opcode::op_leave_handler, temporary(previous));
  code_->emit_a({}, Opcode::op_reraise, temporary(exception));
  reraise_cleanup(cleanup, previous);
}

// except T as name:
//     try: body
//     finally: name = None; del name
void Compiler::except_handler(ast::ExceptHandler& handler, Register exception,
                              const std::vector<std::uint32_t>& outside, Label end) {
  const Span at = span_of(handler);
  const bool named = static_cast<bool>(handler.name);
  if (named) store_variable(at, handler.name, borrowed(exception));
  const std::vector<std::uint32_t> inside = code_->regions();
  const Region region = named ? code_->begin_region() : Region{};
  unit_->blocks.push_back(
      {.kind = Block::Kind::Handler, .reg = exception, .handler = &handler, .regions = outside});
  block(handler.body);
  unit_->blocks.pop_back();
  if (named) code_->end_region(region);

  code_->restore_regions(outside);
  code_->emit_a({}, Opcode::op_leave_handler, temporary(exception + 1));
  drop({}, exception);
  if (named) unbind(unit_->last, handler.name);
  code_->jump(unit_->last, end);
  code_->restore_regions(inside);
  if (!named) return;
  code_->place_handler(region);
  unbind({}, handler.name);
  code_->emit_a({}, Opcode::op_reraise, temporary(region.exception));
  code_->top = region.exception;
}

// name = None; del name
void Compiler::unbind(Span at, const ast::Identifier& name) {
  if (name.binding.kind == ast::Binding::Kind::Local)
    return code_->emit(at, Opcode::op_clear_local, name.binding.index);
  const Register none = push_none(at);
  store_variable(at, name, temporary(none));
  code_->top = none;
  delete_variable(at, name);
}

// results, rest = [], exception
// for each `except* T as name`:
//     match, rest = split(rest, T)
//     if match is not None:
//         try: name = match; body
//         except error: results.append(error)
// results.append(rest)
// raise what `combine_exception_group` makes of them, if anything
void Compiler::star_handlers(ast::Try& node, Register exception, Label end) {
  const Register previous = code_->take();
  code_->emit({}, Opcode::op_enter_handler, previous, exception);
  const Region cleanup = code_->begin_region();
  const Span at = span_of(*node.handlers[0]);
  const Register results = code_->take(), rest = code_->take();
  code_->emit(at, Opcode::op_build_list, results, results, 0);
  code_->emit(at, Opcode::op_move, rest, exception);
  for (ast::ExceptHandler* handler : node.handlers) star_handler(*handler, results);
  code_->emit_b({}, Opcode::op_list_append, results, temporary(rest));
  code_->emit({}, Opcode::op_move, rest, exception);
  code_->emit_bc({}, Opcode::op_combine_exception_group, results, temporary(rest), temporary(results));
  code_->end_region(cleanup);
  const Label nothing = code_->label();
  code_->emit({}, Opcode::op_jump_if_none, nothing.id, results, no_register, sense_true);
  code_->emit_a({}, Opcode::op_leave_handler, temporary(previous));
  code_->emit_a({}, Opcode::op_reraise, temporary(results));
  reraise_cleanup(cleanup, previous);
  code_->place(nothing);
  drop({}, results);
  code_->emit_a({}, Opcode::op_leave_handler, temporary(previous));
  drop({}, exception);
  code_->jump({}, end);
}

// `results` is the list, `results + 1` the rest of the exception group.
void Compiler::star_handler(ast::ExceptHandler& handler, Register results) {
  const Span at = span_of(handler);
  const Register match = results + 1, rest = results + 2, previous = results + 3;
  const bool named = static_cast<bool>(handler.name);
  code_->top = rest;
  push(handler.type);
  code_->emit_bc(at, Opcode::op_match_exception_group, match, temporary(match), temporary(rest));
  const Label next = code_->label();
  code_->emit(at, Opcode::op_jump_if_none, next.id, match, no_register, sense_true);
  code_->emit(at, Opcode::op_enter_handler, previous, match);
  code_->top = previous + 1;
  if (named) store_variable(at, handler.name, borrowed(match));
  const Region region = code_->begin_region();
  block(handler.body);
  code_->end_region(region);
  if (named) unbind(unit_->last, handler.name);
  code_->emit_a({}, Opcode::op_leave_handler, temporary(previous));
  code_->jump(unit_->last, next);

  code_->place_handler(region);
  if (named) unbind({}, handler.name);
  code_->emit_b({}, Opcode::op_list_append, results, temporary(region.exception));
  code_->emit_a({}, Opcode::op_leave_handler, temporary(previous));
  code_->place(next);
  drop({}, match);
  code_->emit_b({}, Opcode::op_move, match, temporary(rest));
  code_->top = rest;
}

}  // namespace cede::lang::compiling
