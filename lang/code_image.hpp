// Images: a code unit with all that is inside it as one run of bytes that holds no addresses, so that it can lie in the
// program itself (stdlib/freeze.cpp puts the library's modules there) and is used where it lies: loading a unit sets views.
//
// An image begins with the offset of its outermost unit (32 bits). A unit is a row of varints (its numbers, then the
// lengths of its tables) followed by the tables at the next multiple of four. Texts lie anywhere, each once.
// Numbers are in the byte order of the machine that writes; it is the same one that reads.
#pragma once

#include <memory>
#include <string>

#include "lang/code.hpp"

namespace cede::lang {

std::string write_image(const CodeUnit& unit);

// The outermost unit. `image` is aligned to four bytes and outlives all units loaded from it. Throws std::bad_alloc.
std::shared_ptr<const CodeUnit> load_image(const void* image);

// The unit at an offset of an image: for CodeUnit::child.
std::shared_ptr<const CodeUnit> load_unit(const unsigned char* image, std::uint32_t offset);

}  // namespace cede::lang
