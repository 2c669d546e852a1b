// Exceptions of scripts as Errors, and Errors of the host as exceptions.
#include "runtime/async/async_state.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/embed/state.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/traceback.hpp"

namespace cede::embed::detail {

namespace {

std::string text_of(Ref value) {
  return is<cede::Str>(value) ? std::string(cast<cede::Str>(value).view()) : std::string();
}
int number_of(Ref value) {
  return value.is_small() && value.small() > 0 && value.small() <= std::numeric_limits<int>::max()
             ? static_cast<int>(value.small())
             : 0;
}

std::string qualified_type_name(VM& vm, Ref exception) {
  const Type& type = type_of(vm, exception);
  const std::string name = text_of(type.qualified_name);
  const cede::Value module = find_attribute(vm, Ref(type), *vm.names.__module__);
  if (module.is_raised()) vm.clear_error();
  const std::string module_name = text_of(module);
  return module_name.empty() || module_name == "builtins" || module_name == "__main__"
             ? name
             : module_name + "." + name;
}

std::string message_of(VM& vm, Ref exception) {
  const cede::Value text = cede::str(vm, exception);
  if (!text.is_raised()) return text_of(text);
  vm.clear_error();
  return "<exception str() failed>";
}

// The place of the innermost line of script.
void find_place(Ref traceback, Error& error) {
  if (!is_exact(traceback, TypeId::Traceback)) return;
  while (is_exact(cast<Traceback>(traceback).next, TypeId::Traceback))
    traceback = cast<Traceback>(traceback).next;
  const Traceback& innermost = cast<Traceback>(traceback);
  error.file = text_of(frame_code(cast<FrameObject>(innermost.frame)).filename);
  error.line = traceback_line(innermost);
}

// As the command line makes a status of SystemExit's argument.
void describe_exit(VM& vm, const SystemExitObject& exit, Error& error) {
  error.kind = Error::Kind::Exit;
  if (exit.code.is_unbound() || exit.code.is_none()) return;
  if (!is_int(exit.code)) {
    error.exit_status = 1;
    return;
  }
  const auto status = int_to_int64(exit.code);
  error.exit_status = static_cast<int>(status ? *status & 0xFF : 0xFF);
  (void)vm;
}

}  // namespace

Error State::misuse(std::string text) {
  Error error;
  error.kind = Error::Kind::Misuse;
  error.message = std::move(text);
  return error;
}

Error State::take_error() {
  VM& vm = this->vm();
  const cede::Value exception = vm.take_error();
  Error error;
  const bool mistaken = std::exchange(foreign_object, false);
  if (!is_exception(exception)) {
    error = misuse("the isolate reported a failure without an exception");
  } else if (vm.stopped && vm.async && !vm.async->deadlock_report.empty() && !link->killed) {
    error.kind = Error::Kind::Deadlock;
    error.message = "deadlock: nothing can wake what the script waits for";
    error.traceback = vm.async->deadlock_report;
    link->killed = true;
    find_place(cast<BaseException>(exception).traceback, error);
    return error;
  } else if (vm.stopped) {
    error.kind = Error::Kind::Killed;
    error.message = "the isolate was killed";
    find_place(cast<BaseException>(exception).traceback, error);
    return error;
  } else if (mistaken) {
    error = misuse(message_of(vm, exception));
  } else {
    error.type = qualified_type_name(vm, exception);
    error.message = message_of(vm, exception);
    find_place(cast<BaseException>(exception).traceback, error);
    if (const auto* syntax = as<SyntaxErrorObject>(exception)) {
      if (is<cede::Str>(syntax->msg)) error.message = text_of(syntax->msg);
      if (is<cede::Str>(syntax->filename)) error.file = text_of(syntax->filename);
      error.line = number_of(syntax->lineno);
      error.column = number_of(syntax->offset);
    }
    if (const auto* exit = as<SystemExitObject>(exception)) describe_exit(vm, *exit, error);
    error.traceback = format_exception_report(vm, exception);
    if (keep(exception, error.exception).is_raised()) vm.clear_error();
  }
  // Its __str__ may have been killed, or have left finalisers.
  vm.drain_pending();
  return error;
}

namespace {

// The class that an Error names, or Unbound.
Owned find_exception_class(VM& vm, std::string_view name) {
  const std::size_t dot = name.rfind('.');
  cede::Value module;
  if (dot == name.npos) {
    CEDE_TRY(const cede::Value found, dict_get_str(vm, cast<cede::Dict>(vm.builtins), vm.intern(name)));
    return Owned::share(is_exception_class(found) ? found.ref() : Unbound);
  }
  CEDE_TRY(module, dict_get_str(vm, cast<cede::Dict>(vm.modules), vm.intern(name.substr(0, dot))));
  if (module.is_unbound()) return Owned();
  CEDE_TRY(const cede::Value found, find_attribute(vm, module, name.substr(dot + 1)));
  return Owned::share(is_exception_class(found) ? found.ref() : Unbound);
}

}  // namespace

RaisedMark State::raise(const Error& error) {
  VM& vm = this->vm();
  if (vm.check_interrupts().is_raised()) return raised;
  if (error.exception && error.exception.handle_->link == link) {
    const cede::Value exception = resolve(error.exception);
    if (exception.is_raised()) return raised;
    if (is_exception(exception)) return vm.raise_value(exception);
  }
  if (error.kind == Error::Kind::Exit)
    return vm.raise_with(TypeId::SystemExit, Ref::small(error.exit_status));
  const cede::Value text = str_from_external(vm, error.message);
  const cede::Value type = find_exception_class(vm, error.type);
  if (text.is_raised() || type.is_raised()) return raised;
  if (type.is_unbound()) {
    const cede::Value both =
        error.type.empty() ? text : cede::Value(str_from_external(vm, error.type + ": " + error.message));
    return both.is_raised() ? raised : vm.raise_with(TypeId::RuntimeError, both);
  }
  const cede::Value exception = error.message.empty() ? cede::call(vm, type) : cede::call(vm, type, text);
  if (exception.is_raised()) return raised;
  if (is_exception(exception)) return vm.raise_value(exception);
  return vm.raise(TypeId::TypeError, "calling {} should have returned an instance of BaseException, not {}",
                  repr_text(vm, type), cede::type_name(exception, vm));
}

}  // namespace cede::embed::detail
