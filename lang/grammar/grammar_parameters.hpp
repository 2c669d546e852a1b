// The grammar of parameter lists, shared by `def` and `lambda` (reference: "Function definitions",
// "Lambdas"). The list is read in any order; the action of `parameter_list` checks the order and fails, so
// that the second pass finds words.
#pragma once

#include "lang/grammar/grammar_expr.hpp"

namespace cede::lang::grammar {

// A parameter's name and, in a def, its annotation. Pushes an Arg.
template<bool is_lambda> struct parameter;
template<> struct parameter<true> : t<K::Name> {};
template<> struct parameter<false> : seq<t<K::Name>, optional<t<K::Colon>, expression>> {};

// That of `*args`, whose annotation may be starred.
struct starred_parameter : seq<t<K::Name>, optional<t<K::Colon>, star_expression>> {};
template<bool is_lambda>
using star_parameter = std::conditional_t<is_lambda, parameter<true>, starred_parameter>;

struct invalid_default : error<"expected default value expression", Where::LastToken, t<K::Equal>,
                               peek_any<K::RParen, K::Comma>> {};
struct default_value : sor<seq<t<K::Equal>, deeper<5, expression>>, invalid_default> {};

template<bool is_lambda>
struct parameter_end : sor<t<K::Comma>, peek_any<is_lambda ? K::Colon : K::RParen>> {};
template<bool is_lambda> struct no_default_parameter : seq<parameter<is_lambda>, parameter_end<is_lambda>> {};
template<bool is_lambda>
struct with_default_parameter : seq<parameter<is_lambda>, default_value, parameter_end<is_lambda>> {};
template<bool is_lambda>
struct any_parameter : seq<parameter<is_lambda>, opt<default_value>, parameter_end<is_lambda>> {};

template<bool L>
struct slash_without_default : seq<plus<no_default_parameter<L>>, t<K::Slash>, parameter_end<L>> {};
template<bool L>
struct slash_with_default
    : seq<star<no_default_parameter<L>>, plus<with_default_parameter<L>>, t<K::Slash>, parameter_end<L>> {};
template<bool L> struct any_slash : sor<slash_without_default<L>, slash_with_default<L>> {};

template<bool L> struct parenthesized_parameters;
template<>
struct parenthesized_parameters<true>
    : error<"Lambda expression parameters cannot be parenthesized", Where::Tokens, t<K::LParen>,
            list_of<parameter<true>>, opt<t<K::Comma>>, t<K::RParen>> {};
template<>
struct parenthesized_parameters<false>
    : error<"Function parameters cannot be parenthesized", Where::Tokens, t<K::LParen>,
            plus<no_default_parameter<false>>, opt<t<K::Comma>>, t<K::RParen>> {};

template<bool L>
struct invalid_parameters
    : sor<error<"at least one argument must precede /", Where::FirstToken, t<K::Slash>, t<K::Comma>>,
          error<"/ may appear only once", Where::LastToken, any_slash<L>, star<any_parameter<L>>,
                t<K::Slash>>,
          error<"parameter without a default follows parameter with a default", Where::LastValue,
                opt<slash_without_default<L>>, star<no_default_parameter<L>>,
                sor<slash_with_default<L>, plus<with_default_parameter<L>>>, no_default_parameter<L>>,
          in_diagnosis<star<no_default_parameter<L>>, parenthesized_parameters<L>>,
          error<"/ must be ahead of *", Where::LastToken, opt<any_slash<L>>, star<any_parameter<L>>,
                t<K::Star>, sor<t<K::Comma>, no_default_parameter<L>>, star<any_parameter<L>>, t<K::Slash>>,
          error<"expected comma between / and *", Where::LastToken, plus<any_parameter<L>>, t<K::Slash>,
                t<K::Star>>> {};

template<bool L> struct parameters_end : t<L ? K::Colon : K::RParen> {};
template<bool L>
struct invalid_star_parameter
    : sor<error<"named arguments must follow bare *", L ? Where::LastFetched : Where::FirstToken, t<K::Star>,
                sor<parameters_end<L>, seq<t<K::Comma>, sor<parameters_end<L>, t<K::DoubleStar>>>>>,
          error<"var-positional argument cannot have default value", Where::LastToken, t<K::Star>,
                parameter<L>, t<K::Equal>>,
          error<"* argument may appear only once", Where::LastToken, t<K::Star>,
                sor<no_default_parameter<L>, t<K::Comma>>, star<any_parameter<L>>, t<K::Star>,
                at<sor<no_default_parameter<L>, t<K::Comma>>>>> {};
template<bool L>
struct invalid_keywords_parameter
    : sor<error<"var-keyword argument cannot have default value", Where::LastToken, t<K::DoubleStar>,
                parameter<L>, t<K::Equal>>,
          error<"arguments cannot follow var-keyword argument", Where::LastValue, t<K::DoubleStar>,
                parameter<L>, t<K::Comma>, parameter<L>>,
          error<"arguments cannot follow var-keyword argument", Where::LastToken, t<K::DoubleStar>,
                parameter<L>, t<K::Comma>, any_of<K::Star, K::DoubleStar, K::Slash>>> {};

// The entries push a Parameter each.
struct slash_entry : t<K::Slash> {};
template<bool L> struct star_entry : seq<t<K::Star>, optional<star_parameter<L>>> {};
template<bool L> struct keywords_entry : seq<t<K::DoubleStar>, parameter<L>> {};
template<bool L> struct plain_entry : seq<parameter<L>, sor<default_value, push_null>> {};

template<bool L>
struct parameter_entry : dispatch<failure, on<plain_entry<L>, K::Name>, on<slash_entry, K::Slash>,
                                  on<sor<invalid_star_parameter<L>, star_entry<L>>, K::Star>,
                                  on<sor<invalid_keywords_parameter<L>, keywords_entry<L>>, K::DoubleStar>> {
};

template<bool L>
struct parameter_list : seq<peek_none<K::Slash>, list_of<parameter_entry<L>>, opt<t<K::Comma>>> {};
struct no_parameters {
  using rule_t = no_parameters;
  using subs_t = p::type_list<>;
  template<apply_mode A, rewind_mode, template<class...> class, template<class...> class>
  static bool match(TokenInput& in, Builder& b) {
    if constexpr (A == apply_mode::action)
      b.push(b.make<ast::Arguments>(ast::Kind::arguments, in.cursor.token->start), in.cursor.token->start);
    return true;
  }
};

struct lambda_parameters : sor<invalid_parameters<true>, parameter_list<true>, no_parameters> {};
struct function_parameters : sor<invalid_parameters<false>, parameter_list<false>, no_parameters> {};

}  // namespace cede::lang::grammar
