// Source encodings: which one a file declares (PEP 263), and bytes in it -> UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lang/arena.hpp"

namespace cede::lang {

// The encoding that one of the first two lines of `text` (with "\n" line ends) declares in a comment, under
// the short names that CPython gives to UTF-8 ("utf-8") and Latin-1 ("iso-8859-1"); empty if there is none.
std::string declared_encoding(std::string_view text);

struct DecodedSource {
  std::string_view text;  // UTF-8, in the arena
  std::string error;      // CPython's words if the encoding is unknown or the bytes are not valid in it
};

DecodedSource decode_source(std::string_view bytes, std::string_view encoding, Arena& arena);

}  // namespace cede::lang
