// Slow paths of attributes, which also specialise the instruction for what they found.
#include "runtime/core/native.hpp"
#include "runtime/core/type_slots.hpp"
#include "runtime/core/descriptors.hpp"
#include "runtime/types/super.hpp"
#include "runtime/vm/slow_paths.hpp"

namespace cede {

namespace {

void specialise(lang::Instruction* instruction, SpecialisedOpcode opcode) {
  instruction->opcode = static_cast<std::uint8_t>(opcode);
}

// A cache that misses again and again is tried ever more rarely.
bool is_worth_a_try(InlineCache& cache) {
  const std::uint32_t misses = ++cache.misses;
  return misses < 32 || (misses & (misses - 1)) == 0;
}

bool may_specialise(InlineCache& cache, const Type& type) {
  return type.version != 0 && type.has(TypeFlag::PristineGetAttribute) && is_worth_a_try(cache);
}

// What an entry of an attribute's cache holds.
struct Entry {
  std::uint32_t version;        // of the type
  std::uint32_t index = 0;
  const Shape* shape = nullptr;
  std::uint32_t attributes = 0; // where the instance has its Attributes, if there is a shape
  Bits value = Unbound.bits;
};

// Puts an entry into the cache. Those for the same specialisation stay as further entries, as far as they are few.
void put_entry(VM& vm, InlineCache& cache, lang::Instruction* instruction, SpecialisedOpcode opcode, const Entry& entry) {
  constexpr std::uint8_t most_further_entries = 3;
  const auto kind = static_cast<std::uint8_t>(opcode);
  if (cache.kind != kind || cache.length == most_further_entries) {
    cache.forget_further_entries(vm.heap);
  } else if (void* memory = vm.heap.allocate_raw(sizeof(InlineCache))) {
    cache.next = ::new (memory) InlineCache(cache);
    ++cache.length;
  }
  cache.kind = kind;
  cache.version = entry.version;
  cache.index = entry.index;
  cache.shape = entry.shape;
  cache.version2 = entry.attributes;
  cache.value = entry.value;
  specialise(instruction, opcode);
}

std::uint32_t attributes_place(const Type& type) { return static_cast<std::uint32_t>(type.attributes_offset); }

// The instance's shape for a guard: null where instances have no attributes. False: no guard is possible.
bool shape_guard(Object* object, const Shape*& shape) {
  const Type& type = *object->type;
  shape = nullptr;
  if (type.attributes_offset == 0) return true;
  if (type.attributes_offset < 0) return false;
  shape = attributes_of(object)->shape;
  return shape != nullptr;
}

// Offset in the instance of a slot made by __slots__; 0 if the descriptor is no such thing.
std::uint32_t slot_member_offset(Ref descriptor) {
  if (!is_exact(descriptor, TypeId::MemberDescriptor)) return 0;
  const MemberDescriptor& member = cast<MemberDescriptor>(descriptor);
  if (member.read_only || member.none_if_absent || member.offset == MemberDescriptor::hidden_attribute) return 0;
  return member.offset;
}

// What looking `name` up on the type gives, and what kind of attribute that is.
struct Found {
  Ref value;
  bool data_descriptor, descriptor;
};
Found look_up(VM& vm, Type& type, Str& name) {
  const Ref value = type_lookup(vm, type, name);
  if (value.is_unbound() || !value.is_object()) return {value, false, false};
  const Slots& slots = *value.object()->type->slots;
  return {value, slots.descriptor_set != nullptr, slots.descriptor_get != nullptr};
}

// The attribute is an entry of a module's dictionary whose keys are known: fills the cache.
bool cache_module_entry(VM& vm, Object* object, InlineCache& cache) {
  Type& type = *object->type;
  if (type.id != TypeId::Module) return false;
  Dict& dictionary = cast<Dict>(static_cast<Module*>(object)->dictionary);
  if (!dictionary.string_keys || !is_worth_a_try(cache) || !type.version) return false;
  const std::int64_t at = dict_index_of(dictionary, *cache.name, str_hash(vm, *cache.name));
  if (at < 0 || !type_lookup(vm, type, *cache.name).is_unbound()) return false;
  if (!(cache.version2 = dict_keys_version(vm, dictionary))) return false;
  cache.forget_further_entries(vm.heap);
  cache.kind = 0;
  cache.version = type.version;
  cache.index = static_cast<std::uint32_t>(at);
  return true;
}

void specialise_load(const Frame& f, Object* object, lang::Instruction* instruction) {
  InlineCache& cache = f.cache(f.c);
  Type& type = *object->type;
  if (type.id == TypeId::Module) {
    if (cache_module_entry(f.vm, object, cache)) specialise(instruction, SpecialisedOpcode::load_attribute_module);
    return;
  }
  if (!may_specialise(cache, type)) return;
  const Found found = look_up(f.vm, type, *cache.name);
  if (found.data_descriptor) {
    if (const std::uint32_t offset = slot_member_offset(found.value)) {
      put_entry(f.vm, cache, instruction, SpecialisedOpcode::load_attribute_slot, {type.version, offset});
    }
    return;
  }
  const Shape* shape;
  if (!shape_guard(object, shape)) return;
  if (shape) {
    const std::uint32_t index = shape->index_of(*cache.name);
    if (index != Shape::absent) {
      const bool is_inline = index < shape->inline_capacity;
      return put_entry(f.vm, cache, instruction, is_inline ? SpecialisedOpcode::load_attribute_inline
                                                           : SpecialisedOpcode::load_attribute_overflow,
                       {type.version, is_inline ? index : index - shape->inline_capacity, shape, attributes_place(type)});
    }
  }
  if (found.value.is_unbound() || found.descriptor) return;
  put_entry(f.vm, cache, instruction, SpecialisedOpcode::load_attribute_class,
            {type.version, 0, shape, attributes_place(type), found.value.bits});
}

}  // namespace

Status load_attribute_slow(const Frame& f, lang::Instruction* instruction) {
  instruction->opcode = static_cast<std::uint8_t>(lang::Opcode::op_load_attribute);
  const Ref owner = f.ref(f.b);
  const Owned result = get_attribute(f.vm, owner, *f.cache(f.c).name);
  if (!result.is_raised() && owner.is_object()) specialise_load(f, owner.object(), instruction);
  f.consume_flagged_b();
  return f.finish(result);
}

namespace {

// `shape_before`: of the object before the store.
void specialise_store(const Frame& f, Object* object, const Shape* shape_before, lang::Instruction* instruction) {
  InlineCache& cache = f.cache(f.c);
  Type& type = *object->type;
  if (!type.version || type.slots->setattr != object_setattr || !is_worth_a_try(cache)) return;
  const Found found = look_up(f.vm, type, *cache.name);
  if (found.data_descriptor) {
    const std::uint32_t offset = slot_member_offset(found.value);
    if (!offset) return;
    return put_entry(f.vm, cache, instruction, SpecialisedOpcode::store_attribute_slot, {type.version, offset});
  }
  if (type.attributes_offset <= 0 || !shape_before) return;
  const Attributes& attributes = *attributes_of(object);
  if (!attributes.shape) return;
  const std::uint32_t index = attributes.shape->index_of(*cache.name);
  if (index == Shape::absent) return;
  const bool is_inline = index < attributes.shape->inline_capacity;
  if (attributes.shape == shape_before)
    return put_entry(f.vm, cache, instruction, is_inline ? SpecialisedOpcode::store_attribute_inline
                                                         : SpecialisedOpcode::store_attribute_overflow,
                     {type.version, is_inline ? index : index - attributes.shape->inline_capacity, shape_before,
                      attributes_place(type)});
  if (is_inline && attributes.shape->parent == shape_before &&
      shape_before->inline_capacity == attributes.shape->inline_capacity) {
    put_entry(f.vm, cache, instruction, SpecialisedOpcode::store_attribute_add,
              {type.version, index, shape_before, attributes_place(type), reinterpret_cast<Bits>(attributes.shape)});
  }
}

}  // namespace

Status store_attribute_slow(const Frame& f, lang::Instruction* instruction) {
  instruction->opcode = static_cast<std::uint8_t>(lang::Opcode::op_store_attribute);
  const Ref owner = f.ref(f.b);
  const Shape* shape_before = nullptr;
  if (owner.is_object() && owner.object()->type->attributes_offset > 0) shape_before = attributes_of(owner.object())->shape;
  const Status status = set_attribute(f.vm, owner, *f.cache(f.c).name, f.ref(f.a));
  if (!status.is_raised() && owner.is_object()) specialise_store(f, owner.object(), shape_before, instruction);
  f.consume_flagged_a();
  f.consume_flagged_b();
  return status;
}

Status delete_attribute_slow(const Frame& f) {
  const Status status = set_attribute(f.vm, f.ref(f.b), *f.cache(f.c).name, Unbound);
  f.consume_flagged_b();
  return status;
}

Status load_method_slow(const Frame& f, lang::Instruction* instruction) {
  instruction->opcode = static_cast<std::uint8_t>(lang::Opcode::op_load_method);
  InlineCache& cache = f.cache(f.c);
  Value owner = f.small & lang::consume_b ? Value::adopt(f.ref(f.b)) : Value(f.ref(f.b));
  bool unbound = false;
  const Owned method = get_method(f.vm, owner, *cache.name, unbound);
  if (method.is_raised()) return raised;
  if (unbound && owner.is_object()) {
    Object* object = owner.object();
    const Shape* shape;
    if (may_specialise(cache, *object->type) && shape_guard(object, shape) &&
        type_lookup(f.vm, *object->type, *cache.name) == method.ref()) {
      put_entry(f.vm, cache, instruction, SpecialisedOpcode::load_method_function,
                {object->type->version, 0, shape, attributes_place(*object->type), method.bits});
    }
  }
  if (!unbound && owner.is_object() && cache_module_entry(f.vm, owner.object(), cache))
    specialise(instruction, SpecialisedOpcode::load_method_module);
  f.r[f.a] = method.bits;
  f.r[f.a + 1 + static_cast<std::int32_t>(lang::call_header)] = unbound ? owner.take().bits : Unbound.bits;
  return Ok;
}

namespace {

// The super object of a window: global `super` (any callable), class, instance. Consumes the window.
Owned call_super(const Frame& f) {
  Value function = Value::adopt(f.ref(f.b)), class_ = Value::adopt(f.ref(f.b + 1)), self = Value::adopt(f.ref(f.b + 2));
  if (function.object() == &f.vm.type(TypeId::Super)) return super_new(f.vm, class_, self);
  if ((f.small >> lang::small_shift) & 1) return call(f.vm, function, class_, self);
  return call(f.vm, function);
}

}  // namespace

Status load_super_attribute_slow(const Frame& f) {
  Value super = call_super(f);
  if (super.is_raised()) return raised;
  return f.finish(get_attribute(f.vm, super, *f.cache(f.c).name));
}

Status load_super_method_slow(const Frame& f, lang::Instruction* instruction) {
  instruction->opcode = static_cast<std::uint8_t>(lang::Opcode::op_load_super_method);
  Value function = Value::adopt(f.ref(f.b)), class_ = Value::adopt(f.ref(f.b + 1)), self = Value::adopt(f.ref(f.b + 2));
  Str& name = *f.cache(f.c).name;
  Owned method;
  bool unbound = false;
  if (function.object() == &f.vm.type(TypeId::Super)) {
    method = super_get_method(f.vm, class_, self, name, unbound);
    // An instance of the class: what is found depends on its type alone. (Of a class the super() would be another.)
    if (unbound && self.is_object() && !is<Type>(self) && self.object()->type->version &&
        is_subtype(*self.object()->type, cast<Type>(class_)) && is_worth_a_try(f.cache(f.c)))
      put_entry(f.vm, f.cache(f.c), instruction, SpecialisedOpcode::load_super_method_known,
                {self.object()->type->version, 0, reinterpret_cast<const Shape*>(class_.object()), 0, method.bits});
  } else {
    Value super = (f.small >> lang::small_shift) & 1 ? Value(call(f.vm, function, class_, self)) : Value(call(f.vm, function));
    if (super.is_raised()) return raised;
    method = get_attribute(f.vm, super, name);
  }
  if (method.is_raised()) return raised;
  f.r[f.a] = method.bits;
  f.r[f.a + 1 + static_cast<std::int32_t>(lang::call_header)] = unbound ? self.take().bits : Unbound.bits;
  return Ok;
}

}  // namespace cede
