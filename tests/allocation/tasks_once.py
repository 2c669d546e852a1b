# An asyncio program, start to end.
import asyncio


async def child(number):
    await asyncio.sleep(0)
    if number == 2:
        raise ValueError(number)
    return number


async def main():
    print(await asyncio.gather(*map(child, range(4)), return_exceptions=True))
    forgotten = asyncio.create_task(asyncio.sleep(5))
    await asyncio.sleep(0)


asyncio.run(main())
