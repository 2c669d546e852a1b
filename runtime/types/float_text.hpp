// The decimal text of a double in parts, for float's, complex's and str's formatting.
#pragma once

#include <string>

#include "runtime/types/float.hpp"

namespace cede {

// sign, body, `zeros` times '0', exponent. The body has the point where there is one, and is at most some
// 1500 characters.
struct FloatText {
  bool negative = false;
  bool finite = true;
  std::string body;
  std::size_t zeros = 0;
  std::string exponent;  // "e+10" or empty

  std::size_t integer_digits() const;  // leading digits of the body
};
// type: e E f F g G, or r for the shortest; flags as of float_text (the sign flag means nothing here).
FloatText float_text_parts(double d, char type, int precision, unsigned flags);

}  // namespace cede
