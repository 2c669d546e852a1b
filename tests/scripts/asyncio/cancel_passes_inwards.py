# Cancelling a task that awaits a task cancels the inner one; the outer is cancelled when the inner has ended.
import asyncio


async def inner():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError as error:
        print("inner", error.args)
        for _ in range(3):
            await asyncio.sleep(0)
        print("inner is through")
        raise


async def swallows():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        return "swallowed"


async def outer(task):
    try:
        return await task
    except asyncio.CancelledError as error:
        print("outer", error.args, task.cancelled(), asyncio.current_task().cancelling())
        raise


async def main():
    for kind in (inner, swallows):
        task = asyncio.create_task(kind())
        waiting = asyncio.create_task(outer(task))
        await asyncio.sleep(0.01)
        print(waiting.cancel("message"), task.cancelling(), waiting.cancelling(), waiting._must_cancel)
        print(await asyncio.gather(waiting, return_exceptions=True), waiting.cancelled(), waiting.cancelling())


asyncio.run(main())
