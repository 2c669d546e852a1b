// Makes one CodeUnit: instructions with symbolic jumps, constants, names, the exception table, and the
// bookkeeping that the register discipline asks for. The compiler decides what to emit; this class knows
// which temporaries are live and which locals are surely bound at the point where it stands.
//
// Temporaries are a stack: `top` is the first free one. A piece of code that leaves its value in a temporary
// leaves it in the register that was `top` when it began, and `top` one above.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lang/code.hpp"
#include "lang/instruction_effects.hpp"
#include "lang/source.hpp"
#include "lang/symbols.hpp"
#include "lang/unit_parts.hpp"

namespace cede::lang::compiling {

using Register = std::uint32_t;

// Where an instruction comes from: byte offsets into the source.
struct Span {
  static constexpr std::uint32_t nowhere = UINT32_MAX;
  std::uint32_t start = nowhere, end = nowhere;
};

inline Span span_of(const ast::Node& node) { return {node.start, node.end}; }

// A value in a register: a temporary, to be consumed once, or a local variable, which is borrowed.
struct Value {
  Register reg = no_register;
  bool temporary = false;
};
inline constexpr Value no_value{};

// The flag if the value is to be consumed.
constexpr unsigned flag(Value value, unsigned consume) { return value.temporary ? consume : 0u; }

// A jump target, placed once. Jumps to a label that is not placed yet are forward jumps.
struct Label {
  std::uint32_t id = UINT32_MAX;
};

// Code guarded by one exception handler.
struct Region {
  std::uint32_t id = UINT32_MAX;
  Register exception = no_register;
};

ConstantValue constant_value(const ast::Constant& node);

class CodeBuilder {
 public:
  // Starts a unit with so many locals and cells; the parameters are bound.
  void begin(std::uint32_t locals, std::uint32_t cells, std::uint32_t parameters);
  void set_deletable(Register local);

  Register top = 0;
  Register first_temporary() const { return first_temporary_; }
  bool is_temporary(Register reg) const { return reg >= first_temporary_; }
  Register cell(std::uint32_t index) const { return local_count_ + index; }
  // The register `top`, which is now taken.
  Register take() { return top++; }
  bool reachable() const { return reachable_; }

  // Appends an instruction, unless the code is unreachable. `small` says which In operands are temporaries to
  // be consumed; the flag for a written local is set here.
  void emit(Span at, Opcode opcode, std::uint32_t a = no_register, std::uint32_t b = no_register,
            std::uint32_t c = no_register, unsigned small = 0, std::uint32_t extra = 0);
  // The number that goes into `small`, and into a following word if it is large.
  void emit_numbered(Span at, Opcode opcode, std::uint32_t a, std::uint32_t b, std::uint32_t c,
                     unsigned small, std::uint32_t number);

  // The same for operands that are values: a temporary is consumed.
  void emit_a(Span at, Opcode opcode, Value a, std::uint32_t b = no_register, std::uint32_t c = no_register,
              unsigned small = 0) {
    emit(at, opcode, a.reg, b, c, small | flag(a, consume_a));
  }
  void emit_b(Span at, Opcode opcode, std::uint32_t a, Value b, std::uint32_t c = no_register,
              unsigned small = 0) {
    emit(at, opcode, a, b.reg, c, small | flag(b, consume_b));
  }
  void emit_bc(Span at, Opcode opcode, std::uint32_t a, Value b, Value c, unsigned small = 0) {
    emit(at, opcode, a, b.reg, c.reg, small | flag(b, consume_b) | flag(c, consume_c));
  }
  void emit_ab(Span at, Opcode opcode, Value a, Value b, std::uint32_t c = no_register, unsigned small = 0) {
    emit(at, opcode, a.reg, b.reg, c, small | flag(a, consume_a) | flag(b, consume_b));
  }
  void emit_abc(Span at, Opcode opcode, Value a, Value b, Value c, unsigned small = 0) {
    emit(at, opcode, a.reg, b.reg, c.reg,
         small | flag(a, consume_a) | flag(b, consume_b) | flag(c, consume_c));
  }

  Label label();
  void place(Label label);
  // The head of a loop: a place that is also reached by jumps from below.
  Label loop_head();
  bool is_referenced(Label label) const { return labels_[label.id].referenced; }
  void jump(Span at, Label to) { emit(at, Opcode::op_jump, to.id); }
  void jump_back(Span at, Label to) { emit(at, Opcode::op_jump_back, to.id); }

