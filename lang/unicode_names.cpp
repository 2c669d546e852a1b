// Characters by name. Names are sequences of words, each word a number in the sorted list of all words, so
// the names are sorted too: binary search over blocks of 16 names, then a scan of one block. The format of
// the tables is described in tools/make_unicode_tables.py.
#include "lang/unicode_names.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace cede::lang {

namespace {

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverlength-strings"
#include "lang/unicode_names.inc"
#pragma GCC diagnostic pop

constexpr std::size_t group = 16;  // words per entry of name_word_groups, names per block
constexpr std::size_t maximum_words = 32;
constexpr std::uint32_t word_count = std::size(name_word_sizes);

struct Words {
  std::array<std::uint16_t, maximum_words> ids;
  std::size_t size = 0;

  std::span<const std::uint16_t> span() const { return {ids.data(), size}; }
};

std::uint8_t stream_byte(std::size_t at) {
  return static_cast<std::uint8_t>(name_stream[at / 8] >> (at % 8 * 8));
}

// Reads the names of one block, one after the other.
class BlockReader {
 public:
  explicit BlockReader(std::size_t block) : at_(name_blocks[block]) {}

  Words words;
  std::uint32_t code = 0;

  void next() {
    const std::uint8_t sizes = stream_byte(at_++);
    words.size = sizes >> 4;
    for (int rest = sizes & 15; rest > 0; --rest, at_ += 2)
      words.ids[words.size++] = static_cast<std::uint16_t>(stream_byte(at_) | stream_byte(at_ + 1) << 8);
    code = stream_byte(at_) | stream_byte(at_ + 1) << 8 | stream_byte(at_ + 2) << 16;
    at_ += 3;
  }

 private:
  std::size_t at_;
};

std::optional<std::uint16_t> find_word(std::string_view word) {
  std::size_t low = 0, high = std::size(name_word_groups);
  const auto first_of_group = [](std::size_t g) {
    return std::string_view(name_words + name_word_groups[g], name_word_sizes[g * group]);
  };
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (first_of_group(middle) <= word ? low : high) = middle;
  }
  const char* at = name_words + name_word_groups[low];
  for (std::size_t i = low * group; i < std::min<std::size_t>(word_count, (low + 1) * group); ++i) {
    if (std::string_view(at, name_word_sizes[i]) == word) return static_cast<std::uint16_t>(i);
    at += name_word_sizes[i];
  }
  return {};
}

// The name as word numbers; empty if it has a word that no name has.
Words split(std::string_view name) {
  Words words;
  for (std::size_t at = 0;;) {
    const std::size_t space = std::min(name.find(' ', at), name.size());
    const std::optional<std::uint16_t> id = find_word(name.substr(at, space - at));
    if (!id || words.size == maximum_words) return {};
    words.ids[words.size++] = *id;
    if (space == name.size()) return words;
    at = space + 1;
  }
}

std::optional<std::uint32_t> find_listed(std::string_view name) {
  const Words wanted = split(name);
  if (wanted.size == 0) return {};
  const auto less_or_equal = [&](const Words& words) {
    return !std::ranges::lexicographical_compare(wanted.span(), words.span());
  };
  std::size_t low = 0, high = std::size(name_blocks);
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    BlockReader reader(middle);
    reader.next();
    (less_or_equal(reader.words) ? low : high) = middle;
  }
  BlockReader reader(low);
  for (std::size_t i = low * group; i < std::min<std::size_t>(name_count, (low + 1) * group); ++i) {
    reader.next();
    if (std::ranges::equal(reader.words.span(), wanted.span())) return reader.code;
  }
  return {};
}

constexpr std::string_view hangul_initials[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                                "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
constexpr std::string_view hangul_vowels[] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                              "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                              "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
constexpr std::string_view hangul_finals[] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH", "D", "L",  "LG",
                                              "LM", "LB", "LS", "LT", "LP", "LH", "M",  "B", "BS", "S",
                                              "SS", "NG", "J",  "C",  "K",  "T",  "P",  "H"};

// Takes the longest element that `text` starts with off its front; -1 if there is none.
int take_longest(std::string_view& text, std::span<const std::string_view> elements) {
  int best = -1;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (text.starts_with(elements[i]) && (best < 0 || elements[i].size() > elements[best].size()))
      best = static_cast<int>(i);
  }
  if (best >= 0) text.remove_prefix(elements[best].size());
  return best;
}

