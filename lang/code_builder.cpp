// Emission: instructions, labels and guarded regions, with the live temporaries and bound locals at each
// point.
#include "lang/code_builder.hpp"

#include <algorithm>
#include <cassert>

namespace cede::lang::compiling {

void CodeBuilder::begin(std::uint32_t locals, std::uint32_t cells, std::uint32_t parameters) {
  local_count_ = locals;
  first_temporary_ = highest_ = top = locals + cells;
  reachable_ = true;
  bound_ = {};
  deletable_ = {};
  for (std::uint32_t i = 0; i < parameters; ++i) set_bound(i);
  items_.clear();
  labels_.clear();
  snapshots_.clear();
  live_.clear();
  ranges_.clear();
  regions_.clear();
  region_stack_.clear();
  region_changes_.clear();
  constants_.clear();
  constant_hashes_.clear();
  constant_slots_.clear();
  names_.clear();
  name_slots_.clear();
  name_symbols_.clear();
  caches_.clear();
}

void CodeBuilder::set_deletable(Register local) {
  if (local < tracked) deletable_[local / 64] |= std::uint64_t{1} << (local % 64);
}

void CodeBuilder::emit(Span at, Opcode opcode, std::uint32_t a, std::uint32_t b, std::uint32_t c,
                       unsigned small, std::uint32_t extra) {
  if (!reachable_) return;
  items_.push_back({opcode, static_cast<std::uint8_t>(small), a, b, c, at});
  track(items_.back(), extra);
  // A data word belongs to the instruction before it, whose results live only from behind both.
  if (opcode == Opcode::op_nop)
    for (Live& live : live_) live.start += live.start + 1 == items_.size();
}

void CodeBuilder::emit_numbered(Span at, Opcode opcode, std::uint32_t a, std::uint32_t b, std::uint32_t c,
                                unsigned small, std::uint32_t number) {
  if (number < 15) return emit(at, opcode, a, b, c, small | number << small_shift);
  emit(at, opcode, a, b, c, small | 15u << small_shift, number);
  emit(at, Opcode::op_nop, 0, number & 0xFFFF, number >> 16);
}

// Follows what the instruction does: consumption, jumps, definitions, in that order.
void CodeBuilder::track(const Item& item, std::uint32_t extra) {
  const OpcodeDescription& kinds = opcode_descriptions[static_cast<std::size_t>(item.opcode)];
  const auto index = static_cast<std::uint32_t>(items_.size() - 1);
  if (item.small & (consume_a | consume_b | consume_c)) {
    if (kinds.a == Operand::In && (item.small & consume_a)) consume(item.a, index);
    if (kinds.b == Operand::In && (item.small & consume_b)) consume(item.b, index);
    if (kinds.c == Operand::In && (item.small & consume_c)) consume(item.c, index);
  }
  const Operands operands{item.opcode, item.small, item.a, item.b, item.c, extra};
  for_each_window_consumed(operands, [&](std::uint32_t first, std::uint32_t count) {
    for (std::uint32_t i = count; i-- > 0;) consume(first + i, index);
  });
  if (item.opcode == Opcode::op_await_value) consume(item.b, index + 1);

  if (kinds.a == Operand::Jump) record_jump(item.a);
  if (kinds.b == Operand::Jump) record_jump(item.b);
  if (kinds.c == Operand::Jump) record_jump(item.c);

  if (kinds.a == Operand::Out && item.a != no_register) {
    if (!is_temporary(item.a)) items_.back().small |= out_is_local;
    if (!is_temporary(item.a) &&
        (item.opcode == Opcode::op_clear_local || item.opcode == Opcode::op_delete_local)) {
      if (item.a < tracked) bound_[item.a / 64] &= ~(std::uint64_t{1} << (item.a % 64));
    } else {
      define(item.a);
    }
  }
  if (kinds.c == Operand::Out) define(item.c);
  for_each_window_defined(operands, [&](std::uint32_t first, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) define(first + i);
  });
  if (ends_flow(item.opcode)) reachable_ = false;
}

void CodeBuilder::consume(Register reg, std::uint32_t end) {
  assert(is_temporary(reg));
  for (std::size_t i = live_.size(); i-- > 0;) {
    if (live_[i].reg != reg) continue;
    if (live_[i].start < end) ranges_.push_back({live_[i].start, end, reg});
    live_.erase(live_.begin() + static_cast<std::ptrdiff_t>(i));
    return;
  }
  assert(!"a temporary is consumed that is not live");
}

void CodeBuilder::define(Register reg) {
  if (!is_temporary(reg)) return set_bound(reg);
  highest_ = std::max(highest_, reg + 1);
#ifndef NDEBUG
  for (const Live& live : live_) assert(live.reg != reg);
#endif
  live_.push_back({reg, static_cast<std::uint32_t>(items_.size())});
}

