# The report of a task whose exception nobody retrieved.
import asyncio


async def fails():
    raise ValueError("lost")


async def main():
    task = asyncio.create_task(fails())
    await asyncio.sleep(0)
    print("done:", task.done())
    del task
    print("after the drop")
    future = asyncio.get_running_loop().create_future()
    future.set_exception(KeyError("future"))
    del future
    retrieved = asyncio.create_task(fails())
    await asyncio.sleep(0)
    retrieved.exception()
    del retrieved
    print("end")


asyncio.run(main())
