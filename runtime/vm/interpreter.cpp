// The interpreter loop. Rules for working here:
//  1. A handler is a fast path of about ten lines and a call of its slow path (slow_paths.hpp), which does the whole
//     instruction. The handlers lie in handlers/*.inc, by family.
//  2. Before anything that may raise, run script code or look at the stack: SAVE(), so that `activation->ip` is right.
//  3. A word is released last, after the result is stored. RELEASE drains finalisers at once.
//  4. `r` stays valid across calls: registers never move. What they hold may change.
//  5. An exception leaves by `goto raise_` with the exception set in the thread state.
#include "runtime/vm/interpreter.hpp"

#include <cmath>

#include "runtime/types/iterators.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/range.hpp"
#include "runtime/vm/slow_paths.hpp"

#pragma GCC diagnostic ignored "-Wpedantic"  // labels as values

namespace cede {

using lang::Instruction;
using lang::Opcode;

namespace {

inline Bits shared(Bits word) {
  retain(Ref(word));
  return word;
}
inline bool both_small(Bits x, Bits y) { return x & y & 1; }
inline bool both_doubles(Bits x, Bits y) { return (x & 3) == 2 && (y & 3) == 2; }
inline std::int64_t as_signed(Bits x) { return static_cast<std::int64_t>(x); }
// int or double as double; only for immediates.
inline bool immediate_number(Bits x, double& d) {
  if ((x & 3) == 2) { d = Ref(x).immediate_double(); return true; }
  if (x & 1) { d = static_cast<double>(as_signed(x) >> 1); return as_signed(x) >> 54 == 0 || as_signed(x) >> 54 == -1; }
  return false;
}

// A number kept in the upper bits of `small`, or, where they are all set, in the next word (a nop).
inline std::uint32_t wide_number(std::uint8_t small, const Instruction* next) {
  const unsigned number = small >> lang::small_shift;
  return number == 15 ? next->b | std::uint32_t{next->c} << 16 : number;
}

[[gnu::noinline]] void unreferenced_in_loop(VM& vm, Object* object) {
  object_unreferenced(object);
  vm.drain_pending();
}

}  // namespace

#define HANDLER(name) do_##name
#define DISPATCH()                                                   \
  do {                                                               \
    std::uint64_t word_;                                             \
    __builtin_memcpy(&word_, ip++, 8);                               \
    a = static_cast<std::int16_t>(word_ >> 16);                      \
    b = static_cast<std::int16_t>(word_ >> 32);                      \
    c = static_cast<std::int32_t>(static_cast<std::int64_t>(word_) >> 48); \
    small = static_cast<std::uint8_t>(word_ >> 8);                   \
    goto* labels[word_ & 255];                                       \
  } while (0)
#define NEXT() DISPATCH()
#define SAVE() activation->ip = ip
#define FRAME() (Frame{vm, activation, r, a, b, c, small})
#define RELEASE(word)                                                              \
  do {                                                                             \
    const Ref released_(word);                                                     \
    if (released_.is_object() && --released_.object()->count == 0) [[unlikely]] {  \
      SAVE();                                                                      \
      unreferenced_in_loop(vm, released_.object());                                \
    }                                                                              \
  } while (0)
#define STORE(word)                          \
  do {                                       \
    const Bits stored_ = (word);             \
    if (small & lang::out_is_local) {        \
      const Bits old_ = r[a];                \
      r[a] = stored_;                        \
      RELEASE(old_);                         \
    } else {                                 \
      r[a] = stored_;                        \
    }                                        \
  } while (0)
#define SLOW(...)                                       \
  do {                                                  \
    SAVE();                                             \
    if ((__VA_ARGS__).is_raised()) [[unlikely]]         \
      goto raise_;                                      \
    vm.drain_pending();                                 \
    NEXT();                                             \
  } while (0)
#define RAISE() goto raise_
#define INTERRUPTED() (vm.interrupts.load(std::memory_order_relaxed) != 0)

Resumption run(VM& vm, Activation* activation, Entrance entrance, Bits& value) {
  static const void* const labels[256] = {
#define OPCODE(name, a, b, c, meaning) &&do_##name,
#include "lang/opcodes.def"
#define SPECIALISED(name) &&do_##name,
#include "runtime/vm/specialised.def"
  };
  ThreadState& thread = *vm.thread;
  Bits* r = activation->registers();
  const Instruction* ip = activation->ip;
  std::int32_t a = 0, b = 0, c = 0;
  std::uint8_t small = 0;
  Bits result = Unbound.bits;  // what a frame that ends gives
  bool first_step = false;     // an await_value that has just begun

  if (entrance == Entrance::Send) { result = value; goto resume_; }
  if (entrance == Entrance::Throw) goto raise_;
  if (entrance == Entrance::Deliver) { result = value; goto deliver_; }
  NEXT();

#include "runtime/vm/handlers/data.inc"
#include "runtime/vm/handlers/attributes.inc"
#include "runtime/vm/handlers/operators.inc"
#include "runtime/vm/handlers/jumps.inc"
#include "runtime/vm/handlers/calls.inc"
#include "runtime/vm/handlers/building.inc"
#include "runtime/vm/handlers/generators.inc"
#include "runtime/vm/handlers/exceptions.inc"

raise_:
  activation = unwind(vm, activation, true);
  goto unwound_;
reraise_:
  activation = unwind(vm, activation, false);
unwound_:
  if (!activation) return Resumption::Raised;
  r = activation->registers();
  ip = activation->ip;
  vm.drain_pending();
  NEXT();
}

}  // namespace cede
