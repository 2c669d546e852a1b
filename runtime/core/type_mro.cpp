// The order of bases: metaclass, best base, C3 linearisation, custom mro() methods, and assignment to
// __bases__.
#include <algorithm>
#include <vector>

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/core/type_new.hpp"

namespace cede {
namespace {

// The nearest type at or above `type` that adds to the layout of instances.
const Type* solid_base(const Type* type) {
  while (type->base && type->native->layout == type->base->native->layout &&
         type->slot_count == type->base->slot_count)
    type = type->base;
  return type;
}

using Sequence = std::vector<Type*>;

bool in_tail(const std::vector<Sequence>& sequences, const std::vector<std::size_t>& heads,
             const Type* candidate) {
  for (std::size_t i = 0; i < sequences.size(); ++i)
    for (std::size_t k = heads[i] + 1; k < sequences[i].size(); ++k)
      if (sequences[i][k] == candidate) return true;
  return false;
}

RaisedMark raise_inconsistent(VM& vm, const std::vector<Sequence>& sequences,
                              const std::vector<std::size_t>& heads) {
  Sequence left;
  std::string names;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    if (heads[i] == sequences[i].size()) continue;
    Type* head = sequences[i][heads[i]];
    if (std::find(left.begin(), left.end(), head) != left.end()) continue;
    left.push_back(head);
    names += fmt::format("{}{}", names.empty() ? "" : ", ", short_name(*head));
  }
  return vm.raise(TypeId::TypeError, "Cannot create a consistent method resolution order (MRO) for bases {}",
                  names);
}

Status check_duplicates(VM& vm, const Tuple& bases) {
  for (std::size_t i = 0; i < bases.size; ++i)
    for (std::size_t k = i + 1; k < bases.size; ++k)
      if (bases[i] == bases[k])
        return vm.raise(TypeId::TypeError, "duplicate base class {}", short_name(cast<Type>(bases[i])));
  return Ok;
}

// Each step takes the first head that is in nobody's tail.
Status merge(VM& vm, const std::vector<Sequence>& sequences, Sequence& result) {
  std::vector<std::size_t> heads(sequences.size(), 0);
  for (;;) {
    Type* chosen = nullptr;
    bool left = false;
    for (std::size_t i = 0; i < sequences.size() && !chosen; ++i) {
      if (heads[i] == sequences[i].size()) continue;
      left = true;
      if (!in_tail(sequences, heads, sequences[i][heads[i]])) chosen = sequences[i][heads[i]];
    }
    if (!left) return Ok;
    if (!chosen) return raise_inconsistent(vm, sequences, heads);
    result.push_back(chosen);
    for (std::size_t i = 0; i < sequences.size(); ++i)
      if (heads[i] < sequences[i].size() && sequences[i][heads[i]] == chosen) ++heads[i];
  }
}

Owned tuple_of_types(VM& vm, const Sequence& types) {
  CEDE_TRY(Value tuple, tuple_uninitialised(vm, types.size()));
  for (std::size_t i = 0; i < types.size(); ++i)
    cast<Tuple>(tuple).items[i] = Value(Ref(types[i])).take().bits;
  return tuple;
}

Sequence sequence_of(const Tuple& tuple) {
  Sequence types;
  for (Bits word : tuple) types.push_back(&cast<Type>(Ref(word)));
  return types;
}

Status check_custom_mro(VM& vm, Type& type, const Tuple& mro) {
  const Type* solid = solid_base(&type);
  for (Bits word : mro) {
    const Type* base = as<Type>(Ref(word));
    if (!base)
      return vm.raise(TypeId::TypeError, "mro() returned a non-class ('{}')",
                      display_name(type_of(vm, Ref(word))));
    if (!is_subtype(*solid, *solid_base(base)))
      return vm.raise(TypeId::TypeError, "mro() returned base with unsuitable layout ('{}')",
                      display_name(*base));
  }
  return Ok;
}

}  // namespace

Result<Type*> calculate_metaclass(VM& vm, Type& metatype, const Tuple& bases) {
  Type* winner = &metatype;
  for (Bits word : bases) {
    Type& candidate = type_of(vm, Ref(word));
    if (is_subtype(*winner, candidate)) continue;
    if (!is_subtype(candidate, *winner))
      return vm.raise(TypeId::TypeError,
                      "metaclass conflict: the metaclass of a derived class must be a (non-strict) "
                      "subclass of the metaclasses of all its bases");
    winner = &candidate;
  }
  return winner;
}

