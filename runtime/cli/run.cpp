// From the options to the exit status: what CPython's `pymain_run_python` and `Py_FinalizeEx` do in this order.
#include "runtime/cli/run.hpp"

#include "runtime/async/async_state.hpp"
#include "runtime/async/task_dump.hpp"
#include "runtime/cli/repl.hpp"

#include <unistd.h>

#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/compile.hpp"
#include "runtime/vm/import.hpp"
#include "runtime/vm/interpreter.hpp"
#include "runtime/vm/isolate_lock.hpp"
#include "runtime/vm/traceback.hpp"

namespace cede::cli {

namespace {

constexpr int deadlock_status = 13;

class Program {
 public:
  Program(Isolate& isolate, const Options& options)
      : isolate_(isolate), vm_(isolate.vm()), options_(options) {}

  Outcome run() {
    const bool starts_at_prompt = wants_prompt();
    inspecting_ = starts_at_prompt;
    // Somebody sits at a prompt, and can go on from there.
    if (starts_at_prompt || options_.interactive) async_state(vm_).report_deadlocks = false;
    const Owned result = starts_at_prompt ? prompt() : start();
    if (is_deadlocked()) return outcome_;
    if (result.is_raised()) report_uncaught();
    else release(result.ref());
    if (options_.interactive && !starts_at_prompt) inspect();
    if (!isolate_.finish(Isolate::Then::EndProcess)) outcome_.status = 120;
    return outcome_;
  }

 private:
  // The isolate has been stopped: nothing of it runs any more, the process is to end.
  bool is_deadlocked() {
    if (!vm_.async || vm_.async->deadlock_report.empty()) return false;
    vm_.clear_error();
    write_to_stderr(vm_, vm_.async->deadlock_report);
    outcome_.status = deadlock_status;
    return true;
  }
  Dict& names() { return isolate_.main_namespace(); }

  Owned start() {
    switch (options_.run) {
      case Run::Command: return run_command();
      case Run::Module: return run_module();
      case Run::Script: return run_script();
      default: return run_input();
    }
  }

  // No program, and somebody to talk to.
  bool wants_prompt() {
    if (options_.run != Run::Input || !options_.target.empty()) return false;
    return options_.interactive || vm_.host.is_terminal(0) == 1;
  }
  Owned prompt() {
    CEDE_CHECK(prepend_path(""));
    return run_prompt(isolate_, options_.quiet ? Banner::Hidden : Banner::Shown);
  }
  // -i: the prompt after the program, whatever came of that.
  void inspect() {
    outcome_ = {};
    inspecting_ = true;
    const Owned result = run_prompt(isolate_, Banner::Hidden);
    if (result.is_raised()) report_uncaught();
    else release(result.ref());
  }

  enum class Keep : std::uint8_t { Nothing, Source };
  Owned run_source(std::string_view source, std::string_view filename, lang::Origin origin, Keep keep = Keep::Nothing) {
    CompileRequest request;
    request.source = source;
    request.filename = filename;
    request.origin = origin;
    if (keep == Keep::Source) request.compile.source = std::make_shared<const std::string>(source);
    CEDE_TRY(const Value code, compile_code(vm_, request));
    return run_code(vm_, cast<Code>(code), names(), Ref(names()));
  }

  Status prepend_path(std::string_view directory) {
    if (options_.safe_path) return Ok;
    CEDE_TRY(const Value path, get_attribute(vm_, vm_.sys_module, *vm_.names.path));
    CEDE_TRY(const Value entry, str_from_external(vm_, directory));
    return list_insert(vm_, cast<List>(path), Index{0}, entry);
  }
  Status set_file(std::string_view path) {
    CEDE_TRY(const Value file, str_from_external(vm_, path));
    CEDE_CHECK(dict_set_str(vm_, names(), *vm_.names.__file__, file));
    return dict_set_text(vm_, names(), "__cached__", None);
  }

