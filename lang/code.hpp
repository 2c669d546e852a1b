// Code units: what the compiler makes and the virtual machine loads. Immutable, shared by isolates and threads.
//
// Registers of a frame, in this order:
//   [0, local_count)                     locals: parameters first (positional, keyword-only, *args, **kwargs)
//   [local_count, +cell_count)           the cells of variables that inner code shares (made by make_cell at entry)
//   [local_count + cell_count, register_count)  temporaries
// Locals and cells hold Unbound until they are assigned. Temporaries are live between the instruction that writes
// them and the one that consumes them; `live_ranges` says where, for unwinding and suspended frames.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lang/ast.hpp"
#include "lang/code_tables.hpp"

namespace cede::lang {

enum class Opcode : std::uint8_t {
#define OPCODE(name, a, b, c, meaning) op_##name,
#include "lang/opcodes.def"
  count,
};

enum class Operand : std::uint8_t { Unused, Out, In, InOut, Window, Constant, Cache, Count, Immediate, Jump, Small };

struct OpcodeDescription {
  std::string_view name;
  Operand a, b, c;
  std::string_view meaning;
};
extern const OpcodeDescription opcode_descriptions[static_cast<std::size_t>(Opcode::count)];

// Bits of Instruction::small.
enum InstructionFlag : std::uint8_t {
  consume_a = 1,
  consume_b = 2,
  consume_c = 4,
  out_is_local = 8,     // the register written is a local or cell: its old value is released (last)
  sense_true = 16,      // compare jumps, is, in
  inplace = 16,         // operators: augmented assignment
};
inline constexpr unsigned small_shift = 4;          // where numbers are kept in `small` (four bits)
inline constexpr std::uint16_t no_register = 0xFFFF;
inline constexpr std::uint32_t call_header = 8;     // registers kept free for the header of the callee's frame

struct Instruction {
  std::uint8_t opcode;
  std::uint8_t small;
  std::uint16_t a, b, c;
};
static_assert(sizeof(Instruction) == 8);

// Intrinsics: operations too rare for an opcode of their own.
enum class Intrinsic : std::uint16_t {
  print_expression,        // REPL: displayhook(b)
  stop_iteration_error,    // generators: StopIteration b (an exception) becomes RuntimeError; raises always
  type_var,                // b: name
  type_var_with_bound,     // b: name, c: function that evaluates the bound
  type_var_with_constraints,
  param_spec,
  type_var_tuple,
  set_type_param_default,  // b: parameter, c: function; result b
  set_function_type_params,  // b: function, c: tuple; result b
  subscript_generic,       // Generic[b]
  type_alias,              // b: tuple (name, type params or None, value function)
  assertion_error,         // AssertionError class
  setup_annotations,       // makes __annotations__ in the frame's namespace if it is absent
  list_from_iterable,      // b
  async_generator_wrap,    // unused by the VM's yield
};

struct Cache {
  std::uint32_t name;      // index into `names`
};

// Sorted by start, not overlapping: of nested handlers an instruction has the innermost.
struct ExceptionEntry {
  std::uint32_t start, end;      // instructions [start, end) are guarded
  std::uint32_t handler;
  std::uint32_t exception;       // temporary that receives the exception; it and those above are released before
};

// Temporary `reg` is live at the instructions in [start, end): written by the one before start, consumed at `end`
// (an instruction that raises or suspends holds it if start <= its index < end). Sorted by start.
struct LiveRange {
  std::uint32_t start, end;
  std::uint32_t reg;
};

enum CodeFlag : std::uint32_t {  // CPython's co_flags
  code_optimized = 1, code_new_locals = 2, code_varargs = 4, code_varkeywords = 8, code_nested = 16,
  code_generator = 32, code_coroutine = 128, code_iterable_coroutine = 256, code_async_generator = 512,
  code_future_annotations = 0x1000000, code_has_docstring = 0x4000000,
};

// What runs: tables of one module, class or function body. The tables are views: of memory that belongs to the unit (a
// compiled one), to the unit it was made from (a replaced one) or to the program (one of an image).
struct CodeUnit {
  std::string_view name, qualified_name, filename;
  std::uint32_t first_line = 0;
  std::uint32_t flags = 0;
  std::uint32_t positional_only = 0, positional = 0, keyword_only = 0;  // `positional` counts both kinds
  std::uint32_t local_count = 0, cell_count = 0, register_count = 0;
  bool is_class_body = false, is_module = false;
  TextList local_names, cell_names, free_names;
  // Locals that belong to inlined comprehensions: unbound outside; their names may repeat those of others.
  std::span<const std::uint32_t> hidden_locals;
  // For each cell: the parameter register whose argument it takes over, or no_register.
  std::span<const std::uint16_t> cell_parameters;
  TextList names;                             // attribute and global names, for caches
  std::span<const Cache> caches;
  ConstantList constants;                     // [0] is the docstring or None in functions
  std::span<const Instruction> instructions;
  PositionTable positions;                    // of each instruction
  std::span<const ExceptionEntry> exceptions;
  std::span<const LiveRange> live_ranges;
  std::shared_ptr<const std::string> source;  // text of the file, for tracebacks of code without a file; may be null

  // The unit that a code constant stands for. One of an image is made anew at each call.
  std::shared_ptr<const CodeUnit> child(std::uint32_t index) const;
  std::size_t child_count() const { return image ? image_children.size() : children.size(); }

  std::span<const std::shared_ptr<const CodeUnit>> children;  // of a compiled unit
  const unsigned char* image = nullptr;                       // of a unit of an image
  std::span<const std::uint32_t> image_children;
};

// A copy that is called otherwise and shares all tables.
std::shared_ptr<const CodeUnit> renamed(std::shared_ptr<const CodeUnit> unit, std::string name, std::string qualified_name,
                                        std::string filename, std::uint32_t first_line, std::uint32_t flags);

// Constants unpacked: what the compiler collects, and what tools read.
struct ConstantBigInt { std::string digits; std::uint8_t base; };
struct ConstantStr { std::string text; };    // generalised UTF-8
struct ConstantBytes { std::string bytes; };
struct ConstantValue;
struct ConstantTuple { std::vector<ConstantValue> items; };
struct ConstantFrozenSet { std::vector<ConstantValue> items; };
struct ConstantValue : std::variant<ConstantNone, bool, ConstantEllipsis, std::int64_t, ConstantBigInt, double,
                                    ConstantComplex, ConstantStr, ConstantBytes, ConstantTuple, ConstantFrozenSet,
                                    std::shared_ptr<const CodeUnit>> {
  using variant::variant;
};
std::vector<ConstantValue> unpack_constants(const CodeUnit& unit);

// One instruction a line, as --dump-code prints it; nested units follow.
std::string disassemble(const CodeUnit& unit);

struct CompileOptions {
  std::uint8_t optimize = 0;          // 1: no asserts, __debug__ False; 2: no docstrings
  bool interactive = false;           // Mode::Single: expression statements are printed
  bool allow_top_level_await = false; // the module's code is a coroutine if it awaits
  std::shared_ptr<const std::string> source;  // kept by the units, for tracebacks of code without a file; may be null
};

// Compiles a resolved module. Throws SyntaxError or std::bad_alloc.
std::shared_ptr<const CodeUnit> compile(ast::Module& module, const CompileOptions& options = {});

}  // namespace cede::lang
