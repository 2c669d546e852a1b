// The standard error handlers of encodings, shared by the decoders and encoders of codecs_*.cpp.
#pragma once

#include <string_view>

#include "runtime/types/codecs.hpp"

namespace cede {

enum class ErrorHandler : std::uint8_t {
  Strict,
  Ignore,
  Replace,
  BackslashReplace,
  XmlCharRefReplace,
  NameReplace,
  SurrogateEscape,
  SurrogatePass,
  Unknown,
};
ErrorHandler find_error_handler(std::string_view name);

// One decoding: the input, what has come out, and what is done with errors.
class DecodingRun {
 public:
  DecodingRun(VM& owner, std::string_view input, std::string_view errors, Ref object)
      : vm(owner),
        bytes(input),
        out(owner),
        errors_(errors),
        handler_(find_error_handler(errors)),
        object_(object) {}
  DecodingRun(const DecodingRun&) = delete;

  // The bytes from `start` to `end` cannot be decoded: appends what stands for them; `at` becomes where to go
  // on. Raises.
  Status fail(std::string_view encoding, std::size_t start, std::size_t end, std::string_view reason,
              std::size_t& at);

  VM& vm;
  std::string_view bytes;
  StringBuilder out;

 private:
  Status raise(std::string_view encoding, std::size_t start, std::size_t end, std::string_view reason);
  std::size_t passed_surrogate(std::string_view encoding, std::size_t start, char32_t& code) const;
  std::string_view errors_;
  ErrorHandler handler_;
  Ref object_;
};

// One encoding. `put` writes a code point that the encoding has.
class EncodingRun {
 public:
  EncodingRun(VM& owner, Str& input, std::string_view errors)
      : vm(owner), text(input), out(owner), errors_(errors), handler_(find_error_handler(errors)) {}
  EncodingRun(const EncodingRun&) = delete;

  // The code points from position `start` to `end`, which begin at `run`, cannot be encoded. `put(c)` ->
  // Status encodes a character of their replacement; `surrogates`: the encoding writes surrogates for
  // surrogatepass.
  template<class Put>
  Status fail(std::string_view encoding, std::size_t start, std::size_t end, const char* run,
              std::string_view reason, bool surrogates, bool escapes, Put&& put) {
    const char* at = run;
    for (std::size_t position = start; position < end; ++position) {
      const char32_t c = utf8_take(at);
      char replacement[160];
      std::size_t size = 0;
      switch (handler_) {
        case ErrorHandler::Ignore: continue;
        case ErrorHandler::SurrogateEscape:
          if (!escapes || c < 0xDC80 || c > 0xDCFF) return raise(encoding, position, end, reason);
          CEDE_CHECK(out.append(static_cast<char>(c - 0xDC00)));
          continue;
        case ErrorHandler::SurrogatePass:
          if (!surrogates || !is_surrogate(c)) return raise(encoding, position, end, reason);
          CEDE_CHECK(put(c));
          continue;
        case ErrorHandler::Strict:
        case ErrorHandler::Unknown: return raise(encoding, start, end, reason);
        default: size = replacement_for(c, replacement);
      }
      for (std::size_t i = 0; i < size; ++i) CEDE_CHECK(put(static_cast<unsigned char>(replacement[i])));
    }
    return Ok;
  }

  VM& vm;
  Str& text;
  StringBuilder out;  // bytes

 private:
  Status raise(std::string_view encoding, std::size_t start, std::size_t end, std::string_view reason);
  std::size_t replacement_for(char32_t c, char* buffer) const;
  std::string_view errors_;
  ErrorHandler handler_;
};

// codecs_utf8.cpp, codecs_wide.cpp
enum class ByteOrder : std::uint8_t { Little, Big };
Status decode_utf8(DecodingRun& decoding);
Status decode_utf16(DecodingRun& decoding, ByteOrder order, std::size_t at);
Status decode_utf32(DecodingRun& decoding, ByteOrder order, std::size_t at);
Status encode_utf8(EncodingRun& encoding);
Status encode_utf16(EncodingRun& encoding, ByteOrder order, std::string_view name);
Status encode_utf32(EncodingRun& encoding, ByteOrder order, std::string_view name);

}  // namespace cede
