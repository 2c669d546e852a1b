// Parsing of str.format's replacement fields.
#include "runtime/types/format_fields.hpp"

#include "runtime/types/unicode_database.hpp"
#include "runtime/types/utf8.hpp"

namespace cede {
namespace {
std::string_view between(const char* start, const char* stop) {
  return {start, static_cast<std::size_t>(stop - start)};
}
}  // namespace

Result<bool> FormatParser::next(VM& vm, FormatField& field) {
  field = FormatField();
  if (at_ == end_) return false;
  const char* start = at_;
  char c = 0;
  while (at_ < end_ && c != '{' && c != '}') c = *at_++;
  if (c != '{' && c != '}') {
    field.literal = between(start, at_);
    return true;
  }
  const bool at_end = at_ == end_;
  if (c == '}' && (at_end || *at_ != c))
    return vm.raise_text(TypeId::ValueError, "Single '}' encountered in format string");
  if (at_end) return vm.raise_text(TypeId::ValueError, "Single '{' encountered in format string");
  if (*at_ == c) {  // doubled: one of them belongs to the literal
    field.literal = between(start, at_);
    ++at_;
    return true;
  }
  field.literal = between(start, at_ - 1);
  CEDE_CHECK(parse_field(vm, field));
  return true;
}

Status FormatParser::parse_field(VM& vm, FormatField& field) {
  field.has_field = true;
  const char* start = at_;
  bool in_brackets = false;
  char c = 0;
  bool ended = false;
  while (at_ < end_ && !ended) {
    c = *at_++;
    if (c == '{' && !in_brackets) return vm.raise_text(TypeId::ValueError, "unexpected '{' in field name");
    if (c == '[')
      in_brackets = true;
    else if (c == ']')
      in_brackets = false;
    else if ((c == '}' || c == ':' || c == '!') && !in_brackets)
      ended = true;
  }
  if (!ended) return vm.raise_text(TypeId::ValueError, "expected '}' before end of string");
  field.name = between(start, at_ - 1);
  if (c == '}') return Ok;
  bool complete = false;
  if (c == '!') CEDE_CHECK(parse_conversion(vm, field, complete));
  return complete ? Ok : parse_specification(vm, field);
}

Status FormatParser::parse_conversion(VM& vm, FormatField& field, bool& complete) {
  if (at_ == end_)
    return vm.raise_text(TypeId::ValueError, "end of string while looking for conversion specifier");
  field.conversion = utf8_take(at_);
  if (at_ == end_) return Ok;
  const char c = *at_++;
  complete = c == '}';
  if (!complete && c != ':')
    return vm.raise_text(TypeId::ValueError, "expected ':' after conversion specifier");
  return Ok;
}

Status FormatParser::parse_specification(VM& vm, FormatField& field) {
  const char* start = at_;
  for (int open = 1; at_ < end_; ++at_) {
    if (*at_ == '{') {
      field.nested = true;
      ++open;
    } else if (*at_ == '}' && --open == 0) {
      field.specification = between(start, at_++);
      return Ok;
    }
  }
  return vm.raise_text(TypeId::ValueError, "unmatched '{' in format spec");
}

FieldName::FieldName(std::string_view name) {
  const std::size_t end = name.find_first_of(".[");
  first_ = name.substr(0, end);
  rest_ = end == name.npos ? std::string_view() : name.substr(end);
}

Result<std::int64_t> FieldName::index_of(VM& vm, std::string_view text) {
  if (text.empty()) return std::int64_t{-1};
  std::int64_t value = 0;
  for (char32_t c : CodePoints(text)) {
    const int digit = unicode_decimal(c);
    if (digit < 0) return std::int64_t{-1};
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value) ||
        __builtin_add_overflow(value, digit, &value))
      return vm.raise_text(TypeId::ValueError, "Too many decimal digits in format string");
  }
  return value;
}

Result<bool> FieldName::next(VM& vm, Part& part) {
  if (rest_.empty()) return false;
  part = Part();
  const char c = rest_[0];
  if (c == '.') {
    part.is_attribute = true;
    const std::size_t end = rest_.find_first_of(".[", 1);
    part.text = rest_.substr(1, end == rest_.npos ? end : end - 1);
    rest_ = end == rest_.npos ? std::string_view() : rest_.substr(end);
  } else if (c == '[') {
    const std::size_t end = rest_.find(']');
    if (end == rest_.npos) return vm.raise_text(TypeId::ValueError, "Missing ']' in format string");
    part.text = rest_.substr(1, end - 1);
    rest_ = rest_.substr(end + 1);
    CEDE_TRY(part.index, index_of(vm, part.text));
  } else {
    return vm.raise_text(TypeId::ValueError, "Only '.' or '[' may follow ']' in format field specifier");
  }
  if (part.text.empty()) return vm.raise_text(TypeId::ValueError, "Empty attribute in format string");
  return true;
}

}  // namespace cede
