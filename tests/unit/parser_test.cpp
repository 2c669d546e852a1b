// The parser: trees and errors as CPython 3.13 has them (recorded), modes, limits, and linear time where a
// naive parser would take exponential time. The snippets are in parser_snippets.txt, their outcomes in
// parser_goldens.inc.
#include <boost/test/unit_test.hpp>
#include <string>

#include "lang/ast_dump.hpp"
#include "lang/parse.hpp"

namespace cede::lang {
namespace {

struct Golden {
  std::string_view source, outcome;
};

constexpr Golden goldens[] = {
#include "parser_goldens.inc"
};

// The dump of the tree, or Type|message|line|column|end line|end column.
std::string outcome(std::string_view text, const ParseOptions& options = {}) {
  Arena arena;
  try {
    const SourceFile source = SourceFile::decode(text, "f", Origin::Text, arena);
    return dump(parse(source, arena, options));
  } catch (const SyntaxError& e) {
    std::string result = std::string(name_of(e.type)) + "|" + e.message;
    for (const int n : {e.line, e.column, e.end_line, e.end_column}) result += "|" + std::to_string(n);
    return result;
  }
}

std::string type_of_error(std::string_view text, const ParseOptions& options = {}) {
  const std::string result = outcome(text, options);
  return result.substr(0, result.find_first_of("|("));
}

std::string repeat(std::string_view text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(parser)

BOOST_AUTO_TEST_CASE(as_recorded_from_cpython) {
  for (const Golden& golden : goldens)
    BOOST_TEST(outcome(golden.source) == golden.outcome, "source: " << golden.source);
}

BOOST_AUTO_TEST_CASE(modes) {
  ParseOptions eval, single;
  eval.mode = Mode::Eval;
  single.mode = Mode::Single;
  BOOST_TEST(type_of_error("a, b\n\n", eval) == "Expression");
  BOOST_TEST(type_of_error("a = b", eval) == "SyntaxError");
  BOOST_TEST(type_of_error("a = b; c\n", single) == "Interactive");
  BOOST_TEST(type_of_error("if a:\n  b\n", single) == "Interactive");
  BOOST_TEST(outcome("a\nb\n", single) ==
             "SyntaxError|multiple statements found while compiling a single statement|1|2|1|3");
}

BOOST_AUTO_TEST_CASE(incomplete_input) {
  ParseOptions options;
  options.mode = Mode::Single;
  options.allow_incomplete_input = options.do_not_imply_dedent = true;
  for (const char* text : {"if a:\n", "if a:\n  b", "f(a,\n", "'''a\n", "@a\n", "try:\n  a\n", "a = \\\n"})
    BOOST_TEST(type_of_error(text, options) == "_IncompleteInputError", text);
  for (const char* text : {"a\n", "if a:\n  b\n\n", "f(a)\n"})
    BOOST_TEST(type_of_error(text, options) == "Interactive", text);
  for (const char* text : {"a b\n", "f(]\n", "'a\n", "if a:\nb\n"})
    BOOST_TEST(type_of_error(text, options).ends_with("Error"), text);
}

BOOST_AUTO_TEST_CASE(nesting_is_bounded) {
  BOOST_TEST(type_of_error(repeat("-", 5000) + "1") == "Module");
  for (const char* text : {"-", "not ", "lambda:", "1 if 1 else ", "1**"})
    BOOST_TEST(type_of_error(repeat(text, 100000) + "1") == "MemoryError", text);
  BOOST_TEST(outcome(repeat("(", 300)).starts_with("SyntaxError|too many nested parentheses|"));
  BOOST_TEST(type_of_error("if a: b\n" + repeat("elif a: b\n", 5000)) == "Module");
  BOOST_TEST(type_of_error("if a: b\n" + repeat("elif a: b\n", 20000)) == "MemoryError");
  for (const char* text : {"1+", "1<<", "a@"})
    BOOST_TEST(type_of_error(repeat(text, 100000) + "a") == "RecursionError", text);
  BOOST_TEST(type_of_error("a" + repeat(".b", 100000)) == "RecursionError");
  BOOST_TEST(type_of_error(repeat("a<", 100000) + "a") == "Module");
}

// Without the memo each level would at least double the time.
BOOST_AUTO_TEST_CASE(faulty_nesting_takes_linear_time) {
  const char* const openings[] = {"(", "f(a=", "{1:", "a[", "f(*", "[x, ", "{1:1,"};
  const char* const closings[] = {")", ")", "}", "]", ")", "]", "}"};
  for (std::size_t i = 0; i < std::size(openings); ++i)
    BOOST_TEST(
        outcome(repeat(openings[i], 150) + "1 1" + repeat(closings[i], 150)).starts_with("SyntaxError|"));
  std::string tries;
  for (int i = 0; i < 90; ++i) tries += std::string(static_cast<std::size_t>(i), ' ') + "try:\n";
  BOOST_TEST(outcome(tries + std::string(90, ' ') + "b c\n").starts_with("SyntaxError|invalid syntax|91|"));
  BOOST_TEST(outcome("match x:\n case " + repeat("A(a=", 90) + "1 1" + repeat(")", 90) + ": pass\n")
                 .starts_with("SyntaxError|"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cede::lang
