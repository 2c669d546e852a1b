// int and text: parsing in any base, digits in any base, and __format__. Very long decimal texts are split at
// powers of ten, so that interrupts are noticed between the pieces.
#include <charconv>
#include <vector>

#include "runtime/types/float.hpp"
#include "runtime/types/int_limbs.hpp"
#include "runtime/types/number_text.hpp"

namespace cede {
namespace {

constexpr std::size_t digits_at_once = std::size_t{1} << 17;

constexpr bool is_power_of_two(unsigned base) { return (base & (base - 1)) == 0; }

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

// base^(digits_at_once * 2^i), made when they are needed.
class Powers {
 public:
  Powers(VM& vm, unsigned base) : vm_(vm), base_(base) {}
  Result<Ref> get(std::size_t i) {
    while (powers_.size() <= i) {
      CEDE_TRY(Value next, powers_.empty() ? int_power(vm_, Ref::small(base_),
                                                       Ref::small(std::int64_t{digits_at_once}), None)
                                           : int_multiply(vm_, powers_.back(), powers_.back()));
      powers_.push_back(std::move(next));
    }
    return Ref(powers_[i]);
  }
  // The largest i with digits_at_once * 2^i < digits; digits > digits_at_once.
  static std::size_t level_below(std::size_t digits) {
    std::size_t i = 0;
    while (digits_at_once << (i + 1) < digits) ++i;
    return i;
  }

