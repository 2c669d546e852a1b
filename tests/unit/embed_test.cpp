// The C++ interface: values both ways, names and calls, errors, host functions, output, the end of an
// isolate.
#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>

#include "tests/unit/embed_support.hpp"

using namespace cede::embed;

namespace {

struct Fixture {
  std::string output, errors;
  std::unique_ptr<Isolate> owner = make(with_sinks());
  Isolate& isolate = *owner;

  Options with_sinks() {
    Options options;
    options.output = [this](std::string_view text) { output += text; };
    options.error_output = [this](std::string_view text) { errors += text; };
    return options;
  }
  void run(std::string_view source) {
    const auto ran = isolate.run(source, "test.py");
    if (!ran) BOOST_ERROR(ran.error().message << "\n" << ran.error().traceback);
  }
  Value value(std::string_view expression) {
    auto result = isolate.evaluate(expression);
    if (!result) BOOST_FAIL(result.error().message << "\n" << result.error().traceback);
    return *std::move(result);
  }
  Error error(const auto& result) {
    BOOST_REQUIRE(!result);
    return result.error();
  }
};

void check_kind(const Error& error, Error::Kind kind) {
  BOOST_TEST((error.kind == kind), "kind of: " << error.message);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(embedding, Fixture)

BOOST_AUTO_TEST_CASE(values_come_out_as_data) {
  BOOST_TEST(value("None").is_none());
  BOOST_TEST((value("True") == Value(true)));
  BOOST_TEST((value("-2**63") == Value(std::numeric_limits<std::int64_t>::min())));
  BOOST_TEST((value("2**63") == Value(std::uint64_t{1} << 63)));
  BOOST_TEST((value("-2**64 - 1") == Value(BigInt{"-0x10000000000000001"})));
  BOOST_TEST((value("0.5") == Value(0.5)));
  BOOST_TEST((value("1e300") == Value(1e300)));
  BOOST_TEST((value("'h\\xe9 \\U0001F600'") == Value("h\u00e9 \U0001F600")));
  BOOST_TEST((value("b'a\\0b'") == Value(Bytes{std::string("a\0b", 3)})));
  BOOST_TEST((value("[1, (2, 'x'), {}]") == Value(List{{1, Tuple{{2, "x"}}, Dict{}}})));
  const Value dict = value("{'a': 1, 2: [None]}");
  BOOST_TEST((dict == Value(Dict{{{"a", 1}, {2, List{{nullptr}}}}})));
  BOOST_TEST((*dict.get_if<Dict>()->find("a") == Value(1)));
  BOOST_TEST(dict.get_if<Dict>()->find("b") == nullptr);
  // Anything but these exact types stays where it is.
  for (const char* expression : {"object()", "len", "{1, 2}", "type('L', (list,), {})()", "3j", "range(3)"})
    BOOST_TEST((value(expression).kind() == Value::Kind::Object), expression);
}

BOOST_AUTO_TEST_CASE(values_go_in_as_the_types_they_are) {
  run("def show(*values, **named): return repr(values), repr(named)");
  const auto shown =
      isolate.call("show", Arguments{nullptr, true, 1, -2.5, "h\u00e9", Bytes{"b"}, List{{1}}, Tuple{},
                                     Dict{{{"k", Tuple{{1}}}}}, std::uint64_t{1} << 63,
                                     BigInt{"-0x10000000000000000"}, "bad \xff"}
                               .keyword("name", std::vector<std::string>{"x"}));
  BOOST_REQUIRE(shown);
  BOOST_TEST(
      (*shown ==
       Value(Tuple{{"(None, True, 1, -2.5, 'h\u00e9', b'b', [1], (), {'k': (1,)}, 9223372036854775808, "
                    "-18446744073709551616, 'bad \\udcff')",
                    "{'name': ['x']}"}})));
}

BOOST_AUTO_TEST_CASE(what_has_no_end_stays_an_object) {
  run("endless = [1]\nendless.append(endless)\ndeep = []\nfor i in range(100000): deep = [deep]\n"
      "wide = [0] * 10\nfor i in range(30): wide = [wide, wide]");
  const Value endless = value("endless");
  BOOST_TEST((endless.get_if<List>()->items[0] == Value(1)));
  BOOST_TEST(isolate.evaluate("deep").has_value());
  // Of a billion items none is copied out.
  const Error too_large = error(isolate.evaluate("wide"));
  BOOST_TEST(too_large.type == "MemoryError");
  BOOST_TEST(isolate.object("wide").has_value());
}

BOOST_AUTO_TEST_CASE(names_and_attributes_are_found_as_scripts_find_them) {
  run("import math\nclass Point:\n  def __init__(self, x): self.x = x\n  def scaled(self, by): return self.x "
      "* by\n"
      "here = Point(3)");
  BOOST_TEST((*isolate.get("here.x") == Value(3)));
  BOOST_TEST((*isolate.call("here.scaled", {4}) == Value(12)));
  BOOST_TEST((*isolate.call("len", {"four"}) == Value(4)));
  BOOST_TEST((*isolate.call("math.gcd", {12, 18}) == Value(6)));
  BOOST_TEST(error(isolate.call("absent")).type == "NameError");
  BOOST_TEST(error(isolate.get("here.y")).type == "AttributeError");
  BOOST_REQUIRE(isolate.set("limit", 10));
  run("assert limit == 10");
  BOOST_REQUIRE(isolate.set("limit", 11, "settings"));
  run("import settings\nassert settings.limit == 11 and limit == 10");
  BOOST_REQUIRE(isolate.set("pi", 3, "math"));
  run("assert math.pi == 3");
}

BOOST_AUTO_TEST_CASE(objects_are_used_without_a_copy) {
  run("items = [1]");
  const Object items = *isolate.object("items");
  BOOST_REQUIRE(isolate.call_method(items, "append", {2}));
  BOOST_TEST((value("items") == Value(List{{1, 2}})));
  BOOST_TEST((*isolate.value_of(items) == Value(List{{1, 2}})));
  BOOST_TEST(*isolate.repr(items) == "[1, 2]");
  BOOST_TEST(*isolate.type_name(items) == "list");
  run("class Named: pass\nnamed = Named()");
  const Object named = *isolate.object("named");
  BOOST_REQUIRE(isolate.set_attribute(named, "label", "x"));
  BOOST_TEST((*isolate.get_attribute(named, "label") == Value("x")));
  const Object len = *isolate.object("len");
  BOOST_TEST((*isolate.call(len, {items}) == Value(2)));
  BOOST_TEST(*isolate.str(*isolate.keep(Tuple{{1}})) == "(1,)");
  BOOST_TEST(isolate.import("collections.abc").has_value());
  BOOST_TEST(error(isolate.import("no_such_module")).type == "ModuleNotFoundError");
}

BOOST_AUTO_TEST_CASE(objects_keep_alive_and_let_go) {
  run("class Watched:\n  def __del__(self): gone.append(1)\ngone = []\ndef new(): return Watched()");
  auto watched = isolate.call("new");
  BOOST_TEST((value("gone") == Value(List{})));
  Value copy = *watched;
  watched = Value();
  BOOST_TEST((value("gone") == Value(List{})));
  copy = nullptr;
  BOOST_TEST((value("gone") == Value(List{{1}})));
}

BOOST_AUTO_TEST_CASE(objects_of_another_isolate_are_refused) {
  const auto other = make();
  const Object theirs = *other->object("len");
  check_kind(error(isolate.call(theirs, {"x"})), Error::Kind::Misuse);
  check_kind(error(isolate.call("len", {theirs})), Error::Kind::Misuse);
  check_kind(error(isolate.str(Object())), Error::Kind::Misuse);
  BOOST_TEST((value("1 + 1") == Value(2)));
}

BOOST_AUTO_TEST_CASE(an_object_outlives_its_isolate) {
  Object kept;
  {
    const auto other = make();
    kept = *other->object("len");
  }
  check_kind(error(isolate.str(kept)), Error::Kind::Misuse);
}

// ---- errors

BOOST_AUTO_TEST_CASE(an_exception_comes_back_as_an_error) {
  const Error raised = error(isolate.run("def f(x):\n    return 1 / x\nf(0)\n", "rules.py"));
  check_kind(raised, Error::Kind::Exception);
  BOOST_TEST(raised.type == "ZeroDivisionError");
  BOOST_TEST(raised.message == "division by zero");
  BOOST_TEST(raised.file == "rules.py");
  BOOST_TEST(raised.line == 2);
  BOOST_TEST(raised.traceback ==
             "Traceback (most recent call last):\n"
             "  File \"rules.py\", line 3, in <module>\n"
             "    f(0)\n"
             "    ~^^^\n"
             "  File \"rules.py\", line 2, in f\n"
             "    return 1 / x\n"
             "           ~~^~~\n"
             "ZeroDivisionError: division by zero\n");
  BOOST_TEST(*isolate.repr(raised.exception) == "ZeroDivisionError('division by zero')");
}

BOOST_AUTO_TEST_CASE(a_type_is_named_with_its_module) {
  run("import asyncio\nclass Mine(Exception): pass");
  BOOST_TEST(error(isolate.run("raise Mine('x')")).type == "Mine");
  BOOST_TEST(error(isolate.run("raise asyncio.QueueEmpty")).type == "asyncio.queues.QueueEmpty");
}

BOOST_AUTO_TEST_CASE(a_syntax_error_says_where) {
  const Error raised = error(isolate.run("x = 1\ny = = 2\n", "broken.py"));
  BOOST_TEST(raised.type == "SyntaxError");
  BOOST_TEST(raised.message == "invalid syntax");
  BOOST_TEST(raised.file == "broken.py");
  BOOST_TEST(raised.line == 2);
  BOOST_TEST(raised.column == 5);
  const Error compiled = error(Program::compile("x = 1\ny = = 2\n", "broken.py"));
  BOOST_TEST(compiled.type == raised.type);
  BOOST_TEST(compiled.message == raised.message);
  BOOST_TEST(compiled.line == 2);
  BOOST_TEST(compiled.column == 5);
  BOOST_TEST(compiled.traceback ==
             "  File \"broken.py\", line 2\n"
             "    y = = 2\n"
             "        ^\n"
             "SyntaxError: invalid syntax\n");
  BOOST_TEST(compiled.traceback == raised.traceback);
  BOOST_TEST(error(Program::compile("if x:\npass")).type == "IndentationError");
}

BOOST_AUTO_TEST_CASE(an_exit_has_a_status) {
  const Error three = error(isolate.run("import sys\nsys.exit(3)"));
  check_kind(three, Error::Kind::Exit);
  BOOST_TEST(three.exit_status == 3);
  BOOST_TEST(error(isolate.run("sys.exit()")).exit_status == 0);
  const Error text = error(isolate.run("sys.exit('no more')"));
  BOOST_TEST(text.exit_status == 1);
  BOOST_TEST(text.message == "no more");
  BOOST_TEST((value("1") == Value(1)));
}

BOOST_AUTO_TEST_CASE(errors_of_errors_are_absorbed) {
  run("class Bad(Exception):\n  def __str__(self): raise ValueError");
  const Error raised = error(isolate.run("raise Bad"));
  BOOST_TEST(raised.type == "Bad");
  BOOST_TEST(raised.message == "<exception str() failed>");
}

// ---- programs

BOOST_AUTO_TEST_CASE(a_program_runs_many_times) {
  const auto program = Program::compile("count = globals().get('count', 0) + 1", "count.py");
  BOOST_REQUIRE(program);
  for (int i = 0; i < 3; ++i) BOOST_REQUIRE(isolate.run(*program));
  BOOST_TEST((value("count") == Value(3)));
  const auto other = make();
  BOOST_REQUIRE(other->run(*program));
  BOOST_TEST((*other->get("count") == Value(1)));
  BOOST_TEST(isolate.run(Program()).has_value());
}

BOOST_AUTO_TEST_CASE(a_program_tells_what_the_compiler_warns_of) {
  const auto program = Program::compile("x = '\\d'\nassert x\nassert (x, 'always')");
  BOOST_REQUIRE(program);
  BOOST_REQUIRE(program->warnings().size() == 2u);
  BOOST_TEST(program->warnings()[0].category == "SyntaxWarning");
  BOOST_TEST(program->warnings()[0].line == 1);
  BOOST_TEST(program->warnings()[1].message == "assertion is always true, perhaps remove parentheses?");
  const auto optimised = Program::compile("assert False", "<string>", 1);
  BOOST_TEST(isolate.run(*optimised).has_value());
}

// ---- host functions

BOOST_AUTO_TEST_CASE(host_functions_take_and_give_cpp_types) {
  BOOST_REQUIRE(isolate.define("add(a, b=2, /)", [](std::int64_t a, std::int64_t b) { return a + b; }));
  BOOST_REQUIRE(isolate.define("shout(text, *, times=1)", [](std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out + "!";
  }));
  BOOST_REQUIRE(isolate.define("mean(numbers)", [](const std::vector<double>& numbers) {
    double sum = 0;
    for (double number : numbers) sum += number;
    return sum / static_cast<double>(numbers.size());
  }));
  BOOST_REQUIRE(isolate.define("maybe(x=None)", [](std::optional<bool> x) { return x; }));
  BOOST_REQUIRE(isolate.define("collect(*rest, **named)", [](const Tuple& rest, const Dict& named) {
    return Tuple{{static_cast<int>(rest.items.size()), named}};
  }));
  BOOST_TEST((value("add(1), add(1, 5)") == Value(Tuple{{3, 6}})));
  BOOST_TEST((value("shout('a', times=2)") == Value("aa!")));
  BOOST_TEST((value("mean([1, 2.5]), mean((4,))") == Value(Tuple{{1.75, 4.0}})));
  BOOST_TEST((value("maybe(), maybe(True)") == Value(Tuple{{nullptr, true}})));
  BOOST_TEST((value("collect(1, 2, k=3)") == Value(Tuple{{2, Dict{{{"k", 3}}}}})));
  BOOST_TEST(error(isolate.evaluate("add('x')")).message == "add() argument 1 must be int, not str");
  BOOST_TEST(error(isolate.evaluate("shout(None)")).message ==
             "shout() argument 'text' must be str, not None");
  BOOST_TEST(error(isolate.evaluate("shout(object())")).message ==
             "shout() argument 'text' must be str, not object");
  BOOST_TEST(error(isolate.evaluate("shout('x', times=2**40)")).type == "OverflowError");
  BOOST_TEST(error(isolate.evaluate("add()")).type == "TypeError");
  BOOST_TEST(error(isolate.evaluate("add(1, 2, 3)")).type == "TypeError");
  BOOST_TEST(error(isolate.evaluate("shout('x', wrong=1)")).type == "TypeError");
}

BOOST_AUTO_TEST_CASE(a_host_function_looks_like_a_builtin) {
  BOOST_REQUIRE(isolate.define(
      "connect(host, port=80, /, *, timeout=None)", [](std::string, int, std::optional<double>) {},
      "network"));
  run("import network, inspect, types\n"
      "assert isinstance(network.connect, types.BuiltinFunctionType)\n"
      "assert network.connect.__name__ == 'connect' and network.connect.__module__ == 'network'\n"
      "assert network.connect('h') is None\n"
      "assert network.connect.__text_signature__ == '($module, host, port=80, /, *, timeout=None)'");
  BOOST_TEST((value("repr(network.connect)") == Value("<built-in function connect>")));
}

BOOST_AUTO_TEST_CASE(the_general_form_sees_the_whole_call) {
  BOOST_REQUIRE(isolate.define("each(function, *items)", [](Call& call) -> Result<Value> {
    std::vector<Value> results;
    for (const Value& item : call[1].get_if<Tuple>()->items) {
      auto result = call.isolate().call(*call[0].get_if<Object>(), {item});
      if (!result) return result.error();
      results.push_back(*std::move(result));
    }
    return results;
  }));
  BOOST_TEST((value("each(lambda x: x + 1, 1, 2)") == Value(List{{2, 3}})));
  // What failed inside comes out as the same exception, with both tracebacks.
  run("def bad(x): raise KeyError(x)\n"
      "try: each(bad, 'k')\n"
      "except KeyError as e: caught = (e.args, e.__traceback__.tb_next.tb_frame.f_code.co_name)");
  BOOST_TEST((value("caught") == Value(Tuple{{Tuple{{"k"}}, "bad"}})));
}

BOOST_AUTO_TEST_CASE(objects_are_passed_by_reference) {
  BOOST_REQUIRE(
      isolate.define("push(list, item)", [](Isolate& inside, const Object& list, Value item) -> Result<void> {
        if (auto pushed = inside.call_method(list, "append", {item}); !pushed) return pushed.error();
        return {};
      }));
  BOOST_TEST((value("[push(a := [], 1), a]") == Value(List{{nullptr, List{{1}}}})));
  BOOST_TEST(error(isolate.evaluate("push(3, 4)")).message == "'int' object has no attribute 'append'");
}

BOOST_AUTO_TEST_CASE(errors_of_host_functions_are_exceptions) {
  run("import asyncio");
  BOOST_REQUIRE(isolate.define("fail(type, text)", [](std::string type, std::string text) -> Result<int> {
    return Error(std::move(type), std::move(text));
  }));
  run("def caught(type, text):\n  try: fail(type, text)\n  except BaseException as e: return repr(e)");
  BOOST_TEST((value("caught('ValueError', 'no')") == Value("ValueError('no')")));
  BOOST_TEST((value("caught('KeyError', '')") == Value("KeyError()")));
  BOOST_TEST((value("caught('asyncio.TimeoutError', 'late')") == Value("TimeoutError('late')")));
  BOOST_TEST((value("caught('int', 'x')") == Value("RuntimeError('int: x')")));
  BOOST_TEST((value("caught('no.such', 'x')") == Value("RuntimeError('no.such: x')")));
  BOOST_REQUIRE(isolate.define("explode()", [] { throw std::runtime_error("inside"); }));
  BOOST_TEST(error(isolate.evaluate("explode()")).message == "explode() failed in the host: inside");
  BOOST_REQUIRE(isolate.define("hand_out(x)", [](Value) -> Value { return Object(); }));
  BOOST_TEST(error(isolate.evaluate("hand_out(1)")).type == "RuntimeError");
}

BOOST_AUTO_TEST_CASE(signatures_are_checked) {
  const auto nothing = [] {};
  for (const char* signature : {"", "f", "(x)", "f(x", "f(1x)", "2f()", "f(x y)"})
    check_kind(error(isolate.define(signature, [](Value) {})), Error::Kind::Misuse);
  check_kind(error(isolate.define("f(x)", nothing)), Error::Kind::Misuse);
  check_kind(error(isolate.define("f(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z)",
                                  [](Call&) { return Value(); })),
             Error::Kind::Misuse);
  BOOST_TEST(error(isolate.define("f(x=undefined)", [](Value) {})).type == "NameError");
  BOOST_TEST(isolate.define("f(x=(1, 'a,b'))", [](Value x) { return x; }).has_value());
  BOOST_TEST((value("f()") == Value(Tuple{{1, "a,b"}})));
  BOOST_REQUIRE(isolate.define("g(self, cls)", [](Value a, Value b) { return Tuple{{a, b}}; }));
  BOOST_TEST((value("g(cls=1, self=2)") == Value(Tuple{{2, 1}})));
}

// ---- output and the end

BOOST_AUTO_TEST_CASE(output_goes_to_the_sinks) {
  run("import sys\nprint('one')\nprint('two', file=sys.stderr)\nsys.stdout.write('three')");
  BOOST_TEST(output == "one\nthree");
  BOOST_TEST(errors == "two\n");
  (void)isolate.run("print('four')\n1 / 0");
  BOOST_TEST(output == "one\nthreefour\n");
  run("assert not sys.stdout.isatty()");
}

BOOST_AUTO_TEST_CASE(a_sink_that_fails_is_an_error_of_the_script) {
  Options options;
  options.output = [](std::string_view) { throw std::runtime_error("full"); };
  options.error_output = [](std::string_view) {};
  const auto other = make(options);
  const Error raised = error(other->run("print('x')"));
  BOOST_TEST(raised.type == "OSError");
  Isolate* inside = nullptr;
  std::string refused;
  options.output = [&](std::string_view) { refused = inside->evaluate("1").error().message; };
  const auto calling = make(options);
  inside = calling.get();
  BOOST_REQUIRE(calling->run("print('x')"));
  BOOST_TEST(refused == "an output sink must not call the isolate");
}

BOOST_AUTO_TEST_CASE(an_isolate_ends_as_a_program_does) {
  run("import atexit, threading\n"
      "class Last:\n  def __del__(self): print('finaliser')\nlast = Last()\n"
      "atexit.register(print, 'atexit')\n"
      "gate = threading.Event()\n"
      "def work():\n  gate.wait()\n  print('thread')\n"
      "threading.Thread(target=work).start()\n"
      "atexit.register(print, 'before')\n"
      "threading.Timer(0, gate.set).start()");
  BOOST_REQUIRE(isolate.close());
  BOOST_TEST(output == "thread\nbefore\natexit\nfinaliser\n");
  check_kind(error(isolate.evaluate("1")), Error::Kind::Misuse);
  check_kind(error(isolate.close()), Error::Kind::Misuse);
}

BOOST_AUTO_TEST_CASE(a_finaliser_at_the_end_finds_no_isolate_to_call) {
  std::string refused;
  BOOST_REQUIRE(
      isolate.define("tell()", [&](Isolate& inside) { refused = inside.evaluate("1").error().message; }));
  run("class Last:\n  def __del__(self, tell=tell): tell()\nlast = Last()");
  BOOST_REQUIRE(isolate.close());
  BOOST_TEST(refused == "the isolate has come to its end");
}

BOOST_AUTO_TEST_CASE(arguments_and_modules_are_the_options) {
  Options options;
  options.arguments = {"app", "--fast"};
  options.hash_seed = 0;
  options.recursion_limit = 200;
  options.optimize = 1;
  const auto other = make(options);
  BOOST_REQUIRE(other->run("import sys\nassert False, 'optimised away'"));
  BOOST_TEST((*other->get("sys.argv") == Value(List{{"app", "--fast"}})));
  BOOST_TEST((*other->evaluate("hash('a')") == Value(4644417185603328019)));
  BOOST_TEST((*other->evaluate("sys.getrecursionlimit()") == Value(200)));
  const Error deep = error(other->run("def f(): f()\nf()"));
  BOOST_TEST(deep.type == "RecursionError");
}

BOOST_AUTO_TEST_CASE(names_of_sys_are_there_however_they_are_asked_for) {
  for (const char* program : {"import sys\nassert 'flags' in vars(sys)",
                              "import sys\nassert {'stdout', 'maxsize', 'exit'} <= set(dir(sys))",
                              "from sys import *\nassert maxsize and stdout",
                              "import sys\nassert sys.__dict__['stdin'] is sys.__stdin__",
                              "import sys\nsys.flags = 1\nassert sys.maxsize and sys.flags == 1",
                              "import sys\ndel sys.maxsize\nassert sys.flags and not hasattr(sys, 'maxsize')",
                              "import sys\nassert not hasattr(sys, 'nonsense') and sys.flags",
                              "import sys\nsys.stdout = None\nprint('nowhere')\nassert sys.__stdout__",
                              "print('here')\nimport sys\nassert sys.exc_info() == (None, None, None)"}) {
    const auto ran = make(with_sinks())->run(program);
    if (!ran) BOOST_ERROR(program << "\n" << ran.error().traceback);
  }
  BOOST_TEST(output == "here\n");
}

BOOST_AUTO_TEST_CASE(asyncio_runs_inside) {
  run("import asyncio\n"
      "async def worker(n):\n  await asyncio.sleep(0)\n  return n * n\n"
      "async def main(): return await asyncio.gather(*map(worker, range(4)))");
  BOOST_TEST((value("asyncio.run(main())") == Value(List{{0, 1, 4, 9}})));
}

BOOST_AUTO_TEST_SUITE_END()
