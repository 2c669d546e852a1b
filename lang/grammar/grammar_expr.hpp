// The grammar of expressions (reference: "Expressions" and "Full Grammar specification"), left-factored so
// that the first pass needs no more than a few tokens of lookahead. Every rule named in this file pushes
// exactly one value unless a comment says otherwise; `..._tail` rules replace the value before them by a
// larger one. The error rules stand where CPython tries them: the order of alternatives decides which message
// a faulty text gets.
#pragma once

#include "lang/grammar/rules.hpp"

namespace cede::lang::grammar {

using K = Kind;

struct expression_;
struct named_expression_;
struct star_expressions_;
struct disjunction_;
struct inversion_;
struct bit_or_;
struct factor_;
struct await_primary_;
struct strings_;
struct field_;

using expression = fixed<expression_>;
using named_expression = fixed<named_expression_>;
using star_expressions = fixed<star_expressions_>;
using disjunction = fixed<disjunction_>;
using inversion = fixed<inversion_>;
using bit_or = fixed<bit_or_>;
using factor = fixed<factor_>;
using await_primary = fixed<await_primary_>;
using strings = fixed<strings_>;

// ---- small parts

struct name : t<K::Name> {};
struct keyword_target : any_of<K::kw_True, K::kw_False, K::kw_None> {};
struct number : t<K::Number> {};
struct constant : any_of<K::kw_True, K::kw_False, K::kw_None, K::Ellipsis> {};

template<class Item> struct comma_tail : seq<t<K::Comma>, opt<list_of<Item>, opt<t<K::Comma>>>> {};

// Error rules look for an operand where a name would do as well.
struct no_name_equal : not_at<t<K::Name>, t<K::Equal>> {};

// ---- yield, starred, walrus

struct yield_from : seq<t<K::kw_yield>, t<K::kw_from>, expression> {};
struct yield_value : seq<t<K::kw_yield>, optional<star_expressions>> {};
struct yield_expr : sor<seq<peek<K::kw_yield, K::kw_from>, yield_from>, yield_value> {};

struct starred : seq<t<K::Star>, bit_or> {};  // in displays and expression lists
// In calls and subscripts.
struct starred_item : seq<t<K::Star>, expression> {};
struct starred_argument
    : sor<error<"cannot assign to iterable argument unpacking", Where::TokenToValue, t<K::Star>,
                quiet<expression>, t<K::Equal>, expression>,
          error<"Invalid star expression", Where::LastFetched, t<K::Star>, not_at<quiet<expression>>>,
          starred_item> {};

struct walrus : seq<name, t<K::ColonEqual>, expression> {};

// Displays and constants: assigning to them is the assignment rules' matter.
struct no_display;

struct invalid_named_expression
    : sor<error<"cannot use assignment expressions with %s", Where::FirstValue, expression, t<K::ColonEqual>,
                expression>,
          error<"invalid syntax. Maybe you meant '==' or ':=' instead of '='?", Where::Values, name,
                t<K::Equal>, bit_or, peek_none<K::Equal, K::ColonEqual>>,
          error<"cannot assign to %s here. Maybe you meant '==' instead of '='?", Where::FirstValue,
                no_display, bit_or, t<K::Equal>, bit_or, peek_none<K::Equal, K::ColonEqual>>> {};

struct named_expression_ : sor<seq<peek<K::Name, K::ColonEqual>, walrus>, invalid_named_expression,
                               seq<expression, peek_none<K::ColonEqual>>> {};

struct star_named : dispatch<named_expression, on<starred, K::Star>> {};
struct star_expression : dispatch<expression, on<starred, K::Star>> {};
struct star_tuple_tail : comma_tail<star_expression> {};
struct star_expressions_ : seq<star_expression, opt<star_tuple_tail>> {};
struct annotated_rhs : dispatch<star_expressions, on<yield_expr, K::kw_yield>> {};

// `expressions` of the Python grammar: no starred items.
struct plain_tuple_tail : comma_tail<expression> {};
struct expressions : seq<expression, opt<plain_tuple_tail>> {};

// ---- comprehensions

struct starred_target : seq<t<K::Star>, await_primary> {};
struct target_item : dispatch<await_primary, on<starred_target, K::Star>> {};
struct target_tuple_tail : comma_tail<target_item> {};
struct for_targets : seq<target_item, opt<target_tuple_tail>> {};  // its action makes them targets, or fails

// Once `in` has been read, CPython looks no longer for another reading of the targets.
struct bad_for_target
    : checked<struct check_for_target, not_at<opt<t<K::kw_async>>, t<K::kw_for>, for_targets, t<K::kw_in>>,
              opt<t<K::kw_async>>, t<K::kw_for>, star_expressions> {};
struct invalid_for_target
    : sor<error<"'in' expected after for-loop variables", Where::LastFetched, opt<t<K::kw_async>>,
                t<K::kw_for>, list_of<bit_or>, opt<t<K::Comma>>, not_at<t<K::kw_in>>>,
          bad_for_target> {};

struct async_marker : t<K::kw_async> {};  // pushes a marker
struct comprehension_if : seq<t<K::kw_if>, disjunction> {};
struct comprehension_clause : seq<optional<async_marker>, t<K::kw_for>, for_targets, t<K::kw_in>, disjunction,
                                  star<comprehension_if>> {};
struct for_if_clause : seq<peek_any<K::kw_for, K::kw_async>, sor<comprehension_clause, invalid_for_target>> {
};
template<ast::Kind kind> struct comprehension_tail : plus<for_if_clause> {};
using generator_tail = comprehension_tail<ast::Kind::GeneratorExp>;

// The clauses after an element in error rules; they push values of their own.
struct for_if_clauses : plus<for_if_clause> {};

struct invalid_comprehension_starred
    : error<"iterable unpacking cannot be used in comprehension", Where::FirstValue,
            any_of<K::LParen, K::LBracket, K::LBrace>, starred_argument, for_if_clauses> {};
struct invalid_comprehension
    : sor<invalid_comprehension_starred,
          error<"did you forget parentheses around the comprehension target?", Where::Values,
                any_of<K::LBracket, K::LBrace>, star_named, t<K::Comma>, list_of<star_named>,
                opt<t<K::Comma>>, at<for_if_clauses>>,
          error<"did you forget parentheses around the comprehension target?", Where::ValueToToken,
                any_of<K::LBracket, K::LBrace>, star_named, t<K::Comma>, at<for_if_clauses>>> {};

// ---- displays

struct tuple_tail : comma_tail<star_named> {};

struct empty_tuple : seq<t<K::LParen>, t<K::RParen>> {};
struct group_or_tuple
    : seq<t<K::LParen>,
          dispatch<seq<star_named, opt<dispatch<failure, on<tuple_tail, K::Comma>,
                                                on<generator_tail, K::kw_for, K::kw_async>>>>,
                   on<yield_expr, K::kw_yield>>,
          t<K::RParen>> {};
struct invalid_group : sor<error<"cannot use starred expression here", Where::FirstValue, t<K::LParen>,
                                 starred_argument, t<K::RParen>>,
                           error<"cannot use double starred expression here", Where::LastToken, t<K::LParen>,
                                 t<K::DoubleStar>, at<expression, t<K::RParen>>>> {};
struct parenthesis : sor<seq<peek<K::LParen, K::RParen>, empty_tuple>, group_or_tuple, invalid_group,
                         invalid_comprehension> {};

struct list_items
    : seq<star_named, opt<dispatch<failure, on<comma_tail<star_named>, K::Comma>,
                                   on<comprehension_tail<ast::Kind::ListComp>, K::kw_for, K::kw_async>>>> {};
struct list_display : seq<t<K::LBracket>, opt<list_items>, t<K::RBracket>> {};
struct list_atom : sor<list_display, invalid_comprehension> {};

// The entries of a dict push two values, key (null for `**`) and value.
struct unpacked_mapping : seq<t<K::DoubleStar>, push_null, bit_or> {};
struct key_value : seq<expression, t<K::Colon>, expression> {};
struct dict_entry : dispatch<key_value, on<unpacked_mapping, K::DoubleStar>> {};
// In an entry that is not the first, CPython notices a missing ':' before faults inside the key.
struct later_dict_entry : sor<error<"':' expected after dictionary key", Where::LastValueEnd,
                                    quiet<expression>, peek_none<K::Colon>>,
                              dict_entry> {};
struct dict_rest : opt<comma_tail<later_dict_entry>> {};
struct empty_dict : seq<t<K::LBrace>, t<K::RBrace>> {};
struct unpacking_dict : seq<t<K::LBrace>, unpacked_mapping, dict_rest, t<K::RBrace>> {};
// After the key; these replace all that the brace has pushed.
struct dict_comprehension : plus<for_if_clause> {};
struct dict_tail
    : seq<t<K::Colon>, expression, dispatch<dict_rest, on<dict_comprehension, K::kw_for, K::kw_async>>> {};
struct set_tail : opt<comma_tail<star_named>> {};
struct keyed_dict_or_set : seq<t<K::LBrace>, star_named,
                               dispatch<set_tail, on<dict_tail, K::Colon>,
                                        on<comprehension_tail<ast::Kind::SetComp>, K::kw_for, K::kw_async>>,
                               t<K::RBrace>> {};

struct invalid_value : sor<error<"cannot use a starred expression in a dictionary value",
                                 Where::FromLastToken, expression, t<K::Colon>, t<K::Star>, at<bit_or>>,
                           error<"expression expected after dictionary key and ':'", Where::LastToken,
                                 expression, t<K::Colon>, peek_any<K::RBrace, K::Comma>>> {};
struct invalid_key_value
    : sor<error<"':' expected after dictionary key", Where::LastValueEnd, expression, peek_none<K::Colon>>,
          invalid_value> {};
struct invalid_dict
    : in_diagnosis<t<K::LBrace>,
                   sor<seq<list_of<dict_entry>, t<K::Comma>, invalid_key_value>, invalid_value>> {};
struct invalid_dict_comprehension
    : error<"dict unpacking cannot be used in dict comprehension", Where::SecondToken, t<K::LBrace>,
            t<K::DoubleStar>, bit_or, for_if_clauses, t<K::RBrace>> {};
struct brace_atom
    : sor<seq<peek<K::LBrace, K::RBrace>, empty_dict>, seq<peek<K::LBrace, K::DoubleStar>, unpacking_dict>,
          keyed_dict_or_set, invalid_dict, invalid_dict_comprehension, invalid_comprehension> {};

// ---- strings

struct string_literal : t<K::String> {};
struct fstring_middle : t<K::FStringMiddle> {};
struct fstring : seq<t<K::FStringStart>, star<sor<fstring_middle, fixed_silent<field_>>>, t<K::FStringEnd>> {
};

struct debug_marker : t<K::Equal> {};  // pushes a marker
struct invalid_conversion : sor<error<"f-string: missing conversion character", Where::NextToken,
                                      t<K::Exclamation>, peek_any<K::Colon, K::RBrace>>,
                                error<"f-string: invalid conversion character", Where::NextToken,
                                      t<K::Exclamation>, peek_none<K::Name>>> {};
struct conversion : seq<t<K::Exclamation>, t<K::Name>> {};  // pushes the character
struct format_spec : seq<t<K::Colon>, star<sor<fstring_middle, fixed_silent<field_>>>> {};
struct field : seq<t<K::LBrace>, annotated_rhs, optional<debug_marker>, optional<conversion>,
                   optional<format_spec>, t<K::RBrace>> {};
struct invalid_field
    : sor<error<"f-string: valid expression required before '='", Where::LastToken, t<K::LBrace>,
                t<K::Equal>>,
          error<"f-string: valid expression required before '!'", Where::LastToken, t<K::LBrace>,
                t<K::Exclamation>>,
          error<"f-string: valid expression required before ':'", Where::LastToken, t<K::LBrace>,
                t<K::Colon>>,
          error<"f-string: valid expression required before '}'", Where::LastToken, t<K::LBrace>,
                t<K::RBrace>>,
          error<"f-string: expecting a valid expression after '{'", Where::NextToken, t<K::LBrace>,
                not_at<annotated_rhs>>,
          error<"f-string: expecting '=', or '!', or ':', or '}'", Where::NextToken, t<K::LBrace>,
                annotated_rhs, peek_none<K::Equal, K::Exclamation, K::Colon, K::RBrace>>,
          error<"f-string: expecting '!', or ':', or '}'", Where::NextToken, t<K::LBrace>, annotated_rhs,
                t<K::Equal>, peek_none<K::Exclamation, K::Colon, K::RBrace>>,
          in_diagnosis<t<K::LBrace>, annotated_rhs, opt<t<K::Equal>>, invalid_conversion>,
          error<"f-string: expecting ':' or '}'", Where::NextToken, t<K::LBrace>, annotated_rhs,
                opt<t<K::Equal>>, opt<t<K::Exclamation>, t<K::Name>>, peek_none<K::Colon, K::RBrace>>,
          error<"f-string: expecting '}', or format specs", Where::NextToken, t<K::LBrace>, annotated_rhs,
                opt<t<K::Equal>>, opt<t<K::Exclamation>, t<K::Name>>, format_spec, peek_none<K::RBrace>>,
          error<"f-string: expecting '}'", Where::NextToken, t<K::LBrace>, annotated_rhs, opt<t<K::Equal>>,
                t<K::Exclamation>, t<K::Name>, peek_none<K::RBrace>>> {};
struct field_ : sor<field, invalid_field> {};
struct strings_ : plus<dispatch<failure, on<string_literal, K::String>, on<fstring, K::FStringStart>>> {};

// ---- atoms, calls, subscripts

struct atom : dispatch<failure, on<name, K::Name>, on<number, K::Number>,
                       on<constant, K::kw_True, K::kw_False, K::kw_None, K::Ellipsis>,
                       on<strings, K::String, K::FStringStart>, on<deeper<21, parenthesis>, K::LParen>,
                       on<deeper<21, list_atom>, K::LBracket>, on<deeper<21, brace_atom>, K::LBrace>> {};

struct attribute_tail : seq<t<K::Dot>, t<K::Name>> {};

struct keyword_argument : seq<t<K::Name>, t<K::Equal>, expression> {};
struct mapping_argument : seq<t<K::DoubleStar>, expression> {};
struct invalid_keyword_argument
    : sor<error<"cannot assign to %s", Where::Tokens, keyword_target, t<K::Equal>>,
          error<"invalid syntax. Maybe you meant '==' or ':=' instead of '='?", Where::NameEqual, t<K::Name>,
                t<K::Equal>, at<expression, for_if_clauses>>,
          error<"expression cannot contain assignment, perhaps you meant \"==\"?", Where::ValueToToken,
                no_name_equal, expression, t<K::Equal>>,
          error<"expected argument value expression", Where::Tokens, t<K::Name>, t<K::Equal>,
                peek_any<K::Comma, K::RParen>>> {};
struct keyword_or_starred
    : sor<invalid_keyword_argument,
          dispatch<seq<peek<K::Name, K::Equal>, keyword_argument>, on<starred_argument, K::Star>>> {};
struct keyword_or_mapping
    : sor<invalid_keyword_argument,
          dispatch<seq<peek<K::Name, K::Equal>, keyword_argument>, on<mapping_argument, K::DoubleStar>>> {};
struct keyword_arguments
    : sor<seq<list_of<keyword_or_starred>, opt<t<K::Comma>, list_of<keyword_or_mapping>>>,
          list_of<keyword_or_mapping>> {};

struct plain_argument : sor<seq<peek<K::Name, K::ColonEqual>, walrus>,
                            seq<not_at<peek<K::Name, K::Equal>>, expression, peek_none<K::ColonEqual>>> {};
struct argument
    : dispatch<
          seq<plain_argument, opt<peek_any<K::kw_for, K::kw_async>, generator_tail>, peek_none<K::Equal>>,
          on<starred_argument, K::Star>> {};
// As `argument`, but a generator expression needs its parentheses.
struct strict_argument : dispatch<seq<plain_argument, peek_none<K::Equal>>, on<starred_argument, K::Star>> {};
template<class First>
struct argument_list
    : sor<seq<First, star<t<K::Comma>, strict_argument>, opt<t<K::Comma>, keyword_arguments>>,
          keyword_arguments> {};

// These push any number of values.
struct strict_arguments : argument_list<strict_argument> {};
struct marked_comma : t<K::Comma> {};  // pushes a null that tells where it was
struct invalid_arguments
    : sor<checked<struct check_late_unpacking,
                  sor<seq<list_of<strict_argument>, t<K::Comma>, keyword_arguments>, keyword_arguments>,
                  marked_comma, list_of<seq<starred_argument, peek_none<K::Equal>>>>,
          checked<struct check_unparenthesized_generator, expression, for_if_clauses, t<K::Comma>,
                  opt<sor<strict_arguments, seq<expression, for_if_clauses>>>>,
          error<"invalid syntax. Maybe you meant '==' or ':=' instead of '='?", Where::NameEqual, t<K::Name>,
                t<K::Equal>, at<expression, for_if_clauses>>,
          checked<struct check_trailing_generator, strict_arguments, for_if_clauses>,
          checked<struct check_trailing_generator, strict_arguments, t<K::Comma>, expression, for_if_clauses>,
          checked<struct check_argument_order, strict_arguments, marked_comma, strict_arguments>> {};
struct arguments : seq<argument_list<argument>, opt<t<K::Comma>>> {};
struct class_arguments : seq<argument_list<strict_argument>, opt<t<K::Comma>>> {};
struct call_tail : seq<t<K::LParen>, opt<arguments>, t<K::RParen>> {};
struct invalid_call : in_diagnosis<sor<invalid_comprehension_starred, seq<t<K::LParen>, invalid_arguments>>> {
};

struct slice_part : optional<seq<peek_none<K::Colon, K::Comma, K::RBracket>, expression>> {};
struct slice_step : sor<seq<t<K::Colon>, slice_part>, push_null> {};
struct slice_tail : seq<t<K::Colon>, slice_part, slice_step> {
};  // makes a Slice of the lower bound before it, or null
struct slice_item : dispatch<seq<named_expression, opt<slice_tail>>, on<starred_argument, K::Star>,
                             on<seq<push_null, slice_tail>, K::Colon>> {};
struct slices : seq<slice_item, opt<t<K::Comma>, opt<list_of<slice_item>, opt<t<K::Comma>>>>> {};
struct subscript_tail : seq<t<K::LBracket>, slices, t<K::RBracket>> {};

struct call_tail_or_error : deeper<20, sor<call_tail, invalid_call>> {};
struct primary
    : seq<atom, star<dispatch<failure, on<attribute_tail, K::Dot>, on<call_tail_or_error, K::LParen>,
                              on<deeper<17, subscript_tail>, K::LBracket>>>> {};

// ---- operators

struct await_expression : seq<t<K::kw_await>, primary> {};
struct await_primary_ : dispatch<primary, on<await_expression, K::kw_await>> {};
struct power_tail : seq<t<K::DoubleStar>, deeper<1, factor>> {};
struct power : seq<await_primary, opt<power_tail>> {};
struct unary : seq<any_of<K::Plus, K::Minus, K::Tilde>, factor> {};
struct factor_ : dispatch<power, on<unary, K::Plus, K::Minus, K::Tilde>> {};

// The binary operators from `|` to `*`, by precedence climbing.
constexpr unsigned precedence(Kind kind) {
  switch (kind) {
    case K::Pipe: return 1;
    case K::Circumflex: return 2;
    case K::Ampersand: return 3;
    case K::LeftShift:
    case K::RightShift: return 4;
    case K::Plus:
    case K::Minus: return 5;
    case K::Star:
    case K::Slash:
    case K::DoubleSlash:
    case K::Percent:
    case K::At: return 6;
    default: return 0;
  }
}

struct bit_or_ {
  using rule_t = bit_or_;
  using subs_t = p::type_list<factor>;
  template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class Control>
  static bool match(TokenInput& in, Builder& b) {
    return climb<A, M, Action, Control>(in, b, 1);
  }

