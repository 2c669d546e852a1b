# Eager tasks run their first part at creation.
import asyncio


async def worker(name, turns):
    print(name, "starts")
    for _ in range(turns):
        await asyncio.sleep(0)
    print(name, "ends")
    return name


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    at_once = asyncio.create_task(worker("at once", 0))
    print(at_once.done(), at_once.result())
    later = asyncio.create_task(worker("later", 1))
    print(later.done())
    print(await later)


asyncio.run(main())
