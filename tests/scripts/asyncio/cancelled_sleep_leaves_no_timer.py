# A sleep that is cancelled inside coroutines and timeouts takes its timer with it, and its line is in the traceback.
import asyncio
import traceback


async def plain():
    await asyncio.sleep(3600)


async def catching():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError as error:
        print([frame.name for frame in traceback.extract_tb(error.__traceback__)])
        raise ValueError


async def in_wait_for():
    await asyncio.wait_for(plain(), 3600)


async def in_timeout():
    async with asyncio.timeout(3600):
        await asyncio.sleep(3600, "result")


async def main():
    loop = asyncio.get_running_loop()
    for kind in (plain, catching, in_wait_for, in_timeout):
        for times in (1, 2):
            task = asyncio.create_task(kind())
            await asyncio.sleep(0)
            print(kind.__name__, len(loop._scheduled))
            for _ in range(times):
                task.cancel()
            await asyncio.wait([task])
            await asyncio.sleep(0)
            print([handle.cancelled() for handle in loop._scheduled])


asyncio.run(main())
