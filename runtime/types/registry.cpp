// The table of builtin types, in the order of TypeId.
#include "runtime/core/vm.hpp"

namespace cede {

#define BUILTIN(id, native) extern const NativeType native;
#include "runtime/core/types.def"
#define EXCEPTION(name, base) extern const NativeType name##_type;
#include "runtime/core/exceptions.def"

const NativeType* const builtin_native_types[static_cast<std::size_t>(TypeId::count)] = {
#define BUILTIN(id, native) &native,
#include "runtime/core/types.def"
#define EXCEPTION(name, base) &name##_type,
#include "runtime/core/exceptions.def"
};

}  // namespace cede
