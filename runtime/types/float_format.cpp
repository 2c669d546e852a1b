// float.__format__, and what int and complex take from it.
#include <cmath>

#include "runtime/types/float_text.hpp"
#include "runtime/types/number_text.hpp"

namespace cede {

Owned format_double(VM& vm, double d, const FormatSpec& spec, std::string_view type_name) {
  unsigned flags = spec.alternate ? unsigned{float_alternate} : 0u;
  char type = static_cast<char>(spec.type);
  const bool percent = type == '%';
  if (spec.precision > INT32_MAX) return vm.raise_text(TypeId::ValueError, "precision too big");
  int precision = static_cast<int>(spec.precision);
  switch (spec.type) {
    case 0:
      flags |= float_add_dot_zero;
      type = precision < 0 ? 'r' : 'g';
      break;
    case U'n': type = 'g'; break;
    case U'%':
      type = 'f';
      d *= 100;
      break;
    case U'e':
    case U'E':
    case U'f':
    case U'F':
    case U'g':
    case U'G': break;
    default: return raise_unknown_format_code(vm, spec.type, type_name);
  }
  if (precision < 0) precision = 6;
  FloatText text = float_text_parts(d, type, precision, flags);
  if (spec.no_negative_zero && text.negative && text.finite &&
      text.body.find_first_not_of("0.") == text.body.npos)
    text.negative = false;
  NumberText number;
  number.negative = text.negative;
  const std::size_t integer = text.finite ? text.integer_digits() : text.body.size();
  number.digits = std::string_view(text.body).substr(0, integer);
  number.group = text.finite;
  if (text.zeros < 4096) {
    std::string rest = text.body.substr(integer) + std::string(text.zeros, '0') + text.exponent;
    if (percent) rest += '%';
    number.rest = rest;
    return format_number(vm, spec, number);
  }
  StringBuilder rest(vm);
  CEDE_CHECK(rest.append(std::string_view(text.body).substr(integer)));
  CEDE_CHECK(rest.append_repeated(U'0', text.zeros));
  CEDE_CHECK(rest.append(text.exponent));
  if (percent) CEDE_CHECK(rest.append('%'));
  number.rest = rest.view();
  return format_number(vm, spec, number);
}

Owned format_float(VM& vm, double d, std::string_view specification, Ref object) {
  if (specification.empty()) return str(vm, object);
  FormatSpec spec;
  CEDE_CHECK(parse_format_spec(vm, specification, object, 0, '>', spec));
  return format_double(vm, d, spec, display_name(type_of(vm, object)));
}

}  // namespace cede
