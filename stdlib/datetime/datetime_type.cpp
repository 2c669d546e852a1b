// datetime.datetime: construction, fields, text and the type. Moments and time zones are in datetime_zone.cpp.
#include "runtime/host/host.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/import.hpp"
#include "stdlib/datetime/datetime.hpp"

namespace cede::stdlib {

constinit const Layout datetime_layout = layout_for<DateTime>(&date_layout);

namespace {

Day day_of(const Date& date) { return {date.year, date.month, date.day}; }

Owned make(VM& vm, Type& type, Ref year, Ref month, Ref day, Ref hour, Ref minute, Ref second, Ref microsecond, Ref zone, Ref fold) {
  CEDE_TRY(const int y, c_int(vm, year));
  CEDE_TRY(const int m, c_int(vm, month));
  CEDE_TRY(const int d, c_int(vm, day));
  // Numbers are read before any of them is checked; replace_clock checks the time.
  CEDE_CHECK(check_day(vm, y, m, d));
  Clock clock;
  CEDE_CHECK(replace_clock(vm, clock, hour, minute, second, microsecond, fold));
  CEDE_CHECK(check_zone(vm, zone));
  return datetime_new(vm, type, {y, m, d}, clock, zone);
}

// The state that pickle hands back: ten bytes, and the zone.
bool from_pickle(const Arguments& arguments, Day& day, Clock& clock) {
  if (arguments.positional < 1 || arguments.positional > 2 || !is<Bytes>(arguments[0])) return false;
  const std::string_view bytes = cast<Bytes>(arguments[0]).view();
  if (bytes.size() != 10) return false;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  day = {byte(0) << 8 | byte(1), byte(2) & 0x7F, byte(3)};
  if (day.month < 1 || day.month > 12 || !clock_from_pickle(bytes.substr(4), clock)) return false;
  clock.fold = byte(2) >> 7;
  return true;
}

Owned datetime_construct(VM& vm, Type& type, const Arguments& arguments) {
  Day day;
  Clock clock;
  if (from_pickle(arguments, day, clock)) {
    const Ref zone = arguments.positional == 2 ? arguments[1] : None;
    CEDE_CHECK(check_zone(vm, zone));
    return datetime_new(vm, type, day, clock, zone);
  }
  static constexpr std::string_view names[] = {"year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"};
  CEDE_CHECK(check_constructor(vm, arguments, names, 3, 8));
  return call_body<"datetime(year, month, day, hour=<0>, minute=<0>, second=<0>, microsecond=<0>, tzinfo=None, *, fold=<0>)", make>(
      vm, type, arguments);
}

// ---- class methods

Owned datetime_now(VM& vm, Type& type, Ref zone) {
  CEDE_CHECK(check_zone(vm, zone));
  const std::int64_t now = vm.host.real_time();
  return datetime_from_timestamp(vm, type, now / 1'000'000'000, static_cast<int>(now % 1'000'000'000 / 1000), zone, !zone.is_none());
}
Status warn_of_utc(VM& vm, const char* name, const char* other) {
  return warn(vm, TypeId::DeprecationWarning,
              fmt::format("datetime.datetime.{}() is deprecated and scheduled for removal in a future version. Use timezone-aware "
                          "objects to represent datetimes in UTC: datetime.datetime.{}.",
                          name, other), 1);
}
Owned datetime_utcnow(VM& vm, Type& type) {
  CEDE_CHECK(warn_of_utc(vm, "utcnow", "now(datetime.UTC)"));
  const std::int64_t now = vm.host.real_time();
  return datetime_from_timestamp(vm, type, now / 1'000'000'000, static_cast<int>(now % 1'000'000'000 / 1000), None, true);
}
Owned datetime_fromtimestamp(VM& vm, Type& type, Ref timestamp, Ref zone) {
  CEDE_CHECK(check_zone(vm, zone));
  int microseconds;
  CEDE_TRY(const std::int64_t seconds, timestamp_argument(vm, timestamp, microseconds));
  return datetime_from_timestamp(vm, type, seconds, microseconds, zone, !zone.is_none());
}
Owned datetime_utcfromtimestamp(VM& vm, Type& type, Ref timestamp) {
  CEDE_CHECK(warn_of_utc(vm, "utcfromtimestamp", "fromtimestamp(timestamp, datetime.UTC)"));
  int microseconds;
  CEDE_TRY(const std::int64_t seconds, timestamp_argument(vm, timestamp, microseconds));
  return datetime_from_timestamp(vm, type, seconds, microseconds, None, true);
}

