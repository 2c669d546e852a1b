# A chain of 300 awaits resumes from the innermost each time and returns through all.
import asyncio


async def chain(depth):
    if depth == 0:
        total = 0
        for turn in range(5):
            await asyncio.sleep(0)
            total += turn
        return total
    return 1 + await chain(depth - 1)


async def main():
    print(await asyncio.gather(chain(300), chain(10), chain(0)))


asyncio.run(main())
