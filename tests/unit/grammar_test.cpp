// The grammar itself: PEGTL's analysis finds no rule that could recurse or repeat without consuming a token.
#include <boost/test/unit_test.hpp>
#include <tao/pegtl/contrib/analyze.hpp>

#include "lang/grammar/grammar_stmt.hpp"

namespace tao::pegtl {

namespace g = cede::lang::grammar;
using cede::lang::Kind;
using cede::lang::Symbol;

// What consumes a token when it succeeds, or (error rules) never succeeds.
template<class Name, Kind k> struct analyze_traits<Name, g::t<k>> : analyze_any_traits<> {};
template<class Name, Kind... k> struct analyze_traits<Name, g::any_of<k...>> : analyze_any_traits<> {};
template<class Name, Symbol s> struct analyze_traits<Name, g::soft<s>> : analyze_any_traits<> {};
template<class Name> struct analyze_traits<Name, g::soft_keyword_prefix> : analyze_any_traits<> {};
template<class Name, g::Text message, g::Where where, class... Rules>
struct analyze_traits<Name, g::error<message, where, Rules...>> : analyze_any_traits<> {};
template<class Name, class Check, class... Rules>
struct analyze_traits<Name, g::checked<Check, Rules...>> : analyze_any_traits<> {};
template<class Name, class... Rules>
struct analyze_traits<Name, g::in_diagnosis<Rules...>> : analyze_any_traits<> {};
template<class Name, g::Text what, class... Header>
struct analyze_traits<Name, g::missing_block<what, Header...>> : analyze_any_traits<> {};
template<class Name> struct analyze_traits<Name, g::invalid_block> : analyze_any_traits<> {};

// What may succeed without consuming.
template<class Name, Kind... k> struct analyze_traits<Name, g::peek<k...>> : analyze_opt_traits<> {};
template<class Name, Kind... k> struct analyze_traits<Name, g::peek_any<k...>> : analyze_opt_traits<> {};
template<class Name, Kind... k> struct analyze_traits<Name, g::peek_none<k...>> : analyze_opt_traits<> {};
template<class Name, class... Rules>
struct analyze_traits<Name, g::at<Rules...>> : analyze_opt_traits<Rules...> {};
template<class Name, class... Rules>
struct analyze_traits<Name, g::not_at<Rules...>> : analyze_opt_traits<Rules...> {};
template<class Name> struct analyze_traits<Name, g::push_null> : analyze_opt_traits<> {};
template<class Name> struct analyze_traits<Name, g::no_parameters> : analyze_opt_traits<> {};
template<class Name> struct analyze_traits<Name, g::annotatable> : analyze_opt_traits<> {};

template<class Name, class Default, class... On>
struct analyze_traits<Name, g::dispatch<Default, On...>> : analyze_sor_traits<typename On::rule..., Default> {
};
template<class Name, class Rule, unsigned weight>
struct analyze_traits<Name, g::fixed<Rule, weight>> : analyze_seq_traits<Rule> {};
template<class Name, class Rule, unsigned weight>
struct analyze_traits<Name, g::fixed_silent<Rule, weight>> : analyze_seq_traits<Rule> {};
template<class Name, unsigned weight, class... Rules>
struct analyze_traits<Name, g::deeper<weight, Rules...>> : analyze_seq_traits<Rules...> {};
template<class Name> struct analyze_traits<Name, g::bit_or_> : analyze_seq_traits<g::factor> {};

}  // namespace tao::pegtl

BOOST_AUTO_TEST_SUITE(grammar)

BOOST_AUTO_TEST_CASE(no_rule_loops_without_progress) {
  namespace g = cede::lang::grammar;
  BOOST_TEST(tao::pegtl::analyze<g::file_input>(1) == 0U);
  BOOST_TEST(tao::pegtl::analyze<g::eval_input>(1) == 0U);
  BOOST_TEST(tao::pegtl::analyze<g::single_input>(1) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
