# The reprs of futures, tasks and handles in each state.
import asyncio


def callback(*_):
    pass


async def worker():
    await asyncio.sleep(0)
    return "x" * 3


async def failing():
    raise ValueError("bad")


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    print(future)
    future.add_done_callback(callback)
    print(future)
    future.add_done_callback(callback)
    future.add_done_callback(callback)
    print(future)
    future.set_result({"a": 1})
    print(future)
    task = asyncio.create_task(worker(), name="the worker")
    print(task)
    await asyncio.sleep(0)
    print(task)
    task.add_done_callback(callback)
    print(task)
    print(await task, task)
    task = asyncio.create_task(failing())
    await asyncio.wait([task])
    print(task, task.exception())
    task = asyncio.create_task(worker())
    task.cancel()
    print(task)
    await asyncio.wait([task])
    print(task)
    print(loop.call_soon(callback, 1, "two"))
    handle = loop.call_later(100, callback)
    handle.cancel()
    print(repr(handle).split(" when")[0], handle.cancelled())


asyncio.run(main())
