// str: case conversions and the predicates isalpha() to isprintable().
#include "runtime/types/str_methods.hpp"
#include "runtime/types/unicode_database.hpp"

namespace cede {
namespace {

bool ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
bool ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool ascii_alpha(char c) { return ascii_lower(static_cast<char>(c | 0x20)); }
char to_ascii_lower(char c) { return ascii_upper(c) ? static_cast<char>(c + 32) : c; }
char to_ascii_upper(char c) { return ascii_lower(c) ? static_cast<char>(c - 32) : c; }

// A new ASCII string, each byte mapped; `map` may keep state from left to right.
template<class Map> Owned map_ascii(VM& vm, Str& self, Map map) {
  if (self.byte_size == 0) return Owned::share(vm.empty_str);
  if (self.byte_size == 1) return str_from_code_point(vm, static_cast<unsigned char>(map(self.data[0])));
  CEDE_TRY(Value made, str_uninitialised(vm, self.byte_size, self.byte_size));
  char* out = cast<Str>(made).data;
  for (std::size_t i = 0; i < self.byte_size; ++i) out[i] = map(self.data[i]);
  return made;
}

Status append_mapped(StringBuilder& out, const char32_t (&mapped)[3], std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) CEDE_CHECK(out.append_code_point(mapped[i]));
  return Ok;
}

// The same for maps that only change the case of letters in [first, first + 25], eight bytes at a time.
Owned flip_ascii(VM& vm, Str& self, char first) {
  if (self.byte_size < 2)
    return map_ascii(vm, self, [first](char c) {
      return c >= first && c <= first + 25 ? static_cast<char>(c ^ 0x20) : c;
    });
  CEDE_TRY(Value made, str_uninitialised(vm, self.byte_size, self.byte_size));
  char* out = cast<Str>(made).data;
  constexpr std::uint64_t ones = 0x0101010101010101u;
  const std::uint64_t from = ones * static_cast<std::uint64_t>(0x80 - first),
                      behind = ones * static_cast<std::uint64_t>(0x80 - first - 26);
  std::size_t i = 0;
  for (; i + 8 <= self.byte_size; i += 8) {
    std::uint64_t word;
    std::memcpy(&word, self.data + i, 8);
    // The high bit of each byte that is a letter.
    const std::uint64_t letters = (word + from) & ~(word + behind) & (ones * 0x80);
    word ^= letters >> 2;
    std::memcpy(out + i, &word, 8);
  }
  for (; i < self.byte_size; ++i) {
    const char c = self.data[i];
    out[i] = c >= first && c <= first + 25 ? static_cast<char>(c ^ 0x20) : c;
  }
  return made;
}

constexpr char32_t capital_sigma = 0x3A3, small_sigma = 0x3C3, final_sigma = 0x3C2;

// A sigma is final if a cased letter stands before it and none after, characters that case ignores left out.
bool sigma_is_final(const Str& self, const char* at) {
  const char *begin = self.data, *end = begin + self.byte_size;
  bool cased_before = false;
  for (const char* p = at; p > begin;) {
    const UnicodeRecord& before = unicode_record(utf8_take_back(p));
    if (before.has(UnicodeFlag::CaseIgnorable)) continue;
    cased_before = before.has(UnicodeFlag::Cased);
    break;
  }
  if (!cased_before) return false;
  for (const char* p = at + utf8_lead_size(*at); p < end;) {
    const UnicodeRecord& after = unicode_record(utf8_take(p));
    if (after.has(UnicodeFlag::CaseIgnorable)) continue;
    return !after.has(UnicodeFlag::Cased);
  }
  return true;
}

// `at`: where the character stands in `self`.
Status append_lower(StringBuilder& out, const Str& self, const char* at, char32_t c) {
  if (c == capital_sigma) return out.append_code_point(sigma_is_final(self, at) ? final_sigma : small_sigma);
  char32_t mapped[3];
  return append_mapped(out, mapped, unicode_to_lower(c, mapped));
}

// Calls append(out, position, code point) -> Status for each character.
template<class Append> Owned map_text(VM& vm, Str& self, Append append) {
  StringBuilder out(vm);
  for (const char *at = self.data, *end = at + self.byte_size; at < end;) {
    const char* start = at;
    const char32_t c = utf8_take(at);
    CEDE_CHECK(append(out, start, c));
  }
  return out.finish();
}

template<std::size_t (*Map)(char32_t, char32_t[3])> Owned map_each(VM& vm, Str& self) {
  return map_text(vm, self, [](StringBuilder& out, const char*, char32_t c) {
    char32_t mapped[3];
    return append_mapped(out, mapped, Map(c, mapped));
  });
}

}  // namespace

Owned str_lower(VM& vm, Str& self) {
  if (self.is_ascii()) return flip_ascii(vm, self, 'A');
  return map_text(vm, self, [&](StringBuilder& out, const char* at, char32_t c) {
    return append_lower(out, self, at, c);
  });
}

Owned str_upper(VM& vm, Str& self) {
  if (self.is_ascii()) return flip_ascii(vm, self, 'a');
  return map_each<unicode_to_upper>(vm, self);
}

