// The module `atexit`. Its callbacks lie in a list of the module, as tuples (function, arguments, keywords); the host runs
// them when the program ends, the newest first.
#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/import.hpp"
#include "stdlib/modules.hpp"

namespace cede::stdlib {

namespace {

Owned callback_list(VM& vm) {
  CEDE_TRY(const Value module, import_native(vm, "atexit"));
  return get_attribute(vm, module, "_callbacks");
}

Owned atexit_register(VM& vm, Ref, const Arguments& arguments) {
  if (arguments.positional == 0) return vm.raise(TypeId::TypeError, "register() takes at least 1 argument (0 given)");
  const Ref function = arguments[0];
  if (!is_callable(vm, function)) return vm.raise(TypeId::TypeError, "the first argument must be callable");
  CEDE_TRY(const Value positional, tuple_from_words(vm, arguments.values + 1, arguments.positional - 1));
  CEDE_TRY(const Value keywords, dict_new(vm));
  for (std::size_t i = 0; arguments.keywords && i < arguments.keywords->size; ++i)
    CEDE_CHECK(dict_set(vm, cast<Dict>(keywords), (*arguments.keywords)[i], arguments[arguments.positional + i]));
  CEDE_TRY(Value callback, tuple_of(vm, {function, positional, keywords}));
  CEDE_TRY(const Value callbacks, callback_list(vm));
  CEDE_CHECK(list_push(vm, cast<List>(callbacks), std::move(callback)));
  return Owned::share(function);
}

Status atexit_unregister(VM& vm, Ref func) {
  CEDE_TRY(const Value callbacks, callback_list(vm));
  List& list = cast<List>(callbacks);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Value callback{list[i]};
    CEDE_TRY(const bool same, is_equal(vm, cast<Tuple>(callback)[0], func));
    if (!same || i >= list.size()) continue;
    CEDE_CHECK(list_splice(vm, list, i, i + 1, nullptr, 0));
    --i;
  }
  return Ok;
}

Status atexit_run_exitfuncs(VM& vm) {
  CEDE_TRY(const Value callbacks, callback_list(vm));
  List& list = cast<List>(callbacks);
  for (std::size_t i = list.size(); i-- > 0;) {
    if (i >= list.size()) continue;
    const Value held{list[i]};
    const Tuple& callback = cast<Tuple>(held);
    const Value result = call_with(vm, callback[0], callback[1], callback[2]);
    if (result.is_raised())
      vm.report_unraisable(None, fmt::format("Exception ignored in atexit callback {}", repr_text(vm, callback[0])));
  }
  list_clear(vm, list);
  return Ok;
}

Status atexit_clear(VM& vm) {
  CEDE_TRY(const Value callbacks, callback_list(vm));
  list_clear(vm, cast<List>(callbacks));
  return Ok;
}

Result<std::int64_t> atexit_ncallbacks(VM& vm) {
  CEDE_TRY(const Value callbacks, callback_list(vm));
  return static_cast<std::int64_t>(cast<List>(callbacks).size());
}

constexpr Method functions[] = {
    raw_method<"register(func, /, *args, **kwargs)", atexit_register>,
    method<"_clear()", atexit_clear>,
    method<"unregister(func, /)", atexit_unregister>,
    method<"_run_exitfuncs()", atexit_run_exitfuncs>,
    method<"_ncallbacks()", atexit_ncallbacks>,
};

Status fill(VM& vm, Module& module) {
  CEDE_TRY(const Value callbacks, list_new(vm));
  return module_set(vm, module, "_callbacks", callbacks);
}

}  // namespace

const NativeModule atexit_module{
    "atexit", functions, fill,
    "allow programmer to define multiple exit functions to be executed\n"
    "upon normal program termination.\n\n"
    "Two public functions, register and unregister, are defined.\n",
    nullptr, false};

}  // namespace cede::stdlib
