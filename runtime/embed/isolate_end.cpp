// The end of a program in its isolate, in the order of CPython's `Py_FinalizeEx`.
#include "runtime/core/protocols.hpp"
#include "runtime/core/weak.hpp"
#include "runtime/embed/isolate.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/vm/isolate_lock.hpp"

namespace cede {

namespace {
// A stream of sys; one that nobody has used is not made for this.
Value stream_of(VM& vm, Str& name) {
  Value stream = dict_get_str(vm, cast<Dict>(cast<Module>(vm.sys_module).dictionary), name);
  if (stream.is_raised()) vm.clear_error();
  return stream;
}
}  // namespace

bool flush_stream(VM& vm, Str& name) {
  const Value stream = stream_of(vm, name);
  if (!stream.is_object()) return true;
  const Value closed = find_attribute(vm, stream, "closed");
  if (closed.is_raised()) vm.clear_error();
  if (closed.ref().is_true()) return true;
  if (!Value(call_method(vm, stream, *vm.names.flush)).is_raised()) return true;
  vm.report_unraisable(None, "Exception ignored on flushing sys.stdout");
  return false;
}

namespace {

// Calls `function` of a module if that has been imported.
void call_if_imported(VM& vm, std::string_view module_name, std::string_view function) {
  const Value module = dict_get_str(vm, cast<Dict>(vm.modules), vm.intern(module_name));
  if (module.is_raised()) return vm.clear_error();
  if (module.is_unbound()) return;
  const Value callable = find_attribute(vm, module, function);
  if (callable.is_unbound()) return;
  if (callable.is_raised() || Value(call(vm, callable)).is_raised()) vm.report_unraisable(module);
}

bool flush_streams(VM& vm) {
  const bool flushed = flush_stream(vm, *vm.names.stdout);
  const Value stream = stream_of(vm, *vm.names.stderr);
  if (stream.is_object() && Value(call_method(vm, stream, *vm.names.flush)).is_raised()) vm.clear_error();
  return flushed;
}

// The stream that the process began with: everything written to it has been flushed.
bool is_original(VM& vm, Str& name, std::string_view original_name) {
  const Value stream = find_attribute(vm, vm.sys_module, name);
  const Value original = find_attribute(vm, vm.sys_module, original_name);
  if (stream.is_raised() || original.is_raised()) vm.clear_error();
  return stream.is_object() && stream.ref() == original.ref() && stream.object()->flags & Lasting;
}

}  // namespace

// No object that is left has a finaliser or a callback to run: nobody can tell whether modules and objects are taken down.
bool Isolate::ends_unseen() {
  vm_.drain_pending();
  if (allocation_checks || vm_.heap.on_collection) return false;
  if (!is_original(vm_, *vm_.names.stdout, "__stdout__") || !is_original(vm_, *vm_.names.stderr, "__stderr__")) return false;
  return !vm_.heap.any_object([](const Object* object) {
    if (object->type->has(TypeFlag::HasFinalizer)) return !(object->flags & (Finalized | Lasting));
    const auto* reference = as<WeakReference>(Ref(*object));
    return reference && !reference->callback.is_unbound();
  });
}

bool Isolate::finish(Then then) {
  call_if_imported(vm_, "threading", "_shutdown");
  call_if_imported(vm_, "atexit", "_run_exitfuncs");
  // Daemon threads stop here, wherever they are.
  close_isolate(vm_);
  const bool flushed = flush_streams(vm_);
  if (flushed && then == Then::EndProcess && ends_unseen()) return true;
  // Only sys.modules and scripts hold the main module now.
  main_.reset();
  // The streams outlive their module attributes: finalisers of the last objects may still print.
  vm_.finalize_modules();
  return flushed && flush_streams(vm_);
}

}  // namespace cede
