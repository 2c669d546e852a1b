// sys: constants that describe the interpreter. They are those of CPython 3.13.0, so that whatever a script prints or
// decides by them is the same.
#include <limits>

#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/set.hpp"
#include "runtime/types/simple_namespace.hpp"
#include "runtime/types/str.hpp"
#include "runtime/types/struct_sequence.hpp"
#include "stdlib/sys/functions.hpp"

namespace cede::stdlib {

namespace {

#define CEDE_STRUCT(identifier, text, documentation, closed)                                                       \
  constexpr auto identifier##_members = struct_members(identifier##_fields);                                       \
  const StructType identifier##_type{                                                                              \
      {.name = text, .id = TypeId::Dynamic, .base = &tuple_type, .layout = &struct_sequence_layout,                \
       .slots = closed ? &struct_sequence_closed_slots : &struct_sequence_slots,                                   \
       .flags = closed ? struct_sequence_closed_flags : struct_sequence_flags, .methods = struct_sequence_methods, \
       .members = identifier##_members, .doc = documentation, .fill = struct_sequence_fill},                       \
      identifier##_fields, std::size(identifier##_fields)};

constexpr StructField version_fields[] = {
    {"major", "Major release number"},
    {"minor", "Minor release number"},
    {"micro", "Patch release number"},
    {"releaselevel", "'alpha', 'beta', 'candidate', or 'final'"},
    {"serial", "Serial release number"},
};
CEDE_STRUCT(version, "sys.version_info", "sys.version_info\n\nVersion information as a named tuple.", true)

constexpr StructField flags_fields[] = {
    {"debug", "-d"}, {"inspect", "-i"}, {"interactive", "-i"}, {"optimize", "-O or -OO"}, {"dont_write_bytecode", "-B"},
    {"no_user_site", "-s"}, {"no_site", "-S"}, {"ignore_environment", "-E"}, {"verbose", "-v"}, {"bytes_warning", "-b"},
    {"quiet", "-q"}, {"hash_randomization", "-R"}, {"isolated", "-I"}, {"dev_mode", "-X dev"}, {"utf8_mode", "-X utf8"},
    {"warn_default_encoding", "-X warn_default_encoding"}, {"safe_path", "-P"},
    {"int_max_str_digits", "-X int_max_str_digits"},
};
CEDE_STRUCT(flags, "sys.flags", "sys.flags\n\nFlags provided through command line arguments or environment vars.", true)

constexpr StructField float_fields[] = {
    {"max", "DBL_MAX -- maximum representable finite float"},
    {"max_exp", "DBL_MAX_EXP -- maximum int e such that radix**(e-1) is representable"},
    {"max_10_exp", "DBL_MAX_10_EXP -- maximum int e such that 10**e is representable"},
    {"min", "DBL_MIN -- Minimum positive normalized float"},
    {"min_exp", "DBL_MIN_EXP -- minimum int e such that radix**(e-1) is a normalized float"},
    {"min_10_exp", "DBL_MIN_10_EXP -- minimum int e such that 10**e is a normalized float"},
    {"dig", "DBL_DIG -- maximum number of decimal digits that can be faithfully represented in a float"},
    {"mant_dig", "DBL_MANT_DIG -- mantissa digits"},
    {"epsilon", "DBL_EPSILON -- Difference between 1 and the next representable float"},
    {"radix", "FLT_RADIX -- radix of exponent"},
    {"rounds", "FLT_ROUNDS -- rounding mode used for arithmetic operations"},
};
CEDE_STRUCT(float, "sys.float_info", "sys.float_info\n\nHow the machine represents floats.", false)

constexpr StructField int_fields[] = {
    {"bits_per_digit", "size of a digit in bits"},
    {"sizeof_digit", "size in bytes of the C type used to represent a digit"},
    {"default_max_str_digits", "maximum string conversion digits limitation"},
    {"str_digits_check_threshold", "minimum positive value for int_max_str_digits"},
};
CEDE_STRUCT(int, "sys.int_info", "sys.int_info\n\nA named tuple that holds information about the representation of ints.", false)

constexpr StructField hash_fields[] = {
    {"width", "width of the type used for hashing, in bits"},
    {"modulus", "prime number giving the modulus on which the hash function is based"},
    {"inf", "value to be used for hash of a positive infinity"},
    {"nan", "value to be used for hash of a nan"},
    {"imag", "multiplier used for the imaginary part of a complex number"},
    {"algorithm", "name of the algorithm for hashing of str, bytes and memoryviews"},
    {"hash_bits", "internal output size of hash algorithm"},
    {"seed_bits", "seed size of hash algorithm"},
    {"cutoff", "small string optimization cutoff"},
};
CEDE_STRUCT(hash, "sys.hash_info", "hash_info\n\nA named tuple providing parameters used for computing hashes.", false)

constexpr StructField thread_fields[] = {
    {"name", "name of the thread implementation"},
    {"lock", "name of the lock implementation"},
    {"version", "name and version of the thread library"},
};
CEDE_STRUCT(thread, "sys.thread_info", "sys.thread_info\n\nA named tuple holding information about the thread implementation.",
            false)

constexpr StructField hooks_fields[] = {{"firstiter", nullptr}, {"finalizer", nullptr}};
CEDE_STRUCT(hooks, "asyncgen_hooks", nullptr, false)

constexpr StructField unraisable_fields[] = {
    {"exc_type", "Exception type"},
    {"exc_value", "Exception value"},
    {"exc_traceback", "Exception traceback"},
    {"err_msg", "Error message"},
    {"object", "Object causing the exception"},
};
CEDE_STRUCT(unraisable, "UnraisableHookArgs", "UnraisableHookArgs\n\nType used to pass arguments to sys.unraisablehook.", false)
#undef CEDE_STRUCT

constexpr std::int64_t hex_version = 0x030d00f0;

Owned make_version(VM& vm) {
  CEDE_TRY(const Value level, str_from_ascii(vm, "final"));
  return struct_sequence_new(vm, version_type, {Ref::small(3), Ref::small(13), Ref::small(0), level, Ref::small(0)});
}

Owned make_flags(VM& vm) {
  const VMOptions& options = vm.options;
  const auto flag = [](bool set) { return Ref::small(set); };
  return struct_sequence_new(
      vm, flags_type,
      {flag(false), flag(options.inspect), flag(options.inspect), Ref::small(options.optimize), flag(true), flag(options.isolated), flag(false),
       flag(options.ignore_environment), flag(false), flag(false), flag(options.quiet), flag(options.hash_randomization),
       flag(options.isolated), Ref::boolean(options.development_mode), flag(false), flag(false),
       Ref::boolean(options.safe_path), Ref::small(vm.int_max_str_digits)});
}

Owned make_float_info(VM& vm) {
  using Limits = std::numeric_limits<double>;
  CEDE_TRY(const Value maximum, float_from(vm, Limits::max()));
  CEDE_TRY(const Value minimum, float_from(vm, Limits::min()));
  CEDE_TRY(const Value epsilon, float_from(vm, Limits::epsilon()));
  return struct_sequence_new(
      vm, float_type,
      {maximum, Ref::small(Limits::max_exponent), Ref::small(Limits::max_exponent10), minimum, Ref::small(Limits::min_exponent),
       Ref::small(Limits::min_exponent10), Ref::small(Limits::digits10), Ref::small(Limits::digits), epsilon,
       Ref::small(Limits::radix), Ref::small(1)});
}

Owned make_hash_info(VM& vm) {
  CEDE_TRY(const Value algorithm, str_from_ascii(vm, "siphash13"));
  return struct_sequence_new(vm, hash_type,
                             {Ref::small(64), Ref::small(2305843009213693951), Ref::small(314159), Ref::small(0),
                              Ref::small(1000003), algorithm, Ref::small(64), Ref::small(128), Ref::small(0)});
}

Owned make_thread_info(VM& vm) {
  CEDE_TRY(const Value name, str_from_ascii(vm, "pthread"));
  CEDE_TRY(const Value lock, str_from_ascii(vm, "semaphore"));
  CEDE_TRY(const Value version, str_from_ascii(vm, "NPTL 2.36"));
  return struct_sequence_new(vm, thread_type, {name, lock, version});
}

// Scripts look here to tell interpreters apart; the language is CPython's, so its name is.
Owned make_implementation(VM& vm, Ref version) {
  CEDE_TRY(Value made, simple_namespace_new(vm));
  CEDE_TRY(const Value name, str_from_ascii(vm, "cpython"));
  CEDE_TRY(const Value tag, str_from_ascii(vm, "cpython-313"));
  CEDE_TRY(const Value architecture, str_from_ascii(vm, "x86_64-linux-gnu"));
  CEDE_CHECK(set_attribute(vm, made, *vm.names.name, name));
  CEDE_CHECK(set_attribute(vm, made, vm.intern("cache_tag"), tag));
  CEDE_CHECK(set_attribute(vm, made, vm.intern("version"), version));
  CEDE_CHECK(set_attribute(vm, made, vm.intern("hexversion"), Ref::small(hex_version)));
  CEDE_CHECK(set_attribute(vm, made, vm.intern("_multiarch"), architecture));
  return made.take();
}

Owned make_names(VM& vm, std::span<const std::string_view> texts) {
  CEDE_TRY(Value names, tuple_uninitialised(vm, texts.size()));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Value name = str_from_ascii(vm, texts[i]);
    if (name.is_raised()) return raised;
    cast<Tuple>(names).items[i] = name.take().bits;
  }
  return names.take();
}

constexpr std::string_view builtin_names[] = {
    "_abc", "_ast", "_codecs", "_collections", "_functools", "_imp", "_io", "_locale", "_operator", "_signal", "_sre",
    "_stat", "_string", "_suggestions", "_symtable", "_sysconfig", "_thread", "_tokenize", "_tracemalloc", "_typing",
    "_warnings", "_weakref", "atexit", "builtins", "errno", "faulthandler", "gc", "itertools", "marshal", "posix", "pwd",
    "sys", "time",
};

constexpr std::string_view library_names[] = {
#include "stdlib/sys/library_names.inc"
};

Status set_text(VM& vm, Module& module, std::string_view name, std::string_view text) {
  CEDE_TRY(const Value value, str_from_utf8(vm, text));
  return module_set(vm, module, name, value);
}

Status fill_texts(VM& vm, Module& module) {
  CEDE_CHECK(set_text(vm, module, "version", "3.13.0 (Cede 0.1.0)"));
  CEDE_CHECK(set_text(vm, module, "copyright",
                      "Copyright (c) 2001-2024 Python Software Foundation.\nAll Rights Reserved.\n\n"
                      "Copyright (c) 2000 BeOpen.com.\nAll Rights Reserved.\n\n"
                      "Copyright (c) 1995-2001 Corporation for National Research Initiatives.\nAll Rights Reserved.\n\n"
                      "Copyright (c) 1991-1995 Stichting Mathematisch Centrum, Amsterdam.\nAll Rights Reserved."));
  for (const auto& [name, text] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"byteorder", "little"}, {"platform", "linux"}, {"platlibdir", "lib"}, {"float_repr_style", "short"},
           {"abiflags", ""}, {"prefix", "/usr/local"}, {"exec_prefix", "/usr/local"}, {"base_prefix", "/usr/local"},
           {"base_exec_prefix", "/usr/local"}, {"_framework", ""}})
    CEDE_CHECK(set_text(vm, module, name, text));
  return Ok;
}

}  // namespace

