// Scopes and their symbols: making them, looking them up, adding definitions.
#include <algorithm>

#include "lang/resolve_state.hpp"

namespace cede::lang {
namespace {

// Up to so many symbols are searched one by one.
constexpr std::uint32_t small_scope = 8;

std::uint32_t slot_of(Symbol name) { return static_cast<std::uint32_t>(name) * 0x9E3779B1u >> 7; }

std::uint32_t search(const SymbolEntry* entries, std::uint32_t count, const std::uint32_t* slots,
                     std::uint32_t mask, Symbol name) {
  if (!slots) {
    for (std::uint32_t i = 0; i < count; ++i)
      if (entries[i].name == name) return i;
    return resolving::none;
  }
  for (std::uint32_t at = slot_of(name) & mask; slots[at]; at = (at + 1) & mask)
    if (entries[slots[at] - 1].name == name) return slots[at] - 1;
  return resolving::none;
}

}  // namespace

const SymbolEntry* Scope::find(Symbol symbol) const {
  const std::uint32_t i = search(symbols.begin(), symbols.size(), slots, slot_mask, symbol);
  return i == resolving::none ? nullptr : &symbols[i];
}

ScopeTree resolve(ast::Module& module, const ResolveOptions& options) {
  return resolving::Resolver(module, options).run();
}

}  // namespace cede::lang

