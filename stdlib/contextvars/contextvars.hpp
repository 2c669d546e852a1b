#pragma once

#include "runtime/core/native.hpp"

namespace cede::stdlib {

extern const NativeModule contextvars_module;

}  // namespace cede::stdlib
