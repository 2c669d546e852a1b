# Two conditions over one lock; a woken waiter cannot take the lock again.
import asyncio


async def waiter(condition, ready):
    async with condition:
        ready.set()
        await condition.wait()


async def notifier(condition, other):
    async with condition:
        condition.notify()
        await asyncio.get_running_loop().create_future()


async def main():
    lock = asyncio.Lock()
    full, empty = asyncio.Condition(lock), asyncio.Condition(lock)
    ready = asyncio.Event()
    waiting = asyncio.create_task(waiter(full, ready), name="waiter")
    await ready.wait()
    await asyncio.gather(waiting, asyncio.create_task(notifier(full, empty), name="notifier"))


asyncio.run(main())
