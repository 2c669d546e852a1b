# A cancellation that comes in the iteration in which the inner finishes is not lost.
import asyncio


async def inner():
    return "done"


async def main():
    task = asyncio.create_task(asyncio.wait_for(inner(), 3600))
    await asyncio.sleep(0)
    print(task.done(), task.cancel())
    print(await asyncio.gather(task, return_exceptions=True))
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(asyncio.wait_for(future, 3600))
    await asyncio.sleep(0)
    future.set_result("result")
    print(task.cancel(), task.done())
    print(await asyncio.gather(task, return_exceptions=True))
    other = asyncio.create_task(inner())
    task = asyncio.create_task(asyncio.wait_for(other, 3600))
    await asyncio.sleep(0)
    print(other.done(), task.cancel())
    print(await asyncio.gather(task, return_exceptions=True))


asyncio.run(main())
