// Arithmetic on magnitudes, arrays of 64-bit limbs: what the files of int share. GMP's mpn functions do the
// work on pieces of at most `limb_block` limbs; larger operands are split here, with interrupt checks between
// the pieces.
#pragma once

#include <gmp.h>

#include "runtime/types/int.hpp"

namespace cede {

static_assert(std::is_same_v<mp_limb_t, std::uint64_t> && GMP_NUMB_BITS == 64);

inline constexpr std::size_t limb_block = std::size_t{1} << 16;
// CPython's own bound is of the same order; beyond it sizes in bits would overflow.
inline constexpr std::size_t maximum_limbs = std::size_t{1} << 56;

// Scratch limbs in counted memory, a few of them on the C++ stack.
class Limbs {
 public:
  explicit Limbs(VM& vm) : vm_(vm) {}
  ~Limbs() { free(); }
  Limbs(const Limbs&) = delete;
  Limbs& operator=(const Limbs&) = delete;

  // Uninitialised; what was there before is lost. Raises MemoryError.
  Status allocate(std::size_t count);
  std::uint64_t* data() { return data_; }
  operator std::uint64_t*() { return data_; }
  void swap(Limbs& other);  // both must be larger than `few` or this copies
  void free();

 private:
  static constexpr std::size_t few = 16;
  VM& vm_;
  std::uint64_t* data_ = small_;
  std::size_t capacity_ = few;
  std::uint64_t small_[few];
};

inline std::size_t limbs_strip(const std::uint64_t* limbs, std::size_t size) {
  while (size && limbs[size - 1] == 0) --size;
  return size;
}
inline std::size_t limbs_bit_length(const std::uint64_t* limbs, std::size_t size) {
  return size ? size * 64 - static_cast<std::size_t>(__builtin_clzl(limbs[size - 1])) : 0;
}
// <0, 0, >0; both stripped.
int limbs_order(const std::uint64_t* a, std::size_t a_size, const std::uint64_t* b, std::size_t b_size);

// out[0 .. a_size + b_size) = a * b; `out` overlaps neither. Sizes at least 1.
Status limbs_multiply(VM& vm, std::uint64_t* out, const std::uint64_t* a, std::size_t a_size,
                      const std::uint64_t* b, std::size_t b_size);
// quotient[0 .. n_size - d_size + 1), remainder[0 .. d_size). n_size >= d_size >= 1, the top limb of d is not
// 0. The results overlap neither an operand nor each other.
Status limbs_divide(VM& vm, std::uint64_t* quotient, std::uint64_t* remainder, const std::uint64_t* n,
                    std::size_t n_size, const std::uint64_t* d, std::size_t d_size);
// out[0 .. size + bits / 64 + 1) = a << bits. `out` may be `a` only if bits < 64.
void limbs_shift_left(std::uint64_t* out, const std::uint64_t* a, std::size_t size, std::size_t bits);

// An exact int under construction: `size` uninitialised limbs. Null after raising MemoryError.
BigInt* int_allocate(VM& vm, std::size_t size);
// Gives it its value: the first `size` limbs, which need not be stripped. The object is replaced by a small
// integer or by a smaller object where that is right.
Owned int_finish(VM& vm, BigInt* made, std::size_t size, bool negative);

}  // namespace cede
