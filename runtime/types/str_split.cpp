// str: split, splitlines, strip and join.
#include "runtime/types/list.hpp"
#include "runtime/types/str_methods.hpp"
#include "runtime/types/text_arguments.hpp"
#include "runtime/types/text_split.hpp"
#include "runtime/types/unicode_database.hpp"

namespace cede {
namespace {

bool is_ascii_space(char c) {
  const auto b = static_cast<unsigned char>(c);
  return b == ' ' || (b >= 9 && b <= 13) || (b >= 0x1C && b <= 0x1F);
}

struct AsciiSpace {
  static std::size_t at(const char* p) { return is_ascii_space(*p); }
  static std::size_t before(const char* p) { return is_ascii_space(p[-1]); }
  static std::size_t step(const char*) { return 1; }
  static std::size_t step_back(const char*) { return 1; }
};
struct UnicodeSpace {
  static std::size_t step(const char* p) { return utf8_lead_size(*p); }
  static std::size_t step_back(const char* p) {
    const char* start = p;
    (void)utf8_take_back(start);
    return static_cast<std::size_t>(p - start);
  }
  static std::size_t at(const char* p) { return unicode_is_space(utf8_at(p)) ? step(p) : 0; }
  static std::size_t before(const char* p) {
    return unicode_is_space(utf8_at(p - step_back(p))) ? step_back(p) : 0;
  }
};

struct LineBreak {
  static std::size_t at(const char* p, const char* end) {
    const auto b = static_cast<unsigned char>(*p);
    if (b == '\r') return p + 1 < end && p[1] == '\n' ? 2 : 1;
    if (b < 0x80) return (b >= 10 && b <= 12) || (b >= 0x1C && b <= 0x1E);
    if (utf8_is_continuation(*p)) return 0;
    const char32_t c = utf8_at(p);
    return c == 0x85 || c == 0x2028 || c == 0x2029 ? utf8_size(c) : 0;
  }
};

// The pieces of one string, collected in a list.
struct Pieces {
  VM& vm;
  Str& self;
  List& list;

