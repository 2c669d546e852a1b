// Abstract interpretation: for each instruction the set of temporaries that hold a value before it. Every
// path to an instruction must agree on the set, and the tables of the unit must say the same.
#include "lang/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "lang/decode.hpp"

namespace cede::lang {
namespace {

using Set = std::set<std::uint32_t>;

class Verifier {
 public:
  explicit Verifier(const CodeUnit& unit) : unit_(unit) {}

  std::string run();

 private:
  void fail(std::size_t at, const std::string& what) {
    if (error_.empty()) error_ = fmt::format("{}: at {}: {}", unit_.qualified_name, at, what);
  }
  void check_tables();
  void check_operand(std::size_t at, Operand kind, std::uint32_t value);
  void step(std::size_t at);
  void consume(std::size_t at, Set& live, std::uint32_t reg);
  void define(std::size_t at, Set& live, std::uint32_t reg);
  void flow(std::size_t from, std::int64_t to, const Set& live);
  void raise(std::size_t at, const Set& live);
  void check_live(std::size_t at, const Set& held);
  std::uint32_t first_temporary() const { return unit_.local_count + unit_.cell_count; }

  const CodeUnit& unit_;
  std::string error_;
  std::vector<bool> starts_;                // words where an instruction begins
  std::vector<std::optional<Set>> before_;  // temporaries live before it
  std::vector<std::size_t> work_;
};

void Verifier::check_operand(std::size_t at, Operand kind, std::uint32_t value) {
  switch (kind) {
    case Operand::Out:
    case Operand::In:
    case Operand::InOut:
      if (value != no_register && value >= unit_.register_count)
        fail(at, fmt::format("register {} out of range", value));
      break;
    case Operand::Window:
      if (value != no_register && value > unit_.register_count)
        fail(at, fmt::format("window {} out of range", value));
      break;
    case Operand::Constant:
      if (value >= unit_.constants.size()) fail(at, "constant out of range");
      break;
    case Operand::Cache:
      if (value >= unit_.caches.size()) fail(at, "cache out of range");
      break;
    default: break;
  }
}

void Verifier::check_tables() {
  std::size_t placed = 0;
  unit_.positions.each_run([&](std::size_t, std::size_t count, const CodePosition&) { placed += count; });
  if (placed != unit_.instructions.size()) fail(0, "positions do not match instructions");
  for (const Cache& cache : unit_.caches)
    if (cache.name >= unit_.names.size()) fail(0, "name out of range");
  if (unit_.local_names.size() != unit_.local_count || unit_.cell_names.size() != unit_.cell_count)
    fail(0, "names do not match counts");
  std::uint32_t end = 0;
  for (const ExceptionEntry& entry : unit_.exceptions) {
    if (entry.start < end || entry.end <= entry.start || entry.end > unit_.instructions.size() ||
        entry.handler >= unit_.instructions.size() || entry.exception < first_temporary())
      return fail(entry.start, "faulty exception entry");
    end = entry.end;
    if (!starts_[entry.handler]) fail(entry.handler, "handler inside an instruction");
  }
}

void Verifier::consume(std::size_t at, Set& live, std::uint32_t reg) {
  if (reg < first_temporary()) return fail(at, fmt::format("consumes the variable {}", reg));
  if (!live.erase(reg)) fail(at, fmt::format("consumes ${}, which is not live", reg - first_temporary()));
}

void Verifier::define(std::size_t at, Set& live, std::uint32_t reg) {
  if (reg < first_temporary()) return;
  if (!live.insert(reg).second)
    fail(at, fmt::format("overwrites ${}, which is live", reg - first_temporary()));
}

void Verifier::flow(std::size_t from, std::int64_t to, const Set& live) {
  if (to < 0 || to >= static_cast<std::int64_t>(unit_.instructions.size()) ||
      !starts_[static_cast<std::size_t>(to)])
    return fail(from, "control leaves the code");
  const auto target = static_cast<std::size_t>(to);
  if (!before_[target]) {
    before_[target] = live;
    work_.push_back(target);
  } else if (*before_[target] != live) {
    fail(target, fmt::format("paths disagree on what is live (one from {})", from));
  }
}

// An exception or suspension at `at` finds `held` live; the table must say so.
void Verifier::check_live(std::size_t at, const Set& held) {
  Set told;
  for (const LiveRange& range : unit_.live_ranges)
    if (range.start <= at && at < range.end && !told.insert(range.reg).second)
      fail(at, "overlapping live ranges");
  if (told != held) {
    std::string text = "live ranges say";
    for (const std::uint32_t reg : told) text += fmt::format(" ${}", reg - first_temporary());
    text += ", code says";
    for (const std::uint32_t reg : held) text += fmt::format(" ${}", reg - first_temporary());
    fail(at, text);
  }
}

void Verifier::raise(std::size_t at, const Set& live) {
  for (const ExceptionEntry& entry : unit_.exceptions) {
    if (at < entry.start || at >= entry.end) continue;
    Set in_handler;
    for (const std::uint32_t reg : live)
      if (reg < entry.exception) in_handler.insert(reg);
    in_handler.insert(entry.exception);
    return flow(at, entry.handler, in_handler);
  }
}

bool may_raise(Opcode opcode) {
  switch (opcode) {
    case Opcode::op_nop:
    case Opcode::op_move:
    case Opcode::op_load_none:
    case Opcode::op_load_small:
    case Opcode::op_load_constant:
    case Opcode::op_clear_local:
    case Opcode::op_drop:
    case Opcode::op_jump:
    case Opcode::op_jump_if_none:
    case Opcode::op_jump_if_is:
    case Opcode::op_enter_handler:
    case Opcode::op_leave_handler:
    case Opcode::op_return_value: return false;
    default: return true;
  }
}

void Verifier::step(std::size_t at) {
  const DecodedInstruction decoded = decode(unit_, at);
  const Operands& in = decoded.operands;
  const OpcodeDescription& kinds = opcode_descriptions[static_cast<std::size_t>(in.opcode)];
  check_operand(at, kinds.a, in.a), check_operand(at, kinds.b, in.b), check_operand(at, kinds.c, in.c);
  const std::size_t held_at = at + decoded.own_words - 1;
  Set live = *before_[at];
  const auto require = [&](Operand kind, std::uint32_t value) {
    if ((kind != Operand::In && kind != Operand::InOut) || value == no_register || value < first_temporary())
      return;
    if (!live.count(value)) fail(at, fmt::format("reads ${}, which is not live", value - first_temporary()));
  };
  require(kinds.a, in.a), require(kinds.b, in.b), require(kinds.c, in.c);
  if (kinds.a == Operand::In && (in.small & consume_a)) consume(at, live, in.a);
  if (kinds.b == Operand::In && (in.small & consume_b)) consume(at, live, in.b);
  if (kinds.c == Operand::In && (in.small & consume_c)) consume(at, live, in.c);
  for_each_window_consumed(in, [&](std::uint32_t first, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) consume(at, live, first + i);
  });
  const bool call = in.opcode == Opcode::op_call || in.opcode == Opcode::op_call_method ||
                    in.opcode == Opcode::op_call_keywords || in.opcode == Opcode::op_call_method_keywords;
  if (call && !live.empty() && *live.rbegin() >= in.b) fail(at, "something is live above a call's window");
  if (may_raise(in.opcode)) {
    check_live(held_at, live);
    raise(held_at, live);
  }
  if (in.opcode == Opcode::op_await_value) consume(at, live, in.b);
  const auto next = static_cast<std::int64_t>(at + decoded.own_words);
  const auto jump = [&](Operand kind, std::uint32_t distance) {
    if (kind != Operand::Jump) return;
    const auto signed_distance = static_cast<std::int32_t>(distance);
    if (in.opcode != Opcode::op_jump_back && signed_distance < 0) fail(at, "jumps backwards");
    flow(at, next + signed_distance, live);
  };
  jump(kinds.a, in.a), jump(kinds.b, in.b), jump(kinds.c, in.c);
  const auto out = [&](Operand kind, std::uint32_t value) {
    if (kind != Operand::Out || value == no_register) return;
    if (value < first_temporary() && kinds.a == Operand::Out && value == in.a && !(in.small & out_is_local))
      fail(at, "writes a variable without saying so");
    define(at, live, value);
  };
  out(kinds.a, in.a), out(kinds.b, in.b), out(kinds.c, in.c);
  for_each_window_defined(in, [&](std::uint32_t first, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) define(at, live, first + i);
  });
  if (!live.empty() && *live.rbegin() >= unit_.register_count) fail(at, "temporary out of range");
  if (!ends_flow(in.opcode)) flow(at, static_cast<std::int64_t>(at + decoded.words), live);
}

std::string Verifier::run() {
  starts_.assign(unit_.instructions.size() + 1, false);
  before_.resize(unit_.instructions.size() + 1);
  for (std::size_t i = 0; i < unit_.instructions.size(); i += decode(unit_, i).words) starts_[i] = true;
  starts_[unit_.instructions.size()] = false;
  check_tables();
  if (unit_.instructions.empty()) fail(0, "no code");
  if (error_.empty()) {
    before_[0] = Set{};
    work_.push_back(0);
  }
  while (error_.empty() && !work_.empty()) {
    const std::size_t at = work_.back();
    work_.pop_back();
    step(at);
  }
  for (std::uint32_t i = 0; i < unit_.child_count() && error_.empty(); ++i) error_ = verify(*unit_.child(i));
  return error_;
}

}  // namespace

std::string verify(const CodeUnit& unit) { return Verifier(unit).run(); }

}  // namespace cede::lang
