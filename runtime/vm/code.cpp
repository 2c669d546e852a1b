// Code objects: loading of a CodeUnit, its constants as values, and the type `code`.
#include "runtime/vm/code.hpp"

#include <algorithm>

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/complex.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/set.hpp"
#include "runtime/vm/interpreter.hpp"

namespace cede {

constexpr Layout code_layout = layout_for<Code>();

void InlineCache::forget_further_entries(Heap& heap) {
  while (InlineCache* entry = next) {
    next = entry->next;
    heap.free_raw(entry, sizeof(InlineCache));
  }
  length = 0;
}

namespace {

Value text_value(VM& vm, std::string_view text) { return vm.intern_transient(text); }

// Strings that look like identifiers are interned, as CPython does; others are not shared between code objects.
bool looks_like_name(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

struct ConstantMaker {
  VM& vm;
  const lang::CodeUnit& unit;
  lang::ConstantReader& reader;
  Value operator()(lang::ConstantNone) const { return Value(None); }
  Value operator()(bool b) const { return Value::boolean(b); }
  Value operator()(lang::ConstantEllipsis) const { return Value(EllipsisValue); }
  Value operator()(std::int64_t n) const { return int_from(vm, n); }
  Value operator()(lang::PackedBigInt n) const { return int_from_digits(vm, n.digits, n.base); }
  Value operator()(double d) const { return float_from(vm, d); }
  Value operator()(lang::ConstantComplex z) const { return complex_from(vm, z.real, z.imaginary); }
  Value operator()(lang::PackedStr s) const {
    return looks_like_name(s.text) ? text_value(vm, s.text) : str_from_utf8(vm, s.text);
  }
  Value operator()(lang::PackedBytes b) const { return bytes_from(vm, b.bytes); }
  Value operator()(lang::PackedTuple t) const { return items(t.count); }
  Value operator()(lang::PackedFrozenSet s) const {
    Value elements = items(s.count);
    return elements.is_raised() ? Value(raised) : Value(set_from(vm, vm.type(TypeId::FrozenSet), elements));
  }
  Value operator()(lang::PackedCode code) const { return code_new(vm, unit.child(code.child)); }

 private:
  Value items(std::uint32_t count) const {
    if (!count) return vm.empty_tuple;
    Value tuple = tuple_uninitialised(vm, count);
    if (tuple.is_raised()) return raised;
    for (std::uint32_t i = 0; i < count; ++i) {
      Value item = reader.read(*this);
      if (item.is_raised()) return raised;
      cast<Tuple>(tuple).items[i] = item.take().bits;
    }
    return tuple;
  }
};

Value names_tuple(VM& vm, const lang::TextList& names) {
  if (names.empty()) return vm.empty_tuple;
  Value tuple = tuple_uninitialised(vm, names.size());
  if (tuple.is_raised()) return raised;
  for (std::size_t i = 0; i < names.size(); ++i) {
    CEDE_TRY(Value name, text_value(vm, names[i]));
    cast<Tuple>(tuple).items[i] = name.take().bits;
  }
  return tuple;
}

}  // namespace

Owned code_new(VM& vm, std::shared_ptr<const lang::CodeUnit> unit) {
  Code* code = make_object<Code>(vm, TypeId::Code);
  if (!code) return raised;
  Value made = Value::adopt(code);
  code->unit = std::move(unit);
  const lang::CodeUnit& u = *code->unit;
  CEDE_TRY(code->name, text_value(vm, u.name));
  CEDE_TRY(code->qualified_name, text_value(vm, u.qualified_name));
  CEDE_TRY(code->filename, text_value(vm, u.filename));
  code->local_count = u.local_count + u.cell_count;
  code->frame_words = u.register_count;
  code->positional = u.positional;
  code->flags = u.flags;
  code->parameter_count = u.positional + u.keyword_only + bool(u.flags & lang::code_varargs) + bool(u.flags & lang::code_varkeywords);
  return made.take();
}

namespace {

using lang::Instruction;
using lang::Opcode;

bool is_opcode(const Instruction& i, Opcode opcode) { return i.opcode == static_cast<std::uint8_t>(opcode); }

// `call` whose result is awaited at once becomes one instruction.
void fuse_awaited_calls(Instruction* words, std::size_t count) {
  for (std::size_t i = 0; i + 2 < count; ++i) {
    const bool call = is_opcode(words[i], Opcode::op_call), method = is_opcode(words[i], Opcode::op_call_method);
    const bool enter = is_opcode(words[i], Opcode::op_with_enter), exit = is_opcode(words[i], Opcode::op_with_exit);
    if ((!call && !method && !enter && !exit) || (i && is_opcode(words[i - 1], Opcode::op_extend))) continue;
    const Instruction &awaitable = words[i + 1], &await = words[i + 2];
    if (!is_opcode(awaitable, Opcode::op_get_awaitable) || !is_opcode(await, Opcode::op_await_value)) continue;
    if (enter || exit) {
      if (awaitable.b != words[i].a || await.b != awaitable.a) continue;
      words[i].opcode = static_cast<std::uint8_t>(enter ? SpecialisedOpcode::with_enter_await : SpecialisedOpcode::with_exit_await);
      continue;
    }
    // The register of the awaited object must lie outside of the callee's frame.
    if (awaitable.small >> lang::small_shift || awaitable.b != words[i].a || await.b != awaitable.a || await.b > words[i].b) continue;
    words[i].opcode = static_cast<std::uint8_t>(call ? SpecialisedOpcode::call_await : SpecialisedOpcode::call_method_await);
  }
}

// The only handler of exceptions is the one that converts StopIteration.
bool handles_nothing(const lang::CodeUnit& unit) {
  for (const lang::ExceptionEntry& entry : unit.exceptions) {
    const Instruction& handler = unit.instructions[entry.handler];
    if (!is_opcode(handler, Opcode::op_intrinsic) ||
        handler.small >> lang::small_shift != static_cast<unsigned>(lang::Intrinsic::stop_iteration_error))
      return false;
  }
  return true;
}

}  // namespace

Status Code::prepare(VM& vm) {
  if (instructions) [[likely]] return Ok;
  const lang::CodeUnit& u = *unit;
  CEDE_TRY(local_names, names_tuple(vm, u.local_names));
  CEDE_TRY(cell_names, names_tuple(vm, u.cell_names));
  CEDE_TRY(free_names, names_tuple(vm, u.free_names));
  auto* words = static_cast<lang::Instruction*>(vm.heap.allocate_raw(u.instructions.size() * sizeof(lang::Instruction)));
  auto* values = u.constants.empty() ? nullptr : static_cast<Bits*>(vm.heap.allocate_raw(u.constants.size() * sizeof(Bits)));
  auto* inline_caches = u.caches.empty() ? nullptr : static_cast<InlineCache*>(vm.heap.allocate_raw(u.caches.size() * sizeof(InlineCache)));
  bool failed = !words || (!values && !u.constants.empty()) || (!inline_caches && !u.caches.empty());
  std::size_t made = 0;
  if (!failed) {
    lang::ConstantReader reader = u.constants.reader();
    for (; made < u.constants.size(); ++made) {
      Value value = reader.read(ConstantMaker{vm, u, reader});
      if (value.is_raised()) break;
      values[made] = value.take().bits;
    }
  } else {
    (void)vm.raise_memory_error();
  }
  if (failed || made < u.constants.size()) {
    for (std::size_t i = 0; i < made; ++i) release(Ref(values[i]));
    if (words) vm.heap.free_raw(words, u.instructions.size() * sizeof(lang::Instruction));
    if (values) vm.heap.free_raw(values, u.constants.size() * sizeof(Bits));
    if (inline_caches) vm.heap.free_raw(inline_caches, u.caches.size() * sizeof(InlineCache));
    return raised;
  }
  std::copy(u.instructions.begin(), u.instructions.end(), words);
  if (flags & lang::code_coroutine) fuse_awaited_calls(words, u.instructions.size());
  for (std::size_t i = 0; i < u.caches.size(); ++i) {
    Str& name_ = vm.intern(u.names[u.caches[i].name]);
    retain(Ref(name_));
    inline_caches[i] = InlineCache{};
    inline_caches[i].name = &name_;
    inline_caches[i].value = Unbound.bits;
  }
  constants = values;
  constant_count = static_cast<std::uint32_t>(u.constants.size());
  caches = inline_caches;
  cache_count = static_cast<std::uint32_t>(u.caches.size());
  instruction_count = static_cast<std::uint32_t>(u.instructions.size());
  instructions = words;
  plain_parameters = u.keyword_only == 0 && !(flags & (lang::code_varargs | lang::code_varkeywords));
  awaitable_in_place = u.keyword_only == 0 && !(flags & lang::code_varkeywords) && (flags & lang::code_coroutine) && !(flags & lang::code_async_generator) &&
                       handles_nothing(u);
  simple = plain_parameters && !(flags & (lang::code_generator | lang::code_coroutine | lang::code_async_generator));
  return Ok;
}

Status Code::set_quick(VM& vm, QuickCall call) {
  CEDE_CHECK(prepare(vm));
  quick = call;
  simple = false;  // the interpreter's own fast path would go past it
  return Ok;
}

void Code::dispose(Heap& heap, Code& self) {
  if (self.instructions) heap.free_raw(self.instructions, self.instruction_count * sizeof(lang::Instruction));
  if (self.constants) heap.free_raw(self.constants, self.constant_count * sizeof(Bits));
  if (self.caches) {
    for (std::uint32_t i = 0; i < self.cache_count; ++i) {
      self.caches[i].forget_further_entries(heap);
      release(Ref(self.caches[i].name));
    }
    heap.free_raw(self.caches, self.cache_count * sizeof(InlineCache));
  }
  self.unit.reset();
}

// ---- the type

namespace {

Owned code_repr(VM& vm, Ref self) {
  const Code& code = cast<Code>(self);
  return str_from_utf8(vm, fmt::format("<code object {} at {:#x}, file \"{}\", line {}>", code.unit->name,
                                       reinterpret_cast<std::uintptr_t>(&code), cast<Str>(code.filename).view(),
                                       code.unit->first_line)).take();
}

std::int64_t code_argcount(VM&, Code& self) { return self.unit->positional; }
std::int64_t code_posonlyargcount(VM&, Code& self) { return self.unit->positional_only; }
std::int64_t code_kwonlyargcount(VM&, Code& self) { return self.unit->keyword_only; }
std::int64_t code_nlocals(VM&, Code& self) { return static_cast<std::int64_t>(self.unit->local_names.size()); }
std::int64_t code_stacksize(VM&, Code& self) { return self.unit->register_count; }
std::int64_t code_co_flags(VM&, Code& self) { return self.flags; }
std::int64_t code_firstlineno(VM&, Code& self) { return self.unit->first_line; }
Value code_name(VM&, Code& self) { return self.name; }
Value code_qualname(VM&, Code& self) { return self.qualified_name; }
Value code_filename(VM&, Code& self) { return self.filename; }
Value code_varnames(VM& vm, Code& self) {
  CEDE_CHECK(self.prepare(vm));
  return self.local_names;
}
Value code_cellvars(VM& vm, Code& self) {
  CEDE_CHECK(self.prepare(vm));
  return self.cell_names;
}
Value code_freevars(VM& vm, Code& self) {
  CEDE_CHECK(self.prepare(vm));
  return self.free_names;
}
Value code_names(VM& vm, Code& self) { return names_tuple(vm, self.unit->names); }
Value code_consts(VM& vm, Code& self) {
  CEDE_CHECK(self.prepare(vm));
  return tuple_from_words(vm, self.constants, self.constant_count);
}

// Lines of the instructions in order, as (start, end, line) byte ranges of two bytes each.
Value code_lines(VM& vm, Code& self) {
  CEDE_TRY(Value list, list_new(vm));
  std::size_t start = 0, end = 0;
  std::uint32_t line = 0;
  Status status = Ok;
  const auto add = [&]() -> Status {
    if (start == end) return Ok;
    CEDE_TRY(Value entry, tuple_of(vm, {Ref::small(static_cast<std::int64_t>(start) * 2), Ref::small(static_cast<std::int64_t>(end) * 2),
                                        line ? Ref::small(line) : None}));
    start = end;
    return list_append(vm, cast<List>(list), entry);
  };
  self.unit->positions.each_run([&](std::size_t, std::size_t count, const lang::CodePosition& position) {
    if (position.line != line && !status.is_raised()) status = add();
    line = position.line;
    end += count;
  });
  if (status.is_raised() || add().is_raised()) return raised;
  return get_iterator(vm, list);
}

Value code_positions(VM& vm, Code& self) {
  CEDE_TRY(Value list, list_new(vm));
  Status status = Ok;
  const auto add = [&](const lang::CodePosition& p) -> Status {
    CEDE_TRY(Value entry, p.line ? tuple_of(vm, {Ref::small(p.line), Ref::small(p.end_line), Ref::small(p.column), Ref::small(p.end_column)})
                                 : tuple_of(vm, {None, None, None, None}));
    return list_append(vm, cast<List>(list), entry);
  };
  self.unit->positions.each_run([&](std::size_t, std::size_t count, const lang::CodePosition& position) {
    for (; count && !status.is_raised(); --count) status = add(position);
  });
  if (status.is_raised()) return raised;
  return get_iterator(vm, list);
}

// A copy with some attributes changed: those that say what the code is called, where it is from and how it is called.
Owned code_replace(VM& vm, Code& self, Keywords changes) {
  const lang::CodeUnit& unit = *self.unit;
  std::string name_(unit.name), qualified(unit.qualified_name), file(unit.filename);
  std::uint32_t first_line = unit.first_line, new_flags = unit.flags;
  Status status = Ok;
  const auto text = [&](std::string_view name, Ref value, std::string& field) {
    if (is<Str>(value)) field = cast<Str>(value).view();
    else status = vm.raise(TypeId::TypeError, "replace() argument '{}' must be str, not {}", name, type_name(value, vm));
  };
  const auto number = [&](Ref value, std::uint32_t& field) {
    const auto given = index_int64(vm, value);
    if (given.is_raised()) status = raised;
    else field = static_cast<std::uint32_t>(*given);
  };
  changes.each([&](Str& key, Ref value) {
    if (status.is_raised()) return;
    const std::string_view name = key.view();
    if (name == "co_flags") number(value, new_flags);
    else if (name == "co_firstlineno") number(value, first_line);
    else if (name == "co_name") text(name, value, name_);
    else if (name == "co_qualname") text(name, value, qualified);
    else if (name == "co_filename") text(name, value, file);
    else if (name.starts_with("co_"))
      status = vm.raise(TypeId::NotImplementedError, "code.replace() cannot change {}", name);
    else
      status = vm.raise(TypeId::TypeError, "replace() got an unexpected keyword argument '{}'", name);
  });
  if (status.is_raised()) return raised;
  return code_new(vm, lang::renamed(self.unit, std::move(name_), std::move(qualified), std::move(file), first_line, new_flags));
}

constexpr Method code_methods[] = {
    method<"replace(self, /, **changes)", code_replace>,
    method<"__replace__(self, /, **changes)", code_replace>,
    method<"co_lines(self, /)", code_lines>,
    method<"co_positions(self, /)", code_positions>,
};
constexpr Property code_properties[] = {
    property<"co_argcount", code_argcount>,
    property<"co_posonlyargcount", code_posonlyargcount>,
    property<"co_kwonlyargcount", code_kwonlyargcount>,
    property<"co_nlocals", code_nlocals>,
    property<"co_stacksize", code_stacksize>,
    property<"co_flags", code_co_flags>,
    property<"co_firstlineno", code_firstlineno>,
    property<"co_name", code_name>,
    property<"co_qualname", code_qualname>,
    property<"co_filename", code_filename>,
    property<"co_varnames", code_varnames>,
    property<"co_cellvars", code_cellvars>,
    property<"co_freevars", code_freevars>,
    property<"co_names", code_names>,
    property<"co_consts", code_consts>,
};
constexpr Slots code_slots = inherit(object_slots, [](Slots& s) { s.repr = code_repr; });

}  // namespace

extern const NativeType code_type{
    .name = "code", .id = TypeId::Code, .base = nullptr, .layout = &code_layout, .slots = &code_slots,
    .flags = std::uint32_t(TypeFlag::HasWeakReferences), .methods = code_methods, .properties = code_properties};

}  // namespace cede
