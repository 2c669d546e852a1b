// Traceback objects: where an exception passed, innermost last.
#pragma once

#include <string>

#include "runtime/vm/frame.hpp"

namespace cede {

extern const Layout traceback_layout;
struct Traceback : Object {
  static const Layout* layout() { return &traceback_layout; }
  static constexpr const char* type_name = "traceback";

  Value next;                 // Traceback or None: the level called from here
  Value frame;                // FrameObject
  std::uint32_t instruction;  // index in the frame's code, or not_started
  std::int32_t given_line;    // or line_of_instruction: see traceback_line
  static constexpr std::int32_t line_of_instruction = INT32_MIN;
  static constexpr std::uint32_t not_started = UINT32_MAX;  // a generator's frame into which an exception was thrown
  template<class F> static void fields(Traceback& self, F&& field) { field(self.next); field(self.frame); }
};

std::int32_t traceback_line(const Traceback& traceback);  // 0: none

// Adds a level for the instruction at `index` of `activation` at the front of the current exception's traceback.
// Never raises: what cannot be added for want of memory is left out.
void traceback_add(VM& vm, Activation* activation, std::uint32_t index);

// The whole report of an uncaught exception as CPython 3.13 prints it: causes and contexts, groups, notes, source
// lines with carets, suggestions. Ends in a newline. Runs script code (__str__ of exceptions); its errors are absorbed.
std::string format_exception_report(VM& vm, Ref exception);
// Type, message, notes: the end of the report. Names are suggested from the frames of `traceback`, which may be None.
std::string format_exception_only(VM& vm, Ref exception, Ref traceback);
std::string format_traceback(VM& vm, Ref traceback);   // "Traceback (most recent call last):" and its entries

}  // namespace cede
