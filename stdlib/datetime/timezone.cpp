// datetime.tzinfo, the base of time zones, and datetime.timezone, those of a fixed offset.
#include "runtime/host/host.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/datetime/datetime.hpp"

namespace cede::stdlib {

constinit const Layout tzinfo_layout = layout_for<TzInfo>();
constinit const Layout timezone_layout = layout_for<TimeZone>(&tzinfo_layout);

namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr Microseconds day_us = Microseconds{86400} * second_us;

bool is_zone(Ref value) { return is<TzInfo>(value); }

// ---- tzinfo

Owned tzinfo_construct(VM& vm, Type& type, const Arguments&) {
  TzInfo* made = make_instance<TzInfo>(vm, type);
  if (!made) return raised;
  return Value::adopt(made);
}
Status tzinfo_init(VM& vm, Ref self, const Arguments& arguments) {
  return type_of(vm, self).has(TypeFlag::Heap) ? Ok : object_init(vm, self, arguments);
}
template<FixedString name> Owned must_implement(VM& vm, Ref, Ref) {
  return vm.raise(TypeId::NotImplementedError, "a tzinfo subclass must implement {}()", name.view());
}

Owned tzinfo_fromutc(VM& vm, Ref self, Ref moment) {
  if (!is<DateTime>(moment)) return vm.raise(TypeId::TypeError, "fromutc: argument must be a datetime");
  if (cast<DateTime>(moment).zone_or_none() != self) return vm.raise(TypeId::ValueError, "fromutc: dt.tzinfo is not self");
  CEDE_TRY(const Value offset, zone_offset(vm, self, moment));
  if (offset.is_none()) return vm.raise(TypeId::ValueError, "fromutc: non-None utcoffset() result required");
  CEDE_TRY(const Value summer, zone_offset(vm, self, moment, "dst"));
  if (summer.is_none()) return vm.raise(TypeId::ValueError, "fromutc: non-None dst() result required");
  CEDE_TRY(const Value standard, delta_new(vm, total(cast<Delta>(offset)) - total(cast<Delta>(summer))));
  CEDE_TRY(Value result, datetime_add(vm, moment, cast<Delta>(standard), 1));
  CEDE_TRY(const Value again, zone_offset(vm, self, result, "dst"));
  if (again.is_none()) return vm.raise(TypeId::ValueError, "fromutc: tz.dst() gave inconsistent results; cannot convert");
  if (total(cast<Delta>(again)) == 0) return result.take();
  return datetime_add(vm, result, cast<Delta>(again), 1);
}

// copy and pickle: the class, __getinitargs__() and __getstate__().
Owned tzinfo_reduce(VM& vm, Ref self) {
  CEDE_TRY(const Value get_arguments, find_attribute(vm, self, "__getinitargs__"));
  Value arguments = vm.empty_tuple;
  if (!get_arguments.is_unbound()) {
    CEDE_TRY(arguments, call(vm, get_arguments));
  }
  CEDE_TRY(const Value state, call_method(vm, self, *vm.names.__getstate__));
  return tuple_of(vm, {Ref(type_of(vm, self)), arguments, state});
}

constexpr Method tzinfo_methods[] = {
    method<"tzname(self, dt, /)", must_implement<"tzname">>,
    method<"utcoffset(self, dt, /)", must_implement<"utcoffset">>,
    method<"dst(self, dt, /)", must_implement<"dst">>,
    method<"fromutc(self, dt, /)", tzinfo_fromutc>,
    method<"__reduce__(self, /)", tzinfo_reduce>,
};
constexpr Slots tzinfo_slots = inherit(object_slots, [](Slots& s) {
  s.construct = tzinfo_construct;
  s.init = tzinfo_init;
});

// ---- timezone

Owned make_timezone(VM& vm, Ref offset, Ref name) {
  TimeZone* made = make_object<TimeZone>(vm, vm.native_type(timezone_type));
  if (!made) return raised;
  made->offset = Value(offset);
  if (!name.is_unbound()) made->name = Value(name);
  return Value::adopt(made);
}

Owned checked_timezone(VM& vm, Type&, Ref offset, Ref name) {
  if (!is<Delta>(offset))
    return vm.raise(TypeId::TypeError, "timezone() argument 1 must be datetime.timedelta, not {}", type_name(offset, vm));
  if (!name.is_unbound() && !is<Str>(name))
    return vm.raise(TypeId::TypeError, "timezone() argument 2 must be str, not {}", type_name(name, vm));
  return timezone_new(vm, offset, name);
}
Owned timezone_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"timezone(offset, name=<omitted>)", checked_timezone>(vm, type, arguments);
}

