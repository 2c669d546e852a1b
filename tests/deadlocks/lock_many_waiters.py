# One task holds a lock for ever, thirty wait for it.
import asyncio


async def holder(lock):
    async with lock:
        await asyncio.get_running_loop().create_future()


async def waiter(lock):
    async with lock:
        pass


async def main():
    lock = asyncio.Lock()
    tasks = [asyncio.create_task(holder(lock), name="holder")]
    tasks += [asyncio.create_task(waiter(lock), name="waiter") for _ in range(30)]
    await asyncio.wait(tasks)


asyncio.run(main())
