// int as bytes: two's complement of any length and order.
#include <algorithm>
#include <cstring>

#include "runtime/types/int_limbs.hpp"

namespace cede {

Value int_from_byte_array(VM& vm, std::string_view bytes, bool little_endian, bool is_signed) {
  const std::size_t size = (bytes.size() + 7) / 8;
  if (size == 0) return Value::small(0);
  BigInt* made = int_allocate(vm, size);
  if (!made) return raised;
  made->limbs[size - 1] = 0;
  Value held = Value::adopt(made);
  char* const out = reinterpret_cast<char*>(made->limbs);
  CEDE_CHECK( in_pieces(vm, bytes.size(), bytes_at_once, [&](std::size_t from, std::size_t to) {
    if (little_endian)
      std::copy(bytes.begin() + from, bytes.begin() + to, out + from);
    else
      std::reverse_copy(bytes.end() - to, bytes.end() - from, out + from);
  }));
  const char top = little_endian ? bytes.back() : bytes.front();
  const bool negative = is_signed && static_cast<signed char>(top) < 0;
  if (negative) {
    std::memset(out + bytes.size(), 0xFF, size * 8 - bytes.size());
    mpn_neg(made->limbs, made->limbs, static_cast<mp_size_t>(size));
  }
  (void)held.take();
  return int_finish(vm, made, size, negative);
}

Status int_to_byte_array(VM& vm, Ref integer, char* bytes, std::size_t size, bool little_endian,
                         bool is_signed) {
  const IntView view(integer);
  if (view.negative && !is_signed)
    return vm.raise_text(TypeId::OverflowError, "can't convert negative int to unsigned");
  std::size_t bits = view.bit_length();
  if (is_signed && view.size) {
    // -2^(n-1) needs no bit more for the sign.
    const std::size_t low = static_cast<std::size_t>(mpn_scan1(view.limbs, 0));
    if (!(view.negative && low + 1 == bits)) ++bits;
  }
  // CPython does not ask for room for the sign where there are no bytes at all.
  const bool only_sign = size == 0 && view.negative && view.bit_length() == 1;
  if (bits > size * 8 && !only_sign) return vm.raise_text(TypeId::OverflowError, "int too big to convert");
  std::uint64_t carry = view.negative;
  return in_pieces(vm, (size + 7) / 8, items_at_once, [&](std::size_t i, std::size_t to) {
    for (; i < to; ++i) {
      std::uint64_t limb = i < view.size ? view.limbs[i] : 0;
      if (view.negative) {
        limb = ~limb + carry;
        carry = carry && limb == 0;
      }
      for (std::size_t k = 0; k < 8 && i * 8 + k < size; ++k) {
        const std::size_t at = i * 8 + k;
        bytes[little_endian ? at : size - 1 - at] = static_cast<char>(limb >> k * 8);
      }
    }
  });
}

}  // namespace cede
