// What `check` knows while it walks. CPython compiles some parts more than once (a `finally` body for each
// way into it, the test of a `while` at both ends) and so repeats their warnings; here such a part is walked
// once and its warnings are repeated.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lang/check.hpp"
#include "lang/compile_error.hpp"
#include "lang/scope.hpp"

namespace cede::lang::checking {

// What `break`, `continue` and `return` leave behind, innermost last.
enum class BlockKind : std::uint8_t {
  Loop,
  Try,         // the body of a try statement with handlers
  FinallyTry,  // everything in a try statement before its `finally`
  FinallyEnd,  // the `finally` body
  With,
  Handlers,       // around all handlers
  GroupHandlers,  // of `except*`
  HandlerBody,
};

struct Block {
  BlockKind kind;
  const ast::Try* statement;  // of FinallyTry
};

// Warnings from `first` up to `last`.
struct WarningRange {
  std::size_t first, last;
};

// One piece of code: a module, class or function.
struct Unit {
  const Scope* scope;
  std::size_t first_block;
  bool function_like;  // may `return` and `yield`
  bool async_function;
  bool comprehension;  // a generator expression, or a comprehension with code of its own
};

using Names = std::vector<Symbol>;

class Checker {
 public:
  Checker(ast::Module& module, const CheckOptions& options)
      : module_(module),
        symbols_(*module.symbols),
        source_(*module.source),
        options_(options),
        future_end_(end_of_future_imports(module)) {}

  void run();

 private:
  void hand_over_warnings();

  // Statements (check.cpp)
  void block(const ast::Block& statements) {
    for (const ast::Statement* node : statements) statement(*node);
  }
  void statement(const ast::Statement& node);
  void return_statement(const ast::Return& node);
  void assign(const ast::Assign& node);
  void augmented_assign(const ast::AugAssign& node);
  void annotated_assign(const ast::AnnAssign& node);
  void for_loop(const ast::For& node);
  void while_loop(const ast::While& node);
  void with(const ast::With& node, std::size_t item);
  void try_statement(const ast::Try& node);
  void try_except(const ast::Try& node);
  void handlers(const ast::Try& node, BlockKind around);
  void assert_statement(const ast::Assert& node);
  void imports(const ast::Statement& node, const ast::Sequence<ast::Alias*>& names);

  // Blocks (check_blocks.cpp)
  void push_block(BlockKind kind, const ast::Node& at, const ast::Try* statement = nullptr);
  void pop_block() { blocks_.pop_back(); }
  // Leaves blocks, down to and without the innermost loop if `to_loop`. True if a loop was found.
  bool unwind(const ast::Node& at, bool to_loop);
  void jump_out(const ast::Statement& node);
  void finally_body(const ast::Try& node);
  void repeat(WarningRange range);

  // Definitions (check_definitions.cpp)
  void enter(const Scope* scope);
  void leave();
  void function_definition(const ast::FunctionDef& node);
  void class_definition(const ast::ClassDef& node);
  void type_alias(const ast::TypeAlias& node);
  void lambda(const ast::Lambda& node);
  void parameter_names(const ast::Arguments& node);
  void defaults(const ast::Arguments& node);
  void annotations(const ast::FunctionDef& node);
  void annotation_of(const ast::Arg* node);
  void type_parameters(const ast::Sequence<ast::TypeParam*>& parameters);

  // Expressions (check_expressions.cpp)
  void expression(const ast::Expression& node);
  void optional(const ast::Expression* node) {
    if (node) expression(*node);
  }
  void expressions(const ast::Expressions& nodes) {
    for (const ast::Expression* node : nodes) expression(*node);
  }
  void unstarred(const ast::Expression& node);
  void elements(const ast::Expressions& nodes) {
    for (const ast::Expression* node : nodes) unstarred(*node);
  }
  void collection(const ast::Collection& node);
  void call(const ast::Call& node);
  void arguments(const ast::Expressions& positional, const ast::Sequence<ast::Keyword*>& keywords);
  void keyword_names(const ast::Sequence<ast::Keyword*>& keywords);
  void attribute(const ast::Attribute& node);
  void subscript(const ast::Subscript& node);
  void dict(const ast::Dict& node);
  void comprehension(const ast::Comprehension& node);
  void comprehension_parts(const ast::Comprehension& node);
  void yield_expression(const ast::Expression& node, const ast::Expression* value);
  void await_expression(const ast::Await& node);
  void compare(const ast::Compare& node);
  bool at_top_level_await() const;

  // Warnings about types (check_types.cpp)
  void warn(const ast::Node& at, std::string message);
  void warn_not_callable(const ast::Expression& function);
  void warn_not_subscriptable(const ast::Expression& value);
  void warn_bad_index(const ast::Expression& value, const ast::Expression& index);
  void warn_identity(const ast::Compare& node);

  // Patterns (check_patterns.cpp)
  void match(const ast::Match& node);
  void pattern(const ast::Pattern& node, Names& names, bool irrefutable);
  void pattern_sequence(const ast::MatchPatterns& node, Names& names);
  void pattern_mapping(const ast::MatchMapping& node, Names& names);
  void pattern_keys(const ast::MatchMapping& node);
  void pattern_class(const ast::MatchClass& node, Names& names);
  void pattern_as(const ast::MatchAs& node, Names& names, bool irrefutable);
  void pattern_or(const ast::MatchPatterns& node, Names& names, bool irrefutable);
  void pattern_name(const ast::Pattern& node, Symbol name, Names& names);

  std::string_view text(Symbol symbol) const { return symbols_.text(symbol); }
  [[noreturn]] void error(const ast::Node& at, std::string message) const {
    throw_at(source_, at, std::move(message));
  }
  void bind(Symbol name, const ast::Node& at) const {
    if (name == Symbol::name___debug__) error(at, "cannot assign to __debug__");
  }

  ast::Module& module_;
  const SymbolTable& symbols_;
  const SourceFile& source_;
  CheckOptions options_;
  std::uint32_t future_end_;
  std::vector<Unit> units_;
  std::vector<Block> blocks_;
  bool artificial_ = false;  // of `unwind`: what follows a `finally` body or `with` has no position
  std::vector<Warning> warnings_;
  std::unordered_map<const ast::Try*, WarningRange> finally_bodies_;
};

}  // namespace cede::lang::checking
