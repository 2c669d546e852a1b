// `await asyncio.sleep(0)` without a coroutine: the task yields at once, and what it waits for in the
// meantime is one object of the isolate, which turns into the suspended coroutine when somebody looks at it
// or throws into it.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/vm/code.hpp"
#include "runtime/vm/generator.hpp"
#include "stdlib/asyncio/accelerate.hpp"

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

InPlace sleep_in_place(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits& awaited,
                       Bits& value) {
  if (count != 1 || function.version != 0 || !is_zero_delay(Ref(arguments[0])) ||
      vm.thread->coroutine_origin_depth > 0)
    return InPlace::Declined;
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

}  // namespace

Status accelerate_sleep(VM& vm, Ref function) {
  if (!is_exact(function, TypeId::Function)) return vm.raise(TypeId::TypeError, "a function was expected");
  cast<Function>(function).code->in_place = sleep_in_place;
  return Ok;
}

}  // namespace cede::stdlib
