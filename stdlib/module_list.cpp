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
    &traceback_native_module,
    &typing_native_module,
    &weakref_module,
};
}  // namespace

std::span<const NativeModule* const> standard_modules() {
  static const std::vector<const NativeModule*> all = [] {
    std::vector<const NativeModule*> list(std::begin(modules), std::end(modules));
    for (const NativeModule& module : script_modules()) list.push_back(&module);
    return list;
  }();
  return all;
}

}  // namespace cede::stdlib
