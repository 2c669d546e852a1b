// The replacement fields of str.format: "{name.attribute[item]!r:specification}". Also what string.Formatter
// is built on.
#pragma once

#include <string_view>

#include "runtime/core/vm.hpp"

namespace cede {

// One step through a format string: a literal text, then perhaps a field. Views into the format string.
struct FormatField {
  std::string_view literal;  // with one brace for each doubled pair
  bool has_field = false;
  std::string_view name;    // all of it: "a.b[0]"
  char32_t conversion = 0;  // after '!'; 0: none
  std::string_view specification;
  bool nested = false;  // the specification has fields of its own
};

class FormatParser {
 public:
  explicit FormatParser(std::string_view format) : at_(format.data()), end_(at_ + format.size()) {}
  // False at the end. Raises ValueError.
  Result<bool> next(VM& vm, FormatField& field);

 private:
  Status parse_field(VM& vm, FormatField& field);
  Status parse_conversion(VM& vm, FormatField& field, bool& complete);
  Status parse_specification(VM& vm, FormatField& field);
  const char *at_, *end_;
};

// The name of a field, piece by piece.
class FieldName {
 public:
  explicit FieldName(std::string_view name);
  std::string_view first() const { return first_; }
  // "first" as a number, or -1. Raises ValueError if it has too many digits.
  Result<std::int64_t> first_index(VM& vm) const { return index_of(vm, first_); }

  struct Part {
    bool is_attribute = false;
    std::string_view text;
    std::int64_t index = -1;  // of a numeric item
  };
  // False at the end.
  Result<bool> next(VM& vm, Part& part);

 private:
  static Result<std::int64_t> index_of(VM& vm, std::string_view text);
  std::string_view first_, rest_;
};

}  // namespace cede
