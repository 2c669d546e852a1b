# A task of a group awaits the task that is at the end of the group's block.
import asyncio


async def child(parent):
    await parent


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(child(asyncio.current_task()), name="child")


asyncio.run(main())