  Owned run_command() {
    CEDE_CHECK(prepend_path(""));
    return run_source(options_.target, "<string>", lang::Origin::Text, Keep::Source);
  }

  Owned run_input() {
    CEDE_CHECK(prepend_path(""));
    std::string text;
    char buffer[16384];
    for (;;) {
      const std::int64_t got = vm_.host.read(0, buffer, sizeof buffer);
      if (got == 0) break;
      if (got > 0) text.append(buffer, static_cast<std::size_t>(got));
      else if (got != -EINTR) return vm_.raise_os_error(static_cast<int>(-got));
      else CEDE_CHECK(vm_.check_interrupts());
    }
    return run_source(text, "<stdin>", lang::Origin::File);
  }

  bool is_directory(const std::string& path) {
    struct ::stat status;
    return vm_.host.status(path, status) == 0 && S_ISDIR(status.st_mode);
  }
  std::string absolute(const std::string& path) {
    return path.starts_with('/') ? path : vm_.host.current_directory() + "/" + path;
  }
  // Where imports of a script start: the folder of the file itself, symbolic links followed.
  static std::string folder_of(const std::string& path) {
    char resolved[4096];
    const std::string real = ::realpath(path.c_str(), resolved) ? resolved : path;
    const std::size_t slash = real.rfind('/');
    return slash == real.npos ? "" : slash == 0 ? "/" : real.substr(0, slash);
  }

  Owned cannot_open(const std::string& path, std::string_view reason, int status) {
    write_error(fmt::format("{}: {} '{}'{}\n", options_.program, reason == "main" ? "can't find '__main__' module in" : "can't open file",
                            reason == "main" ? path : absolute(path), reason == "main" ? "" : ": " + std::string(reason)));
    outcome_.status = status;
    return Owned::share(None);
  }

  Owned run_script() {
    std::string path = options_.target;
    if (is_directory(path)) {
      const std::string folder = absolute(path);
      CEDE_CHECK(prepend_path(folder));
      CEDE_CHECK(dict_set_text(vm_, names(), "__package__", vm_.empty_str));
      path = folder + (folder.ends_with('/') ? "" : "/") + "__main__.py";
      struct ::stat status;
      if (vm_.host.status(path, status) < 0) return cannot_open(folder, "main", 1);
    } else {
      CEDE_CHECK(prepend_path(folder_of(path)));
    }
    const int descriptor = vm_.host.open(path, 0, 0);
    if (descriptor < 0)
      return cannot_open(path, fmt::format("[Errno {}] {}", -descriptor, os_error_text(-descriptor)), 2);
    vm_.host.close(descriptor);
    auto source = read_file(vm_, path);
    if (source.is_raised()) return raised;
    CEDE_CHECK(set_file(absolute(path)));
    return run_source(*source, absolute(path), lang::Origin::File);
  }

  // runpy: the module's parents are imported, the module itself runs as __main__.
  Owned run_module() {
    CEDE_CHECK(prepend_path(vm_.host.current_directory()));
    std::string name = options_.target;
    ModuleSource found;
    CEDE_TRY(found, find_module_source(vm_, name));
    if (found.is_package) {
      name += ".__main__";
      CEDE_TRY(found, find_module_source(vm_, name));
      if (found.file.empty()) {
        write_error(fmt::format("{}: No module named {}; '{}' is a package and cannot be directly executed\n", options_.program,
                                name, options_.target));
        outcome_.status = 1;
        return Owned::share(None);
      }
    }
    if (found.file.empty()) {
      write_error(fmt::format("{}: No module named {}\n", options_.program, name));
      outcome_.status = 1;
      return Owned::share(None);
    }
    CEDE_CHECK(set_file(found.file));
    const std::size_t dot = name.rfind('.');
    CEDE_TRY(const Value package, str_from_external(vm_, dot == name.npos ? "" : name.substr(0, dot)));
    CEDE_CHECK(dict_set_str(vm_, names(), *vm_.names.__package__, package));
    CEDE_TRY(const Value arguments, get_attribute(vm_, vm_.sys_module, "argv"));
    CEDE_TRY(const Value file, str_from_external(vm_, found.file));
    if (is<List>(arguments) && cast<List>(arguments).size()) list_replace(cast<List>(arguments), 0, file);
    auto source = read_file(vm_, found.file);
    if (source.is_raised()) return raised;
    return run_source(*source, found.file, lang::Origin::File);
  }

