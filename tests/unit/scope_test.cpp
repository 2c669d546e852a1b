// Scopes, folding and the compiler's checks: what each name of a snippet is bound to, and the errors, with
// positions, that CPython 3.13 gives for it. compare_scopes.py compares the same with an installed CPython on
// a larger scale.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "lang/ast_dump.hpp"
#include "lang/check.hpp"
#include "lang/fold.hpp"
#include "lang/parse.hpp"
#include "lang/scope.hpp"

namespace {

using namespace cede::lang;

struct Program {
  explicit Program(std::string_view text, Origin origin = Origin::Text)
      : source(SourceFile::decode(text, "test.py", origin, arena)), module(parse(source, arena)) {}

  Program& resolved(ResolveOptions options = {}) {
    fold(module);
    resolve(module, options);
    return *this;
  }
  Program& checked(bool top_level_await = false) {
    resolved({top_level_await});
    check(module, {top_level_await, true});
    return *this;
  }

  Symbol symbol(std::string_view name) { return module.symbols->intern_copy(name); }

  // "local 0", "cell 1", "free 0", "global", "name", "name or free 0", "name or global" or "none".
  std::string binding(const Scope& scope, std::string_view name) {
    const SymbolEntry* entry = scope.find(symbol(name));
    if (!entry) return "none";
    static const char* const kinds[] = {"unresolved", "local", "cell",         "free",
                                        "global",     "name",  "name or free", "name or global"};
    using Kind = ast::Binding::Kind;
    const Kind kind = entry->binding.kind;
    std::string text = kinds[static_cast<int>(kind)];
    if (kind == Kind::Local || kind == Kind::Cell || kind == Kind::Free || kind == Kind::NameOrFree)
      text += " " + std::to_string(entry->binding.index);
    return text;
  }

  // The scope below the module that the indices lead to.
  const Scope& at(std::initializer_list<int> path) {
    const Scope* scope = module.scope;
    for (const int i : path) scope = scope->children[static_cast<std::size_t>(i)];
    return *scope;
  }

  template<class Variables> std::string names(const Variables& variables) {
    std::string out;
    for (const auto& v : variables)
      out += (out.empty() ? "" : " ") + std::string(module.symbols->text(v.name));
    return out;
  }

