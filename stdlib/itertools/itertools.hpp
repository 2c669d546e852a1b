// The types of the itertools module, one NativeType each, and what their files share.
#pragma once

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/vm.hpp"
#include "runtime/types/iterator_makers.hpp"
#include "runtime/types/iterators.hpp"
#include "runtime/types/sequence.hpp"

namespace cede::stdlib {

extern const NativeType accumulate_type, batched_type, chain_type, combinations_type,
    combinations_with_replacement_type, compress_type, count_type, cycle_type, dropwhile_type,
    filterfalse_type, groupby_type, grouper_type, islice_type, pairwise_type, permutations_type, product_type,
    repeat_type, starmap_type, takewhile_type, tee_type, tee_data_type, zip_longest_type;

Owned itertools_tee(VM& vm, Ref iterable, Ref n);
// chain.from_iterable(iterables), for __reduce__ of others.
Owned chain_of(VM& vm, Ref iterables);

// The deprecation of copying and pickling that every __reduce__ and __setstate__ here announces.
inline Status warn_of_copying(VM& vm) {
  return warn(vm, TypeId::DeprecationWarning,
              "Pickle, copy, and deepcopy support will be removed from itertools in Python 3.14.", 1);
}

// Constructors that take positional arguments only; subclasses with their own __init__ may take keywords.
inline Status check_positional(VM& vm, const NativeType& native, const Type& type, const Arguments& arguments,
                               std::string_view name, std::uint32_t minimum, std::uint32_t maximum) {
  if (&type == &vm.native_type(native) || type.slots->init == object_init)
    CEDE_CHECK(check_no_keywords(vm, arguments, name));
  return check_argument_count(vm, arguments, name, minimum, maximum);
}

template<Slots::New Construct, Slots::Next Next>
constexpr Slots itertool_slots = inherit(object_slots, [](Slots& s) {
  s.iter = iterator_self;
  s.next = Next;
  s.construct = Construct;
});
inline constexpr std::uint32_t itertool_flags = TypeFlag::BaseType | TypeFlag::Instantiable;

}  // namespace cede::stdlib
