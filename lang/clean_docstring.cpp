// Docstrings lose their indentation when they are compiled: tabs become spaces, the first line is stripped on
// the left, and the others lose the margin that all of them have which are not blank.
#include <algorithm>

#include "lang/compiler.hpp"

namespace cede::lang::compiling {
namespace {

constexpr std::size_t tab_size = 8;

std::string expand_tabs(std::string_view text) {
  std::string result;
  std::size_t column = 0;
  for (const char c : text) {
    if (c == '\t') {
      const std::size_t spaces = tab_size - column % tab_size;
      result.append(spaces, ' ');
      column += spaces;
      continue;
    }
    result += c;
    if (c == '\n' || c == '\r')
      column = 0;
    else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80)
      ++column;
  }
  return result;
}

std::size_t indentation(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

template<class Visit> void for_each_line(std::string_view text, Visit&& visit) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    visit(text.substr(at, end - at), at == 0);
    at = end + 1;
  }
}

}  // namespace

std::string clean_docstring(std::string_view text) {
  const std::string expanded =
      text.find('\t') == std::string_view::npos ? std::string(text) : expand_tabs(text);
  std::size_t margin = std::string::npos;
  for_each_line(expanded, [&](std::string_view line, bool first) {
    const std::size_t indent = indentation(line);
    if (!first && indent < line.size()) margin = std::min(margin, indent);
  });
  if (margin == std::string::npos) margin = 0;
  std::string result;
  for_each_line(expanded, [&](std::string_view line, bool first) {
    const std::size_t indent = indentation(line);
    if (!first) result += '\n';
    result += line.substr(first ? indent : std::min(indent, margin));
  });
  return result;
}

}  // namespace cede::lang::compiling
