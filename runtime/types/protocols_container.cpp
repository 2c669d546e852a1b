// Containers and iteration of any value.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/core/type_slots.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/iterators.hpp"

namespace cede {
namespace {

std::string_view name_of(VM& vm, Ref value) { return display_name(type_of(vm, value)); }

// list[int]: a class is subscripted through __class_getitem__.
Owned subscript_class(VM& vm, Type& type, Ref key) {
  if (type.id == TypeId::Type) return generic_alias_new(vm, type, key);
  CEDE_TRY(Value method, find_attribute(vm, type, *vm.names.__class_getitem__));
  if (!method.is_unbound() && !method.is_none()) return call(vm, method, key);
  return vm.raise(TypeId::TypeError, "type '{}' is not subscriptable", display_name(type));
}

// __getitem__ makes a sequence of a script class, and of the native types that say so.
bool is_sequence(const Type& type) {
  return type.slots->getitem &&
         (is_trampoline(*type.slots, SlotIndex::getitem) || type.has(TypeFlag::SequenceOperators)) &&
         !type.has(TypeFlag::MappingPattern);
}

}  // namespace

// ---- items

Owned get_item(VM& vm, Ref container, Ref key) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  Type& type = type_of(vm, container);
  if (type.slots->getitem) [[likely]]
    return type.slots->getitem(vm, container, key);
  if (Type* subscripted = as<Type>(container)) return subscript_class(vm, *subscripted, key);
  return vm.raise(TypeId::TypeError, "'{}' object is not subscriptable", display_name(type));
}

Status set_item(VM& vm, Ref container, Ref key, Ref value) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  Type& type = type_of(vm, container);
  if (type.slots->setitem) [[likely]]
    return type.slots->setitem(vm, container, key, value);
  return vm.raise_text(TypeId::TypeError,
                       value.is_unbound()
                           ? fmt::format("'{}' object doesn't support item deletion", display_name(type))
                           : fmt::format("'{}' object does not support item assignment", display_name(type)));
}

Result<bool> contains(VM& vm, Ref container, Ref item) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  Type& type = type_of(vm, container);
  if (type.slots->contains) [[likely]]
    return type.slots->contains(vm, container, item);
  if (!type.slots->iter && !is_sequence(type))
    return vm.raise(TypeId::TypeError, "argument of type '{}' is not iterable", display_name(type));
  Value iterator = get_iterator(vm, container);
  if (iterator.is_raised()) {
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
    return vm.raise(TypeId::TypeError, "argument of type '{}' is not iterable", display_name(type));
  }
  for (;;) {
    CEDE_TRY(Value candidate, next(vm, iterator));
    if (candidate.is_finished()) return false;
    CEDE_TRY(const bool equal, is_equal(vm, candidate, item));
    if (equal) return true;
    CEDE_CHECK(vm.check_interrupts());
  }
}

Result<std::int64_t> length(VM& vm, Ref object) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  const Slots& slots = *type_of(vm, object).slots;
  if (slots.length) [[likely]]
    return slots.length(vm, object);
  return vm.raise(TypeId::TypeError, "object of type '{}' has no len()", name_of(vm, object));
}

Result<std::int64_t> length_hint(VM& vm, Ref object, std::int64_t otherwise) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  if (const auto function = type_of(vm, object).slots->length) {
    const Result<std::int64_t> exact = function(vm, object);
    if (!exact.is_raised()) return *exact;
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
  }
  Value hint = call_special_method(vm, object, *vm.names.__length_hint__);
  if (hint.is_unbound() || hint.ref().is_not_implemented()) return otherwise;
  if (hint.is_raised()) {
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
    return otherwise;
  }
  if (!is_subtype(type_of(vm, hint), vm.type(TypeId::Int)))
    return vm.raise(TypeId::TypeError, "__length_hint__ must be an integer, not {}", name_of(vm, hint));
  CEDE_TRY(const std::int64_t value, index_int64(vm, hint));
  if (value < 0) return vm.raise(TypeId::ValueError, "__length_hint__() should return >= 0");
  return value;
}

// ---- iteration

Owned get_iterator(VM& vm, Ref iterable) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  Type& type = type_of(vm, iterable);
  if (!type.slots->iter) {
    if (is_sequence(type)) return sequence_iterator_new(vm, iterable);
    return vm.raise(TypeId::TypeError, "'{}' object is not iterable", display_name(type));
  }
  CEDE_TRY(Value iterator, type.slots->iter(vm, iterable));
  if (is_iterator(vm, iterator)) return iterator;
  return vm.raise(TypeId::TypeError, "iter() returned non-iterator of type '{}'", name_of(vm, iterator));
}

Owned next(VM& vm, Ref iterator) {
  const auto function = type_of(vm, iterator).slots->next;
  if (!function) return vm.raise(TypeId::TypeError, "'{}' object is not an iterator", name_of(vm, iterator));
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  return function(vm, iterator);
}

bool is_iterator(VM& vm, Ref object) { return type_of(vm, object).slots->next != nullptr; }

Owned take_stop_iteration_value(VM& vm) {
  const Value error = vm.take_error();
  const auto* stop = as<StopIterationObject>(error);
  return stop && !stop->value.is_unbound() ? Owned::share(stop->value) : Owned(None.bits);
}

}  // namespace cede
