// repr, str and ascii of any value; format is in types/format_spec.cpp.
#include <algorithm>

#include "runtime/core/protocols.hpp"
#include "runtime/core/special_method.hpp"

namespace cede {
namespace {

void append_escape(std::string& out, char32_t c) {
  if (c < 0x100)
    out += fmt::format("\\x{:02x}", std::uint32_t(c));
  else if (c < 0x10000)
    out += fmt::format("\\u{:04x}", std::uint32_t(c));
  else
    out += fmt::format("\\U{:08x}", std::uint32_t(c));
}

// One code point of generalised UTF-8.
char32_t decode(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  char32_t c;
  std::size_t size;
  if (first < 0x80) {
    c = first;
    size = 1;
  } else if (first < 0xE0) {
    c = char32_t(first & 0x1F) << 6 | (byte(1) & 0x3F);
    size = 2;
  } else if (first < 0xF0) {
    c = char32_t(first & 0x0F) << 12 | char32_t(byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    size = 3;
  } else {
    c = char32_t(first & 0x07) << 18 | char32_t(byte(1) & 0x3F) << 12 | char32_t(byte(2) & 0x3F) << 6 |
        (byte(3) & 0x3F);
    size = 4;
  }
  at += size;
  return c;
}

}  // namespace

Owned repr(VM& vm, Ref object) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded(" while getting the repr of an object")) return raised;
  CEDE_TRY(Value text, type_of(vm, object).slots->repr(vm, object));
  if (is<Str>(text)) return text;
  return vm.raise(TypeId::TypeError, "__repr__ returned non-string (type {})",
                  display_name(type_of(vm, text)));
}

Owned str(VM& vm, Ref object) {
  if (is_exact(object, TypeId::Str)) return Owned::share(object);
  NativeDepthGuard guard(vm);
  if (guard.exceeded(" while getting the str of an object")) return raised;
  CEDE_TRY(Value text, type_of(vm, object).slots->str(vm, object));
  if (is<Str>(text)) return text;
  return vm.raise(TypeId::TypeError, "__str__ returned non-string (type {})",
                  display_name(type_of(vm, text)));
}

Owned ascii(VM& vm, Ref object) {
  CEDE_TRY(Value text, repr(vm, object));
  const std::string_view view = cast<Str>(text).view();
  if (std::all_of(view.begin(), view.end(), [](char c) { return static_cast<signed char>(c) >= 0; }))
    return text;
  std::string out;
  for (std::size_t at = 0; at < view.size();) {
    if (static_cast<signed char>(view[at]) >= 0)
      out += view[at++];
    else
      append_escape(out, decode(view, at));
  }
  return str_from_ascii(vm, out);
}

std::string repr_text(VM& vm, Ref object) {
  Value pending = vm.has_error() ? vm.take_error() : Value();
  std::string text;
  Value made = repr(vm, object);
  if (made.is_raised()) {
    vm.clear_error();
    text = fmt::format("<{} object>", display_name(type_of(vm, object)));
  } else {
    text = cast<Str>(made).view();
  }
  if (!pending.is_unbound()) vm.set_error(std::move(pending));
  return text;
}

ReprGuard::ReprGuard(VM& vm, Ref object) : vm_(vm) {
  entered_ = std::find(vm.thread->repr_stack.begin(), vm.thread->repr_stack.end(), object.object()) == vm.thread->repr_stack.end();
  if (entered_) vm.thread->repr_stack.push_back(object.object());
}
ReprGuard::~ReprGuard() {
  if (entered_) vm_.thread->repr_stack.pop_back();
}

}  // namespace cede
