// `int` of any size. An exact int that fits in 63 bits is always an immediate value; others, and every
// instance of a script subclass, are BigInt objects. True and False are ints too: every function that takes
// "an int" takes a small integer, a bool or a BigInt.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

class StringBuilder;

extern const Layout int_layout;
struct BigInt : Object {
  static const Layout* layout() { return &int_layout; }
  static constexpr const char* type_name = "int";

  std::int64_t
      signed_size;         // number of limbs, negated if the value is negative; 0: zero (in subclasses only)
  std::uint64_t limbs[1];  // the magnitude, least significant first; the last one is not 0

  std::size_t size() const { return static_cast<std::size_t>(signed_size < 0 ? -signed_size : signed_size); }
  bool negative() const { return signed_size < 0; }
  static std::size_t variable_size(const BigInt& self) {
    return sizeof(Object) + sizeof(std::int64_t) + (self.size() ? self.size() : 1) * sizeof(std::uint64_t);
  }
};

// ---- kinds
inline bool is_int(Ref value) { return value.is_small() || value.is_bool() || is<BigInt>(value); }
// Of type int itself: no bool, no subclass.
inline bool is_exact_int(Ref value) { return value.is_small() || is_exact(value, TypeId::Int); }

// The magnitude and sign of any int, for reading. Holds the limb of a small one, so it stays where it is.
class IntView {
 public:
  explicit IntView(Ref integer) {
    if (integer.is_small() || integer.is_bool()) {
      const std::int64_t n = integer.is_small() ? integer.small() : integer.is_true();
      negative = n < 0;
      own_ = negative ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
      limbs = &own_;
      size = n != 0;
    } else {
      const BigInt& big = cast<BigInt>(integer);
      limbs = big.limbs;
      size = big.size();
      negative = big.negative();
    }
  }
  // Some limbs of a magnitude.
  IntView(const std::uint64_t* first, std::size_t count) : limbs(first), size(count), negative(false) {
    while (size && limbs[size - 1] == 0) --size;
  }
  IntView(const IntView&) = delete;
  IntView& operator=(const IntView&) = delete;

  const std::uint64_t* limbs;
  std::size_t size;  // in limbs; 0: zero
  bool negative;
  bool is_zero() const { return size == 0; }
  bool is_odd() const { return size && limbs[0] & 1; }
  std::size_t bit_length() const {
    return size ? size * 64 - static_cast<std::size_t>(__builtin_clzl(limbs[size - 1])) : 0;
  }

 private:
  std::uint64_t own_ = 0;
};

// ---- making ints. All raise MemoryError and run no script code; the results are exact ints.
Value int_from(VM& vm, std::int64_t n);
Value int_from_unsigned(VM& vm, std::uint64_t n);
Value int_from_limbs(VM& vm, const std::uint64_t* limbs, std::size_t size, bool negative);
// Truncates. OverflowError "cannot convert float infinity to integer", ValueError "cannot convert float NaN
// to integer".
Value int_from_double(VM& vm, double d);
// A literal's digits in `base` (2 to 36), ASCII, no sign, prefix or underscores. No limit on their number.
Value int_from_digits(VM& vm, std::string_view digits, unsigned base);
// What int(text, base) makes of text: spaces, sign, prefix, underscores, decimal digits of any script. Raises
// ValueError, naming `object` (a str or bytes). Runs no script code.
Value int_parse(VM& vm, std::string_view text, unsigned base, Ref object);
// The same number as an exact int (itself, if it is one).
Value int_exact(VM& vm, Ref integer);
// A new instance of `type`, int or a subclass, with the value of `integer`.
Owned int_of_type(VM& vm, Type& type, Ref integer);

// ---- reading ints. None of these runs script code.
std::optional<std::int64_t> int_to_int64(Ref integer);  // nothing: it does not fit
std::optional<std::uint64_t> int_to_uint64(Ref integer);
std::int64_t int_clamped(Ref integer);              // to the nearest int64
Result<double> int_to_double(VM& vm, Ref integer);  // OverflowError "int too large to convert to float"
// value = result * 2^exponent with 0.5 <= |result| < 1, rounded half to even; 0 for 0.
double int_frexp(Ref integer, std::int64_t& exponent);
inline int int_sign(Ref integer) {
  if (integer.is_small()) return integer.small() < 0 ? -1 : integer.small() > 0;
  if (integer.is_bool()) return integer.is_true();
  const std::int64_t size = cast<BigInt>(integer).signed_size;
  return size < 0 ? -1 : size > 0;
}
inline bool int_is_zero(Ref integer) { return int_sign(integer) == 0; }
bool int_is_odd(Ref integer);
std::size_t int_bit_length(Ref integer);
int int_order(Ref a, Ref b);                  // <0, 0, >0
int int_order_double(Ref integer, double d);  // exact; `d` is not a NaN
std::int64_t int_hash(Ref integer);

// ---- arithmetic on ints, as the operators of int do it. Raise ZeroDivisionError, OverflowError,
// MemoryError, ValueError. They check interrupts when operands are large.
Owned int_add(VM& vm, Ref a, Ref b);
Owned int_subtract(VM& vm, Ref a, Ref b);
Owned int_multiply(VM& vm, Ref a, Ref b);
Owned int_floor_divide(VM& vm, Ref a, Ref b);
Owned int_remainder(VM& vm, Ref a, Ref b);
// Floor division and remainder at once.
Status int_divide(VM& vm, Ref a, Ref b, Value& quotient, Value& remainder);
Owned int_divmod(VM& vm, Ref a, Ref b);       // a tuple
Owned int_true_divide(VM& vm, Ref a, Ref b);  // a float, correctly rounded
Owned int_power(VM& vm, Ref base, Ref exponent,
                Ref modulus);  // modulus None: none; a float for negative exponents
Owned int_negate(VM& vm, Ref a);
Owned int_absolute(VM& vm, Ref a);
Owned int_invert(VM& vm, Ref a);
Owned int_shift_left(VM& vm, Ref a, Ref count);
Owned int_shift_right(VM& vm, Ref a, Ref count);
Owned int_shift_left_by(VM& vm, Ref a, std::uint64_t count);
Owned int_shift_right_by(VM& vm, Ref a, std::uint64_t count);  // floor
Owned int_and(VM& vm, Ref a, Ref b);
Owned int_or(VM& vm, Ref a, Ref b);
Owned int_xor(VM& vm, Ref a, Ref b);
Owned int_gcd(VM& vm, Ref a, Ref b);
Owned int_square_root(VM& vm, Ref a);  // floor; `a` is not negative

// ---- text
// Base 10: ValueError above VM::int_max_str_digits. Base 2, 8, 16: lower case, no prefix.
Value int_to_str(VM& vm, Ref integer, unsigned base = 10);
Status append_int(StringBuilder& out, Ref integer, unsigned base = 10);
// int.__format__.
Owned format_int(VM& vm, Ref integer, std::string_view specification);

// ---- bytes
// The value of bytes: big-endian or little-endian, two's complement if is_signed.
Value int_from_byte_array(VM& vm, std::string_view bytes, bool little_endian, bool is_signed);
// The reverse: fills `bytes`. OverflowError if it does not fit ("int too big to convert", "can't convert
// negative int to unsigned").
Status int_to_byte_array(VM& vm, Ref integer, char* bytes, std::size_t size, bool little_endian,
                         bool is_signed);

}  // namespace cede
