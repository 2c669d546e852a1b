# Two tasks wait on a condition; the third has notified too early.
import asyncio


async def wait(condition):
    async with condition:
        await condition.wait()


async def wait_for(condition, items):
    async with condition:
        await condition.wait_for(lambda: items)


async def main():
    condition, items = asyncio.Condition(), []
    async with condition:
        condition.notify_all()
    await asyncio.gather(wait(condition), wait_for(condition, items))


asyncio.run(main())
