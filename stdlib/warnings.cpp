// Native functions of `warnings`: what issues a warning. The rules are script code, whose frames no traceback shows, since
// the functions are native in CPython.
#include <algorithm>
#include <iterator>

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/vm/import.hpp"
#include "runtime/vm/traceback.hpp"
#include "stdlib/modules.hpp"

namespace cede::stdlib {

namespace {

bool is_rule(const Code& code) {
  static constexpr std::string_view rules[] = {"_warn", "_warn_explicit", "_where", "_next_external_frame", "_action", "_matches"};
  return cast<Str>(code.filename).view() == "<frozen warnings>" &&
         std::find(std::begin(rules), std::end(rules), cast<Str>(code.name).view()) != std::end(rules);
}

// Takes the rules' frames, which come first, off the traceback of the thread's exception.
void hide_rules(VM& vm) {
  const Value exception = vm.thread->exception;
  BaseException* error = as<BaseException>(exception);
  if (!error) return;
  Value at = error->traceback;
  while (const Traceback* entry = as<Traceback>(at)) {
    if (!is_rule(frame_code(cast<FrameObject>(entry->frame)))) break;
    Value next = entry->next;
    at = std::move(next);
  }
  error->traceback = at.is_none() ? Value() : std::move(at);
}

Owned call_rule(VM& vm, std::string_view name, std::initializer_list<Ref> arguments) {
  CEDE_TRY(const Value module, import_native(vm, "warnings"));
  CEDE_TRY(const Value rule, get_attribute(vm, module, name));
  const Arguments given{reinterpret_cast<const Bits*>(arguments.begin()), static_cast<std::uint32_t>(arguments.size()), nullptr};
  Owned result = call(vm, rule, given);
  if (result.is_raised()) hide_rules(vm);
  return result;
}

Owned warnings_warn(VM& vm, Ref message, Ref category, std::int64_t stack_level, Ref source, Ref prefixes) {
  const Value skipped = prefixes.is_unbound() ? vm.empty_tuple : Value(prefixes);
  const Tuple* texts = as<Tuple>(skipped);
  if (!texts)
    return vm.raise(TypeId::TypeError, "warn() argument 'skip_file_prefixes' must be tuple, not {}", type_name(skipped, vm));
  for (Bits word : *texts)
    if (!is<Str>(Ref(word)))
      return vm.raise(TypeId::TypeError, "Found non-str '{}' in skip_file_prefixes.", type_name(Ref(word), vm));
  return call_rule(vm, "_warn", {message, category, Ref::small(stack_level), source, skipped});
}

Owned warnings_warn_explicit(VM& vm, Ref message, Ref category, Str& filename, std::int64_t line, Ref module, Ref registry,
                             Ref module_globals, Ref source) {
  if (!registry.is_none() && !is<Dict>(registry))
    return vm.raise_text(TypeId::TypeError, "'registry' must be a dict or None");
  return call_rule(vm, "_warn_explicit", {message, category, filename, Ref::small(line), module.is_unbound() ? None : module,
                                          registry, module_globals, source});
}

constexpr Method functions[] = {
    method<"warn($module, /, message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=<unrepresentable>)", warnings_warn>,
    method<"warn_explicit($module, /, message, category, filename, lineno, module=<unrepresentable>, registry=None, "
           "module_globals=None, source=None)", warnings_warn_explicit>,
};

}  // namespace

constinit const std::span<const Method> warnings_functions = functions;

}  // namespace cede::stdlib
