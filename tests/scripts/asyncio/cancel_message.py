# Task.cancel(msg): the message arrives in the coroutine and at the one who awaits.
import asyncio


async def victim():
    try:
        await asyncio.Future()
    except asyncio.CancelledError as error:
        print("victim got", repr(error))
        raise


async def main():
    task = asyncio.create_task(victim())
    await asyncio.sleep(0)
    print(task.cancel("please stop"), task.cancelling(), task.cancelled())
    try:
        await task
    except asyncio.CancelledError as error:
        print("main got", repr(error))
    print(task.cancelled(), task.done(), task.cancel())
    try:
        task.result()
    except asyncio.CancelledError as error:
        print("result:", repr(error))


asyncio.run(main())
