// SHA-512 (FIPS 180-4), which turns seeds that are text into numbers.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace cede::stdlib {

class Sha512 {
 public:
  void update(std::string_view data);
  // Of all data so far; more may follow.
  std::array<char, 64> digest() const;

 private:
  void block(const unsigned char* data);

  std::uint64_t state_[8] = {0x6a09e667f3bcc908u, 0xbb67ae8584caa73bu, 0x3c6ef372fe94f82bu,
                             0xa54ff53a5f1d36f1u, 0x510e527fade682d1u, 0x9b05688c2b3e6c1fu,
                             0x1f83d9abfb41bd6bu, 0x5be0cd19137e2179u};
  std::uint64_t size_ = 0;      // bytes so far
  unsigned char pending_[128];  // the last size_ % 128 bytes
};

}  // namespace cede::stdlib
