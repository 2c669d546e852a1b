// The C++ interface and threads: isolates side by side, who may enter, killing. Threads wait for each other's
// events; a kill that does not work shows as a test that does not end.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <latch>
#include <string>
#include <thread>

#include "tests/unit/embed_support.hpp"

using namespace cede::embed;

namespace {

// Runs `source`, kills it from another thread once it has called `started()`, and gives its error.
Error run_and_kill(Isolate& isolate, std::string_view source) {
  std::latch started(1);
  BOOST_REQUIRE(isolate.define("started()", [&] { started.count_down(); }));
  std::thread killer([&started, kill = isolate.kill_switch()] {
    started.wait();
    // Time to get into what is to be killed; earlier is no different but for the way out.
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    kill.kill();
  });
  const auto ran = isolate.run(source);
  killer.join();
  BOOST_REQUIRE(!ran);
  return ran.error();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(embedding_threads)

BOOST_AUTO_TEST_CASE(two_isolates_share_a_program) {
  const auto program = Program::compile(
      "import asyncio\n"
      "class Counter:\n"
      "    def __init__(self): self.n = 0\n"
      "    async def count(self, to):\n"
      "        while self.n < to:\n"
      "            self.n += step\n"
      "            await asyncio.sleep(0)\n"
      "        return f'{self.n}:{step}'\n"
      "result = asyncio.run(Counter().count(step * 20000))\n",
      "shared.py");
  BOOST_REQUIRE(program);
  std::string results[2];
  std::latch both(2);
  const auto work = [&](int which) {
    const auto isolate = *Isolate::make();
    (void)isolate->set("step", which + 1);
    both.arrive_and_wait();
    for (int round = 0; round < 3; ++round) {
      const auto ran = isolate->run(*program);
      results[which] = ran ? *isolate->get("result")->get_if<std::string>() : ran.error().traceback;
    }
  };
  std::thread first(work, 0), second(work, 1);
  first.join();
  second.join();
  BOOST_TEST(results[0] == "20000:1");
  BOOST_TEST(results[1] == "40000:2");
}

BOOST_AUTO_TEST_CASE(an_isolate_moves_between_threads) {
  const auto isolate = make();
  BOOST_REQUIRE(
      isolate->run("import threading\ntrace = [threading.current_thread() is threading.main_thread()]\n"
                   "def deep(n): return n and 1 + deep(n - 1)"));
  std::thread([&] {
    BOOST_REQUIRE(isolate->run("trace.append(threading.current_thread() is threading.main_thread())"));
    BOOST_TEST((*isolate->call("deep", {900}) == Value(900)));
  }).join();
  BOOST_TEST((*isolate->get("trace") == Value(List{{true, true}})));
}

BOOST_AUTO_TEST_CASE(a_second_thread_is_refused) {
  const auto isolate = make();
  std::string refused;
  BOOST_REQUIRE(isolate->define(
      "meanwhile()", [&] { std::thread([&] { refused = isolate->evaluate("1").error().message; }).join(); }));
  BOOST_REQUIRE(isolate->run("meanwhile()"));
  BOOST_TEST(refused == "another thread is inside the isolate");
  BOOST_TEST(isolate->evaluate("1").has_value());
}

BOOST_AUTO_TEST_CASE(script_threads_run_between_calls_and_call_the_host) {
  const auto isolate = make();
  std::latch called(1);
  BOOST_REQUIRE(isolate->define("tell(x)", [&](Isolate& inside, int x) {
    const auto doubled = inside.call("double", {x});
    called.count_down();
    return doubled;
  }));
  BOOST_REQUIRE(
      isolate->run("import threading\nseen = []\ngate = threading.Event()\n"
                   "def double(x): return x * 2\n"
                   "def work():\n  gate.wait()\n  seen.append(tell(21))\n"
                   "worker = threading.Thread(target=work)\nworker.start()"));
  BOOST_REQUIRE(isolate->run("gate.set()"));
  called.wait();  // nobody is inside
  BOOST_REQUIRE(isolate->run("worker.join()"));
  BOOST_TEST((*isolate->get("seen") == Value(List{{42}})));
}

BOOST_AUTO_TEST_CASE(objects_die_on_any_thread) {
  const auto isolate = make();
  BOOST_REQUIRE(
      isolate->run("gone = 0\nclass Watched:\n  def __del__(self):\n    global gone\n    gone += 1"));
  for (int i = 0; i < 100; ++i) {
    auto object = *isolate->call("Watched");
    std::thread([copy = std::move(object)]() mutable { copy = nullptr; }).join();
  }
  BOOST_TEST((*isolate->get("gone") == Value(100)));
}

// ---- killing

BOOST_AUTO_TEST_CASE(a_kill_cannot_be_caught) {
  const auto isolate = make();
  const Error killed = run_and_kill(*isolate,
                                    "caught = []\n"
                                    "class Last:\n  def __del__(self): caught.append('finaliser')\n"
                                    "def spin():\n"
                                    "  last = Last()\n"
                                    "  try:\n"
                                    "    started()\n"
                                    "    while True:\n"
                                    "      try:\n"
                                    "        while True: pass\n"
                                    "      except BaseException as e: caught.append(e)\n"
                                    "      finally: caught.append('finally')\n"
                                    "  finally:\n"
                                    "    while True: pass\n"
                                    "spin()");
  BOOST_TEST((killed.kind == Error::Kind::Killed));
  BOOST_TEST(killed.line == 10);
  BOOST_TEST(isolate->killed());
  BOOST_TEST((isolate->evaluate("1").error().kind == Error::Kind::Killed));
  BOOST_TEST((isolate->call("len", {"x"}).error().kind == Error::Kind::Killed));
}

constexpr const char* endless_programs[] = {
    "started(); sum(iter(int, 1))",
    "started(); max(iter(int, 1))",
    "started(); all(iter(lambda: 1, 2))",
    "import itertools\nstarted(); any(itertools.repeat(0))",
    "import itertools\nstarted(); sum(itertools.cycle([0]))",
    "import collections\nstarted(); collections.deque(iter(int, 1), maxlen=0)",
    "started(); 0 in iter(lambda: 1, 2)",
    "started(); ''.join(iter(str, 1))",
    "class A:\n  def __getattr__(self, name):\n    while True: pass\nstarted(); hasattr(A(), 'x')",
    "started(); sorted(range(10), key=lambda x: sum(iter(int, 1)))",
    "started(); pow(3, 10**9)",
    "x = 3 ** 3000000\nstarted()\nwhile True: x * x",
    "def f():\n  while True: yield\nstarted()\nfor _ in f(): pass",
    "import asyncio\nstarted(); asyncio.new_event_loop().run_forever()",
    "import asyncio\nasync def main():\n  started()\n  try: await asyncio.sleep(1000)\n  finally: await "
    "asyncio.sleep(1000)\n"
    "asyncio.run(main())",
    "import asyncio\nasync def main():\n  started()\n  while True: await "
    "asyncio.sleep(0)\nasyncio.run(main())",
    "import time\nstarted(); time.sleep(1000)",
    "import threading\nlock = threading.Lock()\nlock.acquire()\nstarted(); lock.acquire()",
    "import threading\nstarted(); threading.Event().wait()",
    "import queue\nstarted(); queue.SimpleQueue().get()",
    "import select\nstarted(); select.select([], [], [])",
    "import select\nstarted(); select.epoll().poll()",
    "import os\nr, w = os.pipe()\nstarted(); os.read(r, 1)",
    "import socket\na, b = socket.socketpair()\nstarted(); a.recv(1)",
    "import socket\na, b = socket.socketpair()\na.settimeout(1000)\nstarted(); a.recv(1)",
    "import socket\ns = socket.create_server(('127.0.0.1', 0))\nstarted(); s.accept()",
    "import socket\na, b = socket.socketpair()\nstarted()\nwhile True: a.send(b'x' * 100000)",
    "import threading\ndef spin():\n  while True: pass\nfor _ in range(3): "
    "threading.Thread(target=spin).start()\nstarted(); spin()",
    "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,)).start()\nstarted()\nwhile "
    "True: pass",
    "import atexit, time\natexit.register(time.sleep, 1000)\nstarted(); time.sleep(1000)",
};

BOOST_AUTO_TEST_CASE(a_kill_reaches_whatever_runs) {
  for (const char* program : endless_programs) {
    const auto isolate = make();
    const Error killed = run_and_kill(*isolate, program);
    BOOST_TEST((killed.kind == Error::Kind::Killed), program << "\n" << killed.traceback);
  }
}

constexpr const char* deadlocked_program =
    "import asyncio\nasync def main():\n  print('before', end='')\n  try: await asyncio.Event().wait()\n  finally: print('after')\n"
    "started()\nasyncio.run(main())";

BOOST_AUTO_TEST_CASE(a_deadlock_is_an_error) {
  std::string written;
  Options options;
  options.output = [&](std::string_view text) { written += text; };
  const auto isolate = make(options);
  BOOST_REQUIRE(isolate->define("started()", [] {}));
  const Error error = isolate->run(deadlocked_program, "app.py").error();
  BOOST_TEST((error.kind == Error::Kind::Deadlock));
  BOOST_TEST(error.traceback.find("app.py:4 main: try: await asyncio.Event().wait()\n") != std::string::npos, error.traceback);
  BOOST_TEST(written == "before");
  BOOST_TEST(isolate->killed());
  BOOST_TEST((isolate->evaluate("1").error().kind == Error::Kind::Killed));
}

BOOST_AUTO_TEST_CASE(a_deadlock_inside_a_host_function_ends_all_calls) {
  Options options;
  options.output = [](std::string_view) {};
  const auto isolate = make(options);
  Error inside;
  BOOST_REQUIRE(isolate->define("started()", [] {}));
  BOOST_REQUIRE(isolate->define("nested()", [&](Isolate& self) { inside = self.run(deadlocked_program).error(); }));
  BOOST_TEST((isolate->run("nested()\nwhile True: pass").error().kind == Error::Kind::Killed));
  BOOST_TEST((inside.kind == Error::Kind::Deadlock));
}

BOOST_AUTO_TEST_CASE(a_deadlock_that_is_not_to_be_reported_waits) {
  Options options;
  options.report_deadlocks = false;
  options.output = [](std::string_view) {};
  const auto isolate = make(options);
  BOOST_TEST((run_and_kill(*isolate, deadlocked_program).kind == Error::Kind::Killed));
}

BOOST_AUTO_TEST_CASE(a_kill_before_the_first_call_counts) {
  const auto isolate = make();
  isolate->kill();
  BOOST_TEST((isolate->run("while True: pass").error().kind == Error::Kind::Killed));
}

BOOST_AUTO_TEST_CASE(a_host_function_in_a_killed_isolate_finds_it_so) {
  const auto isolate = make();
  Error inside;
  BOOST_REQUIRE(isolate->define("kill_me()", [&](Isolate& self) {
    self.kill();
    inside = self.evaluate("1").error();
  }));
  BOOST_TEST((isolate->run("kill_me()\nwhile True: pass").error().kind == Error::Kind::Killed));
  BOOST_TEST((inside.kind == Error::Kind::Killed));
}

BOOST_AUTO_TEST_CASE(a_switch_outlives_its_isolate) {
  KillSwitch kill;
  kill.kill();
  {
    const auto isolate = make();
    kill = isolate->kill_switch();
  }
  kill.kill();
}

BOOST_AUTO_TEST_CASE(threads_end_with_their_isolate) {
  // Daemon threads: in script, in a wait, and one that comes late.
  std::string output;
  Options options;
  options.output = [&](std::string_view text) { output += text; };
  {
    const auto isolate = make(options);
    BOOST_REQUIRE(
        isolate->run("import threading, time\n"
                     "ready = threading.Barrier(4)\n"
                     "def spin():\n  ready.wait()\n  while True: pass\n"
                     "def wait():\n  ready.wait()\n  threading.Event().wait()\n"
                     "def sleep():\n  ready.wait()\n  time.sleep(1000)\n"
                     "for f in spin, wait, sleep: threading.Thread(target=f, daemon=True).start()\n"
                     "import atexit\natexit.register(print, 'end')\n"
                     "ready.wait()"));
  }
  BOOST_TEST(output == "end\n");
}

BOOST_AUTO_TEST_SUITE_END()
