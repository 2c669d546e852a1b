// The event loop under a virtual clock: which timer runs when, to the instant, without any waiting. Orders of
// timers that fall together are CPython 3.13's, recorded from it.
#include <boost/test/unit_test.hpp>

#include <string>
#include <thread>

#include "runtime/embed/cede.hpp"
#include "runtime/host/virtual_clock_host.hpp"

using namespace cede::embed;

namespace {

// Fails the test when anybody really waits.
class NoWaitingHost final : public cede::ForwardingHost {
 public:
  using ForwardingHost::ForwardingHost;
  int waits = 0;

  int sleep(std::int64_t) override { return ++waits, 0; }
  int wait_for_several(::pollfd* watched, std::size_t count, std::int64_t timeout) override {
    waits += timeout != 0;
    return inner_.wait_for_several(watched, count, timeout);
  }
  int wait_event_queue(int queue, ::epoll_event* events, int room, std::int64_t timeout) override {
    waits += timeout != 0;
    return inner_.wait_event_queue(queue, events, room, timeout);
  }
  int wait_for(int descriptor, bool readable, bool writable, std::int64_t timeout) override {
    waits += timeout != 0;
    return inner_.wait_for(descriptor, readable, writable, timeout);
  }
};

struct Fixture {
  std::unique_ptr<cede::Host> system = cede::make_system_host();
  NoWaitingHost outside{*system};
  cede::VirtualClockHost clock{outside};
  std::string errors;
  std::unique_ptr<Isolate> isolate = make();

