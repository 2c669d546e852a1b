// The values of literals. Strings without a backslash are views of the source; the others are decoded into
// the arena, with the escapes of the reference ("String and Bytes literals") and CPython's words for what is
// wrong with them.
#include "lang/literals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>

#include "lang/unicode_names.hpp"

namespace cede::lang {

// ---- warnings

void WarningList::add(const Warning& warning) {
  if (count_ == capacity_) {
    capacity_ = capacity_ ? capacity_ * 2 : 8;
    Warning* items = arena_->allocate_array<Warning>(capacity_);
    std::copy_n(items_, count_, items);
    items_ = items;
  }
  items_[count_++] = warning;
}

ast::Sequence<Warning> WarningList::sorted() const {
  // A rule that was tried twice has warned twice.
  std::stable_sort(items_, items_ + count_,
                   [](const Warning& a, const Warning& b) { return a.start < b.start; });
  Warning* const end = std::unique(items_, items_ + count_, [](const Warning& a, const Warning& b) {
    return a.start == b.start && a.message == b.message;
  });
  return {items_, static_cast<std::uint32_t>(end - items_)};
}

namespace {

// ---- strings

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

char* put_code_point(char* to, std::uint32_t c) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3f)); };
  if (c < 0x80) {
    *to++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *to++ = static_cast<char>(0xc0 | c >> 6);
    *to++ = tail(0);
  } else if (c < 0x10000) {
    *to++ = static_cast<char>(0xe0 | c >> 12);
    *to++ = tail(6);
    *to++ = tail(0);
  } else {
    *to++ = static_cast<char>(0xf0 | c >> 18);
    *to++ = tail(12);
    *to++ = tail(6);
    *to++ = tail(0);
  }
  return to;
}

// Decodes the escapes of one literal. No escape is shorter than what it stands for.
class EscapeDecoder {
 public:
  EscapeDecoder(std::string_view body, const Token& token, const SourceFile& source, Arena& arena,
                WarningList& warnings)
      : body_(body), token_(token), source_(source), arena_(arena), warnings_(warnings) {}

  Decoded str() { return run<false>(); }
  Decoded bytes() { return run<true>(); }

 private:
  template<bool is_bytes> Decoded run() {
    char* const start = arena_.allocate_array<char>(body_.size());
    to_ = start;
    while (at_ < body_.size()) {
      const std::size_t backslash = std::min(body_.find('\\', at_), body_.size());
      std::memcpy(to_, body_.data() + at_, backslash - at_);
      to_ += backslash - at_;
      at_ = backslash;
      if (at_ == body_.size()) break;
      if (!(is_bytes ? bytes_escape() : str_escape())) return {{}, error_, true};
    }
    return {{start, static_cast<std::size_t>(to_ - start)}, {}};
  }

  // Both stand at a backslash, which is never the last character.
  bool str_escape() {
    const char c = body_[at_ + 1];
    switch (c) {
      case 'x': return hexadecimal(2, "truncated \\xXX escape");
      case 'u': return hexadecimal(4, "truncated \\uXXXX escape");
      case 'U': return hexadecimal(8, "truncated \\UXXXXXXXX escape");
      case 'N': return named();
      default: return common_escape(c, true);
    }
  }

  bool bytes_escape() {
    const char c = body_[at_ + 1];
    if (c != 'x') return common_escape(c, false);
    const int high = at_ + 2 < body_.size() ? digit_value(body_[at_ + 2]) : -1;
    const int low = at_ + 3 < body_.size() ? digit_value(body_[at_ + 3]) : -1;
    if (high < 0 || low < 0) {
      error_ = arena_.copy(fmt::format("(value error) invalid \\x escape at position {}", at_));
      return false;
    }
    *to_++ = static_cast<char>(high * 16 + low);
    at_ += 4;
    return true;
  }

  bool common_escape(char c, bool is_str) {
    constexpr std::string_view letters = "\\'\"abfnrtv";
    constexpr std::string_view values = "\\'\"\a\b\f\n\r\t\v";
    if (c == '\n') {
      at_ += 2;
    } else if (c >= '0' && c <= '7') {
      octal(is_str);
    } else if (const std::size_t i = letters.find(c); i != letters.npos) {
      *to_++ = values[i];
      at_ += 2;
    } else {
      // Stays as it is, backslash included; the next round copies the character.
      if (static_cast<unsigned char>(c) < 0x80) warn("invalid escape sequence '\\", {&body_[at_ + 1], 1});
      *to_++ = '\\';
      *to_++ = c;
      at_ += 2;
    }
    return true;
  }

  void octal(bool is_str) {
    const std::size_t start = ++at_;
    unsigned value = 0;
    while (at_ < body_.size() && at_ < start + 3 && body_[at_] >= '0' && body_[at_] <= '7')
      value = value * 8 + static_cast<unsigned>(body_[at_++] - '0');
    if (value > 0377) warn("invalid octal escape sequence '\\", body_.substr(start, at_ - start));
    if (is_str)
      to_ = put_code_point(to_, value);
    else
      *to_++ = static_cast<char>(value);
  }

