// datetime.timedelta: a number of microseconds.
#include <cmath>

#include "runtime/types/dict.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/datetime/datetime.hpp"

namespace cede::stdlib {

constinit const Layout delta_layout = layout_for<Delta>();

namespace {

constexpr std::int64_t second_us = 1'000'000, day_us = 86400 * second_us;
constexpr std::int64_t maximum_days = 999999999;

Owned to_int(VM& vm, Microseconds us) {
  if (us >= INT64_MIN && us <= INT64_MAX) return int_from(vm, static_cast<std::int64_t>(us));
  return int_from_byte_array(vm, {reinterpret_cast<const char*>(&us), sizeof us}, true, true);
}
Owned to_int(VM& vm, const Delta& delta) { return to_int(vm, total(delta)); }

RaisedMark raise_too_large(VM& vm) { return vm.raise(TypeId::OverflowError, "Python int too large to convert to C int"); }

// A delta from a Python int of microseconds.
Owned from_int(VM& vm, Ref integer) {
  Microseconds us;
  if (const auto small = int_to_int64(integer)) {
    us = *small;
  } else {
    char bytes[sizeof us];
    if (int_to_byte_array(vm, integer, bytes, sizeof us, true, true).is_raised()) {
      vm.clear_error();
      return raise_too_large(vm);
    }
    std::memcpy(&us, bytes, sizeof us);
  }
  return delta_new(vm, us);
}

// a / b, rounded half to even.
Owned divide_nearest(VM& vm, Ref a, Ref b) {
  Value quotient, remainder;
  CEDE_CHECK(int_divide(vm, a, b, quotient, remainder));
  CEDE_TRY(const Value twice, int_multiply(vm, remainder, Ref::small(2)));
  const int order = int_sign(b) > 0 ? int_order(twice, b) : int_order(b, twice);
  if (order > 0 || (order == 0 && int_is_odd(quotient))) return int_add(vm, quotient, Ref::small(1));
  return quotient.take();
}

// ---- construction

struct Sum {
  Microseconds us = 0;
  double rest = 0;   // less than a microsecond each
};

Status accumulate(VM& vm, Sum& sum, Ref value, std::int64_t factor, const char* name) {
  if (value.is_unbound()) return Ok;
  Microseconds product;
  const auto add = [&]() -> Status {
    return __builtin_add_overflow(sum.us, product, &sum.us) ? Status(raise_too_large(vm)) : Ok;
  };
  if (is_int(value)) {
    const auto n = int_to_int64(value);
    if (!n) return raise_too_large(vm);
    product = Microseconds{*n} * factor;
    return add();
  }
  if (!is_float(value))
    return vm.raise(TypeId::TypeError, "unsupported type for timedelta {} component: {}", name, display_name(type_of(vm, value)));
  const double d = float_value(value);
  if (!std::isfinite(d)) {
    CEDE_TRY(const Value fails, int_from_double(vm, d));
    return Ok;
  }
  double whole;
  double fraction = std::modf(d, &whole);
  if (std::fabs(whole) > 1e18) return raise_too_large(vm);
  product = Microseconds{static_cast<std::int64_t>(whole)} * factor;
  CEDE_CHECK(add());
  if (fraction == 0) return Ok;
  fraction = std::modf(fraction * static_cast<double>(factor), &whole);
  product = static_cast<std::int64_t>(whole);
  CEDE_CHECK(add());
  sum.rest += fraction;
  return Ok;
}

Owned make(VM& vm, Type& type, Ref days, Ref seconds, Ref microseconds, Ref milliseconds, Ref minutes, Ref hours, Ref weeks) {
  Sum sum;
  CEDE_CHECK(accumulate(vm, sum, microseconds, 1, "microseconds"));
  CEDE_CHECK(accumulate(vm, sum, milliseconds, 1000, "milliseconds"));
  CEDE_CHECK(accumulate(vm, sum, seconds, second_us, "seconds"));
  CEDE_CHECK(accumulate(vm, sum, minutes, 60 * second_us, "minutes"));
  CEDE_CHECK(accumulate(vm, sum, hours, 3600 * second_us, "hours"));
  CEDE_CHECK(accumulate(vm, sum, days, day_us, "days"));
  CEDE_CHECK(accumulate(vm, sum, weeks, 7 * day_us, "weeks"));
  if (sum.rest != 0) {
    double whole = std::round(sum.rest);
    if (std::fabs(whole - sum.rest) == 0.5) {
      // Half-way: the sum becomes even.
      const int odd = static_cast<int>(sum.us & 1);
      whole = 2.0 * std::round((sum.rest + odd) * 0.5) - odd;
    }
    sum.us += static_cast<std::int64_t>(whole);
  }
  return delta_new(vm, type, sum.us);
}
Owned delta_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"__new__(days=<0>, seconds=<0>, microseconds=<0>, milliseconds=<0>, minutes=<0>, hours=<0>, weeks=<0>)", make>(
      vm, type, arguments);
}

// ---- operators

Owned delta_add(VM& vm, Ref left, Ref right) {
  if (!is<Delta>(left) || !is<Delta>(right)) return Owned::share(NotImplemented);
  return delta_new(vm, total(cast<Delta>(left)) + total(cast<Delta>(right)));
}
Owned delta_subtract(VM& vm, Ref left, Ref right) {
  if (!is<Delta>(left) || !is<Delta>(right)) return Owned::share(NotImplemented);
  return delta_new(vm, total(cast<Delta>(left)) - total(cast<Delta>(right)));
}

// delta * float and delta / float, exactly.
Owned scale(VM& vm, const Delta& delta, Ref number, bool multiply) {
  CEDE_TRY(const Value ratio, call_method(vm, number, vm.intern("as_integer_ratio")));
  if (!is<Tuple>(ratio) || cast<Tuple>(ratio).size != 2)
    return vm.raise(TypeId::TypeError, "unexpected return type from as_integer_ratio(): expected tuple, not '{}'", type_name(ratio, vm));
  const Tuple& parts = cast<Tuple>(ratio);
  CEDE_TRY(const Value us, to_int(vm, delta));
  CEDE_TRY(const Value product, int_multiply(vm, us, parts[multiply ? 0 : 1]));
  CEDE_TRY(const Value result, divide_nearest(vm, product, parts[multiply ? 1 : 0]));
  return from_int(vm, result);
}

Owned delta_multiply(VM& vm, Ref left, Ref right) {
  const Ref delta = is<Delta>(left) ? left : right, number = is<Delta>(left) ? right : left;
  if (is_int(number)) {
    CEDE_TRY(const Value us, to_int(vm, cast<Delta>(delta)));
    CEDE_TRY(const Value product, int_multiply(vm, us, number));
    return from_int(vm, product);
  }
  if (is_float(number)) return scale(vm, cast<Delta>(delta), number, true);
  return Owned::share(NotImplemented);
}

Owned delta_true_divide(VM& vm, Ref left, Ref right) {
  if (!is<Delta>(left)) return Owned::share(NotImplemented);
  CEDE_TRY(const Value us, to_int(vm, cast<Delta>(left)));
  if (is<Delta>(right)) {
    CEDE_TRY(const Value other, to_int(vm, cast<Delta>(right)));
    return int_true_divide(vm, us, other);
  }
  if (is_float(right)) return scale(vm, cast<Delta>(left), right, false);
  if (!is_int(right)) return Owned::share(NotImplemented);
  CEDE_TRY(const Value result, divide_nearest(vm, us, right));
  return from_int(vm, result);
}

Owned delta_floor_divide(VM& vm, Ref left, Ref right) {
  if (!is<Delta>(left)) return Owned::share(NotImplemented);
  CEDE_TRY(const Value us, to_int(vm, cast<Delta>(left)));
  if (is<Delta>(right)) {
    CEDE_TRY(const Value other, to_int(vm, cast<Delta>(right)));
    return int_floor_divide(vm, us, other);
  }
  if (!is_int(right)) return Owned::share(NotImplemented);
  CEDE_TRY(const Value result, int_floor_divide(vm, us, right));
  return from_int(vm, result);
}

Owned delta_remainder(VM& vm, Ref left, Ref right) {
  if (!is<Delta>(left) || !is<Delta>(right)) return Owned::share(NotImplemented);
  CEDE_TRY(const Value a, to_int(vm, cast<Delta>(left)));
  CEDE_TRY(const Value b, to_int(vm, cast<Delta>(right)));
  CEDE_TRY(const Value rest, int_remainder(vm, a, b));
  return from_int(vm, rest);
}
Owned delta_divmod(VM& vm, Ref left, Ref right) {
  if (!is<Delta>(left) || !is<Delta>(right)) return Owned::share(NotImplemented);
  CEDE_TRY(const Value a, to_int(vm, cast<Delta>(left)));
  CEDE_TRY(const Value b, to_int(vm, cast<Delta>(right)));
  Value quotient, remainder;
  CEDE_CHECK(int_divide(vm, a, b, quotient, remainder));
  CEDE_TRY(const Value rest, from_int(vm, remainder));
  return tuple_of(vm, {quotient, rest});
}

Owned delta_negative(VM& vm, Ref self) { return delta_new(vm, -total(cast<Delta>(self))); }
Owned delta_positive(VM& vm, Ref self) { return delta_new(vm, total(cast<Delta>(self))); }
Owned delta_absolute(VM& vm, Ref self) {
  const Microseconds us = total(cast<Delta>(self));
  return delta_new(vm, us < 0 ? -us : us);
}
Result<bool> delta_boolean(VM&, Ref self) { return total(cast<Delta>(self)) != 0; }

Owned delta_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  (void)vm;
  if (!is<Delta>(other)) return Owned::share(NotImplemented);
  const Microseconds a = total(cast<Delta>(self)), b = total(cast<Delta>(other));
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
Result<std::int64_t> delta_hash_slot(VM& vm, Ref self) { return delta_hash(vm, cast<Delta>(self)); }

// ---- text

Owned delta_repr(VM& vm, Ref self) {
  const Delta& delta = cast<Delta>(self);
  std::string parts;
  const auto add = [&](const char* name, std::int32_t value) {
    if (value) parts += fmt::format("{}{}={}", parts.empty() ? "" : ", ", name, value);
  };
  add("days", delta.days);
  add("seconds", delta.seconds);
  add("microseconds", delta.microseconds);
  return str_from_utf8(vm, fmt::format("{}({})", display_name(type_of(vm, self)), parts.empty() ? "0" : parts));
}

Owned delta_str(VM& vm, Ref self) {
  const Delta& delta = cast<Delta>(self);
  std::string text = fmt::format("{}:{:02d}:{:02d}", delta.seconds / 3600, delta.seconds / 60 % 60, delta.seconds % 60);
  if (delta.days) text = fmt::format("{} day{}, ", delta.days, delta.days == 1 || delta.days == -1 ? "" : "s") + text;
  if (delta.microseconds) text += fmt::format(".{:06d}", delta.microseconds);
  return str_from_ascii(vm, text);
}

// ---- methods and attributes

Owned delta_total_seconds(VM& vm, Delta& self) {
  CEDE_TRY(const Value us, to_int(vm, self));
  return int_true_divide(vm, us, Ref::small(second_us));
}
Owned delta_reduce(VM& vm, Delta& self) {
  CEDE_TRY(const Value state, tuple_of(vm, {Ref::small(self.days), Ref::small(self.seconds), Ref::small(self.microseconds)}));
  return tuple_of(vm, {Ref(self.type), state});
}
std::int64_t delta_days(VM&, Delta& self) { return self.days; }
std::int64_t delta_seconds(VM&, Delta& self) { return self.seconds; }
std::int64_t delta_microseconds(VM&, Delta& self) { return self.microseconds; }

Status read_only(VM& vm, Delta&, Ref) { return vm.raise(TypeId::AttributeError, "readonly attribute"); }

constexpr Method methods[] = {
    method<"total_seconds(self, /)", delta_total_seconds>,
    method<"__reduce__(self, /)", delta_reduce>,
};
constexpr Property properties[] = {property<"days", delta_days, read_only>, property<"seconds", delta_seconds, read_only>,
                                   property<"microseconds", delta_microseconds, read_only>};

Status fill(VM& vm, Type& type) {
  Dict& names = cast<Dict>(type.dictionary);
  CEDE_TRY(const Value resolution, delta_new(vm, type, 1));
  CEDE_CHECK(dict_set_text(vm, names, "resolution", resolution));
  CEDE_TRY(const Value least, delta_new(vm, type, -Microseconds{maximum_days} * day_us));
  CEDE_CHECK(dict_set_text(vm, names, "min", least));
  CEDE_TRY(const Value most, delta_new(vm, type, Microseconds{maximum_days + 1} * day_us - 1));
  return dict_set_text(vm, names, "max", most);
}

constexpr Slots slots = inherit(object_slots, [](Slots& s) {
  s.construct = delta_construct;
  s.repr = delta_repr;
  s.str = delta_str;
  s.hash = delta_hash_slot;
  s.compare = delta_compare;
  s.add = delta_add;
  s.subtract = delta_subtract;
  s.multiply = delta_multiply;
  s.true_divide = delta_true_divide;
  s.floor_divide = delta_floor_divide;
  s.remainder = delta_remainder;
  s.divmod = delta_divmod;
  s.negative = delta_negative;
  s.positive = delta_positive;
  s.absolute = delta_absolute;
  s.boolean = delta_boolean;
});

}  // namespace

