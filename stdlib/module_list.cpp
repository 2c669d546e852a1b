// The list of modules that scripts can import: C++ ones here, those written in the language from script_modules().
// builtins and sys come first: every isolate is made with them.
#include <vector>

#include "stdlib/modules.hpp"
#include "stdlib/script_modules.hpp"

namespace cede::stdlib {

namespace {
const NativeModule* const modules[] = {
    &builtins_module,
    &sys_module,
    &thread_native_module,
    &atexit_module,
    &asyncio_native_module,
    &bisect_native_module,
    &collections_native_module,
    &contextvars_module,
    &contextvars_native_module,
    &datetime_module,
    &errno_module,
    &gc_module,
    &heapq_native_module,
    &io_native_module,
    &itertools_module,
    &math_module,
    &operator_native_module,
    &queue_native_module,
    &random_native_module,
    &sha2_module,
    &select_module,
    &signal_native_module,
    &socket_native_module,
    &posix_module,
    &time_module,
    &typing_native_module,
    &weakref_module,
};

// The native functions of a module of script source.
std::span<const Method> functions_of(std::string_view module) {
  if (module == "linecache") return linecache_functions;
  if (module == "logging") return logging_functions;
  if (module == "traceback") return traceback_functions;
  if (module == "warnings") return warnings_functions;
  return {};
}
}  // namespace

std::span<const NativeModule* const> standard_modules() {
  static const std::vector<NativeModule> scripts = [] {
    std::vector<NativeModule> list(script_modules().begin(), script_modules().end());
    for (NativeModule& module : list) module.functions = functions_of(module.name);
    return list;
  }();
  static const std::vector<const NativeModule*> all = [] {
    std::vector<const NativeModule*> list(std::begin(modules), std::end(modules));
    for (const NativeModule& module : scripts) list.push_back(&module);
    return list;
  }();
  return all;
}

}  // namespace cede::stdlib
