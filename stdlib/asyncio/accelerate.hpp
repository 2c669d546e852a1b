// Fast paths under functions of asyncio's script part, none of which a script can tell from the functions themselves.
#pragma once

#include "runtime/async/async_state.hpp"

namespace cede::stdlib {

// asyncio.sleep: awaiting it needs no coroutine (sleep.cpp). `wake_sleeper`: what its timer calls.
Status accelerate_sleep(VM& vm, Ref function, Ref wake_sleeper);
// asyncio.create_task(coroutine) where the running loop is pristine (gather.cpp).
Status accelerate_create_task(VM& vm, Ref function);
// gather of coroutines and futures; its done callback, found among the constants of `gather`, for children that succeed.
Status accelerate_gather(VM& vm, Ref function, Ref gathering_future);

// The children of a gather(): tuple (futures, number of distinct ones, those done already, loop or None). `callback` is
// added to those that are not done.
Owned gather_children(VM& vm, Ref arguments, Ref callback, Ref ensure_future);
// The results of finished futures as gather(return_exceptions=True) gives them.
Owned gather_results(VM& vm, Ref futures);

}  // namespace cede::stdlib