void CodeBuilder::snapshot(std::uint32_t& start, std::uint32_t& count) {
  start = static_cast<std::uint32_t>(snapshots_.size());
  count = static_cast<std::uint32_t>(live_.size());
  for (const Live& live : live_) snapshots_.push_back(live.reg);
}

// Makes the temporaries of a snapshot live here. What is live on from before keeps its range.
void CodeBuilder::restore(std::uint32_t start, std::uint32_t count) {
  const auto here = static_cast<std::uint32_t>(items_.size());
  std::vector<Live> before;
  before.swap(live_);
  for (std::uint32_t i = 0; i < count; ++i) {
    const Register reg = snapshots_[start + i];
    const auto known =
        std::find_if(before.begin(), before.end(), [&](const Live& live) { return live.reg == reg; });
    live_.push_back({reg, known == before.end() ? here : known->start});
    if (known != before.end()) known->reg = no_register;
  }
  for (const Live& live : before)
    if (live.reg != no_register && live.start < here) ranges_.push_back({live.start, here, live.reg});
}

std::vector<Register> CodeBuilder::live_from(Register base) const {
  std::vector<Register> result;
  for (const Live& live : live_)
    if (live.reg >= base) result.push_back(live.reg);
  std::sort(result.begin(), result.end());
  return result;
}

Label CodeBuilder::label() {
  labels_.emplace_back();
  return {static_cast<std::uint32_t>(labels_.size() - 1)};
}

void CodeBuilder::record_jump(std::uint32_t id) {
  LabelState& label = labels_[id];
  if (label.position != unplaced) return;  // backwards
  if (!label.referenced) {
    label.referenced = true;
    label.bound = bound_;
    snapshot(label.live_start, label.live_count);
    return;
  }
  assert(label.live_count == live_.size());
  for (std::size_t i = 0; i < bound_.size(); ++i) label.bound[i] &= bound_[i];
}

void CodeBuilder::place(Label at) {
  LabelState& label = labels_[at.id];
  label.position = static_cast<std::uint32_t>(items_.size());
  if (!label.referenced) return;
  if (reachable_) {
    assert(label.live_count == live_.size());
    for (std::size_t i = 0; i < bound_.size(); ++i) bound_[i] &= label.bound[i];
  } else {
    restore(label.live_start, label.live_count);
    bound_ = label.bound;
    reachable_ = true;
  }
}

Label CodeBuilder::loop_head() {
  const Label result = label();
  place(result);
  for (std::size_t i = 0; i < bound_.size(); ++i) bound_[i] &= ~deletable_[i];
  return result;
}

void CodeBuilder::region_changed() {
  const auto here = static_cast<std::uint32_t>(items_.size());
  const std::uint32_t region = region_stack_.empty() ? UINT32_MAX : region_stack_.back();
  if (!region_changes_.empty() && region_changes_.back().at == here)
    region_changes_.back().region = region;
  else
    region_changes_.push_back({here, region});
}

Region CodeBuilder::begin_region() {
  RegionState state{};
  state.first = static_cast<std::uint32_t>(items_.size());
  state.handler = unplaced;
  state.exception = top;
  state.reachable = reachable_;
  state.bound = bound_;
  for (std::size_t i = 0; i < bound_.size(); ++i) state.bound[i] &= ~deletable_[i];
  if (reachable_) {
    state.live_start = static_cast<std::uint32_t>(snapshots_.size());
    for (const Live& live : live_)
      if (live.reg < top) snapshots_.push_back(live.reg);
    state.live_count = static_cast<std::uint32_t>(snapshots_.size()) - state.live_start;
  }
  regions_.push_back(state);
  const auto id = static_cast<std::uint32_t>(regions_.size() - 1);
  region_stack_.push_back(id);
  region_changed();
  return {id, state.exception};
}

void CodeBuilder::end_region(Region region) {
  assert(!region_stack_.empty() && region_stack_.back() == region.id);
  region_stack_.pop_back();
  region_changed();
  if (regions_[region.id].first == items_.size()) regions_[region.id].reachable = false;
}

void CodeBuilder::restore_regions(const std::vector<std::uint32_t>& stack) {
  region_stack_ = stack;
  region_changed();
}

void CodeBuilder::place_handler(Region region) {
  assert(!reachable_);
  RegionState& state = regions_[region.id];
  top = region.exception + 1;
  if (!state.reachable) return;
  state.handler = static_cast<std::uint32_t>(items_.size());
  restore(state.live_start, state.live_count);
  bound_ = state.bound;
  define(region.exception);
  reachable_ = true;
}

}  // namespace cede::lang::compiling
