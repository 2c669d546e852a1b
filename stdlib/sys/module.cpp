// The module `sys`. Its names come from four tables; argv, path and the like are set by the host that makes the isolate.
#include "runtime/types/dict.hpp"
#include "stdlib/modules.hpp"
#include "stdlib/sys/functions.hpp"

namespace cede::stdlib {

namespace {

// Most isolates never need these.
Status add_information(VM& vm, Module& module) {
  for (const auto& functions : {sys_settings, sys_hooks, sys_frames}) CEDE_CHECK(module_add_functions(vm, module, functions));
  Dict& names = cast<Dict>(module.dictionary);
  for (const std::string_view hook : {"displayhook", "excepthook", "unraisablehook"}) {
    CEDE_TRY(const Value function, dict_get_str(vm, names, vm.intern(hook)));
    CEDE_CHECK(dict_set_text(vm, names, "__" + std::string(hook) + "__", function));
  }
  return sys_fill_information(vm, module);
}

Status add_streams(VM& vm, Module& module) {
  CEDE_CHECK(sys_fill_streams(vm, module));
  module.late_names = add_information;
  return Ok;
}

Status fill(VM& vm, Module& module) {
  vm.unraisable_hook = sys_unraisable_hook;
  module.late_names = add_streams;
  return Ok;
}

}  // namespace

const NativeModule sys_module{
    "sys", {}, fill,
    "This module provides access to some objects used or maintained by the\n"
    "interpreter and to functions that interact strongly with the interpreter.",
    nullptr, false};

}  // namespace cede::stdlib