Status check_moment(VM& vm, const char* function, Ref moment) {
  if (moment.is_none() || is<DateTime>(moment)) return Ok;
  return vm.raise(TypeId::TypeError, "{}(dt) argument must be a datetime instance or None, not {}", function,
                  display_name(type_of(vm, moment)));
}

std::string text_of(const TimeZone& self) {
  if (is<Str>(self.name)) return std::string(cast<Str>(self.name).view());
  const Delta& offset = cast<Delta>(self.offset);
  return total(offset) == 0 ? "UTC" : "UTC" + offset_text(offset, ":");
}

Owned timezone_utcoffset(VM& vm, TimeZone& self, Ref moment) {
  CEDE_CHECK(check_moment(vm, "utcoffset", moment));
  return Owned::share(self.offset);
}
Owned timezone_tzname(VM& vm, TimeZone& self, Ref moment) {
  CEDE_CHECK(check_moment(vm, "tzname", moment));
  return str_from_utf8(vm, text_of(self));
}
Owned timezone_dst(VM& vm, Ref, Ref moment) {
  CEDE_CHECK(check_moment(vm, "dst", moment));
  return Owned::share(None);
}
Owned timezone_fromutc(VM& vm, TimeZone& self, Ref moment) {
  if (!is<DateTime>(moment)) return vm.raise(TypeId::TypeError, "fromutc: argument must be a datetime");
  if (cast<DateTime>(moment).zone_or_none() != Ref(self)) return vm.raise(TypeId::ValueError, "fromutc: dt.tzinfo is not self");
  return datetime_add(vm, moment, cast<Delta>(self.offset), 1);
}
Owned timezone_getinitargs(VM& vm, TimeZone& self) {
  return is<Str>(self.name) ? tuple_of(vm, {self.offset, self.name}) : tuple_of(vm, {self.offset});
}

bool is_utc(const TimeZone& self) { return total(cast<Delta>(self.offset)) == 0 && self.name.is_unbound(); }
Owned timezone_repr(VM& vm, Ref object) {
  const TimeZone& self = cast<TimeZone>(object);
  if (is_utc(self)) return str_from_ascii(vm, "datetime.timezone.utc");
  CEDE_TRY(const Value offset, repr(vm, self.offset));
  if (!is<Str>(self.name)) return str_from_utf8(vm, fmt::format("datetime.timezone({})", cast<Str>(offset).view()));
  CEDE_TRY(const Value name, repr(vm, self.name));
  return str_from_utf8(vm, fmt::format("datetime.timezone({}, {})", cast<Str>(offset).view(), cast<Str>(name).view()));
}
Owned timezone_str(VM& vm, Ref self) { return str_from_utf8(vm, text_of(cast<TimeZone>(self))); }
Result<std::int64_t> timezone_hash(VM& vm, Ref self) { return delta_hash(vm, cast<Delta>(cast<TimeZone>(self).offset)); }
Owned timezone_compare(VM&, Ref self, Ref other, CompareOperation operation) {
  const bool equality = operation == CompareOperation::Equal || operation == CompareOperation::NotEqual;
  if (!equality || !is<TimeZone>(other)) return Owned::share(NotImplemented);
  const bool same = total(cast<Delta>(cast<TimeZone>(self).offset)) == total(cast<Delta>(cast<TimeZone>(other).offset));
  return Owned(Ref::boolean(same == (operation == CompareOperation::Equal)).bits);
}

constexpr Method timezone_methods[] = {
    method<"tzname(self, dt, /)", timezone_tzname>,
    method<"utcoffset(self, dt, /)", timezone_utcoffset>,
    method<"dst(self, dt, /)", timezone_dst>,
    method<"fromutc(self, dt, /)", timezone_fromutc>,
    method<"__getinitargs__(self, /)", timezone_getinitargs>,
};
constexpr Slots timezone_slots = inherit(tzinfo_slots, [](Slots& s) {
  s.construct = timezone_construct;
  s.init = [](VM&, Ref, const Arguments&) { return Ok; };
  s.repr = timezone_repr;
  s.str = timezone_str;
  s.hash = timezone_hash;
  s.compare = timezone_compare;
});

