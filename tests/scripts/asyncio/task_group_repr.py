# The repr of a task group: entered, with tasks, with errors, cancelling.
import asyncio


async def work(group, fail=False):
    try:
        await asyncio.sleep(0)
        if fail:
            raise ValueError("failed")
        await asyncio.sleep(3600)
    finally:
        print(group)


async def main():
    group = asyncio.TaskGroup()
    print(group)
    try:
        async with group:
            print(group)
            group.create_task(work(group))
            group.create_task(work(group, True))
            print(group)
            await asyncio.sleep(3600)
    except* ValueError:
        print(group)
    async with asyncio.TaskGroup() as group:
        pass
    print(group, group._tasks)


asyncio.run(main())
