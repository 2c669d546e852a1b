// Warnings that the runtime itself issues, by way of the `warnings` module once it can be imported.
#include "runtime/core/protocols.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/frame.hpp"
#include "runtime/vm/generator.hpp"
#include "runtime/vm/generator_support.hpp"
#include "runtime/vm/import.hpp"
#include "runtime/vm/interpreter.hpp"

namespace cede {

Status warn(VM& vm, TypeId category, std::string_view text, int stack_level) {
  CEDE_TRY(Value module, import_native(vm, "warnings"));
  CEDE_TRY(Value function, get_attribute(vm, module, *vm.names.warn));
  CEDE_TRY(Value message, str_from_utf8(vm, text));
  CEDE_TRY(Value result, call(vm, function, message, Ref(vm.type(category)), Ref::small(stack_level)));
  return Ok;
}

Status warn_explicit(VM& vm, TypeId category, std::string_view text, std::string_view filename, std::uint32_t line) {
  CEDE_TRY(Value module, import_native(vm, "warnings"));
  CEDE_TRY(Value function, get_attribute(vm, module, "warn_explicit"));
  CEDE_TRY(Value message, str_from_utf8(vm, text));
  CEDE_TRY(Value file, str_from_utf8(vm, filename));
  const Bits arguments[4] = {message.bits(), Ref(vm.type(category)).bits, file.bits(), Ref::small(line).bits};
  CEDE_TRY(Value result, call(vm, function, Arguments{arguments, 4, nullptr}));
  return Ok;
}

// cr_origin: (filename, line, function) of up to `coroutine_origin_depth` callers, innermost first.
void record_origin(VM& vm, Generator& generator) {
  std::vector<Value> entries;
  Activation* at = vm.thread->activation;
  for (std::int32_t i = 0; i < vm.thread->coroutine_origin_depth && at; ++i, at = at->caller) {
    FrameObject* frame = frame_of(vm, at);
    if (!frame) break;
    const Code& code = *at->code;
    Value entry = tuple_of(vm, {code.filename, Ref::small(frame_line(*frame)), code.name});
    if (entry.is_raised()) break;
    entries.push_back(std::move(entry));
  }
  vm.clear_error();
  Value origin = entries.empty() ? vm.empty_tuple : tuple_uninitialised(vm, entries.size());
  if (origin.is_raised()) return vm.clear_error();
  for (std::size_t i = 0; i < entries.size(); ++i) cast<Tuple>(origin).items[i] = entries[i].take().bits;
  if (generator_set_hook(vm, generator, origin).is_raised()) vm.clear_error();
}

void warn_never_awaited(VM& vm, Generator& coroutine) {
  Value pending = vm.take_error();
  Value module = import_native(vm, "warnings");
  Value function = module.is_raised() ? Value(raised) : Value(find_attribute(vm, module, "_warn_unawaited_coroutine"));
  Value result = function.is_raised() ? Value(raised) : Value(call(vm, function, Ref(coroutine)));
  if (result.is_raised()) vm.report_unraisable(Ref(coroutine));
  vm.clear_error();
  if (!pending.is_unbound()) vm.set_error(std::move(pending));
}

}  // namespace cede
