// The module `time`: struct_time, and between it, seconds and text. The calendar of the local time zone is the host's.
#include <cerrno>
#include <climits>
#include <cmath>
#include <ctime>
#include <string>

#include "runtime/core/protocols.hpp"
#include "runtime/host/host.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "runtime/types/struct_sequence.hpp"
#include "runtime/vm/import.hpp"
#include "stdlib/time/time.hpp"

namespace cede::stdlib {

namespace {

constexpr StructField time_fields[] = {
    {"tm_year", "year, for example, 1993"},
    {"tm_mon", "month of year, range [1, 12]"},
    {"tm_mday", "day of month, range [1, 31]"},
    {"tm_hour", "hours, range [0, 23]"},
    {"tm_min", "minutes, range [0, 59]"},
    {"tm_sec", "seconds, range [0, 61])"},
    {"tm_wday", "day of week, range [0, 6], Monday is 0"},
    {"tm_yday", "day of year, range [1, 366]"},
    {"tm_isdst", "1 if summer time is in effect, 0 if not, and -1 if unknown"},
    {"tm_zone", "abbreviation of timezone name"},
    {"tm_gmtoff", "offset from UTC in seconds"},
};
constexpr auto time_members = struct_members(time_fields);
const StructType struct_time_type{
    {.name = "time.struct_time",
     .id = TypeId::Dynamic,
     .base = &tuple_type,
     .layout = &struct_sequence_layout,
     .slots = &struct_sequence_slots,
     .flags = struct_sequence_flags,
     .methods = struct_sequence_methods,
     .members = time_members,
     .doc =
         "The time value as returned by gmtime(), localtime(), and strptime(), and\n"
         " accepted by asctime(), mktime() and strftime().  May be considered as a\n"
         " sequence of 9 integers.\n\n"
         " Note that several fields' values are not the same as those defined by\n"
         " the C language standard for struct tm.  For example, the value of the\n"
         " field tm_year is the actual year, not year - 1900.  See individual\n"
         " fields' descriptions for details.",
     .fill = struct_sequence_fill},
    time_fields,
    9};

Owned struct_time_new(VM& vm, const std::tm& t) {
  CEDE_TRY(const Value zone, str_from_external(vm, t.tm_zone ? t.tm_zone : ""));
  const auto n = [](std::int64_t value) { return Ref::small(value); };
  return struct_sequence_new(vm, struct_time_type,
                             {n(t.tm_year + std::int64_t{1900}), n(t.tm_mon + 1), n(t.tm_mday), n(t.tm_hour), n(t.tm_min),
                              n(t.tm_sec), n((t.tm_wday + 6) % 7), n(t.tm_yday + 1), n(t.tm_isdst), zone, n(t.tm_gmtoff)});
}

// Seconds since the epoch, rounded down.
Result<std::int64_t> timestamp_of(VM& vm, Ref value) {
  if (is_float(value)) {
    const double d = float_value(value);
    if (std::isnan(d)) return vm.raise(TypeId::ValueError, "Invalid value NaN (not a number)");
    const double whole = std::floor(d);
    if (!(whole >= -9223372036854775808.0 && whole < 9223372036854775808.0))
      return vm.raise(TypeId::OverflowError, "timestamp out of range for platform time_t");
    return static_cast<std::int64_t>(whole);
  }
  CEDE_TRY(const Value number, index(vm, value));
  const auto whole = int_to_int64(number);
  if (!whole) return vm.raise(TypeId::OverflowError, "timestamp out of range for platform time_t");
  return *whole;
}

// The one optional argument of gmtime, localtime and ctime: now, if absent or None.
Result<std::int64_t> when_argument(VM& vm, const Arguments& arguments, const char* function) {
  if (arguments.keywords && arguments.keywords->size)
    return vm.raise(TypeId::TypeError, "time.{}() takes no keyword arguments", function);
  if (arguments.positional > 1)
    return vm.raise(TypeId::TypeError, "{}() takes at most 1 argument ({} given)", function, arguments.positional);
  if (arguments.positional == 0 || arguments[0].is_none()) {
    const std::int64_t now = vm.host.real_time();
    return now / 1'000'000'000 - (now % 1'000'000'000 < 0);
  }
  return timestamp_of(vm, arguments[0]);
}

Status local_time(VM& vm, std::int64_t when, std::tm& out) {
  if (!vm.host.local_time(when, out)) return vm.raise_os_error(EOVERFLOW);
  return Ok;
}

Owned time_gmtime(VM& vm, Ref, const Arguments& arguments) {
  CEDE_TRY(const std::int64_t when, when_argument(vm, arguments, "gmtime"));
  std::tm t{};
  const std::time_t seconds = when;
  if (!gmtime_r(&seconds, &t)) return vm.raise_os_error(EOVERFLOW);
  return struct_time_new(vm, t);
}

Owned time_localtime(VM& vm, Ref, const Arguments& arguments) {
  CEDE_TRY(const std::int64_t when, when_argument(vm, arguments, "localtime"));
  std::tm t{};
  CEDE_CHECK(local_time(vm, when, t));
  return struct_time_new(vm, t);
}

// A std::tm read from a tuple, with what its zone name points to.
struct CalendarTime {
  std::tm tm{};
  std::string zone;
};

// The nine numbers of a time tuple, converted as C has them but not checked.
Status read_tuple(VM& vm, Ref argument, const char* function, CalendarTime& out) {
  if (!is<Tuple>(argument)) return vm.raise(TypeId::TypeError, "Tuple or struct_time argument required");
  const Tuple& tuple = cast<Tuple>(argument);
  if (tuple.size != 9) return vm.raise(TypeId::TypeError, "{}(): illegal time tuple argument", function);
  int numbers[9];
  for (std::size_t i = 0; i < 9; ++i) {
    CEDE_TRY(const Value number, index(vm, tuple[i]));
    const std::int64_t n = int_clamped(number);
    if (n > INT_MAX) return vm.raise(TypeId::OverflowError, "signed integer is greater than maximum");
    if (n < INT_MIN) return vm.raise(TypeId::OverflowError, "signed integer is less than minimum");
    numbers[i] = static_cast<int>(n);
  }
  if (numbers[0] < INT_MIN + 1900) return vm.raise(TypeId::OverflowError, "year out of range");
  std::tm& t = out.tm;
  t.tm_year = numbers[0] - 1900;
  t.tm_mon = numbers[1] - 1;
  t.tm_mday = numbers[2];
  t.tm_hour = numbers[3];
  t.tm_min = numbers[4];
  t.tm_sec = numbers[5];
  t.tm_wday = (numbers[6] + 1) % 7;
  t.tm_yday = numbers[7] - 1;
  t.tm_isdst = numbers[8];
  if (tuple.type != &vm.native_type(struct_time_type)) return Ok;
  CEDE_TRY(const Value zone, get_attribute(vm, argument, "tm_zone"));
  CEDE_TRY(const Value offset, get_attribute(vm, argument, "tm_gmtoff"));
  if (is<Str>(zone)) {
    out.zone = cast<Str>(zone).view();
    t.tm_zone = out.zone.c_str();
  }
  if (offset.ref().is_small()) t.tm_gmtoff = offset.ref().small();
  return Ok;
}

// Month, day and day of the year may be 0, meaning 1.
Status check_ranges(VM& vm, std::tm& t) {
  if (t.tm_mon == -1) t.tm_mon = 0;
  else if (t.tm_mon < 0 || t.tm_mon > 11) return vm.raise(TypeId::ValueError, "month out of range");
  if (t.tm_mday == 0) t.tm_mday = 1;
  else if (t.tm_mday < 0 || t.tm_mday > 31) return vm.raise(TypeId::ValueError, "day of month out of range");
  if (t.tm_hour < 0 || t.tm_hour > 23) return vm.raise(TypeId::ValueError, "hour out of range");
  if (t.tm_min < 0 || t.tm_min > 59) return vm.raise(TypeId::ValueError, "minute out of range");
  if (t.tm_sec < 0 || t.tm_sec > 61) return vm.raise(TypeId::ValueError, "seconds out of range");
  if (t.tm_wday < 0) return vm.raise(TypeId::ValueError, "day of week out of range");
  if (t.tm_yday == -1) t.tm_yday = 0;
  else if (t.tm_yday < 0 || t.tm_yday > 365) return vm.raise(TypeId::ValueError, "day of year out of range");
  return Ok;
}

// The tuple given, or the local time now.
Status time_or_now(VM& vm, Ref argument, const char* function, CalendarTime& out) {
  if (argument.is_unbound()) {
    const std::int64_t now = vm.host.real_time();
    CEDE_CHECK(local_time(vm, now / 1'000'000'000, out.tm));
    return Ok;
  }
  CEDE_CHECK(read_tuple(vm, argument, function, out));
  return check_ranges(vm, out.tm);
}

Owned ascii_time(VM& vm, const std::tm& t) {
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return str_from_ascii(vm, fmt::format("{} {}{:3d} {:02d}:{:02d}:{:02d} {}", days[t.tm_wday], months[t.tm_mon], t.tm_mday,
                                        t.tm_hour, t.tm_min, t.tm_sec, t.tm_year + std::int64_t{1900}));
}

Owned time_asctime(VM& vm, Ref, const Arguments& arguments) {
  if (arguments.positional > 1)
    return vm.raise(TypeId::TypeError, "asctime expected at most 1 argument, got {}", arguments.positional);
  CalendarTime t;
  CEDE_CHECK(time_or_now(vm, arguments.positional ? arguments[0] : Unbound, "asctime", t));
  return ascii_time(vm, t.tm);
}

Owned time_ctime(VM& vm, Ref, const Arguments& arguments) {
  CEDE_TRY(const std::int64_t when, when_argument(vm, arguments, "ctime"));
  std::tm t{};
  CEDE_CHECK(local_time(vm, when, t));
  return ascii_time(vm, t);
}

Owned time_mktime(VM& vm, Ref argument) {
  CalendarTime t;
  CEDE_CHECK(read_tuple(vm, argument, "mktime", t));
  t.tm.tm_wday = -1;  // is set unless it fails: -1 is a time too
  const std::int64_t when = vm.host.timestamp(t.tm);
  if (when == -1 && t.tm.tm_wday == -1) return vm.raise(TypeId::OverflowError, "mktime argument out of range");
  return float_from(vm, static_cast<double>(when));
}

Owned time_strftime(VM& vm, Ref, const Arguments& arguments) {
  if (arguments.positional < 1)
    return vm.raise(TypeId::TypeError, "strftime() takes at least 1 argument (0 given)");
  if (arguments.positional > 2)
    return vm.raise(TypeId::TypeError, "strftime() takes at most 2 arguments ({} given)", arguments.positional);
  if (!is<Str>(arguments[0]))
    return vm.raise(TypeId::TypeError, "strftime() argument 1 must be str, not {}", type_name(arguments[0], vm));
  CalendarTime t;
  CEDE_CHECK(time_or_now(vm, arguments.positional == 2 ? arguments[1] : Unbound, "strftime", t));
  t.tm.tm_isdst = t.tm.tm_isdst < -1 ? -1 : t.tm.tm_isdst > 1 ? 1 : t.tm.tm_isdst;
  const std::string_view text = cast<Str>(arguments[0]).view();
  if (text.find('\0') != text.npos) return vm.raise(TypeId::ValueError, "embedded null character");
  if (text.empty()) return Owned::share(vm.empty_str);
  if (!t.tm.tm_zone) vm.host.set_zone(t.tm);
  const std::string pattern(text);
  // An empty result is told from a buffer too small by its size: no directive expands to 256 times its own.
  for (std::string out(1024, '\0');; out.resize(out.size() * 2)) {
    const std::size_t size = std::strftime(out.data(), out.size(), pattern.c_str(), &t.tm);
    if (size || out.size() >= 256 * pattern.size()) return str_from_utf8(vm, std::string_view(out.data(), size));
  }
}

Owned time_strptime(VM& vm, Ref, const Arguments& arguments) {
  CEDE_TRY(const Value parser, import_native(vm, "_strptime"));
  CEDE_TRY(const Value function, get_attribute(vm, parser, "_strptime_time"));
  return call(vm, function, arguments);
}

// timezone, altzone, daylight, tzname: by the offsets in January and July of this year.
Status set_zone_names(VM& vm, Module& module) {
  constexpr std::int64_t year = (365 * 24 + 6) * 3600;
  const std::int64_t now = vm.host.real_time() / 1'000'000'000;
  const std::int64_t january = now / year * year, july = january + year / 2;
  std::tm first{}, second{};
  if (!vm.host.local_time(january, first) || !vm.host.local_time(july, second)) return vm.raise_os_error(EOVERFLOW);
  const bool southern = -first.tm_gmtoff < -second.tm_gmtoff;
  const std::tm &standard = southern ? second : first, &summer = southern ? first : second;
  CEDE_TRY(const Value standard_name, str_from_external(vm, standard.tm_zone));
  CEDE_TRY(const Value summer_name, str_from_external(vm, summer.tm_zone));
  CEDE_TRY(const Value names, tuple_of(vm, {standard_name, summer_name}));
  CEDE_CHECK(module_set(vm, module, "timezone", Ref::small(-standard.tm_gmtoff)));
  CEDE_CHECK(module_set(vm, module, "altzone", Ref::small(-summer.tm_gmtoff)));
  CEDE_CHECK(module_set(vm, module, "daylight", Ref::small(first.tm_gmtoff != second.tm_gmtoff)));
  return module_set(vm, module, "tzname", names);
}

Status time_tzset(VM& vm) {
  CEDE_TRY(const Value module, import_native(vm, "time"));
  return set_zone_names(vm, cast<Module>(module));
}

constexpr Method calendar_functions[] = {
    raw_method<"gmtime(seconds=None, /)", time_gmtime>,
    raw_method<"localtime(seconds=None, /)", time_localtime>,
    raw_method<"asctime(tuple=<unrepresentable>, /)", time_asctime>,
    raw_method<"ctime(seconds=None, /)", time_ctime>,
    method<"mktime(object, /)", time_mktime>,
    raw_method<"strftime(format, tuple=<unrepresentable>, /)", time_strftime>,
    method<"tzset()", time_tzset>,
    raw_method<"strptime(string, format='%a %b %d %H:%M:%S %Y', /)", time_strptime>,
};

}  // namespace

Status time_fill_calendar(VM& vm, Module& module) {
  CEDE_CHECK(module_add_functions(vm, module, calendar_functions));
  CEDE_CHECK(module_add_type(vm, module, struct_time_type));
  CEDE_CHECK(module_set(vm, module, "_STRUCT_TM_ITEMS", Ref::small(11)));
  return set_zone_names(vm, module);
}

}  // namespace cede::stdlib
