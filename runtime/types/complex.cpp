// `complex`: the constructor, the operators and the methods.
#include "runtime/types/complex.hpp"

#include <cmath>

#include "runtime/core/hash.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/types/complex_text.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"

namespace cede {

constinit const Layout complex_layout = layout_for<Complex>();

Value complex_from(VM& vm, double real, double imaginary) {
  Complex* made = make_object<Complex>(vm, TypeId::Complex, 0);
  if (!made) return raised;
  made->value = {real, imaginary};
  return Value::adopt(made);
}

namespace {

Owned give(VM& vm, ComplexNumber z) { return complex_from(vm, z.real, z.imaginary); }

Owned complex_of_type(VM& vm, Type& type, ComplexNumber z) {
  if (type.id == TypeId::Complex) return give(vm, z);
  Complex* made = make_instance<Complex>(vm, type);
  if (!made) return raised;
  made->value = z;
  return Owned(Ref(made).bits);
}

// What __complex__ gives; `found` is false if the type has none.
Result<ComplexNumber> from_complex_method(VM& vm, Ref object, bool& found) {
  CEDE_TRY(const Value number, call_special_method(vm, object, *vm.names.complex_));
  found = !number.is_unbound();
  if (!found) return ComplexNumber{};
  const std::string_view name = display_name(type_of(vm, number));
  if (!is<Complex>(number))
    return vm.raise(TypeId::TypeError, "__complex__ returned non-complex (type {})", name);
  if (!is_exact(number, TypeId::Complex))
    CEDE_CHECK(
        warn(vm, TypeId::DeprecationWarning,
             fmt::format(
                 "__complex__ returned non-complex (type {}).  The ability to return an instance of a strict "
                 "subclass of complex is deprecated, and may be removed in a future version of Python.",
                 name),
             1));
  return cast<Complex>(number).value;
}

bool is_real(VM& vm, Ref object) {
  const Slots& slots = *type_of(vm, object).slots;
  return slots.floating || slots.index;
}

// ---- the constructor

struct Part {
  ComplexNumber value{};
  bool is_complex = false;
};

Result<Part> first_part(VM& vm, Ref object) {
  if (object.is_unbound()) return Part{};
  if (is_exact(object, TypeId::Complex)) return Part{cast<Complex>(object).value, true};
  bool found;
  CEDE_TRY(const ComplexNumber converted, from_complex_method(vm, object, found));
  if (found) return Part{converted, true};
  if (is<Complex>(object)) return Part{cast<Complex>(object).value, true};
  if (!is_real(vm, object))
    return vm.raise(TypeId::TypeError, "complex() first argument must be a string or a number, not '{}'",
                    display_name(type_of(vm, object)));
  return Part{};  // read by to_double once the second argument is known to be right
}

Owned complex_new(VM& vm, Type& type, Ref real, Ref imaginary) {
  if (is_exact(real, TypeId::Complex) && imaginary.is_unbound() && type.id == TypeId::Complex)
    return Owned::share(real);
  if (const Str* text = as<Str>(real)) {
    if (!imaginary.is_unbound())
      return vm.raise_text(TypeId::TypeError, "complex() can't take second arg if first is a string");
    CEDE_TRY(const ComplexNumber z, complex_parse(vm, text->view(), real));
    return complex_of_type(vm, type, z);
  }
  if (is<Str>(imaginary)) return vm.raise_text(TypeId::TypeError, "complex() second arg can't be a string");
  CEDE_TRY(Part first, first_part(vm, real));
  const bool second_complex = is<Complex>(imaginary);
  if (!imaginary.is_unbound() && !second_complex && !is_real(vm, imaginary))
    return vm.raise(TypeId::TypeError, "complex() second argument must be a number, not '{}'",
                    display_name(type_of(vm, imaginary)));
  if (!first.is_complex && !real.is_unbound()) {
    CEDE_TRY(first.value.real, to_double(vm, real));
  }
  ComplexNumber z = first.value;
  if (imaginary.is_unbound()) return complex_of_type(vm, type, z);
  // real + imaginary * 1j, where either may be complex.
  if (second_complex) {
    const ComplexNumber second = cast<Complex>(imaginary).value;
    z.real -= second.imaginary;
    z.imaginary = first.is_complex ? second.real + first.value.imaginary : second.real;
  } else {
    CEDE_TRY(const double d, to_double(vm, imaginary));
    z.imaginary = first.is_complex ? d + first.value.imaginary : d;
  }
  return complex_of_type(vm, type, z);
}

Owned complex_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"complex(real=<unrepresentable>, imag=<unrepresentable>)", complex_new>(vm, type,
                                                                                           arguments);
}

// ---- operators

enum class Operand : std::uint8_t { Number, Other, Failed };

Operand read_operand(VM& vm, Ref value, ComplexNumber& z) {
  if (const Complex* number = as<Complex>(value)) {
    z = number->value;
    return Operand::Number;
  }
  if (is_float(value)) {
    z = {float_value(value), 0.0};
    return Operand::Number;
  }
  if (!is_int(value)) return Operand::Other;
  const auto converted = int_to_double(vm, value);
  if (converted.is_raised()) return Operand::Failed;
  z = {*converted, 0.0};
  return Operand::Number;
}

template<auto Operation> Owned complex_binary(VM& vm, Ref left, Ref right) {
  ComplexNumber a, b;
  Operand kind = read_operand(vm, left, a);
  if (kind == Operand::Number) kind = read_operand(vm, right, b);
  if (kind != Operand::Number) return kind == Operand::Failed ? Owned(raised) : Owned(NotImplemented.bits);
  return Operation(vm, a, b);
}

ComplexNumber product(ComplexNumber a, ComplexNumber b) {
  return {a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real};
}

// Smith's method; false: the divisor is zero.
bool quotient(ComplexNumber a, ComplexNumber b, ComplexNumber& result) {
  const double real = std::fabs(b.real), imaginary = std::fabs(b.imaginary);
  if (real >= imaginary) {
    if (real == 0.0) return false;
    const double ratio = b.imaginary / b.real, scale = b.real + b.imaginary * ratio;
    result = {(a.real + a.imaginary * ratio) / scale, (a.imaginary - a.real * ratio) / scale};
  } else if (imaginary >= real) {
    const double ratio = b.real / b.imaginary, scale = b.real * ratio + b.imaginary;
    result = {(a.real * ratio + a.imaginary) / scale, (a.imaginary * ratio - a.real) / scale};
  } else {
    result = {std::nan(""), std::nan("")};
  }
  return true;
}

Owned add(VM& vm, ComplexNumber a, ComplexNumber b) {
  return give(vm, {a.real + b.real, a.imaginary + b.imaginary});
}
Owned subtract(VM& vm, ComplexNumber a, ComplexNumber b) {
  return give(vm, {a.real - b.real, a.imaginary - b.imaginary});
}
Owned multiply(VM& vm, ComplexNumber a, ComplexNumber b) { return give(vm, product(a, b)); }
Owned divide(VM& vm, ComplexNumber a, ComplexNumber b) {
  ComplexNumber result;
  if (!quotient(a, b, result)) return vm.raise_text(TypeId::ZeroDivisionError, "complex division by zero");
  return give(vm, result);
}

ComplexNumber power_integer(ComplexNumber base, unsigned exponent) {
  ComplexNumber result{1.0, 0.0};
  for (unsigned mask = 1; exponent >= mask; mask <<= 1) {
    if (exponent & mask) result = product(result, base);
    base = product(base, base);
  }
  return result;
}

// False: zero to a negative or complex power.
bool power_general(ComplexNumber base, ComplexNumber exponent, ComplexNumber& result) {
  if (exponent.real == 0.0 && exponent.imaginary == 0.0) {
    result = {1.0, 0.0};
  } else if (base.real == 0.0 && base.imaginary == 0.0) {
    if (exponent.imaginary != 0.0 || exponent.real < 0.0) return false;
    result = {0.0, 0.0};
  } else {
    const double magnitude = std::hypot(base.real, base.imaginary);
    double length = std::pow(magnitude, exponent.real);
    const double angle = std::atan2(base.imaginary, base.real);
    double phase = angle * exponent.real;
    if (exponent.imaginary != 0.0) {
      length /= std::exp(angle * exponent.imaginary);
      phase += exponent.imaginary * std::log(magnitude);
    }
    result = {length * std::cos(phase), length * std::sin(phase)};
  }
  return true;
}

Owned complex_power_slot(VM& vm, Ref base, Ref exponent, Ref modulus) {
  ComplexNumber a, b;
  Operand kind = read_operand(vm, base, a);
  if (kind == Operand::Number) kind = read_operand(vm, exponent, b);
  if (kind != Operand::Number) return kind == Operand::Failed ? Owned(raised) : Owned(NotImplemented.bits);
  if (!modulus.is_none()) return vm.raise_text(TypeId::ValueError, "complex modulo");
  return complex_power(vm, a, b);
}

// ---- other slots

Owned complex_compare(VM&, Ref self, Ref other, CompareOperation operation) {
  if ((operation != CompareOperation::Equal && operation != CompareOperation::NotEqual) || !is<Complex>(self))
    return Owned(NotImplemented.bits);
  const ComplexNumber z = cast<Complex>(self).value;
  bool equal;
  if (const Complex* number = as<Complex>(other)) {
    equal = z.real == number->value.real && z.imaginary == number->value.imaginary;
  } else if (is_float(other)) {
    equal = z.imaginary == 0.0 && z.real == float_value(other);
  } else if (is_int(other)) {
    equal = z.imaginary == 0.0 && !std::isnan(z.real) && int_order_double(other, z.real) == 0;
  } else {
    return Owned(NotImplemented.bits);
  }
  return Owned(Ref::boolean(equal == (operation == CompareOperation::Equal)).bits);
}

Owned complex_repr(VM& vm, Ref self) {
  return str_from_ascii(vm, complex_repr_text(cast<Complex>(self).value));
}
Result<std::int64_t> complex_hash(VM&, Ref self) {
  const Complex& number = cast<Complex>(self);
  return hash_complex(number.value.real, number.value.imaginary, &number);
}
Result<bool> complex_boolean(VM&, Ref self) {
  const ComplexNumber z = cast<Complex>(self).value;
  return z.real != 0.0 || z.imaginary != 0.0;
}
Owned complex_negative(VM& vm, Ref self) {
  const ComplexNumber z = cast<Complex>(self).value;
  return give(vm, {-z.real, -z.imaginary});
}
Owned complex_positive(VM& vm, Ref self) {
  return is_exact(self, TypeId::Complex) ? Owned::share(self) : give(vm, cast<Complex>(self).value);
}
Owned complex_absolute(VM& vm, Ref self) {
  const ComplexNumber z = cast<Complex>(self).value;
  const double length = std::hypot(z.real, z.imaginary);
  if (std::isinf(length) && std::isfinite(z.real) && std::isfinite(z.imaginary))
    return vm.raise_text(TypeId::OverflowError, "absolute value too large");
  return float_owned(vm, length);
}

// ---- methods

Owned complex_conjugate(VM& vm, Complex& self) { return give(vm, {self.value.real, -self.value.imaginary}); }
Owned complex_complex(VM& vm, Complex& self) { return complex_positive(vm, self); }
Owned complex_getnewargs(VM& vm, Complex& self) {
  CEDE_TRY(const Value real, float_from(vm, self.value.real));
  CEDE_TRY(const Value imaginary, float_from(vm, self.value.imaginary));
  return tuple_of(vm, {real, imaginary});
}
Owned complex_format(VM& vm, Complex& self, Str& specification) {
  return format_complex(vm, self.value, specification.view(), self);
}
double complex_real(VM&, Complex& self) { return self.value.real; }
double complex_imaginary(VM&, Complex& self) { return self.value.imaginary; }

constexpr Slots complex_slots = inherit(object_slots, [](Slots& s) {
  s.repr = complex_repr;
  s.hash = complex_hash;
  s.compare = complex_compare;
  s.construct = complex_construct;
  s.boolean = complex_boolean;
  s.add = complex_binary<add>;
  s.subtract = complex_binary<subtract>;
  s.multiply = complex_binary<multiply>;
  s.power = complex_power_slot;
  s.negative = complex_negative;
  s.positive = complex_positive;
  s.absolute = complex_absolute;
  s.true_divide = complex_binary<divide>;
});

constexpr Method complex_methods[] = {
    method<"conjugate(self, /)", complex_conjugate>,
    method<"__complex__(self, /)", complex_complex>,
    method<"__getnewargs__(self, /)", complex_getnewargs>,
    method<"__format__(self, format_spec, /)", complex_format>,
};
constexpr Property complex_properties[] = {property<"real", complex_real>,
                                           property<"imag", complex_imaginary>};

}  // namespace

