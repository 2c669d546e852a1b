# The holder of a share waits for a task that wants one.
import asyncio


async def helper(pool):
    async with pool:
        print("never")


async def main():
    pool = asyncio.BoundedSemaphore(1)
    async with pool:
        await asyncio.create_task(helper(pool), name="helper")


asyncio.run(main())
