// Lookups in the generated Unicode tables: code point -> block -> record.
#include "runtime/types/unicode_database.hpp"

#include <algorithm>
#include <iterator>

namespace cede {
namespace {

struct SpecialCase {
  char32_t code;
  char32_t lower[3], upper[3], title[3];  // zeros fill up
};
struct SpecialFold {
  char32_t code;
  char32_t folded[3];
};
struct NumericValue {
  char32_t code;
  std::int64_t numerator, denominator;
};

#include "runtime/types/unicode_database.inc"

template<class Entry, std::size_t N> const Entry* find(const Entry (&table)[N], char32_t code) {
  const Entry* at = std::lower_bound(std::begin(table), std::end(table), code,
                                     [](const Entry& entry, char32_t c) { return entry.code < c; });
  return at != std::end(table) && at->code == code ? at : nullptr;
}

std::size_t copy(const char32_t (&from)[3], char32_t out[3]) {
  std::size_t count = 0;
  while (count < 3 && from[count]) {
    out[count] = from[count];
    ++count;
  }
  return count;
}

char32_t shifted(char32_t c, std::int32_t difference) {
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + difference);
}

std::size_t map(char32_t c, std::int32_t UnicodeRecord::*difference, const char32_t (SpecialCase::*full)[3],
                char32_t out[3]) {
  const UnicodeRecord& record = unicode_record(c);
  if (record.has(UnicodeFlag::SpecialCase)) return copy(find(unicode_special_cases, c)->*full, out);
  out[0] = shifted(c, record.*difference);
  return 1;
}

}  // namespace

const UnicodeRecord& unicode_record(char32_t c) {
  constexpr unsigned mask = (1u << unicode_shift) - 1;
  return unicode_records[unicode_second[std::size_t{unicode_first[c >> unicode_shift]} << unicode_shift |
                                        (c & mask)]];
}

bool unicode_numeric(char32_t c, std::int64_t& numerator, std::int64_t& denominator) {
  if (!unicode_has(c, UnicodeFlag::Numeric)) return false;
  const NumericValue* value = find(unicode_numeric_values, c);
  numerator = value->numerator;
  denominator = value->denominator;
  return true;
}

std::size_t unicode_to_lower(char32_t c, char32_t out[3]) {
  return map(c, &UnicodeRecord::lower, &SpecialCase::lower, out);
}
std::size_t unicode_to_upper(char32_t c, char32_t out[3]) {
  return map(c, &UnicodeRecord::upper, &SpecialCase::upper, out);
}
std::size_t unicode_to_title(char32_t c, char32_t out[3]) {
  return map(c, &UnicodeRecord::title, &SpecialCase::title, out);
}
std::size_t unicode_to_folded(char32_t c, char32_t out[3]) {
  if (unicode_has(c, UnicodeFlag::SpecialFold)) return copy(find(unicode_special_folds, c)->folded, out);
  return unicode_to_lower(c, out);
}

const char* unicode_category(char32_t c) { return unicode_categories[unicode_record(c).category]; }
const char* unicode_bidirectional(char32_t c) {
  return unicode_bidirectional_classes[unicode_record(c).bidirectional];
}
const char* unicode_east_asian_width(char32_t c) {
  return unicode_widths[unicode_record(c).east_asian_width];
}

}  // namespace cede