Status sys_fill_information(VM& vm, Module& module) {
  CEDE_CHECK(fill_texts(vm, module));
  CEDE_TRY(const Value version, make_version(vm));
  CEDE_CHECK(module_set(vm, module, "version_info", version));
  CEDE_CHECK(module_set(vm, module, "hexversion", Ref::small(hex_version)));
  CEDE_CHECK(module_set(vm, module, "api_version", Ref::small(1013)));
  CEDE_CHECK(module_set(vm, module, "maxunicode", Ref::small(0x10FFFF)));
  CEDE_CHECK(module_set(vm, module, "dont_write_bytecode", True));
  CEDE_CHECK(module_set(vm, module, "pycache_prefix", None));
  CEDE_TRY(const Value maximum, int_from(vm, std::numeric_limits<std::int64_t>::max()));
  CEDE_CHECK(module_set(vm, module, "maxsize", maximum));
  CEDE_TRY(const Value flags, make_flags(vm));
  CEDE_CHECK(module_set(vm, module, "flags", flags));
  CEDE_TRY(const Value float_info, make_float_info(vm));
  CEDE_CHECK(module_set(vm, module, "float_info", float_info));
  CEDE_TRY(const Value int_info, struct_sequence_new(vm, int_type, {Ref::small(30), Ref::small(4), Ref::small(4300), Ref::small(640)}));
  CEDE_CHECK(module_set(vm, module, "int_info", int_info));
  CEDE_TRY(const Value hash_info, make_hash_info(vm));
  CEDE_CHECK(module_set(vm, module, "hash_info", hash_info));
  CEDE_TRY(const Value thread_info, make_thread_info(vm));
  CEDE_CHECK(module_set(vm, module, "thread_info", thread_info));
  CEDE_TRY(const Value implementation, make_implementation(vm, version));
  CEDE_CHECK(module_set(vm, module, "implementation", implementation));
  CEDE_TRY(const Value builtins, make_names(vm, builtin_names));
  CEDE_CHECK(module_set(vm, module, "builtin_module_names", builtins));
  CEDE_TRY(const Value library, make_names(vm, library_names));
  CEDE_TRY(const Value library_set, call(vm, Ref(vm.type(TypeId::FrozenSet)), library));
  return module_set(vm, module, "stdlib_module_names", library_set);
}

Owned sys_asyncgen_hooks(VM& vm, Ref firstiter, Ref finalizer) {
  return struct_sequence_new(vm, hooks_type, {firstiter, finalizer});
}
Owned sys_unraisable_arguments(VM& vm, std::initializer_list<Ref> values) {
  return struct_sequence_new(vm, unraisable_type, values);
}
bool is_unraisable_arguments(VM& vm, Ref object) {
  return object.is_object() && object.object()->type == &vm.native_type(unraisable_type);
}

}  // namespace cede::stdlib
