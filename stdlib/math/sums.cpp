// Sums and products of many numbers: exact where CPython's are, with its rounding.
#include <algorithm>
#include <cfloat>
#include <cmath>
#include <vector>

#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "stdlib/math/math.hpp"

namespace cede::stdlib {
namespace {

// An unevaluated sum of two doubles.
struct Double2 {
  double high, low;
};

Double2 fast_two_sum(double a, double b) {  // |a| >= |b|
  const double sum = a + b;
  return {sum, (a - sum) + b};
}
Double2 two_sum(double a, double b) {
  const double sum = a + b, part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}
Double2 two_product(double a, double b) {
  const double product = a * b;
  return {product, std::fma(a, b, -product)};
}

// ---- fsum: the partial sums do not overlap and grow in magnitude (Shewchuk)

class PartialSums {
 public:
  Status add(VM& vm, double given) {
    double x = given;
    std::size_t kept = 0;
    for (double partial : partials_) {
      if (std::fabs(x) < std::fabs(partial)) std::swap(x, partial);
      const Double2 sum = fast_two_sum(x, partial);
      if (sum.low != 0.0) partials_[kept++] = sum.low;
      x = sum.high;
    }
    partials_.resize(kept);
    if (x == 0.0) return Ok;
    if (std::isfinite(x)) {
      partials_.push_back(x);
      return Ok;
    }
    if (std::isfinite(given)) return vm.raise_text(TypeId::OverflowError, "intermediate overflow in fsum");
    if (std::isinf(given)) infinities_ += given;
    special_ += given;
    partials_.clear();
    return Ok;
  }

  Result<double> total(VM& vm) {
    if (special_ != 0.0) {
      if (std::isnan(infinities_)) return vm.raise_text(TypeId::ValueError, "-inf + inf in fsum");
      return special_;
    }
    std::size_t n = partials_.size();
    if (n == 0) return 0.0;
    double high = partials_[--n], low = 0.0;
    while (n > 0) {
      const Double2 sum = fast_two_sum(high, partials_[--n]);
      high = sum.high;
      low = sum.low;
      if (low != 0.0) break;
    }
    // Halfway between two doubles: what lies below decides.
    if (n > 0 && ((low < 0.0 && partials_[n - 1] < 0.0) || (low > 0.0 && partials_[n - 1] > 0.0))) {
      const double twice = low * 2.0, moved = high + twice;
      if (twice == moved - high) high = moved;
    }
    return high;
  }

 private:
  std::vector<double> partials_;
  double special_ = 0.0, infinities_ = 0.0;
};

// ---- vectors

// The length of a vector of magnitudes: scaled by a power of two so that the largest is in [0.5, 1), summed
// with the low parts of squares and sums kept, and the root corrected once by its residue.
double norm(std::vector<double>& vector, double largest, bool found_nan) {
  if (std::isinf(largest)) return largest;
  if (found_nan) return std::nan("");
  if (largest == 0.0 || vector.size() <= 1) return largest;
  int exponent;
  (void)std::frexp(largest, &exponent);
  if (exponent < -1023) {  // subnormal: the scale would overflow
    for (double& x : vector) x /= DBL_MIN;
    return DBL_MIN * norm(vector, largest / DBL_MIN, found_nan);
  }
  const double scale = std::ldexp(1.0, -exponent);
  double sum = 1.0, low_products = 0.0, low_sums = 0.0;
  const auto add = [&](Double2 product) {
    const Double2 next = fast_two_sum(sum, product.high);
    sum = next.high;
    low_products += product.low;
    low_sums += next.low;
  };
  for (double x : vector) {
    x *= scale;
    add(two_product(x, x));
  }
  double root = std::sqrt(sum - 1.0 + (low_products + low_sums));
  add(two_product(-root, root));
  const double residue = sum - 1.0 + (low_products + low_sums);
  root += residue / (2.0 * root);
  return root / scale;
}

class Vector {
 public:
  void add(double d) {
    const double magnitude = std::fabs(d);
    if (std::isnan(magnitude))
      found_nan_ = true;
    else
      largest_ = std::max(largest_, magnitude);
    items_.push_back(magnitude);
  }
  double length() { return norm(items_, largest_, found_nan_); }

 private:
  std::vector<double> items_;
  double largest_ = 0.0;
  bool found_nan_ = false;
};

// ---- sumprod

// A running sum of three doubles.
struct Double3 {
  double high = 0.0, low = 0.0, tiny = 0.0;

  Double3 plus_product(double a, double b) const {
    const Double2 product = two_product(a, b), sum = two_sum(high, product.high);
    const Double2 lower = two_sum(low, product.low), carried = two_sum(lower.high, sum.low);
    return {sum.high, carried.high, tiny + lower.low + carried.low};
  }
  double value() const {
    const Double2 last = two_sum(low, high);
    return tiny + last.low + last.high;
  }
};

// Pairs of machine integers and of doubles are summed apart from the rest, as long as only such have come.
class SumOfProducts {
 public:
  explicit SumOfProducts(VM& vm) : vm_(vm) {}

