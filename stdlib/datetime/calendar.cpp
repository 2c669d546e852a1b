// datetime: the calendar, and the checks and texts of its fields.
#include "runtime/types/int.hpp"
#include "stdlib/datetime/datetime.hpp"

namespace cede::stdlib {

namespace {
constexpr int days_before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
constexpr int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
constexpr std::int64_t days_in_400_years = 146097;

std::int64_t days_before_year(std::int32_t year) {
  const std::int64_t y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400;
}
int days_before_month(std::int32_t year, int month) {
  return days_before[month - 1] + (month > 2 && is_leap_year(year));
}
}  // namespace

bool is_leap_year(std::int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
int days_in_month(std::int32_t year, int month) { return month == 2 && is_leap_year(year) ? 29 : month_days[month - 1]; }
std::int64_t ordinal_of(std::int32_t year, int month, int day) {
  return days_before_year(year) + days_before_month(year, month) + day;
}

Day day_of_ordinal(std::int64_t ordinal) {
  const std::int64_t n = ordinal - 1, cycles = n / days_in_400_years, rest = n % days_in_400_years;
  // An estimate of the year that is at most one too high.
  std::int32_t year = static_cast<std::int32_t>(cycles * 400 + rest / 365 + 1);
  while (ordinal <= days_before_year(year)) --year;
  const int day_of_year = static_cast<int>(ordinal - days_before_year(year));
  int month = std::min(12, day_of_year / 28 + 1);
  while (day_of_year <= days_before_month(year, month)) --month;
  return {year, month, day_of_year - days_before_month(year, month)};
}

std::int64_t iso_first_monday(std::int32_t year) {
  const std::int64_t first = ordinal_of(year, 1, 1);
  const std::int64_t weekday = (first + 6) % 7;   // 0: Monday
  const std::int64_t monday = first - weekday;
  return weekday > 3 ? monday + 7 : monday;
}

IsoWeek iso_week_of(std::int32_t year, int month, int day) {
  const std::int64_t today = ordinal_of(year, month, day);
  std::int32_t iso_year = year;
  std::int64_t monday = iso_first_monday(year);
  if (today < monday) monday = iso_first_monday(--iso_year);
  else if (const std::int64_t following = iso_first_monday(year + 1); today >= following) { monday = following; ++iso_year; }
  const int days = static_cast<int>(today - monday);
  return {iso_year, days / 7 + 1, days % 7 + 1};
}

IsoFault day_of_iso_week(std::int32_t year, int week, int weekday, Day& day) {
  if (year < minimum_year || year > maximum_year) return IsoFault::Year;
  const bool long_year = iso_first_monday(year + 1) - iso_first_monday(year) == 53 * 7;
  if (week < 1 || week > 53 || (week == 53 && !long_year)) return IsoFault::Week;
  if (weekday < 1 || weekday > 7) return IsoFault::Weekday;
  const std::int64_t ordinal = iso_first_monday(year) + (week - 1) * 7 + weekday - 1;
  if (ordinal < 1) { day = {0, 12, 31}; return IsoFault::None; }
  day = day_of_ordinal(ordinal);
  return IsoFault::None;
}

Status check_day(VM& vm, std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < minimum_year || year > maximum_year) return vm.raise(TypeId::ValueError, "year {} is out of range", year);
  if (month < 1 || month > 12) return vm.raise(TypeId::ValueError, "month must be in 1..12");
  if (day < 1 || day > days_in_month(static_cast<std::int32_t>(year), static_cast<int>(month)))
    return vm.raise(TypeId::ValueError, "day is out of range for month");
  return Ok;
}

Status check_clock(VM& vm, std::int64_t hour, std::int64_t minute, std::int64_t second, std::int64_t microsecond, std::int64_t fold) {
  if (hour < 0 || hour > 23) return vm.raise(TypeId::ValueError, "hour must be in 0..23");
  if (minute < 0 || minute > 59) return vm.raise(TypeId::ValueError, "minute must be in 0..59");
  if (second < 0 || second > 59) return vm.raise(TypeId::ValueError, "second must be in 0..59");
  if (microsecond < 0 || microsecond > 999999) return vm.raise(TypeId::ValueError, "microsecond must be in 0..999999");
  if (fold != 0 && fold != 1) return vm.raise(TypeId::ValueError, "fold must be either 0 or 1");
  return Ok;
}

std::string day_text(const Date& date) { return fmt::format("{:04d}-{:02d}-{:02d}", date.year, date.month, date.day); }

std::string clock_text(const Clock& clock, std::string_view precision) {
  if (precision == "auto") precision = clock.microsecond ? "microseconds" : "seconds";
  const std::string minutes = fmt::format("{:02d}:{:02d}", clock.hour, clock.minute);
  if (precision == "hours") return minutes.substr(0, 2);
  if (precision == "minutes") return minutes;
  const std::string seconds = fmt::format("{}:{:02d}", minutes, clock.second);
  if (precision == "seconds") return seconds;
  if (precision == "milliseconds") return fmt::format("{}.{:03d}", seconds, clock.microsecond / 1000);
  if (precision == "microseconds") return fmt::format("{}.{:06d}", seconds, clock.microsecond);
  return "";
}

Result<int> c_int(VM& vm, Ref value) {
  CEDE_TRY(const Value number, index(vm, value));
  const std::int64_t n = int_clamped(number);
  if (n > INT32_MAX) return vm.raise(TypeId::OverflowError, "signed integer is greater than maximum");
  if (n < INT32_MIN) return vm.raise(TypeId::OverflowError, "signed integer is less than minimum");
  return static_cast<int>(n);
}

Status check_constructor(VM& vm, const Arguments& arguments, std::span<const std::string_view> names, std::size_t required,
                         std::size_t limit) {
  const std::size_t named = arguments.keywords ? arguments.keywords->size : 0, given = arguments.positional + named;
  if (given > names.size())
    return vm.raise(TypeId::TypeError, "function takes at most {} {}arguments ({} given)", limit,
                    limit < names.size() ? "positional " : "", given);
  if (arguments.positional > limit)
    return vm.raise(TypeId::TypeError, "function takes at most {} positional arguments ({} given)", limit, arguments.positional);
  const auto has = [&](std::string_view name) {
    for (std::size_t i = 0; i < named; ++i)
      if (cast<Str>((*arguments.keywords)[i]).view() == name) return true;
    return false;
  };
  for (std::size_t i = arguments.positional; i < required; ++i)
    if (!has(names[i])) return vm.raise(TypeId::TypeError, "function missing required argument '{}' (pos {})", names[i], i + 1);
  for (std::size_t i = 0; i < named; ++i) {
    const std::string_view name = cast<Str>((*arguments.keywords)[i]).view();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return vm.raise(TypeId::TypeError, "this function got an unexpected keyword argument '{}'", name);
    const std::size_t at = static_cast<std::size_t>(found - names.begin());
    if (at < arguments.positional)
      return vm.raise(TypeId::TypeError, "argument for function given by name ('{}') and position ({})", name, at + 1);
  }
  return Ok;
}

}  // namespace cede::stdlib
