// TextIOWrapper: bytes to text and back, piece by piece.
#include "runtime/types/bytes.hpp"
#include "runtime/types/exceptions.hpp"
#include "stdlib/io/text.hpp"

namespace cede::stdlib {

namespace {

bool has_order(Encoding encoding) { return encoding == Encoding::Utf16 || encoding == Encoding::Utf32; }
std::size_t unit_size(Encoding encoding) {
  switch (encoding) {
    case Encoding::Utf16: case Encoding::Utf16Le: case Encoding::Utf16Be: return 2;
    case Encoding::Utf32: case Encoding::Utf32Le: case Encoding::Utf32Be: return 4;
    default: return 1;
  }
}
// The encoding with its byte order, once that is known.
Encoding resolved(const TextDecoder& decoder) {
  if (decoder.encoding == Encoding::Utf16) return decoder.big ? Encoding::Utf16Be : Encoding::Utf16Le;
  if (decoder.encoding == Encoding::Utf32) return decoder.big ? Encoding::Utf32Be : Encoding::Utf32Le;
  return decoder.encoding == Encoding::Utf8Sig ? Encoding::Utf8 : decoder.encoding;
}

// How many bytes from the start form whole characters (or errors).
std::size_t complete_prefix(Encoding encoding, std::string_view bytes) {
  const std::size_t unit = unit_size(encoding);
  if (unit == 1) return encoding == Encoding::Utf8 ? utf8_complete_prefix(bytes) : bytes.size();
  std::size_t whole = bytes.size() - bytes.size() % unit;
  if (unit == 2 && whole >= 2) {
    const unsigned char high = static_cast<unsigned char>(bytes[encoding == Encoding::Utf16Be ? whole - 2 : whole - 1]);
    if (high >= 0xD8 && high <= 0xDB) whole -= 2;
  }
  return whole;
}

// Looks for the mark at the start. `size`: its bytes; false: more bytes are needed.
Result<bool> find_mark(VM& vm, TextDecoder& decoder, std::string_view bytes, bool final, std::size_t& size) {
  size = 0;
  if (decoder.order_known) return true;
  if (decoder.encoding == Encoding::Utf8Sig) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (bytes.size() < mark.size() && mark.starts_with(bytes) && !final) return false;
    if (bytes.starts_with(mark)) size = mark.size();
    decoder.order_known = true;
    return true;
  }
  const std::size_t unit = unit_size(decoder.encoding);
  if (bytes.size() < unit) return final && !bytes.empty();
  const bool wide = unit == 4;
  const std::string_view little = wide ? std::string_view("\xFF\xFE\0\0", 4) : std::string_view("\xFF\xFE", 2);
  const std::string_view big = wide ? std::string_view("\0\0\xFE\xFF", 4) : std::string_view("\xFE\xFF", 2);
  if (!bytes.starts_with(little) && !bytes.starts_with(big)) {
    CEDE_TRY(const Value object, bytes_from(vm, bytes));
    CEDE_TRY(Value error, unicode_decode_error_new(vm, encoding_name(decoder.encoding), object, 0, static_cast<std::int64_t>(unit),
                                                   "Stream does not start with BOM"));
    return vm.raise_value(std::move(error));
  }
  decoder.big = bytes.starts_with(big);
  decoder.order_known = true;
  size = unit;
  return true;
}

}  // namespace

std::int64_t TextDecoder::flags(bool universal) const {
  std::int64_t state = 0;
  if (has_order(encoding)) state = order_known ? big : 2;
  else if (encoding == Encoding::Utf8Sig) state = !order_known;
  return universal ? state << 1 | pending_cr : state;
}

void TextDecoder::set_flags(std::int64_t flags, bool universal) {
  held_count = 0;
  pending_cr = universal && (flags & 1);
  const std::int64_t state = universal ? flags >> 1 : flags;
  if (has_order(encoding)) {
    order_known = state != 2;
    big = state == 1;
  } else if (encoding == Encoding::Utf8Sig) {
    order_known = state == 0;
  }
}

Owned text_decode(VM& vm, TextDecoder& decoder, std::string_view input, std::string_view errors, bool final) {
  StringBuilder joined(vm);
  std::string_view bytes = input;
  if (decoder.held_count) {
    CEDE_CHECK(joined.append({decoder.held, decoder.held_count}));
    CEDE_CHECK(joined.append(input));
    bytes = joined.view();
  }
  const auto hold = [&](std::string_view rest) {
    decoder.held_count = static_cast<std::uint8_t>(rest.size());
    if (!rest.empty()) std::memmove(decoder.held, rest.data(), rest.size());
  };
  std::size_t mark = 0;
  if (has_order(decoder.encoding) || decoder.encoding == Encoding::Utf8Sig) {
    CEDE_TRY(const bool known, find_mark(vm, decoder, bytes, final, mark));
    if (!known) {
      hold(bytes);
      return Owned::share(vm.empty_str);
    }
  }
  const Encoding encoding = resolved(decoder);
  const std::string_view body = bytes.substr(mark);
  const std::size_t size = final ? body.size() : complete_prefix(encoding, body);
  // Errors count positions from the start of what was given, the mark included.
  Value text;
  if (mark && encoding != Encoding::Utf8) text = decode_text(vm, bytes.substr(0, mark + size), encoding_name(decoder.encoding), errors);
  else text = decode_text(vm, body.substr(0, size), encoding_name(encoding), errors);
  if (text.is_raised()) return raised;
  hold(body.substr(size));
  return text.take();
}

Owned text_decode_for(VM& vm, TextWrapper& self, std::string_view input, bool final) {
  const Value errors = self.errors;
  CEDE_TRY(Value text, text_decode(vm, self.decoder, input, cast<Str>(errors).view(), final));
  if (!self.universal()) return text.take();
  return translate_newlines(vm, cast<Str>(text), self.newline == TextNewline::Universal, final, self.decoder.pending_cr,
                            self.decoder.seen);
}

Status text_encode_pending(VM& vm, TextWrapper& self, Str& text) {
  const Encoding encoding = self.decoder.encoding;
  const bool marked = has_order(encoding) || encoding == Encoding::Utf8Sig;
  std::string_view name = encoding_name(encoding);
  if (marked && !self.at_start)
    name = encoding == Encoding::Utf16 ? "utf-16-le" : encoding == Encoding::Utf32 ? "utf-32-le" : "utf-8";
  if (text.is_ascii() && unit_size(encoding) == 1 && !(marked && self.at_start)) {
    if (!self.pending.append(vm.heap, text.data, text.byte_size)) return vm.raise_memory_error();
    return Ok;
  }
  const Value errors = self.errors;
  CEDE_TRY(const Value bytes, encode_text(vm, text, name, cast<Str>(errors).view()));
  self.at_start = false;
  if (!self.pending.append(vm.heap, cast<Bytes>(bytes).data, cast<Bytes>(bytes).size)) return vm.raise_memory_error();
  return Ok;
}

}  // namespace cede::stdlib
