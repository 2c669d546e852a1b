# ensure_future of a coroutine on a closed loop closes the coroutine: it is not reported as never awaited.
import asyncio
import gc
import inspect


async def work():
    pass


loop = asyncio.new_event_loop()
loop.close()
for call in (lambda c: asyncio.ensure_future(c, loop=loop), loop.run_until_complete):
    coroutine = work()
    try:
        call(coroutine)
    except RuntimeError as error:
        print(error)
    print(inspect.getcoroutinestate(coroutine))
    coroutine.close()
coroutine = work()
try:
    loop.create_task(coroutine)
except RuntimeError as error:
    print(error)
print(inspect.getcoroutinestate(coroutine))
coroutine.close()
gc.collect()
