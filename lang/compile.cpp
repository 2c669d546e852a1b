// The compiler's frame: units of code and what they are called, and the helpers that all parts use.
#include <algorithm>

#include "lang/compiler.hpp"

namespace cede::lang {

std::shared_ptr<const CodeUnit> compile(ast::Module& module, const CompileOptions& options) {
  return compiling::Compiler(module, options).run();
}

}  // namespace cede::lang

namespace cede::lang::compiling {

Compiler::Compiler(ast::Module& module, const CompileOptions& options)
    : module_(module),
      options_(options),
      source_(*module.source),
      symbols_(*module.symbols),
      filename_(module.source->filename()) {
  // Occurrences in strings and comments do no harm: they only cost a copy.
  const std::string_view source = source_.text();
  for (std::size_t at = source.find(":="); at != std::string_view::npos; at = source.find(":=", at + 2))
    walruses_.push_back(static_cast<std::uint32_t>(at));
}

bool Compiler::walrus_between(std::uint32_t start, std::uint32_t end) const {
  if (walruses_.empty()) return false;
  const auto found = std::lower_bound(walruses_.begin(), walruses_.end(), start);
  return found != walruses_.end() && *found < end;
}

std::shared_ptr<const CodeUnit> Compiler::run() {
  const Scope& scope = *module_.scope;
  enter(scope, "<module>", &module_.body);
  module_body();
  return leave(scope, "<module>", 1);
}

void Compiler::module_body() {
  if (module_.expression) {
    const Span at = span_of(*module_.expression);
    const Value result = value(module_.expression);
    return code_->emit_a(at, Opcode::op_return_value, result);
  }
  const ast::Block& body = module_.body;
  if (body.empty()) return finish_body({0, 0});
  std::uint32_t first = 0;
  unit_->last = {body.front()->start, body.back()->end};
  if (!options_.interactive) {
    const Span whole{body.front()->start, body.back()->end};
    setup_annotations(body, whole);
    if (module_.scope->has_docstring && options_.optimize < 2) {
      const auto* constant = ast::as<ast::Constant>(ast::as<ast::ExpressionStatement>(body.front())->value);
      const Register text = code_->take();
      load_string(span_of(*constant), text, clean_docstring(constant->text));
      store_name_of(span_of(*constant), Symbol::name___doc__, temporary(text));
      code_->top = text;
      first = 1;
    }
  } else {
    setup_annotations(body, unit_->last);
  }
  block({body.begin() + first, body.size() - first});
  finish_body(unit_->last);
}

// What falls off the end returns None.
void Compiler::finish_body(Span at) {
  if (!code_->reachable()) return;
  const Register none = push_none(at);
  code_->emit_a(at, Opcode::op_return_value, temporary(none));
  code_->top = none;
}

Unit& Compiler::enter(const Scope& scope, std::string qualified_name, const ast::Block* body) {
  std::unique_ptr<Unit> unit;
  if (spare_.empty()) {
    unit = std::make_unique<Unit>();
  } else {
    unit = std::move(spare_.back());
    spare_.pop_back();
  }
  unit->scope = &scope;
  unit->outer = unit_;
  unit->qualified_name = std::move(qualified_name);
  unit->blocks.clear();
  unit->static_attributes.clear();
  unit->deferred.clear();
  unit->last = {};
  unit_ = unit.get();
  code_ = &unit_->code;
  in_use_.push_back(std::move(unit));
  code_->begin(scope.locals.size(), scope.cells.size(), scope.optimized ? scope.parameter_count() : 0);
  for (std::uint32_t i = 0; i < scope.locals.size(); ++i)
    if (scope.locals[i].owner) code_->set_deletable(i);
  if (body && !scope.locals.empty()) mark_deletable(*body);
  return *unit_;
}

// Ends the unit of `scope` and returns to the one around.
std::shared_ptr<const CodeUnit> Compiler::leave(const Scope& scope, std::string_view name,
                                                std::uint32_t first_line) {
  place_deferred();
  UnitParts parts;
  parts.name = parts.add_text(name);
  parts.qualified_name = parts.add_text(unit_->qualified_name);
  parts.filename = parts.add_text(filename_);
  parts.head.source = options_.source;
  parts.head.first_line = first_line;
  set_flags(parts.head, scope);
  set_names(parts, scope);
  code_->finish(parts, source_);
  if (parts.head.register_count >= no_register) {
    SyntaxError error(ErrorType::SyntaxError, "too many variables in one block of code");
    error.filename = filename_;
    throw error;
  }
  unit_ = unit_->outer;
  code_ = unit_ ? &unit_->code : nullptr;
  spare_.push_back(std::move(in_use_.back()));
  in_use_.pop_back();
  return std::move(parts).seal();
}

void Compiler::set_flags(CodeUnit& unit, const Scope& scope) const {
  unit.is_module = scope.kind == ScopeKind::Module;
  unit.is_class_body = scope.kind == ScopeKind::Class;
  if (module_.features.annotations) unit.flags |= code_future_annotations;
  if (scope.coroutine && (scope.optimized || (unit.is_module && options_.allow_top_level_await)))
    unit.flags |= scope.generator ? code_async_generator : code_coroutine;
  else if (scope.generator)
    unit.flags |= code_generator;
  if (!scope.optimized) return;
  unit.flags |= code_optimized | code_new_locals;
  if (scope.nested) unit.flags |= code_nested;
  if (scope.has_varargs) unit.flags |= code_varargs;
  if (scope.has_varkeywords) unit.flags |= code_varkeywords;
  if (scope.has_docstring && scope.kind == ScopeKind::Function && options_.optimize < 2)
    unit.flags |= code_has_docstring;
  unit.positional_only = scope.positional_only;
  unit.positional = scope.positional;
  unit.keyword_only = scope.keyword_only;
}

void Compiler::set_names(UnitParts& parts, const Scope& scope) const {
  parts.head.local_count = scope.locals.size();
  parts.head.cell_count = scope.cells.size();
  parts.local_names.reserve(scope.locals.size());
  for (std::uint32_t i = 0; i < scope.locals.size(); ++i) {
    parts.local_names.push_back(parts.add_text(text(scope.locals[i].name)));
    if (scope.locals[i].owner) parts.hidden_locals.push_back(i);
  }
  parts.cell_names.reserve(scope.cells.size());
  for (const CellVariable& cell : scope.cells) {
    parts.cell_names.push_back(parts.add_text(text(cell.name)));
    const bool parameter = cell.parameter != CellVariable::not_a_parameter;
    parts.cell_parameters.push_back(parameter ? static_cast<std::uint16_t>(cell.parameter) : no_register);
  }
  parts.free_names.reserve(scope.frees.size());
  for (const FreeVariable& free : scope.frees) parts.free_names.push_back(parts.add_text(text(free.name)));
}

// The cells of this unit; those of inlined comprehensions are made when these run.
void Compiler::make_cells(const Scope& scope) {
  for (std::uint32_t i = 0; i < scope.cells.size(); ++i) {
    const CellVariable& cell = scope.cells[i];
    if (cell.owner) continue;
    if (cell.parameter == CellVariable::not_a_parameter) {
      code_->emit({}, Opcode::op_make_cell, code_->cell(i));
    } else {
      code_->emit({}, Opcode::op_make_cell, code_->cell(i), cell.parameter);
      code_->emit({}, Opcode::op_clear_local, cell.parameter);
    }
  }
}

// PEP 3155. `name` is defined in the unit that is being made now.
std::string Compiler::qualify(const Scope& scope, Symbol name) const {
  const Unit* parent = unit_;
  if (parent->scope->kind == ScopeKind::TypeParameters || parent->scope->kind == ScopeKind::TypeVariable)
    parent = parent->outer;
  const std::string own(text(name));
  if (!parent || parent->scope->kind == ScopeKind::Module) return own;
  if (scope.kind == ScopeKind::Function || scope.kind == ScopeKind::Class) {
    const Symbol class_name = parent->scope->private_class;
    const Symbol local =
        class_name == Symbol::Absent ? name : mangle(symbols_, *module_.arena, class_name, name);
    const SymbolEntry* entry = parent->scope->find(local);
    if (entry && entry->resolution == SymbolEntry::Resolution::GlobalExplicit) return own;
  }
  const ScopeKind kind = parent->scope->kind;
  const bool function =
      kind == ScopeKind::Function || kind == ScopeKind::Lambda || kind == ScopeKind::TypeAlias;
  return parent->qualified_name + (function ? ".<locals>." : ".") + own;
}

void Compiler::mark_deletable(const ast::Identifier& name) {
  if (name.binding.kind == ast::Binding::Kind::Local) code_->set_deletable(name.binding.index);
}

void Compiler::mark_deletable(const ast::Expression& target) {
  if (const auto* name = ast::try_as<ast::Name>(&target)) return mark_deletable(name->id);
  if (const auto* items = ast::try_as<ast::Collection>(&target))
    for (const ast::Expression* item : items->elts) mark_deletable(*item);
}

// Finds the locals that `del` or an except clause may unbind.
void Compiler::mark_deletable(const ast::Block& body) {
  using K = ast::Kind;
  for (const ast::Statement* node : body) {
    switch (node->kind) {
      case K::Delete:
        for (const ast::Expression* target : ast::as<ast::Delete>(node)->targets) mark_deletable(*target);
        break;
      case K::For:
      case K::AsyncFor:
        mark_deletable(ast::as<ast::For>(node)->body), mark_deletable(ast::as<ast::For>(node)->orelse);
        break;
      case K::While:
        mark_deletable(ast::as<ast::While>(node)->body), mark_deletable(ast::as<ast::While>(node)->orelse);
        break;
      case K::If:
        mark_deletable(ast::as<ast::If>(node)->body), mark_deletable(ast::as<ast::If>(node)->orelse);
        break;
      case K::With:
      case K::AsyncWith: mark_deletable(ast::as<ast::With>(node)->body); break;
      case K::Match:
        for (const ast::MatchCase* item : ast::as<ast::Match>(node)->cases) mark_deletable(item->body);
        break;
      case K::Try:
      case K::TryStar: {
        const auto& n = *ast::as<ast::Try>(node);
        mark_deletable(n.body);
        for (const ast::ExceptHandler* handler : n.handlers)
          mark_deletable(handler->name), mark_deletable(handler->body);
        mark_deletable(n.orelse), mark_deletable(n.finalbody);
        break;
      }
      default: break;
    }
  }
}

Symbol Compiler::mangled(Symbol name) {
  const Symbol class_name = unit_->scope->private_class;
  if (class_name == Symbol::Absent) return name;
  const std::string_view written = text(name);
  if (written.size() < 3 || written[0] != '_' || written[1] != '_') return name;
  return mangle(symbols_, *module_.arena, class_name, name);
}

void Compiler::load_constant(Span at, Register target, const ast::Constant& value) {
  switch (value.type) {
    case ast::ConstantType::None: return code_->emit(at, Opcode::op_load_none, target);
    case ast::ConstantType::Int: return load_integer(at, target, value.integer);
    default: return code_->emit(at, Opcode::op_load_constant, target, code_->constant(value));
  }
}

void Compiler::load_string(Span at, Register target, std::string_view value) {
  code_->emit(at, Opcode::op_load_constant, target, code_->string_constant(value));
}

void Compiler::load_integer(Span at, Register target, std::int64_t value) {
  if (value >= INT16_MIN && value <= INT16_MAX)
    return code_->emit(at, Opcode::op_load_small, target, static_cast<std::uint16_t>(value));
  code_->emit(at, Opcode::op_load_constant, target, code_->constant(ConstantValue(value)));
}

Register Compiler::push_none(Span at) {
  const Register reg = code_->take();
  code_->emit(at, Opcode::op_load_none, reg);
  return reg;
}

Register Compiler::push_string(Span at, std::string_view value) {
  const Register reg = code_->take();
  load_string(at, reg, value);
  return reg;
}

Register Compiler::intrinsic(Span at, Intrinsic what, Value b, Value c) {
  const Register result = b.temporary ? b.reg : c.temporary ? c.reg : code_->top;
  code_->emit_numbered(at, Opcode::op_intrinsic, result, b.reg, c.reg,
                       flag(b, consume_b) | flag(c, consume_c), static_cast<std::uint32_t>(what));
  code_->top = result + 1;
  return result;
}

}  // namespace cede::lang::compiling
