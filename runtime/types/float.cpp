// `float`: the constructor, the slots and the methods. Operators on doubles are in float_operators.cpp, text
// in float_text.cpp and float_format.cpp.
#include "runtime/types/float.hpp"

#include <cmath>

#include "runtime/core/hash.hpp"
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/float_hex.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/number_text.hpp"
#include "runtime/types/sequence.hpp"

namespace cede {

constinit const Layout float_layout = layout_for<Float>();

Value float_from(VM& vm, double d) {
  if (Ref::fits_immediate(d)) [[likely]]
    return Value::adopt(Ref::immediate(d));
  Float* made = make_object<Float>(vm, TypeId::Float, 0);
  if (!made) return raised;
  made->value = d;
  return Value::adopt(made);
}

Result<double> float_parse(VM& vm, std::string_view given, Ref object) {
  StringBuilder ascii(vm), plain(vm);
  bool failed;
  std::string_view text = number_text_ascii(given, object, ascii, failed);
  if (failed) return raised;
  text = strip_ascii_spaces(text);
  const bool well_placed = remove_underscores(text, plain, failed);
  if (failed) return raised;
  double result = 0;
  if (well_placed &&
      parse_double(text.data(), text.data() + text.size(), result) == text.data() + text.size())
    return result;
  CEDE_TRY(const Value shown, repr(vm, object));
  return vm.raise(TypeId::ValueError, "could not convert string to float: {}", cast<Str>(shown).view());
}

namespace {

// ---- the constructor

Owned float_of_type(VM& vm, Type& type, double d) {
  if (type.id == TypeId::Float) return float_owned(vm, d);
  Float* made = make_instance<Float>(vm, type);
  if (!made) return raised;
  made->value = d;
  return Owned(Ref(made).bits);
}

// What __float__ gave.
Result<double> from_float_method(VM& vm, Ref object, Ref number) {
  if (is_exact_float(number)) return float_value(number);
  const std::string_view name = display_name(type_of(vm, object));
  if (!is_float(number))
    return vm.raise(TypeId::TypeError, "{}.__float__ returned non-float (type {})", name,
                    display_name(type_of(vm, number)));
  CEDE_CHECK(warn(
      vm, TypeId::DeprecationWarning,
      fmt::format("{}.__float__ returned non-float (type {}).  The ability to return an instance of a strict "
                  "subclass of float is deprecated, and may be removed in a future version of Python.",
                  name, display_name(type_of(vm, number))),
      1));
  return float_value(number);
}

Result<double> float_from_text(VM& vm, Ref object) {
  if (const Str* text = as<Str>(object)) return float_parse(vm, text->view(), object);
  if (!is_bytes_like(object))
    return vm.raise(TypeId::TypeError, "float() argument must be a string or a real number, not '{}'",
                    display_name(type_of(vm, object)));
  BufferView view;
  CEDE_CHECK(view.acquire(vm, object));
  CEDE_TRY(const Value copy, bytes_from(vm, view.bytes()));
  view.release();
  return float_parse(vm, cast<Bytes>(copy).view(), is<Bytes>(object) ? object : Ref(copy));
}

Result<double> float_from_object(VM& vm, Ref object) {
  if (is_exact_float(object)) return float_value(object);
  if (is_exact(object, TypeId::Str)) return float_from_text(vm, object);
  const Slots& slots = *type_of(vm, object).slots;
  if (slots.floating) {
    CEDE_TRY(const Value number, slots.floating(vm, object));
    return from_float_method(vm, object, number);
  }
  if (slots.index) {
    CEDE_TRY(const Value number, index(vm, object));
    return int_to_double(vm, number);
  }
  return float_from_text(vm, object);
}

Owned float_construct(VM& vm, Type& type, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "float"));
  CEDE_CHECK(check_argument_count(vm, arguments, "float", 0, 1));
  if (arguments.positional == 0) return float_of_type(vm, type, 0.0);
  if (type.id == TypeId::Float && is_exact_float(arguments[0])) return Owned::share(arguments[0]);
  CEDE_TRY(const double d, float_from_object(vm, arguments[0]));
  return float_of_type(vm, type, d);
}

// ---- operators

enum class Operand : std::uint8_t { Number, Other, Failed };

Operand read_operand(VM& vm, Ref value, double& d) {
  if (value.is_immediate_double()) [[likely]] {
    d = value.immediate_double();
    return Operand::Number;
  }
  if (value.is_small()) {
    d = static_cast<double>(value.small());
    return Operand::Number;
  }
  if (is<Float>(value)) {
    d = cast<Float>(value).value;
    return Operand::Number;
  }
  if (!is_int(value)) return Operand::Other;
  const auto converted = int_to_double(vm, value);
  if (converted.is_raised()) return Operand::Failed;
  d = *converted;
  return Operand::Number;
}

