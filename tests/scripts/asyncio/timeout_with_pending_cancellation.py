# A timeout works in a task that has been cancelled before and went on.
import asyncio


async def work():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        pass
    print("cancelling", asyncio.current_task().cancelling())
    try:
        async with asyncio.timeout(0.02) as limit:
            await asyncio.sleep(3600)
    except TimeoutError:
        print("timed out", limit.expired(), asyncio.current_task().cancelling())
    async with asyncio.timeout(3600):
        await asyncio.sleep(0)
    try:
        async with asyncio.timeout(0.02) as limit:
            asyncio.current_task().uncancel()
            await asyncio.sleep(3600)
    except TimeoutError:
        print("timed out", asyncio.current_task().cancelling())
    except asyncio.CancelledError:
        print("cancelled", asyncio.current_task().cancelling())


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(main())