Status fill_timezone(VM& vm, Type& type) {
  Dict& names = cast<Dict>(type.dictionary);
  const auto add = [&](std::string_view name, Microseconds offset) -> Status {
    CEDE_TRY(const Value delta, delta_new(vm, offset));
    CEDE_TRY(const Value zone, make_timezone(vm, delta, Unbound));
    return dict_set_text(vm, names, name, zone);
  };
  CEDE_CHECK(add("utc", 0));
  CEDE_CHECK(add("min", Microseconds{-86340} * second_us));
  return add("max", Microseconds{86340} * second_us);
}

}  // namespace

const NativeType tzinfo_type{
    .name = "datetime.tzinfo", .id = TypeId::Dynamic, .base = nullptr, .layout = &tzinfo_layout, .slots = &tzinfo_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable, .methods = tzinfo_methods,
    .doc = "Abstract base class for time zone info objects."};
const NativeType timezone_type{
    .name = "datetime.timezone", .id = TypeId::Dynamic, .base = &tzinfo_type, .layout = &timezone_layout, .slots = &timezone_slots,
    .flags = std::uint32_t(TypeFlag::Instantiable), .methods = timezone_methods,
    .doc = "Fixed offset from UTC implementation of tzinfo.", .fill = fill_timezone};

Owned zone_offset(VM& vm, Ref zone, Ref argument, const char* method_name) {
  if (zone.is_none()) return Owned::share(None);
  const bool offset = std::string_view(method_name) == "utcoffset";
  if (is<TimeZone>(zone)) return offset ? Owned::share(cast<TimeZone>(zone).offset) : Owned::share(None);
  CEDE_TRY(Value delta, call_method(vm, zone, vm.intern(method_name), argument));
  if (delta.is_none()) return delta.take();
  if (!is<Delta>(delta))
    return vm.raise(TypeId::TypeError, "tzinfo.{}() must return None or timedelta, not '{}'", method_name,
                    display_name(type_of(vm, delta)));
  const Microseconds us = total(cast<Delta>(delta));
  if (us <= -day_us || us >= day_us)
    return vm.raise(TypeId::ValueError,
                    "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
  return delta.take();
}

Owned zone_name(VM& vm, Ref zone, Ref argument) {
  if (zone.is_none()) return Owned::share(None);
  if (is<TimeZone>(zone)) return str_from_utf8(vm, text_of(cast<TimeZone>(zone)));
  CEDE_TRY(Value name, call_method(vm, zone, vm.intern("tzname"), argument));
  if (name.is_none() || is<Str>(name)) return name.take();
  return vm.raise(TypeId::TypeError, "tzinfo.tzname() must return None or a string, not '{}'", display_name(type_of(vm, name)));
}

Status check_zone(VM& vm, Ref zone) {
  if (zone.is_none() || zone.is_unbound() || is_zone(zone)) return Ok;
  return vm.raise(TypeId::TypeError, "tzinfo argument must be None or of a tzinfo subclass, not type '{}'",
                  display_name(type_of(vm, zone)));
}

Owned timezone_new(VM& vm, Ref offset, Ref name) {
  const Microseconds us = total(cast<Delta>(offset));
  if (us == 0 && name.is_unbound()) return utc_zone(vm);
  if (us <= -day_us || us >= day_us) {
    const std::string shown = repr_text(vm, offset);
    return vm.raise(TypeId::ValueError,
                    "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {}.", shown);
  }
  return make_timezone(vm, offset, name);
}

Owned utc_zone(VM& vm) {
  return dict_get_str(vm, type_dictionary(vm, vm.native_type(timezone_type)), vm.intern("utc"));
}

Owned local_zone(VM& vm, std::int64_t timestamp) {
  std::tm t{};
  if (!vm.host.local_time(timestamp, t)) return vm.raise_os_error(EOVERFLOW);
  CEDE_TRY(const Value offset, delta_new(vm, Microseconds{t.tm_gmtoff} * second_us));
  CEDE_TRY(const Value name, str_from_external(vm, t.tm_zone ? t.tm_zone : ""));
  return timezone_new(vm, offset, name);
}

}  // namespace cede::stdlib
