// The import system: sys.modules, the host's native modules, then files on sys.path or a package's __path__.
#include "runtime/vm/import.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "lang/code_image.hpp"
#include "runtime/core/attribute_rules.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/host/host.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/compile.hpp"
#include "runtime/vm/interpreter.hpp"
#include "runtime/vm/isolate_lock.hpp"

namespace cede {

namespace {

Dict& modules_of(VM& vm) { return cast<Dict>(vm.modules); }

RaisedMark raise_not_found(VM& vm, std::string_view name, std::string_view text) {
  Value name_value = str_from_utf8(vm, name);
  if (name_value.is_raised()) return raised;
  return raise_import_error(vm, TypeId::ModuleNotFoundError, text, name_value, None);
}

Status set_text(VM& vm, Dict& dict, std::string_view key, std::string_view text) {
  CEDE_TRY(Value value, str_from_utf8(vm, text));
  return dict_set_text(vm, dict, key, value);
}

// Where a module's source lies; a namespace package has directories only.
struct Found {
  std::string file;
  std::vector<std::string> package_path;   // of a package
  bool is_package = false;
  bool found() const { return !file.empty() || is_package; }
};

bool is_file(VM& vm, const std::string& path) {
  struct ::stat status;
  return vm.host.status(path, status) == 0 && S_ISREG(status.st_mode);
}
bool is_directory(VM& vm, const std::string& path) {
  struct ::stat status;
  return vm.host.status(path, status) == 0 && S_ISDIR(status.st_mode);
}

// Searches the directories of `path` (a sequence of str) for the last part of a module's name.
Result<Found> find_on_path(VM& vm, Ref path, std::string_view part) {
  Found found;
  CEDE_TRY(Value entries, list_from(vm, path));
  for (std::size_t i = 0; i < cast<List>(entries).size(); ++i) {
    const Ref entry = cast<List>(entries)[i];
    if (!is<Str>(entry)) continue;
    std::string directory(cast<Str>(entry).view());
    if (directory.empty()) directory = vm.host.current_directory();
    const std::string base = directory + "/" + std::string(part);
    if (is_directory(vm, base)) {
      if (is_file(vm, base + "/__init__.py")) {
        found.file = base + "/__init__.py";
        found.package_path = {base};
        found.is_package = true;
        return found;
      }
      if (!is_file(vm, base + ".py")) {
        found.package_path.push_back(base);
        continue;
      }
    }
    if (is_file(vm, base + ".py")) {
      found.file = base + ".py";
      found.package_path.clear();
      return found;
    }
  }
  found.is_package = !found.package_path.empty();
  return found;
}

const NativeModule* find_native(VM& vm, std::string_view name) {
  for (const NativeModule* native : vm.native_modules)
    if (native->name == name) return native;
  return nullptr;
}

// A module that failed while it was made leaves sys.modules again.
Status forget(VM& vm, Str& name) {
  Value pending = vm.take_error();
  (void)dict_remove_str(vm, modules_of(vm), name).is_raised();
  vm.set_error(std::move(pending));
  return raised;
}

// While it lives, the running thread is known as the one that runs the body of the module.
class ImportRecord {
 public:
  ImportRecord(VM& vm, const Object* module) : vm_(vm), module_(module) {
    if (vm.isolate_lock) vm.isolate_lock->imports.push_back({module, vm.thread});
  }
  ~ImportRecord() {
    if (!vm_.isolate_lock) return;
    IsolateLock& shared = *vm_.isolate_lock;
    std::erase_if(shared.imports, [&](const auto& import) { return import.module == module_; });
    {
      const std::lock_guard lock(shared.mutex);
      ++shared.imports_over;
    }
    shared.import_over.notify_all();
  }
  ImportRecord(const ImportRecord&) = delete;

