// The bodies of str's methods, which lie in str_*.cpp by subject; the table that names them is in str.cpp.
#pragma once

#include "runtime/types/str.hpp"

namespace cede {

// ---- str_search.cpp
Result<std::int64_t> str_find(VM& vm, Str& self, Str& sub, Ref start, Ref end);
Result<std::int64_t> str_rfind(VM& vm, Str& self, Str& sub, Ref start, Ref end);
Result<std::int64_t> str_index(VM& vm, Str& self, Str& sub, Ref start, Ref end);
Result<std::int64_t> str_rindex(VM& vm, Str& self, Str& sub, Ref start, Ref end);
Result<std::int64_t> str_count(VM& vm, Str& self, Str& sub, Ref start, Ref end);
Result<bool> str_startswith(VM& vm, Str& self, Ref prefix, Ref start, Ref end);
Result<bool> str_endswith(VM& vm, Str& self, Ref suffix, Ref start, Ref end);
Owned str_partition(VM& vm, Str& self, Ref separator);
Owned str_rpartition(VM& vm, Str& self, Ref separator);
Value str_removeprefix(VM& vm, Str& self, Str& prefix);
Value str_removesuffix(VM& vm, Str& self, Str& suffix);
Owned str_replace(VM& vm, Str& self, Str& old_text, Str& new_text, Ref count);

// ---- str_split.cpp
Owned str_split(VM& vm, Str& self, Ref separator, Ref maximum);
Owned str_rsplit(VM& vm, Str& self, Ref separator, Ref maximum);
Owned str_splitlines(VM& vm, Str& self, bool keep_ends);
Owned str_strip(VM& vm, Str& self, Ref characters);
Owned str_lstrip(VM& vm, Str& self, Ref characters);
Owned str_rstrip(VM& vm, Str& self, Ref characters);
Owned str_join_method(VM& vm, Str& self, Ref iterable);

// ---- str_case.cpp
Owned str_lower(VM& vm, Str& self);
Owned str_upper(VM& vm, Str& self);
Owned str_title(VM& vm, Str& self);
Owned str_capitalize(VM& vm, Str& self);
Owned str_swapcase(VM& vm, Str& self);
Owned str_casefold(VM& vm, Str& self);
bool str_isascii(VM& vm, Str& self);
bool str_islower(VM& vm, Str& self);
bool str_isupper(VM& vm, Str& self);
bool str_istitle(VM& vm, Str& self);
bool str_isspace(VM& vm, Str& self);
bool str_isdecimal(VM& vm, Str& self);
bool str_isdigit(VM& vm, Str& self);
bool str_isnumeric(VM& vm, Str& self);
bool str_isalpha(VM& vm, Str& self);
bool str_isalnum(VM& vm, Str& self);
bool str_isidentifier(VM& vm, Str& self);
bool str_isprintable(VM& vm, Str& self);

// ---- str_pad.cpp
Owned str_center(VM& vm, Str& self, Ref width, Ref fill);
Owned str_ljust(VM& vm, Str& self, Ref width, Ref fill);
Owned str_rjust(VM& vm, Str& self, Ref width, Ref fill);
Owned str_zfill(VM& vm, Str& self, Ref width);
Owned str_expandtabs(VM& vm, Str& self, Ref tab_size);
Owned str_translate(VM& vm, Str& self, Ref table);
Owned str_maketrans(VM& vm, Ref x, Ref y, Ref z);

// ---- str_format.cpp
Owned str_format_map(VM& vm, Str& self, Ref mapping);

}  // namespace cede
