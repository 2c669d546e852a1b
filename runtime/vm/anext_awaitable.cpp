// What anext(iterator, default) returns: awaits what __anext__ gave, with the end of the iteration turned into the
// default.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/vm/generator_support.hpp"
#include "runtime/vm/intrinsics.hpp"

namespace cede {

namespace {

struct AnextAwaitable : Object {
  [[maybe_unused]] static const Layout* layout();
  Value wrapped, otherwise;
  template<class F> static void fields(AnextAwaitable& self, F&& field) { field(self.wrapped); field(self.otherwise); }
};
constexpr Layout awaitable_layout = layout_for<AnextAwaitable>();
const Layout* AnextAwaitable::layout() { return &awaitable_layout; }

// Passes on `result`, a method call's on the awaited iterator.
Owned give(VM& vm, AnextAwaitable& self, Owned result) {
  if (!result.is_raised() || !vm.error_is(TypeId::StopAsyncIteration)) return result;
  vm.clear_error();
  return vm.raise_stop_iteration(self.otherwise);
}

Owned anext_send(VM& vm, AnextAwaitable& self, Ref value) {
  CEDE_TRY(const Value iterator, get_awaitable(vm, self.wrapped));
  return give(vm, self, call_method(vm, iterator, *vm.names.send, value));
}
Owned anext_throw(VM& vm, AnextAwaitable& self, Rest arguments) {
  CEDE_TRY(const Value iterator, get_awaitable(vm, self.wrapped));
  return give(vm, self, call_method(vm, iterator, *vm.names.throw_,
                                    Arguments{arguments.words.data(), static_cast<std::uint32_t>(arguments.size()), nullptr}));
}
Owned anext_close(VM& vm, AnextAwaitable& self) {
  CEDE_TRY(const Value iterator, get_awaitable(vm, self.wrapped));
  return give(vm, self, call_method(vm, iterator, *vm.names.close));
}

Owned anext_next(VM& vm, Ref self_ref) {
  AnextAwaitable& self = cast<AnextAwaitable>(self_ref);
  CEDE_TRY(const Value iterator, get_awaitable(vm, self.wrapped));
  const Value result =
      is_exact(iterator, TypeId::Coroutine) ? Value(call_method(vm, iterator, *vm.names.send, None)) : Value(next(vm, iterator));
  if (!result.is_raised()) return Owned::share(result);
  if (vm.error_is(TypeId::StopAsyncIteration)) {
    vm.clear_error();
    vm.thread->stop_value = self.otherwise;
    return Owned(Finished.bits);
  }
  if (!vm.error_is(TypeId::StopIteration)) return raised;
  CEDE_TRY(vm.thread->stop_value, take_stop_iteration_value(vm));
  return Owned(Finished.bits);
}

Owned anext_self(VM&, Ref self) { return Owned::share(self); }

constexpr Method methods[] = {
    method<"send(self, value, /)", anext_send>,
    method<"throw(self, /, *args)", anext_throw>,
    method<"close(self, /)", anext_close>,
};
constexpr Slots slots = inherit(object_slots, [](Slots& s) {
  s.await = anext_self;
  s.iter = anext_self;
  s.next = anext_next;
});

}  // namespace

extern const NativeType anext_awaitable_type{
    .name = "anext_awaitable", .id = TypeId::AnextAwaitable, .base = nullptr, .layout = &awaitable_layout, .slots = &slots,
    .flags = 0, .methods = methods};

Ref anext_awaitable_wrapped(Ref awaitable) { return cast<AnextAwaitable>(awaitable).wrapped; }

Owned anext_awaitable_new(VM& vm, Ref awaitable, Ref otherwise) {
  AnextAwaitable* made = make_object<AnextAwaitable>(vm, TypeId::AnextAwaitable);
  if (!made) return raised;
  made->wrapped = Value(awaitable);
  made->otherwise = Value(otherwise);
  return Value::adopt(made);
}

}  // namespace cede
