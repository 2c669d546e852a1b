// What the files of generators, coroutines and async generators share.
#pragma once

#include "runtime/vm/generator.hpp"

namespace cede {

extern const Layout coroutine_wrapper_layout;
struct CoroutineWrapper : Object {
  static const Layout* layout() { return &coroutine_wrapper_layout; }
  static constexpr const char* type_name = "coroutine_wrapper";
  Value coroutine;
  template<class F> static void fields(CoroutineWrapper& self, F&& field) { field(self.coroutine); }
};

// A resumption as a script's send() gives it: the yielded value, or StopIteration with the result.
Owned give_resumed(VM& vm, Generator& generator, Resumed resumed);
// The instance that throw(type, value, traceback) is to raise; arguments that were not given are Unbound.
Owned thrown_exception(VM& vm, Ref type, Ref value, Ref traceback, bool several);
void generator_finalize(VM& vm, Ref self);
// __name__ and __qualname__ as attributes.
Value generator_get_name(VM& vm, Generator& self);
Status generator_put_name(VM& vm, Generator& self, Ref value);
Value generator_get_qualname(VM& vm, Generator& self);
Status generator_put_qualname(VM& vm, Generator& self, Ref value);
// An unfinished async generator goes to the hook of sys.set_asyncgen_hooks: true if there was one (async_generator.cpp).
bool finalize_by_hook(VM& vm, Generator& generator);
// The generator that goes on when an awaited object is sent to: it itself, or that of asend(), __anext__(), aclose(), of
// anext(iterator, default) or coroutine.__await__(). Borrowed; null for all else.
Generator* driven_generator(Ref awaited);
Ref anext_awaitable_wrapped(Ref awaitable);
// What anext(iterator, default) returns: awaits `awaitable`, gives `otherwise` at the end (async_generator.cpp).
Owned anext_awaitable_new(VM& vm, Ref awaitable, Ref otherwise);
// RuntimeWarning "coroutine 'x' was never awaited", with the origin if it was tracked.
void warn_never_awaited(VM& vm, Generator& coroutine);
// Issues a warning through the `warnings` module's rules. Raised: the warning is an error.
Status warn(VM& vm, TypeId category, std::string_view text, int stack_level = 1);
Status warn_explicit(VM& vm, TypeId category, std::string_view text, std::string_view filename, std::uint32_t line);

}  // namespace cede
