# asend() into a generator that waits for what only the sender would put.
import asyncio


async def accumulate(queue):
    total = 0
    while True:
        total += (yield total)
        total += await queue.get()


async def main():
    queue = asyncio.Queue()
    accumulator = accumulate(queue)
    await anext(accumulator)
    queue.put_nowait(await accumulator.asend(1))


asyncio.run(main())
