// CPython's hash functions, so that orders of sets and values of hash() are the same: SipHash-1-3 for text and bytes,
// numbers modulo the prime 2^61 - 1, the xxHash variant of tuples, the order-free mix of frozensets.
// None of them returns -1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/core/value.hpp"

namespace cede {

struct HashKey { std::uint64_t k0 = 0, k1 = 0; };
// The key that PYTHONHASHSEED=seed stands for; 0: all zeros.
HashKey hash_key_from_seed(std::uint32_t seed);

std::int64_t hash_bytes(const HashKey& key, const void* data, std::size_t size);
// Of generalised UTF-8 (str.hpp), hashed in the narrowest of CPython's forms: 1, 2 or 4 bytes for each code point.
std::int64_t hash_text(const HashKey& key, std::string_view text);
std::int64_t hash_ascii(const HashKey& key, std::string_view text);

constexpr std::int64_t hash_prime = (std::int64_t{1} << 61) - 1;
constexpr std::int64_t hash_small_int(std::int64_t n) {
  if (n > -hash_prime && n < hash_prime) [[likely]] return n == -1 ? -2 : n;
  const std::uint64_t magnitude = n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
  const std::int64_t h = static_cast<std::int64_t>(magnitude % static_cast<std::uint64_t>(hash_prime));
  const std::int64_t result = n < 0 ? -h : h;
  return result == -1 ? -2 : result;
}
std::int64_t hash_big_int(const std::uint64_t* limbs, std::size_t count, bool negative);
// A NaN hashes as `object`, the object that it is (every NaN is boxed).
std::int64_t hash_double(double value, const Object* object);
std::int64_t hash_complex(double real, double imaginary, const Object* object);
std::int64_t hash_pointer(const void* pointer);

// hash((a, b, ...)) from the hashes of the items.
class TupleHash {
 public:
  void add(std::int64_t item_hash);
  std::int64_t finish() const;

 private:
  std::uint64_t state_ = 2870177450012600261u;
  std::uint64_t count_ = 0;
};

// hash(frozenset) from the hashes of the items, in any order.
class FrozenSetHash {
 public:
  void add(std::int64_t item_hash);
  std::int64_t finish() const;

 private:
  std::uint64_t state_ = 0, count_ = 0;
};

}  // namespace cede
