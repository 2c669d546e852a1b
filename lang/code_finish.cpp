// The last step of a unit: jumps threaded and resolved, `extend` words put in, tables made.
#include <algorithm>

#include "lang/code_builder.hpp"

namespace cede::lang::compiling {
namespace {

constexpr bool is_jump(const OpcodeDescription& kinds) {
  return kinds.a == Operand::Jump || kinds.b == Operand::Jump || kinds.c == Operand::Jump;
}

bool fits_jump(std::int64_t distance) { return distance >= INT16_MIN && distance <= INT16_MAX; }

// Whether an operand needs bits beyond the sixteenth. Immediates never do: the compiler checks them.
bool is_wide(Operand kind, std::uint32_t value) {
  return value > INT16_MAX && value != no_register && kind != Operand::Unused && kind != Operand::Immediate && kind != Operand::Jump &&
         kind != Operand::Small;
}

}  // namespace

// Jumps to jumps go to where those go.
void CodeBuilder::thread_jumps() {
  for (Item& item : items_) {
    const OpcodeDescription& kinds = opcode_descriptions[static_cast<std::size_t>(item.opcode)];
    if (!is_jump(kinds) || item.opcode == Opcode::op_jump_back) continue;
    std::uint32_t& label = kinds.a == Operand::Jump ? item.a : kinds.b == Operand::Jump ? item.b : item.c;
    for (int steps = 0; steps < 8; ++steps) {
      const std::uint32_t position = labels_[label].position;
      if (position >= items_.size()) break;
      const Item& target = items_[position];
      if (target.opcode == Opcode::op_jump) {
        label = target.a;
      } else if (target.opcode == Opcode::op_jump_back && item.opcode == Opcode::op_jump) {
        item.opcode = Opcode::op_jump_back;
        label = target.a;
        break;
      } else {
        break;
      }
    }
  }
}

std::uint32_t CodeBuilder::jump_target(const Item& item, std::uint32_t label) const {
  const auto index = static_cast<std::uint32_t>(&item - items_.data());
  return placed_at(labels_[label].position) - (placed_at(index + 1));
}

// Decides which instructions need an `extend` word, which moves what comes after them.
void CodeBuilder::layout() {
  const std::size_t count = items_.size();
  starts_.clear();
  extended_.assign(count, 0);
  bool any = false;
  for (std::size_t i = 0; i < count; ++i) {
    const Item& item = items_[i];
    const OpcodeDescription& kinds = opcode_descriptions[static_cast<std::size_t>(item.opcode)];
    extended_[i] = is_wide(kinds.a, item.a) || is_wide(kinds.b, item.b) || is_wide(kinds.c, item.c);
    any |= extended_[i] != 0;
  }
  if (!any && count <= INT16_MAX) return;
  for (bool changed = true; changed;) {
    changed = false;
    starts_.resize(count + 1);
    std::uint32_t next = 0;
    for (std::size_t i = 0; i < count; ++i) {
      starts_[i] = next;
      next += 1 + extended_[i];
    }
    starts_[count] = next;
    for (std::size_t i = 0; i < count; ++i) {
      const Item& item = items_[i];
      const OpcodeDescription& kinds = opcode_descriptions[static_cast<std::size_t>(item.opcode)];
      if (extended_[i] || !is_jump(kinds)) continue;
      const std::uint32_t label = kinds.a == Operand::Jump   ? item.a
                                  : kinds.b == Operand::Jump ? item.b
                                                             : item.c;
      if (fits_jump(static_cast<std::int32_t>(jump_target(item, label)))) continue;
      extended_[i] = 1;
      changed = true;
    }
  }
}

void CodeBuilder::encode(UnitParts& parts) {
  const std::size_t words = placed_at(static_cast<std::uint32_t>(items_.size()));
  parts.instructions.reserve(words);
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const Item& item = items_[i];
    const OpcodeDescription& kinds = opcode_descriptions[static_cast<std::size_t>(item.opcode)];
    std::uint32_t values[3] = {item.a, item.b, item.c};
    const Operand of[3] = {kinds.a, kinds.b, kinds.c};
    for (int k = 0; k < 3; ++k) {
      if (of[k] == Operand::Jump) values[k] = jump_target(item, values[k]);
      if (of[k] == Operand::Unused && item.opcode != Opcode::op_nop) values[k] = 0;
    }
    if (extended_[i]) {
      Instruction extend{static_cast<std::uint8_t>(Opcode::op_extend), 0, 0, 0, 0};
      std::uint16_t* high[3] = {&extend.a, &extend.b, &extend.c};
      for (int k = 0; k < 3; ++k) {
        if (of[k] == Operand::Immediate) values[k] = static_cast<std::uint32_t>(static_cast<std::int16_t>(values[k]));
        *high[k] = static_cast<std::uint16_t>(values[k] >> 16);
      }
      parts.instructions.push_back(extend);
    }
    parts.instructions.push_back({static_cast<std::uint8_t>(item.opcode), item.small,
                                 static_cast<std::uint16_t>(values[0]), static_cast<std::uint16_t>(values[1]),
                                 static_cast<std::uint16_t>(values[2])});
  }
}