 private:
  VM& vm_;
  const Object* module_;
};

Status run_body(VM& vm, Module& module, Ref code) {
  const Value dictionary = module.dictionary;
  vm.initialising_modules.push_back(&module);
  const ImportRecord record(vm, &module);
  const Value result = run_code(vm, cast<Code>(code), cast<Dict>(dictionary), dictionary);
  std::erase(vm.initialising_modules, static_cast<const Object*>(&module));
  return result.is_raised() ? Status(raised) : Ok;
}

// The thread that runs the body of a module; the main thread if it began before there were others.
const ThreadState* importer_of(VM& vm, const Object* module) {
  for (const auto& import : vm.isolate_lock->imports)
    if (import.module == module) return import.thread;
  return &vm.main_thread();
}

// Whether the thread that runs the body of `module` waits, perhaps by way of others, for one that the running thread makes:
// then neither can wait for the other, and the module is taken as far as it is made.
bool waits_for_this_thread(VM& vm, const Object* module) {
  const auto& waits = vm.isolate_lock->import_waits;
  for (std::size_t steps = 0; steps <= waits.size(); ++steps) {
    const ThreadState* importer = importer_of(vm, module);
    if (importer == vm.thread) return true;
    const auto wait = std::find_if(waits.begin(), waits.end(), [&](const auto& w) { return w.thread == importer; });
    if (wait == waits.end()) return false;
    module = wait->module;
  }
  return true;
}

// Waits while another thread runs the body of a module that was found in sys.modules. True: it has waited, and the module
// is to be looked for again.
bool wait_for_importer(VM& vm, Ref module) {
  const auto& running = vm.initialising_modules;
  if (running.empty() || !vm.isolate_lock || !module.is_object()) [[likely]] return false;
  if (std::find(running.begin(), running.end(), module.object()) == running.end()) return false;
  if (waits_for_this_thread(vm, module.object())) return false;
  IsolateLock& shared = *vm.isolate_lock;
  const ThreadState* thread = vm.thread;
  shared.import_waits.push_back({module.object(), thread});
  {
    const std::uint64_t before = shared.imports_over;   // changes only while the isolate is held
    Unlocked unlocked(vm);
    std::unique_lock lock(shared.mutex);
    // In turns, because a thread that wants the isolate can be told to end.
    shared.import_over.wait_for(lock, std::chrono::milliseconds(50), [&] { return shared.imports_over != before; });
  }
  std::erase_if(shared.import_waits, [&](const auto& wait) { return wait.thread == thread; });
  return true;
}

Status run_source(VM& vm, Module& module, std::string_view source, std::string_view filename, lang::Origin origin) {
  CompileRequest request;
  request.source = source;
  request.filename = filename;
  request.origin = origin;
  CEDE_TRY(const Value code, compile_code(vm, request));
  return run_body(vm, module, code);
}

Owned load_native(VM& vm, const NativeModule& native) {
  CEDE_TRY(Value made, module_for_code(vm, native.name, ""));
  Module& module = cast<Module>(made);
  if (native.is_package) {
    CEDE_TRY(Value path, list_new(vm));
    CEDE_CHECK(module_set(vm, module, "__path__", path));
    CEDE_CHECK(set_text(vm, cast<Dict>(module.dictionary), "__package__", native.name));
  }
  if (module_fill(vm, module, native).is_raised()) {
    (void)forget(vm, vm.intern(native.name));
    return raised;
  }
  return made.take();
}

Owned load_file(VM& vm, std::string_view name, const Found& found) {
  CEDE_TRY(Value made, module_for_code(vm, name, found.file));
  Module& module = cast<Module>(made);
  Dict& dictionary = cast<Dict>(module.dictionary);
  Str& key = vm.intern(name);
  if (found.is_package) {
    CEDE_TRY(Value path, list_new(vm));
    for (const std::string& directory : found.package_path) {
      CEDE_TRY(Value entry, str_from_utf8(vm, directory));
      CEDE_CHECK(list_append(vm, cast<List>(path), entry));
    }
    CEDE_CHECK(module_set(vm, module, "__path__", path));
    CEDE_CHECK(set_text(vm, dictionary, "__package__", name));
  }
  if (found.file.empty()) return made.take();
  auto source = read_file(vm, found.file);
  if (source.is_raised() || run_source(vm, module, *source, found.file, lang::Origin::File).is_raised()) {
    (void)forget(vm, key);
    return raised;
  }
  // A module may have put something else into sys.modules under its name.
  const Owned current = dict_get_str(vm, modules_of(vm), key);
  if (!current.ref().is_unbound()) return current;
  return made.take();
}

// Loads `name`, whose parent package (or Unbound) has been imported.
Owned load(VM& vm, std::string_view name, Ref parent) {
  if (const NativeModule* native = find_native(vm, name)) return load_native(vm, *native);
  const std::size_t dot = name.rfind('.');
  const std::string_view part = dot == name.npos ? name : name.substr(dot + 1);
  Value path;
  if (parent.is_unbound()) {
    CEDE_TRY(path, get_attribute(vm, vm.sys_module, *vm.names.path));
  } else {
    path = find_attribute(vm, parent, *vm.names.__path__);
    if (path.is_raised()) return raised;
    if (path.is_unbound())
      return raise_not_found(vm, name, fmt::format("No module named '{}'; '{}' is not a package", name, name.substr(0, dot)));
  }
  CEDE_TRY(const Found found, find_on_path(vm, path, part));
  if (!found.found()) return raise_not_found(vm, name, fmt::format("No module named '{}'", name));
  return load_file(vm, name, found);
}

// The package that relative imports start from.
Result<std::string> package_of(VM& vm, Ref globals) {
  if (!is<Dict>(globals)) return vm.raise(TypeId::KeyError, "'__name__' not in globals");
  Dict& dict = cast<Dict>(globals);
  CEDE_TRY(Value package, dict_get_str(vm, dict, *vm.names.__package__));
  if (!package.is_unbound() && !package.is_none()) {
    if (!is<Str>(package)) return vm.raise(TypeId::TypeError, "package must be a string");
    return std::string(cast<Str>(package).view());
  }
  CEDE_TRY(Value name, dict_get_str(vm, dict, *vm.names.__name__));
  if (name.is_unbound()) return vm.raise(TypeId::KeyError, "'__name__' not in globals");
  if (!is<Str>(name)) return vm.raise(TypeId::TypeError, "__name__ must be a string");
  std::string text(cast<Str>(name).view());
  CEDE_TRY(Value path, dict_get_str(vm, dict, *vm.names.__path__));
  if (path.is_unbound()) {
    const std::size_t dot = text.rfind('.');
    text = dot == text.npos ? "" : text.substr(0, dot);
  }
  return text;
}

Result<std::string> resolve_name(VM& vm, std::string_view name, Ref globals, std::int64_t level) {
  if (level == 0) return std::string(name);
  CEDE_TRY(std::string base, package_of(vm, globals));
  if (base.empty())
    return raise_import_error(vm, TypeId::ImportError, "attempted relative import with no known parent package", None, None);
  for (std::int64_t up = 1; up < level; ++up) {
    const std::size_t dot = base.rfind('.');
    if (dot == base.npos)
      return raise_import_error(vm, TypeId::ImportError, "attempted relative import beyond top-level package", None, None);
    base.resize(dot);
  }
  return name.empty() ? base : base + "." + std::string(name);
}

// `from package import a, b`: submodules named there are imported.
Status import_submodules(VM& vm, Ref module, std::string_view name, Ref fromlist) {
  CEDE_TRY(Value path, find_attribute(vm, module, *vm.names.__path__));
  if (path.is_unbound()) return Ok;
  return for_each(vm, fromlist, [&](Ref item) -> Status {
    if (!is<Str>(item)) return vm.raise(TypeId::TypeError, "Item in ``from list'' must be str, not {}", type_name(item, vm));
    if (cast<Str>(item).view() == "*") {
      CEDE_TRY(Value all, find_attribute(vm, module, *vm.names.__all__));
      return all.is_unbound() ? Ok : import_submodules(vm, module, name, all);
    }
    CEDE_TRY(Value attribute, find_attribute(vm, module, vm.intern(cast<Str>(item))));
    if (!attribute.is_unbound()) return Ok;
    const std::string full = std::string(name) + "." + std::string(cast<Str>(item).view());
    Value submodule = import_absolute(vm, full);
    if (!submodule.is_raised()) return Ok;
    // That there is no such module is reported by the `from` itself.
    if (!vm.error_is(TypeId::ModuleNotFoundError)) return raised;
    Value error = vm.take_error();
    const Ref missing = cast<ImportErrorObject>(error).name;
    if (is<Str>(missing) && cast<Str>(missing).view() == full) return Ok;
    vm.set_error(std::move(error));
    return raised;
  });
}

}  // namespace

Status module_fill(VM& vm, Module& module, const NativeModule& native) {
  module.native = &native;
  if (native.doc) CEDE_CHECK(set_text(vm, cast<Dict>(module.dictionary), "__doc__", native.doc));
  CEDE_CHECK(module_add_functions(vm, module, native.functions));
  if (native.fill) CEDE_CHECK(native.fill(vm, module));
  if (native.code_image && vm.options.optimize == 0) {
    CEDE_TRY(const Value code, code_new(vm, lang::load_image(native.code_image)));
    return run_body(vm, module, code);
  }
  if (!native.python_source) return Ok;
  return run_source(vm, module, native.python_source, fmt::format("<frozen {}>", native.name), lang::Origin::Text);
}

Result<std::string> read_file(VM& vm, const std::string& path) {
  const auto fail = [&](std::int64_t error) -> RaisedMark {
    Value name = str_from_utf8(vm, path);
    return vm.raise_os_error(static_cast<int>(-error), name.is_raised() ? None : Ref(name));
  };
  const int descriptor = vm.host.open(path, O_RDONLY, 0);
  if (descriptor < 0) return fail(descriptor);
  std::string text;
  char buffer[16384];
  for (;;) {
    const std::int64_t got = vm.host.read(descriptor, buffer, sizeof buffer);
    if (got == 0) break;
    if (got < 0) {
      if (got == -EINTR) continue;
      vm.host.close(descriptor);
      return fail(got);
    }
    text.append(buffer, static_cast<std::size_t>(got));
    if (text.size() > vm.heap.limit()) {
      vm.host.close(descriptor);
      return vm.raise_memory_error();
    }
  }
  vm.host.close(descriptor);
  return text;
}

Owned module_for_code(VM& vm, std::string_view name, std::string_view filename) {
  CEDE_TRY(Value made, module_new(vm, name));
  Dict& dictionary = cast<Dict>(cast<Module>(made).dictionary);
  const std::size_t dot = name.rfind('.');
  CEDE_CHECK(set_text(vm, dictionary, "__package__", name == "__main__" || dot == name.npos ? "" : name.substr(0, dot)));
  if (!filename.empty()) {
    CEDE_CHECK(set_text(vm, dictionary, "__file__", filename));
    CEDE_CHECK(dict_set_text(vm, dictionary, "__cached__", None));
  }
  CEDE_CHECK(dict_set_str(vm, dictionary, *vm.names.__builtins__, vm.builtins));
  CEDE_CHECK(dict_set_str(vm, modules_of(vm), vm.intern(name), made));
  return made.take();
}

Result<ModuleSource> find_module_source(VM& vm, std::string_view name) {
  const std::size_t dot = name.rfind('.');
  Value path;
  if (dot == name.npos) {
    CEDE_TRY(path, get_attribute(vm, vm.sys_module, *vm.names.path));
  } else {
    CEDE_TRY(const Value parent, import_absolute(vm, name.substr(0, dot)));
    CEDE_TRY(path, get_attribute(vm, parent, *vm.names.__path__));
  }
  CEDE_TRY(const Found found, find_on_path(vm, path, dot == name.npos ? name : name.substr(dot + 1)));
  return ModuleSource{found.file, found.is_package};
}

Owned import_absolute(VM& vm, std::string_view name) {
  Value parent;
  Value module;
  for (std::size_t end = 0; end != name.npos;) {
    end = name.find('.', end ? end + 1 : 0);
    const std::string_view part = name.substr(0, end);
    Str& key = vm.intern(part);
    do {
      module = dict_get_str(vm, modules_of(vm), key);
      if (module.is_raised()) return raised;
    } while (wait_for_importer(vm, module));
    if (module.is_none())
      return raise_not_found(vm, part, fmt::format("import of {} halted; None in sys.modules", part));
    if (module.is_unbound()) {
      module = load(vm, part, parent);
      if (module.is_raised()) return raised;
      if (!parent.is_unbound()) {
        const std::size_t dot = part.rfind('.');
        CEDE_CHECK(set_attribute(vm, parent, vm.intern(part.substr(dot + 1)), module));
      }
    }
    parent = module;
  }
  return module.take();
}

Owned import_native(VM& vm, std::string_view name) {
  Value module = dict_get_str(vm, modules_of(vm), vm.intern(name));
  if (!module.is_unbound()) return module.take();
  const NativeModule* native = find_native(vm, name);
  if (!native) return raise_not_found(vm, name, fmt::format("No module named '{}'", name));
  return import_absolute(vm, name);
}

Owned import_module(VM& vm, Str& name, Ref globals, Ref fromlist, std::int64_t level) {
  if (level < 0) return vm.raise(TypeId::ValueError, "level must be >= 0");
  if (name.byte_size == 0 && level == 0) return vm.raise(TypeId::ValueError, "Empty module name");
  CEDE_TRY(const std::string full, resolve_name(vm, name.view(), globals, level));
  CEDE_TRY(Value module, import_absolute(vm, full));
  bool has_fromlist = false;
  if (!fromlist.is_none() && !fromlist.is_unbound()) {
    CEDE_TRY(has_fromlist, is_truthy(vm, fromlist));
  }
  if (has_fromlist) {
    CEDE_CHECK(import_submodules(vm, module, full, fromlist));
    return module.take();
  }
  // `import a.b.c` gives a; a relative one gives what stands for the first part of the name as written.
  const std::size_t dot = name.view().find('.');
  if (dot == std::string_view::npos) return module.take();
  const std::string first = full.substr(0, full.size() - (name.view().size() - dot));
  return import_absolute(vm, first);
}

Owned import_from(VM& vm, Ref module, Str& name) {
  CEDE_TRY(Value found, find_attribute(vm, module, name));
  if (!found.is_unbound()) return found.take();
  Value module_name = find_attribute(vm, module, *vm.names.__name__);
  if (module_name.is_raised()) return raised;
  const bool named = is<Str>(module_name);
  if (named) {
    const std::string full = std::string(cast<Str>(module_name).view()) + "." + std::string(name.view());
    CEDE_TRY(Value submodule, dict_get_str(vm, modules_of(vm), vm.intern(full)));
    if (!submodule.is_unbound()) return submodule.take();
  }
  const std::string shown = named ? std::string(cast<Str>(module_name).view()) : "<unknown module name>";
  CEDE_TRY(Value file, find_attribute(vm, module, *vm.names.__file__));
  const bool has_file = is<Str>(file);
  const auto& loading = vm.initialising_modules;
  const bool initialising = module.is_object() && std::find(loading.begin(), loading.end(), module.object()) != loading.end();
  const std::string file_text(has_file ? cast<Str>(file).view() : std::string_view());
  CEDE_TRY(const std::string advice, module_shadowing_advice(vm, shown, file_text, initialising));
  const std::string place = has_file ? file_text : "unknown location";
  const std::string text =
      !advice.empty() ? fmt::format("cannot import name '{}' from '{}'{}", name.view(), shown, advice)
      : initialising  ? fmt::format("cannot import name '{}' from partially initialized module '{}' (most likely due to a "
                                    "circular import) ({})", name.view(), shown, place)
                      : fmt::format("cannot import name '{}' from '{}' ({})", name.view(), shown, place);
  return raise_import_error(vm, TypeId::ImportError, text, named ? Ref(module_name) : None, has_file ? Ref(file) : None, Ref(name));
}

Status import_star(VM& vm, Ref module, Ref name_space) {
  CEDE_TRY(Value names, find_attribute(vm, module, *vm.names.__all__));
  const bool all = !names.is_unbound();
  if (!all) {
    CEDE_TRY(Value dictionary, find_attribute(vm, module, *vm.names.__dict__));
    if (dictionary.is_unbound())
      return vm.raise(TypeId::ImportError, "from-import-* object has no __dict__ and no __all__");
    CEDE_TRY(names, list_from(vm, dictionary));
  }
  return for_each(vm, names, [&](Ref name) -> Status {
    if (!is<Str>(name)) {
      CEDE_TRY(Value module_name, get_attribute(vm, module, *vm.names.__name__));
      return vm.raise(TypeId::TypeError, "{} in {}.{} must be str, not {}", all ? "Item" : "Key",
                      is<Str>(module_name) ? std::string(cast<Str>(module_name).view()) : "?", all ? "__all__" : "__dict__",
                      type_name(name, vm));
    }
    if (!all && cast<Str>(name).view().starts_with("_")) return Ok;
    CEDE_TRY(Value value, get_attribute(vm, module, vm.intern(cast<Str>(name))));
    return is_exact(name_space, TypeId::Dict) ? dict_set(vm, cast<Dict>(name_space), name, value)
                                              : set_item(vm, name_space, name, value);
  });
}

}  // namespace cede
