// Activation: one running or suspended call of script code: a header of eight words, followed by the registers.
// It lies on the thread's register stack, where the caller's call window becomes the callee's frame in place, or inside
// a Generator (generator.hpp). Nothing holds a register's address across a call that may run script code.
#pragma once

#include "lang/code.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

struct Code;
struct Function;
struct FrameObject;
struct Generator;

struct Activation {
  Activation* caller;           // resumed when this returns, yields or raises; see `entry`
  Function* function;           // owned
  Code* code;                   // owned by the function
  const lang::Instruction* ip;  // next instruction, while this is not the one the loop runs
  FrameObject* frame;           // owned; null until somebody asks
  Generator* generator;         // borrowed: the generator that this is the body of; null for plain calls
  Object* name_space;           // owned: namespace of module, class and exec code, the instance while `constructing`, the code
                                // of a generator that has ended, or null
  std::uint32_t result;         // register of the caller that receives the result
  bool entry;                   // the interpreter loop returns to native code when this ends
  bool new_segment;             // first of its register segment
  bool result_is_local;         // the result register holds a local, whose old value is released
  std::uint8_t on_return;       // OnReturn: what the caller's instruction does with the result

  Bits* registers() { return reinterpret_cast<Bits*>(this + 1); }
  static Activation* of(Bits* registers) { return reinterpret_cast<Activation*>(registers) - 1; }
};
static_assert(sizeof(Activation) == lang::call_header * sizeof(Bits));

// A piece of a thread's register stack. Segments are added, never moved.
struct RegisterSegment {
  RegisterSegment* previous;
  RegisterSegment* next;     // kept for reuse
  Bits* end;
  std::size_t size;          // bytes, with this header
  Bits* words() { return reinterpret_cast<Bits*>(this + 1); }
  static constexpr std::size_t first_size = 32 * 1024, usual_size = 256 * 1024;
};

// First free word of the register stack above `activation` (of the thread's current one).
Bits* stack_top(ThreadState& thread, Activation* activation);
// Gives the register stack of a thread that runs no script code any more back to the heap.
void free_register_stack(VM& vm, ThreadState& thread);

}  // namespace cede
