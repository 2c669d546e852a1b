// CPython's hash functions. Python reference: "Hashing of numeric types" (library, stdtypes).
#include "runtime/core/hash.hpp"

#include <bit>
#include <cmath>
#include <cstring>

namespace cede {

namespace {
constexpr std::int64_t not_minus_one(std::uint64_t h) {
  return static_cast<std::int64_t>(h) == -1 ? -2 : static_cast<std::int64_t>(h);
}

// SipHash with one round for each word and three at the end.
class Sip {
 public:
  explicit Sip(const HashKey& key)
      : v0_(key.k0 ^ 0x736f6d6570736575u),
        v1_(key.k1 ^ 0x646f72616e646f6du),
        v2_(key.k0 ^ 0x6c7967656e657261u),
        v3_(key.k1 ^ 0x7465646279746573u) {}

  void word(std::uint64_t w) {
    v3_ ^= w;
    round();
    v0_ ^= w;
  }
  // `tail`: the last bytes, fewer than 8; `size`: of the whole message.
  std::uint64_t finish(std::uint64_t tail, std::uint64_t size) {
    word(size << 56 | tail);
    v2_ ^= 0xff;
    round();
    round();
    round();
    return (v0_ ^ v1_) ^ (v2_ ^ v3_);
  }

 private:
  void round() {
    v0_ += v1_;
    v2_ += v3_;
    v1_ = std::rotl(v1_, 13) ^ v0_;
    v3_ = std::rotl(v3_, 16) ^ v2_;
    v0_ = std::rotl(v0_, 32);
    v2_ += v1_;
    v0_ += v3_;
    v1_ = std::rotl(v1_, 17) ^ v2_;
    v3_ = std::rotl(v3_, 21) ^ v0_;
    v2_ = std::rotl(v2_, 32);
  }
  std::uint64_t v0_, v1_, v2_, v3_;
};

// Decodes one code point of generalised UTF-8.
char32_t decode(const unsigned char*& at) {
  const unsigned char lead = *at++;
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  char32_t c = lead & (0x3F >> more);
  for (int i = 0; i < more; ++i) c = c << 6 | (*at++ & 0x3F);
  return c;
}

// `width` bytes for each code point.
std::uint64_t hash_code_points(const HashKey& key, std::string_view text, unsigned width) {
  Sip sip(key);
  const unsigned char* at = reinterpret_cast<const unsigned char*>(text.data());
  const unsigned char* const end = at + text.size();
  std::uint64_t word = 0, size = 0;
  unsigned shift = 0;
  while (at < end) {
    word |= std::uint64_t{decode(at)} << shift;
    shift += width * 8;
    size += width;
    if (shift == 64) {
      sip.word(word);
      word = 0;
      shift = 0;
    }
  }
  return sip.finish(word, size);
}

// value * 2^bits modulo 2^61 - 1, for a value below the prime.
std::uint64_t rotate_modulo(std::uint64_t value, unsigned bits) {
  return ((value << bits) & static_cast<std::uint64_t>(hash_prime)) | value >> (61 - bits);
}
}  // namespace

HashKey hash_key_from_seed(std::uint32_t seed) {
  if (seed == 0) return {};
  std::uint64_t words[2] = {0, 0};
  std::uint32_t x = seed;
  for (unsigned i = 0; i < 16; ++i) {
    x = x * 214013 + 2531011;
    words[i / 8] |= std::uint64_t{x >> 16 & 0xff} << i % 8 * 8;
  }
  return {words[0], words[1]};
}

std::int64_t hash_bytes(const HashKey& key, const void* data, std::size_t size) {
  if (size == 0) return 0;
  Sip sip(key);
  const char* at = static_cast<const char*>(data);
  std::size_t left = size;
  std::uint64_t word = 0;
  for (; left >= 8; left -= 8, at += 8) {
    std::memcpy(&word, at, 8);
    sip.word(word);
  }
  word = 0;
  for (std::size_t i = 0; i < left; ++i) word |= std::uint64_t{static_cast<unsigned char>(at[i])} << i * 8;
  return not_minus_one(sip.finish(word, size));
}

std::int64_t hash_ascii(const HashKey& key, std::string_view text) {
  return hash_bytes(key, text.data(), text.size());
}

namespace {
bool is_ascii(std::string_view text) {
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t all = 0, word;
  for (; left >= 8; left -= 8, at += 8) {
    std::memcpy(&word, at, 8);
    all |= word;
  }
  for (std::size_t i = 0; i < left; ++i) all |= static_cast<unsigned char>(at[i]);
  return !(all & 0x8080808080808080u);
}
}  // namespace

std::int64_t hash_text(const HashKey& key, std::string_view text) {
  if (is_ascii(text)) return hash_ascii(key, text);
  // The lead byte tells how wide a code point is: up to 0xC3 below 256, up to 0xEF below 65536.
  unsigned char largest = 0;
  for (unsigned char c : text) largest = c > largest ? c : largest;
  return not_minus_one(hash_code_points(key, text, largest >= 0xF0 ? 4 : largest >= 0xC4 ? 2 : 1));
}

std::int64_t hash_big_int(const std::uint64_t* limbs, std::size_t count, bool negative) {
  constexpr auto prime = static_cast<std::uint64_t>(hash_prime);
  std::uint64_t x = 0;
  for (std::size_t i = count; i-- > 0;) {
    // x * 2^64 + limb: 2^64 is 8 modulo the prime.
    x = rotate_modulo(x, 3) + (limbs[i] & prime) + (limbs[i] >> 61);
    while (x >= prime) x -= prime;
  }
  const std::int64_t h = negative ? -static_cast<std::int64_t>(x) : static_cast<std::int64_t>(x);
  return h == -1 ? -2 : h;
}

std::int64_t hash_pointer(const void* pointer) {
  return not_minus_one(std::rotr(reinterpret_cast<std::uintptr_t>(pointer), 4));
}

std::int64_t hash_double(double value, const Object* object) {
  if (std::isinf(value)) return value > 0 ? 314159 : -314159;
  if (std::isnan(value)) return hash_pointer(object);
  constexpr auto prime = static_cast<std::uint64_t>(hash_prime);
  int exponent;
  double mantissa = std::frexp(value, &exponent);
  const bool negative = mantissa < 0;
  if (negative) mantissa = -mantissa;
  std::uint64_t x = 0;
  while (mantissa != 0.0) {
    x = rotate_modulo(x, 28);
    mantissa *= 268435456.0;
    exponent -= 28;
    const auto part = static_cast<std::uint64_t>(mantissa);
    mantissa -= static_cast<double>(part);
    x += part;
    if (x >= prime) x -= prime;
  }
  exponent = exponent >= 0 ? exponent % 61 : 60 - (-1 - exponent) % 61;
  x = rotate_modulo(x, static_cast<unsigned>(exponent));
  const std::int64_t h = negative ? -static_cast<std::int64_t>(x) : static_cast<std::int64_t>(x);
  return h == -1 ? -2 : h;
}

std::int64_t hash_complex(double real, double imaginary, const Object* object) {
  const auto a = static_cast<std::uint64_t>(hash_double(real, object));
  const auto b = static_cast<std::uint64_t>(hash_double(imaginary, object));
  return not_minus_one(a + b * 1000003u);
}

void TupleHash::add(std::int64_t item_hash) {
  state_ += static_cast<std::uint64_t>(item_hash) * 14029467366897019727u;
  state_ = std::rotl(state_, 31) * 11400714785074694791u;
  ++count_;
}

std::int64_t TupleHash::finish() const {
  const std::uint64_t h = state_ + (count_ ^ (2870177450012600261u ^ 3527539u));
  return h == UINT64_MAX ? 1546275796 : static_cast<std::int64_t>(h);
}

void FrozenSetHash::add(std::int64_t item_hash) {
  const auto h = static_cast<std::uint64_t>(item_hash);
  state_ ^= ((h ^ 89869747u) ^ (h << 16)) * 3644798167u;
  ++count_;
}

std::int64_t FrozenSetHash::finish() const {
  std::uint64_t h = state_ ^ (count_ + 1) * 1927868237u;
  h ^= (h >> 11) ^ (h >> 25);
  h = h * 69069u + 907133923u;
  return h == UINT64_MAX ? 590923713 : static_cast<std::int64_t>(h);
}

}  // namespace cede
