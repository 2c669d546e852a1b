# A task that has ended took a lock and did not give it back.
import asyncio


async def forgetful(lock):
    await lock.acquire()


async def main():
    lock = asyncio.Lock()
    await asyncio.create_task(forgetful(lock))
    async with lock:
        print("never")


asyncio.run(main())
