// The module `datetime`: its objects, the calendar, and what its files ask of each other. The calendar is the proleptic
// Gregorian one; days are counted from 1 January of the year 1, which is day 1.
#pragma once

#include <optional>
#include <string>

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/vm.hpp"

namespace cede::stdlib {

__extension__ typedef __int128 Microseconds;

extern const Layout delta_layout, date_layout, datetime_layout, time_of_day_layout, tzinfo_layout, timezone_layout;

struct Delta : Object {
  static const Layout* layout() { return &delta_layout; }
  static constexpr const char* type_name = "datetime.timedelta";
  std::int32_t days = 0, seconds = 0, microseconds = 0;   // 0 <= seconds < 86400, 0 <= microseconds < 1000000
};
struct Date : Object {
  static const Layout* layout() { return &date_layout; }
  static constexpr const char* type_name = "datetime.date";
  std::int32_t year = 0;
  std::uint8_t month = 0, day = 0;
};
// The time within a day, as datetime and time have it.
struct Clock {
  std::uint8_t hour = 0, minute = 0, second = 0, fold = 0;
  std::int32_t microsecond = 0;
};
struct DateTime : Date {
  static const Layout* layout() { return &datetime_layout; }
  static constexpr const char* type_name = "datetime.datetime";
  Clock clock;
  Value zone;   // Unbound: naive
  Ref zone_or_none() const { return zone.is_unbound() ? None : zone.ref(); }
  template<class F> static void fields(DateTime& self, F&& field) { field(self.zone); }
};
struct TimeOfDay : Object {
  static const Layout* layout() { return &time_of_day_layout; }
  static constexpr const char* type_name = "datetime.time";
  Clock clock;
  Value zone;
  Ref zone_or_none() const { return zone.is_unbound() ? None : zone.ref(); }
  template<class F> static void fields(TimeOfDay& self, F&& field) { field(self.zone); }
};
struct TimeZone : Object {
  static const Layout* layout() { return &timezone_layout; }
  static constexpr const char* type_name = "datetime.timezone";
  Value offset, name;   // Delta; Str or Unbound
  template<class F> static void fields(TimeZone& self, F&& field) { field(self.offset); field(self.name); }
};
struct TzInfo : Object {
  static const Layout* layout() { return &tzinfo_layout; }
  static constexpr const char* type_name = "datetime.tzinfo";
};

extern const NativeType delta_type, date_type, datetime_type, time_of_day_type, tzinfo_type, timezone_type;

// ---- calendar.cpp
struct Day { std::int32_t year; int month, day; };
struct IsoWeek { std::int32_t year; int week, weekday; };   // weekday 1 (Monday) to 7
inline constexpr std::int32_t minimum_year = 1, maximum_year = 9999;
inline constexpr std::int64_t maximum_ordinal = 3652059;
bool is_leap_year(std::int32_t year);
int days_in_month(std::int32_t year, int month);
std::int64_t ordinal_of(std::int32_t year, int month, int day);
Day day_of_ordinal(std::int64_t ordinal);
IsoWeek iso_week_of(std::int32_t year, int month, int day);
// The ordinal of the Monday of an ISO year's first week.
std::int64_t iso_first_monday(std::int32_t year);
enum class IsoFault { None, Year, Week, Weekday };
IsoFault day_of_iso_week(std::int32_t year, int week, int weekday, Day& day);
// ValueError for fields out of range.
Status check_day(VM& vm, std::int64_t year, std::int64_t month, std::int64_t day);
Status check_clock(VM& vm, std::int64_t hour, std::int64_t minute, std::int64_t second, std::int64_t microsecond, std::int64_t fold);
// "2020-01-02", "01:02:03.000004" (with microseconds if there are any).
std::string day_text(const Date& date);
std::string clock_text(const Clock& clock, std::string_view precision);   // empty: unknown precision
// C's int from an argument.
Result<int> c_int(VM& vm, Ref value);
// The errors of constructors, which CPython words without a name; `limit` positional ones.
Status check_constructor(VM& vm, const Arguments& arguments, std::span<const std::string_view> names, std::size_t required,
                         std::size_t limit);

// ---- timedelta.cpp
Microseconds total(const Delta& delta);
Owned delta_new(VM& vm, Microseconds microseconds);     // OverflowError
Owned delta_new(VM& vm, Type& type, Microseconds microseconds);
std::string offset_text(const Delta& offset, std::string_view separator);   // "+05:30"
Result<std::int64_t> delta_hash(VM& vm, const Delta& delta);

// ---- timezone.cpp
// zone.utcoffset(argument) and dst(): a Delta or None, checked. `zone` None: None.
Owned zone_offset(VM& vm, Ref zone, Ref argument, const char* method_name = "utcoffset");
Owned zone_name(VM& vm, Ref zone, Ref argument);
Status check_zone(VM& vm, Ref zone);                   // TypeError "tzinfo argument must be None or of a tzinfo subclass, ..."
Owned timezone_new(VM& vm, Ref offset, Ref name);      // the UTC object for offset zero without a name
Owned utc_zone(VM& vm);
// The time zone of this place at a moment, as a timezone with its name.
Owned local_zone(VM& vm, std::int64_t timestamp);

// ---- date.cpp
Owned date_make(VM& vm, Type& type, const Day& day);   // subclasses are called
Owned date_compare(VM& vm, Ref self, Ref other, CompareOperation operation);
Owned format_time(VM& vm, Ref self, Ref format, Ref time_tuple, Ref zone_argument);   // strftime
Owned format_by_strftime(VM& vm, Ref self, Ref specification);
Owned time_tuple_of(VM& vm, const Date& date, const Clock& clock, int summer);        // time.struct_time
Owned isocalendar_new(VM& vm, const IsoWeek& week);
Owned isocalendar_type(VM& vm);
Result<std::int64_t> timestamp_argument(VM& vm, Ref value, int& microseconds);        // rounded half to even
Owned date_ctime(VM& vm, Date& self);
extern const Slots date_slots;

// ---- datetime_type.cpp, datetime_zone.cpp
// A datetime without asking a subclass.
Owned datetime_new(VM& vm, Type& type, const Day& day, const Clock& clock, Ref zone);
// type(...) and then the fold, if it is a subclass.
Owned datetime_make(VM& vm, Type& type, const Day& day, const Clock& clock, Ref zone);
Owned datetime_add(VM& vm, Ref date, const Delta& delta, int sign);
Owned datetime_from_timestamp(VM& vm, Type& type, std::int64_t seconds, int microsecond, Ref zone, bool utc);
Microseconds moment_of(const DateTime& self);          // microseconds since day 0, its offset left out
Owned datetime_astimezone(VM& vm, DateTime& self, Ref zone);
Owned datetime_timestamp(VM& vm, DateTime& self);
Owned datetime_utcoffset(VM& vm, DateTime& self);
Owned datetime_difference(VM& vm, DateTime& left, DateTime& right);
Owned datetime_compare(VM& vm, Ref self, Ref other, CompareOperation operation);
Result<std::int64_t> datetime_hash(VM& vm, Ref self);

// ---- time_of_day.cpp
Owned time_of_day_new(VM& vm, Type& type, const Clock& clock, Ref zone);
// hour=, minute=, ... of replace(), kept where they are missing.
Status replace_clock(VM& vm, Clock& clock, Ref hour, Ref minute, Ref second, Ref microsecond, Ref fold);
Owned clock_pickle(VM& vm, std::string& bytes, Clock clock);
bool clock_from_pickle(std::string_view bytes, Clock& clock);

// ---- iso_text.cpp
bool parse_iso_day(std::string_view text, Day& day);
// "T" is not part of it. The zone is an owned tzinfo or None. False: not well formed (or an exception is set).
bool parse_iso_clock(VM& vm, std::string_view text, int (&fields)[4], Value& zone);
// Where a datetime's separator stands; 0: nowhere.
std::size_t iso_separator(std::string_view text);
RaisedMark raise_iso_text(VM& vm, Ref text);

}  // namespace cede::stdlib
