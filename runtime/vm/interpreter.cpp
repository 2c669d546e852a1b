// The interpreter loop for instructions of one word, as nearly all are: operands are read where they are used. At the
// first `extend` word the loop for wide operands takes over, until the frame that was entered ends.
#include <cmath>

#include "runtime/types/iterators.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/range.hpp"
#include "runtime/vm/interpreter.hpp"
#include "runtime/vm/slow_paths.hpp"

#define LOOP run
#define A std::int32_t{static_cast<std::int16_t>(ip[-1].a)}
#define B std::int32_t{static_cast<std::int16_t>(ip[-1].b)}
#define C std::int32_t{static_cast<std::int16_t>(ip[-1].c)}
#define FLAGS ip[-1].small
#define DECLARE_OPERANDS()
#define DISPATCH() goto* labels[ip++->opcode]
#define EXTEND()                                              \
  {                                                           \
    activation->ip = ip - 1;                                  \
    return run_wide(vm, activation, Entrance::Start, value);  \
  }
#define DECODE_AGAIN()                                               \
  if (has_extend_word(ip - 1, activation->code->instructions)) {     \
    value = result;                                                  \
    return run_wide(vm, activation, Entrance::Send, value);          \
  }
#include "runtime/vm/interpreter_loop.inc"
