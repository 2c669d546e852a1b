// FrameObject: what sys._getframe and tracebacks show of an activation; made when somebody asks. While the activation
// lives, everything is read from it; when it ends, the locals move here (an exception's traceback keeps them).
#pragma once

#include "runtime/vm/activation.hpp"
#include "runtime/vm/code.hpp"

namespace cede {

extern const Layout frame_layout;
struct FrameObject : Object {
  static const Layout* layout() { return &frame_layout; }
  static constexpr const char* type_name = "frame";

  Activation* activation;    // null once it has ended
  Value function;            // Function
  Value name_space;          // namespace of module, class, exec code, or Unbound
  Value back;                // the caller's frame, kept when the activation has ended; Unbound or None otherwise
  Value extra_locals;        // Dict of names that are no locals of the code, written through f_locals; or Unbound
  Value kept;                // List: old values of locals overwritten through f_locals while running; or Unbound
  std::uint32_t last_instruction;  // index, once the activation has ended (of a suspended generator: from it)
  ValueArray locals;         // words of the locals and cells, once the activation has ended
  template<class F> static void fields(FrameObject& self, F&& field) {
    field(self.back); field(self.function); field(self.name_space); field(self.extra_locals); field(self.kept);
    field(self.locals);
  }
  static void dispose(Heap& heap, FrameObject& self) { self.locals.free(heap); }
};

// The frame object of an activation, made now if there is none. Borrowed from the activation; null after raising.
FrameObject* frame_of(VM& vm, Activation* activation);
Code& frame_code(const FrameObject& frame);
// Index of the instruction that the frame stands at.
std::uint32_t frame_instruction(const FrameObject& frame);
std::uint32_t frame_line(const FrameObject& frame);   // 0: none
// The activation is about to end: locals move to the frame object. Runs no script code.
void frame_detach(VM& vm, Activation* activation);

}  // namespace cede
