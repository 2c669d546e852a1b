// The locals of a frame as a mapping: locals() and frame.f_locals (PEP 667).
#pragma once

#include "runtime/vm/frame.hpp"

namespace cede {

// frame.f_locals: for functions a new FrameLocalsProxy that reads and writes the variables themselves, else the
// frame's namespace.
Value frame_locals_of(VM& vm, FrameObject& frame);
// locals() called in `activation`: a new dict of a function's variables, else the namespace itself.
Owned frame_locals_snapshot(VM& vm, Activation* activation);

}  // namespace cede
