# A task cancelled before its first step never runs a line of its coroutine.
import asyncio


async def never():
    print("this is not printed")


async def main():
    task = asyncio.create_task(never())
    task.cancel()
    print(task.cancelling(), task.done())
    await asyncio.sleep(0)
    print(task.cancelled())
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled before the start")


asyncio.run(main())
