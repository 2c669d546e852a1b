// Shifts and bit operations of int. Negative numbers behave as two's complement with endless sign bits.
#include <algorithm>

#include "runtime/types/int_limbs.hpp"

namespace cede {
namespace {

Owned give(std::int64_t n) { return Owned(Ref::small(n).bits); }

bool machine(Ref value, std::int64_t& n) {
  if (value.is_small())
    n = value.small();
  else if (value.is_bool())
    n = value.is_true();
  else
    return false;
  return true;
}

RaisedMark negative_count(VM& vm) { return vm.raise_text(TypeId::ValueError, "negative shift count"); }

enum class BitOperation : std::uint8_t { And, Or, Xor };

std::uint64_t apply(BitOperation operation, std::uint64_t a, std::uint64_t b) {
  switch (operation) {
    case BitOperation::And: return a & b;
    case BitOperation::Or: return a | b;
    default: return a ^ b;
  }
}

// The limbs of the two's complement form, from the lowest up.
class SignedLimbs {
 public:
  explicit SignedLimbs(const IntView& view)
      : view_(view), flip_(view.negative ? ~std::uint64_t{0} : 0), carry_(view.negative) {}
  std::uint64_t next() {
    const std::uint64_t limb = (at_ < view_.size ? view_.limbs[at_] : 0) ^ flip_;
    ++at_;
    const std::uint64_t sum = limb + carry_;
    carry_ = carry_ && sum == 0;
    return sum;
  }

 private:
  const IntView& view_;
  std::uint64_t flip_;
  std::uint64_t carry_;
  std::size_t at_ = 0;
};

Owned bit_operation(VM& vm, Ref a, Ref b, BitOperation operation) {
  std::int64_t m, n;
  if (machine(a, m) && machine(b, n))
    return give(static_cast<std::int64_t>(
        apply(operation, static_cast<std::uint64_t>(m), static_cast<std::uint64_t>(n))));
  const IntView x(a), y(b);
  // The sign limb is kept too, so that the magnitude of a negative result can be made.
  std::size_t size = std::max(x.size, y.size) + 1;
  if (operation == BitOperation::And && !x.negative) size = x.size + 1;
  if (operation == BitOperation::And && !y.negative) size = std::min(size, y.size + 1);
  BigInt* made = int_allocate(vm, size);
  if (!made) return raised;
  SignedLimbs p(x), q(y);
  for (std::size_t i = 0; i < size; ++i) made->limbs[i] = apply(operation, p.next(), q.next());
  const bool negative = made->limbs[size - 1] >> 63;
  if (negative) mpn_neg(made->limbs, made->limbs, static_cast<mp_size_t>(size));
  return int_finish(vm, made, size, negative);
}

}  // namespace

Owned int_and(VM& vm, Ref a, Ref b) { return bit_operation(vm, a, b, BitOperation::And); }
Owned int_or(VM& vm, Ref a, Ref b) { return bit_operation(vm, a, b, BitOperation::Or); }
Owned int_xor(VM& vm, Ref a, Ref b) { return bit_operation(vm, a, b, BitOperation::Xor); }

Owned int_shift_left_by(VM& vm, Ref a, std::uint64_t count) {
  std::int64_t n;
  if (machine(a, n) && count < 62 && n >= -(std::int64_t{1} << (62 - count)) &&
      n < std::int64_t{1} << (62 - count))
    return give(static_cast<std::int64_t>(static_cast<std::uint64_t>(n) << count));
  const IntView x(a);
  if (x.size == 0) return give(0);
  if (count / 64 > maximum_limbs) return vm.raise_memory_error();
  const std::size_t size = x.size + count / 64 + 1;
  BigInt* made = int_allocate(vm, size);
  if (!made) return raised;
  limbs_shift_left(made->limbs, x.limbs, x.size, count);
  return int_finish(vm, made, size, x.negative);
}

Owned int_shift_right_by(VM& vm, Ref a, std::uint64_t count) {
  std::int64_t n;
  if (machine(a, n)) return give(n >> std::min<std::uint64_t>(count, 63));
  const IntView x(a);
  const std::size_t whole = count / 64;
  if (whole >= x.size) return give(x.negative ? -1 : 0);
  const std::size_t size = x.size - whole;
  BigInt* made = int_allocate(vm, size + 1);
  if (!made) return raised;
  bool lost = limbs_strip(x.limbs, whole) != 0;
  if (count % 64)
    lost |= mpn_rshift(made->limbs, x.limbs + whole, static_cast<mp_size_t>(size), count % 64) != 0;
  else
    std::copy_n(x.limbs + whole, size, made->limbs);
  made->limbs[size] = 0;
  if (x.negative && lost) mpn_add_1(made->limbs, made->limbs, static_cast<mp_size_t>(size + 1), 1);
  return int_finish(vm, made, size + 1, x.negative);
}

Owned int_shift_left(VM& vm, Ref a, Ref count) {
  if (int_sign(count) < 0) return negative_count(vm);
  if (const auto n = int_to_uint64(count)) return int_shift_left_by(vm, a, *n);
  if (int_is_zero(a)) return give(0);
  return vm.raise_memory_error();
}

Owned int_shift_right(VM& vm, Ref a, Ref count) {
  if (int_sign(count) < 0) return negative_count(vm);
  if (const auto n = int_to_uint64(count)) return int_shift_right_by(vm, a, *n);
  return give(int_sign(a) < 0 ? -1 : 0);
}

}  // namespace cede
