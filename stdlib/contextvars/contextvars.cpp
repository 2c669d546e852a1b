// The module contextvars: the types are the runtime's (types/context.cpp).
#include "runtime/types/context.hpp"

#include "runtime/core/native.hpp"
#include "stdlib/modules.hpp"

namespace cede::stdlib {

namespace {

Owned contextvars_copy_context(VM& vm) { return copy_current_context(vm); }

constexpr Method functions[] = {method<"copy_context()", contextvars_copy_context>};

Status fill(VM& vm, Module& module) {
  CEDE_CHECK(module_set(vm, module, "Context", Ref(vm.type(TypeId::Context))));
  CEDE_CHECK(module_set(vm, module, "ContextVar", Ref(vm.type(TypeId::ContextVar))));
  CEDE_CHECK(module_set(vm, module, "Token", Ref(vm.type(TypeId::ContextToken))));
  CEDE_TRY(Value all, tuple_of(vm, {Ref(vm.intern("Context")), Ref(vm.intern("ContextVar")), Ref(vm.intern("Token")),
                                    Ref(vm.intern("copy_context"))}));
  return module_set(vm, module, "__all__", all);
}

}  // namespace

extern const NativeModule contextvars_module{.name = "contextvars", .functions = functions, .fill = fill};
extern const NativeModule contextvars_native_module{.name = "_contextvars", .functions = functions, .fill = fill};

}  // namespace cede::stdlib
