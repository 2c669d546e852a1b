// The module `time`: clocks and sleeping. Calendar functions are in calendar.cpp.
#include <cmath>
#include <string>

#include "runtime/core/protocols.hpp"
#include "runtime/host/host.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/simple_namespace.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/isolate_lock.hpp"
#include "stdlib/time/time.hpp"

namespace cede::stdlib {

namespace {

double seconds(std::int64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e9; }

double time_time(VM& vm) { return seconds(vm.host.real_time()); }
std::int64_t time_time_ns(VM& vm) { return vm.host.real_time(); }
double time_monotonic(VM& vm) { return seconds(vm.host.monotonic_time()); }
std::int64_t time_monotonic_ns(VM& vm) { return vm.host.monotonic_time(); }
double time_process_time(VM& vm) { return seconds(vm.host.process_time()); }
std::int64_t time_process_time_ns(VM& vm) { return vm.host.process_time(); }
double time_thread_time(VM& vm) { return seconds(vm.host.thread_time()); }
std::int64_t time_thread_time_ns(VM& vm) { return vm.host.thread_time(); }

Owned time_sleep(VM& vm, Ref, const Arguments& arguments) {
  if (arguments.positional != 1 || (arguments.keywords && arguments.keywords->size))
    return vm.raise(TypeId::TypeError, "time.sleep() takes exactly one argument ({} given)", arguments.positional);
  CEDE_TRY(std::int64_t left, nanoseconds_of(vm, arguments[0]));
  if (left < 0) return vm.raise(TypeId::ValueError, "sleep length must be non-negative");
  const std::int64_t end = vm.host.monotonic_time() + left;
  for (;;) {
    int status;
    {
      const Unlocked unlocked(vm);
      status = vm.host.sleep(left);
    }
    if (status == 0) return Owned::share(None);
    CEDE_CHECK(vm.check_interrupts());
    left = end - vm.host.monotonic_time();
    if (left < 0) return Owned::share(None);
  }
}

struct ClockDescription {
  std::string_view name;
  const char* implementation;
  bool monotonic, adjustable;
};
constexpr ClockDescription clock_descriptions[] = {
    {"time", "clock_gettime(CLOCK_REALTIME)", false, true},
    {"monotonic", "clock_gettime(CLOCK_MONOTONIC)", true, false},
    {"perf_counter", "clock_gettime(CLOCK_MONOTONIC)", true, false},
    {"process_time", "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false},
    {"thread_time", "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false},
};

Owned time_get_clock_info(VM& vm, Ref, const Arguments& arguments) {
  if (arguments.positional != 1)
    return vm.raise(TypeId::TypeError, "get_clock_info() takes exactly 1 argument ({} given)", arguments.positional);
  if (!is<Str>(arguments[0]))
    return vm.raise(TypeId::TypeError, "get_clock_info() argument 1 must be str, not {}", type_name(arguments[0], vm));
  for (const ClockDescription& clock : clock_descriptions) {
    if (cast<Str>(arguments[0]).view() != clock.name) continue;
    CEDE_TRY(Value made, simple_namespace_new(vm));
    CEDE_TRY(const Value implementation, str_from_ascii(vm, clock.implementation));
    CEDE_TRY(const Value resolution, float_from(vm, 1e-9));
    CEDE_CHECK(set_attribute(vm, made, vm.intern("implementation"), implementation));
    CEDE_CHECK(set_attribute(vm, made, vm.intern("monotonic"), Ref::boolean(clock.monotonic)));
    CEDE_CHECK(set_attribute(vm, made, vm.intern("adjustable"), Ref::boolean(clock.adjustable)));
    CEDE_CHECK(set_attribute(vm, made, vm.intern("resolution"), resolution));
    return made.take();
  }
  return vm.raise(TypeId::ValueError, "unknown clock");
}

constexpr Method functions[] = {
    method<"time()", time_time>,
    method<"time_ns()", time_time_ns>,
    method<"monotonic()", time_monotonic>,
    method<"monotonic_ns()", time_monotonic_ns>,
    method<"perf_counter()", time_monotonic>,
    method<"perf_counter_ns()", time_monotonic_ns>,
    method<"process_time()", time_process_time>,
    method<"process_time_ns()", time_process_time_ns>,
    method<"thread_time()", time_thread_time>,
    method<"thread_time_ns()", time_thread_time_ns>,
    raw_method<"sleep(object, /)", time_sleep>,
    raw_method<"get_clock_info(name)", time_get_clock_info>,
};

Status fill(VM& vm, Module& module) { return time_fill_calendar(vm, module); }

}  // namespace

Result<std::int64_t> nanoseconds_of(VM& vm, Ref value) {
  constexpr double nanosecond_limit = 9223372036854775808.0;
  if (is_float(value)) {
    const double d = float_value(value);
    if (std::isnan(d)) return vm.raise(TypeId::ValueError, "Invalid value NaN (not a number)");
    // Away from zero, so that no wait ends before its time.
    const double scaled = d >= 0 ? std::ceil(d * 1e9) : std::floor(d * 1e9);
    if (!(scaled >= -nanosecond_limit && scaled < nanosecond_limit))
      return vm.raise(TypeId::OverflowError, "timestamp out of range for platform time_t");
    return static_cast<std::int64_t>(scaled);
  }
  CEDE_TRY(const Value number, index(vm, value));
  const auto whole = int_to_int64(number);
  std::int64_t scaled;
  if (!whole || __builtin_mul_overflow(*whole, std::int64_t{1'000'000'000}, &scaled))
    return vm.raise(TypeId::OverflowError, "timestamp too large to convert to C PyTime_t");
  return scaled;
}

extern const NativeModule time_module;
const NativeModule time_module{
    .name = "time",
    .functions = functions,
    .fill = fill,
    .doc =
        "This module provides various functions to manipulate time values.\n\n"
        "There are two standard representations of time.  One is the number\n"
        "of seconds since the Epoch, in UTC (a.k.a. GMT).  It may be an integer\n"
        "or a floating-point number (to represent fractions of seconds).\n"
        "The epoch is the point where the time starts, the return value of time.gmtime(0).\n"
        "It is January 1, 1970, 00:00:00 (UTC) on all platforms.\n\n"
        "The other representation is a tuple of 9 integers giving local time.\n"
        "The tuple items are:\n"
        "  year (including century, e.g. 1998)\n"
        "  month (1-12)\n"
        "  day (1-31)\n"
        "  hours (0-23)\n"
        "  minutes (0-59)\n"
        "  seconds (0-59)\n"
        "  weekday (0-6, Monday is 0)\n"
        "  Julian day (day in the year, 1-366)\n"
        "  DST (Daylight Savings Time) flag (-1, 0 or 1)\n"
        "If the DST flag is 0, the time is given in the regular time zone;\n"
        "if it is 1, the time is given in the DST time zone;\n"
        "if it is -1, mktime() should guess based on the date and time.\n",
};

}  // namespace cede::stdlib
