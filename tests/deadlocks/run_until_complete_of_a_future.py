# The loop runs until a future is done that a stuck task would set.
import asyncio


async def setter(event, future):
    await event.wait()
    future.set_result(None)


loop = asyncio.new_event_loop()
future = loop.create_future()
task = loop.create_task(setter(asyncio.Event(), future), name="setter")
loop.run_until_complete(future)
