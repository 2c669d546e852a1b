# as_completed(): one ends, the other does not.
import asyncio


async def quick():
    return 1


async def stuck():
    await asyncio.Event().wait()


async def main():
    for next_one in asyncio.as_completed([asyncio.create_task(quick(), name="quick"), asyncio.create_task(stuck(), name="stuck")]):
        print(await next_one)


asyncio.run(main())
