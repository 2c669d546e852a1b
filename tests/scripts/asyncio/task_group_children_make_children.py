# Children may add tasks until the group is finished; a child that is done leaves the group at once.
import asyncio


async def grow(group, depth):
    print("depth", depth, len(group._tasks))
    if depth:
        group.create_task(grow(group, depth - 1))
        group.create_task(grow(group, depth - 1))


async def late(group):
    await asyncio.sleep(0.05)
    group.create_task(grow(group, 0))


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(grow(group, 2))
        group.create_task(late(group))
        print("body ends")
    print(group._tasks)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(asyncio.sleep(0, "value"))
        await task
        print(group._tasks, task.result())
        group.create_task(asyncio.sleep(0.01))
        print(len(group._tasks))
    print(group._tasks)


asyncio.run(main())
