// Types at run time: lookup through the MRO with the isolate's method cache, what follows from a change,
// instances, names. Making builtin types is in type_native.cpp, classes of scripts in type_new.cpp.
#include "runtime/core/type.hpp"

#include <algorithm>
#include <vector>

#include "runtime/core/type_slots.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

constinit const Layout type_layout = layout_for<Type>();

namespace {

std::size_t cache_index(std::uint32_t version, const Str* name) {
  return (version * 0x9E3779B1u ^ static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(name) >> 4)) &
         (VM::method_cache_size - 1);
}

TypeId constant_type(Ref value) {
  if (value.is_bool()) return TypeId::Bool;
  if (value.is_none()) return TypeId::NoneType;
  if (value.is_not_implemented()) return TypeId::NotImplementedType;
  assert(value == EllipsisValue);
  return TypeId::EllipsisType;
}

Ref find_in_mro(VM& vm, Type& type, Str& name) {
  const std::int64_t hash = str_hash(vm, name);
  const Tuple& mro = cast<Tuple>(type.mro);
  for (Bits word : mro) {
    Type& base = cast<Type>(Ref(word));
    Dict& dictionary = type_dictionary(vm, base);
    if (dictionary.string_keys) {
      const Ref found = dict_find_string(dictionary, name, hash);
      if (!found.is_unbound()) return found;
    } else {
      Value found = dict_get_str(vm, dictionary, name);
      if (found.is_raised())
        vm.clear_error();
      else if (!found.is_unbound())
        return found;  // the dictionary still holds it
    }
  }
  return Unbound;
}

}  // namespace

Type& type_of_immediate(VM& vm, Ref value) {
  if (value.is_small()) return vm.type(TypeId::Int);
  if (value.is_immediate_double()) return vm.type(TypeId::Float);
  return vm.type(constant_type(value));
}

bool is_subtype(const Type& type, const Type& base) {
  if (&type == &base) return true;
  if (type.mro.is_unbound()) {
    for (const Type* t = type.base; t; t = t->base)
      if (t == &base) return true;
    return false;
  }
  for (Bits word : cast<Tuple>(type.mro))
    if (Ref(word).object() == &base) return true;
  return false;
}

// Of a name that is not interned: only one that equals it could be in the cache.
static Ref lookup_of_other_name(VM& vm, Type& type, Str& name) {
  if (Str* known = vm.find_interned(name)) {
    const Value held{Ref(*known)};
    return type_lookup(vm, type, *known);
  }
  return type.mro.is_unbound() ? Ref(Unbound) : find_in_mro(vm, type, name);
}

Ref type_lookup(VM& vm, Type& type, Str& given) {
  if (!given.is_interned()) [[unlikely]]
    return lookup_of_other_name(vm, type, given);
  Str& name = given;
  if (!vm.method_cache) [[unlikely]]
    vm.method_cache = std::make_unique<VM::MethodCacheEntry[]>(VM::method_cache_size);
  VM::MethodCacheEntry& entry = vm.method_cache[cache_index(type.version, &name)];
  if (entry.version == type.version && entry.name == &name && type.version) [[likely]]
    return Ref(entry.value);
  if (type.mro.is_unbound()) return Unbound;
  const Ref found = find_in_mro(vm, type, name);
  // Filling a builtin's dictionary on the way may have used the entry, but changes no version.
  if (type.version) entry = {type.version, &name, found.bits};
  return found;
}

Status type_modified(VM& vm, Type& type, Str* name) {
  std::vector<Type*> changed{&type};
  bool watched = false;
  for (std::size_t i = 0; i < changed.size(); ++i) {
    Type* t = changed[i];
    t->version = vm.next_type_version();
    watched |= t->watchers != 0;
    if (t->has(TypeFlag::Heap) && !t->mro.is_unbound()) type_update_slots(vm, *t, name);
    for (Type* subclass : t->subclasses)
      if (std::find(changed.begin(), changed.end(), subclass) == changed.end()) changed.push_back(subclass);
  }
  if (watched && vm.type_changed)
    for (Type* t : changed)
      if (t->watchers) vm.type_changed(vm, *t);
  return Ok;
}

Status type_set_attribute(VM& vm, Type& type, Str& given, Ref value) {
  const InternedName interned(vm, given);
  if (interned.failed()) return raised;
  Str& name = *interned;
  Dict& dictionary = type_dictionary(vm, type);
  Value old = dict_get_str(vm, dictionary, name);  // dies only after the caches have been told
  if (old.is_raised()) return raised;
  if (value.is_unbound()) {
    CEDE_TRY(const bool removed, dict_remove_str(vm, dictionary, name));
    if (!removed) return vm.raise_with(TypeId::AttributeError, name);
  } else {
    CEDE_CHECK(dict_set_str(vm, dictionary, name, value));
  }
  return type_modified(vm, type, &name);
}

