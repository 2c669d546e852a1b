// Calls. The window of a call is laid out first, so that every argument is evaluated straight into the
// register from which the callee takes it; windows of inner calls lie above.
#include <algorithm>

#include "lang/compiler.hpp"

namespace cede::lang::compiling {

using K = ast::Kind;

namespace {

constexpr std::uint32_t most_arguments = 250;  // more are passed as a tuple and a dictionary

std::uint32_t code_points(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

// Whether a call needs no unpacking.
bool is_plain_call(const ast::Expressions& args, const ast::Sequence<ast::Keyword*>& keywords) {
  if (args.size() + keywords.size() > most_arguments) return false;
  for (const ast::Expression* arg : args)
    if (arg->kind == K::Starred) return false;
  for (const ast::Keyword* keyword : keywords)
    if (keyword->arg == Symbol::Absent) return false;
  return true;
}

// CPython's positions: what loads an attribute that stands on a later line begins with the attribute's name.
Span Compiler::attribute_span(const ast::Attribute& node, Span at) const {
  const std::string_view between = source_.text().substr(at.start, node.end - at.start);
  if (between.find('\n') == std::string_view::npos) return at;
  return {node.end - code_points(text(node.attr)), at.end};
}

void Compiler::call_into(ast::Call& node, Register target) {
  const bool plain = is_plain_call(node.args, node.keywords);
  if (plain && node.func->kind == K::Attribute) {
    method_call_into(node, target);
    return;
  }
  const Register window = code_->top;
  push(node.func);
  if (!plain) return spread_call(span_of(node), window, node.args, node.keywords, target);
  code_->top = window + 1 + call_header;
  push_arguments(node.args, node.keywords);
  finish_call(span_of(node), window, node.args.size(), node.keywords, false, target);
}

void Compiler::method_call_into(ast::Call& node, Register target) {
  ast::Attribute& method = *ast::as<ast::Attribute>(node.func);
  const Register window = code_->top;
  Span at = attribute_span(method, span_of(node));
  const Span load_at = attribute_span(method, span_of(method));
  if (is_super_attribute(method)) {
    push_super(method, window);
    const bool explicit_arguments = !ast::as<ast::Call>(method.value)->args.empty();
    code_->emit(load_at, Opcode::op_load_super_method, window, window, name_cache(mangled(method.attr)),
                explicit_arguments);
  } else {
    if (const auto* name = ast::try_as<ast::Name>(method.value)) {
      const SymbolEntry* entry = module_.scope->find(name->id.symbol);
      if (entry && (entry->flags & SymbolEntry::DefinedImport)) at = span_of(node);
    }
    code_->emit_b(load_at, Opcode::op_load_method, window, value(method.value),
                  name_cache(mangled(method.attr)));
  }
  code_->top = window + 1 + call_header + 1;
  push_arguments(node.args, node.keywords);
  finish_call(at, window, node.args.size(), node.keywords, true, target);
}

void Compiler::push_arguments(const ast::Expressions& args, const ast::Sequence<ast::Keyword*>& keywords) {
  for (E* arg : args) push(arg);
  for (ast::Keyword* keyword : keywords) push(keyword->value);
}

void Compiler::finish_call(Span at, Register window, std::uint32_t positional,
                           const ast::Sequence<ast::Keyword*>& keywords, bool is_method, Register target) {
  if (keywords.empty()) {
    code_->emit(at, is_method ? Opcode::op_call_method : Opcode::op_call, target, window, positional);
    return settle(window, target);
  }
  ConstantTuple names;
  for (const ast::Keyword* keyword : keywords)
    names.items.push_back(ConstantStr{std::string(text(keyword->arg))});
  const std::uint32_t constant = code_->constant(ConstantValue(std::move(names)));
  code_->emit(at, is_method ? Opcode::op_call_method_keywords : Opcode::op_call_keywords, target, window,
              positional + keywords.size());
  code_->emit(at, Opcode::op_nop, 0, constant & 0xFFFF, constant >> 16);
  settle(window, target);
}

// A call with unpackings: callee, tuple, dictionary. `leading` arguments are in temporaries already.
void Compiler::spread_call(Span at, Register window, const ast::Expressions& args,
                           const ast::Sequence<ast::Keyword*>& keywords, Register target,
                           std::uint32_t leading) {
  positional_spread(at, args, window + 1, leading);
  code_->top = window + 2;
  if (keywords.empty())
    code_->emit(at, Opcode::op_load_none, window + 2);
  else
    keyword_spread(at, window, keywords);
  code_->emit(at, Opcode::op_call_spread, target, window);
  settle(window, target);
}

void Compiler::positional_spread(Span at, const ast::Expressions& args, Register first,
                                 std::uint32_t leading) {
  code_->top = first + leading;
  if (leading == 0 && args.empty()) {
    code_->emit(at, Opcode::op_load_constant, first, code_->constant(ConstantValue(ConstantTuple{})));
    return;
  }
  if (leading == 0 && args.size() == 1 && args[0]->kind == K::Starred) {
    push(ast::as<ast::Starred>(args[0])->value);
    return;
  }
  std::uint32_t i = 0;
  while (i < args.size() && i < most_arguments && args[i]->kind != K::Starred) push(args[i++]);
  if (i == args.size()) {
    code_->emit(at, Opcode::op_build_tuple, first, first, leading + i);
    return;
  }
  code_->emit(at, Opcode::op_build_list, first, first, leading + i);
  for (; i < args.size(); ++i) {
    code_->top = first + 1;
    if (const auto* star = ast::try_as<ast::Starred>(args[i]))
      code_->emit_b(at, Opcode::op_list_extend, first, value(star->value));
    else
      code_->emit_b(at, Opcode::op_list_append, first, value(args[i]));
  }
  code_->emit_b(at, Opcode::op_list_to_tuple, first, temporary(first));
}

// Runs of named arguments become dictionaries, which are merged with the unpacked ones so that duplicates are
// noticed.
void Compiler::keyword_spread(Span at, Register function, const ast::Sequence<ast::Keyword*>& keywords) {
  const Register reg = code_->top;
  bool exists = false;
  for (std::uint32_t i = 0; i < keywords.size();) {
    if (keywords[i]->arg == Symbol::Absent) {
      if (!exists) code_->emit(at, Opcode::op_build_dict, reg, reg, 0);
      exists = true;
      code_->top = reg + 1;
      const Value mapping = value(keywords[i++]->value);
      code_->emit_bc(at, Opcode::op_dict_merge, reg, mapping, borrowed(function));
      continue;
    }
    const Register first = exists ? reg + 1 : reg;
    code_->top = first;
    std::uint32_t run = 0;
    for (; i < keywords.size() && keywords[i]->arg != Symbol::Absent; ++i, ++run) {
      const Register name = code_->take();
      load_symbol(at, name, keywords[i]->arg);
      push(keywords[i]->value);
    }
    code_->emit(at, Opcode::op_build_dict, first, first, run);
    if (exists) code_->emit_bc(at, Opcode::op_dict_merge, reg, temporary(first), borrowed(function));
    exists = true;
  }
  code_->top = reg + 1;
}

// Whether `node` is `super().x` or `super(a, b).x` where the name means the builtin as far as this module can
// tell.
bool Compiler::is_super_attribute(const ast::Attribute& node) const {
  if (node.attr == Symbol::name___class__) return false;  // the class of the super object itself
  const auto* call = ast::try_as<ast::Call>(node.value);
  if (!call || !call->keywords.empty()) return false;
  const auto* name = ast::try_as<ast::Name>(call->func);
  if (!name || name->id.symbol != Symbol::name_super || name->id.binding.kind != ast::Binding::Kind::Global)
    return false;
  const Scope& scope = *unit_->scope;
  const SymbolEntry* entry = scope.find(Symbol::name_super);
  if (entry && entry->resolution != SymbolEntry::Resolution::GlobalImplicit) return false;
  if (!scope.optimized || module_.scope->find(Symbol::name_super)) return false;
  if (call->args.size() == 2) return call->args[0]->kind != K::Starred && call->args[1]->kind != K::Starred;
  if (!call->args.empty() || scope.positional == 0) return false;
  const SymbolEntry* cell = scope.find(Symbol::name___class__);
  return cell && cell->binding.kind == ast::Binding::Kind::Free;
}

// `super`, the class and the instance in three new temporaries.
void Compiler::push_super(ast::Attribute& node, Register window) {
  ast::Call& call = *ast::as<ast::Call>(node.value);
  const Span at = span_of(call);
  code_->top = window;
  push(call.func);
  if (!call.args.empty()) {
    push(call.args[0]);
    push(call.args[1]);
    return;
  }
  const Scope& scope = *unit_->scope;
  load_variable(at, scope.find(Symbol::name___class__)->binding, Symbol::name___class__, code_->take());
  const Symbol self = scope.locals[0].name;
  load_variable(at, scope.find(self)->binding, self, code_->take());
}

}  // namespace cede::lang::compiling
