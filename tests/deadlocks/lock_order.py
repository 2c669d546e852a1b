# Two tasks take two locks in opposite orders.
import asyncio


async def take(first, second, mine, theirs):
    async with first:
        mine.set()
        await theirs.wait()
        async with second:
            print("never")


async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    has_a, has_b = asyncio.Event(), asyncio.Event()
    await asyncio.gather(take(a, b, has_a, has_b), take(b, a, has_b, has_a))


asyncio.run(main())
