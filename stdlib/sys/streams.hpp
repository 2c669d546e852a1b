// The standard streams, for hosts.
#pragma once

#include "runtime/core/vm.hpp"

namespace cede::stdlib {

// Makes sys.stdin, stdout and stderr, for the descriptors as they are now. Otherwise they are made when a script first
// uses one.
Status open_standard_streams(VM& vm);
// Hands on what sys.stdout and sys.stderr hold back. Costs nothing to speak of if they hold nothing back.
Status flush_standard_streams(VM& vm);

}  // namespace cede::stdlib
