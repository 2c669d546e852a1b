// Interned names. A Symbol is an index into the table of one compilation; the keywords and the names that the language
// itself knows have fixed values, so grammar and compiler compare names as integers.
#pragma once

#include <cstdint>
#include <string_view>

#include "lang/arena.hpp"

// In the order of CPython's `keyword.kwlist`; a token's kind equals its keyword's Symbol.
#define CEDE_KEYWORDS(X)                                                                                      \
  X(False) X(None) X(True) X(and) X(as) X(assert) X(async) X(await) X(break) X(class) X(continue) X(def)      \
  X(del) X(elif) X(else) X(except) X(finally) X(for) X(from) X(global) X(if) X(import) X(in) X(is) X(lambda)  \
  X(nonlocal) X(not) X(or) X(pass) X(raise) X(return) X(try) X(while) X(with) X(yield)

// Soft keywords first (`symbols::soft_keyword_last` below), then other names with a meaning to the compiler.
#define CEDE_KNOWN_NAMES(X)                                                                                   \
  X(_) X(case) X(match) X(type)                                                                               \
  X(print) X(exec) X(super) X(__class__) X(__classdict__) X(__debug__) X(__doc__) X(__name__) X(__module__)   \
  X(__qualname__) X(__annotations__) X(__future__) X(__firstlineno__) X(__static_attributes__)                \
  X(__type_params__) X(__classcell__) X(__classdictcell__) X(__build_class__) X(__import__) X(__all__)        \
  X(__init__) X(annotations) X(barry_as_FLUFL) X(locals) X(globals) X(eval) X(AssertionError) X(self)

namespace cede::lang {

enum class Symbol : std::uint32_t {
  Absent,  // no name; its text is empty
#define X(name) kw_##name,
  CEDE_KEYWORDS(X)
#undef X
#define X(name) name_##name,
  CEDE_KNOWN_NAMES(X)
#undef X
  Star,                // "*", the name in `from m import *`
  IterableParameter,   // ".0", the parameter of a generator expression's function
  TypeParameters,      // ".type_params"
  Defaults,            // ".defaults", ".kwdefaults": parameters of a type-parameter scope
  KeywordDefaults,
  GenericBase,         // ".generic_base"
  Lambda,              // "<lambda>" and the other names of anonymous scopes
  GeneratorExpression,
  ListComprehension,
  SetComprehension,
  DictComprehension,
  ModuleScope,         // "<module>"
  Top,                 // "top", the module's name in CPython's symbol table
  known_count,
};

namespace symbols {
inline constexpr Symbol keyword_first = Symbol::kw_False, keyword_last = Symbol::kw_yield;
inline constexpr Symbol soft_keyword_first = Symbol::name__, soft_keyword_last = Symbol::name_type;
}  // namespace symbols

constexpr bool is_keyword(Symbol s) { return s >= symbols::keyword_first && s <= symbols::keyword_last; }

class SymbolTable {
 public:
  // Texts are kept by reference: they must live in `arena`, in the source text or in constant data.
  explicit SymbolTable(Arena& arena);

  Symbol intern(std::string_view text);       // keeps the reference to `text`
  Symbol intern_copy(std::string_view text);  // copies `text` into the arena if it is new
  Symbol find(std::string_view text) const;   // Absent if it was never interned

  std::string_view text(Symbol symbol) const { return names_[static_cast<std::uint32_t>(symbol)].text; }
  std::uint32_t size() const { return count_; }  // symbols are 0 .. size()-1

  static std::uint32_t hash(const char* text, std::size_t size);
  Symbol intern_hashed(std::string_view text, std::uint32_t hash);

 private:
  struct Name {
    std::string_view text;
    std::uint32_t hash;
  };

  void grow();

  Arena* arena_;
  Name* names_;
  std::uint32_t* slots_;  // open addressing; 0 is empty
  std::uint32_t mask_, count_, capacity_;
};

// `name` as it is inside `class_name`: `__x` becomes `_C__x` (reference: "Private name mangling").
Symbol mangle(SymbolTable& table, Arena& arena, Symbol class_name, Symbol name);

}  // namespace cede::lang