  bool hexadecimal(std::size_t digits, std::string_view truncated) {
    const std::size_t start = at_ + 2;
    std::uint32_t value = 0;
    std::size_t i = start;
    for (; i < start + digits; ++i) {
      const int digit = i < body_.size() ? digit_value(body_[i]) : -1;
      if (digit < 0) return unicode_error(i, truncated);
      value = value << 4 | static_cast<std::uint32_t>(digit);
    }
    if (value > 0x10ffff) return unicode_error(i, "illegal Unicode character");
    to_ = put_code_point(to_, value);
    at_ = i;
    return true;
  }

  bool named() {
    const std::size_t start = at_ + 3;
    if (start > body_.size() || body_[start - 1] != '{')
      return unicode_error(at_ + 2, "malformed \\N character escape");
    const std::size_t end = body_.find('}', start);
    if (end == body_.npos || end == start)
      return unicode_error(end == body_.npos ? body_.size() : start, "malformed \\N character escape");
    const std::optional<std::uint32_t> c = find_character_by_name(body_.substr(start, end - start));
    if (!c) return unicode_error(end + 1, "unknown Unicode character name");
    to_ = put_code_point(to_, *c);
    at_ = end + 1;
    return true;
  }

  // Positions are those in CPython's intermediate form, where each character outside ASCII is \UXXXXXXXX.
  std::size_t position(std::size_t at) const {
    std::size_t result = 0;
    for (std::size_t i = 0; i < at; ++i) {
      const unsigned char c = static_cast<unsigned char>(body_[i]);
      if (c < 0x80) {
        ++result;
        // A backslash before such a character is written as \u005c.
        if (c == '\\') {
          if (i + 1 < body_.size() && static_cast<unsigned char>(body_[i + 1]) >= 0x80)
            result += 5;
          else if (i + 1 < at)
            ++result, ++i;
        }
      } else if ((c & 0xc0) != 0x80) {
        result += 10;
      }
    }
    return result;
  }

  bool unicode_error(std::size_t end, std::string_view reason) {
    const std::size_t first = position(at_), last = position(end) - 1;
    if (last == first) {
      error_ = arena_.copy(fmt::format(
          "(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position {}: {}", first, reason));
    } else {
      error_ = arena_.copy(
          fmt::format("(unicode error) 'unicodeescape' codec can't decode bytes in position {}-{}: {}", first,
                      last, reason));
    }
    return false;
  }

  // Only the first is reported.
  void warn(std::string_view message, std::string_view sequence) {
    if (warned_) return;
    warned_ = true;
    const std::string text = fmt::format("{}{}'", message, sequence);
    warnings_.add({WarningCategory::SyntaxWarning, source_.line_at(token_.start), token_.start, token_.end,
                   arena_.copy(text)});
  }

  std::string_view body_;
  const Token& token_;
  const SourceFile& source_;
  Arena& arena_;
  WarningList& warnings_;
  std::size_t at_ = 0;
  char* to_ = nullptr;
  std::string_view error_;
  bool warned_ = false;
};

// The text between the quotes.
std::string_view body_of(const Token& token, std::string_view text) {
  const std::size_t quote = text.find_first_of("'\"");
  const std::size_t quotes = token.flags & Token::Triple ? 3 : 1;
  return text.substr(quote + quotes, text.size() - quote - 2 * quotes);
}

std::string_view text_of(const Token& token, const SourceFile& source) {
  return {source.text().data() + token.start, token.end - token.start};
}

Decoded decode_str(std::string_view body, const Token& token, const SourceFile& source, Arena& arena,
                   WarningList& warnings) {
  if (token.flags & Token::NonAscii) {
    // Ill-formed text is decoded piece by piece by CPython: after a backslash from there, else as a whole.
    const Utf8Fault fault = find_utf8_fault(body);
    if (!fault.reason.empty()) {
      std::size_t start = 0;
      if (!(token.flags & (Token::Plain | Token::Raw))) {
        start = fault.start;
        while (start > 0 && (body[start - 1] & 0x80)) --start;
      }
      const std::string_view piece = body.substr(start);
      return {{}, arena.copy("(unicode error) " + utf8_fault_message(piece, find_utf8_fault(piece))), true};
    }
  }
  if (token.flags & (Token::Plain | Token::Raw)) return {body, {}};
  return EscapeDecoder(body, token, source, arena, warnings).str();
}

// ---- numbers

std::string without_underscores(std::string_view text) {
  std::string digits(text);
  std::erase(digits, '_');
  return digits;
}

// Binary digits of any number -> hexadecimal ones.
std::string to_hexadecimal(std::string_view digits, int bits_per_digit) {
  std::string result;
  unsigned pending = 0;
  int bits = 0;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    pending |= static_cast<unsigned>(digit_value(*digit)) << bits;
    for (bits += bits_per_digit; bits >= 4; bits -= 4, pending >>= 4)
      result.push_back("0123456789abcdef"[pending & 15]);
  }
  if (bits > 0) result.push_back("0123456789abcdef"[pending & 15]);
  std::ranges::reverse(result);
  return result;
}

