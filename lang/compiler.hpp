// The compiler's state; nothing outside compile.cpp and compile_*.cpp includes this. One Compiler per module
// walks the resolved tree; each piece of code (module, function, class, generator expression ...) is a Unit
// while it is made.
//
// Conventions, on which the register discipline of code.hpp rests:
//   * `into(e, target)` leaves the value of `e` in `target`: a local variable, which only its last
//   instruction writes,
//     or a temporary, which must be the register `top` and is taken afterwards. Otherwise `top` is as before.
//   * `value(e, until)` gives a local variable itself where no walrus up to `until` can rebind it before it
//   is used, else
//     a new temporary.
//   * whoever consumes temporaries sets `top` back.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lang/code_builder.hpp"
#include "lang/scope.hpp"

namespace cede::lang::compiling {

// What `return`, `break` and `continue` have to leave, innermost last.
struct Block {
  enum class Kind : std::uint8_t {
    While,
    For,      // `reg` holds the iterator
    Guarded,  // the body of a try or comprehension: just a region to leave
    Finally,  // the body of a try with `finally`: its block runs on the way out
    With,     // the body of a with item: `reg` holds __exit__
    Handler,  // an except block: `reg` the exception, `reg + 1` what was handled before; unbinds `name`
    FinallyHandler,  // a finally block run for an exception: registers likewise
    Saved,           // a finally block run on the way out with a return value in `reg`
  };
  Kind kind;
  Register reg = no_register;
  Label break_to{}, continue_to{};
  Span at{};
  const ast::Try* try_statement = nullptr;
  const ast::ExceptHandler* handler = nullptr;
  bool is_async = false;
  std::vector<std::uint32_t> regions{};  // in force outside
};

struct Unit {
  CodeBuilder code;
  const Scope* scope = nullptr;
  Unit* outer = nullptr;
  std::string qualified_name;
  std::vector<Block> blocks;
  std::vector<Symbol> static_attributes;  // of a class
  Span last{};                            // the statement compiled last
  // What clears the variables of inlined comprehensions that an exception leaves: placed at the end, out of
  // the way.
  struct Deferred {
    Region region;
    const Scope* owner;
    Span at;
    std::vector<std::uint32_t> regions;
  };
  std::vector<Deferred> deferred;
};

// A name that a pattern binds once the whole pattern matches.
struct Capture {
  const ast::Identifier* name;
  Register reg;
};

// The failing exits of one case: what is live at each has to be dropped on the way to `next`.
struct PatternState {
  struct Exit {
    Label label;
    std::vector<Register> live;
  };
  Register base;
  Label next;
  std::vector<Exit> exits{};
  std::vector<Capture> captures{};
};

class Compiler {
 public:
  Compiler(ast::Module& module, const CompileOptions& options);
  std::shared_ptr<const CodeUnit> run();

 private:
  using E = ast::Expression;

  // compile.cpp: units, names and small helpers
  Unit& enter(const Scope& scope, std::string qualified_name, const ast::Block* body);
  std::shared_ptr<const CodeUnit> leave(const Scope& scope, std::string_view name, std::uint32_t first_line);
  void set_flags(CodeUnit& unit, const Scope& scope) const;
  void set_names(UnitParts& parts, const Scope& scope) const;
  void make_cells(const Scope& scope);
  void module_body();
  void finish_body(Span at);
  std::string qualify(const Scope& scope, Symbol name) const;
  void mark_deletable(const ast::Block& body);
  void mark_deletable(const ast::Expression& target);
  void mark_deletable(const ast::Identifier& name);
  Symbol mangled(Symbol name);
  std::string_view text(Symbol symbol) const { return symbols_.text(symbol); }
  std::uint32_t name_cache(Symbol symbol) { return code_->cache(symbols_, symbol); }
  std::uint32_t line_of(const ast::Node& node) const { return source_.line_at(node.start); }
  bool walrus_between(std::uint32_t start, std::uint32_t end) const;
  Value temporary(Register reg) const { return {reg, true}; }
  Value borrowed(Register reg) const { return {reg, false}; }
  void load_constant(Span at, Register target, const ast::Constant& value);
  void load_string(Span at, Register target, std::string_view value);
  void load_symbol(Span at, Register target, Symbol symbol) { load_string(at, target, text(symbol)); }
  void load_integer(Span at, Register target, std::int64_t value);
  Register push_none(Span at);
  Register push_string(Span at, std::string_view value);
  void drop(Span at, Register reg) {
    code_->emit(at, Opcode::op_drop, reg, no_register, no_register, consume_a);
  }
  // After a value was left in `target`: the registers from `base` on are free, but for the target.
  void settle(Register base, Register target) {
    code_->top = code_->is_temporary(target) ? target + 1 : base;
  }
  Register intrinsic(Span at, Intrinsic what, Value b = no_value,
                     Value c = no_value);  // to the lowest operand

