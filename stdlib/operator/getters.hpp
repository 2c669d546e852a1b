// operator.itemgetter, attrgetter and methodcaller.
#pragma once

#include "runtime/core/native.hpp"

namespace cede::stdlib {

extern const NativeType itemgetter_type, attrgetter_type, methodcaller_type;

}  // namespace cede::stdlib
