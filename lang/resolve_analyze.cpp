// The second step of `resolve`: what every symbol stands for. Scopes are analyzed in the order of their
// creation, so whatever is around a scope is already known.
#include "lang/resolve_state.hpp"

namespace cede::lang::resolving {
namespace {

using Resolution = SymbolEntry::Resolution;

// The class whose names an annotation scope sees.
const BuildScope* class_seen_by(const BuildScope& scope) {
  const BuildScope* at = &scope;
  while (at->sees_class) at = at->outer();
  return at;
}

bool is_class_variable(Symbol name) {
  return name == Symbol::name___class__ || name == Symbol::name___classdict__;
}

}  // namespace

void Resolver::error_at_directive(const BuildScope& scope, Symbol name, std::string message) const {
  const ast::Node* at = scope.node;
  for (const Directive& directive : directives_) {
    if (directive.scope != &scope || directive.name != name) continue;
    at = directive.node;
    break;
  }
  error(*at, std::move(message));
}

void Resolver::analyze(BuildScope& scope) {
  // What is inserted meanwhile is resolved already.
  const std::uint32_t count = scope.entry_count;
  for (std::uint32_t i = 0; i < count; ++i) analyze(scope, i);
}

void Resolver::analyze(BuildScope& scope, std::uint32_t i) {
  SymbolEntry& entry = scope.entries[i];
  if (entry.resolution != Resolution::None) return;
  if (entry.flags & SymbolEntry::DefinedGlobal) {
    if (entry.flags & SymbolEntry::DefinedNonlocal)
      error_at_directive(scope, entry.name, naming("name ", text(entry.name), " is nonlocal and global"));
    entry.resolution = Resolution::GlobalExplicit;
  } else if (entry.flags & SymbolEntry::DefinedNonlocal) {
    analyze_nonlocal(scope, i);
  } else if (entry.flags & bound_flags) {
    entry.resolution = Resolution::Local;
  } else if (!scope.sees_class || !analyze_from_class(scope, entry)) {
    if (const Variable variable = find_variable(entry.name, scope))
      link(scope, i, variable);
    else
      entry.resolution = Resolution::GlobalImplicit;
  }
}

void Resolver::analyze_nonlocal(BuildScope& scope, std::uint32_t i) {
  const SymbolEntry& entry = scope.entries[i];
  if (&scope == top_)
    error_at_directive(scope, entry.name, "nonlocal declaration not allowed at module level");
  const Variable variable = find_variable(entry.name, scope);
  if (!variable)
    error_at_directive(scope, entry.name, naming("no binding for nonlocal ", text(entry.name), " found"));
  if (variable.entry != none &&
      (variable.scope->entries[variable.entry].flags & SymbolEntry::DefinedTypeParameter))
    error_at_directive(scope, entry.name,
                       naming("nonlocal binding not allowed for type parameter ", text(entry.name), ""));
  link(scope, i, variable);
}

// In an annotation scope in a class, the class's own variables come before those of functions around.
bool Resolver::analyze_from_class(BuildScope& scope, SymbolEntry& entry) {
  const unsigned flags = class_seen_by(scope)->flags_of(entry.name);
  if (flags & SymbolEntry::DefinedGlobal) {
    entry.resolution = Resolution::GlobalExplicit;
    return true;
  }
  if (!(flags & bound_flags) || (flags & SymbolEntry::DefinedNonlocal)) return false;
  entry.resolution = Resolution::GlobalImplicit;
  return true;
}

// The variable of a scope around `from` that `name` means in `from`, or nothing if it is global.
Variable Resolver::find_variable(Symbol name, const BuildScope& from) const {
  const auto index = static_cast<std::uint32_t>(name);
  const bool of_class = is_class_variable(name);
  if (!of_class && (index >= bound_somewhere_.size() || !bound_somewhere_[index])) return {};
  for (BuildScope* at = from.outer(); at; at = at->outer()) {
    if (at->kind == ScopeKind::Module) break;
    if (at->kind == ScopeKind::Class) {
      if (!of_class) continue;
      // A comprehension that is part of the class's own code comes before the class exists.
      if (from.host == at) return {};
      return {at, none};
    }
    const std::uint32_t i = at->lookup(name);
    if (i == none) continue;
    const unsigned flags = at->entries[i].flags;
    if (flags & SymbolEntry::DefinedGlobal) return {};
    if ((flags & bound_flags) && !(flags & SymbolEntry::DefinedNonlocal)) return {at, i};
  }
  return {};
}

// Lets symbol `i` of `scope` stand for a variable of a scope around it. Every code in between hands the cell
// on.
void Resolver::link(BuildScope& scope, std::uint32_t i, Variable variable) {
  const Symbol name = scope.entries[i].name;
  scope.entries[i].resolution = Resolution::Free;
  scope.works[i].variable = variable;
  BuildScope* owner = variable.scope->host;
  if (scope.host == owner || scope.never_code)
    return;  // a variable of the code that the comprehension is compiled into
  make_cell(variable, name);
  for (BuildScope* host = scope.host; host != owner; host = host->outer()->host)
    if (!add_free(*host, name, variable, host != &scope)) break;
}

void Resolver::make_cell(Variable variable, Symbol name) {
  BuildScope& scope = *variable.scope;
  if (variable.entry == none) {
    (name == Symbol::name___class__ ? scope.needs_class_cell : scope.needs_class_dict) = true;
    return;
  }
  SymbolEntry& entry = scope.entries[variable.entry];
  if (entry.resolution == Resolution::Cell) return;
  entry.resolution = Resolution::Cell;
  if (scope.inlined) entry.flags |= SymbolEntry::ComprehensionCell;
  BuildScope& host = *scope.host;
  host.cell_records = arena_.make<CellRecord>(variable, host.cell_records);
  ++host.cell_count;
}

// False if `host` has the free variable already. `from_inner`: it is inner code that uses it.
bool Resolver::add_free(BuildScope& host, Symbol name, Variable variable, bool from_inner) {
  const std::uint32_t before = host.entry_count;
  const std::uint32_t i = insert(host, name);
  Work& work = host.works[i];
  if (i == before) {
    host.entries[i].resolution = Resolution::Free;
    work.variable = variable;
  } else if (from_inner && host.entries[i].flags && (host.kind == ScopeKind::Class || host.sees_class)) {
    host.entries[i].flags |= SymbolEntry::DefinedFreeClass;
  }
  if (work.free != none) return false;
  work.free = 0;
  host.free_records = arena_.make<FreeRecord>(name, i, variable, host.free_records);
  ++host.free_count;
  host.outer()->host->child_free = true;
  return true;
}

}  // namespace cede::lang::resolving
