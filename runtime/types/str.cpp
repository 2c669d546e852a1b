// `str`: slots, constructor, iterators and the table of methods. The methods are in str_*.cpp by subject.
#include "runtime/types/str.hpp"

#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/codecs.hpp"
#include "runtime/types/format_spec.hpp"
#include "runtime/types/iterators.hpp"
#include "runtime/types/slice.hpp"
#include "runtime/types/str_index.hpp"
#include "runtime/types/str_methods.hpp"
#include "runtime/types/text_arguments.hpp"
#include "runtime/types/text_search.hpp"

namespace cede {

constinit const Layout str_iterator_layout = layout_for<StrIterator>();

namespace {

Owned boolean(bool b) { return Owned(Ref::boolean(b).bits); }

// ---- slots

Owned str_repr(VM& vm, Ref self) {
  StringBuilder out(vm);
  CEDE_CHECK(append_text_repr(out, cast<Str>(self).view()));
  return out.finish();
}
Owned str_str(VM& vm, Ref self) { return str_exact(vm, cast<Str>(self)); }
Result<std::int64_t> str_hash_slot(VM& vm, Ref self) { return str_hash(vm, cast<Str>(self)); }
Result<std::int64_t> str_length(VM&, Ref self) { return static_cast<std::int64_t>(cast<Str>(self).length); }

Owned str_compare(VM&, Ref self, Ref other, CompareOperation operation) {
  const Str* b = as<Str>(other);
  if (!b) return Owned(NotImplemented.bits);
  const Str& a = cast<Str>(self);
  switch (operation) {
    case CompareOperation::Equal: return boolean(str_equal(a, *b));
    case CompareOperation::NotEqual: return boolean(!str_equal(a, *b));
    case CompareOperation::Less: return boolean(str_order(a, *b) < 0);
    case CompareOperation::LessEqual: return boolean(str_order(a, *b) <= 0);
    case CompareOperation::Greater: return boolean(str_order(a, *b) > 0);
    case CompareOperation::GreaterEqual: return boolean(str_order(a, *b) >= 0);
  }
  return Owned(NotImplemented.bits);
}

Result<bool> str_contains(VM& vm, Ref self, Ref item) {
  const Str* text = as<Str>(item);
  if (!text)
    return vm.raise(TypeId::TypeError, "'in <string>' requires string as left operand, not {}",
                    display_name(type_of(vm, item)));
  CEDE_TRY(const std::size_t at, find_text(vm, cast<Str>(self).view(), text->view()));
  return at != not_found;
}

Owned str_add(VM& vm, Ref left, Ref right) {
  if (!is<Str>(left)) return Owned(NotImplemented.bits);
  if (!is<Str>(right))
    return vm.raise(TypeId::TypeError, "can only concatenate str (not \"{}\") to str",
                    display_name(type_of(vm, right)));
  return str_concat(vm, cast<Str>(left), cast<Str>(right));
}

Owned str_multiply(VM& vm, Ref left, Ref right) {
  if (!is<Str>(left)) std::swap(left, right);
  bool known;
  CEDE_TRY(const std::int64_t count, repeat_operand(vm, right, known));
  if (!known) return Owned(NotImplemented.bits);
  return str_repeat(vm, cast<Str>(left), count);
}

Owned str_remainder(VM& vm, Ref left, Ref right) {
  if (!is<Str>(left)) return Owned(NotImplemented.bits);
  return str_percent(vm, cast<Str>(left), right);
}

// Every step-th character of a slice with a step.
Owned stepped(VM& vm, Str& self, const SliceIndices& slice) {
  StringBuilder out(vm);
  if (self.is_ascii()) {
    char* at = out.grow(static_cast<std::size_t>(slice.count));
    if (!at) return raised;
    for (std::int64_t i = 0; i < slice.count; ++i) at[i] = self.data[slice.start + i * slice.step];
    out.advance(static_cast<std::size_t>(slice.count));
    return out.finish();
  }
  if (slice.step == -1) {
    const char* at = self.data + str_byte_position(self, static_cast<std::size_t>(slice.start) + 1);
    for (std::int64_t i = 0; i < slice.count; ++i) CEDE_CHECK(out.append_code_point(utf8_take_back(at)));
    return out.finish();
  }
  for (std::int64_t i = 0; i < slice.count; ++i)
    CEDE_CHECK(out.append_code_point(str_at(self, static_cast<std::size_t>(slice.start + i * slice.step))));
  return out.finish();
}

Owned str_getitem(VM& vm, Ref self_ref, Ref key) {
  Str& self = cast<Str>(self_ref);
  if (key.is_small() || type_of(vm, key).slots->index) {
    CEDE_TRY(const std::int64_t position, subscript_index(vm, key));
    Owned item = str_item(vm, self, position);
    if (item.ref().is_unbound()) return vm.raise_text(TypeId::IndexError, "string index out of range");
    return item;
  }
  if (!is<Slice>(key))
    return vm.raise(TypeId::TypeError, "string indices must be integers, not '{}'",
                    display_name(type_of(vm, key)));
  CEDE_TRY(const SliceIndices slice, slice_indices(vm, key, static_cast<std::int64_t>(self.length)));
  if (slice.count <= 0) return Owned::share(vm.empty_str);
  if (slice.step != 1) return stepped(vm, self, slice);
  return str_substring(vm, self, static_cast<std::size_t>(slice.start),
                       static_cast<std::size_t>(slice.start + slice.count));
}

Owned str_iter(VM& vm, Ref self) { return str_iterator_new(vm, cast<Str>(self)); }

// ---- constructor

// A new instance of a script subclass with the text of `value`.
Owned instance_of(VM& vm, Type& type, Value value) {
  if (value.is_raised() || type.id == TypeId::Str) return value;
  const Str& text = cast<Str>(value);
  std::size_t size = 0;
  (void)str_object_size(text.byte_size, text.length, size);
  Object* object = allocate_instance(vm, type, std::max(size, sizeof(Str)));
  if (!object) return raised;
  Str* made = static_cast<Str*>(object);
  made->flags |= text.flags & Ascii;
  made->hash_plus_one = text.hash_plus_one;
  made->byte_size = text.byte_size;
  made->length = text.length;
  std::memcpy(made->data, text.data, text.byte_size + 1);
  return Value::adopt(object);
}

Value decoded(VM& vm, Ref object, std::string_view encoding, std::string_view errors) {
  if (is<Bytes>(object)) return decode_text(vm, cast<Bytes>(object).view(), encoding, errors, object);
  if (is<Str>(object)) return vm.raise_text(TypeId::TypeError, "decoding str is not supported");
  if (!is_bytes_like(object))
    return vm.raise(TypeId::TypeError, "decoding to str: need a bytes-like object, {} found",
                    display_name(type_of(vm, object)));
  BufferView view;
  CEDE_CHECK(view.acquire(vm, object));
  return decode_text(vm, view.bytes(), encoding, errors, Unbound);
}

Owned str_new(VM& vm, Type& type, Ref object, Optional<std::string_view> encoding,
              Optional<std::string_view> errors) {
  if (object.is_unbound()) return instance_of(vm, type, vm.empty_str);
  if (!encoding && !errors) return instance_of(vm, type, str(vm, object));
  return instance_of(vm, type, decoded(vm, object, encoding.value_or("utf-8"), errors.value_or("strict")));
}

Owned str_construct(VM& vm, Type& type, const Arguments& arguments) {
  if (arguments.positional == 1 && !arguments.keywords) return instance_of(vm, type, str(vm, arguments[0]));
  if (arguments.positional > 3)
    return vm.raise(TypeId::TypeError, "str expected at most 3 arguments, got {}", arguments.positional);
  return call_body<"str(object=<unrepresentable>, encoding=<unrepresentable>, errors=<unrepresentable>)",
                   str_new>(vm, type, arguments);
}

// ---- other methods

Owned str_encode(VM& vm, Str& self, std::string_view encoding, std::string_view errors) {
  return encode_text(vm, self, encoding, errors);
}
Owned str_dunder_format(VM& vm, Str& self, Str& specification) {
  return format_str(vm, self, specification.view());
}
Owned str_getnewargs(VM& vm, Str& self) {
  CEDE_TRY(const Value text, str_exact(vm, self));
  return tuple_of(vm, {text});
}
std::int64_t str_sizeof(VM&, Str& self) {
  const auto length = static_cast<std::int64_t>(self.length);
  if (self.is_ascii()) return 41 + length;
  char32_t largest = 0;
  for (char32_t c : CodePoints(self.view())) largest = std::max(largest, c);
  return largest < 0x100 ? 57 + length : largest < 0x10000 ? 58 + 2 * length : 60 + 4 * length;
}

// ---- iterators

Owned iterator_next(VM& vm, Ref self) { return str_iterator_next(vm, cast<StrIterator>(self)); }

std::int64_t iterator_length_hint(VM&, StrIterator& self) {
  if (self.text.is_unbound()) return 0;
  const Str& text = cast<Str>(self.text);
  return static_cast<std::int64_t>(utf8_length(text.view().substr(self.byte)));
}

Owned iterator_reduce(VM& vm, StrIterator& self) {
  CEDE_TRY(const Value iter, dict_get_str(vm, cast<Dict>(vm.builtins), vm.intern("iter")));
  CEDE_TRY(const Value arguments,
           tuple_of(vm, {self.text.is_unbound() ? Ref(vm.empty_str) : Ref(self.text)}));
  if (self.text.is_unbound()) return tuple_of(vm, {iter, arguments});
  const auto position = static_cast<std::int64_t>(str_position(cast<Str>(self.text), self.byte));
  return tuple_of(vm, {iter, arguments, Ref::small(position)});
}

Status iterator_setstate(VM&, StrIterator& self, Index state) {
  if (self.text.is_unbound()) return Ok;
  const Str& text = cast<Str>(self.text);
  const auto length = static_cast<std::int64_t>(text.length);
  self.byte =
      str_byte_position(text, static_cast<std::size_t>(std::clamp<std::int64_t>(state.value, 0, length)));
  return Ok;
}

constexpr Slots iterator_slots = inherit(object_slots, [](Slots& s) {
  s.iter = iterator_self;
  s.next = iterator_next;
});

constexpr Method iterator_methods[] = {
    method<"__length_hint__(self, /)", iterator_length_hint>,
    method<"__reduce__(self, /)", iterator_reduce>,
    method<"__setstate__(self, state, /)", iterator_setstate>,
};

// ---- the table

constexpr Slots str_slots = inherit(object_slots, [](Slots& s) {
  s.repr = str_repr;
  s.str = str_str;
  s.hash = str_hash_slot;
  s.compare = str_compare;
  s.iter = str_iter;
  s.construct = str_construct;
  s.length = str_length;
  s.getitem = str_getitem;
  s.contains = str_contains;
  s.add = str_add;
  s.multiply = str_multiply;
  s.remainder = str_remainder;
});

constexpr Method str_methods[] = {
    method<"encode(self, /, encoding='utf-8', errors='strict')", str_encode>,
    method<"replace(self, old, new, /, count=-1)", str_replace>,
    method<"split(self, /, sep=None, maxsplit=-1)", str_split>,
    method<"rsplit(self, /, sep=None, maxsplit=-1)", str_rsplit>,
    method<"join(self, iterable, /)", str_join_method>,
    method<"capitalize(self, /)", str_capitalize>,
    method<"casefold(self, /)", str_casefold>,
    method<"title(self, /)", str_title>,
    method<"center(self, width, fillchar=' ', /)", str_center>,
    method<"count(self, sub, start=None, end=None, /)", str_count>,
    method<"expandtabs(self, /, tabsize=8)", str_expandtabs>,
    method<"find(self, sub, start=None, end=None, /)", str_find>,
    method<"partition(self, sep, /)", str_partition>,
    method<"index(self, sub, start=None, end=None, /)", str_index>,
    method<"ljust(self, width, fillchar=' ', /)", str_ljust>,
    method<"lower(self, /)", str_lower>,
    method<"lstrip(self, chars=None, /)", str_lstrip>,
    method<"rfind(self, sub, start=None, end=None, /)", str_rfind>,
    method<"rindex(self, sub, start=None, end=None, /)", str_rindex>,
    method<"rjust(self, width, fillchar=' ', /)", str_rjust>,
    method<"rstrip(self, chars=None, /)", str_rstrip>,
    method<"rpartition(self, sep, /)", str_rpartition>,
    method<"splitlines(self, /, keepends=False)", str_splitlines>,
    method<"strip(self, chars=None, /)", str_strip>,
    method<"swapcase(self, /)", str_swapcase>,
    method<"translate(self, table, /)", str_translate>,
    method<"upper(self, /)", str_upper>,
    method<"startswith(self, prefix, start=None, end=None, /)", str_startswith>,
    method<"endswith(self, suffix, start=None, end=None, /)", str_endswith>,
    method<"removeprefix(self, prefix, /)", str_removeprefix>,
    method<"removesuffix(self, suffix, /)", str_removesuffix>,
    method<"isascii(self, /)", str_isascii>,
    method<"islower(self, /)", str_islower>,
    method<"isupper(self, /)", str_isupper>,
    method<"istitle(self, /)", str_istitle>,
    method<"isspace(self, /)", str_isspace>,
    method<"isdecimal(self, /)", str_isdecimal>,
    method<"isdigit(self, /)", str_isdigit>,
    method<"isnumeric(self, /)", str_isnumeric>,
    method<"isalpha(self, /)", str_isalpha>,
    method<"isalnum(self, /)", str_isalnum>,
    method<"isidentifier(self, /)", str_isidentifier>,
    method<"isprintable(self, /)", str_isprintable>,
    method<"zfill(self, width, /)", str_zfill>,
    method<"format(self, /, *args, **kwargs)", str_format_method>,
    method<"format_map(self, mapping, /)", str_format_map>,
    method<"__format__(self, format_spec, /)", str_dunder_format>,
    method<"maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)", str_maketrans>,
    method<"__sizeof__(self, /)", str_sizeof>,
    method<"__getnewargs__(self, /)", str_getnewargs>,
};

}  // namespace

Value str_iterator_new(VM& vm, Str& text) {
  auto* iterator =
      make_object<StrIterator>(vm, text.is_ascii() ? TypeId::StrAsciiIterator : TypeId::StrIterator);
  if (!iterator) return raised;
  iterator->text = Value(Ref(text));
  return Value::adopt(iterator);
}

extern const NativeType str_type, str_iterator_type, str_ascii_iterator_type;

const NativeType str_type = {
    .name = "str",
    .id = TypeId::Str,
    .base = nullptr,
    .layout = &str_layout,
    .slots = &str_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::MatchSelf | TypeFlag::NoCycles,
    .methods = str_methods,
    .doc =
        "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\n"
        "Create a new string object from the given object. If encoding or\n"
        "errors is specified, then the object must expose a data buffer\n"
        "that will be decoded using the given encoding and error handler.\n"
        "Otherwise, returns the result of object.__str__() (if defined)\n"
        "or repr(object).\n"
        "encoding defaults to sys.getdefaultencoding().\n"
        "errors defaults to 'strict'."};

const NativeType str_iterator_type = {.name = "str_iterator",
                                      .id = TypeId::StrIterator,
                                      .base = nullptr,
                                      .layout = &str_iterator_layout,
                                      .slots = &iterator_slots,
                                      .flags = 0,
                                      .methods = iterator_methods};

const NativeType str_ascii_iterator_type = {.name = "str_ascii_iterator",
                                            .id = TypeId::StrAsciiIterator,
                                            .base = nullptr,
                                            .layout = &str_iterator_layout,
                                            .slots = &iterator_slots,
                                            .flags = 0,
                                            .methods = iterator_methods};

}  // namespace cede
