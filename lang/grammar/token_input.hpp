// The PEGTL input over tokens. Its iterator is the pair {token, top of the value stack}: whenever PEGTL
// rewinds, the half-built tree is rewound with it, so actions may push and pop freely although an enclosing
// rule may fail later. The stack is persistent for that reason: a popped cell is still there for a cursor
// that was saved before the pop.
#pragma once

#include <cstdint>
#include <tao/pegtl.hpp>

#include "lang/arena.hpp"
#include "lang/ast.hpp"
#include "lang/grammar/token.hpp"

namespace cede::lang::grammar {

namespace p = tao::pegtl;

// A value on the stack; each rule says what it pushes. A Node (or null where an optional part is missing), a
// Block, a Symbol or an operator.
struct Cell {
  void* data;
  const Cell* below;
  std::uint32_t start;  // where the text of the value begins; before Node::start if it is in parentheses
  std::uint32_t extra;  // size of a Block, Symbol, operator, or `open`

  // Of a tuple or comprehension that takes its position from the brackets around it, not yet read.
  static constexpr std::uint32_t open = 1;
};

struct Cursor {
  const Token* token;
  const Cell* top;
};

template<p::rewind_mode M> struct Mark {
  static constexpr p::rewind_mode next_rewind_mode = M;
  explicit Mark(Cursor&) {}
  bool operator()(bool result) const { return result; }
};

template<> struct Mark<p::rewind_mode::required> {
  static constexpr p::rewind_mode next_rewind_mode = p::rewind_mode::active;
  explicit Mark(Cursor& cursor) : saved(cursor), current(&cursor) {}
  Mark(const Mark&) = delete;
  Mark& operator=(const Mark&) = delete;
  ~Mark() {
    if (current) *current = saved;
  }
  bool operator()(bool result) {
    if (result) current = nullptr;
    return result;
  }
  const Cursor& iterator() const { return saved; }

  Cursor saved;
  Cursor* current;
};

struct TokenInput;

// What an action gets: the cursor at the start of its rule. The values that the rule pushed lie above `top`.
struct Span {
  Span(const Cursor& begin, const TokenInput&) : token(begin.token), top(begin.top) {}

  std::uint32_t start() const { return token->start; }

  const Token* token;
  const Cell* top;
};

struct TokenInput {
  using iterator_t = Cursor;
  using action_t = Span;

  TokenInput(const Token* first, const char* source_text)
      : cursor{first, nullptr}, furthest(first), text(source_text) {}

  template<p::rewind_mode M> Mark<M> mark() { return Mark<M>(cursor); }

  // The kind of the next token, which has now been looked at.
  Kind kind() {
    saw(cursor.token);
    return cursor.token->kind;
  }
  void advance() { ++cursor.token; }
  void saw(const Token* token) {
    if (token > furthest) furthest = token;
  }

  Cursor cursor;
  const Token* furthest;  // the last token that CPython's parser would have fetched
  const char* text;       // of the source
  unsigned depth = 0;     // of nested `fixed` rules
};

}  // namespace cede::lang::grammar
