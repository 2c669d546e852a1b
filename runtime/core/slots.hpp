// The operations a type can implement, as a table of function pointers: what the interpreter and the protocols call.
// A native type's table is constant data; a script class has its own, filled from its MRO (type_slots.cpp): a slot
// inherited from a native type is that type's function itself, a dunder defined in script becomes a trampoline.
// A binary slot is called with the operands in source order, whichever of them has the type (as CPython's nb_ slots);
// it returns NotImplemented for operands that it does not know.
#pragma once

#include <span>

#include "runtime/core/value.hpp"

namespace cede {

class VM;
struct Str;
struct Tuple;

enum class CompareOperation : std::uint8_t { Less, LessEqual, Equal, NotEqual, Greater, GreaterEqual };

// The arguments of a call: `positional` words at `values`, then one word for each of `keywords` (a Tuple of interned
// Str), or none if it is null. All borrowed for the time of the call.
struct Arguments {
  const Bits* values = nullptr;
  std::uint32_t positional = 0;
  const Tuple* keywords = nullptr;

  Ref operator[](std::size_t i) const { return Ref(values[i]); }
  Arguments without_first() const { return {values + 1, positional - 1, keywords}; }
};

struct Slots {
  using Unary = Owned (*)(VM&, Ref self);
  using Next = Owned (*)(VM&, Ref self);  // Finished at the end (no StopIteration is set)
  using Binary = Owned (*)(VM&, Ref left, Ref right);
  using Power = Owned (*)(VM&, Ref base, Ref exponent, Ref modulus);  // modulus None where absent
  using Compare = Owned (*)(VM&, Ref self, Ref other, CompareOperation);
  using Hash = Result<std::int64_t> (*)(VM&, Ref self);      // never -1
  using Length = Result<std::int64_t> (*)(VM&, Ref self);
  using Bool = Result<bool> (*)(VM&, Ref self);
  using Contains = Result<bool> (*)(VM&, Ref self, Ref item);
  using Call = Owned (*)(VM&, Ref self, const Arguments&);
  using GetAttribute = Owned (*)(VM&, Ref self, Ref name);   // name is a Str
  using SetAttribute = Status (*)(VM&, Ref self, Ref name, Ref value);  // value Unbound: delete
  using SetItem = Status (*)(VM&, Ref self, Ref key, Ref value);        // value Unbound: delete
  using DescriptorGet = Owned (*)(VM&, Ref self, Ref instance, Ref owner);  // instance Unbound: from the class
  using DescriptorSet = Status (*)(VM&, Ref self, Ref instance, Ref value);
  using Init = Status (*)(VM&, Ref self, const Arguments&);
  using New = Owned (*)(VM&, Type& type, const Arguments&);
  // `self` is dead but held by the caller; an error is reported as unraisable, not returned.
  using Finalize = void (*)(VM&, Ref self);

#define SLOT(kind, field, dunder) kind field = nullptr;
#include "runtime/core/slots.def"
};

// The numbers of the slots, in the order of slots.def.
enum class SlotIndex : std::uint8_t {
#define SLOT(kind, field, dunder) field,
#include "runtime/core/slots.def"
  count,
};

}  // namespace cede
