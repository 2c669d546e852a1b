// Signatures of native functions in CPython's text form, parsed at compile time:
//   "insert(self, index, object, /)"   "sort(self, /, *, key=None, reverse=False)"   "print(*args, sep=' ', end='\n')"
// A first parameter named self, type or cls says what kind of method it is; it is not counted as a parameter here. A
// function whose own first parameter has such a name starts with $module: "issubclass($module, cls, class_or_tuple, /)".
// The same text gives the argument errors, inspect.signature and help.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace cede {

template<std::size_t N>
struct FixedString {
  char text[N];
  constexpr FixedString(const char (&s)[N]) { std::copy_n(s, N, text); }
  constexpr std::string_view view() const { return {text, N - 1}; }
};

enum class ParameterKind : std::uint8_t { PositionalOnly, PositionalOrKeyword, VarPositional, KeywordOnly, VarKeyword };
enum class MethodKind : std::uint8_t { Function, Instance, Class, Static };

struct Parameter {
  std::string_view name;
  std::string_view default_text;  // as written
  ParameterKind kind = ParameterKind::PositionalOrKeyword;
  bool has_default = false;
};

struct Signature {
  std::string_view name;
  std::string_view text;        // "(self, index, object, /)"
  MethodKind kind = MethodKind::Function;
  std::span<const Parameter> parameters;
  std::uint16_t positional = 0;           // positional-only and positional-or-keyword
  std::uint16_t positional_only = 0;
  std::uint16_t required_positional = 0;  // the first so many have no default
  bool has_var_positional = false, has_var_keyword = false, has_keyword_only = false;
};

namespace detail {
inline constexpr std::size_t maximum_parameters = 24;

struct ParsedSignature {
  std::array<Parameter, maximum_parameters> parameters{};
  std::size_t count = 0;
  Signature signature{};
};

constexpr std::string_view trim(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

// string_view::find is no constant expression for g++ 12 under UBSan.
constexpr std::size_t find_character(std::string_view s, char wanted) {
  for (std::size_t i = 0; i < s.size(); ++i)
    if (s[i] == wanted) return i;
  return std::string_view::npos;
}

// Throws at compile time on a malformed text.
constexpr ParsedSignature parse_signature(std::string_view text) {
  ParsedSignature out;
  const std::size_t open = find_character(text, '(');
  if (open == text.npos || text.back() != ')') throw "signature: name(parameters) expected";
  out.signature.name = text.substr(0, open);
  out.signature.text = text.substr(open);
  std::string_view rest = text.substr(open + 1, text.size() - open - 2);
  bool keyword_only = false, first = true;
  while (!trim(rest).empty()) {
    // up to the next comma outside quotes and brackets
    std::size_t at = 0;
    int depth = 0;
    char quote = 0;
    for (; at < rest.size(); ++at) {
      const char c = rest[at];
      if (quote) { if (c == quote) quote = 0; continue; }
      if (c == '\'' || c == '"') quote = c;
      else if (c == '(' || c == '[' || c == '{') ++depth;
      else if (c == ')' || c == ']' || c == '}') --depth;
      else if (c == ',' && depth == 0) break;
    }
    std::string_view item = trim(rest.substr(0, at));
    rest = at < rest.size() ? rest.substr(at + 1) : std::string_view();
    if (item == "/") {
      for (std::size_t i = 0; i < out.count; ++i) out.parameters[i].kind = ParameterKind::PositionalOnly;
      continue;
    }
    if (item == "*") { keyword_only = true; continue; }
    if (first && find_character(item, '=') == item.npos) {
      first = false;
      if (item == "$module") continue;  // a function whose own first parameter is named like those below
      if (item == "self" || item == "$self") { out.signature.kind = MethodKind::Instance; continue; }
      if (item == "type" || item == "cls" || item == "$type") { out.signature.kind = MethodKind::Class; continue; }
    }
    first = false;
    Parameter& p = out.parameters[out.count++];
    if (item.starts_with("**")) { p.kind = ParameterKind::VarKeyword; p.name = item.substr(2); continue; }
    if (item.starts_with("*")) { p.kind = ParameterKind::VarPositional; p.name = item.substr(1); keyword_only = true; continue; }
    const std::size_t equals = find_character(item, '=');
    p.name = trim(item.substr(0, equals));
    if (equals != item.npos) { p.has_default = true; p.default_text = trim(item.substr(equals + 1)); }
    if (keyword_only) p.kind = ParameterKind::KeywordOnly;
  }
  for (std::size_t i = 0; i < out.count; ++i) {
    const Parameter& p = out.parameters[i];
    Signature& s = out.signature;
    switch (p.kind) {
      case ParameterKind::PositionalOnly: ++s.positional_only; [[fallthrough]];
      case ParameterKind::PositionalOrKeyword:
        ++s.positional;
        if (!p.has_default) s.required_positional = s.positional;
        break;
      case ParameterKind::VarPositional: s.has_var_positional = true; break;
      case ParameterKind::KeywordOnly: s.has_keyword_only = true; break;
      case ParameterKind::VarKeyword: s.has_var_keyword = true; break;
    }
  }
  return out;
}

template<FixedString Text>
inline constexpr ParsedSignature parsed = parse_signature(Text.view());
// What reaches the binary: as many parameters as there are. `parsed` is for compile time only.
template<FixedString Text>
inline constexpr std::array<Parameter, parsed<Text>.count> parameters = [] {
  std::array<Parameter, parsed<Text>.count> exact{};
  std::copy_n(parsed<Text>.parameters.begin(), exact.size(), exact.begin());
  return exact;
}();
template<FixedString Text>
inline constexpr Signature signature = [] {
  Signature s = parsed<Text>.signature;
  s.parameters = parameters<Text>;
  return s;
}();

// An integer default as a number: "-1", "0", "sys.maxsize". Throws at compile time on others.
constexpr std::int64_t integer_default(std::string_view text) {
  if (text == "sys.maxsize") return std::numeric_limits<std::int64_t>::max();
  bool negative = false;
  if (text.starts_with("-")) { negative = true; text.remove_prefix(1); }
  if (text.empty()) throw "signature: integer default expected";
  std::int64_t n = 0;
  for (char c : text) {
    if (c < '0' || c > '9') throw "signature: integer default expected";
    n = n * 10 + (c - '0');
  }
  return negative ? -n : n;
}
}  // namespace detail

}  // namespace cede