  Arena arena;
  SourceFile source;
  ast::Module& module;
};

// "message @ line:column-line:column", or "ok".
std::string error_of(std::string_view text, bool top_level_await = false) {
  try {
    Program(text).checked(top_level_await);
    return "ok";
  } catch (const SyntaxError& e) {
    const auto number = [](int n) { return n == SyntaxError::absent ? "None" : std::to_string(n); };
    return e.message + " @ " + number(e.line) + ":" + number(e.column) + "-" + number(e.end_line) + ":" +
           number(e.end_column);
  }
}

std::string warnings_of(std::string_view text) {
  Program program(text);
  program.checked();
  std::string out;
  for (const Warning& w : program.module.warnings)
    out += std::to_string(w.line) + " " + std::string(w.message) + "\n";
  return out;
}

std::string folded(std::string_view text) {
  Program program(text);
  fold(program.module);
  return dump(program.module, DumpPositions::No);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scopes)

BOOST_AUTO_TEST_CASE(module_names_and_function_locals) {
  Program p("x = 1\ndef f(a, *b, c=2, **d):\n  e = a + x + len\n  return e\n");
  p.resolved();
  BOOST_TEST(p.binding(p.at({}), "x") == "name");
  const Scope& f = p.at({0});
  BOOST_TEST(p.names(f.locals) == "a c b d e");
  BOOST_TEST(f.parameter_count() == 4u);
  BOOST_TEST(p.binding(f, "e") == "local 4");
  BOOST_TEST(p.binding(f, "x") == "global");
  BOOST_TEST(p.binding(f, "len") == "global");
}

BOOST_AUTO_TEST_CASE(registers_are_numbered_in_the_order_of_evaluation) {
  Program p("def f():\n  x: int\n  y = (z := 1)\n  for q in (w := []): pass\n  x = 2\n");
  p.resolved();
  BOOST_TEST(p.names(p.at({0}).locals) == "z y w q x");
}

BOOST_AUTO_TEST_CASE(closures_pass_cells_on) {
  Program p("def f(b, a):\n  def g():\n    def h():\n      nonlocal c\n      return a, c\n  c = b\n");
  p.resolved();
  const Scope &f = p.at({0}), &g = p.at({0, 0}), &h = p.at({0, 0, 0});
  BOOST_TEST(p.names(f.cells) == "a c");
  BOOST_TEST(f.cells[0].parameter == 1u);
  BOOST_TEST(f.cells[1].parameter == CellVariable::not_a_parameter);
  BOOST_TEST(p.names(g.frees) == "a c");
  BOOST_TEST(!g.frees[1].from_free);
  BOOST_TEST(g.frees[1].index == 1u);
  BOOST_TEST(h.frees[0].from_free);
  BOOST_TEST(p.binding(h, "c") == "free 1");
}

BOOST_AUTO_TEST_CASE(class_bodies) {
  Program p("def f(x):\n  class C:\n    x = x\n    y = z\n    def m(self): return x, super()\n  z = 0\n");
  p.resolved();
  const Scope &c = p.at({0, 0}), &m = p.at({0, 0, 0});
  BOOST_TEST(p.binding(c, "x") == "name");
  BOOST_TEST(p.binding(c, "z") == "name or free 1");
  BOOST_TEST(c.needs_class_cell);
  BOOST_TEST(p.names(c.cells) == "__class__");
  BOOST_TEST(p.names(m.frees) == "__class__ x");
  BOOST_TEST(!m.frees[0].from_free);
  BOOST_TEST(m.frees[1].from_free);
}

BOOST_AUTO_TEST_CASE(comprehensions_are_inlined) {
  Program p("def f(x):\n  return [x + y for x in x], [lambda: x for x in x]\n");
  p.resolved();
  const Scope& f = p.at({0});
  BOOST_TEST(p.names(f.locals) == "x x");
  BOOST_TEST(!f.locals[0].owner);
  BOOST_TEST(f.locals[1].owner);
  BOOST_TEST(f.locals[1].owner->inlined);
  BOOST_TEST(p.names(f.cells) == "x");
  BOOST_TEST(f.cells[0].owner);
  BOOST_TEST(f.children.size() == 1u);  // the lambda
  BOOST_TEST(p.binding(f, "x") == "local 0");
}

BOOST_AUTO_TEST_CASE(comprehensions_in_classes_and_modules) {
  Program p("class C:\n  x = 1\n  [x for y in x]\n[z for z in w]\n");
  p.resolved();
  const Scope& c = p.at({0});
  BOOST_TEST(p.names(c.locals) == "y");
  const auto* statement =
      ast::as<ast::ExpressionStatement>(ast::as<ast::ClassDef>(p.module.body[0])->body[1]);
  const auto* comprehension = ast::as<ast::Comprehension>(statement->value);
  BOOST_TEST(p.binding(*comprehension->scope, "x") == "global");
  BOOST_TEST(p.names(p.at({}).locals) == "z");
}

BOOST_AUTO_TEST_CASE(type_parameters) {
  Program p("class C[T]:\n  U = T\n  def m[V: U](self, x: V = 1) -> T: ...\n");
  p.resolved();
  const Scope &outer = p.at({0}), &c = p.at({0, 0}), &generic = p.at({0, 0, 0}), &bound = p.at({0, 0, 0, 0});
  BOOST_TEST((outer.kind == ScopeKind::TypeParameters));
  BOOST_TEST(p.names(outer.cells) == ".type_params T");
  BOOST_TEST(c.needs_class_dict);
  BOOST_TEST(generic.sees_class);
  BOOST_TEST(p.names(generic.locals) == ".defaults V");
  BOOST_TEST(p.binding(generic, "T") == "name or free 0");
  BOOST_TEST(p.binding(bound, "U") == "name or global");
}

BOOST_AUTO_TEST_CASE(private_names) {
  Program p("class _C:\n  def f(self, __x): __y = __z__\n");
  p.resolved();
  BOOST_TEST(p.names(p.at({0, 0}).locals) == "self _C__x _C__y");
}

BOOST_AUTO_TEST_CASE(errors_of_the_symbol_table) {
  BOOST_TEST(error_of("def f(x):\n global x") == "name 'x' is parameter and global @ 2:2-2:10");
  BOOST_TEST(error_of("def f():\n print(x)\n global x") ==
             "name 'x' is used prior to global declaration @ 3:2-3:10");
  BOOST_TEST(error_of("def f():\n nonlocal x") == "no binding for nonlocal 'x' found @ 2:2-2:12");
  BOOST_TEST(error_of("nonlocal x") == "nonlocal declaration not allowed at module level @ 1:1-1:11");
  BOOST_TEST(error_of("[x := 1 for x in y]") ==
             "assignment expression cannot rebind comprehension iteration variable 'x' @ 1:2-1:3");
  BOOST_TEST(error_of("def f(a, a): pass") == "duplicate argument 'a' in function definition @ 1:10-1:11");
  BOOST_TEST(error_of("def f[T: (yield)](): pass") ==
             "yield expression cannot be used within a TypeVar bound @ 1:11-1:16");
  BOOST_TEST(error_of("from __future__ import foo") == "future feature foo is not defined @ 1:1-1:None");
}

BOOST_AUTO_TEST_CASE(errors_of_the_compiler) {
  BOOST_TEST(error_of("é = 1; return") == "'return' outside function @ 1:9-1:15");  // byte columns
  BOOST_TEST(error_of("x = *a") == "can't use starred expression here @ 1:5-1:7");
  BOOST_TEST(error_of("a, *b, *c = x") == "multiple starred expressions in assignment @ 1:1-1:10");
  BOOST_TEST(error_of("def f(): [await x for y in z]") ==
             "asynchronous comprehension outside of an asynchronous function @ 1:10-1:30");
  BOOST_TEST(error_of("while 1:\n try: pass\n except* x: break") ==
             "'break', 'continue' and 'return' cannot appear in an except* block @ 3:13-3:18");
  BOOST_TEST(error_of("match x:\n case {1: a, True: b}: pass") ==
             "mapping pattern checks duplicate key (True) @ 2:7-2:22");
  BOOST_TEST(error_of("match x:\n case [a] | [b]: pass") ==
             "alternative patterns bind different names @ 2:7-2:16");
  BOOST_TEST(error_of("await x") == "'await' outside function @ 1:1-1:8");
  BOOST_TEST(error_of("await x", true) == "ok");
}

BOOST_AUTO_TEST_CASE(the_first_error_is_cpythons) {
  BOOST_TEST(error_of("return\ndef f(a, a): pass") ==
             "duplicate argument 'a' in function definition @ 2:10-2:11");
  BOOST_TEST(error_of("class A(1, a=1, a=2):\n return") == "'return' outside function @ 2:2-2:8");
}

BOOST_AUTO_TEST_CASE(warnings) {
  BOOST_TEST(warnings_of("x is 1") == "1 \"is\" with 'int' literal. Did you mean \"==\"?\n");
  BOOST_TEST(warnings_of("not x is -1") == "1 \"is not\" with 'int' literal. Did you mean \"!=\"?\n");
  BOOST_TEST(warnings_of("(1, 2)(3)") == "1 'tuple' object is not callable; perhaps you missed a comma?\n");
  BOOST_TEST(warnings_of("assert (x, 'm')") == "1 assertion is always true, perhaps remove parentheses?\n");
  const std::string once = "2 'str' object is not callable; perhaps you missed a comma?\n";
  BOOST_TEST(warnings_of("try: pass\nfinally: ''()") == once + once);
}

BOOST_AUTO_TEST_CASE(folding) {
  BOOST_TEST(folded("x = -2 ** 2 + 7 // 2") == folded("x = -1"));
  BOOST_TEST(folded("x = 'a' * 2 + 'b'") == folded("x = 'aab'"));
  BOOST_TEST(folded("x = 1 / 0").find("BinOp") != std::string::npos);
  BOOST_TEST(folded("'a' + 'b'").find("BinOp") != std::string::npos);  // no docstring
  BOOST_TEST(folded("x = not a in [1, b]") == folded("x = a not in (1, b)"));
  BOOST_TEST(folded("x = '%s-%r' % (a, b)") == folded("x = f'{a!s}-{b!r}'"));
}

BOOST_AUTO_TEST_SUITE_END()
