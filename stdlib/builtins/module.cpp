// The module `builtins`: the table of its functions, its types and constants.
#include <string_view>

#include "runtime/core/native.hpp"
#include "runtime/types/dict.hpp"
#include "stdlib/builtins/functions.hpp"
#include "stdlib/io/io.hpp"
#include "stdlib/modules.hpp"

namespace cede::stdlib {

namespace {

constexpr Method functions[] = {
    raw_method<"__build_class__(func, name, /, *bases, **kwds)", builtins_build_class>,
    method<"__import__(name, globals=None, locals=None, fromlist=(), level=0)", builtins_import>,
    method<"abs(x, /)", builtins_abs>,
    method<"aiter(async_iterable, /)", builtins_aiter>,
    method<"all(iterable, /)", builtins_all>,
    method<"anext(aiterator, default=<unrepresentable>, /)", builtins_anext>,
    method<"any(iterable, /)", builtins_any>,
    method<"ascii(obj, /)", builtins_ascii>,
    method<"bin(number, /)", builtins_bin>,
    method<"callable(obj, /)", builtins_callable>,
    method<"chr(i, /)", builtins_chr>,
    method<"compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)",
           builtins_compile>,
    method<"delattr(obj, name, /)", builtins_delattr>,
    raw_method<"dir(object=<unrepresentable>, /)", builtins_dir>,
    method<"divmod(x, y, /)", builtins_divmod>,
    method<"eval(source, /, globals=None, locals=None)", builtins_eval>,
    method<"exec(source, /, globals=None, locals=None, *, closure=None)", builtins_exec>,
    method<"format(value, format_spec='', /)", builtins_format>,
    raw_method<"getattr(object, name, default=<unrepresentable>, /)", builtins_getattr>,
    method<"globals()", builtins_globals>,
    method<"hasattr(obj, name, /)", builtins_hasattr>,
    method<"hash(obj, /)", builtins_hash>,
    method<"hex(number, /)", builtins_hex>,
    method<"id(obj, /)", builtins_id>,
    method<"input(prompt='', /)", builtins_input>,
    method<"isinstance(obj, class_or_tuple, /)", builtins_isinstance>,
    method<"issubclass($module, cls, class_or_tuple, /)", builtins_issubclass>,
    raw_method<"iter(object, sentinel=<unrepresentable>, /)", builtins_iter>,
    method<"len(obj, /)", builtins_len>,
    method<"locals()", builtins_locals>,
    raw_method<"max(*args, key=None, default=<unrepresentable>)", builtins_max>,
    raw_method<"min(*args, key=None, default=<unrepresentable>)", builtins_min>,
    raw_method<"next(iterator, default=<unrepresentable>, /)", builtins_next>,
    method<"oct(number, /)", builtins_oct>,
    method<"ord(c, /)", builtins_ord>,
    method<"pow(base, exp, mod=None)", builtins_pow>,
    method<"print(*args, sep=' ', end='\\n', file=None, flush=False)", builtins_print>,
    method<"repr(obj, /)", builtins_repr>,
    method<"round(number, ndigits=None)", builtins_round>,
    method<"setattr(obj, name, value, /)", builtins_setattr>,
    raw_method<"sorted(iterable, /, *, key=None, reverse=False)", builtins_sorted>,
    method<"sum(iterable, /, start=0)", builtins_sum>,
    raw_method<"vars(object=<unrepresentable>, /)", builtins_vars>,
};

// Types that scripts see as builtins; the others of types.def have no name there.
constexpr std::pair<std::string_view, TypeId> types[] = {
    {"bool", TypeId::Bool},
    {"memoryview", TypeId::MemoryView},
    {"bytearray", TypeId::ByteArray},
    {"bytes", TypeId::Bytes},
    {"classmethod", TypeId::ClassMethod},
    {"complex", TypeId::Complex},
    {"dict", TypeId::Dict},
    {"enumerate", TypeId::Enumerate},
    {"filter", TypeId::Filter},
    {"float", TypeId::Float},
    {"frozenset", TypeId::FrozenSet},
    {"property", TypeId::Property},
    {"int", TypeId::Int},
    {"list", TypeId::List},
    {"map", TypeId::Map},
    {"object", TypeId::Object},
    {"range", TypeId::Range},
    {"reversed", TypeId::Reversed},
    {"set", TypeId::Set},
    {"slice", TypeId::Slice},
    {"staticmethod", TypeId::StaticMethod},
    {"str", TypeId::Str},
    {"super", TypeId::Super},
    {"tuple", TypeId::Tuple},
    {"type", TypeId::Type},
    {"zip", TypeId::Zip},
};

constexpr std::pair<std::string_view, TypeId> exceptions[] = {
#define EXCEPTION(name, base) {#name, TypeId::name},
#include "runtime/core/exceptions.def"
};

Status fill(VM& vm, Module& module) {
  Dict& names = cast<Dict>(module.dictionary);
  CEDE_TRY(const Value open, io_open_function(vm));
  CEDE_CHECK(dict_set_text(vm, names, "open", open));
  CEDE_CHECK(dict_set_text(vm, names, "None", None));
  CEDE_CHECK(dict_set_text(vm, names, "Ellipsis", EllipsisValue));
  CEDE_CHECK(dict_set_text(vm, names, "NotImplemented", NotImplemented));
  CEDE_CHECK(dict_set_text(vm, names, "False", False));
  CEDE_CHECK(dict_set_text(vm, names, "True", True));
  for (const auto& [name, id] : types) CEDE_CHECK(dict_set_text(vm, names, name, Ref(vm.type(id))));
  CEDE_CHECK(dict_set_text(vm, names, "__debug__", Ref::boolean(vm.options.optimize == 0)));
  for (const auto& [name, id] : exceptions) CEDE_CHECK(dict_set_text(vm, names, name, Ref(vm.type(id))));
  CEDE_CHECK(dict_set_text(vm, names, "EnvironmentError", Ref(vm.type(TypeId::OSError))));
  CEDE_CHECK(builtins_fill_site(vm, names));
  return dict_set_text(vm, names, "IOError", Ref(vm.type(TypeId::OSError)));
}

}  // namespace

const NativeModule builtins_module{
    "builtins", functions, fill,
    "Built-in functions, types, exceptions, and other objects.\n"
    "\n"
    "This module provides direct access to all 'built-in'\n"
    "identifiers of Python; for example, builtins.len is\n"
    "the full name for the built-in function len().\n"
    "\n"
    "This module is not normally accessed explicitly by most\n"
    "applications, but can be useful in modules that provide\n"
    "objects with the same name as a builtin and need the name\n"
    "so that it can be used in code.",
    nullptr, false};

}  // namespace cede::stdlib
