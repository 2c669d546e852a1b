// `module`: a namespace. A module's own __getattr__ and __dir__ functions are asked where its dictionary has
// no answer.
#include <algorithm>

#include "runtime/core/attribute_rules.hpp"
#include "runtime/core/native.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/list.hpp"

namespace cede {

constinit const Layout module_layout = layout_for<Module>();

namespace {

Status initialise(VM& vm, Module& module, Ref name, Ref doc) {
  if (module.dictionary.is_unbound()) {
    CEDE_TRY(module.dictionary, dict_new(vm));
  }
  const Value held = module.dictionary;
  Dict& dictionary = cast<Dict>(held);
  CEDE_CHECK(dict_set_str(vm, dictionary, *vm.names.__name__, name));
  CEDE_CHECK(dict_set_str(vm, dictionary, *vm.names.__doc__, doc));
  CEDE_CHECK(dict_set_str(vm, dictionary, *vm.names.__package__, None));
  CEDE_CHECK(dict_set_str(vm, dictionary, *vm.names.__loader__, None));
  return dict_set_str(vm, dictionary, *vm.names.__spec__, None);
}

// The module gets more of the names that it still lacks.
Status add_late_names(VM& vm, Module& module) {
  const auto add = std::exchange(module.late_names, nullptr);
  const Status added = add(vm, module);
  if (added.is_raised()) module.late_names = add;
  return added;
}
Status complete(VM& vm, Module& module) {
  while (module.late_names) CEDE_CHECK(add_late_names(vm, module));
  return Ok;
}

// An entry of the module's dictionary; Unbound if it has none.
Owned entry(VM& vm, Module& module, Str& name) {
  return module.dictionary.is_unbound() ? Owned() : dict_get_str(vm, cast<Dict>(module.dictionary), name);
}

Owned module_construct(VM& vm, Type& type, const Arguments&) {
  auto* made = make_instance<Module>(vm, type);
  if (!made) return raised;
  Value module = Value::adopt(made);
  CEDE_TRY(made->dictionary, dict_new(vm));
  return module;
}

Status initialise_from(VM& vm, Module& module, std::string_view name, Ref doc) {
  CEDE_TRY(Value text, str_from_utf8(vm, name));
  return initialise(vm, module, text, doc);
}
Status module_init(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_TRY(Value ignored,
           call_body<"module(name, doc=None)", initialise_from>(vm, cast<Module>(self), arguments));
  return Ok;
}

Result<bool> is_initialising(VM& vm, Module& module) {
  const auto& loading = vm.initialising_modules;
  if (std::find(loading.begin(), loading.end(), static_cast<const Object*>(&module)) != loading.end()) return true;
  CEDE_TRY(Value spec, entry(vm, module, *vm.names.__spec__));
  if (spec.is_unbound() || spec.is_none()) return false;
  CEDE_TRY(Value mark, find_attribute(vm, spec, "_initializing"));
  if (mark.is_unbound()) return false;
  return is_truthy(vm, mark);
}

}  // namespace

bool module_possibly_shadows(VM& vm, std::string_view file) {
  const auto parent = [](std::string_view path) { return path.substr(0, path.rfind('/') == path.npos ? 0 : path.rfind('/')); };
  if (file.empty()) return false;
  std::string_view root = parent(file);
  if (file.substr(root.size()) == "/__init__.py") root = parent(root);
  const Value path = find_attribute(vm, vm.sys_module, *vm.names.path);
  if (path.is_raised()) vm.clear_error();
  if (!is<List>(path) || cast<List>(path).size() == 0 || !is<Str>(cast<List>(path)[0])) return false;
  const std::string_view first = cast<Str>(cast<List>(path)[0]).view();
  return root == first;
}

Result<std::string> module_shadowing_advice(VM& vm, std::string_view name, std::string_view file, bool initialising) {
  if (!module_possibly_shadows(vm, file)) return std::string();
  CEDE_TRY(const Value library, find_attribute(vm, vm.sys_module, "stdlib_module_names"));
  bool is_library = false;
  if (library.is_object()) {
    CEDE_TRY(is_library, contains(vm, library, Ref(vm.intern(name))));
  }
  if (is_library)
    return fmt::format(" (consider renaming '{}' since it has the same name as the standard library module named '{}' and the "
                       "import system gives it precedence)", file, name);
  if (!initialising) return std::string();
  return fmt::format(" (consider renaming '{}' if it has the same name as a third-party module you intended to import)", file);
}

namespace {

RaisedMark raise_no_module_attribute(VM& vm, Module& module, Str& name) {
  CEDE_TRY(Value module_name, entry(vm, module, *vm.names.__name__));
  if (!is<Str>(module_name))
    return raise_attribute_error(vm, module, name, fmt::format("module has no attribute '{}'", name.view()));
  const std::string_view text = cast<Str>(module_name).view();
  CEDE_TRY(const bool initialising, is_initialising(vm, module));
  CEDE_TRY(const Value file, entry(vm, module, *vm.names.__file__));
  const std::string file_text(is<Str>(file) ? cast<Str>(file).view() : std::string_view());
  CEDE_TRY(const std::string advice, module_shadowing_advice(vm, text, file_text, initialising));
  if (!advice.empty())
    return raise_attribute_error(vm, module, name,
                                 fmt::format("module '{}' has no attribute '{}'{}", text, name.view(), advice));
  if (initialising)
    return raise_attribute_error(
        vm, module, name,
        fmt::format("partially initialized module '{}'{} has no attribute '{}' (most likely due to "
                    "a circular import)",
                    text, file_text.empty() ? "" : fmt::format(" from '{}'", file_text), name.view()));
  return raise_attribute_error(vm, module, name,
                               fmt::format("module '{}' has no attribute '{}'", text, name.view()));
}

Status module_setattr(VM& vm, Ref self, Ref name, Ref value) {
  CEDE_CHECK(complete(vm, cast<Module>(self)));
  return generic_set_attribute(vm, self, cast<Str>(name), value, &cast<Module>(self).dictionary);
}

Result<std::string> shown(VM& vm, Ref value) {
  CEDE_TRY(Value text, repr(vm, value));
  return std::string(cast<Str>(text).view());
}

// What stands after the name: " from 'file'", " (built-in)", or nothing.
Result<std::string> origin_text(VM& vm, Module& module) {
  CEDE_TRY(Value spec, entry(vm, module, *vm.names.__spec__));
  if (!spec.is_unbound() && !spec.is_none()) {
    CEDE_TRY(Value origin, find_attribute(vm, spec, "origin"));
    CEDE_TRY(Value location, find_attribute(vm, spec, "has_location"));
    if (is<Str>(origin)) {
      if (!location.ref().is_true()) return fmt::format(" ({})", cast<Str>(origin).view());
      CEDE_TRY(const std::string path, shown(vm, origin));
      return " from " + path;
    }
  }
  CEDE_TRY(Value file, entry(vm, module, *vm.names.__file__));
  if (!file.is_unbound() && !file.is_none()) {
    CEDE_TRY(const std::string path, shown(vm, file));
    return " from " + path;
  }
  if (module.native) return std::string(" (built-in)");
  CEDE_TRY(Value loader, entry(vm, module, *vm.names.__loader__));
  if (loader.is_unbound() || loader.is_none()) return std::string();
  CEDE_TRY(const std::string text, shown(vm, loader));
  return fmt::format(" ({})", text);
}

Owned module_repr(VM& vm, Ref self) {
  Module& module = cast<Module>(self);
  CEDE_TRY(Value name, entry(vm, module, *vm.names.__name__));
  std::string text = "'?'";
  if (!name.is_unbound()) {
    CEDE_TRY(text, shown(vm, name));
  }
  CEDE_TRY(const std::string origin, origin_text(vm, module));
  return str_from_utf8(vm, fmt::format("<module {}{}>", text, origin));
}

Owned module_dir(VM& vm, Module& module) {
  CEDE_TRY(Value own, entry(vm, module, *vm.names.__dir__));
  if (!own.is_unbound()) return call(vm, own);
  CEDE_TRY(Value dictionary, get_attribute(vm, module, *vm.names.__dict__));
  if (!is<Dict>(dictionary)) return vm.raise(TypeId::TypeError, "<module>.__dict__ is not a dictionary");
  return list_from(vm, dictionary);
}

Value get_dict(VM& vm, Module& module) {
  CEDE_CHECK(complete(vm, module));
  return module.dictionary.is_unbound() ? Value(None) : module.dictionary;
}
Status set_dict(VM& vm, Module&, Ref) { return vm.raise(TypeId::AttributeError, "readonly attribute"); }

Owned get_annotations(VM& vm, Module& module) {
  CEDE_TRY(Value annotations, entry(vm, module, *vm.names.__annotations__));
  if (!annotations.is_unbound()) return annotations;
  CEDE_TRY(Value made, dict_new(vm));
  CEDE_CHECK(dict_set_str(vm, cast<Dict>(module.dictionary), *vm.names.__annotations__, made));
  return made;
}
Status set_annotations(VM& vm, Module& module, Ref value) {
  const Value held = module.dictionary;
  if (!value.is_unbound()) return dict_set_str(vm, cast<Dict>(held), *vm.names.__annotations__, value);
  CEDE_TRY(const bool removed, dict_remove_str(vm, cast<Dict>(held), *vm.names.__annotations__));
  return removed ? Ok : Status(vm.raise_with(TypeId::AttributeError, *vm.names.__annotations__));
}

constexpr Method module_methods[] = {method<"__dir__(self, /)", module_dir>};
constexpr Property module_properties[] = {property<"__dict__", get_dict, set_dict>,
                                          property<"__annotations__", get_annotations, set_annotations>};
constexpr Slots module_slots = inherit(object_slots, [](Slots& s) {
  s.repr = module_repr;
  s.getattribute = module_getattribute;
  s.setattr = module_setattr;
  s.construct = module_construct;
  s.init = module_init;
});

}  // namespace

Owned module_find_attribute(VM& vm, Module& module, Str& name) {
  Dict* dictionary = module.dictionary.is_unbound() ? nullptr : &cast<Dict>(module.dictionary);
  Owned found = generic_get_attribute(vm, module, name, dictionary);
  if (!found.ref().is_unbound() || !dictionary) return found;
  if (module.late_names) {
    CEDE_CHECK(add_late_names(vm, module));
    return module_find_attribute(vm, module, name);
  }
  CEDE_TRY(Value hook, dict_get_str(vm, *dictionary, *vm.names.__getattr__));
  return hook.is_unbound() ? Owned() : call(vm, hook, name);
}

Owned module_getattribute(VM& vm, Ref self, Ref name) {
  Module& module = cast<Module>(self);
  Owned found = module_find_attribute(vm, module, cast<Str>(name));
  if (!found.ref().is_unbound()) return found;
  return raise_no_module_attribute(vm, module, cast<Str>(name));
}

Owned module_new(VM& vm, std::string_view name) {
  CEDE_TRY(Value module, module_construct(vm, vm.type(TypeId::Module), {}));
  CEDE_CHECK(initialise(vm, cast<Module>(module), vm.intern(name), None));
  return module;
}

Status module_set(VM& vm, Module& module, std::string_view name, Ref value) {
  return dict_set_text(vm, cast<Dict>(module.dictionary), name, value);
}

Status module_add_type(VM& vm, Module& module, const NativeType& type) {
  Type& made = vm.native_type(type);
  return module_set(vm, module, short_name(made), made);
}

Status module_add_functions(VM& vm, Module& module, std::span<const Method> functions) {
  CEDE_TRY(Value name, entry(vm, module, *vm.names.__name__));
  for (const Method& method : functions) {
    CEDE_TRY(Value function, native_function_new(vm, method, Unbound, name));
    CEDE_CHECK(module_set(vm, module, method.name(), function));
  }
  return Ok;
}

extern const NativeType module_type;
constinit const NativeType module_type = {
    .name = "module",
    .id = TypeId::Module,
    .base = nullptr,
    .layout = &module_layout,
    .slots = &module_slots,
    .flags =
        TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::HasWeakReferences | TypeFlag::OwnDictionary,
    .methods = module_methods,
    .properties = module_properties,
    .doc = "Create a module object.\n\nThe name must be a string; the optional docstring can have any type.",
    .signature = "(name, doc=None)"};

}  // namespace cede