  // compile_expression.cpp
  void into(E* node, Register target);
  Value value(E* node, std::uint32_t until = 0);
  Register push(E* node);
  void discard(E* node);
  void load_name(Span at, const ast::Identifier& name, Register target);
  void load_variable(Span at, ast::Binding binding, Symbol name, Register target);
  void check_local(Span at, Register local);
  Register temporary_for(Register target);
  void finish_temporary(Span at, Register temporary, Register target);
  void constant_into(E* node, Register target);
  void named_into(ast::NamedExpr& node, Register target);
  void bool_op_into(ast::BoolOp& node, Register target);
  void binary_into(ast::BinOp& node, Register target);
  void operate(Span at, ast::Operator op, Register target, Value left, E* right, unsigned flags);
  void unary_into(ast::UnaryOp& node, Register target);
  void conditional_into(ast::IfExp& node, Register target);
  void compare_into(ast::Compare& node, Register target);
  void attribute_into(ast::Attribute& node, Register target);
  void subscript_into(ast::Subscript& node, Register target);
  void slice_into(ast::Slice& node, Register target);
  Register push_bounds(const ast::Slice& node);
  void await_into(E& node, Register target);
  void yield_into(ast::Yield& node, Register target);
  void joined_into(ast::JoinedStr& node, Register target);
  void formatted_into(ast::FormattedValue& node, Register target);
  void await(Span at, Register target, Register awaitable, unsigned purpose);
  bool is_two_part_slice(const E* node) const;

  // compile_condition.cpp
  void condition(E* node, Label to, bool sense);
  void compare_condition(ast::Compare& node, Label to, bool sense);
  void compare_jump(Span at, ast::CompareOperator op, Value left, Value right, E* right_node, Label to,
                    bool sense);
  void compare_value(Span at, ast::CompareOperator op, Register target, Value left, Value right);
  Value comparand(ast::CompareOperator op, E* node, std::uint32_t until, bool jump);

  // compile_display.cpp
  void display_into(E& node, const ast::Expressions& elements, Register target);
  void set_display_into(ast::Set& node, Register target);
  void build_from(Span at, const ast::Expressions& elements, Register reg, bool is_set);
  void dict_into(ast::Dict& node, Register target);
  ConstantValue fixed_value(const E& node) const;
  ConstantTuple fixed_values(const ast::Expressions& elements) const;

  // compile_call.cpp
  void call_into(ast::Call& node, Register target);
  void method_call_into(ast::Call& node, Register target);
  void push_arguments(const ast::Expressions& args, const ast::Sequence<ast::Keyword*>& keywords);
  void finish_call(Span at, Register window, std::uint32_t positional,
                   const ast::Sequence<ast::Keyword*>& keywords, bool is_method, Register target);
  void spread_call(Span at, Register window, const ast::Expressions& args,
                   const ast::Sequence<ast::Keyword*>& keywords, Register target, std::uint32_t leading = 0);
  void positional_spread(Span at, const ast::Expressions& args, Register first, std::uint32_t leading);
  void keyword_spread(Span at, Register function, const ast::Sequence<ast::Keyword*>& keywords);
  bool is_super_attribute(const ast::Attribute& node) const;
  void push_super(ast::Attribute& node, Register window);
  Span attribute_span(const ast::Attribute& node, Span at) const;

