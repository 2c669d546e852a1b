// complex as text: parsing, repr and __format__.
#include "runtime/types/complex_text.hpp"

#include <cmath>

#include "runtime/types/float_text.hpp"
#include "runtime/types/number_text.hpp"

namespace cede {
namespace {

// The number at `at`, which is moved behind it; false: there is none.
bool take_double(const char*& at, const char* last, double& d) {
  const char* const end = parse_double(at, last, d);
  if (!end) return false;
  at = end;
  return true;
}

bool take_letter_j(const char*& at, const char* last) {
  if (at == last || (*at | 0x20) != 'j') return false;
  ++at;
  return true;
}

// "x", "xj", "x+yj", "x-j", "j"; false: malformed.
bool take_number(const char*& at, const char* last, ComplexNumber& number) {
  const auto is_sign = [&] { return at < last && (*at == '+' || *at == '-'); };
  number = {0.0, 0.0};
  double first;
  if (take_double(at, last, first)) {
    if (take_letter_j(at, last)) {
      number.imaginary = first;
      return true;
    }
    number.real = first;
    if (!is_sign()) return true;
  }
  if (!take_double(at, last, number.imaginary)) {
    number.imaginary = 1.0;
    if (is_sign()) number.imaginary = *at++ == '-' ? -1.0 : 1.0;
  }
  return take_letter_j(at, last);
}

bool parse(std::string_view text, ComplexNumber& number) {
  text = strip_ascii_spaces(text);
  if (!text.empty() && text.front() == '(') {
    if (text.back() != ')' || text.size() < 2) return false;
    text = strip_ascii_spaces(text.substr(1, text.size() - 2));
  }
  const char *at = text.data(), *const last = at + text.size();
  return take_number(at, last, number) && at == last;
}

}  // namespace

Result<ComplexNumber> complex_parse(VM& vm, std::string_view given, Ref object) {
  StringBuilder ascii(vm), plain(vm);
  bool failed;
  std::string_view text = number_text_ascii(given, object, ascii, failed);
  if (failed) return raised;
  const bool well_placed = remove_underscores(text, plain, failed);
  if (failed) return raised;
  ComplexNumber number;
  if (well_placed && parse(text, number)) return number;
  return vm.raise_text(TypeId::ValueError, "complex() arg is a malformed string");
}

std::string complex_repr_text(ComplexNumber number) {
  if (number.real == 0.0 && !std::signbit(number.real)) return float_text(number.imaginary, 'r', 0, 0) + 'j';
  return '(' + float_text(number.real, 'r', 0, 0) + float_text(number.imaginary, 'r', 0, float_sign) + "j)";
}

namespace {

struct PartFormat {
  char type;
  int precision;
  unsigned flags;
};

// One part without padding.
Status append_part(StringBuilder& out, double d, const PartFormat& format, const FormatSpec& spec,
                   char sign) {
  const FloatText text = float_text_parts(d, format.type, format.precision, format.flags);
  NumberText number;
  number.negative = text.negative;
  if (spec.no_negative_zero && text.finite && text.body.find_first_not_of("0.") == text.body.npos)
    number.negative = false;
  const std::size_t integer = text.finite ? text.integer_digits() : text.body.size();
  number.digits = std::string_view(text.body).substr(0, integer);
  number.group = text.finite;
  StringBuilder rest(out.vm());
  CEDE_CHECK(rest.append(std::string_view(text.body).substr(integer)));
  CEDE_CHECK(rest.append_repeated(U'0', text.zeros));
  CEDE_CHECK(rest.append(text.exponent));
  number.rest = rest.view();
  FormatSpec layout;
  layout.align = '<';
  layout.sign = sign;
  layout.grouping = spec.grouping;
  return append_number(out, layout, number);
}

}  // namespace

Owned format_complex(VM& vm, ComplexNumber number, std::string_view specification, Ref object) {
  if (specification.empty()) return str(vm, object);
  FormatSpec spec;
  CEDE_CHECK(parse_format_spec(vm, specification, object, 0, '>', spec));
  PartFormat format{static_cast<char>(spec.type), 6, spec.alternate ? unsigned{float_alternate} : 0u};
  switch (spec.type) {
    case 0: format.type = spec.precision < 0 ? 'r' : 'g'; break;
    case U'n': format.type = 'g'; break;
    case U'e':
    case U'E':
    case U'f':
    case U'F':
    case U'g':
    case U'G': break;
    default: return raise_unknown_format_code(vm, spec.type, display_name(type_of(vm, object)));
  }
  if (spec.precision > INT32_MAX) return vm.raise_text(TypeId::ValueError, "precision too big");
  if (spec.fill == U'0')
    return vm.raise_text(TypeId::ValueError, "Zero padding is not allowed in complex format specifier");
  if (spec.align == '=')
    return vm.raise_text(TypeId::ValueError, "'=' alignment flag is not allowed in complex format specifier");
  if (spec.precision >= 0) format.precision = static_cast<int>(spec.precision);
  const bool only_imaginary = spec.type == 0 && number.real == 0.0 && !std::signbit(number.real);
  const bool parentheses = spec.type == 0 && !only_imaginary;
  StringBuilder text(vm), out(vm);
  if (parentheses) CEDE_CHECK(text.append('('));
  if (!only_imaginary) CEDE_CHECK(append_part(text, number.real, format, spec, spec.sign));
  CEDE_CHECK(append_part(text, number.imaginary, format, spec, only_imaginary ? spec.sign : '+'));
  CEDE_CHECK(text.append(parentheses ? std::string_view("j)") : std::string_view("j")));
  CEDE_CHECK(append_padded(out, spec, text.view(), text.size()));
  return out.finish();
}

}  // namespace cede
