// The building blocks of the grammar besides PEGTL's combinators, and the two controls with which it is
// instantiated: `fast` for the first pass, which builds the tree or fails, and `diagnosing` for the second
// pass over faulty input, in which the error rules exist (as in CPython's parser, they throw as soon as they
// match).
#pragma once

#include <algorithm>
#include <type_traits>

#include "lang/grammar/builder.hpp"
#include "lang/grammar/token_input.hpp"

namespace cede::lang::grammar {

using p::apply_mode;
using p::failure;
using p::opt;
using p::plus;
using p::rewind_mode;
using p::seq;
using p::sor;
using p::star;

// The action of a rule; specialised in actions_*.hpp.
template<class Rule> struct act : p::nothing<Rule> {};

// Rules without an action are invisible to the control: nothing is instantiated for them.
enum class Pass : std::uint8_t {
  Fast,
  Diagnosing,
  Hushed,  // part of the second pass that raises no errors but remembers results
};

template<class Rule, Pass pass> struct lean_control {
  static constexpr bool diagnose = pass == Pass::Diagnosing;
  static constexpr bool remember = pass != Pass::Fast;
  static constexpr bool enable = !std::is_base_of_v<p::nothing<Rule>, act<Rule>>;

  static void start(const TokenInput&, Builder&) {}
  static void success(const TokenInput&, Builder&) {}
  static void failure(const TokenInput&, Builder&) {}

  template<template<class...> class Action>
  static auto apply(const Cursor& begin, const TokenInput& in, Builder& b)
      -> decltype(Action<Rule>::apply(std::declval<const Span&>(), b)) {
    return Action<Rule>::apply(Span(begin, in), b);
  }

  template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class Control>
  static bool match(TokenInput& in, Builder& b) {
    return p::match<Rule, A, M, Action, Control>(in, b);
  }
};

template<class Rule> struct fast : lean_control<Rule, Pass::Fast> {};
template<class Rule> struct diagnosing : lean_control<Rule, Pass::Diagnosing> {};
template<class Rule> struct hushed : lean_control<Rule, Pass::Hushed> {};

// One token.
template<Kind k> struct t {
  using rule_t = t;
  using subs_t = p::type_list<>;
  static bool match(TokenInput& in) {
    if (in.kind() != k) return false;
    in.advance();
    return true;
  }
};

template<Kind... k> struct any_of {
  using rule_t = any_of;
  using subs_t = p::type_list<>;
  static bool match(TokenInput& in) {
    const Kind kind = in.kind();
    if (!((kind == k) || ...)) return false;
    in.advance();
    return true;
  }
};

// A Name that begins a soft keyword or is one: CPython 3.13 compares no further than the name goes.
struct soft_keyword_prefix {
  using rule_t = soft_keyword_prefix;
  using subs_t = p::type_list<>;
  static bool match(TokenInput& in) {
    const Token& token = *in.cursor.token;
    if (in.kind() != Kind::Name || token.end - token.start > 5) return false;
    const std::string_view text(in.text + token.start, token.end - token.start);
    for (const std::string_view keyword : {"_", "case", "match", "type"})
      if (keyword.starts_with(text)) {
        in.advance();
        return true;
      }
    return false;
  }
};

// A Name that is a soft keyword.
template<Symbol s> struct soft {
  using rule_t = soft;
  using subs_t = p::type_list<>;
  static bool match(TokenInput& in) {
    if (in.kind() != Kind::Name || in.cursor.token->symbol != s) return false;
    in.advance();
    return true;
  }
};

// Looks at the next tokens.
template<Kind... k> struct peek {
  using rule_t = peek;
  using subs_t = p::type_list<>;
  static bool match(TokenInput& in) {
    const Token* token = in.cursor.token;
    return ((in.saw(token), token++->kind == k) && ...);
  }
};

template<Kind... k> struct peek_any {
  using rule_t = peek_any;
  using subs_t = p::type_list<>;
  static bool match(TokenInput& in) {
    const Kind kind = in.kind();
    return ((kind == k) || ...);
  }
};

template<Kind... k> struct peek_none {
  using rule_t = peek_none;
  using subs_t = p::type_list<>;
  static bool match(TokenInput& in) {
    const Kind kind = in.kind();
    return !((kind == k) || ...);
  }
};

// Any one token: the last resort of error rules.
struct any_token {
  using rule_t = any_token;
  using subs_t = p::type_list<>;
  static bool match(TokenInput& in) {
    if (in.kind() == Kind::End) return false;
    in.advance();
    return true;
  }
};

// Lookahead. Unlike PEGTL's these run the actions, because an action may decide that its rule does not match.
template<class... Rules> struct at {
  using rule_t = at;
  using subs_t = p::type_list<Rules...>;
  template<apply_mode, rewind_mode, template<class...> class Action, template<class...> class Control>
  static bool match(TokenInput& in, Builder& b) {
    const Cursor before = in.cursor;
    const bool matched =
        Control<seq<Rules...>>::template match<apply_mode::action, rewind_mode::dontcare, Action, Control>(in,
                                                                                                           b);
    in.cursor = before;
    return matched;
  }
};
template<class... Rules> struct not_at {
  using rule_t = not_at;
  using subs_t = p::type_list<Rules...>;
  template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class Control>
  static bool match(TokenInput& in, Builder& b) {
    return !at<Rules...>::template match<A, M, Action, Control>(in, b);
  }
};

// Pushes a null value: an optional part that is missing.
struct push_null {
  using rule_t = push_null;
  using subs_t = p::type_list<>;
  template<apply_mode A, rewind_mode, template<class...> class, template<class...> class>
  static bool match(TokenInput& in, Builder& b) {
    if constexpr (A == apply_mode::action) b.push(nullptr, in.cursor.token->start);
    return true;
  }
};

template<class... Rules> struct optional : sor<seq<Rules...>, push_null> {};

template<class Rule, class Separator = t<Kind::Comma>> struct list_of : seq<Rule, star<Separator, Rule>> {};

// Chooses by the kind of the next token: dispatch<otherwise, on<rule, kinds...>, ...>.
template<class Rule, Kind... k> struct on {
  using rule = Rule;
  static constexpr bool serves(Kind kind) { return ((kind == k) || ...); }
};

template<class Default, class... On> struct dispatch {
  using rule_t = dispatch;
  using subs_t = p::type_list<typename On::rule..., Default>;
  template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class Control>
  static bool match(TokenInput& in, Builder& b) {
    const Kind kind = in.kind();
    bool result = false;
    if (((On::serves(kind) &&
          ((result = Control<typename On::rule>::template match<A, M, Action, Control>(in, b)), true)) ||
         ...))
      return result;
    return Control<Default>::template match<A, M, Action, Control>(in, b);
  }
};

// Recursion goes through `fixed<Rule>`: it has one instantiation per Rule and pass, bounds the depth of the
// C++ stack and, in the second pass, remembers results; without that, nested faulty input would take
// exponential time. Rule must push exactly one value, or be a `fixed_silent`, which is not remembered.
class DepthGuard {
 public:
  explicit DepthGuard(TokenInput& in, Builder& b, unsigned weight) : depth_(in.depth), weight_(weight) {
    if ((in.depth += weight) > Builder::maximum_parser_depth) {
      in.depth -= weight;
      b.raise_too_deep();
    }
  }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;
  ~DepthGuard() { depth_ -= weight_; }

