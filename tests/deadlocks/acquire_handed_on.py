# The task that took the lock last holds it: not the one before, nor the one whose lock another has given back.
import asyncio


async def holder(lock, ready):
    await lock.acquire()
    ready.set()
    await asyncio.Event().wait()


async def giver(lock):
    lock.release()
    await asyncio.Event().wait()


async def last(lock):
    await asyncio.wait_for(lock.acquire(), None)
    await asyncio.Event().wait()


async def waiter(lock):
    async with lock:
        pass


async def main():
    lock, ready = asyncio.Lock(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(holder(lock, ready), name="holder")
        await ready.wait()
        group.create_task(last(lock), name="last")
        group.create_task(waiter(lock), name="waiter")
        await asyncio.sleep(0)
        group.create_task(giver(lock), name="giver")


asyncio.run(main())
