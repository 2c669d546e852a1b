// UTF-8: validation, decoding with CPython's error positions, encoding.
#include "runtime/types/codec_errors.hpp"

namespace cede {
namespace {

// What is wrong at a position: `size` bad bytes, and why; size 0: nothing.
struct Fault {
  std::size_t size = 0;
  const char* reason = nullptr;
};
constexpr const char* bad_start = "invalid start byte";
constexpr const char* bad_continuation = "invalid continuation byte";
constexpr const char* truncated = "unexpected end of data";

bool continues(unsigned char b) { return (b & 0xC0) == 0x80; }

// The range of the second byte that keeps code points shortest, below 110000 and no surrogates.
bool second_fits(unsigned char first, unsigned char second) {
  if (!continues(second)) return false;
  switch (first) {
    case 0xE0: return second >= 0xA0;
    case 0xED: return second < 0xA0;
    case 0xF0: return second >= 0x90;
    case 0xF4: return second < 0x90;
    default: return true;
  }
}

// Reads one non-ASCII character: its size, or the fault.
std::size_t read_character(const unsigned char* at, std::size_t left, Fault& fault) {
  const unsigned char first = at[0];
  const std::size_t size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (size == 0) {
    fault = {1, bad_start};
    return 0;
  }
  for (std::size_t i = 1; i < size; ++i) {
    if (i == left) {
      fault = {left, truncated};
      return 0;
    }
    if (!(i == 1 ? second_fits(first, at[1]) : continues(at[i]))) {
      fault = {i, bad_continuation};
      return 0;
    }
  }
  return size;
}

std::size_t valid_prefix(std::string_view bytes, Fault& fault) {
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  const std::size_t n = bytes.size();
  std::size_t at = 0;
  while (at < n) {
    if (data[at] < 0x80) {
      std::uint64_t word;
      while (at + 8 <= n && (std::memcpy(&word, data + at, 8), !(word & 0x8080808080808080u))) at += 8;
      while (at < n && data[at] < 0x80) ++at;
      continue;
    }
    const std::size_t size = read_character(data + at, n - at, fault);
    if (!size) break;
    at += size;
  }
  return at;
}

}  // namespace

std::size_t utf8_valid_prefix(std::string_view bytes) {
  Fault fault;
  return valid_prefix(bytes, fault);
}

std::size_t utf8_complete_prefix(std::string_view bytes) {
  // At most the last three bytes can be the beginning of a character.
  const std::size_t n = bytes.size();
  for (std::size_t back = 1; back <= 3 && back <= n; ++back) {
    const auto* at = reinterpret_cast<const unsigned char*>(bytes.data()) + n - back;
    if (continues(*at)) continue;
    Fault fault;
    if (*at >= 0x80 && !read_character(at, back, fault) && fault.reason == truncated) return n - back;
    break;
  }
  return n;
}

Status decode_utf8(DecodingRun& run) {
  for (std::size_t at = 0; at < run.bytes.size();) {
    Fault fault;
    const std::string_view rest = run.bytes.substr(at);
    const std::size_t valid = valid_prefix(rest, fault);
    CEDE_CHECK(run.out.append(rest.substr(0, valid)));
    at += valid;
    if (fault.size) CEDE_CHECK(run.fail("utf-8", at, at + fault.size, fault.reason, at));
  }
  return Ok;
}

Status encode_utf8(EncodingRun& run) {
  const char *at = run.text.data, *end = at + run.text.byte_size, *clean = at;
  const auto surrogate_at = [&](const char* p) {
    return p < end && static_cast<unsigned char>(*p) == 0xED && static_cast<unsigned char>(p[1]) >= 0xA0;
  };
  for (;;) {
    const void* found = at < end ? std::memchr(at, 0xED, static_cast<std::size_t>(end - at)) : nullptr;
    at = found ? static_cast<const char*>(found) : end;
    if (at < end && !surrogate_at(at)) {
      at += 3;
      continue;
    }
    CEDE_CHECK(run.out.append({clean, static_cast<std::size_t>(at - clean)}));
    if (at == end) return Ok;
    const char* start = at;
    while (surrogate_at(at)) at += 3;
    clean = at;
    const std::size_t position =
        utf8_length({run.text.data, static_cast<std::size_t>(start - run.text.data)});
    CEDE_CHECK(run.fail("utf-8", position, position + static_cast<std::size_t>(at - start) / 3, start,
                        "surrogates not allowed", true, true,
                        [&](char32_t c) { return run.out.append_code_point(c); }));
  }
}

}  // namespace cede
