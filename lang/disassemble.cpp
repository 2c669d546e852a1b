// Code units as text: one instruction a line, with registers named after the variables that live in them.
#include <fmt/format.h>

#include "lang/code.hpp"
#include "lang/constant_repr.hpp"
#include "lang/decode.hpp"

namespace cede::lang {
namespace {

constexpr std::string_view intrinsic_names[] = {"print_expression",
                                                "stop_iteration_error",
                                                "type_var",
                                                "type_var_with_bound",
                                                "type_var_with_constraints",
                                                "param_spec",
                                                "type_var_tuple",
                                                "set_type_param_default",
                                                "set_function_type_params",
                                                "subscript_generic",
                                                "type_alias",
                                                "assertion_error",
                                                "setup_annotations",
                                                "list_from_iterable",
                                                "async_generator_wrap"};

void write_constant(std::string& out, const ConstantValue& value);

void write_constants(std::string& out, const std::vector<ConstantValue>& items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i) out += ", ";
    write_constant(out, items[i]);
  }
}

void write_constant(std::string& out, const ConstantValue& value) {
  if (std::holds_alternative<ConstantNone>(value)) {
    out += "None";
  } else if (const auto* flag = std::get_if<bool>(&value)) {
    out += *flag ? "True" : "False";
  } else if (std::holds_alternative<ConstantEllipsis>(value)) {
    out += "Ellipsis";
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    out += fmt::format("{}", *integer);
  } else if (const auto* big = std::get_if<ConstantBigInt>(&value)) {
    out += (big->base == 16 ? "0x" : "") + big->digits;
  } else if (const auto* number = std::get_if<double>(&value)) {
    write_float_repr(out, *number, false);
  } else if (const auto* complex = std::get_if<ConstantComplex>(&value)) {
    write_float_repr(out, complex->imaginary, true);
    out += 'j';
  } else if (const auto* text = std::get_if<ConstantStr>(&value)) {
    write_string_repr(out, text->text);
  } else if (const auto* bytes = std::get_if<ConstantBytes>(&value)) {
    out += fmt::format("<{} bytes>", bytes->bytes.size());
  } else if (const auto* tuple = std::get_if<ConstantTuple>(&value)) {
    out += '(';
    write_constants(out, tuple->items);
    out += tuple->items.size() == 1 ? ",)" : ")";
  } else if (const auto* set = std::get_if<ConstantFrozenSet>(&value)) {
    out += "frozenset({";
    write_constants(out, set->items);
    out += "})";
  } else if (const auto* unit = std::get_if<std::shared_ptr<const CodeUnit>>(&value)) {
    out += fmt::format("<code {}>", (*unit)->qualified_name);
  }
}

class Disassembler {
 public:
  explicit Disassembler(const CodeUnit& unit) : unit_(unit), constants_(unpack_constants(unit)) {
    unit.positions.each_run([&](std::size_t, std::size_t count, const CodePosition& position) {
      positions_.insert(positions_.end(), count, position);
    });
  }

  std::string run();

 private:
  std::string reg(std::uint32_t number) const;
  std::string operand(Operand kind, std::uint32_t value, bool consumed, std::uint32_t next) const;
  void instruction(std::size_t index, const DecodedInstruction& decoded);
  void tables();

  const CodeUnit& unit_;
  std::vector<ConstantValue> constants_;
  std::vector<CodePosition> positions_;
  std::string out_;
};

std::string Disassembler::reg(std::uint32_t number) const {
  if (number == no_register) return "-";
  if (number < unit_.local_count) return std::string(unit_.local_names[number]);
  if (number < unit_.local_count + unit_.cell_count)
    return fmt::format("&{}", unit_.cell_names[number - unit_.local_count]);
  return fmt::format("${}", number - unit_.local_count - unit_.cell_count);
}

std::string Disassembler::operand(Operand kind, std::uint32_t value, bool consumed,
                                  std::uint32_t next) const {
  switch (kind) {
    case Operand::Unused: return "";
    case Operand::Out: return reg(value);
    case Operand::In: return (consumed ? "~" : "") + reg(value);
    case Operand::InOut: return reg(value);
    case Operand::Window: return reg(value) + "..";
    case Operand::Constant: {
      std::string text;
      write_constant(text, constants_[value]);
      return text;
    }
    case Operand::Cache: return fmt::format(".{}", unit_.names[unit_.caches[value].name]);
    case Operand::Count: return fmt::format("#{}", value);
    case Operand::Immediate: return fmt::format("{}", static_cast<std::int16_t>(value));
    case Operand::Jump: return fmt::format("->{}", next + value);
    case Operand::Small: return "";
  }
  return "";
}

