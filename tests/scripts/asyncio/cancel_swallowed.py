# A coroutine may swallow its cancellation; uncancel counts back.
import asyncio


async def stubborn():
    for attempt in range(3):
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            print("attempt", attempt, "cancelling", task.cancelling())
            print("uncancel", task.uncancel())
    return "survived"


async def main():
    task = asyncio.create_task(stubborn())
    for _ in range(3):
        await asyncio.sleep(0)
        task.cancel()
    print(await task, task.cancelled(), task.cancelling())


asyncio.run(main())