  std::unique_ptr<Isolate> make() {
    Options options;
    options.host = &clock;
    options.error_output = [this](std::string_view text) { errors += text; };
    auto made = Isolate::make(options);
    if (!made) BOOST_FAIL("no isolate: " << made.error().message);
    auto ran = (*made)->run(
        "import asyncio, time\n"
        "log = []\n"
        "loop = asyncio.new_event_loop()\n"
        "begin = loop.time()\n"
        "def now(): return round(asyncio.get_event_loop().time() - begin, 6)\n"
        "def note(what): log.append((what, round(loop.time() - begin, 6)))\n"
        "def run(main): return loop.run_until_complete(main)\n");
    if (!ran) BOOST_FAIL(ran.error().traceback);
    return *std::move(made);
  }
  void run(std::string_view source) {
    const auto ran = isolate->run(source, "test.py");
    if (!ran) BOOST_ERROR(ran.error().message << "\n" << ran.error().traceback);
  }
  // repr of an expression
  std::string shown(const std::string& expression) {
    const auto result = isolate->evaluate("repr(" + expression + ")");
    if (!result) BOOST_FAIL(result.error().traceback);
    return *result->get_if<std::string>();
  }
  double elapsed() const { return static_cast<double>(clock.now()) / 1e9; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(event_loop, Fixture)

BOOST_AUTO_TEST_CASE(timers_run_in_order_of_their_instants) {
  run("for delay in 3, 0.5, 86400, 0, 2.25, 0.001: loop.call_later(delay, note, delay)\n"
      "loop.call_at(begin + 1, note, 'at 1')\n"
      "loop.call_later(86401, loop.stop)\n"
      "loop.run_forever()");
  BOOST_TEST(
      shown("log") ==
      "[(0, 0.0), (0.001, 0.001), (0.5, 0.5), ('at 1', 1.0), (2.25, 2.25), (3, 3.0), (86400, 86400.0)]");
  BOOST_TEST(elapsed() == 86401.0);
  BOOST_TEST(outside.waits == 0);
  BOOST_TEST(clock.real_waits() == 0u);
}

BOOST_AUTO_TEST_CASE(timers_of_one_instant_run_as_heapq_has_them) {
  run("for i in range(10): loop.call_at(begin + 1, note, i)\n"
      "loop.call_at(begin + 2, loop.stop)\n"
      "loop.run_forever()");
  BOOST_TEST(shown("[what for what, when in log]") == "[0, 2, 6, 5, 9, 8, 7, 1, 3, 4]");
  BOOST_TEST(shown("{when for what, when in log}") == "{1.0}");
}

BOOST_AUTO_TEST_CASE(cancelled_timers_change_the_heap_as_in_asyncio) {
  run("timers = [loop.call_at(begin + 1, note, i) for i in range(10)]\n"
      "for i in 0, 3, 7: timers[i].cancel()\n"
      "loop.call_at(begin + 2, loop.stop)\n"
      "loop.run_forever()");
  BOOST_TEST(shown("[what for what, when in log]") == "[2, 6, 5, 9, 8, 1, 4]");
}

BOOST_AUTO_TEST_CASE(instants_go_before_the_order_of_calls) {
  run("for i in range(12): loop.call_at(begin + 1 + i * 7 % 4, note, i)\n"
      "loop.call_at(begin + 10, loop.stop)\n"
      "loop.run_forever()");
  BOOST_TEST(shown("log") ==
             "[(0, 1.0), (4, 1.0), (8, 1.0), (11, 2.0), (3, 2.0), (7, 2.0), (6, 3.0), (2, 3.0), (10, 3.0), "
             "(9, 4.0), "
             "(1, 4.0), (5, 4.0)]");
}

BOOST_AUTO_TEST_CASE(a_cancelled_timer_is_not_waited_for) {
  run("loop.call_later(1000, note, 'never').cancel()\n"
      "loop.call_later(1, loop.stop)\n"
      "loop.run_forever()");
  BOOST_TEST(elapsed() == 1.0);
  BOOST_TEST(shown("log") == "[]");
}

BOOST_AUTO_TEST_CASE(timers_set_by_timers_count_from_then) {
  run("def again(n):\n  note(n)\n  if n: loop.call_later(0.25, again, n - 1)\n  else: loop.stop()\n"
      "loop.call_later(1, again, 3)\n"
      "loop.run_forever()");
  BOOST_TEST(shown("log") == "[(3, 1.0), (2, 1.25), (1, 1.5), (0, 1.75)]");
}

BOOST_AUTO_TEST_CASE(the_loop_waits_in_whole_milliseconds) {
  // As its selector does: timers within one run in the same iteration, in order.
  run("for delay in 0.0109, 0.0101, 0.0105, 0.0111: loop.call_later(delay, note, delay)\n"
      "loop.call_later(1, loop.stop)\n"
      "loop.run_forever()");
  BOOST_TEST(shown("log") == "[(0.0101, 0.011), (0.0105, 0.011), (0.0109, 0.011), (0.0111, 0.012)]");
}

BOOST_AUTO_TEST_CASE(sleepers_wake_in_order) {
  run("async def sleeper(name, seconds):\n"
      "  await asyncio.sleep(seconds)\n"
      "  note(name)\n"
      "async def main():\n"
      "  await asyncio.gather(sleeper('c', 3), sleeper('a', 1), sleeper('d', 3.5), sleeper('b', 2), "
      "sleeper('zero', 0))\n"
      "run(main())");
  BOOST_TEST(shown("log") == "[('zero', 0.0), ('a', 1.0), ('b', 2.0), ('c', 3.0), ('d', 3.5)]");
  BOOST_TEST(elapsed() == 3.5);
  BOOST_TEST(outside.waits == 0);
}

BOOST_AUTO_TEST_CASE(timeouts_strike_at_their_instants) {
  run("async def main():\n"
      "  try:\n"
      "    async with asyncio.timeout(1.5): await asyncio.sleep(60)\n"
      "  except TimeoutError: note('timeout')\n"
      "  try: await asyncio.wait_for(asyncio.sleep(60), 2)\n"
      "  except TimeoutError: note('wait_for')\n"
      "  async with asyncio.timeout_at(begin + 10): await asyncio.sleep(1)\n"
      "  note('in time')\n"
      "  done, pending = await asyncio.wait([asyncio.ensure_future(asyncio.sleep(d)) for d in (1, 9)], "
      "timeout=3)\n"
      "  note((len(done), len(pending)))\n"
      "  try:\n"
      "    async with asyncio.timeout(0): await asyncio.sleep(60)\n"
      "  except TimeoutError: note('at once')\n"
      "run(main())");
  BOOST_TEST(shown("log") ==
             "[('timeout', 1.5), ('wait_for', 3.5), ('in time', 4.5), ((1, 1), 7.5), ('at once', 7.5)]");
  BOOST_TEST(outside.waits == 0);
}

BOOST_AUTO_TEST_CASE(a_timeout_may_be_moved) {
  run("async def main():\n"
      "  async with asyncio.timeout(1) as limit:\n"
      "    await asyncio.sleep(0.5)\n"
      "    limit.reschedule(loop.time() + 2)\n"
      "    await asyncio.sleep(1)\n"
      "    note('still here')\n"
      "    try: await asyncio.sleep(60)\n"
      "    finally: note('cut off')\n"
      "try: run(main())\n"
      "except TimeoutError: note('timeout')");
  BOOST_TEST(shown("log") == "[('still here', 1.5), ('cut off', 2.5), ('timeout', 2.5)]");
}

BOOST_AUTO_TEST_CASE(a_greedy_callback_makes_the_others_late) {
  run("def greedy():\n  time.sleep(5)\n  note('greedy')\n"
      "loop.call_later(1, greedy)\n"
      "loop.call_later(3, note, 'late')\n"
      "loop.call_later(2, note, 'later')\n"
      "loop.call_later(6.5, note, 'on time')\n"
      "loop.call_later(7, loop.stop)\n"
      "loop.run_forever()");
  BOOST_TEST(shown("log") == "[('greedy', 6.0), ('later', 6.0), ('late', 6.0), ('on time', 6.5)]");
}

BOOST_AUTO_TEST_CASE(a_slow_callback_is_reported_with_its_time) {
  run("loop.set_debug(True)\n"
      "def slow(): time.sleep(0.25)\n"
      "loop.call_later(1, slow)\n"
      "loop.call_later(2, loop.stop)\n"
      "loop.run_forever()");
  BOOST_TEST(errors.find("took 0.250 seconds") != errors.npos, errors);
}

BOOST_AUTO_TEST_CASE(what_is_ready_goes_before_time) {
  run("import socket\n"
      "a, b = socket.socketpair()\n"
      "a.setblocking(False)\n"
      "def readable():\n  note(a.recv(10))\n  loop.remove_reader(a)\n"
      "loop.add_reader(a, readable)\n"
      "loop.call_later(1, b.send, b'x')\n"
      "loop.call_later(2, note, 'timer')\n"
      "loop.call_later(3, loop.stop)\n"
      "loop.run_forever()");
  BOOST_TEST(shown("log") == "[(b'x', 1.0), ('timer', 2.0)]");
}

BOOST_AUTO_TEST_CASE(an_idle_loop_waits_for_other_threads) {
  run("import threading\n"
      "def wake(): loop.call_soon_threadsafe(loop.stop)\n"
      "loop.call_soon(threading.Thread(target=wake).start)\n"
      "loop.run_forever()\n"
      "note('woken')");
  BOOST_TEST(shown("log") == "[('woken', 0.0)]");
}

BOOST_AUTO_TEST_CASE(other_clocks_follow) {
  run("real = time.time()\n"
      "time.sleep(1.5)\n"
      "note(time.time() - real)\n"
      "import threading\n"
      "lock = threading.Lock()\n"
      "lock.acquire()\n"
      "note(lock.acquire(timeout=30))\n"
      "import select\n"
      "note(select.select([], [], [], 100))\n"
      "import datetime\n"
      "note(str(datetime.datetime.fromtimestamp(real, datetime.timezone.utc)))");
  BOOST_TEST(shown("log") ==
             "[(1.5, 1.5), (False, 31.5), (([], [], []), 131.5), ('2000-01-01 00:00:00+00:00', 131.5)]");
  BOOST_TEST(outside.waits == 0);
}

BOOST_AUTO_TEST_CASE(a_loop_is_as_exact_on_a_script_selector) {
  run("import selectors\n"
      "class Selector(selectors.DefaultSelector):\n"
      "  def select(self, timeout=None):\n"
      "    waits.append(timeout if timeout is None else round(timeout, 6))\n"
      "    return super().select(timeout)\n"
      "waits = []\n"
      "loop = asyncio.SelectorEventLoop(Selector())\n"
      "loop.call_later(2, note, 'two')\n"
      "loop.call_later(1, note, 'one')\n"
      "loop.call_later(3, loop.stop)\n"
      "loop.run_forever()\n"
      "loop.close()");
  BOOST_TEST(shown("(log, waits)") == "([('one', 1.0), ('two', 2.0)], [1.0, 1.0, 1.0])");
}

BOOST_AUTO_TEST_CASE(threads_wake_in_order_of_their_instants) {
  run("import threading\n"
      "def sleeper(n, pause):\n"
      "  for turn in range(3):\n"
      "    time.sleep(pause)\n"
      "    note(n)\n"
      "threads = [threading.Thread(target=sleeper, args=a) for a in (('a', 3600), ('b', 3600), ('c', 1800.5))]\n"
      "for thread in threads: thread.start()\n"
      "for thread in threads: thread.join()");
  BOOST_TEST(shown("log") ==
             "[('c', 1800.5), ('a', 3600.0), ('b', 3600.0), ('c', 3601.0), ('c', 5401.5), ('a', 7200.0), "
             "('b', 7200.0), ('a', 10800.0), ('b', 10800.0)]");
  BOOST_TEST(outside.waits == 0);
}

BOOST_AUTO_TEST_CASE(time_stands_still_while_a_thread_runs) {
  // The sleeper's limit is far away: what the other one does, however long it takes, comes first.
  run("import threading\n"
      "def work():\n"
      "  for n in range(200): sum(range(1000))\n"
      "  note('worked')\n"
      "thread = threading.Thread(target=work)\n"
      "thread.start()\n"
      "time.sleep(10 ** 6)\n"
      "note('slept')");
  BOOST_TEST(shown("log") == "[('worked', 0.0), ('slept', 1000000.0)]");
}

BOOST_AUTO_TEST_CASE(isolates_of_two_threads_share_a_clock) {
  const std::unique_ptr<Isolate> other = make();
  auto sleep = [](Isolate& which, const char* pause) {
    const auto ran = which.run(std::string("for turn in range(3):\n  time.sleep(") + pause + ")\n  note(turn)");
    BOOST_TEST(bool(ran));
  };
  // Both are inside from the start, so that the clock waits for both.
  clock.thread_begins();
  std::thread second([&] { sleep(*other, "2"); });
  std::thread first([&] { sleep(*isolate, "3"); });
  while (clock.waiting() < 2) std::this_thread::yield();
  clock.thread_ends();
  first.join();
  second.join();
  BOOST_TEST(shown("log") == "[(0, 3.0), (1, 6.0), (2, 9.0)]");
  const auto seen = other->evaluate("repr(log)");
  BOOST_TEST(*seen->get_if<std::string>() == "[(0, 2.0), (1, 4.0), (2, 6.0)]");
}

BOOST_AUTO_TEST_CASE(a_kill_ends_a_virtual_sleep) {
  // Time stands still, because the other thread never waits; it may be the first that the kill stops.
  std::thread killer([&, kill = isolate->kill_switch()] {
    while (clock.waiting() == 0) std::this_thread::yield();
    kill.kill();
  });
  const auto ran = isolate->run(
      "import threading\n"
      "def spin():\n"
      "  while True: pass\n"
      "threading.Thread(target=spin, daemon=True).start()\n"
      "time.sleep(10 ** 9)\n"
      "spin()");
  killer.join();
  BOOST_REQUIRE(!ran);
  BOOST_TEST((ran.error().kind == Error::Kind::Killed));
}

BOOST_AUTO_TEST_SUITE_END()
