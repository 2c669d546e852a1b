// A path as scripts give it: str, bytes or an object with __fspath__.
#pragma once

#include <string>

#include "runtime/core/native.hpp"

namespace cede::stdlib {

struct PathArgument {
  std::string text;       // as the host takes it
  bool is_bytes = false;  // it was given as bytes, and so are results
  Value object;           // the str or bytes

  // TypeError "expected str, bytes or os.PathLike object, not x"; ValueError "embedded null byte".
  Status read(VM& vm, Ref path);
};
// os.fspath.
Owned os_fspath(VM& vm, Ref path);
// Text for the host: surrogates from U+DC80 stand for bytes. UnicodeEncodeError for others.
Result<std::string> host_text(VM& vm, Str& text);
// The host's text as a str, or as bytes.
Owned host_path(VM& vm, std::string_view text, bool as_bytes);

}  // namespace cede::stdlib
