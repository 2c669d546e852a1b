# acquire() without release().
import asyncio


async def main():
    semaphore = asyncio.Semaphore(2)
    for i in range(3):
        print(i)
        await semaphore.acquire()


asyncio.run(main())
