// Slow paths of variables: cells, globals with their caches, namespaces of class and module bodies.
#include "runtime/core/native.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/vm/slow_paths.hpp"

namespace cede {

namespace {

void specialise(lang::Instruction* instruction, SpecialisedOpcode opcode) {
  instruction->opcode = static_cast<std::uint8_t>(opcode);
}
void generalise(lang::Instruction* instruction, lang::Opcode opcode) {
  instruction->opcode = static_cast<std::uint8_t>(opcode);
}

RaisedMark raise_undefined(VM& vm, Str& name) {
  return raise_name_error(vm, TypeId::NameError, name, fmt::format("name '{}' is not defined", name.view()));
}

Str& cache_name(const Frame& f, std::int32_t cache) { return *f.cache(cache).name; }

// builtins of a function may be any mapping once a script has put one there; exact dicts are the usual case.
Owned find_global(VM& vm, Function& function, Str& name) {
  const Owned found = dict_get_str(vm, *function.globals, name);
  if (!found.ref().is_unbound()) return found;
  return dict_get_str(vm, *function.builtins, name);
}

// From a namespace that may be any mapping: Unbound if the key is absent.
Owned find_in_namespace(VM& vm, Ref name_space, Str& name) {
  if (is_exact(name_space, TypeId::Dict)) return dict_get_str(vm, cast<Dict>(name_space), name);
  Value found = get_item(vm, name_space, Ref(name));
  if (!found.is_raised()) return found.take();
  if (!vm.error_is(TypeId::KeyError)) return raised;
  vm.clear_error();
  return Owned();
}

}  // namespace

Status check_bound_failed(const Frame& f, std::int32_t reg) {
  const Code& code = f.code();
  const auto& names = code.unit->local_names;
  const std::string_view name = static_cast<std::size_t>(reg) < names.size()
                                ? names[static_cast<std::size_t>(reg)]
                                : code.unit->cell_names[static_cast<std::size_t>(reg) - names.size()];
  return f.vm.raise(TypeId::UnboundLocalError, "cannot access local variable '{}' where it is not associated with a value",
                    name);
}

Status load_cell_failed(const Frame& f, std::int32_t reg) { return check_bound_failed(f, reg); }

Status load_free_failed(const Frame& f, std::int32_t index) {
  Str& name = cast<Str>(cast<Tuple>(f.code().free_names)[static_cast<std::size_t>(index)]);
  return raise_name_error(
      f.vm, TypeId::NameError, name,
      fmt::format("cannot access free variable '{}' where it is not associated with a value in enclosing scope", name.view()));
}

Status make_cell_slow(const Frame& f) {
  Cell* cell = make_object<Cell>(f.vm, TypeId::Cell);
  if (!cell) return raised;
  if (f.b != -1 && f.b != lang::no_register) {
    if (f.small & lang::consume_b) {
      cell->content = Value::adopt(Ref(std::exchange(f.r[f.b], Unbound.bits)));
    } else {
      cell->content = Value(f.ref(f.b));
    }
  }
  f.store(Ref(cell).bits);
  return Ok;
}

Status load_global_slow(const Frame& f, lang::Instruction* instruction) {
  VM& vm = f.vm;
  InlineCache& cache = f.cache(f.b);
  Function& function = f.function();
  Dict& globals = *function.globals;
  generalise(instruction, lang::Opcode::op_load_global);
  if (globals.string_keys && function.builtins->string_keys) {
    const std::int64_t hash = str_hash(vm, *cache.name);
    const std::int64_t at = dict_index_of(globals, *cache.name, hash);
    if (at >= 0) {
      if ((cache.version = dict_keys_version(vm, globals))) {
        cache.index = static_cast<std::uint32_t>(at);
        specialise(instruction, SpecialisedOpcode::load_global_module);
      }
      f.store(Owned::share(Ref(globals.entries[at].value)).bits);
      return Ok;
    }
    const std::int64_t builtin = dict_index_of(*function.builtins, *cache.name, hash);
    if (builtin >= 0) {
      cache.version = dict_keys_version(vm, globals);
      cache.version2 = dict_keys_version(vm, *function.builtins);
      if (cache.version && cache.version2) {
        cache.index = static_cast<std::uint32_t>(builtin);
        specialise(instruction, SpecialisedOpcode::load_global_builtin);
      }
      f.store(Owned::share(Ref(function.builtins->entries[builtin].value)).bits);
      return Ok;
    }
  }
  const Owned found = find_global(vm, function, *cache.name);
  if (found.ref().is_unbound()) return raise_undefined(vm, *cache.name);
  return f.finish(found);
}

Status store_global_slow(const Frame& f, lang::Instruction* instruction) {
  InlineCache& cache = f.cache(f.b);
  Dict& globals = *f.function().globals;
  generalise(instruction, lang::Opcode::op_store_global);
  const Status status = dict_set_str(f.vm, globals, *cache.name, f.ref(f.a));
  f.consume_flagged_a();
  if (!status.is_raised() && globals.string_keys) {
    const std::int64_t at = dict_index_of(globals, *cache.name, str_hash(f.vm, *cache.name));
    if (at >= 0 && (cache.version = dict_keys_version(f.vm, globals))) {
      cache.index = static_cast<std::uint32_t>(at);
      specialise(instruction, SpecialisedOpcode::store_global_known);
    }
  }
  return status;
}

Status delete_global_slow(const Frame& f) {
  Str& name = cache_name(f, f.b);
  const Result<bool> removed = dict_remove_str(f.vm, *f.function().globals, name);
  if (removed.is_raised()) return raised;
  if (!*removed) return raise_undefined(f.vm, name);
  return Ok;
}

Status load_name_slow(const Frame& f, lang::Instruction* instruction) {
  // A module body's namespace is its globals: the same as a global from then on.
  if (f.activation->name_space == f.function().globals && is_exact(Ref(f.activation->name_space), TypeId::Dict)) {
    const Status status = load_global_slow(f, instruction);
    // The specialised forms do not ask which namespace the frame has: not for code that runs with several.
    if (f.code().namespace_differs || instruction->opcode == static_cast<std::uint8_t>(lang::Opcode::op_load_global))
      generalise(instruction, lang::Opcode::op_load_name);
    return status;
  }
  Str& name = cache_name(f, f.b);
  Owned found = find_in_namespace(f.vm, f.activation->name_space, name);
  if (found.ref().is_unbound()) found = find_global(f.vm, f.function(), name);
  if (found.ref().is_unbound()) return raise_undefined(f.vm, name);
  return f.finish(found);
}

Status store_name_slow(const Frame& f, lang::Instruction* instruction) {
  if (f.activation->name_space == f.function().globals && is_exact(Ref(f.activation->name_space), TypeId::Dict)) {
    const Status status = store_global_slow(f, instruction);
    if (f.code().namespace_differs ||
        instruction->opcode == static_cast<std::uint8_t>(lang::Opcode::op_store_global))
      generalise(instruction, lang::Opcode::op_store_name);
    return status;
  }
  Str& name = cache_name(f, f.b);
  const Ref name_space(f.activation->name_space);
  const Status status = is_exact(name_space, TypeId::Dict) ? dict_set_str(f.vm, cast<Dict>(name_space), name, f.ref(f.a))
                                                           : set_item(f.vm, name_space, Ref(name), f.ref(f.a));
  f.consume_flagged_a();
  return status;
}

Status delete_name_slow(const Frame& f) {
  Str& name = cache_name(f, f.b);
  const Ref name_space(f.activation->name_space);
  if (is_exact(name_space, TypeId::Dict)) {
    const Result<bool> removed = dict_remove_str(f.vm, cast<Dict>(name_space), name);
    if (removed.is_raised()) return raised;
    return *removed ? Ok : Status(raise_undefined(f.vm, name));
  }
  if (!set_item(f.vm, name_space, Ref(name), Unbound).is_raised()) return Ok;
  if (!f.vm.error_is(TypeId::KeyError)) return raised;
  f.vm.clear_error();
  return raise_undefined(f.vm, name);
}

Status load_name_or_free_slow(const Frame& f, std::uint32_t class_cell) {
  Str& name = cache_name(f, f.b);
  Value name_space(Ref(f.activation->name_space));
  if (f.small & 1) name_space = Value(cast<Cell>((*f.function().closure)[class_cell]).content);
  const Owned found = find_in_namespace(f.vm, name_space, name);
  if (!found.ref().is_unbound()) return f.finish(found);
  const Ref content = cast<Cell>((*f.function().closure)[static_cast<std::size_t>(f.c)]).content;
  if (content.is_unbound()) return load_free_failed(f, f.c);
  f.store(Owned::share(content).bits);
  return Ok;
}

Status load_name_or_global_slow(const Frame& f) {
  Str& name = cache_name(f, f.b);
  Value name_space(Ref(cast<Cell>((*f.function().closure)[static_cast<std::size_t>(f.c)]).content));
  Owned found = find_in_namespace(f.vm, name_space, name);
  if (found.ref().is_unbound()) found = find_global(f.vm, f.function(), name);
  if (found.ref().is_unbound()) return raise_undefined(f.vm, name);
  return f.finish(found);
}

Status load_build_class_slow(const Frame& f) {
  const Owned found = dict_get_str(f.vm, *f.function().builtins, *f.vm.names.__build_class__);
  if (found.ref().is_unbound()) return f.vm.raise(TypeId::NameError, "__build_class__ not found");
  return f.finish(found);
}

}  // namespace cede
