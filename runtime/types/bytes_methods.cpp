// bytes and bytearray: case, predicates, padding, translation, hexadecimal text, %.
#include "runtime/types/bytes_methods.hpp"

#include <cstring>
#include <limits>

#include "runtime/types/codecs.hpp"
#include "runtime/types/percent.hpp"
#include "runtime/types/str.hpp"
#include "runtime/types/text_arguments.hpp"
#include "runtime/types/text_search.hpp"

namespace cede {

Value BytesSelf::make(std::string_view data) const {
  if (array_) return bytearray_from(vm, data);
  if (data.size() == text.size() && is_exact(object, TypeId::Bytes) &&
      (data.data() == text.data() || data == text))
    return Value(object);
  return bytes_from(vm, data);
}

// ---- arguments

Result<int> byte_argument(VM& vm, Ref value) {
  std::int64_t n;
  if (value.is_small()) {
    n = value.small();
  } else {
    CEDE_TRY(n, index_clamped(vm, value));
  }
  if (n < 0 || n > 255) return vm.raise_text(TypeId::ValueError, "byte must be in range(0, 256)");
  return static_cast<int>(n);
}

Status BytesNeedle::read(VM& vm, Ref value, Use use) {
  if (is_bytes_like(value)) return view_.acquire(vm, value);
  if (!value.is_small() && !type_of(vm, value).slots->index) {
    if (use == Use::Contains) return view_.acquire(vm, value);  // raises
    return vm.raise(TypeId::TypeError, "argument should be integer or bytes-like object, not '{}'",
                    display_name(type_of(vm, value)));
  }
  CEDE_TRY(const int byte, byte_argument(vm, value));
  byte_ = static_cast<char>(byte);
  byte_used_ = true;
  return Ok;
}

// ---- case

namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_alpha(char c) { return is_lower(static_cast<char>(c | 0x20)); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || (c >= 9 && c <= 13); }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }
char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 32) : c; }

template<class Map> Owned map_bytes(const BytesSelf& self, Map map) {
  StringBuilder out(self.vm);
  char* at = out.grow(self.text.size());
  if (!at) return raised;
  for (std::size_t i = 0; i < self.text.size(); ++i) at[i] = map(self.text[i]);
  out.advance(self.text.size());
  return self.make(out.view());
}

template<class Test> bool every(const BytesSelf& self, Test test) {
  for (char c : self.text)
    if (!test(c)) return false;
  return !self.text.empty();
}

bool has_one_case(const BytesSelf& self, bool (*wanted)(char), bool (*opposite)(char)) {
  bool found = false;
  for (char c : self.text) {
    if (opposite(c)) return false;
    found |= wanted(c);
  }
  return found;
}

}  // namespace

Owned bytes_lower(const BytesSelf& self) { return map_bytes(self, to_lower); }
Owned bytes_upper(const BytesSelf& self) { return map_bytes(self, to_upper); }
Owned bytes_swapcase(const BytesSelf& self) {
  return map_bytes(self, [](char c) { return is_alpha(c) ? static_cast<char>(c ^ 0x20) : c; });
}
Owned bytes_capitalize(const BytesSelf& self) {
  bool first = true;
  return map_bytes(self,
                   [&first](char c) { return std::exchange(first, false) ? to_upper(c) : to_lower(c); });
}
Owned bytes_title(const BytesSelf& self) {
  bool inside = false;
  return map_bytes(
      self, [&inside](char c) { return std::exchange(inside, is_alpha(c)) ? to_lower(c) : to_upper(c); });
}

bool bytes_isalnum(const BytesSelf& self) {
  return every(self, [](char c) { return is_alpha(c) || is_digit(c); });
}
bool bytes_isalpha(const BytesSelf& self) { return every(self, is_alpha); }
bool bytes_isascii(const BytesSelf& self) { return text_is_ascii(self.text); }
bool bytes_isdigit(const BytesSelf& self) { return every(self, is_digit); }
bool bytes_isspace(const BytesSelf& self) { return every(self, is_space); }
bool bytes_islower(const BytesSelf& self) { return has_one_case(self, is_lower, is_upper); }
bool bytes_isupper(const BytesSelf& self) { return has_one_case(self, is_upper, is_lower); }
bool bytes_istitle(const BytesSelf& self) {
  bool cased = false, inside = false;
  for (char c : self.text) {
    if (is_upper(c) ? inside : is_lower(c) && !inside) return false;
    inside = is_alpha(c);
    cased |= inside;
  }
  return cased;
}

// ---- padding

