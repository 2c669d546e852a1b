// The operators of int: +, -, *, //, %, divmod, /, unary ones, and gcd and square root. Small operands take
// the first lines; the rest works on magnitudes (int_limbs.hpp).
#include <algorithm>
#include <cmath>

#include "runtime/types/float.hpp"
#include "runtime/types/int_limbs.hpp"

namespace cede {
namespace {

Owned give(std::int64_t n) { return Owned(Ref::small(n).bits); }
Owned give(VM& vm, std::int64_t n) { return Ref::fits_small(n) ? give(n) : Owned(int_from(vm, n)); }

// A small integer or a bool as a machine integer.
bool machine(Ref value, std::int64_t& n) {
  if (value.is_small())
    n = value.small();
  else if (value.is_bool())
    n = value.is_true();
  else
    return false;
  return true;
}

Owned add_magnitudes(VM& vm, const IntView& a, const IntView& b, bool negative) {
  const IntView &longer = a.size >= b.size ? a : b, &shorter = a.size >= b.size ? b : a;
  BigInt* made = int_allocate(vm, longer.size + 1);
  if (!made) return raised;
  std::uint64_t carry = 0;
  if (shorter.size) {
    carry = mpn_add(made->limbs, longer.limbs, static_cast<mp_size_t>(longer.size), shorter.limbs,
                    static_cast<mp_size_t>(shorter.size));
  } else {
    std::copy_n(longer.limbs, longer.size, made->limbs);
  }
  made->limbs[longer.size] = carry;
  return int_finish(vm, made, longer.size + 1, negative);
}

// |a| - |b|, negated if `negative`.
Owned subtract_magnitudes(VM& vm, const IntView& a, const IntView& b, bool negative) {
  const int order = limbs_order(a.limbs, a.size, b.limbs, b.size);
  if (order == 0) return give(0);
  const IntView &larger = order > 0 ? a : b, &smaller = order > 0 ? b : a;
  BigInt* made = int_allocate(vm, larger.size);
  if (!made) return raised;
  if (smaller.size)
    mpn_sub(made->limbs, larger.limbs, static_cast<mp_size_t>(larger.size), smaller.limbs,
            static_cast<mp_size_t>(smaller.size));
  else
    std::copy_n(larger.limbs, larger.size, made->limbs);
  return int_finish(vm, made, larger.size, negative != (order < 0));
}

Owned add_signed(VM& vm, const IntView& a, const IntView& b, bool negate_b) {
  const bool b_negative = b.negative != (negate_b && b.size);
  if (a.negative == b_negative) return add_magnitudes(vm, a, b, a.negative);
  return subtract_magnitudes(vm, a, b, a.negative);
}

Status zero_division(VM& vm, const char* text) { return vm.raise_text(TypeId::ZeroDivisionError, text); }
constexpr const char* division_text = "integer division or modulo by zero";
constexpr const char* modulo_text = "integer modulo by zero";

// Floor division of machine integers; the divisor is not 0. The quotient of small integers may be 2^62.
std::int64_t floor_quotient(std::int64_t a, std::int64_t b) {
  const std::int64_t q = a / b;
  return q - (a % b != 0 && (a < 0) != (b < 0));
}
std::int64_t floor_rest(std::int64_t a, std::int64_t b) {
  const std::int64_t r = a % b;
  return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

// What a division wants to know.
enum Wanted : unsigned { WantQuotient = 1, WantRest = 2 };

// |a| < |b|.
Status divide_smaller(VM& vm, Ref a_ref, Ref b_ref, const IntView& a, const IntView& b, Value& quotient,
                      Value& rest) {
  if (a.size == 0 || a.negative == b.negative) {
    quotient = Value::small(0);
    CEDE_TRY(rest, int_exact(vm, a_ref));
    return Ok;
  }
  quotient = Value::small(-1);
  CEDE_TRY(rest, int_add(vm, a_ref, b_ref));
  return Ok;
}

Status divide(VM& vm, Ref a_ref, Ref b_ref, unsigned wanted, Value& quotient, Value& rest) {
  const IntView a(a_ref), b(b_ref);
  if (limbs_order(a.limbs, a.size, b.limbs, b.size) < 0)
    return divide_smaller(vm, a_ref, b_ref, a, b, quotient, rest);
  const std::size_t q_size = a.size - b.size + 1;
  BigInt* q = int_allocate(vm, q_size + 1);
  if (!q) return raised;
  Value q_owner = Value::adopt(q);
  BigInt* r = int_allocate(vm, b.size);
  if (!r) return raised;
  Value r_owner = Value::adopt(r);
  CEDE_CHECK(limbs_divide(vm, q->limbs, r->limbs, a.limbs, a.size, b.limbs, b.size));
  q->limbs[q_size] = 0;
  if (a.negative != b.negative && limbs_strip(r->limbs, b.size)) {
    mpn_add_1(q->limbs, q->limbs, static_cast<mp_size_t>(q_size + 1), 1);
    mpn_sub_n(r->limbs, b.limbs, r->limbs, static_cast<mp_size_t>(b.size));
  }
  if (wanted & WantQuotient) {
    (void)q_owner.take();
    CEDE_TRY(quotient, int_finish(vm, q, q_size + 1, a.negative != b.negative));
  }
  if (wanted & WantRest) {
    (void)r_owner.take();
    CEDE_TRY(rest, int_finish(vm, r, b.size, b.negative));
  }
  return Ok;
}

}  // namespace

// ---- addition and multiplication

Owned int_add(VM& vm, Ref a, Ref b) {
  if (a.bits & b.bits & 1) [[likely]]
    return give(vm, a.small() + b.small());
  return add_signed(vm, IntView(a), IntView(b), false);
}

Owned int_subtract(VM& vm, Ref a, Ref b) {
  if (a.bits & b.bits & 1) [[likely]]
    return give(vm, a.small() - b.small());
  return add_signed(vm, IntView(a), IntView(b), true);
}

Owned int_multiply(VM& vm, Ref a, Ref b) {
  std::int64_t product;
  if ((a.bits & b.bits & 1) && !__builtin_mul_overflow(a.small(), b.small(), &product)) [[likely]]
    return give(vm, product);
  const IntView x(a), y(b);
  if (x.size == 0 || y.size == 0) return give(0);
  BigInt* made = int_allocate(vm, x.size + y.size);
  if (!made) return raised;
  Value owner = Value::adopt(made);
  CEDE_CHECK(limbs_multiply(vm, made->limbs, x.limbs, x.size, y.limbs, y.size));
  (void)owner.take();
  return int_finish(vm, made, x.size + y.size, x.negative != y.negative);
}

// ---- division

Owned int_floor_divide(VM& vm, Ref a, Ref b) {
  std::int64_t x, y;
  if (int_is_zero(b)) return vm.raise_text(TypeId::ZeroDivisionError, division_text);
  if (machine(a, x) && machine(b, y)) [[likely]]
    return give(vm, floor_quotient(x, y));
  Value quotient, rest;
  CEDE_CHECK(divide(vm, a, b, WantQuotient, quotient, rest));
  return quotient;
}

Owned int_remainder(VM& vm, Ref a, Ref b) {
  std::int64_t x, y;
  if (int_is_zero(b)) return vm.raise_text(TypeId::ZeroDivisionError, modulo_text);
  if (machine(a, x) && machine(b, y)) [[likely]]
    return give(floor_rest(x, y));
  Value quotient, rest;
  CEDE_CHECK(divide(vm, a, b, WantRest, quotient, rest));
  return rest;
}

Status int_divide(VM& vm, Ref a, Ref b, Value& quotient, Value& remainder) {
  std::int64_t x, y;
  if (int_is_zero(b)) return zero_division(vm, division_text);
  if (machine(a, x) && machine(b, y)) {
    CEDE_TRY(quotient, give(vm, floor_quotient(x, y)));
    remainder = Value::small(floor_rest(x, y));
    return Ok;
  }
  return divide(vm, a, b, WantQuotient | WantRest, quotient, remainder);
}

Owned int_divmod(VM& vm, Ref a, Ref b) {
  Value quotient, rest;
  CEDE_CHECK(int_divide(vm, a, b, quotient, rest));
  return tuple_of(vm, {quotient, rest});
}

// ---- true division

namespace {

// The quotient of magnitudes scaled by 2^-shift has 55 to 57 bits (fewer near the subnormals); `inexact`
// tells of bits lost.
Status scaled_quotient(VM& vm, const IntView& a, const IntView& b, std::int64_t shift,
                       std::uint64_t& quotient, bool& inexact) {
  Limbs n(vm), q(vm), r(vm);
  std::size_t size;
  inexact = false;
  if (shift <= 0) {
    const std::size_t bits = static_cast<std::size_t>(-shift);
    size = a.size + bits / 64 + 1;
    CEDE_CHECK(n.allocate(size));
    limbs_shift_left(n, a.limbs, a.size, bits);
  } else {
    const std::size_t whole = static_cast<std::size_t>(shift) / 64;
    const unsigned part = static_cast<std::size_t>(shift) % 64;
    quotient = 0;
    inexact = limbs_strip(a.limbs, std::min(whole, a.size)) != 0;
    if (whole >= a.size) {
      inexact = inexact || a.size;
      return Ok;
    }
    size = a.size - whole;
    CEDE_CHECK(n.allocate(size));
    if (part)
      inexact |= mpn_rshift(n, a.limbs + whole, static_cast<mp_size_t>(size), part) != 0;
    else
      std::copy_n(a.limbs + whole, size, n.data());
  }
  size = limbs_strip(n, size);
  quotient = 0;
  if (size < b.size) {
    inexact = inexact || size;
    return Ok;
  }
  CEDE_CHECK(q.allocate(size - b.size + 1));
  CEDE_CHECK(r.allocate(b.size));
  CEDE_CHECK(limbs_divide(vm, q, r, n, size, b.limbs, b.size));
  quotient = q[0];
  inexact = inexact || limbs_strip(r, b.size);
  return Ok;
}

Owned divide_big(VM& vm, const IntView& a, const IntView& b, bool negative) {
  constexpr std::int64_t mantissa = 53, minimum = -1021, maximum = 1024;
  const auto too_large = [&] {
    return vm.raise_text(TypeId::OverflowError, "integer division result too large for a float");
  };
  const std::int64_t difference =
      static_cast<std::int64_t>(a.bit_length()) - static_cast<std::int64_t>(b.bit_length());
  if (difference > maximum) return too_large();
  if (difference < minimum - mantissa - 1) return float_owned(vm, negative ? -0.0 : 0.0);
  const std::int64_t shift = std::max(difference, minimum) - mantissa - 2;
  std::uint64_t x;
  bool inexact;
  CEDE_CHECK(scaled_quotient(vm, a, b, shift, x, inexact));
  if (x == 0) return float_owned(vm, negative ? -0.0 : 0.0);
  const std::int64_t bits = 64 - __builtin_clzl(x);
  // Bits below the last one of the result: 2 or 3.
  const std::int64_t extra = std::max(bits, minimum - shift) - mantissa;
  const std::uint64_t unit = std::uint64_t{1} << extra, half = unit >> 1, low = x & (unit - 1);
  x -= low;
  if (low > half || (low == half && (inexact || x & unit))) x += unit;
  const double rounded = static_cast<double>(x);
  if (shift + bits >= maximum &&
      (shift + bits > maximum || rounded == std::ldexp(1.0, static_cast<int>(bits))))
    return too_large();
  const double result = std::ldexp(rounded, static_cast<int>(shift));
  return float_owned(vm, negative ? -result : result);
}

}  // namespace

Owned int_true_divide(VM& vm, Ref a, Ref b) {
  std::int64_t x, y;
  if (int_is_zero(b)) return vm.raise_text(TypeId::ZeroDivisionError, "division by zero");
  constexpr std::int64_t exact = std::int64_t{1} << 53;
  if (machine(a, x) && machine(b, y) && x >= -exact && x <= exact && y >= -exact && y <= exact)
    return float_owned(vm, static_cast<double>(x) / static_cast<double>(y));
  const IntView u(a), v(b);
  const bool negative = u.negative != v.negative;
  if (u.size == 0) return float_owned(vm, negative ? -0.0 : 0.0);
  return divide_big(vm, u, v, negative);
}

// ---- unary operators

Owned int_negate(VM& vm, Ref a) {
  if (a.is_small()) return give(vm, -a.small());
  const IntView x(a);
  return int_from_limbs(vm, x.limbs, x.size, !x.negative);
}

Owned int_absolute(VM& vm, Ref a) { return int_sign(a) < 0 ? int_negate(vm, a) : Owned(int_exact(vm, a)); }

Owned int_invert(VM& vm, Ref a) {
  std::int64_t n;
  if (machine(a, n)) return give(~n);
  CEDE_TRY(const Value negated, int_negate(vm, a));
  return int_subtract(vm, negated, Ref::small(1));
}

// ---- number theory

namespace {

std::uint64_t gcd_machine(std::uint64_t a, std::uint64_t b) {
  if (a == 0 || b == 0) return a | b;
  const int shift = __builtin_ctzl(a | b);
  a >>= __builtin_ctzl(a);
  while (b) {
    b >>= __builtin_ctzl(b);
    if (a > b) std::swap(a, b);
    b -= a;
  }
  return a << shift;
}

std::size_t trailing_zeros(const std::uint64_t* limbs) { return mpn_scan1(limbs, 0); }

// Copies `from` without its `zeros` trailing zero bits; the new size.
std::size_t copy_odd_part(std::uint64_t* out, const IntView& from, std::size_t zeros) {
  const std::size_t whole = zeros / 64, size = from.size - whole;
  if (zeros % 64)
    mpn_rshift(out, from.limbs + whole, static_cast<mp_size_t>(size), zeros % 64);
  else
    std::copy_n(from.limbs + whole, size, out);
  return limbs_strip(out, size);
}

// Both odd and not zero; `out` has room for the smaller.
Owned gcd_odd(VM& vm, Limbs& u, std::size_t u_size, Limbs& v, std::size_t v_size, std::size_t zeros) {
  Limbs out(vm);
  if (limbs_order(u, u_size, v, v_size) < 0) {
    u.swap(v);
    std::swap(u_size, v_size);
  }
  CEDE_CHECK(out.allocate(v_size));
  const auto size = static_cast<std::size_t>(
      mpn_gcd(out, u, static_cast<mp_size_t>(u_size), v, static_cast<mp_size_t>(v_size)));
  BigInt* made = int_allocate(vm, size + zeros / 64 + 1);
  if (!made) return raised;
  limbs_shift_left(made->limbs, out, size, zeros);
  return int_finish(vm, made, size + zeros / 64 + 1, false);
}

}  // namespace

Owned int_gcd(VM& vm, Ref a, Ref b) {
  const IntView x(a), y(b);
  if (x.size <= 1 && y.size <= 1)
    return int_from_unsigned(vm, gcd_machine(x.size ? x.limbs[0] : 0, y.size ? y.limbs[0] : 0));
  if (x.size == 0) return int_absolute(vm, b);
  if (y.size == 0) return int_absolute(vm, a);
  const std::size_t x_zeros = trailing_zeros(x.limbs), y_zeros = trailing_zeros(y.limbs);
  Limbs u(vm), v(vm);
  CEDE_CHECK(u.allocate(x.size));
  CEDE_CHECK(v.allocate(y.size));
  const std::size_t u_size = copy_odd_part(u, x, x_zeros), v_size = copy_odd_part(v, y, y_zeros);
  return gcd_odd(vm, u, u_size, v, v_size, std::min(x_zeros, y_zeros));
}

Owned int_square_root(VM& vm, Ref a) {
  const IntView x(a);
  if (x.size == 0) return give(0);
  const std::size_t size = (x.size + 1) / 2;
  Limbs rest(vm);
  CEDE_CHECK(rest.allocate(x.size));
  BigInt* made = int_allocate(vm, size);
  if (!made) return raised;
  mpn_sqrtrem(made->limbs, rest, x.limbs, static_cast<mp_size_t>(x.size));
  return int_finish(vm, made, size, false);
}

}  // namespace cede
