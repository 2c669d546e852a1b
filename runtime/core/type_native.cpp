// Builtin types: the Type object of a NativeType, and its dictionary, which is filled on first use.
#include <cstdlib>

#include "runtime/core/descriptors.hpp"
#include "runtime/core/native.hpp"
#include "runtime/core/type_slots.hpp"

namespace cede {
namespace {

void expect(bool made) {
  if (!made) std::abort();
}

bool has_sequence_operators(const NativeType& native) {
  switch (native.id) {
    case TypeId::List:
    case TypeId::Tuple:
    case TypeId::Str:
    case TypeId::Bytes:
    case TypeId::ByteArray: return true;
    default: return native.flags & std::uint32_t(TypeFlag::SequenceOperators);
  }
}

// The first types are made before there is a tuple type: their tuples get it later.
Value bare_tuple(VM& vm, std::initializer_list<Type*> first, const Tuple* rest) {
  const std::size_t size = first.size() + (rest ? rest->size : 0);
  Type header{};
  header.count = immortal_count;
  Object* memory = vm.heap.allocate_object(&header, sizeof(Object) + 8 + size * sizeof(Bits), 0);
  expect(memory);
  Tuple& tuple = *static_cast<Tuple*>(memory);
  tuple.size = size;
  std::size_t i = 0;
  for (Type* type : first) tuple.items[i++] = Value(Ref(type)).take().bits;
  for (std::size_t k = 0; i < size; ++k) tuple.items[i++] = Value((*rest)[k]).take().bits;
  tuple.type = vm.type_if_made(TypeId::Tuple);
  return Value::adopt(&tuple);
}

void set_bases(VM& vm, Type& type) {
  if (!type.base) {
    type.bases = vm.empty_tuple;
    type.mro = bare_tuple(vm, {&type}, nullptr);
  } else if (type.id == TypeId::ExceptionGroup) {
    Type* exception = &vm.type(TypeId::Exception);
    type.bases = bare_tuple(vm, {type.base, exception}, nullptr);
    type.mro = bare_tuple(vm, {&type, type.base}, &cast<Tuple>(exception->mro));
  } else {
    type.bases = bare_tuple(vm, {type.base}, nullptr);
    type.mro = bare_tuple(vm, {&type}, &cast<Tuple>(type.base->mro));
  }
}

// Instances own nothing but their memory.
bool is_leaf(const NativeType& native) {
  for (const Layout* layout = native.layout; layout; layout = layout->base)
    if (layout->visit || layout->dispose || layout->retire) return false;
  return !native.slots->finalize && !(native.flags & std::uint32_t(TypeFlag::HasAttributes));
}

std::uint32_t native_flags(const NativeType& native) {
  std::uint32_t flags = native.flags | TypeFlag::Immutable;
  if (native.slots->getattribute == object_getattribute) flags = flags | TypeFlag::PristineGetAttribute;
  if (native.slots->descriptor_set) flags = flags | TypeFlag::DataDescriptor;
  if (native.slots->finalize) flags = flags | TypeFlag::HasFinalizer;
  if (is_leaf(native)) flags = flags | TypeFlag::Leaf;
  if (has_sequence_operators(native)) flags = flags | TypeFlag::SequenceOperators;
  return flags;
}

void set_names(VM& vm, Type& type) {
  const std::string_view name = type.native->name;
  const std::size_t dot = name.rfind('.');
  type.name = Value(Ref(vm.intern(dot == name.npos ? name : name.substr(dot + 1))));
  type.qualified_name = type.name;
  // The first types are made before the names.
  const bool plain = dot == name.npos && vm.names.builtins;
  type.module = Value(Ref(plain ? *vm.names.builtins : vm.intern(dot == name.npos ? "builtins" : name.substr(0, dot))));
}

// ---- the dictionary

Status add(VM& vm, Dict& dictionary, std::string_view name, Value entry) {
  if (entry.is_raised()) return raised;
  return dict_set_text(vm, dictionary, name, entry);
}

Value make_wrapper(VM& vm, Type& type, const SlotWrapper& wrapper) {
  auto* made = make_object<WrapperDescriptor>(vm, TypeId::WrapperDescriptor, 0);
  if (!made) return raised;
  made->wrapper = &wrapper;
  made->owner = &type;
  return Value::adopt(made);
}

// A slot belongs to the type if it differs from its base's. Sequences have no reflected addition.
bool shows(const NativeType& native, const SlotWrapper& wrapper) {
  auto* function = slot_function(*native.slots, wrapper.slot);
  if (!function || wrapper.slot == SlotIndex::construct) return false;
  if (native.base && slot_function(*native.base->slots, wrapper.slot) == function) return false;
  if (!native.base && native.id != TypeId::Object && slot_function(object_slots, wrapper.slot) == function)
    return false;
  return !(wrapper.slot == SlotIndex::add && wrapper.variant == 1 && has_sequence_operators(native));
}

Status add_wrappers(VM& vm, Type& type, Dict& dictionary) {
  for (const SlotWrapper& wrapper : slot_wrappers()) {
    if (!shows(*type.native, wrapper)) continue;
    if (wrapper.slot == SlotIndex::hash && type.slots->hash == hash_not_implemented) {
      CEDE_CHECK(add(vm, dictionary, wrapper.name, Value(None)));
      continue;
    }
    CEDE_CHECK(add(vm, dictionary, wrapper.name, make_wrapper(vm, type, wrapper)));
  }
  return Ok;
}

Owned builtin_new(VM& vm, Ref self, const Arguments& arguments) {
  Type& owner = cast<Type>(self);
  const std::string_view name = display_name(owner);
  if (arguments.positional == 0)
    return vm.raise(TypeId::TypeError, "{}.__new__(): not enough arguments", name);
  Type* subtype = as<Type>(arguments[0]);
  if (!subtype)
    return vm.raise(TypeId::TypeError, "{}.__new__(X): X is not a type object ({})", name,
                    display_name(type_of(vm, arguments[0])));
  const std::string_view sub = display_name(*subtype);
  if (!is_subtype(*subtype, owner))
    return vm.raise(TypeId::TypeError, "{}.__new__({}): {} is not a subtype of {}", name, sub, sub, name);
  if (subtype->native->slots->construct != owner.slots->construct)
    return vm.raise(TypeId::TypeError, "{}.__new__({}) is not safe, use {}.__new__()", name, sub,
                    subtype->native->name);
  return owner.slots->construct(vm, *subtype, arguments.without_first());
}
constexpr Method new_method = [] {
  Method m = raw_method<"__new__(type, *args, **kwargs)", builtin_new>;
  m.doc = "Create and return a new object.  See help(type) for accurate signature.";
  return m;
}();

Value method_entry(VM& vm, Type& type, const Method& method) {
  switch (method.signature->kind) {
    case MethodKind::Class: {
      auto* made = make_object<ClassMethodDescriptor>(vm, TypeId::ClassMethodDescriptor, 0);
      if (!made) return raised;
      made->method = &method;
      made->owner = &type;
      return Value::adopt(made);
    }
    case MethodKind::Instance: return method_descriptor_new(vm, method, type);
    case MethodKind::Function:
    case MethodKind::Static: {
      CEDE_TRY(Value function, native_function_new(vm, method, type, Unbound));
      return staticmethod_new(vm, function);
    }
  }
  return raised;
}

Status add_members(VM& vm, Type& type, Dict& dictionary) {
  for (const Member& member : type.native->members) {
    CEDE_TRY(Value entry, member_descriptor_new(vm, vm.intern(member.name), type, member.offset));
    auto& descriptor = cast<MemberDescriptor>(entry);
    descriptor.read_only = member.read_only;
    descriptor.none_if_absent = member.none_if_absent;
    descriptor.doc = member.doc;
    CEDE_CHECK(add(vm, dictionary, member.name, std::move(entry)));
  }
  return Ok;
}

Status fill_dictionary(VM& vm, Type& type, Dict& dictionary) {
  const NativeType& native = *type.native;
  const bool own_construct =
      native.id == TypeId::Object ||
      native.slots->construct != (native.base ? native.base->slots->construct : object_construct);
  if (own_construct && native.slots->construct && type.has(TypeFlag::Instantiable))
    CEDE_CHECK(add(vm, dictionary, "__new__", native_function_new(vm, new_method, type, Unbound)));
  CEDE_CHECK(add_wrappers(vm, type, dictionary));
  for (const Method& method : native.methods)
    CEDE_CHECK(add(vm, dictionary, method.name(), method_entry(vm, type, method)));
  CEDE_CHECK(add_members(vm, type, dictionary));
  for (const Property& property : native.properties)
    CEDE_CHECK(add(vm, dictionary, property.name, getset_descriptor_new(vm, property, type)));
  const Value doc = dict_get_str(vm, dictionary, *vm.names.__doc__);  // a property of some types' instances
  if (doc.is_unbound())
    CEDE_CHECK(add(vm, dictionary, "__doc__", native.doc ? str_from_utf8(vm, native.doc) : Value(None)));
  return native.fill ? native.fill(vm, type) : Ok;
}

}  // namespace

bool is_new_method(const Method& method) { return method.call == new_method.call; }

Type& VM::make_builtin_type(TypeId id) {
  const auto index = static_cast<std::size_t>(id);
  const NativeType* native = builtin_native_types[index];
  if (!native) {
    std::fprintf(stderr, "cede: builtin type %zu is not part of this build\n", index);
    std::abort();
  }
  type_from_native(*this, *native, &types_[index]);
  return *types_[index];
}

Type& VM::find_native_type(const NativeType& native) {
  if (native.id != TypeId::Dynamic) return type(native.id);
  Type* found = nullptr;
  for (auto& [made_from, type] : dynamic_types_)
    if (made_from == &native) found = type;
  if (!found) {
    type_from_native(*this, native, &found);
    dynamic_types_.emplace_back(&native, found);
  }
  recent_native_types_[recent_index(native)] = {&native, found};
  return *found;
}

Type* type_from_native(VM& vm, const NativeType& native, Type** self) {
  const UnlimitedMemory unlimited(vm.heap);
  Type header{};
  header.count = immortal_count;
  Object* memory = vm.heap.allocate_object(&header, sizeof(Type), 0);
  expect(memory);
  const std::uint32_t flags = memory->flags;
  Type& type = *::new (static_cast<void*>(memory)) Type();
  type.count = immortal_count;
  type.flags = flags;
  type.native = &native;
  type.slots = native.slots;
  type.id = native.id;
  type.type_flags = native_flags(native);
  type.version = vm.next_type_version();
  const std::size_t size = (native.layout->size + 7) & ~std::size_t{7};
  type.instance_size = static_cast<std::uint32_t>(size);
  if (type.has(TypeFlag::HasAttributes)) {
    type.attributes_offset = native.layout->variable_size ? -1 : static_cast<std::int32_t>(size);
    if (!native.layout->variable_size) type.instance_size += sizeof(Attributes);
  }
  type.type = &type;
  if (self) *self = &type;
  // object's bases and MRO stand before its metaclass, the tuple and the string types ask for them.
  if (native.id != TypeId::Object)
    type.base = &vm.native_type(native.base ? *native.base : *builtin_native_types[0]);
  set_bases(vm, type);
  type.type = &vm.type(TypeId::Type);
  Type& tuple_type = vm.type(TypeId::Tuple);
  type.bases.object()->type = type.mro.object()->type = &tuple_type;
  set_names(vm, type);
  for (Bits base : cast<Tuple>(type.bases)) expect(cast<Type>(Ref(base)).subclasses.push(vm.heap, &type));
  return &type;
}

Dict& type_dictionary(VM& vm, Type& type) {
  if (type.has(TypeFlag::Heap) || type.dict_entries_filled) [[likely]]
    return cast<Dict>(type.dictionary);
  const UnlimitedMemory unlimited(vm.heap);
  type.dictionary = dict_new(vm);
  expect(type.dictionary.is_object());
  type.dict_entries_filled = 1;  // what fills it may look names up in it
  Dict& dictionary = cast<Dict>(type.dictionary);
  Value pending = vm.has_error() ? vm.take_error() : Value();
  expect(!fill_dictionary(vm, type, dictionary).is_raised());
  if (!pending.is_unbound()) vm.set_error(std::move(pending));
  // Names may have been looked up, and cached as absent, while it was incomplete.
  if (vm.method_cache) type.version = vm.next_type_version();
  return dictionary;
}

}  // namespace cede
