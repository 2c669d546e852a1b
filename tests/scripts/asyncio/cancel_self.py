# A task that cancels itself gets the error at its next await.
import asyncio


async def suicidal():
    asyncio.current_task().cancel("by myself")
    print("still running")
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError as error:
        print("now", error)
    await asyncio.sleep(0)
    print("and on")
    asyncio.current_task().cancel()
    return "returned while a cancellation was due"


async def main():
    task = asyncio.create_task(suicidal())
    try:
        print(await task)
    except asyncio.CancelledError:
        print("cancelled")


asyncio.run(main())
