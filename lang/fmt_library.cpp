// fmt's own functions, compiled into the binary: Debian ships the library only as a shared object, whose
// loading and symbols cost a tenth of a millisecond at each start. No locales: the program formats as if in
// the C locale.
#define FMT_STATIC_THOUSANDS_SEPARATOR ','
#include <fmt/format-inl.h>

template fmt::detail::thousands_sep_result<char> fmt::detail::thousands_sep_impl<char>(
    fmt::detail::locale_ref);
template char fmt::detail::decimal_point_impl<char>(fmt::detail::locale_ref);
