// The innermost script frame as super() and class creation see it.
#include "runtime/vm/current_frame.hpp"

#include <algorithm>

#include "runtime/core/protocols.hpp"
#include "runtime/vm/interpreter.hpp"

namespace cede {

namespace {

// The first argument: in its register, or in the cell that took it over.
Ref first_argument(Activation& activation) {
  const lang::CodeUnit& unit = *activation.code->unit;
  const Bits* registers = activation.registers();
  for (std::size_t i = 0; i < unit.cell_parameters.size(); ++i) {
    if (unit.cell_parameters[i] != 0) continue;
    const Ref cell(registers[unit.local_count + i]);
    if (is_exact(cell, TypeId::Cell)) return cast<Cell>(cell).content;
  }
  return Ref(registers[0]);
}

Status implicit_super(VM& vm, Value& class_, Value& self) {
  Activation* activation = vm.thread->activation;
  if (!activation) return vm.raise(TypeId::RuntimeError, "super(): no current frame");
  const Code& code = *activation->code;
  if (code.unit->positional == 0) return vm.raise(TypeId::RuntimeError, "super(): no arguments");
  self = Value(first_argument(*activation));
  if (self.is_unbound()) return vm.raise(TypeId::RuntimeError, "super(): arg[0] deleted");
  const auto& names = code.unit->free_names;
  const auto found = std::find(names.begin(), names.end(), "__class__");
  const Tuple* closure = activation->function->closure;
  if (found == names.end() || !closure) return vm.raise(TypeId::RuntimeError, "super(): __class__ cell not found");
  const Ref cell = (*closure)[static_cast<std::size_t>(found - names.begin())];
  class_ = cast<Cell>(cell).content;
  if (class_.is_unbound()) return vm.raise(TypeId::RuntimeError, "super(): empty __class__ cell");
  if (!is<Type>(class_))
    return vm.raise(TypeId::RuntimeError, "super(): __class__ is not a type ({})", type_name(class_, vm));
  return Ok;
}

Owned current_globals(VM& vm) {
  const Activation* activation = vm.thread->activation;
  return activation ? Owned::share(Ref(*activation->function->globals)) : Owned();
}

void mark_running_frames(VM& vm, bool running) {
  for (ThreadState* thread = &vm.main_thread(); thread; thread = thread->next)
    for (Activation* at = thread->activation; at; at = at->caller)
      if (Generator* generator = at->generator)
        generator->flags = running ? generator->flags | Generator::running_mark
                                   : generator->flags & ~Generator::running_mark;
}

}  // namespace

void install_frame_hooks(VM& vm) {
  vm.mark_running_frames = mark_running_frames;
  vm.implicit_super = implicit_super;
  vm.current_globals = current_globals;
}

}  // namespace cede