namespace cede::lang::resolving {

std::uint32_t BuildScope::lookup(Symbol symbol) const {
  return search(entries, entry_count, slots, slot_mask, symbol);
}

ScopeTree Resolver::run() {
  future_features();
  top_ = enter(ScopeKind::Module, Symbol::ModuleScope, &module_);
  module_.scope = top_;
  top_->line = 0;
  top_->has_docstring = has_docstring(module_.body);
  if (module_.expression) expression(module_.expression);
  block(module_.body);
  for (BuildScope* scope : scopes_) analyze(*scope);
  for (BuildScope* scope : scopes_) collect_cells(*scope), collect_frees(*scope);
  for (BuildScope* scope : scopes_) connect_frees(*scope), bind_entries(*scope);
  for (BuildScope* scope : scopes_) make_locals(*scope);
  complete(references_);
  complete(declarations_);
  for (BuildScope* scope : scopes_) number_rest(*scope);
  finish_children();
  return {top_};
}

BuildScope* Resolver::enter(ScopeKind kind, Symbol name, const ast::Node* node) {
  auto* scope = arena_.make<BuildScope>();
  scope->kind = kind;
  scope->name = name;
  scope->node = node;
  scope->parent = scope_;
  scope->optimized = scope->is_function_like();
  scope->host = scope;
  scope->class_cell = scope->class_dict = none;
  if (node != &module_) scope->line = source_.line_at(node->start);
  if (BuildScope* outer = scope_) {
    if (kind != ScopeKind::Class) scope->mangles_parameters_of = outer->mangles_parameters_of;
    scope->never_code = outer->never_code || kind == ScopeKind::Annotation;
    scope->nested = outer->nested || outer->is_function_like();
    scope->iterables = outer->iterables;
    // PEP 709. A comprehension that could see a class's names is a function of its own.
    if (kind == ScopeKind::Comprehension && !outer->sees_class)
      scope->inlined = true, scope->host = outer->host;
    (outer->last_child ? outer->last_child->next_sibling : outer->first_child) = scope;
    outer->last_child = scope;
  }
  if (!scope->mangles_parameters_of) scope->private_class = private_class_;
  scopes_.push_back(scope);
  return scope_ = scope;
}

// Inner scopes come after outer ones, so going backwards the lists of inlined comprehensions are there when
// needed.
void Resolver::finish_children() {
  for (auto i = scopes_.rbegin(); i != scopes_.rend(); ++i) {
    BuildScope& scope = **i;
    scope.symbols = {scope.entries, scope.entry_count};
    std::uint32_t count = 0;
    for (const BuildScope* c = scope.first_child; c; c = c->next_sibling)
      count += c->inlined ? c->children.size() : 1;
    if (count == 0) continue;
    scope.children = arena_.make_array<Scope*>(count);
    Scope** to = scope.children.begin();
    for (BuildScope* c = scope.first_child; c; c = c->next_sibling) {
      if (c->inlined)
        to = std::copy(c->children.begin(), c->children.end(), to);
      else
        *to++ = c;
    }
  }
}

void Resolver::grow(BuildScope& scope) {
  const std::uint32_t capacity = scope.entry_capacity ? scope.entry_capacity * 2 : 4;
  if (capacity >= unnumbered) throw std::bad_alloc();
  auto* entries = arena_.allocate_array<SymbolEntry>(capacity);
  auto* works = arena_.allocate_array<Work>(capacity);
  std::copy_n(scope.entries, scope.entry_count, entries);
  std::copy_n(scope.works, scope.entry_count, works);
  scope.entries = entries;
  scope.works = works;
  scope.entry_capacity = capacity;
  if (capacity > small_scope) rehash(scope);
}

void Resolver::rehash(BuildScope& scope) {
  const std::uint32_t size = scope.entry_capacity * 2;
  scope.slots = arena_.make_array<std::uint32_t>(size).data();
  scope.slot_mask = size - 1;
  for (std::uint32_t i = 0; i < scope.entry_count; ++i) {
    std::uint32_t at = slot_of(scope.entries[i].name) & scope.slot_mask;
    while (scope.slots[at]) at = (at + 1) & scope.slot_mask;
    scope.slots[at] = i + 1;
  }
}

// The index of `name`, which is added if it is new.
std::uint32_t Resolver::insert(BuildScope& scope, Symbol name) {
  const std::uint32_t known = scope.lookup(name);
  if (known != none) return known;
  if (scope.entry_count == scope.entry_capacity) grow(scope);
  const std::uint32_t i = scope.entry_count++;
  scope.entries[i] = {name, 0, SymbolEntry::Resolution::None, {}};
  scope.works[i] = {};
  if (scope.slots) {
    std::uint32_t at = slot_of(name) & scope.slot_mask;
    while (scope.slots[at]) at = (at + 1) & scope.slot_mask;
    scope.slots[at] = i + 1;
  }
  return i;
}

// `flags`: what the name is about to be defined as.
Symbol Resolver::mangled(Symbol name, unsigned flags) {
  if (private_class_ == Symbol::Absent) return name;
  const std::string_view written = text(name);
  if (!written.starts_with("__") || written.ends_with("__")) return name;
  const Symbol result = mangle(symbols_, arena_, private_class_, name);
  const BuildScope* owner = scope_->mangles_parameters_of;
  if (owner && !((owner->flags_of(result) | flags) & SymbolEntry::DefinedTypeParameter)) return name;
  return result;
}

std::uint32_t Resolver::define(Symbol name, unsigned flags, const ast::Node& at) {
  return define_in(*scope_, mangled(name, flags), flags, at, name);
}

// `written`: the name as messages give it.
std::uint32_t Resolver::define_in(BuildScope& scope, Symbol name, unsigned flags, const ast::Node& at,
                                  Symbol written) {
  const std::uint32_t i = insert(scope, name);
  unsigned all = scope.entries[i].flags;
  if (flags & all & SymbolEntry::DefinedParameter)
    error(at, naming("duplicate argument ", text(written), " in function definition"));
  if (flags & all & SymbolEntry::DefinedTypeParameter)
    error(at, naming("duplicate type parameter ", text(written), ""));
  all |= flags;
  if (scope.in_comprehension_target) {
    if (all & (SymbolEntry::DefinedGlobal | SymbolEntry::DefinedNonlocal))
      error(at, naming("comprehension inner loop cannot rebind assignment expression target ", text(written),
                       ""));
    all |= SymbolEntry::ComprehensionIteration;
  }
  scope.entries[i].flags = static_cast<std::uint16_t>(all);
  if (flags & SymbolEntry::DefinedParameter) scope.works[i].parameter = scope.parameters++;
  if ((flags & bound_flags) && scope.is_function_like()) {
    const auto index = static_cast<std::uint32_t>(name);
    if (index >= bound_somewhere_.size()) bound_somewhere_.resize(std::max(symbols_.size(), index + 1));
    bound_somewhere_[index] = 1;
  }
  // A name declared global anywhere is a global of the module's own code, too.
  if ((flags & SymbolEntry::DefinedGlobal) && &scope != top_) {
    const std::uint32_t at_top = insert(*top_, name);
    top_->entries[at_top].flags |= SymbolEntry::DefinedGlobal;
  }
  return i;
}

std::uint32_t Resolver::define_implicit_parameter(Symbol name) {
  return define_in(*scope_, name, SymbolEntry::DefinedParameter, *scope_->node, name);
}

}  // namespace cede::lang::resolving
