// The attribute slots of types and modules, which native code compares against to look up without raising,
// and the class checks without hooks.
#pragma once

#include "runtime/core/native.hpp"

namespace cede {

Owned type_getattribute(VM& vm, Ref self, Ref name);
Status type_setattr(VM& vm, Ref self, Ref name, Ref value);
Owned module_getattribute(VM& vm, Ref self, Ref name);
// The module's file lies where the script's imports start (sys.path[0]): it may hide another module of its name.
bool module_possibly_shadows(VM& vm, std::string_view file);
// " (consider renaming ...)" for such a module: the name of a library module, or one that is still being initialised.
Result<std::string> module_shadowing_advice(VM& vm, std::string_view name, std::string_view file, bool initialising);
// Unbound if absent.
Owned type_find_attribute(VM& vm, Type& type, Str& name);
Owned module_find_attribute(VM& vm, Module& module, Str& name);

// After a failed lookup of `name`: an AttributeError that does not say yet what was looked up where is told.
void complete_attribute_error(VM& vm, Ref object, Str& name);

// `__dict__` of instances with Attributes.
Value get_instance_dict(VM& vm, Ref self);
Status set_instance_dict(VM& vm, Ref self, Ref value);
inline constexpr Property instance_dict_property = property<"__dict__", get_instance_dict, set_instance_dict>;

// isinstance and issubclass as type.__instancecheck__ and type.__subclasscheck__ answer them.
Result<bool> plain_is_instance(VM& vm, Ref object, Ref class_);
Result<bool> plain_is_subclass(VM& vm, Ref derived, Ref class_);

}  // namespace cede
