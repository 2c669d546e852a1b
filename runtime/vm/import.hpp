// Modules: what `import` does, and running of scripts.
#pragma once

#include <string>
#include <string_view>

#include "runtime/core/native.hpp"
#include "runtime/vm/code.hpp"

namespace cede {

// builtins.__import__ with its rules. `globals` is a Dict or None; `fromlist` None or a sequence; level >= 0.
Owned import_module(VM& vm, Str& name, Ref globals, Ref fromlist, std::int64_t level);
// The module of that dotted absolute name (the last part), imported with its parents.
Owned import_absolute(VM& vm, std::string_view name);
// A module of the host's list by name, from sys.modules or made now; for native code that needs one. Raises
// ModuleNotFoundError.
Owned import_native(VM& vm, std::string_view name);
// module.name, or the submodule that is being imported; with the ImportError of `from m import name`.
Owned import_from(VM& vm, Ref module, Str& name);
Status import_star(VM& vm, Ref module, Ref name_space);

// Gives a new module what `native` declares: doc, functions, further names, script part.
Status module_fill(VM& vm, Module& module, const NativeModule& native);
// A new module with the usual names set, put into sys.modules.
Owned module_for_code(VM& vm, std::string_view name, std::string_view filename);
// Where the source of a module lies, its parents having been imported; `file` is empty if there is no such file.
struct ModuleSource {
  std::string file;
  bool is_package = false;
};
Result<ModuleSource> find_module_source(VM& vm, std::string_view name);
// Reads a whole file. Raises OSError.
Result<std::string> read_file(VM& vm, const std::string& path);

}  // namespace cede
