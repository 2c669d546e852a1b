// The exact integer functions of math.
#include <algorithm>
#include <bit>

#include "runtime/types/int.hpp"
#include "stdlib/math/math.hpp"

namespace cede::stdlib {
namespace {

__extension__ using Wide = unsigned __int128;

Owned small(std::int64_t n) { return Owned(Ref::small(n).bits); }

// first * (first + step) * ... of `count` factors that are machine integers: halves are multiplied, so that
// the large products are of numbers of like size.
Owned product_of_range(VM& vm, std::uint64_t first, std::uint64_t count, std::uint64_t step) {
  CEDE_CHECK(vm.check_interrupts());
  if (count == 0) return small(1);
  if (count <= 8) {
    std::uint64_t product = first;
    std::uint64_t i = 1;
    while (i < count && !__builtin_mul_overflow(product, first + i * step, &product)) ++i;
    if (i == count) return int_from_unsigned(vm, product);
    if (count == 1) return int_from_unsigned(vm, first);
  }
  const std::uint64_t half = count / 2;
  CEDE_TRY(const Value low, product_of_range(vm, first, half, step));
  CEDE_TRY(const Value high, product_of_range(vm, first + half * step, count - half, step));
  return int_multiply(vm, low, high);
}

// The odd part of n!: the product over all i of the odd numbers up to n / 2^i; (n/2^(i+1), n/2^i] is
// multiplied i + 1 times.
Owned odd_factorial(VM& vm, std::uint64_t n) {
  Value inner(Ref::small(1)), outer(Ref::small(1));
  std::uint64_t upper = 3;
  for (int i = std::bit_width(n) - 2; i >= 0; --i) {
    const std::uint64_t part = n >> i;
    if (part <= 2) continue;
    const std::uint64_t lower = upper;
    upper = (part + 1) | 1;  // one past the last odd number
    CEDE_TRY(const Value factors, product_of_range(vm, lower, (upper - lower) / 2, 2));
    CEDE_TRY(inner, int_multiply(vm, inner, factors));
    CEDE_TRY(outer, int_multiply(vm, outer, inner));
  }
  return outer;
}

Owned factorial(VM& vm, std::uint64_t n) {
  if (n <= 20) {
    std::int64_t product = 1;
    for (std::int64_t i = 2; i <= static_cast<std::int64_t>(n); ++i) product *= i;
    return int_from(vm, product);
  }
  CEDE_TRY(const Value odd, odd_factorial(vm, n));
  return int_shift_left_by(vm, odd, n - static_cast<std::uint64_t>(std::popcount(n)));
}

// n (n-1) ... (n-k+1) for any n.
Owned falling(VM& vm, Ref n, std::uint64_t k) {
  if (const auto machine = int_to_uint64(n)) return product_of_range(vm, *machine - k + 1, k, 1);
  CEDE_CHECK(vm.check_interrupts());
  if (k == 0) return small(1);
  if (k == 1) return int_exact(vm, n);
  const std::uint64_t half = k / 2;
  CEDE_TRY(const Value high, falling(vm, n, half));
  CEDE_TRY(const Value taken, int_from_unsigned(vm, half));
  CEDE_TRY(const Value rest, int_subtract(vm, n, taken));
  CEDE_TRY(const Value low, falling(vm, rest, k - half));
  return int_multiply(vm, high, low);
}

// C(n, k) in machine numbers; false: too large.
bool choose_machine(std::uint64_t n, std::uint64_t k, std::uint64_t& result) {
  Wide product = 1;
  for (std::uint64_t i = 1; i <= k; ++i) {
    if (product > UINT64_MAX) return false;
    product = product * (n - k + i) / i;
  }
  if (product > UINT64_MAX) return false;
  result = static_cast<std::uint64_t>(product);
  return true;
}

// C(n, k) = C(n, j) * C(n - j, k - j) / C(k, j) with j = k / 2.
Owned choose(VM& vm, Ref n, std::uint64_t k) {
  if (k == 0) return small(1);
  if (k == 1) return int_exact(vm, n);
  std::uint64_t result;
  const auto machine = int_to_uint64(n);
  if (machine && k < 64 && choose_machine(*machine, k, result)) return int_from_unsigned(vm, result);
  CEDE_CHECK(vm.check_interrupts());
  const std::uint64_t j = k / 2;
  CEDE_TRY(const Value first, choose(vm, n, j));
  CEDE_TRY(const Value taken, int_from_unsigned(vm, j));
  CEDE_TRY(const Value rest, int_subtract(vm, n, taken));
  CEDE_TRY(const Value second, choose(vm, rest, k - j));
  CEDE_TRY(const Value size, int_from_unsigned(vm, k));
  CEDE_TRY(const Value divisor, choose(vm, size, j));
  CEDE_TRY(const Value product, int_multiply(vm, first, second));
  return int_floor_divide(vm, product, divisor);
}

Status check_not_negative(VM& vm, Ref integer, const char* name) {
  if (int_sign(integer) >= 0) return Ok;
  return vm.raise(TypeId::ValueError, "{} must be a non-negative integer", name);
}

constexpr const char* largest = "9223372036854775807";

}  // namespace

Owned math_factorial(VM& vm, Ref object) {
  CEDE_TRY(const Value n, index(vm, object));
  if (int_sign(n) < 0)
    return vm.raise_text(TypeId::ValueError, "factorial() not defined for negative values");
  const auto machine = int_to_int64(n);
  if (!machine) return vm.raise(TypeId::OverflowError, "factorial() argument should not exceed {}", largest);
  return factorial(vm, static_cast<std::uint64_t>(*machine));
}

Owned math_perm(VM& vm, Ref n_object, Ref k_object) {
  if (k_object.is_none()) return math_factorial(vm, n_object);
  CEDE_TRY(const Value n, index(vm, n_object));
  CEDE_TRY(const Value k, index(vm, k_object));
  CEDE_CHECK(check_not_negative(vm, n, "n"));
  CEDE_CHECK(check_not_negative(vm, k, "k"));
  if (int_order(n, k) < 0) return small(0);
  const auto count = int_to_int64(k);
  if (!count) return vm.raise(TypeId::OverflowError, "k must not exceed {}", largest);
  return falling(vm, n, static_cast<std::uint64_t>(*count));
}

Owned math_comb(VM& vm, Ref n_object, Ref k_object) {
  CEDE_TRY(const Value n, index(vm, n_object));
  CEDE_TRY(Value k, index(vm, k_object));
  CEDE_CHECK(check_not_negative(vm, n, "n"));
  CEDE_CHECK(check_not_negative(vm, k, "k"));
  CEDE_TRY(Value rest, int_subtract(vm, n, k));
  if (int_sign(rest) < 0) return small(0);
  if (int_order(rest, k) < 0) k = std::move(rest);
  const auto count = int_to_int64(k);
  if (!count) return vm.raise(TypeId::OverflowError, "min(n - k, k) must not exceed {}", largest);
  return choose(vm, n, static_cast<std::uint64_t>(*count));
}

Owned math_gcd(VM& vm, Rest integers) {
  Value result(Ref::small(0));
  for (std::size_t i = 0; i < integers.size(); ++i) {
    CEDE_TRY(const Value n, index(vm, integers[i]));
    CEDE_TRY(result, int_gcd(vm, result, n));
  }
  return result;
}

Owned math_lcm(VM& vm, Rest integers) {
  Value result(Ref::small(1));
  for (std::size_t i = 0; i < integers.size(); ++i) {
    CEDE_TRY(const Value n, index(vm, integers[i]));
    if (int_is_zero(result)) continue;  // the others are converted all the same
    if (int_is_zero(n)) {
      result = Value::small(0);
      continue;
    }
    CEDE_TRY(const Value divisor, int_gcd(vm, result, n));
    CEDE_TRY(const Value part, int_floor_divide(vm, result, divisor));
    CEDE_TRY(const Value product, int_multiply(vm, part, n));
    CEDE_TRY(result, int_absolute(vm, product));
  }
  return result;
}

Owned math_isqrt(VM& vm, Ref object) {
  CEDE_TRY(const Value n, index(vm, object));
  if (int_sign(n) < 0) return vm.raise_text(TypeId::ValueError, "isqrt() argument must be nonnegative");
  return int_square_root(vm, n);
}

}  // namespace cede::stdlib
