// Multiplication and division of magnitudes of any size. Above `limb_block` limbs: Karatsuba's
// multiplication, and the schoolbook division with "digits" of `limb_block` limbs (Knuth, TAOCP vol.
// 2, 4.3.1, algorithm D).
#include "runtime/types/int_limbs.hpp"

#include <algorithm>

namespace cede {

Status Limbs::allocate(std::size_t count) {
  if (count <= capacity_) return Ok;
  free();
  std::size_t bytes;
  void* block = multiply_sizes(count, sizeof(std::uint64_t), bytes) ? vm_.heap.allocate_raw(bytes) : nullptr;
  if (!block) return vm_.raise_memory_error();
  data_ = static_cast<std::uint64_t*>(block);
  capacity_ = count;
  return Ok;
}

void Limbs::free() {
  if (data_ != small_) vm_.heap.free_raw(data_, capacity_ * sizeof(std::uint64_t));
  data_ = small_;
  capacity_ = few;
}

void Limbs::swap(Limbs& other) {
  const bool mine = data_ == small_, theirs = other.data_ == other.small_;
  std::swap_ranges(small_, small_ + few, other.small_);
  std::swap(capacity_, other.capacity_);
  std::swap(data_, other.data_);
  if (theirs) data_ = small_;
  if (mine) other.data_ = other.small_;
}

int limbs_order(const std::uint64_t* a, std::size_t a_size, const std::uint64_t* b, std::size_t b_size) {
  if (a_size != b_size) return a_size < b_size ? -1 : 1;
  return a_size ? mpn_cmp(a, b, static_cast<mp_size_t>(a_size)) : 0;
}

namespace {

mp_size_t signed_size(std::size_t size) { return static_cast<mp_size_t>(size); }

// out += a, where out is long enough for the carry.
void add_to(std::uint64_t* out, std::size_t out_size, const std::uint64_t* a, std::size_t size) {
  if (size == 0) return;
  const mp_limb_t carry = mpn_add_n(out, out, a, signed_size(size));
  if (carry && out_size > size) mpn_add_1(out + size, out + size, signed_size(out_size - size), carry);
}
void subtract_from(std::uint64_t* out, std::size_t out_size, const std::uint64_t* a, std::size_t size) {
  if (size) mpn_sub(out, out, signed_size(out_size), a, signed_size(size));
}

// a is longer than a block and than b: piece by piece.
Status multiply_pieces(VM& vm, std::uint64_t* out, const std::uint64_t* a, std::size_t a_size,
                       const std::uint64_t* b, std::size_t b_size) {
  const std::size_t piece = std::max(b_size, std::min(limb_block, a_size));
  Limbs product(vm);
  CEDE_CHECK(product.allocate(piece + b_size));
  std::fill_n(out, a_size + b_size, 0);
  for (std::size_t at = 0; at < a_size; at += piece) {
    const std::size_t size = std::min(piece, a_size - at);
    if (size >= b_size)
      CEDE_CHECK(limbs_multiply(vm, product, a + at, size, b, b_size));
    else
      CEDE_CHECK(limbs_multiply(vm, product, b, b_size, a + at, size));
    add_to(out + at, a_size + b_size - at, product, size + b_size);
    CEDE_CHECK(vm.check_interrupts());
  }
  return Ok;
}

// low[0..half) + high as half + 1 limbs.
void add_halves(std::uint64_t* out, const std::uint64_t* low, std::size_t half, const std::uint64_t* high,
                std::size_t high_size) {
  out[half] = mpn_add(out, low, signed_size(half), high, signed_size(high_size));
}

Status multiply_karatsuba(VM& vm, std::uint64_t* out, const std::uint64_t* a, std::size_t a_size,
                          const std::uint64_t* b, std::size_t b_size) {
  const std::size_t half = (a_size + 1) / 2, a_high = a_size - half, b_high = b_size - half;
  CEDE_CHECK(limbs_multiply(vm, out, a, half, b, half));
  if (a_high >= b_high)
    CEDE_CHECK(limbs_multiply(vm, out + 2 * half, a + half, a_high, b + half, b_high));
  else
    CEDE_CHECK(limbs_multiply(vm, out + 2 * half, b + half, b_high, a + half, a_high));
  Limbs a_sum(vm), b_sum(vm), middle(vm);
  CEDE_CHECK(a_sum.allocate(half + 1));
  CEDE_CHECK(middle.allocate(2 * half + 2));
  add_halves(a_sum, a, half, a + half, a_high);
  if (a == b && a_size == b_size) {
    CEDE_CHECK(limbs_multiply(vm, middle, a_sum, half + 1, a_sum, half + 1));
  } else {
    CEDE_CHECK(b_sum.allocate(half + 1));
    add_halves(b_sum, b, half, b + half, b_high);
    CEDE_CHECK(limbs_multiply(vm, middle, a_sum, half + 1, b_sum, half + 1));
  }
  subtract_from(middle, 2 * half + 2, out, 2 * half);
  subtract_from(middle, 2 * half + 2, out + 2 * half, a_high + b_high);
  const std::size_t size = limbs_strip(middle, 2 * half + 2);
  add_to(out + half, a_size + b_size - half, middle, size);
  return Ok;
}

}  // namespace

Status limbs_multiply(VM& vm, std::uint64_t* out, const std::uint64_t* a, std::size_t a_size,
                      const std::uint64_t* b, std::size_t b_size) {
  if (a_size < b_size) {
    std::swap(a, b);
    std::swap(a_size, b_size);
  }
  if (a_size <= limb_block) [[likely]] {
    if (a == b && a_size == b_size)
      mpn_sqr(out, a, signed_size(a_size));
    else
      mpn_mul(out, a, signed_size(a_size), b, signed_size(b_size));
    return Ok;
  }
  CEDE_CHECK(vm.check_interrupts());
  if (b_size <= limb_block || b_size <= (a_size + 1) / 2)
    return multiply_pieces(vm, out, a, a_size, b, b_size);
  return multiply_karatsuba(vm, out, a, a_size, b, b_size);
}

void limbs_shift_left(std::uint64_t* out, const std::uint64_t* a, std::size_t size, std::size_t bits) {
  const std::size_t whole = bits / 64;
  const unsigned rest = bits % 64;
  std::uint64_t carry = 0;
  if (size) {
    if (rest)
      carry = mpn_lshift(out + whole, a, signed_size(size), rest);
    else
      std::copy_backward(a, a + size, out + whole + size);
  }
  out[whole + size] = carry;
  std::fill_n(out, whole, 0);
}

namespace {

// The divisor has at most a block of limbs, the dividend may be long.
Status divide_long(VM& vm, std::uint64_t* quotient, std::uint64_t* remainder, const std::uint64_t* n,
                   std::size_t n_size, const std::uint64_t* d, std::size_t d_size) {
  Limbs window(vm), part(vm);
  CEDE_CHECK(window.allocate(d_size + limb_block));
  CEDE_CHECK(part.allocate(limb_block + 1));
  std::size_t at =
      n_size - d_size + 1;  // limbs of the dividend not yet taken; the first d_size - 1 are the rest
  std::uint64_t* const rest = window.data() + limb_block;
  std::copy_n(n + at, d_size - 1, rest);
  rest[d_size - 1] = 0;
  while (at) {
    const std::size_t size = std::min(limb_block, at);
    at -= size;
    std::uint64_t* const low = rest - size;
    std::copy_n(n + at, size, low);
    // The running rest is below d and has d_size limbs: the quotient's top limb is 0.
    mpn_tdiv_qr(part, remainder, 0, low, signed_size(size + d_size), d, signed_size(d_size));
    std::copy_n(remainder, d_size, rest);
    std::copy_n(part.data(), size, quotient + at);
    CEDE_CHECK(vm.check_interrupts());
  }
  return Ok;
}

// Algorithm D: both are shifted so that the divisor is whole digits and its top bit is set.
class BlockDivision {
 public:
  explicit BlockDivision(VM& vm) : vm_(vm), n_(vm), d_(vm), estimate_(vm), scratch_(vm), product_(vm) {}

