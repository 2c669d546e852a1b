// What the files of the module `time` share.
#pragma once

#include "runtime/core/native.hpp"

namespace cede::stdlib {

// A number of seconds as nanoseconds, rounded away from zero. ValueError for NaN, OverflowError.
Result<std::int64_t> nanoseconds_of(VM& vm, Ref value);
// struct_time, the calendar functions and the names of the time zone.
Status time_fill_calendar(VM& vm, Module& module);

}  // namespace cede::stdlib
