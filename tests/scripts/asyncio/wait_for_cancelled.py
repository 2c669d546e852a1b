# Cancelling wait_for cancels the inner and waits for it, however long that takes.
import asyncio


async def slow():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError as error:
        print("inner", error.args)
        await asyncio.sleep(0.05)
        print("inner has cleaned up")
        raise


async def main():
    for awaited in (slow(), asyncio.create_task(slow())):
        for timeout in (3600,):
            task = asyncio.create_task(asyncio.wait_for(awaited, timeout))
            await asyncio.sleep(0.01)
            task.cancel("from outside")
            print(await asyncio.gather(task, return_exceptions=True), task.cancelled())
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(asyncio.wait_for(future, 3600))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    print(task.cancelled(), future.cancelled())


asyncio.run(main())
