// Error handlers of encodings.
#include "runtime/types/codec_errors.hpp"

#include <algorithm>
#include <array>

#include "lang/unicode_names.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/exceptions.hpp"

namespace cede {

ErrorHandler find_error_handler(std::string_view name) {
  static constexpr std::pair<std::string_view, ErrorHandler> handlers[] = {
      {"strict", ErrorHandler::Strict},
      {"ignore", ErrorHandler::Ignore},
      {"replace", ErrorHandler::Replace},
      {"backslashreplace", ErrorHandler::BackslashReplace},
      {"xmlcharrefreplace", ErrorHandler::XmlCharRefReplace},
      {"namereplace", ErrorHandler::NameReplace},
      {"surrogateescape", ErrorHandler::SurrogateEscape},
      {"surrogatepass", ErrorHandler::SurrogatePass},
  };
  for (const auto& [known, handler] : handlers)
    if (known == name) return handler;
  return ErrorHandler::Unknown;
}

// ---- decoding

Status DecodingRun::raise(std::string_view encoding, std::size_t start, std::size_t end,
                          std::string_view reason) {
  Value object{object_};
  if (object.is_unbound()) {
    object = bytes_from(vm, bytes);
    if (object.is_raised()) return raised;
  }
  return vm.raise_value(unicode_decode_error_new(vm, encoding, object, static_cast<std::int64_t>(start),
                                                 static_cast<std::int64_t>(end), reason));
}

// The size of the encoded surrogate at `start`, or 0.
std::size_t DecodingRun::passed_surrogate(std::string_view encoding, std::size_t start,
                                          char32_t& code) const {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(bytes[start + i]));
  };
  const std::size_t left = bytes.size() - start;
  const bool big = encoding.ends_with("be");
  std::size_t size = 0;
  if (encoding == "utf-8") {
    size = 3;
    if (left < 3 || (byte(0) & 0xF0) != 0xE0 || (byte(1) & 0xC0) != 0x80 || (byte(2) & 0xC0) != 0x80)
      return 0;
    code = (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  } else if (encoding.starts_with("utf-16")) {
    size = 2;
    if (left < 2) return 0;
    code = big ? byte(0) << 8 | byte(1) : byte(1) << 8 | byte(0);
  } else if (encoding.starts_with("utf-32")) {
    size = 4;
    if (left < 4) return 0;
    code = big ? byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3)
               : byte(3) << 24 | byte(2) << 16 | byte(1) << 8 | byte(0);
  }
  return size && is_surrogate(code) ? size : 0;
}

Status DecodingRun::fail(std::string_view encoding, std::size_t start, std::size_t end,
                         std::string_view reason, std::size_t& at) {
  at = end;
  switch (handler_) {
    case ErrorHandler::Strict: return raise(encoding, start, end, reason);
    case ErrorHandler::Ignore: return Ok;
    case ErrorHandler::Replace: return out.append_code_point(0xFFFD);
    case ErrorHandler::BackslashReplace:
      for (std::size_t i = start; i < end; ++i)
        CEDE_CHECK(out.append(fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes[i]))));
      return Ok;
    case ErrorHandler::SurrogateEscape: {
      std::size_t i = start;
      for (; i < end && i < start + 4 && static_cast<unsigned char>(bytes[i]) >= 0x80; ++i)
        CEDE_CHECK(out.append_code_point(0xDC00 + static_cast<unsigned char>(bytes[i])));
      at = i;
      return i == start ? raise(encoding, start, end, reason) : Ok;
    }
    case ErrorHandler::SurrogatePass: {
      char32_t code = 0;
      const std::size_t size = passed_surrogate(encoding, start, code);
      if (!size) return raise(encoding, start, end, reason);
      at = start + size;
      return out.append_code_point(code);
    }
    case ErrorHandler::XmlCharRefReplace:
    case ErrorHandler::NameReplace:
      return vm.raise_text(TypeId::TypeError,
                           "don't know how to handle UnicodeDecodeError in error callback");
    case ErrorHandler::Unknown: break;
  }
  return vm.raise(TypeId::LookupError, "unknown error handler name '{}'", errors_);
}

// ---- encoding

Status EncodingRun::raise(std::string_view encoding, std::size_t start, std::size_t end,
                          std::string_view reason) {
  if (handler_ == ErrorHandler::Unknown)
    return vm.raise(TypeId::LookupError, "unknown error handler name '{}'", errors_);
  return vm.raise_value(unicode_encode_error_new(vm, encoding, text, static_cast<std::int64_t>(start),
                                                 static_cast<std::int64_t>(end), reason));
}

std::size_t EncodingRun::replacement_for(char32_t c, char* buffer) const {
  const auto code = static_cast<std::uint32_t>(c);
  std::string made;
  if (handler_ == ErrorHandler::Replace)
    made = "?";
  else if (handler_ == ErrorHandler::XmlCharRefReplace)
    made = fmt::format("&#{};", code);
  else if (handler_ == ErrorHandler::NameReplace)
    made = lang::character_name(code);
  if (handler_ == ErrorHandler::NameReplace && !made.empty()) made = "\\N{" + made + "}";
  if (made.empty())
    made = c < 0x100     ? fmt::format("\\x{:02x}", code)
           : c < 0x10000 ? fmt::format("\\u{:04x}", code)
                         : fmt::format("\\U{:08x}", code);
  std::copy(made.begin(), made.end(), buffer);
  return made.size();
}

}  // namespace cede
