// The interactive prompt: the script of repl_script.cpp, and what it needs from native code: a line of input,
// and code that keeps its source for tracebacks.
#include "runtime/cli/repl.hpp"

#include "runtime/cli/line_editor.hpp"
#include "runtime/cli/repl_script.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/compile.hpp"
#include "runtime/vm/interpreter.hpp"

namespace cede::cli {

namespace {

// A prompt is told to its native functions by an object, their `self`.
struct PromptObject : Object {
  [[maybe_unused]] static const Layout* layout();
  LineEditor* editor = nullptr;
  lang::ast::FutureFeatures features{};
};
constexpr Layout prompt_layout = layout_for<PromptObject>();
const Layout* PromptObject::layout() { return &prompt_layout; }

Owned read_line(VM&, PromptObject& self, Str& prompt) {
  const Owned line = self.editor->read_line(std::string(prompt.view()));
  return line.is_finished() ? Owned::share(None) : line;
}

// One statement. While it may go on, _IncompleteInputError is raised, unless this is the end of the input.
Owned compile_input(VM& vm, PromptObject& self, Str& text, bool at_end) {
  CompileRequest request;
  request.source = text.view();
  request.filename = "<stdin>";
  request.parse.mode = lang::Mode::Single;
  request.parse.allow_incomplete_input = request.parse.do_not_imply_dedent = !at_end;
  request.parse.features = self.features;
  request.compile.interactive = true;
  request.compile.allow_top_level_await = true;
  request.compile.source = std::make_shared<const std::string>(text.view());
  CEDE_TRY(Value code, compile_code(vm, request));
  self.features.annotations |= (cast<Code>(code).flags & lang::code_future_annotations) != 0;
  return code.take();
}

constexpr Method methods[] = {
    method<"read_line(self, prompt, /)", read_line>,
    method<"compile_input(self, text, at_end, /)", compile_input>,
};
const NativeType prompt_type{.name = "prompt",
                             .id = TypeId::Dynamic,
                             .base = nullptr,
                             .layout = &prompt_layout,
                             .slots = &object_slots,
                             .flags = 0,
                             .methods = methods};

class Prompt {
 public:
  explicit Prompt(Isolate& isolate) : isolate_(isolate), vm_(isolate.vm()) {}

  Owned run() {
    CEDE_TRY(script_, dict_new(vm_));
    CEDE_CHECK(dict_set_str(vm_, names(), *vm_.names.__name__, Ref(vm_.intern("<prompt>"))));
    CompileRequest request;
    request.source = repl_script;
    request.filename = "<prompt>";
    CEDE_TRY(const Value code, compile_code(vm_, request));
    CEDE_TRY(const Value ran, run_code(vm_, cast<Code>(code), names(), script_));
    CEDE_TRY(const Value idle, dict_get_str(vm_, names(), vm_.intern("idle")));

    LineEditor editor(vm_, {[&] { return Value(call(vm_, idle)).is_raised() ? Status(raised) : Ok; },
                            [this](const std::string& word) { return complete(word); }});
    PromptObject* object = make_object<PromptObject>(vm_, vm_.native_type(prompt_type));
    if (!object) return raised;
    const Value prompt = Value::adopt(object);
    object->editor = &editor;
    CEDE_TRY(const Value read, get_attribute(vm_, prompt, "read_line"));
    CEDE_TRY(const Value compile, get_attribute(vm_, prompt, "compile_input"));
    CEDE_TRY(const Value interact, dict_get_str(vm_, names(), vm_.intern("interact")));
    const Value result = call(vm_, interact, Ref(isolate_.main_namespace()), read, compile);
    const Value error = vm_.take_error();
    CEDE_TRY(const Value close, dict_get_str(vm_, names(), vm_.intern("close")));
    if (Value(call(vm_, close)).is_raised()) vm_.report_unraisable(close);
    if (!result.is_raised()) return Owned::share(None);
    vm_.set_error(error);
    return raised;
  }

 private:
  Dict& names() { return cast<Dict>(script_); }

  std::vector<std::string> complete(const std::string& word) {
    std::vector<std::string> found;
    const Value function = dict_get_str(vm_, names(), vm_.intern("complete"));
    const Value text = str_from_external(vm_, word);
    const Value list = text.is_raised() || !function.is_object()
                           ? Value(raised)
                           : Value(call(vm_, function, text, Ref(isolate_.main_namespace())));
    if (!is<List>(list)) {
      vm_.clear_error();
      return found;
    }
    for (std::size_t i = 0; i < cast<List>(list).size(); ++i)
      if (const Ref name = cast<List>(list)[i]; is<Str>(name)) found.emplace_back(cast<Str>(name).view());
    return found;
  }

  Isolate& isolate_;
  VM& vm_;
  Value script_;
};

}  // namespace

Owned run_prompt(Isolate& isolate, Banner banner) {
  if (banner == Banner::Shown) {
    const std::string_view text =
        "Python 3.13.0 (Cede 0.1.0) on linux\nType \"help\", \"copyright\", \"credits\" or \"license\" for "
        "more information.\n";
    isolate.vm().host.write(2, text.data(), text.size());
  }
  return Prompt(isolate).run();
}

}  // namespace cede::cli