std::optional<std::uint32_t> find_hangul(std::string_view syllable) {
  const int initial = take_longest(syllable, hangul_initials);
  const int vowel = take_longest(syllable, hangul_vowels);
  const int final = take_longest(syllable, hangul_finals);
  if (initial < 0 || vowel < 0 || final < 0 || !syllable.empty()) return {};
  return 0xac00 + (initial * 21 + vowel) * 28 + final;
}

bool is_unified_ideograph(std::uint32_t code) {
  constexpr std::uint32_t ranges[][2] = {
      {0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0x20000, 0x2a6df}, {0x2a700, 0x2b739}, {0x2b740, 0x2b81d},
      {0x2b820, 0x2cea1}, {0x2ceb0, 0x2ebe0}, {0x2ebf0, 0x2ee5d}, {0x30000, 0x3134a}, {0x31350, 0x323af}};
  for (const auto& range : ranges) {
    if (code >= range[0] && code <= range[1]) return true;
  }
  return false;
}

std::optional<std::uint32_t> find_ideograph(std::string_view digits) {
  if (digits.size() != 4 && digits.size() != 5) return {};
  std::uint32_t code = 0;
  for (const char c : digits) {
    if (c >= '0' && c <= '9')
      code = code * 16 + (c - '0');
    else if (c >= 'A' && c <= 'F')
      code = code * 16 + (c - 'A' + 10);
    else
      return {};
  }
  return is_unified_ideograph(code) ? std::optional(code) : std::nullopt;
}

}  // namespace

std::optional<std::uint32_t> find_character_by_name(std::string_view name) {
  constexpr std::string_view hangul = "HANGUL SYLLABLE ", ideograph = "CJK UNIFIED IDEOGRAPH-";
  constexpr std::size_t longest_name = 128;
  if (name.starts_with(hangul)) return find_hangul(name.substr(hangul.size()));
  if (name.starts_with(ideograph)) return find_ideograph(name.substr(ideograph.size()));
  if (name.empty() || name.size() > longest_name) return {};
  char upper[longest_name];
  std::ranges::transform(name, upper,
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return find_listed({upper, name.size()});
}

namespace {

std::string text_of(const Words& words) {
  std::string text;
  for (const std::uint16_t id : words.span()) {
    const char* at = name_words + name_word_groups[id / group];
    for (std::size_t i = id / group * group; i < id; ++i) at += name_word_sizes[i];
    if (!text.empty()) text += ' ';
    text.append(at, name_word_sizes[id]);
  }
  return text;
}

// Names and aliases are not told apart by the table. A name is longer than its character's aliases, but for these
// corrections of names: those whose name is the first in the order of words, and those whose name is the last.
constexpr std::uint32_t first_is_name[] = {0xcde, 0x11ec, 0x11ed, 0x11ee, 0x11ef, 0x2118, 0xaa6e, 0x1d0c5};
constexpr std::uint32_t last_is_name[] = {0x1a2,  0x1a3,   0xe9d,   0x2448,  0xa015,
                                          0xfe18, 0x122d4, 0x122d5, 0x16e57, 0x16e77};

std::string hangul_name(std::uint32_t index) {
  std::string name = "HANGUL SYLLABLE ";
  name += hangul_initials[index / 588];
  name += hangul_vowels[index % 588 / 28];
  name += hangul_finals[index % 28];
  return name;
}

std::string ideograph_name(std::uint32_t code) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string name = "CJK UNIFIED IDEOGRAPH-";
  for (int shift = code > 0xffff ? 16 : 12; shift >= 0; shift -= 4) name += digits[code >> shift & 15];
  return name;
}

}  // namespace

std::string character_name(std::uint32_t code) {
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return {};
  if (code >= 0xac00 && code <= 0xd7a3) return hangul_name(code - 0xac00);
  if (is_unified_ideograph(code)) return ideograph_name(code);
  std::string best;
  for (std::size_t block = 0; block < std::size(name_blocks); ++block) {
    BlockReader reader(block);
    for (std::size_t i = block * group; i < std::min<std::size_t>(name_count, (block + 1) * group); ++i) {
      reader.next();
      if (reader.code != code) continue;
      std::string name = text_of(reader.words);
      if (std::ranges::find(first_is_name, code) != std::end(first_is_name)) return name;
      const bool last = std::ranges::find(last_is_name, code) != std::end(last_is_name);
      if (last || name.size() > best.size()) best = std::move(name);
    }
  }
  return best;
}

}  // namespace cede::lang
