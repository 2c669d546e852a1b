// The syntax tree: the nodes of Python 3.13's `ast` module, typed, in an Arena. Made by `parse`, completed by `resolve`
// (the Binding and Scope fields), read by the compiler. Field names are those of the `ast` module. Differences:
//   * the async forms share a struct with the plain ones and are told apart by `kind`, as are Try and TryStar and the
//     comprehensions;
//   * a position is a pair of byte offsets into the source text; SourceFile turns it into line and column;
//   * an identifier that binds or reads a variable is an Identifier: the name and its resolution.
// `field_visit.hpp` gives the fields of every node in the order of `ast`.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "lang/symbols.hpp"

namespace cede::lang {
class SourceFile;
class Scope;
struct Warning;
}  // namespace cede::lang

namespace cede::lang::ast {

#define CEDE_STATEMENT_KINDS(X)                                                                               \
  X(FunctionDef) X(AsyncFunctionDef) X(ClassDef) X(Return) X(Delete) X(Assign) X(TypeAlias) X(AugAssign)      \
  X(AnnAssign) X(For) X(AsyncFor) X(While) X(If) X(With) X(AsyncWith) X(Match) X(Raise) X(Try) X(TryStar)     \
  X(Assert) X(Import) X(ImportFrom) X(Global) X(Nonlocal) X(Expr) X(Pass) X(Break) X(Continue)
#define CEDE_EXPRESSION_KINDS(X)                                                                              \
  X(BoolOp) X(NamedExpr) X(BinOp) X(UnaryOp) X(Lambda) X(IfExp) X(Dict) X(Set) X(ListComp) X(SetComp)         \
  X(DictComp) X(GeneratorExp) X(Await) X(Yield) X(YieldFrom) X(Compare) X(Call) X(FormattedValue)             \
  X(JoinedStr) X(Constant) X(Attribute) X(Subscript) X(Starred) X(Name) X(List) X(Tuple) X(Slice)
#define CEDE_PATTERN_KINDS(X)                                                                                 \
  X(MatchValue) X(MatchSingleton) X(MatchSequence) X(MatchMapping) X(MatchClass) X(MatchStar) X(MatchAs)      \
  X(MatchOr)
#define CEDE_OTHER_KINDS(X)                                                                                   \
  X(Module) X(Expression) X(Interactive) X(comprehension) X(ExceptHandler) X(arguments) X(arg) X(keyword)     \
  X(alias) X(withitem) X(match_case) X(TypeVar) X(ParamSpec) X(TypeVarTuple)
#define CEDE_NODE_KINDS(X)                                                                                    \
  CEDE_STATEMENT_KINDS(X) CEDE_EXPRESSION_KINDS(X) CEDE_PATTERN_KINDS(X) CEDE_OTHER_KINDS(X)

enum class Kind : std::uint8_t {
#define X(name) name,
  CEDE_NODE_KINDS(X)
#undef X
};

std::string_view name_of(Kind kind);

enum class ExprContext : std::uint8_t { Load, Store, Del };
enum class BoolOperator : std::uint8_t { And, Or };
enum class UnaryOperator : std::uint8_t { Invert, Not, UAdd, USub };
enum class Operator : std::uint8_t {
  Add, Sub, Mult, MatMult, Div, Mod, Pow, LShift, RShift, BitOr, BitXor, BitAnd, FloorDiv,
};
enum class CompareOperator : std::uint8_t { Eq, NotEq, Lt, LtE, Gt, GtE, Is, IsNot, In, NotIn };

// A sequence in the arena. Shallow: copying it copies the reference.
template<class T>
class Sequence {
 public:
  constexpr Sequence() = default;
  constexpr Sequence(T* data, std::uint32_t size) : data_(data), size_(size) {}
  constexpr Sequence(std::span<T> items) : data_(items.data()), size_(static_cast<std::uint32_t>(items.size())) {}

  constexpr T* begin() const { return data_; }
  constexpr T* end() const { return data_ + size_; }
  constexpr std::uint32_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr T& operator[](std::size_t i) const { return data_[i]; }
  constexpr T& front() const { return data_[0]; }
  constexpr T& back() const { return data_[size_ - 1]; }

 private:
  T* data_ = nullptr;
  std::uint32_t size_ = 0;
};

// What a name means where it stands; filled in by `resolve`. `scope.hpp` says what `index` counts.
struct Binding {
  enum class Kind : std::uint8_t {
    Unresolved,
    Local,         // a local variable of this code: Scope::locals[index], a register
    Cell,          // a variable of this code that inner code also uses: Scope::cells[index]
    Free,          // a variable of an enclosing function: Scope::frees[index]
    Global,        // module dictionary, then builtins (global statement, or found in no function)
    Name,          // body of a module or class: its namespace, then module dictionary, then builtins
    NameOrFree,    // class namespace first, then Scope::frees[index]
    NameOrGlobal,  // annotation scope in a class: class namespace first, then as Global
  };
  Kind kind : 8 = Kind::Unresolved;
  std::uint32_t index : 24 = 0;
};

// An identifier that stands for a variable. Unmangled as written; Symbol::Absent where it is optional and missing.
struct Identifier {
  Symbol symbol = Symbol::Absent;
  Binding binding = {};

