// The modules that are written in the language itself and compiled into the binary (see freeze.cpp).
#pragma once

#include <span>

#include "runtime/core/native.hpp"

namespace cede::stdlib {

std::span<const NativeModule> script_modules();

}  // namespace cede::stdlib
