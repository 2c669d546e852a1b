// sys: frames and the exception that is being handled.
#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/vm/frame.hpp"
#include "runtime/vm/intrinsics.hpp"
#include "stdlib/sys/functions.hpp"

namespace cede::stdlib {

namespace {

Activation* activation_at(VM& vm, int depth) {
  Activation* activation = vm.thread->activation;
  for (; activation && depth > 0; --depth) activation = activation->caller;
  return activation;
}

Owned sys_getframe(VM& vm, int depth) {
  Activation* activation = activation_at(vm, depth);
  if (!activation) return vm.raise(TypeId::ValueError, "call stack is not deep enough");
  FrameObject* frame = frame_of(vm, activation);
  return frame ? Owned::share(Ref(*frame)) : Owned(raised);
}

Owned sys_getframemodulename(VM& vm, int depth) {
  const Activation* activation = activation_at(vm, depth);
  if (!activation) return Owned::share(None);
  const Value& module = activation->function->module;
  return Owned::share(module.is_unbound() ? None : Ref(module));
}

Owned sys_exception(VM& vm) { return Owned::share(handled_exception(*vm.thread)); }

Owned sys_exc_info(VM& vm) {
  const Value exception{handled_exception(*vm.thread)};
  if (!is_exception(exception)) return tuple_of(vm, {None, None, None});
  const Value& traceback = cast<BaseException>(exception).traceback;
  return tuple_of(vm, {Ref(type_of(vm, exception)), exception, traceback.is_unbound() ? None : Ref(traceback)});
}

Owned sys_current_frames(VM& vm) {
  CEDE_TRY(Value frames, dict_new(vm));
  if (Activation* activation = vm.thread->activation) {
    FrameObject* frame = frame_of(vm, activation);
    if (!frame) return raised;
    CEDE_CHECK(dict_set(vm, cast<Dict>(frames), Ref::small(static_cast<std::int64_t>(vm.thread->id)), Ref(*frame)));
  }
  return frames.take();
}

Owned sys_exit(VM& vm, Ref status) {
  if (is<Tuple>(status)) {
    const Tuple& arguments = cast<Tuple>(status);
    return vm.raise_value(exception_new(vm, vm.type(TypeId::SystemExit), arguments.words()));
  }
  if (status.is_none()) return vm.raise_value(exception_new(vm, TypeId::SystemExit, Unbound));
  return vm.raise_with(TypeId::SystemExit, status);
}

Owned sys_call_tracing(VM& vm, Ref function, Tuple& arguments) { return call_with(vm, function, Ref(arguments), Unbound); }

constexpr Method functions[] = {
    method<"_current_frames()", sys_current_frames>,
    method<"_getframe(depth=0, /)", sys_getframe>,
    method<"_getframemodulename(depth=0)", sys_getframemodulename>,
    method<"call_tracing(func, args, /)", sys_call_tracing>,
    method<"exc_info()", sys_exc_info>,
    method<"exception()", sys_exception>,
    method<"exit(status=None, /)", sys_exit>,
};

}  // namespace

const std::span<const Method> sys_frames = functions;

}  // namespace cede::stdlib
