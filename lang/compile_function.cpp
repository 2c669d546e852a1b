// Functions: definitions, decorators, default values, annotations, closures; and lambda.
#include "lang/compiler.hpp"
#include "lang/fold.hpp"

namespace cede::lang::compiling {

using K = ast::Kind;

namespace {

constexpr unsigned has_defaults = 1, has_keyword_defaults = 2, has_annotations = 4, has_closure = 8;
constexpr std::uint32_t window_size = 1 + call_header;  // of a call, without its arguments

}  // namespace

// The line that tracebacks and `co_firstlineno` name: the first decorator's.
std::uint32_t Compiler::first_line(const ast::Node& node, const ast::Expressions& decorators) const {
  return line_of(decorators.empty() ? node : *decorators[0]);
}

void Compiler::function_statement(ast::FunctionDef& node) {
  const Span at = span_of(node);
  const Register base = code_->top;
  push_decorators(node.decorator_list);
  const Register function = code_->top;
  const bool straight = node.decorator_list.empty() && node.name.binding.kind == ast::Binding::Kind::Local;
  const Register target = straight ? Register{node.name.binding.index} : function;
  if (node.type_params_scope) {
    generic_function(node, target);
  } else {
    unsigned parts = push_defaults(at, *node.args);
    parts |= push_annotations(node);
    make_function(at, *node.scope, function_unit(node), parts, function, target);
  }
  apply_decorators(node.decorator_list, base);
  if (!straight) store_variable(at, node.name, temporary(base));
  code_->top = base;
}

// def <generic parameters of f>(.defaults, .kwdefaults):
//     T = TypeVar("T")
//     def f(...): ...
//     f.__type_params__ = (T,)
//     return f
// f = <generic parameters of f>(defaults, keyword defaults)
void Compiler::generic_function(ast::FunctionDef& node, Register target) {
  const Span at = span_of(node);
  const Scope& scope = *node.type_params_scope;
  const Register window = code_->top;

  enter(scope, qualify(scope, scope.name), nullptr);
  make_cells(scope);
  const Register parameters = code_->top;
  type_parameters(node.type_params);
  const Register first = code_->top;
  unsigned parts = 0;
  for (std::uint32_t i = 0; i < scope.positional; ++i) {
    parts |= scope.locals[i].name == Symbol::Defaults ? has_defaults : has_keyword_defaults;
    code_->emit(at, Opcode::op_move, code_->take(), i);
  }
  parts |= push_annotations(node);
  make_function(at, *node.scope, function_unit(node), parts, first, first);
  intrinsic(at, Intrinsic::set_function_type_params, temporary(first), temporary(parameters));
  code_->emit_a(at, Opcode::op_return_value, temporary(first));
  std::shared_ptr<const CodeUnit> unit =
      leave(scope, text(scope.name), first_line(node, node.decorator_list));

  make_function(at, scope, std::move(unit), 0, window, window);
  code_->top = window + window_size;
  push_defaults(at, *node.args);
  code_->emit(at, Opcode::op_call, target, window, code_->top - window - window_size);
  settle(window, target);
}

std::shared_ptr<const CodeUnit> Compiler::function_unit(ast::FunctionDef& node) {
  const Scope& scope = *node.scope;
  enter(scope, qualify(scope, node.name.symbol), &node.body);
  function_body(scope, node.body);
  return leave(scope, text(node.name.symbol), first_line(node, node.decorator_list));
}

void Compiler::function_body(const Scope& scope, const ast::Block& body) {
  std::uint32_t skipped = 0;
  if (scope.has_docstring && options_.optimize < 2) {
    const auto* constant = ast::as<ast::Constant>(ast::as<ast::ExpressionStatement>(body[0])->value);
    code_->string_constant(clean_docstring(constant->text));
    skipped = 1;
  } else {
    code_->none_constant();
  }
  make_cells(scope);
  unit_->last = span_of(*body[0]);
  const bool guarded = scope.generator || scope.coroutine;
  const Region region = guarded ? code_->begin_region() : Region{};
  block({body.begin() + skipped, body.size() - skipped});
  finish_body(unit_->last);
  if (guarded) stop_iteration_handler(region);
}

// PEP 479: a StopIteration that leaves a generator or coroutine becomes a RuntimeError.
void Compiler::stop_iteration_handler(Region region) {
  code_->end_region(region);
  code_->place_handler(region);
  const Register error = intrinsic({}, Intrinsic::stop_iteration_error, temporary(region.exception));
  code_->emit_a({}, Opcode::op_reraise, temporary(error));
  code_->top = region.exception;
}

void Compiler::lambda_into(ast::Lambda& node, Register target) {
  const Span at = span_of(node);
  const Register base = code_->top;
  const unsigned parts = push_defaults(at, *node.args);
  const Scope& scope = *node.scope;
  enter(scope, qualify(scope, Symbol::Lambda), nullptr);
  code_->none_constant();
  make_cells(scope);
  const bool guarded = scope.generator || scope.coroutine;
  const Region region = guarded ? code_->begin_region() : Region{};
  const Register top = code_->top;
  code_->emit_a(span_of(*node.body), Opcode::op_return_value, value(node.body));
  code_->top = top;
  if (guarded) stop_iteration_handler(region);
  make_function(at, scope, leave(scope, "<lambda>", line_of(node)), parts, base, target);
}

// Each decorator begins the window of its call, whose argument is the window of the next or the function
// itself.
void Compiler::push_decorators(const ast::Expressions& decorators) {
  for (E* decorator : decorators) {
    push(decorator);
    code_->top += call_header;
  }
}

// The decorated object is where it has to be as the last decorator's argument; the result is left in `first`.
void Compiler::apply_decorators(const ast::Expressions& decorators, Register first) {
  for (std::uint32_t i = decorators.size(); i-- > 0;) {
    const Register window = first + i * window_size;
    code_->emit(span_of(*decorators[i]), Opcode::op_call, window, window, 1);
  }
}

unsigned Compiler::push_defaults(Span at, const ast::Arguments& args) {
  unsigned parts = 0;
  if (!args.defaults.empty()) {
    const Register first = code_->top;
    bool fixed = true;
    for (const E* node : args.defaults) fixed &= is_constant(*node);
    if (fixed) {
      code_->emit(at, Opcode::op_load_constant, first,
                  code_->constant(ConstantValue(fixed_values(args.defaults))));
    } else {
      for (E* node : args.defaults) push(node);
      code_->emit(at, Opcode::op_build_tuple, first, first, args.defaults.size());
    }
    code_->top = first + 1;
    parts |= has_defaults;
  }
  const Register first = code_->top;
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < args.kw_defaults.size(); ++i) {
    if (!args.kw_defaults[i]) continue;
    load_symbol(at, code_->take(), mangled(args.kwonlyargs[i]->arg.symbol));
    push(args.kw_defaults[i]);
    ++count;
  }
  if (count) {
    code_->emit(at, Opcode::op_build_dict, first, first, count);
    code_->top = first + 1;
    parts |= has_keyword_defaults;
  }
  return parts;
}

