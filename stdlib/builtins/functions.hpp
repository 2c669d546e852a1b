// The bodies of the builtin functions, by file: numbers.cpp, objects.cpp, iteration.cpp, code.cpp, build_class.cpp,
// output.cpp. The table that names them is in module.cpp.
#pragma once

#include "runtime/core/native.hpp"

namespace cede::stdlib {

// numbers.cpp
Owned builtins_abs(VM& vm, Ref x);
Owned builtins_bin(VM& vm, Ref number);
Owned builtins_oct(VM& vm, Ref number);
Owned builtins_hex(VM& vm, Ref number);
Owned builtins_chr(VM& vm, Ref i);
Owned builtins_ord(VM& vm, Ref c);
Owned builtins_divmod(VM& vm, Ref x, Ref y);
Owned builtins_pow(VM& vm, Ref base, Ref exp, Ref mod);
Owned builtins_round(VM& vm, Ref number, Ref ndigits);
Owned builtins_sum(VM& vm, Ref iterable, Ref start);

// objects.cpp
Owned builtins_ascii(VM& vm, Ref obj);
bool builtins_callable(VM& vm, Ref obj);
Status builtins_delattr(VM& vm, Ref obj, Ref name);
Owned builtins_dir(VM& vm, Ref self, const Arguments& arguments);
Owned builtins_format(VM& vm, Ref value, Ref format_spec);
Owned builtins_getattr(VM& vm, Ref self, const Arguments& arguments);
Result<bool> builtins_hasattr(VM& vm, Ref obj, Ref name);
Result<std::int64_t> builtins_hash(VM& vm, Ref obj);
Owned builtins_id(VM& vm, Ref obj);
Result<bool> builtins_isinstance(VM& vm, Ref obj, Ref class_or_tuple);
Result<bool> builtins_issubclass(VM& vm, Ref cls, Ref class_or_tuple);
Owned builtins_repr(VM& vm, Ref obj);
Status builtins_setattr(VM& vm, Ref obj, Ref name, Ref value);
Owned builtins_vars(VM& vm, Ref self, const Arguments& arguments);

// iteration.cpp
Owned builtins_aiter(VM& vm, Ref async_iterable);
Owned builtins_anext(VM& vm, Ref aiterator, Ref otherwise);
Result<bool> builtins_all(VM& vm, Ref iterable);
Result<bool> builtins_any(VM& vm, Ref iterable);
Owned builtins_iter(VM& vm, Ref self, const Arguments& arguments);
Result<std::int64_t> builtins_len(VM& vm, Ref obj);
Owned builtins_max(VM& vm, Ref self, const Arguments& arguments);
Owned builtins_min(VM& vm, Ref self, const Arguments& arguments);
Owned builtins_next(VM& vm, Ref self, const Arguments& arguments);
Owned builtins_sorted(VM& vm, Ref self, const Arguments& arguments);

// code.cpp
Owned builtins_compile(VM& vm, Ref source, Ref filename, std::string_view mode, int flags, bool dont_inherit, int optimize,
                       int feature_version);
Owned builtins_eval(VM& vm, Ref source, Ref globals, Ref locals);
Owned builtins_exec(VM& vm, Ref source, Ref globals, Ref locals, Ref closure);
Owned builtins_globals(VM& vm);
Owned builtins_locals(VM& vm);
Owned builtins_import(VM& vm, Ref name, Ref globals, Ref locals, Ref fromlist, int level);
// The local variables of the innermost script frame. RuntimeError or SystemError if there is none.
Owned current_locals(VM& vm);

// build_class.cpp
Owned builtins_build_class(VM& vm, Ref self, const Arguments& arguments);

// output.cpp
Owned builtins_print(VM& vm, Rest args, Ref sep, Ref end, Ref file, bool flush);
Owned builtins_input(VM& vm, Ref prompt);

// site.cpp: exit, quit and the like.
Status builtins_fill_site(VM& vm, Dict& names);

}  // namespace cede::stdlib
