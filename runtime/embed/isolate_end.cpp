// The end of a program in its isolate, in the order of CPython's `Py_FinalizeEx`.
#include "runtime/core/protocols.hpp"
#include "runtime/embed/isolate.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/vm/isolate_lock.hpp"

namespace cede {

bool flush_stream(VM& vm, Str& name) {
  const Value stream = find_attribute(vm, vm.sys_module, name);
  if (stream.is_raised()) vm.clear_error();
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
  const Value stream = find_attribute(vm, vm.sys_module, *vm.names.stderr);
  if (stream.is_raised() ||
      (stream.is_object() && Value(call_method(vm, stream, *vm.names.flush)).is_raised()))
    vm.clear_error();
  return flushed;
}

}  // namespace

bool Isolate::finish() {
  call_if_imported(vm_, "threading", "_shutdown");
  call_if_imported(vm_, "atexit", "_run_exitfuncs");
  // Daemon threads stop here, wherever they are.
  close_isolate(vm_);
  const bool flushed = flush_streams(vm_);
  // The streams outlive their module attributes: finalisers of the last objects may still print.
  vm_.finalize_modules();
  return flushed && flush_streams(vm_);
}

}  // namespace cede
