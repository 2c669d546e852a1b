// Powers of int, with and without a modulus: binary from the left, with a window of bits for long exponents.
#include <algorithm>
#include <cmath>

#include "runtime/types/float.hpp"
#include "runtime/types/int_limbs.hpp"

namespace cede {
namespace {

Owned give(std::int64_t n) { return Owned(Ref::small(n).bits); }

bool bit_of(const IntView& view, std::size_t bit) { return view.limbs[bit / 64] >> bit % 64 & 1; }

// ---- without modulus

// base^exponent for |base| >= 2 as a machine integer, if it fits.
bool power_small(std::int64_t base, std::uint64_t exponent, std::int64_t& result) {
  if (exponent > 62) return false;
  result = 1;
  for (;;) {
    if (exponent & 1 && __builtin_mul_overflow(result, base, &result)) return false;
    exponent >>= 1;
    if (exponent == 0) return true;
    if (__builtin_mul_overflow(base, base, &base)) return false;
  }
}

// The odd part of the base is raised, its factor of two is shifted.
Owned power_big(VM& vm, Ref base, std::uint64_t exponent) {
  const IntView b(base);
  const std::size_t zeros = mpn_scan1(b.limbs, 0);
  std::size_t bits, shift;
  if (!multiply_sizes(b.bit_length() - zeros, exponent, bits) || !multiply_sizes(zeros, exponent, shift) ||
      bits / 64 + shift / 64 > maximum_limbs)
    return vm.raise_memory_error();
  CEDE_TRY(const Value odd, int_shift_right_by(vm, base, zeros));
  const IntView o(odd);
  const std::size_t room = bits / 64 + 2;
  Limbs result(vm), square(vm);
  CEDE_CHECK(result.allocate(room + o.size));
  CEDE_CHECK(square.allocate(room + o.size));
  std::copy_n(o.limbs, o.size, result.data());
  std::size_t size = o.size;
  for (int bit = 62 - __builtin_clzl(exponent); bit >= 0; --bit) {
    CEDE_CHECK(limbs_multiply(vm, square, result, size, result, size));
    size = limbs_strip(square, 2 * size);
    result.swap(square);
    if (exponent >> bit & 1) {
      CEDE_CHECK(limbs_multiply(vm, square, result, size, o.limbs, o.size));
      size = limbs_strip(square, size + o.size);
      result.swap(square);
    }
    CEDE_CHECK(vm.check_interrupts());
  }
  const bool negative = b.negative && exponent & 1;
  BigInt* made = int_allocate(vm, size + shift / 64 + 1);
  if (!made) return raised;
  limbs_shift_left(made->limbs, result, size, shift);
  return int_finish(vm, made, size + shift / 64 + 1, negative);
}

Owned power_plain(VM& vm, Ref base, Ref exponent) {
  if (int_is_zero(exponent)) return give(1);
  const IntView b(base), e(exponent);
  if (b.size == 0) return give(0);
  if (b.size == 1 && b.limbs[0] == 1) return give(b.negative && e.is_odd() ? -1 : 1);
  if (e.size > 1) return vm.raise_memory_error();
  std::int64_t result;
  const auto small = int_to_int64(base);
  if (small && power_small(*small, e.limbs[0], result)) return int_from(vm, result);
  return power_big(vm, base, e.limbs[0]);
}

// ---- with modulus

// Works modulo a magnitude; its numbers have as many limbs as the modulus.
class Residues {
 public:
  Residues(VM& vm, const IntView& modulus) : vm_(vm), modulus_(modulus), product_(vm), quotient_(vm) {}
  Status prepare() {
    CEDE_CHECK(product_.allocate(2 * modulus_.size));
    return quotient_.allocate(modulus_.size + 2);
  }
  std::size_t size() const { return modulus_.size; }
  // out = a * b; out may be a or b.
  Status multiply(std::uint64_t* out, const std::uint64_t* a, const std::uint64_t* b) {
    CEDE_CHECK(limbs_multiply(vm_, product_, a, size(), b, size()));
    return limbs_divide(vm_, quotient_, out, product_, 2 * size(), modulus_.limbs, size());
  }

 private:
  VM& vm_;
  const IntView& modulus_;
  Limbs product_, quotient_;
};

// Odd powers of the base for a window of `width` bits, then from the left: square for each bit, multiply for
// each window.
class WindowPower {
 public:
  WindowPower(VM& vm, Residues& residues) : vm_(vm), residues_(residues), table_(vm), square_(vm) {}

  // result = base^exponent; base is reduced, the exponent not 0.
  Status run(std::uint64_t* result, const std::uint64_t* base, const IntView& exponent) {
    const std::size_t bits = exponent.bit_length(), n = residues_.size();
    width_ = bits > 1024 ? 6 : bits > 256 ? 5 : bits > 80 ? 4 : bits > 24 ? 3 : 1;
    CEDE_CHECK(make_table(base));
    bool started = false;
    for (std::size_t at = bits; at > 0;) {
      if (!bit_of(exponent, at - 1)) {
        CEDE_CHECK(residues_.multiply(result, result, result));
        --at;
        continue;
      }
      std::size_t low = at > width_ ? at - width_ : 0;
      while (!bit_of(exponent, low)) ++low;
      std::size_t value = 0;
      for (std::size_t i = at; i-- > low;) {
        value = value << 1 | bit_of(exponent, i);
        if (started) CEDE_CHECK(residues_.multiply(result, result, result));
      }
      if (started)
        CEDE_CHECK(residues_.multiply(result, result, table_.data() + (value >> 1) * n));
      else
        std::copy_n(table_.data() + (value >> 1) * n, n, result);
      started = true;
      at = low;
      CEDE_CHECK(vm_.check_interrupts());
    }
    return Ok;
  }

