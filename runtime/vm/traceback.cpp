// Traceback objects. Their text is made in traceback_report.cpp.
#include "runtime/vm/traceback.hpp"

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/list.hpp"

namespace cede {

constexpr Layout traceback_layout = layout_for<Traceback>();

void traceback_add(VM& vm, Activation* activation, std::uint32_t index) {
  BaseException* exception = as<BaseException>(vm.thread->exception);
  if (!exception) return;
  Value pending = vm.take_error();
  Traceback* traceback = nullptr;
  if (FrameObject* frame = frame_of(vm, activation)) {
    traceback = make_object<Traceback>(vm, TypeId::Traceback);
    if (traceback) {
      traceback->next = exception->traceback.is_unbound() ? Value(None) : exception->traceback;
      traceback->frame = Value(Ref(*frame));
      traceback->instruction = index;
      traceback->given_line = index == Traceback::not_started ? static_cast<std::int32_t>(activation->code->unit->first_line)
                                                              : Traceback::line_of_instruction;
    }
  }
  if (traceback) exception->traceback = Value::adopt(traceback);
  vm.set_error(std::move(pending));
}

std::int32_t traceback_line(const Traceback& traceback) {
  if (traceback.given_line != Traceback::line_of_instruction) return traceback.given_line;
  return static_cast<std::int32_t>(frame_code(cast<FrameObject>(traceback.frame)).unit->positions[traceback.instruction].line);
}

namespace {

Value traceback_next(VM&, Traceback& self) { return self.next; }
Status traceback_set_next(VM& vm, Traceback& self, Ref value) {
  if (value.is_unbound()) return vm.raise(TypeId::TypeError, "can't delete tb_next attribute");
  if (!value.is_none() && !is_exact(value, TypeId::Traceback))
    return vm.raise(TypeId::TypeError, "expected traceback object or None, got '{}'", type_name(value, vm));
  for (Ref at = value; is_exact(at, TypeId::Traceback); at = cast<Traceback>(at).next)
    if (at.object() == &self) return vm.raise(TypeId::ValueError, "traceback loop detected");
  self.next = Value(value);
  return Ok;
}
Value traceback_frame(VM&, Traceback& self) { return self.frame; }
std::int64_t traceback_lasti(VM&, Traceback& self) {
  return self.instruction == Traceback::not_started ? -1 : std::int64_t{self.instruction} * 2;
}
Value traceback_lineno(VM&, Traceback& self) {
  const std::int32_t line = traceback_line(self);
  return line ? Value::small(line) : Value(None);
}
Value traceback_dir(VM& vm, Traceback&) {
  CEDE_TRY(Value names, list_new(vm));
  for (const char* name : {"tb_frame", "tb_next", "tb_lasti", "tb_lineno"})
    CEDE_CHECK(list_append(vm, cast<List>(names), Ref(vm.intern(name))));
  return names;
}

// types.TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)
Owned traceback_make(VM& vm, Type&, Ref next, FrameObject& frame, std::int64_t last, std::int64_t line) {
  if (!next.is_none() && !is_exact(next, TypeId::Traceback))
    return vm.raise(TypeId::TypeError, "expected traceback object or None, got '{}'", type_name(next, vm));
  Traceback* made = make_object<Traceback>(vm, TypeId::Traceback);
  if (!made) return raised;
  made->next = Value(next);
  made->frame = Value(Ref(frame));
  made->instruction = last < 0 ? Traceback::not_started : static_cast<std::uint32_t>(last / 2);
  made->given_line = static_cast<std::int32_t>(line);
  return Value::adopt(made).take();
}
Owned traceback_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"traceback(tb_next, tb_frame, tb_lasti, tb_lineno)", traceback_make>(vm, type, arguments);
}

constexpr Method traceback_methods[] = {method<"__dir__(self, /)", traceback_dir>};
constexpr Property traceback_properties[] = {
    property<"tb_next", traceback_next, traceback_set_next>,
    property<"tb_frame", traceback_frame>,
    property<"tb_lasti", traceback_lasti>,
    property<"tb_lineno", traceback_lineno>,
};
constexpr Slots traceback_slots = inherit(object_slots, [](Slots& s) { s.construct = traceback_construct; });

}  // namespace

extern const NativeType traceback_type{
    .name = "traceback", .id = TypeId::Traceback, .base = nullptr, .layout = &traceback_layout, .slots = &traceback_slots,
    .flags = std::uint32_t(TypeFlag::Instantiable), .methods = traceback_methods, .properties = traceback_properties};

}  // namespace cede