  // compile_statement.cpp
  void block(const ast::Block& statements);
  void statement(ast::Statement* node);
  void expression_statement(ast::ExpressionStatement& node);
  void assert_statement(ast::Assert& node);
  void raise_statement(ast::Raise& node);
  void if_statement(ast::If* node);
  void while_statement(ast::While& node);
  void for_statement(ast::For& node);
  void async_for_statement(ast::For& node);
  void return_statement(ast::Return& node);
  void break_or_continue(ast::Statement& node);
  void leave_blocks(std::size_t down_to, Register saved);
  void leave_block(const Block& block, Register saved);
  void import_statement(ast::Import& node);
  void import_from(ast::ImportFrom& node);
  void import_module(Span at, std::uint32_t level, ConstantValue names, Symbol module);
  void load_submodules(Span at, std::string_view dotted, Register module);

  // compile_assign.cpp
  void assign_statement(ast::Assign& node);
  void augmented_assign(ast::AugAssign& node);
  void annotated_assign(ast::AnnAssign& node);
  void assign_to(E* target, E* value);
  bool unpack_display(ast::Collection& targets, E* value);
  void store(E* target, Value value);
  void store_variable(Span at, const ast::Identifier& name, Value value);
  void store_binding(Span at, ast::Binding binding, Symbol name, Value value);
  void store_name_of(Span at, Symbol name, Value value);
  void unpack(ast::Collection& targets, Value value);
  Register local_of(const E* target) const;
  void delete_target(E* target);
  void delete_variable(Span at, const ast::Identifier& name);
  void note_static_attribute(const ast::Attribute& node);
  void evaluate_unused(E* node);
  void annotation_into(E* node, Register target, Span at);
  void setup_annotations(const ast::Block& body, Span at);

  // compile_function.cpp
  void function_statement(ast::FunctionDef& node);
  void generic_function(ast::FunctionDef& node, Register target);
  void lambda_into(ast::Lambda& node, Register target);
  void push_decorators(const ast::Expressions& decorators);
  void apply_decorators(const ast::Expressions& decorators, Register first);
  unsigned push_defaults(Span at, const ast::Arguments& args);
  void push_annotation(Span at, Symbol name, E* annotation);
  unsigned push_annotations(ast::FunctionDef& node);
  // A function of `unit` into `target`; its `parts` (see make_function) are in the temporaries from `first`
  // on.
  void make_function(Span at, const Scope& scope, std::shared_ptr<const CodeUnit> unit, unsigned parts,
                     Register first, Register target);
  std::shared_ptr<const CodeUnit> function_unit(ast::FunctionDef& node);
  void function_body(const Scope& scope, const ast::Block& body);
  void stop_iteration_handler(Region region);
  std::uint32_t first_line(const ast::Node& node, const ast::Expressions& decorators) const;

  // compile_class.cpp
  void class_statement(ast::ClassDef& node);
  void build_class(ast::ClassDef& node, Register target);
  std::shared_ptr<const CodeUnit> class_unit(ast::ClassDef& node);
  void class_prologue(ast::ClassDef& node, Span at);
  void class_epilogue(const Scope& scope, Span at);
  void store_class_cell(Span at, const Scope& scope, Symbol cell, Symbol name);

  // compile_generic.cpp (PEP 695)
  void type_parameters(const ast::Sequence<ast::TypeParam*>& parameters);
  void type_parameter(ast::TypeParam& node);
  void push_lazy(const Scope& scope, Symbol name, E* node, Span at);
  void type_alias(ast::TypeAlias& node);
  void alias_value(ast::TypeAlias& node);

