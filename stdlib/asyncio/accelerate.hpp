// Fast paths under functions of asyncio's script part, none of which a script can tell from the functions themselves.
#pragma once

#include "runtime/async/async_state.hpp"

namespace cede::stdlib {

// asyncio.sleep: awaiting sleep(0) needs no coroutine (sleep.cpp).
Status accelerate_sleep(VM& vm, Ref function);
// asyncio.create_task(coroutine) where the running loop is pristine (gather.cpp).
Status accelerate_create_task(VM& vm, Ref function);
// gather's done callback, found among the constants of `gather`: the success of a child that is not the last one.
Status accelerate_gather(VM& vm, Ref function);

// The children of a gather(): tuple (futures, number of distinct ones, those done already, loop or None). `callback` is
// added to those that are not done.
Owned gather_children(VM& vm, Ref arguments, Ref callback, Ref ensure_future);
// The results of finished futures as gather(return_exceptions=True) gives them.
Owned gather_results(VM& vm, Ref futures);

}  // namespace cede::stdlib
