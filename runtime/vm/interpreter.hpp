// The interpreter loop and what it calls out of line. Everything here belongs to runtime/vm alone; other rooms call
// functions through `call` (core/protocols.hpp) and generators through generator.hpp.
#pragma once

#include "runtime/vm/activation.hpp"
#include "runtime/vm/code.hpp"
#include "runtime/vm/generator.hpp"

namespace cede {

// What `Activation::on_return` asks for.
enum class OnReturn : std::uint8_t {
  Store,         // the result goes to the register `result`
  Construct,     // __init__: must be None; the instance below the header is the result
  ForNext,       // generator resumed by for_next: Yielded stores, Returned jumps to the end of the loop
  Await,         // generator delegated to by await_value of the caller
  AwaitCall,     // coroutine function called by call_await: a plain frame until it has to suspend
};

// How `run` begins.
enum class Entrance : std::uint8_t { Start, Send, Throw, Deliver };

// Runs `activation` (the thread's innermost from now on) until the frame marked `entry` returns, yields or raises.
// Send: `value` (owned) is delivered to the yield or await that it is suspended at. Throw: the thread's exception is
// raised there. Deliver: `value` is the result of the await that it is suspended at. The result is moved into `value`.
Resumption run(VM& vm, Activation* activation, Entrance entrance, Bits& value);
// The same for code with `extend` words, which `run` goes over to by itself.
Resumption run_wide(VM& vm, Activation* activation, Entrance entrance, Bits& value);

// ---- calls (call.cpp)
// Binds `arguments` to the parameters of `function` in `registers` (its frame's), which own what they hold even if
// this raises; sets the other locals to Unbound. `moved`: the words of `arguments` are owned and are used up.
Status bind_parameters(VM& vm, Function& function, const Arguments& arguments, Bits* registers, bool moved);
// Room for a frame of `words` registers above the innermost activation. Null after raising.
Activation* push_frame(VM& vm, Function& function, bool& new_segment);
void pop_segment(ThreadState& thread);
// Slot `call` of functions, from native code.
Owned function_call(VM& vm, Ref self, const Arguments& arguments);
// Calls `code` as a module or exec body would be: with a namespace. `globals` is a Dict.
Owned run_code(VM& vm, Code& code, Dict& globals, Ref name_space, Tuple* closure = nullptr);

// ---- ends of frames (unwind.cpp)
// Releases the locals of a frame that ends, or gives them to its frame object. Runs no script code: finalisers wait.
void release_locals(VM& vm, Activation* activation);
// Finds where the exception of the thread is handled, from the instruction before `activation->ip` outwards: releases
// temporaries and frames on the way and adds traceback entries. Null: the `entry` frame has ended.
Activation* unwind(VM& vm, Activation* activation, bool add_first_entry);
// Releases the temporaries live at `index` (all registers of a suspended frame that ends).
void release_temporaries(Activation* activation, std::uint32_t index);

// ---- generators (generator.cpp)
// Makes the generator for a call of `function`: the caller fills the registers of its locals (bind_parameters) and then
// calls `generator_bound`. Until then it may only be released. Null after raising.
Generator* generator_new(VM& vm, Function& function);
void generator_bound(VM& vm, Generator& generator);
// Prepares `generator` (suspended, not part of another chain) for running under `caller`; gives the activation to run.
Activation* enter_chain(VM& vm, Generator& generator, Activation* caller);
// Links `inner` (created or suspended, root of its own chain) below the running frame `waiting`, which delegates to it;
// gives the activation that runs next.
Activation* link_chain(VM& vm, Generator& inner, Activation* waiting);
// `await f(...)` without a coroutine object: pushes a plain frame for the coroutine function `function` with its
// arguments at `args`, which it takes over. Null, and nothing done, where that cannot be (arguments that need binding,
// handlers of exceptions in the code, no room). `after`: the instruction behind the await_value.
Activation* push_awaited(VM& vm, Activation* caller, Function& function, Bits* args, std::uint32_t count,
                         const lang::Instruction* after);
// The same for a call without a window: function and arguments are borrowed, at most four.
Activation* push_awaited_apart(VM& vm, Activation* caller, Function& function, std::initializer_list<Ref> arguments,
                               const lang::Instruction* after);
// Such a frame has to suspend or to be awaited for real: it and those above it move into Generators, linked as if they
// had been awaited all along. Gives the activation's new place; null after raising MemoryError.
Activation* materialise(VM& vm, Activation* activation);
// Takes the running chain off at a yield of its innermost frame; gives its root.
Generator* leave_chain(VM& vm, Generator& innermost);
// asend(None) of an async generator; `iterating`: as it stands after its first step, while the generator waits.
Owned async_generator_awaitable(VM& vm, Generator& generator, bool iterating);
// An async generator that runs as the innermost of a chain yields: takes it off; gives the frame that awaits it.
Activation* leave_async_generator(VM& vm, Generator& generator);
// Its body has returned or raised: releases the frame and takes it off the running chain. Finalisers wait.
void finish_generator(VM& vm, Generator& generator);
// Releases everything a suspended (or never started) frame holds, without running it. Finalisers of what it held wait.
void clear_suspended_frame(VM& vm, Generator& generator);
void record_origin(VM& vm, Generator& generator);  // cr_origin

// ---- operand decoding for an instruction that has been executed, with its extend word
struct Operands { std::int32_t a, b, c; std::uint8_t small, opcode; };
inline bool has_extend_word(const lang::Instruction* instruction, const lang::Instruction* first) {
  return instruction > first && instruction[-1].opcode == static_cast<std::uint8_t>(lang::Opcode::op_extend);
}
inline Operands operands_at(const lang::Instruction* instruction, const lang::Instruction* first) {
  Operands o{static_cast<std::int16_t>(instruction->a), static_cast<std::int16_t>(instruction->b),
             static_cast<std::int16_t>(instruction->c), instruction->small, instruction->opcode};
  if (has_extend_word(instruction, first)) {
    o.a = instruction[-1].a << 16 | instruction->a;
    o.b = instruction[-1].b << 16 | instruction->b;
    o.c = instruction[-1].c << 16 | instruction->c;
  }
  return o;
}

enum class SpecialisedOpcode : std::uint8_t {
  first = static_cast<std::uint8_t>(lang::Opcode::count) - 1,
#define SPECIALISED(name) name,
#include "runtime/vm/specialised.def"
  count,
};

}  // namespace cede
