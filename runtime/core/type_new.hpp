// Making classes: what type.__new__, __bases__ and type.mro() share.
#pragma once

#include "runtime/core/vm.hpp"

namespace cede {

// The most derived of `metatype` and the types of the bases. TypeError "metaclass conflict: ...".
Result<Type*> calculate_metaclass(VM& vm, Type& metatype, const Tuple& bases);
// The base whose layout the new class extends. TypeError for unacceptable bases and layout conflicts.
Result<Type*> best_base(VM& vm, const Tuple& bases);
// The C3 linearisation of `type` by its bases, as a new tuple. Runs no script code.
Owned c3_mro(VM& vm, Type& type);
// The MRO: C3, or what the metaclass's mro() says (script code).
Owned compute_mro(VM& vm, Type& type);
// Assignment to __bases__: new MROs for the type and all its subclasses.
Status type_set_bases(VM& vm, Type& type, Tuple& bases);

}  // namespace cede
