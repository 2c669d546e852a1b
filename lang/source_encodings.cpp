// Decoders of source text. UTF-8, ASCII and Latin-1 are decoded here, other encodings by iconv, restricted to
// those whose tables in the C library agree with CPython's codecs. The names and the words of errors are
// CPython's.
#include "lang/source_encodings.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <cerrno>
#include <cstring>

#include "lang/diagnostics.hpp"

namespace cede::lang {

namespace {

enum class Style { Utf8, Ascii, Latin1, SingleByte, MultiByte, NotText };

struct Encoding {
  const char* name;   // of CPython's codec
  const char* iconv;  // the C library's name
  Style style;
  std::string_view aliases;
};

constexpr Encoding encodings[] = {
    {"utf_8", "", Style::Utf8, "u8 utf utf8 utf8_ucs2 utf8_ucs4 cp65001"},
    {"utf_8_sig", "", Style::Utf8, ""},
    {"ascii", "", Style::Ascii,
     "646 ansi_x3.4_1968 ansi_x3_4_1968 ansi_x3.4_1986 cp367 csascii ibm367 iso646_us iso_646.irv_1991 "
     "iso_ir_6 us "
     "us_ascii"},
    {"latin_1", "", Style::Latin1,
     "8859 cp819 csisolatin1 ibm819 iso8859 iso8859_1 iso_8859_1 iso_8859_1_1987 iso_ir_100 l1 latin latin1"},
    {"base64_codec", "", Style::NotText, "base64 base_64"},
    {"bz2_codec", "", Style::NotText, "bz2"},
    {"hex_codec", "", Style::NotText, "hex"},
    {"quopri_codec", "", Style::NotText, "quopri quoted_printable quotedprintable"},
    {"rot_13", "", Style::NotText, "rot13"},
    {"uu_codec", "", Style::NotText, "uu"},
    {"zlib_codec", "", Style::NotText, "zip zlib"},
    {"big5", "BIG5", Style::MultiByte, "big5_tw csbig5 x_mac_trad_chinese"},
    {"big5hkscs", "BIG5-HKSCS", Style::MultiByte, "big5_hkscs hkscs"},
    {"cp037", "CP037", Style::SingleByte,
     "037 csibm037 ebcdic_cp_ca ebcdic_cp_nl ebcdic_cp_us ebcdic_cp_wt ibm037 ibm039"},
    {"cp1125", "CP1125", Style::SingleByte, "1125 ibm1125 cp866u ruscii"},
    {"cp1140", "CP1140", Style::SingleByte, "1140 ibm1140"},
    {"cp1250", "CP1250", Style::SingleByte, "1250 windows_1250"},
    {"cp1251", "CP1251", Style::SingleByte, "1251 windows_1251"},
    {"cp1252", "CP1252", Style::SingleByte, "1252 windows_1252"},
    {"cp1253", "CP1253", Style::SingleByte, "1253 windows_1253"},
    {"cp1254", "CP1254", Style::SingleByte, "1254 windows_1254"},
    {"cp1256", "CP1256", Style::SingleByte, "1256 windows_1256"},
    {"cp1257", "CP1257", Style::SingleByte, "1257 windows_1257"},
    {"cp437", "CP437", Style::SingleByte, "437 cspc8codepage437 ibm437"},
    {"cp500", "CP500", Style::SingleByte, "500 csibm500 ebcdic_cp_be ebcdic_cp_ch ibm500"},
    {"cp737", "CP737", Style::SingleByte, ""},
    {"cp775", "CP775", Style::SingleByte, "775 cspc775baltic ibm775"},
    {"cp850", "CP850", Style::SingleByte, "850 cspc850multilingual ibm850"},
    {"cp852", "CP852", Style::SingleByte, "852 cspcp852 ibm852"},
    {"cp855", "CP855", Style::SingleByte, "855 csibm855 ibm855"},
    {"cp857", "CP857", Style::SingleByte, "857 csibm857 ibm857"},
    {"cp858", "CP858", Style::SingleByte, "858 csibm858 ibm858"},
    {"cp860", "CP860", Style::SingleByte, "860 csibm860 ibm860"},
    {"cp861", "CP861", Style::SingleByte, "861 cp_is csibm861 ibm861"},
    {"cp862", "CP862", Style::SingleByte, "862 cspc862latinhebrew ibm862"},
    {"cp863", "CP863", Style::SingleByte, "863 csibm863 ibm863"},
    {"cp864", "CP864", Style::SingleByte, "864 csibm864 ibm864"},
    {"cp865", "CP865", Style::SingleByte, "865 csibm865 ibm865"},
    {"cp866", "CP866", Style::SingleByte, "866 csibm866 ibm866"},
    {"cp869", "CP869", Style::SingleByte, "869 cp_gr csibm869 ibm869"},
    {"cp874", "CP874", Style::SingleByte, ""},
    {"cp932", "CP932", Style::MultiByte, "932 ms932 mskanji ms_kanji windows_31j"},
    {"cp949", "UHC", Style::MultiByte, "949 ms949 uhc"},
    {"cp950", "CP950", Style::MultiByte, "950 ms950"},
    {"euc_jp", "EUC-JP", Style::MultiByte, "eucjp ujis u_jis"},
    {"euc_kr", "EUC-KR", Style::MultiByte,
     "euckr korean ksc5601 ks_c_5601 ks_c_5601_1987 ksx1001 ks_x_1001 x_mac_korean"},
    {"gb18030", "GB18030", Style::MultiByte, "gb18030_2000"},
    {"gb2312", "EUC-CN", Style::MultiByte,
     "chinese csiso58gb231280 euc_cn euccn eucgb2312_cn gb2312_1980 gb2312_80 iso_ir_58 x_mac_simp_chinese"},
    {"gbk", "GBK", Style::MultiByte, "936 cp936 ms936"},
    {"hp_roman8", "HP-ROMAN8", Style::SingleByte, "roman8 r8 cshproman8 cp1051 ibm1051"},
    {"iso8859_10", "ISO8859-10", Style::SingleByte,
     "csisolatin6 iso_8859_10 iso_8859_10_1992 iso_ir_157 l6 latin6"},
    {"iso8859_11", "ISO-8859-11", Style::SingleByte, "thai iso_8859_11 iso_8859_11_2001"},
    {"iso8859_13", "ISO8859-13", Style::SingleByte, "iso_8859_13 l7 latin7"},
    {"iso8859_14", "ISO8859-14", Style::SingleByte,
     "iso_8859_14 iso_8859_14_1998 iso_celtic iso_ir_199 l8 latin8"},
    {"iso8859_15", "ISO8859-15", Style::SingleByte, "iso_8859_15 l9 latin9"},
    {"iso8859_16", "ISO8859-16", Style::SingleByte, "iso_8859_16 iso_8859_16_2001 iso_ir_226 l10 latin10"},
    {"iso8859_2", "ISO8859-2", Style::SingleByte,
     "csisolatin2 iso_8859_2 iso_8859_2_1987 iso_ir_101 l2 latin2"},
    {"iso8859_3", "ISO8859-3", Style::SingleByte,
     "csisolatin3 iso_8859_3 iso_8859_3_1988 iso_ir_109 l3 latin3"},
    {"iso8859_4", "ISO8859-4", Style::SingleByte,
     "csisolatin4 iso_8859_4 iso_8859_4_1988 iso_ir_110 l4 latin4"},
    {"iso8859_5", "ISO8859-5", Style::SingleByte,
     "csisolatincyrillic cyrillic iso_8859_5 iso_8859_5_1988 iso_ir_144"},
    {"iso8859_6", "ISO8859-6", Style::SingleByte,
     "arabic asmo_708 csisolatinarabic ecma_114 iso_8859_6 iso_8859_6_1987 iso_ir_127"},
    {"iso8859_7", "ISO8859-7", Style::SingleByte,
     "csisolatingreek ecma_118 elot_928 greek greek8 iso_8859_7 iso_8859_7_1987 iso_ir_126"},
    {"iso8859_8", "ISO8859-8", Style::SingleByte,
     "csisolatinhebrew hebrew iso_8859_8 iso_8859_8_1988 iso_ir_138"},
    {"iso8859_9", "ISO8859-9", Style::SingleByte,
     "csisolatin5 iso_8859_9 iso_8859_9_1989 iso_ir_148 l5 latin5"},
    {"johab", "JOHAB", Style::MultiByte, "cp1361 ms1361"},
    {"koi8_r", "KOI8-R", Style::SingleByte, "cskoi8r"},
    {"koi8_t", "KOI8-T", Style::SingleByte, ""},
    {"koi8_u", "KOI8-U", Style::SingleByte, ""},
    {"kz1048", "RK1048", Style::SingleByte, "kz_1048 rk1048 strk1048_2002"},
    {"ptcp154", "PT154", Style::SingleByte, "csptcp154 pt154 cp154 cyrillic_asian"},
    {"shift_jis", "SJIS", Style::MultiByte, "csshiftjis shiftjis sjis s_jis x_mac_japanese"},
};

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// As encodings.normalize_encoding(): runs of punctuation become one underscore.
std::string normalized(std::string_view name) {
  std::string result;
  bool punctuation = false;
  for (const char c : name) {
    if (is_name_character(c) || c == '.') {
      if (punctuation && !result.empty()) result.push_back('_');
      punctuation = false;
      result.push_back(to_lower(c));
    } else {
      punctuation = true;
    }
  }
  return result;
}

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t space = std::min(words.find(' '), words.size());
    if (words.substr(0, space) == word) return true;
    words.remove_prefix(std::min(space + 1, words.size()));
  }
  return false;
}

