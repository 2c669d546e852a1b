# Cancelling a task reaches through the tasks that it awaits, the innermost first.
import asyncio


async def innermost():
    try:
        await asyncio.sleep(50)
    finally:
        print("innermost ends")


async def middle():
    try:
        await asyncio.create_task(innermost())
    finally:
        print("middle ends")


async def outer():
    try:
        await asyncio.create_task(middle())
    finally:
        print("outer ends")


async def main():
    task = asyncio.create_task(outer())
    for _ in range(3):
        await asyncio.sleep(0)
    task.cancel()
    result = await asyncio.gather(task, return_exceptions=True)
    print(result)


asyncio.run(main())
