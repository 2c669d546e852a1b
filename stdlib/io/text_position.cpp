// TextIOWrapper: seek, tell and truncate. A position is an integer that packs, from its low bytes on: a place in the
// buffer where decoding can start (8 bytes), the decoder's flags there (4), how many bytes to feed it then (4), how many of
// the characters that come out are to be skipped (4), and whether it has to be told that the input ends (1).
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "stdlib/io/text.hpp"

namespace cede::stdlib {

namespace {

struct Cookie {
  std::int64_t start = 0, flags = 0, feed = 0, skip = 0;
  bool at_end = false;
};
constexpr std::size_t cookie_size = 21;

Owned pack(VM& vm, const Cookie& cookie) {
  char bytes[cookie_size] = {};
  std::memcpy(bytes, &cookie.start, 8);
  const auto put = [&](std::size_t at, std::int64_t value) {
    const std::int32_t narrow = static_cast<std::int32_t>(value);
    std::memcpy(bytes + at, &narrow, 4);
  };
  put(8, cookie.flags);
  put(12, cookie.feed);
  put(16, cookie.skip);
  bytes[20] = cookie.at_end;
  return int_from_byte_array(vm, {bytes, cookie_size}, true, false);
}

Status unpack(VM& vm, Ref value, Cookie& cookie) {
  CEDE_TRY(const Value number, index(vm, value));
  char bytes[cookie_size];
  CEDE_CHECK(int_to_byte_array(vm, number, bytes, cookie_size, true, false));
  std::memcpy(&cookie.start, bytes, 8);
  const auto get = [&](std::size_t at) {
    std::int32_t narrow;
    std::memcpy(&narrow, bytes + at, 4);
    return narrow;
  };
  cookie.flags = get(8);
  cookie.feed = get(12);
  cookie.skip = get(16);
  cookie.at_end = bytes[20] != 0;
  return Ok;
}

Owned call_seek(VM& vm, TextWrapper& self, Ref position, int whence) {
  const Value buffer = self.buffer;
  return call_method(vm, buffer, vm.intern("seek"), position, Ref::small(whence));
}

// Decodes piece by piece on a decoder that stands at the snapshot: finds the last place before the position at which the
// decoder holds nothing.
class Search {
 public:
  Search(VM& vm, TextWrapper& self, Cookie& cookie) : vm_(vm), self_(self), cookie_(cookie) {}

  Status run(std::string_view fed) {
    std::int64_t decoded = 0;
    for (std::size_t i = 0; i < fed.size() && decoded < cookie_.skip; ++i) {
      ++cookie_.feed;
      CEDE_TRY(const std::int64_t count, feed(fed.substr(i, 1), false));
      decoded += count;
      if (self_.decoder.held_count || decoded > cookie_.skip) continue;
      cookie_.start += cookie_.feed;
      cookie_.skip -= decoded;
      cookie_.flags = self_.decoder.flags(self_.universal());
      cookie_.feed = 0;
      decoded = 0;
      if (cookie_.skip == 0) return Ok;
    }
    if (decoded >= cookie_.skip) return Ok;
    CEDE_TRY(const std::int64_t count, feed("", true));
    cookie_.at_end = true;
    if (decoded + count < cookie_.skip) return vm_.raise(TypeId::OSError, "can't reconstruct logical file position");
    return Ok;
  }

