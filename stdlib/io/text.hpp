// TextIOWrapper: text over a buffer. Inside it: what was read and decoded but not yet taken, and what was written and
// encoded but not yet handed to the buffer. Written by text_wrapper.cpp (construction, state), text_read.cpp,
// text_write.cpp and text_position.cpp (seek and tell).
#pragma once

#include "runtime/types/codecs.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/io/io.hpp"

namespace cede::stdlib {

// An incremental decoder: bytes of an unfinished character, the byte order once it is known, newlines.
struct TextDecoder {
  Encoding encoding = Encoding::Utf8;
  bool order_known = false, big = false;   // of utf-16 and utf-32; utf-8-sig: the mark has been looked for
  char held[8] = {};
  std::uint8_t held_count = 0;
  bool pending_cr = false;
  std::uint8_t seen = 0;

  void reset() {
    order_known = big = pending_cr = false;
    held_count = 0;
    seen = 0;
  }
  // The state besides the bytes held, as CPython's decoders number it: positions in a file contain it.
  std::int64_t flags(bool universal) const;
  void set_flags(std::int64_t flags, bool universal);
};

struct TextWrapper : Object {
  static const Layout* layout();
  static constexpr const char* type_name = "_io.TextIOWrapper";
  Value buffer, encoding, errors;       // Unbound: none; Str; Str
  Value decoded;                        // Str, or Unbound
  std::size_t taken = 0;                // bytes of `decoded` that were given out
  Value snapshot;                       // Bytes: what the decoder was fed last; Unbound: no position is known
  std::int64_t snapshot_flags = 0;      // of the decoder before that
  Buffer<char> pending;                 // encoded, for the buffer
  std::int64_t chunk_size = 8192;
  TextDecoder decoder;
  TextNewline newline = TextNewline::Universal;
  bool ready = false, detached = false, finalizing = false;
  bool line_buffering = false, write_through = false;
  bool can_read = false, can_write = false, has_read1 = false;
  bool seekable = false, telling = false;
  bool at_start = true;                 // the encoder writes a mark first, in encodings that have one

  bool universal() const { return newline == TextNewline::Universal || newline == TextNewline::UniversalUntranslated; }
  std::string_view rest() const {
    return decoded.is_unbound() ? std::string_view() : cast<Str>(decoded).view().substr(taken);
  }
  template<class F> static void fields(TextWrapper& self, F&& field) {
    field(self.buffer); field(self.encoding); field(self.errors); field(self.decoded); field(self.snapshot);
  }
  static void dispose(Heap& heap, TextWrapper& self) { self.pending.free(heap); }
};

Status text_check_ready(VM& vm, const TextWrapper& self);     // initialised and attached
Status text_check_open(VM& vm, TextWrapper& self);            // and not closed
// The buffer's object, if it is exactly a native reader or writer.
Buffered* text_native_buffer(VM& vm, const TextWrapper& self);

// ---- text_codec.cpp
// The text of `input`, behind what is held; what may be the beginning of a character is held, unless `final`.
Owned text_decode(VM& vm, TextDecoder& decoder, std::string_view input, std::string_view errors, bool final);
// With newlines translated as the wrapper wants them.
Owned text_decode_for(VM& vm, TextWrapper& self, std::string_view input, bool final);
Status text_encode_pending(VM& vm, TextWrapper& self, Str& text);

// ---- text_write.cpp
Status text_flush_pending(VM& vm, TextWrapper& self);
Status text_flush(VM& vm, TextWrapper& self);
void text_forget_decoded(TextWrapper& self);
// The encoder writes no mark in the middle of a file.
Status text_fix_encoder(VM& vm, TextWrapper& self);

extern const std::span<const Method> text_read_methods, text_write_methods, text_position_methods;
Owned text_next(VM& vm, Ref self);

}  // namespace cede::stdlib
