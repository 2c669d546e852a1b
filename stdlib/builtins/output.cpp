// print, input and open: what the builtins module does with files.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/import.hpp"
#include "stdlib/builtins/functions.hpp"
#include "stdlib/io/io.hpp"

namespace cede::stdlib {

namespace {

// sep= and end=: a Str, or Unbound where the default is meant.
Result<Ref> print_text(VM& vm, Ref text, std::string_view name) {
  if (text.is_none() || text.is_unbound()) return Ref(Unbound);
  if (!is<Str>(text)) return vm.raise(TypeId::TypeError, "{} must be None or a string, not {}", name, display_name(type_of(vm, text)));
  return text;
}

Status write_to(VM& vm, Ref file, Ref text) {
  if (text_write_is_native(vm, file) && is<Str>(text)) return text_write(vm, file, cast<Str>(text));
  CEDE_TRY(const Value result, call_method(vm, file, *vm.names.write, text));
  return Ok;
}

}  // namespace

Owned builtins_print(VM& vm, Rest args, Ref sep, Ref end, Ref file, bool flush) {
  Value target{file};
  if (target.is_none()) {
    CEDE_TRY(target, find_attribute(vm, vm.sys_module, *vm.names.stdout));
    if (target.is_unbound()) return vm.raise(TypeId::RuntimeError, "lost sys.stdout");
    if (target.is_none()) return Owned::share(None);
  }
  CEDE_TRY(const Ref separator, print_text(vm, sep, "sep"));
  CEDE_TRY(const Ref ending, print_text(vm, end, "end"));
  CEDE_TRY(const Value space, str_from_code_point(vm, ' '));
  CEDE_TRY(const Value newline, str_from_code_point(vm, '\n'));
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (i > 0) CEDE_CHECK(write_to(vm, target, separator.is_unbound() ? space.ref() : separator));
    CEDE_TRY(const Value text, str(vm, args[i]));
    CEDE_CHECK(write_to(vm, target, text));
  }
  CEDE_CHECK(write_to(vm, target, ending.is_unbound() ? newline.ref() : ending));
  if (flush) {
    CEDE_TRY(const Value flushed, call_method(vm, target, *vm.names.flush));
  }
  return Owned::share(None);
}

Owned builtins_input(VM& vm, Ref prompt) {
  CEDE_TRY(const Value in, find_attribute(vm, vm.sys_module, *vm.names.stdin));
  CEDE_TRY(const Value out, find_attribute(vm, vm.sys_module, *vm.names.stdout));
  CEDE_TRY(const Value err, find_attribute(vm, vm.sys_module, *vm.names.stderr));
  if (in.is_unbound() || in.is_none()) return vm.raise(TypeId::RuntimeError, "input(): lost sys.stdin");
  if (out.is_unbound() || out.is_none()) return vm.raise(TypeId::RuntimeError, "input(): lost sys.stdout");
  if (err.is_unbound() || err.is_none()) return vm.raise(TypeId::RuntimeError, "input(): lost sys.stderr");
  const Value flushed_errors = call_method(vm, err, *vm.names.flush);
  if (flushed_errors.is_raised()) vm.clear_error();
  if (!prompt.is_unbound()) {
    CEDE_TRY(const Value text, str(vm, prompt));
    CEDE_CHECK(write_to(vm, out, text));
  }
  CEDE_TRY(const Value flushed, call_method(vm, out, *vm.names.flush));
  CEDE_TRY(Value line, call_method(vm, in, *vm.names.readline));
  if (!is<Str>(line)) return vm.raise(TypeId::TypeError, "object.readline() returned non-string");
  Str& text = cast<Str>(line);
  if (text.length == 0) return vm.raise(TypeId::EOFError, "EOF when reading a line");
  if (!text.view().ends_with('\n')) return line.take();
  return str_substring(vm, text, 0, text.length - 1);
}

}  // namespace cede::stdlib
