// sys: what is called for uncaught exceptions, exceptions that nobody can catch, and values at the prompt.
#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/source_lines.hpp"
#include "runtime/vm/traceback.hpp"
#include "stdlib/sys/functions.hpp"

namespace cede::stdlib {

namespace {

// Writes to sys.stderr; nothing if there is none.
Status write_error_text(VM& vm, std::string_view text) {
  CEDE_TRY(const Value file, find_attribute(vm, vm.sys_module, *vm.names.stderr));
  if (file.is_unbound() || file.is_none()) return Ok;
  CEDE_TRY(const Value value, str_from_external(vm, text));
  CEDE_TRY(const Value written, call_method(vm, file, *vm.names.write, value));
  return Ok;
}
Status flush_error_stream(VM& vm) {
  CEDE_TRY(const Value file, find_attribute(vm, vm.sys_module, *vm.names.stderr));
  if (file.is_unbound() || file.is_none()) return Ok;
  CEDE_TRY(const Value flushed, call_method(vm, file, *vm.names.flush));
  return Ok;
}

Status sys_displayhook(VM& vm, Ref object) {
  if (object.is_none()) return Ok;
  CEDE_TRY(const Value builtins, dict_get_str(vm, cast<Dict>(vm.modules), *vm.names.builtins));
  if (builtins.is_unbound()) return vm.raise(TypeId::RuntimeError, "lost builtins module");
  CEDE_CHECK(set_attribute(vm, builtins, *vm.names._, None));
  CEDE_TRY(const Value out, find_attribute(vm, vm.sys_module, *vm.names.stdout));
  if (out.is_unbound() || out.is_none()) return vm.raise(TypeId::RuntimeError, "lost sys.stdout");
  CEDE_TRY(const Value text, repr(vm, object));
  CEDE_TRY(const Value written, call_method(vm, out, *vm.names.write, text));
  CEDE_TRY(const Value newline, str_from_code_point(vm, '\n'));
  CEDE_TRY(const Value ended, call_method(vm, out, *vm.names.write, newline));
  return set_attribute(vm, builtins, *vm.names._, object);
}

Status sys_excepthook(VM& vm, Ref, Ref value, Ref traceback) {
  if (!is_exception(value)) {
    CEDE_CHECK(write_error_text(vm, fmt::format("TypeError: print_exception(): Exception expected for value, {} found\n",
                                                type_name(value, vm))));
    return flush_error_stream(vm);
  }
  BaseException& exception = cast<BaseException>(value);
  if (exception.traceback.is_unbound() && is_exact(traceback, TypeId::Traceback)) exception.traceback = Value(traceback);
  const std::string report = format_exception_report(vm, value);
  CEDE_CHECK(write_error_text(vm, report));
  return flush_error_stream(vm);
}

// A traceback without carets, as reports that come from native code have it.
std::string format_plain_traceback(VM& vm, Ref traceback) {
  constexpr int repeat_cutoff = 3;
  std::string out = "Traceback (most recent call last):\n", last;
  int count = 0;
  const auto repeated = [&] {
    if (count > repeat_cutoff)
      out += fmt::format("  [Previous line repeated {} more time{}]\n", count - repeat_cutoff,
                         count - repeat_cutoff > 1 ? "s" : "");
  };
  for (Ref at = traceback; is_exact(at, TypeId::Traceback); at = cast<Traceback>(at).next) {
    const Traceback& entry = cast<Traceback>(at);
    const Code& code = frame_code(cast<FrameObject>(entry.frame));
    const std::string_view filename = cast<Str>(code.filename).view();
    const std::int32_t number = traceback_line(entry);
    std::string text = fmt::format("  File \"{}\", line {}, in {}\n", filename, number, code.unit->name);
    std::string line = source_line(vm, nullptr, filename, static_cast<std::uint32_t>(number));
    const std::size_t first = line.find_first_not_of(" \t\f");
    if (first != line.npos) line = line.substr(first, line.find_last_not_of(" \t\f\r\n") + 1 - first);
    else line.clear();
    if (!line.empty()) text += "    " + line + "\n";
    if (text != last) {
      repeated();
      last = text;
      count = 0;
    }
    if (++count <= repeat_cutoff) out += text;
  }
  repeated();
  return out;
}

// "Type: text" as the last line of an unraisable report.
std::string exception_line(VM& vm, Ref type, Ref value) {
  std::string line;
  if (is<Type>(type)) {
    const Type& class_ = cast<Type>(type);
    const std::string full = full_name(vm, class_);
    const std::string_view main = "__main__.";
    line = full.starts_with(main) ? full.substr(main.size()) : full;
  } else {
    line = "<unknown>";
  }
  if (value.is_none()) return line + "\n";
  Value text = str(vm, value);
  if (text.is_raised()) {
    vm.clear_error();
    return line + ": <exception str() failed>\n";
  }
  return line + ": " + std::string(cast<Str>(text).view()) + "\n";
}

Status sys_unraisablehook(VM& vm, Ref unraisable) {
  if (!is_unraisable_arguments(vm, unraisable))
    return vm.raise(TypeId::TypeError, "sys.unraisablehook argument type must be UnraisableHookArgs");
  const Tuple& fields = cast<Tuple>(unraisable);
  const Ref type = fields[0], value = fields[1], traceback = fields[2], message = fields[3], object = fields[4];
  std::string report;
  if (!object.is_none()) {
    if (message.is_none()) {
      report = "Exception ignored in: ";
    } else {
      CEDE_TRY(const Value text, str(vm, message));
      report = std::string(cast<Str>(text).view()) + ": ";
    }
    const Value shown = repr(vm, object);
    if (shown.is_raised()) {
      vm.clear_error();
      report += "<object repr() failed>";
    } else {
      report += cast<Str>(shown).view();
    }
    report += "\n";
  } else if (!message.is_none()) {
    CEDE_TRY(const Value text, str(vm, message));
    report = std::string(cast<Str>(text).view()) + ":\n";
  }
  if (is_exact(traceback, TypeId::Traceback)) report += format_plain_traceback(vm, traceback);
  if (!type.is_none()) report += exception_line(vm, type, value);
  CEDE_CHECK(write_error_text(vm, report));
  return flush_error_stream(vm);
}

constexpr Method functions[] = {
    method<"displayhook(object, /)", sys_displayhook>,
    method<"excepthook(exctype, value, traceback, /)", sys_excepthook>,
    method<"unraisablehook(unraisable, /)", sys_unraisablehook>,
};

Owned call_unraisable_hook(VM& vm, Ref exception, Ref object, std::string_view message) {
  CEDE_TRY(const Value hook, find_attribute(vm, vm.sys_module, *vm.names.unraisablehook));
  Value text{None};
  if (!message.empty()) {
    CEDE_TRY(text, str_from_utf8(vm, message));
  }
  const Value& traceback = cast<BaseException>(exception).traceback;
  CEDE_TRY(const Value arguments,
           sys_unraisable_arguments(vm, {Ref(type_of(vm, exception)), exception, traceback.is_unbound() ? None : Ref(traceback),
                                         text, object.is_unbound() ? None : object}));
  if (hook.is_unbound() || hook.is_none()) {
    CEDE_CHECK(sys_unraisablehook(vm, arguments));
    return Owned::share(None);
  }
  return call(vm, hook, arguments);
}

}  // namespace

const std::span<const Method> sys_hooks = functions;

void sys_unraisable_hook(VM& vm, Ref exception, Ref object, std::string_view message) {
  if (!is_exception(exception)) return;
  // An error of native code has passed no frame yet: it is shown where that code was called.
  if (cast<BaseException>(exception).traceback.is_unbound() && vm.thread->activation) {
    Activation* activation = vm.thread->activation;
    if (FrameObject* frame = frame_of(vm, activation)) {
      vm.set_error(Value(exception));
      traceback_add(vm, activation, frame_instruction(*frame));
    }
    vm.clear_error();
  }
  const Value result = call_unraisable_hook(vm, exception, object, message);
  if (!result.is_raised()) return;
  // A hook that fails is reported by the plain one.
  const Value failure = vm.take_error();
  const Value hook = find_attribute(vm, vm.sys_module, *vm.names.unraisablehook);
  if (hook.is_raised() || !is_exception(failure)) return vm.clear_error();
  const Value& traceback = cast<BaseException>(failure).traceback;
  const Value text = str_from_ascii(vm, "Exception ignored in sys.unraisablehook");
  const Value arguments =
      sys_unraisable_arguments(vm, {Ref(type_of(vm, failure)), failure, traceback.is_unbound() ? None : Ref(traceback), text,
                                    hook.is_unbound() ? None : Ref(hook)});
  if (arguments.is_raised() || sys_unraisablehook(vm, arguments).is_raised()) vm.clear_error();
}

}  // namespace cede::stdlib
