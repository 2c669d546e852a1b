# run_until_complete of a coroutine, a future, a failing task; a loop stopped too early.
import asyncio

loop = asyncio.new_event_loop()
print(loop.run_until_complete(asyncio.sleep(0, "value")))
future = loop.create_future()
loop.call_soon(future.set_result, 3)
print(loop.run_until_complete(future))


async def fails():
    raise OSError(2, "No such thing")


try:
    loop.run_until_complete(fails())
except OSError as error:
    print(repr(error))
never = loop.create_future()
loop.call_soon(loop.stop)
try:
    loop.run_until_complete(never)
except RuntimeError as error:
    print(error)
loop.run_until_complete(loop.shutdown_asyncgens())
loop.close()
print(loop)