std::string_view without_leading_zeros(std::string_view digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

// The value of a decimal literal without underscores, infinity or 0 if it is out of range.
double to_double(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc::result_out_of_range) return value;
  const std::size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
  const std::string_view digits = text.substr(0, exponent_at);
  std::int64_t exponent = 0;
  for (const char c : text.substr(exponent_at)) {
    if (c >= '0' && c <= '9')
      exponent = std::min<std::int64_t>(exponent * 10 + (c - '0'), INT32_MAX * std::int64_t{4});
  }
  if (text.find('-', exponent_at) != text.npos) exponent = -exponent;
  const std::int64_t point = static_cast<std::int64_t>(std::min(digits.find('.'), digits.size()));
  const std::int64_t leading = static_cast<std::int64_t>(digits.find_first_not_of("0."));
  return exponent + point - leading > 0 ? std::numeric_limits<double>::infinity() : 0;
}

void set_integer(ast::Constant& constant, std::int64_t value) {
  constant.type = ast::ConstantType::Int;
  constant.integer = value;
}

void set_big(ast::Constant& constant, std::string_view digits, std::uint8_t base, Arena& arena) {
  constant.type = ast::ConstantType::BigInt;
  constant.base = base;
  constant.text = arena.copy(digits);
}

void decode_radix(std::string_view all_digits, int bits_per_digit, Arena& arena, ast::Constant& constant) {
  const std::string_view digits = without_leading_zeros(all_digits);
  if (digits.size() * static_cast<std::size_t>(bits_per_digit) <= 64) {
    std::uint64_t value = 0;
    for (const char c : digits) value = value << bits_per_digit | static_cast<std::uint64_t>(digit_value(c));
    if (value <= INT64_MAX) return set_integer(constant, static_cast<std::int64_t>(value));
  }
  const std::string hexadecimal = to_hexadecimal(digits, bits_per_digit);
  set_big(constant, without_leading_zeros(hexadecimal), 16, arena);
}

std::string_view decode_decimal(std::string_view all_digits, Arena& arena, std::uint32_t maximum,
                                ast::Constant& constant) {
  const std::string_view digits = without_leading_zeros(all_digits);
  if (digits.size() <= 18) {
    std::int64_t value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    set_integer(constant, value);
    return {};
  }
  if (digits.size() == 19) {
    std::uint64_t value = 0;
    for (const char c : digits) value = value * 10 + static_cast<std::uint64_t>(c - '0');
    if (value <= INT64_MAX) {
      set_integer(constant, static_cast<std::int64_t>(value));
      return {};
    }
  }
  if (maximum != 0 && all_digits.size() > maximum && all_digits.size() > 640) {
    return arena.copy(
        fmt::format("Exceeds the limit ({} digits) for integer string conversion: value has {} digits; use "
                    "sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge "
                    "integer literals to avoid "
                    "decimal conversion limits.",
                    maximum, all_digits.size()));
  }
  set_big(constant, digits, 10, arena);
  return {};
}

}  // namespace

Decoded decode_string(const Token& token, const SourceFile& source, Arena& arena, WarningList& warnings) {
  const std::string_view body = body_of(token, text_of(token, source));
  if (!(token.flags & Token::Bytes)) return decode_str(body, token, source, arena, warnings);
  if (token.flags & Token::NonAscii) return {{}, "bytes can only contain ASCII literal characters", true};
  if (token.flags & (Token::Plain | Token::Raw)) return {body, {}};
  return EscapeDecoder(body, token, source, arena, warnings).bytes();
}

Decoded decode_fstring_middle(const Token& token, const SourceFile& source, Arena& arena,
                              WarningList& warnings) {
  Decoded decoded = decode_str(text_of(token, source), token, source, arena, warnings);
  decoded.error_at_token = false;
  return decoded;
}

std::string_view decode_number(const Token& token, const SourceFile& source, Arena& arena,
                               std::uint32_t max_integer_digits, ast::Constant& constant) {
  std::string_view text = text_of(token, source);
  if (text.size() == 1) {
    set_integer(constant, text[0] - '0');
    return {};
  }
  std::string cleaned;
  if (text.find('_') != text.npos) {
    cleaned = without_underscores(text);
    text = cleaned;
  }
  if (text[0] == '0') {
    switch (text[1] | 0x20) {
      case 'x': return decode_radix(text.substr(2), 4, arena, constant), std::string_view();
      case 'o': return decode_radix(text.substr(2), 3, arena, constant), std::string_view();
      case 'b': return decode_radix(text.substr(2), 1, arena, constant), std::string_view();
      default: break;
    }
  }
  const bool imaginary = (text.back() | 0x20) == 'j';
  if (!imaginary && text.find_first_of(".eE") == text.npos)
    return decode_decimal(text, arena, max_integer_digits, constant);
  constant.type = imaginary ? ast::ConstantType::Complex : ast::ConstantType::Float;
  constant.number = to_double(imaginary ? text.substr(0, text.size() - 1) : text);
  return {};
}

}  // namespace cede::lang
