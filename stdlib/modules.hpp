// The modules of the standard library that are C++ or carry their script source, as the host hands them to an isolate.
#pragma once

#include <span>

#include "runtime/core/native.hpp"

namespace cede::stdlib {

extern const NativeModule asyncio_native_module, atexit_module, bisect_native_module, builtins_module, collections_native_module, contextvars_module, contextvars_native_module, gc_module,
    heapq_native_module, io_native_module, datetime_module, errno_module, itertools_module, math_module, operator_native_module, queue_native_module, random_native_module, sha2_module, select_module, signal_native_module, socket_native_module, posix_module, sys_module, thread_native_module, time_module, typing_native_module, weakref_module;

// Functions that are native in modules of script source, which sees them when it runs.
extern const std::span<const Method> linecache_functions, logging_functions, traceback_functions, warnings_functions;

std::span<const NativeModule* const> standard_modules();
// For -u: sys.stdout and stderr of a new isolate are replaced by ones that hold nothing back.
Status make_streams_unbuffered(VM& vm);

}  // namespace cede::stdlib