void Compiler::push_annotation(Span at, Symbol name, E* annotation) {
  if (!annotation) return;
  load_symbol(at, code_->take(), mangled(name));
  const Register reg = code_->top;
  annotation_into(annotation, reg, at);
  code_->top = reg + 1;
}

unsigned Compiler::push_annotations(ast::FunctionDef& node) {
  const Span at = span_of(node);
  const Register first = code_->top;
  const auto add = [&](const ast::Arg* arg) {
    if (arg) push_annotation(at, arg->arg.symbol, arg->annotation);
  };
  for (const ast::Arg* arg : node.args->args) add(arg);
  for (const ast::Arg* arg : node.args->posonlyargs) add(arg);
  add(node.args->vararg);
  for (const ast::Arg* arg : node.args->kwonlyargs) add(arg);
  add(node.args->kwarg);
  push_annotation(at, Symbol::kw_return, node.returns);
  if (code_->top == first) return 0;
  code_->emit(at, Opcode::op_build_tuple, first, first, code_->top - first);
  code_->top = first + 1;
  return has_annotations;
}

void Compiler::make_function(Span at, const Scope& scope, std::shared_ptr<const CodeUnit> unit,
                             unsigned parts, Register first, Register target) {
  if (!scope.frees.empty()) {
    const Register cells = code_->top;
    for (const FreeVariable& free : scope.frees) {
      const Register reg = code_->take();
      if (free.from_free)
        code_->emit(at, Opcode::op_load_closure_cell, reg, free.index);
      else
        code_->emit(at, Opcode::op_move, reg, code_->cell(free.index));
    }
    code_->emit(at, Opcode::op_build_tuple, cells, cells, scope.frees.size());
    parts |= has_closure;
  }
  code_->emit(at, Opcode::op_make_function, target, code_->code_constant(std::move(unit)), first,
              parts << small_shift);
  settle(first, target);
}

}  // namespace cede::lang::compiling
