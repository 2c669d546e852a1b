// The _weakref module: what the weakref module's containers are built on.
#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/weak_reference.hpp"

namespace cede::stdlib {

namespace {

std::int64_t weakref_getweakrefcount(VM& vm, Ref object) {
  return static_cast<std::int64_t>(weak_reference_count(vm, object));
}

Owned weakref_getweakrefs(VM& vm, Ref object) {
  CEDE_TRY(Value result, list_new(vm));
  for (WeakReference* at = weak_first(vm, object); at; at = at->next)
    CEDE_CHECK(list_append(vm, cast<List>(result), Ref(at)));
  return result.take();
}

Owned weakref_proxy(VM& vm, Ref object, Ref callback) { return weak_proxy_new(vm, object, callback); }

// Removes dct[key] if that is a reference to something dead.
Status weakref_remove_dead_weakref(VM& vm, Dict& dct, Ref key) {
  CEDE_TRY(const Value found, dict_get(vm, dct, key));
  if (found.is_unbound()) return Ok;
  if (!is_weak_reference(vm, found)) return vm.raise_text(TypeId::TypeError, "not a weakref");
  if (cast<WeakReference>(found).target) return Ok;
  CEDE_TRY(const bool removed, dict_remove(vm, dct, key));
  (void)removed;
  return Ok;
}

Status weakref_fill(VM& vm, Module& module) {
  CEDE_CHECK(module_set(vm, module, "ref", Ref(vm.type(TypeId::WeakReference))));
  CEDE_CHECK(module_set(vm, module, "ReferenceType", Ref(vm.type(TypeId::WeakReference))));
  CEDE_CHECK(module_set(vm, module, "ProxyType", Ref(vm.type(TypeId::WeakProxy))));
  return module_set(vm, module, "CallableProxyType", Ref(vm.type(TypeId::WeakCallableProxy)));
}

constexpr Method weakref_functions[] = {
    method<"getweakrefcount(object, /)", weakref_getweakrefcount>,
    method<"getweakrefs(object, /)", weakref_getweakrefs>,
    method<"proxy(object, callback=None, /)", weakref_proxy>,
    method<"_remove_dead_weakref(dct, key, /)", weakref_remove_dead_weakref>,
};

}  // namespace

extern const NativeModule weakref_module;
const NativeModule weakref_module{.name = "_weakref",
                                  .functions = weakref_functions,
                                  .fill = weakref_fill,
                                  .doc = "What weak references are made of."};

}  // namespace cede::stdlib