void Disassembler::instruction(std::size_t index, const DecodedInstruction& decoded) {
  const Operands& in = decoded.operands;
  const OpcodeDescription& kinds = opcode_descriptions[static_cast<std::size_t>(in.opcode)];
  const CodePosition& at = positions_[index];
  const std::string where =
      at.line ? fmt::format("{}:{}-{}:{}", at.line, at.column, at.end_line, at.end_column) : std::string("-");
  std::string text = fmt::format("{:5} {:14} {:26}", index, where, kinds.name);
  const auto next = static_cast<std::uint32_t>(index + decoded.own_words);
  const std::string parts[3] = {operand(kinds.a, in.a, in.small & consume_a, next),
                                operand(kinds.b, in.b, in.small & consume_b, next),
                                operand(kinds.c, in.c, in.small & consume_c, next)};
  for (const std::string& part : parts)
    if (!part.empty()) text += " " + part;
  if (in.opcode == Opcode::op_intrinsic)
    text += fmt::format(" {}", intrinsic_names[in.number()]);
  else if (in.opcode == Opcode::op_call_keywords || in.opcode == Opcode::op_call_method_keywords)
    text += " " + operand(Operand::Constant, in.extra, false, 0);
  else if (in.small >> small_shift)
    text += fmt::format(" [{}]", in.number());
  out_ += text + "\n";
}

void Disassembler::tables() {
  for (const ExceptionEntry& entry : unit_.exceptions)
    out_ += fmt::format("  guarded {}-{} -> {} ({})\n", entry.start, entry.end, entry.handler,
                        reg(entry.exception));
  for (const LiveRange& range : unit_.live_ranges)
    out_ += fmt::format("  live {} {}-{}\n", reg(range.reg), range.start, range.end);
}

std::string Disassembler::run() {
  out_ += fmt::format("code {} line {} flags {:#x} registers {}+{}+{}\n", unit_.qualified_name,
                      unit_.first_line, unit_.flags, unit_.local_count, unit_.cell_count,
                      unit_.register_count - unit_.local_count - unit_.cell_count);
  const auto names = [&](std::string_view title, const TextList& list) {
    if (list.empty()) return;
    out_ += fmt::format("  {}:", title);
    for (const std::string_view name : list) out_ += fmt::format(" {}", name);
    out_ += "\n";
  };
  names("locals", unit_.local_names);
  names("cells", unit_.cell_names);
  names("free", unit_.free_names);
  for (std::size_t i = 0; i < unit_.instructions.size();) {
    const DecodedInstruction decoded = decode(unit_, i);
    instruction(i, decoded);
    i += decoded.words;
  }
  tables();
  for (const ConstantValue& constant : constants_)
    if (const auto* inner = std::get_if<std::shared_ptr<const CodeUnit>>(&constant))
      out_ += "\n" + disassemble(**inner);
  return std::move(out_);
}

}  // namespace

DecodedInstruction decode(const CodeUnit& unit, std::size_t index) {
  DecodedInstruction result{};
  std::uint32_t high[3] = {};
  const Instruction* word = &unit.instructions[index];
  if (static_cast<Opcode>(word->opcode) == Opcode::op_extend) {
    high[0] = word->a, high[1] = word->b, high[2] = word->c;
    ++word;
    ++result.words;
  }
  const auto opcode = static_cast<Opcode>(word->opcode);
  const OpcodeDescription& kinds = opcode_descriptions[word->opcode];
  const bool extended = result.words == 1;
  const auto merge = [&](Operand kind, std::uint16_t low, std::uint32_t upper) -> std::uint32_t {
    if (kind == Operand::Jump && !extended) return static_cast<std::uint32_t>(static_cast<std::int16_t>(low));
    return upper << 16 | low;
  };
  result.operands = {opcode, word->small, merge(kinds.a, word->a, high[0]), merge(kinds.b, word->b, high[1]),
                     merge(kinds.c, word->c, high[2])};
  ++result.words;
  result.own_words = result.words;
  if (has_extra_word(opcode, word->small)) {
    result.operands.extra = std::uint32_t{word[1].b} | std::uint32_t{word[1].c} << 16;
    ++result.words;
  }
  return result;
}

std::string disassemble(const CodeUnit& unit) { return Disassembler(unit).run(); }

}  // namespace cede::lang
