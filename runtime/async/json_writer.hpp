// JsonWriter: JSON text (RFC 8259), indented by two spaces. Text is Cede's UTF-8, in which a lone surrogate
// is encoded alone; it becomes a \u escape.
#pragma once

#include <cmath>
#include <concepts>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace cede {

class JsonWriter {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name) {
    next();
    quote(name);
    text_ += ": ";
    after_key_ = true;
  }
  void value(std::string_view text) {
    next();
    quote(text);
  }
  void value(const char* text) { value(std::string_view(text)); }
  void value(std::same_as<bool> auto truth) {
    next();
    text_ += truth ? "true" : "false";
  }
  void value(double number) {
    next();
    text_ += std::isfinite(number) ? fmt::format("{}", number) : "null";
  }
  template<std::integral I>
  requires(!std::same_as<I, bool>) void value(I number) {
    next();
    text_ += fmt::format("{}", number);
  }
  void null() {
    next();
    text_ += "null";
  }
  template<class T> void member(std::string_view name, const T& given) {
    key(name);
    value(given);
  }
  std::string take() { return std::move(text_) + "\n"; }

 private:
  void open(char bracket) {
    next();
    text_ += bracket;
    ++depth_;
    first_ = true;
  }
  void close(char bracket) {
    --depth_;
    if (!first_) new_line();
    text_ += bracket;
    first_ = false;
  }
  void next() {
    if (after_key_) {
      after_key_ = false;
      return;
    }
    if (!first_) text_ += ',';
    if (depth_) new_line();
    first_ = false;
  }
  void new_line() {
    text_ += '\n';
    text_.append(depth_ * 2, ' ');
  }
  void quote(std::string_view text) {
    text_ += '"';
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte == '"' || byte == '\\') {
        text_ += '\\';
        text_ += text[i];
      } else if (byte < 0x20 || byte == 0x7F) {
        text_ += fmt::format("\\u{:04x}", byte);
      } else if (byte == 0xED && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) >= 0xA0) {
        const unsigned surrogate = 0xD000u | (static_cast<unsigned>(text[i + 1]) & 0x3F) << 6 |
                                   (static_cast<unsigned>(text[i + 2]) & 0x3F);
        text_ += fmt::format("\\u{:04x}", surrogate);
        i += 2;
      } else {
        text_ += text[i];
      }
    }
    text_ += '"';
  }

  std::string text_;
  std::size_t depth_ = 0;
  bool first_ = true, after_key_ = false;
};

}  // namespace cede
