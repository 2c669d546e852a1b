// Numbers of any type: __index__ and __float__.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"

namespace cede {

Owned index(VM& vm, Ref object) {
  if (object.is_small()) [[likely]]
    return Owned(object.bits);
  if (is_int(object)) return int_exact(vm, object);
  const auto function = type_of(vm, object).slots->index;
  if (!function)
    return vm.raise(TypeId::TypeError, "'{}' object cannot be interpreted as an integer",
                    display_name(type_of(vm, object)));
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  CEDE_TRY(Value number, function(vm, object));
  if (is_int(number)) return int_exact(vm, number);
  return vm.raise(TypeId::TypeError, "__index__ returned non-int (type {})",
                  display_name(type_of(vm, number)));
}

Result<std::int64_t> index_int64(VM& vm, Ref object) {
  if (object.is_small()) [[likely]]
    return object.small();
  CEDE_TRY(Value number, index(vm, object));
  if (const auto fits = int_to_int64(number)) return *fits;
  return vm.raise(TypeId::OverflowError, "cannot fit '{}' into an index-sized integer",
                  display_name(type_of(vm, object)));
}

Result<std::int64_t> index_clamped(VM& vm, Ref object) {
  if (object.is_small()) [[likely]]
    return object.small();
  CEDE_TRY(Value number, index(vm, object));
  return int_clamped(number);
}

Result<double> to_double(VM& vm, Ref object) {
  if (object.is_immediate_double()) [[likely]]
    return object.immediate_double();
  if (object.is_small()) return int_to_double(vm, object);
  if (is_float(object)) return float_value(object);
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  const Slots& slots = *type_of(vm, object).slots;
  if (slots.floating) {
    CEDE_TRY(Value number, slots.floating(vm, object));
    if (is_float(number)) return float_value(number);
    return vm.raise(TypeId::TypeError, "{}.__float__ returned non-float (type {})",
                    display_name(type_of(vm, object)), display_name(type_of(vm, number)));
  }
  if (!slots.index)
    return vm.raise(TypeId::TypeError, "must be real number, not {}", display_name(type_of(vm, object)));
  CEDE_TRY(Value number, index(vm, object));
  return int_to_double(vm, number);
}

}  // namespace cede
