// Code: a CodeUnit loaded into an isolate. It owns a copy of the instructions, which specialise in place, the constants
// as values and the inline caches. Function: code with globals, defaults and closure.
#pragma once

#include <memory>

#include "lang/code.hpp"
#include "runtime/core/vm.hpp"
#include "runtime/types/bound_method.hpp"
#include "runtime/types/cell.hpp"

namespace cede {

// One inline cache. What the fields mean depends on the instruction's specialisation (handlers/).
struct InlineCache {
  Str* name;               // interned, owned by the code
  std::uint32_t version;   // of the type or of the dict's keys
  std::uint32_t index;     // attribute index, dict entry
  const Shape* shape;      // of the instance
  Bits value;              // borrowed: valid as long as `version` is current
  std::uint32_t version2;  // of the builtins' keys, of the metatype; with `shape`: where the instance's Attributes are
  std::uint32_t misses;
  InlineCache* next;       // owned: further entries for the same specialisation, for instances of other types
  std::uint8_t kind;       // SpecialisedOpcode that the entries are for
  std::uint8_t length;     // number of further entries

  void forget_further_entries(Heap& heap);
};

struct Function;

// A coroutine function whose `await f(...)` native code can begin without a coroutine object. It is given the arguments
// (borrowed). Suspended: `value` (owned) is what the await yields, `awaited` (owned) the iterator that stands for the
// coroutine from then on. Done: `value` is the result. Declined: nothing was done, the call takes its usual way.
enum class InPlace : std::uint8_t { Declined, Suspended, Done, Failed };
using InPlaceAwait = InPlace (*)(VM& vm, Function& function, const Bits* arguments, std::uint32_t count, Bits& awaited,
                                 Bits& value);

// A function whose usual case native code does: given the positional arguments (borrowed), it gives the result, or
// Unbound having done nothing: then the function's own code runs.
using QuickCall = Owned (*)(VM& vm, Function& function, const Bits* arguments, std::uint32_t count);

extern const Layout code_layout;
struct Code : Object {
  static const Layout* layout() { return &code_layout; }
  static constexpr const char* type_name = "code";

  std::shared_ptr<const lang::CodeUnit> unit;
  InPlaceAwait in_place = nullptr;
  QuickCall quick = nullptr;         // set by `set_quick`
  lang::Instruction* instructions;   // raw block; null until the first call (`prepare`)
  InlineCache* caches;
  Bits* constants;                   // constant_count owned words
  std::uint32_t instruction_count, cache_count, constant_count;
  std::uint32_t local_count, frame_words;   // locals and cells; all registers
  std::uint32_t positional, parameter_count; // parameters that take registers
  std::uint32_t flags;
  std::uint32_t plain_awaits[2];     // indices that `coroutine_at_await` has found; 0: not looked for
  bool plain_parameters;             // only positional parameters
  bool awaitable_in_place;           // a coroutine function that push_awaited may take
  bool simple;                       // only positional parameters, no cells among them, no generator: fast calls
  bool namespace_differs;            // has run with a namespace that is not its globals
  Value name, qualified_name, filename;  // Str
  Value local_names, cell_names, free_names;  // Tuples of Str, made by `prepare`
  Value replaced;                    // by code.replace(): overrides for reflection, or Unbound

  template<class F> static void fields(Code& self, F&& field) {
    if (self.constants) field(self.constants, self.constant_count);
    field(self.name); field(self.qualified_name); field(self.filename);
    field(self.local_names); field(self.cell_names); field(self.free_names); field(self.replaced);
  }
  static void dispose(Heap& heap, Code& self);
  // Copies instructions, makes names, constants and caches, if that has not been done. Raises MemoryError.
  Status prepare(VM& vm);
  Status set_quick(VM& vm, QuickCall call);
  std::uint32_t index_of(const lang::Instruction* instruction) const {
    return static_cast<std::uint32_t>(instruction - instructions);
  }
};
Owned code_new(VM& vm, std::shared_ptr<const lang::CodeUnit> unit);

extern const Layout function_layout;
struct Function : Object {
  static const Layout* layout() { return &function_layout; }
  static constexpr const char* type_name = "function";

  Code* code;                  // owned
  Dict* globals;               // owned
  Dict* builtins;              // owned
  Tuple* closure;              // owned, or null
  Value defaults;              // Tuple or None
  Value keyword_defaults;      // Dict or None
  Value name, qualified_name, module, documentation, annotations, type_params;  // annotations: Dict, Tuple of pairs or Unbound
  Value dictionary;            // __dict__, or Unbound
  Value retired;               // List of codes that were replaced, or Unbound
  std::uint32_t version;       // changed with code or defaults; call sites cache it
  template<class F> static void fields(Function& self, F&& field) {
    field(reinterpret_cast<Bits*>(&self.code), 1);
    field(reinterpret_cast<Bits*>(&self.globals), 1);
    field(reinterpret_cast<Bits*>(&self.builtins), 1);
    if (self.closure) field(reinterpret_cast<Bits*>(&self.closure), 1);
    field(self.defaults); field(self.keyword_defaults); field(self.name); field(self.qualified_name);
    field(self.module); field(self.documentation); field(self.annotations); field(self.type_params);
    field(self.dictionary); field(self.retired);
  }
  // A finaliser may still call it: code, globals and builtins stay.
  static void unlink(Function& self);
};
Owned function_new(VM& vm, Code& code, Dict& globals);

}  // namespace cede