  Status add(Ref p, Ref q) {
    if (integers_ && add_integers(p, q)) return Ok;
    CEDE_CHECK(end_integers());
    if (floats_ && add_floats(p, q)) return Ok;
    CEDE_CHECK(end_floats());
    CEDE_TRY(const Value product, binary_operation(vm_, p, q, BinaryOperation::Multiply));
    CEDE_TRY(total_, binary_operation(vm_, total_, product, BinaryOperation::Add));
    return Ok;
  }
  Owned finish() {
    CEDE_CHECK(end_integers());
    CEDE_CHECK(end_floats());
    return std::move(total_);
  }

 private:
  bool add_integers(Ref p, Ref q) {
    if (!is_exact_int(p) || !is_exact_int(q)) return false;
    const auto a = int_to_int64(p), b = int_to_int64(q);
    std::int64_t product, sum;
    if (!a || !b || __builtin_mul_overflow(*a, *b, &product) ||
        __builtin_add_overflow(integer_, product, &sum))
      return false;
    integer_ = sum;
    integers_used_ = true;
    return true;
  }
  static bool is_plain_int(Ref value) { return value.is_bool() || is_exact_int(value); }
  bool add_floats(Ref p, Ref q) {
    double a, b;
    if (is_exact_float(p))
      a = float_value(p);
    else if (is_plain_int(p) && is_exact_float(q) && fits(p))
      a = *int_to_double(vm_, p);
    else
      return false;
    if (is_exact_float(q))
      b = float_value(q);
    else if (is_plain_int(q) && fits(q))
      b = *int_to_double(vm_, q);
    else
      return false;
    const Double3 next = float_.plus_product(a, b);
    if (!std::isfinite(next.high)) return false;
    float_ = next;
    floats_used_ = true;
    return true;
  }
  static bool fits(Ref integer) {
    std::int64_t exponent;
    (void)int_frexp(integer, exponent);
    return exponent <= 1024;
  }
  Status end_integers() {
    integers_ = false;
    if (!std::exchange(integers_used_, false)) return Ok;
    CEDE_TRY(const Value sum, int_from(vm_, integer_));
    CEDE_TRY(total_, binary_operation(vm_, total_, sum, BinaryOperation::Add));
    return Ok;
  }
  Status end_floats() {
    floats_ = false;
    if (!std::exchange(floats_used_, false)) return Ok;
    CEDE_TRY(const Value sum, float_from(vm_, float_.value()));
    CEDE_TRY(total_, binary_operation(vm_, total_, sum, BinaryOperation::Add));
    return Ok;
  }

  VM& vm_;
  Value total_{Ref::small(0)};
  std::int64_t integer_ = 0;
  Double3 float_;
  bool integers_ = true, floats_ = true, integers_used_ = false, floats_used_ = false;
};

}  // namespace

Result<double> math_fsum(VM& vm, Ref sequence) {
  PartialSums sums;
  CEDE_CHECK(for_each(vm, sequence, [&](Ref item) -> Status {
    CEDE_TRY(const double d, to_double(vm, item));
    return sums.add(vm, d);
  }));
  return sums.total(vm);
}

Owned math_prod(VM& vm, Ref iterable, Ref start) {
  Value result(start.is_unbound() ? Ref::small(1) : start);
  CEDE_CHECK(for_each(vm, iterable, [&](Ref item) -> Status {
    CEDE_TRY(result, binary_operation(vm, result, item, BinaryOperation::Multiply));
    return Ok;
  }));
  return result;
}

Owned math_sumprod(VM& vm, Ref p, Ref q) {
  CEDE_TRY(const Value first, get_iterator(vm, p));
  CEDE_TRY(const Value second, get_iterator(vm, q));
  SumOfProducts sum(vm);
  for (;;) {
    CEDE_TRY(const Value a, next(vm, first));
    CEDE_TRY(const Value b, next(vm, second));
    if (a.is_finished() != b.is_finished())
      return vm.raise_text(TypeId::ValueError, "Inputs are not the same length");
    if (a.is_finished()) return sum.finish();
    CEDE_CHECK(sum.add(a, b));
    CEDE_CHECK(vm.check_interrupts());
  }
}

Result<double> math_dist(VM& vm, Ref p, Ref q) {
  CEDE_TRY(const Value first, tuple_from(vm, p));
  CEDE_TRY(const Value second, tuple_from(vm, q));
  const Tuple &a = cast<Tuple>(first), &b = cast<Tuple>(second);
  if (a.size != b.size)
    return vm.raise_text(TypeId::ValueError, "both points must have the same number of dimensions");
  Vector differences;
  for (std::size_t i = 0; i < a.size; ++i) {
    CEDE_TRY(const double x, to_double(vm, a[i]));
    CEDE_TRY(const double y, to_double(vm, b[i]));
    differences.add(x - y);
  }
  return differences.length();
}

Result<double> math_hypot(VM& vm, Rest coordinates) {
  Vector vector;
  for (std::size_t i = 0; i < coordinates.size(); ++i) {
    CEDE_TRY(const double d, to_double(vm, coordinates[i]));
    vector.add(d);
  }
  return vector.length();
}

}  // namespace cede::stdlib
