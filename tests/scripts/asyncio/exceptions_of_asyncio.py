# asyncio's exceptions: their bases, modules, and which of them are builtin ones.
import asyncio
import concurrent.futures

for kind in (asyncio.CancelledError, asyncio.InvalidStateError, asyncio.TimeoutError, asyncio.IncompleteReadError,
             asyncio.LimitOverrunError, asyncio.BrokenBarrierError, asyncio.SendfileNotAvailableError, asyncio.QueueEmpty,
             asyncio.QueueFull, asyncio.QueueShutDown):
    print(kind.__module__, kind.__name__, [base.__name__ for base in kind.__mro__[1:-1]])
print(asyncio.TimeoutError is TimeoutError, asyncio.CancelledError is concurrent.futures.CancelledError)
print(issubclass(asyncio.CancelledError, Exception))
print(str(asyncio.QueueEmpty()), repr(asyncio.CancelledError("text", 2)))
