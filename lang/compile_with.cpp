// with and async with:
//     enter, exit = context.__enter__, context.__exit__
//     target = enter()
//     try: body
//     except: if not exit(*sys.exc_info()): raise
//     else: exit(None, None, None)
#include "lang/compiler.hpp"

namespace cede::lang::compiling {

namespace {

// What is awaited, for the words of errors: operands of get_awaitable.
constexpr unsigned awaits_enter = 1, awaits_exit = 2;

}  // namespace

void Compiler::with_statement(ast::With& node, std::uint32_t index) {
  const ast::WithItem& item = *node.items[index];
  const bool is_async = node.kind == ast::Kind::AsyncWith;
  const Span at = span_of(*item.context_expr);
  const Register exit = code_->top, entered = exit + 1;
  const Register local = item.optional_vars ? local_of(item.optional_vars) : no_register;
  const Register target = local != no_register ? local : entered;
  const Value context = value(item.context_expr);
  const unsigned flags = flag(context, consume_b) | (is_async ? 1u << small_shift : 0u);
  code_->emit(at, Opcode::op_with_enter, is_async ? entered : target, context.reg, exit, flags);
  if (is_async) {
    code_->top = entered;
    await(at, target, entered, awaits_enter);
  }
  code_->top = entered;
  Block with{.kind = Block::Kind::With, .reg = exit, .at = at, .is_async = is_async};
  with.regions = code_->regions();
  const Label end = code_->label();
  const Region region = code_->begin_region();
  unit_->blocks.push_back(std::move(with));
  if (local == no_register) {
    code_->top = entered + 1;
    item.optional_vars ? store(item.optional_vars, temporary(entered)) : drop(at, entered);
    code_->top = entered;
  }
  index + 1 < node.items.size() ? with_statement(node, index + 1) : block(node.body);
  unit_->blocks.pop_back();
  code_->end_region(region);
  leave_with(at, exit, is_async);
  code_->jump(at, end);
  with_handler(at, region, exit, is_async);
  code_->place(end);
  code_->top = exit;
}

void Compiler::leave_with(Span at, Register exit, bool is_async) {
  const Register result = code_->top;
  code_->emit_b(at, Opcode::op_with_exit, result, temporary(exit));
  if (is_async) await(at, result, result, awaits_exit);
  drop(at, result);
  code_->top = result;
}

// Ends where the exception is suppressed.
void Compiler::with_handler(Span at, Region region, Register exit, bool is_async) {
  code_->place_handler(region);
  const Register exception = region.exception, previous = code_->take();
  code_->emit(at, Opcode::op_enter_handler, previous, exception);
  const Region cleanup = code_->begin_region();
  const Label suppressed = code_->label();
  const Register result = code_->take();
  code_->emit(at, Opcode::op_with_exit_exception, result, exit, exception);
  if (is_async) await(at, result, result, awaits_exit);
  code_->emit_b(at, Opcode::op_jump_if_true, suppressed.id, temporary(result));
  code_->end_region(cleanup);
  code_->emit_a(at, Opcode::op_leave_handler, temporary(previous));
  code_->emit_a(at, Opcode::op_reraise, temporary(exception));
  reraise_cleanup(cleanup, previous);
  code_->place(suppressed);
  code_->emit_a(at, Opcode::op_leave_handler, temporary(previous));
  drop(at, exception);
  drop(at, exit);
}

}  // namespace cede::lang::compiling
