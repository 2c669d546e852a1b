// The modules of the standard library that are C++ or carry their script source, as the host hands them to an isolate.
#pragma once

#include <span>

#include "runtime/core/native.hpp"

namespace cede::stdlib {

extern const NativeModule asyncio_native_module, bisect_native_module, builtins_module, collections_native_module, contextvars_module, contextvars_native_module, gc_module,
    heapq_native_module, itertools_module, math_module, operator_native_module, random_native_module, sha2_module, sys_module, time_module, traceback_native_module, weakref_module;

std::span<const NativeModule* const> standard_modules();

}  // namespace cede::stdlib