 private:
  Result<std::int64_t> feed(std::string_view bytes, bool final) {
    CEDE_TRY(const Value text, text_decode_for(vm_, self_, bytes, final));
    return static_cast<std::int64_t>(cast<Str>(text).length);
  }
  VM& vm_;
  TextWrapper& self_;
  Cookie& cookie_;
};

// Every character taken stands for as many bytes as its UTF-8 form (or for one) in what the decoder was fed: then the
// position needs no search. The number of bytes, or -1.
std::int64_t bytes_taken(const TextWrapper& self) {
  const std::size_t fed = cast<Bytes>(self.snapshot).size - self.decoder.held_count;
  const Str& decoded = cast<Str>(self.decoded);
  if (self.decoder.pending_cr || self.snapshot_flags) return -1;
  switch (self.decoder.encoding) {
    case Encoding::Utf8: return decoded.byte_size == fed ? static_cast<std::int64_t>(self.taken) : -1;
    case Encoding::Ascii:
    case Encoding::Latin1:
      return decoded.length == fed ? static_cast<std::int64_t>(utf8_length(decoded.view().substr(0, self.taken))) : -1;
    default: return -1;
  }
}

Owned text_tell(VM& vm, TextWrapper& self) {
  CEDE_CHECK(text_check_open(vm, self));
  if (!self.seekable) return raise_unsupported(vm, "underlying stream is not seekable");
  if (!self.telling) return vm.raise(TypeId::OSError, "telling position disabled by next() call");
  CEDE_CHECK(text_flush_pending(vm, self));
  CEDE_TRY(const Value flushed, call_method(vm, &self, *vm.names.flush));
  const Value buffer = self.buffer;
  CEDE_TRY(Value position, call_method(vm, buffer, vm.intern("tell")));
  if (!self.can_read || self.snapshot.is_unbound()) return position.take();
  Cookie cookie;
  CEDE_TRY(cookie.start, index_int64(vm, position));
  const Value snapshot = self.snapshot;
  const std::string_view fed = cast<Bytes>(snapshot).view();
  cookie.start -= static_cast<std::int64_t>(fed.size());
  cookie.flags = self.snapshot_flags;
  if (self.taken == 0) return pack(vm, cookie);
  if (const std::int64_t bytes = bytes_taken(self); bytes >= 0) {
    cookie.start += bytes;
    return pack(vm, cookie);
  }
  cookie.skip = static_cast<std::int64_t>(utf8_length(cast<Str>(self.decoded).view().substr(0, self.taken)));
  const TextDecoder saved = self.decoder;
  self.decoder.set_flags(cookie.flags, self.universal());
  const Status found = Search(vm, self, cookie).run(fed);
  self.decoder = saved;
  CEDE_CHECK(found);
  return pack(vm, cookie);
}

Owned seek_to_end(VM& vm, TextWrapper& self) {
  CEDE_TRY(const Value flushed, call_method(vm, &self, *vm.names.flush));
  text_forget_decoded(self);
  self.snapshot.reset();
  self.decoder.reset();
  CEDE_TRY(Value position, call_seek(vm, self, Ref::small(0), 2));
  CEDE_TRY(const bool at_start, is_equal(vm, position, Ref::small(0)));
  self.at_start = at_start;
  return position.take();
}

// Feeds the decoder what lies before the position, so that it stands in its middle.
Status restore(VM& vm, TextWrapper& self, const Cookie& cookie) {
  self.snapshot_flags = cookie.flags;
  if (!cookie.skip) {
    self.snapshot = vm.empty_bytes;
    return Ok;
  }
  const Value buffer = self.buffer;
  CEDE_TRY(const Value input, call_method(vm, buffer, *vm.names.read, Ref::small(cookie.feed)));
  if (!is<Bytes>(input))
    return vm.raise(TypeId::TypeError, "underlying read() should have returned a bytes object, not '{}'",
                    display_name(type_of(vm, input)));
  self.snapshot = input;
  CEDE_TRY(const Value text, text_decode_for(vm, self, cast<Bytes>(input).view(), cookie.at_end));
  Str& decoded = cast<Str>(text);
  if (static_cast<std::int64_t>(decoded.length) < cookie.skip)
    return vm.raise(TypeId::OSError, "can't restore logical file position");
  self.decoded = text;
  self.taken = static_cast<std::size_t>(utf8_skip(decoded.data, static_cast<std::size_t>(cookie.skip)) - decoded.data);
  return Ok;
}

Owned text_seek(VM& vm, TextWrapper& self, Ref target, int whence) {
  CEDE_CHECK(text_check_open(vm, self));
  if (!self.seekable) return raise_unsupported(vm, "underlying stream is not seekable");
  Value position{target};
  if (whence == 1 || whence == 2) {
    CEDE_TRY(const bool zero, is_equal(vm, position, Ref::small(0)));
    if (!zero)
      return raise_unsupported(vm, whence == 1 ? "can't do nonzero cur-relative seeks" : "can't do nonzero end-relative seeks");
    if (whence == 2) return seek_to_end(vm, self);
    CEDE_TRY(position, call_method(vm, &self, vm.intern("tell")));
  } else if (whence != 0) {
    return vm.raise(TypeId::ValueError, "invalid whence ({}, should be 0, 1 or 2)", whence);
  }
  CEDE_TRY(const bool negative, compare_bool(vm, position, Ref::small(0), CompareOperation::Less));
  if (negative) {
    const std::string shown = repr_text(vm, position);
    return vm.raise(TypeId::ValueError, "negative seek position {}", shown);
  }
  CEDE_TRY(const Value flushed, call_method(vm, &self, *vm.names.flush));
  Cookie cookie;
  CEDE_CHECK(unpack(vm, position, cookie));
  CEDE_TRY(const Value start, int_from(vm, cookie.start));
  CEDE_TRY(const Value moved, call_seek(vm, self, start, 0));
  text_forget_decoded(self);
  self.snapshot.reset();
  const bool at_start = cookie.start == 0 && cookie.flags == 0;
  if (at_start) self.decoder.reset();
  else self.decoder.set_flags(cookie.flags, self.universal());
  if (self.can_read) CEDE_CHECK(restore(vm, self, cookie));
  self.at_start = at_start;
  return position.take();
}

Owned text_truncate(VM& vm, TextWrapper& self, Ref position) {
  CEDE_CHECK(text_check_ready(vm, self));
  CEDE_TRY(const Value flushed, call_method(vm, &self, *vm.names.flush));
  const Value buffer = self.buffer;
  return call_method(vm, buffer, vm.intern("truncate"), position);
}

constexpr Method methods[] = {
    method<"seek(self, cookie, whence=0, /)", text_seek>,
    method<"tell(self, /)", text_tell>,
    method<"truncate(self, pos=None, /)", text_truncate>,
};

}  // namespace

constinit const std::span<const Method> text_position_methods = methods;

}  // namespace cede::stdlib
