# Who would notify cannot take the lock of the condition: its holder waits for something else.
import asyncio


async def holder(condition, stop):
    async with condition:
        await stop.wait()


async def notifier(condition, stop):
    async with condition:
        condition.notify()
        stop.set()


async def main():
    condition, stop = asyncio.Condition(), asyncio.Event()
    await asyncio.gather(holder(condition, stop), notifier(condition, stop))


asyncio.run(main())