void CodeBuilder::make_positions(UnitParts& parts, const SourceFile& source) {
  std::uint32_t line = 1;
  const auto locate = [&](std::uint32_t offset) -> Position {
    const std::uint32_t lines = source.line_count();
    for (int steps = 0; steps < 4; ++steps) {
      if (offset < source.line_start(line)) break;
      if (line == lines || offset < source.line_start(line + 1))
        return {line, offset - source.line_start(line)};
      ++line;
    }
    const Position found = source.position(offset);
    line = found.line;
    return found;
  };
  struct Known {
    Span span;
    CodePosition position;
  };
  std::array<Known, 64> known{};
  PositionWriter writer;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const Span span = items_[i].at;
    CodePosition position;
    if (span.start != Span::nowhere) {
      Known& slot = known[(span.start * 31 + span.end) % known.size()];
      if (slot.span.start != span.start || slot.span.end != span.end) {
        const Position first = locate(span.start), last = locate(span.end);
        slot = {span, {first.line, last.line, first.column, last.column}};
      }
      position = slot.position;
    }
    writer.add(position, std::size_t{1} + extended_[i]);
  }
  parts.positions = writer.finish();
}

void CodeBuilder::make_exceptions(UnitParts& parts) {
  for (std::size_t i = 0; i < region_changes_.size(); ++i) {
    const RegionChange& change = region_changes_[i];
    if (change.region == UINT32_MAX) continue;
    const RegionState& region = regions_[change.region];
    const std::uint32_t end = i + 1 < region_changes_.size() ? region_changes_[i + 1].at
                                                             : static_cast<std::uint32_t>(items_.size());
    if (region.handler == unplaced || end <= change.at) continue;
    const ExceptionEntry entry{placed_at(change.at), placed_at(end), placed_at(region.handler),
                               region.exception};
    if (!parts.exceptions.empty()) {
      ExceptionEntry& last = parts.exceptions.back();
      if (last.end == entry.start && last.handler == entry.handler) {
        last.end = entry.end;
        continue;
      }
    }
    parts.exceptions.push_back(entry);
  }
}

void CodeBuilder::make_live_ranges(UnitParts& parts) {
  restore(0, 0);  // closes what was live where the code ended
  parts.live_ranges.reserve(ranges_.size());
  for (const LiveRange& range : ranges_)
    parts.live_ranges.push_back({placed_at(range.start), placed_at(range.end), range.reg});
  std::sort(parts.live_ranges.begin(), parts.live_ranges.end(), [](const LiveRange& a, const LiveRange& b) {
    return a.start != b.start ? a.start < b.start : a.reg < b.reg;
  });
}

void CodeBuilder::finish(UnitParts& parts, const SourceFile& source) {
  thread_jumps();
  layout();
  encode(parts);
  make_positions(parts, source);
  make_exceptions(parts);
  make_live_ranges(parts);
  parts.head.register_count = highest_;
  for (const ConstantValue& constant : constants_) pack_constant(parts.constants, constant, parts.children);
  parts.constant_count = static_cast<std::uint32_t>(constants_.size());
  parts.names.reserve(names_.size());
  for (const std::string& name : names_) parts.names.push_back(parts.add_text(name));
  parts.caches.assign(caches_.begin(), caches_.end());
}

}  // namespace cede::lang::compiling
