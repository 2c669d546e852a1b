// The third step of `resolve`: numbers for registers, cells and free variables. Cells and free variables are
// in alphabetical order, registers in the order in which the compiler meets the names: both are CPython's,
// and scripts see them in `locals()` and code objects.
#include <algorithm>

#include "lang/resolve_state.hpp"

namespace cede::lang::resolving {
namespace {

using Resolution = SymbolEntry::Resolution;
using ast::Binding;

const Scope* owner_of(const BuildScope& scope) { return scope.inlined ? &scope : nullptr; }

Binding binding(Binding::Kind kind, std::uint32_t index = 0) {
  Binding result;
  result.kind = kind;
  result.index = index & unnumbered;
  return result;
}

}  // namespace

void Resolver::collect_cells(BuildScope& scope) {
  const std::uint32_t count = scope.cell_count + scope.needs_class_cell + scope.needs_class_dict;
  if (count == 0) return;
  std::vector<Variable> found;
  for (const CellRecord* record = scope.cell_records; record; record = record->next)
    found.push_back(record->variable);
  std::reverse(found.begin(), found.end());
  const auto name_of = [](Variable v) { return v.scope->entries[v.entry].name; };
  const auto parameter_of = [](Variable v) { return v.scope->works[v.entry].parameter; };
  std::stable_sort(found.begin(), found.end(), [&](Variable a, Variable b) {
    const std::uint32_t first = parameter_of(a), second = parameter_of(b);
    return first != second ? first < second : text(name_of(a)) < text(name_of(b));
  });
  scope.cells = arena_.make_array<CellVariable>(count);
  std::uint32_t next = 0;
  for (const Variable v : found) {
    Work& work = v.scope->works[v.entry];
    work.cell = next;
    scope.cells[next++] = {name_of(v), parameter_of(v), owner_of(*v.scope)};
  }
  if (scope.needs_class_cell) {
    scope.class_cell = next;
    scope.cells[next++] = {Symbol::name___class__, CellVariable::not_a_parameter, nullptr};
  }
  if (scope.needs_class_dict) {
    scope.class_dict = next;
    scope.cells[next++] = {Symbol::name___classdict__, CellVariable::not_a_parameter, nullptr};
  }
}

void Resolver::collect_frees(BuildScope& scope) {
  if (scope.free_count == 0) return;
  std::vector<FreeRecord*> found;
  for (FreeRecord* record = scope.free_records; record; record = record->next) found.push_back(record);
  std::sort(found.begin(), found.end(),
            [&](const FreeRecord* a, const FreeRecord* b) { return text(a->name) < text(b->name); });
  scope.frees = arena_.make_array<FreeVariable>(scope.free_count);
  for (std::uint32_t i = 0; i < scope.free_count; ++i) scope.works[found[i]->entry].free = i;
}

// Where the code that makes the closure finds each cell.
void Resolver::connect_frees(BuildScope& scope) {
  for (const FreeRecord* record = scope.free_records; record; record = record->next) {
    const BuildScope& maker = *scope.outer()->host;
    const Variable variable = record->variable;
    FreeVariable& free = scope.frees[scope.works[record->entry].free];
    free.name = record->name;
    free.from_free = variable.scope->host != &maker;
    if (free.from_free)
      free.index = maker.works[maker.lookup(record->name)].free;
    else if (variable.entry != none)
      free.index = variable.scope->works[variable.entry].cell;
    else
      free.index = record->name == Symbol::name___class__ ? maker.class_cell : maker.class_dict;
  }
}

void Resolver::bind_entries(BuildScope& scope) {
  for (std::uint32_t i = 0; i < scope.entry_count; ++i) scope.entries[i].binding = binding_of(scope, i);
}

Binding Resolver::binding_of(BuildScope& scope, std::uint32_t i) {
  const SymbolEntry& entry = scope.entries[i];
  const Work& work = scope.works[i];
  switch (entry.resolution) {
    case Resolution::Local:
      if (!scope.is_function_like()) return binding(Binding::Kind::Name);
      ++scope.host->local_count;
      return binding(Binding::Kind::Local, work.parameter == none ? unnumbered : work.parameter);
    case Resolution::Cell:
      // The register in which a parameter arrives exists all the same.
      if (work.parameter != none) ++scope.host->local_count;
      return binding(Binding::Kind::Cell, work.cell);
    case Resolution::Free: {
      const BuildScope& host = *scope.host;
      if (work.variable.scope->host == &host)
        return work.variable.scope->entries[work.variable.entry].binding;
      if (scope.never_code) return {};
      const std::uint32_t index = host.works[host.lookup(entry.name)].free;
      const bool namespace_first = !scope.inlined && (scope.kind == ScopeKind::Class || scope.sees_class) &&
                                   entry.name != Symbol::name___classdict__;
      return binding(namespace_first ? Binding::Kind::NameOrFree : Binding::Kind::Free, index);
    }
    case Resolution::GlobalExplicit: return binding(Binding::Kind::Global);
    default: return global_binding(scope, entry);
  }
}

// PEP 709: at module level an inlined comprehension reads names as the module does; in a class it does not
// see the class's variables.
Binding Resolver::global_binding(BuildScope& scope, const SymbolEntry& entry) {
  if (scope.sees_class) return binding(Binding::Kind::NameOrGlobal);
  if (!scope.inlined) return binding(scope.is_function_like() ? Binding::Kind::Global : Binding::Kind::Name);
  if (scope.host != top_) return binding(Binding::Kind::Global);
  const bool declared = top_->flags_of(entry.name) & SymbolEntry::DefinedGlobal;
  return binding(declared ? Binding::Kind::Global : Binding::Kind::Name);
}

void Resolver::make_locals(BuildScope& scope) {
  if (scope.inlined || scope.local_count == 0) return;
  scope.locals = arena_.make_array<LocalVariable>(scope.local_count);
  for (std::uint32_t i = 0; i < scope.entry_count; ++i)
    if (const std::uint32_t at = scope.works[i].parameter; at != none)
      scope.locals[at] = {scope.entries[i].name, nullptr};
  scope.local_count = scope.parameters;  // from now on: how many have a number
}

// The binding of a variable; a local one that is met for the first time gets its register.
Binding Resolver::number(Variable variable) {
  SymbolEntry* entry = &variable.scope->entries[variable.entry];
  const Variable meant = variable.scope->works[variable.entry].variable;
  if (entry->resolution == Resolution::Free && meant.scope->host == variable.scope->host) {
    entry->binding = number(meant);  // `meant` is no free symbol itself
    return entry->binding;
  }
  if (entry->binding.kind == Binding::Kind::Local && entry->binding.index == unnumbered) {
    BuildScope& host = *variable.scope->host;
    entry->binding.index = host.local_count & unnumbered;
    host.locals[host.local_count++] = {entry->name, owner_of(*variable.scope)};
  }
  return entry->binding;
}

void Resolver::complete(const std::vector<Reference>& references) {
  for (const Reference& reference : references) reference.identifier->binding = number(reference.variable);
}

// Names that no Identifier mentions.
void Resolver::number_rest(BuildScope& scope) {
  for (std::uint32_t i = 0; i < scope.entry_count; ++i) number({&scope, i});
}

}  // namespace cede::lang::resolving