template<auto Operation> Owned float_binary(VM& vm, Ref left, Ref right) {
  if (left.is_immediate_double() && right.is_immediate_double()) [[likely]]
    return Operation(vm, left.immediate_double(), right.immediate_double());
  double a, b;
  for (const auto& [value, d] : {std::pair(left, &a), std::pair(right, &b)}) {
    const Operand kind = read_operand(vm, value, *d);
    if (kind != Operand::Number) [[unlikely]]
      return kind == Operand::Failed ? Owned(raised) : Owned(NotImplemented.bits);
  }
  return Operation(vm, a, b);
}

Owned add(VM& vm, double a, double b) { return float_owned(vm, a + b); }
Owned subtract(VM& vm, double a, double b) { return float_owned(vm, a - b); }
Owned multiply(VM& vm, double a, double b) { return float_owned(vm, a * b); }
Owned true_divide(VM& vm, double a, double b) {
  if (b == 0.0) return vm.raise_text(TypeId::ZeroDivisionError, "float division by zero");
  return float_owned(vm, a / b);
}
Owned floor_divide(VM& vm, double a, double b) {
  CEDE_TRY(const double quotient, float_floor_divide(vm, a, b));
  return float_owned(vm, quotient);
}
Owned remainder(VM& vm, double a, double b) {
  CEDE_TRY(const double rest, float_remainder(vm, a, b));
  return float_owned(vm, rest);
}
Owned divmod(VM& vm, double a, double b) {
  double quotient, rest;
  CEDE_CHECK(float_divmod(vm, a, b, quotient, rest));
  CEDE_TRY(const Value q, float_from(vm, quotient));
  CEDE_TRY(const Value r, float_from(vm, rest));
  return tuple_of(vm, {q, r});
}

Owned float_power_slot(VM& vm, Ref base, Ref exponent, Ref modulus) {
  if (!modulus.is_none())
    return vm.raise_text(TypeId::TypeError,
                         "pow() 3rd argument not allowed unless all arguments are integers");
  return float_binary<float_power>(vm, base, exponent);
}

// ---- other slots

bool compares(double a, double b, CompareOperation operation) {
  switch (operation) {
    case CompareOperation::Less: return a < b;
    case CompareOperation::LessEqual: return a <= b;
    case CompareOperation::Equal: return a == b;
    case CompareOperation::NotEqual: return a != b;
    case CompareOperation::Greater: return a > b;
    case CompareOperation::GreaterEqual: return a >= b;
  }
  return false;
}

Owned float_compare(VM&, Ref self, Ref other, CompareOperation operation) {
  if (!is_float(self)) return Owned(NotImplemented.bits);
  const double a = float_value(self);
  bool result;
  if (is_float(other)) [[likely]]
    result = compares(a, float_value(other), operation);
  else if (!is_int(other))
    return Owned(NotImplemented.bits);
  else if (std::isnan(a))
    result = operation == CompareOperation::NotEqual;
  else
    result = compares(-int_order_double(other, a), 0, operation);
  return Owned(Ref::boolean(result).bits);
}

Owned float_repr_slot(VM& vm, Ref self) { return str_from_ascii(vm, float_repr(float_value(self))); }
Result<std::int64_t> float_hash(VM&, Ref self) {
  return hash_double(float_value(self), self.is_object() ? self.object() : nullptr);
}
Result<bool> float_boolean(VM&, Ref self) { return float_value(self) != 0.0; }
Owned float_negative(VM& vm, Ref self) { return float_owned(vm, -float_value(self)); }
Owned float_absolute(VM& vm, Ref self) { return float_owned(vm, std::fabs(float_value(self))); }
Owned float_self(VM& vm, Ref self) {
  if (is_exact_float(self)) return Owned::share(self);
  return float_owned(vm, float_value(self));
}
Owned float_integer(VM& vm, Ref self) { return int_from_double(vm, float_value(self)); }

// ---- methods

Owned float_floor(VM& vm, Ref self) { return int_from_double(vm, std::floor(float_value(self))); }
Owned float_ceil(VM& vm, Ref self) { return int_from_double(vm, std::ceil(float_value(self))); }

// Half to even; beyond 2^52 every double is an integer.
double round_to_integer(double d) {
  const double rounded = std::round(d);
  return std::fabs(d - rounded) == 0.5 ? 2.0 * std::round(d / 2.0) : rounded;
}

Owned float_round_method(VM& vm, Ref self, Ref digits) {
  const double d = float_value(self);
  if (digits.is_none()) return int_from_double(vm, round_to_integer(d));
  CEDE_TRY(const std::int64_t count, index_clamped(vm, digits));
  CEDE_TRY(const double result, float_round(vm, d, count));
  return float_owned(vm, result);
}

