// Type: a class, builtin or made by a script. NativeType: the constant data that a builtin one is made from.
#pragma once

#include <array>
#include <span>

#include "runtime/core/dict.hpp"
#include "runtime/core/object.hpp"
#include "runtime/core/shape.hpp"
#include "runtime/core/slots.hpp"
#include "runtime/core/str.hpp"
#include "runtime/core/tuple.hpp"

namespace cede {

enum class TypeId : std::uint16_t {
#define BUILTIN(id, native) id,
#include "runtime/core/types.def"
#define EXCEPTION(name, base) name,
#include "runtime/core/exceptions.def"
  count,
  Dynamic = 0xFFFF,  // types of stdlib modules: found through VM::native_type
};

struct Method;     // native.hpp
struct Property;   // native.hpp
struct Member;     // native.hpp
struct BufferProcedures;  // types/buffer.hpp

enum class TypeFlag : std::uint32_t {
  BaseType = 1,              // scripts may subclass it
  Instantiable = 2,          // calling it makes instances ("cannot create 'x' instances" otherwise)
  HasAttributes = 4,         // instances have a __dict__
  Heap = 8,                  // made by a class statement or type(): its attributes may be changed
  SequencePattern = 16,      // matches `case [..]`
  MappingPattern = 32,       // matches `case {..}`
  MethodDescriptor = 64,     // instances are functions: `obj.f()` may skip the bound method
  MatchSelf = 128,           // `case int(x)` binds the subject itself
  Abstract = 256,            // __abstractmethods__ is not empty
  HasWeakReferences = 512,   // instances can be weakly referenced
  HasFinalizer = 1024,       // slots->finalize is set (checked when an instance dies)
  Immutable = 2048,          // attributes cannot be set
  PristineGetAttribute = 4096,  // uses object's __getattribute__ and has no __getattr__: attribute caches apply
  DataDescriptor = 8192,     // instances are data descriptors
  NoCycles = 16384,          // instances are not Container objects
  AttributeHook = 32768,     // has __getattr__
  Leaf = 131072,             // builtin: instances own nothing but their memory (set by type_from_native; not inherited)
  OwnDictionary = 262144,    // instances keep a __dict__ of their own making (modules, types, functions), not Attributes
  ScriptClass = 524288,      // native, but a class of a script module in CPython: messages show its short name
  SequenceOperators = 65536, // native `add` and `multiply` concatenate and repeat: tried after the operand's number slots,
                             // they return NotImplemented for other operands and the caller makes the error text
};
constexpr std::uint32_t operator|(TypeFlag a, TypeFlag b) { return std::uint32_t(a) | std::uint32_t(b); }
constexpr std::uint32_t operator|(std::uint32_t a, TypeFlag b) { return a | std::uint32_t(b); }

struct NativeType {
  const char* name;              // "list"; "collections.deque" carries its module
  TypeId id;
  const NativeType* base;        // null: object
  const Layout* layout;
  const Slots* slots;            // complete: derived from the base's by `inherit` below
  std::uint32_t flags;
  std::span<const Method> methods = {};
  std::span<const Property> properties = {};
  std::span<const Member> members = {};
  const char* doc = nullptr;
  const char* signature = nullptr;             // __text_signature__ of the constructor, or null
  Status (*fill)(VM&, Type&) = nullptr;        // further entries of its dictionary
  // Iterators that `await` delegates to without calling methods: sends a value. Gives what is yielded, or Finished
  // with the owned result in `result`. Null: next() and send() are called.
  Owned (*send)(VM&, Ref self, Ref value, Bits& result) = nullptr;
  // What cr_await shows for an object that is awaited in its own person (a Future); null: itself.
  Owned (*show_awaited)(VM&, Ref self) = nullptr;
  // Instances stand in an await for a coroutine that need not exist (InPlaceAwait, vm/code.hpp): `show_awaited` makes it,
  // and it takes the instance's place.
  bool stands_for_coroutine = false;
  const BufferProcedures* buffer = nullptr;    // how native code sees its memory (types/buffer.hpp), or null
};

extern const Layout type_layout;
struct Type : Object {
  static const Layout* layout() { return &type_layout; }
  static constexpr const char* type_name = "type";

  const NativeType* native;        // the builtin type whose layout instances have (itself, if builtin)
  const Slots* slots;              // never null
  std::uint32_t type_flags;
  std::uint32_t version;           // unique in the isolate, replaced whenever the type or a base changes; 0: not cacheable
  std::int32_t attributes_offset;  // of Attributes in instances; 0: none; -1: after the variable part
  std::uint32_t instance_size;     // fixed size: native part, __slots__, Attributes header (without inline values)
  std::uint32_t slot_offset, slot_count;  // __slots__ words of this type's instances, own and inherited
  std::uint32_t dict_entries_filled;      // builtin: 0 until the dictionary has been filled (on first lookup)
  TypeId id;                       // Dynamic for all but the builtin types themselves
  Shape* root_shape;               // of new instances; null if there are no attributes or shapes are not used
  Shape* shapes;                   // all of them
  std::uint32_t inline_capacity;   // for the next root shape
  std::uint32_t watchers;          // bits of pristine guards to be told of changes (async)
  Slots* own_slots;                // heap types: the table that `slots` points to
  Type* base;                      // the base whose layout this type extends; null: object. Borrowed from `bases`
  Value name;                      // Str
  Value qualified_name;            // Str
  Value dictionary;                // Dict; Unbound until it is filled
  Value bases;                     // Tuple
  Value mro;                       // Tuple of Types; the own type first
  Value module;                    // Str of builtins; heap types keep it in the dictionary
  Buffer<Type*> subclasses;        // borrowed: a type removes itself when it dies
  Buffer<Type*> linked_bases;      // heap types: the bases whose `subclasses` name this type; a dying base removes itself

