// How dunders and slots correspond: the trampolines of script classes (type_slots.cpp) and the slot wrappers
// that show a native type's slots as methods (slot_wrappers.cpp).
#pragma once

#include "runtime/core/vm.hpp"

namespace cede {

// Recomputes the slots of a heap type that depend on attribute `name`, or all of them if it is null. Runs no
// script code.
void type_update_slots(VM& vm, Type& type, Str* name);
// Gives a new heap type its table: its bases' slots, corrected where they differ and for its own dictionary.
void type_make_slots(VM& vm, Type& type);
// The slot's function is a trampoline that calls a dunder defined in script.
bool is_trampoline(const Slots& slots, SlotIndex slot);
// The word at a slot's place in the table.
inline void (*slot_function(const Slots& slots, SlotIndex slot))() {
  return reinterpret_cast<void (*const*)()>(&slots)[static_cast<std::size_t>(slot)];
}

// Arguments with one more word before the others, on the C stack if they are few.
class PrependedArguments {
 public:
  PrependedArguments(Ref first, const Arguments& rest);
  ~PrependedArguments() { delete[] large_; }
  PrependedArguments(const PrependedArguments&) = delete;
  const Arguments& arguments() const { return arguments_; }

 private:
  static constexpr std::size_t few = 12;
  Bits small_[few];
  Bits* large_ = nullptr;
  Arguments arguments_;
};

}  // namespace cede
