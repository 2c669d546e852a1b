// How frames end and how an exception finds its handler: temporaries released, locals given to the frame object that
// the traceback owns, frames popped, until an entry of an exception table guards the instruction.
#include <algorithm>

#include "runtime/core/protocols.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/vm/interpreter.hpp"
#include "runtime/vm/traceback.hpp"

namespace cede {

using lang::ExceptionEntry;
using lang::LiveRange;

void release_locals(VM& vm, Activation* activation) {
  if (activation->frame) {
    frame_detach(vm, activation);
    Object* frame = std::exchange(activation->frame, nullptr);
    release(Ref(frame));
    return;
  }
  Bits* r = activation->registers();
  const std::uint32_t count = activation->code->local_count;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Bits word = std::exchange(r[i], Unbound.bits);
    release(Ref(word));
  }
}

namespace {

constexpr std::uint32_t nothing_live = UINT32_MAX;  // no range reaches it: a frame that has not started

// Calls f(register) for the temporaries live at `index`.
template<class F>
void each_live(const lang::CodeUnit& unit, std::uint32_t index, F&& f) {
  for (const LiveRange& range : unit.live_ranges) {
    if (range.start > index) break;
    if (index < range.end) f(range);
  }
}

const ExceptionEntry* find_handler(const lang::CodeUnit& unit, std::uint32_t index) {
  auto after = std::upper_bound(unit.exceptions.begin(), unit.exceptions.end(), index,
                                [](std::uint32_t at, const ExceptionEntry& entry) { return at < entry.start; });
  if (after == unit.exceptions.begin()) return nullptr;
  const ExceptionEntry& entry = *--after;
  return index < entry.end ? &entry : nullptr;
}

// Temporaries below the one that receives the exception stay live in the handler; the others nobody else will release.
void release_for_handler(Activation* activation, std::uint32_t index, const ExceptionEntry& entry) {
  Bits* r = activation->registers();
  each_live(*activation->code->unit, index, [&](const LiveRange& range) {
    if (range.reg >= entry.exception) release(Ref(std::exchange(r[range.reg], Unbound.bits)));
  });
}

// StopIteration that leaves a generator or coroutine body (StopAsyncIteration too, an async generator).
void convert_stop_iteration(VM& vm, GeneratorKind generator_kind) {
  const bool stop = vm.error_is(TypeId::StopIteration);
  const bool async_stop = generator_kind == GeneratorKind::AsyncGenerator && vm.error_is(TypeId::StopAsyncIteration);
  if (!stop && !async_stop) return;
  Value cause = vm.take_error();
  const char* kind = generator_kind == GeneratorKind::Generator   ? "generator"
                     : generator_kind == GeneratorKind::Coroutine ? "coroutine"
                                                                  : "async generator";
  (void)vm.raise(TypeId::RuntimeError, "{} raised {}", kind, stop ? "StopIteration" : "StopAsyncIteration");
  Value error = vm.take_error();
  (void)set_attribute(vm, error, *vm.names.__cause__, cause);
  (void)set_attribute(vm, error, *vm.names.__context__, cause);
  vm.set_error(std::move(error));
}

// The frame has no handler: takes it down. Gives the frame to go on in, or null if this was the entry.
Activation* end_frame(VM& vm, Activation* activation, std::uint32_t index) {
  ThreadState& thread = *vm.thread;
  release_temporaries(activation, index);
  if (Generator* generator = activation->generator) {
    Activation* caller = activation->caller;
    const bool linked = generator->linked, entry = activation->entry;
    Value pending = vm.take_error();
    Value held{Ref(*generator)};
    finish_generator(vm, *generator);
    vm.drain_pending();
    vm.set_error(std::move(pending));
    convert_stop_iteration(vm, generator->kind);
    if (linked && generator->kind == GeneratorKind::AsyncGenerator) {
      generator->ag_running = false;
      if (vm.error_is(TypeId::GeneratorExit)) generator->closed = true;
    }
    return entry && !linked ? nullptr : caller;
  }
  if (activation->on_return == static_cast<std::uint8_t>(OnReturn::AwaitCall)) convert_stop_iteration(vm, GeneratorKind::Coroutine);
  Value pending = vm.take_error();
  release_locals(vm, activation);
  Activation* caller = activation->caller;
  const bool entry = activation->entry;
  Object* name_space = activation->name_space;
  Function* function = activation->function;
  thread.activation = caller;
  --thread.recursion_depth;
  if (activation->new_segment) pop_segment(thread);
  release(Ref(function));
  if (name_space) release(Ref(name_space));
  vm.drain_pending();
  vm.set_error(std::move(pending));
  return entry ? nullptr : caller;
}

}  // namespace

void release_temporaries(Activation* activation, std::uint32_t index) {
  Bits* r = activation->registers();
  each_live(*activation->code->unit, index,
            [&](const LiveRange& range) { release(Ref(std::exchange(r[range.reg], Unbound.bits))); });
}

namespace {
// An exception thrown into a chain is raised anew in each frame that it comes to.
void chain_thrown(VM& vm, Generator& generator) {
  generator.thrown_through = false;
  if (!vm.thread->chain || !vm.thread->chain->throwing) return;
  Value error = vm.take_error();
  if (is_exception(error)) exception_set_context(cast<BaseException>(error), generator.handled.exception);
  vm.set_error(std::move(error));
}
}  // namespace

Activation* unwind(VM& vm, Activation* activation, bool add_first_entry) {
  bool add_entry = add_first_entry;
  while (activation) {
    if (Generator* generator = activation->generator; generator && generator->thrown_through) [[unlikely]]
      chain_thrown(vm, *generator);
    const Code& code = *activation->code;
    // A generator into which an exception is thrown before its start stands at its `def` line.
    const std::uint32_t at = code.index_of(activation->ip);
    const std::uint32_t index = at ? at - 1 : 0;
    const bool started = at != 0;
    if (add_entry) traceback_add(vm, activation, started ? index : Traceback::not_started);
    add_entry = true;
    const ExceptionEntry* entry = started ? find_handler(*code.unit, index) : nullptr;
    if (entry && !vm.stopped) {
      release_for_handler(activation, index, *entry);
      activation->registers()[entry->exception] = vm.take_error().take().bits;
      activation->ip = code.instructions + entry->handler;
      return activation;
    }
    activation = end_frame(vm, activation, started ? index : nothing_live);
  }
  return nullptr;
}

}  // namespace cede
