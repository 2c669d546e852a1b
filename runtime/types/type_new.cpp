// A new class: type(name, bases, namespace, **keywords), in CPython's order of steps:
//   layout (best base, __slots__), dictionary (copied, then completed), MRO, slots, __classcell__,
//   __set_name__ of what is in it, __init_subclass__ of the next class.
#include "runtime/core/type_new.hpp"

#include <algorithm>
#include <vector>

#include "runtime/core/attribute_rules.hpp"
#include "runtime/core/descriptors.hpp"
#include "runtime/core/native.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/core/type_slots.hpp"
#include "runtime/core/weak.hpp"
#include "runtime/types/cell.hpp"
#include "runtime/types/exceptions.hpp"

namespace cede {
namespace {

constexpr std::uint32_t usual_inline_capacity = 4, maximum_inline_capacity = 24;

struct ClassMaker {
  VM& vm;
  Type& metaclass;
  Str& name;
  Tuple& bases;
  Type* base = nullptr;
  Value dictionary{};
  Value type_value{};
  std::vector<Value> slot_names{};  // interned, mangled and sorted
  bool add_dict = false, add_weak = false;

  Dict& dict() { return cast<Dict>(dictionary); }
  Type& type() { return cast<Type>(type_value); }

  Status read_slots();
  Status read_slot(Ref item);
  Status allocate();
  Status complete_dictionary();
  Status take_qualified_name();
  Status convert_functions();
  Status add_descriptors();
  Status make_ready();
  Status set_cell(Str& cell_name, Ref content);
  Status set_names();
  Status init_subclass(const Arguments& keywords);
};

// Natives of varying size to whose instances CPython can add no fields.
bool is_variable(const Type& base) {
  const TypeId id = base.native->id;
  return id == TypeId::Int || id == TypeId::Tuple || id == TypeId::Bytes;
}

bool may_add_dict(const Type& base) {
  return !base.has(TypeFlag::HasAttributes) && !base.has(TypeFlag::OwnDictionary);
}
bool may_add_weak(const Type& base) { return !base.has(TypeFlag::HasWeakReferences) && !is_variable(base); }

// _Class__name for a private name.
std::string mangled(std::string_view class_name, std::string_view name) {
  if (!name.starts_with("__") || name.ends_with("__") || name.find('.') != name.npos)
    return std::string(name);
  const std::size_t start = class_name.find_first_not_of('_');
  if (start == class_name.npos) return std::string(name);
  return fmt::format("_{}{}", class_name.substr(start), name);
}

Status ClassMaker::read_slot(Ref item) {
  if (!is<Str>(item))
    return vm.raise(TypeId::TypeError, "__slots__ items must be strings, not '{}'",
                    display_name(type_of(vm, item)));
  CEDE_TRY(Value identifier, call_method(vm, item, vm.intern("isidentifier")));
  if (!identifier.ref().is_true()) return vm.raise(TypeId::TypeError, "__slots__ must be identifiers");
  const std::string_view text = cast<Str>(item).view();
  if (text == "__dict__") {
    if (!may_add_dict(*base) || add_dict)
      return vm.raise(TypeId::TypeError, "__dict__ slot disallowed: we already got one");
    add_dict = true;
    return Ok;
  }
  if (text == "__weakref__") {
    if (!may_add_weak(*base) || add_weak)
      return vm.raise(TypeId::TypeError, "__weakref__ slot disallowed: we already got one");
    add_weak = true;
    return Ok;
  }
  Str& slot = vm.intern(mangled(name.view(), text));
  CEDE_TRY(Value present, dict_get_str(vm, dict(), slot));
  if (!present.is_unbound() && &slot != vm.names.__qualname__ && &slot != vm.names.__classcell__ &&
      &slot != vm.names.__classdictcell__)
    return vm.raise(TypeId::ValueError, "'{}' in __slots__ conflicts with class variable", slot.view());
  slot_names.emplace_back(Ref(slot));
  return Ok;
}

Status ClassMaker::read_slots() {
  CEDE_TRY(Value declared, dict_get_str(vm, dict(), *vm.names.__slots__));
  if (declared.is_unbound()) {
    add_dict = may_add_dict(*base);
    add_weak = may_add_weak(*base);
    return Ok;
  }
  CEDE_TRY(Value names, is<Str>(declared) ? Owned(tuple_of(vm, {declared})) : tuple_from(vm, declared));
  if (cast<Tuple>(names).size && (is_variable(*base) || base->native->id == TypeId::Type))
    return vm.raise(TypeId::TypeError, "nonempty __slots__ not supported for subtype of '{}'",
                    display_name(*base));
  for (Bits item : cast<Tuple>(names)) CEDE_CHECK(read_slot(Ref(item)));
  std::sort(slot_names.begin(), slot_names.end(),
            [](const Value& a, const Value& b) { return cast<Str>(a).view() < cast<Str>(b).view(); });
  // Secondary bases may bring what the best base lacks.
  for (Bits word : bases) {
    const Type& other = cast<Type>(Ref(word));
    if (&other == base) continue;
    if (may_add_dict(*base) && other.has(TypeFlag::HasAttributes)) add_dict = true;
    if (may_add_weak(*base) && other.has(TypeFlag::HasWeakReferences)) add_weak = true;
  }
  return Ok;
}

std::uint32_t inherited_flags(const Type& base) {
  return base.type_flags &
         (TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::HasAttributes | TypeFlag::SequencePattern |
          TypeFlag::MappingPattern | TypeFlag::MatchSelf | TypeFlag::HasWeakReferences |
          TypeFlag::OwnDictionary | TypeFlag::SequenceOperators);
}

void lay_out(Type& type, const Type& base, std::uint32_t new_slots, bool hidden_slots) {
  const Layout& layout = *base.native->layout;
  const auto native_size = static_cast<std::uint32_t>((layout.size + 7) & ~std::size_t{7});
  type.slot_offset = native_size;
  type.slot_count = base.slot_count + (hidden_slots ? 0 : new_slots);
  type.instance_size = native_size + type.slot_count * std::uint32_t{sizeof(Bits)};
  const bool hidden = (hidden_slots && new_slots) || base.attributes_offset != 0;
  if (!type.has(TypeFlag::HasAttributes) && !hidden) return;
  if (layout.variable_size) {
    type.attributes_offset = -1;
  } else {
    type.attributes_offset = static_cast<std::int32_t>(type.instance_size);
    type.instance_size += sizeof(Attributes);
  }
}

Status ClassMaker::allocate() {
  Type* made = make_instance<Type>(vm, metaclass);
  if (!made) return raised;
  made->slots = base->slots;
  made->native = base->native;
  type_value = Value::adopt(made);
  made->id = TypeId::Dynamic;
  made->base = base;
  made->type_flags = inherited_flags(*base) | TypeFlag::Heap;
  if (add_dict) made->type_flags = made->type_flags | TypeFlag::HasAttributes;
  if (add_weak) made->type_flags = made->type_flags | TypeFlag::HasWeakReferences;
  lay_out(*made, *base, static_cast<std::uint32_t>(slot_names.size()),
          base->native->layout->variable_size != nullptr);
  made->name = Value(Ref(name));
  made->qualified_name = made->name;
  made->bases = Value(Ref(bases));
  made->dictionary = dictionary;
  made->dict_entries_filled = 1;
  made->version = vm.next_type_version();
  made->own_slots = static_cast<Slots*>(vm.heap.allocate_raw(sizeof(Slots)));
  if (!made->own_slots) return vm.raise_memory_error();
  *made->own_slots = *base->slots;
  made->slots = made->own_slots;
  return Ok;
}

Status ClassMaker::take_qualified_name() {
  CEDE_TRY(Value qualified, dict_get_str(vm, dict(), *vm.names.__qualname__));
  if (qualified.is_unbound()) return Ok;
  if (!is<Str>(qualified))
    return vm.raise(TypeId::TypeError, "type __qualname__ must be a str, not {}",
                    display_name(type_of(vm, qualified)));
  type().qualified_name = qualified;
  CEDE_TRY([[maybe_unused]] const bool removed, dict_remove_str(vm, dict(), *vm.names.__qualname__));
  return Ok;
}

Status ClassMaker::convert_functions() {
  const auto convert = [&](Str& method, Owned (*make)(VM&, Ref)) -> Status {
    CEDE_TRY(Value function, dict_get_str(vm, dict(), method));
    if (!is_exact(function, TypeId::Function)) return Ok;
    CEDE_TRY(Value wrapped, make(vm, function));
    return dict_set_str(vm, dict(), method, wrapped);
  };
  CEDE_CHECK(convert(*vm.names.__new__, staticmethod_new));
  CEDE_CHECK(convert(*vm.names.__init_subclass__, classmethod_new));
  return convert(*vm.names.__class_getitem__, classmethod_new);
}

Value get_weak_reference(VM& vm, Ref self) {
  WeakReference* first = self.is_object() ? weak_first(vm, self) : nullptr;
  return first ? Value(Ref(first)) : Value(None);
}
constexpr Property weak_reference_property = property<"__weakref__", get_weak_reference>;

// Descriptors of the slots, of __dict__ and of __weakref__.
Status ClassMaker::add_descriptors() {
  const bool hidden = base->native->layout->variable_size != nullptr;
  std::uint32_t offset = type().slot_offset + base->slot_count * std::uint32_t{sizeof(Bits)};
  for (const Value& slot : slot_names) {
    const std::uint32_t place = hidden ? MemberDescriptor::hidden_attribute : offset;
    CEDE_TRY(Value member, member_descriptor_new(vm, cast<Str>(slot), type(), place));
    CEDE_CHECK(dict_set_str(vm, dict(), cast<Str>(slot), member));
    offset += sizeof(Bits);
  }
  const auto add = [&](const Property& property) -> Status {
    CEDE_TRY(Value descriptor, getset_descriptor_new(vm, property, type()));
    return dict_set_text(vm, dict(), property.name, descriptor);
  };
  if (add_dict) CEDE_CHECK(add(instance_dict_property));
  return add_weak ? add(weak_reference_property) : Ok;
}

Status ClassMaker::complete_dictionary() {
  CEDE_TRY(Value module, dict_get_str(vm, dict(), *vm.names.__module__));
  if (module.is_unbound() && vm.current_globals) {
    CEDE_TRY(Value globals, vm.current_globals(vm));
    if (is<Dict>(globals)) {
      CEDE_TRY(module, dict_get_str(vm, cast<Dict>(globals), *vm.names.__name__));
      if (!module.is_unbound()) CEDE_CHECK(dict_set_str(vm, dict(), *vm.names.__module__, module));
    }
  }
  CEDE_CHECK(take_qualified_name());
  CEDE_CHECK(convert_functions());
  CEDE_CHECK(add_descriptors());
  CEDE_TRY(Value doc, dict_get_str(vm, dict(), *vm.names.__doc__));
  if (doc.is_unbound()) CEDE_CHECK(dict_set_str(vm, dict(), *vm.names.__doc__, None));
  CEDE_TRY(Value equal, dict_get_str(vm, dict(), *vm.names.__eq__));
  CEDE_TRY(Value hash, dict_get_str(vm, dict(), *vm.names.__hash__));
  if (!equal.is_unbound() && hash.is_unbound())
    CEDE_CHECK(dict_set_str(vm, dict(), *vm.names.__hash__, None));
  // How many attributes the methods assign to `self`: room in line for them.
  CEDE_TRY(Value assigned, dict_get_str(vm, dict(), *vm.names.__static_attributes__));
  const auto* names = as<Tuple>(assigned);
  const std::uint64_t capacity =
      names ? base->inline_capacity + names->size : std::max(base->inline_capacity, usual_inline_capacity);
  type().inline_capacity =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(capacity, maximum_inline_capacity));
  return Ok;
}

Status ClassMaker::make_ready() {
  CEDE_TRY(Value mro, compute_mro(vm, type()));
  type().mro = std::move(mro);
  type_make_slots(vm, type());
  if (!Type::link(vm.heap, type())) return vm.raise_memory_error();
  return Ok;
}

// Cells of the class body that wait for the class and for its namespace.
Status ClassMaker::set_cell(Str& cell_name, Ref content) {
  CEDE_TRY(Value cell, dict_get_str(vm, dict(), cell_name));
  if (cell.is_unbound()) return Ok;
  if (!is<Cell>(cell))
    return vm.raise(TypeId::TypeError, "{} must be a nonlocal cell, not {}", cell_name.view(),
                    repr_text(vm, type_of(vm, cell)));
  cast<Cell>(cell).content = Value(content);
  CEDE_TRY([[maybe_unused]] const bool removed, dict_remove_str(vm, dict(), cell_name));
  return type_modified(vm, type(), &cell_name);
}

Status ClassMaker::set_names() {
  std::vector<std::pair<Value, Value>> waiting;
  std::size_t position = 0;
  Ref key, value;
  while (dict_next(dict(), position, key, value))
    if (!type_lookup(vm, type_of(vm, value), *vm.names.__set_name__).is_unbound())
      waiting.emplace_back(Value(key), Value(value));
  for (const auto& [entry_name, entry] : waiting) {
    const Value result =
        call_special_method(vm, entry, *vm.names.__set_name__, type_value.ref(), entry_name.ref());
    if (!result.is_raised()) continue;
    Value error = vm.take_error();
    const std::string note =
        fmt::format("Error calling __set_name__ on '{}' instance {} in '{}'",
                    display_name(type_of(vm, entry)), repr_text(vm, entry_name), display_name(type()));
    const Status noted = exception_add_note(vm, error, note);
    if (noted.is_raised()) vm.clear_error();
    vm.set_error(std::move(error));
    return raised;
  }
  return Ok;
}

// super(type, type).__init_subclass__(**keywords)
Status ClassMaker::init_subclass(const Arguments& keywords) {
  const Tuple& mro = cast<Tuple>(type().mro);
  Str& method_name = *vm.names.__init_subclass__;
  Value method;
  for (std::size_t i = 1; i < mro.size && method.is_unbound(); ++i) {
    CEDE_TRY(method, dict_get_str(vm, type_dictionary(vm, cast<Type>(mro[i])), method_name));
  }
  const bool given = keywords.keywords && keywords.keywords->size;
  const auto* native = as<ClassMethodDescriptor>(method);
  if (native && native->owner->id == TypeId::Object && !given) return Ok;  // object's, which does nothing
  if (const auto get = type_of(vm, method).slots->descriptor_get) {
    const Value descriptor = std::move(method);
    CEDE_TRY(method, get(vm, descriptor, Unbound, type_value));
  }
  CEDE_TRY(Value ignored, call(vm, method, keywords));
  return Ok;
}

}  // namespace

