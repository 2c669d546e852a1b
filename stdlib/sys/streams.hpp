// The standard streams, for hosts.
#pragma once

#include "runtime/core/vm.hpp"

namespace cede::stdlib {

// Hands on what sys.stdout and sys.stderr hold back. Costs nothing to speak of if they hold nothing back.
Status flush_standard_streams(VM& vm);

}  // namespace cede::stdlib
