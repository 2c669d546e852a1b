// str: finding, counting, prefixes, partition and replace. All work on the UTF-8 form; positions are
// translated.
#include "runtime/types/str_methods.hpp"

#include "runtime/types/str_index.hpp"
#include "runtime/types/text_arguments.hpp"
#include "runtime/types/text_search.hpp"

namespace cede {
namespace {

// The part of a string that find() and the like look at; absent if start lies behind the end.
struct Window {
  bool present = false;
  std::size_t start = 0;  // byte position
  std::string_view text;
};

Result<Window> window(VM& vm, Str& self, Ref start, Ref end) {
  Window found;
  std::size_t first = 0, last = self.length;
  CEDE_CHECK(search_range(vm, start, end, self.length, first, last));
  if (first > last) return found;
  found.present = true;
  found.start = str_byte_position(self, first);
  const std::size_t stop = str_byte_position(self, last);
  found.text = {self.data + found.start, stop - found.start};
  return found;
}

using Search = Result<std::size_t> (*)(VM&, std::string_view, std::string_view);
Result<std::size_t> first_match(VM& vm, std::string_view text, std::string_view needle) { return find_text(vm, text, needle); }

Result<std::int64_t> position_of(VM& vm, Str& self, Str& sub, Ref start, Ref end, Search search) {
  CEDE_TRY(const Window w, window(vm, self, start, end));
  if (!w.present) return std::int64_t{-1};
  CEDE_TRY(const std::size_t at, search(vm, w.text, sub.view()));
  if (at == not_found) return std::int64_t{-1};
  return static_cast<std::int64_t>(str_position(self, w.start + at));
}

Result<std::int64_t> known_position(VM& vm, Str& self, Str& sub, Ref start, Ref end, Search search) {
  CEDE_TRY(const std::int64_t at, position_of(vm, self, sub, start, end, search));
  if (at < 0) return vm.raise_text(TypeId::ValueError, "substring not found");
  return at;
}

enum class Tail : std::uint8_t { Start, End };

bool tail_matches(const Window& w, std::string_view text, Tail tail) {
  return tail == Tail::Start ? w.text.starts_with(text) : w.text.ends_with(text);
}

Result<bool> has_tail(VM& vm, Str& self, Ref wanted, Ref start, Ref end, Tail tail) {
  const char* name = tail == Tail::Start ? "startswith" : "endswith";
  CEDE_TRY(const Window w, window(vm, self, start, end));
  if (const Str* text = as<Str>(wanted)) return w.present && tail_matches(w, text->view(), tail);
  const Tuple* choices = as<Tuple>(wanted);
  if (!choices)
    return vm.raise(TypeId::TypeError, "{} first arg must be str or a tuple of str, not {}", name,
                    display_name(type_of(vm, wanted)));
  for (Bits word : *choices) {
    const Str* text = as<Str>(Ref(word));
    if (!text)
      return vm.raise(TypeId::TypeError, "tuple for {} must only contain str, not {}", name,
                      display_name(type_of(vm, Ref(word))));
    if (w.present && tail_matches(w, text->view(), tail)) return true;
  }
  return false;
}

}  // namespace

Result<std::int64_t> str_find(VM& vm, Str& self, Str& sub, Ref start, Ref end) {
  return position_of(vm, self, sub, start, end, first_match);
}
Result<std::int64_t> str_rfind(VM& vm, Str& self, Str& sub, Ref start, Ref end) {
  return position_of(vm, self, sub, start, end, find_last_text);
}
Result<std::int64_t> str_index(VM& vm, Str& self, Str& sub, Ref start, Ref end) {
  return known_position(vm, self, sub, start, end, first_match);
}
Result<std::int64_t> str_rindex(VM& vm, Str& self, Str& sub, Ref start, Ref end) {
  return known_position(vm, self, sub, start, end, find_last_text);
}

Result<std::int64_t> str_count(VM& vm, Str& self, Str& sub, Ref start, Ref end) {
  CEDE_TRY(const Window w, window(vm, self, start, end));
  if (!w.present) return std::int64_t{0};
  if (!sub.byte_size) return static_cast<std::int64_t>(utf8_length(w.text) + 1);
  CEDE_TRY(const std::size_t count, count_text(vm, w.text, sub.view()));
  return static_cast<std::int64_t>(count);
}

Result<bool> str_startswith(VM& vm, Str& self, Ref prefix, Ref start, Ref end) {
  return has_tail(vm, self, prefix, start, end, Tail::Start);
}
Result<bool> str_endswith(VM& vm, Str& self, Ref suffix, Ref start, Ref end) {
  return has_tail(vm, self, suffix, start, end, Tail::End);
}

// ---- partition

namespace {

// Where the separator is; raises for what is none.
Result<std::size_t> separator_position(VM& vm, Str& self, Ref separator, Search search) {
  const Str* text = as<Str>(separator);
  if (!text) return vm.raise(TypeId::TypeError, "must be str, not {}", display_name(type_of(vm, separator)));
  if (text->byte_size == 0) return vm.raise_text(TypeId::ValueError, "empty separator");
  return search(vm, self.view(), text->view());
}

Owned three_parts(VM& vm, Str& self, Ref separator, std::size_t at) {
  CEDE_TRY(const Value before, str_byte_slice(vm, self, 0, at));
  CEDE_TRY(const Value after, str_byte_slice(vm, self, at + cast<Str>(separator).byte_size, self.byte_size));
  return tuple_of(vm, {before, separator, after});
}

}  // namespace

Owned str_partition(VM& vm, Str& self, Ref separator) {
  CEDE_TRY(const std::size_t at, separator_position(vm, self, separator, first_match));
  if (at != not_found) return three_parts(vm, self, separator, at);
  return tuple_of(vm, {Ref(self), vm.empty_str, vm.empty_str});
}

Owned str_rpartition(VM& vm, Str& self, Ref separator) {
  CEDE_TRY(const std::size_t at, separator_position(vm, self, separator, find_last_text));
  if (at != not_found) return three_parts(vm, self, separator, at);
  return tuple_of(vm, {vm.empty_str, vm.empty_str, Ref(self)});
}

Value str_removeprefix(VM& vm, Str& self, Str& prefix) {
  if (!self.view().starts_with(prefix.view())) return str_exact(vm, self);
  return str_byte_slice(vm, self, prefix.byte_size, self.byte_size);
}
Value str_removesuffix(VM& vm, Str& self, Str& suffix) {
  if (suffix.byte_size == 0 || !self.view().ends_with(suffix.view())) return str_exact(vm, self);
  return str_byte_slice(vm, self, 0, self.byte_size - suffix.byte_size);
}

// ---- replace

namespace {

// new.join over the code points: what replacing the empty string does, at most `limit` times.
Owned replace_between(VM& vm, Str& self, std::string_view new_text, std::size_t limit) {
  StringBuilder out(vm);
  const char *at = self.data, *end = at + self.byte_size;
  for (std::size_t done = 0; done < limit; ++done) {
    CEDE_CHECK(out.append(new_text));
    if (at == end) break;
    const std::size_t size = utf8_lead_size(*at);
    CEDE_CHECK(out.append({at, size}));
    at += size;
  }
  CEDE_CHECK(out.append({at, static_cast<std::size_t>(end - at)}));
  return out.finish();
}

Owned replace_matches(VM& vm, Str& self, Str& old_text, Str& new_text, std::size_t count) {
  std::size_t added, added_length;
  if (!multiply_sizes(count, new_text.byte_size, added) ||
      !multiply_sizes(count, new_text.length, added_length) || !add_sizes(added, self.byte_size, added))
    return vm.raise_text(TypeId::OverflowError, "replace string is too long");
  const std::size_t byte_size = added - count * old_text.byte_size;
  if (byte_size == 0) return Owned::share(vm.empty_str);
  CEDE_TRY(Value made,
           str_uninitialised(vm, byte_size, self.length + added_length - count * old_text.length));
  char* out = cast<Str>(made).data;
  const auto put = [&](const char* data, std::size_t size) {
    return in_pieces(vm, size, bytes_at_once, [&](std::size_t begin, std::size_t end) {
      std::memcpy(out, data + begin, end - begin);
      out += end - begin;
    });
  };
  std::size_t from = 0;
  for (; count; --count) {
    CEDE_TRY(const std::size_t at, find_text(vm, self.view(), old_text.view(), from));
    CEDE_CHECK(put(self.data + from, at - from));
    CEDE_CHECK(put(new_text.data, new_text.byte_size));
    from = at + old_text.byte_size;
    if ((count & 4095) == 0) CEDE_CHECK(vm.check_stop());
  }
  CEDE_CHECK(put(self.data + from, self.byte_size - from));
  return made;
}

}  // namespace

Owned str_replace(VM& vm, Str& self, Str& old_text, Str& new_text, Ref count_argument) {
  CEDE_TRY(const std::int64_t given, ssize_argument(vm, count_argument));
  const std::size_t limit = limit_of(given);
  if (limit == 0) return str_exact(vm, self);
  if (old_text.byte_size == 0) return replace_between(vm, self, new_text.view(), limit);
  CEDE_TRY(const std::size_t count, count_text(vm, self.view(), old_text.view(), limit));
  if (count == 0 || str_equal(old_text, new_text)) return str_exact(vm, self);
  return replace_matches(vm, self, old_text, new_text, count);
}

}  // namespace cede