  Status run(std::uint64_t* quotient, std::uint64_t* remainder, const std::uint64_t* n, std::size_t n_size,
             const std::uint64_t* d, std::size_t d_size) {
    digits_ = (d_size + digit - 1) / digit;
    const std::size_t shift = digits_ * digit * 64 - limbs_bit_length(d, d_size);
    const std::size_t whole = n_size + shift / 64 + 1;
    const std::size_t count = (whole + digit - 1) / digit + 1;  // digits of the dividend, the top one 0
    CEDE_CHECK(d_.allocate(d_size + shift / 64 + 1));
    CEDE_CHECK(n_.allocate(count * digit));
    CEDE_CHECK(estimate_.allocate(2 * digit + 1));
    CEDE_CHECK(scratch_.allocate(2 * digit + 1));
    CEDE_CHECK(product_.allocate((digits_ + 1) * digit));
    limbs_shift_left(d_, d, d_size, shift);
    limbs_shift_left(n_, n, n_size, shift);
    std::fill(n_.data() + whole, n_.data() + count * digit, 0);
    const std::size_t q_size = n_size - d_size + 1;
    std::fill_n(quotient, q_size, 0);
    for (std::size_t j = count - digits_; j-- > 0;) {
      CEDE_CHECK(take_digit(j));
      for (std::size_t i = 0; i < digit && j * digit + i < q_size; ++i)
        quotient[j * digit + i] = estimate_[i];
      CEDE_CHECK(vm_.check_interrupts());
    }
    finish(remainder, d_size, shift);
    return Ok;
  }

