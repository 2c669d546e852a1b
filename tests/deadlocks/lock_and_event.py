# The holder of a lock waits for an event that only who wants the lock would set.
import asyncio


async def holder(lock, event):
    async with lock:
        await event.wait()


async def setter(lock, event):
    async with lock:
        event.set()


async def main():
    lock, event = asyncio.Lock(), asyncio.Event()
    await asyncio.gather(holder(lock, event), setter(lock, event))


asyncio.run(main())
