// Limits of isolates made through the C++ interface, and what thousands of them cost.
#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "tests/unit/embed_support.hpp"

using namespace cede::embed;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(CEDE_COLLECT_ALWAYS)
constexpr int many = 200, several = 20;
#else
constexpr int many = 10000, several = 500;
#endif

double processor_microseconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) / 1e3;
}

long resident_bytes() {
  long size = 0, resident = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%ld %ld", &size, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return resident * sysconf(_SC_PAGESIZE);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(embedding_limits)

BOOST_AUTO_TEST_CASE(over_the_limit_is_memory_error) {
  Options options;
  options.memory_limit = 8 << 20;
  options.error_output = [](std::string_view) {};
  const auto isolate = make(options);
  for (const char* program : {
           "x = 'x' * (1 << 40)",
           "x = [0] * (1 << 40)",
           "x = bytearray(1 << 40)",
           "x = 1 << (1 << 40)",
           "x = []\nwhile True: x.append(object())",
           "x = 'a'\nwhile True: x += x + 'b'",
           "x = {}\nwhile True: x[len(x)] = str(len(x))",
           "x = list(range(10**9))",
           "x = tuple(iter(int, 1))",
           "x = ','.join(iter(lambda: 'abc', 1))",
           "x = 10 ** 10 ** 9",
           "x = '%1000000000d' % 1",
           "x = f'{1:>1000000000}'",
           "x = 'x'.ljust(10**9)",
           "x = b'x'.center(10**9)",
           "x = 'a'.replace('a', 'b' * 1000000).replace('b', 'c' * 1000)",
           "def f(x): return f([x] * 1000)\nf(0)",
           "x = eval('[' + '0,' * 3000000 + ']')",
           "class A: pass\nx = []\nwhile True: x.append(A())",
           "import asyncio\nasync def f(): await asyncio.sleep(1)\nx = []\nwhile True: x.append(f())",
           "x = set()\nwhile True: x.add(len(x))",
           "x = sorted(range(10**8))",
           "x = bytes(10**9)",
           "x = memoryview(bytes(10**9))",
       }) {
    const std::string raised = [&] {
      const auto ran = isolate->run(program);
      return ran ? "nothing" : ran.error().type;  // with the Error goes what the frames held
    }();
    BOOST_TEST((raised == "MemoryError" || raised == "RecursionError"), program << "\n" << raised);
    BOOST_TEST(isolate->memory_used() <= options.memory_limit);
    // What was made is given back.
    BOOST_TEST(isolate->set("x", nullptr).has_value(), program);
    const auto still = isolate->run("assert sum(range(1000)) == 499500");
    if (!still) BOOST_ERROR(program << "\n" << isolate->memory_used() << " bytes\n" << still.error().traceback);
  }
}

BOOST_AUTO_TEST_CASE(a_script_may_handle_memory_error) {
  Options options;
  options.memory_limit = 8 << 20;
  const auto isolate = make(options);
  BOOST_REQUIRE(isolate->run("try:\n  x = [0] * (1 << 30)\nexcept MemoryError as e:\n  handled = str(e)"));
  BOOST_TEST((*isolate->get("handled") == Value("")));
}

BOOST_AUTO_TEST_CASE(a_limit_below_an_isolate_is_refused) {
  Options options;
  options.memory_limit = 1000;
  const auto made = Isolate::make(options);
  BOOST_REQUIRE(!made);
  BOOST_TEST(made.error().type == "MemoryError");
}

BOOST_AUTO_TEST_CASE(deep_recursion_on_small_stacks_is_an_error) {
  Options options;
  options.recursion_limit = 200'000;
  const auto isolate = make(options);
  for (const char* program : {"def f(): f()\nf()", "x = []\nfor i in range(200000): x = [x]\nrepr(x)",
                              "class A:\n  def __repr__(self): return repr(self)\nrepr(A())"}) {
    const auto ran = isolate->run(program);
    BOOST_TEST((!ran && ran.error().type == "RecursionError"), program);
  }
}

BOOST_AUTO_TEST_CASE(ten_thousand_isolates) {
  const auto program = Program::compile("total = sum([1, 2, 3])");
  BOOST_REQUIRE(program);
  make();  // what the process needs once is not theirs
  double before = processor_microseconds();
  for (int i = 0; i < many; ++i) make();
  const double made = (processor_microseconds() - before) / many;
  before = processor_microseconds();
  for (int i = 0; i < many; ++i) {
    const auto isolate = make();
    BOOST_REQUIRE(isolate->run(*program));
  }
  const double used = (processor_microseconds() - before) / many;

  std::vector<std::unique_ptr<Isolate>> alive;
  alive.reserve(several);
  const long resident = resident_bytes();
  for (int i = 0; i < several; ++i) alive.push_back(make());
  const long bytes = (resident_bytes() - resident) / several;
  std::printf(
      "%d isolates: %.0f microseconds each to make and destroy, %.0f with a script run; %ld KB each of %d "
      "alive\n",
      many, made, used, bytes / 1024, several);
  for (auto& isolate : alive) BOOST_REQUIRE(isolate->run(*program));
  alive.clear();
}

BOOST_AUTO_TEST_SUITE_END()