  // compile_exception.cpp
  void try_statement(ast::Try& node);
  void try_finally(ast::Try& node);
  void try_except(ast::Try& node);
  void guarded_body(ast::Try& node, Region region);
  void except_handlers(ast::Try& node, Register exception, Label end);
  void except_handler(ast::ExceptHandler& handler, Register exception,
                      const std::vector<std::uint32_t>& outside, Label end);
  void star_handlers(ast::Try& node, Register exception, Label end);
  void star_handler(ast::ExceptHandler& handler, Register results);
  void unbind(Span at, const ast::Identifier& name);
  void reraise_cleanup(Region region, Register previous);

  // compile_with.cpp
  void with_statement(ast::With& node, std::uint32_t item);
  void leave_with(Span at, Register exit, bool is_async);
  void with_handler(Span at, Region region, Register exit, bool is_async);

  // compile_comprehension.cpp
  void comprehension_into(ast::Comprehension& node, Register target);
  void inlined_comprehension(ast::Comprehension& node, Register target);
  void called_comprehension(ast::Comprehension& node, Register target);
  std::shared_ptr<const CodeUnit> comprehension_unit(ast::Comprehension& node);
  void clause(ast::Comprehension& node, std::uint32_t index, Register result, Register iterator);
  void element(ast::Comprehension& node, Register result);
  void get_iterator(const ast::ComprehensionClause& clause, Register target);
  bool make_hidden_cells(const Scope& owner, Span at);
  void clear_hidden(const Scope& owner, Span at);
  void place_deferred();

  // compile_match.cpp
  void match_statement(ast::Match& node);
  void match_case(ast::MatchCase& node, Value subject, Label end);
  void pattern(ast::Pattern* node, Value subject, PatternState& state);
  void match_value(ast::MatchValue& node, Value subject, PatternState& state);
  void match_singleton(ast::MatchSingleton& node, Value subject, PatternState& state);
  void match_as(ast::MatchAs& node, Value subject, PatternState& state);
  void match_or(ast::MatchPatterns& node, Value subject, PatternState& state);
  void match_sequence(ast::MatchPatterns& node, Value subject, PatternState& state);
  void sequence_by_index(ast::MatchPatterns& node, Value subject, std::uint32_t star, PatternState& state);
  void sequence_by_unpacking(ast::MatchPatterns& node, Value subject, std::uint32_t star,
                             PatternState& state);
  void match_mapping(ast::MatchMapping& node, Value subject, PatternState& state);
  void mapping_rest(ast::MatchMapping& node, Value subject, Register keys, PatternState& state);
  void match_class(ast::MatchClass& node, Value subject, PatternState& state);
  void capture(Span at, const ast::Identifier& name, Value subject, PatternState& state);
  void dispose(Span at, Value subject);
  void require_length(Span at, Value subject, std::uint32_t length, bool exact, PatternState& state);
  void require(Span at, Register test, PatternState& state);
  Label failure(PatternState& state, Value consumed = no_value, Value also = no_value);
  void place_failures(Span at, PatternState& state);

  ast::Module& module_;
  const CompileOptions& options_;
  const SourceFile& source_;
  SymbolTable& symbols_;
  Unit* unit_ = nullptr;
  CodeBuilder* code_ = nullptr;
  std::vector<std::unique_ptr<Unit>> spare_;  // units to be used again
  std::vector<std::unique_ptr<Unit>> in_use_;
  std::vector<std::uint32_t> walruses_;  // offsets of ":=" in the source
  std::string filename_;
};

// Whether a call needs no unpacking.
bool is_plain_call(const ast::Expressions& args, const ast::Sequence<ast::Keyword*>& keywords);

// The text of a docstring without its indentation.
std::string clean_docstring(std::string_view text);

}  // namespace cede::lang::compiling
