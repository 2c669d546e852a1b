// Parsing of format specifications, layout of numbers, str.__format__ and format() of any value.
#include "runtime/types/format_spec.hpp"

#include "runtime/core/protocols.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "runtime/types/unicode_database.hpp"

namespace cede {
namespace {

bool is_alignment(char32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

// Reads a specification code point by code point.
class Reader {
 public:
  explicit Reader(std::string_view text) : at_(text.data()), end_(at_ + text.size()) {}
  bool done() const { return at_ == end_; }
  char32_t peek() const { return done() ? 0 : utf8_at(at_); }
  char32_t second() const {
    const char* next = at_ + (done() ? 0 : utf8_lead_size(*at_));
    return next < end_ ? utf8_at(next) : 0;
  }
  char32_t take() { return utf8_take(at_); }
  bool accept(char32_t c) {
    if (done() || peek() != c) return false;
    (void)take();
    return true;
  }
  std::size_t left() const { return utf8_length({at_, static_cast<std::size_t>(end_ - at_)}); }

  // Decimal digits; -1: there are none.
  Result<std::int64_t> number(VM& vm) {
    std::int64_t value = 0;
    bool any = false;
    for (int digit; !done() && (digit = unicode_decimal(peek())) >= 0; any = true) {
      if (__builtin_mul_overflow(value, std::int64_t{10}, &value) ||
          __builtin_add_overflow(value, digit, &value))
        return vm.raise_text(TypeId::ValueError, "Too many decimal digits in format string");
      (void)take();
    }
    return any ? value : -1;
  }

 private:
  const char *at_, *end_;
};

bool allows_grouping(char32_t type, char grouping) {
  switch (type) {
    case 0:
    case 'd':
    case 'e':
    case 'f':
    case 'g':
    case 'E':
    case 'F':
    case 'G':
    case '%': return true;
    case 'b':
    case 'o':
    case 'x':
    case 'X': return grouping == '_';
    default: return false;
  }
}

Status check_grouping(VM& vm, const FormatSpec& spec) {
  if (!spec.grouping || allows_grouping(spec.type, spec.grouping)) return Ok;
  if (spec.type > 32 && spec.type < 128)
    return vm.raise(TypeId::ValueError, "Cannot specify '{}' with '{}'.", spec.grouping,
                    static_cast<char>(spec.type));
  return vm.raise(TypeId::ValueError, "Cannot specify '{}' with '\\x{:x}'.", spec.grouping,
                  static_cast<std::uint32_t>(spec.type));
}

void parse_alignment(Reader& reader, FormatSpec& spec) {
  if (is_alignment(reader.second())) {
    spec.fill = reader.take();
    spec.fill_specified = true;
  } else if (!is_alignment(reader.peek())) {
    return;
  }
  spec.align = static_cast<char>(reader.take());
  spec.align_specified = true;
}

Status parse_grouping(VM& vm, Reader& reader, FormatSpec& spec) {
  if (reader.accept(',')) spec.grouping = ',';
  if (reader.peek() == '_') {
    if (spec.grouping) return vm.raise_text(TypeId::ValueError, "Cannot specify both ',' and '_'.");
    spec.grouping = '_';
    (void)reader.take();
  }
  if (reader.peek() == ',' && spec.grouping == '_')
    return vm.raise_text(TypeId::ValueError, "Cannot specify both ',' and '_'.");
  return Ok;
}

}  // namespace

Status parse_format_spec(VM& vm, std::string_view text, Ref object, char32_t default_type, char default_align,
                         FormatSpec& spec) {
  Reader reader(text);
  spec = FormatSpec();
  spec.align = default_align;
  spec.type = default_type;
  parse_alignment(reader, spec);
  if (reader.peek() == '+' || reader.peek() == '-' || reader.peek() == ' ')
    spec.sign = static_cast<char>(reader.take());
  spec.no_negative_zero = reader.accept('z');
  spec.alternate = reader.accept('#');
  if (!spec.fill_specified && reader.accept('0')) {
    spec.fill = U'0';
    if (!spec.align_specified && default_align == '>') spec.align = '=';
  }
  CEDE_TRY(spec.width, reader.number(vm));
  CEDE_CHECK(parse_grouping(vm, reader, spec));
  if (reader.accept('.')) {
    CEDE_TRY(spec.precision, reader.number(vm));
    if (spec.precision < 0) return vm.raise_text(TypeId::ValueError, "Format specifier missing precision");
  }
  if (reader.left() > 1)
    return vm.raise(TypeId::ValueError, "Invalid format specifier '{}' for object of type '{}'", text,
                    display_name(type_of(vm, object)));
  if (!reader.done()) spec.type = reader.take();
  return check_grouping(vm, spec);
}

RaisedMark raise_unknown_format_code(VM& vm, char32_t type, std::string_view type_name) {
  if (type > 32 && type < 128)
    return vm.raise(TypeId::ValueError, "Unknown format code '{}' for object of type '{}'",
                    static_cast<char>(type), type_name);
  return vm.raise(TypeId::ValueError, "Unknown format code '\\x{:x}' for object of type '{}'",
                  static_cast<std::uint32_t>(type), type_name);
}

// ---- numbers

namespace {

// Digits after zeros have been put before them so that, grouped, they are at least `width` long.
std::size_t zero_filled(std::size_t digits, std::size_t width, bool grouped, unsigned group_size) {
  if (!grouped) return std::max(digits, width);
  std::size_t count = std::max<std::size_t>(digits, 1);
  const auto total = [&] { return count + (count - 1) / group_size; };
  if (total() < width) {
    count = std::max(count, width / (group_size + 1) * group_size);
    while (total() < width) ++count;
  }
  return count;
}

Status append_digits(StringBuilder& out, std::string_view digits, std::size_t count, char separator,
                     unsigned group_size) {
  const std::size_t zeros = count - digits.size();
  if (!separator) {
    CEDE_CHECK(out.append_repeated(U'0', zeros));
    return out.append(digits);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (i && (count - i) % group_size == 0) CEDE_CHECK(out.append(separator));
    CEDE_CHECK(out.append(i < zeros ? '0' : digits[i - zeros]));
  }
  return Ok;
}

}  // namespace

Status append_number(StringBuilder& out, const FormatSpec& spec, const NumberText& number) {
  const char sign = number.negative ? '-' : spec.sign == '+' ? '+' : spec.sign == ' ' ? ' ' : '\0';
  const std::size_t width = spec.width > 0 ? static_cast<std::size_t>(spec.width) : 0;
  const std::size_t fixed = (sign != 0) + number.prefix.size() + number.rest.size();
  const bool grouped = number.group && spec.grouping && !number.digits.empty();
  std::size_t digit_count = number.digits.size(), digit_width = digit_count;
  if (number.group && digit_count) {
    const std::size_t least = spec.fill == U'0' && spec.align == '=' && width > fixed ? width - fixed : 0;
    digit_count = zero_filled(digit_count, least, grouped, number.group_size);
    digit_width = grouped ? digit_count + (digit_count - 1) / number.group_size : digit_count;
  }
  std::size_t used;
  if (!add_sizes(fixed, digit_width, used)) return out.vm().raise_memory_error();
  const std::size_t padding = width > used ? width - used : 0;
  std::size_t left = 0, inner = 0, right = 0;
  switch (spec.align) {
    case '<': right = padding; break;
    case '^':
      left = padding / 2;
      right = padding - left;
      break;
    case '=': inner = padding; break;
    default: left = padding;
  }
  CEDE_CHECK(out.append_repeated(spec.fill, left));
  if (sign) CEDE_CHECK(out.append(sign));
  CEDE_CHECK(out.append(number.prefix));
  CEDE_CHECK(out.append_repeated(spec.fill, inner));
  CEDE_CHECK(
      append_digits(out, number.digits, digit_count, grouped ? spec.grouping : '\0', number.group_size));
  CEDE_CHECK(out.append(number.rest));
  return out.append_repeated(spec.fill, right);
}

Owned format_number(VM& vm, const FormatSpec& spec, const NumberText& number) {
  StringBuilder out(vm);
  CEDE_CHECK(append_number(out, spec, number));
  return out.finish();
}

// ---- text

Status append_padded(StringBuilder& out, const FormatSpec& spec, std::string_view text, std::size_t length) {
  const std::size_t width = spec.width > 0 ? static_cast<std::size_t>(spec.width) : 0;
  const std::size_t padding = width > length ? width - length : 0;
  const std::size_t left = spec.align == '<' ? 0 : spec.align == '^' ? padding / 2 : padding;
  CEDE_CHECK(out.append_repeated(spec.fill, left));
  CEDE_CHECK(out.append(text));
  return out.append_repeated(spec.fill, padding - left);
}

namespace {
Status check_text_spec(VM& vm, const FormatSpec& spec, Str& self) {
  const auto refuse = [&vm](const char* what) {
    return vm.raise(TypeId::ValueError, "{} not allowed in string format specifier", what);
  };
  if (spec.type != 's') return raise_unknown_format_code(vm, spec.type, display_name(*self.type));
  if (spec.sign) return refuse(spec.sign == ' ' ? "Space" : "Sign");
  if (spec.no_negative_zero) return refuse("Negative zero coercion (z)");
  if (spec.alternate) return refuse("Alternate form (#)");
  if (spec.align == '=')
    return vm.raise_text(TypeId::ValueError, "'=' alignment not allowed in string format specifier");
  return Ok;
}
}  // namespace

Owned format_str(VM& vm, Str& self, std::string_view specification) {
  if (specification.empty()) return str_exact(vm, self);
  FormatSpec spec;
  CEDE_CHECK(parse_format_spec(vm, specification, self, 's', '<', spec));
  CEDE_CHECK(check_text_spec(vm, spec, self));
  const auto length = static_cast<std::int64_t>(self.length);
  const std::int64_t shown = spec.precision >= 0 ? std::min(spec.precision, length) : length;
  if (shown == length && spec.width <= length) return str_exact(vm, self);
  std::string_view text = self.view();
  if (shown < length)
    text = text.substr(
        0, static_cast<std::size_t>(utf8_skip(text.data(), static_cast<std::size_t>(shown)) - text.data()));
  StringBuilder out(vm);
  CEDE_CHECK(append_padded(out, spec, text, static_cast<std::size_t>(shown)));
  return out.finish();
}

// ---- any value

Owned format(VM& vm, Ref object, Ref specification) {
  const std::string_view text = cast<Str>(specification).view();
  if (is_exact_int(object))
    return text.empty() ? Owned(int_to_str(vm, object)) : format_int(vm, object, text);
  if (is_exact(object, TypeId::Str)) return format_str(vm, cast<Str>(object), text);
  if (is_exact_float(object)) return format_float(vm, float_value(object), text, object);
  CEDE_TRY(Value made, call_special_method(vm, object, *vm.names.__format__, specification));
  const std::string_view type = display_name(type_of(vm, object));
  if (made.is_unbound()) return vm.raise(TypeId::TypeError, "Type {} doesn't define __format__", type);
  if (is<Str>(made)) return made;
  return vm.raise(TypeId::TypeError, "__format__ must return a str, not {}", display_name(type_of(vm, made)));
}

}  // namespace cede
