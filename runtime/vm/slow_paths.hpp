// The out-of-line halves of the interpreter's handlers. Each does a whole instruction: reads its operands from `r`,
// consumes those that are flagged, stores the result. They may run script code.
#pragma once

#include "runtime/core/protocols.hpp"
#include "runtime/vm/interpreter.hpp"

namespace cede {

struct Frame {              // what a slow path is given
  VM& vm;
  Activation* activation;
  Bits* r;
  std::int32_t a, b, c;
  std::uint8_t small;

  Ref ref(std::int32_t i) const { return Ref(r[i]); }
  Code& code() const { return *activation->code; }
  Function& function() const { return *activation->function; }
  InlineCache& cache(std::int32_t i) const { return activation->code->caches[i]; }
  // Puts an owned word into register a.
  void store(Bits word) const {
    if (small & lang::out_is_local) {
      const Bits old = std::exchange(r[a], word);
      release(Ref(old));
    } else {
      r[a] = word;
    }
  }
  void consume_flagged_b() const { if (small & lang::consume_b) release(Ref(r[b])); }
  void consume_flagged_c() const { if (small & lang::consume_c) release(Ref(r[c])); }
  void consume_flagged_a() const { if (small & lang::consume_a) release(Ref(r[a])); }
  // Stores a result, or reports that it was raised. Call it after consuming.
  Status finish(Owned result) const {
    if (result.is_raised()) return raised;
    store(result.bits);
    return Ok;
  }
};

Status binary_slow(const Frame& f, BinaryOperation operation);
Status binary_immediate_slow(const Frame& f, BinaryOperation operation);
Status unary_slow(const Frame& f, UnaryOperation operation);
Status compare_slow(const Frame& f, CompareOperation operation);
Status in_slow(const Frame& f);
// Conditions: 1 true, 0 false, -1 raised. They consume what is flagged.
int truth_slow(const Frame& f);
int compare_truth_slow(const Frame& f, CompareOperation operation);
int compare_immediate_truth_slow(const Frame& f, CompareOperation operation);
int in_truth_slow(const Frame& f);

Status load_constant_slow(const Frame& f);
Status check_bound_failed(const Frame& f, std::int32_t reg);
Status make_cell_slow(const Frame& f);
Status load_cell_failed(const Frame& f, std::int32_t reg);
Status load_free_failed(const Frame& f, std::int32_t index);

Status load_global_slow(const Frame& f, lang::Instruction* instruction);
Status store_global_slow(const Frame& f, lang::Instruction* instruction);
Status delete_global_slow(const Frame& f);
Status load_name_slow(const Frame& f, lang::Instruction* instruction);
Status store_name_slow(const Frame& f, lang::Instruction* instruction);
Status delete_name_slow(const Frame& f);
Status load_name_or_free_slow(const Frame& f, std::uint32_t class_cell);
Status load_name_or_global_slow(const Frame& f);
Status load_build_class_slow(const Frame& f);

Status load_attribute_slow(const Frame& f, lang::Instruction* instruction);
Status store_attribute_slow(const Frame& f, lang::Instruction* instruction);
Status delete_attribute_slow(const Frame& f);
Status load_method_slow(const Frame& f, lang::Instruction* instruction);
Status load_super_attribute_slow(const Frame& f);
Status load_super_method_slow(const Frame& f, lang::Instruction* instruction);
Status load_item_slow(const Frame& f);
Status store_item_slow(const Frame& f);
Status delete_item_slow(const Frame& f);
Status load_slice_slow(const Frame& f);
Status store_slice_slow(const Frame& f);
Status build_slice_slow(const Frame& f);

Status get_iterator_slow(const Frame& f, lang::Instruction* instruction);
int for_next_slow(const Frame& f, lang::Instruction* instruction);  // 1: stored, 0: at the end, -1 raised
Status unpack_sequence_slow(const Frame& f);
Status unpack_extended_slow(const Frame& f, std::uint32_t after);

Status build_tuple_slow(const Frame& f);
Status build_list_slow(const Frame& f);
Status build_set_slow(const Frame& f);
Status build_dict_slow(const Frame& f);
Status build_string_slow(const Frame& f);
Status list_append_slow(const Frame& f);
Status list_extend_slow(const Frame& f);
Status list_to_tuple_slow(const Frame& f);
Status set_add_slow(const Frame& f);
Status set_update_slow(const Frame& f);
Status dict_store_slow(const Frame& f);
Status dict_update_slow(const Frame& f);
Status dict_merge_slow(const Frame& f);
Status format_value_slow(const Frame& f);

Status make_function_slow(const Frame& f);
Status get_awaitable_slow(const Frame& f);
Status get_yield_from_slow(const Frame& f);
Status get_async_iterator_slow(const Frame& f);
Status get_anext_slow(const Frame& f);
int end_async_for_slow(const Frame& f);   // 1: the loop ends, -1: raised again

Status enter_handler_slow(const Frame& f);
int match_exception_slow(const Frame& f); // 1: no match
Status match_exception_group_slow(const Frame& f);
Status combine_exception_group_slow(const Frame& f);
bool raise_slow(const Frame& f);          // always raises; true: again, with the traceback as it is
Status with_enter_slow(const Frame& f);
// with_enter and with_exit whose result is awaited by the instructions up to `after`: a coroutine function is begun by
// native code (`begun`), or runs as a plain call, `pushed`; where neither can be, the instruction has been done as usual.
struct AwaitedCall {
  Activation* pushed = nullptr;
  InPlace begun = InPlace::Declined;
  Bits awaited = Unbound.bits, value = Unbound.bits;   // see InPlaceAwait
};
Status with_enter_await_slow(const Frame& f, const lang::Instruction* after, AwaitedCall& made);
Status with_exit_await_slow(const Frame& f, const lang::Instruction* after, AwaitedCall& made);
Status with_exit_slow(const Frame& f);
Status with_exit_exception_slow(const Frame& f);

Status import_name_slow(const Frame& f);
Status import_from_slow(const Frame& f);
Status import_star_slow(const Frame& f);
Status match_sequence_slow(const Frame& f);
Status match_mapping_slow(const Frame& f);
Status match_keys_slow(const Frame& f);
Status match_class_slow(const Frame& f, std::uint32_t positional);
Status get_length_slow(const Frame& f);
Status intrinsic_slow(const Frame& f, std::uint32_t which);

// A call window: the callee at `window`, `count` argument words at `args` (args - 8 >= window), the last of them named
// by `keywords`. Consumes all of it. Pushed: a frame to go on with; Done: the result is owned in `result`.
struct CallOutcome {
  enum Kind : std::uint8_t { Done, Pushed, Failed } kind;
  Bits result;
  Activation* pushed;
};
CallOutcome call_window(const Frame& f, Bits* window, Bits* args, std::uint32_t count, const Tuple* keywords);
CallOutcome call_spread_window(const Frame& f);
// One step of await_value with a foreign iterator; `first`: the await has just begun. Returned: `value` is the result.
Resumption await_foreign(const Frame& f, Ref sent, bool first, Bits& value);

}  // namespace cede
