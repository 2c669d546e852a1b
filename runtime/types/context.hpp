// contextvars: Context, ContextVar, Token. A context's variables are in a Dict that copies of the context share until
// one of them writes.
#pragma once

#include "runtime/core/vm.hpp"

namespace cede {

extern const Layout context_layout;
struct Context : Object {
  static const Layout* layout() { return &context_layout; }
  static constexpr const char* type_name = "Context";
  static constexpr std::uint32_t plain_words = 2;
  Value variables;     // Dict: ContextVar -> value; Unbound: empty. Not written to while its count is above one.
  Value previous;      // while entered: the context that was current before, or None
  bool entered;
  template<class F> static void fields(Context& self, F&& field) { field(self.variables); field(self.previous); }
};

// A context that is made into an object only when somebody needs it as one: tasks run in these.
struct LazyContext {
  Value variables;     // as in Context
  Value made;          // the Context, once it exists
  const void* owner = nullptr;   // the task that runs in it
};
// The Context that a lazy one stands for, made now if it has not been. Borrowed; null after raising MemoryError.
Context* lazy_context_object(VM& vm, LazyContext& lazy);

Owned context_new(VM& vm);
// The variables of the current context (Dict or Unbound), borrowed: what a copy of it starts with.
Ref current_context_variables(VM& vm);
// The thread's context, made if it has none. Borrowed by the thread.
Context* current_context(VM& vm);       // null after raising MemoryError
Owned copy_current_context(VM& vm);
// Makes a context current; raises RuntimeError if it is entered already. Every enter needs its exit.
Status context_enter(VM& vm, Context& context);
void context_exit(VM& vm, Context& context);

}  // namespace cede
