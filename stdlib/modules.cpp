// The list of the standard library's modules.
#include "stdlib/modules.hpp"

#include <vector>

#include "stdlib/script_modules.hpp"

namespace cede::stdlib {

std::span<const NativeModule* const> standard_modules() {
  static const std::vector<const NativeModule*> all = [] {
    std::vector<const NativeModule*> modules = {
        &bisect_native_module,
        &builtins_module,
        &collections_native_module,
        &contextvars_module,
        &gc_module,
        &heapq_native_module,
        &itertools_module,
        &operator_native_module,
        &sys_module,
        &weakref_module,
    };
    for (const NativeModule& module : script_modules()) modules.push_back(&module);
    return modules;
  }();
  return all;
}

}  // namespace cede::stdlib