// ---- instances

Object* allocate_instance(VM& vm, Type& type, std::size_t native_size) {
  std::size_t size, start;
  if (type.attributes_offset < 0) {
    start = (native_size + 7) & ~std::size_t{7};
    if (!add_sizes(start, sizeof(Attributes), size)) {
      (void)vm.raise_memory_error();
      return nullptr;
    }
  } else {
    size = std::max<std::size_t>(type.instance_size, native_size);
    start = static_cast<std::size_t>(type.attributes_offset);
  }
  if (type.attributes_offset > 0 || (type.attributes_offset != 0 && type.has(TypeFlag::Heap))) {
    if (!type.root_shape) [[unlikely]] {
      type.root_shape = shape_root(vm, type);
      if (!type.root_shape) {
        (void)vm.raise_memory_error();
        return nullptr;
      }
    }
    size += type.root_shape->inline_capacity * sizeof(Bits);
  }
  Object* object =
      vm.heap.allocate_object(&type, size, type.has(TypeFlag::NoCycles) ? 0u : std::uint32_t{Container});
  if (!object) {
    (void)vm.raise_memory_error();
    return nullptr;
  }
  char* memory = reinterpret_cast<char*>(object);
  for (std::uint32_t i = 0; i < type.slot_count; ++i)
    reinterpret_cast<Bits*>(memory + type.slot_offset)[i] = Unbound.bits;
  if (type.attributes_offset != 0) {
    Attributes& attributes = *reinterpret_cast<Attributes*>(memory + start);
    attributes_initialise(attributes, type.root_shape);
  }
  return object;
}

// ---- death

namespace {

void remove(Buffer<Type*>& types, const Type* type) {
  Type** at = std::find(types.begin(), types.end(), type);
  if (at == types.end()) return;
  std::copy(at + 1, types.end(), at);
  types.set_size(types.size() - 1);
}

}  // namespace

bool Type::link(Heap& heap, Type& self) {
  for (Bits word : cast<Tuple>(self.bases)) {
    Type& base = cast<Type>(Ref(word));
    if (!base.subclasses.push(heap, &self)) return false;
    if (!self.linked_bases.push(heap, &base)) {
      remove(base.subclasses, &self);
      return false;
    }
  }
  return true;
}

void Type::leave_bases(Type& self) {
  for (Type* base : self.linked_bases) remove(base->subclasses, &self);
  self.linked_bases.set_size(0);
}

// In a cycle that is taken apart, bases may die before their subclasses.
void Type::retire(Heap&, Type& self) {
  leave_bases(self);
  for (Type* subclass : self.subclasses) remove(subclass->linked_bases, &self);
  self.subclasses.set_size(0);
}

void Type::dispose(Heap& heap, Type& self) {
  if (self.shapes) shapes_free(heap, self);
  if (self.own_slots) heap.free_raw(self.own_slots, sizeof(Slots));
  self.own_slots = nullptr;
  self.subclasses.free(heap);
  self.linked_bases.free(heap);
}

// ---- names

std::string_view display_name(const Type& type) {
  if (!type.has(TypeFlag::Heap) && !type.has(TypeFlag::ScriptClass)) return type.native->name;
  return type.name.is_object() ? cast<Str>(type.name).view() : std::string_view("?");
}

std::string_view short_name(const Type& type) {
  const std::string_view name = display_name(type);
  if (type.has(TypeFlag::Heap)) return name;
  const std::size_t dot = name.rfind('.');
  return dot == name.npos ? name : name.substr(dot + 1);
}

std::string full_name(VM& vm, const Type& type) {
  const std::string qualified(type.qualified_name.is_object() ? cast<Str>(type.qualified_name).view()
                                                              : short_name(type));
  Ref module = type.module;
  Value found;
  if (type.has(TypeFlag::Heap) && type.dictionary.is_object()) {
    found = dict_get_str(vm, cast<Dict>(type.dictionary), *vm.names.__module__);
    if (found.is_raised()) {
      vm.clear_error();
      found.reset();
    }
    module = found;
  }
  if (!is<Str>(module) || cast<Str>(module).view() == "builtins") return qualified;
  return std::string(cast<Str>(module).view()) + "." + qualified;
}

Result<std::int64_t> hash_not_implemented(VM& vm, Ref self) {
  return vm.raise(TypeId::TypeError, "unhashable type: '{}'", display_name(type_of(vm, self)));
}

}  // namespace cede
