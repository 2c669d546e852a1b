// Calls of special methods: looked up on the type, called with `self` first and no bound-method object in
// between.
#pragma once

#include "runtime/core/protocols.hpp"

namespace cede {

struct SpecialMethod {
  Value callable;           // Unbound: the type has none
  bool needs_self = false;  // a function: `self` is its first argument
};
// May run a descriptor's __get__.
Status find_special_method(VM& vm, Ref self, Str& name, SpecialMethod& found);

// Unbound if the type has no such method.
template<class... A> Owned call_special_method(VM& vm, Ref self, Str& name, A... arguments) {
  SpecialMethod method;
  CEDE_CHECK(find_special_method(vm, self, name, method));
  if (method.callable.is_unbound()) return Owned();
  const Bits words[] = {self.bits, Ref(arguments).bits...};
  const std::uint32_t skipped = method.needs_self ? 0 : 1;
  return call(vm, method.callable,
              {words + skipped, static_cast<std::uint32_t>(sizeof...(A)) + 1 - skipped, nullptr});
}
Owned call_special_method_with(VM& vm, Ref self, Str& name, const Arguments& arguments);

// What the end of a sequence operator is: both operands did not know each other.
RaisedMark raise_sequence_operands(VM& vm, SlotIndex slot, Ref left, Ref right);

}  // namespace cede
