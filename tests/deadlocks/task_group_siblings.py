# Two tasks of a group; one got the result of the other before there could be one.
import asyncio


async def first(found):
    return await (await found)


async def second(task):
    return await task


async def main():
    found = asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as group:
        a = group.create_task(first(found), name="a")
        b = group.create_task(second(a), name="b")
        found.set_result(b)


asyncio.run(main())
