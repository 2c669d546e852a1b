# A task that nobody keeps may be collected half-way, which is reported; so are exceptions that nobody asks for.
import asyncio
import gc


async def waits_for_nobody():
    await asyncio.get_running_loop().create_future()


async def fails():
    raise ValueError("nobody will ask for me")


async def main():
    asyncio.create_task(waits_for_nobody(), name="forgotten")
    await asyncio.sleep(0)
    gc.collect()
    print("the forgotten task is gone")
    asyncio.create_task(fails(), name="unlucky")
    await asyncio.sleep(0)
    gc.collect()
    print("the unlucky task is gone")


asyncio.run(main())
