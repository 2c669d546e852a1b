// weakref.ref and proxies, for the weakref module.
#pragma once

#include "runtime/core/weak.hpp"

namespace cede {

bool is_weak_reference(VM& vm, Ref value);   // weakref.ref or a subclass; not a proxy
inline bool is_weak_proxy(Ref value) {
  return value.is_object() && (value.object()->type->id == TypeId::WeakProxy || value.object()->type->id == TypeId::WeakCallableProxy);
}
// weakref.proxy(target, callback): callable if the target is. callback None or Unbound: none.
Owned weak_proxy_new(VM& vm, Ref target, Ref callback);

}  // namespace cede
