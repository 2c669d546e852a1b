// datetime: reading texts of ISO 8601.
#include "runtime/types/str.hpp"
#include "stdlib/datetime/datetime.hpp"

namespace cede::stdlib {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// `count` digits at `at`, which moves behind them.
bool take_number(std::string_view text, std::size_t& at, std::size_t count, int& value) {
  if (at + count > text.size()) return false;
  value = 0;
  for (std::size_t end = at + count; at < end; ++at) {
    if (!is_digit(text[at])) return false;
    value = value * 10 + (text[at] - '0');
  }
  return true;
}

// HH[:MM[:SS[.fff]]] with all separators or none.
bool take_clock(std::string_view text, int (&fields)[4]) {
  std::fill(std::begin(fields), std::end(fields), 0);
  std::size_t at = 0;
  bool separated = false;
  for (int part = 0; part < 3; ++part) {
    if (!take_number(text, at, 2, fields[part])) return false;
    if (at == text.size()) return true;
    if (part == 0) separated = text[at] == ':';
    if (part == 2) break;
    if (separated && text[at] != ':') return false;
    if (!separated && (text[at] == '.' || text[at] == ',')) return false;
    at += separated;
  }
  if (text[at] != '.' && text[at] != ',') return false;
  if (++at == text.size()) return false;
  int digits = 0;
  for (; at < text.size(); ++at) {
    if (!is_digit(text[at])) return false;
    if (digits < 6) fields[3] = fields[3] * 10 + (text[at] - '0');
    ++digits;
  }
  for (; digits < 6; ++digits) fields[3] *= 10;
  return true;
}

}  // namespace

bool parse_iso_day(std::string_view text, Day& day) {
  std::size_t at = 0;
  int year;
  if (!take_number(text, at, 4, year)) return false;
  const bool dashes = at < text.size() && text[at] == '-';
  at += dashes;
  if (at < text.size() && text[at] == 'W') {
    ++at;
    int week, weekday = 1;
    if (!take_number(text, at, 2, week)) return false;
    if (at < text.size()) {
      if ((text[at] == '-') != dashes) return false;
      at += dashes;
      if (!take_number(text, at, 1, weekday)) return false;
    }
    return at == text.size() && day_of_iso_week(year, week, weekday, day) == IsoFault::None;
  }
  int month, number;
  if (!take_number(text, at, 2, month) || at >= text.size() || (text[at] == '-') != dashes) return false;
  at += dashes;
  if (!take_number(text, at, 2, number) || at != text.size()) return false;
  day = {year, month, number};
  return true;
}

bool parse_iso_clock(VM& vm, std::string_view text, int (&fields)[4], Value& zone) {
  zone = Value(None);
  std::size_t sign = text.find('-');
  if (sign == text.npos) sign = text.find('+');
  if (sign == text.npos) sign = text.find('Z');
  if (!take_clock(text.substr(0, sign), fields)) return false;
  if (sign == text.npos) return true;
  const std::string_view rest = text.substr(sign + 1);
  if (text[sign] == 'Z') {
    if (!rest.empty()) return false;
    zone = utc_zone(vm);
    return !zone.is_raised();
  }
  int offset[4];
  if (!take_clock(rest, offset)) return false;
  Microseconds us = ((Microseconds{offset[0]} * 60 + offset[1]) * 60 + offset[2]) * 1'000'000 + offset[3];
  const Value delta = delta_new(vm, text[sign] == '-' ? -us : us);
  zone = delta.is_raised() ? Value(raised) : Value(timezone_new(vm, delta, Unbound));
  return !zone.is_raised();
}

std::size_t iso_separator(std::string_view text) {
  const std::size_t size = text.size();
  if (size < 7) return 0;
  if (size == 7) return 7;
  if (text[4] == '-') {
    if (text[5] != 'W') return 10;
    // YYYY-Www-D or YYYY-Www, behind which a '-' may separate the time.
    if (size > 8 && text[8] == '-') {
      if (size == 9) return 0;
      return size > 10 && is_digit(text[10]) ? 8 : 10;
    }
    return 8;
  }
  if (text[4] != 'W') return 8;
  std::size_t digits = 7;
  while (digits < size && is_digit(text[digits])) ++digits;
  if (digits < 9) return digits;
  return digits % 2 == 0 ? 7 : 8;
}

RaisedMark raise_iso_text(VM& vm, Ref text) {
  if (vm.has_error()) return raised;
  const std::string shown = repr_text(vm, text);
  return vm.raise(TypeId::ValueError, "Invalid isoformat string: {}", shown);
}

}  // namespace cede::stdlib
