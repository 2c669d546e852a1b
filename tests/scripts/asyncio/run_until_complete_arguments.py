# run_until_complete takes coroutines, tasks, futures and awaitables, of its own loop.
import asyncio


class Awaitable:
    def __await__(self):
        yield from asyncio.sleep(0).__await__()
        return "awaitable"


async def work():
    return "coroutine"


loop, other = asyncio.new_event_loop(), asyncio.new_event_loop()
done = loop.create_future()
done.set_result("done future")
for argument in (work(), loop.create_task(work()), done, Awaitable()):
    print(loop.run_until_complete(argument))
for wrong in (3, None, work, print):
    try:
        loop.run_until_complete(wrong)
    except TypeError as error:
        print(error)
foreign = other.create_future()
try:
    loop.run_until_complete(foreign)
except ValueError as error:
    print(error)
cancelled = loop.create_future()
cancelled.cancel("message")
try:
    loop.run_until_complete(cancelled)
except asyncio.CancelledError as error:
    print(error.args)
loop.close()
other.close()
