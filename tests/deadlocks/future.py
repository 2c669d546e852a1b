# A future that nobody sets, awaited by two.
import asyncio


async def reader(future):
    return await future


async def main():
    future = asyncio.get_running_loop().create_future()
    await asyncio.gather(reader(future), reader(future))


asyncio.run(main())
