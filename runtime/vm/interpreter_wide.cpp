// The interpreter loop for code with `extend` words (huge functions): operands of 32 bits are decoded before the handler.
#include <cmath>

#include "runtime/types/iterators.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/range.hpp"
#include "runtime/vm/interpreter.hpp"
#include "runtime/vm/slow_paths.hpp"

#define LOOP run_wide
#define A decoded.a
#define B decoded.b
#define C decoded.c
#define FLAGS decoded.small
#define DECLARE_OPERANDS() Operands decoded{}
#define DISPATCH()                                   \
  do {                                               \
    decoded.a = static_cast<std::int16_t>(ip->a);   \
    decoded.b = static_cast<std::int16_t>(ip->b);   \
    decoded.c = static_cast<std::int16_t>(ip->c);   \
    decoded.small = ip->small;                      \
    goto* labels[ip++->opcode];                      \
  } while (0)
#define EXTEND()                                          \
  {                                                       \
    const Instruction& wide = *ip++;                      \
    decoded.a = decoded.a << 16 | wide.a;               \
    decoded.b = decoded.b << 16 | wide.b;               \
    decoded.c = decoded.c << 16 | wide.c;               \
    decoded.small = wide.small;                          \
    goto* labels[wide.opcode];                            \
  }
#define DECODE_AGAIN() decoded = operands_at(ip - 1, activation->code->instructions)
#include "runtime/vm/interpreter_loop.inc"