  // Code between `begin_region` and `end_region` is guarded. Temporaries from `top` on do not survive an
  // exception.
  Region begin_region();
  void end_region(Region region);
  // The regions in force, to be restored after code that leaves them on its way out.
  std::vector<std::uint32_t> regions() const { return region_stack_; }
  void restore_regions(const std::vector<std::uint32_t>& stack);
  // Starts the region's handler: the exception is live in `region.exception`, which becomes taken.
  void place_handler(Region region);

  bool is_bound(Register local) const { return local < tracked && (bound_[local / 64] >> (local % 64) & 1); }
  void set_bound(Register local) {
    if (local < tracked) bound_[local / 64] |= std::uint64_t{1} << (local % 64);
  }

  // Registers that are live and not below `base`, ascending.
  std::vector<Register> live_from(Register base) const;

  std::uint32_t name(const SymbolTable& symbols, Symbol symbol);
  std::uint32_t cache(const SymbolTable& symbols, Symbol symbol);
  std::uint32_t constant(const ast::Constant& value);
  std::uint32_t constant(ConstantValue value);  // of any type
  std::uint32_t string_constant(std::string_view text);
  std::uint32_t none_constant();
  std::uint32_t code_constant(std::shared_ptr<const CodeUnit> unit);

  // Moves everything into `parts`, whose counts of locals and cells are set.
  void finish(UnitParts& parts, const SourceFile& source);

 private:
  static constexpr std::uint32_t tracked = 256;  // locals whose boundness is followed
  static constexpr std::uint32_t unplaced = UINT32_MAX;
  using BoundSet = std::array<std::uint64_t, tracked / 64>;

  struct Item {  // an instruction
    Opcode opcode;
    std::uint8_t small;
    std::uint32_t a, b, c;
    Span at;
  };
  struct LabelState {
    std::uint32_t position = unplaced;
    std::uint32_t live_start = 0, live_count = 0;  // in snapshots_
    BoundSet bound{};
    bool referenced = false;
  };
  struct RegionState {
    std::uint32_t first;  // instruction
    std::uint32_t handler;
    Register exception;
    std::uint32_t live_start, live_count;
    BoundSet bound;
    bool reachable;
  };
  struct RegionChange {
    std::uint32_t at, region;  // from instruction `at` on
  };
  struct Live {
    Register reg;
    std::uint32_t start;
  };

  void track(const Item& item, std::uint32_t extra);
  void consume(Register reg, std::uint32_t end);
  void define(Register reg);
  void record_jump(std::uint32_t label);
  void snapshot(std::uint32_t& start, std::uint32_t& count);
  void restore(std::uint32_t start, std::uint32_t count);
  void region_changed();
  template<class Equal, class Make>
  std::uint32_t intern_constant(std::uint32_t hash, Equal&& equal, Make&& make);
  void grow_constants();

  void thread_jumps();
  std::uint32_t jump_target(const Item& item, std::uint32_t label) const;
  void layout();
  void encode(UnitParts& parts);
  void make_positions(UnitParts& parts, const SourceFile& source);
  void make_exceptions(UnitParts& parts);
  void make_live_ranges(UnitParts& parts);
  std::uint32_t placed_at(std::uint32_t index) const { return starts_.empty() ? index : starts_[index]; }

  std::uint32_t local_count_ = 0;
  Register first_temporary_ = 0;
  Register highest_ = 0;
  bool reachable_ = true;
  BoundSet bound_{}, deletable_{};
  std::vector<Item> items_;
  std::vector<LabelState> labels_;
  std::vector<Register> snapshots_;
  std::vector<Live> live_;  // if not reachable: what was live before the flow ended
  std::vector<LiveRange> ranges_;
  std::vector<RegionState> regions_;
  std::vector<std::uint32_t> region_stack_;
  std::vector<RegionChange> region_changes_;
  std::vector<ConstantValue> constants_;
  std::vector<std::uint32_t> constant_hashes_, constant_slots_;
  std::vector<std::string> names_;
  std::vector<std::uint32_t> name_slots_;  // open addressing: index + 1
  std::vector<Symbol> name_symbols_;
  std::vector<Cache> caches_;
  std::vector<std::uint32_t>
      starts_;  // where each item begins once `extend` words are counted; empty if none
  std::vector<std::uint8_t> extended_;
};

}  // namespace cede::lang::compiling
