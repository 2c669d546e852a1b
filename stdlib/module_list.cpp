// The list of modules that scripts can import. builtins and sys come first: every isolate is made with them.
#include "stdlib/modules.hpp"

namespace cede::stdlib {

namespace {
const NativeModule* const modules[] = {
    &builtins_module,
    &sys_module,
};
}  // namespace

std::span<const NativeModule* const> standard_modules() { return modules; }

}  // namespace cede::stdlib