namespace {

Result<char> fill_byte(VM& vm, Ref fill, const char* name) {
  if (fill.is_unbound()) return ' ';
  if (is<Bytes>(fill) || is<ByteArray>(fill)) {
    BufferView view;
    CEDE_CHECK(view.acquire(vm, fill));
    if (view.size() == 1) return view.bytes()[0];
  }
  return vm.raise(TypeId::TypeError, "{}() argument 2 must be a byte string of length 1, not {}", name,
                  fill.is_none() ? std::string_view("None") : display_name(type_of(vm, fill)));
}

Owned pad(const BytesSelf& self, std::size_t left, std::size_t right, char fill) {
  StringBuilder out(self.vm);
  const std::size_t total = left + right;
  if (total == 0) return self.make(self.text);
  if (total > static_cast<std::size_t>(PTRDIFF_MAX) - self.text.size()) return self.vm.raise_memory_error();
  char* at = out.grow(total + self.text.size());
  if (!at) return raised;
  std::memset(at, fill, left);
  if (!self.text.empty()) std::memcpy(at + left, self.text.data(), self.text.size());
  std::memset(at + left + self.text.size(), fill, right);
  out.advance(total + self.text.size());
  return self.make(out.view());
}

std::size_t missing(const BytesSelf& self, std::int64_t width) {
  return width > static_cast<std::int64_t>(self.text.size())
             ? static_cast<std::size_t>(width) - self.text.size()
             : 0;
}

}  // namespace

Owned bytes_center(const BytesSelf& self, Ref width_argument, Ref fill_argument) {
  CEDE_TRY(const std::int64_t width, self.converted([&] { return ssize_argument(self.vm, width_argument); }));
  CEDE_TRY(const char fill, fill_byte(self.vm, fill_argument, "center"));
  const std::size_t margin = missing(self, width);
  const std::size_t left = margin / 2 + (margin & static_cast<std::size_t>(width) & 1);
  return pad(self, left, margin - left, fill);
}
Owned bytes_ljust(const BytesSelf& self, Ref width_argument, Ref fill_argument) {
  CEDE_TRY(const std::int64_t width, self.converted([&] { return ssize_argument(self.vm, width_argument); }));
  CEDE_TRY(const char fill, fill_byte(self.vm, fill_argument, "ljust"));
  return pad(self, 0, missing(self, width), fill);
}
Owned bytes_rjust(const BytesSelf& self, Ref width_argument, Ref fill_argument) {
  CEDE_TRY(const std::int64_t width, self.converted([&] { return ssize_argument(self.vm, width_argument); }));
  CEDE_TRY(const char fill, fill_byte(self.vm, fill_argument, "rjust"));
  return pad(self, missing(self, width), 0, fill);
}

Owned bytes_zfill(const BytesSelf& self, Ref width_argument) {
  CEDE_TRY(const std::int64_t width, self.converted([&] { return ssize_argument(self.vm, width_argument); }));
  const std::size_t zeros = missing(self, width);
  const bool sign = !self.text.empty() && (self.text[0] == '+' || self.text[0] == '-');
  if (zeros == 0 || !sign) return pad(self, zeros, 0, '0');
  StringBuilder out(self.vm);
  CEDE_CHECK(out.append(self.text[0]));
  CEDE_CHECK(out.append_repeated(U'0', zeros));
  CEDE_CHECK(out.append(self.text.substr(1)));
  return self.make(out.view());
}

Owned bytes_expandtabs(const BytesSelf& self, Ref tab_argument) {
  CEDE_TRY(const std::int64_t tab_size, self.converted([&] { return index_clamped(self.vm, tab_argument); }));
  if (tab_size > std::numeric_limits<int>::max() || tab_size < std::numeric_limits<int>::min())
    return self.vm.raise_text(TypeId::OverflowError, "Python int too large to convert to C int");
  StringBuilder out(self.vm);
  std::int64_t column = 0;
  for (char c : self.text) {
    if (c == '\t') {
      if (tab_size <= 0) continue;
      const std::int64_t spaces = tab_size - column % tab_size;
      CEDE_CHECK(out.append_repeated(U' ', static_cast<std::size_t>(spaces)));
      column += spaces;
      continue;
    }
    column = c == '\n' || c == '\r' ? 0 : column + 1;
    CEDE_CHECK(out.append(c));
  }
  return self.make(out.view());
}

// ---- translate

Owned bytes_translate(const BytesSelf& self, Ref table, Ref deleted) {
  char mapped[256];
  for (int c = 0; c < 256; ++c) mapped[c] = static_cast<char>(c);
  if (!table.is_none()) {
    BufferView view;
    CEDE_CHECK(view.acquire(self.vm, table));
    if (view.size() != 256)
      return self.vm.raise_text(TypeId::ValueError, "translation table must be 256 characters long");
    std::memcpy(mapped, view.data(), 256);
  }
  bool dropped[256] = {};
  if (!deleted.is_unbound()) {
    BufferView view;
    CEDE_CHECK(view.acquire(self.vm, deleted));
    for (char c : view.bytes()) dropped[static_cast<unsigned char>(c)] = true;
  }
  StringBuilder out(self.vm);
  char* start = out.grow(self.text.size());
  if (!start) return raised;
  char* at = start;
  for (char c : self.text)
    if (!dropped[static_cast<unsigned char>(c)]) *at++ = mapped[static_cast<unsigned char>(c)];
  out.advance(static_cast<std::size_t>(at - start));
  return self.make(out.view());
}

