# One of two waits at a barrier with the lock that the other needs to get there.
import asyncio


async def first(barrier, lock):
    async with lock:
        async with barrier:
            print("never")


async def second(barrier, lock):
    async with lock:
        pass
    await barrier.wait()


async def main():
    barrier, lock = asyncio.Barrier(2), asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        group.create_task(first(barrier, lock), name="first")
        group.create_task(second(barrier, lock), name="second")


asyncio.run(main())