Owned datetime_strptime(VM& vm, Type& type, Ref text, Ref format) {
  const Ref given[] = {text, format};
  for (int i = 0; i < 2; ++i)
    if (!is<Str>(given[i]))
      return vm.raise(TypeId::TypeError, "strptime() argument {} must be str, not {}", i + 1, type_name(given[i], vm));
  CEDE_TRY(const Value parser, import_native(vm, "_strptime"));
  CEDE_TRY(const Value function, get_attribute(vm, parser, "_strptime_datetime"));
  return call(vm, function, Ref(type), text, format);
}

Owned datetime_combine(VM& vm, Type& type, Ref date, Ref time, Ref zone) {
  if (!is<Date>(date))
    return vm.raise(TypeId::TypeError, "combine() argument 1 must be datetime.date, not {}", type_name(date, vm));
  if (!is<TimeOfDay>(time))
    return vm.raise(TypeId::TypeError, "combine() argument 2 must be datetime.time, not {}", type_name(time, vm));
  const TimeOfDay& clock = cast<TimeOfDay>(time);
  const Value new_zone{zone.is_unbound() ? clock.zone_or_none() : zone};
  CEDE_CHECK(check_zone(vm, new_zone));
  return datetime_make(vm, type, day_of(cast<Date>(date)), clock.clock, new_zone);
}

Owned datetime_fromisoformat(VM& vm, Type& type, Ref text) {
  if (!is<Str>(text)) return vm.raise(TypeId::TypeError, "fromisoformat: argument must be str");
  const std::string_view view = cast<Str>(text).view();
  const std::size_t separator = iso_separator(view);
  Day day;
  if (!separator || separator > view.size() || !parse_iso_day(view.substr(0, separator), day)) return raise_iso_text(vm, text);
  int fields[4] = {};
  Value zone{None};
  if (separator < view.size()) {
    // Any one character stands between date and time.
    const std::string_view rest = view.substr(separator);
    if (!parse_iso_clock(vm, rest.substr(std::min(utf8_lead_size(rest[0]), rest.size())), fields, zone)) return raise_iso_text(vm, text);
  }
  CEDE_CHECK(check_day(vm, day.year, day.month, day.day));
  CEDE_CHECK(check_clock(vm, fields[0], fields[1], fields[2], fields[3], 0));
  const Clock clock{static_cast<std::uint8_t>(fields[0]), static_cast<std::uint8_t>(fields[1]), static_cast<std::uint8_t>(fields[2]), 0,
                    fields[3]};
  return datetime_make(vm, type, day, clock, zone);
}

// ---- parts

Owned datetime_date(VM& vm, DateTime& self) { return date_make(vm, vm.native_type(date_type), day_of(self)); }
Owned datetime_time(VM& vm, DateTime& self) { return time_of_day_new(vm, vm.native_type(time_of_day_type), self.clock, None); }
Owned datetime_timetz(VM& vm, DateTime& self) {
  return time_of_day_new(vm, vm.native_type(time_of_day_type), self.clock, self.zone_or_none());
}

Owned datetime_replace(VM& vm, DateTime& self, Ref year, Ref month, Ref day, Ref hour, Ref minute, Ref second, Ref microsecond,
                       Ref zone, Ref fold) {
  int fields[] = {self.year, self.month, self.day};
  const Ref given[] = {year, month, day};
  for (int i = 0; i < 3; ++i) {
    if (given[i].is_unbound()) continue;
    CEDE_TRY(fields[i], c_int(vm, given[i]));
  }
  CEDE_CHECK(check_day(vm, fields[0], fields[1], fields[2]));
  Clock clock = self.clock;
  CEDE_CHECK(replace_clock(vm, clock, hour, minute, second, microsecond, fold));
  const Value new_zone{zone.is_unbound() ? self.zone_or_none() : zone};
  CEDE_CHECK(check_zone(vm, new_zone));
  return datetime_make(vm, *self.type, {fields[0], fields[1], fields[2]}, clock, new_zone);
}

// ---- text

Owned datetime_repr(VM& vm, Ref object) {
  const DateTime& self = cast<DateTime>(object);
  const Clock& c = self.clock;
  std::string text = fmt::format("{}({}, {}, {}, {}, {}", display_name(type_of(vm, object)), self.year, self.month, self.day, c.hour, c.minute);
  if (c.second || c.microsecond) text += fmt::format(", {}", c.second);
  if (c.microsecond) text += fmt::format(", {}", c.microsecond);
  if (c.fold) text += ", fold=1";
  if (!self.zone.is_unbound()) {
    const Value zone = self.zone;
    CEDE_TRY(const Value shown, repr(vm, zone));
    text += fmt::format(", tzinfo={}", cast<Str>(shown).view());
  }
  return str_from_utf8(vm, text + ")");
}

