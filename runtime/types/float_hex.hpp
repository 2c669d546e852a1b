// Doubles as hexadecimal text, exact.
#pragma once

#include <string>

#include "runtime/types/float.hpp"

namespace cede {

// float.fromhex. ValueError "invalid hexadecimal floating-point string", OverflowError.
Result<double> float_from_hex(VM& vm, std::string_view text);
// float.hex: "0x1.8000000000000p+0".
std::string float_hex_text(double d);

}  // namespace cede
