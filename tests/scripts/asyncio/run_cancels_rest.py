# At the end of asyncio.run the tasks that are left are cancelled and awaited.
import asyncio


async def left_over():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print("left over: cancelled")
        await asyncio.sleep(0)
        print("left over: cleaned up")
        raise


async def bad_end():
    try:
        await asyncio.sleep(100)
    finally:
        raise ValueError("in the clean-up")


async def first():
    task = asyncio.create_task(left_over())
    await asyncio.sleep(0)
    print("main returns", task.done())


async def second():
    task = asyncio.create_task(bad_end(), name="bad")
    await asyncio.sleep(0)
    print("main returns", task.done())


asyncio.run(first())
asyncio.run(second())
