// Interrupts: kill, thread switches and signals. Handlers of signals run on the main thread only, in the order of the
// signals' numbers, as calls between two instructions of whatever it is doing.
#include "runtime/vm/interrupts.hpp"

#include "runtime/core/protocols.hpp"
#include "runtime/host/host.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/frame.hpp"
#include "runtime/vm/isolate_lock.hpp"

namespace cede {

namespace {

constexpr int interrupt_signal = 2;  // SIGINT

Status call_signal_handler(VM& vm, int signal) {
  if (!is<List>(vm.signal_handlers)) {
    // No script has asked for signals yet: Ctrl-C alone is caught.
    return signal == interrupt_signal ? Status(vm.raise_with(TypeId::KeyboardInterrupt, Unbound)) : Ok;
  }
  const Value handler{cast<List>(vm.signal_handlers)[static_cast<std::size_t>(signal)]};
  if (handler.is_none() || !is_callable(vm, handler)) {
    (void)vm.raise(TypeId::OSError, "Signal {} ignored due to race condition", signal);
    vm.report_unraisable(None);
    return Ok;
  }
  Value frame{None};
  if (Activation* activation = vm.thread->activation) {
    FrameObject* object = frame_of(vm, activation);
    if (!object) return raised;
    frame = Value(Ref(*object));
  }
  const Value result = call(vm, handler, Ref::small(signal), frame);
  return result.is_raised() ? Status(raised) : Ok;
}

void report_wake_error(VM& vm, int error) {
  (void)vm.raise_os_error(error);
  vm.report_unraisable(None, "Exception ignored when trying to write to the signal wakeup fd");
}

Status run_signal_handlers(VM& vm) {
  SignalSource* source = vm.host.signals;
  if (!source) return Ok;
  std::uint64_t waiting = source->take();
  if (const int error = source->wake_error()) report_wake_error(vm, error);
  while (waiting) {
    const int signal = __builtin_ctzll(waiting) + 1;
    waiting &= waiting - 1;
    if (call_signal_handler(vm, signal).is_raised()) {
      if (waiting) source->put_back(waiting);
      return raised;
    }
  }
  return Ok;
}

}  // namespace

Status run_interrupts(VM& vm, std::uint32_t reasons) {
  if (reasons & std::uint32_t(Interrupt::Kill)) {
    vm.stopped = true;
    vm.request(Interrupt::Kill);
    return vm.raise_text(TypeId::SystemExit, "killed");
  }
  if (reasons & std::uint32_t(Interrupt::ThreadSwitch)) switch_threads(vm);
  if (!(reasons & std::uint32_t(Interrupt::Signal))) return Ok;
  if (vm.thread->is_main) return run_signal_handlers(vm);
  defer_signals(vm);
  return Ok;
}

Status run_stop(VM& vm) {
  const std::uint32_t reasons = vm.interrupts.load(std::memory_order_relaxed);
  if (reasons & std::uint32_t(Interrupt::Kill)) return run_interrupts(vm, std::uint32_t(Interrupt::Kill));
  SignalSource* source = vm.host.signals;
  if (!(reasons & std::uint32_t(Interrupt::Signal)) || !vm.thread->is_main || !source) return Ok;
  constexpr std::uint64_t interrupt = std::uint64_t{1} << (interrupt_signal - 1);
  const std::uint64_t waiting = source->take();
  const bool first = waiting & interrupt && !(waiting & (interrupt - 1));
  const bool plain = !is<List>(vm.signal_handlers) ||
                     cast<List>(vm.signal_handlers)[interrupt_signal] == Ref(vm.plain_interrupt_handler);
  const bool certain = first && plain;
  const std::uint64_t others = certain ? waiting & ~interrupt : waiting;
  if (others) source->put_back(others);
  return certain ? Status(vm.raise_with(TypeId::KeyboardInterrupt, Unbound)) : Ok;
}

}  // namespace cede