 private:
  unsigned& depth_;
  unsigned weight_;
};

template<class Rule> inline constexpr char rule_key = 0;  // its address is the rule's name in the Memo

template<class Rule, bool memoize, unsigned weight, template<class...> class Control> struct entry {
  [[gnu::noinline]] static bool run(TokenInput& in, Builder& b) {
    DepthGuard guard(in, b, weight);
    constexpr bool remember = memoize && Control<void>::remember;
    [[maybe_unused]] const Token* const begin = in.cursor.token;
    if constexpr (remember) {
      if (const Memo::Result* known = b.memo.find(begin, &rule_key<Rule>)) {
        if (!known->matched) return false;
        in.cursor.token = known->end;
        b.push(known->value, known->start, known->extra);
        return true;
      }
    }
    const bool matched =
        Control<Rule>::template match<apply_mode::action, rewind_mode::required, act, Control>(in, b);
    if constexpr (remember) b.memo.store(begin, &rule_key<Rule>, matched, in.cursor);
    return matched;
  }
};

template<class Rule, unsigned weight = 1> struct fixed {
  using rule_t = fixed;
  using subs_t = p::type_list<Rule>;
  template<apply_mode, rewind_mode, template<class...> class, template<class...> class Control>
  static bool match(TokenInput& in, Builder& b) {
    return entry<Rule, true, weight, Control>::run(in, b);
  }
};

template<class Rule, unsigned weight = 1> struct fixed_silent {
  using rule_t = fixed_silent;
  using subs_t = p::type_list<Rule>;
  template<apply_mode, rewind_mode, template<class...> class, template<class...> class Control>
  static bool match(TokenInput& in, Builder& b) {
    return entry<Rule, false, weight, Control>::run(in, b);
  }
};

// Counts `weight` more levels of depth: where CPython's parser goes through more rules than this grammar, so
// that both give up at about the same nesting.
template<unsigned weight, class... Rules> struct deeper {
  using rule_t = deeper;
  using subs_t = p::type_list<Rules...>;
  template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class Control>
  static bool match(TokenInput& in, Builder& b) {
    DepthGuard guard(in, b, weight);
    return Control<seq<Rules...>>::template match<A, M, Action, Control>(in, b);
  }
};

// Exists in the second pass only; fails in the first.
template<class... Rules> struct in_diagnosis {
  using rule_t = in_diagnosis;
  using subs_t = p::type_list<>;
  template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class Control>
  static bool match([[maybe_unused]] TokenInput& in, [[maybe_unused]] Builder& b) {
    if constexpr (Control<void>::diagnose)
      return Control<seq<Rules...>>::template match<A, M, Action, Control>(in, b);
    else
      return false;
  }
};

// Without error rules, within the second pass. What the inner rules find is remembered, so that errors inside
// are not found later either; CPython's parser does the same.
template<class... Rules> struct hush {
  using rule_t = hush;
  using subs_t = p::type_list<>;
  template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class>
  static bool match(TokenInput& in, Builder& b) {
    return hushed<seq<Rules...>>::template match<A, M, Action, hushed>(in, b);
  }
};

// As `hush`, but nothing is remembered.
template<class... Rules> struct quiet {
  using rule_t = quiet;
  using subs_t = p::type_list<>;
  template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class>
  static bool match(TokenInput& in, Builder& b) {
    return fast<seq<Rules...>>::template match<A, M, Action, fast>(in, b);
  }
};

// The text of a message as a template argument.
template<std::size_t size> struct Text {
  consteval Text(const char (&text)[size]) {
    std::copy_n(text, size, characters);
  }  // NOLINT: implicit by design
  constexpr std::string_view view() const { return {characters, size - 1}; }
  char characters[size];
};

// An error rule: in the second pass, if `Rules` match here, throws a SyntaxError with `message` at `where`.
// "%s" in the message stands for what `where` points at (an expression's name or a token's text).
template<Text message, Where where, class... Rules> struct error {
  using rule_t = error;
  using subs_t = p::type_list<>;
  template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class Control>
  static bool match([[maybe_unused]] TokenInput& in, [[maybe_unused]] Builder& b) {
    if constexpr (Control<void>::diagnose) {
      auto mark = in.template mark<rewind_mode::required>();
      if (Control<seq<Rules...>>::template match<apply_mode::action, rewind_mode::active, Action, Control>(in,
                                                                                                           b))
        b.raise(message.view(), where, mark.iterator());
    }
    return false;
  }
};

// As `error`, but what to say, if anything, is decided by `Check::check(Builder&, const Cursor& begin)`,
// which throws or returns.
template<class Check, class... Rules> struct checked {
  using rule_t = checked;
  using subs_t = p::type_list<>;
  template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class Control>
  static bool match([[maybe_unused]] TokenInput& in, [[maybe_unused]] Builder& b) {
    if constexpr (Control<void>::diagnose) {
      auto mark = in.template mark<rewind_mode::required>();
      if (Control<seq<Rules...>>::template match<apply_mode::action, rewind_mode::active, Action, Control>(in,
                                                                                                           b))
        Check::check(b, mark.iterator());
    }
    return false;
  }
};

}  // namespace cede::lang::grammar
