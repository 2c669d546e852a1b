// Slow paths of import statements, and the intrinsics.
#include "runtime/core/native.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/typing_objects.hpp"
#include "runtime/vm/frame_locals.hpp"
#include "runtime/vm/import.hpp"
#include "runtime/vm/slow_paths.hpp"

namespace cede {

Status import_name_slow(const Frame& f) {
  VM& vm = f.vm;
  Value level = Value::adopt(f.ref(f.c)), fromlist = Value::adopt(f.ref(f.c + 1));
  Str& name = cast<Str>(Ref(f.code().constants[f.b]));
  Function& function = f.function();
  Value importer = dict_get_str(vm, *function.builtins, *vm.names.__import__);
  if (importer.is_raised()) return raised;
  if (importer.is_unbound()) return vm.raise(TypeId::ImportError, "__import__ not found");
  // The builtin itself is skipped; a script's own is called as CPython calls it.
  if (is_exact(importer, TypeId::NativeFunction))
    return f.finish(import_module(vm, name, Ref(*function.globals), fromlist, level.ref().small()));
  Value locals(f.activation->name_space ? Ref(f.activation->name_space) : None);
  const Bits arguments[5] = {Ref(name).bits, Ref(*function.globals).bits, locals.bits(), fromlist.bits(), level.bits()};
  return f.finish(call(vm, importer, Arguments{arguments, 5, nullptr}));
}

Status import_from_slow(const Frame& f) {
  return f.finish(import_from(f.vm, f.ref(f.b), cast<Str>(Ref(f.code().constants[f.c]))));
}

Status import_star_slow(const Frame& f) {
  Value module(f.ref(f.b));
  f.consume_flagged_b();
  return import_star(f.vm, module, Ref(f.activation->name_space));
}

namespace {

Owned print_expression(VM& vm, Ref value) {
  CEDE_TRY(Value hook, find_attribute(vm, vm.sys_module, *vm.names.displayhook));
  if (hook.is_unbound()) return vm.raise(TypeId::RuntimeError, "lost sys.displayhook");
  CEDE_TRY(Value result, call(vm, hook, value));
  return Owned(None.bits);
}

Owned setup_annotations(VM& vm, Ref name_space) {
  CEDE_TRY(const bool present, contains(vm, name_space, Ref(*vm.names.__annotations__)));
  if (present) return Owned(None.bits);
  CEDE_TRY(Value dict, dict_new(vm));
  CEDE_CHECK(set_item(vm, name_space, Ref(*vm.names.__annotations__), dict));
  return Owned(None.bits);
}

Owned evaluate_intrinsic(VM& vm, const Frame& f, lang::Intrinsic which, Ref b, Ref c) {
  switch (which) {
    case lang::Intrinsic::print_expression: return print_expression(vm, b);
    case lang::Intrinsic::stop_iteration_error:
      vm.set_error(Value(b));
      return raised;
    case lang::Intrinsic::type_var: return typevar_new(vm, b, Unbound, Unbound);
    case lang::Intrinsic::type_var_with_bound: return typevar_new(vm, b, c, Unbound);
    case lang::Intrinsic::type_var_with_constraints: return typevar_new(vm, b, Unbound, c);
    case lang::Intrinsic::param_spec: return paramspec_new(vm, b);
    case lang::Intrinsic::type_var_tuple: return typevartuple_new(vm, b);
    case lang::Intrinsic::set_type_param_default:
      CEDE_CHECK(type_param_set_default(vm, b, c));
      return Owned::share(b);
    case lang::Intrinsic::set_function_type_params:
      cast<Function>(b).type_params = Value(c);
      return Owned::share(b);
    case lang::Intrinsic::subscript_generic: return generic_base_subscript(vm, b);
    case lang::Intrinsic::type_alias: return type_alias_from_tuple(vm, b);
    case lang::Intrinsic::assertion_error: return Owned::share(Ref(vm.type(TypeId::AssertionError)));
    case lang::Intrinsic::setup_annotations: return setup_annotations(vm, Ref(f.activation->name_space));
    case lang::Intrinsic::list_from_iterable: return list_from(vm, b);
    case lang::Intrinsic::async_generator_wrap: return Owned::share(b);
  }
  return vm.raise(TypeId::SystemError, "unknown intrinsic");
}

}  // namespace

Status intrinsic_slow(const Frame& f, std::uint32_t which) {
  const auto given = [](std::int32_t reg) { return reg != -1 && reg != lang::no_register; };
  Value b(given(f.b) ? f.ref(f.b) : Unbound), c(given(f.c) ? f.ref(f.c) : Unbound);
  if (given(f.b)) f.consume_flagged_b();
  if (given(f.c)) f.consume_flagged_c();
  return f.finish(evaluate_intrinsic(f.vm, f, static_cast<lang::Intrinsic>(which), b, c));
}

}  // namespace cede