 private:
  VM& vm_;
  unsigned base_;
  std::vector<Value> powers_;
};

// ---- parsing

// Values of digits to a number. `digits` is not empty.
Value number_of_digits(VM& vm, const unsigned char* digits, std::size_t count, unsigned base,
                       Powers& powers) {
  while (count > 1 && *digits == 0) {
    ++digits;
    --count;
  }
  if (count <= 12) {
    std::int64_t n = 0;
    for (std::size_t i = 0; i < count; ++i) n = n * base + digits[i];
    return int_from(vm, n);
  }
  if (count > digits_at_once && !is_power_of_two(base)) {
    const std::size_t level = Powers::level_below(count), low = digits_at_once << level;
    CEDE_CHECK(vm.check_interrupts());
    CEDE_TRY(const Value upper, number_of_digits(vm, digits, count - low, base, powers));
    CEDE_TRY(const Value lower, number_of_digits(vm, digits + (count - low), low, base, powers));
    CEDE_TRY(const Ref power, powers.get(level));
    CEDE_TRY(const Value shifted, int_multiply(vm, upper, power));
    return int_add(vm, shifted, lower);
  }
  const unsigned bits = 32 - static_cast<unsigned>(__builtin_clz(base - 1));  // for each digit, at most
  BigInt* made = int_allocate(vm, count * bits / 64 + 2);
  if (!made) return raised;
  const auto size = static_cast<std::size_t>(mpn_set_str(made->limbs, digits, count, static_cast<int>(base)));
  return int_finish(vm, made, size, false);
}

struct Literal {
  bool negative = false;
  bool must_be_zero = false;  // base 0 and a leading 0
  unsigned base = 10;
  std::string_view digits;  // with underscores
};

// Sign and prefix; false: malformed.
bool read_prefix(std::string_view text, unsigned base, Literal& literal) {
  const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : '\0'; };
  if (at(0) == '+' || at(0) == '-') {
    literal.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  const char letter = static_cast<char>(at(1) | 0x20);
  const unsigned named = at(0) != '0' ? 0 : letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
  if (base == 0) {
    literal.must_be_zero = at(0) == '0' && !named;
    base = named ? named : 10;
  }
  if (named == base) {
    text.remove_prefix(2);
    if (at(0) == '_') text.remove_prefix(1);
  }
  literal.base = base;
  literal.digits = text;
  return !text.empty() && text.front() != '_' && text.back() != '_';
}

RaisedMark raise_literal(VM& vm, unsigned base, Ref object) {
  CEDE_TRY(const std::string text, repr_prefix(vm, object, 200));
  return static_cast<RaisedMark>(
      vm.raise(TypeId::ValueError, "invalid literal for int() with base {}: {}", base, text));
}

}  // namespace

Value int_from_digits(VM& vm, std::string_view text, unsigned base) {
  StringBuilder digits(vm);
  for (char c : text) CEDE_CHECK(digits.append(static_cast<char>(digit_value(c))));
  if (digits.empty()) return Value::small(0);
  Powers powers(vm, base);
  return number_of_digits(vm, reinterpret_cast<const unsigned char*>(digits.data()), digits.size(), base,
                          powers);
}

Value int_parse(VM& vm, std::string_view given, unsigned base, Ref object) {
  StringBuilder ascii(vm), digits(vm);
  bool failed;
  std::string_view text = number_text_ascii(given, object, ascii, failed);
  if (failed) return raised;
  Literal literal;
  if (!read_prefix(strip_ascii_spaces(text), base, literal)) return raise_literal(vm, base, object);
  char previous = 0;
  for (char c : literal.digits) {
    if (c == '_') {
      if (previous == '_') return raise_literal(vm, base, object);
    } else {
      const int value = digit_value(c);
      if (value >= static_cast<int>(literal.base)) return raise_literal(vm, base, object);
      CEDE_CHECK(digits.append(static_cast<char>(value)));
    }
    previous = c;
  }
  if (!is_power_of_two(literal.base) && vm.int_max_str_digits && digits.size() > vm.int_max_str_digits &&
      digits.size() > 640)
    return vm.raise(TypeId::ValueError,
                    "Exceeds the limit ({} digits) for integer string conversion: value has {} digits; use "
                    "sys.set_int_max_str_digits() to increase the limit",
                    vm.int_max_str_digits, digits.size());
  Powers powers(vm, literal.base);
  CEDE_TRY(Value number, number_of_digits(vm, reinterpret_cast<const unsigned char*>(digits.data()),
                                          digits.size(), literal.base, powers));
  if (literal.must_be_zero && !int_is_zero(number)) return raise_literal(vm, base, object);
  return literal.negative ? Value(int_negate(vm, number)) : std::move(number);
}

// ---- digits

namespace {

RaisedMark raise_digits(VM& vm) {
  return vm.raise(
      TypeId::ValueError,
      "Exceeds the limit ({} digits) for integer string conversion; use sys.set_int_max_str_digits() to "
      "increase the limit",
      vm.int_max_str_digits);
}

constexpr char digit_characters[] = "0123456789abcdefghijklmnopqrstuvwxyz";

// Digits of the magnitude, with zeros before them up to `width`.
Status append_piece(StringBuilder& out, const IntView& number, unsigned base, std::size_t width) {
  VM& vm = out.vm();
  Limbs copy(vm);
  CEDE_CHECK(copy.allocate(number.size + 1));
  if (number.size) std::copy_n(number.limbs, number.size, copy.data());
  const std::size_t room =
      number.size ? mpn_sizeinbase(number.limbs, static_cast<mp_size_t>(number.size), static_cast<int>(base))
                  : 1;
  char* const start = out.grow(std::max(room + 2, width));
  if (!start) return raised;
  auto* const digits = reinterpret_cast<unsigned char*>(start);
  std::size_t count =
      number.size ? mpn_get_str(digits, static_cast<int>(base), copy, static_cast<mp_size_t>(number.size))
                  : 0;
  const auto zeros = static_cast<std::size_t>(
      std::find_if(digits, digits + count, [](unsigned char d) { return d != 0; }) - digits);
  count -= zeros;
  const std::size_t padding = width > count ? width - count : 0;
  std::memmove(digits + padding, digits + zeros, count);
  std::fill_n(digits, padding, static_cast<unsigned char>(0));
  for (std::size_t i = 0; i < padding + count; ++i) start[i] = digit_characters[digits[i]];
  out.advance(padding + count);
  return Ok;
}

// In a base that is a power of two, of which so many limbs hold a whole number of digits.
Status append_limbs(StringBuilder& out, const IntView& number, unsigned base) {
  constexpr std::size_t at_once = 15 * 1024;
  const auto digit_bits = static_cast<std::size_t>(__builtin_ctz(base));
  std::size_t count = (number.size - 1) % at_once + 1, width = 0;
  for (std::size_t from = number.size - count;; from -= count) {
    CEDE_CHECK(append_piece(out, IntView(number.limbs + from, count), base, width));
    if (from == 0) return Ok;
    count = at_once;
    width = at_once * 64 / digit_bits;
    CEDE_CHECK(out.vm().check_stop());
  }
}

// `digits`: an upper bound of the number of digits; width 0: as many as there are.
Status append_long(StringBuilder& out, Ref number, unsigned base, std::size_t digits, std::size_t width,
                   Powers& powers) {
  const IntView view(number);
  if (digits <= digits_at_once) return append_piece(out, view, base, width);
  if (is_power_of_two(base)) return append_limbs(out, view, base);
  CEDE_CHECK(out.vm().check_interrupts());
  const std::size_t level = Powers::level_below(digits), low = digits_at_once << level;
  CEDE_TRY(const Ref power, powers.get(level));
  Value upper, lower;
  CEDE_CHECK(int_divide(out.vm(), number, power, upper, lower));
  if (width == 0 && int_is_zero(upper)) return append_long(out, lower, base, low, 0, powers);
  CEDE_CHECK(append_long(out, upper, base, digits - low, width ? width - low : 0, powers));
  return append_long(out, lower, base, low, low, powers);
}

}  // namespace

Status append_int(StringBuilder& out, Ref integer, unsigned base) {
  if (const auto n = int_to_int64(integer)) {
    char* const at = out.grow(72);
    if (!at) return raised;
    out.advance(static_cast<std::size_t>(std::to_chars(at, at + 72, *n, static_cast<int>(base)).ptr - at));
    return Ok;
  }
  VM& vm = out.vm();
  const std::size_t limit = vm.int_max_str_digits, bits = int_bit_length(integer);
  const bool limited = base == 10 && limit;
  if (limited && static_cast<double>(bits - 1) * 0.30102999566398119 > static_cast<double>(limit))
    return raise_digits(vm);
  if (int_sign(integer) < 0) CEDE_CHECK(out.append('-'));
  const std::size_t before = out.size();
  CEDE_TRY(const Value magnitude, int_absolute(vm, integer));
  const IntView view(magnitude);
  Powers powers(vm, base);
  const std::size_t digits =
      mpn_sizeinbase(view.limbs, static_cast<mp_size_t>(view.size), static_cast<int>(base));
  CEDE_CHECK(append_long(out, magnitude, base, digits, 0, powers));
  if (limited && out.size() - before > limit && out.size() - before > 640) return raise_digits(vm);
  return Ok;
}

Value int_to_str(VM& vm, Ref integer, unsigned base) {
  if (const auto n = int_to_int64(integer)) {
    char text[72];
    const auto end = std::to_chars(text, text + sizeof text, *n, static_cast<int>(base)).ptr;
    return str_from_ascii(vm, {text, static_cast<std::size_t>(end - text)});
  }
  StringBuilder out(vm);
  CEDE_CHECK(append_int(out, integer, base));
  return out.finish();
}

// ---- format

namespace {

Owned format_character(VM& vm, Ref integer, FormatSpec& spec) {
  if (spec.sign)
    return vm.raise_text(TypeId::ValueError, "Sign not allowed with integer format specifier 'c'");
  if (spec.alternate)
    return vm.raise_text(TypeId::ValueError,
                         "Alternate form (#) not allowed with integer format specifier 'c'");
  const auto n = int_to_int64(integer);
  if (!n) return vm.raise_text(TypeId::OverflowError, "Python int too large to convert to C long");
  if (*n < 0 || *n > 0x10FFFF) return vm.raise_text(TypeId::OverflowError, "%c arg not in range(0x110000)");
  char text[4];
  const char* const end = utf8_put(text, static_cast<char32_t>(*n));
  NumberText number;
  number.digits = {text, static_cast<std::size_t>(end - text)};
  number.group = false;
  if (spec.width > 0) spec.width += end - text - 1;  // which counts characters; the text is measured in bytes
  return format_number(vm, spec, number);
}

unsigned base_of(char32_t type) {
  switch (type) {
    case U'b': return 2;
    case U'o': return 8;
    case U'x':
    case U'X': return 16;
    default: return 10;
  }
}

Owned format_digits(VM& vm, Ref integer, const FormatSpec& spec) {
  const unsigned base = base_of(spec.type);
  StringBuilder digits(vm);
  CEDE_CHECK(append_int(digits, integer, base));
  NumberText number;
  number.digits = digits.view();
  if ((number.negative = number.digits.front() == '-')) number.digits.remove_prefix(1);
  if (spec.type == U'X')
    for (std::size_t i = 0; i < digits.size(); ++i)
      if (digits.data()[i] >= 'a') digits.data()[i] = static_cast<char>(digits.data()[i] - 32);
  if (base != 10) number.group_size = 4;
  if (spec.alternate && base != 10)
    number.prefix = base == 2 ? "0b" : base == 8 ? "0o" : spec.type == U'x' ? "0x" : "0X";
  return format_number(vm, spec, number);
}

}  // namespace

Owned format_int(VM& vm, Ref integer, std::string_view specification) {
  if (specification.empty()) return str(vm, integer);
  FormatSpec spec;
  CEDE_CHECK(parse_format_spec(vm, specification, integer, U'd', '>', spec));
  switch (spec.type) {
    case U'b':
    case U'c':
    case U'd':
    case U'o':
    case U'x':
    case U'X':
    case U'n':
      if (spec.precision != -1)
        return vm.raise_text(TypeId::ValueError, "Precision not allowed in integer format specifier");
      if (spec.no_negative_zero)
        return vm.raise_text(TypeId::ValueError,
                             "Negative zero coercion (z) not allowed in integer format specifier");
      return spec.type == U'c' ? format_character(vm, integer, spec) : format_digits(vm, integer, spec);
    case U'e':
    case U'E':
    case U'f':
    case U'F':
    case U'g':
    case U'G':
    case U'%': {
      CEDE_TRY(const double d, int_to_double(vm, integer));
      return format_double(vm, d, spec, display_name(type_of(vm, integer)));
    }
    default: return raise_unknown_format_code(vm, spec.type, display_name(type_of(vm, integer)));
  }
}

}  // namespace cede
