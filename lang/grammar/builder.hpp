// What the actions of the grammar work on: the value stack, the making of nodes, and the raising of errors.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lang/arena.hpp"
#include "lang/ast.hpp"
#include "lang/diagnostics.hpp"
#include "lang/grammar/lexer.hpp"
#include "lang/grammar/positions.hpp"
#include "lang/grammar/token_input.hpp"
#include "lang/literals.hpp"
#include "lang/parse.hpp"

namespace cede::lang::grammar {

// Results of `fixed` rules in the second pass, by token and rule.
class Memo {
 public:
  struct Result {
    const Result* next;
    const void* rule;
    const Token* end;
    void* value;
    std::uint32_t start, extra;
    bool matched;
  };

  Memo(std::span<const Token> tokens, Arena& arena) : tokens_(tokens), arena_(&arena) {}

  const Result* find(const Token* token, const void* rule) const {
    if (!results_) return nullptr;
    const Result* result = results_[token - tokens_.data()];
    while (result && result->rule != rule) result = result->next;
    return result;
  }
  void store(const Token* token, const void* rule, bool matched, const Cursor& after) {
    if (!results_) results_ = arena_->make_array<const Result*>(tokens_.size() + 2).data();
    const Result*& first = results_[token - tokens_.data()];
    if (matched)
      first = arena_->make<Result>(first, rule, after.token, after.top->data, after.top->start,
                                   after.top->extra, true);
    else
      first = arena_->make<Result>(first, rule, after.token, nullptr, 0U, 0U, false);
  }

 private:
  std::span<const Token> tokens_;
  Arena* arena_;
  const Result** results_ = nullptr;  // a list for each token
};

class Builder {
 public:
  // Nested `fixed` rules, weighted; CPython gives up at a comparable depth with a MemoryError.
  static constexpr unsigned maximum_parser_depth = 6000;

  Builder(TokenInput& input, const SourceFile& source_file, const TokenList& list, SymbolTable& symbol_table,
          Arena& node_arena, Arena& scratch_arena, const ParseOptions& parse_options)
      : in(input),
        source(source_file),
        tokens(list),
        symbols(symbol_table),
        arena(node_arena),
        scratch(scratch_arena),
        options(parse_options),
        warnings(node_arena),
        memo(list.tokens, scratch_arena) {}

  // ---- the stack

  void push(void* data, std::uint32_t start, std::uint32_t extra = 0) {
    in.cursor.top = scratch.make<Cell>(data, in.cursor.top, start, extra);
  }
  const Cell& pop() {
    const Cell* cell = in.cursor.top;
    in.cursor.top = cell->below;
    return *cell;
  }
  template<class T> T* pop_node() { return static_cast<T*>(static_cast<ast::Node*>(pop().data)); }
  ast::Expression* pop_expression() { return pop_node<ast::Expression>(); }

  // All values above `until`, as nodes, into the arena; `parent` grows accordingly.
  template<class T> ast::Sequence<T*> take(const Cell* until, ast::Node& parent) {
    const std::uint32_t count = count_above(until);
    T** items = count ? arena.allocate_array<T*>(count) : nullptr;
    for (std::uint32_t i = count; i-- > 0;) {
      items[i] = pop_node<T>();
      deepen(parent, items[i]);
    }
    return {items, count};
  }
  std::uint32_t count_above(const Cell* until) const {
    std::uint32_t count = 0;
    for (const Cell* c = in.cursor.top; c != until; c = c->below) ++count;
    return count;
  }
  ast::Block pop_block(ast::Node& parent) {
    const Cell& cell = pop();
    const ast::Block block(static_cast<ast::Statement**>(cell.data), cell.extra);
    for (ast::Statement* s : block) deepen(parent, s);
    return block;
  }
  Symbol pop_symbol() { return static_cast<Symbol>(pop().extra); }

  // ---- nodes

  std::uint32_t end() const { return in.cursor.token[-1].end; }
  // The end of the last token that is not a line end, indent or dedent.
  std::uint32_t end_of_text() const {
    const Token* token = in.cursor.token - 1;
    while (token->kind >= Kind::Newline && token->kind <= Kind::Dedent) --token;
    return token->end;
  }

  // A node from `start` to the last token read.
  template<class T> T* make(ast::Kind kind, std::uint32_t start) {
    T* node = arena.make<T>();
    node->kind = kind;
    node->start = start;
    node->end = end();
    return node;
  }
  template<class T> T* make_statement(ast::Kind kind, std::uint32_t start) {
    T* node = make<T>(kind, start);
    node->end = end_of_text();
    return node;
  }

  static void deepen(ast::Node& parent, const ast::Node* child) {
    if (child && child->depth >= parent.depth)
      parent.depth = static_cast<std::uint16_t>(child->depth + (child->depth != UINT16_MAX));
  }
  // Parts that lie side by side in the tree and are nested blocks when compiled.
  static void deepen_by(ast::Node& parent, std::size_t nested) {
    parent.depth = static_cast<std::uint16_t>(std::min<std::size_t>(parent.depth + nested, UINT16_MAX));
  }
  template<class... Child> static void deepen_all(ast::Node& parent, const Child*... child) {
    (deepen(parent, child), ...);
  }

  // ---- errors

  // Of an error rule that matched from `begin` to the cursor.
  [[noreturn]] void raise(std::string_view message, Where where, const Cursor& begin) const {
    raise_at(format_message(message, where, begin, in, source), locate(where, begin, in));
  }
  [[noreturn]] void raise_at(std::string message, Location at,
                             ErrorType type = ErrorType::SyntaxError) const {
    throw_syntax_error(type, std::move(message), at, source, in,
                       options.mode == Mode::Exec ? LastLine::LineEndAdded : LastLine::AsIs);
  }
  // At the last token fetched.
  [[noreturn]] void raise_here(std::string message, ErrorType type = ErrorType::SyntaxError) const {
    raise_at(std::move(message), location_of_last_fetched(in), type);
  }
  [[noreturn]] void raise_missing_block(std::string_view what, const Token& keyword) const {
    raise_here("expected an indented block after " + std::string(what) + " on line " +
                   std::to_string(source.line_at(keyword.start)),
               ErrorType::IndentationError);
  }
  // At the line of the number, without columns.
  [[noreturn]] void raise_number_error(std::string_view message, const Token& number) const {
    SyntaxError error(ErrorType::SyntaxError, std::string(message));
    error.filename = source.filename();
    error.line = error.end_line = static_cast<int>(source.line_at(number.start));
    error.text = std::string(source.line(static_cast<std::uint32_t>(error.line)));
    throw error;
  }
  [[noreturn]] void raise_too_deep() const {
    throw SyntaxError(ErrorType::MemoryError, "Parser stack overflowed - Python source too complex to parse");
  }

  TokenInput& in;
  const SourceFile& source;
  const TokenList& tokens;
  SymbolTable& symbols;
  Arena& arena;
  Arena& scratch;
  const ParseOptions& options;
  WarningList warnings;
  Memo memo;
  struct {
    const Token* token = nullptr;
    std::string_view message;
  } fstring_error;              // in the text of an f-string that has not been read to its end
  bool barry_as_flufl = false;  // `from __future__ import barry_as_FLUFL`: `<>` for `!=`
};

}  // namespace cede::lang::grammar