  explicit operator bool() const { return symbol != Symbol::Absent; }
};

// `depth` is the height of the tree below, saturating: walkers may recurse, for no tree deeper than
// `maximum_depth` leaves the parser.
struct Node {
  Kind kind;
  ExprContext context = ExprContext::Load;  // of Name, Attribute, Subscript, Starred, List and Tuple
  std::uint16_t depth = 1;
  std::uint32_t start = 0, end = 0;  // byte offsets; set for inner parts too that have no position in `ast`
};

struct Expression : Node {};
struct Statement : Node {};
struct Pattern : Node {};

using Expressions = Sequence<Expression*>;  // elements are null only where stated
using Block = Sequence<Statement*>;
using Names = Sequence<Symbol>;

// A node's struct knows which kinds it serves, for `is` and `as`.
#define CEDE_NODE(...)                          \
  static constexpr bool serves(ast::Kind k) {   \
    for (ast::Kind own : {__VA_ARGS__})         \
      if (k == own) return true;                \
    return false;                               \
  }

template<class T>
constexpr bool is(const Node* node) {
  return T::serves(node->kind);
}
// The node as a T, which it must be.
template<class T>
constexpr T* as(Node* node) {
  return static_cast<T*>(node);
}
template<class T>
constexpr const T* as(const Node* node) {
  return static_cast<const T*>(node);
}
// The node as a T, or null if it is none (or is null).
template<class T>
constexpr T* try_as(Node* node) {
  return node && T::serves(node->kind) ? static_cast<T*>(node) : nullptr;
}
template<class T>
constexpr const T* try_as(const Node* node) {
  return node && T::serves(node->kind) ? static_cast<const T*>(node) : nullptr;
}

// ---- expressions

struct BoolOp : Expression {
  CEDE_NODE(Kind::BoolOp)
  BoolOperator op;
  Expressions values;
};

struct NamedExpr : Expression {
  CEDE_NODE(Kind::NamedExpr)
  Expression* target;  // a Name
  Expression* value;
};

struct BinOp : Expression {
  CEDE_NODE(Kind::BinOp)
  Expression* left;
  Operator op;
  Expression* right;
};

struct UnaryOp : Expression {
  CEDE_NODE(Kind::UnaryOp)
  UnaryOperator op;
  Expression* operand;
};

struct Arguments;

struct Lambda : Expression {
  CEDE_NODE(Kind::Lambda)
  Arguments* args;
  Expression* body;
  Scope* scope;
};

struct IfExp : Expression {
  CEDE_NODE(Kind::IfExp)
  Expression* test;
  Expression* body;
  Expression* orelse;
};

struct Dict : Expression {
  CEDE_NODE(Kind::Dict)
  Expressions keys;  // null for `**value`
  Expressions values;
};

struct Set : Expression {
  CEDE_NODE(Kind::Set)
  Expressions elts;
};

// `for target in iter if ...`: one clause of a comprehension.
struct ComprehensionClause : Node {
  CEDE_NODE(Kind::comprehension)
  Expression* target;
  Expression* iter;
  Expressions ifs;
  bool is_async;
};

// ListComp, SetComp, GeneratorExp, DictComp. `elt` is the key of a DictComp, whose `value` is null elsewhere.
struct Comprehension : Expression {
  CEDE_NODE(Kind::ListComp, Kind::SetComp, Kind::DictComp, Kind::GeneratorExp)
  Expression* elt;
  Expression* value;
  Sequence<ComprehensionClause*> generators;
  Scope* scope;
};

struct Await : Expression {
  CEDE_NODE(Kind::Await)
  Expression* value;
};

struct Yield : Expression {
  CEDE_NODE(Kind::Yield)
  Expression* value;  // or null
};

struct YieldFrom : Expression {
  CEDE_NODE(Kind::YieldFrom)
  Expression* value;
};

struct Compare : Expression {
  CEDE_NODE(Kind::Compare)
  Expression* left;
  Sequence<CompareOperator> ops;
  Expressions comparators;
};

// `name=value` or, with an absent name, `**value`; in a call or a class statement.
struct Keyword : Node {
  CEDE_NODE(Kind::keyword)
  Symbol arg;
  Expression* value;
};

struct Call : Expression {
  CEDE_NODE(Kind::Call)
  Expression* func;
  Expressions args;
  Sequence<Keyword*> keywords;
};

struct FormattedValue : Expression {
  CEDE_NODE(Kind::FormattedValue)
  Expression* value;
  int conversion;           // -1, 's', 'r' or 'a'
  Expression* format_spec;  // a JoinedStr, or null
};

struct JoinedStr : Expression {
  CEDE_NODE(Kind::JoinedStr)
  Expressions values;  // Constant and FormattedValue
};

enum class ConstantType : std::uint8_t {
  None,
  True,
  False,
  Ellipsis,
  Int,      // `integer`
  BigInt,   // `text`: digits in `base`, no prefix, no underscores, no leading zeros; more than 63 bits
  Float,    // `number`
  Complex,  // `number` is the imaginary part
  Str,      // `text`: generalised UTF-8
  Bytes,    // `text`
};

struct Constant : Expression {
  CEDE_NODE(Kind::Constant)
  ConstantType type;
  bool unicode_prefix;  // u"..." (the `kind` field)
  std::uint8_t base;    // of a BigInt: 10 or 16
  union {
    std::int64_t integer;
    double number;
    std::string_view text = {};
  };
};

struct Attribute : Expression {
  CEDE_NODE(Kind::Attribute)
  Expression* value;
  Symbol attr;
};

struct Subscript : Expression {
  CEDE_NODE(Kind::Subscript)
  Expression* value;
  Expression* slice;
};

struct Starred : Expression {
  CEDE_NODE(Kind::Starred)
  Expression* value;
};

struct Name : Expression {
  CEDE_NODE(Kind::Name)
  Identifier id;
};

// List and Tuple
struct Collection : Expression {
  CEDE_NODE(Kind::List, Kind::Tuple)
  Expressions elts;
};

struct Slice : Expression {
  CEDE_NODE(Kind::Slice)
  Expression* lower;  // each may be null
  Expression* upper;
  Expression* step;
};

// ---- parts of functions and statements

struct Arg : Node {
  CEDE_NODE(Kind::arg)
  Identifier arg;
  Expression* annotation;  // or null
};

struct Arguments : Node {
  CEDE_NODE(Kind::arguments)
  Sequence<Arg*> posonlyargs;
  Sequence<Arg*> args;
  Arg* vararg;  // or null
  Sequence<Arg*> kwonlyargs;
  Expressions kw_defaults;  // as many as kwonlyargs; null = no default
  Arg* kwarg;               // or null
  Expressions defaults;     // of the last posonlyargs + args
};

struct Alias : Node {
  CEDE_NODE(Kind::alias)
  Symbol name;       // dotted, or Symbol::Star
  Symbol asname;     // or Absent
  Identifier bound;  // what the statement binds: asname, else the first part of the name; Absent for a star
};

struct WithItem : Node {
  CEDE_NODE(Kind::withitem)
  Expression* context_expr;
  Expression* optional_vars;  // or null
};

struct ExceptHandler : Node {
  CEDE_NODE(Kind::ExceptHandler)
  Expression* type;  // or null
  Identifier name;   // or Absent
  Block body;
};

struct MatchCase : Node {
  CEDE_NODE(Kind::match_case)
  Pattern* pattern;
  Expression* guard;  // or null
  Block body;
};

// TypeVar, ParamSpec and TypeVarTuple. `bound` is null but for a TypeVar.
struct TypeParam : Node {
  CEDE_NODE(Kind::TypeVar, Kind::ParamSpec, Kind::TypeVarTuple)
  Identifier name;
  Expression* bound;          // a Tuple means constraints
  Expression* default_value;  // or null
  Scope* bound_scope;
  Scope* default_scope;
};

// ---- statements

// FunctionDef and AsyncFunctionDef
struct FunctionDef : Statement {
  CEDE_NODE(Kind::FunctionDef, Kind::AsyncFunctionDef)
  Identifier name;
  Arguments* args;
  Block body;
  Expressions decorator_list;
  Expression* returns;  // or null
  Sequence<TypeParam*> type_params;
  Scope* scope;
  Scope* type_params_scope;  // null without type_params
};

struct ClassDef : Statement {
  CEDE_NODE(Kind::ClassDef)
  Identifier name;
  Expressions bases;
  Sequence<Keyword*> keywords;
  Block body;
  Expressions decorator_list;
  Sequence<TypeParam*> type_params;
  Scope* scope;
  Scope* type_params_scope;  // null without type_params
};

struct Return : Statement {
  CEDE_NODE(Kind::Return)
  Expression* value;  // or null
};

struct Delete : Statement {
  CEDE_NODE(Kind::Delete)
  Expressions targets;
};

struct Assign : Statement {
  CEDE_NODE(Kind::Assign)
  Expressions targets;
  Expression* value;
};

struct TypeAlias : Statement {
  CEDE_NODE(Kind::TypeAlias)
  Expression* name;  // a Name
  Sequence<TypeParam*> type_params;
  Expression* value;
  Scope* scope;              // of the value, evaluated lazily
  Scope* type_params_scope;  // null without type_params
};

struct AugAssign : Statement {
  CEDE_NODE(Kind::AugAssign)
  Expression* target;
  Operator op;
  Expression* value;
};

struct AnnAssign : Statement {
  CEDE_NODE(Kind::AnnAssign)
  Expression* target;
  Expression* annotation;
  Expression* value;  // or null
  bool simple;        // the target is a name without parentheses
};

// For and AsyncFor
struct For : Statement {
  CEDE_NODE(Kind::For, Kind::AsyncFor)
  Expression* target;
  Expression* iter;
  Block body;
  Block orelse;
};

struct While : Statement {
  CEDE_NODE(Kind::While)
  Expression* test;
  Block body;
  Block orelse;
};

// An `elif` is an If that is alone in `orelse`.
struct If : Statement {
  CEDE_NODE(Kind::If)
  Expression* test;
  Block body;
  Block orelse;
};

// With and AsyncWith
struct With : Statement {
  CEDE_NODE(Kind::With, Kind::AsyncWith)
  Sequence<WithItem*> items;
  Block body;
};

struct Match : Statement {
  CEDE_NODE(Kind::Match)
  Expression* subject;
  Sequence<MatchCase*> cases;
};

struct Raise : Statement {
  CEDE_NODE(Kind::Raise)
  Expression* exc;    // or null
  Expression* cause;  // or null
};

// Try and TryStar
struct Try : Statement {
  CEDE_NODE(Kind::Try, Kind::TryStar)
  Block body;
  Sequence<ExceptHandler*> handlers;
  Block orelse;
  Block finalbody;
};

struct Assert : Statement {
  CEDE_NODE(Kind::Assert)
  Expression* test;
  Expression* msg;  // or null
};

struct Import : Statement {
  CEDE_NODE(Kind::Import)
  Sequence<Alias*> names;
};

struct ImportFrom : Statement {
  CEDE_NODE(Kind::ImportFrom)
  Symbol module;  // dotted; Absent for `from . import x`
  Sequence<Alias*> names;
  std::uint32_t level;  // leading dots
};

// Global and Nonlocal
struct ScopeStatement : Statement {
  CEDE_NODE(Kind::Global, Kind::Nonlocal)
  Names names;
};

struct ExpressionStatement : Statement {
  CEDE_NODE(Kind::Expr)
  Expression* value;
};

// Pass, Break and Continue
struct SimpleStatement : Statement {
  CEDE_NODE(Kind::Pass, Kind::Break, Kind::Continue)
};

// ---- patterns

struct MatchValue : Pattern {
  CEDE_NODE(Kind::MatchValue)
  Expression* value;
};

struct MatchSingleton : Pattern {
  CEDE_NODE(Kind::MatchSingleton)
  ConstantType value;  // None, True or False
};

// MatchSequence and MatchOr
struct MatchPatterns : Pattern {
  CEDE_NODE(Kind::MatchSequence, Kind::MatchOr)
  Sequence<Pattern*> patterns;
};

struct MatchMapping : Pattern {
  CEDE_NODE(Kind::MatchMapping)
  Expressions keys;
  Sequence<Pattern*> patterns;
  Identifier rest;  // or Absent
};

struct MatchClass : Pattern {
  CEDE_NODE(Kind::MatchClass)
  Expression* cls;
  Sequence<Pattern*> patterns;
  Names kwd_attrs;
  Sequence<Pattern*> kwd_patterns;
};

struct MatchStar : Pattern {
  CEDE_NODE(Kind::MatchStar)
  Identifier name;  // Absent for `*_`
};

struct MatchAs : Pattern {
  CEDE_NODE(Kind::MatchAs)
  Pattern* pattern;  // or null
  Identifier name;   // Absent for `_`
};

#undef CEDE_NODE

// ---- the root

struct FutureFeatures {
  bool annotations = false;
  bool barry_as_flufl = false;
};

// The greatest `Node::depth` that leaves the parser and `resolve`; deeper trees are CPython's RecursionError.
inline constexpr std::uint16_t maximum_depth = 9900;

// Module, Interactive or Expression (the modes Exec, Single and Eval).
struct Module : Node {
  Block body;              // empty for an Expression
  Expression* expression;  // of an Expression, else null
  const SourceFile* source;
  SymbolTable* symbols;
  Arena* arena;
  Sequence<const Warning> warnings;
  FutureFeatures features;  // those given to `parse` and, after `resolve`, those of the module itself
  Scope* scope;
};

}  // namespace cede::lang::ast
