// The modules of the standard library that are C++ or carry their script source, as the host hands them to an isolate.
#pragma once

#include <span>

#include "runtime/core/native.hpp"

namespace cede::stdlib {

extern const NativeModule builtins_module;
extern const NativeModule sys_module;

std::span<const NativeModule* const> standard_modules();

}  // namespace cede::stdlib
