// The state of asyncio in an isolate.
#include "runtime/async/async_state.hpp"

#include "runtime/async/task.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/vm/import.hpp"

namespace cede {

AsyncState& make_async_state(VM& vm) {
  vm.async = new AsyncState();
  vm.async->future_class = &vm.native_type(future_type);
  vm.async->task_class = &vm.native_type(task_type);
  vm.destroy_async = [](VM& owner) {
    owner.async->native_tasks.free(owner.heap);
    delete std::exchange(owner.async, nullptr);
  };
  return *vm.async;
}

Owned async_attribute(VM& vm, std::string_view module, std::string_view name) {
  CEDE_TRY(Value imported, import_absolute(vm, module));
  return get_attribute(vm, imported, name);
}

namespace {

Type* exception_class(VM& vm, Value& kept, std::string_view name) {
  if (kept.is_unbound()) {
    Value found = async_attribute(vm, "asyncio.exceptions", name);
    if (found.is_raised()) return nullptr;
    kept = std::move(found);
  }
  return &cast<Type>(kept);
}

}  // namespace

Type* cancelled_error(VM& vm) { return exception_class(vm, async_state(vm).cancelled_error, "CancelledError"); }
Type* invalid_state_error(VM& vm) { return exception_class(vm, async_state(vm).invalid_state_error, "InvalidStateError"); }

}  // namespace cede
