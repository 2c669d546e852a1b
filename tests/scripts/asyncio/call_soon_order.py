# The ready queue is first in, first out; what callbacks queue comes in the next turn.
import asyncio


async def main():
    loop = asyncio.get_running_loop()

    def callback(name, depth=0):
        print(name, depth)
        if depth < 2:
            loop.call_soon(callback, name, depth + 1)

    loop.call_soon(callback, "a")
    loop.call_soon(callback, "b")
    cancelled = loop.call_soon(callback, "never")
    cancelled.cancel()
    for _ in range(4):
        print("turn")
        await asyncio.sleep(0)


asyncio.run(main())