 private:
  static constexpr std::size_t digit = limb_block;

  // The quotient's digit at `j` goes to estimate_, and the dividend is reduced by its multiple of the
  // divisor.
  Status take_digit(std::size_t j) {
    std::uint64_t* const window = n_.data() + j * digit;
    const std::size_t size = (digits_ + 1) * digit;
    const std::uint64_t* const top = d_.data() + (digits_ - 1) * digit;
    mpn_tdiv_qr(estimate_, scratch_, 0, window + (digits_ - 1) * digit, 2 * digit, top, digit);
    if (limbs_strip(estimate_, digit + 1) > digit) std::fill_n(estimate_.data(), digit, ~std::uint64_t{0});
    CEDE_CHECK(limbs_multiply(vm_, product_, d_, digits_ * digit, estimate_, digit));
    while (mpn_cmp(product_, window, signed_size(size)) > 0) {
      mpn_sub_1(estimate_, estimate_, digit, 1);
      mpn_sub(product_, product_, signed_size(size), d_, signed_size(digits_ * digit));
    }
    mpn_sub_n(window, window, product_, signed_size(size));
    return Ok;
  }
  void finish(std::uint64_t* remainder, std::size_t d_size, std::size_t shift) {
    const std::uint64_t* const from = n_.data() + shift / 64;
    if (shift % 64)
      mpn_rshift(remainder, from, signed_size(d_size), shift % 64);
    else
      std::copy_n(from, d_size, remainder);
    if (shift % 64 && from + d_size < n_.data() + digits_ * digit)
      remainder[d_size - 1] |= from[d_size] << (64 - shift % 64);
  }

  VM& vm_;
  Limbs n_, d_, estimate_, scratch_, product_;
  std::size_t digits_ = 0;
};

}  // namespace

Status limbs_divide(VM& vm, std::uint64_t* quotient, std::uint64_t* remainder, const std::uint64_t* n,
                    std::size_t n_size, const std::uint64_t* d, std::size_t d_size) {
  if (d_size <= limb_block) [[likely]] {
    if (n_size - d_size > limb_block) return divide_long(vm, quotient, remainder, n, n_size, d, d_size);
    mpn_tdiv_qr(quotient, remainder, 0, n, signed_size(n_size), d, signed_size(d_size));
    return Ok;
  }
  return BlockDivision(vm).run(quotient, remainder, n, n_size, d, d_size);
}

// ---- results

BigInt* int_allocate(VM& vm, std::size_t size) {
  if (size > maximum_limbs) {
    (void)vm.raise_memory_error();
    return nullptr;
  }
  const std::size_t bytes = sizeof(BigInt) + (size > 1 ? size - 1 : 0) * sizeof(std::uint64_t);
  Object* object = vm.heap.allocate_object(&vm.type(TypeId::Int), bytes, 0);
  if (!object) {
    (void)vm.raise_memory_error();
    return nullptr;
  }
  BigInt* made = static_cast<BigInt*>(object);
  made->signed_size = static_cast<std::int64_t>(size);
  return made;
}

Owned int_finish(VM& vm, BigInt* made, std::size_t size, bool negative) {
  const std::size_t allocated = made->size();
  size = limbs_strip(made->limbs, size);
  if (size <= 1) {
    const std::uint64_t magnitude = size ? made->limbs[0] : 0;
    if (magnitude < std::uint64_t{1} << 62 || (negative && magnitude == std::uint64_t{1} << 62)) {
      release(Ref(made));
      return Owned(Ref::small(static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude)).bits);
    }
  }
  if (allocated > 2 * size + 64) {  // most of the block is not needed
    Value smaller = int_from_limbs(vm, made->limbs, size, negative);
    release(Ref(made));
    return smaller;
  }
  made->signed_size = negative ? -static_cast<std::int64_t>(size) : static_cast<std::int64_t>(size);
  return Owned(Ref(made).bits);
}

}  // namespace cede
