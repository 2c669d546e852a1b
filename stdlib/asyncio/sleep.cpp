// `await asyncio.sleep()` without a coroutine. sleep(0): the task yields at once, and what it waits for in the meantime is
// one object of the isolate, which turns into the suspended coroutine when somebody looks at it or throws into it. Longer
// sleeps wait for a future of their own (primitive.hpp).
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/float.hpp"
#include "runtime/vm/code.hpp"
#include "runtime/vm/generator.hpp"
#include "stdlib/asyncio/accelerate.hpp"
#include "stdlib/asyncio/primitive.hpp"

namespace cede::stdlib {

namespace {

struct SleepingAtZero : Object {
  [[maybe_unused]] static const Layout* layout();
  Value function;  // asyncio.sleep
  template<class F> static void fields(SleepingAtZero& self, F&& field) { field(self.function); }
};
constexpr Layout sleeping_layout = layout_for<SleepingAtZero>();
const Layout* SleepingAtZero::layout() { return &sleeping_layout; }

// Resumed: sleep(0) is over.
Owned sleeping_send(VM&, Ref, Ref, Bits& result) {
  result = None.bits;
  return Owned(Finished.bits);
}

// The coroutine as it would stand: sleep(0), suspended at its bare yield.
Owned sleeping_coroutine(VM& vm, Ref self) {
  Value function = cast<SleepingAtZero>(self).function;
  CEDE_TRY(Value coroutine, call(vm, function, Ref::small(0)));
  Resumed resumed = generator_resume(vm, cast<Generator>(coroutine), None);
  if (resumed.kind == Resumption::Raised) return raised;
  return coroutine.take();
}

constexpr NativeType sleeping_type{.name = "_asyncio.SleepingAtZero",
                                   .id = TypeId::Dynamic,
                                   .base = nullptr,
                                   .layout = &sleeping_layout,
                                   .slots = &object_slots,
                                   .flags = 0,
                                   .send = sleeping_send,
                                   .show_awaited = sleeping_coroutine,
                                   .stands_for_coroutine = true};

bool is_zero_delay(Ref delay) {
  if (delay.is_small()) return delay.small() <= 0;
  return delay.is_immediate_double() && delay.immediate_double() <= 0;
}

InPlace sleep_at_zero(VM& vm, Function& function, Bits& awaited, Bits& value) {
  Value& kept = async_state(vm).sleeping_at_zero;
  if (kept.is_unbound() || cast<SleepingAtZero>(kept).function.object() != &function) {
    auto* made = make_object<SleepingAtZero>(vm, vm.native_type(sleeping_type));
    if (!made) return InPlace::Failed;
    made->function = Value(Ref(function));
    kept = Value::adopt(made);
  }
  awaited = Owned::share(kept).bits;
  value = None.bits;
  return InPlace::Suspended;
}

// Waiting for the timer: `self` is its handle, `item` what was given as delay.
Ref result_of(const TimerHandleObject& timer) { return cast<Tuple>(timer.arguments)[1]; }
Owned waiting_coroutine(VM& vm, PrimitiveWait& wait) {
  const auto& timer = cast<TimerHandleObject>(wait.self);
  // A timer that has been run by hand and cancelled has lost what it would give.
  const Value result(is<Tuple>(timer.arguments) ? result_of(timer) : cast<FutureObject>(wait.future).result.ref());
  // The first await is that of sleep(0).
  return coroutine_at_await(vm, cast<Function>(wait.function), 1,
                            {{"delay", wait.item}, {"result", result.is_unbound() ? Ref(None) : result.ref()}, {"loop", timer.loop},
                             {"future", wait.future}, {"h", wait.self}},
                            wait.future);
}
InPlace waiting_resume(VM& vm, PrimitiveWait& wait, Bits& value) {
  auto& timer = cast<TimerHandleObject>(wait.self);
  if (cast<LoopObject>(timer.loop).debug) return InPlace::Declined;
  value = Owned::share(cast<FutureObject>(wait.future).result).bits;
  return handle_cancel(vm, timer).is_raised() ? InPlace::Failed : InPlace::Done;
}
void waiting_frames(VM&, const PrimitiveWait& wait, std::vector<StandIn>& found) { found.push_back({wait.function, Unbound}); }
constexpr WaitKind waiting_kind{waiting_resume, waiting_coroutine, waiting_frames};

InPlace sleep_in_place(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits& awaited, Bits& value) {
  if (count < 1 || count > 2 || !may_begin(vm, function, count, count)) return InPlace::Declined;
  const Ref delay(arguments[0]);
  if (count == 1 && is_zero_delay(delay)) return sleep_at_zero(vm, function, awaited, value);
  LoopObject* loop = usual_running_loop(vm);
  const Value& wake = async_state(vm).wake_sleeper;
  if (!loop || is_zero_delay(delay) || !(delay.is_small() || delay.is_immediate_double()) || cast<Function>(wake).version != 0)
    return InPlace::Declined;
  const Result<double> now = loop_time(vm, *loop);
  if (now.is_raised()) return InPlace::Failed;
  const double time = *now + (delay.is_small() ? static_cast<double>(delay.small()) : delay.immediate_double());
  const Value when = float_from(vm, time);
  Value future = future_new(vm, Ref(*loop));
  if (when.is_raised() || future.is_raised()) return InPlace::Failed;
  Value words = tuple_of(vm, {future, count == 2 ? Ref(arguments[1]) : Ref(None)});
  if (words.is_raised()) return InPlace::Failed;
  const Value timer = timer_handle_new(vm, *loop, when, time, wake, std::move(words), None);
  if (timer.is_raised() || loop_push_timer(vm, *loop, cast<TimerHandleObject>(timer)).is_raised()) return InPlace::Failed;
  return begin_wait_on(vm, waiting_kind, function, timer, std::move(future), awaited, value, delay);
}

// futures._set_result_unless_cancelled(future, result).
Owned quick_wake_sleeper(VM& vm, Function& function, const Bits* arguments, std::uint32_t count) {
  if (count != 2 || function.version != 0 || !can_wake(vm, Ref(arguments[0]))) return Owned();
  auto& future = cast<FutureObject>(Ref(arguments[0]));
  if (future.state == FutureState::Finished) return Owned();
  if (future.state == FutureState::Pending) CEDE_CHECK(future_finish(vm, future, Value(Ref(arguments[1]))));
  return Owned(None.bits);
}

}  // namespace

Status accelerate_sleep(VM& vm, Ref function, Ref wake_sleeper) {
  async_state(vm).wake_sleeper = Value(wake_sleeper);
  CEDE_CHECK(cast<Function>(wake_sleeper).code->set_quick(vm, quick_wake_sleeper));
  cast<Function>(function).code->in_place = sleep_in_place;
  return Ok;
}

}  // namespace cede::stdlib
