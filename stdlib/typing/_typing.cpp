// The module `_typing`: the native types of typing.
#include "runtime/core/protocols.hpp"
#include "stdlib/modules.hpp"

namespace cede::stdlib {

namespace {

// The function itself is what matters to callers: its argument.
Owned typing_idfunc(VM&, Ref x) { return Owned::share(x); }

constexpr Method functions[] = {method<"_idfunc(x, /)", typing_idfunc>};

constexpr std::pair<std::string_view, TypeId> types[] = {
    {"Generic", TypeId::GenericBase},        {"TypeVar", TypeId::TypeVar},
    {"ParamSpec", TypeId::ParamSpec},        {"ParamSpecArgs", TypeId::ParamSpecArgs},
    {"ParamSpecKwargs", TypeId::ParamSpecKwargs}, {"TypeVarTuple", TypeId::TypeVarTuple},
    {"TypeAliasType", TypeId::TypeAliasType},
};

Status fill(VM& vm, Module& module) {
  for (const auto& [name, id] : types) CEDE_CHECK(module_set(vm, module, name, Ref(vm.type(id))));
  CEDE_TRY(const Value no_default, call(vm, Ref(vm.type(TypeId::NoDefaultType))));
  return module_set(vm, module, "NoDefault", no_default);
}

}  // namespace

const NativeModule typing_native_module{
    .name = "_typing",
    .functions = functions,
    .fill = fill,
    .doc = "Primitives and accelerators for the typing module.\n",
};

}  // namespace cede::stdlib