Owned iso_text(VM& vm, DateTime& self, std::string_view separator, std::string_view precision) {
  const std::string time = clock_text(self.clock, precision);
  if (time.empty()) return vm.raise(TypeId::ValueError, "Unknown timespec value");
  std::string text = day_text(self) + std::string(separator) + time;
  CEDE_TRY(const Value offset, datetime_utcoffset(vm, self));
  if (!offset.is_none()) text += offset_text(cast<Delta>(offset), ":");
  return str_from_utf8(vm, text);
}
Owned datetime_isoformat(VM& vm, DateTime& self, Ref separator, Ref timespec) {
  if (!separator.is_unbound() && (!is<Str>(separator) || cast<Str>(separator).length != 1))
    return vm.raise(TypeId::TypeError, "isoformat() argument 1 must be a unicode character, not {}", type_name(separator, vm));
  if (!timespec.is_unbound() && !is<Str>(timespec))
    return vm.raise(TypeId::TypeError, "isoformat() argument 2 must be str, not {}", type_name(timespec, vm));
  return iso_text(vm, self, separator.is_unbound() ? "T" : cast<Str>(separator).view(),
                  timespec.is_unbound() ? "auto" : cast<Str>(timespec).view());
}
Owned datetime_str(VM& vm, Ref self) {
  CEDE_TRY(const Value space, str_from_ascii(vm, " "));
  return call_method(vm, self, vm.intern("isoformat"), space);
}

// ---- pickling

Owned reduce(VM& vm, DateTime& self, bool with_fold) {
  Clock clock = self.clock;
  if (!with_fold) clock.fold = 0;
  std::string bytes = {static_cast<char>(self.year >> 8), static_cast<char>(self.year), static_cast<char>(self.month),
                       static_cast<char>(self.day)};
  CEDE_TRY(const Value state, clock_pickle(vm, bytes, clock));
  CEDE_TRY(const Value arguments, self.zone.is_unbound() ? tuple_of(vm, {state}) : tuple_of(vm, {state, self.zone}));
  return tuple_of(vm, {Ref(self.type), arguments});
}
Owned datetime_reduce_ex(VM& vm, DateTime& self, int protocol) { return reduce(vm, self, protocol > 3); }
Owned datetime_reduce(VM& vm, DateTime& self) { return reduce(vm, self, false); }

// ---- operators and zone methods

Owned datetime_add_slot(VM& vm, Ref left, Ref right) {
  if (is<DateTime>(left) && is<Delta>(right)) return datetime_add(vm, left, cast<Delta>(right), 1);
  if (is<Delta>(left) && is<DateTime>(right)) return datetime_add(vm, right, cast<Delta>(left), 1);
  return Owned::share(NotImplemented);
}
Owned datetime_subtract_slot(VM& vm, Ref left, Ref right) {
  if (!is<DateTime>(left)) return Owned::share(NotImplemented);
  if (is<DateTime>(right)) return datetime_difference(vm, cast<DateTime>(left), cast<DateTime>(right));
  if (is<Delta>(right)) return datetime_add(vm, left, cast<Delta>(right), -1);
  return Owned::share(NotImplemented);
}

Owned datetime_tzname(VM& vm, DateTime& self) {
  const Value zone{self.zone_or_none()};
  return zone_name(vm, zone, &self);
}
Owned datetime_dst(VM& vm, DateTime& self) {
  const Value zone{self.zone_or_none()};
  return zone_offset(vm, zone, &self, "dst");
}
Owned datetime_timetuple(VM& vm, DateTime& self) {
  CEDE_TRY(const Value summer, datetime_dst(vm, self));
  return time_tuple_of(vm, self, self.clock, summer.is_none() ? -1 : total(cast<Delta>(summer)) != 0);
}
Owned datetime_utctimetuple(VM& vm, DateTime& self) {
  CEDE_TRY(const Value offset, datetime_utcoffset(vm, self));
  if (offset.is_none()) return time_tuple_of(vm, self, self.clock, 0);
  CEDE_TRY(const Value naive, datetime_new(vm, vm.native_type(datetime_type), day_of(self), self.clock, None));
  CEDE_TRY(const Value utc, datetime_add(vm, naive, cast<Delta>(offset), -1));
  return time_tuple_of(vm, cast<DateTime>(utc), cast<DateTime>(utc).clock, 0);
}

std::int64_t datetime_hour(VM&, DateTime& self) { return self.clock.hour; }
std::int64_t datetime_minute(VM&, DateTime& self) { return self.clock.minute; }
std::int64_t datetime_second(VM&, DateTime& self) { return self.clock.second; }
std::int64_t datetime_microsecond(VM&, DateTime& self) { return self.clock.microsecond; }
std::int64_t datetime_fold(VM&, DateTime& self) { return self.clock.fold; }
Value datetime_zone(VM&, DateTime& self) { return Value(self.zone_or_none()); }

