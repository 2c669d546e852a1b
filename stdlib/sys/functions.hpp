// The bodies of sys's functions, by file: settings.cpp, hooks.cpp, frames.cpp; and what fills the module with constants
// (information.cpp) and standard streams (streams.cpp).
#pragma once

#include "runtime/core/native.hpp"

namespace cede::stdlib {

extern const std::span<const Method> sys_settings, sys_hooks, sys_frames;

Status sys_fill_information(VM& vm, Module& module);
Status sys_fill_streams(VM& vm, Module& module);
// sys.unraisablehook's work: calls the hook with what VM::report_unraisable was given.
void sys_unraisable_hook(VM& vm, Ref exception, Ref object, std::string_view message);
// sys.get_asyncgen_hooks's result.
Owned sys_asyncgen_hooks(VM& vm, Ref firstiter, Ref finalizer);
Owned sys_unraisable_arguments(VM& vm, std::initializer_list<Ref> values);
bool is_unraisable_arguments(VM& vm, Ref object);

}  // namespace cede::stdlib
