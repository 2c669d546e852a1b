# A lock class of a script, taken by acquire().
import asyncio


class Mutex(asyncio.Lock):
    pass


async def helper(mutex):
    await mutex.acquire()


async def main():
    mutex = Mutex()
    await mutex.acquire()
    await asyncio.create_task(helper(mutex), name="helper")


asyncio.run(main())
