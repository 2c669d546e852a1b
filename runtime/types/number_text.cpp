// What the constructors of numbers do with text before they read digits.
#include "runtime/types/number_text.hpp"

#include "runtime/types/unicode_database.hpp"
#include "runtime/types/utf8.hpp"

namespace cede {

std::string_view number_text_ascii(std::string_view text, Ref object, StringBuilder& scratch,
                                   bool& raised_error) {
  raised_error = false;
  if (!is<Str>(object) || text_is_ascii(text)) return text;
  for (char32_t c : CodePoints(text)) {
    const int digit = c < 128 ? -1 : unicode_decimal(c);
    const char plain = c < 128               ? static_cast<char>(c)
                       : digit >= 0          ? static_cast<char>('0' + digit)
                       : unicode_is_space(c) ? ' '
                                             : '?';
    if (scratch.append(plain).is_raised()) {
      raised_error = true;
      return {};
    }
  }
  return scratch.view();
}

std::string_view strip_ascii_spaces(std::string_view text) {
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  return text;
}

bool remove_underscores(std::string_view& text, StringBuilder& scratch, bool& raised_error) {
  raised_error = false;
  if (text.find('_') == text.npos) return true;
  const auto is_digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      if (i == 0 || !is_digit(i - 1) || !is_digit(i + 1)) return false;
      continue;
    }
    if (scratch.append(text[i]).is_raised()) {
      raised_error = true;
      return false;
    }
  }
  text = scratch.view();
  return true;
}

Result<std::string> repr_prefix(VM& vm, Ref object, std::size_t limit) {
  CEDE_TRY(const Value text, repr(vm, object));
  const std::string_view view = cast<Str>(text).view();
  if (cast<Str>(text).length <= limit) return std::string(view);
  const char* const end = utf8_skip(view.data(), limit);
  return std::string(view.substr(0, static_cast<std::size_t>(end - view.data())));
}

}  // namespace cede
