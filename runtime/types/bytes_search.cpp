// bytes and bytearray: searching, splitting, stripping, replacing, joining.
#include "runtime/types/bytes_methods.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/str_builder.hpp"
#include "runtime/types/text_arguments.hpp"
#include "runtime/types/text_split.hpp"

namespace cede {
namespace {

using Search = Result<std::size_t> (*)(VM&, std::string_view, std::string_view);
Result<std::size_t> first_match(VM& vm, std::string_view text, std::string_view needle) { return find_text(vm, text, needle); }

struct Window {
  bool present = false;
  std::size_t start = 0;
  std::string_view text;
};
Window window_of(const BytesSelf& self, const SearchRange& range) {
  Window w;
  std::size_t last;
  clamp_search_range(range, self.text.size(), w.start, last);
  w.present = w.start <= last;
  if (w.present) w.text = self.text.substr(w.start, last - w.start);
  return w;
}

Result<std::int64_t> position_of(const BytesSelf& self, Ref sub, Ref start, Ref end, Search search) {
  CEDE_TRY(const SearchRange range, self.converted([&] { return read_search_range(self.vm, start, end); }));
  BytesNeedle needle;
  CEDE_CHECK(self.converted([&] { return needle.read(self.vm, sub, BytesNeedle::Use::Find); }));
  const Window w = window_of(self, range);
  if (!w.present) return std::int64_t{-1};
  CEDE_TRY(const std::size_t at, search(self.vm, w.text, needle.text()));
  return at == not_found ? -1 : static_cast<std::int64_t>(w.start + at);
}

Result<std::int64_t> known_position(const BytesSelf& self, Ref sub, Ref start, Ref end, Search search) {
  CEDE_TRY(const std::int64_t at, position_of(self, sub, start, end, search));
  if (at < 0) return self.vm.raise_text(TypeId::ValueError, "subsection not found");
  return at;
}

enum class Tail : std::uint8_t { Start, End };

Result<bool> tail_is(const BytesSelf& self, const Window& w, Ref wanted, Tail tail) {
  BufferView view;
  CEDE_CHECK(view.acquire(self.vm, wanted));
  return w.present &&
         (tail == Tail::Start ? w.text.starts_with(view.bytes()) : w.text.ends_with(view.bytes()));
}

Result<bool> has_tail(const BytesSelf& self, Ref wanted, Ref start, Ref end, Tail tail) {
  CEDE_TRY(const SearchRange range, self.converted([&] { return read_search_range(self.vm, start, end); }));
  const Window w = window_of(self, range);
  if (const Tuple* choices = as<Tuple>(wanted)) {
    for (Bits word : *choices) {
      CEDE_TRY(const bool found, tail_is(self, w, Ref(word), tail));
      if (found) return true;
    }
    return false;
  }
  if (!is_bytes_like(wanted))
    return self.vm.raise(TypeId::TypeError, "{} first arg must be bytes or a tuple of bytes, not {}",
                         tail == Tail::Start ? "startswith" : "endswith",
                         display_name(type_of(self.vm, wanted)));
  return tail_is(self, w, wanted, tail);
}

}  // namespace

Result<std::int64_t> bytes_find(const BytesSelf& self, Ref sub, Ref start, Ref end) {
  return position_of(self, sub, start, end, first_match);
}
Result<std::int64_t> bytes_rfind(const BytesSelf& self, Ref sub, Ref start, Ref end) {
  return position_of(self, sub, start, end, find_last_text);
}
Result<std::int64_t> bytes_index(const BytesSelf& self, Ref sub, Ref start, Ref end) {
  return known_position(self, sub, start, end, first_match);
}
Result<std::int64_t> bytes_rindex(const BytesSelf& self, Ref sub, Ref start, Ref end) {
  return known_position(self, sub, start, end, find_last_text);
}

Result<std::int64_t> bytes_count(const BytesSelf& self, Ref sub, Ref start, Ref end) {
  CEDE_TRY(const SearchRange range, self.converted([&] { return read_search_range(self.vm, start, end); }));
  BytesNeedle needle;
  CEDE_CHECK(self.converted([&] { return needle.read(self.vm, sub, BytesNeedle::Use::Find); }));
  const Window w = window_of(self, range);
  if (!w.present) return std::int64_t{0};
  const std::string_view text = needle.text();
  if (text.empty()) return static_cast<std::int64_t>(w.text.size() + 1);
  CEDE_TRY(const std::size_t count, count_text(self.vm, w.text, text));
  return static_cast<std::int64_t>(count);
}

Result<bool> bytes_startswith(const BytesSelf& self, Ref prefix, Ref start, Ref end) {
  return has_tail(self, prefix, start, end, Tail::Start);
}
Result<bool> bytes_endswith(const BytesSelf& self, Ref suffix, Ref start, Ref end) {
  return has_tail(self, suffix, start, end, Tail::End);
}

// ---- partition, removeprefix, removesuffix

namespace {
// bytes give back the separator object itself, bytearrays a new one.
Owned parts(const BytesSelf& self, Ref separator, std::string_view separator_text, Search search,
            bool rest_first) {
  if (separator_text.empty()) return self.vm.raise_text(TypeId::ValueError, "empty separator");
  CEDE_TRY(const std::size_t at, search(self.vm, self.text, separator_text));
  if (at == not_found) {
    CEDE_TRY(const Value whole, self.make(self.text));
    CEDE_TRY(const Value first_empty, self.make(""));
    CEDE_TRY(const Value second_empty, self.make(""));
    return rest_first ? tuple_of(self.vm, {first_empty, second_empty, whole})
                      : tuple_of(self.vm, {whole, first_empty, second_empty});
  }
  CEDE_TRY(const Value before, self.make(self.text.substr(0, at)));
  CEDE_TRY(const Value middle, self.is_array() ? bytearray_from(self.vm, separator_text) : Value(separator));
  CEDE_TRY(const Value after, self.make(self.text.substr(at + separator_text.size())));
  return tuple_of(self.vm, {before, middle, after});
}
}  // namespace

Owned bytes_partition(const BytesSelf& self, Ref separator) {
  BufferView view;
  CEDE_CHECK(view.acquire(self.vm, separator));
  return parts(self, separator, view.bytes(), first_match, false);
}
Owned bytes_rpartition(const BytesSelf& self, Ref separator) {
  BufferView view;
  CEDE_CHECK(view.acquire(self.vm, separator));
  return parts(self, separator, view.bytes(), find_last_text, true);
}
Owned bytes_removeprefix(const BytesSelf& self, Ref prefix) {
  BufferView view;
  CEDE_CHECK(view.acquire(self.vm, prefix));
  return self.make(self.text.starts_with(view.bytes()) ? self.text.substr(view.size()) : self.text);
}
Owned bytes_removesuffix(const BytesSelf& self, Ref suffix) {
  BufferView view;
  CEDE_CHECK(view.acquire(self.vm, suffix));
  return self.make(self.text.ends_with(view.bytes()) ? self.text.substr(0, self.text.size() - view.size())
                                                     : self.text);
}

// ---- replace

Owned bytes_replace(const BytesSelf& self, Ref old_bytes, Ref new_bytes, Ref count_argument) {
  BufferView old_view, new_view;
  CEDE_CHECK(old_view.acquire(self.vm, old_bytes));
  CEDE_CHECK(new_view.acquire(self.vm, new_bytes));
  CEDE_TRY(const std::int64_t given, self.converted([&] { return ssize_argument(self.vm, count_argument); }));
  const std::size_t limit = limit_of(given);
  const std::string_view from = old_view.bytes(), to = new_view.bytes();
  StringBuilder out(self.vm);
  std::size_t at = 0;
  if (from.empty()) {
    for (std::size_t done = 0; done < limit; ++done) {
      CEDE_CHECK(out.append(to));
      if (at == self.text.size()) break;
      CEDE_CHECK(out.append(self.text[at++]));
    }
  } else {
    for (std::size_t done = 0; done < limit; ++done) {
      CEDE_TRY(const std::size_t found, find_text(self.vm, self.text, from, at));
      if (found == not_found) break;
      if ((done & 4095) == 4095) CEDE_CHECK(self.vm.check_stop());
      CEDE_CHECK(out.append(self.text.substr(at, found - at)));
      CEDE_CHECK(out.append(to));
      at = found + from.size();
    }
    if (at == 0) return self.make(self.text);
  }
  CEDE_CHECK(out.append(self.text.substr(at)));
  return self.make(out.view());
}

// ---- split

namespace {

bool is_space(char c) { return c == ' ' || (c >= 9 && c <= 13); }
struct ByteSpace {
  static std::size_t at(const char* p) { return is_space(*p); }
  static std::size_t before(const char* p) { return is_space(p[-1]); }
  static std::size_t step(const char*) { return 1; }
  static std::size_t step_back(const char*) { return 1; }
};
struct LineBreak {
  static std::size_t at(const char* p, const char* end) {
    if (*p == '\r') return p + 1 < end && p[1] == '\n' ? 2 : 1;
    return *p == '\n';
  }
};

struct Pieces {
  const BytesSelf& self;
  List& list;
  Status operator()(std::size_t start, std::size_t stop) const {
    CEDE_TRY(Value piece, self.make(self.text.substr(start, stop - start)));
    CEDE_CHECK(list_push(self.vm, list, std::move(piece)));
    return self.vm.check_interrupts();
  }
};

Status split_into(const BytesSelf& self, Ref separator, std::int64_t maximum, bool back, List& list) {
  const Pieces pieces{self, list};
  if (separator.is_none())
    return back ? split_space_back<ByteSpace>(self.text, maximum, pieces)
                : split_space<ByteSpace>(self.text, maximum, pieces);
  BufferView view;
  CEDE_CHECK(view.acquire(self.vm, separator));
  if (view.size() == 0) return self.vm.raise_text(TypeId::ValueError, "empty separator");
  return back ? split_back_by(self.vm, self.text, view.bytes(), maximum, pieces)
              : split_by(self.vm, self.text, view.bytes(), maximum, pieces);
}

}  // namespace

Owned bytes_split(const BytesSelf& self, Ref separator, Ref maximum_argument) {
  CEDE_TRY(const std::int64_t maximum, self.converted([&] { return ssize_argument(self.vm, maximum_argument); }));
  CEDE_TRY(Value list, list_new(self.vm));
  CEDE_CHECK(split_into(self, separator, maximum, false, cast<List>(list)));
  return list;
}
Owned bytes_rsplit(const BytesSelf& self, Ref separator, Ref maximum_argument) {
  CEDE_TRY(const std::int64_t maximum, self.converted([&] { return ssize_argument(self.vm, maximum_argument); }));
  CEDE_TRY(Value list, list_new(self.vm));
  CEDE_CHECK(split_into(self, separator, maximum, true, cast<List>(list)));
  list_reverse_items(cast<List>(list));
  return list;
}
Owned bytes_splitlines(const BytesSelf& self, bool keep_ends) {
  CEDE_TRY(Value list, list_new(self.vm));
  CEDE_CHECK(split_lines<LineBreak>(self.text, keep_ends, Pieces{self, cast<List>(list)}));
  return list;
}

// ---- strip

namespace {
enum Side : unsigned { Left = 1, Right = 2, Both = 3 };

Owned strip(const BytesSelf& self, Ref characters, unsigned side) {
  bool listed[256] = {};
  if (characters.is_none()) {
    for (int c = 0; c < 256; ++c) listed[c] = is_space(static_cast<char>(c));
  } else {
    BufferView view;
    CEDE_CHECK(view.acquire(self.vm, characters));
    for (char c : view.bytes()) listed[static_cast<unsigned char>(c)] = true;
  }
  std::string_view rest = self.text;
  while (side & Left && !rest.empty() && listed[static_cast<unsigned char>(rest.front())])
    rest.remove_prefix(1);
  while (side & Right && !rest.empty() && listed[static_cast<unsigned char>(rest.back())])
    rest.remove_suffix(1);
  return self.make(rest);
}
}  // namespace

Owned bytes_strip(const BytesSelf& self, Ref characters) { return strip(self, characters, Both); }
Owned bytes_lstrip(const BytesSelf& self, Ref characters) { return strip(self, characters, Left); }
Owned bytes_rstrip(const BytesSelf& self, Ref characters) { return strip(self, characters, Right); }

// ---- join

Owned bytes_join(const BytesSelf& self, Ref iterable) {
  VM& vm = self.vm;
  Value held;
  std::span<const Bits> words;
  if (const Tuple* tuple = as<Tuple>(iterable)) {
    words = tuple->words();
  } else {
    Value iterator = get_iterator(vm, iterable);
    if (iterator.is_raised()) {
      if (!vm.error_is(TypeId::TypeError)) return raised;
      vm.clear_error();
      return vm.raise_text(TypeId::TypeError, "can only join an iterable");
    }
    CEDE_TRY(held, list_from(vm, iterator));
    words = {cast<List>(held).items.data(), cast<List>(held).size()};
  }
  if (words.size() == 1 && !self.is_array() && is_exact(Ref(words[0]), TypeId::Bytes))
    return Owned::share(Ref(words[0]));
  StringBuilder out(vm);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Ref item(words[i]);
    BufferView view;
    if (view.acquire(vm, item).is_raised()) {
      vm.clear_error();
      return vm.raise(TypeId::TypeError, "sequence item {}: expected a bytes-like object, {} found", i,
                      display_name(type_of(vm, item)));
    }
    if (i) CEDE_CHECK(out.append(self.text));
    CEDE_CHECK(out.append(view.bytes()));
  }
  return self.make(out.view());
}

}  // namespace cede
