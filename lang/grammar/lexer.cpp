// The grammar of tokens, over characters, and `lex`. Alternatives are chosen by the class of the first
// character; the rules that read much text (names, strings, blanks) are scanners of the lexer's state, the
// rest is plain PEGTL.
#include "lang/grammar/lexer.hpp"

#include <array>
#include <cstring>
#include <tao/pegtl.hpp>

#include "lang/grammar/lexer_state.hpp"

namespace cede::lang::lexer {

namespace {

namespace p = tao::pegtl;

// ---- building blocks

enum class Class : std::uint8_t {
  End,
  Blank,
  Newline,
  Comment,
  Backslash,
  Word,
  Digit,
  Quote,
  Dot,
  Open,
  Close,
  Colon,
  Operator,
  Unknown,
  Invalid,
};

constexpr std::array<Class, 256> classes = [] {
  std::array<Class, 256> table{};
  for (int c = 0; c < 256; ++c) table[c] = c >= 128 ? Class::Word : Class::Invalid;
  const auto set = [&](std::string_view characters, Class value) {
    for (const char c : characters) table[static_cast<unsigned char>(c)] = value;
  };
  table[0] = Class::End;
  set(" \t\f", Class::Blank);
  set("\n", Class::Newline);
  set("#", Class::Comment);
  set("\\", Class::Backslash);
  set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", Class::Word);
  set("0123456789", Class::Digit);
  set("\"'", Class::Quote);
  set(".", Class::Dot);
  set("([{", Class::Open);
  set(")]}", Class::Close);
  set(":", Class::Colon);
  set("!%&*+,-/;<=>@^|~", Class::Operator);
  set("$?`", Class::Unknown);
  return table;
}();

Class class_of(char c) { return classes[static_cast<unsigned char>(c)]; }

// Reads what a scanner of the state reads.
template<const char* (State::*scan)(const char*)> struct scanned {
  using rule_t = scanned;
  using subs_t = p::empty_list;
  template<p::apply_mode, p::rewind_mode, template<typename...> class, template<typename...> class,
           typename Input>
  static bool match(Input& in, State& state) {
    in.bump_in_this_line(static_cast<std::size_t>((state.*scan)(in.current()) - in.current()));
    return true;
  }
};

template<Class c, typename Rule> struct on {};

// The alternative for the class of the next character.
template<typename... Cases> struct by_class;
template<Class... c, typename... Rules> struct by_class<on<c, Rules>...> {
  using rule_t = by_class;
  using subs_t = p::type_list<Rules...>;
  template<p::apply_mode A, p::rewind_mode M, template<typename...> class Action,
           template<typename...> class Control, typename Input>
  static bool match(Input& in, State& state) {
    const Class next = class_of(*in.current());
    bool matched = false;
    static_cast<void>(
        ((next == c && (matched = Control<Rules>::template match<A, M, Action, Control>(in, state), true)) ||
         ...));
    return matched;
  }
};

template<Class c> struct run {  // of one character or more, the first being of the class
  using rule_t = run;
  using subs_t = p::empty_list;
  template<typename Input> static bool match(Input& in) {
    const char* at = in.current();
    do ++at;
    while (class_of(*at) == c);
    in.bump_in_this_line(static_cast<std::size_t>(at - in.current()));
    return true;
  }
};

struct rest_of_line {
  using rule_t = rest_of_line;
  using subs_t = p::empty_list;
  template<typename Input> static bool match(Input& in) {
    const void* end = std::memchr(in.current(), '\n', in.size());
    in.bump_in_this_line(end ? static_cast<std::size_t>(static_cast<const char*>(end) - in.current())
                             : in.size());
    return true;
  }
};

// ---- numbers

enum class Literal : std::uint8_t { Decimal, Hexadecimal, Octal, Binary, Imaginary };

constexpr std::string_view invalid_literal(Literal literal) {
  switch (literal) {
    case Literal::Hexadecimal: return "invalid hexadecimal literal";
    case Literal::Octal: return "invalid octal literal";
    case Literal::Binary: return "invalid binary literal";
    case Literal::Imaginary: return "invalid imaginary literal";
    case Literal::Decimal: break;
  }
  return "invalid decimal literal";
}

template<Literal literal> struct ends : p::success {};         // no name may follow, except some keywords
template<Literal literal> struct invalid : p::success {};      // an error here
template<Literal literal> struct invalid_digit : p::digit {};  // an error behind a digit

template<Literal literal, typename Digits>
struct digits_or_error : p::sor<Digits, invalid_digit<literal>, invalid<literal>> {};

template<Literal literal, typename Digit>
struct radix_digits : p::seq<p::opt<p::one<'_'>>, digits_or_error<literal, p::plus<Digit>>,
                             p::star<p::one<'_'>, digits_or_error<literal, p::plus<Digit>>>,
                             p::opt<invalid_digit<literal>>, ends<literal>> {};
struct hexadecimal : p::seq<p::one<'x', 'X'>, radix_digits<Literal::Hexadecimal, p::xdigit>> {};
struct octal : p::seq<p::one<'o', 'O'>, radix_digits<Literal::Octal, p::range<'0', '7'>>> {};
struct binary : p::seq<p::one<'b', 'B'>, radix_digits<Literal::Binary, p::one<'0', '1'>>> {};

template<typename Digit> struct decimal_group : p::sor<p::plus<Digit>, invalid<Literal::Decimal>> {};
struct decimal_digits : p::seq<p::plus<p::digit>, p::star<p::one<'_'>, decimal_group<p::digit>>> {};

struct fraction : p::seq<p::one<'.'>, p::opt<decimal_digits>> {};
struct exponent : p::seq<p::one<'e', 'E'>,
                         p::sor<p::seq<p::one<'+', '-'>, p::sor<decimal_digits, invalid<Literal::Decimal>>>,
                                decimal_digits>> {};
struct imaginary : p::seq<p::one<'j', 'J'>, ends<Literal::Imaginary>> {};
struct decimal_end : p::sor<imaginary, ends<Literal::Decimal>> {};
struct float_tail
    : p::sor<p::seq<fraction, p::opt<exponent>, decimal_end>, p::seq<exponent, decimal_end>, imaginary> {};

struct zeros
    : p::star<p::sor<p::one<'0'>, p::seq<p::one<'_'>, p::sor<p::at<p::digit>, invalid<Literal::Decimal>>>>> {
};
// CPython overlooks leading zeros in `x if 09else y`.
struct leading_zeros : p::seq<p::one<'0'>, zeros> {};  // an error
struct zero_number
    : p::sor<
          p::seq<p::one<'0'>, p::sor<hexadecimal, octal, binary>>,
          p::seq<p::one<'0'>, zeros, p::opt<decimal_digits>, float_tail>,
          p::seq<p::one<'0'>, zeros, p::opt<decimal_digits>, p::at<p::one<'e', 'E'>>, ends<Literal::Decimal>>,
          p::seq<p::at<p::one<'0'>, zeros, p::digit>, leading_zeros>,
          p::seq<p::one<'0'>, zeros, ends<Literal::Decimal>>> {};
// Most numbers are one digit.
struct digit_alone {
  using rule_t = digit_alone;
  using subs_t = p::empty_list;
  template<typename Input> static bool match(Input& in) {
    const Class next = class_of(in.current()[1]);
    if (next == Class::Digit || next == Class::Word || next == Class::Dot || *in.current() == '.')
      return false;
    in.bump_in_this_line(1);
    return true;
  }
};

struct number
    : p::sor<digit_alone, zero_number, p::seq<decimal_digits, p::sor<float_tail, ends<Literal::Decimal>>>,
             p::seq<fraction, p::opt<exponent>, decimal_end>> {};

// ---- operators

template<Kind kind, char... c> struct op : p::string<c...> {};

struct dot : p::sor<p::seq<p::at<p::one<'.'>, p::digit>, number>, op<Kind::Ellipsis, '.', '.', '.'>,
                    op<Kind::Dot, '.'>> {};

struct bracket_open : p::any {};
struct bracket_close : p::any {};

template<char first, typename... Operators> struct operators {};

// The operators by their first character, longest first.
template<typename... Groups> struct by_character;
template<char... c, typename... Alternatives> struct by_character<operators<c, Alternatives>...> {
  using rule_t = by_character;
  using subs_t = p::type_list<Alternatives...>;
  template<p::apply_mode A, p::rewind_mode M, template<typename...> class Action,
           template<typename...> class Control, typename Input>
  static bool match(Input& in, State& state) {
    const char next = *in.current();
    bool matched = false;
    static_cast<void>(
        ((next == c &&
          (matched = Control<Alternatives>::template match<A, M, Action, Control>(in, state), true)) ||
         ...));
    return matched;
  }
};

using K = Kind;
struct any_operator
    : by_character<
          operators<'=', p::sor<op<K::EqualEqual, '=', '='>, op<K::Equal, '='>>>,
          operators<',', op<K::Comma, ','>>,
          operators<'+', p::sor<op<K::PlusEqual, '+', '='>, op<K::Plus, '+'>>>,
          operators<'-', p::sor<op<K::Arrow, '-', '>'>, op<K::MinusEqual, '-', '='>, op<K::Minus, '-'>>>,
          operators<'*', p::sor<op<K::DoubleStarEqual, '*', '*', '='>, op<K::DoubleStar, '*', '*'>,
                                op<K::StarEqual, '*', '='>, op<K::Star, '*'>>>,
          operators<'/', p::sor<op<K::DoubleSlashEqual, '/', '/', '='>, op<K::DoubleSlash, '/', '/'>,
                                op<K::SlashEqual, '/', '='>, op<K::Slash, '/'>>>,
          operators<'%', p::sor<op<K::PercentEqual, '%', '='>, op<K::Percent, '%'>>>,
          operators<'@', p::sor<op<K::AtEqual, '@', '='>, op<K::At, '@'>>>,
          operators<'<', p::sor<op<K::LeftShiftEqual, '<', '<', '='>, op<K::LeftShift, '<', '<'>,
                                op<K::LessEqual, '<', '='>, op<K::NotEqual, '<', '>'>, op<K::Less, '<'>>>,
          operators<'>', p::sor<op<K::RightShiftEqual, '>', '>', '='>, op<K::RightShift, '>', '>'>,
                                op<K::GreaterEqual, '>', '='>, op<K::Greater, '>'>>>,
          operators<'!', p::sor<op<K::NotEqual, '!', '='>, op<K::Exclamation, '!'>>>,
          operators<'&', p::sor<op<K::AmpersandEqual, '&', '='>, op<K::Ampersand, '&'>>>,
          operators<'|', p::sor<op<K::PipeEqual, '|', '='>, op<K::Pipe, '|'>>>,
          operators<'^', p::sor<op<K::CircumflexEqual, '^', '='>, op<K::Circumflex, '^'>>>,
          operators<'~', op<K::Tilde, '~'>>, operators<';', op<K::Semicolon, ';'>>> {};

// ---- lines

struct comment : rest_of_line {};
struct unknown : p::any {};
struct invalid_character : p::success {};
struct newline : p::one<'\n'> {};
struct joined_newline : p::one<'\n'> {};
struct indentation : scanned<&State::indentation> {};
struct fstring_text : scanned<&State::fstring_text> {};

// A "\n" inside brackets.
struct line_joining {
  using rule_t = line_joining;
  using subs_t = p::type_list<joined_newline>;
  template<p::apply_mode A, p::rewind_mode M, template<typename...> class Action,
           template<typename...> class Control, typename Input>
  static bool match(Input& in, State& state) {
    return state.in_brackets() && Control<joined_newline>::template match<A, M, Action, Control>(in, state);
  }
};

// The sentinel behind the text; a null byte inside it can only come from a decoder.
struct end_or_null : p::seq<p::not_at<p::eof>, invalid_character> {};

struct ordinary_piece
    : by_class<on<Class::Word, scanned<&State::word>>, on<Class::Blank, run<Class::Blank>>,
               on<Class::Operator, any_operator>, on<Class::Open, bracket_open>,
               on<Class::Close, bracket_close>, on<Class::Dot, dot>, on<Class::Newline, line_joining>,
               on<Class::Colon, scanned<&State::colon>>, on<Class::Quote, scanned<&State::plain_string>>,
               on<Class::Digit, number>, on<Class::Comment, comment>,
               on<Class::Backslash, scanned<&State::continuation>>, on<Class::Unknown, unknown>,
               on<Class::Invalid, invalid_character>, on<Class::End, end_or_null>> {};

// Everything up to the end of the logical line.
struct pieces {
  using rule_t = pieces;
  using subs_t = p::type_list<fstring_text, ordinary_piece>;
  template<p::apply_mode A, p::rewind_mode, template<typename...> class Action,
           template<typename...> class Control, typename Input>
  static bool match(Input& in, State& state) {
    constexpr p::rewind_mode M = p::rewind_mode::active;
    for (bool more = true; more;) {
      more = state.in_fstring_text()
                 ? Control<fstring_text>::template match<A, M, Action, Control>(in, state)
                 : Control<ordinary_piece>::template match<A, M, Action, Control>(in, state);
    }
    return true;
  }
};

struct logical_line : p::seq<pieces, p::sor<newline, p::eof>> {};
struct blank_line
    : p::sor<p::one<'\n'>, p::seq<p::at<p::one<'#'>>, rest_of_line, p::sor<p::one<'\n'>, p::eof>>> {};
struct line : p::seq<p::not_at<p::eof>, indentation, p::sor<blank_line, logical_line>> {};
struct file : p::seq<p::star<line>, p::eof> {};

// ---- actions

template<typename Rule> struct action : p::nothing<Rule> {};

// Rules without an action run without PEGTL's hooks.
template<typename Rule> struct control : p::normal<Rule> {
  static constexpr bool enable = !std::is_base_of_v<p::nothing<Rule>, action<Rule>>;
};

template<> struct action<number> {
  template<typename Input> static void apply(const Input& in, State& state) {
    state.push(Kind::Number, in.begin(), in.end());
  }
};

template<Kind kind, char... c> struct action<op<kind, c...>> {
  template<typename Input> static void apply(const Input& in, State& state) {
    constexpr bool diamond = kind == Kind::NotEqual && ((c == '<') || ...);
    state.push(kind, in.begin(), in.end(), diamond ? Token::Diamond : 0);
  }
};

template<> struct action<bracket_open> {
  template<typename Input> static void apply(const Input& in, State& state) {
    const char c = *in.begin();
    state.open_bracket(c == '(' ? Kind::LParen : c == '[' ? Kind::LBracket : Kind::LBrace, in.begin());
  }
};

template<> struct action<bracket_close> {
  template<typename Input> static void apply(const Input& in, State& state) {
    const char c = *in.begin();
    state.close_bracket(c == ')' ? Kind::RParen : c == ']' ? Kind::RBracket : Kind::RBrace, in.begin());
  }
};

template<> struct action<unknown> {
  template<typename Input> static void apply(const Input& in, State& state) {
    state.push(Kind::Unknown, in.begin(), in.end());
  }
};

template<> struct action<newline> {
  template<typename Input> static void apply(const Input& in, State& state) { state.newline(in.begin()); }
};

template<> struct action<comment> {
  template<typename Input> static void apply(const Input& in, State& state) { state.comment(in.begin()); }
};

template<> struct action<joined_newline> {
  template<typename Input> static void apply(const Input& in, State& state) { state.joined_line(in.end()); }
};

template<> struct action<blank_line> {
  template<typename Input> static void apply(const Input& in, State& state) { state.blank_line(in.end()); }
};

template<> struct action<invalid_character> {
  template<typename Input> static void apply(const Input& in, State& state) {
    state.fail_unknown_character(in.begin());
  }
};

template<Literal literal> struct action<ends<literal>> {
  template<typename Input> static void apply(const Input& in, State& state) {
    state.number_end(in.begin(), invalid_literal(literal));
  }
};

template<Literal literal> struct action<invalid<literal>> {
  template<typename Input> static void apply(const Input& in, State& state) {
    state.fail(in.begin(), std::string(invalid_literal(literal)));
  }
};

template<Literal literal> struct action<invalid_digit<literal>> {
  template<typename Input> static void apply(const Input& in, State& state) {
    const char* const name = literal == Literal::Octal ? "octal" : "binary";
    state.fail(in.end(), std::string("invalid digit '") + *in.begin() + "' in " + name + " literal");
  }
};

template<> struct action<leading_zeros> {
  template<typename Input> static void apply(const Input& in, State& state) {
    state.fail_leading_zeros(in.begin(), in.end());
  }
};

}  // namespace

}  // namespace cede::lang::lexer