Owned type_new(VM& vm, Type& metaclass, Str& name, Tuple& given_bases, Dict& name_space,
               const Arguments& keywords) {
  Value bases_value{Ref(given_bases)};
  if (given_bases.size == 0) {
    CEDE_TRY(bases_value, tuple_of(vm, {vm.type(TypeId::Object)}));
  }
  if (name.view().find('\0') != std::string_view::npos)
    return vm.raise(TypeId::ValueError, "type name must not contain null characters");
  ClassMaker maker{vm, metaclass, name, cast<Tuple>(bases_value)};
  CEDE_TRY(maker.base, best_base(vm, maker.bases));
  CEDE_TRY(maker.dictionary, dict_copy(vm, name_space));
  CEDE_CHECK(maker.read_slots());
  CEDE_CHECK(maker.allocate());
  CEDE_CHECK(maker.complete_dictionary());
  CEDE_CHECK(maker.make_ready());
  CEDE_CHECK(maker.set_cell(*vm.names.__classcell__, maker.type_value));
  CEDE_CHECK(maker.set_cell(*vm.names.__classdictcell__, maker.dictionary));
  CEDE_CHECK(maker.set_names());
  CEDE_CHECK(maker.init_subclass(keywords));
  return std::move(maker.type_value);
}

}  // namespace cede
