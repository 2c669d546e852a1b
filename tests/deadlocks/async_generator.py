# `async for` over a generator that waits for its own consumer.
import asyncio


async def numbers(seen):
    for i in range(3):
        yield i
        await seen.wait()


async def main():
    seen = asyncio.Event()
    async for i in numbers(seen):
        print(i)


asyncio.run(main())