namespace cede::lang {

TokenList lex(const SourceFile& source, Arena& arena, SymbolTable& symbols, const ParseOptions& options) {
  using namespace lexer;
  State state(source, arena, symbols, options.mode);
  std::optional<LexicalError> error;
  p::memory_input<p::tracking_mode::lazy, p::eol::lf, const char*> in(state.begin(), state.end(), "");
  try {
    p::parse<file, action, control>(in, state);
    state.finish(options.do_not_imply_dedent);
  } catch (LexicalError& found) {
    error = std::move(found);
    state.push_error(in.current());
  }
  TokenList list = state.take();
  list.error = std::move(error);
  return list;
}

std::string_view name_of(Kind kind) {
  constexpr std::string_view names[] = {"END",
#define X(name) #name,
                                        CEDE_KEYWORDS(X)
#undef X
                                            "NAME",
                                        "NUMBER",
                                        "STRING",
                                        "FSTRING_START",
                                        "FSTRING_MIDDLE",
                                        "FSTRING_END",
                                        "NEWLINE",
                                        "INDENT",
                                        "DEDENT",
                                        "ERROR",
                                        "UNKNOWN",
#define X(name, text) text,
                                        CEDE_OPERATOR_TOKENS(X)
#undef X
  };
  static_assert(std::size(names) == static_cast<std::size_t>(Kind::kind_count));
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace cede::lang
