// str: padding, tabs and translation tables.
#include <limits>

#include "runtime/types/str_methods.hpp"
#include "runtime/types/text_arguments.hpp"

namespace cede {
namespace {

constexpr std::size_t longest = static_cast<std::size_t>(PTRDIFF_MAX);

Result<char32_t> fill_character(VM& vm, Ref fill) {
  if (fill.is_unbound()) return U' ';
  const Str* text = as<Str>(fill);
  if (!text)
    return vm.raise(TypeId::TypeError, "The fill character must be a unicode character, not {}",
                    display_name(type_of(vm, fill)));
  if (text->length != 1)
    return vm.raise_text(TypeId::TypeError, "The fill character must be exactly one character long");
  return utf8_at(text->data);
}

char* put_repeated(char* out, char32_t c, std::size_t count) {
  if (c < 0x80) {
    std::memset(out, static_cast<int>(c), count);
    return out + count;
  }
  while (count--) out = utf8_put(out, c);
  return out;
}

Owned pad(VM& vm, Str& self, std::size_t left, std::size_t right, char32_t fill) {
  if (left == 0 && right == 0) return str_exact(vm, self);
  if (left > longest - self.length || right > longest - (left + self.length))
    return vm.raise_text(TypeId::OverflowError, "padded string is too long");
  std::size_t size;
  if (!multiply_sizes(left + right, utf8_size(fill), size) || !add_sizes(size, self.byte_size, size))
    return vm.raise_memory_error();
  CEDE_TRY(Value made, str_uninitialised(vm, size, self.length + left + right));
  char* out = put_repeated(cast<Str>(made).data, fill, left);
  std::memcpy(out, self.data, self.byte_size);
  put_repeated(out + self.byte_size, fill, right);
  return made;
}

// How much is to be filled up to the width.
std::size_t missing(const Str& self, std::int64_t width) {
  return width > static_cast<std::int64_t>(self.length) ? static_cast<std::size_t>(width) - self.length : 0;
}

}  // namespace

Owned str_center(VM& vm, Str& self, Ref width_argument, Ref fill_argument) {
  CEDE_TRY(const std::int64_t width, ssize_argument(vm, width_argument));
  CEDE_TRY(const char32_t fill, fill_character(vm, fill_argument));
  const std::size_t margin = missing(self, width);
  const std::size_t left = margin / 2 + (margin & static_cast<std::size_t>(width) & 1);
  return pad(vm, self, left, margin - left, fill);
}
Owned str_ljust(VM& vm, Str& self, Ref width_argument, Ref fill_argument) {
  CEDE_TRY(const std::int64_t width, ssize_argument(vm, width_argument));
  CEDE_TRY(const char32_t fill, fill_character(vm, fill_argument));
  return pad(vm, self, 0, missing(self, width), fill);
}
Owned str_rjust(VM& vm, Str& self, Ref width_argument, Ref fill_argument) {
  CEDE_TRY(const std::int64_t width, ssize_argument(vm, width_argument));
  CEDE_TRY(const char32_t fill, fill_character(vm, fill_argument));
  return pad(vm, self, missing(self, width), 0, fill);
}

Owned str_zfill(VM& vm, Str& self, Ref width_argument) {
  CEDE_TRY(const std::int64_t width, ssize_argument(vm, width_argument));
  const std::size_t zeros = missing(self, width);
  CEDE_TRY(Value made, pad(vm, self, zeros, 0, U'0'));
  const char sign = self.byte_size ? self.data[0] : '\0';
  if (zeros && (sign == '+' || sign == '-')) {
    char* data = cast<Str>(made).data;
    data[0] = sign;
    data[zeros] = '0';
  }
  return made;
}

Owned str_expandtabs(VM& vm, Str& self, Ref tab_argument) {
  std::int64_t tab_size = 8;
  if (!tab_argument.is_unbound()) {
    CEDE_TRY(const Value number, index(vm, tab_argument));
    Result<std::int64_t> read = index_clamped(vm, number);
    if (read.is_raised()) return raised;
    if (*read > std::numeric_limits<int>::max() || *read < std::numeric_limits<int>::min())
      return vm.raise_text(TypeId::OverflowError, "Python int too large to convert to C int");
    tab_size = *read;
  }
  StringBuilder out(vm);
  std::int64_t column = 0;
  const char *at = self.data, *end = at + self.byte_size;
  while (at < end) {
    if (*at == '\t') {
      if (tab_size > 0) {
        const std::int64_t spaces = tab_size - column % tab_size;
        CEDE_CHECK(out.append_repeated(U' ', static_cast<std::size_t>(spaces)));
        column += spaces;
      }
      ++at;
      continue;
    }
    const std::size_t size = utf8_lead_size(*at);
    column = *at == '\n' || *at == '\r' ? 0 : column + 1;
    CEDE_CHECK(out.append({at, size}));
    at += size;
  }
  return out.finish();
}

// ---- translate

namespace {

// What the table has for a character; Unbound if it has nothing.
Owned table_entry(VM& vm, Ref table, char32_t c) {
  if (is_exact(table, TypeId::Dict))
    return dict_get(vm, cast<Dict>(table), Ref::small(static_cast<std::int64_t>(c)));
  Owned entry = get_item(vm, table, Ref::small(static_cast<std::int64_t>(c)));
  if (!entry.is_raised() || !vm.error_is(TypeId::LookupError)) return entry;
  vm.clear_error();
  return Owned();
}

Status append_translated(VM& vm, StringBuilder& out, char32_t c, Ref entry) {
  if (entry.is_unbound()) return out.append_code_point(c);
  if (entry.is_none()) return Ok;
  if (const Str* text = as<Str>(entry)) return out.append(text->view());
  if (!entry.is_small() && !is_subtype(type_of(vm, entry), vm.type(TypeId::Int)))
    return vm.raise_text(TypeId::TypeError, "character mapping must return integer, None or str");
  CEDE_TRY(const std::int64_t code, index_clamped(vm, entry));
  if (code < 0 || code > 0x10FFFF)
    return vm.raise_text(TypeId::ValueError, "character mapping must be in range(0x110000)");
  return out.append_code_point(static_cast<char32_t>(code));
}

}  // namespace

Owned str_translate(VM& vm, Str& self, Ref table) {
  if (self.byte_size == 0) return Owned::share(vm.empty_str);
  StringBuilder out(vm);
  const Value held{Ref(self)};
  for (const char *at = self.data, *end = at + self.byte_size; at < end;) {
    const char32_t c = utf8_take(at);
    CEDE_TRY(const Value entry, table_entry(vm, table, c));
    CEDE_CHECK(append_translated(vm, out, c, entry));
    CEDE_CHECK(vm.check_interrupts());
  }
  return out.finish();
}

namespace {

Status set_code(VM& vm, Dict& table, char32_t key, Ref value) {
  return dict_set(vm, table, Ref::small(static_cast<std::int64_t>(key)), value);
}

Owned table_from_texts(VM& vm, Ref x, Ref y, Ref z) {
  const Str* from = as<Str>(x);
  if (!from)
    return vm.raise_text(TypeId::TypeError,
                         "first maketrans argument must be a string if there is a second argument");
  const Str& to = cast<Str>(y);
  if (from->length != to.length)
    return vm.raise_text(TypeId::ValueError, "the first two maketrans arguments must have equal length");
  CEDE_TRY(Value table, dict_new(vm));
  const char* target = to.data;
  for (char32_t c : CodePoints(from->view()))
    CEDE_CHECK(set_code(vm, cast<Dict>(table), c, Ref::small(static_cast<std::int64_t>(utf8_take(target)))));
  if (!z.is_unbound())
    for (char32_t c : CodePoints(cast<Str>(z).view())) CEDE_CHECK(set_code(vm, cast<Dict>(table), c, None));
  return table;
}

Owned table_from_dict(VM& vm, Ref x) {
  if (!is_exact(x, TypeId::Dict))
    return vm.raise_text(TypeId::TypeError, "if you give only one argument to maketrans it must be a dict");
  CEDE_TRY(Value table, dict_new(vm));
  std::size_t position = 0;
  Ref key, value;
  while (dict_next(cast<Dict>(x), position, key, value)) {
    const Value held_key(key), held_value(value);
    if (const Str* text = as<Str>(held_key)) {
      if (text->length != 1)
        return vm.raise_text(TypeId::ValueError, "string keys in translate table must be of length 1");
      CEDE_CHECK(set_code(vm, cast<Dict>(table), utf8_at(text->data), held_value));
    } else if (held_key.ref().is_small() || is_subtype(type_of(vm, held_key), vm.type(TypeId::Int))) {
      CEDE_CHECK(dict_set(vm, cast<Dict>(table), held_key, held_value));
    } else {
      return vm.raise_text(TypeId::TypeError, "keys in translate table must be strings or integers");
    }
  }
  return table;
}

}  // namespace

Owned str_maketrans(VM& vm, Ref x, Ref y, Ref z) {
  const Ref given[] = {y, z};
  for (int i = 0; i < 2; ++i)
    if (!given[i].is_unbound() && !is<Str>(given[i]))
      return vm.raise(TypeId::TypeError, "maketrans() argument {} must be str, not {}", i + 2,
                      given[i].is_none() ? std::string_view("None") : display_name(type_of(vm, given[i])));
  return y.is_unbound() ? table_from_dict(vm, x) : table_from_texts(vm, x, y, z);
}

}  // namespace cede
