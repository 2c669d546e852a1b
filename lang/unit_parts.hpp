// What the compiler collects for one code unit, before it is laid out in a single block.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lang/code.hpp"

namespace cede::lang {

struct UnitParts {
  CodeUnit head;  // numbers and flags; its views are not set
  std::string texts;
  std::uint32_t name = 0, qualified_name = 0, filename = 0;  // in `texts`, as those that follow
  std::vector<std::uint32_t> local_names, cell_names, free_names, names;
  std::vector<std::uint32_t> hidden_locals;
  std::vector<std::uint16_t> cell_parameters;
  std::vector<Cache> caches;
  std::string constants, positions;  // packed
  std::uint32_t constant_count = 0;
  std::vector<Instruction> instructions;
  std::vector<ExceptionEntry> exceptions;
  std::vector<LiveRange> live_ranges;
  std::vector<std::shared_ptr<const CodeUnit>> children;

  std::uint32_t add_text(std::string_view text);
  // The unit, which owns its tables and its children. Throws std::bad_alloc.
  std::shared_ptr<const CodeUnit> seal() &&;
};

// Appends a constant in the form that ConstantReader reads; units are appended to `children`.
void pack_constant(std::string& out, const ConstantValue& value, std::vector<std::shared_ptr<const CodeUnit>>& children);

}  // namespace cede::lang
