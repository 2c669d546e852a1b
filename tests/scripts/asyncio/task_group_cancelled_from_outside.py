# Cancelled from outside, a group raises CancelledError; if a child also failed, the group of errors, and the cancellation stays.
import asyncio


async def waits():
    await asyncio.sleep(3600)


async def fails_when_cancelled():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        raise ValueError("failed while it was cancelled")


async def run(child):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child)
            await asyncio.sleep(3600)
    except asyncio.CancelledError as error:
        print("cancelled", error.args, asyncio.current_task().cancelling())
        raise
    except ExceptionGroup as error:
        print("group", error.exceptions, asyncio.current_task().cancelling())
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError as error:
            print("the next await raises", error.args)


async def main():
    for child in (waits(), fails_when_cancelled()):
        task = asyncio.create_task(run(child))
        await asyncio.sleep(0.01)
        task.cancel("from outside")
        print(await asyncio.gather(task, return_exceptions=True), task.cancelling())


asyncio.run(main())
