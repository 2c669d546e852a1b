# TaskGroup: all done, one failing cancels the rest, errors arrive as a group.
import asyncio


async def good(name):
    try:
        for _ in range(5):
            await asyncio.sleep(0)
        print(name, "done")
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def bad():
    await asyncio.sleep(0)
    raise ValueError("bad")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(good("a"))
        group.create_task(good("b"))
    print("first group over")
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(good("c"))
            group.create_task(bad())
    except* ValueError as errors:
        print(errors.exceptions)


asyncio.run(main())
