// sys: what can be asked of the isolate and set in it.
#include <algorithm>

#include "runtime/core/protocols.hpp"
#include "runtime/core/weak.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/sys/functions.hpp"

namespace cede::stdlib {

namespace {

std::int64_t sys_getrecursionlimit(VM& vm) { return vm.recursion_limit; }
Status sys_setrecursionlimit(VM& vm, int limit) {
  if (limit < 1) return vm.raise(TypeId::ValueError, "recursion limit must be greater or equal than 1");
  const std::uint32_t depth = vm.thread->recursion_depth;
  if (depth >= static_cast<std::uint32_t>(limit))
    return vm.raise(TypeId::RecursionError,
                    "cannot set the recursion limit to {} at the recursion depth {}: the limit is too low", limit, depth);
  vm.recursion_limit = static_cast<std::uint32_t>(limit);
  return Ok;
}

// CPython counts the reference that the argument itself is.
std::int64_t sys_getrefcount(VM&, Ref object) {
  if (!object.is_object() || object.object()->count >= immortal_count) return 4294967295;
  return object.object()->count;
}

std::int64_t collector_overhead(Ref object) {
  return object.is_object() && object.object()->flags & Container ? 16 : 0;
}
Owned sys_getsizeof(VM& vm, Ref object, Ref otherwise) {
  CEDE_TRY(const Value method, find_special(vm, object, *vm.names.__sizeof__));
  Value size = method.is_unbound()
                   ? Value(vm.raise(TypeId::TypeError, "Type {} doesn't define __sizeof__", display_name(type_of(vm, object))))
                   : Value(call(vm, method));
  if (size.is_raised()) {
    if (otherwise.is_unbound() || !vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
    return Owned::share(otherwise);
  }
  CEDE_TRY(const std::int64_t bytes, index_int64(vm, size));
  if (bytes < 0) return vm.raise(TypeId::ValueError, "__sizeof__() should return >= 0");
  return int_from(vm, bytes + collector_overhead(object));
}

Owned sys_intern(VM& vm, Ref string) {
  if (!is<Str>(string))
    return vm.raise(TypeId::TypeError, "intern() argument must be str, not {}", display_name(type_of(vm, string)));
  if (!is_exact(string, TypeId::Str))
    return vm.raise(TypeId::TypeError, "can't intern {}", display_name(type_of(vm, string)));
  return vm.intern_transient(cast<Str>(string));
}
Result<bool> sys_is_interned(VM& vm, Ref string) {
  if (!is<Str>(string))
    return vm.raise(TypeId::TypeError, "_is_interned() argument must be str, not {}", display_name(type_of(vm, string)));
  return cast<Str>(string).is_interned();
}

Value sys_getdefaultencoding(VM& vm) { return Value(Ref(*vm.names.utf_8_)); }
Value sys_getfilesystemencoding(VM& vm) { return Value(Ref(*vm.names.utf_8_)); }
Value sys_getfilesystemencodeerrors(VM& vm) { return Value(Ref(*vm.names.surrogateescape)); }

std::int64_t sys_get_int_max_str_digits(VM& vm) { return vm.int_max_str_digits; }
Status sys_set_int_max_str_digits(VM& vm, int maxdigits) {
  if (maxdigits != 0 && maxdigits < 640) return vm.raise(TypeId::ValueError, "maxdigits must be 0 or larger than 640");
  vm.int_max_str_digits = static_cast<std::uint32_t>(maxdigits);
  return Ok;
}

Owned hook_or_none(const Value& hook) { return Owned::share(hook.is_unbound() ? None : Ref(hook)); }
Owned sys_get_asyncgen_hooks(VM& vm) {
  return sys_asyncgen_hooks(vm, Value(hook_or_none(vm.thread->asyncgen_firstiter)),
                            Value(hook_or_none(vm.thread->asyncgen_finalizer)));
}
Status check_hook(VM& vm, Ref hook, std::string_view name) {
  if (hook.is_unbound() || hook.is_none() || is_callable(vm, hook)) return Ok;
  return vm.raise(TypeId::TypeError, "callable {} expected, got {}", name, display_name(type_of(vm, hook)));
}
Status sys_set_asyncgen_hooks(VM& vm, Ref firstiter, Ref finalizer) {
  CEDE_CHECK(check_hook(vm, finalizer, "finalizer"));
  CEDE_CHECK(check_hook(vm, firstiter, "firstiter"));
  if (!firstiter.is_unbound()) vm.thread->asyncgen_firstiter = firstiter.is_none() ? Value() : Value(firstiter);
  if (!finalizer.is_unbound()) vm.thread->asyncgen_finalizer = finalizer.is_none() ? Value() : Value(finalizer);
  return Ok;
}

std::int64_t sys_get_coroutine_origin_tracking_depth(VM& vm) { return vm.thread->coroutine_origin_depth; }
Status sys_set_coroutine_origin_tracking_depth(VM& vm, int depth) {
  if (depth < 0) return vm.raise(TypeId::ValueError, "depth must be >= 0");
  vm.thread->coroutine_origin_depth = depth;
  return Ok;
}

// Tracing is not offered: it can be switched off only.
Status sys_settrace(VM& vm, Ref function) {
  if (function.is_none()) return Ok;
  return vm.raise(TypeId::NotImplementedError, "sys.settrace() is not supported");
}
Status sys_setprofile(VM& vm, Ref function) {
  if (function.is_none()) return Ok;
  return vm.raise(TypeId::NotImplementedError, "sys.setprofile() is not supported");
}
Value sys_gettrace(VM&) { return Value(None); }
Value sys_getprofile(VM&) { return Value(None); }

// The interval is kept for scripts that read it back; threads switch at interrupt checks.
Owned sys_getswitchinterval(VM& vm) {
  CEDE_TRY(Value kept, find_attribute(vm, vm.sys_module, "_switch_interval"));
  return kept.is_unbound() ? Owned(Ref::immediate(0.005).bits) : kept.take();
}
Status sys_setswitchinterval(VM& vm, Ref interval) {
  CEDE_TRY(const double seconds, to_double(vm, interval));
  if (!(seconds > 0)) return vm.raise(TypeId::ValueError, "switch interval must be strictly positive");
  return module_set(vm, cast<Module>(vm.sys_module), "_switch_interval", interval);
}

bool sys_is_finalizing(VM& vm) { return vm.modules_finalized; }
bool sys_is_gil_enabled(VM&) { return true; }
std::int64_t sys_getallocatedblocks(VM& vm) { return static_cast<std::int64_t>(vm.heap.live_objects()); }
Status sys_clear_caches(VM&) { return Ok; }

// Audit hooks are kept in a list of the module; each event calls them in order.
Owned audit_hooks(VM& vm) { return find_attribute(vm, vm.sys_module, "_audit_hooks"); }
Owned sys_audit(VM& vm, Ref event, Rest args) {
  if (!is<Str>(event))
    return vm.raise(TypeId::TypeError, "expected str for argument 'event', not {}", display_name(type_of(vm, event)));
  CEDE_TRY(const Value hooks, audit_hooks(vm));
  if (hooks.is_unbound()) return Owned::share(None);
  CEDE_TRY(const Value arguments, tuple_from_words(vm, args.words.data(), args.size()));
  for (std::size_t i = 0; i < cast<List>(hooks).size(); ++i) {
    const Value hook{cast<List>(hooks)[i]};
    CEDE_TRY(const Value result, call(vm, hook, event, arguments));
  }
  return Owned::share(None);
}
Status sys_addaudithook(VM& vm, Ref hook) {
  CEDE_TRY(Value hooks, audit_hooks(vm));
  if (hooks.is_unbound()) {
    CEDE_TRY(hooks, list_new(vm));
    CEDE_CHECK(module_set(vm, cast<Module>(vm.sys_module), "_audit_hooks", hooks));
  }
  return list_append(vm, cast<List>(hooks), hook);
}

constexpr Method functions[] = {
    method<"_clear_internal_caches()", sys_clear_caches>,
    method<"_clear_type_cache()", sys_clear_caches>,
    method<"_is_gil_enabled()", sys_is_gil_enabled>,
    method<"_is_interned(string, /)", sys_is_interned>,
    method<"addaudithook(hook)", sys_addaudithook>,
    method<"audit(event, /, *args)", sys_audit>,
    method<"get_asyncgen_hooks()", sys_get_asyncgen_hooks>,
    method<"get_coroutine_origin_tracking_depth()", sys_get_coroutine_origin_tracking_depth>,
    method<"get_int_max_str_digits()", sys_get_int_max_str_digits>,
    method<"getallocatedblocks()", sys_getallocatedblocks>,
    method<"getdefaultencoding()", sys_getdefaultencoding>,
    method<"getfilesystemencodeerrors()", sys_getfilesystemencodeerrors>,
    method<"getfilesystemencoding()", sys_getfilesystemencoding>,
    method<"getprofile()", sys_getprofile>,
    method<"getrecursionlimit()", sys_getrecursionlimit>,
    method<"getrefcount(object, /)", sys_getrefcount>,
    method<"getsizeof(object, default=<unrepresentable>)", sys_getsizeof>,
    method<"getswitchinterval()", sys_getswitchinterval>,
    method<"gettrace()", sys_gettrace>,
    method<"intern(string, /)", sys_intern>,
    method<"is_finalizing()", sys_is_finalizing>,
    method<"set_asyncgen_hooks(firstiter=<unrepresentable>, finalizer=<unrepresentable>)", sys_set_asyncgen_hooks>,
    method<"set_coroutine_origin_tracking_depth(depth)", sys_set_coroutine_origin_tracking_depth>,
    method<"set_int_max_str_digits(maxdigits)", sys_set_int_max_str_digits>,
    method<"setprofile(function, /)", sys_setprofile>,
    method<"setrecursionlimit(limit, /)", sys_setrecursionlimit>,
    method<"setswitchinterval(interval, /)", sys_setswitchinterval>,
    method<"settrace(function, /)", sys_settrace>,
};

}  // namespace

const std::span<const Method> sys_settings = functions;

}  // namespace cede::stdlib