  bool has(TypeFlag flag) const { return type_flags & std::uint32_t(flag); }
  template<class F> static void fields(Type& self, F&& field) {
    // What breaks cycles through a type leaves its bases and names: its instances still need them to die.
    if constexpr (std::is_same_v<std::remove_cvref_t<F>, Clearer>) {
      leave_bases(self);
      field(self.dictionary); field(self.mro);
    } else {
      field(self.dictionary); field(self.bases); field(self.mro); field(self.name); field(self.qualified_name);
      field(self.module);
    }
  }
  static void retire(Heap& heap, Type& self);
  static void dispose(Heap& heap, Type& self);
  // Joins and leaves the `subclasses` of the bases. False: no memory.
  static bool link(Heap& heap, Type& self);
  static void leave_bases(Type& self);
};

// The slots of a builtin type: those of its base, changed. Every builtin starts from object_slots:
//   constexpr Slots list_slots = inherit(object_slots, [](Slots& s) { s.length = list_length; });
template<class Change>
constexpr Slots inherit(Slots base, Change change) {
  change(base);
  return base;
}
// object's slots, whose functions are in types/object.cpp.
Owned object_repr(VM& vm, Ref self);
Owned object_str(VM& vm, Ref self);
Result<std::int64_t> object_hash(VM& vm, Ref self);
Owned object_compare(VM& vm, Ref self, Ref other, CompareOperation operation);
Owned object_getattribute(VM& vm, Ref self, Ref name);
Status object_setattr(VM& vm, Ref self, Ref name, Ref value);
Status object_init(VM& vm, Ref self, const Arguments& arguments);
Owned object_construct(VM& vm, Type& type, const Arguments& arguments);
inline constexpr Slots object_slots = [] {
  Slots s;
  s.repr = object_repr; s.str = object_str; s.hash = object_hash; s.compare = object_compare;
  s.getattribute = object_getattribute; s.setattr = object_setattr; s.init = object_init; s.construct = object_construct;
  return s;
}();
// object's attribute rules for an object that keeps its own `__dict__` (modules, functions): `dictionary` may be null.
// Get: Unbound if absent, nothing raised. Set makes the dictionary in `*dictionary` (Unbound before) when it is needed.
Owned generic_get_attribute(VM& vm, Ref self, Str& name, Dict* dictionary);
Owned generic_get_attribute_of_object(VM& vm, Ref self, Str& name);  // of object_getattribute, without the error
Status generic_set_attribute(VM& vm, Ref self, Str& name, Ref value, Value* dictionary);
// "'list' object has no attribute 'x'", with its name and obj.
RaisedMark raise_no_attribute(VM& vm, Ref self, Str& name);
// For unhashable types.
Result<std::int64_t> hash_not_implemented(VM& vm, Ref self);

// The type of any value (vm.hpp).
inline Type& type_of(VM& vm, Ref value);
Type& type_of_immediate(VM& vm, Ref value);

// `type` is `base` or derived from it (by its MRO; no hooks run).
bool is_subtype(const Type& type, const Type& base);
// Attribute of the type or its bases by name, descriptors not bound. Borrowed from the dictionary that holds it; Unbound
// if absent. Uses the isolate's method cache. Runs no script code.
Ref type_lookup(VM& vm, Type& type, Str& interned_name);
// The filled dictionary of a type.
Dict& type_dictionary(VM& vm, Type& type);
// Tells caches and subclasses that `type` has changed; refills slots. `name`: the attribute, or null for all.
Status type_modified(VM& vm, Type& type, Str* name);
Status type_set_attribute(VM& vm, Type& type, Str& name, Ref value);  // value Unbound: delete; no checks, no descriptors

// A new class: type(name, bases, namespace, **keywords) after the metaclass has been determined (type_new.cpp).
Owned type_new(VM& vm, Type& metaclass, Str& name, Tuple& bases, Dict& name_space, const Arguments& keywords);

// A new instance of `type`: native part uninitialised from `sizeof(Object)` on except for slots and attributes, which
// are empty. `native_size` is the size of the native part. Raises MemoryError.
Object* allocate_instance(VM& vm, Type& type, std::size_t native_size);

// The Type object of a native type, its dictionary still unfilled; VM::type and VM::native_type keep the one of each
// isolate. `self`, if not null, is where to store it before its metaclass and base are asked for.
Type* type_from_native(VM& vm, const NativeType& native, Type** self);

// How messages name a type. `display_name` is CPython's tp_name: "list", "collections.deque", "C"; `short_name` its last
// part; `full_name` has the module too, as in reprs: "__main__.C".
std::string_view display_name(const Type& type);
std::string_view short_name(const Type& type);
std::string full_name(VM& vm, const Type& type);

inline bool has_layout(const Object* object, const Layout* layout) {
  for (const Layout* l = object->type->native->layout; l; l = l->base)
    if (l == layout) return true;
  return false;
}
// An object struct T names its Layout (`T::layout()`) and its Python name (`T::type_name`).
// is: the value is a T, or of a subclass. as: it as a T, or null. cast: it is known to be one.
template<class T>
bool is(Ref value) { return value.is_object() && has_layout(value.object(), T::layout()); }
template<class T>
T* as(Ref value) { return is<T>(value) ? static_cast<T*>(value.object()) : nullptr; }
template<class T>
T& cast(Ref value) { return *static_cast<T*>(value.object()); }
// Of exactly that builtin type, no subclass.
inline bool is_exact(Ref value, TypeId id) { return value.is_object() && value.object()->type->id == id; }

}  // namespace cede
