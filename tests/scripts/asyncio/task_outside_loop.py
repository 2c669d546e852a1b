# asyncio.Task(coro=..., loop=loop) queues a task on a loop that does not run yet.
import asyncio


async def f(value):
    print("f", value)
    return value


event_loop = asyncio.new_event_loop()
task = asyncio.Task(coro=f(5), loop=event_loop)
print("queued", task.done())
event_loop.call_soon(event_loop.stop)
event_loop.run_forever()
print("ran", task.done(), task.result())
try:
    coroutine = f(12)
    asyncio.Task(coro=coroutine)
except RuntimeError as error:
    print("RuntimeError:", error)
coroutine.close()
event_loop.close()
