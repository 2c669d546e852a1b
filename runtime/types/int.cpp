// `int` and `bool`: making and reading ints, the constructors, the slots and the methods. Arithmetic is in
// int_arithmetic.cpp, int_bits.cpp and int_power.cpp, text in int_text.cpp.
#include "runtime/types/int.hpp"

#include <bit>
#include <cmath>
#include <cstring>

#include "runtime/core/hash.hpp"
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int_limbs.hpp"
#include "runtime/types/sequence.hpp"

namespace cede {

constinit const Layout int_layout = layout_for<BigInt>();

// ---- making ints

Value int_from(VM& vm, std::int64_t n) {
  if (Ref::fits_small(n)) [[likely]]
    return Value::small(n);
  const std::uint64_t magnitude = n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
  return int_from_limbs(vm, &magnitude, 1, n < 0);
}

Value int_from_unsigned(VM& vm, std::uint64_t n) {
  if (n < std::uint64_t{1} << 62) [[likely]]
    return Value::small(static_cast<std::int64_t>(n));
  return int_from_limbs(vm, &n, 1, false);
}

Value int_from_limbs(VM& vm, const std::uint64_t* limbs, std::size_t size, bool negative) {
  size = limbs_strip(limbs, size);
  if (size == 0) return Value::small(0);
  if (size == 1 && limbs[0] < std::uint64_t{1} << 62) {
    const auto n = static_cast<std::int64_t>(limbs[0]);
    return Value::small(negative ? -n : n);
  }
  BigInt* made = int_allocate(vm, size);
  if (!made) return raised;
  std::memcpy(made->limbs, limbs, size * sizeof(std::uint64_t));
  return int_finish(vm, made, size, negative);
}

Value int_from_double(VM& vm, double d) {
  if (std::isnan(d)) return vm.raise_text(TypeId::ValueError, "cannot convert float NaN to integer");
  if (std::isinf(d)) return vm.raise_text(TypeId::OverflowError, "cannot convert float infinity to integer");
  if (d > -4e18 && d < 4e18) return int_from(vm, static_cast<std::int64_t>(d));
  int exponent;
  const double mantissa = std::frexp(std::fabs(d), &exponent);
  const Value bits = Value::small(static_cast<std::int64_t>(std::ldexp(mantissa, 53)));
  CEDE_TRY(Value number, int_shift_left_by(vm, bits, static_cast<std::uint64_t>(exponent - 53)));
  return d < 0 ? Value(int_negate(vm, number)) : std::move(number);
}

Value int_exact(VM& vm, Ref integer) {
  if (integer.is_bool()) return Value::small(integer.is_true());
  if (is_exact_int(integer)) return Value(integer);
  const BigInt& big = cast<BigInt>(integer);
  return int_from_limbs(vm, big.limbs, big.size(), big.negative());
}

Owned int_of_type(VM& vm, Type& type, Ref integer) {
  if (type.id == TypeId::Int) return int_exact(vm, integer);
  const IntView view(integer);
  const std::size_t room = view.size ? view.size : 1;
  Object* object = allocate_instance(vm, type, sizeof(BigInt) + (room - 1) * sizeof(std::uint64_t));
  if (!object) return raised;
  BigInt& made = *static_cast<BigInt*>(object);
  const auto size = static_cast<std::int64_t>(view.size);
  made.signed_size = view.negative ? -size : size;
  if (view.size)
    std::memcpy(made.limbs, view.limbs, view.size * sizeof(std::uint64_t));
  else
    made.limbs[0] = 0;
  return Owned(Ref(made).bits);
}

// ---- reading ints

std::optional<std::int64_t> int_to_int64(Ref integer) {
  if (integer.is_small()) [[likely]]
    return integer.small();
  const IntView view(integer);
  if (view.size == 0) return 0;
  if (view.size > 1) return {};
  const std::uint64_t magnitude = view.limbs[0], limit = std::uint64_t{1} << 63;
  if (magnitude < limit)
    return view.negative ? -static_cast<std::int64_t>(magnitude) : static_cast<std::int64_t>(magnitude);
  return view.negative && magnitude == limit ? std::optional(INT64_MIN) : std::nullopt;
}

std::optional<std::uint64_t> int_to_uint64(Ref integer) {
  const IntView view(integer);
  if (view.negative || view.size > 1) return {};
  return view.size ? view.limbs[0] : 0;
}

std::int64_t int_clamped(Ref integer) {
  if (const auto n = int_to_int64(integer)) return *n;
  return int_sign(integer) < 0 ? INT64_MIN : INT64_MAX;
}

double int_frexp(Ref integer, std::int64_t& exponent) {
  const IntView view(integer);
  exponent = 0;
  if (view.size == 0) return 0.0;
  // The top 64 bits, the last of which is set if any lower one is.
  const std::uint64_t top = view.limbs[view.size - 1];
  const int free = std::countl_zero(top);
  std::uint64_t bits = top << free;
  bool lost = false;
  if (view.size > 1) {
    const std::uint64_t next = view.limbs[view.size - 2];
    if (free) bits |= next >> (64 - free);
    lost = (free ? next << free : next) != 0 || limbs_strip(view.limbs, view.size - 2) != 0;
  }
  const std::uint64_t unit = std::uint64_t{1} << 11, low = bits & (unit - 1), half = unit >> 1;
  bits >>= 11;
  if (low > half || (low == half && (lost || bits & 1))) ++bits;
  exponent = static_cast<std::int64_t>(view.bit_length());
  double mantissa = std::ldexp(static_cast<double>(bits), -53);
  if (mantissa == 1.0) {
    mantissa = 0.5;
    ++exponent;
  }
  return view.negative ? -mantissa : mantissa;
}

Result<double> int_to_double(VM& vm, Ref integer) {
  if (integer.is_small()) [[likely]]
    return static_cast<double>(integer.small());
  std::int64_t exponent;
  const double mantissa = int_frexp(integer, exponent);
  if (exponent > 1024) return vm.raise_text(TypeId::OverflowError, "int too large to convert to float");
  return std::ldexp(mantissa, static_cast<int>(exponent));
}

bool int_is_odd(Ref integer) { return IntView(integer).is_odd(); }
std::size_t int_bit_length(Ref integer) { return IntView(integer).bit_length(); }

int int_order(Ref a, Ref b) {
  if (a.is_small() && b.is_small()) return a.small() < b.small() ? -1 : a.small() > b.small();
  const IntView x(a), y(b);
  if (x.negative != y.negative) return x.negative ? -1 : 1;
  const int order = limbs_order(x.limbs, x.size, y.limbs, y.size);
  return x.negative ? -order : order;
}

int int_order_double(Ref integer, double d) {
  constexpr std::int64_t exact = std::int64_t{1} << 53;
  if (integer.is_small() && integer.small() >= -exact && integer.small() <= exact) {
    const double n = static_cast<double>(integer.small());
    return n < d ? -1 : n > d;
  }
  if (std::isinf(d)) return d > 0 ? -1 : 1;
  const int sign = int_sign(integer), other = d < 0 ? -1 : d > 0;
  if (sign != other || sign == 0) return sign - other;
  const IntView view(integer);
  int exponent;
  const double mantissa = std::frexp(std::fabs(d), &exponent);
  const auto bits = static_cast<std::int64_t>(view.bit_length());
  if (bits != exponent) return bits < exponent ? -sign : sign;
  // As many bits before the point: compare the top 53, then the rest of the int (the double has 0 bits
  // there).
  const auto top = static_cast<std::uint64_t>(std::ldexp(mantissa, 53));
  const std::size_t shift = bits > 53 ? static_cast<std::size_t>(bits - 53) : 0;
  std::uint64_t mine = 0;
  bool rest = false;
  if (bits <= 53) {
    mine = view.limbs[0] << (53 - bits);
  } else {
    const std::size_t whole = shift / 64, part = shift % 64;
    mine = view.limbs[whole] >> part;
    if (part && whole + 1 < view.size) mine |= view.limbs[whole + 1] << (64 - part);
    rest = limbs_strip(view.limbs, whole) != 0 || (part && view.limbs[whole] << (64 - part) != 0);
  }
  const int order = mine != top ? (mine < top ? -1 : 1) : rest;
  return sign * order;
}

std::int64_t int_hash(Ref integer) {
  if (integer.is_small()) [[likely]]
    return hash_small_int(integer.small());
  const IntView view(integer);
  return hash_big_int(view.limbs, view.size, view.negative);
}

namespace {

// ---- the constructor

RaisedMark raise_not_int(VM& vm, Ref value, const char* method) {
  return vm.raise(TypeId::TypeError, "{} returned non-int (type {})", method,
                  display_name(type_of(vm, value)));
}

// What __int__ gave: an exact int, or one of a subclass with a warning.
Owned from_int_method(VM& vm, Value number) {
  if (is_exact_int(number)) return number;
  if (!is_int(number)) return raise_not_int(vm, number, "__int__");
  CEDE_CHECK(
      warn(vm, TypeId::DeprecationWarning,
           fmt::format(
               "__int__ returned non-int (type {}).  The ability to return an instance of a strict subclass "
               "of int is deprecated, and may be removed in a future version of Python.",
               display_name(type_of(vm, number))),
           1));
  return int_exact(vm, number);
}

Owned from_trunc(VM& vm, Ref object, bool& found) {
  CEDE_TRY(Value method, find_special(vm, object, *vm.names.__trunc__));
  found = !method.is_unbound();
  if (!found) return Owned();
  CEDE_CHECK(warn(vm, TypeId::DeprecationWarning, "The delegation of int() to __trunc__ is deprecated.", 1));
  CEDE_TRY(const Value number, call(vm, method));
  if (is_int(number)) return int_exact(vm, number);
  if (!type_of(vm, number).slots->index)
    return vm.raise(TypeId::TypeError, "__trunc__ returned non-Integral (type {})",
                    display_name(type_of(vm, number)));
  return index(vm, number);
}

// A str, or bytes-like; `others` tells whether any buffer will do.
Owned from_text(VM& vm, Ref object, unsigned base, bool any_buffer, bool& found) {
  found = true;
  if (const Str* text = as<Str>(object)) return int_parse(vm, text->view(), base, object);
  if (const Bytes* bytes = as<Bytes>(object)) return int_parse(vm, bytes->view(), base, object);
  found = is_bytes_like(object) &&
          (any_buffer || vm.native_type(*type_of(vm, object).native).id == TypeId::ByteArray);
  if (!found) return Owned();
  BufferView view;
  CEDE_CHECK(view.acquire(vm, object));
  CEDE_TRY(const Value copy, bytes_from(vm, view.bytes()));
  view.release();
  return int_parse(vm, cast<Bytes>(copy).view(), base, copy);
}

// int(object).
Owned int_from_object(VM& vm, Ref object) {
  if (object.is_small()) return Owned(object.bits);
  const Slots& slots = *type_of(vm, object).slots;
  if (slots.integer) {
    CEDE_TRY(Value number, slots.integer(vm, object));
    return from_int_method(vm, std::move(number));
  }
  if (slots.index) return index(vm, object);
  bool found;
  CEDE_TRY(Value number, from_trunc(vm, object, found));
  if (found) return number;
  CEDE_TRY(Value parsed, from_text(vm, object, 10, true, found));
  if (found) return parsed;
  return vm.raise(TypeId::TypeError,
                  "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                  display_name(type_of(vm, object)));
}

Owned int_from_object(VM& vm, Ref object, Ref base_object) {
  CEDE_TRY(const std::int64_t base, index_clamped(vm, base_object));
  if ((base != 0 && base < 2) || base > 36)
    return vm.raise_text(TypeId::ValueError, "int() base must be >= 2 and <= 36, or 0");
  bool found;
  CEDE_TRY(Value number, from_text(vm, object, static_cast<unsigned>(base), false, found));
  if (found) return number;
  return vm.raise_text(TypeId::TypeError, "int() can't convert non-string with explicit base");
}

// The keyword `base`, or Unbound.
Status read_arguments(VM& vm, const Type& type, const Arguments& arguments, Ref& object, Ref& base) {
  const std::size_t keywords = arguments.keywords ? arguments.keywords->size : 0;
  const std::size_t count = arguments.positional + keywords;
  if (count > 2) {
    if (keywords == 0 && type.id == TypeId::Int)
      return vm.raise(TypeId::TypeError, "int expected at most 2 arguments, got {}", count);
    return vm.raise(TypeId::TypeError, "int() takes at most 2 arguments ({} given)", count);
  }
  if (arguments.positional > 0) object = arguments[0];
  if (arguments.positional > 1) base = arguments[1];
  for (std::size_t i = 0; i < keywords; ++i) {
    const Str& name = cast<Str>((*arguments.keywords)[i]);
    if (name.view() != "base")
      return vm.raise(TypeId::TypeError, "int() got an unexpected keyword argument '{}'", name.view());
    base = arguments[arguments.positional + i];
  }
  if (object.is_unbound() && !base.is_unbound())
    return vm.raise_text(TypeId::TypeError, "int() missing string argument");
  return Ok;
}

Owned int_construct(VM& vm, Type& type, const Arguments& arguments) {
  Ref object, base;
  CEDE_CHECK(read_arguments(vm, type, arguments, object, base));
  if (object.is_unbound()) return int_of_type(vm, type, Ref::small(0));
  CEDE_TRY(Value number, base.is_unbound() ? int_from_object(vm, object) : int_from_object(vm, object, base));
  return type.id == TypeId::Int ? number.take() : int_of_type(vm, type, number);
}

// ---- slots

Owned int_repr(VM& vm, Ref self) { return int_to_str(vm, self); }
Result<std::int64_t> int_hash_slot(VM&, Ref self) { return int_hash(self); }
Result<bool> int_boolean(VM&, Ref self) { return !int_is_zero(self); }
Owned int_self(VM& vm, Ref self) { return int_exact(vm, self); }
Owned int_floating(VM& vm, Ref self) {
  CEDE_TRY(const double d, int_to_double(vm, self));
  return float_owned(vm, d);
}

template<class T> bool compares(T a, T b, CompareOperation operation) {
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

Owned int_compare(VM&, Ref self, Ref other, CompareOperation operation) {
  if (self.bits & other.bits & 1) [[likely]]
    return Owned(Ref::boolean(compares(self.small(), other.small(), operation)).bits);
  if (!is_int(self) || !is_int(other)) return Owned(NotImplemented.bits);
  return Owned(Ref::boolean(compares(int_order(self, other), 0, operation)).bits);
}

template<Owned (*Operation)(VM&, Ref, Ref)> Owned int_binary(VM& vm, Ref left, Ref right) {
  if (!(left.bits & right.bits & 1) && (!is_int(left) || !is_int(right))) return Owned(NotImplemented.bits);
  return Operation(vm, left, right);
}

Owned int_power_slot(VM& vm, Ref base, Ref exponent, Ref modulus) {
  if (!is_int(base) || !is_int(exponent) || !(modulus.is_none() || is_int(modulus)))
    return Owned(NotImplemented.bits);
  return int_power(vm, base, exponent, modulus);
}

// ---- methods

Owned int_conjugate(VM& vm, Ref self) { return int_exact(vm, self); }
std::int64_t int_bit_length_method(VM&, Ref self) { return static_cast<std::int64_t>(int_bit_length(self)); }
std::int64_t int_bit_count(VM&, Ref self) {
  const IntView view(self);
  return view.size ? static_cast<std::int64_t>(mpn_popcount(view.limbs, static_cast<mp_size_t>(view.size)))
                   : 0;
}

Result<bool> is_little_endian(VM& vm, std::string_view order) {
  if (order == "little") return true;
  if (order == "big") return false;
  return vm.raise_text(TypeId::ValueError, "byteorder must be either 'little' or 'big'");
}

Value int_to_bytes(VM& vm, Ref self, Ref length_object, std::string_view order, bool is_signed) {
  CEDE_TRY(const std::int64_t length, size_argument(vm, length_object));
  CEDE_TRY(const bool little, is_little_endian(vm, order));
  if (length < 0) return vm.raise_text(TypeId::ValueError, "length argument must be non-negative");
  CEDE_TRY(Value made, bytes_uninitialised(vm, static_cast<std::size_t>(length)));
  CEDE_CHECK(int_to_byte_array(vm, self, cast<Bytes>(made).data, static_cast<std::size_t>(length), little,
                               is_signed));
  return made;
}

Owned int_from_bytes(VM& vm, Type& type, Ref object, std::string_view order, bool is_signed) {
  CEDE_TRY(const bool little, is_little_endian(vm, order));
  CEDE_TRY(const Value bytes,
           is_exact(object, TypeId::Bytes) ? Owned::share(object) : bytes_from_object(vm, object));
  CEDE_TRY(Value number, int_from_byte_array(vm, cast<Bytes>(bytes).view(), little, is_signed));
  return type.id == TypeId::Int ? number.take() : call(vm, type, number);
}

Owned int_as_integer_ratio(VM& vm, Ref self) {
  CEDE_TRY(const Value number, int_exact(vm, self));
  return tuple_of(vm, {number, Ref::small(1)});
}

// To a multiple of 10^-digits, half to even.
Owned int_round(VM& vm, Ref self, Ref digits_object) {
  if (digits_object.is_none() || digits_object.is_unbound()) return int_exact(vm, self);
  CEDE_TRY(const Value digits, index(vm, digits_object));
  if (int_sign(digits) >= 0) return int_exact(vm, self);
  CEDE_TRY(const Value places, int_negate(vm, digits));
  const auto count = int_to_int64(places);
  // Half of such a power of ten is larger than the number.
  if (!count || static_cast<double>(*count) > static_cast<double>(int_bit_length(self)) * 0.302 + 2)
    return Owned(Ref::small(0).bits);
  CEDE_TRY(const Value unit, int_power(vm, Ref::small(10), places, None));
  Value quotient, rest;
  CEDE_CHECK(int_divide(vm, self, unit, quotient, rest));
  CEDE_TRY(const Value twice, int_add(vm, rest, rest));
  const int order = int_order(twice, unit);
  CEDE_TRY(Value result, int_subtract(vm, self, rest));
  if (order > 0 || (order == 0 && int_is_odd(quotient))) return int_add(vm, result, unit);
  return result;
}

Owned int_format(VM& vm, Ref self, Str& specification) { return format_int(vm, self, specification.view()); }
Owned int_getnewargs(VM& vm, Ref self) {
  CEDE_TRY(const Value number, int_exact(vm, self));
  return tuple_of(vm, {number});
}
// As if kept in digits of 30 bits, which is what sys.getsizeof is compared with.
std::int64_t int_sizeof(VM&, Ref self) {
  const std::size_t digits = (int_bit_length(self) + 29) / 30;
  return 24 + 4 * static_cast<std::int64_t>(digits ? digits : 1);
}
bool int_is_integer(VM&, Ref) { return true; }
std::int64_t int_imaginary(VM&, Ref) { return 0; }
std::int64_t int_denominator(VM&, Ref) { return 1; }

constexpr Slots int_slots = inherit(object_slots, [](Slots& s) {
  s.repr = int_repr;
  s.hash = int_hash_slot;
  s.compare = int_compare;
  s.construct = int_construct;
  s.boolean = int_boolean;
  s.add = int_binary<int_add>;
  s.subtract = int_binary<int_subtract>;
  s.multiply = int_binary<int_multiply>;
  s.remainder = int_binary<int_remainder>;
  s.divmod = int_binary<int_divmod>;
  s.power = int_power_slot;
  s.negative = int_negate;
  s.positive = int_self;
  s.absolute = int_absolute;
  s.invert = int_invert;
  s.left_shift = int_binary<int_shift_left>;
  s.right_shift = int_binary<int_shift_right>;
  s.bit_and = int_binary<int_and>;
  s.bit_xor = int_binary<int_xor>;
  s.bit_or = int_binary<int_or>;
  s.integer = int_self;
  s.floating = int_floating;
  s.index = int_self;
  s.floor_divide = int_binary<int_floor_divide>;
  s.true_divide = int_binary<int_true_divide>;
});

constexpr Method int_methods[] = {
    method<"conjugate(self, /)", int_conjugate>,
    method<"bit_length(self, /)", int_bit_length_method>,
    method<"bit_count(self, /)", int_bit_count>,
    method<"to_bytes(self, /, length=1, byteorder='big', *, signed=False)", int_to_bytes>,
    method<"from_bytes(type, /, bytes, byteorder='big', *, signed=False)", int_from_bytes>,
    method<"as_integer_ratio(self, /)", int_as_integer_ratio>,
    method<"__trunc__(self, /)", int_conjugate>,
    method<"__floor__(self, /)", int_conjugate>,
    method<"__ceil__(self, /)", int_conjugate>,
    method<"__round__(self, ndigits=<unrepresentable>, /)", int_round>,
    method<"__getnewargs__(self, /)", int_getnewargs>,
    method<"__format__(self, format_spec, /)", int_format>,
    method<"__sizeof__(self, /)", int_sizeof>,
    method<"is_integer(self, /)", int_is_integer>,
};
constexpr Property int_properties[] = {
    property<"real", int_conjugate>,
    property<"imag", int_imaginary>,
    property<"numerator", int_conjugate>,
    property<"denominator", int_denominator>,
};

// ---- bool

Owned bool_repr(VM& vm, Ref self) { return str_from_ascii(vm, self.is_true() ? "True" : "False"); }

Owned bool_construct(VM& vm, Type&, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "bool"));
  CEDE_CHECK(check_argument_count(vm, arguments, "bool", 0, 1));
  if (arguments.positional == 0) return Owned(False.bits);
  CEDE_TRY(const bool truth, is_truthy(vm, arguments[0]));
  return Owned(Ref::boolean(truth).bits);
}

Owned bool_invert(VM& vm, Ref self) {
  CEDE_CHECK(warn(
      vm, TypeId::DeprecationWarning,
      "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the "
      "bitwise inversion of the underlying int object and is usually not what you expect from negating a "
      "bool. Use the 'not' operator for boolean negation or ~int(x) if you really want the bitwise "
      "inversion of the underlying int.",
      1));
  return int_invert(vm, self);
}

Owned bool_and(VM& vm, Ref left, Ref right) {
  if (left.is_bool() && right.is_bool()) return Owned(Ref::boolean(left.is_true() && right.is_true()).bits);
  return int_binary<int_and>(vm, left, right);
}
Owned bool_or(VM& vm, Ref left, Ref right) {
  if (left.is_bool() && right.is_bool()) return Owned(Ref::boolean(left.is_true() || right.is_true()).bits);
  return int_binary<int_or>(vm, left, right);
}
Owned bool_xor(VM& vm, Ref left, Ref right) {
  if (left.is_bool() && right.is_bool()) return Owned(Ref::boolean(left.is_true() != right.is_true()).bits);
  return int_binary<int_xor>(vm, left, right);
}

constexpr Slots bool_slots = inherit(int_slots, [](Slots& s) {
  s.repr = bool_repr;
  s.construct = bool_construct;
  s.invert = bool_invert;
  s.bit_and = bool_and;
  s.bit_or = bool_or;
  s.bit_xor = bool_xor;
});

}  // namespace

extern const NativeType int_type;
const NativeType int_type{
    .name = "int",
    .id = TypeId::Int,
    .base = nullptr,
    .layout = &int_layout,
    .slots = &int_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::MatchSelf,
    .methods = int_methods,
    .properties = int_properties,
    .doc =
        "int([x]) -> integer\nint(x, base=10) -> integer\n\n"
        "Convert a number or text to an integer; 0 without arguments. Numbers are truncated towards zero.\n"
        "Text may have spaces around it, a sign, and underscores between its digits; base 0 reads a literal.",
};

extern const NativeType bool_type;
const NativeType bool_type{
    .name = "bool",
    .id = TypeId::Bool,
    .base = &int_type,
    .layout = &int_layout,
    .slots = &bool_slots,
    .flags = TypeFlag::Instantiable | TypeFlag::MatchSelf,
    .doc = "The truth value of an object: True or False, the only instances of this class.",
    .signature = "(object=False, /)",
};

}  // namespace cede
