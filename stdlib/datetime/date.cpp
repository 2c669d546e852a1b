// datetime.date; and what datetime and time share with it: strftime and struct_time.
#include <cmath>

#include "runtime/core/hash.hpp"
#include "runtime/core/type_slots.hpp"
#include "runtime/host/host.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/import.hpp"
#include "stdlib/datetime/datetime.hpp"

namespace cede::stdlib {

constinit const Layout date_layout = layout_for<Date>();

namespace {

constexpr const char* weekday_names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr const char* month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::int64_t ordinal(const Date& date) { return ordinal_of(date.year, date.month, date.day); }

Owned date_new(VM& vm, Type& type, const Day& day) {
  Date* made = make_instance<Date>(vm, type);
  if (!made) return raised;
  made->year = day.year;
  made->month = static_cast<std::uint8_t>(day.month);
  made->day = static_cast<std::uint8_t>(day.day);
  return Value::adopt(made);
}

Owned checked_date(VM& vm, Type& type, Ref year, Ref month, Ref day) {
  CEDE_TRY(const int y, c_int(vm, year));
  CEDE_TRY(const int m, c_int(vm, month));
  CEDE_TRY(const int d, c_int(vm, day));
  CEDE_CHECK(check_day(vm, y, m, d));
  return date_new(vm, type, {y, m, d});
}

// The state that pickle hands back: four bytes.
bool from_pickle(const Arguments& arguments, Day& day) {
  if (arguments.positional != 1 || (arguments.keywords && arguments.keywords->size) || !is<Bytes>(arguments[0])) return false;
  const std::string_view bytes = cast<Bytes>(arguments[0]).view();
  if (bytes.size() != 4) return false;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  day = {byte(0) << 8 | byte(1), byte(2), byte(3)};
  return day.month >= 1 && day.month <= 12;
}

Owned date_construct(VM& vm, Type& type, const Arguments& arguments) {
  Day state;
  if (from_pickle(arguments, state)) return date_new(vm, type, state);
  static constexpr std::string_view names[] = {"year", "month", "day"};
  CEDE_CHECK(check_constructor(vm, arguments, names, 3, 3));
  return call_body<"date(year, month, day)", checked_date>(vm, type, arguments);
}

// ---- class methods

Owned date_fromtimestamp(VM& vm, Type& type, Ref timestamp) {
  int microseconds;
  std::int64_t seconds;
  if (is_float(timestamp)) {
    const double d = float_value(timestamp);
    if (std::isnan(d)) return vm.raise(TypeId::ValueError, "Invalid value NaN (not a number)");
    if (!(std::fabs(d) < 9.2e18)) return vm.raise(TypeId::OverflowError, "timestamp out of range for platform time_t");
    seconds = static_cast<std::int64_t>(std::floor(d));
  } else {
    CEDE_TRY(seconds, timestamp_argument(vm, timestamp, microseconds));
  }
  std::tm t{};
  if (!vm.host.local_time(seconds, t)) return vm.raise_os_error(EOVERFLOW);
  const std::int64_t year = t.tm_year + std::int64_t{1900};
  CEDE_CHECK(check_day(vm, year, t.tm_mon + 1, t.tm_mday));
  return date_make(vm, type, {static_cast<std::int32_t>(year), t.tm_mon + 1, t.tm_mday});
}
Owned date_today(VM& vm, Type& type) {
  CEDE_TRY(const Value time, import_native(vm, "time"));
  CEDE_TRY(const Value now, call_method(vm, time, vm.intern("time")));
  CEDE_TRY(const Value method, get_attribute(vm, Ref(type), "fromtimestamp"));
  return call(vm, method, now);
}
Owned date_fromordinal(VM& vm, Type& type, Ref number) {
  CEDE_TRY(const int n, c_int(vm, number));
  if (n < 1) return vm.raise(TypeId::ValueError, "ordinal must be >= 1");
  const Day day = day_of_ordinal(n);
  CEDE_CHECK(check_day(vm, day.year, day.month, day.day));
  return date_make(vm, type, day);
}
Owned date_fromisoformat(VM& vm, Type& type, Ref text) {
  if (!is<Str>(text)) return vm.raise(TypeId::TypeError, "fromisoformat: argument must be str");
  const std::string_view view = cast<Str>(text).view();
  Day day;
  const bool fits = view.size() == 7 || view.size() == 8 || view.size() == 10;
  if (!fits || !cast<Str>(text).is_ascii() || !parse_iso_day(view, day)) return raise_iso_text(vm, text);
  CEDE_CHECK(check_day(vm, day.year, day.month, day.day));
  return date_make(vm, type, day);
}
Owned date_fromisocalendar(VM& vm, Type& type, Ref year, Ref week, Ref weekday) {
  CEDE_TRY(const int y, c_int(vm, year));
  CEDE_TRY(const int w, c_int(vm, week));
  CEDE_TRY(const int d, c_int(vm, weekday));
  Day day;
  switch (day_of_iso_week(y, w, d, day)) {
    case IsoFault::Year: return vm.raise(TypeId::ValueError, "Year is out of range: {}", y);
    case IsoFault::Week: return vm.raise(TypeId::ValueError, "Invalid week: {}", w);
    case IsoFault::Weekday: return vm.raise(TypeId::ValueError, "Invalid day: {} (range is [1, 7])", d);
    case IsoFault::None: break;
  }
  CEDE_CHECK(check_day(vm, day.year, day.month, day.day));
  return date_make(vm, type, day);
}

// ---- operators

// A date so many days away.
Owned shifted(VM& vm, const Date& date, std::int64_t days) {
  const std::int64_t moved = ordinal(date) + days;
  if (moved < 1 || moved > maximum_ordinal) return vm.raise(TypeId::OverflowError, "date value out of range");
  return date_make(vm, *date.type, day_of_ordinal(moved));
}
Owned date_add(VM& vm, Ref left, Ref right) {
  if (is<DateTime>(left) || is<DateTime>(right)) return Owned::share(NotImplemented);
  if (is<Date>(left) && is<Delta>(right)) return shifted(vm, cast<Date>(left), cast<Delta>(right).days);
  if (is<Delta>(left) && is<Date>(right)) return shifted(vm, cast<Date>(right), cast<Delta>(left).days);
  return Owned::share(NotImplemented);
}
Owned date_subtract(VM& vm, Ref left, Ref right) {
  if (is<DateTime>(left) || is<DateTime>(right) || !is<Date>(left)) return Owned::share(NotImplemented);
  if (is<Date>(right))
    return delta_new(vm, Microseconds{ordinal(cast<Date>(left)) - ordinal(cast<Date>(right))} * 86400 * 1000000);
  if (is<Delta>(right)) return shifted(vm, cast<Date>(left), -std::int64_t{cast<Delta>(right).days});
  return Owned::share(NotImplemented);
}

Result<std::int64_t> date_hash(VM& vm, Ref self) {
  const Date& date = cast<Date>(self);
  const char bytes[] = {static_cast<char>(date.year >> 8), static_cast<char>(date.year), static_cast<char>(date.month),
                        static_cast<char>(date.day)};
  return hash_bytes({vm.options.hash_key[0], vm.options.hash_key[1]}, bytes, sizeof bytes);
}

// ---- methods

Owned date_repr(VM& vm, Ref self) {
  const Date& date = cast<Date>(self);
  return str_from_utf8(vm, fmt::format("{}({}, {}, {})", display_name(type_of(vm, self)), date.year, date.month, date.day));
}
Owned date_isoformat(VM& vm, Date& self) { return str_from_ascii(vm, day_text(self)); }
Owned date_str(VM& vm, Ref self) { return call_method(vm, self, vm.intern("isoformat")); }

Owned date_strftime(VM& vm, Ref self, Ref format) {
  if (!is<Str>(format)) return vm.raise(TypeId::TypeError, "strftime() argument 1 must be str, not {}", type_name(format, vm));
  CEDE_TRY(const Value tuple, call_method(vm, self, vm.intern("timetuple")));
  return format_time(vm, self, format, tuple, self);
}
Owned date_format(VM& vm, Ref self, Ref specification) { return format_by_strftime(vm, self, specification); }
Owned date_timetuple(VM& vm, Date& self) { return time_tuple_of(vm, self, Clock{}, -1); }
std::int64_t date_toordinal(VM&, Date& self) { return ordinal(self); }
std::int64_t date_weekday(VM&, Date& self) { return (ordinal(self) + 6) % 7; }
std::int64_t date_isoweekday(VM&, Date& self) { return (ordinal(self) + 6) % 7 + 1; }
Owned date_isocalendar(VM& vm, Date& self) { return isocalendar_new(vm, iso_week_of(self.year, self.month, self.day)); }

Owned date_replace(VM& vm, Date& self, Ref year, Ref month, Ref day) {
  int fields[] = {self.year, self.month, self.day};
  const Ref given[] = {year, month, day};
  for (int i = 0; i < 3; ++i) {
    if (given[i].is_unbound()) continue;
    CEDE_TRY(fields[i], c_int(vm, given[i]));
  }
  CEDE_CHECK(check_day(vm, fields[0], fields[1], fields[2]));
  return date_make(vm, *self.type, {fields[0], fields[1], fields[2]});
}

Owned date_reduce(VM& vm, Date& self) {
  const char bytes[] = {static_cast<char>(self.year >> 8), static_cast<char>(self.year), static_cast<char>(self.month),
                        static_cast<char>(self.day)};
  CEDE_TRY(const Value state, bytes_from(vm, {bytes, sizeof bytes}));
  CEDE_TRY(const Value arguments, tuple_of(vm, {state}));
  return tuple_of(vm, {Ref(self.type), arguments});
}

std::int64_t date_year(VM&, Date& self) { return self.year; }
std::int64_t date_month(VM&, Date& self) { return self.month; }
std::int64_t date_day(VM&, Date& self) { return self.day; }

constexpr Method methods[] = {
    method<"fromtimestamp(type, timestamp, /)", date_fromtimestamp>,
    method<"fromordinal(type, ordinal, /)", date_fromordinal>,
    method<"fromisoformat(type, string, /)", date_fromisoformat>,
    method<"fromisocalendar(type, year, week, day)", date_fromisocalendar>,
    method<"today(type, /)", date_today>,
    method<"ctime(self, /)", date_ctime>,
    method<"strftime(self, format)", date_strftime>,
    method<"__format__(self, format_spec, /)", date_format>,
    method<"timetuple(self, /)", date_timetuple>,
    method<"isocalendar(self, /)", date_isocalendar>,
    method<"isoformat(self, /)", date_isoformat>,
    method<"isoweekday(self, /)", date_isoweekday>,
    method<"toordinal(self, /)", date_toordinal>,
    method<"weekday(self, /)", date_weekday>,
    method<"replace(self, /, year=<year>, month=<month>, day=<day>)", date_replace>,
    method<"__replace__(self, /, year=<year>, month=<month>, day=<day>)", date_replace>,
    method<"__reduce__(self, /)", date_reduce>,
};
constexpr Property properties[] = {property<"year", date_year>, property<"month", date_month>, property<"day", date_day>};

Status fill(VM& vm, Type& type) {
  Dict& names = cast<Dict>(type.dictionary);
  CEDE_TRY(const Value least, date_new(vm, type, {1, 1, 1}));
  CEDE_CHECK(dict_set_text(vm, names, "min", least));
  CEDE_TRY(const Value most, date_new(vm, type, {9999, 12, 31}));
  CEDE_CHECK(dict_set_text(vm, names, "max", most));
  CEDE_TRY(const Value resolution, delta_new(vm, Microseconds{86400} * 1000000));
  return dict_set_text(vm, names, "resolution", resolution);
}

}  // namespace

constinit const Slots date_slots = inherit(object_slots, [](Slots& s) {
  s.construct = date_construct;
  s.repr = date_repr;
  s.str = date_str;
  s.hash = date_hash;
  s.compare = date_compare;
  s.add = date_add;
  s.subtract = date_subtract;
});

const NativeType date_type{
    .name = "datetime.date", .id = TypeId::Dynamic, .base = nullptr, .layout = &date_layout, .slots = &date_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable, .methods = methods, .properties = properties,
    .doc = "date(year, month, day) --> date object", .fill = fill};

Owned date_make(VM& vm, Type& type, const Day& day) {
  if (&type == &vm.native_type(date_type)) return date_new(vm, type, day);
  return call(vm, Ref(type), Ref::small(day.year), Ref::small(day.month), Ref::small(day.day));
}

Owned date_compare(VM&, Ref self, Ref other, CompareOperation operation) {
  if (!is<Date>(other) || is<DateTime>(other)) return Owned::share(NotImplemented);
  const std::int64_t a = ordinal(cast<Date>(self)), b = ordinal(cast<Date>(other));
  bool result = false;
  switch (operation) {
    case CompareOperation::Less: result = a < b; break;
    case CompareOperation::LessEqual: result = a <= b; break;
    case CompareOperation::Equal: result = a == b; break;
    case CompareOperation::NotEqual: result = a != b; break;
    case CompareOperation::Greater: result = a > b; break;
    case CompareOperation::GreaterEqual: result = a >= b; break;
  }
  return Owned(Ref::boolean(result).bits);
}

Owned date_ctime(VM& vm, Date& self) {
  const Clock clock = is<DateTime>(&self) ? static_cast<DateTime&>(self).clock : Clock{};
  return str_from_ascii(vm, fmt::format("{} {} {:2d} {:02d}:{:02d}:{:02d} {:04d}", weekday_names[(ordinal(self) + 6) % 7],
                                        month_names[self.month - 1], self.day, clock.hour, clock.minute, clock.second, self.year));
}

Owned time_tuple_of(VM& vm, const Date& date, const Clock& clock, int summer) {
  const std::int64_t today = ordinal(date);
  const auto n = [](std::int64_t value) { return Ref::small(value); };
  CEDE_TRY(const Value items,
           tuple_of(vm, {n(date.year), n(date.month), n(date.day), n(clock.hour), n(clock.minute), n(clock.second),
                         n((today + 6) % 7), n(today - ordinal_of(date.year, 1, 1) + 1), n(summer)}));
  CEDE_TRY(const Value time, import_native(vm, "time"));
  CEDE_TRY(const Value type, get_attribute(vm, time, "struct_time"));
  return call(vm, type, items);
}

Result<std::int64_t> timestamp_argument(VM& vm, Ref value, int& microseconds) {
  microseconds = 0;
  if (!is_float(value)) {
    CEDE_TRY(const Value number, index(vm, value));
    const auto whole = int_to_int64(number);
    if (!whole) return vm.raise(TypeId::OverflowError, "timestamp out of range for platform time_t");
    return *whole;
  }
  const double d = float_value(value);
  if (std::isnan(d)) return vm.raise(TypeId::ValueError, "Invalid value NaN (not a number)");
  double whole;
  double us = std::nearbyint(std::modf(d, &whole) * 1e6);
  if (us >= 1e6) {
    us -= 1e6;
    whole += 1;
  } else if (us < 0) {
    us += 1e6;
    whole -= 1;
  }
  if (!(std::fabs(whole) < 9.2e18)) return vm.raise(TypeId::OverflowError, "timestamp out of range for platform time_t");
  microseconds = static_cast<int>(us);
  return static_cast<std::int64_t>(whole);
}

// ---- strftime

namespace {

// What %z, %:z and %Z stand for in `self`: nothing without a zone.
Result<std::string> zone_text(VM& vm, Ref self, Ref argument, std::string_view separator, bool offset) {
  Ref zone = None;
  if (is<DateTime>(self)) zone = cast<DateTime>(self).zone_or_none();
  else if (is<TimeOfDay>(self)) zone = cast<TimeOfDay>(self).zone_or_none();
  if (zone.is_none()) return std::string();
  const Value held{zone};
  if (offset) {
    CEDE_TRY(const Value delta, zone_offset(vm, held, argument));
    return delta.is_none() ? std::string() : offset_text(cast<Delta>(delta), separator);
  }
  CEDE_TRY(const Value name, zone_name(vm, held, argument));
  if (name.is_none()) return std::string();
  // It goes through the C library's strftime afterwards.
  std::string text;
  for (const char c : cast<Str>(name).view()) text += c == '%' ? std::string("%%") : std::string(1, c);
  return text;
}

}  // namespace

Owned format_time(VM& vm, Ref self, Ref format, Ref time_tuple, Ref argument) {
  const std::string_view text = cast<Str>(format).view();
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char kind = text[++i];
    if (kind == 'z' || kind == 'Z') {
      CEDE_TRY(const std::string zone, zone_text(vm, self, argument, "", kind == 'z'));
      out += zone;
    } else if (kind == ':' && i + 1 < text.size() && text[i + 1] == 'z') {
      ++i;
      CEDE_TRY(const std::string zone, zone_text(vm, self, argument, ":", true));
      out += zone;
    } else if (kind == 'f') {
      const int us = is<DateTime>(self)    ? cast<DateTime>(self).clock.microsecond
                     : is<TimeOfDay>(self) ? cast<TimeOfDay>(self).clock.microsecond
                                           : 0;
      out += fmt::format("{:06d}", us);
    } else {
      out += '%';
      out += kind;
    }
  }
  CEDE_TRY(const Value pattern, str_from_utf8(vm, out));
  CEDE_TRY(const Value time, import_native(vm, "time"));
  return call_method(vm, time, vm.intern("strftime"), pattern, time_tuple);
}

Owned format_by_strftime(VM& vm, Ref self, Ref specification) {
  if (!is<Str>(specification))
    return vm.raise(TypeId::TypeError, "__format__() argument 1 must be str, not {}", type_name(specification, vm));
  if (cast<Str>(specification).length == 0) return str(vm, self);
  return call_method(vm, self, vm.intern("strftime"), specification);
}

}  // namespace cede::stdlib
