// UTF-16 and UTF-32 in both byte orders.
#include "runtime/types/codec_errors.hpp"

namespace cede {
namespace {

// An unsigned number of `size` bytes.
char32_t read_unit(std::string_view bytes, std::size_t at, std::size_t size, ByteOrder order) {
  char32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t from = order == ByteOrder::Big ? i : size - 1 - i;
    value = value << 8 | static_cast<unsigned char>(bytes[at + from]);
  }
  return value;
}

Status put_unit(StringBuilder& out, char32_t unit, std::size_t size, ByteOrder order) {
  char* room = out.grow(size);
  if (!room) return raised;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t shift = 8 * (order == ByteOrder::Little ? i : size - 1 - i);
    room[i] = static_cast<char>(unit >> shift & 0xFF);
  }
  out.advance(size);
  return Ok;
}

Status put_utf16(StringBuilder& out, char32_t c, ByteOrder order) {
  if (c < 0x10000) return put_unit(out, c, 2, order);
  CEDE_CHECK(put_unit(out, 0xD7C0 + (c >> 10), 2, order));
  return put_unit(out, 0xDC00 + (c & 0x3FF), 2, order);
}

}  // namespace

Status decode_utf16(DecodingRun& run, ByteOrder order, std::size_t at) {
  const std::string_view name = order == ByteOrder::Little ? "utf-16-le" : "utf-16-be";
  const std::size_t n = run.bytes.size();
  while (at < n) {
    if (n - at < 2) {
      CEDE_CHECK(run.fail(name, at, n, "truncated data", at));
      continue;
    }
    const char32_t unit = read_unit(run.bytes, at, 2, order);
    if (!is_surrogate(unit)) {
      CEDE_CHECK(run.out.append_code_point(unit));
      at += 2;
    } else if (unit >= 0xDC00) {
      CEDE_CHECK(run.fail(name, at, at + 2, "illegal encoding", at));
    } else if (n - at < 4) {
      CEDE_CHECK(run.fail(name, at, n, "unexpected end of data", at));
    } else {
      const char32_t low = read_unit(run.bytes, at + 2, 2, order);
      if (low < 0xDC00 || low > 0xDFFF) {
        CEDE_CHECK(run.fail(name, at, at + 2, "illegal UTF-16 surrogate", at));
        continue;
      }
      CEDE_CHECK(run.out.append_code_point(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)));
      at += 4;
    }
  }
  return Ok;
}

Status decode_utf32(DecodingRun& run, ByteOrder order, std::size_t at) {
  const std::string_view name = order == ByteOrder::Little ? "utf-32-le" : "utf-32-be";
  const std::size_t n = run.bytes.size();
  while (at < n) {
    if (n - at < 4) {
      CEDE_CHECK(run.fail(name, at, n, "truncated data", at));
      continue;
    }
    const char32_t c = read_unit(run.bytes, at, 4, order);
    if (is_surrogate(c)) {
      CEDE_CHECK(run.fail(name, at, at + 4, "code point in surrogate code point range(0xd800, 0xe000)", at));
    } else if (c > 0x10FFFF) {
      CEDE_CHECK(run.fail(name, at, at + 4, "code point not in range(0x110000)", at));
    } else {
      CEDE_CHECK(run.out.append_code_point(c));
      at += 4;
    }
  }
  return Ok;
}

namespace {
template<class Put> Status encode_wide(EncodingRun& run, std::string_view name, Put put) {
  std::size_t position = 0;
  for (const char *at = run.text.data, *end = at + run.text.byte_size; at < end; ++position) {
    const char* start = at;
    const char32_t c = utf8_take(at);
    if (!is_surrogate(c))
      CEDE_CHECK(put(c));
    else
      CEDE_CHECK(run.fail(name, position, position + 1, start, "surrogates not allowed", true, false, put));
  }
  return Ok;
}
}  // namespace

Status encode_utf16(EncodingRun& run, ByteOrder order, std::string_view name) {
  return encode_wide(run, name, [&](char32_t c) { return put_utf16(run.out, c, order); });
}
Status encode_utf32(EncodingRun& run, ByteOrder order, std::string_view name) {
  return encode_wide(run, name, [&](char32_t c) { return put_unit(run.out, c, 4, order); });
}

}  // namespace cede
