// The frames that a task stands in, and what can be read off them: the lock or queue whose method waits, and
// what `async with` blocks hold. For await_graph.cpp. Nothing here runs script code; all references are
// borrowed and valid until script code runs again.
#pragma once

#include <optional>
#include <vector>

#include "runtime/async/task.hpp"
#include "runtime/vm/activation.hpp"
#include "runtime/vm/code.hpp"

namespace cede {

// One frame of a chain of awaits.
struct FrameView {
  Function* function;
  Activation* activation;  // null: a StandIn, which has no frame
  Ref self;                // its first argument, if that is called `self`, else Unbound
  bool started;
  bool of_library() const;
  std::string_view name() const { return function->code->unit->name; }
  std::uint32_t line() const;
};

// The frames of a suspended task, or of one that runs: outermost first. Empty if its coroutine is no native
// one.
std::vector<FrameView> frames_of_task(VM& vm, const TaskObject& task);
// A step of it is under way, in whatever thread; an eager task's may be inside that of another.
bool is_task_running(const TaskObject& task);
// Of a generator that is not running and has not ended.
std::optional<FrameView> frame_of_generator(Ref generator);
// The value of a local variable, in a cell or not; Unbound if there is none.
Ref local_of(const FrameView& frame, std::string_view name);
// An attribute of an instance itself, not of its class; Unbound if there is none.
Ref own_attribute(VM& vm, Ref object, std::string_view name);
// Of a class or one of its bases: whether it is that class of a module of the library.
bool is_library_class(VM& vm, const Type& type, std::string_view module, std::string_view name);

// The managers of the `async with` blocks that a frame is inside of, outermost first; `inner`: the frame that
// it awaits, or null. One that is still being entered is none of them.
std::vector<Ref> entered_managers(const FrameView& frame, const FrameView* inner);

}  // namespace cede
