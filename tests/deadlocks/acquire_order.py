# Two locks in opposite orders, by acquire() and release().
import asyncio


async def take(first, second):
    await first.acquire()
    try:
        await asyncio.sleep(0)
        await second.acquire()
        second.release()
    finally:
        first.release()


async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(take(a, b), take(b, a))


asyncio.run(main())
