// What an instruction does to temporaries, beyond what its operand kinds say: the extents of windows. Shared
// by the code builder, which tracks live temporaries, and the verifier, which checks them.
#pragma once

#include <bit>
#include <cstdint>

#include "lang/code.hpp"

namespace cede::lang {

// The operands of one instruction, prefixes merged in. `extra` is the b operand of a following `nop` word
// where the instruction has one, else 0.
struct Operands {
  Opcode opcode;
  std::uint8_t small;
  std::uint32_t a, b, c;
  std::uint32_t extra = 0;

  // The number kept in `small`, or in the next word if it does not fit.
  std::uint32_t number() const { return (small >> small_shift) == 15 ? extra : small >> small_shift; }
};

// True if the next word is a `nop` that holds more of the instruction.
constexpr bool has_extra_word(Opcode opcode, std::uint8_t small) {
  switch (opcode) {
    case Opcode::op_call_keywords:
    case Opcode::op_call_method_keywords: return true;
    case Opcode::op_unpack_extended:
    case Opcode::op_match_class:
    case Opcode::op_intrinsic: return (small >> small_shift) == 15;
    case Opcode::op_load_name_or_free: return (small & 1) && (small >> small_shift) == 15;
    default: return false;
  }
}

// Calls `consume(first, count)` for the temporaries that the instruction's windows consume.
template<class Consume> void for_each_window_consumed(const Operands& in, Consume&& consume) {
  switch (in.opcode) {
    case Opcode::op_call:
    case Opcode::op_call_keywords: return consume(in.b, 1u), consume(in.b + 1 + call_header, in.c);
    case Opcode::op_call_method:
    case Opcode::op_call_method_keywords: return consume(in.b, 1u), consume(in.b + 1 + call_header, in.c + 1);
    case Opcode::op_call_spread: return consume(in.b, 3u);
    case Opcode::op_build_tuple:
    case Opcode::op_build_list:
    case Opcode::op_build_set:
    case Opcode::op_build_string:
    case Opcode::op_build_slice: return consume(in.b, in.c);
    case Opcode::op_build_dict: return consume(in.b, 2 * in.c);
    case Opcode::op_load_slice:
    case Opcode::op_store_slice:
    case Opcode::op_import_name:
    case Opcode::op_match_class: return consume(in.c, 2u);
    case Opcode::op_load_super_attribute:
    case Opcode::op_load_super_method: return consume(in.b, 3u);
    case Opcode::op_make_function:
      return consume(
          in.c, static_cast<std::uint32_t>(std::popcount(static_cast<unsigned>(in.small >> small_shift))));
    default: return;
  }
}

// Calls `define(first, count)` for the temporaries that the instruction's windows write.
template<class Define> void for_each_window_defined(const Operands& in, Define&& define) {
  switch (in.opcode) {
    case Opcode::op_load_method:
    case Opcode::op_load_super_method: return define(in.a, 1u), define(in.a + 1 + call_header, 1u);
    case Opcode::op_unpack_sequence: return define(in.a, in.c);
    case Opcode::op_unpack_extended: return define(in.a, in.c + 1 + in.number());
    case Opcode::op_match_exception_group: return define(in.a, 2u);
    default: return;
  }
}

// Whether control never reaches the next instruction (jumps aside).
constexpr bool ends_flow(Opcode opcode) {
  switch (opcode) {
    case Opcode::op_jump:
    case Opcode::op_jump_back:
    case Opcode::op_return_value:
    case Opcode::op_raise:
    case Opcode::op_reraise:
    case Opcode::op_end_async_for: return true;
    default: return false;
  }
}

}  // namespace cede::lang
