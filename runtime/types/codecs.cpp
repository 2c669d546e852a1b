// Encodings by name; latin-1 and ascii. UTF-8 is in codecs_utf8.cpp, UTF-16 and UTF-32 in codecs_wide.cpp,
// what happens on errors in codec_errors.cpp.
#include "runtime/types/codecs.hpp"

#include <algorithm>
#include <string>

#include "runtime/types/bytes.hpp"
#include "runtime/types/codec_errors.hpp"
#include "runtime/types/str.hpp"

namespace cede {
namespace {

// Lower case, every run of other characters one underscore; characters beyond ASCII are left out.
std::string normalised(std::string_view name) {
  std::string out;
  bool gap = false;
  for (char c : name) {
    const bool alphanumeric =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
    if (static_cast<unsigned char>(c) >= 0x80) continue;
    if (!alphanumeric) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += '_';
    gap = false;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

struct KnownName {
  std::string_view name;
  Encoding encoding;
};
constexpr KnownName known_names[] = {
    {"utf_8", Encoding::Utf8},
    {"utf8", Encoding::Utf8},
    {"u8", Encoding::Utf8},
    {"utf", Encoding::Utf8},
    {"utf8_ucs2", Encoding::Utf8},
    {"utf8_ucs4", Encoding::Utf8},
    {"cp65001", Encoding::Utf8},
    {"utf_8_sig", Encoding::Utf8Sig},
    {"utf_16", Encoding::Utf16},
    {"utf16", Encoding::Utf16},
    {"u16", Encoding::Utf16},
    {"utf_16_le", Encoding::Utf16Le},
    {"utf_16le", Encoding::Utf16Le},
    {"unicodelittleunmarked", Encoding::Utf16Le},
    {"utf_16_be", Encoding::Utf16Be},
    {"utf_16be", Encoding::Utf16Be},
    {"unicodebigunmarked", Encoding::Utf16Be},
    {"utf_32", Encoding::Utf32},
    {"utf32", Encoding::Utf32},
    {"u32", Encoding::Utf32},
    {"utf_32_le", Encoding::Utf32Le},
    {"utf_32le", Encoding::Utf32Le},
    {"utf_32_be", Encoding::Utf32Be},
    {"utf_32be", Encoding::Utf32Be},
    {"latin_1", Encoding::Latin1},
    {"latin1", Encoding::Latin1},
    {"latin", Encoding::Latin1},
    {"l1", Encoding::Latin1},
    {"iso8859_1", Encoding::Latin1},
    {"iso_8859_1", Encoding::Latin1},
    {"iso8859", Encoding::Latin1},
    {"8859", Encoding::Latin1},
    {"cp819", Encoding::Latin1},
    {"ibm819", Encoding::Latin1},
    {"csisolatin1", Encoding::Latin1},
    {"iso_8859_1_1987", Encoding::Latin1},
    {"iso_ir_100", Encoding::Latin1},
    {"ascii", Encoding::Ascii},
    {"us_ascii", Encoding::Ascii},
    {"us", Encoding::Ascii},
    {"646", Encoding::Ascii},
    {"ansi_x3.4_1968", Encoding::Ascii},
    {"ansi_x3_4_1968", Encoding::Ascii},
    {"ansi_x3.4_1986", Encoding::Ascii},
    {"cp367", Encoding::Ascii},
    {"ibm367", Encoding::Ascii},
    {"csascii", Encoding::Ascii},
    {"iso646_us", Encoding::Ascii},
    {"iso_646.irv_1991", Encoding::Ascii},
    {"iso_ir_6", Encoding::Ascii},
};

// CPython's codecs that are not between str and bytes.
bool is_other_codec(std::string_view name) {
  static constexpr std::string_view names[] = {"base64",
                                               "base_64",
                                               "base64_codec",
                                               "bz2",
                                               "bz2_codec",
                                               "hex",
                                               "hex_codec",
                                               "quopri",
                                               "quopri_codec",
                                               "quoted_printable",
                                               "quotedprintable",
                                               "rot13",
                                               "rot_13",
                                               "uu",
                                               "uu_codec",
                                               "zip",
                                               "zlib",
                                               "zlib_codec"};
  return std::find(std::begin(names), std::end(names), normalised(name)) != std::end(names);
}

RaisedMark raise_unknown(VM& vm, std::string_view name, const char* verb) {
  if (name.find('\0') != name.npos) return vm.raise_text(TypeId::ValueError, "embedded null character");
  if (is_other_codec(name))
    return vm.raise(TypeId::LookupError,
                    "'{}' is not a text encoding; use codecs.{}() to handle arbitrary codecs", name, verb);
  return vm.raise(TypeId::LookupError, "unknown encoding: {}", name);
}

// ---- one byte for each character: code points below `limit`

constexpr std::string_view out_of_range(char32_t limit) {
  return limit == 0x80 ? "ordinal not in range(128)" : "ordinal not in range(256)";
}

Status decode_ascii(DecodingRun& run) {
  for (std::size_t at = 0; at < run.bytes.size();) {
    std::size_t stop = at;
    while (stop < run.bytes.size() && static_cast<unsigned char>(run.bytes[stop]) < 0x80) ++stop;
    CEDE_CHECK(run.out.append(run.bytes.substr(at, stop - at)));
    at = stop;
    if (at < run.bytes.size()) CEDE_CHECK(run.fail("ascii", at, at + 1, out_of_range(0x80), at));
  }
  return Ok;
}

Status decode_latin1(DecodingRun& run) {
  for (char c : run.bytes) CEDE_CHECK(run.out.append_code_point(static_cast<unsigned char>(c)));
  return Ok;
}

Status encode_narrow(EncodingRun& run, std::string_view name, char32_t limit) {
  std::size_t position = 0;
  for (const char *at = run.text.data, *end = at + run.text.byte_size; at < end;) {
    const char* start = at;
    const char32_t c = utf8_take(at);
    if (c < limit) {
      CEDE_CHECK(run.out.append(static_cast<char>(c)));
      ++position;
      continue;
    }
    std::size_t stop = position + 1;
    for (; at < end && utf8_at(at) >= limit; at += utf8_lead_size(*at)) ++stop;
    // A replacement that cannot be encoded either would be an error; those of the handlers are ASCII.
    CEDE_CHECK(run.fail(name, position, stop, start, out_of_range(limit), false, true,
                        [&](char32_t r) { return run.out.append(static_cast<char>(r)); }));
    position = stop;
  }
  return Ok;
}

Status decode_marked(DecodingRun& run, bool wide) {
  const std::string_view little =
      wide ? std::string_view("\xFF\xFE\0\0", 4) : std::string_view("\xFF\xFE", 2);
  const std::string_view big = wide ? std::string_view("\0\0\xFE\xFF", 4) : std::string_view("\xFE\xFF", 2);
  const bool is_big = run.bytes.starts_with(big);
  const std::size_t start = is_big || run.bytes.starts_with(little) ? little.size() : 0;
  const ByteOrder order = is_big ? ByteOrder::Big : ByteOrder::Little;
  return wide ? decode_utf32(run, order, start) : decode_utf16(run, order, start);
}

Status decode_run(DecodingRun& run, Encoding encoding) {
  switch (encoding) {
    case Encoding::Utf8:
    case Encoding::Utf8Sig: return decode_utf8(run);
    case Encoding::Utf16: return decode_marked(run, false);
    case Encoding::Utf16Le: return decode_utf16(run, ByteOrder::Little, 0);
    case Encoding::Utf16Be: return decode_utf16(run, ByteOrder::Big, 0);
    case Encoding::Utf32: return decode_marked(run, true);
    case Encoding::Utf32Le: return decode_utf32(run, ByteOrder::Little, 0);
    case Encoding::Utf32Be: return decode_utf32(run, ByteOrder::Big, 0);
    case Encoding::Latin1: return decode_latin1(run);
    case Encoding::Ascii: return decode_ascii(run);
    case Encoding::Unknown: break;
  }
  return Ok;
}

Status encode_run(EncodingRun& run, Encoding encoding) {
  switch (encoding) {
    case Encoding::Utf8Sig: CEDE_CHECK(run.out.append("\xEF\xBB\xBF")); return encode_utf8(run);
    case Encoding::Utf8: return encode_utf8(run);
    case Encoding::Utf16:
      CEDE_CHECK(run.out.append("\xFF\xFE"));
      return encode_utf16(run, ByteOrder::Little, "utf-16");
    case Encoding::Utf16Le: return encode_utf16(run, ByteOrder::Little, "utf-16-le");
    case Encoding::Utf16Be: return encode_utf16(run, ByteOrder::Big, "utf-16-be");
    case Encoding::Utf32:
      CEDE_CHECK(run.out.append({"\xFF\xFE\0\0", 4}));
      return encode_utf32(run, ByteOrder::Little, "utf-32");
    case Encoding::Utf32Le: return encode_utf32(run, ByteOrder::Little, "utf-32-le");
    case Encoding::Utf32Be: return encode_utf32(run, ByteOrder::Big, "utf-32-be");
    case Encoding::Latin1: return encode_narrow(run, "latin-1", 0x100);
    case Encoding::Ascii: return encode_narrow(run, "ascii", 0x80);
    case Encoding::Unknown: break;
  }
  return Ok;
}

bool is_ascii_superset(Encoding encoding) {
  return encoding == Encoding::Utf8 || encoding == Encoding::Latin1 || encoding == Encoding::Ascii;
}

}  // namespace

Encoding find_encoding(std::string_view name) {
  if (name == "utf-8") return Encoding::Utf8;
  const std::string wanted = normalised(name);
  for (const KnownName& known : known_names)
    if (known.name == wanted) return known.encoding;
  return Encoding::Unknown;
}

std::string_view encoding_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::Utf8: return "utf-8";
    case Encoding::Utf8Sig: return "utf-8-sig";
    case Encoding::Utf16: return "utf-16";
    case Encoding::Utf16Le: return "utf-16-le";
    case Encoding::Utf16Be: return "utf-16-be";
    case Encoding::Utf32: return "utf-32";
    case Encoding::Utf32Le: return "utf-32-le";
    case Encoding::Utf32Be: return "utf-32-be";
    case Encoding::Latin1: return "iso8859-1";
    case Encoding::Ascii: return "ascii";
    case Encoding::Unknown: break;
  }
  return "";
}

Owned decode_text(VM& vm, std::string_view bytes, std::string_view encoding_text, std::string_view errors,
                  Ref object) {
  if (bytes.empty()) return Owned::share(vm.empty_str);
  const Encoding encoding = find_encoding(encoding_text);
  if (encoding == Encoding::Unknown) return raise_unknown(vm, encoding_text, "decode");
  if (is_ascii_superset(encoding) && text_is_ascii(bytes)) return str_from_ascii(vm, bytes);
  if (encoding == Encoding::Utf8) return decode_utf8(vm, bytes, errors, object);
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  const bool marked = encoding == Encoding::Utf8Sig && bytes.starts_with(mark);
  // The error's object is then what follows the mark.
  DecodingRun run(vm, marked ? bytes.substr(mark.size()) : bytes, errors, marked ? Unbound : object);
  CEDE_CHECK(decode_run(run, encoding));
  return run.out.finish();
}

Owned decode_utf8(VM& vm, std::string_view bytes, std::string_view errors, Ref object) {
  if (utf8_valid_prefix(bytes) == bytes.size()) return str_from_utf8(vm, bytes);
  DecodingRun run(vm, bytes, errors, object);
  CEDE_CHECK(decode_utf8(run));
  return run.out.finish();
}

Owned encode_text(VM& vm, Str& text, std::string_view encoding_text, std::string_view errors) {
  const Encoding encoding = find_encoding(encoding_text);
  if (encoding == Encoding::Unknown) return raise_unknown(vm, encoding_text, "encode");
  if (text.is_ascii() && is_ascii_superset(encoding)) return bytes_from(vm, text.view());
  EncodingRun run(vm, text, errors);
  CEDE_CHECK(encode_run(run, encoding));
  return bytes_from(vm, run.out.view());
}

}  // namespace cede
