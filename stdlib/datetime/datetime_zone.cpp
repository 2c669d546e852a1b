// datetime.datetime: moments, differences, and the way between time zones.
#include <algorithm>

#include "runtime/core/hash.hpp"
#include "runtime/host/host.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "stdlib/datetime/datetime.hpp"

namespace cede::stdlib {

namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr Microseconds day_us = Microseconds{86400} * second_us;
constexpr std::int64_t epoch_days = 719163;   // 1 January 1970

// Seconds since 1970 of the wall clock, as if it showed UTC.
std::int64_t wall_seconds(const DateTime& self) {
  return static_cast<std::int64_t>(moment_of(self) / second_us) - epoch_days * 86400;
}

// What the wall clock here shows at a moment: seconds since 1970 as if it showed UTC. ValueError if the year is out of range.
Result<std::int64_t> local_seconds(VM& vm, std::int64_t timestamp) {
  std::tm t{};
  if (!vm.host.local_time(timestamp, t)) return vm.raise(TypeId::ValueError, "year is out of range");
  const std::int64_t year = t.tm_year + std::int64_t{1900};
  if (year < minimum_year || year > maximum_year) return vm.raise(TypeId::ValueError, "year {} is out of range", year);
  return (ordinal_of(static_cast<std::int32_t>(year), t.tm_mon + 1, t.tm_mday) - epoch_days) * 86400 + t.tm_hour * 3600 + t.tm_min * 60 +
         std::min(t.tm_sec, 59);
}

// The moment at which the wall clock here shows `wall`. Where it shows that twice, `fold` says which; where it never does,
// the offset before the gap is used (fold 0) or that behind it.
Result<std::int64_t> timestamp_of_wall(VM& vm, std::int64_t wall, bool fold) {
  constexpr std::int64_t probe = 24 * 3600;
  CEDE_TRY(const std::int64_t first_shown, local_seconds(vm, wall));
  const std::int64_t a = first_shown - wall, u1 = wall - a;
  CEDE_TRY(const std::int64_t t1, local_seconds(vm, u1));
  std::int64_t b;
  if (t1 == wall) {
    const std::int64_t other = u1 + (fold ? probe : -probe);
    CEDE_TRY(const std::int64_t shown, local_seconds(vm, other));
    b = shown - other;
    if (a == b) return u1;
  } else {
    b = t1 - u1;
  }
  const std::int64_t u2 = wall - b;
  CEDE_TRY(const std::int64_t t2, local_seconds(vm, u2));
  if (t2 == wall) return u2;
  if (t1 == wall) return u1;
  return fold ? std::min(u1, u2) : std::max(u1, u2);
}

// A datetime of `type` at so many microseconds since day 0.
Status split_moment(VM& vm, Microseconds moment, Day& day, Clock& clock) {
  const Microseconds days = moment / day_us;
  if (moment < day_us || days > maximum_ordinal) return vm.raise(TypeId::OverflowError, "date value out of range");
  day = day_of_ordinal(static_cast<std::int64_t>(days));
  const std::int64_t rest = static_cast<std::int64_t>(moment % day_us), seconds = rest / second_us;
  clock = {static_cast<std::uint8_t>(seconds / 3600), static_cast<std::uint8_t>(seconds / 60 % 60),
           static_cast<std::uint8_t>(seconds % 60), 0, static_cast<std::int32_t>(rest % second_us)};
  return Ok;
}

Owned local_zone_of(VM& vm, const DateTime& self) {
  CEDE_TRY(const std::int64_t timestamp, timestamp_of_wall(vm, wall_seconds(self), self.clock.fold));
  return local_zone(vm, timestamp);
}

// utcoffset() of a datetime whose fold is turned.
Owned other_offset(VM& vm, DateTime& self) {
  Clock clock = self.clock;
  clock.fold = !clock.fold;
  CEDE_TRY(const Value turned, datetime_new(vm, vm.native_type(datetime_type), {self.year, self.month, self.day}, clock, self.zone_or_none()));
  return datetime_utcoffset(vm, cast<DateTime>(turned));
}

Result<bool> same_offsets(VM& vm, Ref a, Ref b) {
  if (a.is_none() || b.is_none()) return a == b;
  return is_equal(vm, a, b);
}

// A time that exists twice or never in its zone equals no time of another zone.
Result<bool> is_ambiguous(VM& vm, DateTime& self, Ref offset) {
  CEDE_TRY(const Value other, other_offset(vm, self));
  CEDE_TRY(const bool same, same_offsets(vm, offset, other));
  return !same;
}

Owned compare_moments(Microseconds a, Microseconds b, CompareOperation operation) {
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

}  // namespace

Microseconds moment_of(const DateTime& self) {
  const Clock& c = self.clock;
  return Microseconds{ordinal_of(self.year, self.month, self.day)} * day_us +
         ((Microseconds{c.hour} * 60 + c.minute) * 60 + c.second) * second_us + c.microsecond;
}

Owned datetime_utcoffset(VM& vm, DateTime& self) {
  const Value zone{self.zone_or_none()};
  return zone_offset(vm, zone, &self);
}

Owned datetime_add(VM& vm, Ref date, const Delta& delta, int sign) {
  const DateTime& self = cast<DateTime>(date);
  Day day;
  Clock clock;
  CEDE_CHECK(split_moment(vm, moment_of(self) + sign * total(delta), day, clock));
  return datetime_make(vm, *self.type, day, clock, Value(self.zone_or_none()));
}

Owned datetime_difference(VM& vm, DateTime& left, DateTime& right) {
  Microseconds difference = moment_of(left) - moment_of(right);
  if (left.zone_or_none() != right.zone_or_none()) {
    CEDE_TRY(const Value a, datetime_utcoffset(vm, left));
    CEDE_TRY(const Value b, datetime_utcoffset(vm, right));
    if (a.is_none() != b.is_none())
      return vm.raise(TypeId::TypeError, "can't subtract offset-naive and offset-aware datetimes");
    if (!a.is_none()) difference -= total(cast<Delta>(a)) - total(cast<Delta>(b));
  }
  return delta_new(vm, difference);
}

Owned datetime_compare(VM& vm, Ref left, Ref right, CompareOperation operation) {
  if (!is<DateTime>(right)) return Owned::share(NotImplemented);
  DateTime &a = cast<DateTime>(left), &b = cast<DateTime>(right);
  if (a.zone_or_none() == b.zone_or_none()) return compare_moments(moment_of(a), moment_of(b), operation);
  const bool equality = operation == CompareOperation::Equal || operation == CompareOperation::NotEqual;
  CEDE_TRY(const Value first, datetime_utcoffset(vm, a));
  CEDE_TRY(const Value second, datetime_utcoffset(vm, b));
  if (first.is_none() != second.is_none()) {
    if (equality) return Owned(Ref::boolean(operation == CompareOperation::NotEqual).bits);
    return vm.raise(TypeId::TypeError, "can't compare offset-naive and offset-aware datetimes");
  }
  if (first.is_none()) return compare_moments(moment_of(a), moment_of(b), operation);
  CEDE_TRY(const bool same, same_offsets(vm, first, second));
  if (equality) {
    CEDE_TRY(bool ambiguous, is_ambiguous(vm, a, first));
    if (!ambiguous) {
      CEDE_TRY(ambiguous, is_ambiguous(vm, b, second));
    }
    if (ambiguous) return Owned(Ref::boolean(operation == CompareOperation::NotEqual).bits);
  }
  if (same) return compare_moments(moment_of(a), moment_of(b), operation);
  return compare_moments(moment_of(a) - total(cast<Delta>(first)), moment_of(b) - total(cast<Delta>(second)), operation);
}

Result<std::int64_t> datetime_hash(VM& vm, Ref object) {
  DateTime& self = cast<DateTime>(object);
  // The zone is asked as if there were no fold.
  Value asked{object};
  if (self.clock.fold) {
    Clock clock = self.clock;
    clock.fold = 0;
    CEDE_TRY(asked, datetime_new(vm, vm.native_type(datetime_type), {self.year, self.month, self.day}, clock, self.zone_or_none()));
  }
  CEDE_TRY(const Value offset, datetime_utcoffset(vm, cast<DateTime>(asked)));
  if (!offset.is_none()) {
    CEDE_TRY(const Value delta, delta_new(vm, moment_of(self) - total(cast<Delta>(offset))));
    return delta_hash(vm, cast<Delta>(delta));
  }
  const Clock& c = self.clock;
  const char bytes[] = {static_cast<char>(self.year >> 8), static_cast<char>(self.year), static_cast<char>(self.month),
                        static_cast<char>(self.day), static_cast<char>(c.hour), static_cast<char>(c.minute), static_cast<char>(c.second),
                        static_cast<char>(c.microsecond >> 16), static_cast<char>(c.microsecond >> 8), static_cast<char>(c.microsecond)};
  return hash_bytes({vm.options.hash_key[0], vm.options.hash_key[1]}, bytes, sizeof bytes);
}

Owned datetime_from_timestamp(VM& vm, Type& type, std::int64_t seconds, int microsecond, Ref zone, bool utc) {
  std::int64_t wall = seconds;
  if (!utc) {
    CEDE_TRY(wall, local_seconds(vm, seconds));
  }
  // Years out of range are refused before days are counted.
  constexpr std::int64_t farthest = std::int64_t{400000} * 366 * 86400;
  if (wall > farthest || wall < -farthest) {
    std::tm t{};
    const std::time_t when = wall;
    if (!gmtime_r(&when, &t)) return vm.raise_os_error(EOVERFLOW);
    return vm.raise(TypeId::ValueError, "year {} is out of range", t.tm_year + std::int64_t{1900});
  }
  const std::int64_t days = wall >= 0 ? wall / 86400 : -((-wall + 86399) / 86400);
  const std::int64_t ordinal = days + epoch_days;
  if (ordinal < 1 || ordinal > maximum_ordinal) {
    std::tm t{};
    const std::time_t when = wall;
    if (!gmtime_r(&when, &t)) return vm.raise_os_error(EOVERFLOW);
    return vm.raise(TypeId::ValueError, "year {} is out of range", t.tm_year + std::int64_t{1900});
  }
  const std::int64_t rest = wall - days * 86400;
  Clock clock{static_cast<std::uint8_t>(rest / 3600), static_cast<std::uint8_t>(rest / 60 % 60), static_cast<std::uint8_t>(rest % 60), 0,
              microsecond};
  if (!utc && zone.is_none()) {
    // The clock was put back less than a day ago, and showed this time before.
    constexpr std::int64_t probe = 24 * 3600;
    CEDE_TRY(const std::int64_t before, local_seconds(vm, seconds - probe));
    const std::int64_t jump = wall - before - probe;
    if (jump < 0) {
      CEDE_TRY(const std::int64_t earlier, local_seconds(vm, seconds + jump));
      if (earlier == wall) clock.fold = 1;
    }
  }
  CEDE_TRY(Value made, datetime_make(vm, type, day_of_ordinal(ordinal), clock, zone));
  if (zone.is_none()) return made.take();
  return call_method(vm, zone, vm.intern("fromutc"), made);
}

Owned datetime_timestamp(VM& vm, DateTime& self) {
  if (!self.zone.is_unbound()) {
    CEDE_TRY(const Value offset, datetime_utcoffset(vm, self));
    if (!offset.is_none()) {
      const Microseconds us = moment_of(self) - total(cast<Delta>(offset)) - epoch_days * day_us;
      CEDE_TRY(const Value number, int_from(vm, static_cast<std::int64_t>(us)));
      return int_true_divide(vm, number, Ref::small(second_us));
    }
  }
  CEDE_TRY(const std::int64_t seconds, timestamp_of_wall(vm, wall_seconds(self), self.clock.fold));
  return float_from(vm, static_cast<double>(seconds) + self.clock.microsecond / 1e6);
}

Owned datetime_astimezone(VM& vm, DateTime& self, Ref zone) {
  CEDE_CHECK(check_zone(vm, zone));
  Value own{self.zone_or_none()}, offset{None};
  if (!own.is_none()) {
    if (own.ref() == zone) return Owned::share(&self);
    CEDE_TRY(offset, datetime_utcoffset(vm, self));
  }
  if (offset.is_none()) {
    CEDE_TRY(own, local_zone_of(vm, self));
    offset = cast<TimeZone>(own).offset;
    if (own.ref() == zone) return Owned::share(&self);
  }
  const Microseconds moment = moment_of(self) - total(cast<Delta>(offset));
  Value target{zone};
  if (zone.is_none()) {
    const std::int64_t seconds = static_cast<std::int64_t>(moment / second_us) - epoch_days * 86400;
    CEDE_TRY(target, local_zone(vm, seconds));
  }
  Day day;
  Clock clock;
  CEDE_CHECK(split_moment(vm, moment, day, clock));
  CEDE_TRY(const Value utc, datetime_make(vm, *self.type, day, clock, target));
  if (is<TimeZone>(target)) return datetime_add(vm, utc, cast<Delta>(cast<TimeZone>(target).offset), 1);
  return call_method(vm, target, vm.intern("fromutc"), utc);
}

}  // namespace cede::stdlib
