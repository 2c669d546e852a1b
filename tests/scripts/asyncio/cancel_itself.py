# A task that cancels itself: cancelled at the next await; when it returns or fails first, it ends cancelled or failed.
import asyncio


async def awaits():
    asyncio.current_task().cancel("by itself")
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError as error:
        print("at the await", error.args)
        raise


async def returns():
    asyncio.current_task().cancel("by itself")
    return 7


async def fails():
    asyncio.current_task().cancel("by itself")
    raise ValueError("failed")


async def uncancels():
    asyncio.current_task().cancel("by itself")
    asyncio.current_task().uncancel()
    await asyncio.sleep(0)
    return 42


async def main():
    for kind in (awaits, returns, fails, uncancels):
        task = asyncio.create_task(kind())
        try:
            print(kind.__name__, await task)
        except (asyncio.CancelledError, ValueError) as error:
            print(kind.__name__, repr(error), task.cancelled())


asyncio.run(main())