Owned str_casefold(VM& vm, Str& self) {
  if (self.is_ascii()) return flip_ascii(vm, self, 'A');
  return map_each<unicode_to_folded>(vm, self);
}

Owned str_swapcase(VM& vm, Str& self) {
  if (self.is_ascii())
    return map_ascii(vm, self, [](char c) { return ascii_alpha(c) ? static_cast<char>(c ^ 0x20) : c; });
  return map_text(vm, self, [&](StringBuilder& out, const char* at, char32_t c) -> Status {
    const UnicodeRecord& record = unicode_record(c);
    char32_t mapped[3];
    if (record.has(UnicodeFlag::Upper)) return append_lower(out, self, at, c);
    if (record.has(UnicodeFlag::Lower)) return append_mapped(out, mapped, unicode_to_upper(c, mapped));
    return out.append_code_point(c);
  });
}

Owned str_capitalize(VM& vm, Str& self) {
  bool first = true;
  if (self.is_ascii())
    return map_ascii(vm, self, [&first](char c) {
      return std::exchange(first, false) ? to_ascii_upper(c) : to_ascii_lower(c);
    });
  return map_text(vm, self, [&](StringBuilder& out, const char* at, char32_t c) -> Status {
    if (!std::exchange(first, false)) return append_lower(out, self, at, c);
    char32_t mapped[3];
    return append_mapped(out, mapped, unicode_to_title(c, mapped));
  });
}

Owned str_title(VM& vm, Str& self) {
  bool inside = false;  // behind a cased letter
  if (self.is_ascii())
    return map_ascii(vm, self, [&inside](char c) {
      return std::exchange(inside, ascii_alpha(c)) ? to_ascii_lower(c) : to_ascii_upper(c);
    });
  return map_text(vm, self, [&](StringBuilder& out, const char* at, char32_t c) -> Status {
    if (std::exchange(inside, unicode_has(c, UnicodeFlag::Cased))) return append_lower(out, self, at, c);
    char32_t mapped[3];
    return append_mapped(out, mapped, unicode_to_title(c, mapped));
  });
}

// ---- predicates

namespace {

template<class Test> bool all_of(const Str& self, Test test) {
  if (self.byte_size == 0) return false;
  for (char32_t c : CodePoints(self.view()))
    if (!test(unicode_record(c))) return false;
  return true;
}

// Some letter has the wanted case, none another.
bool has_one_case(const Str& self, UnicodeFlag wanted, UnicodeFlag opposite) {
  bool found = false;
  for (char32_t c : CodePoints(self.view())) {
    const UnicodeRecord& record = unicode_record(c);
    if (record.has(opposite) || record.has(UnicodeFlag::Title)) return false;
    found |= record.has(wanted);
  }
  return found;
}

}  // namespace

bool str_isascii(VM&, Str& self) { return self.is_ascii(); }
bool str_islower(VM&, Str& self) { return has_one_case(self, UnicodeFlag::Lower, UnicodeFlag::Upper); }
bool str_isupper(VM&, Str& self) { return has_one_case(self, UnicodeFlag::Upper, UnicodeFlag::Lower); }

bool str_istitle(VM&, Str& self) {
  bool cased = false, inside = false;
  for (char32_t c : CodePoints(self.view())) {
    const UnicodeRecord& record = unicode_record(c);
    if (record.has(UnicodeFlag::Upper) || record.has(UnicodeFlag::Title)) {
      if (inside) return false;
      inside = cased = true;
    } else if (record.has(UnicodeFlag::Lower)) {
      if (!inside) return false;
      cased = true;
    } else {
      inside = false;
    }
  }
  return cased;
}

bool str_isspace(VM&, Str& self) {
  return all_of(self, [](const UnicodeRecord& r) { return r.has(UnicodeFlag::Space); });
}
bool str_isdecimal(VM&, Str& self) {
  return all_of(self, [](const UnicodeRecord& r) { return r.decimal >= 0; });
}
bool str_isdigit(VM&, Str& self) {
  return all_of(self, [](const UnicodeRecord& r) { return r.digit >= 0; });
}
bool str_isnumeric(VM&, Str& self) {
  return all_of(self, [](const UnicodeRecord& r) { return r.has(UnicodeFlag::Numeric); });
}
bool str_isalpha(VM&, Str& self) {
  return all_of(self, [](const UnicodeRecord& r) { return r.has(UnicodeFlag::Alpha); });
}
bool str_isalnum(VM&, Str& self) {
  return all_of(self, [](const UnicodeRecord& r) {
    return r.has(UnicodeFlag::Alpha) || r.has(UnicodeFlag::Numeric) || r.digit >= 0;
  });
}
bool str_isidentifier(VM&, Str& self) {
  bool first = true;
  return all_of(self, [&first](const UnicodeRecord& r) {
    return r.has(std::exchange(first, false) ? UnicodeFlag::XidStart : UnicodeFlag::XidContinue);
  });
}
bool str_isprintable(VM&, Str& self) {
  return self.byte_size == 0 ||
         all_of(self, [](const UnicodeRecord& r) { return r.has(UnicodeFlag::Printable); });
}

}  // namespace cede
