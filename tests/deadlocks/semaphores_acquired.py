# Two semaphores in opposite orders, by acquire(); each has given its share back once before.
import asyncio


async def take(first, second):
    await first.acquire()
    first.release()
    await first.acquire()
    await asyncio.sleep(0)
    await second.acquire()


async def main():
    a, b = asyncio.Semaphore(1), asyncio.BoundedSemaphore(1)
    await asyncio.gather(take(a, b), take(b, a))


asyncio.run(main())