const Encoding* find_encoding(std::string_view name) {
  const std::string wanted = normalized(name);
  for (const Encoding& encoding : encodings) {
    if (wanted == encoding.name || has_word(encoding.aliases, wanted)) return &encoding;
  }
  return nullptr;
}

// "utf-8", "UTF_8-anything" -> "utf-8"; likewise Latin-1. Others stay as they are.
std::string short_name(std::string_view name) {
  std::string head;
  for (const char c : name.substr(0, 12)) head.push_back(c == '_' ? '-' : to_lower(c));
  for (const std::string_view known : {"utf-8", "latin-1", "iso-8859-1", "iso-latin-1"}) {
    if (head == known || (head.starts_with(known) && head[known.size()] == '-'))
      return known == "utf-8" ? "utf-8" : "iso-8859-1";
  }
  return std::string(name);
}

// The encoding named in one line; `code` is set if the line has more than a comment.
std::string_view encoding_in_line(std::string_view line, bool& code) {
  const std::size_t comment = line.find_first_not_of(" \t\f");
  if (comment == std::string_view::npos || line[comment] == '\r') return {};
  if (line[comment] != '#') {
    code = true;
    return {};
  }
  for (std::size_t at = line.find("coding", comment); at != std::string_view::npos;
       at = line.find("coding", at + 1)) {
    std::size_t start = at + 6;
    if (start >= line.size() || (line[start] != ':' && line[start] != '=')) continue;
    do ++start;
    while (start < line.size() && (line[start] == ' ' || line[start] == '\t'));
    std::size_t end = start;
    while (end < line.size() &&
           (is_name_character(line[end]) || line[end] == '-' || line[end] == '_' || line[end] == '.'))
      ++end;
    if (end > start) return line.substr(start, end - start);
  }
  return {};
}

