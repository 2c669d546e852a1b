// Builtin functions on source and namespaces: compile, eval, exec, globals, locals, __import__.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytearray.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/codecs.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/compile.hpp"
#include "runtime/vm/frame_locals.hpp"
#include "runtime/vm/import.hpp"
#include "runtime/vm/interpreter.hpp"
#include "stdlib/builtins/functions.hpp"

namespace cede::stdlib {

namespace {

// Flags of compile(), as the `ast` and `__future__` modules name them.
enum CompileFlag : int {
  flag_nested = 0x10,
  flag_do_not_imply_dedent = 0x200,
  flag_only_ast = 0x400,
  flag_ignore_cookie = 0x800,
  flag_type_comments = 0x1000,
  flag_top_level_await = 0x2000,
  flag_incomplete_input = 0x4000,
  flag_optimized_ast = 0x8000,
  flag_future_barry = 0x400000,
  flag_future_annotations = 0x1000000,
  flags_future = 0x1fe0000,
  flags_known = flags_future | flag_nested | flag_do_not_imply_dedent | flag_only_ast | flag_ignore_cookie | flag_type_comments |
                flag_top_level_await | flag_incomplete_input | flag_optimized_ast,
};

// Source text: the bytes that the front end reads, and what keeps them alive.
struct SourceText {
  Value owner;
  std::string_view bytes;
  lang::Origin origin = lang::Origin::Text;
};

Result<SourceText> source_text(VM& vm, Ref source, std::string_view message) {
  SourceText text;
  if (Str* str = as<Str>(source)) {
    text.owner = Value(source);
    text.bytes = str->view();
    if (!str->is_ascii()) {
      CEDE_TRY(text.owner, encode_text(vm, *str, "utf-8", "strict"));
      text.bytes = cast<Bytes>(text.owner).view();
    }
    return text;
  }
  text.origin = lang::Origin::Bytes;
  if (const Bytes* bytes = as<Bytes>(source)) {
    text.owner = Value(source);
    text.bytes = bytes->view();
    return text;
  }
  if (is<ByteArray>(source) || is_exact(source, TypeId::MemoryView)) {
    CEDE_TRY(text.owner, bytes_from_object(vm, source));
    text.bytes = cast<Bytes>(text.owner).view();
    return text;
  }
  return vm.raise_text(TypeId::TypeError, message);
}

Activation* caller_of(VM& vm) { return vm.thread->activation; }

// The features that code inherits from the code that compiles it.
lang::ast::FutureFeatures inherited_features(VM& vm) {
  lang::ast::FutureFeatures features;
  if (const Activation* caller = caller_of(vm)) features.annotations = caller->code->flags & lang::code_future_annotations;
  return features;
}

// A file name: str, bytes, or what os.fspath makes of it.
Owned path_text(VM& vm, Ref path) {
  Value given{path};
  if (!is<Str>(given) && !is<Bytes>(given)) {
    CEDE_TRY(const Value method, find_special(vm, given, *vm.names.__fspath__));
    if (method.is_unbound())
      return vm.raise(TypeId::TypeError, "expected str, bytes or os.PathLike object, not {}", type_name(given, vm));
    CEDE_TRY(const Value result, call(vm, method));
    if (!is<Str>(result) && !is<Bytes>(result))
      return vm.raise(TypeId::TypeError, "expected {}.__fspath__() to return str or bytes, not {}", type_name(given, vm),
                      type_name(result, vm));
    given = result;
  }
  if (is<Str>(given)) return given.take();
  return str_from_external(vm, cast<Bytes>(given).view());
}

}  // namespace

Owned current_locals(VM& vm) {
  Activation* caller = caller_of(vm);
  if (!caller) return vm.raise(TypeId::SystemError, "frame does not exist");
  return frame_locals_snapshot(vm, caller);
}

Owned builtins_globals(VM& vm) {
  const Activation* caller = caller_of(vm);
  return caller ? Owned::share(Ref(*caller->function->globals)) : Owned::share(None);
}
Owned builtins_locals(VM& vm) { return current_locals(vm); }

Owned builtins_compile(VM& vm, Ref source, Ref filename, std::string_view mode, int flags, bool dont_inherit, int optimize,
                       int) {
  CEDE_TRY(const Value name, path_text(vm, filename));
  if (flags & ~flags_known) return vm.raise(TypeId::ValueError, "compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2) return vm.raise(TypeId::ValueError, "compile(): invalid optimize value");
  CompileRequest request;
  if (mode == "exec") request.parse.mode = lang::Mode::Exec;
  else if (mode == "eval") request.parse.mode = lang::Mode::Eval;
  else if (mode == "single") request.parse.mode = lang::Mode::Single;
  else if (mode == "func_type") return vm.raise(TypeId::ValueError, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
  else
    return vm.raise_text(TypeId::ValueError, flags & flag_only_ast
                                            ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
                                            : "compile() mode must be 'exec', 'eval' or 'single'");
  if (flags & flag_only_ast) return vm.raise(TypeId::NotImplementedError, "compile() to a syntax tree is not supported");
  CEDE_TRY(const SourceText text, source_text(vm, source, "compile() arg 1 must be a string, bytes or AST object"));
  request.source = text.bytes;
  request.origin = flags & flag_ignore_cookie ? lang::Origin::Text : text.origin;
  const std::string file(cast<Str>(name).view());
  request.filename = file;
  if (!dont_inherit) request.parse.features = inherited_features(vm);
  if (flags & flag_future_annotations) request.parse.features.annotations = true;
  if (flags & flag_future_barry) request.parse.features.barry_as_flufl = true;
  request.parse.allow_incomplete_input = flags & flag_incomplete_input;
  request.parse.do_not_imply_dedent = flags & flag_do_not_imply_dedent;
  request.compile.interactive = request.parse.mode == lang::Mode::Single;
  request.compile.allow_top_level_await = flags & flag_top_level_await;
  request.optimize = optimize;
  return compile_code(vm, request);
}

namespace {

// Where eval() and exec() run their code.
struct Namespaces {
  Value globals, locals;

  // Those that were not given are the caller's.
  Status complete(VM& vm, Ref given_globals, Ref given_locals) {
    globals = Value(given_globals);
    locals = Value(given_locals);
    const Activation* caller = caller_of(vm);
    if (globals.is_none()) {
      if (!caller) return vm.raise(TypeId::TypeError, "eval must be given globals and locals when called without a frame");
      globals = Value(Ref(*caller->function->globals));
      if (locals.is_none()) {
        CEDE_TRY(locals, current_locals(vm));
      }
    } else if (locals.is_none()) {
      locals = globals;
    }
    Dict& dict = cast<Dict>(globals);
    CEDE_TRY(const bool has_builtins, dict_contains(vm, dict, Ref(*vm.names.__builtins__)));
    if (has_builtins) return Ok;
    return dict_set_str(vm, dict, *vm.names.__builtins__, caller ? Ref(*caller->function->builtins) : Ref(vm.builtins));
  }
};

bool is_mapping(VM& vm, Ref value) { return type_of(vm, value).slots->getitem; }

Owned run_text(VM& vm, const SourceText& text, lang::Mode mode, const Namespaces& names) {
  CompileRequest request;
  request.source = text.bytes;
  request.filename = "<string>";
  request.origin = text.origin;
  request.parse.mode = mode;
  request.parse.features = inherited_features(vm);
  CEDE_TRY(const Value code, compile_code(vm, request));
  return run_code(vm, cast<Code>(code), cast<Dict>(names.globals), names.locals);
}

}  // namespace

Owned builtins_eval(VM& vm, Ref source, Ref globals, Ref locals) {
  if (!locals.is_none() && !is_mapping(vm, locals)) return vm.raise(TypeId::TypeError, "locals must be a mapping");
  if (!globals.is_none() && !is<Dict>(globals))
    return vm.raise_text(TypeId::TypeError, is_mapping(vm, globals) ? "globals must be a real dict; try eval(code, {}, mapping)"
                                                               : "globals must be a dict");
  Namespaces names;
  CEDE_CHECK(names.complete(vm, globals, locals));
  if (is_exact(source, TypeId::Code)) {
    const Value code{source};
    if (!cast<Code>(code).unit->free_names.empty())
      return vm.raise(TypeId::TypeError, "code object passed to eval() may not contain free variables");
    return run_code(vm, cast<Code>(code), cast<Dict>(names.globals), names.locals);
  }
  CEDE_TRY(SourceText text, source_text(vm, source, "eval() arg 1 must be a string, bytes or code object"));
  while (!text.bytes.empty() && (text.bytes.front() == ' ' || text.bytes.front() == '\t')) text.bytes.remove_prefix(1);
  return run_text(vm, text, lang::Mode::Eval, names);
}

namespace {

Status check_closure(VM& vm, const Code& code, Ref closure) {
  const std::size_t wanted = code.unit->free_names.size();
  if (wanted == 0) {
    if (!closure.is_none()) return vm.raise(TypeId::TypeError, "cannot use a closure with this code object");
    return Ok;
  }
  if (closure.is_none()) return vm.raise(TypeId::TypeError, "code object requires a closure of exactly length {}", wanted);
  bool fits = is_exact(closure, TypeId::Tuple) && cast<Tuple>(closure).size == wanted;
  if (fits)
    for (const Bits cell : cast<Tuple>(closure)) fits &= is_exact(Ref(cell), TypeId::Cell);
  if (!fits) return vm.raise(TypeId::TypeError, "code object requires a closure of exactly length {}", wanted);
  return Ok;
}

}  // namespace

Owned builtins_exec(VM& vm, Ref source, Ref globals, Ref locals, Ref closure) {
  if (!globals.is_none() && !is<Dict>(globals))
    return vm.raise(TypeId::TypeError, "exec() globals must be a dict, not {}", display_name(type_of(vm, globals)));
  if (!locals.is_none() && !is_mapping(vm, locals))
    return vm.raise(TypeId::TypeError, "locals must be a mapping or None, not {}", display_name(type_of(vm, locals)));
  Namespaces names;
  CEDE_CHECK(names.complete(vm, globals, locals));
  if (is_exact(source, TypeId::Code)) {
    const Value code{source}, cells{closure};
    CEDE_CHECK(check_closure(vm, cast<Code>(code), cells));
    CEDE_TRY(const Value result, run_code(vm, cast<Code>(code), cast<Dict>(names.globals), names.locals,
                                          cells.is_none() ? nullptr : &cast<Tuple>(cells)));
    return Owned::share(None);
  }
  if (!closure.is_none()) return vm.raise(TypeId::TypeError, "closure can only be used when source is a code object");
  CEDE_TRY(const SourceText text, source_text(vm, source, "exec() arg 1 must be a string, bytes or code object"));
  CEDE_TRY(const Value result, run_text(vm, text, lang::Mode::Exec, names));
  return Owned::share(None);
}

Owned builtins_import(VM& vm, Ref name, Ref globals, Ref, Ref fromlist, int level) {
  if (!is<Str>(name)) return vm.raise(TypeId::TypeError, "module name must be a string");
  return import_module(vm, cast<Str>(name), globals, fromlist, level);
}

}  // namespace cede::stdlib
