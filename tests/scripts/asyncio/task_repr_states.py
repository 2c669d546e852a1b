# The repr of a task: pending, waiting, cancelling, done in each way; lines are the current ones while it is suspended.
import asyncio


async def inner(future):
    await future


async def work(future):
    await asyncio.sleep(0)

    await inner(future)


def callback(task):
    pass


async def fails():
    raise ValueError("failed")


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    task = asyncio.create_task(work(future), name="T")
    for _ in range(3):
        print(task)
        await asyncio.sleep(0)
    task.add_done_callback(callback)
    waiting = asyncio.create_task(inner(task), name="W")
    await asyncio.sleep(0)
    print(waiting)
    task.cancel()
    print(task)
    await asyncio.wait([waiting])
    print(task, waiting)
    task = asyncio.create_task(fails(), name="F")
    await asyncio.wait([task])
    print(task, task.exception())


asyncio.run(main())
