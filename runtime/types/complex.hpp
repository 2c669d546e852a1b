// `complex`: two doubles, always a heap object.
#pragma once

#include <string_view>

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

struct ComplexNumber {
  double real, imaginary;
};

extern const Layout complex_layout;
struct Complex : Object {
  static const Layout* layout() { return &complex_layout; }
  static constexpr const char* type_name = "complex";
  ComplexNumber value;
};

// Raises MemoryError; runs no script code.
Value complex_from(VM& vm, double real, double imaginary);
// __complex__, __float__, __index__; "must be real number, not x".
Result<ComplexNumber> to_complex(VM& vm, Ref object);
Owned complex_power(VM& vm, ComplexNumber base, ComplexNumber exponent);
// complex.__format__.
Owned format_complex(VM& vm, ComplexNumber number, std::string_view specification, Ref object);

}  // namespace cede
