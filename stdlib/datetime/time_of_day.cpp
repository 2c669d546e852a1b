// datetime.time.
#include "runtime/core/hash.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/datetime/datetime.hpp"

namespace cede::stdlib {

constinit const Layout time_of_day_layout = layout_for<TimeOfDay>();

namespace {

Microseconds within_day(const Clock& clock) {
  return ((Microseconds{clock.hour} * 60 + clock.minute) * 60 + clock.second) * 1'000'000 + clock.microsecond;
}

// From fields that may be missing.
Status read_clock(VM& vm, Clock& clock, Ref hour, Ref minute, Ref second, Ref microsecond, Ref fold) {
  return replace_clock(vm, clock, hour, minute, second, microsecond, fold);
}

Owned make(VM& vm, Type& type, Ref hour, Ref minute, Ref second, Ref microsecond, Ref zone, Ref fold) {
  Clock clock;
  CEDE_CHECK(read_clock(vm, clock, hour, minute, second, microsecond, fold));
  CEDE_CHECK(check_zone(vm, zone));
  return time_of_day_new(vm, type, clock, zone);
}

Owned time_construct(VM& vm, Type& type, const Arguments& arguments) {
  if (arguments.positional >= 1 && arguments.positional <= 2 && is<Bytes>(arguments[0])) {
    Clock clock;
    if (clock_from_pickle(cast<Bytes>(arguments[0]).view(), clock)) {
      const Ref zone = arguments.positional == 2 ? arguments[1] : None;
      CEDE_CHECK(check_zone(vm, zone));
      return time_of_day_new(vm, type, clock, zone);
    }
  }
  static constexpr std::string_view names[] = {"hour", "minute", "second", "microsecond", "tzinfo", "fold"};
  CEDE_CHECK(check_constructor(vm, arguments, names, 0, 5));
  return call_body<"time(hour=<0>, minute=<0>, second=<0>, microsecond=<0>, tzinfo=None, *, fold=<0>)", make>(vm, type, arguments);
}

Owned time_utcoffset(VM& vm, TimeOfDay& self) {
  const Value zone{self.zone_or_none()};
  return zone_offset(vm, zone, None);
}
Owned time_tzname(VM& vm, TimeOfDay& self) {
  const Value zone{self.zone_or_none()};
  return zone_name(vm, zone, None);
}
Owned time_dst(VM& vm, TimeOfDay& self) {
  const Value zone{self.zone_or_none()};
  return zone_offset(vm, zone, None, "dst");
}

Owned time_repr(VM& vm, Ref object) {
  const TimeOfDay& self = cast<TimeOfDay>(object);
  const Clock& c = self.clock;
  std::string text = fmt::format("{}({}, {}", display_name(type_of(vm, object)), c.hour, c.minute);
  if (c.second || c.microsecond) text += fmt::format(", {}", c.second);
  if (c.microsecond) text += fmt::format(", {}", c.microsecond);
  if (c.fold) text += ", fold=1";
  if (!self.zone.is_unbound()) {
    CEDE_TRY(const Value zone, repr(vm, Value(self.zone)));
    text += fmt::format(", tzinfo={}", cast<Str>(zone).view());
  }
  return str_from_utf8(vm, text + ")");
}

Owned time_isoformat(VM& vm, TimeOfDay& self, Ref timespec) {
  if (!timespec.is_unbound() && !is<Str>(timespec))
    return vm.raise(TypeId::TypeError, "isoformat() argument 1 must be str, not {}", type_name(timespec, vm));
  std::string text = clock_text(self.clock, timespec.is_unbound() ? "auto" : cast<Str>(timespec).view());
  if (text.empty()) return vm.raise(TypeId::ValueError, "Unknown timespec value");
  CEDE_TRY(const Value offset, time_utcoffset(vm, self));
  if (!offset.is_none()) text += offset_text(cast<Delta>(offset), ":");
  return str_from_ascii(vm, text);
}
Owned time_str(VM& vm, Ref self) { return call_method(vm, self, vm.intern("isoformat")); }

Owned time_strftime(VM& vm, TimeOfDay& self, Ref format) {
  if (!is<Str>(format)) return vm.raise(TypeId::TypeError, "strftime() argument 1 must be str, not {}", type_name(format, vm));
  const auto n = [](std::int64_t value) { return Ref::small(value); };
  CEDE_TRY(const Value tuple, tuple_of(vm, {n(1900), n(1), n(1), n(self.clock.hour), n(self.clock.minute), n(self.clock.second), n(0),
                                            n(1), n(-1)}));
  return format_time(vm, &self, format, tuple, None);
}
Owned time_format(VM& vm, Ref self, Ref specification) { return format_by_strftime(vm, self, specification); }

Owned time_replace(VM& vm, TimeOfDay& self, Ref hour, Ref minute, Ref second, Ref microsecond, Ref zone, Ref fold) {
  Clock clock = self.clock;
  CEDE_CHECK(replace_clock(vm, clock, hour, minute, second, microsecond, fold));
  const Value new_zone{zone.is_unbound() ? self.zone_or_none() : zone};
  CEDE_CHECK(check_zone(vm, new_zone));
  if (self.type == &vm.native_type(time_of_day_type)) return time_of_day_new(vm, *self.type, clock, new_zone);
  const Bits words[] = {Ref::small(clock.hour).bits, Ref::small(clock.minute).bits, Ref::small(clock.second).bits,
                        Ref::small(clock.microsecond).bits, new_zone.bits()};
  CEDE_TRY(Value made, call(vm, Ref(*self.type), Arguments{words, 5, nullptr}));
  if (is<TimeOfDay>(made)) cast<TimeOfDay>(made).clock.fold = clock.fold;
  return made.take();
}

Owned time_fromisoformat(VM& vm, Type& type, Ref text) {
  if (!is<Str>(text)) return vm.raise(TypeId::TypeError, "fromisoformat: argument must be str");
  std::string_view view = cast<Str>(text).view();
  if (view.starts_with('T')) view.remove_prefix(1);
  int fields[4];
  Value zone;
  if (!parse_iso_clock(vm, view, fields, zone)) return raise_iso_text(vm, text);
  const Bits words[] = {Ref::small(fields[0]).bits, Ref::small(fields[1]).bits, Ref::small(fields[2]).bits, Ref::small(fields[3]).bits,
                        zone.bits()};
  return call(vm, Ref(type), Arguments{words, 5, nullptr});
}

// ---- comparison and hash

Owned time_compare(VM& vm, Ref left, Ref right, CompareOperation operation) {
  if (!is<TimeOfDay>(right)) return Owned::share(NotImplemented);
  TimeOfDay &a = cast<TimeOfDay>(left), &b = cast<TimeOfDay>(right);
  const Value hold{right};
  Microseconds x = within_day(a.clock), y = within_day(b.clock);
  if (a.zone_or_none() != b.zone_or_none()) {
    CEDE_TRY(const Value first, time_utcoffset(vm, a));
    CEDE_TRY(const Value second, time_utcoffset(vm, b));
    if (first.is_none() != second.is_none()) {
      if (operation == CompareOperation::Equal) return Owned::share(False);
      if (operation == CompareOperation::NotEqual) return Owned::share(True);
      return vm.raise(TypeId::TypeError, "can't compare offset-naive and offset-aware times");
    }
    if (!first.is_none()) {
      x -= total(cast<Delta>(first));
      y -= total(cast<Delta>(second));
    }
  }
  bool result = false;
  switch (operation) {
    case CompareOperation::Less: result = x < y; break;
    case CompareOperation::LessEqual: result = x <= y; break;
    case CompareOperation::Equal: result = x == y; break;
    case CompareOperation::NotEqual: result = x != y; break;
    case CompareOperation::Greater: result = x > y; break;
    case CompareOperation::GreaterEqual: result = x >= y; break;
  }
  return Owned(Ref::boolean(result).bits);
}

Result<std::int64_t> time_hash(VM& vm, Ref object) {
  TimeOfDay& self = cast<TimeOfDay>(object);
  // The zone is asked as if there were no fold.
  Value asked{object};
  if (self.clock.fold) {
    Clock clock = self.clock;
    clock.fold = 0;
    CEDE_TRY(asked, time_of_day_new(vm, vm.native_type(time_of_day_type), clock, self.zone_or_none()));
  }
  CEDE_TRY(const Value offset, time_utcoffset(vm, cast<TimeOfDay>(asked)));
  if (!offset.is_none()) {
    CEDE_TRY(const Value delta, delta_new(vm, within_day(self.clock) - total(cast<Delta>(offset))));
    return delta_hash(vm, cast<Delta>(delta));
  }
  const Clock& c = self.clock;
  const char bytes[] = {static_cast<char>(c.hour), static_cast<char>(c.minute), static_cast<char>(c.second),
                        static_cast<char>(c.microsecond >> 16), static_cast<char>(c.microsecond >> 8), static_cast<char>(c.microsecond)};
  return hash_bytes({vm.options.hash_key[0], vm.options.hash_key[1]}, bytes, sizeof bytes);
}

// ---- pickling

Owned reduce(VM& vm, TimeOfDay& self, bool with_fold) {
  Clock clock = self.clock;
  if (!with_fold) clock.fold = 0;
  std::string bytes;
  CEDE_TRY(const Value state, clock_pickle(vm, bytes, clock));
  CEDE_TRY(const Value arguments, self.zone.is_unbound() ? tuple_of(vm, {state}) : tuple_of(vm, {state, self.zone}));
  return tuple_of(vm, {Ref(self.type), arguments});
}
Owned time_reduce_ex(VM& vm, TimeOfDay& self, int protocol) { return reduce(vm, self, protocol > 3); }
Owned time_reduce(VM& vm, TimeOfDay& self) { return reduce(vm, self, false); }

std::int64_t time_hour(VM&, TimeOfDay& self) { return self.clock.hour; }
std::int64_t time_minute(VM&, TimeOfDay& self) { return self.clock.minute; }
std::int64_t time_second(VM&, TimeOfDay& self) { return self.clock.second; }
std::int64_t time_microsecond(VM&, TimeOfDay& self) { return self.clock.microsecond; }
std::int64_t time_fold(VM&, TimeOfDay& self) { return self.clock.fold; }
Value time_zone(VM&, TimeOfDay& self) { return Value(self.zone_or_none()); }

constexpr Method methods[] = {
    method<"isoformat(self, /, timespec=<'auto'>)", time_isoformat>,
    method<"strftime(self, format)", time_strftime>,
    method<"__format__(self, format_spec, /)", time_format>,
    method<"utcoffset(self, /)", time_utcoffset>,
    method<"tzname(self, /)", time_tzname>,
    method<"dst(self, /)", time_dst>,
    method<"replace(self, /, hour=<hour>, minute=<minute>, second=<second>, microsecond=<microsecond>, tzinfo=<tzinfo>, *, fold=<fold>)",
           time_replace>,
    method<"__replace__(self, /, hour=<hour>, minute=<minute>, second=<second>, microsecond=<microsecond>, tzinfo=<tzinfo>, *, "
           "fold=<fold>)", time_replace>,
    method<"fromisoformat(type, string, /)", time_fromisoformat>,
    method<"__reduce_ex__(self, protocol, /)", time_reduce_ex>,
    method<"__reduce__(self, /)", time_reduce>,
};
constexpr Property properties[] = {
    property<"hour", time_hour>,     property<"minute", time_minute>, property<"second", time_second>,
    property<"microsecond", time_microsecond>, property<"tzinfo", time_zone>, property<"fold", time_fold>};

Status fill(VM& vm, Type& type) {
  Dict& names = cast<Dict>(type.dictionary);
  CEDE_TRY(const Value least, time_of_day_new(vm, type, Clock{}, None));
  CEDE_CHECK(dict_set_text(vm, names, "min", least));
  CEDE_TRY(const Value most, time_of_day_new(vm, type, Clock{23, 59, 59, 0, 999999}, None));
  CEDE_CHECK(dict_set_text(vm, names, "max", most));
  CEDE_TRY(const Value resolution, delta_new(vm, 1));
  return dict_set_text(vm, names, "resolution", resolution);
}

constexpr Slots slots = inherit(object_slots, [](Slots& s) {
  s.construct = time_construct;
  s.repr = time_repr;
  s.str = time_str;
  s.hash = time_hash;
  s.compare = time_compare;
});

}  // namespace

const NativeType time_of_day_type{
    .name = "datetime.time", .id = TypeId::Dynamic, .base = nullptr, .layout = &time_of_day_layout, .slots = &slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable, .methods = methods, .properties = properties,
    .doc =
        "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object\n\n"
        "All arguments are optional. tzinfo may be None, or an instance of\n"
        "a tzinfo subclass. The remaining arguments may be ints.\n",
    .fill = fill};

Owned time_of_day_new(VM& vm, Type& type, const Clock& clock, Ref zone) {
  TimeOfDay* made = make_instance<TimeOfDay>(vm, type);
  if (!made) return raised;
  made->clock = clock;
  if (!zone.is_none() && !zone.is_unbound()) made->zone = Value(zone);
  return Value::adopt(made);
}

Status replace_clock(VM& vm, Clock& clock, Ref hour, Ref minute, Ref second, Ref microsecond, Ref fold) {
  int fields[] = {clock.hour, clock.minute, clock.second, clock.microsecond, clock.fold};
  const Ref given[] = {hour, minute, second, microsecond, fold};
  for (int i = 0; i < 5; ++i) {
    if (given[i].is_unbound()) continue;
    CEDE_TRY(fields[i], c_int(vm, given[i]));
  }
  CEDE_CHECK(check_clock(vm, fields[0], fields[1], fields[2], fields[3], fields[4]));
  clock = {static_cast<std::uint8_t>(fields[0]), static_cast<std::uint8_t>(fields[1]), static_cast<std::uint8_t>(fields[2]),
           static_cast<std::uint8_t>(fields[4]), fields[3]};
  return Ok;
}

Owned clock_pickle(VM& vm, std::string& bytes, Clock clock) {
  // The fold is the highest bit of the first byte: of the hour, or in a datetime of the month before it.
  if (bytes.empty() && clock.fold) clock.hour |= 0x80;
  else if (clock.fold) bytes[2] = static_cast<char>(bytes[2] | 0x80);
  for (const int field : {int{clock.hour}, int{clock.minute}, int{clock.second}, clock.microsecond >> 16, clock.microsecond >> 8,
                          clock.microsecond})
    bytes += static_cast<char>(field);
  return bytes_from(vm, bytes);
}

bool clock_from_pickle(std::string_view bytes, Clock& clock) {
  if (bytes.size() != 6) return false;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  clock = {static_cast<std::uint8_t>(byte(0) & 0x7F), byte(1), byte(2), static_cast<std::uint8_t>(byte(0) >> 7),
           byte(3) << 16 | byte(4) << 8 | byte(5)};
  return clock.hour < 24;
}

}  // namespace cede::stdlib
