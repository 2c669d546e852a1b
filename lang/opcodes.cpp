// The table of opcodes.def as data: names, operand kinds and meanings, for the disassembler and the verifier.
#include "lang/code.hpp"

namespace cede::lang {

constinit const OpcodeDescription opcode_descriptions[static_cast<std::size_t>(Opcode::count)] = {
#define OPCODE(name, a, b, c, meaning) {#name, Operand::a, Operand::b, Operand::c, meaning},
#include "lang/opcodes.def"
};

}  // namespace cede::lang
