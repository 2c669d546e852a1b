// What `resolve` knows while it works; nothing outside scope.cpp and resolve_*.cpp includes this. Three
// steps:
//   1. build    one walk of the tree in the order of CPython's symbol table: makes the scopes, their symbols
//   and a list
//               of references, and reports errors in that order;
//   2. analyze  scope by scope, outer ones first: finds the variable behind every symbol, links closures;
//   3. assign   numbers registers, cells and free variables, and completes the referring Identifiers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lang/compile_error.hpp"
#include "lang/scope.hpp"

namespace cede::lang::resolving {

inline constexpr std::uint32_t none = UINT32_MAX;
inline constexpr std::uint32_t unnumbered = (1u << 24) - 1;  // Binding::index of a register without a number

struct BuildScope;

// A symbol of a scope.
struct Variable {
  BuildScope* scope = nullptr;
  std::uint32_t entry = 0;

  explicit operator bool() const { return scope != nullptr; }
};

// The working side of a SymbolEntry, at the same index.
struct Work {
  Variable variable;               // of a free symbol: what it stands for
  std::uint32_t parameter = none;  // its position among the parameters
  std::uint32_t cell = none;       // index in the cells of the host; any number while it has none yet
  std::uint32_t free = none;       // index in the frees of this scope, likewise
};

struct CellRecord {
  Variable variable;
  CellRecord* next;
};

struct FreeRecord {
  Symbol name;
  std::uint32_t entry;
  Variable variable;  // entry is `none` for a class's own `__class__` or `__classdict__`
  FreeRecord* next;
};

struct BuildScope : Scope {
  SymbolEntry* entries;
  Work* works;
  std::uint32_t entry_count, entry_capacity;

  BuildScope* first_child;
  BuildScope* last_child;
  BuildScope* next_sibling;
  BuildScope* host;  // the scope whose code this one is part of: itself unless inlined

  // Cells and frees found so far, in reverse; of hosts only.
  CellRecord* cell_records;
  FreeRecord* free_records;
  std::uint32_t cell_count, free_count, parameters, local_count;
  std::uint32_t class_cell, class_dict;  // of a class: indices of `__class__` and `__classdict__` in cells

  // In a type parameter scope of a class only the names of its parameters are mangled.
  BuildScope* mangles_parameters_of;
  const char* description;       // of a TypeVariable: "a TypeVar bound" ...
  std::uint32_t iterables;       // how many comprehension iterables are being visited
  bool never_code;               // an annotation that is only text: what it uses makes no closures
  bool in_comprehension_target;  // what is bound now is an iteration variable

  bool is_function_like() const { return kind != ScopeKind::Module && kind != ScopeKind::Class; }
  bool is_comprehension() const {
    return kind == ScopeKind::Comprehension || kind == ScopeKind::GeneratorExpression;
  }
  BuildScope* outer() const { return static_cast<BuildScope*>(parent); }
  std::uint32_t lookup(Symbol symbol) const;  // index or none
  std::uint16_t flags_of(Symbol symbol) const {
    const std::uint32_t i = lookup(symbol);
    return i == none ? std::uint16_t{0} : entries[i].flags;
  }
};

struct Reference {
  ast::Identifier* identifier;
  Variable variable;
};

// A `global` or `nonlocal` that an error may have to point at.
struct Directive {
  const BuildScope* scope;
  Symbol name;
  const ast::Node* node;
};

class Resolver {
 public:
  Resolver(ast::Module& module, const ResolveOptions& options)
      : module_(module),
        symbols_(*module.symbols),
        arena_(*module.arena),
        source_(*module.source),
        options_(options) {}

  ScopeTree run();

 private:
  using Flag = SymbolEntry::Flag;
  static constexpr std::uint16_t bound_flags = SymbolEntry::DefinedLocal | SymbolEntry::DefinedParameter |
                                               SymbolEntry::DefinedImport | SymbolEntry::DefinedTypeParameter;

  // Scopes and symbols (scope.cpp)
  BuildScope* enter(ScopeKind kind, Symbol name, const ast::Node* node);
  void leave() { scope_ = scope_->outer(); }
  void finish_children();
  std::uint32_t insert(BuildScope& scope, Symbol name);
  void grow(BuildScope& scope);
  void rehash(BuildScope& scope);
  Symbol mangled(Symbol name, unsigned flags = 0);
  std::uint32_t define(Symbol name, unsigned flags, const ast::Node& at);
  std::uint32_t define_in(BuildScope& scope, Symbol name, unsigned flags, const ast::Node& at,
                          Symbol written);
  std::uint32_t define_implicit_parameter(Symbol name);
  void refer(ast::Identifier& identifier, std::uint32_t entry) {
    references_.push_back({&identifier, {scope_, entry}});
  }
  void define(ast::Identifier& identifier, unsigned flags, const ast::Node& at) {
    refer(identifier, define(identifier.symbol, flags, at));
  }
  std::string_view text(Symbol symbol) const { return symbols_.text(symbol); }
  [[noreturn]] void error(const ast::Node& at, std::string message) const {
    throw_at(source_, at, std::move(message));
  }

