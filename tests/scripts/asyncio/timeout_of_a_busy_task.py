# A timeout whose task does not suspend in time fires at its next suspension; without one, not at all.
import asyncio
import time


async def main():
    async with asyncio.timeout(0.02) as limit:
        time.sleep(0.05)
    print("no suspension", limit.expired())
    try:
        async with asyncio.timeout(0.02) as limit:
            time.sleep(0.05)
            await asyncio.sleep(0)
            print("first await")
            await asyncio.sleep(0)
            print("second await")
            await asyncio.sleep(0)
    except TimeoutError:
        print("expired", limit.expired())
    future = asyncio.get_running_loop().create_future()
    future.set_result(None)
    async with asyncio.timeout(0.02) as limit:
        time.sleep(0.05)
        await future
    print(limit.expired())


asyncio.run(main())
