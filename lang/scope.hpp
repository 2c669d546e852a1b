// Syntax tree -> scopes: which variables each piece of code has, and what every name in it means. `resolve` fills in
// the Binding of every Identifier and the Scope of every node that opens one, and reports the errors that CPython's
// symbol table reports. The compiler makes one code object per Scope, except those that are `inlined`.
#pragma once

#include <cstdint>

#include "lang/ast.hpp"

namespace cede::lang {

enum class ScopeKind : std::uint8_t {
  Module,
  Class,
  Function,
  Lambda,
  Comprehension,   // list, set, dict
  GeneratorExpression,
  // PEP 695. They see the names of an immediately enclosing class (Scope::sees_class).
  TypeParameters,  // around a generic function, class or type alias
  TypeAlias,       // the value of a type alias
  TypeVariable,    // a bound, constraint or default
  // The annotations of one function or statement under `from __future__ import annotations`: never code.
  Annotation,
};

// A variable that is kept in a register of its code.
struct LocalVariable {
  Symbol name;  // mangled
  // Iteration variable of the inlined comprehension `owner`: it is unbound before the comprehension and after it,
  // hidden from and untouched by a variable of the same name outside. Null for ordinary variables.
  const Scope* owner;
};

// A variable that inner code uses too.
struct CellVariable {
  static constexpr std::uint32_t not_a_parameter = UINT32_MAX;
  Symbol name;
  std::uint32_t parameter;  // its index among the parameters, which arrive in registers, or not_a_parameter
  const Scope* owner;       // as in LocalVariable: a cell made anew each time that comprehension runs
};

// A variable of an enclosing scope: where the code that makes this closure finds the cell.
struct FreeVariable {
  Symbol name;
  bool from_free;         // in the maker's frees, else in its cells
  std::uint32_t index;
};

// What a scope knows of one name, as Python's `symtable` module tells it.
struct SymbolEntry {
  enum Flag : std::uint16_t {
    DefinedGlobal = 1, DefinedLocal = 2, DefinedParameter = 4, DefinedNonlocal = 8, Used = 16,
    DefinedFreeClass = 64, DefinedImport = 128, DefinedAnnotation = 256, ComprehensionIteration = 512,
    DefinedTypeParameter = 1024, ComprehensionCell = 2048,
  };
  enum class Resolution : std::uint8_t { None, Local, GlobalExplicit, GlobalImplicit, Free, Cell };
  Symbol name;  // mangled
  std::uint16_t flags;
  Resolution resolution;
  ast::Binding binding;
};

class Scope {
 public:
  ScopeKind kind;
  Symbol name;            // of the function or class, else as CPython's code objects are named: "<lambda>" ...
  const ast::Node* node;  // what opened it: Module, FunctionDef, ClassDef, Lambda, Comprehension, TypeAlias, TypeParam
  Scope* parent;
  ast::Sequence<Scope*> children;  // in the order of CPython's; those of an inlined comprehension come in its place
  Symbol private_class;            // the class whose name mangles private names here, or Absent
  std::uint32_t line;

  // Parameters: locals[0 .. parameter_count()): positional, keyword-only, *args, **kwargs, as in co_varnames.
  std::uint32_t positional_only, positional /* both kinds */, keyword_only;
  bool has_varargs, has_varkeywords;
  std::uint32_t parameter_count() const {
    return positional + keyword_only + has_varargs + has_varkeywords;
  }

  ast::Sequence<LocalVariable> locals;  // parameters, then in the order in which code for them is generated
  ast::Sequence<CellVariable> cells;    // parameters, then by name; a class's `__class__` and `__classdict__` last
  ast::Sequence<FreeVariable> frees;    // by name

  bool nested;               // inside a function (or type-parameter scope of one)
  bool generator;            // contains yield, or is a generator expression
  bool coroutine;            // async def, or a comprehension that awaits
  bool optimized;            // locals are registers; else a namespace dictionary (module and class)
  bool inlined;              // a comprehension without code of its own: compiled into `parent`
  bool has_star_import;
  bool has_return_value;     // `return x`: not allowed in an asynchronous generator
  bool sees_class;           // the code takes the class namespace as a free variable, `__classdict__`
  bool needs_class_cell;     // of a class: methods use `__class__` or super(); cells then holds `__class__`
  bool needs_class_dict;     // of a class: an annotation scope reads its namespace; cells then holds `__classdict__`
  bool has_docstring;
  bool child_free;           // inner code has free variables

  // The entry of a mangled name, or null. O(1).
  const SymbolEntry* find(Symbol name) const;
  ast::Sequence<SymbolEntry> symbols;  // in the order of first mention

  // Detail of `find`.
  std::uint32_t* slots;
  std::uint32_t slot_mask;
};

struct ScopeTree {
  Scope* module;
};

struct ResolveOptions {
  // `await` and its kin may stand outside functions (PyCF_ALLOW_TOP_LEVEL_AWAIT): the module's scope is then marked as
  // a coroutine if it uses them.
  bool allow_top_level_await = false;
};

// Resolves the names of `module`, whose Identifiers and nodes it completes. Throws SyntaxError (also for faulty
// `from __future__` imports, whose features it stores in the module) or std::bad_alloc. What CPython's compiler
// proper reports is the matter of `check.hpp`, which comes next.
ScopeTree resolve(ast::Module& module, const ResolveOptions& options = {});

// The statements at the top of `module` that may be `from __future__` imports: those after a docstring, as long as
// nothing else comes. The end offset of the last one, or 0.
std::uint32_t end_of_future_imports(const ast::Module& module);
// The body begins with a docstring.
bool has_docstring(const ast::Block& body);

}  // namespace cede::lang