Owned bytes_maketrans(VM& vm, Ref from, Ref to) {
  BufferView from_view, to_view;
  CEDE_CHECK(from_view.acquire(vm, from));
  CEDE_CHECK(to_view.acquire(vm, to));
  if (from_view.size() != to_view.size())
    return vm.raise_text(TypeId::ValueError, "maketrans arguments must have same length");
  char table[256];
  for (int c = 0; c < 256; ++c) table[c] = static_cast<char>(c);
  for (std::size_t i = 0; i < from_view.size(); ++i)
    table[static_cast<unsigned char>(from_view.bytes()[i])] = to_view.bytes()[i];
  return bytes_from(vm, {table, 256});
}

Owned bytes_decode(const BytesSelf& self, std::string_view encoding, std::string_view errors) {
  return decode_text(self.vm, self.text, encoding, errors, self.is_array() ? Unbound : self.object);
}

// ---- hexadecimal text

namespace {

int hex_value(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  const char32_t lower = c | 0x20;
  return lower >= 'a' && lower <= 'f' && c < 0x80 ? static_cast<int>(lower - 'a') + 10 : -1;
}

// The separator character, or -1 if there is none.
Result<int> read_separator(VM& vm, Ref separator) {
  if (separator.is_unbound()) return -1;
  CEDE_TRY(const std::int64_t size, length(vm, separator));
  if (size != 1) return vm.raise_text(TypeId::ValueError, "sep must be length 1.");
  int c = -1;
  if (const Str* text = as<Str>(separator)) {
    if (!text->is_ascii()) return vm.raise_text(TypeId::ValueError, "sep must be ASCII.");
    c = static_cast<unsigned char>(text->data[0]);
  } else if (const Bytes* bytes = as<Bytes>(separator)) {
    c = static_cast<unsigned char>(bytes->data[0]);
  } else {
    return vm.raise_text(TypeId::TypeError, "sep must be str or bytes.");
  }
  if (c > 127) return vm.raise_text(TypeId::ValueError, "sep must be ASCII.");
  return c;
}

}  // namespace

Owned bytes_hex(VM& vm, std::string_view text, Ref separator_argument, Ref group_argument) {
  constexpr char digits[] = "0123456789abcdef";
  std::int64_t group = 1;
  if (!group_argument.is_unbound()) {
    CEDE_TRY(group, index_int64(vm, group_argument));
    if (group > std::numeric_limits<int>::max() || group < std::numeric_limits<int>::min())
      return vm.raise_text(TypeId::OverflowError, "Python int too large to convert to C int");
  }
  CEDE_TRY(const int separator, read_separator(vm, separator_argument));
  const std::size_t n = text.size(), every = static_cast<std::size_t>(group < 0 ? -group : group);
  const bool separated = separator >= 0 && every > 0 && every < n;
  std::size_t size;
  if (!multiply_sizes(n, 2, size) || !add_sizes(size, separated ? (n - 1) / every : 0, size))
    return vm.raise_memory_error();
  if (size == 0) return Owned::share(vm.empty_str);
  CEDE_TRY(Value made, str_uninitialised(vm, size, size));
  char* out = cast<Str>(made).data;
  for (std::size_t i = 0; i < n; ++i) {
    // A positive group size counts from the right.
    if (separated && i && (group > 0 ? n - i : i) % every == 0) *out++ = static_cast<char>(separator);
    const auto byte = static_cast<unsigned char>(text[i]);
    *out++ = digits[byte >> 4];
    *out++ = digits[byte & 15];
  }
  return made;
}

Status append_from_hex(VM& vm, Buffer<char>& out, Str& text) {
  std::size_t position = 0;
  int high = -1;
  for (char32_t c : CodePoints(text.view())) {
    const int value = hex_value(c);
    if (high < 0 && (c == ' ' || (c >= 9 && c <= 13))) {
      ++position;
      continue;
    }
    if (value < 0) break;
    ++position;
    if (high < 0) {
      high = value;
      continue;
    }
    if (!out.push(vm.heap, static_cast<char>(high << 4 | value))) return vm.raise_memory_error();
    high = -1;
  }
  if (position == text.length && high < 0) return Ok;
  return vm.raise(TypeId::ValueError, "non-hexadecimal number found in fromhex() arg at position {}",
                  position);
}

Owned bytes_percent(const BytesSelf& self, Ref arguments) {
  StringBuilder out(self.vm);
  CEDE_CHECK(append_percent(out, self.text, arguments, PercentKind::Bytes));
  return self.is_array() ? bytearray_from(self.vm, out.view()) : bytes_from(self.vm, out.view());
}

}  // namespace cede
