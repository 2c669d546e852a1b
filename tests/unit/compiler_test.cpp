// Source in, code out: what scripts cannot see of the compiler, above all the register discipline of
// code.hpp.
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include <sstream>
#include <string>

#include "lang/code_image.hpp"
#include "lang/compile_source.hpp"
#include "lang/decode.hpp"
#include "lang/verify.hpp"

namespace {

using namespace cede::lang;

// A unit loaded from the image of another is the same in every part.
void check_image(const CodeUnit& unit) {
  const std::string image = write_image(unit);
  const auto loaded = load_image(image.data());
  BOOST_TEST(disassemble(*loaded) == disassemble(unit));
  BOOST_TEST(loaded->filename == unit.filename);
  BOOST_TEST(write_image(*loaded) == image);
}

std::shared_ptr<const CodeUnit> compile_text(std::string_view text, const CompileOptions& options = {},
                                             Mode mode = Mode::Exec) {
  std::vector<RecordedWarning> warnings;
  ParseOptions parse_options;
  parse_options.mode = mode;
  const auto unit = compile_source(text, "test.py", Origin::Text, parse_options, options, warnings);
  BOOST_TEST(verify(*unit) == "");
  check_image(*unit);
  return unit;
}

// The unit of the first function or class in `unit`.
const CodeUnit& inner(const CodeUnit& unit) {
  BOOST_REQUIRE(!unit.children.empty());
  return *unit.children[0];
}

// The instructions of a function whose body is `body`, one a line, without numbers and positions.
std::string code_of(const std::string& parameters, const std::string& body) {
  const auto unit = compile_text("def f(" + parameters + "):\n " + body + "\n");
  std::istringstream lines(disassemble(inner(*unit)));
  std::string result;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string index, position, word;
    words >> index >> position;
    if (index.empty() || index.find_first_not_of("0123456789") != std::string::npos) continue;
    std::string text;
    while (words >> word) text += (text.empty() ? "" : " ") + word;
    result += text + "\n";
  }
  return result;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(compiler)

BOOST_AUTO_TEST_CASE(locals_are_operands) {
  BOOST_TEST(code_of("a, b", "return a + b") == "add $0 a b\nreturn_value ~$0\n");
  BOOST_TEST(code_of("a", "a = a * 3 - 1; return a") ==
             "multiply_immediate $0 a 3\nsubtract_immediate a ~$0 1\nreturn_value a\n");
}

BOOST_AUTO_TEST_CASE(a_walrus_that_may_rebind_forces_a_copy) {
  BOOST_TEST(code_of("x", "return x + (x := 5)") ==
             "move $0 x\nload_small x 5\nadd $0 ~$0 x\nreturn_value ~$0\n");
}

BOOST_AUTO_TEST_CASE(arguments_are_evaluated_in_place) {
  BOOST_TEST(code_of("f, a", "return f(a, f(1))") ==
             "move $0 f\nmove $9 a\nmove $10 f\nload_small $19 1\ncall $10 $10.. #1\ncall $0 $0.. #2\n"
             "return_value ~$0\n");
  BOOST_TEST(
      code_of("a", "return a.b(1, k=2)") ==
      "load_method $0.. a .b\nload_small $10 1\nload_small $11 2\ncall_method_keywords $0 $0.. #2 ('k',)\n"
      "return_value ~$0\n");
}

BOOST_AUTO_TEST_CASE(unbound_locals_are_checked_once) {
  const std::string code = code_of("c", "if c: x = 1\n print(x, x)\n del x\n x");
  BOOST_TEST(count(code, "check_bound x") == 2);
  BOOST_TEST(count(code_of("c", "for i in c: print(i)\n print(i)"), "check_bound") == 1);
  BOOST_TEST(count(code_of("c", "while c:\n  print(c)\n  del c"), "check_bound c") == 1);
  BOOST_TEST(count(code_of("c", "try: x = 1\n except E: x = 2\n return x"), "check_bound") == 0);
}

BOOST_AUTO_TEST_CASE(conditions_are_jumps) {
  BOOST_TEST(code_of("a, b", "if 0 < a <= b: return 1") ==
             "load_small $0 0\njump_if_less ->5 ~$0 a\njump_if_less_equal ->5 a b\nload_small $0 1\n"
             "return_value ~$0\nload_none $0\nreturn_value ~$0\n");
  const std::string code = code_of("a", "while a is not None: a = a.next");
  BOOST_TEST(count(code, "jump_if_none") == 1);
  BOOST_TEST(count(code, "jump_back") == 1);
}

BOOST_AUTO_TEST_CASE(constants_differ_by_type_and_sign) {
  const auto unit = compile_text(
      "x = [0.0, -0.0, 0, False, 100000, 1e5, '1', b'1', 0.0, (1, 2.0), (1.0, 2), (1, 2.0), y]\n");
  std::size_t floats = 0, tuples = 0;
  for (const ConstantValue& constant : unpack_constants(*unit)) {
    floats += std::holds_alternative<double>(constant);
    tuples += std::holds_alternative<ConstantTuple>(constant);
  }
  BOOST_TEST(floats == 3);
  BOOST_TEST(tuples == 2);
}

BOOST_AUTO_TEST_CASE(functions_begin_with_their_docstring) {
  const auto unit = compile_text("def f():\n    '''One\n      two\n    three'''\n");
  BOOST_TEST(std::get<ConstantStr>(unpack_constants(inner(*unit))[0]).text == "One\n  two\nthree");
  BOOST_TEST((inner(*unit).flags & code_has_docstring) != 0);
  CompileOptions options;
  options.optimize = 2;
  const auto bare = compile_text("def f():\n    'doc'\n", options);
  BOOST_TEST(std::holds_alternative<ConstantNone>(unpack_constants(inner(*bare))[0]));
}

BOOST_AUTO_TEST_CASE(annotations_become_text_under_the_future_import) {
  const auto unit = compile_text(
      "from __future__ import annotations\ndef f(a: lambda*b: (a if b else c)[1:2, ...]): pass\n");
  BOOST_TEST(count(disassemble(*unit), "'lambda*b: (a if b else c)[1:2, ...]'") == 1);
}

BOOST_AUTO_TEST_CASE(finally_runs_on_every_way_out) {
  const std::string code =
      code_of("a", "for i in a:\n  try:\n   if i: break\n   if a: continue\n   return i\n  finally: done()");
  BOOST_TEST(count(code, ".done") == 4);
}

BOOST_AUTO_TEST_CASE(long_jumps_and_many_constants_are_extended) {
  std::string text = "def f(a):\n while a:\n";
  for (int i = 0; i < 70000; ++i) text += fmt::format("  a = 'c{}'\n", i);
  const auto unit = compile_text(text);
  std::size_t extended = 0;
  for (const Instruction& word : inner(*unit).instructions)
    extended += word.opcode == static_cast<std::uint8_t>(Opcode::op_extend);
  BOOST_TEST(extended > 4000);
}

BOOST_AUTO_TEST_CASE(comprehension_variables_are_hidden_and_cleared) {
  const auto unit = compile_text("def f(x):\n x = [x for x in x]\n return x\n");
  const CodeUnit& code = inner(*unit);
  BOOST_TEST(code.local_names.size() == 2u);
  for (const std::string_view name : code.local_names) BOOST_TEST(name == "x");
  BOOST_TEST(code.hidden_locals == (std::vector<std::uint32_t>{1}), boost::test_tools::per_element());
  BOOST_TEST(count(disassemble(code), "clear_local") == 2);
}

BOOST_AUTO_TEST_CASE(modes) {
  BOOST_TEST(count(disassemble(*compile_text("1 + a\n", {}, Mode::Single)), "print_expression") == 1);
  BOOST_TEST(count(disassemble(*compile_text("a", {}, Mode::Eval)), "return_value") == 1);
  CompileOptions options;
  options.allow_top_level_await = true;
  BOOST_TEST((compile_text("await a\n", options)->flags & code_coroutine) != 0);
}

BOOST_AUTO_TEST_CASE(the_verifier_finds_faults) {
  const auto good = compile_text("def f(a):\n return a.b(1, c()) + a\n");
  CodeUnit bad = inner(*good);
  BOOST_TEST(verify(bad) == "");
  bad.live_ranges = {};
  BOOST_TEST(verify(bad) != "");
  bad = inner(*good);
  std::vector<Instruction> words(bad.instructions.begin(), bad.instructions.end() - 1);
  PositionWriter positions;
  positions.add({}, words.size());
  const std::string table = positions.finish();
  bad.instructions = words;
  bad.positions = {reinterpret_cast<const unsigned char*>(table.data()), static_cast<std::uint32_t>(table.size())};
  BOOST_TEST(verify(bad) != "");
  bad = inner(*good);
  words.assign(bad.instructions.begin(), bad.instructions.end());
  bad.instructions = words;
  for (Instruction& word : words)
    if (word.opcode == static_cast<std::uint8_t>(Opcode::op_add))
      word.small &= static_cast<std::uint8_t>(~consume_b);
  BOOST_TEST(verify(bad) != "");
}

BOOST_AUTO_TEST_CASE(every_statement_and_expression_verifies) {
  compile_text(R"(
@d(1)
@e
class C[T: int, *U, **V = [int]](A, *B, k=1, **kw, metaclass=M):
    'doc'
    x: int = 1
    (y): str
    a.b: int
    a[1:2, f()]: int
    def m[S](self, p, /, a=1, *b: int, c, d=2, **e) -> S:
        nonlocal_ = super().m(p) + super().x + super(C, self).y
        self.z, *self.w = __class__, nonlocal_
        return lambda: self
    type Alias[Q] = dict[Q, T]
    z = [i + j for i in x for j in range(i) if j if i]
async def g(a, b):
    async with a as x, b as (y, z):
        print([i async for i in x], {k: v async for k, v in y}, (await q async for q in z))
    async for i in a:
        try:
            if i: continue
            yield i
            break
        except* (E, F) as group:
            raise X from group
        except* G: pass
        else: b()
        finally: await b
    else: del a, b[1], b.c, i
def h(subject):
    match subject:
        case [1, a, *_, 2] | [3, a, *_, 4]: return a
        case [a, *rest] if rest: pass
        case {'k': [v, None], 1.5: True, **rest}: print(v, rest)
        case P(1, x=Q(y) as z) | R(y, z=z): yield y, z
        case -1 | 'a' | b'b' | m.c | None: return
        case (1 | 2) as n: pass
        case _: yield from subject
    global g1
    with open(a) as g1, b: assert g1, f'{a!r:>{b}} {c=}'
    while (n := f()) < 10 and not n or a < b() < c:
        n @= 2; x.y += n; x[n] **= n; x[1:n] //= n; g1 -= 1
    else: return {1, *a}, {**a, 'b': 1}, (*a, 1), [*b], a[1:2:3], a if b else c
    try: f(*a, 1, *b, k=2, **c, l=3)
    except (A, B) as e: raise
    except: pass
    a, (b, *c), d = x, y, z
    import a.b.c, d.e as f
    from . import q as r
    def inner():
        nonlocal a
        a += 1; del a
        return locals(), r, (lambda *, k=1: (k, a))
from m import *
)");
}

BOOST_AUTO_TEST_SUITE_END()