Owned float_as_integer_ratio(VM& vm, Ref self) {
  const double d = float_value(self);
  if (std::isinf(d)) return vm.raise_text(TypeId::OverflowError, "cannot convert Infinity to integer ratio");
  if (std::isnan(d)) return vm.raise_text(TypeId::ValueError, "cannot convert NaN to integer ratio");
  int exponent;
  auto mantissa = static_cast<std::int64_t>(std::ldexp(std::frexp(d, &exponent), 53));
  exponent -= 53;
  for (; mantissa != 0 && mantissa % 2 == 0 && exponent < 0; ++exponent) mantissa /= 2;
  if (mantissa == 0) exponent = 0;
  const std::uint64_t up = exponent > 0 ? static_cast<std::uint64_t>(exponent) : 0,
                      down = exponent < 0 ? static_cast<std::uint64_t>(-exponent) : 0;
  CEDE_TRY(const Value numerator, int_shift_left_by(vm, Ref::small(mantissa), up));
  CEDE_TRY(const Value denominator, int_shift_left_by(vm, Ref::small(1), down));
  return tuple_of(vm, {numerator, denominator});
}

Owned float_fromhex(VM& vm, Type& type, Ref text) {
  const Str* str = as<Str>(text);
  if (!str) return vm.raise_text(TypeId::TypeError, "bad argument type for built-in operation");
  CEDE_TRY(const double d, float_from_hex(vm, str->view()));
  CEDE_TRY(Value number, float_from(vm, d));
  return type.id == TypeId::Float ? number.take() : call(vm, type, number);
}

Value float_hex(VM& vm, Ref self) { return str_from_ascii(vm, float_hex_text(float_value(self))); }
bool float_is_integer(VM&, Ref self) {
  const double d = float_value(self);
  return std::isfinite(d) && std::floor(d) == d;
}
Owned float_getnewargs(VM& vm, Ref self) {
  CEDE_TRY(const Value number, float_self(vm, self));
  return tuple_of(vm, {number});
}
Value float_getformat(VM& vm, Type&, std::string_view kind) {
  if (kind != "double" && kind != "float")
    return vm.raise_text(TypeId::ValueError, "__getformat__() argument 1 must be 'double' or 'float'");
  return str_from_ascii(vm, "IEEE, little-endian");
}
Owned float_format_method(VM& vm, Ref self, Str& specification) {
  return format_float(vm, float_value(self), specification.view(), self);
}
double float_imaginary(VM&, Ref) { return 0.0; }

constexpr Slots float_slots = inherit(object_slots, [](Slots& s) {
  s.repr = float_repr_slot;
  s.hash = float_hash;
  s.compare = float_compare;
  s.construct = float_construct;
  s.boolean = float_boolean;
  s.add = float_binary<add>;
  s.subtract = float_binary<subtract>;
  s.multiply = float_binary<multiply>;
  s.remainder = float_binary<remainder>;
  s.divmod = float_binary<divmod>;
  s.power = float_power_slot;
  s.negative = float_negative;
  s.positive = float_self;
  s.absolute = float_absolute;
  s.integer = float_integer;
  s.floating = float_self;
  s.floor_divide = float_binary<floor_divide>;
  s.true_divide = float_binary<true_divide>;
});

constexpr Method float_methods[] = {
    method<"conjugate(self, /)", float_self>,
    method<"__trunc__(self, /)", float_integer>,
    method<"__floor__(self, /)", float_floor>,
    method<"__ceil__(self, /)", float_ceil>,
    method<"__round__(self, ndigits=None, /)", float_round_method>,
    method<"as_integer_ratio(self, /)", float_as_integer_ratio>,
    method<"fromhex(type, string, /)", float_fromhex>,
    method<"hex(self, /)", float_hex>,
    method<"is_integer(self, /)", float_is_integer>,
    method<"__getnewargs__(self, /)", float_getnewargs>,
    method<"__getformat__(type, typestr, /)", float_getformat>,
    method<"__format__(self, format_spec, /)", float_format_method>,
};
constexpr Property float_properties[] = {property<"real", float_self>, property<"imag", float_imaginary>};

}  // namespace

extern const NativeType float_type;
const NativeType float_type{
    .name = "float",
    .id = TypeId::Float,
    .base = nullptr,
    .layout = &float_layout,
    .slots = &float_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::MatchSelf,
    .methods = float_methods,
    .properties = float_properties,
    .doc = "A floating-point number, from text or another number.",
    .signature = "(x=0, /)",
};

}  // namespace cede