 private:
  template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class Control>
  static bool climb(TokenInput& in, Builder& b, unsigned minimum);
};

struct is_not : seq<t<K::kw_is>, t<K::kw_not>> {};
struct not_in : seq<t<K::kw_not>, t<K::kw_in>> {};
struct plain_comparison : any_of<K::EqualEqual, K::NotEqual, K::Less, K::LessEqual, K::Greater,
                                 K::GreaterEqual, K::kw_in, K::kw_is> {};
struct comparison_operator : sor<is_not, plain_comparison, not_in> {};
struct comparison_tail : plus<comparison_operator, bit_or> {};
struct comparison : seq<bit_or, opt<peek_any<K::EqualEqual, K::NotEqual, K::Less, K::LessEqual, K::Greater,
                                             K::GreaterEqual, K::kw_in, K::kw_is, K::kw_not>,
                                    comparison_tail>> {};
struct not_expression : seq<t<K::kw_not>, inversion> {};
struct inversion_ : dispatch<comparison, on<not_expression, K::kw_not>> {};
struct and_tail : plus<t<K::kw_and>, inversion> {};
struct conjunction : seq<inversion, opt<and_tail>> {};
struct or_tail : plus<t<K::kw_or>, conjunction> {};
struct disjunction_ : seq<conjunction, opt<or_tail>> {};

struct if_tail : seq<t<K::kw_if>, disjunction, t<K::kw_else>, expression> {};

// ---- lambda

// grammar_parameters.hpp
template<bool is_lambda> struct parameter_list;
struct lambda_parameters;

struct invalid_lambda_body_in_fstring
    : error<"f-string: lambda expressions are not allowed without parentheses", Where::Tokens,
            t<K::kw_lambda>, opt<parameter_list<true>>, t<K::Colon>, peek_any<K::FStringMiddle>> {};
struct lambda : seq<t<K::kw_lambda>, deeper<1, lambda_parameters, t<K::Colon>, expression>> {};

// ---- expression

struct no_juxtaposition : sor<seq<t<K::Name>, t<K::String>>, soft_keyword_prefix> {};
struct plain_expression;
struct invalid_expression : sor<checked<struct check_forgotten_comma, not_at<no_juxtaposition>, disjunction,
                                        hush<plain_expression>>,
                                error<"expected 'else' after 'if' expression", Where::Values, disjunction,
                                      t<K::kw_if>, disjunction, peek_none<K::kw_else, K::Colon>>,
                                invalid_lambda_body_in_fstring> {};
struct invalid_legacy_expression
    : checked<struct check_legacy_call, name, peek_none<K::LParen>, star_expressions> {};

struct conditional : seq<disjunction, opt<if_tail>> {};
struct plain_expression : dispatch<conditional, on<lambda, K::kw_lambda>> {};
struct expression_ : sor<invalid_expression, invalid_legacy_expression, plain_expression> {};

struct tuple_atom : seq<t<K::LParen>, opt<star_named, tuple_tail>, t<K::RParen>> {};
struct generator_atom : seq<t<K::LParen>, plain_argument, for_if_clauses, t<K::RParen>> {};
struct plain_list : seq<t<K::LBracket>, opt<list_of<star_named>, opt<t<K::Comma>>>, t<K::RBracket>> {};
struct no_display : not_at<sor<plain_list, tuple_atom, generator_atom, keyword_target>> {};

}  // namespace cede::lang::grammar