 private:
  Status make_table(const std::uint64_t* base) {
    const std::size_t n = residues_.size(), entries = std::size_t{1} << (width_ - 1);
    CEDE_CHECK(table_.allocate(entries * n));
    std::copy_n(base, n, table_.data());
    if (entries == 1) return Ok;
    CEDE_CHECK(square_.allocate(n));
    CEDE_CHECK(residues_.multiply(square_, base, base));
    for (std::size_t i = 1; i < entries; ++i)
      CEDE_CHECK(residues_.multiply(table_.data() + i * n, table_.data() + (i - 1) * n, square_));
    return Ok;
  }

  VM& vm_;
  Residues& residues_;
  Limbs table_, square_;
  std::size_t width_ = 1;
};

__extension__ using Wide = unsigned __int128;

std::uint64_t power_one_limb(std::uint64_t base, const IntView& exponent, std::uint64_t modulus) {
  std::uint64_t result = 1 % modulus;
  for (std::size_t bit = exponent.bit_length(); bit-- > 0;) {
    result = static_cast<std::uint64_t>(Wide{result} * result % modulus);
    if (bit_of(exponent, bit)) result = static_cast<std::uint64_t>(Wide{result} * base % modulus);
  }
  return result;
}

// base is in [0, modulus), modulus > 1, exponent >= 0.
Owned power_modulo(VM& vm, Ref base, const IntView& exponent, const IntView& modulus) {
  const IntView b(base);
  if (exponent.size == 0) return give(1);
  if (b.size == 0) return give(0);
  if (modulus.size == 1 && exponent.size <= 64)
    return int_from_unsigned(vm, power_one_limb(b.limbs[0], exponent, modulus.limbs[0]));
  Residues residues(vm, modulus);
  CEDE_CHECK(residues.prepare());
  Limbs padded(vm);
  CEDE_CHECK(padded.allocate(modulus.size));
  std::copy_n(b.limbs, b.size, padded.data());
  std::fill_n(padded.data() + b.size, modulus.size - b.size, 0);
  BigInt* made = int_allocate(vm, modulus.size);
  if (!made) return raised;
  Value owner = Value::adopt(made);
  CEDE_CHECK(WindowPower(vm, residues).run(made->limbs, padded, exponent));
  (void)owner.take();
  return int_finish(vm, made, modulus.size, false);
}

// x with a * x = 1 modulo n > 0, in [0, n), by Euclid's algorithm.
Owned inverse(VM& vm, Ref a, Ref n) {
  Value b(Ref::small(1)), c(Ref::small(0));
  Value r{a}, next{n};
  while (!int_is_zero(next)) {
    Value quotient, rest;
    CEDE_CHECK(int_divide(vm, r, next, quotient, rest));
    CEDE_TRY(const Value product, int_multiply(vm, quotient, c));
    CEDE_TRY(Value difference, int_subtract(vm, b, product));
    b = std::move(c);
    c = std::move(difference);
    r = std::move(next);
    next = std::move(rest);
    CEDE_CHECK(vm.check_interrupts());
  }
  if (int_order(r, Ref::small(1)) != 0)
    return vm.raise_text(TypeId::ValueError, "base is not invertible for the given modulus");
  return int_remainder(vm, b, n);
}

Owned power_with_modulus(VM& vm, Ref base, Ref exponent, Ref given_modulus) {
  if (int_is_zero(given_modulus)) return vm.raise_text(TypeId::ValueError, "pow() 3rd argument cannot be 0");
  CEDE_TRY(const Value modulus, int_absolute(vm, given_modulus));
  const IntView m(modulus);
  if (m.size == 1 && m.limbs[0] == 1) return give(0);
  CEDE_TRY(Value b, int_remainder(vm, base, modulus));
  if (int_sign(exponent) < 0) {
    CEDE_TRY(b, inverse(vm, b, modulus));
  }
  IntView e(exponent);
  e.negative = false;
  CEDE_TRY(Value result, power_modulo(vm, b, e, m));
  if (int_sign(given_modulus) < 0 && !int_is_zero(result)) return int_add(vm, result, given_modulus);
  return result;
}

}  // namespace

Owned int_power(VM& vm, Ref base, Ref exponent, Ref modulus) {
  if (!modulus.is_none()) return power_with_modulus(vm, base, exponent, modulus);
  if (int_sign(exponent) >= 0) return power_plain(vm, base, exponent);
  CEDE_TRY(const double b, int_to_double(vm, base));
  CEDE_TRY(const double e, int_to_double(vm, exponent));
  return float_power(vm, b, e);
}

}  // namespace cede
