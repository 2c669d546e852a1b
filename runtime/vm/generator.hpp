// Generators, coroutines and async generators: script frames that suspend. The frame lies inside the object.
//
// Chains. While a frame waits at an await_value instruction for another generator of script code, the two are linked:
// `inner->awaiter` is the waiting one, and inner->activation.caller already points to the waiting frame. The root of a
// chain (not `linked`) caches the innermost frame in `innermost`, so that resuming the root enters that frame
// directly, at the same cost at any depth; a yield goes from the innermost frame straight to the root's resumer. What
// belongs to a chain as a whole is kept at its root while it runs: `running`, `resumed_depth`.
// Resuming, throwing into or closing a frame from anywhere else breaks the link above it first (`detach`), which
// clears the root's cache; the awaiter finds its way again, step by step, when it is resumed (`relink`).
#pragma once

#include "runtime/vm/activation.hpp"
#include "runtime/vm/code.hpp"

namespace cede {

enum class GeneratorKind : std::uint8_t { Generator, Coroutine, AsyncGenerator };
enum class GeneratorState : std::uint8_t { Created, Suspended, Running, Finished };

extern const Layout generator_layout;
struct Generator : Object {
  static const Layout* layout() { return &generator_layout; }
  static constexpr const char* type_name = "generator";
  static constexpr std::uint32_t running_mark = KindFlag1;

  GeneratorKind kind;
  GeneratorState state;           // Running also while an inner frame of its chain runs
  bool hooks_done;                // async generators: firstiter hook was called
  bool closed;                    // async generators: aclose() has begun
  bool ag_running;                // async generators: an asend/athrow/aclose is under way
  bool linked;                    // `activation.caller` and `awaiter` are valid: part of a chain
  bool yielded;                   // async generators: the last resumption ended at its own `yield`, not in an await
  bool frame_cleared;             // the registers have been released
  bool throwing;                  // root: it was resumed by throw()
  bool has_names;                 // names other than those of the code: see `extra`
  bool thrown_through;            // an exception that reaches it while its root is throwing gets `handled` as context
  std::uint32_t chain_depth;      // root: frames of the chain below it, counted as recursion when resumed
  union {                         // borrowed
    Generator* awaiter;           // linked: see above
    Generator* innermost;         // a root that does not run; null: not known
    Generator* previous_chain;    // a root that runs: the chain that was running when it was resumed
  };
  HandledException handled;       // what it is handling; `previous` is set while it runs or is linked
  Value extra;                    // Unbound, or what `generator_hook` tells; with has_names: (name, qualified name, that or None)
  Activation activation;          // followed by the registers

  Bits* registers() { return activation.registers(); }
  static Generator* of(Activation* activation) { return activation->generator; }
  // A running frame (marked: FramesMarked) is not traversed: what it holds counts as held from outside. Of a suspended
  // one, the locals and the temporaries that are live where it stands.
  template<class F> static void fields(Generator& self, F&& field) {
    if (!self.frame_cleared && self.activation.code && !(self.flags & running_mark)) {
      if constexpr (std::is_same_v<std::remove_cvref_t<F>, Clearer>) self.abandon(Heap::of(&self));
      Bits* r = self.registers();
      field(r, self.activation.code->local_count);
      self.each_live([&](std::uint32_t reg) { field(r + reg, 1); });
    }
    if (self.activation.frame && !(self.flags & running_mark)) field(reinterpret_cast<Bits*>(&self.activation.frame), 1);
    if (self.activation.name_space) field(reinterpret_cast<Bits*>(&self.activation.name_space), 1);
    field(self.extra);
    field(self.handled.exception);
    // The function last: its code says which registers are live. A frame that has ended has given it up.
    if (self.activation.function && !(self.flags & running_mark)) {
      if constexpr (std::is_same_v<std::remove_cvref_t<F>, Clearer>) {
        self.frame_cleared = true;
        self.activation.code = nullptr;
        release(Ref(reinterpret_cast<Object*>(std::exchange(self.activation.function, nullptr))));
      } else {
        field(reinterpret_cast<Bits*>(&self.activation.function), 1);
      }
    }
  }
  static void dispose(Heap& heap, Generator& self);
  static std::size_t variable_size(const Generator& self);

  // Suspended for ever: lets go of the one it waits for and of its frame object, which takes over the locals.
  void abandon(Heap& heap);
  void detach_delegate();  // the generator that this one waits for loses its link to it

  template<class F> void each_live(F&& f) {
    const std::uint32_t at = activation.code->instructions ? activation.code->index_of(activation.ip) : 0;
    if (at == 0) return;
    for (const lang::LiveRange& range : activation.code->unit->live_ranges) {
      if (range.start > at - 1) break;
      if (at - 1 < range.end) f(range.reg);
    }
  }
};

// __name__ and __qualname__, borrowed Str.
inline Ref generator_name(const Generator& g) { return g.has_names ? cast<Tuple>(g.extra)[0] : Ref(g.activation.code->name); }
inline Ref generator_qualified_name(const Generator& g) {
  return g.has_names ? cast<Tuple>(g.extra)[1] : Ref(g.activation.code->qualified_name);
}
Status generator_set_names(VM& vm, Generator& generator, Ref name, Ref qualified_name);
// Of coroutines cr_origin, of async generators the finalizer hook; None: there is none. Borrowed.
inline Ref generator_hook(const Generator& g) {
  const Ref hook = g.has_names ? cast<Tuple>(g.extra)[2] : Ref(g.extra);
  return hook.is_unbound() ? Ref(None) : hook;
}
Status generator_set_hook(VM& vm, Generator& generator, Ref hook);

// What a resumption came to. The value of Yielded and Returned is in `value`.
enum class Resumption : std::uint8_t { Yielded, Returned, Raised };
struct Resumed {
  Resumption kind;
  Value value;
};

// Sends `sent` (None to start) into a generator, coroutine or async generator body.
Resumed generator_resume(VM& vm, Generator& generator, Ref sent);
// Raises `exception` (an instance) in it, at the innermost frame of its chain; GeneratorExit closes inner ones first.
Resumed generator_throw(VM& vm, Generator& generator, Value exception);
// close(): the result of the generator that returned instead of letting GeneratorExit pass (3.13), None otherwise.
Owned generator_close(VM& vm, Generator& generator);
// What it waits for in await_value, borrowed; Unbound if it does not wait (gi_yieldfrom, cr_await).
Ref generator_awaiting(const Generator& generator);
// A coroutine of `function` as it would stand at an await in its body that waits for `awaited`, with these locals: the
// first such await that no handled exception and no other temporary value surrounds, after `skipped` (0 or 1) others. For native
// code that did what comes before. Raises SystemError if there is no such await or local.
struct NamedLocal {
  std::string_view name;
  Ref value;
};
Owned coroutine_at_await(VM& vm, Function& function, std::size_t skipped, std::initializer_list<NamedLocal> locals, Ref awaited);
bool generator_is_running(const Generator& generator);
// If it waits for something that stands for a coroutine (InPlaceAwait), or for an async generator in person (`async for`),
// the coroutine or the asend() is made and takes its place.
Status make_awaited_real(VM& vm, Generator& generator);

}  // namespace cede
