# The timer that would have ended the wait was cancelled.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    timer = loop.call_later(0.1, future.set_result, None)
    loop.call_soon(timer.cancel)
    await future


asyncio.run(main())
