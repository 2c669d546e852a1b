// complex as text.
#pragma once

#include <string>

#include "runtime/types/complex.hpp"

namespace cede {

// complex(object), whose text is given: ValueError "complex() arg is a malformed string".
Result<ComplexNumber> complex_parse(VM& vm, std::string_view text, Ref object);
// "1j", "(1+2j)", "(-0-0j)".
std::string complex_repr_text(ComplexNumber number);

}  // namespace cede
