// The type `function`.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/code.hpp"
#include "runtime/vm/interpreter.hpp"

namespace cede {

constexpr Layout function_layout = layout_for<Function>();

void Function::unlink(Function& self) {
  if (self.closure) release(Ref(std::exchange(self.closure, nullptr)));
  self.defaults.reset();
  self.keyword_defaults.reset();
  self.annotations.reset();
  self.type_params.reset();
  self.dictionary.reset();
}

Owned function_new(VM& vm, Code& code, Dict& globals) {
  Function* function = make_object<Function>(vm, TypeId::Function);
  if (!function) return raised;
  retain(Ref(code));
  retain(Ref(globals));
  function->code = &code;
  function->globals = &globals;
  // A namespace may name the builtins its code is to see (exec with `__builtins__`).
  Dict* builtins = &cast<Dict>(vm.builtins);
  if (globals.string_keys) {
    const Ref own = dict_find_string(globals, *vm.names.__builtins__, str_hash(vm, *vm.names.__builtins__));
    if (is_exact(own, TypeId::Dict)) builtins = &cast<Dict>(own);
    else if (Module* module = as<Module>(own)) builtins = &cast<Dict>(module->dictionary);
  }
  retain(Ref(*builtins));
  function->builtins = builtins;
  function->name = code.name;
  function->qualified_name = code.qualified_name;
  function->defaults = Value(None);
  function->keyword_defaults = Value(None);
  if (globals.string_keys) {
    const Ref module = dict_find_string(globals, *vm.names.__name__, str_hash(vm, *vm.names.__name__));
    if (!module.is_unbound()) function->module = Value(module);
  }
  return Value::adopt(function).take();
}

namespace {

Owned function_repr(VM& vm, Ref self) {
  const Function& function = cast<Function>(self);
  return str_from_utf8(vm, fmt::format("<function {} at {:#x}>", cast<Str>(function.qualified_name).view(),
                                       reinterpret_cast<std::uintptr_t>(&function))).take();
}

Owned function_get(VM& vm, Ref self, Ref instance, Ref) {
  if (instance.is_unbound() || instance.is_none()) return Owned::share(self);
  return bound_method_new(vm, self, instance);
}

Value none_if_unbound(const Value& value) { return value.is_unbound() ? Value(None) : value; }

Value function_get_code(VM&, Function& self) { return Value(Ref(*self.code)); }
Status function_set_code(VM& vm, Function& self, Ref value) {
  if (!is_exact(value, TypeId::Code)) return vm.raise(TypeId::TypeError, "__code__ must be set to a code object");
  Code& code = cast<Code>(value);
  const std::size_t free_count = code.unit->free_names.size(), closure_size = self.closure ? self.closure->size : 0;
  if (free_count != closure_size)
    return vm.raise(TypeId::ValueError, "{}() requires a code object with {} free vars, not {}",
                    cast<Str>(self.name).view(), closure_size, free_count);
  // Frames that run the old code hold only the function.
  if (self.retired.is_unbound()) {
    CEDE_TRY(self.retired, list_new(vm));
  }
  CEDE_CHECK(list_append(vm, cast<List>(self.retired), Ref(*self.code)));
  retain(value);
  release(Ref(std::exchange(self.code, &code)));
  ++self.version;
  return Ok;
}

Value function_get_defaults(VM&, Function& self) { return self.defaults; }
Status function_set_defaults(VM& vm, Function& self, Ref value) {
  if (!value.is_unbound() && !value.is_none() && !is<Tuple>(value))
    return vm.raise(TypeId::TypeError, "__defaults__ must be set to a tuple object");
  self.defaults = value.is_unbound() ? Value(None) : Value(value);
  ++self.version;
  return Ok;
}
Value function_get_kwdefaults(VM&, Function& self) { return self.keyword_defaults; }
Status function_set_kwdefaults(VM& vm, Function& self, Ref value) {
  if (!value.is_unbound() && !value.is_none() && !is<Dict>(value))
    return vm.raise(TypeId::TypeError, "__kwdefaults__ must be set to a dict object");
  self.keyword_defaults = value.is_unbound() ? Value(None) : Value(value);
  ++self.version;
  return Ok;
}

Value function_get_name(VM&, Function& self) { return self.name; }
Status function_set_name(VM& vm, Function& self, Ref value) {
  if (!is<Str>(value)) return vm.raise(TypeId::TypeError, "__name__ must be set to a string object");
  self.name = Value(value);
  return Ok;
}
Value function_get_qualname(VM&, Function& self) { return self.qualified_name; }
Status function_set_qualname(VM& vm, Function& self, Ref value) {
  if (!is<Str>(value)) return vm.raise(TypeId::TypeError, "__qualname__ must be set to a string object");
  self.qualified_name = Value(value);
  return Ok;
}
Value function_get_module(VM&, Function& self) { return none_if_unbound(self.module); }
Status function_set_module(VM&, Function& self, Ref value) {
  self.module = Value(value);
  return Ok;
}
Value function_get_doc(VM& vm, Function& self) {
  if (self.documentation.is_unbound()) {
    if (!(self.code->unit->flags & lang::code_has_docstring)) return Value(None);
    CEDE_CHECK(self.code->prepare(vm));
    self.documentation = Value(Ref(self.code->constants[0]));
  }
  return self.documentation;
}
Status function_set_doc(VM&, Function& self, Ref value) {
  self.documentation = value.is_unbound() ? Value(None) : Value(value);
  return Ok;
}

// Annotations are kept as the compiler made them, (name, value, ...), until somebody looks.
Value function_get_annotations(VM& vm, Function& self) {
  if (is_exact(self.annotations, TypeId::Dict)) return self.annotations;
  CEDE_TRY(Value dict, dict_new(vm));
  if (is_exact(self.annotations, TypeId::Tuple)) {
    Value pairs = self.annotations;
    const Tuple& words = cast<Tuple>(pairs);
    for (std::size_t i = 0; i + 1 < words.size; i += 2) CEDE_CHECK(dict_set(vm, cast<Dict>(dict), words[i], words[i + 1]));
  }
  self.annotations = dict;
  return dict;
}
Status function_set_annotations(VM& vm, Function& self, Ref value) {
  if (!value.is_unbound() && !value.is_none() && !is<Dict>(value))
    return vm.raise(TypeId::TypeError, "__annotations__ must be set to a dict object");
  self.annotations = value.is_unbound() || value.is_none() ? Value() : Value(value);
  return Ok;
}
Value function_get_type_params(VM& vm, Function& self) { return self.type_params.is_unbound() ? vm.empty_tuple : self.type_params; }
Status function_set_type_params(VM& vm, Function& self, Ref value) {
  if (!is<Tuple>(value)) return vm.raise(TypeId::TypeError, "__type_params__ must be set to a tuple");
  self.type_params = Value(value);
  return Ok;
}
Value function_get_dict(VM& vm, Function& self) {
  if (self.dictionary.is_unbound()) {
    CEDE_TRY(self.dictionary, dict_new(vm));
  }
  return self.dictionary;
}
Status function_set_dict(VM& vm, Function& self, Ref value) {
  if (value.is_unbound()) return vm.raise(TypeId::TypeError, "cannot delete __dict__");
  if (!is<Dict>(value)) return vm.raise(TypeId::TypeError, "__dict__ must be set to a dictionary, not a '{}'", type_name(value, vm));
  self.dictionary = Value(value);
  return Ok;
}
Value function_get_closure(VM&, Function& self) { return self.closure ? Value(Ref(self.closure)) : Value(None); }
Value function_get_globals(VM&, Function& self) { return Value(Ref(*self.globals)); }
Value function_get_builtins(VM&, Function& self) { return Value(Ref(*self.builtins)); }

// Attributes of a function live in its __dict__, after what its type defines.
Owned function_getattribute(VM& vm, Ref self, Ref name) {
  Function& function = cast<Function>(self);
  if (!function.dictionary.is_unbound()) {
    const Ref on_type = type_lookup(vm, *self.object()->type, cast<Str>(name));
    const bool data = on_type.is_object() && on_type.object()->type->slots->descriptor_set;
    if (!data) {
      Value dictionary = function.dictionary;
      const Owned found = dict_get(vm, cast<Dict>(dictionary), name);
      if (!found.ref().is_unbound()) return found;
    }
  }
  return object_getattribute(vm, self, name);
}
Status function_setattr(VM& vm, Ref self, Ref name, Ref value) {
  Function& function = cast<Function>(self);
  Str& interned = cast<Str>(name);
  const Ref on_type = type_lookup(vm, *self.object()->type, interned);
  if (on_type.is_object() && on_type.object()->type->slots->descriptor_set)
    return on_type.object()->type->slots->descriptor_set(vm, on_type, self, value);
  CEDE_TRY(Value dictionary, function_get_dict(vm, function));
  if (!value.is_unbound()) return dict_set_str(vm, cast<Dict>(dictionary), interned, value);
  CEDE_TRY(const bool removed, dict_remove_str(vm, cast<Dict>(dictionary), interned));
  if (!removed)
    return vm.raise(TypeId::AttributeError, "'function' object has no attribute '{}'", interned.view());
  return Ok;
}

Owned function_construct(VM& vm, Type&, const Arguments& arguments);

constexpr Property function_properties[] = {
    property<"__closure__", function_get_closure>,
    property<"__globals__", function_get_globals>,
    property<"__builtins__", function_get_builtins>,
    property<"__code__", function_get_code, function_set_code>,
    property<"__defaults__", function_get_defaults, function_set_defaults>,
    property<"__kwdefaults__", function_get_kwdefaults, function_set_kwdefaults>,
    property<"__annotations__", function_get_annotations, function_set_annotations>,
    property<"__dict__", function_get_dict, function_set_dict>,
    property<"__name__", function_get_name, function_set_name>,
    property<"__qualname__", function_get_qualname, function_set_qualname>,
    property<"__module__", function_get_module, function_set_module>,
    property<"__doc__", function_get_doc, function_set_doc>,
    property<"__type_params__", function_get_type_params, function_set_type_params>,
};
constexpr Slots function_slots = inherit(object_slots, [](Slots& s) {
  s.repr = function_repr;
  s.call = function_call;
  s.descriptor_get = function_get;
  s.getattribute = function_getattribute;
  s.setattr = function_setattr;
  s.construct = function_construct;
});

// function(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)
Owned function_make(VM& vm, Type&, Code& code, Dict& globals, Ref name, Ref defaults, Ref closure, Ref kwdefaults) {
  if (!name.is_none() && !is<Str>(name))
    return vm.raise(TypeId::TypeError, "arg 3 (name) must be None or string");
  if (!defaults.is_none() && !is<Tuple>(defaults))
    return vm.raise(TypeId::TypeError, "arg 4 (defaults) must be None or tuple");
  const std::size_t free_count = code.unit->free_names.size();
  if (!is<Tuple>(closure)) {
    if (free_count && closure.is_none()) return vm.raise(TypeId::TypeError, "arg 5 (closure) must be tuple");
    if (!closure.is_none()) return vm.raise(TypeId::TypeError, "arg 5 (closure) must be None or tuple");
  }
  const std::size_t closure_size = closure.is_none() ? 0 : cast<Tuple>(closure).size;
  if (free_count != closure_size)
    return vm.raise(TypeId::ValueError, "{} requires closure of length {}, not {}", code.unit->name, free_count, closure_size);
  for (std::size_t i = 0; i < closure_size; ++i)
    if (!is_exact(cast<Tuple>(closure)[i], TypeId::Cell))
      return vm.raise(TypeId::TypeError, "arg 5 (closure) expected cell, found {}", type_name(cast<Tuple>(closure)[i], vm));
  CEDE_TRY(Value made, function_new(vm, code, globals));
  Function& function = cast<Function>(made);
  if (!name.is_none()) function.name = Value(name);
  function.defaults = Value(defaults);
  if (closure_size) {
    retain(closure);
    function.closure = &cast<Tuple>(closure);
  }
  if (is<Dict>(kwdefaults)) function.keyword_defaults = Value(kwdefaults);
  return made.take();
}

Owned function_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"function(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)", function_make>(
      vm, type, arguments);
}

}  // namespace

extern const NativeType function_type{
    .name = "function", .id = TypeId::Function, .base = nullptr, .layout = &function_layout, .slots = &function_slots,
    .flags = TypeFlag::Instantiable | TypeFlag::MethodDescriptor | TypeFlag::HasWeakReferences,
    .properties = function_properties};

}  // namespace cede