  // Statements (resolve_statements.cpp)
  void future_features();
  void future_feature(const ast::ImportFrom& statement, Symbol name);
  void block(const ast::Block& statements);
  void statement(ast::Statement* node);
  void function_definition(ast::FunctionDef& node);
  void class_definition(ast::ClassDef& node);
  void type_alias(ast::TypeAlias& node);
  void assign(ast::Assign& node);
  void annotated_assign(ast::AnnAssign& node);
  void for_loop(ast::For& node);
  void with(ast::With& node);
  void match(ast::Match& node);
  void try_statement(ast::Try& node);
  void scope_statement(ast::ScopeStatement& node);
  void imports(const ast::Sequence<ast::Alias*>& names);
  void pattern(ast::Pattern* node);
  void patterns(const ast::Sequence<ast::Pattern*>& nodes);
  void top_level_await();
  BuildScope* enter_type_parameters(Symbol name, const ast::Node* node);
  void type_parameters(const ast::Sequence<ast::TypeParam*>& parameters);
  Scope* type_variable_part(ast::TypeParam& node, ast::Expression* value, const char* description);
  void see_class(const ast::Node& at);
  void parameters(ast::Arguments& node);
  void annotations(ast::FunctionDef& node);
  void annotation_of(ast::Arg* node);
  void annotation(ast::Expression* node);

  // Expressions (resolve_expressions.cpp)
  void expression(ast::Expression* node);
  void optional(ast::Expression* node) {
    if (node) expression(node);
  }
  void expressions(const ast::Expressions& nodes);
  void call(ast::Call& node);
  void name(ast::Name& node);
  void named_expression(ast::NamedExpr& node);
  void extend_scope_of_named_expression(ast::Name& target);
  void lambda(ast::Lambda& node);
  void dict(ast::Dict& node);
  void comprehension(ast::Comprehension& node);
  void comprehension_parts(ast::Comprehension& node);
  void comprehension_target(ast::Expression* target);
  void comprehension_iterable(ast::Expression* iterable);
  void yield_expression(ast::Expression& node, ast::Expression* value);
  void await_expression(ast::Await& node);
  void defaults(const ast::Arguments& node);
  void forbid_in_annotation(std::string_view what, const ast::Node& at) const;
  // Brings the references from `middle` on before those from `first` on: the compiler meets them in that
  // order.
  void reorder(std::size_t first, std::size_t middle);

  // Analysis (resolve_analyze.cpp)
  void analyze(BuildScope& scope);
  void analyze(BuildScope& scope, std::uint32_t entry);
  void analyze_nonlocal(BuildScope& scope, std::uint32_t entry);
  bool analyze_from_class(BuildScope& scope, SymbolEntry& entry);
  Variable find_variable(Symbol name, const BuildScope& from) const;
  void link(BuildScope& scope, std::uint32_t entry, Variable variable);
  bool add_free(BuildScope& host, Symbol name, Variable variable, bool from_inner);
  void make_cell(Variable variable, Symbol name);
  [[noreturn]] void error_at_directive(const BuildScope& scope, Symbol name, std::string message) const;

  // Numbers (resolve_assign.cpp)
  void collect_cells(BuildScope& scope);
  void collect_frees(BuildScope& scope);
  void connect_frees(BuildScope& scope);
  void bind_entries(BuildScope& scope);
  ast::Binding binding_of(BuildScope& scope, std::uint32_t entry);
  ast::Binding global_binding(BuildScope& scope, const SymbolEntry& entry);
  void make_locals(BuildScope& scope);
  ast::Binding number(Variable variable);
  void complete(const std::vector<Reference>& references);
  void number_rest(BuildScope& scope);

  ast::Module& module_;
  SymbolTable& symbols_;
  Arena& arena_;
  const SourceFile& source_;
  ResolveOptions options_;
  BuildScope* scope_ = nullptr;
  BuildScope* top_ = nullptr;
  Symbol private_class_ = Symbol::Absent;
  std::vector<BuildScope*> scopes_;  // outer before inner, in source order
  std::vector<Reference> references_;
  std::vector<Reference> declarations_;  // `x: int` in a function, which the compiler does not meet
  std::vector<Directive> directives_;
  std::vector<std::uint8_t> bound_somewhere_;  // by Symbol: some function-like scope binds it
};

}  // namespace cede::lang::resolving
