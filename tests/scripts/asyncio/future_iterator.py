# What a future's __await__ gives: it yields the future once, marked as blocking, then returns the result.
import asyncio

loop = asyncio.new_event_loop()
future = loop.create_future()
print(future._asyncio_future_blocking)
steps = future.__await__()
print(type(steps).__name__, iter(steps) is steps, next(steps) is future, future._asyncio_future_blocking)
try:
    next(steps)
except RuntimeError as error:
    print(error)
future._asyncio_future_blocking = False
print(steps.send(None) is future)
future.set_result("result")
try:
    next(steps)
except StopIteration as stop:
    print(stop.value)
try:
    next(steps)
except StopIteration as stop:
    print(stop.value)
for give in (lambda f: f.set_result((1, 2)), lambda f: f.set_exception(KeyError("key")), lambda f: f.cancel("message")):
    future = loop.create_future()
    give(future)
    try:
        next(iter(future))
    except BaseException as error:
        print(repr(error), getattr(error, "value", None))
steps = loop.create_future().__await__()
next(steps)
print(steps.close(), list(steps))
loop.close()