Result<ComplexNumber> to_complex(VM& vm, Ref object) {
  if (is_exact(object, TypeId::Complex)) return cast<Complex>(object).value;
  bool found = false;
  if (object.is_object() && !is_float(object) && !is_int(object)) {
    if (is<Complex>(object)) return cast<Complex>(object).value;
    CEDE_TRY(const ComplexNumber z, from_complex_method(vm, object, found));
    if (found) return z;
  }
  CEDE_TRY(const double real, to_double(vm, object));
  return ComplexNumber{real, 0.0};
}

Owned complex_power(VM& vm, ComplexNumber base, ComplexNumber exponent) {
  ComplexNumber result;
  bool defined;
  if (exponent.imaginary == 0.0 && exponent.real == std::floor(exponent.real) &&
      std::fabs(exponent.real) <= 100.0) {
    result = power_integer(base, static_cast<unsigned>(std::fabs(exponent.real)));
    defined = exponent.real > 0.0 || quotient({1.0, 0.0}, result, result);
  } else {
    defined = power_general(base, exponent, result);
  }
  if (!defined) return vm.raise_text(TypeId::ZeroDivisionError, "0.0 to a negative or complex power");
  if (std::isinf(result.real) || std::isinf(result.imaginary))
    return vm.raise_text(TypeId::OverflowError, "complex exponentiation");
  return give(vm, result);
}

extern const NativeType complex_type;
const NativeType complex_type{
    .name = "complex",
    .id = TypeId::Complex,
    .base = nullptr,
    .layout = &complex_layout,
    .slots = &complex_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable,
    .methods = complex_methods,
    .properties = complex_properties,
    .doc = "A complex number: from text, or real + imag * 1j.",
    .signature = "(real=0, imag=0)",
};

}  // namespace cede