  // ---- the end

  void write_error(std::string_view text) {
    const Value file = find_attribute(vm_, vm_.sys_module, *vm_.names.stderr);
    if (!file.is_raised() && !file.is_unbound() && !file.is_none()) {
      const Value value = str_from_external(vm_, text);
      if (!value.is_raised() && !Value(call_method(vm_, file, *vm_.names.write, value)).is_raised() &&
          !Value(call_method(vm_, file, *vm_.names.flush)).is_raised())
        return;
    }
    vm_.clear_error();
    vm_.host.write(2, text.data(), text.size());
  }

  void report_uncaught() {
    Value exception = vm_.take_error();
    const bool inspected = options_.interactive && !inspecting_;
    if (is_instance_of(exception, TypeId::SystemExit) && !inspected) return system_exit(exception);
    outcome_.status = 1;
    outcome_.interrupted = is_instance_of(exception, TypeId::KeyboardInterrupt);
    call_excepthook(exception);
  }
  bool is_instance_of(Ref exception, TypeId id) { return is_subtype(type_of(vm_, exception), vm_.type(id)); }

  void system_exit(Ref exception) {
    const Value code = cast<SystemExitObject>(exception).code;
    if (code.is_unbound() || code.is_none()) {
      outcome_.status = 0;
    } else if (is_int(code)) {
      const auto number = int_to_int64(code);
      outcome_.status = static_cast<int>(number ? *number & 0xFF : 0xFF);
    } else {
      flush_stream(vm_, *vm_.names.stdout);
      const Value text = str(vm_, code);
      if (text.is_raised()) vm_.clear_error();
      write_error(text.is_raised() ? "\n" : std::string(cast<Str>(text).view()) + "\n");
      outcome_.status = 1;
    }
  }

  // sys.last_exc and its older forms.
  void remember_error(Ref exception) {
    const Value type{Ref(type_of(vm_, exception))}, traceback = cast<BaseException>(exception).traceback;
    const std::pair<std::string_view, Ref> names[] = {{"last_exc", exception}, {"last_type", type}, {"last_value", exception},
                                                      {"last_traceback", traceback.is_unbound() ? None : Ref(traceback)}};
    for (const auto& [name, value] : names)
      if (set_attribute(vm_, vm_.sys_module, vm_.intern(name), value).is_raised()) vm_.clear_error();
  }

  void call_excepthook(Ref exception) {
    remember_error(exception);
    const Value hook = find_attribute(vm_, vm_.sys_module, *vm_.names.excepthook);
    if (hook.is_raised() || hook.is_unbound()) {
      vm_.clear_error();
      return write_error("sys.excepthook is missing\n" + format_exception_report(vm_, exception));
    }
    const Value traceback = cast<BaseException>(exception).traceback;
    const Value type{Ref(type_of(vm_, exception))};
    const Value result = call(vm_, hook, type, exception, traceback.is_unbound() ? None : Ref(traceback));
    if (!result.is_raised()) return;
    const Value failure = vm_.take_error();
    if (is_instance_of(failure, TypeId::SystemExit)) return system_exit(failure);
    write_error("Error in sys.excepthook:\n" + format_exception_report(vm_, failure) + "\nOriginal exception was:\n" +
                format_exception_report(vm_, exception));
  }

  Isolate& isolate_;
  VM& vm_;
  const Options& options_;
  Outcome outcome_;
  bool inspecting_ = false;   // at the prompt
};

}  // namespace

Outcome run_program(Isolate& isolate, const Options& options) { return Program(isolate, options).run(); }

}  // namespace cede::cli