constexpr Method methods[] = {
    method<"now(type, /, tz=None)", datetime_now>,
    method<"utcnow(type, /)", datetime_utcnow>,
    method<"fromtimestamp(type, timestamp, tz=None)", datetime_fromtimestamp>,
    method<"utcfromtimestamp(type, timestamp, /)", datetime_utcfromtimestamp>,
    method<"strptime(type, date_string, format, /)", datetime_strptime>,
    method<"combine(type, date, time, tzinfo=<tzinfo>)", datetime_combine>,
    method<"fromisoformat(type, string, /)", datetime_fromisoformat>,
    method<"date(self, /)", datetime_date>,
    method<"time(self, /)", datetime_time>,
    method<"timetz(self, /)", datetime_timetz>,
    method<"ctime(self, /)", date_ctime>,
    method<"timetuple(self, /)", datetime_timetuple>,
    method<"timestamp(self, /)", datetime_timestamp>,
    method<"utctimetuple(self, /)", datetime_utctimetuple>,
    method<"isoformat(self, /, sep=<'T'>, timespec=<'auto'>)", datetime_isoformat>,
    method<"utcoffset(self, /)", datetime_utcoffset>,
    method<"tzname(self, /)", datetime_tzname>,
    method<"dst(self, /)", datetime_dst>,
    method<"replace(self, /, year=<year>, month=<month>, day=<day>, hour=<hour>, minute=<minute>, second=<second>, "
           "microsecond=<microsecond>, tzinfo=<tzinfo>, *, fold=<fold>)", datetime_replace>,
    method<"__replace__(self, /, year=<year>, month=<month>, day=<day>, hour=<hour>, minute=<minute>, second=<second>, "
           "microsecond=<microsecond>, tzinfo=<tzinfo>, *, fold=<fold>)", datetime_replace>,
    method<"astimezone(self, /, tz=None)", datetime_astimezone>,
    method<"__reduce_ex__(self, protocol, /)", datetime_reduce_ex>,
    method<"__reduce__(self, /)", datetime_reduce>,
};
constexpr Property properties[] = {
    property<"hour", datetime_hour>,   property<"minute", datetime_minute>, property<"second", datetime_second>,
    property<"microsecond", datetime_microsecond>, property<"tzinfo", datetime_zone>, property<"fold", datetime_fold>};

Status fill(VM& vm, Type& type) {
  Dict& names = cast<Dict>(type.dictionary);
  CEDE_TRY(const Value least, datetime_new(vm, type, {1, 1, 1}, Clock{}, None));
  CEDE_CHECK(dict_set_text(vm, names, "min", least));
  CEDE_TRY(const Value most, datetime_new(vm, type, {9999, 12, 31}, Clock{23, 59, 59, 0, 999999}, None));
  CEDE_CHECK(dict_set_text(vm, names, "max", most));
  CEDE_TRY(const Value resolution, delta_new(vm, 1));
  return dict_set_text(vm, names, "resolution", resolution);
}

const Slots slots = inherit(date_slots, [](Slots& s) {
  s.construct = datetime_construct;
  s.repr = datetime_repr;
  s.str = datetime_str;
  s.hash = datetime_hash;
  s.compare = datetime_compare;
  s.add = datetime_add_slot;
  s.subtract = datetime_subtract_slot;
});

}  // namespace

const NativeType datetime_type{
    .name = "datetime.datetime", .id = TypeId::Dynamic, .base = &date_type, .layout = &datetime_layout, .slots = &slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable, .methods = methods, .properties = properties,
    .doc =
        "datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\n"
        "The year, month and day arguments are required. tzinfo may be None, or an\n"
        "instance of a tzinfo subclass. The remaining arguments may be ints.\n",
    .fill = fill};

Owned datetime_new(VM& vm, Type& type, const Day& day, const Clock& clock, Ref zone) {
  DateTime* made = make_instance<DateTime>(vm, type);
  if (!made) return raised;
  made->year = day.year;
  made->month = static_cast<std::uint8_t>(day.month);
  made->day = static_cast<std::uint8_t>(day.day);
  made->clock = clock;
  if (!zone.is_none() && !zone.is_unbound()) made->zone = Value(zone);
  return Value::adopt(made);
}

Owned datetime_make(VM& vm, Type& type, const Day& day, const Clock& clock, Ref zone) {
  if (&type == &vm.native_type(datetime_type)) return datetime_new(vm, type, day, clock, zone);
  const Bits words[] = {Ref::small(day.year).bits, Ref::small(day.month).bits, Ref::small(day.day).bits, Ref::small(clock.hour).bits,
                        Ref::small(clock.minute).bits, Ref::small(clock.second).bits, Ref::small(clock.microsecond).bits, zone.bits};
  CEDE_TRY(Value made, call(vm, Ref(type), Arguments{words, 8, nullptr}));
  if (is<DateTime>(made)) cast<DateTime>(made).clock.fold = clock.fold;
  return made.take();
}

}  // namespace cede::stdlib