DecodedSource decode_latin1(std::string_view bytes, Arena& arena) {
  std::size_t size = bytes.size();
  for (const char c : bytes) size += static_cast<unsigned char>(c) >> 7;
  char* to = arena.allocate_array<char>(size);
  const std::string_view text(to, size);
  for (const char c : bytes) {
    const unsigned char byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      *to++ = c;
    } else {
      *to++ = static_cast<char>(0xc0 | byte >> 6);
      *to++ = static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return {text, {}};
}

DecodedSource decode_ascii(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned byte = static_cast<unsigned char>(bytes[i]);
    if (byte > 127)
      return {
          {},
          fmt::format("'ascii' codec can't decode byte 0x{:02x} in position {}: ordinal not in range(128)",
                      byte, i)};
  }
  return {bytes, {}};
}

std::string fault(const Encoding& encoding, std::string_view bytes, std::size_t at, bool incomplete) {
  if (encoding.style == Style::SingleByte) {
    return fmt::format(
        "'charmap' codec can't decode byte 0x{:02x} in position {}: character maps to <undefined>",
        static_cast<unsigned char>(bytes[at]), at);
  }
  if (incomplete && bytes.size() - at > 1) {
    return fmt::format("'{}' codec can't decode bytes in position {}-{}: incomplete multibyte sequence",
                       encoding.name, at, bytes.size() - 1);
  }
  return fmt::format("'{}' codec can't decode byte 0x{:02x} in position {}: {} multibyte sequence",
                     encoding.name, static_cast<unsigned char>(bytes[at]), at,
                     incomplete ? "incomplete" : "illegal");
}

DecodedSource decode_by_iconv(std::string_view bytes, const Encoding& encoding, std::string_view name,
                              Arena& arena) {
  const iconv_t converter = iconv_open("UTF-8", encoding.iconv);
  if (converter == reinterpret_cast<iconv_t>(-1)) return {{}, fmt::format("unknown encoding: {}", name)};
  std::string text;
  DecodedSource result;
  char buffer[4096];
  char* input = const_cast<char*>(bytes.data());
  std::size_t left = bytes.size();
  while (left > 0) {
    char* output = buffer;
    std::size_t room = sizeof buffer;
    const std::size_t status = iconv(converter, &input, &left, &output, &room);
    text.append(buffer, output);
    if (status == static_cast<std::size_t>(-1) && errno != E2BIG) {
      result.error = fault(encoding, bytes, bytes.size() - left, errno == EINVAL);
      break;
    }
  }
  iconv_close(converter);
  if (result.error.empty()) result.text = arena.copy(text);
  return result;
}

}  // namespace

std::string declared_encoding(std::string_view text) {
  bool code = false;
  for (int i = 0; i < 2 && !code && !text.empty(); ++i) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view name = encoding_in_line(text.substr(0, end), code);
    if (!name.empty()) return short_name(name);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {};
}

DecodedSource decode_source(std::string_view bytes, std::string_view name, Arena& arena) {
  const Encoding* encoding = find_encoding(name);
  if (!encoding) return {{}, fmt::format("unknown encoding: {}", name)};
  switch (encoding->style) {
    case Style::Utf8: {
      const Utf8Fault invalid = find_utf8_fault(bytes);
      if (invalid.reason.empty()) return {bytes, {}};
      return {{}, utf8_fault_message(bytes, invalid)};
    }
    case Style::Ascii: return decode_ascii(bytes);
    case Style::Latin1: return decode_latin1(bytes, arena);
    case Style::NotText:
      return {
          {},
          fmt::format("'{}' is not a text encoding; use codecs.decode() to handle arbitrary codecs", name)};
    case Style::SingleByte:
    case Style::MultiByte: break;
  }
  return decode_by_iconv(bytes, *encoding, name, arena);
}

}  // namespace cede::lang
