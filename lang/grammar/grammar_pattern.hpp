// The grammar of `match` patterns (reference: "The match statement"). Every rule that is named pushes one
// Pattern unless a comment says otherwise.
#pragma once

#include "lang/grammar/grammar_expr.hpp"

namespace cede::lang::grammar {

struct pattern_;
using pattern = fixed<pattern_>;

// These push an expression: the numbers of literal patterns, and names with attributes.
struct negative_number : seq<t<K::Minus>, number> {};
struct complex_sum : seq<any_of<K::Plus, K::Minus>, number> {};  // makes a BinOp with the number before it
struct number_expression : seq<sor<number, negative_number>, opt<complex_sum>> {};
struct pattern_attribute : seq<t<K::Dot>, t<K::Name>> {};
struct name_or_attribute : seq<name, star<pattern_attribute>> {};
struct key_constant : any_of<K::kw_None, K::kw_True, K::kw_False> {};

struct singleton_pattern : any_of<K::kw_None, K::kw_True, K::kw_False> {};
struct value_pattern : sor<number_expression, strings> {};
struct attribute_pattern : seq<at<t<K::Name>, t<K::Dot>>, name_or_attribute> {};
struct capture_pattern : seq<t<K::Name>, peek_none<K::Dot, K::LParen, K::Equal>> {};  // or the wildcard

struct star_pattern : seq<t<K::Star>, t<K::Name>> {};
struct sequence_item : dispatch<pattern, on<star_pattern, K::Star>> {};
struct bracket_sequence : seq<t<K::LBracket>, opt<list_of<sequence_item>, opt<t<K::Comma>>>, t<K::RBracket>> {
};
struct parenthesized_sequence : seq<t<K::LParen>, t<K::RParen>> {};
// One pattern, or several with commas; a star pattern needs a comma.
struct sequence_start : dispatch<seq<pattern, opt<comma_tail<sequence_item>>>,
                                 on<seq<star_pattern, comma_tail<sequence_item>>, K::Star>> {};
// A group, or a sequence if there is a comma.
struct group_pattern : seq<t<K::LParen>, sequence_start, t<K::RParen>> {};
struct parenthesized_pattern : sor<seq<peek<K::LParen, K::RParen>, parenthesized_sequence>, group_pattern> {};

// Entries push the key and its pattern; the rest of the mapping pushes one Name behind a null.
struct mapping_key
    : sor<number_expression, strings, key_constant, seq<at<t<K::Name>, t<K::Dot>>, name_or_attribute>> {};
struct mapping_entry : seq<mapping_key, t<K::Colon>, pattern> {};
struct mapping_rest : seq<t<K::DoubleStar>, not_at<soft<Symbol::name__>>, push_null, name> {};
struct mapping_pattern
    : seq<t<K::LBrace>,
          opt<sor<seq<list_of<mapping_entry>, opt<t<K::Comma>, mapping_rest>>, mapping_rest>,
              opt<t<K::Comma>>>,
          t<K::RBrace>> {};

// Pushes the keyword's symbol and its pattern.
struct keyword_symbol : t<K::Name> {};
struct keyword_pattern : seq<peek<K::Name, K::Equal>, keyword_symbol, t<K::Equal>, pattern> {};
struct positional_pattern : seq<not_at<t<K::Name>, t<K::Equal>>, pattern> {};
struct class_pattern_arguments
    : sor<seq<list_of<positional_pattern>, opt<t<K::Comma>, list_of<keyword_pattern>>>,
          list_of<keyword_pattern>> {};
struct invalid_class_pattern
    : checked<struct check_class_pattern_order, name_or_attribute, t<K::LParen>,
              opt<list_of<positional_pattern>, t<K::Comma>>, list_of<keyword_pattern>, t<K::Comma>, push_null,
              list_of<positional_pattern>> {};
struct class_pattern : seq<name_or_attribute, t<K::LParen>, push_null,
                           opt<class_pattern_arguments, opt<t<K::Comma>>>, t<K::RParen>> {};

struct name_pattern : sor<capture_pattern, class_pattern, invalid_class_pattern, attribute_pattern> {};

struct closed_pattern
    : dispatch<failure, on<name_pattern, K::Name>, on<singleton_pattern, K::kw_None, K::kw_True, K::kw_False>,
               on<value_pattern, K::Number, K::Minus, K::String, K::FStringStart>,
               on<parenthesized_pattern, K::LParen>, on<bracket_sequence, K::LBracket>,
               on<mapping_pattern, K::LBrace>> {};
struct or_tail_pattern : plus<t<K::Pipe>, closed_pattern> {};
struct or_pattern : seq<closed_pattern, opt<or_tail_pattern>> {};
struct as_tail
    : seq<t<K::kw_as>, not_at<soft<Symbol::name__>>, t<K::Name>, peek_none<K::Dot, K::LParen, K::Equal>> {};
struct invalid_as_pattern : sor<error<"cannot use '_' as a target", Where::LastToken, or_pattern, t<K::kw_as>,
                                      soft<Symbol::name__>>,
                                error<"invalid pattern target", Where::LastValue, or_pattern, t<K::kw_as>,
                                      peek_none<K::Name>, expression>> {};
// `or_pattern [as name]`; a failed `as` is left for what follows, as in the Python grammar.
struct pattern_ : sor<in_diagnosis<or_pattern, as_tail>, invalid_as_pattern, seq<or_pattern, opt<as_tail>>> {
};
struct patterns : sequence_start {};

}  // namespace cede::lang::grammar