Result<Type*> best_base(VM& vm, const Tuple& bases) {
  Type* base = nullptr;
  const Type* winner = nullptr;
  for (Bits word : bases) {
    Type* candidate_base = as<Type>(Ref(word));
    if (!candidate_base) return vm.raise(TypeId::TypeError, "bases must be types");
    if (!candidate_base->has(TypeFlag::BaseType))
      return vm.raise(TypeId::TypeError, "type '{}' is not an acceptable base type",
                      display_name(*candidate_base));
    const Type* candidate = solid_base(candidate_base);
    if (!winner || (!is_subtype(*winner, *candidate) && is_subtype(*candidate, *winner))) {
      winner = candidate;
      base = candidate_base;
    } else if (!is_subtype(*winner, *candidate)) {
      return vm.raise(TypeId::TypeError, "multiple bases have instance lay-out conflict");
    }
  }
  return base;
}

Owned c3_mro(VM& vm, Type& type) {
  const Tuple& bases = cast<Tuple>(type.bases);
  for (Bits base : bases)
    if (cast<Type>(Ref(base)).mro.is_unbound())
      return vm.raise(TypeId::TypeError, "Cannot extend an incomplete type '{}'",
                      display_name(cast<Type>(Ref(base))));
  Sequence result{&type};
  if (bases.size == 1) {
    for (Bits word : cast<Tuple>(cast<Type>(bases[0]).mro)) result.push_back(&cast<Type>(Ref(word)));
    return tuple_of_types(vm, result);
  }
  CEDE_CHECK(check_duplicates(vm, bases));
  std::vector<Sequence> sequences;
  for (Bits base : bases) sequences.push_back(sequence_of(cast<Tuple>(cast<Type>(Ref(base)).mro)));
  sequences.push_back(sequence_of(bases));
  CEDE_CHECK(merge(vm, sequences, result));
  return tuple_of_types(vm, result);
}

Owned compute_mro(VM& vm, Type& type) {
  Type& metatype = type_of(vm, type);
  if (metatype.id == TypeId::Type ||
      type_lookup(vm, metatype, *vm.names.mro) == type_lookup(vm, vm.type(TypeId::Type), *vm.names.mro))
    return c3_mro(vm, type);
  CEDE_TRY(Value order, call_special_method(vm, type, *vm.names.mro));
  CEDE_TRY(Value mro, tuple_from(vm, order));
  CEDE_CHECK(check_custom_mro(vm, type, cast<Tuple>(mro)));
  return mro;
}

// ---- __bases__

namespace {

// The types whose MRO depends on `type`, bases before subclasses.
Sequence with_subclasses(Type& type) {
  Sequence all{&type};
  for (std::size_t i = 0; i < all.size(); ++i)
    for (Type* subclass : all[i]->subclasses) {
      const auto at = std::find(all.begin(), all.end(), subclass);
      if (at != all.end()) all.erase(at);
      all.push_back(subclass);
    }
  return all;
}

}  // namespace

Status type_set_bases(VM& vm, Type& type, Tuple& bases) {
  CEDE_TRY(Type * base, best_base(vm, bases));
  const Type* old_solid = solid_base(type.base);
  const Type* new_solid = solid_base(base);
  if (old_solid != new_solid || base->attributes_offset != type.base->attributes_offset)
    return vm.raise(TypeId::TypeError, "__bases__ assignment: '{}' object layout differs from '{}'",
                    display_name(*base), display_name(*type.base));
  const Value old_bases = type.bases;
  Type* old_base = type.base;
  Type::leave_bases(type);
  type.bases = Value(Ref(bases));
  type.base = base;
  std::vector<std::pair<Type*, Value>> old_orders;
  Status status = Ok;
  for (Type* t : with_subclasses(type)) {
    Value mro = compute_mro(vm, *t);
    if (mro.is_raised()) {
      status = raised;
      break;
    }
    old_orders.emplace_back(t, std::move(t->mro));
    t->mro = std::move(mro);
  }
  if (status.is_raised()) {
    for (auto& [t, mro] : old_orders) t->mro = std::move(mro);
    type.bases = old_bases;
    type.base = old_base;
  }
  if (!Type::link(vm.heap, type)) return vm.raise_memory_error();
  CEDE_CHECK(status);
  return type_modified(vm, type, nullptr);
}

}  // namespace cede