  Status operator()(std::size_t start, std::size_t stop) const {
    CEDE_TRY(Value piece, str_byte_slice(vm, self, start, stop));
    CEDE_CHECK(list_push(vm, list, std::move(piece)));
    return vm.check_interrupts();
  }
};

Status check_separator(VM& vm, Ref separator) {
  if (separator.is_none()) return Ok;
  const Str* text = as<Str>(separator);
  if (!text)
    return vm.raise(TypeId::TypeError, "must be str or None, not {}", display_name(type_of(vm, separator)));
  if (text->byte_size == 0) return vm.raise_text(TypeId::ValueError, "empty separator");
  return Ok;
}

}  // namespace

Owned str_split(VM& vm, Str& self, Ref separator, Ref maximum_argument) {
  CEDE_TRY(const std::int64_t maximum, ssize_argument(vm, maximum_argument));
  CEDE_CHECK(check_separator(vm, separator));
  CEDE_TRY(Value list, list_new(vm));
  const Pieces pieces{vm, self, cast<List>(list)};
  if (!separator.is_none())
    CEDE_CHECK(split_by(vm, self.view(), cast<Str>(separator).view(), maximum, pieces));
  else if (self.is_ascii())
    CEDE_CHECK(split_space<AsciiSpace>(self.view(), maximum, pieces));
  else
    CEDE_CHECK(split_space<UnicodeSpace>(self.view(), maximum, pieces));
  return list;
}

Owned str_rsplit(VM& vm, Str& self, Ref separator, Ref maximum_argument) {
  CEDE_TRY(const std::int64_t maximum, ssize_argument(vm, maximum_argument));
  CEDE_CHECK(check_separator(vm, separator));
  CEDE_TRY(Value list, list_new(vm));
  const Pieces pieces{vm, self, cast<List>(list)};
  if (!separator.is_none())
    CEDE_CHECK(split_back_by(vm, self.view(), cast<Str>(separator).view(), maximum, pieces));
  else if (self.is_ascii())
    CEDE_CHECK(split_space_back<AsciiSpace>(self.view(), maximum, pieces));
  else
    CEDE_CHECK(split_space_back<UnicodeSpace>(self.view(), maximum, pieces));
  list_reverse_items(cast<List>(list));
  return list;
}

Owned str_splitlines(VM& vm, Str& self, bool keep_ends) {
  CEDE_TRY(Value list, list_new(vm));
  CEDE_CHECK(split_lines<LineBreak>(self.view(), keep_ends, Pieces{vm, self, cast<List>(list)}));
  return list;
}

// ---- strip

namespace {

enum Side : unsigned { Left = 1, Right = 2, Both = 3 };

Owned strip_space(VM& vm, Str& self, unsigned side) {
  const char *begin = self.data, *end = begin + self.byte_size;
  const char *start = begin, *stop = end;
  if (self.is_ascii()) {
    if (side & Left) start = skip_space<AsciiSpace>(start, end);
    if (side & Right) stop = skip_space_back<AsciiSpace>(end, start);
  } else {
    if (side & Left) start = skip_space<UnicodeSpace>(start, end);
    if (side & Right) stop = skip_space_back<UnicodeSpace>(end, start);
  }
  return str_byte_slice(vm, self, static_cast<std::size_t>(start - begin),
                        static_cast<std::size_t>(stop - begin));
}

Owned strip_characters(VM& vm, Str& self, std::string_view characters, unsigned side) {
  const char *begin = self.data, *end = begin + self.byte_size;
  const char *start = begin, *stop = end;
  const auto listed = [&](const char* at) {
    return find_bytes(characters, {at, utf8_lead_size(*at)}) != not_found;
  };
  if (side & Left)
    while (start < end && listed(start)) start += utf8_lead_size(*start);
  while (side & Right && stop > start) {
    const char* at = stop;
    (void)utf8_take_back(at);
    if (!listed(at)) break;
    stop = at;
  }
  return str_byte_slice(vm, self, static_cast<std::size_t>(start - begin),
                        static_cast<std::size_t>(stop - begin));
}

Owned strip(VM& vm, Str& self, Ref characters, unsigned side, const char* name) {
  if (characters.is_none()) return strip_space(vm, self, side);
  const Str* text = as<Str>(characters);
  if (!text) return vm.raise(TypeId::TypeError, "{} arg must be None or str", name);
  return strip_characters(vm, self, text->view(), side);
}

}  // namespace

Owned str_strip(VM& vm, Str& self, Ref characters) { return strip(vm, self, characters, Both, "strip"); }
Owned str_lstrip(VM& vm, Str& self, Ref characters) { return strip(vm, self, characters, Left, "lstrip"); }
Owned str_rstrip(VM& vm, Str& self, Ref characters) { return strip(vm, self, characters, Right, "rstrip"); }

// ---- join

namespace {

Owned join_words(VM& vm, Str& separator, const Bits* words, std::size_t count) {
  if (count == 0) return Owned::share(vm.empty_str);
  if (count == 1 && is_exact(Ref(words[0]), TypeId::Str)) return Owned::share(Ref(words[0]));
  std::size_t byte_size = 0, length = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Str* item = as<Str>(Ref(words[i]));
    if (!item)
      return vm.raise(TypeId::TypeError, "sequence item {}: expected str instance, {} found", i,
                      display_name(type_of(vm, Ref(words[i]))));
    std::size_t part = item->byte_size;
    if ((i && !add_sizes(part, separator.byte_size, part)) || !add_sizes(byte_size, part, byte_size))
      return vm.raise_text(TypeId::OverflowError, "join() result is too long for a Python string");
    length += item->length + (i ? separator.length : 0);
  }
  if (byte_size == 0) return Owned::share(vm.empty_str);
  CEDE_TRY(Value made, str_uninitialised(vm, byte_size, length));
  char* out = cast<Str>(made).data;
  for (std::size_t i = 0; i < count; ++i) {
    if (i && separator.byte_size) {
      std::memcpy(out, separator.data, separator.byte_size);
      out += separator.byte_size;
    }
    const Str& item = cast<Str>(Ref(words[i]));
    std::memcpy(out, item.data, item.byte_size);
    out += item.byte_size;
  }
  return made;
}

}  // namespace

Owned str_join(VM& vm, Str& separator, Ref iterable) {
  if (const Tuple* tuple = as<Tuple>(iterable)) return join_words(vm, separator, tuple->items, tuple->size);
  if (const List* list = as<List>(iterable))
    return join_words(vm, separator, list->items.data(), list->size());
  Value iterator = get_iterator(vm, iterable);
  if (iterator.is_raised()) {
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
    return vm.raise_text(TypeId::TypeError, "can only join an iterable");
  }
  CEDE_TRY(Value items, list_from(vm, iterator));
  iterator.reset();
  const List& list = cast<List>(items);
  return join_words(vm, separator, list.items.data(), list.size());
}

Owned str_join_method(VM& vm, Str& self, Ref iterable) { return str_join(vm, self, iterable); }

}  // namespace cede
