# A task takes a lock that it has already.
import asyncio


async def inner(lock):
    async with lock:
        print("never")


async def main():
    lock = asyncio.Lock()
    async with lock:
        print("has it")
        await inner(lock)


asyncio.run(main())
