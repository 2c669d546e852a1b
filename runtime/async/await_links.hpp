// What can end the wait for a future, read from the other side: the done callbacks, timers and handles of
// watched descriptors that refer to it. For await_graph.cpp. Runs no script code; all references are
// borrowed.
#pragma once

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "runtime/async/loop.hpp"

namespace cede {

class AwaitLinks {
 public:
  struct Descriptor {
    int descriptor;
    bool writing;
  };

  explicit AwaitLinks(VM& vm) : vm_(vm) {}
  // Take in what hangs on a task and on the future that it waits for, and what a loop will call.
  void add(TaskObject& task);
  void add_loop(const LoopObject& loop);

  // Calls f(task) for each unfinished task whose done callback refers to `object` (gather, wait, shield, a
  // TaskGroup), also by way of futures in between. One task may be given several times.
  template<class F> void each_waker(Ref object, F&& f) const {
    std::unordered_set<Bits> seen{object.bits};
    std::vector<Ref> left{object};
    while (!left.empty()) {
      const auto found = wakers_.find(left.back().bits);
      left.pop_back();
      if (found == wakers_.end()) continue;
      for (const Ref waker : found->second) {
        if (!seen.insert(waker.bits).second) continue;
        if (is_task(waker))
          f(waker);
        else
          left.push_back(waker);
      }
    }
  }
  // The next timer that refers to it, null: none. Of a task: one that cancels it, asyncio.timeout()'s for
  // example.
  const TimerHandleObject* timer_of(Ref object) const;
  const Descriptor* descriptor_of(Ref future) const;
  // It ends when a call in an executor, or whatever else a concurrent.futures.Future stands for, does.
  bool of_executor(Ref future) const { return executor_.contains(future.bits); }

 private:
  void add_future(FutureObject& future);
  void add_callback(FutureObject& future, Ref callback);

  VM& vm_;
  std::unordered_map<Bits, std::vector<Ref>> wakers_;
  std::unordered_map<Bits, const TimerHandleObject*> timers_;
  std::unordered_map<Bits, Descriptor> descriptors_;
  std::unordered_set<Bits> executor_, added_;
};

}  // namespace cede
