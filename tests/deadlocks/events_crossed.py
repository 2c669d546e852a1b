# Two tasks, each setting its event after that of the other.
import asyncio


async def step(mine, theirs):
    await theirs.wait()
    mine.set()


async def main():
    a, b = asyncio.Event(), asyncio.Event()
    first = asyncio.create_task(step(a, b), name="first")
    second = asyncio.create_task(step(b, a), name="second")
    await first
    await second


asyncio.run(main())