const NativeType delta_type{
    .name = "datetime.timedelta", .id = TypeId::Dynamic, .base = nullptr, .layout = &delta_layout, .slots = &slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable, .methods = methods, .properties = properties,
    .doc =
        "Difference between two datetime values.\n\n"
        "timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)\n\n"
        "All arguments are optional and default to 0.\n"
        "Arguments may be integers or floats, and may be positive or negative.",
    .fill = fill};

Microseconds total(const Delta& delta) {
  return Microseconds{delta.days} * day_us + std::int64_t{delta.seconds} * second_us + delta.microseconds;
}

Owned delta_new(VM& vm, Microseconds microseconds) { return delta_new(vm, vm.native_type(delta_type), microseconds); }
Owned delta_new(VM& vm, Type& type, Microseconds microseconds) {
  Microseconds days = microseconds / day_us, rest = microseconds % day_us;
  if (rest < 0) {
    rest += day_us;
    --days;
  }
  if (days > INT32_MAX || days < INT32_MIN) return raise_too_large(vm);
  const std::int64_t whole_days = static_cast<std::int64_t>(days);
  if (whole_days > maximum_days || whole_days < -maximum_days)
    return vm.raise(TypeId::OverflowError, "days={}; must have magnitude <= 999999999", whole_days);
  Delta* made = make_instance<Delta>(vm, type);
  if (!made) return raised;
  made->days = static_cast<std::int32_t>(whole_days);
  made->seconds = static_cast<std::int32_t>(rest / second_us);
  made->microseconds = static_cast<std::int32_t>(rest % second_us);
  return Value::adopt(made);
}

std::string offset_text(const Delta& offset, std::string_view separator) {
  const Microseconds us = total(offset);
  const std::int64_t size = static_cast<std::int64_t>(us < 0 ? -us : us), seconds = size / second_us, fraction = size % second_us;
  std::string text = fmt::format("{}{:02d}{}{:02d}", us < 0 ? '-' : '+', seconds / 3600, separator, seconds / 60 % 60);
  if (seconds % 60 || fraction) text += fmt::format("{}{:02d}", separator, seconds % 60);
  if (fraction) text += fmt::format(".{:06d}", fraction);
  return text;
}

Result<std::int64_t> delta_hash(VM& vm, const Delta& delta) {
  CEDE_TRY(const Value state, tuple_of(vm, {Ref::small(delta.days), Ref::small(delta.seconds), Ref::small(delta.microseconds)}));
  return hash_value(vm, state);
}

}  // namespace cede::stdlib
