# uncancel() down to zero also takes back a cancellation that has not been thrown yet.
import asyncio


async def work():
    await waiting
    return 42


async def main():
    global waiting
    waiting = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    waiting.set_result(None)
    print(task.cancel("lost"), task.cancelling(), task._must_cancel)
    print(task.uncancel(), task.cancelling(), task._must_cancel)
    print(await task)
    waiting = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    waiting.set_result(None)
    print(task.cancel(), task.cancel(), task.uncancel(), task._must_cancel)
    print(await asyncio.gather(task, return_exceptions=True))


asyncio.run(main())
