// Frame objects and their type; f_locals as a write-through proxy (PEP 667).
#include "runtime/vm/frame.hpp"

#include <algorithm>

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/cell.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/frame_locals.hpp"
#include "runtime/vm/generator.hpp"
#include "runtime/vm/interpreter.hpp"
#include "runtime/vm/traceback.hpp"

namespace cede {

constexpr Layout frame_layout = layout_for<FrameObject>();

// The collector may have taken the frame object apart before the generator that it shows.
Code& frame_code(const FrameObject& frame) {
  return frame.activation ? *frame.activation->code : *cast<Function>(frame.function).code;
}

FrameObject* frame_of(VM& vm, Activation* activation) {
  if (activation->frame) return activation->frame;
  FrameObject* frame = make_object<FrameObject>(vm, TypeId::Frame);
  if (!frame) return nullptr;
  frame->activation = activation;
  frame->function = Value(Ref(*activation->function));
  if (activation->name_space && activation->on_return != static_cast<std::uint8_t>(OnReturn::Construct))
    frame->name_space = Value(Ref(activation->name_space));
  activation->frame = frame;  // the activation's reference
  return frame;
}

std::uint32_t frame_instruction(const FrameObject& frame) {
  if (!frame.activation) return frame.last_instruction;
  const Code& code = *frame.activation->code;
  if (!code.instructions) return 0;
  const std::uint32_t at = code.index_of(frame.activation->ip);
  return at ? at - 1 : 0;
}

std::uint32_t frame_line(const FrameObject& frame) {
  const Code& code = frame_code(frame);
  const bool started = !frame.activation || frame.activation->ip != code.instructions;
  if (!started) return code.unit->first_line;
  // Instructions that belong to no line, such as the end of a handler, are shown as part of the line before them.
  return code.unit->positions.line_at_or_before(frame_instruction(frame));
}

// Where the exception that leaves the frame came from: the end of a generator that passes it on has no line of its own.
static std::uint32_t raising_instruction(VM& vm, const FrameObject& frame) {
  const BaseException* exception = as<BaseException>(vm.thread->exception);
  const Traceback* traceback = exception ? as<Traceback>(exception->traceback) : nullptr;
  return traceback && traceback->frame.object() == &frame ? traceback->instruction : frame.last_instruction;
}

// It ended in the handler that lies around the body of generators and coroutines and turns StopIteration into a
// RuntimeError: that belongs to no line.
static bool ended_in_conversion(const FrameObject& frame) {
  const Code& code = frame_code(frame);
  if (!code.instructions || !(code.flags & (lang::code_generator | lang::code_coroutine | lang::code_async_generator))) return false;
  const auto converts = [](const lang::Instruction& i) {
    return i.opcode == static_cast<std::uint8_t>(lang::Opcode::op_intrinsic) &&
           i.small >> lang::small_shift == static_cast<unsigned>(lang::Intrinsic::stop_iteration_error);
  };
  const lang::Instruction* last = code.instructions + frame.last_instruction;
  if (converts(*last)) return true;
  return last > code.instructions && last->opcode == static_cast<std::uint8_t>(lang::Opcode::op_reraise) && converts(last[-1]);
}

void frame_detach(VM& vm, Activation* activation) {
  FrameObject& frame = *activation->frame;
  frame.last_instruction = frame_instruction(frame);
  if (ended_in_conversion(frame)) frame.last_instruction = raising_instruction(vm, frame);
  Bits* r = activation->registers();
  const std::uint32_t count = activation->code->local_count;
  // Only a frame that somebody else holds needs the values.
  const bool kept = frame.count > 1;
  if (kept && frame.locals.resize(vm.heap, count)) {
    for (std::uint32_t i = 0; i < count; ++i) frame.locals[i] = std::exchange(r[i], Unbound.bits);
  } else {
    for (std::uint32_t i = 0; i < count; ++i) release(Ref(std::exchange(r[i], Unbound.bits)));
  }
  if (kept && frame.back.is_unbound() && activation->caller && !activation->generator) {
    if (FrameObject* back = frame_of(vm, activation->caller)) frame.back = Value(Ref(*back));
    else vm.clear_error();
  }
  frame.activation = nullptr;
}

namespace {

Owned frame_repr(VM& vm, Ref self) {
  const FrameObject& frame = cast<FrameObject>(self);
  const Code& code = frame_code(frame);
  return str_from_utf8(vm, fmt::format("<frame at {:#x}, file '{}', line {}, code {}>", reinterpret_cast<std::uintptr_t>(&frame),
                                       cast<Str>(code.filename).view(), frame_line(frame), code.unit->name)).take();
}

Value frame_back(VM& vm, FrameObject& self) {
  if (!self.activation) return self.back.is_unbound() ? Value(None) : self.back;
  // A suspended generator has no caller.
  if (Generator* generator = self.activation->generator)
    if (!generator_is_running(*generator)) return Value(None);
  if (!self.activation->caller) return Value(None);
  FrameObject* back = frame_of(vm, self.activation->caller);
  return back ? Value(Ref(*back)) : Value(raised);
}
Value frame_get_code(VM&, FrameObject& self) { return Value(Ref(frame_code(self))); }
Value frame_globals(VM&, FrameObject& self) { return Value(Ref(*cast<Function>(self.function).globals)); }
Value frame_builtins(VM&, FrameObject& self) { return Value(Ref(*cast<Function>(self.function).builtins)); }
Value frame_lineno(VM&, FrameObject& self) {
  const std::uint32_t line = frame_line(self);
  return line ? Value::small(line) : Value(None);
}
std::int64_t frame_lasti(VM&, FrameObject& self) {
  if (self.activation && self.activation->ip == self.activation->code->instructions) return -1;
  return std::int64_t{frame_instruction(self)} * 2;
}
Value frame_locals(VM& vm, FrameObject& self) { return frame_locals_of(vm, self); }
Value frame_trace(VM&, FrameObject&) { return Value(None); }
Value frame_generator(VM&, FrameObject& self) {
  return self.activation && self.activation->generator ? Value(Ref(*self.activation->generator)) : Value(None);
}

Status frame_clear(VM& vm, FrameObject& self) {
  if (self.activation) {
    Generator* generator = self.activation->generator;
    if (!generator || generator_is_running(*generator))
      return vm.raise(TypeId::RuntimeError, "cannot clear an executing frame");
    if (generator->state != GeneratorState::Created)
      return vm.raise(TypeId::RuntimeError, "cannot clear a suspended frame");
    generator->state = GeneratorState::Finished;
    Value held{Ref(*generator)};
    clear_suspended_frame(vm, *generator);
    vm.drain_pending();
  }
  for (Bits& word : self.locals) release(Ref(std::exchange(word, Unbound.bits)));
  vm.drain_pending();
  return Ok;
}

constexpr Method frame_methods[] = {method<"clear(self, /)", frame_clear>};
constexpr Property frame_properties[] = {
    property<"f_back", frame_back>,       property<"f_code", frame_get_code>, property<"f_globals", frame_globals>,
    property<"f_builtins", frame_builtins>, property<"f_lineno", frame_lineno>, property<"f_lasti", frame_lasti>,
    property<"f_locals", frame_locals>,   property<"f_trace", frame_trace>, property<"f_generator", frame_generator>,
};
constexpr Slots frame_slots = inherit(object_slots, [](Slots& s) { s.repr = frame_repr; });

}  // namespace

extern const NativeType frame_type{
    .name = "frame", .id = TypeId::Frame, .base = nullptr, .layout = &frame_layout, .slots = &frame_slots,
    .flags = 0, .methods = frame_methods, .properties = frame_properties};

}  // namespace cede
